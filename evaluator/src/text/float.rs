//! Numbers as text: the three ways in which Nix writes a float, and the literals that it reads.
//!
//! Nix leaves this to C++, so the sources are `printf`'s `%f` (`toString`), `%g` (what an output stream does:
//! printing and XML) and the rules of the JSON library that it uses (shortest digits that read back as the same
//! number, exponents outside of 10⁻⁴ to 10¹⁵).

use super::digits::shortest_digits;

/// A float as `toString` writes it: six digits after the point, never an exponent.
pub fn to_string(value: f64) -> String {
    if value.is_finite() { format!("{value:.6}") } else { not_finite(value) }
}

/// A float as `nix-instantiate --eval` and `toXML` write it: six significant digits, no trailing zeros.
pub fn print(value: f64) -> String {
    const PRECISION: i32 = 6;
    if !value.is_finite() {
        return not_finite(value);
    }
    let scientific = format!("{value:.5e}");
    let (mantissa, exponent) = scientific.split_once('e').expect("`{:e}` writes an exponent");
    let exponent: i32 = exponent.parse().expect("`{:e}` writes a decimal exponent");
    if (-4..PRECISION).contains(&exponent) {
        let decimals = usize::try_from(PRECISION - 1 - exponent).expect("the range above makes it positive");
        return without_trailing_zeros(&format!("{value:.decimals$}")).to_owned();
    }
    let sign = if exponent < 0 { '-' } else { '+' };
    format!("{}e{sign}{:02}", without_trailing_zeros(mantissa), exponent.abs())
}

/// A float as `toJSON` writes it: few digits that read back as the same number, `null` for what JSON does
/// not have.
pub fn to_json(value: f64) -> String {
    if !value.is_finite() {
        return "null".to_owned();
    }
    let sign = if value.is_sign_negative() { "-" } else { "" };
    if value == 0.0 {
        return format!("{sign}0.0");
    }
    let (digits, last) = shortest_digits(value.abs());
    let digits = String::from_utf8_lossy(&digits);
    // The number of digits before the decimal point, were it written without an exponent.
    let count = i32::try_from(digits.len()).unwrap_or(i32::MAX);
    let whole = count + last;
    let exponent = whole - 1;
    if (count..=15).contains(&whole) {
        let zeros = usize::try_from(whole - count).unwrap_or(0);
        format!("{sign}{digits}{}.0", "0".repeat(zeros))
    } else if (1..=15).contains(&whole) {
        let (integer, fraction) = digits.split_at(usize::try_from(whole).unwrap_or(0));
        format!("{sign}{integer}.{fraction}")
    } else if (-3..=0).contains(&whole) {
        format!("{sign}0.{}{digits}", "0".repeat(usize::try_from(-whole).unwrap_or(0)))
    } else {
        let (first, rest) = digits.split_at(1);
        let point = if rest.is_empty() { "" } else { "." };
        let direction = if exponent < 0 { '-' } else { '+' };
        format!("{sign}{first}{point}{rest}e{direction}{:02}", exponent.abs())
    }
}

/// The value of a float literal (`1.5`, `.5`, `1.`, `1.e3`); `None` where it is too large or too small for a
/// normal number, which Nix calls `invalid float '…'`.
pub fn parse_literal(literal: &str) -> Option<f64> {
    let value: f64 = literal.parse().ok()?;
    let is_zero_literal = literal
        .bytes()
        .take_while(|byte| !matches!(byte, b'e' | b'E'))
        .all(|byte| matches!(byte, b'0' | b'.'));
    // `strtod` reports both overflow and underflow as a range error, for results that lost precision by being
    // subnormal too.
    (value.is_normal() || is_zero_literal && value == 0.0).then_some(value)
}

fn not_finite(value: f64) -> String {
    let sign = if value.is_sign_negative() { "-" } else { "" };
    format!("{sign}{}", if value.is_nan() { "nan" } else { "inf" })
}

fn without_trailing_zeros(number: &str) -> &str {
    if number.contains('.') { number.trim_end_matches('0').trim_end_matches('.') } else { number }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn to_string_is_printf_f() {
        assert_eq!(to_string(1.5), "1.500000");
        assert_eq!(to_string(-0.0), "-0.000000");
        assert_eq!(to_string(1e30), "1000000000000000019884624838656.000000");
        assert_eq!(to_string(1e-7), "0.000000");
        assert_eq!(to_string(f64::INFINITY), "inf");
    }

    #[test]
    fn literals_are_in_range() {
        assert_eq!(parse_literal("1."), Some(1.0));
        assert_eq!(parse_literal(".5e1"), Some(5.0));
        assert_eq!(parse_literal("0.0e999"), Some(0.0));
        assert_eq!(parse_literal("1.0e999"), None);
        assert_eq!(parse_literal("1.0e-310"), None);
    }

    #[test]
    fn print_is_printf_g() {
        for (value, text) in [
            (1e6, "1e+06"),
            (1e5, "100000"),
            (123_456_789.0, "1.23457e+08"),
            (0.1, "0.1"),
            (1e-4, "0.0001"),
            (1e-5, "1e-05"),
            (0.0, "0"),
            (-0.0, "-0"),
            (999_999.5, "1e+06"),
            (1.0 / 3.0, "0.333333"),
            (1.797_693_134_862_315_7e308, "1.79769e+308"),
        ] {
            assert_eq!(print(value), text);
        }
    }

    #[test]
    fn to_json_is_shortest() {
        for (value, text) in [
            (1e6, "1000000.0"),
            (1e14, "100000000000000.0"),
            (1e15, "1e+15"),
            (1e16, "1e+16"),
            (123_456_789_012_345.0, "123456789012345.0"),
            (0.1, "0.1"),
            (1e-4, "0.0001"),
            (1e-5, "1e-05"),
            (12.5, "12.5"),
            (-0.0, "-0.0"),
            (5e-324, "5e-324"),
            (279.396_49, "279.39648999999997"),
            (969_171_761.600_869, "969171761.6008691"),
            (f64::NAN, "null"),
        ] {
            assert_eq!(to_json(value), text);
        }
    }
}
