//! Options that stand a level too high or too low: beside `deployment`, without the name of what they are of, or in a
//! set inside of itself.

use launchnix_diagnostics::{Applicability, Code, Diagnostic, Fix, Span, enumerate};

use super::fields::Fields;
use super::fleet::MachineEntry;
use super::wrong_type::is_whole;
use super::{Decoder, Input, nearest, some_of};
use crate::option::{Key, Kind, OptionInfo, Options};
use crate::options::MachineOptions;
use crate::{Field, Node, Shape};

/// The attributes of a value that is a set.
pub(super) fn attributes<N: Node>(node: &N) -> Option<N::Attributes> {
    match node.shape() {
        Ok(Shape::Attrs(attributes)) => Some(attributes),
        _ => None,
    }
}

/// Whether a value is a set with one of these options.
fn has_option<N: Node>(node: &N, options: &[OptionInfo]) -> bool {
    let is_option = |name: &str| options.iter().any(|option| option.name == name);
    attributes(node).is_some_and(|mut all| all.any(|field| is_option(field.name.as_ref())))
}

/// Whether a value is what `deployment` should be.
pub(super) fn is_deployment<N: Node>(node: &N) -> bool {
    has_option(node, MachineOptions::OPTIONS) && !has_option(node, MachineEntry::OPTIONS)
}

/// Whether a value is what `deployment` should be, and nothing else: it says how big a machine is.
pub(super) fn has_shape_of_machine<N: Node>(node: &N) -> bool {
    ["cpus", "ram"].iter().any(|option| node.attribute(option).is_some()) && is_deployment(node)
}

/// Whether a value is a set of what `deployment` should be.
pub(super) fn holds_deployments<N: Node>(node: &N) -> bool {
    let Some(mut all) = attributes(node) else { return false };
    let is_name = |name: &str| name != "deployment" && MachineOptions::position(name).is_none();
    let is_one = |name: &str, value: &N| is_name(name) && is_deployment(value);
    all.len() > 0 && all.all(|field| is_one(field.name.as_ref(), &field.value))
}

/// What a set of things is called, or one of them: the end of its path.
fn last(path: &str) -> &str {
    let last = path.rsplit('.').next().unwrap_or(path);
    last.split('[').next().unwrap_or(last)
}

/// Whether an attribute of a set of options is the set once more.
pub(super) fn is_set_again<N: Node>(name: &str, path: &str, value: &N, options: &[OptionInfo]) -> bool {
    if path.is_empty() {
        return name == "deployment" && options.iter().any(|option| option.name == "ram");
    }
    let one = || match value.shape() {
        Ok(Shape::List(elements)) => elements.into_iter().next(),
        _ => Some(value.clone()),
    };
    name == last(path) && one().is_some_and(|one| has_option(&one, options))
}

/// Whether an entry of a set of named things is that set once more.
pub(super) fn is_names_again<N: Node>(name: &str, path: &str, value: &N, options: &[OptionInfo]) -> bool {
    let holds_them = || {
        let all = attributes(value).filter(|all| all.len() > 0);
        all.is_some_and(|mut all| all.all(|field| has_option(&field.value, options)))
    };
    // Most names are other ones, which is seen at once.
    let may_be_last = path.ends_with(name) || path.ends_with(']');
    may_be_last && name == last(path) && holds_them() && !has_option(value, options)
}

/// Options that only machines have: where one of them is in a set, the set is one of options of a machine.
const OF_MACHINES: &[&str] = &[
    "bootOrder",
    "cloudInit",
    "cpus",
    "diskSize",
    "extraConfig",
    "hugepages",
    "initialDisks",
    "installationMedia",
    "machineType",
    "nixos",
    "pciDevices",
    "ram",
    "sharedFolders",
    "sshPrivKeyPath",
    "sshPubKeyPath",
    "staticIPs",
    "storagePoolName",
    "usbDevices",
    "vGPUType",
];

/// Tells of a set of options that stands inside of the set itself, and gives what is in it: `deployment` within
/// `deployment`, or a group that a user gave a name.
pub(super) fn unwrapped<N: Node>(
    key: &Key,
    value: &N,
    outer: &Input<N>,
    options: &[OptionInfo],
    decoder: &mut Decoder<'_>,
) -> Option<N::Attributes> {
    let inner = attributes(value)?;
    if is_set_again(&key.name, &outer.path, value, options) {
        // Where a function makes the inner one, as it should for others, the outer one is too much.
        match outer.node.used().filter(|used| !used.contains(key.span) && *used != outer.key) {
            Some(used) => around_itself(key, used, decoder),
            None => twice(key, decoder),
        }
        return Some(inner);
    }
    let is_of_machine = outer.path.is_empty() && options.iter().any(|option| option.name == "ram");
    let mut names = inner.clone().map(|field| field.name);
    if !is_of_machine || !names.any(|name| OF_MACHINES.contains(&name.as_ref())) {
        return None;
    }
    let message = format!("there is no option `{}`", key.name);
    let mut names: Vec<String> = inner.clone().map(|field| field.name.into()).collect();
    names.sort_unstable();
    let help = if value.used() == Some(key.span) {
        format!("write `inherit ({}) {};`", key.name, names.join(" "))
    } else {
        let names: Vec<_> = names.iter().map(|name| format!("`{name}`")).collect();
        format!("write {} directly into `deployment`", some_of(&names))
    };
    let diagnostic = Diagnostic::new(Code::UnknownOption, key.span, &message)
        .labelled("what it holds belongs to `deployment` itself")
        .with_help(help);
    decoder.push_about(message, diagnostic);
    Some(inner)
}

/// Tells that a value is put into what it has itself.
fn around_itself(key: &Key, value: Span, decoder: &mut Decoder<'_>) {
    let name = &key.name;
    decoder.push(
        Diagnostic::new(Code::UnknownOption, value, format!("`{name}` stands inside of `{name}`"))
            .labelled(format!("this has a `{name}` of its own"))
            .with_label(key.span, "here")
            .with_help(format!("leave out the outer `{name}`, or take `(…).{name}`")),
    );
}

/// A set inside of itself: `deployment` within `deployment`.
pub(super) fn twice(key: &Key, decoder: &mut Decoder<'_>) {
    let name = &key.name;
    decoder.push(
        Diagnostic::new(Code::UnknownOption, key.span, format!("`{name}` stands inside of `{name}`"))
            .labelled("one too many")
            .with_help("write what it holds directly into the outer one"),
    );
}

/// Names of attributes as a sentence has them.
fn listed(keys: &[&Key]) -> String {
    let names: Vec<_> = keys.iter().map(|key| format!("`{}`", key.name)).collect();
    some_of(&names)
}

/// One diagnostic at the first of some attributes that have one mistake.
fn alike(message: &str, keys: &[&Key], label: &str) -> Option<Diagnostic> {
    /// More places than this say nothing new.
    const ENOUGH: usize = 5;
    let (first, others) = keys.split_first()?;
    let mut diagnostic = Diagnostic::new(Code::UnknownOption, first.span, message).labelled(label);
    for other in others.iter().take(ENOUGH).filter(|other| other.span != first.span) {
        diagnostic = diagnostic.with_label(other.span, "this as well");
    }
    Some(diagnostic)
}

/// Reports the options among the names of things, where they are options of a thing without a name. Returns whether
/// there are any.
pub(super) fn nameless<N: Node>(
    input: &Input<N>,
    entries: &[(Key, Input<N>)],
    kind: &Kind,
    decoder: &mut Decoder<'_>,
) -> bool {
    let options = kind.nested();
    let is_option = |name: &str| options.iter().any(|option| option.name == name);
    let mut stray: Vec<_> = entries.iter().filter(|(key, _)| is_option(&key.name)).collect();
    if stray.is_empty() {
        return false;
    }
    stray.retain(|(_, entry)| !has_option(&entry.node, options));
    let is_none = |node: &N| node.shape().is_ok_and(|found| !kind.takes(&found));
    // Where a value alone can be a thing, all options of one are needed to tell that it is none.
    let is_one_thing = || stray.len() > 1 && stray.len() == entries.len();
    if !stray.iter().any(|(_, entry)| is_none(&entry.node)) && !is_one_thing() {
        return false;
    }
    stray.sort_by_key(|(key, _)| key.span);
    let keys: Vec<_> = stray.iter().map(|(key, _)| key).collect();
    let (path, belong) = (&input.path, if keys.len() == 1 { "belongs" } else { "belong" });
    let message = format!("{} {belong} to `{path}.<name>`", listed(&keys));
    let label = format!("an option of one of `{path}`");
    let Some(mut diagnostic) = alike(&message, &keys, &label) else { return false };
    if let Some(option) = input.option {
        diagnostic =
            diagnostic.with_help(format!("give it a name, for example `{path} = {};`", option.example));
    }
    decoder.push_about(format!("{belong} to {}", last(path)), diagnostic);
    true
}

/// Reports options of a machine that stand beside `deployment`, or where it should be.
pub(super) fn beside_deployment<N: Node>(
    input: &Input<N>,
    keys: &[Key],
    is_all: bool,
    decoder: &mut Decoder<'_>,
) {
    let keys: Vec<_> = keys.iter().collect();
    let (owner, belong) =
        (decoder.owner_or("`defaults`"), if keys.len() == 1 { "belongs" } else { "belong" });
    let message = format!("{} of {owner} {belong} to `deployment`", listed(&keys));
    let Some(mut diagnostic) = alike(&message, &keys, "an option of `deployment`") else { return };
    diagnostic = diagnostic.with_help("put the options of the machine into `deployment = { … };`");
    if let Ok(found) = input.node.shape()
        && is_all
        && is_whole(input, &found)
    {
        let span = input.node.span();
        let (start, end) =
            (Span::new(span.source, span.start, span.start), Span::new(span.source, span.end, span.end));
        let replacement = "{ deployment = ".to_owned();
        // The set may have a name, and be used elsewhere as it is.
        let applicability = Applicability::Unsafe;
        diagnostic = diagnostic
            .with_fix(Fix { span: start, replacement, applicability })
            .with_further_edit(end, "; }".to_owned());
    }
    decoder.push_about("options beside `deployment`".to_owned(), diagnostic);
}

/// Reports that the name of a machine is missing, or that `machines` is there twice, and takes out what is no machine for
/// that. Returns whether there was such a thing.
pub(super) fn take_what_is_no_machine<N: Node>(
    named: &mut Vec<(Key, Input<N>)>,
    decoder: &mut Decoder<'_>,
) -> bool {
    let again = |(key, input): &(Key, Input<N>)| {
        is_names_again(&key.name, "machines", &input.node, MachineEntry::OPTIONS)
    };
    if let Some(at) = named.iter().position(again) {
        twice(&named.remove(at).0, decoder);
        return true;
    }
    let nameless = |(key, input): &(Key, Input<N>)| key.name == "deployment" && is_deployment(&input.node);
    let Some(at) = named.iter().position(nameless) else { return false };
    machine_without_name(named.remove(at).0.span, decoder);
    named.retain(|(key, input)| key.name != "machine" || input.node.attribute("deployment").is_some());
    true
}

/// Reports `machines.deployment`.
fn machine_without_name(key: Span, decoder: &mut Decoder<'_>) {
    decoder.push(
        Diagnostic::new(Code::NotADeployment, key, "the machine has no name")
            .labelled("a machine needs one: `machines.<name>.deployment`")
            .with_help(
                "write, for example, `machines.web.deployment`; a file of one machine needs no `machines`",
            ),
    );
}

/// Where a machine's NixOS module has what `deployment` should be. morph has options of the guest by that name, none of
/// which says what the machine has.
pub(super) fn deployment_in<N: Node>(module: &Input<N>) -> Option<Span> {
    let is_meant = |node: &N| ["cpus", "ram"].iter().any(|option| node.attribute(option).is_some());
    let field = attributes(&module.node)?.find(|field| field.name.as_ref() == "deployment")?;
    is_meant(&field.value).then_some(field.key)
}

/// Reports `machine.deployment`.
pub(super) fn deployment_in_machine(key: Span, decoder: &mut Decoder<'_>) {
    decoder.push(
        Diagnostic::new(Code::UnknownOption, key, "`deployment` stands inside of `machine`")
            .labelled("belongs beside `machine`")
            .with_help(
                "move it out: `machine` is the NixOS module of the guest, and knows nothing of `deployment`",
            ),
    );
}

/// Whether a value is a set that has machines in it, or a list of them, going by their `deployment`.
pub(super) fn has_machines<N: Node>(node: &N) -> bool {
    if let Ok(Shape::List(elements)) = node.shape() {
        return elements.iter().any(|element| element.attribute("deployment").is_some());
    }
    attributes(node).is_some_and(|mut all| all.any(|field| field.value.attribute("deployment").is_some()))
}

/// Whether a value is a set of machines and nothing else, going by their `deployment`.
pub(super) fn are_machines<N: Node>(node: &N) -> bool {
    let Some(mut fields) = attributes(node) else { return false };
    fields.len() > 0 && fields.all(|field| field.value.attribute("deployment").is_some())
}

/// Whether a value is a set or a list of machines, of which some may have their options without `deployment`.
pub(super) fn has_machines_of_any_form<N: Node>(node: &N) -> bool {
    let mut things = match node.shape() {
        Ok(Shape::List(elements)) => elements,
        Ok(Shape::Attrs(fields)) => fields.map(|field| field.value).collect(),
        _ => return false,
    };
    things.retain(|thing| thing.attribute("deployment").is_some() || has_shape_of_machine(thing));
    !things.is_empty()
}

/// The `machines` that stand within a machine or the defaults.
pub(super) fn machines_in<N: Node>(node: &N, path: &str) -> Option<Input<N>> {
    let field = attributes(node)?.find(|field| field.name.as_ref() == "machines")?;
    has_machines(&field.value).then(|| Input::new(field.value, field.key, format!("{path}.machines")))
}

/// Reports `machines` within `defaults`, where the file has no others. Returns whether there are any.
pub(super) fn machines_within<N: Node>(defaults: &Field<N>, decoder: &mut Decoder<'_>) -> bool {
    let Some(machines) = machines_in(&defaults.value, "defaults") else { return false };
    let input = Input::new(defaults.value.clone(), defaults.key, "defaults");
    fleet_for_machine(&input, &machines, decoder);
    true
}

/// Reports `machines` within a machine or the defaults. Returns whether that is a whole fleet, and no machine at all.
pub(super) fn fleet_for_machine<N: Node>(
    input: &Input<N>,
    machines: &Input<N>,
    decoder: &mut Decoder<'_>,
) -> bool {
    let used = input.node.used().filter(|used| !used.contains(machines.key) && *used != input.key);
    let is_machine =
        input.node.attribute("deployment").is_some() || input.node.attribute("machine").is_some();
    if let (Some(used), false) = (used, is_machine) {
        let first = attributes(&machines.node).into_iter().flatten().map(|field| field.name.into()).min();
        let first: String = first.unwrap_or_default();
        let needed = if input.path == "defaults" { "what machines have in common" } else { "a machine" };
        let message = format!("`{}` is a fleet, not {needed}", input.path);
        decoder.push(
            Diagnostic::new(Code::NotADeployment, used, message)
                .labelled("this has `machines` of its own")
                .with_label(machines.key, "here")
                .with_help(format!(
                    "take one of its machines, such as its `machines.{first}`, or all of them: `machines = (…).machines;`"
                )),
        );
        return true;
    }
    decoder.push(
        Diagnostic::new(
            Code::UnknownOption,
            machines.key,
            format!("`machines` stands inside of `{}`", input.path),
        )
        .labelled("belongs to the top of the file")
        .with_help("move it out: machines are side by side in `machines`"),
    );
    false
}

/// The `deployment` of a machine under a name that is no option of it, which is told.
pub(super) fn deployment_by_another_name<N: Node>(
    fields: &mut Fields<'_, N>,
    decoder: &mut Decoder<'_>,
) -> Option<Input<N>> {
    let is_option = |name: &str| MachineOptions::position(name).is_some();
    let is_alike = |name: &str| nearest(name, ["deployment"]).is_some();
    let (key, value) = fields.take_stranger(|name, value| {
        !is_option(name) && (has_shape_of_machine(value) || is_alike(name) && is_deployment(value))
    })?;
    let message = format!("there is no option `{}`", key.name);
    let diagnostic = Diagnostic::new(Code::UnknownOption, key.span, &message)
        .labelled("did you mean `deployment`?")
        .with_help("the options of a machine are in its `deployment`")
        .with_fix(Fix {
            span: key.span,
            replacement: "deployment".to_owned(),
            applicability: Applicability::Unsafe,
        });
    decoder.push_about(message, diagnostic);
    Some(Input::new(value, key.span, "deployment"))
}

/// Reports `deployment.<name>`.
pub(super) fn machines_in_deployment<N: Node>(input: &Input<N>, decoder: &mut Decoder<'_>) {
    let names = attributes(&input.node).into_iter().flatten().map(|field| field.name.into());
    let mut names: Vec<String> = names.map(|name: String| format!("`machines.{name}.deployment`")).collect();
    names.sort();
    let help = match names.as_slice() {
        [one] => format!("write {one}"),
        [first, second] => format!("write {}", enumerate(&[first.clone(), second.clone()], "and")),
        [first, ..] => format!("write {first}, and so on"),
        [] => return,
    };
    let message = "`deployment` is one machine's, and holds machines here";
    decoder.push(
        Diagnostic::new(Code::NotADeployment, input.key, message)
            .labelled("machines belong to `machines.<name>.deployment`")
            .with_help(help),
    );
}

/// Reports a machine at the top of the file.
pub(super) fn machine_beside_machines(key: &Key, decoder: &mut Decoder<'_>) {
    let name = &key.name;
    decoder.push(
        Diagnostic::new(Code::UnknownOption, key.span, format!("there is no option `{name}`"))
            .labelled(format!("a machine, which belongs to `machines`: `machines.{name}`"))
            .with_help("write `machines.` in front of its name"),
    );
}
