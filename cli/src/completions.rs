//! `launchnix completions`: scripts for shells.

use clap::CommandFactory;
use clap_complete::Shell;

use crate::arguments::Arguments;
use crate::failure::{Failure, Outcome};
use crate::terminal;

/// Prints the script.
pub(crate) fn run(shell: Shell) -> Result<Outcome, Failure> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Arguments::command(), "launchnix", &mut script);
    terminal::print(&String::from_utf8_lossy(&script))?;
    Ok(Outcome::Fine)
}
