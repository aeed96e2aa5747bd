//! What options mean together: within one machine, across the fleet, and in the world of files.

mod access;
mod addresses;
mod claims;
mod commands;
mod disks;
mod fleet;
mod idle;
mod machine;
mod networks;
mod shape;
mod sizes;

use std::collections::BTreeMap;

use launchnix_diagnostics::{About, Applicability, Code, Diagnostic, Fix, Span, enumerate};

pub(crate) use addresses::far_gateways;
pub(crate) use claims::HAVE_ADDRESS;
pub use claims::{Claimant, clash};
pub(crate) use fleet::fleet;
pub(crate) use idle::module_of_nobody;
pub(crate) use machine::machine;
pub(crate) use networks::networks;

use crate::Spanned;
use crate::decode::{Decoder, nearest};
use crate::options::{Network, Pool};
use crate::values::{ConnectionUri, NetworkName, PoolName};

/// What the machines of a deployment can refer to.
pub(crate) struct Surroundings<'d> {
    /// Declared pools; `None` where nothing is known of them.
    pub(crate) pools: Option<&'d BTreeMap<PoolName, Spanned<Pool>>>,
    /// Declared networks; `None` where nothing is known of them.
    pub(crate) networks: Option<&'d BTreeMap<NetworkName, Spanned<Network>>>,
    /// libvirt of the machines that name none of their own.
    pub(crate) connection: Option<&'d Spanned<ConnectionUri>>,
}

/// Which of several options is to change, the last one: those of a machine come after those of the fleet's defaults, and
/// otherwise they are in the order of the file.
fn rank(span: Span, decoder: &Decoder<'_>) -> (bool, Span) {
    (!decoder.inherited.contains(&span), span)
}

/// Two options that exclude each other: the later one in the file is what to change.
fn conflict(first: (&str, Span), second: (&str, Span), why: &str, decoder: &mut Decoder<'_>) {
    conflict_of_all(vec![(first.0.to_owned(), first.1), (second.0.to_owned(), second.1)], why, decoder);
}

/// Options of which one alone can be set: the last one in the file is what to change.
fn conflict_of_all(mut options: Vec<(String, Span)>, why: &str, decoder: &mut Decoder<'_>) {
    options.sort_by_key(|(_, span)| rank(*span, decoder));
    for (_, span) in &mut options {
        *span = decoder.set_at(*span);
    }
    let names: Vec<_> = options.iter().map(|(name, _)| format!("`{name}`")).collect();
    let Some((&(_, last), earlier)) = options.split_last() else { return };
    let message = format!("{} exclude each other", enumerate(&names, "and"));
    let mut diagnostic = Diagnostic::new(Code::Conflict, last, message)
        .labelled(format!("{} is set here", names[earlier.len()]));
    for (name, span) in earlier {
        diagnostic = diagnostic.with_label(*span, format!("`{name}` is set here"));
    }
    let help = if earlier.len() > 1 { "leave one of them" } else { "remove one of the two" };
    decoder.push(diagnostic.with_note(why.to_owned()).with_help(help));
}

/// Values of two options that do not go together: the later one in the file is what to change.
fn disagree(first: (&str, Span), second: (&str, Span), message: &str, help: &str, decoder: &mut Decoder<'_>) {
    let is_later = rank(first.1, decoder) > rank(second.1, decoder);
    let (first, second) = if is_later { (second, first) } else { (first, second) };
    decoder.push(
        Diagnostic::new(Code::Conflict, second.1, message)
            .labelled(second.0)
            .with_label(first.1, first.0)
            .with_help(help),
    );
}

/// An option without effect. What a machine inherits from the fleet's defaults is not its doing.
fn no_effect(option: &str, span: Span, label: &str, help: &str, decoder: &mut Decoder<'_>) {
    if decoder.inherited.contains(&span) {
        return;
    }
    let place = decoder.machine.map_or(span, |machine| decoder.settings.place(machine, span));
    let place = decoder.set_at(place);
    let mut diagnostic = Diagnostic::new(Code::NoEffect, place, format!("`{option}` has no effect here"))
        .labelled(label.to_owned())
        .with_help(help.to_owned());
    diagnostic.about = decoder.machine.map(|machine| About::Idle { machine, value: span });
    decoder.push(diagnostic);
}

/// A reference to something that does not exist.
fn dangling(what: &str, name: &str, span: Span, known: &[String], declare: &str, decoder: &mut Decoder<'_>) {
    let near = nearest(name, known).cloned();
    dangling_near(what, name, span, known, near, declare, decoder);
}

/// A reference to something that does not exist, where `near` is what was meant.
fn dangling_near(
    what: &str,
    name: &str,
    span: Span,
    known: &[String],
    near: Option<String>,
    declare: &str,
    decoder: &mut Decoder<'_>,
) {
    let mut diagnostic =
        Diagnostic::new(Code::DanglingReference, span, format!("there is no {what} `{name}`"));
    if let Some(near) = near {
        diagnostic = diagnostic.labelled(format!("did you mean `{near}`?"));
        // A place of another length is no literal of this name, and may make other names as well.
        if span.len() as usize == name.len() + 2 {
            diagnostic = diagnostic.with_fix(Fix {
                span,
                replacement: format!("\"{near}\""),
                applicability: Applicability::Unsafe,
            });
        }
    } else {
        diagnostic = diagnostic.labelled(format!("no such {what}"));
    }
    let quoted: Vec<_> = known.iter().map(|name| format!("`{name}`")).collect();
    if !quoted.is_empty() {
        diagnostic = diagnostic.with_note(format!("there is {}", enumerate(&quoted, "and")));
    }
    decoder.push(diagnostic.with_help(declare.to_owned()));
}

/// One thing that several places of a machine name: the last one is what to change.
fn repeated(message: String, places: &[Span], word: &str, help: &str, decoder: &mut Decoder<'_>) {
    let Some((&last, earlier)) = places.split_last() else { return };
    let mut diagnostic =
        Diagnostic::new(Code::Conflict, last, message).labelled(format!("{word} again here"));
    for (index, &span) in earlier.iter().enumerate() {
        let label = if index == 0 { format!("first {word} here") } else { format!("{word} here as well") };
        diagnostic = diagnostic.with_label(span, label);
    }
    decoder.push(diagnostic.with_help(help.to_owned()));
}

/// Things that come more than once, with their places in order.
fn repetitions<K: Ord>(all: impl IntoIterator<Item = (K, Span)>) -> Vec<(K, Vec<Span>)> {
    let mut all = all.into_iter();
    // Most machines have none or one of each.
    let (Some(first), Some(second)) = (all.next(), all.next()) else { return Vec::new() };
    let mut found: BTreeMap<K, Vec<Span>> = BTreeMap::new();
    for (key, span) in [first, second].into_iter().chain(all) {
        found.entry(key).or_default().push(span);
    }
    let several = found.into_iter().filter(|(_, places)| places.len() > 1);
    several
        .map(|(key, mut places)| {
            places.sort();
            places.dedup();
            (key, places)
        })
        .collect()
}

/// "two interfaces" and the like.
fn counted(number: usize) -> String {
    if number == 2 { "two".into() } else { number.to_string() }
}

/// "is given twice" and the like.
fn times(count: usize) -> String {
    if count == 2 { "twice".into() } else { format!("{count} times") }
}
