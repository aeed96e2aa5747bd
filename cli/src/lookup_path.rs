//! Where `<nixpkgs>` is looked up: `-I`, `NIX_PATH` and Nix's setting `nix-path`.

use std::ffi::{OsStr, OsString};
use std::os::unix::ffi::OsStrExt;
use std::path::{Path, PathBuf};

use crate::deployment_file::normal;

/// Entries as they were written: prefixes (possibly empty), and paths or URLs.
pub(crate) type Entries = Vec<(String, String)>;

/// The lookup path of this process, with absolute paths.
pub(crate) fn from_environment(
    include: &[OsString],
    home: Option<&Path>,
    current: &Path,
) -> Vec<(String, PathBuf)> {
    let mut entries = of_words(include);
    entries.extend(of_variable().unwrap_or_else(|| channels(home)));
    entries.into_iter().map(|(name, path)| (name, absolute(&path, current))).collect()
}

/// `-I` first, then what the settings say: those of `NIX_CONFIG`, in place of which `NIX_PATH` counts where it is set,
/// and those of the command line. Where nothing does, these are the channels that Nix would take.
pub(crate) fn from_settings<'s>(
    include: &[OsString],
    configured: impl Iterator<Item = (&'s str, &'s str)>,
    given: impl Iterator<Item = (&'s str, &'s str)>,
    home: Option<&Path>,
) -> Entries {
    let entries = of_variable().unwrap_or_else(|| set(channels(home), configured));
    let mut all = of_words(include);
    all.extend(set(entries, given));
    all
}

/// What settings leave of a lookup path: `nix-path` replaces it, and `extra-nix-path` adds to it.
fn set<'s>(mut entries: Entries, settings: impl Iterator<Item = (&'s str, &'s str)>) -> Entries {
    for (name, value) in settings {
        match name {
            "nix-path" => entries.clear(),
            "extra-nix-path" => {}
            _ => continue,
        }
        entries.extend(value.split_ascii_whitespace().map(|entry| search_entry(entry.as_ref())));
    }
    entries
}

fn of_words(words: &[OsString]) -> Entries {
    words.iter().map(|word| search_entry(word)).collect()
}

fn of_variable() -> Option<Entries> {
    let nix_path = std::env::var_os("NIX_PATH")?;
    Some(split_nix_path(&nix_path).into_iter().map(search_entry).collect())
}

/// The channels that Nix takes where nothing is set.
fn channels(home: Option<&Path>) -> Entries {
    let root = Path::new("/nix/var/nix/profiles/per-user/root/channels");
    let own = home.map(|home| ("", home.join(".nix-defexpr/channels")));
    let shared = [("nixpkgs", root.join("nixpkgs")), ("", root.to_owned())];
    let there = own.into_iter().chain(shared).filter(|(_, path)| path.exists());
    there.map(|(name, path)| (name.to_owned(), path.to_string_lossy().into_owned())).collect()
}

/// Splits at `:`, but not within `https://…`, `channel:…` and `flake:…`.
fn split_nix_path(nix_path: &OsStr) -> Vec<&OsStr> {
    let bytes = nix_path.as_bytes();
    let mut parts = Vec::new();
    let (mut start, mut word) = (0, 0);
    for (at, byte) in bytes.iter().enumerate() {
        match byte {
            b'=' => word = at + 1,
            b':' => {
                let before = &bytes[word..at];
                let is_scheme = !before.is_empty() && before.iter().all(u8::is_ascii_alphabetic);
                let is_pseudo = matches!(before, b"channel" | b"flake");
                if !(is_pseudo || is_scheme && bytes[at + 1..].starts_with(b"//")) {
                    parts.push(&bytes[start..at]);
                    (start, word) = (at + 1, at + 1);
                }
            }
            _ => {}
        }
    }
    parts.push(&bytes[start..]);
    parts.into_iter().filter(|part| !part.is_empty()).map(OsStr::from_bytes).collect()
}

/// `NAME=PATH` or `PATH`.
fn search_entry(entry: &OsStr) -> (String, String) {
    let entry = entry.to_string_lossy();
    match entry.split_once('=') {
        Some((name, path)) => (name.to_owned(), path.to_owned()),
        None => (String::new(), entry.into_owned()),
    }
}

/// A relative path is relative to the current directory, a URL stays as it is.
fn absolute(path: &str, current: &Path) -> PathBuf {
    if is_url(path) { PathBuf::from(path) } else { normal(&current.join(path)) }
}

/// Whether what stands where a file would is fetched.
pub(crate) fn is_url(path: &str) -> bool {
    ["http://", "https://", "file://", "channel:", "flake:"].iter().any(|scheme| path.starts_with(scheme))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(entries: Entries) -> Vec<String> {
        entries.into_iter().map(|(name, path)| format!("{name}|{path}")).collect()
    }

    #[test]
    fn search_paths_are_split_as_nix_splits_them() {
        for (text, expected) in [
            ("nixpkgs=/n:rel/../sub::a=b=c", &["nixpkgs|/n", "|rel/../sub", "a|b=c"][..]),
            ("u=https://example.org/x.tar.gz:/last", &["u|https://example.org/x.tar.gz", "|/last"]),
            ("https://h:80/x", &["|https://h", "|80/x"]),
            ("a=channel:b:c", &["a|channel:b", "|c"]),
            ("a:flake:b=c", &["|a", "flake:b|c"]),
            ("a=b=flake:c", &["a|b=flake:c"]),
            ("xflake:a:flake:", &["|xflake", "|a", "|flake:"]),
            ("a:/b://c", &["|a", "|/b", "|//c"]),
        ] {
            let entries = split_nix_path(OsStr::new(text)).into_iter().map(search_entry).collect();
            assert_eq!(shown(entries), expected, "{text}");
        }
    }

    #[test]
    fn settings_replace_and_add() {
        let settings =
            [("extra-nix-path", "b"), ("cores", "1"), ("nix-path", "c=d e"), ("extra-nix-path", "f")];
        let entries = set(of_words(&["a".into()]), settings.into_iter().take(2));
        assert_eq!(shown(entries), ["|a", "|b"]);
        let entries = set(of_words(&["a".into()]), settings.into_iter());
        assert_eq!(shown(entries), ["c|d", "|e", "|f"]);
    }

    #[test]
    fn relative_entries_start_from_the_current_directory() {
        let absolute = |path| absolute(path, Path::new("/here"));
        assert_eq!(absolute("rel/../sub"), Path::new("/here/sub"));
        assert_eq!(absolute("-x"), Path::new("/here/-x"));
        assert_eq!(absolute("https://example.org/x.tar.gz"), Path::new("https://example.org/x.tar.gz"));
    }
}
