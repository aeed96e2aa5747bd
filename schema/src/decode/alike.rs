//! Diagnostics that tell of one mistake several times: a function makes many machines, and one value is in several options.

use std::collections::hash_map::Entry;
use std::collections::{BTreeSet, HashMap, HashSet};
use std::net::IpAddr;

use launchnix_diagnostics::{About, Code, Diagnostic, Label, Role, Span};

use super::FromText as _;
use crate::check::HAVE_ADDRESS;
use crate::values::{IpAddress, MachineName};

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
        // What all of them are counted from is one number, and to change.
        let is_one = wrong.iter().all(|at| diagnostics[*at].primary == diagnostics[wrong[0]].primary);
        if !is_one && wrong.len() * 2 > all {
            for at in wrong {
                diagnostics[at].primary = Some(made);
            }
        }
    }
}

/// The name of a machine may be given to its options as well: where it cannot be a name, that is all there is to say of it.
pub(super) fn of_one_name(mut diagnostics: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let is_of_machine = |one: &&Diagnostic| {
        matches!(one.about, Some(About::Form { form: MachineName::FORM, .. }))
            && one.code == Code::InvalidName
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
    let said = |diagnostic: &Diagnostic| match (diagnostic.code, &diagnostic.about) {
        // Of another option something else is wrong.
        (
            Code::OutOfRange,
            Some(About::Value { option: what, .. } | About::Address { network: what, .. }),
        ) => Some(what.clone()),
        // Data of another language may have one place for many values.
        (Code::FleetConflict, Some(About::Clash { have, .. })) => Some((*have).to_owned()),
        (
            Code::Malformed | Code::InvalidName | Code::UnknownValue | Code::OutOfRange | Code::FleetConflict,
            _,
        ) => Some(String::new()),
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
        // One address may be the last of its network, and the next one outside of it.
        let label = match diagnostic.about {
            Some(About::Address { .. }) => String::new(),
            _ => diagnostic.primary_label.clone(),
        };
        let alike = known.entry((diagnostic.code, label, said)).or_default();
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
        let string = match diagnostic.about {
            Some(About::Form { string, .. }) => string,
            _ => None,
        };
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
                    first.labels.push(Label::new(string, message));
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
        let (Some(place), Some(About::Value { option, needed, .. })) =
            (diagnostic.primary, &diagnostic.about)
        else {
            kept.push(diagnostic);
            continue;
        };
        match known.entry((place, *needed)) {
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

/// A unit in bytes, or a function that computes with one, makes many sizes wrong: that is to change once.
pub(super) fn of_one_unit(diagnostics: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let unit = |one: &Diagnostic| one.place_of(Role::InBytes);
    let mut sizes: HashMap<Span, usize> = HashMap::new();
    for unit in diagnostics.iter().filter_map(unit) {
        *sizes.entry(unit).or_default() += 1;
    }
    let mut told: HashSet<Span> = HashSet::new();
    let told_once = |mut one: Diagnostic| {
        let Some((unit, size)) = unit(&one).zip(one.primary) else { return Some(one) };
        let more = sizes.get(&unit).map_or(0, |all| all - 1);
        // Where only one size is made with it, that may as well be written otherwise.
        if more == 0 {
            return Some(one);
        }
        if !told.insert(unit) {
            return None;
        }
        one.primary = Some(unit);
        for label in one.labels.iter_mut().filter(|label| label.span == unit) {
            let of_unit = Role::InBytes.words().to_owned();
            *label = Label::new(size, std::mem::replace(&mut one.primary_label, of_unit));
        }
        let sizes = if more == 1 { "size is".to_owned() } else { "sizes are".to_owned() };
        one.notes.push(format!("{more} more {sizes} made with it, and too large, too"));
        one.fix = None;
        Some(one)
    };
    diagnostics.into_iter().filter_map(told_once).collect()
}

/// What counts up for each machine may run through the last address of a network and on to what is none: that is one mistake.
pub(super) fn of_one_count(mut diagnostics: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let is_malformed = |one: &Diagnostic| {
        matches!(one.about, Some(About::Form { form: IpAddress::FORM, .. })) && one.code == Code::Malformed
    };
    let malformed: BTreeSet<Span> =
        diagnostics.iter().filter(|one| is_malformed(one)).filter_map(|one| one.primary).collect();
    if malformed.is_empty() {
        return diagnostics;
    }
    let mut counted: HashSet<Span> = HashSet::new();
    for one in diagnostics.iter_mut().filter(|one| matches!(one.about, Some(About::Address { .. }))) {
        let Some(whole) = one.primary else { continue };
        let mut behind = malformed.range(Span::new(whole.source, whole.start, whole.start)..);
        if let Some(&part) = behind.next().filter(|part| whole.contains(**part) && whole != **part) {
            one.primary = Some(part);
            one.notes.push("the numbers after that are too large for an address".to_owned());
            counted.insert(part);
        }
    }
    diagnostics.retain(|one| !is_malformed(one) || one.primary.is_none_or(|part| !counted.contains(&part)));
    diagnostics
}

/// Addresses that are wrong by themselves are to change, each of them: it need not be told that another one is equal.
pub(super) fn without_wrong_addresses(mut diagnostics: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let mut wrong: HashMap<IpAddr, Vec<Span>> = HashMap::new();
    for one in &diagnostics {
        if let (Some(About::Address { address, .. }), Some(place)) = (&one.about, one.primary) {
            wrong.entry(*address).or_default().push(place);
        }
    }
    if wrong.is_empty() {
        return diagnostics;
    }
    diagnostics.retain(|one| {
        let shared = match &one.about {
            Some(About::Clash { have: HAVE_ADDRESS, which, .. }) => which.parse::<IpAddr>().ok(),
            _ => None,
        };
        let Some(wrong) = shared.and_then(|address| wrong.get(&address)) else { return true };
        let mut places: Vec<_> = one.labels.iter().map(|label| label.span).chain(one.primary).collect();
        places.sort_unstable();
        places.dedup();
        // Two are needed that stay as they are.
        places.len() == 1 || places.iter().filter(|place| !wrong.contains(place)).count() > 1
    });
    diagnostics
}
