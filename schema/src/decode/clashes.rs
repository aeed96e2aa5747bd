//! What machines that are made alike have in common: a function makes several things of the number that it counts by, and
//! two machines that have one number have all of them in common. That is one mistake.

use std::collections::hash_map::Entry;
use std::collections::{HashMap, HashSet};

use launchnix_diagnostics::{About, Diagnostic, Label, Span};

/// Tells once what machines have in common by expressions that compute something for each of them, and seldom the same.
pub(super) fn of_one_number(mut diagnostics: Vec<Diagnostic>, numbers: &HashSet<Span>) -> Vec<Diagnostic> {
    if numbers.is_empty() {
        return diagnostics;
    }
    // The first of them in the file is told.
    diagnostics.sort_by_key(|diagnostic| diagnostic.primary);
    let mut kept: Vec<Diagnostic> = Vec::new();
    // Where the first of some machines is among them.
    let mut known: HashMap<_, usize> = HashMap::new();
    for diagnostic in diagnostics {
        let is_counted = diagnostic.primary.is_some_and(|place| numbers.contains(&place));
        let (Some((machines, too)), true) = (of_several(&diagnostic, true), is_counted) else {
            kept.push(diagnostic);
            continue;
        };
        let labels: Vec<_> = diagnostic.labels.iter().map(|label| label.span).collect();
        match known.entry((machines, labels)) {
            Entry::Occupied(first) => {
                let first = &mut kept[*first.get()];
                first.notes.push(too);
                let made = diagnostic.primary.filter(|place| Some(*place) != first.primary);
                first.labels.extend(made.map(|span| Label::new(span, "as is this")));
            }
            Entry::Vacant(new) => {
                new.insert(kept.len());
                kept.push(diagnostic);
            }
        }
    }
    kept
}

/// One value that machines have in common may be what several of their options are made of: that is one mistake.
pub(super) fn of_one_value(diagnostics: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let mut kept: Vec<Diagnostic> = Vec::new();
    // Where a conflict of some machines is among them, by its places.
    let mut known: HashMap<_, usize> = HashMap::new();
    for diagnostic in diagnostics {
        let Some((machines, too)) = of_several(&diagnostic, false) else {
            kept.push(diagnostic);
            continue;
        };
        let labels: Vec<_> = diagnostic.labels.iter().map(|label| label.span).collect();
        match known.entry((diagnostic.primary, labels, machines)) {
            Entry::Occupied(first) => kept[*first.get()].notes.push(too),
            Entry::Vacant(new) => {
                new.insert(kept.len());
                kept.push(diagnostic);
            }
        }
    }
    kept
}

/// The machines that have something in common, and a note that says what; with `only_at_once`, where one place gives it to
/// all of them.
fn of_several(diagnostic: &Diagnostic, only_at_once: bool) -> Option<(Vec<String>, String)> {
    match &diagnostic.about {
        Some(About::Clash { machines, have, which, at_once }) if *at_once || !only_at_once => {
            let they = if machines.len() == 2 { "they both" } else { "they" };
            let names = machines.iter().map(|(name, _)| name.clone()).collect();
            Some((names, format!("{they} {have} {which}, too")))
        }
        _ => None,
    }
}
