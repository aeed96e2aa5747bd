//! `file:` URIs and paths.

use std::ffi::OsString;
use std::os::unix::ffi::{OsStrExt, OsStringExt};
use std::path::{Component, Path, PathBuf};

/// The path of a `file:` URI; `None` for any other (an editor's `untitled:` buffer).
///
/// Editors differ in what they escape (`%3A` or `:`, `%C3%A9` or `é`), so that two URIs may name one file: what is
/// compared is always the path.
pub(crate) fn to_path(uri: &str) -> Option<PathBuf> {
    let colon = uri.find(':')?;
    if !uri[..colon].eq_ignore_ascii_case("file") {
        return None;
    }
    let rest = &uri[colon + 1..];
    let path = match rest.strip_prefix("//") {
        // The authority is empty or this machine; a path on another one cannot be read.
        Some(rest) => {
            let slash = rest.find('/')?;
            matches!(&rest[..slash], "" | "localhost").then(|| &rest[slash..])?
        }
        None => rest.starts_with('/').then_some(rest)?,
    };
    let path = path.split(['?', '#']).next().unwrap_or(path);
    let mut bytes = Vec::with_capacity(path.len());
    let mut rest = path.as_bytes();
    while let Some((&byte, tail)) = rest.split_first() {
        let hex = |at: usize| tail.get(at).and_then(|digit| char::from(*digit).to_digit(16));
        if byte == b'%'
            && let (Some(high), Some(low)) = (hex(0), hex(1))
        {
            bytes.push(u8::try_from(high << 4 | low).unwrap_or(b'%'));
            rest = &tail[2..];
        } else {
            bytes.push(byte);
            rest = tail;
        }
    }
    Some(normal(Path::new(&OsString::from_vec(bytes))))
}

/// The `file:` URI of an absolute path.
pub(crate) fn from_path(path: &Path) -> String {
    let mut uri = String::from("file://");
    for &byte in path.as_os_str().as_bytes() {
        if byte.is_ascii_alphanumeric() || b"/-._~!$&'()*+,;=@:".contains(&byte) {
            uri.push(char::from(byte));
        } else {
            uri.push('%');
            for digit in [byte >> 4, byte & 15] {
                uri.push(char::from_digit(u32::from(digit), 16).unwrap_or('0').to_ascii_uppercase());
            }
        }
    }
    uri
}

/// The path without `.` and `..`, by name.
pub(crate) fn normal(path: &Path) -> PathBuf {
    let mut normal = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => {
                normal.pop();
            }
            other => normal.push(other),
        }
    }
    normal
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn uris_of_several_editors_name_the_same_file() {
        for uri in [
            "file:///home/m%C3%BCller/a%20b%23/deployment.nix",
            "file:///home/müller/a b%23/./x/../deployment.nix",
            "FILE://localhost/home/m%c3%bcller/a%20b%23/deployment.nix",
            "file:/home/m%C3%BCller/a%20b%23/deployment.nix",
        ] {
            assert_eq!(to_path(uri).unwrap(), Path::new("/home/müller/a b#/deployment.nix"), "{uri}");
        }
        assert_eq!(
            from_path(Path::new("/home/müller/a b#/%.nix")),
            "file:///home/m%C3%BCller/a%20b%23/%25.nix"
        );
    }

    #[test]
    fn what_is_no_file_here_has_no_path() {
        for uri in [
            "untitled:Untitled-1",
            "https://example.org/x",
            "file://server/share/x",
            "file:relative",
            "",
            "x",
        ] {
            assert_eq!(to_path(uri), None, "{uri}");
        }
        assert_eq!(to_path("file:///100%").unwrap(), Path::new("/100%"), "a stray percent sign stays");
        assert_eq!(to_path("file:///%zz%é%+1").unwrap(), Path::new("/%zz%é%+1"));
    }
}
