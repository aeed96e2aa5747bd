//! Files with changes that are not written yet.

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};

use launchnix_diagnostics::{FileKind, Sources};

/// Sources in which some files have another content.
pub(crate) struct Overlay<'s> {
    below: &'s (dyn Sources + Sync),
    changed: BTreeMap<PathBuf, Vec<u8>>,
}

impl<'s> Overlay<'s> {
    pub(crate) fn new(below: &'s (dyn Sources + Sync)) -> Self {
        Self { below, changed: BTreeMap::new() }
    }

    /// Gives a file another content.
    pub(crate) fn change(&mut self, path: PathBuf, content: Vec<u8>) {
        self.changed.insert(path, content);
    }
}

impl Sources for Overlay<'_> {
    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        // Asked in any case, so that who records what is read hears of it.
        let content = self.below.read(path)?;
        Ok(self.changed.get(path).cloned().unwrap_or(content))
    }

    fn read_start(&self, path: &Path, length: usize) -> io::Result<Vec<u8>> {
        match self.changed.get(path) {
            Some(content) => Ok(content[..length.min(content.len())].to_vec()),
            None => self.below.read_start(path, length),
        }
    }

    fn kind(&self, path: &Path) -> io::Result<FileKind> {
        self.below.kind(path)
    }

    fn read_dir(&self, path: &Path) -> io::Result<Vec<(Vec<u8>, FileKind)>> {
        self.below.read_dir(path)
    }

    fn read_link(&self, path: &Path) -> io::Result<PathBuf> {
        self.below.read_link(path)
    }

    fn is_executable(&self, path: &Path) -> io::Result<bool> {
        self.below.is_executable(path)
    }

    fn exists(&self, path: &Path) -> bool {
        self.below.exists(path)
    }
}
