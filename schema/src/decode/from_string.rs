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

/// The number that a string means, and whether that is certain.
pub(super) fn integer_from(text: &str, unit: Option<&str>) -> Option<(u64, bool)> {
    let text = text.trim();
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
            let bytes = unit_bytes(suffix.trim_end_matches("/s"))?;
            return Some((number.parse::<u64>().ok()?.checked_mul(bytes)?, true));
        }
        _ => return None,
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
    // "4 GB" may well mean 4 GiB.
    let sure =
        (mebibytes - mebibytes.ceil()).abs() < f64::EPSILON && !suffix.to_ascii_lowercase().ends_with("gb");
    Some((whole.max(1), sure))
}

fn seconds(suffix: &str) -> Option<u64> {
    Some(match suffix {
        "s" | "sec" | "secs" | "second" | "seconds" => 1,
        "m" | "min" | "mins" | "minute" | "minutes" => 60,
        "h" | "hour" | "hours" => 3600,
        _ => return None,
    })
}

fn unit_bytes(suffix: &str) -> Option<u64> {
    Some(match suffix.to_ascii_lowercase().as_str() {
        "b" | "bytes" => 1,
        "k" | "kib" => 1 << 10,
        "m" | "mib" => 1 << 20,
        "g" | "gib" => 1 << 30,
        "t" | "tib" => 1 << 40,
        "kb" => 1000,
        "mb" => 1_000_000,
        "gb" => 1_000_000_000,
        "tb" => 1_000_000_000_000,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::{elements, integer_from};

    #[test]
    fn sizes_with_units_are_understood() {
        assert_eq!(integer_from("8", None), Some((8, true)));
        assert_eq!(integer_from("4 GiB", Some("MiB")), Some((4096, true)));
        assert_eq!(integer_from("4G", Some("MiB")), Some((4096, true)));
        assert_eq!(integer_from("1.5 GiB", Some("MiB")), Some((1536, true)));
        assert_eq!(integer_from("512M", Some("MiB")), Some((512, true)));
        assert_eq!(integer_from("4 GB", Some("MiB")), Some((3815, false)));
        assert_eq!(integer_from("4 GiB", None), None);
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
