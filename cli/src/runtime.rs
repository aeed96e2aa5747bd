//! Handing verbs over to `launchnix-runtime`.
//!
//! Only the runtime links libvirt. This process *becomes* the runtime instead of waiting for it, so that signals,
//! the terminal and the exit status need no passing on.

use std::ffi::OsString;
use std::os::unix::process::CommandExt;
use std::path::PathBuf;
use std::process::Command;

use crate::failure::Failure;

const PROGRAM: &str = "launchnix-runtime";

/// Runs a verb of the runtime; returns only on failure.
pub(crate) fn run(verb: &'static str, arguments: &[OsString]) -> Failure {
    let Some(path) = find() else { return Failure::NoRuntime { verb } };
    // With our name in place of its own, its usage lines are what the user can type.
    let error = Command::new(&path).arg0("launchnix").arg(verb).args(arguments).exec();
    Failure::Runtime { path, error }
}

/// The runtime beside this program, else on `PATH`.
fn find() -> Option<PathBuf> {
    let own = std::env::current_exe().ok();
    let resolved = own.as_ref().and_then(|own| own.canonicalize().ok());
    let beside =
        [own, resolved].into_iter().flatten().filter_map(|own| own.parent().map(|dir| dir.join(PROGRAM)));
    let path = std::env::var_os("PATH").unwrap_or_default();
    let on_path: Vec<PathBuf> =
        std::env::split_paths(&path).map(|directory| directory.join(PROGRAM)).collect();
    beside.chain(on_path).find(|candidate| candidate.is_file())
}
