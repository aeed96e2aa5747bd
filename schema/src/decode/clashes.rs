//! What machines that are made alike have in common: a function makes several things of the number that it counts by, and
//! two machines that have one number have all of them in common. That is one mistake.

use std::collections::hash_map::Entry;
use std::collections::{HashMap, HashSet};

use launchnix_diagnostics::{Code, Diagnostic, Label, Span};

use super::alike::BOTH;
use crate::check::SHARED_BY;

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
        let is_shared = diagnostic.code == Code::FleetConflict
            && diagnostic.primary_label.starts_with(SHARED_BY)
            && diagnostic.primary.is_some_and(|place| numbers.contains(&place));
        let Some((machines, have)) = diagnostic.message.split_once(BOTH).filter(|_| is_shared) else {
            kept.push(diagnostic);
            continue;
        };
        let labels: Vec<_> = diagnostic.labels.iter().map(|label| label.span).collect();
        match known.entry((machines.to_owned(), labels)) {
            Entry::Occupied(first) => {
                let first = &mut kept[*first.get()];
                first.notes.push(format!("they both {have}, too"));
                let made = diagnostic.primary.filter(|place| Some(*place) != first.primary);
                first.labels.extend(made.map(|span| Label { span, message: "as is this".to_owned() }));
            }
            Entry::Vacant(new) => {
                new.insert(kept.len());
                kept.push(diagnostic);
            }
        }
    }
    kept
}
