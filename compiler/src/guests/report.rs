//! What is reported: each mistake once, with the guests that have it.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use launchnix_diagnostics::{Code, Diagnostic, SourceMap, Span};

use super::blame::Blamed;
use crate::check::{Checked, Request, shown_and_named};
use crate::paths::Base;

/// Guests and options that are named one by one; the rest is counted.
const MAX_NAMED: usize = 4;

/// A mistake with what has it.
struct Reported {
    diagnostic: Diagnostic,
    guests: BTreeSet<String>,
    /// Options that have it as well.
    others: BTreeSet<String>,
}

/// Diagnostics on guests, with places in the sources of the check.
pub(super) struct Report<'r> {
    sources: &'r mut SourceMap,
    names: &'r mut Vec<String>,
    files: &'r mut Vec<PathBuf>,
    base: Base,
    pub(super) request: &'r Request,
    guests: usize,
    /// How many files the check has read.
    read: usize,
    found: Vec<Reported>,
    /// Which of them are at a place.
    places: BTreeMap<(Code, Option<Span>), Vec<usize>>,
    /// What is not about single guests.
    pub(super) more: Vec<Diagnostic>,
    /// The definitions that texts without a place of their own were found to be about.
    pub(super) abouts: BTreeMap<String, Option<Vec<String>>>,
    /// The parts of definitions that are to blame for what a guest fails with, and the option within which it does.
    pub(super) blamed: BTreeMap<(String, Option<Vec<String>>), Blamed>,
    /// Modules that import each other, as it was said of the first guest that has them.
    pub(super) circles: BTreeMap<BTreeSet<PathBuf>, Diagnostic>,
    /// How many such were looked for.
    pub(super) sought: usize,
}

impl<'r> Report<'r> {
    pub(super) fn new(checked: &'r mut Checked, request: &'r Request, guests: usize) -> Self {
        Self {
            read: checked.sources.iter().count(),
            base: checked.base.clone(),
            sources: &mut checked.sources,
            names: &mut checked.names,
            files: &mut checked.guest_files,
            request,
            guests,
            found: Vec::new(),
            places: BTreeMap::new(),
            more: Vec::new(),
            abouts: BTreeMap::new(),
            blamed: BTreeMap::new(),
            circles: BTreeMap::new(),
            sought: 0,
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
                self.files.push(PathBuf::from(file.name()));
                self.sources.add(shown, file.shared_text())
            }
        };
        Span { source, ..span }
    }

    /// A diagnostic of an evaluation with its places in the sources of the check.
    pub(super) fn moved(&mut self, map: &SourceMap, mut diagnostic: Diagnostic) -> Diagnostic {
        diagnostic.primary = diagnostic.primary.map(|span| self.span(map, span));
        for label in &mut diagnostic.labels {
            label.span = self.span(map, label.span);
        }
        if let Some(fix) = &mut diagnostic.fix {
            fix.span = self.span(map, fix.span);
        }
        for edit in &mut diagnostic.further_edits {
            edit.span = self.span(map, edit.span);
        }
        diagnostic
    }

    /// Whether the check itself has read the file of a place, so that it has told what is no valid Nix there.
    pub(super) fn was_read(&self, span: Span) -> bool {
        self.sources.iter().position(|(id, _)| id == span.source).is_some_and(|index| index < self.read)
    }

    /// The name by which a file is shown.
    pub(super) fn shown(&self, path: &str) -> String {
        shown_and_named(path, self.request, &self.base).0
    }

    /// The text at a place.
    pub(super) fn slice(&self, span: Span) -> &str {
        self.sources.slice(span)
    }

    /// The text of the file of a place.
    pub(super) fn text(&self, span: Span) -> &str {
        self.sources.get(span.source).text()
    }

    /// The text before a place.
    pub(super) fn before(&self, span: Span) -> &str {
        &self.sources.get(span.source).text()[..span.start as usize]
    }

    /// Adds a mistake of a guest. What one place does to several options is one mistake, and so is what it does to several
    /// guests in words that have a value of each in them.
    pub(super) fn add(&mut self, guest: &str, diagnostic: Diagnostic) {
        let at_place = self.places.entry((diagnostic.code, diagnostic.primary)).or_default();
        let is_of_option =
            matches!(diagnostic.code, Code::UnknownGuestOption | Code::GuestWrongType | Code::GuestRecursion);
        let is_same = |known: &Reported| is_of_option || known.diagnostic.message == diagnostic.message;
        let is_like = |known: &Reported| {
            !known.guests.contains(guest) && is_alike(&known.diagnostic.message, &diagnostic.message)
        };
        let find = |is_meant: &dyn Fn(&Reported) -> bool| {
            at_place.iter().copied().find(|&index| is_meant(&self.found[index]))
        };
        let Some(index) = find(&is_same).or_else(|| find(&is_like)) else {
            at_place.push(self.found.len());
            self.found.push(Reported {
                diagnostic,
                guests: BTreeSet::from([guest.to_owned()]),
                others: BTreeSet::new(),
            });
            return;
        };
        let known = &mut self.found[index];
        known.guests.insert(guest.to_owned());
        if !is_of_option || known.diagnostic.message == diagnostic.message {
            return;
        }
        let option = |message: &str| message.split('`').nth(1).map(str::to_owned);
        known.others.extend(
            option(&diagnostic.message)
                .filter(|other| Some(other) != option(&known.diagnostic.message).as_ref()),
        );
        for label in diagnostic.labels {
            let labels = &mut known.diagnostic.labels;
            if labels.len() < MAX_NAMED && labels.iter().all(|one| one.span != label.span) {
                labels.push(label);
            }
        }
    }

    /// All diagnostics; in a fleet, each says which guests it is about.
    pub(super) fn finish(self) -> Vec<Diagnostic> {
        let count = self.guests;
        let mut diagnostics = self.more;
        for Reported { mut diagnostic, guests, others } in self.found {
            if !others.is_empty() {
                diagnostic = diagnostic.with_note(format!("and so for {}", listed(&others)));
            }
            if count > 1 {
                diagnostic = diagnostic.with_note(in_guests(&guests, count));
            }
            diagnostics.push(diagnostic);
        }
        diagnostics
    }
}

/// Whether two messages are the same but for a value in them: a name, a number, a path.
fn is_alike(one: &str, other: &str) -> bool {
    let (one, other): (Vec<_>, Vec<_>) =
        (one.split_whitespace().collect(), other.split_whitespace().collect());
    let differ = one.iter().zip(&other).filter(|(one, other)| one != other).count();
    one.len() == other.len() && differ * 2 <= one.len()
}

fn in_guests(guests: &BTreeSet<String>, count: usize) -> String {
    match guests.len() {
        all if all == count => format!("in all {count} guests"),
        1 => format!("in the guest {}", listed(guests)),
        _ => format!("in the guests {}", listed(guests)),
    }
}

fn listed(names: &BTreeSet<String>) -> String {
    let quoted: Vec<_> = names.iter().take(MAX_NAMED).map(|name| format!("`{name}`")).collect();
    match (quoted.as_slice(), names.len() - quoted.len()) {
        ([one], 0) => one.clone(),
        ([most @ .., last], 0) => format!("{} and {last}", most.join(", ")),
        (all, more) => format!("{} and {more} more", all.join(", ")),
    }
}
