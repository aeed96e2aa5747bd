//! `launchnix check --guests`: what is shown while guests are evaluated, and of those that were.

use launchnix_compiler::guests::{Guest, Progress, Stage, check_guests};
use launchnix_compiler::{Checked, Request};
use launchnix_diagnostics::{Code, Sources};

use crate::arguments::OutputArguments;
use crate::render::{self, Look};
use crate::terminal;

/// Goes to the start of the line and clears it.
const CLEAR_LINE: &str = "\r\u{1b}[K";

/// Evaluates the guests of a deployment that was checked; what is wrong with them is added to it.
pub(crate) fn evaluate(
    sources: &(dyn Sources + Sync),
    request: &Request,
    checked: &mut Checked,
    output: &OutputArguments,
    look: &Look,
) -> Vec<Guest> {
    let shows_progress = terminal::is_interactive() && !output.format.is_for_programs();
    let show = |progress: Progress<'_>| {
        if shows_progress {
            let machine = render::safe_line(progress.machine, look);
            let what = match progress.stage {
                Stage::Evaluation => "guest",
                Stage::Places => "places of mistakes in guest",
            };
            let line = format!("{CLEAR_LINE}{what} {}/{} {machine}", progress.number, progress.count);
            terminal::report(&line);
        }
    };
    let guests = check_guests(sources, request, checked, &show);
    if shows_progress {
        terminal::report(CLEAR_LINE);
    }
    guests
}

/// Whether there was nothing to evaluate guests with, which is not the deployment's fault.
pub(crate) fn lacks_nixpkgs(checked: &Checked) -> bool {
    let mut errors = checked.diagnostics.iter().filter(|one| one.is_error()).peekable();
    errors.peek().is_some() && errors.all(|error| error.code == Code::NixpkgsMissing)
}

/// The systems of the guests, one line each.
pub(crate) fn systems(guests: &[Guest], look: &Look) -> String {
    let width = guests.iter().map(|guest| guest.machine.chars().count()).max().unwrap_or(0);
    let line = |guest: &Guest| {
        let derivation = guest.derivation.as_deref()?;
        let machine = format!("{:width$}", guest.machine);
        Some(format!("  {}  {}\n", render::safe_line(&machine, look), render::safe_line(derivation, look)))
    };
    guests.iter().filter_map(line).collect()
}

/// `2 of 3 guests evaluated`.
pub(crate) fn summary(guests: &[Guest]) -> String {
    let fine = guests.iter().filter(|guest| guest.derivation.is_some()).count();
    match guests.len() {
        0 => "no guest evaluated".to_owned(),
        1 if fine == 1 => "1 guest evaluated".to_owned(),
        all if all == fine => format!("{all} guests evaluated"),
        all => format!("{fine} of {all} guests evaluated"),
    }
}
