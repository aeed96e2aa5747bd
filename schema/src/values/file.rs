//! Files that a deployment names.

use std::path::{Path, PathBuf};

use crate::Fetch;

/// How the user wrote a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WrittenAs {
    /// A Nix path: `./key.pub`.
    Path,
    /// A string: `"~/key.pub"`.
    String,
}

/// A file on the machine that runs Launchnix.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UserFile {
    /// What stands in the deployment; a Nix path is absolute here already, as the evaluator makes it.
    pub written: String,
    /// Whether it was a Nix path or a string.
    pub form: WrittenAs,
    /// The absolute path: relative strings start at the deployment file's directory, `~` is the home directory.
    /// `None` only for `~` where no home directory is known.
    pub absolute: Option<PathBuf>,
}

/// Where the content of a file comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FileSource {
    /// A file on the machine that runs Launchnix.
    File(UserFile),
    /// A download, which stays a promise until `apply`.
    Fetch(Fetch),
}

/// An absolute path on the hypervisor.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct HostPath(String);

impl HostPath {
    /// The path.
    pub fn as_path(&self) -> &Path {
        Path::new(&self.0)
    }

    /// The path as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A block device on the hypervisor: `/dev/disk/by-id/…`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct DevicePath(String);

impl DevicePath {
    /// The path as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}
