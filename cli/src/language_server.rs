//! `launchnix lsp`.

use std::io::{self, IsTerminal};
use std::sync::Arc;
use std::time::Duration;

use launchnix_lsp::{Ended, Environment};

use crate::deployment_file;
use crate::disk_sources::DiskSources;
use crate::failure::{Failure, Outcome};
use crate::lookup_path;
use crate::terminal;

/// How long a buffer must be left alone before it is checked: long enough for the next key, too short to be noticed.
const DEBOUNCE: Duration = Duration::from_millis(150);

/// Serves the editor at the other end of standard input and output.
pub(crate) fn run() -> Result<Outcome, Failure> {
    let home = deployment_file::home();
    let current = std::env::current_dir().map_err(Failure::CurrentDirectory)?;
    let environment = Environment {
        disk: Arc::new(DiskSources),
        search_path: lookup_path::from_environment(&[], home.as_deref(), &current),
        home,
        debounce: DEBOUNCE,
    };
    if io::stdin().is_terminal() {
        terminal::report(
            "`launchnix lsp` is started by an editor, and waits for its messages on standard input\n",
        );
    }
    let (connection, writer) = launchnix_lsp::connect(io::BufReader::new(io::stdin()), io::stdout());
    let ended = launchnix_lsp::serve(&connection, environment);
    drop(connection);
    match writer.finish() {
        // An editor that is gone needs no answers.
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            Err(Failure::LanguageServer(error.to_string()))
        }
        // The protocol wants status 1 where the client left without `shutdown`.
        _ => Ok(if ended == Ended::Properly { Outcome::Fine } else { Outcome::Mistakes }),
    }
}
