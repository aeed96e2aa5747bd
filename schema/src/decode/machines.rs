//! Where the machines of a file are: what of each is its `deployment`, and what is its guest.

use std::borrow::Cow;

use launchnix_diagnostics::{Code, Diagnostic, Span};

use super::fields::Fields;
use super::fleet::MachineEntry;
use super::listed::Listed;
use super::{Decoder, Input, level, listed, nearest, pairs};
use crate::deployment::GuestModule;
use crate::option::{Decode, Key, Options};
use crate::options::MachineOptions;
use crate::{Node, Repeated, Spanned};

/// A machine's set with the place that stands for it.
pub(super) struct Source<N> {
    /// Attribute name in a fleet.
    pub(super) attribute: Option<String>,
    /// Key of the machine: of its attribute, or of `deployment`.
    pub(super) key: Span,
    /// Its `deployment`.
    pub(super) deployment: Option<Input<N>>,
    /// The set that `deployment` is in.
    pub(super) whole: Option<N>,
    pub(super) own: Option<Spanned<GuestModule>>,
    /// Whether `machine` has a mistake, so that nothing is known of the guest.
    pub(super) guest_unknown: bool,
    /// Whether there was a mistake.
    pub(super) broken: bool,
    /// Options of the machine that stand beside `deployment`.
    pub(super) misplaced: Vec<String>,
    /// Whether it may be meant as a layer under others, which have what it lacks.
    pub(super) partial: bool,
}

impl<N: Node> Source<N> {
    /// A machine of which only the options are known, which stand where they do not belong.
    pub(super) fn bare(name: String, deployment: Input<N>) -> Self {
        Self {
            attribute: Some(name),
            key: deployment.key,
            deployment: Some(Input { path: Cow::Borrowed(""), ..deployment }),
            whole: None,
            own: None,
            guest_unknown: true,
            broken: true,
            misplaced: Vec::new(),
            partial: false,
        }
    }
}

/// The machine of a file of one machine.
pub(super) fn single<N: Node>(
    root: &N,
    deployment: Option<Input<N>>,
    module: Option<Input<N>>,
    is_misspelt: bool,
    misplaced: Vec<String>,
    decoder: &mut Decoder<'_>,
) -> Source<N> {
    let key = match (&deployment, &module) {
        (Some(deployment), _) => deployment.key,
        (None, Some(module)) => module.key,
        (None, None) => root.span(),
    };
    if let Some(inside) = module.as_ref().filter(|_| deployment.is_none()).and_then(level::deployment_in) {
        level::deployment_in_machine(inside, decoder);
    } else if deployment.is_none() && !is_misspelt {
        decoder.push(
            Diagnostic::new(Code::MissingOption, key, "option `deployment` is missing")
                .labelled("`deployment` must be set beside this")
                .with_help("add, for example, `deployment = { name = \"web\"; cpus = 2; ram = 2048; };`"),
        );
    }
    let deployment = deployment.map(|input| Input { path: Cow::Borrowed(""), ..input });
    let (own, guest_unknown) = guest(module, decoder);
    let (attribute, whole) = (None, Some(root.clone()));
    Source { attribute, key, deployment, whole, own, guest_unknown, broken: false, misplaced, partial: false }
}

/// Says which names several machines have, and returns those that the fleet lacks for it.
pub(super) fn sharing_a_name<N: Node>(
    machines: Option<&Input<N>>,
    decoder: &mut Decoder<'_>,
) -> Vec<(String, Input<N>)> {
    let repeated = machines.map_or(Vec::new(), |machines| machines.node.repeated());
    let dropped = repeated.into_iter().filter_map(|Repeated { name, first, again, dropped }| {
        decoder.push(several_of_one_name(&name, first, again));
        let path = format!("machines.{name}");
        Some((name, Input::new(dropped?, again, path)))
    });
    dropped.collect()
}

/// The machines of a fleet by their names; `is_all` unless the file describes a single machine as well.
pub(super) fn fleet<N: Node>(
    machines: Option<Input<N>>,
    is_all: bool,
    decoder: &mut Decoder<'_>,
) -> Vec<(Key, Input<N>)> {
    let Some(machines) = machines else { return Vec::new() };
    let Some(fields) = Fields::of_names(&machines, decoder) else {
        return machines_of_list(&machines, decoder);
    };
    let mut named = fields.into_named(decoder);
    if level::take_what_is_no_machine(&mut named, decoder) && named.is_empty() {
        return named;
    }
    if named.is_empty() && is_all && !machines.node.is_incomplete() {
        decoder.push(
            Diagnostic::new(Code::NoEffect, machines.key, "the fleet has no machines")
                .labelled("this set is empty")
                .with_help("add one, for example `web.deployment = { cpus = 2; ram = 2048; };`"),
        );
    }
    named
}

/// The machines of a list that should be a set, which has been told: those without a name as elements of it.
fn machines_of_list<N: Node>(machines: &Input<N>, decoder: &mut Decoder<'_>) -> Vec<(Key, Input<N>)> {
    let Some(Listed { mut named, nameless, .. }) = listed::listed(machines, MachineEntry::OPTIONS, decoder)
    else {
        return Vec::new();
    };
    listed::report_repeated(&mut named, decoder);
    let key = |input: &Input<N>| Key { name: input.path.to_string(), span: input.key };
    named.extend(nameless.into_iter().map(|input| (key(&input), input)));
    named
}

/// Whether a machine is an element of a list, and has no name.
pub(super) fn is_nameless<N>(key: &Key, input: &Input<N>) -> bool {
    input.path == key.name && input.path.starts_with("machines[")
}

/// Says that only the first of some machines would be there.
fn several_of_one_name(name: &str, first: Span, again: Span) -> Diagnostic {
    let message = format!("several machines are named `{name}`");
    let diagnostic = Diagnostic::new(Code::FleetConflict, again, message).with_help(
        "`listToAttrs` takes the first of a name and drops the others: give each a name of its own",
    );
    if first == again {
        diagnostic.labelled("each of them gets this name")
    } else {
        diagnostic.labelled("and again").with_label(first, format!("`{name}` is here"))
    }
}

/// An entry of `machines`, or `defaults`.
pub(super) fn entry<N: Node>(
    attribute: Option<String>,
    input: &Input<N>,
    decoder: &mut Decoder<'_>,
) -> Option<Source<N>> {
    decoder.at_attribute(attribute.as_deref());
    let mut fields = Fields::of::<MachineEntry>(input, decoder)?;
    if fields.has_stranger("value")
        && let Some(machine) = pairs::machine_in(input, decoder)
    {
        decoder.mistakes += 1;
        return entry(attribute, &machine, decoder);
    }
    if fields.has_stranger("machines")
        && let Some(machines) = level::machines_in(&input.node, &input.path)
    {
        if level::fleet_for_machine(input, &machines, decoder) {
            return None;
        }
        fields.forget(|name| name == "machines");
        fields.is_told("deployment");
    }
    let deployment = fields.take(MachineEntry::position("deployment")?, decoder);
    let deployment = deployment.or_else(|| level::deployment_by_another_name(&mut fields, decoder));
    let module = fields.take(MachineEntry::position("machine")?, decoder);
    if deployment.is_none()
        && let Some(inside) = module.as_ref().and_then(level::deployment_in)
    {
        level::deployment_in_machine(inside, decoder);
        fields.is_told("deployment");
    }
    // Options beside `deployment` are told as such; that it is missing follows from that.
    let is_misplaced = |name: &str| MachineOptions::position(name).is_some();
    let mut misplaced = fields.strangers(is_misplaced);
    misplaced.retain(|key| !decoder.names_of_listed.contains(&key.span));
    if misplaced.len() > 1 || (!misplaced.is_empty() && deployment.is_none()) {
        let is_misspelt =
            |name: &str| nearest(name, MachineEntry::OPTIONS.iter().map(|option| option.name)).is_some();
        let is_all = deployment.is_none() && module.is_none() && fields.strangers(is_misspelt).is_empty();
        level::beside_deployment(input, &misplaced, is_all, decoder);
        // They have their own mistakes, which are told where nothing else is in the set.
        if is_all {
            return Some(Source { attribute, ..Source::bare(String::new(), input.clone()) });
        }
        fields.forget(is_misplaced);
    }
    let flaws = fields.finish(decoder);
    let deployment = deployment.map(|input| Input { path: Cow::Borrowed(""), ..input });
    let (own, guest_unknown) = guest(module, decoder);
    let guest_unknown = guest_unknown || flaws.is_unknown("machine");
    if deployment.is_none() && (!misplaced.is_empty() || flaws.is_unknown("deployment")) {
        return None;
    }
    let whole = Some(input.node.clone());
    let (key, misplaced) = (input.key, misplaced.into_iter().map(|key| key.name).collect());
    Some(Source {
        attribute,
        key,
        deployment,
        whole,
        own,
        guest_unknown,
        broken: false,
        misplaced,
        partial: false,
    })
}

fn guest<N: Node>(
    module: Option<Input<N>>,
    decoder: &mut Decoder<'_>,
) -> (Option<Spanned<GuestModule>>, bool) {
    let Some(module) = module else { return (None, false) };
    let value = GuestModule::decode(&module, decoder);
    let unknown = value.is_none();
    (value.map(|value| Spanned::new(value, module.key)), unknown)
}
