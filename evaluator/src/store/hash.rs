//! Hashes as Nix writes and reads them: `sha256:<base 16, Nix32 or base 64>`, SRI (`sha256-<base 64>`), and bare
//! ones where the algorithm is known (the manual's page on `nix hash convert`).

use super::encoding;
use md5::Md5;
use sha1::Sha1;
use sha2::{Digest, Sha256, Sha512};

/// A hash algorithm.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Algorithm {
    /// BLAKE3, 32 bytes, behind an experimental feature.
    Blake3,
    /// MD5, 16 bytes.
    Md5,
    /// SHA-1, 20 bytes.
    Sha1,
    /// SHA-256, 32 bytes.
    Sha256,
    /// SHA-512, 64 bytes.
    Sha512,
}

impl Algorithm {
    /// Reads a name; the error is Nix's.
    pub fn parse(name: &[u8]) -> Result<Self, String> {
        match name {
            b"blake3" => Ok(Self::Blake3),
            b"md5" => Ok(Self::Md5),
            b"sha1" => Ok(Self::Sha1),
            b"sha256" => Ok(Self::Sha256),
            b"sha512" => Ok(Self::Sha512),
            _ => Err(format!(
                "unknown hash algorithm '{}', expect 'blake3', 'md5', 'sha1', 'sha256', or 'sha512'",
                String::from_utf8_lossy(name)
            )),
        }
    }

    /// The name, as in `sha256:…`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Blake3 => "blake3",
            Self::Md5 => "md5",
            Self::Sha1 => "sha1",
            Self::Sha256 => "sha256",
            Self::Sha512 => "sha512",
        }
    }

    /// How many bytes a hash has.
    pub const fn size(self) -> usize {
        match self {
            Self::Md5 => 16,
            Self::Sha1 => 20,
            Self::Blake3 | Self::Sha256 => 32,
            Self::Sha512 => 64,
        }
    }
}

/// How to write a hash.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Lower-case base 16.
    Base16,
    /// Nix's base 32.
    Nix32,
    /// Base 64.
    Base64,
    /// `algorithm-base64`.
    Sri,
}

impl Format {
    /// Reads the `toHashFormat` of `convertHash`; the error is Nix's.
    pub fn parse(name: &[u8]) -> Result<Self, String> {
        match name {
            b"base16" => Ok(Self::Base16),
            b"nix32" | b"base32" => Ok(Self::Nix32),
            b"base64" => Ok(Self::Base64),
            b"sri" => Ok(Self::Sri),
            _ => Err(format!(
                "unknown hash format '{}', expect 'base16', 'base32', 'base64', or 'sri'",
                String::from_utf8_lossy(name)
            )),
        }
    }
}

/// A hash of one of the algorithms.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Hash {
    algorithm: Algorithm,
    bytes: [u8; 64],
}

impl std::fmt::Debug for Hash {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(&self.write(Format::Sri))
    }
}

impl Hash {
    /// The hash of some bytes.
    pub fn of(algorithm: Algorithm, data: &[u8]) -> Self {
        match algorithm {
            Algorithm::Blake3 => Self::from_slice(algorithm, blake3::hash(data).as_bytes()),
            Algorithm::Md5 => Self::from_slice(algorithm, &Md5::digest(data)),
            Algorithm::Sha1 => Self::from_slice(algorithm, &Sha1::digest(data)),
            Algorithm::Sha256 => Self::from_slice(algorithm, &Sha256::digest(data)),
            Algorithm::Sha512 => Self::from_slice(algorithm, &Sha512::digest(data)),
        }
    }

    /// A SHA-256 that was computed elsewhere.
    pub fn sha256(bytes: [u8; 32]) -> Self {
        Self::from_slice(Algorithm::Sha256, &bytes)
    }

    /// All zeros, which stands for a hash that is not known yet.
    pub fn zero(algorithm: Algorithm) -> Self {
        Self { algorithm, bytes: [0; 64] }
    }

    fn from_slice(algorithm: Algorithm, from: &[u8]) -> Self {
        let mut bytes = [0; 64];
        bytes[..from.len()].copy_from_slice(from);
        Self { algorithm, bytes }
    }

    /// The algorithm.
    pub fn algorithm(&self) -> Algorithm {
        self.algorithm
    }

    /// The bytes.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes[..self.algorithm.size()]
    }

    /// The hash in a format, without `algorithm:` (but SRI has its own prefix).
    pub fn write(&self, format: Format) -> String {
        match format {
            Format::Base16 => encoding::base16(self.bytes()),
            Format::Nix32 => encoding::nix32(self.bytes()),
            Format::Base64 => encoding::base64(self.bytes()),
            Format::Sri => format!("{}-{}", self.algorithm.name(), encoding::base64(self.bytes())),
        }
    }

    /// Reads a hash in any form. Where `algorithm` is given, the text may leave it out and must not contradict it.
    pub fn parse(text: &[u8], algorithm: Option<Algorithm>) -> Result<Self, String> {
        let (named, is_sri, rest) = split_algorithm(text)?;
        match (named, algorithm) {
            (None, None) => Err(format!(
                "hash '{}' does not include a type, nor is the type otherwise known from context",
                String::from_utf8_lossy(rest)
            )),
            (Some(named), Some(wanted)) if named != wanted => {
                Err(format!("hash '{}' should have type '{}'", String::from_utf8_lossy(text), wanted.name()))
            }
            (Some(algorithm), _) | (None, Some(algorithm)) => Self::parse_rest(algorithm, is_sri, rest),
        }
    }

    fn parse_rest(algorithm: Algorithm, is_sri: bool, rest: &[u8]) -> Result<Self, String> {
        let size = algorithm.size();
        let (kind, decoded) = if is_sri {
            ("SRI", encoding::decode_base64(rest))
        } else if rest.len() == size * 2 {
            ("base16", encoding::decode_base16(rest))
        } else if rest.len() == encoding::nix32_length(size) {
            ("nix32", encoding::decode_nix32(rest))
        } else if rest.len() == encoding::base64_length(size) {
            ("Base64", encoding::decode_base64(rest))
        } else {
            return Err(format!(
                "hash '{}' has wrong length for hash algorithm '{}'",
                String::from_utf8_lossy(rest),
                algorithm.name()
            ));
        };
        let decoded = decoded.unwrap_or_default();
        if decoded.len() != size {
            return Err(format!(
                "invalid {kind} hash '{}', length {} != expected length {size}",
                String::from_utf8_lossy(rest),
                decoded.len()
            ));
        }
        Ok(Self::from_slice(algorithm, &decoded))
    }
}

/// Whether a text is the name of BLAKE3, or a hash that begins with it.
pub fn names_blake3(text: &[u8]) -> bool {
    text.strip_prefix(b"blake3").is_some_and(|rest| matches!(rest.first(), None | Some(b':' | b'-')))
}

fn split_algorithm(text: &[u8]) -> Result<(Option<Algorithm>, bool, &[u8]), String> {
    for (separator, is_sri) in [(b':', false), (b'-', true)] {
        if let Some(index) = text.iter().position(|byte| *byte == separator) {
            return Ok((Some(Algorithm::parse(&text[..index])?), is_sri, &text[index + 1..]));
        }
    }
    Ok((None, false, text))
}

/// Folds a hash to 20 bytes, as store paths have it.
pub fn compress_hash(bytes: &[u8]) -> [u8; 20] {
    let mut folded = [0; 20];
    for (index, byte) in bytes.iter().enumerate() {
        folded[index % 20] ^= byte;
    }
    folded
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn convert(text: &str, algorithm: Option<Algorithm>, format: Format) -> Result<String, String> {
        Hash::parse(text.as_bytes(), algorithm).map(|hash| hash.write(format))
    }

    #[test]
    fn any_form_is_read() {
        let empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
        for text in [
            "sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=",
            "sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU",
            "sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=?a",
            "sha256:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=",
            "sha256:E3B0C44298FC1C149AFBF4C8996FB92427AE41E4649B934CA495991B7852B855",
            "sha256:0mdqa9w1p6cmli6976v4wi0sw9r4p5prkj7lzfd1877wk11c9c73",
        ] {
            assert_eq!(convert(text, None, Format::Base16).as_deref(), Ok(empty), "{text}");
        }
        let bare =
            convert("47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=", Some(Algorithm::Sha256), Format::Base16);
        assert_eq!(bare.as_deref(), Ok(empty));
    }

    #[test]
    fn errors_are_worded_as_in_nix() {
        let sixty_four = "z".repeat(64);
        let fifty_two = "e".repeat(52);
        for (text, algorithm, expected) in [
            (
                "abc",
                None,
                "hash 'abc' does not include a type, nor is the type otherwise known from context".to_owned(),
            ),
            ("sha256:abc", None, "hash 'abc' has wrong length for hash algorithm 'sha256'".to_owned()),
            ("sha256-abc", None, "invalid SRI hash 'abc', length 2 != expected length 32".to_owned()),
            (
                "foo-abc",
                None,
                "unknown hash algorithm 'foo', expect 'blake3', 'md5', 'sha1', 'sha256', or 'sha512'"
                    .to_owned(),
            ),
            (
                &format!("sha256:{sixty_four}"),
                None,
                format!("invalid base16 hash '{sixty_four}', length 0 != expected length 32"),
            ),
            (
                &format!("sha256:{fifty_two}"),
                None,
                format!("invalid nix32 hash '{fifty_two}', length 0 != expected length 32"),
            ),
            ("sha256-YQ==", Some(Algorithm::Md5), "hash 'sha256-YQ==' should have type 'md5'".to_owned()),
            ("", Some(Algorithm::Md5), "hash '' has wrong length for hash algorithm 'md5'".to_owned()),
        ] {
            assert_eq!(convert(text, algorithm, Format::Sri), Err(expected), "{text}");
        }
    }

    proptest! {
        #[test]
        fn round_trips(data in any::<Vec<u8>>()) {
            for algorithm in [Algorithm::Blake3, Algorithm::Md5, Algorithm::Sha1, Algorithm::Sha256, Algorithm::Sha512] {
                let hash = Hash::of(algorithm, &data);
                for format in [Format::Base16, Format::Nix32, Format::Base64, Format::Sri] {
                    prop_assert_eq!(Hash::parse(hash.write(format).as_bytes(), Some(algorithm)), Ok(hash));
                }
            }
        }

        #[test]
        fn any_bytes_are_read_or_rejected(text in any::<Vec<u8>>()) {
            let _ = Hash::parse(&text, Some(Algorithm::Sha1));
        }
    }
}
