//! `launchnix schema`: the deployment language for other programs.

use crate::failure::{Failure, Outcome};
use crate::terminal;

/// Prints the JSON Schema of a deployment that has been evaluated to JSON.
pub(crate) fn run() -> Result<Outcome, Failure> {
    terminal::print(&format!("{:#}\n", launchnix_compiler::json_schema()))?;
    Ok(Outcome::Fine)
}
