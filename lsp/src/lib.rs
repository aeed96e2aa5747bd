//! The Launchnix language server: a deployment's mistakes, underlined while it is being written.
//!
//! It pushes the same diagnostics as `launchnix check`, with the editor's unsaved buffers in place of the files. It
//! prints nothing and opens no stream: [`serve`] talks over an [`lsp_server::Connection`], which [`connect`] makes of
//! two byte streams.
//!
//! Start at `server` for the life of a session, at `roots` for which file is checked when a buffer changes, and at
//! `publish` for what becomes of a diagnostic. The only crate that knows the types of the protocol.

mod buffers;
mod fixes;
mod outline;
mod position;
mod publish;
mod roots;
mod server;
#[cfg(test)]
mod tests;
mod transport;
mod uri;
mod worker;

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use launchnix_diagnostics::Sources;

pub use server::{Ended, serve};
pub use transport::{Writer, connect};

/// What the server is given of the world.
#[derive(Clone)]
pub struct Environment {
    /// The disk.
    pub disk: Arc<dyn Sources + Send + Sync>,
    /// Where `<nixpkgs>` is looked up.
    pub search_path: Vec<(String, PathBuf)>,
    /// The user's home directory, for `~`.
    pub home: Option<PathBuf>,
    /// How long a buffer must be left alone before it is checked.
    pub debounce: Duration,
}
