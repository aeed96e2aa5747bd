//! The NixOS configurations of guests, evaluated in process.
//!
//! Each guest is evaluated to the derivation of its system, from the very files that a build directory would hold:
//! they are laid over the disk (`build`) for as long as it takes. What the module system says of a mistake
//! (`message`) names options, not places. So where a guest fails, a second evaluation looks at the definitions of
//! the user's own modules (`definitions`), with the provenance of every value, and finds what is meant (`place`).
//! The first evaluation goes without provenance, which would make it several times as large.

mod answers;
mod blame;
mod build;
mod build_of_modules;
mod calls;
mod comparison;
mod declarations;
mod definitions;
mod elsewhere;
mod evaluation;
mod failures;
mod follow_ons;
mod inner;
mod joined;
mod kinds;
mod mend;
mod message;
mod misdeclared;
mod mistakes;
mod modules;
mod nixpkgs;
mod overlays;
mod place;
mod plain;
mod properties;
mod report;
mod said;
mod spelling;
mod structure;
mod suggestion;
mod values;

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, OnceLock};

use launchnix_diagnostics::{Code, Diagnostic, Sources};

use crate::check::{Checked, Request};
use crate::findings::tidy;
use crate::lint;
use crate::messages::Messages;
use build::Build;
use evaluation::{Found, Run};
use report::Report;

/// A guest that is about to be looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress<'p> {
    /// The guest's machine.
    pub machine: &'p str,
    /// Its number, from 1.
    pub number: usize,
    /// How many there are.
    pub count: usize,
    /// What for.
    pub stage: Stage,
}

/// What is done with guests.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Each is evaluated.
    Evaluation,
    /// The places of mistakes are looked for in those that have some.
    Places,
}

/// A guest that was evaluated.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Guest {
    /// Its machine.
    pub machine: String,
    /// The derivation of its system: the path of a `.drv` file. `None` where there are mistakes.
    pub derivation: Option<String>,
}

/// Evaluates the NixOS configuration of each guest of a deployment that was checked. Mistakes are added to those of
/// the check; none is a failure of the others.
///
/// Nothing is evaluated where the deployment file could not be decoded.
pub fn check_guests(
    sources: &(dyn Sources + Sync),
    request: &Request,
    checked: &mut Checked,
    progress: &(dyn Fn(Progress<'_>) + Sync),
) -> Vec<Guest> {
    let Some(deployment) = checked.deployment.clone() else { return Vec::new() };
    let build = Build::new(sources, &deployment, checked);
    if build.guests.is_empty() {
        return Vec::new();
    }
    let run = Run {
        build: &build,
        request,
        progress,
        traces: Mutex::default(),
        messages: Messages::after(&checked.messages),
        is_usable: OnceLock::new(),
        is_searching: AtomicBool::new(false),
    };
    let told: Vec<_> = checked.diagnostics.iter().filter(|known| known.is_error()).cloned().collect();
    let mut report = Report::new(checked, request, build.guests.len());
    let found = match evaluation::evaluate(&run, &mut report) {
        Ok(mut found) => {
            misdeclared::join(&mut found);
            found
        }
        Err(unusable) => {
            if !nixpkgs::is_told(&report, &told) {
                let diagnostic = nixpkgs::diagnostic(&deployment, &build, &report, unusable);
                report.more.extend(diagnostic);
            }
            Vec::new()
        }
    };
    run.is_searching.store(true, Ordering::Relaxed);
    place::place(&run, &found, &mut report);
    let mut diagnostics = report.finish();
    lint::silence_guests(&checked.sources, &mut diagnostics);
    // The check looks at the machines' own modules, too; where it says the same, more is known here.
    let is_said = |known: &Diagnostic| {
        let is_same = |new: &Diagnostic| new.primary == known.primary && new.message == known.message;
        known.code == Code::GuestModule && diagnostics.iter().any(is_same)
    };
    checked.diagnostics.retain(|known| !is_said(known));
    let is_told =
        |diagnostic: &Diagnostic| {
            let at = |known: &Diagnostic| known.primary.zip(diagnostic.primary);
            diagnostic.code == Code::GuestModule
                && checked.diagnostics.iter().filter(|known| known.code == Code::GuestModule).any(|known| {
                    at(known).is_some_and(|(known, new)| known.contains(new) || new.contains(known))
                })
        };
    diagnostics.retain(|diagnostic| !is_told(diagnostic));
    // NixOS prints its warnings, too; these are diagnostics.
    let is_told = |message: &String| {
        let warnings = found.iter().flat_map(|found| &found.warnings);
        warnings.filter_map(|warning| warning.lines().next()).any(|first| message.contains(first))
    };
    let printed: Vec<_> = run.messages.into_said().into_iter().filter(|one| !is_told(one)).collect();
    let guests = build
        .guests
        .iter()
        .map(|guest| {
            let derivation =
                found.iter().find(|Found { guest: index, .. }| build.guests[*index].name == guest.name);
            Guest {
                machine: guest.name.clone(),
                derivation: derivation.and_then(|found| found.derivation.clone()),
            }
        })
        .collect();
    checked.messages.extend(printed);
    checked.diagnostics.extend(diagnostics);
    checked.diagnostics = tidy(std::mem::take(&mut checked.diagnostics));
    guests
}
