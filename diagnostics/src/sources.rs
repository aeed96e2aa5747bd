//! Where files come from.

use std::collections::BTreeMap;
use std::ffi::{OsStr, OsString};
use std::io;
use std::path::{Path, PathBuf};

/// What a path is, without following a final symbolic link.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileKind {
    /// A regular file.
    Regular,
    /// A directory.
    Directory,
    /// A symbolic link.
    Symlink,
    /// A device, socket or pipe.
    Unknown,
}

/// Read access to files, so that the pure crates do no I/O of their own and an editor's unsaved buffers can
/// take the place of files. All paths are absolute.
pub trait Sources {
    /// The whole content of a file; symbolic links are followed.
    fn read(&self, path: &Path) -> io::Result<Vec<u8>>;

    /// The first bytes of a file, at most `length`: what a disk image is can be told without reading all of it.
    fn read_start(&self, path: &Path, length: usize) -> io::Result<Vec<u8>> {
        let mut content = self.read(path)?;
        content.truncate(length);
        Ok(content)
    }

    /// What a path is; a final symbolic link is not followed.
    fn kind(&self, path: &Path) -> io::Result<FileKind>;

    /// The names in a directory and what they are, in no particular order.
    fn read_dir(&self, path: &Path) -> io::Result<Vec<(Vec<u8>, FileKind)>>;

    /// The target of a symbolic link.
    fn read_link(&self, path: &Path) -> io::Result<PathBuf>;

    /// Whether a regular file may be executed by its owner.
    fn is_executable(&self, path: &Path) -> io::Result<bool>;

    /// When a file was changed, in seconds since 1970, where that is known; a final symbolic link is not followed.
    fn modified(&self, _path: &Path) -> Option<i64> {
        None
    }

    /// Whether anything exists at a path; symbolic links are followed.
    fn exists(&self, path: &Path) -> bool {
        let mut path = path.to_path_buf();
        // Linux gives up after 40 links as well (path_resolution(7)).
        for _ in 0..40 {
            match self.kind(&path) {
                Ok(FileKind::Symlink) => match self.read_link(&path) {
                    Ok(target) => path = path.parent().unwrap_or(Path::new("/")).join(target),
                    Err(_) => return false,
                },
                Ok(_) => return true,
                Err(_) => return false,
            }
        }
        false
    }

    /// A path with all symbolic links on the way followed. What does not exist stays as it is written.
    fn resolve_links(&self, path: &Path) -> PathBuf {
        let mut rest: Vec<OsString> = path.iter().rev().map(OsStr::to_owned).collect();
        let (mut resolved, mut links) = (PathBuf::new(), 0);
        while let Some(part) = rest.pop() {
            if part == ".." {
                resolved.pop();
                continue;
            }
            resolved.push(part);
            // Linux gives up after 40 links as well (path_resolution(7)).
            if links < 40
                && matches!(self.kind(&resolved), Ok(FileKind::Symlink))
                && let Ok(target) = self.read_link(&resolved)
            {
                links += 1;
                resolved.pop();
                rest.extend(target.iter().rev().filter(|&part| part != ".").map(OsStr::to_owned));
            }
        }
        resolved
    }
}

/// Files in memory, for tests and for text that has no file.
#[derive(Clone, Debug, Default)]
pub struct MemorySources {
    files: BTreeMap<PathBuf, Vec<u8>>,
    /// Symbolic links that lead nowhere.
    dangling: BTreeMap<PathBuf, PathBuf>,
}

impl MemorySources {
    /// No files.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds or replaces a file; its directories exist from then on.
    pub fn insert(&mut self, path: impl Into<PathBuf>, content: impl Into<Vec<u8>>) {
        self.files.insert(path.into(), content.into());
    }

    /// Adds a symbolic link to what does not exist.
    pub fn insert_dangling(&mut self, path: impl Into<PathBuf>, target: impl Into<PathBuf>) {
        self.dangling.insert(path.into(), target.into());
    }

    /// Adds a file, for building in one expression.
    #[must_use]
    pub fn with(mut self, path: impl Into<PathBuf>, content: impl Into<Vec<u8>>) -> Self {
        self.insert(path, content);
        self
    }

    fn is_directory(&self, path: &Path) -> bool {
        path == Path::new("/") || self.files.keys().any(|file| file != path && file.starts_with(path))
    }
}

fn not_found(path: &Path) -> io::Error {
    io::Error::new(io::ErrorKind::NotFound, format!("{}: no such file or directory", path.display()))
}

impl Sources for MemorySources {
    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        match self.files.get(path) {
            Some(content) => Ok(content.clone()),
            None if self.is_directory(path) => Err(io::Error::new(
                io::ErrorKind::IsADirectory,
                format!("{}: is a directory", path.display()),
            )),
            None => Err(not_found(path)),
        }
    }

    fn kind(&self, path: &Path) -> io::Result<FileKind> {
        if self.files.contains_key(path) {
            Ok(FileKind::Regular)
        } else if self.dangling.contains_key(path) {
            Ok(FileKind::Symlink)
        } else if self.is_directory(path) {
            Ok(FileKind::Directory)
        } else {
            Err(not_found(path))
        }
    }

    fn read_dir(&self, path: &Path) -> io::Result<Vec<(Vec<u8>, FileKind)>> {
        if !self.is_directory(path) {
            return Err(not_found(path));
        }
        let mut names = BTreeMap::new();
        for file in self.files.keys() {
            let Ok(rest) = file.strip_prefix(path) else { continue };
            let mut parts = rest.components();
            let Some(first) = parts.next() else { continue };
            let kind = if parts.next().is_some() { FileKind::Directory } else { FileKind::Regular };
            names.insert(first.as_os_str().as_encoded_bytes().to_vec(), kind);
        }
        Ok(names.into_iter().collect())
    }

    fn read_link(&self, path: &Path) -> io::Result<PathBuf> {
        let not_a_link = || {
            io::Error::new(io::ErrorKind::InvalidInput, format!("{}: not a symbolic link", path.display()))
        };
        self.dangling.get(path).cloned().ok_or_else(not_a_link)
    }

    fn is_executable(&self, _path: &Path) -> io::Result<bool> {
        Ok(false)
    }
}
