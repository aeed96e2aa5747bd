//! Files from the disk.

use std::fs;
use std::io::{self, Read as _};
use std::os::unix::ffi::OsStringExt;
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::path::{Path, PathBuf};

use launchnix_diagnostics::{FileKind, Sources};

/// The most bytes that one file may have: a source is text, and a deployment that names `/dev/zero` must not
/// fill the memory.
const FILE_LIMIT: u64 = 1 << 30;

/// The real [`Sources`].
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct DiskSources;

impl Sources for DiskSources {
    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        let metadata = fs::metadata(path)?;
        // Opening a pipe would wait for a writer that may never come.
        if !metadata.is_file() && !metadata.is_dir() {
            return Err(io::Error::new(io::ErrorKind::InvalidInput, "it is not a regular file"));
        }
        if metadata.len() > FILE_LIMIT {
            return Err(io::Error::new(io::ErrorKind::FileTooLarge, "it is larger than 1 GiB"));
        }
        fs::read(path)
    }

    fn read_start(&self, path: &Path, length: usize) -> io::Result<Vec<u8>> {
        // Opening a pipe would wait for a writer that may never come.
        if !fs::metadata(path)?.is_file() {
            return Err(io::Error::new(io::ErrorKind::InvalidInput, "it is not a regular file"));
        }
        let mut start = Vec::new();
        fs::File::open(path)?.take(u64::try_from(length).unwrap_or(u64::MAX)).read_to_end(&mut start)?;
        Ok(start)
    }

    fn kind(&self, path: &Path) -> io::Result<FileKind> {
        Ok(kind(fs::symlink_metadata(path)?.file_type()))
    }

    fn read_dir(&self, path: &Path) -> io::Result<Vec<(Vec<u8>, FileKind)>> {
        fs::read_dir(path)?
            .map(|entry| {
                let entry = entry?;
                Ok((entry.file_name().into_vec(), kind(entry.file_type()?)))
            })
            .collect()
    }

    fn read_link(&self, path: &Path) -> io::Result<PathBuf> {
        fs::read_link(path)
    }

    fn is_executable(&self, path: &Path) -> io::Result<bool> {
        Ok(fs::metadata(path)?.permissions().mode() & 0o100 != 0)
    }

    fn modified(&self, path: &Path) -> Option<i64> {
        Some(fs::symlink_metadata(path).ok()?.mtime())
    }
}

fn kind(file_type: fs::FileType) -> FileKind {
    if file_type.is_file() {
        FileKind::Regular
    } else if file_type.is_dir() {
        FileKind::Directory
    } else if file_type.is_symlink() {
        FileKind::Symlink
    } else {
        FileKind::Unknown
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_disk_as_it_is() {
        let directory = tempfile::tempdir().unwrap();
        let root = directory.path();
        fs::write(root.join("file"), "text").unwrap();
        fs::create_dir(root.join("directory")).unwrap();
        std::os::unix::fs::symlink("file", root.join("link")).unwrap();
        std::os::unix::fs::symlink("nowhere", root.join("dangling")).unwrap();
        fs::set_permissions(root.join("file"), fs::Permissions::from_mode(0o755)).unwrap();

        assert_eq!(DiskSources.read(&root.join("link")).unwrap(), b"text");
        assert_eq!(DiskSources.kind(&root.join("link")).unwrap(), FileKind::Symlink);
        assert_eq!(DiskSources.kind(Path::new("/dev/null")).unwrap(), FileKind::Unknown);
        assert_eq!(DiskSources.read_link(&root.join("link")).unwrap(), Path::new("file"));
        assert!(DiskSources.is_executable(&root.join("file")).unwrap());
        assert!(DiskSources.exists(&root.join("link")) && !DiskSources.exists(&root.join("dangling")));
        assert!(DiskSources.read(&root.join("directory")).is_err());
        assert!(DiskSources.read(Path::new("/dev/zero")).is_err());
        let mut names = DiskSources.read_dir(root).unwrap();
        names.sort_by(|a, b| a.0.cmp(&b.0));
        assert_eq!(names.len(), 4);
        assert_eq!(names[1], (b"directory".to_vec(), FileKind::Directory));
    }
}
