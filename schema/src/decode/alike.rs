//! Diagnostics that tell of one mistake several times: a function makes many machines, and one value is in several options.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use launchnix_diagnostics::{Code, Diagnostic, Label, Span};

use super::text::IN_STRING;

/// Where most of what a function makes is wrong in one way, the function is to change, not what it is given.
pub(super) fn place_at_function(
    diagnostics: &mut [Diagnostic],
    given: &[(Span, Span)],
    hosts: &HashMap<Span, Span>,
) {
    if diagnostics.is_empty() || given.is_empty() {
        return;
    }
    // What makes several values of one that it is given is not to change as a whole.
    let mut made: HashMap<Span, Option<Span>> = HashMap::new();
    for &(place, expression) in given {
        let known = made.entry(place).or_insert(Some(expression));
        if *known != Some(expression) {
            *known = None;
        }
    }
    let mut wrong: HashMap<_, Vec<usize>> = HashMap::new();
    for (at, diagnostic) in diagnostics.iter().enumerate() {
        let place = diagnostic.primary.map(|place| hosts.get(&place).copied().unwrap_or(place));
        let Some(Some(made)) = place.and_then(|place| made.get(&place)) else { continue };
        let is_of_what_is_made = match diagnostic.code {
            Code::FleetConflict => true,
            // Another option may have what is given as it is.
            Code::OutOfRange => diagnostic.labels.iter().any(|label| label.span == *made),
            _ => false,
        };
        if is_of_what_is_made {
            wrong.entry((*made, diagnostic.code, diagnostic.primary_label.clone())).or_default().push(at);
        }
    }
    for ((made, ..), wrong) in wrong {
        let all = given.iter().filter(|(_, other)| *other == made).count();
        if wrong.len() > 1 && wrong.len() * 2 > all {
            for at in wrong {
                diagnostics[at].primary = Some(made);
            }
        }
    }
}

/// The name of a machine may be given to its options as well: where it cannot be a name, that is all there is to say of it.
pub(super) fn of_one_name(mut diagnostics: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let is_of_machine = |one: &&Diagnostic| {
        one.code == Code::InvalidName && one.message.ends_with(" is not a machine's name")
    };
    let mut names: Vec<Span> =
        diagnostics.iter().filter(is_of_machine).filter_map(|one| one.primary).collect();
    names.sort_unstable();
    diagnostics.retain(|one| {
        let Some(place) = one.primary.filter(|_| matches!(one.code, Code::InvalidName | Code::Malformed))
        else {
            return true;
        };
        let before = names.partition_point(|name| *name <= place);
        // A longer name that starts at the same place comes after it.
        let near = &names[before.saturating_sub(1)..names.len().min(before + 1)];
        is_of_machine(&one) || !near.iter().any(|name| name.contains(place))
    });
    diagnostics
}

/// A function that makes many machines can make as many wrong values with one expression: the first stands for all of
/// which the same is to be said.
pub(super) fn alike_at_one_place(diagnostics: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let said = |diagnostic: &Diagnostic| match diagnostic.code {
        Code::Malformed | Code::InvalidName | Code::UnknownValue => Some(String::new()),
        // Of another option something else is wrong.
        Code::OutOfRange => Some(diagnostic.message.split('`').nth(1).unwrap_or_default().to_owned()),
        // Data of another language may have one place for many values.
        Code::FleetConflict => Some(without_values(&diagnostic.message)),
        _ => None,
    };
    let overlap = |one: Span, other: Span| {
        one == other || one.source == other.source && one.start < other.end && other.start < one.end
    };
    let mut kept: Vec<(Diagnostic, usize)> = Vec::new();
    // Where those of one kind are among them.
    let mut known: HashMap<_, Vec<usize>> = HashMap::new();
    for diagnostic in diagnostics {
        let (Some(place), Some(said)) = (diagnostic.primary, said(&diagnostic)) else {
            kept.push((diagnostic, 0));
            continue;
        };
        let alike = known.entry((diagnostic.code, diagnostic.primary_label.clone(), said)).or_default();
        let first = alike.iter().find(|&&at| kept[at].0.primary.is_some_and(|first| overlap(first, place)));
        if let Some(&first) = first {
            kept[first].1 += 1;
        } else {
            alike.push(kept.len());
            kept.push((diagnostic, 0));
        }
    }
    let noted = kept.into_iter().map(|(mut diagnostic, more)| {
        match more {
            0 => {}
            1 => diagnostic.notes.push("another value like this one is made here".to_owned()),
            more => diagnostic.notes.push(format!("{more} more values like this one are made here")),
        }
        diagnostic
    });
    noted.collect()
}

/// One value may be a part of several strings, which are all wrong for it: that is one mistake.
pub(super) fn of_one_part(diagnostics: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let mut kept: Vec<Diagnostic> = Vec::new();
    // Where the part is among them, by its place.
    let mut known: HashMap<Span, usize> = HashMap::new();
    for diagnostic in diagnostics {
        let string = diagnostic.labels.iter().find(|label| label.message == IN_STRING).map(|it| it.span);
        let is_malformed = matches!(diagnostic.code, Code::Malformed | Code::InvalidName);
        let (Some(part), Some(string)) = (diagnostic.primary.filter(|_| is_malformed), string) else {
            kept.push(diagnostic);
            continue;
        };
        match known.entry(part) {
            Entry::Occupied(first) => {
                let first = &mut kept[*first.get()];
                if first.labels.iter().all(|label| label.span != string) {
                    let message = format!("{}, too", diagnostic.message);
                    first.labels.push(Label { span: string, message });
                }
            }
            Entry::Vacant(new) => {
                new.insert(kept.len());
                kept.push(diagnostic);
            }
        }
    }
    kept
}

/// One value may be that of several options, or they are computed from it, and be wrong for all in one way: that is one
/// mistake.
pub(super) fn of_one_literal(diagnostics: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let mut kept: Vec<Diagnostic> = Vec::new();
    // Where the value is among them, by its place and what is wrong with it.
    let mut known: HashMap<_, usize> = HashMap::new();
    for diagnostic in diagnostics {
        let (Some(place), Some((option, way))) = (diagnostic.primary, wrong_way(&diagnostic)) else {
            kept.push(diagnostic);
            continue;
        };
        match known.entry((place, diagnostic.code, way.to_owned())) {
            Entry::Occupied(first) => {
                let first = &mut kept[*first.get()];
                first.notes.push(format!("`{option}` is made of it as well, and wrong, too"));
                // What is right for one option may be wrong for another.
                let replacement =
                    |one: &Diagnostic| one.fix.as_ref().map(|fix| (fix.span, fix.replacement.clone()));
                if replacement(first) != replacement(&diagnostic) {
                    first.fix = None;
                }
            }
            Entry::Vacant(new) => {
                new.insert(kept.len());
                kept.push(diagnostic);
            }
        }
    }
    kept
}

/// The option whose value is wrong, and what kind of value it needs.
fn wrong_way(diagnostic: &Diagnostic) -> Option<(&str, &str)> {
    let (option, rest) = diagnostic.message.strip_prefix('`')?.split_once('`')?;
    match diagnostic.code {
        Code::OutOfRange if rest.starts_with(" cannot be ") => Some((option, "")),
        Code::WrongType => {
            let (_, needed) = rest.split_once(", but must be ")?;
            let end = needed.match_indices(' ').nth(1).map_or(needed.len(), |(end, _)| end);
            Some((option, &needed[..end]))
        }
        _ => None,
    }
}

/// What stands between the names of two machines and what they have in common.
pub(super) const BOTH: &str = " both ";

/// One value that two machines have in common may be what several of their options are made of: that is one mistake.
pub(super) fn of_one_value(diagnostics: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let mut kept: Vec<Diagnostic> = Vec::new();
    // Where a conflict of two machines is among them, by its places.
    let mut known: HashMap<_, usize> = HashMap::new();
    for diagnostic in diagnostics {
        let both = diagnostic.message.split_once(BOTH).filter(|_| diagnostic.code == Code::FleetConflict);
        let Some((machines, have)) = both else {
            kept.push(diagnostic);
            continue;
        };
        let labels: Vec<_> = diagnostic.labels.iter().map(|label| label.span).collect();
        match known.entry((diagnostic.primary, labels, machines.to_owned())) {
            Entry::Occupied(first) => kept[*first.get()].notes.push(format!("they both {have}, too")),
            Entry::Vacant(new) => {
                new.insert(kept.len());
                kept.push(diagnostic);
            }
        }
    }
    kept
}

/// A message without the words that name things or are numbers.
fn without_values(message: &str) -> String {
    let is_value = |word: &str| word.contains(|letter: char| letter == '`' || letter.is_ascii_digit());
    message.split(' ').filter(|word| !is_value(word)).collect::<Vec<_>>().join(" ")
}
