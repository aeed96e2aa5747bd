//! Diagnostics that were reported, and the machines that they are about.

use launchnix_diagnostics::{About, Code, Diagnostic, Label, Span};

use super::Decoder;
use crate::{Node, Shape};

/// A diagnostic that was pushed, and what it was pushed for.
pub(super) struct Reported {
    pub(super) index: usize,
    pub(super) owners: Vec<Owner>,
}

/// A machine that a diagnostic is about.
pub(super) struct Owner {
    /// Its name in quotes.
    pub(super) name: String,
    /// A place that its diagnostic had, and that of the machine before had not.
    own: Option<Span>,
}

impl Reported {
    pub(super) fn new(index: usize, owner: Option<String>) -> Self {
        let owners = owner.map(|name| Owner { name, own: None });
        Self { index, owners: owners.into_iter().collect() }
    }

    /// Adds the machine for which a diagnostic was pushed once more.
    pub(super) fn add(&mut self, owner: Option<String>, known: &Diagnostic, again: &Diagnostic) {
        let is_new = |label: &&Label| {
            again.about != Some(About::NeededAt(label.span))
                && known.labels.iter().all(|known| known.span != label.span)
        };
        let own = again.labels.iter().rfind(is_new).map(|label| label.span);
        self.add_owner(owner, own);
    }

    /// Adds a machine, with a place of its own.
    pub(super) fn add_owner(&mut self, owner: Option<String>, own: Option<Span>) {
        if let Some(name) = owner.filter(|name| self.owners.iter().all(|owner| owner.name != *name)) {
            self.owners.push(Owner { name, own });
        }
    }
}

/// Where a function throws for several machines, each of their calls may be what there is to change.
pub(super) fn place_calls<N: Node>(root: &N, decoder: &mut Decoder<'_>) {
    /// More places than this say nothing new.
    const ENOUGH: usize = 3;
    for Reported { index, owners } in decoder.reported.values() {
        let diagnostic = &mut decoder.diagnostics[*index];
        let Some(primary) = diagnostic.primary.filter(|_| diagnostic.code == Code::Thrown) else { continue };
        if owners.len() < 2 {
            continue;
        }
        let machines = root.attribute("machines");
        let calls: Vec<_> = owners.iter().map(|owner| calls(machines.as_ref(), &owner.name)).collect();
        for (at, owner) in owners.iter().enumerate().take(ENOUGH) {
            let is_shared = |span: &Span| {
                calls.iter().enumerate().any(|(other, calls)| other != at && calls.contains(span))
            };
            let call = calls[at].iter().copied().find(|span| !is_shared(span) && !span.contains(primary));
            let Some(place) = own_place(diagnostic, call, owner.own) else { continue };
            let message = format!("for machine {}", owner.name);
            match diagnostic.labels.iter_mut().find(|label| label.span == place) {
                Some(label) => label.message = message,
                None => diagnostic.labels.push(Label::new(place, message)),
            }
        }
    }
}

/// The place that leads to a failure for one machine alone: in the expression that makes the machine, or that itself.
fn own_place(diagnostic: &Diagnostic, call: Option<Span>, own: Option<Span>) -> Option<Span> {
    /// What is longer is a set, most likely, which is not seen at a glance.
    const SHORT: u32 = 80;
    let Some(call) = call else { return own };
    let places = || diagnostic.labels.iter().map(|label| (label.span, label.message.as_str()));
    if places().any(|(place, _)| place == call) {
        return Some(call);
    }
    let inside = places().find(|(place, message)| call.contains(*place) && *message == "in this call");
    let inside = inside.map(|(place, _)| place).or(own.filter(|own| call.contains(*own)));
    inside.or(Some(call).filter(|call| call.len() <= SHORT)).or(own)
}

/// The expressions that make a machine.
fn calls<N: Node>(machines: Option<&N>, name: &str) -> Vec<Span> {
    let Some(Ok(Shape::Attrs(mut fields))) = machines.map(Node::shape) else { return Vec::new() };
    let Some(machine) = fields.find(|field| field.name.as_ref() == name.trim_matches('`')) else {
        return Vec::new();
    };
    // A set that is made of `machines.name.deployment = …` stands at its key.
    let deployment = machine.value.attribute("deployment");
    let values = [machine.value].into_iter().chain(deployment);
    values.filter_map(|value| value.used()).filter(|span| *span != machine.key).collect()
}
