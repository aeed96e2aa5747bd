//! Copies of working trees: of the files that a version control system knows, as they are now.

use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::fs;
use std::io;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::symlink;
use std::path::Path;

/// The names of a listing that ends each with a zero byte, and those of the directories that they are in, with a slash
/// at the end. A directory precedes what is in it.
pub(super) fn with_directories(listing: &[u8]) -> Vec<Vec<u8>> {
    let files = listing.split(|&byte| byte == 0).filter(|name| !name.is_empty());
    let mut names = BTreeSet::new();
    for name in files {
        let slashes = name.iter().enumerate().filter(|(_, byte)| **byte == b'/');
        names.extend(slashes.map(|(at, _)| name[..=at].to_vec()));
        names.insert(name.to_vec());
    }
    names.into_iter().collect()
}

/// Copies what is there of these names into a directory that is not there yet. `is_wanted` gets names without a slash
/// at the end, and whether they are those of directories.
pub(super) fn copy(
    from: &Path,
    names: &[Vec<u8>],
    target: &Path,
    is_wanted: impl Fn(&[u8], bool) -> bool,
) -> io::Result<()> {
    fs::create_dir(target)?;
    for name in names {
        let (name, is_directory) = match name.strip_suffix(b"/") {
            Some(name) => (name, true),
            None => (&name[..], false),
        };
        let name_of = OsStr::from_bytes(name);
        let (from, to) = (from.join(name_of), target.join(name_of));
        let Ok(metadata) = fs::symlink_metadata(&from) else { continue };
        if !is_wanted(name, is_directory) {
            continue;
        }
        if is_directory {
            fs::create_dir_all(&to)?;
        } else if metadata.is_symlink() {
            symlink(fs::read_link(&from)?, &to)?;
        } else if metadata.is_file() {
            fs::copy(&from, &to)?;
        }
    }
    Ok(())
}
