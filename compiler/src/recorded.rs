//! Files that remember that they were read.

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use launchnix_diagnostics::{FileKind, Sources};

use crate::paths::hash;

/// Sources that note the digest of each file that is read.
pub(crate) struct Recorded<'s> {
    sources: &'s (dyn Sources + Sync),
    digests: Mutex<BTreeMap<PathBuf, String>>,
}

impl<'s> Recorded<'s> {
    pub(crate) fn new(sources: &'s (dyn Sources + Sync)) -> Self {
        Self { sources, digests: Mutex::default() }
    }

    /// The files that were read, with their SHA-256.
    pub(crate) fn into_digests(self) -> BTreeMap<PathBuf, String> {
        self.digests.into_inner().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Sources for Recorded<'_> {
    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        let content = self.sources.read(path)?;
        let mut digests = self.digests.lock().unwrap_or_else(PoisonError::into_inner);
        digests.entry(path.to_owned()).or_insert_with(|| hash(&content));
        Ok(content)
    }

    fn read_start(&self, path: &Path, length: usize) -> io::Result<Vec<u8>> {
        // What is looked into but not compiled in is no input: a disk image may be replaced at any time.
        self.sources.read_start(path, length)
    }

    fn kind(&self, path: &Path) -> io::Result<FileKind> {
        self.sources.kind(path)
    }

    fn read_dir(&self, path: &Path) -> io::Result<Vec<(Vec<u8>, FileKind)>> {
        self.sources.read_dir(path)
    }

    fn read_link(&self, path: &Path) -> io::Result<PathBuf> {
        self.sources.read_link(path)
    }

    fn is_executable(&self, path: &Path) -> io::Result<bool> {
        self.sources.is_executable(path)
    }

    fn exists(&self, path: &Path) -> bool {
        self.sources.exists(path)
    }
}
