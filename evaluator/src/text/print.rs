//! Printing strings and attribute names as `nix-instantiate --eval` does: so that they read back as themselves.

/// The words that cannot be the name of an attribute without quotes. `or` can.
const KEYWORDS: [&[u8]; 9] = [b"if", b"then", b"else", b"assert", b"with", b"let", b"in", b"rec", b"inherit"];

/// Appends a string literal, with its quotes.
pub fn write_string(out: &mut Vec<u8>, string: &[u8]) {
    out.push(b'"');
    let mut plain = 0;
    for (index, &byte) in string.iter().enumerate() {
        let escape: &[u8] = match byte {
            b'"' => b"\\\"",
            b'\\' => b"\\\\",
            b'\n' => b"\\n",
            b'\r' => b"\\r",
            b'\t' => b"\\t",
            b'$' if string.get(index + 1) == Some(&b'{') => b"\\$",
            _ => continue,
        };
        out.extend_from_slice(&string[plain..index]);
        out.extend_from_slice(escape);
        plain = index + 1;
    }
    out.extend_from_slice(&string[plain..]);
    out.push(b'"');
}

/// Appends a string literal of which at most `limit` bytes are shown, as error messages do:
/// `"abc" «7 bytes elided»`.
pub fn write_string_elided(out: &mut Vec<u8>, string: &[u8], limit: usize) {
    if string.len() <= limit {
        return write_string(out, string);
    }
    // The characters of UTF-8 are not cut in two.
    let mut end = limit;
    while end > 0 && (string[end] & 0xC0) == 0x80 {
        end -= 1;
    }
    write_string(out, &string[..end]);
    let elided = string.len() - end;
    let unit = if elided == 1 { "byte" } else { "bytes" };
    out.extend_from_slice(format!(" «{elided} {unit} elided»").as_bytes());
}

/// Appends the name of an attribute, in quotes where it needs them.
pub fn write_attribute_name(out: &mut Vec<u8>, name: &[u8]) {
    if is_identifier(name) {
        out.extend_from_slice(name);
    } else {
        write_string(out, name);
    }
}

/// Whether a name can be written without quotes.
pub fn is_identifier(name: &[u8]) -> bool {
    let Some((first, rest)) = name.split_first() else { return false };
    (first.is_ascii_alphabetic() || *first == b'_')
        && rest.iter().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'\'' | b'-'))
        && !KEYWORDS.contains(&name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn string(value: &str) -> String {
        let mut out = Vec::new();
        write_string(&mut out, value.as_bytes());
        String::from_utf8(out).expect("ASCII escapes keep UTF-8 valid")
    }

    #[test]
    fn strings() {
        assert_eq!(string("a${b"), r#""a\${b""#);
        assert_eq!(string("$${x $ $"), r#""$\${x $ $""#);
        assert_eq!(string("a\n\t\r\"\\é\u{1}"), "\"a\\n\\t\\r\\\"\\\\é\u{1}\"");
    }

    #[test]
    fn names() {
        for name in ["__curPos", "a'b", "a-b", "or", "true", "_"] {
            assert!(is_identifier(name.as_bytes()), "{name}");
        }
        for name in ["", "-a", "1a", "a b", "in", "inherit", "é", "a.b"] {
            assert!(!is_identifier(name.as_bytes()), "{name}");
        }
    }

    #[test]
    fn long_strings_are_elided() {
        let mut out = Vec::new();
        write_string_elided(&mut out, "abcé".as_bytes(), 4);
        assert_eq!(String::from_utf8(out).expect("UTF-8"), "\"abc\" «2 bytes elided»");
    }
}
