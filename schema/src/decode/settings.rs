//! Where machines set their options: one value may be set in several places, and one place may be of several machines.

use std::collections::{HashMap, HashSet};

use launchnix_diagnostics::Span;

/// The places where options are set.
#[derive(Default)]
pub(crate) struct Settings {
    /// The key of an option, by that of its machine and the place of its value.
    keys: HashMap<(Span, Span), Span>,
    /// The only key that sets what stands at a place; `None` where there are several.
    only: HashMap<Span, Option<Span>>,
    /// Places that set what has an effect for one machine at least.
    effective: HashSet<Span>,
}

impl Settings {
    /// Takes note of what sets an option of a machine.
    pub(super) fn note(&mut self, machine: Span, key: Span, value: Span) {
        self.keys.insert((machine, value), key);
        let only = self.only.entry(value).or_insert(Some(key));
        if *only != Some(key) {
            *only = None;
        }
    }

    /// What to take away for a machine to lose what is set to the value at a place: that, or the option's key where other
    /// options have the same value.
    pub(crate) fn place(&self, machine: Span, value: Span) -> Span {
        match self.only.get(&value) {
            Some(None) => self.keys.get(&(machine, value)).copied().unwrap_or(value),
            _ => value,
        }
    }

    /// Says that what a place sets has an effect for a machine.
    pub(crate) fn note_effect(&mut self, place: Span) {
        self.effective.insert(place);
    }

    /// Whether what a place sets has an effect for some machine: then it is not to be taken away for others.
    pub(super) fn has_effect(&self, place: Span) -> bool {
        self.effective.contains(&place)
    }
}
