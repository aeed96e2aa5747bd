//! What can go wrong outside the deployment, in the user's words, with a way out.

use std::fmt;
use std::path::Path;

/// The result of everything here that touches the outside world.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// A failure of the outside world: files, libvirt, the network.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Error {
    message: String,
    help: Option<String>,
}

impl Error {
    /// A failure in one sentence that names the thing that failed.
    pub fn new(message: impl Into<String>) -> Self {
        Self { message: message.into(), help: None }
    }

    /// Adds what the user can do about it.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// A failed operation on a file.
    pub fn file(doing: &str, path: &Path, error: &std::io::Error) -> Self {
        Self::new(format!("cannot {doing} `{}`: {error}", path.display()))
    }

    /// A failed libvirt call: what was being done, and libvirt's own words.
    pub fn libvirt(doing: impl fmt::Display, error: &virt::error::Error) -> Self {
        Self::new(format!("cannot {doing}: {}", error.message()))
    }

    /// The sentence.
    pub fn message(&self) -> &str {
        &self.message
    }

    /// What the user can do about it.
    pub fn remedy(&self) -> Option<&str> {
        self.help.as_deref()
    }
}

impl fmt::Display for Error {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.message)
    }
}

impl std::error::Error for Error {}

/// Puts what was being done in front of libvirt's words.
pub(crate) trait Doing<T> {
    /// `doing` completes "cannot …".
    fn doing(self, doing: impl FnOnce() -> String) -> Result<T>;
}

impl<T> Doing<T> for std::result::Result<T, virt::error::Error> {
    fn doing(self, doing: impl FnOnce() -> String) -> Result<T> {
        self.map_err(|error| Error::libvirt(doing(), &error))
    }
}
