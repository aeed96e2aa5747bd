//! Path values: absolute and canonical.

/// An absolute path without `.`, `..`, doubled and trailing slashes. Symbolic links are not looked at, as in Nix.
pub(crate) fn canonical(path: &[u8]) -> Vec<u8> {
    let mut result = Vec::with_capacity(path.len());
    for part in path.split(|&byte| byte == b'/') {
        match part {
            b"" | b"." => {}
            b".." => {
                let parent = result.iter().rposition(|&byte| byte == b'/').unwrap_or(0);
                result.truncate(parent);
            }
            name => {
                result.push(b'/');
                result.extend_from_slice(name);
            }
        }
    }
    if result.is_empty() {
        result.push(b'/');
    }
    result
}

/// The last component of a path.
pub(crate) fn base_name(path: &[u8]) -> &[u8] {
    let path = path.strip_suffix(b"/").unwrap_or(path);
    path.rsplit(|&byte| byte == b'/').next().unwrap_or(path)
}

/// The directory of a path or string: everything before its last slash.
pub(crate) fn directory(path: &[u8]) -> &[u8] {
    match path.iter().rposition(|&byte| byte == b'/') {
        None => b".",
        Some(0) => b"/",
        Some(at) => &path[..at],
    }
}

/// The bytes of a path value as the operating system takes them.
pub(crate) fn as_path(bytes: &[u8]) -> &std::path::Path {
    use std::os::unix::ffi::OsStrExt as _;
    std::path::Path::new(std::ffi::OsStr::from_bytes(bytes))
}

/// The bytes of a path of the operating system.
pub(crate) fn as_bytes(path: &std::path::Path) -> &[u8] {
    use std::os::unix::ffi::OsStrExt as _;
    path.as_os_str().as_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_made_canonical() {
        for (path, expected) in
            [("/a/./b/../c//d/", "/a/c/d"), ("/..", "/"), ("/", "/"), ("", "/"), ("/a/../../b", "/b")]
        {
            assert_eq!(canonical(path.as_bytes()), expected.as_bytes(), "{path}");
        }
    }

    #[test]
    fn names_and_directories() {
        assert_eq!(base_name(b"/a/b"), b"b");
        assert_eq!(base_name(b"b/"), b"b");
        assert_eq!(directory(b"/a/b"), b"/a");
        assert_eq!(directory(b"/a"), b"/");
        assert_eq!(directory(b"a"), b".");
    }
}
