//! The values of TOML that hold no others, except strings: which of them a text is, decided as Nix decides it, since
//! what it says of wrong ones depends on that.

use super::toml_scan::{Reason, Scanned, Scanner};

/// A value without parts.
#[derive(Debug, PartialEq)]
pub(super) enum Scalar {
    Boolean(bool),
    Integer(i64),
    Float(f64),
    /// A date, a time or both, as Nix writes them.
    Time(String),
}

impl Scanner<'_> {
    /// Reads a boolean, number, date or time.
    pub(super) fn scalar(&mut self) -> Scanned<Scalar> {
        match self.peek() {
            Some(b't' | b'f') => {
                if self.eat(b"true") {
                    Ok(Scalar::Boolean(true))
                } else if self.eat(b"false") {
                    Ok(Scalar::Boolean(false))
                } else {
                    Err(self.wrong(BOOLEAN))
                }
            }
            Some(b'T') => Err(self.wrong(TRUE)),
            Some(b'F') => Err(self.wrong(FALSE)),
            Some(b'i') if self.rest().starts_with(b"inf") => self.float(3),
            Some(b'n') if self.rest().starts_with(b"nan") => self.float(3),
            Some(b'i' | b'I') => Err(self.wrong(INFINITY)),
            Some(b'n' | b'N') => Err(self.wrong(NOT_A_NUMBER)),
            _ => match date(self.rest()) {
                Some(length) => self.date(length),
                None => match time(self.rest()) {
                    Some(length) => {
                        let text = self.take(length);
                        self.checked_time(text).map(Scalar::Time)
                    }
                    None => self.number(),
                },
            },
        }
    }

    fn take(&mut self, length: usize) -> String {
        let text = String::from_utf8_lossy(&self.rest()[..length]).into_owned();
        self.at += length;
        text
    }

    fn number(&mut self) -> Scanned<Scalar> {
        let start = self.at;
        if let Some(length) = float(self.rest()) {
            if self.rest().get(length) == Some(&b'_') {
                self.at += length;
                return Err(self.wrong(UNDERSCORE_IN_FLOAT));
            }
            return self.float(length);
        }
        let Some(length) = integer(self.rest()) else {
            return Err(self.wrong(match self.peek() {
                Some(b'.') => NO_INTEGER_PART,
                Some(b'_') => UNDERSCORE_FIRST,
                _ => UNKNOWN,
            }));
        };
        self.at += length;
        let found = &self.text[start..self.at];
        let reason = match self.peek() {
            Some(b'_') if matches!(found, b"0" | b"+0" | b"-0") => ZERO_AND_UNDERSCORE,
            Some(b'_') => UNDERSCORE,
            Some(b'0') => LEADING_ZERO,
            Some(b'1'..=b'9') => INVALID_DIGIT,
            Some(b':' | b'-') => INVALID_DATETIME,
            Some(b'.' | b'e' | b'E') => INVALID_FLOAT,
            next => return self.integer(start, next),
        };
        Err(self.wrong(reason))
    }

    /// Reads the integer that starts there, and that `next` follows as far as it can be read.
    fn integer(&mut self, start: usize, next: Option<u8>) -> Scanned<Scalar> {
        let digits: String = self.text[start..self.at]
            .iter()
            .filter(|&&byte| byte != b'_')
            .map(|&byte| char::from(byte))
            .collect();
        let unsigned = digits.trim_start_matches(['+', '-']);
        let prefix = unsigned.as_bytes().get(1).copied().or(if unsigned == "0" { next } else { None });
        let (radix, invalid, too_large) = match (unsigned.as_bytes().first(), prefix) {
            (Some(b'0'), Some(b'x')) => (16, HEXADECIMAL, HEXADECIMAL_TOO_LARGE),
            (Some(b'0'), Some(b'o')) => (8, OCTAL, OCTAL_TOO_LARGE),
            (Some(b'0'), Some(b'b')) => (2, BINARY, BINARY_TOO_LARGE),
            _ => (10, DECIMAL_TOO_LARGE, DECIMAL_TOO_LARGE),
        };
        let digits = if radix == 10 { &*digits } else { digits.get(2..).unwrap_or_default() };
        if digits.is_empty() || digits.ends_with(['+', '-']) || unsigned.len() < 3 && radix != 10 {
            return Err(self.wrong(invalid));
        }
        i64::from_str_radix(digits, radix).map(Scalar::Integer).map_err(|_| self.wrong(too_large))
    }

    fn float(&mut self, length: usize) -> Scanned<Scalar> {
        let text = self.take(length).replace('_', "");
        let is_special = text.ends_with(['f', 'n']);
        match text.parse::<f64>() {
            Ok(value) if is_special || value.is_finite() => Ok(Scalar::Float(value)),
            _ => Err(self.wrong(FLOAT_TOO_LARGE)),
        }
    }

    /// What starts with a date of that length.
    fn date(&mut self, length: usize) -> Scanned<Scalar> {
        let rest = self.rest();
        let separator = rest.get(length).copied();
        let separated = matches!(separator, Some(b'T' | b't' | b' '));
        let clock = if separated { time(&rest[length + 1..]) } else { None };
        let Some(clock) = clock else {
            let (skip, reason) = match separator {
                Some(b'T' | b't') => (1, BAD_TIME),
                Some(b' ') if rest.get(length + 1).is_some_and(u8::is_ascii_digit) => (1, BAD_TIME),
                Some(b'0'..=b'9') => (0, NO_DATE_SEPARATOR),
                _ => {
                    let text = self.take(length);
                    return self.checked_date(text).map(Scalar::Time);
                }
            };
            self.at += length + skip;
            return Err(self.wrong(reason));
        };
        let zone = zone(&rest[length + 1 + clock..]);
        if zone.is_none() && matches!(rest.get(length + 1 + clock), Some(b'+' | b'-')) {
            self.at += length + 1 + clock;
            return Err(self.wrong(BAD_OFFSET));
        }
        let day = self.take(length);
        let day = self.checked_date(day)?;
        self.at += 1;
        let clock = self.take(clock);
        let clock = self.checked_time(clock)?;
        let zone = self.take(zone.unwrap_or(0));
        Ok(Scalar::Time(format!("{day}T{clock}{}", self.checked_zone(&zone)?)))
    }

    fn checked_date(&self, text: String) -> Scanned<String> {
        let number = |range| text.get(range).and_then(|digits: &str| digits.parse::<u32>().ok()).unwrap_or(0);
        let (year, month, day) = (number(0..4), number(5..7), number(8..10));
        let is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
        let days = match month {
            2 => 28 + u32::from(is_leap),
            4 | 6 | 9 | 11 => 30,
            _ => 31,
        };
        if (1..=12).contains(&month) && (1..=days).contains(&day) {
            Ok(text)
        } else {
            Err(self.wrong(INVALID_DATE))
        }
    }

    /// A time with as many groups of three digits behind the seconds as it takes.
    fn checked_time(&self, text: String) -> Scanned<String> {
        let number = |range| text.get(range).and_then(|digits: &str| digits.parse::<u32>().ok()).unwrap_or(0);
        // A minute may have a leap second.
        if number(0..2) > 23 || number(3..5) > 59 || number(6..8) > 60 {
            return Err(self.wrong(INVALID_TIME));
        }
        let Some((seconds, fraction)) = text.split_once('.') else { return Ok(text) };
        let digits = format!("{fraction:0<9.9}");
        let mut groups = 3;
        while groups > 0 && digits[..3 * groups].ends_with("000") {
            groups -= 1;
        }
        Ok(if groups == 0 { seconds.to_owned() } else { format!("{seconds}.{}", &digits[..3 * groups]) })
    }

    fn checked_zone(&self, text: &str) -> Scanned<String> {
        let Some((hours, minutes)) = text.split_once(':') else { return Ok(text.to_uppercase()) };
        let number = |digits: &str| digits.trim_start_matches(['+', '-']).parse::<u32>().unwrap_or(0);
        let (hours, minutes) = (number(hours), number(minutes));
        if hours > 24 || minutes > 60 {
            return Err(self.wrong(OFFSET_TOO_LARGE));
        }
        let minutes = 60 * hours + minutes;
        Ok(match minutes {
            0 => "Z".to_owned(),
            _ => format!("{}{:02}:{:02}", &text[..1], minutes / 60, minutes % 60),
        })
    }
}

/// How many bytes are as a pattern says, in which `0` stands for a digit.
fn pattern(text: &[u8], pattern: &[u8]) -> Option<usize> {
    let found = text.get(..pattern.len())?;
    let fits =
        |(&byte, &wanted): (&u8, &u8)| if wanted == b'0' { byte.is_ascii_digit() } else { byte == wanted };
    found.iter().zip(pattern).all(fits).then_some(pattern.len())
}

fn date(text: &[u8]) -> Option<usize> {
    pattern(text, b"0000-00-00")
}

fn time(text: &[u8]) -> Option<usize> {
    let length = pattern(text, b"00:00:00")?;
    let fraction = text[length..].strip_prefix(b".").unwrap_or_default();
    match fraction.iter().take_while(|byte| byte.is_ascii_digit()).count() {
        0 => Some(length),
        digits => Some(length + 1 + digits),
    }
}

fn zone(text: &[u8]) -> Option<usize> {
    match text.first()? {
        b'Z' | b'z' => Some(1),
        b'+' | b'-' => pattern(&text[1..], b"00:00").map(|length| 1 + length),
        _ => None,
    }
}

/// How many bytes are digits, with single underscores between them.
fn digits(text: &[u8], is_digit: impl Fn(&u8) -> bool) -> Option<usize> {
    let mut length = 0;
    loop {
        let underscore = usize::from(length > 0 && text.get(length) == Some(&b'_'));
        match text.get(length + underscore) {
            Some(byte) if is_digit(byte) => length += underscore + 1,
            _ => return (length > 0).then_some(length),
        }
    }
}

fn decimal(text: &[u8]) -> Option<usize> {
    let sign = usize::from(matches!(text.first(), Some(b'+' | b'-')));
    match text.get(sign)? {
        b'0' => Some(sign + 1),
        _ => digits(&text[sign..], u8::is_ascii_digit).map(|length| sign + length),
    }
}

fn integer(text: &[u8]) -> Option<usize> {
    let radix = |prefix: &[u8], is_digit: fn(&u8) -> bool| {
        digits(text.strip_prefix(prefix)?, is_digit).map(|length| prefix.len() + length)
    };
    radix(b"0b", |byte| matches!(byte, b'0' | b'1'))
        .or_else(|| radix(b"0o", |byte| matches!(byte, b'0'..=b'7')))
        .or_else(|| radix(b"0x", u8::is_ascii_hexdigit))
        .or_else(|| decimal(text))
}

fn float(text: &[u8]) -> Option<usize> {
    let sign = usize::from(matches!(text.first(), Some(b'+' | b'-')));
    if text[sign..].starts_with(b"inf") || text[sign..].starts_with(b"nan") {
        return Some(sign + 3);
    }
    let whole = decimal(text)?;
    let fraction = text[whole..].strip_prefix(b".").and_then(|rest| digits(rest, u8::is_ascii_digit));
    let length = whole + fraction.map_or(0, |digits| 1 + digits);
    match exponent(&text[length..]) {
        Some(exponent) => Some(length + exponent),
        None => fraction.map(|_| length),
    }
}

fn exponent(text: &[u8]) -> Option<usize> {
    let sign = match text {
        [b'e' | b'E', b'+' | b'-', ..] => 1,
        [b'e' | b'E', ..] => 0,
        _ => return None,
    };
    digits(&text[1 + sign..], u8::is_ascii_digit).map(|digits| 1 + sign + digits)
}

const BOOLEAN: Reason = (
    "toml::parse_boolean: invalid boolean: boolean must be `true` or `false`, in lowercase. string must be surrounded \
     by `\"`",
    "expected true or false",
);
const TRUE: Reason = (
    "toml::parse_value: `true` must be in lowercase. A string must be surrounded by quotes.",
    "expected true or false",
);
const FALSE: Reason = (
    "toml::parse_value: `false` must be in lowercase. A string must be surrounded by quotes.",
    "expected true or false",
);
const INFINITY: Reason = (
    "toml::parse_value: `inf` must be in lowercase. A string must be surrounded by quotes.",
    "expected a value; a string stands in quotes",
);
const NOT_A_NUMBER: Reason = (
    "toml::parse_value: `nan` must be in lowercase. A string must be surrounded by quotes.",
    "expected a value; a string stands in quotes",
);
const UNKNOWN: Reason = ("bad format: unknown value appeared", "expected a value; a string stands in quotes");
const UNDERSCORE_IN_FLOAT: Reason = ("bad float: `_` must be surrounded by digits", "invalid underscore");
const NO_INTEGER_PART: Reason =
    ("bad float: integer part is required before decimal point", "missing integer part");
const UNDERSCORE_FIRST: Reason =
    ("bad number: `_` must be surrounded by digits", "digits required before `_`");
const ZERO_AND_UNDERSCORE: Reason =
    ("bad integer: leading zero is not allowed in decimal int", "leading zero");
const UNDERSCORE: Reason = ("bad integer: `_` must be surrounded by digits", "invalid underscore");
const LEADING_ZERO: Reason = ("bad integer: leading zero", "leading zero is not allowed");
const INVALID_DIGIT: Reason = ("bad integer: invalid digit after an integer", "this digit is not allowed");
const INVALID_DATETIME: Reason =
    ("bad datetime: invalid format", "valid is: 1979-05-27T07:32:00-07:00, 1979-05-27 07:32:00.999999Z");
const INVALID_FLOAT: Reason =
    ("bad float: invalid format", "valid is: +1.0, -2e-2, 3.141_592_653_589, inf, nan");
const BAD_TIME: Reason =
    ("bad time: must be HH:MM:SS.subsec", "valid is: 1979-05-27T07:32:00, 1979-05-27 07:32:00.999999");
const NO_DATE_SEPARATOR: Reason = ("bad datetime: missing T or space", "expected 'T' or a space");
const BAD_OFFSET: Reason = ("bad offset: must be [+-]HH:MM or Z", "valid is: +09:00, -05:30");
const OFFSET_TOO_LARGE: Reason = (
    "toml::parse_offset_datetime: too large offset: |hour| <= 24, |minute| <= 60",
    "24 hours and 60 minutes at most",
);
const INVALID_DATE: Reason = ("toml::parse_local_date: invalid date.", "there is no such day");
const INVALID_TIME: Reason =
    ("toml::parse_local_time: invalid time.", "hours are 00-23, minutes 00-59, and seconds 00-60");
const FLOAT_TOO_LARGE: Reason = (
    "toml::parse_floating: failed to read floating point value from stream",
    "this is more than a floating-point number can hold",
);
const HEXADECIMAL: Reason = (
    "toml::parse_hex_integer: invalid integer: hex_int must be like: 0xC0FFEE, 0xdead_beef",
    "expected hexadecimal digits behind an unsigned 0x",
);
const OCTAL: Reason = (
    "toml::parse_oct_integer: invalid integer: oct_int must be like: 0o775, 0o04_44",
    "expected octal digits behind an unsigned 0o",
);
const BINARY: Reason = (
    "toml::parse_bin_integer: invalid integer: bin_int must be like: 0b0101, 0b1111_0000",
    "expected binary digits behind an unsigned 0b",
);
const DECIMAL_TOO_LARGE: Reason =
    ("toml::parse_dec_integer: too large integer: current max digits = 2^63", "must be < 2^63");
const HEXADECIMAL_TOO_LARGE: Reason =
    ("toml::parse_hex_integer: too large integer: current max value = 2^63", "must be < 2^63");
const OCTAL_TOO_LARGE: Reason =
    ("toml::parse_oct_integer: too large integer: current max value = 2^63", "must be < 2^63");
const BINARY_TOO_LARGE: Reason =
    ("toml::parse_bin_integer: too large integer: current max value = 2^63", "must be < 2^63");
