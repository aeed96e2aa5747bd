//! What a string was meant to be that stands where something else is needed.

use super::text::string_literal;

/// The list of strings that one string was meant to be, in Nix; `None` where it is one element.
pub(super) fn elements(option: &str, text: &str) -> Option<String> {
    if matches!(option, "cmd" | "action") {
        return command(text);
    }
    let words = text.split(|letter: char| letter.is_whitespace() || matches!(letter, ',' | ';'));
    let words: Vec<_> = words.filter(|word| !word.is_empty()).collect();
    (words.len() > 1).then(|| list(&words))
}

/// A command with its arguments; what only a shell can run is given to one.
pub(super) fn command(text: &str) -> Option<String> {
    let words: Vec<_> = text.split_whitespace().collect();
    if words.len() < 2 {
        return None;
    }
    let is_for_shell = |letter: char| "|&;<>$`*?()~\"'\\\n".contains(letter);
    Some(if text.contains(is_for_shell) { list(&["sh", "-c", text]) } else { list(&words) })
}

fn list(elements: &[&str]) -> String {
    let quoted: Vec<_> = elements.iter().map(|element| string_literal(element)).collect();
    format!("[ {} ]", quoted.join(" "))
}

/// The options of a check by HTTP that say what a URL says.
pub(super) fn parts_of_url(url: &str) -> Option<String> {
    let (scheme, rest) = url.split_once("://")?;
    let (authority, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
    let (host, port) = match authority.rsplit_once(':') {
        Some((host, port)) if port.parse::<u16>().is_ok() => (host, port),
        _ => (authority, if scheme == "https" { "443" } else { "80" }),
    };
    let scheme = if scheme == "https" { "scheme = \"https\"; " } else { "" };
    let path = match path {
        "" | "/" => String::new(),
        path => format!(" path = {};", string_literal(path)),
    };
    Some(format!("{scheme}host = {}; port = {port};{path}", string_literal(host)))
}

/// The length of a network's prefix that is written as a mask, or as it stands behind an address.
pub(super) fn prefix_from(text: &str) -> Option<u32> {
    let text = text.trim();
    if let Some(length) = text.strip_prefix('/') {
        return length.parse().ok().filter(|length| (1..=128).contains(length));
    }
    let mask = u32::from(text.parse::<std::net::Ipv4Addr>().ok()?);
    (mask != 0 && mask.leading_ones() + mask.trailing_zeros() == 32).then(|| mask.leading_ones())
}

/// The number that a string means, and whether that is certain.
pub(super) fn integer_from(text: &str, unit: Option<&str>) -> Option<(u64, bool)> {
    let text = text.trim();
    // Some languages write a comma before a fraction, others after the thousands.
    if let Some((whole, part)) = text.split_once(',')
        && unit == Some("MiB")
        && !part.contains([',', '.'])
        && !whole.contains('.')
    {
        let are_thousands = part.chars().take_while(char::is_ascii_digit).count() == 3;
        let separator = if are_thousands { "" } else { "." };
        return integer_from(&format!("{whole}{separator}{part}"), unit).map(|(number, _)| (number, false));
    }
    let split = text.find(|letter: char| !letter.is_ascii_digit() && letter != '.').unwrap_or(text.len());
    let (number, suffix) = text.split_at(split);
    let suffix = suffix.trim();
    if suffix.is_empty() {
        return Some((number.parse().ok()?, true));
    }
    match unit {
        Some("MiB") => {}
        Some("seconds") => return Some((number.parse::<u64>().ok()?.checked_mul(seconds(suffix)?)?, true)),
        Some("bytes per second") => {
            let unit = suffix.trim_end_matches("/s");
            return Some((number.parse::<u64>().ok()?.checked_mul(unit_bytes(unit)?)?, !is_decimal(unit)));
        }
        _ => return Some((number.parse().ok().filter(|_| COUNTED.contains(&suffix))?, false)),
    }
    let bytes = unit_bytes(suffix)?;
    let value: f64 = number.parse().ok()?;
    #[expect(
        clippy::cast_precision_loss,
        reason = "units are powers of two and ten that a double holds exactly"
    )]
    let mebibytes = value * bytes as f64 / 1_048_576.0;
    if !(0.0..=1e12).contains(&mebibytes) {
        return None;
    }
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "the range was checked just above"
    )]
    let whole = mebibytes.ceil() as u64;
    let sure = (mebibytes - mebibytes.ceil()).abs() < f64::EPSILON && !is_decimal(suffix);
    Some((whole.max(1), sure))
}

/// What people count that has no unit.
const COUNTED: &[&str] =
    &["core", "cores", "cpu", "cpus", "vcpu", "vcpus", "vCPU", "vCPUs", "CPU", "CPUs", "threads", "/tcp"];

fn seconds(suffix: &str) -> Option<u64> {
    Some(match suffix {
        "s" | "sec" | "secs" | "second" | "seconds" => 1,
        "m" | "min" | "mins" | "minute" | "minutes" => 60,
        "h" | "hour" | "hours" => 3600,
        _ => return None,
    })
}

/// Whether a unit is one of a thousand of the next, taken at its word: "4 GB" nearly always means 4 GiB.
fn is_decimal(suffix: &str) -> bool {
    let suffix = suffix.to_ascii_lowercase();
    matches!(suffix.as_str(), "kb" | "mb" | "gb" | "tb")
        || ["kilo", "meg", "gig", "tera"].iter().any(|word| suffix.starts_with(word))
}

fn unit_bytes(suffix: &str) -> Option<u64> {
    Some(match suffix.to_ascii_lowercase().as_str() {
        "b" | "bytes" => 1,
        // Whoever says "GB" of memory means powers of two.
        "k" | "ki" | "kib" | "kibibytes" | "kb" | "kilobytes" => 1 << 10,
        "m" | "mi" | "mib" | "mebibytes" | "mb" | "meg" | "megs" | "megabyte" | "megabytes" => 1 << 20,
        "g" | "gi" | "gib" | "gibibytes" | "gb" | "gig" | "gigs" | "gigabyte" | "gigabytes" => 1 << 30,
        "t" | "ti" | "tib" | "tebibytes" | "tb" | "terabyte" | "terabytes" => 1 << 40,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::{elements, integer_from, prefix_from};

    #[test]
    fn sizes_with_units_are_understood() {
        assert_eq!(integer_from("8", None), Some((8, true)));
        assert_eq!(integer_from("4 GiB", Some("MiB")), Some((4096, true)));
        assert_eq!(integer_from("4G", Some("MiB")), Some((4096, true)));
        assert_eq!(integer_from("1.5 GiB", Some("MiB")), Some((1536, true)));
        assert_eq!(integer_from("512M", Some("MiB")), Some((512, true)));
        assert_eq!(integer_from("4 GB", Some("MiB")), Some((4096, false)));
        assert_eq!(integer_from("4Gi", Some("MiB")), Some((4096, true)));
        assert_eq!(integer_from("4,5 GiB", Some("MiB")), Some((4608, false)));
        assert_eq!(integer_from("20,480 MB", Some("MiB")), Some((20480, false)));
        assert_eq!(integer_from("2 cores", None), Some((2, false)));
        assert_eq!(integer_from("4 GiB", None), None);
        assert_eq!(prefix_from("255.255.252.0"), Some(22));
        assert_eq!(prefix_from("/64"), Some(64));
        assert_eq!((prefix_from("10.0.0.1"), prefix_from("0.0.0.0"), prefix_from("24")), (None, None, None));
        assert_eq!(integer_from("10s", Some("seconds")), Some((10, true)));
        assert_eq!(integer_from("5 min", Some("seconds")), Some((300, true)));
        assert_eq!(integer_from("1 KiB/s", Some("bytes per second")), Some((1024, true)));
        assert_eq!(integer_from("1.2.3G", Some("MiB")), None);
        assert_eq!(integer_from("lots", Some("MiB")), None);
        assert_eq!(integer_from("99999999999999999999", None), None);
        assert_eq!(integer_from("", None), None);
    }

    #[test]
    fn strings_are_split_into_what_lists_hold() {
        let list = |name: &str, text: &str| elements(name, text);
        assert_eq!(list("tags", "web production").as_deref(), Some(r#"[ "web" "production" ]"#));
        assert_eq!(list("ips", "10.0.0.5, 10.0.0.6").as_deref(), Some(r#"[ "10.0.0.5" "10.0.0.6" ]"#));
        assert_eq!(list("tags", "web"), None);
        assert_eq!(list("cmd", "true"), None);
        assert_eq!(list("cmd", "ls /a,b").as_deref(), Some(r#"[ "ls" "/a,b" ]"#));
        assert_eq!(list("action", "a $X && b").as_deref(), Some(r#"[ "sh" "-c" "a $X && b" ]"#));
        assert_eq!(list("tags", "a\u{200b}\u{7f} b").as_deref(), Some("[ \"a\u{200b}\u{7f}\" \"b\" ]"));
        assert_eq!(list("action", "echo ${X}").as_deref(), Some(r#"[ "sh" "-c" "echo \${X}" ]"#));
    }
}
