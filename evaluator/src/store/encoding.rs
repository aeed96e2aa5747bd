//! The encodings of hashes: Nix's base 32, base 16 and base 64.
//!
//! Nix's base 32 has an alphabet without `e o u t` and writes the digits from the last to the first (see “Nix32” in
//! the manual's glossary); base 64 is read as Nix does, which does not ask for padding and stops at the first `=`.

const ALPHABET: &[u8; 32] = b"0123456789abcdfghijklmnpqrsvwxyz";

/// The length of `bytes` bytes in Nix's base 32.
pub const fn nix32_length(bytes: usize) -> usize {
    (bytes * 8).div_ceil(5)
}

/// Bytes in Nix's base 32.
pub fn nix32(bytes: &[u8]) -> String {
    let length = nix32_length(bytes.len());
    let mut out = String::with_capacity(length);
    for digit in (0..length).rev() {
        let (byte, shift) = (digit * 5 / 8, digit * 5 % 8);
        let low = u16::from(bytes[byte]) | u16::from(bytes.get(byte + 1).copied().unwrap_or(0)) << 8;
        out.push(char::from(ALPHABET[usize::from(low >> shift & 0x1f)]));
    }
    out
}

/// Reads Nix's base 32; `None` where a character is not of its alphabet. As in Nix, bits beyond the last whole byte
/// make another byte if any is set.
pub fn decode_nix32(text: &[u8]) -> Option<Vec<u8>> {
    let mut out = vec![0; text.len() * 5 / 8];
    for (digit, character) in text.iter().rev().enumerate() {
        let value = ALPHABET.iter().position(|known| known == character)?;
        let (byte, shift) = (digit * 5 / 8, digit * 5 % 8);
        let [low, high] = u16::try_from(value << shift).ok()?.to_le_bytes();
        for (index, part) in [(byte, low), (byte + 1, high)] {
            match out.get_mut(index) {
                Some(known) => *known |= part,
                None if part != 0 => out.push(part),
                None => {}
            }
        }
    }
    Some(out)
}

/// Whether every byte is of Nix's base 32.
pub fn is_nix32(text: &[u8]) -> bool {
    text.iter().all(|byte| ALPHABET.contains(byte))
}

/// Bytes in lower-case base 16.
pub fn base16(bytes: &[u8]) -> String {
    data_encoding::HEXLOWER.encode(bytes)
}

/// Reads base 16 in either case.
pub fn decode_base16(text: &[u8]) -> Option<Vec<u8>> {
    data_encoding::HEXLOWER_PERMISSIVE.decode(text).ok()
}

/// The length of `bytes` bytes in base 64, padding included.
pub const fn base64_length(bytes: usize) -> usize {
    bytes.div_ceil(3) * 4
}

/// Bytes in base 64 with padding.
pub fn base64(bytes: &[u8]) -> String {
    data_encoding::BASE64.encode(bytes)
}

/// Reads base 64 up to the first `=`; line breaks are skipped, and bits that make no whole byte dropped.
pub fn decode_base64(text: &[u8]) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(text.len() * 3 / 4);
    let (mut buffer, mut bits) = (0u32, 0u32);
    for &character in text.iter().take_while(|byte| **byte != b'=') {
        let value = match character {
            b'A'..=b'Z' => character - b'A',
            b'a'..=b'z' => character - b'a' + 26,
            b'0'..=b'9' => character - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            b'\n' => continue,
            _ => return None,
        };
        buffer = (buffer << 6 | u32::from(value)) & 0xFFFF;
        bits += 6;
        if bits >= 8 {
            bits -= 8;
            out.push((buffer >> bits & 0xFF) as u8);
        }
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn nix32_of_a_known_hash() {
        let md5 = decode_base16(b"d41d8cd98f00b204e9800998ecf8427e").expect("base 16");
        assert_eq!(nix32(&md5), "3y8bwfr609h3lh9ch0izcqq7fl");
        assert_eq!(decode_nix32(&[b'z'; 52]).map(|bytes| bytes.len()), Some(33));
        assert_eq!(decode_nix32(b"e"), None);
    }

    #[test]
    fn base64_is_lenient() {
        assert_eq!(decode_base64(b"abc").map(|bytes| bytes.len()), Some(2));
        assert_eq!(decode_base64(b"YQ==?x"), Some(b"a".to_vec()));
        assert_eq!(decode_base64(b"Y!"), None);
    }

    proptest! {
        #[test]
        fn round_trips(bytes in proptest::collection::vec(any::<u8>(), 0..70)) {
            prop_assert_eq!(nix32(&bytes).len(), nix32_length(bytes.len()));
            prop_assert_eq!(base64(&bytes).len(), base64_length(bytes.len()));
            prop_assert_eq!(decode_nix32(nix32(&bytes).as_bytes()), Some(bytes.clone()));
            prop_assert_eq!(decode_base64(base64(&bytes).as_bytes()), Some(bytes.clone()));
            prop_assert_eq!(decode_base16(base16(&bytes).as_bytes()), Some(bytes));
        }

        #[test]
        fn any_bytes_are_read_or_rejected(bytes in proptest::collection::vec(any::<u8>(), 0..70)) {
            let _ = (decode_nix32(&bytes), decode_base16(&bytes), decode_base64(&bytes));
        }
    }
}
