//! Writing strings as `toJSON` does.

/// Appends a string as JSON, with its quotes; only what must be escaped is. A string that is not UTF-8 is an
/// error in Nix's words.
pub fn write_json_string(out: &mut Vec<u8>, string: &[u8]) -> Result<(), String> {
    if let Err(error) = std::str::from_utf8(string) {
        return Err(not_utf8(string, error));
    }
    out.push(b'"');
    let mut rest = string;
    while let Some(index) = first_to_escape(rest) {
        let byte = rest[index];
        out.extend_from_slice(&rest[..index]);
        rest = &rest[index + 1..];
        let short = match byte {
            b'"' => b'"',
            b'\\' => b'\\',
            8 => b'b',
            12 => b'f',
            b'\n' => b'n',
            b'\r' => b'r',
            b'\t' => b't',
            _ => {
                out.extend_from_slice(format!("\\u{byte:04x}").as_bytes());
                continue;
            }
        };
        out.extend_from_slice(&[b'\\', short]);
    }
    out.extend_from_slice(rest);
    out.push(b'"');
    Ok(())
}

/// Where the first byte is that cannot stand in JSON as it is. Most text has none, so that it is looked at in chunks,
/// which the compiler makes one step of.
fn first_to_escape(text: &[u8]) -> Option<usize> {
    const CHUNK: usize = 32;
    let must_be_escaped = |byte: &u8| *byte < 0x20 || *byte == b'"' || *byte == b'\\';
    let plain = text
        .chunks_exact(CHUNK)
        .take_while(|chunk| !chunk.iter().fold(false, |found, byte| found | must_be_escaped(byte)))
        .count();
    let start = plain * CHUNK;
    text[start..].iter().position(must_be_escaped).map(|index| start + index)
}

fn not_utf8(string: &[u8], error: std::str::Utf8Error) -> String {
    let reason = match error.error_len() {
        None => {
            let last = string.last().copied().unwrap_or_default();
            format!("incomplete UTF-8 string; last byte: 0x{last:02X}")
        }
        Some(length) => {
            // The bad byte is the one that cannot follow what is before it: the first byte of the sequence if that
            // one cannot start any.
            let start = error.valid_up_to();
            let starts_one = matches!(string[start], 0xC2..=0xF4);
            let bad = if starts_one { start + length } else { start };
            let byte = string.get(bad).copied().unwrap_or_default();
            format!("invalid UTF-8 byte at index {bad}: 0x{byte:02X}")
        }
    };
    format!("JSON serialization error: [json.exception.type_error.316] {reason}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn write(string: &[u8]) -> Result<String, String> {
        let mut out = Vec::new();
        write_json_string(&mut out, string)?;
        Ok(String::from_utf8(out).expect("JSON is UTF-8"))
    }

    #[test]
    fn escapes() {
        assert_eq!(
            write(b"a\"\\\n\r\t\x08\x0c\x01\x1f\x7f/").as_deref(),
            Ok("\"a\\\"\\\\\\n\\r\\t\\b\\f\\u0001\\u001f\x7f/\"")
        );
        assert_eq!(write("é😀".as_bytes()).as_deref(), Ok("\"é😀\""));
        for at in [0, 31, 32, 33, 63, 64, 99] {
            let mut text = "x".repeat(100);
            text.replace_range(at..=at, "\"");
            let expected = format!("\"{}\"", text.replace('"', "\\\""));
            assert_eq!(write(text.as_bytes()).as_deref(), Ok(expected.as_str()));
        }
    }

    #[test]
    fn bytes_that_are_not_utf8() {
        for (string, reason) in [
            (&b"\xff\x41"[..], "invalid UTF-8 byte at index 0: 0xFF"),
            (b"ab\xc3", "incomplete UTF-8 string; last byte: 0xC3"),
            (b"ab\xc3A", "invalid UTF-8 byte at index 3: 0x41"),
            (b"\xe2\x82A", "invalid UTF-8 byte at index 2: 0x41"),
        ] {
            let message = format!("JSON serialization error: [json.exception.type_error.316] {reason}");
            assert_eq!(write(string), Err(message));
        }
    }
}
