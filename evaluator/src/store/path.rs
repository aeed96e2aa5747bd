//! Store paths: what their names may be, and how they are computed (the manual's “Store path” and “Complete store
//! path calculation”).

use super::encoding;
use super::hash::{Algorithm, Format, Hash, compress_hash};
use crate::settings::Features;
use sha2::{Digest, Sha256};

/// The length of the hash in a store path.
const HASH_LENGTH: usize = 32;
const MAX_NAME_LENGTH: usize = 211;

/// How the content of a path was hashed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Method {
    /// A single file's content.
    Flat,
    /// A file system tree, as NAR.
    Recursive,
    /// A single file's content, which may refer to other paths.
    Text,
    /// A file system tree, as Git hashes it.
    Git,
}

impl Method {
    /// What stands before the algorithm in a derivation.
    pub const fn prefix(self) -> &'static str {
        match self {
            Self::Flat => "",
            Self::Recursive => "r:",
            Self::Text => "text:",
            Self::Git => "git:",
        }
    }

    /// Reads an `outputHashMode`; the error is Nix's.
    pub fn parse_mode(mode: &[u8], derivation: &str, features: &Features) -> Result<Self, String> {
        match mode {
            b"flat" => Ok(Self::Flat),
            b"recursive" | b"nar" => Ok(Self::Recursive),
            b"text" => {
                features.require_for("dynamic-derivations", || {
                    format!("text-hashed derivation '{derivation}', outputHashMode = \"text\"")
                })?;
                Ok(Self::Text)
            }
            b"git" => {
                features.require("git-hashing")?;
                Err("'outputHashMode' `git` is not supported".to_owned())
            }
            _ => Err(format!(
                "invalid value '{}' for 'outputHashMode' attribute",
                String::from_utf8_lossy(mode)
            )),
        }
    }
}

/// The directory that store paths are in, such as `/nix/store`; all paths depend on it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoreDir(String);

impl Default for StoreDir {
    fn default() -> Self {
        Self::new("/nix/store")
    }
}

impl StoreDir {
    /// A store directory; an absolute path without a slash at the end.
    pub fn new(directory: impl Into<String>) -> Self {
        Self(directory.into())
    }

    /// The directory.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The path of a kind, from a hash and a name. Like all of these, it fails where the name is not valid.
    pub fn make_path(&self, kind: &str, hash: &Hash, name: &str) -> Result<String, String> {
        let (algorithm, base16) = (hash.algorithm().name(), hash.write(Format::Base16));
        let mut hasher = Sha256::new();
        for part in [kind, ":", algorithm, ":", &base16, ":", &self.0, ":", name] {
            hasher.update(part.as_bytes());
        }
        let folded = compress_hash(&hasher.finalize());
        let base = format!("{}-{name}", encoding::nix32(&folded));
        match check_name(name.as_bytes()) {
            Ok(()) => Ok(format!("{}/{base}", self.0)),
            Err(reason) => Err(format!("path '{base}' is not a valid store path: {reason}")),
        }
    }

    /// The path of a text file (`toFile`, `.drv` files) that refers to other store paths.
    pub fn text_path<'r>(
        &self,
        name: &str,
        contents: &[u8],
        references: impl IntoIterator<Item = &'r str>,
    ) -> Result<String, String> {
        self.text_path_of_hash(name, &Hash::of(Algorithm::Sha256, contents), references)
    }

    /// As [`StoreDir::text_path`], from the SHA-256 of the contents.
    pub fn text_path_of_hash<'r>(
        &self,
        name: &str,
        contents: &Hash,
        references: impl IntoIterator<Item = &'r str>,
    ) -> Result<String, String> {
        self.make_path(&with_references("text", references), contents, name)
    }

    /// The path of content that was hashed by a method. References are possible for NARs with SHA-256, and texts.
    pub fn fixed_output_path<'r>(
        &self,
        method: Method,
        hash: &Hash,
        name: &str,
        references: impl IntoIterator<Item = &'r str>,
    ) -> Result<String, String> {
        match method {
            Method::Text => self.text_path_of_hash(name, hash, references),
            Method::Recursive if hash.algorithm() == Algorithm::Sha256 => {
                self.make_path(&with_references("source", references), hash, name)
            }
            _ => {
                let description = format!(
                    "fixed:out:{}{}:{}:",
                    method.prefix(),
                    hash.algorithm().name(),
                    hash.write(Format::Base16)
                );
                self.make_path("output:out", &Hash::of(Algorithm::Sha256, description.as_bytes()), name)
            }
        }
    }

    /// The path of an output of a derivation, from the hash of the derivation.
    pub fn output_path(&self, output: &str, hash: &Hash, derivation: &str) -> Result<String, String> {
        self.make_path(&format!("output:{output}"), hash, &output_name(derivation, output))
    }

    /// Whether a path is in the store (not the store itself).
    pub fn contains(&self, path: &[u8]) -> bool {
        path.strip_prefix(self.0.as_bytes()).is_some_and(|rest| rest.len() > 1 && rest[0] == b'/')
    }

    /// Splits a path in the store into the store path and what follows it (empty, or starting with a slash).
    pub fn split<'p>(&self, path: &'p [u8]) -> Result<(&'p [u8], &'p [u8]), String> {
        if !self.contains(path) {
            return Err(format!("path '{}' is not in the Nix store", String::from_utf8_lossy(path)));
        }
        let start = self.0.len() + 1;
        let end =
            path[start..].iter().position(|byte| *byte == b'/').map_or(path.len(), |slash| start + slash);
        check_base_name(&path[start..end])?;
        Ok((&path[..end], &path[end..]))
    }

    /// The hash and the name of a store path.
    pub fn parse<'p>(&self, path: &'p str) -> Result<(&'p str, &'p str), String> {
        match path.strip_prefix(&self.0).and_then(|rest| rest.strip_prefix('/')) {
            Some(base) => {
                check_base_name(base.as_bytes()).map(|()| (&base[..HASH_LENGTH], &base[HASH_LENGTH + 1..]))
            }
            None => Err(format!("path '{path}' is not in the Nix store")),
        }
    }
}

/// The name of a derivation's output.
pub fn output_name(derivation: &str, output: &str) -> String {
    if output == "out" { derivation.to_owned() } else { format!("{derivation}-{output}") }
}

fn with_references<'r>(kind: &str, references: impl IntoIterator<Item = &'r str>) -> String {
    let mut references: Vec<&str> = references.into_iter().collect();
    references.sort_unstable();
    references.dedup();
    let mut text = kind.to_owned();
    for reference in references {
        text.push(':');
        text.push_str(reference);
    }
    text
}

/// Whether the name of a store path is valid; the error is Nix's.
pub fn check_name(name: &[u8]) -> Result<(), String> {
    let shown = || String::from_utf8_lossy(name);
    if name.is_empty() {
        return Err("name must not be empty".to_owned());
    }
    if name.len() > MAX_NAME_LENGTH {
        return Err(format!("name '{}' must be no longer than {MAX_NAME_LENGTH} characters", shown()));
    }
    // `.` and `..` are not names of files, and a dash after them would still look like one.
    for dots in [&b"."[..], b".."] {
        match name.strip_prefix(dots) {
            Some([]) => return Err(format!("name '{}' is not valid", shown())),
            Some([b'-', ..]) => {
                return Err(format!(
                    "name '{}' is not valid: first dash-separated component must not be '{}'",
                    shown(),
                    String::from_utf8_lossy(dots)
                ));
            }
            _ => {}
        }
    }
    let bad = name.iter().find(|byte| !byte.is_ascii_alphanumeric() && !b"+-._?=".contains(byte));
    match bad {
        None => Ok(()),
        Some(byte) => Err(format!(
            "name '{}' contains illegal character '{}'",
            shown(),
            String::from_utf8_lossy(std::slice::from_ref(byte))
        )),
    }
}

fn check_base_name(base: &[u8]) -> Result<(), String> {
    let shown = || String::from_utf8_lossy(base);
    if base.len() < HASH_LENGTH + 1 {
        return Err(format!("'{}' is too short to be a valid store path", shown()));
    }
    if let Some(byte) =
        base[..HASH_LENGTH].iter().find(|byte| !encoding::is_nix32(std::slice::from_ref(byte)))
    {
        return Err(format!(
            "store path '{}' contains illegal base-32 character '{}'",
            shown(),
            String::from_utf8_lossy(std::slice::from_ref(byte))
        ));
    }
    // Nix takes any byte between the two.
    let name = &base[HASH_LENGTH + 1..];
    check_name(name).map_err(|reason| format!("path '{}' is not a valid store path: {reason}", shown()))
}

#[cfg(test)]
mod tests {
    use super::super::nar;
    use super::*;
    use launchnix_diagnostics::MemorySources;
    use proptest::prelude::*;
    use std::path::Path;

    #[test]
    fn paths_are_those_of_nix() {
        let store = StoreDir::default();
        let x = store.text_path("x", b"y", []).expect("a valid name");
        let foo = store.text_path("foo", format!("bar{x}").as_bytes(), [&*x]);
        assert_eq!(foo.as_deref(), Ok("/nix/store/ps59dy69n2r4alhpfdwz691qzph88fbq-foo"));
        let tree = MemorySources::new().with("/a", "hello");
        let mut everything = |_: &Path, _| Ok::<bool, ()>(true);
        let hash = nar::hash_path(&tree, Path::new("/a"), &mut everything).expect("a readable file");
        let recursive = store.fixed_output_path(Method::Recursive, &Hash::sha256(hash), "a", []);
        assert_eq!(recursive.as_deref(), Ok("/nix/store/gw80lp9prdc4zdcvv2pw1dvaimr90gjs-a"));
        let flat = store.fixed_output_path(Method::Flat, &Hash::of(Algorithm::Sha256, b"hello"), "a", []);
        assert_eq!(flat.as_deref(), Ok("/nix/store/yn0imyg01yh7hbz09bq44znz672ny7a8-a"));
    }

    #[test]
    fn a_tree_with_a_filter() {
        let sources = MemorySources::new().with("/t/a", "hello").with("/t/a.b", "1").with("/t/d/e", "");
        let mut filter = |path: &Path, _| Ok::<bool, ()>(path != Path::new("/t/d"));
        let hash = nar::hash_path(&sources, Path::new("/t"), &mut filter).expect("a readable tree");
        let path = StoreDir::default().fixed_output_path(Method::Recursive, &Hash::sha256(hash), "n", []);
        assert_eq!(path.as_deref(), Ok("/nix/store/n7d823pyh643k404wg2yfbfqj4hr41gf-n"));
    }

    #[test]
    fn errors_are_worded_as_in_nix() {
        for (name, expected) in [
            ("a b", "name 'a b' contains illegal character ' '"),
            ("", "name must not be empty"),
            (".", "name '.' is not valid"),
            ("..-a", "name '..-a' is not valid: first dash-separated component must not be '..'"),
        ] {
            assert_eq!(check_name(name.as_bytes()), Err(expected.to_owned()));
        }
        assert_eq!(check_name(b".a"), Ok(()));
        let store = StoreDir::default();
        for (path, expected) in [
            ("/etc", "path '/etc' is not in the Nix store"),
            ("/nix/store/abc", "'abc' is too short to be a valid store path"),
            (
                "/nix/store/eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee-foo",
                "store path 'eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee-foo' contains illegal base-32 character 'e'",
            ),
        ] {
            assert_eq!(store.split(path.as_bytes()), Err(expected.to_owned()));
        }
        let path = b"/nix/store/7g5giqf764p3y3zv7a8rqsy9sqqq5kw4-a/b/c";
        assert_eq!(store.split(path).map(|(_, rest)| rest), Ok(&b"/b/c"[..]));
    }

    proptest! {
        #[test]
        fn any_path_is_split_or_rejected(rest in any::<Vec<u8>>()) {
            let _ = StoreDir::default().split(&[b"/nix/store/", &rest[..]].concat());
        }
    }
}
