//! Where `<nixpkgs>` is looked up: `-I` and `NIX_PATH`.

use std::ffi::{OsStr, OsString};
use std::os::unix::ffi::OsStrExt;
use std::path::{Path, PathBuf};

use crate::deployment_file::normal;

/// The lookup path of this process.
pub(crate) fn from_environment(
    include: &[OsString],
    home: Option<&Path>,
    current: &Path,
) -> Vec<(String, PathBuf)> {
    search_path(include, std::env::var_os("NIX_PATH").as_deref(), home, current)
}

/// `-I` first, then the entries of Nix's setting `nix-path`.
pub(crate) fn from_setting(include: &[OsString], entries: &str, current: &Path) -> Vec<(String, PathBuf)> {
    let include = include.iter().map(|entry| search_entry(entry, current));
    let entries = entries.split_ascii_whitespace().map(|entry| search_entry(entry.as_ref(), current));
    include.chain(entries).collect()
}

/// `-I` first, then `NIX_PATH`; where that is not set, the channels that Nix would take.
fn search_path(
    include: &[OsString],
    nix_path: Option<&OsStr>,
    home: Option<&Path>,
    current: &Path,
) -> Vec<(String, PathBuf)> {
    let mut entries: Vec<_> = include.iter().map(|entry| search_entry(entry, current)).collect();
    if let Some(nix_path) = nix_path {
        entries.extend(split_nix_path(nix_path).into_iter().map(|entry| search_entry(entry, current)));
    } else {
        let root = Path::new("/nix/var/nix/profiles/per-user/root/channels");
        let own = home.map(|home| (String::new(), home.join(".nix-defexpr/channels")));
        let shared = [("nixpkgs".to_owned(), root.join("nixpkgs")), (String::new(), root.to_owned())];
        entries.extend(own.into_iter().chain(shared).filter(|(_, path)| path.exists()));
    }
    entries
}

/// Splits at `:`, but not within `https://…`.
fn split_nix_path(nix_path: &OsStr) -> Vec<&OsStr> {
    let bytes = nix_path.as_bytes();
    let mut parts = Vec::new();
    let mut start = 0;
    for (at, byte) in bytes.iter().enumerate() {
        if *byte == b':' && !bytes[at + 1..].starts_with(b"//") {
            parts.push(&bytes[start..at]);
            start = at + 1;
        }
    }
    parts.push(&bytes[start..]);
    parts.into_iter().filter(|part| !part.is_empty()).map(OsStr::from_bytes).collect()
}

/// `NAME=PATH` or `PATH`; a relative path is relative to the current directory, a URL stays as it is.
fn search_entry(entry: &OsStr, current: &Path) -> (String, PathBuf) {
    let bytes = entry.as_bytes();
    let (name, path) = match bytes.iter().position(|byte| *byte == b'=') {
        Some(at) => (String::from_utf8_lossy(&bytes[..at]).into_owned(), OsStr::from_bytes(&bytes[at + 1..])),
        None => (String::new(), entry),
    };
    let is_url = ["http://", "https://", "file://", "channel:", "flake:"]
        .iter()
        .any(|scheme| path.as_bytes().starts_with(scheme.as_bytes()));
    (name, if is_url { PathBuf::from(path) } else { normal(&current.join(path)) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn search_paths_are_read_as_nix_reads_them() {
        let current = Path::new("/here");
        let path = search_path(
            &["-x".into(), "a=b=c".into()],
            Some(OsStr::new("nixpkgs=/n:rel/../sub::u=https://example.org/x.tar.gz:/last")),
            None,
            current,
        );
        let shown: Vec<_> = path.iter().map(|(name, path)| format!("{name}|{}", path.display())).collect();
        assert_eq!(
            shown,
            [
                "|/here/-x",
                "a|/here/b=c",
                "nixpkgs|/n",
                "|/here/sub",
                "u|https://example.org/x.tar.gz",
                "|/last"
            ]
        );
    }
}
