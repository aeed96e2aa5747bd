//! Bytes that are no UTF-8 within a text that is: a file in another encoding is still valid Nix.
//!
//! Each such byte stands as a character of its own, from a part of Unicode that is for private use. What stands there
//! by itself is taken apart as well, so that [`decode`] gives back exactly what [`encode`] took.

/// The character that stands for the byte 0. Each takes as many bytes as U+FFFD, which people see instead.
const FIRST: u32 = 0xF700;

/// The bytes as a text.
pub fn encode(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len() + 16);
    for chunk in bytes.utf8_chunks() {
        for character in chunk.valid().chars() {
            if byte_of(character).is_some() {
                let mut buffer = [0; 4];
                text.extend(character.encode_utf8(&mut buffer).bytes().filter_map(character_of));
            } else {
                text.push(character);
            }
        }
        text.extend(chunk.invalid().iter().copied().filter_map(character_of));
    }
    text
}

/// The bytes that a part of a text stands for.
pub fn decode(text: &str) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(text.len());
    for character in text.chars() {
        match byte_of(character) {
            Some(byte) => bytes.push(byte),
            None => bytes.extend_from_slice(character.encode_utf8(&mut [0; 4]).as_bytes()),
        }
    }
    bytes
}

/// The text as people see it, of the same length.
pub fn visible(text: &str) -> String {
    let shown =
        |character| if byte_of(character).is_some() { char::REPLACEMENT_CHARACTER } else { character };
    text.chars().map(shown).collect()
}

fn character_of(byte: u8) -> Option<char> {
    char::from_u32(FIRST + u32::from(byte))
}

fn byte_of(character: char) -> Option<u8> {
    u32::from(character).checked_sub(FIRST).and_then(|byte| u8::try_from(byte).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_bytes_come_back() {
        for bytes in [&b"plain"[..], b"\xff", b"a\xe9b\xc3\xa9", "\u{f741}\u{f800}".as_bytes(), b"\xef\x9c"] {
            assert_eq!(decode(&encode(bytes)), bytes);
        }
        assert_eq!(encode("é".as_bytes()), "é");
        let encoded = encode(b"a\xff");
        assert_eq!((encoded.len(), visible(&encoded).as_str()), (4, "a\u{fffd}"));
    }
}
