//! What is reported: each mistake once, with the guests that have it.

use std::collections::BTreeSet;

use launchnix_diagnostics::{Diagnostic, SourceMap, Span};

use crate::check::{Checked, Request, shown_and_named};
use crate::paths::Base;

/// Guests that are named one by one; the rest is counted.
const MAX_NAMED: usize = 4;

/// Diagnostics on guests, with places in the sources of the check.
pub(super) struct Report<'r> {
    sources: &'r mut SourceMap,
    names: &'r mut Vec<String>,
    base: Base,
    request: &'r Request,
    guests: usize,
    found: Vec<(Diagnostic, BTreeSet<String>)>,
    /// What is not about single guests.
    pub(super) more: Vec<Diagnostic>,
}

impl<'r> Report<'r> {
    pub(super) fn new(checked: &'r mut Checked, request: &'r Request, guests: usize) -> Self {
        Self {
            base: checked.base.clone(),
            sources: &mut checked.sources,
            names: &mut checked.names,
            request,
            guests,
            found: Vec::new(),
            more: Vec::new(),
        }
    }

    /// A place of an evaluation in the sources of the check, which get its file where they lack it.
    pub(super) fn span(&mut self, map: &SourceMap, span: Span) -> Span {
        let file = map.get(span.source);
        let (shown, name) = shown_and_named(file.name(), self.request, &self.base);
        let known =
            self.sources.iter().find(|(_, known)| known.name() == shown && known.text() == file.text());
        let source = match known {
            Some((id, _)) => id,
            None => {
                self.names.push(name);
                self.sources.add(shown, file.shared_text())
            }
        };
        Span { source, ..span }
    }

    /// The name by which a file is shown.
    pub(super) fn shown(&self, path: &str) -> String {
        shown_and_named(path, self.request, &self.base).0
    }

    /// The text at a place.
    pub(super) fn slice(&self, span: Span) -> &str {
        self.sources.slice(span)
    }

    /// Adds a mistake of a guest.
    pub(super) fn add(&mut self, guest: &str, diagnostic: Diagnostic) {
        let same = self.found.iter_mut().find(|(known, _)| {
            known.code == diagnostic.code
                && known.primary == diagnostic.primary
                && known.message == diagnostic.message
        });
        match same {
            Some((_, guests)) => {
                guests.insert(guest.to_owned());
            }
            None => self.found.push((diagnostic, BTreeSet::from([guest.to_owned()]))),
        }
    }

    /// All diagnostics; in a fleet, each says which guests it is about.
    pub(super) fn finish(self) -> Vec<Diagnostic> {
        let count = self.guests;
        let mut diagnostics = self.more;
        for (diagnostic, guests) in self.found {
            diagnostics.push(if count > 1 {
                diagnostic.with_note(in_guests(&guests, count))
            } else {
                diagnostic
            });
        }
        diagnostics
    }
}

fn in_guests(guests: &BTreeSet<String>, count: usize) -> String {
    if guests.len() == count {
        return format!("in all {count} guests");
    }
    let names: Vec<_> = guests.iter().take(MAX_NAMED).map(|name| format!("`{name}`")).collect();
    match (names.as_slice(), guests.len() - names.len()) {
        ([one], _) => format!("in the guest {one}"),
        ([most @ .., last], 0) => format!("in the guests {} and {last}", most.join(", ")),
        (all, more) => format!("in the guests {} and {more} more", all.join(", ")),
    }
}
