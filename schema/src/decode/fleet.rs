//! Decoding of a whole deployment file in either of its forms.

use std::collections::BTreeMap;

use launchnix_diagnostics::{Applicability, Code, Diagnostic, Fix, Span};
use launchnix_schema_derive::Options;

use super::fields::Fields;
use super::machines::{Source, entry, fleet, is_nameless, sharing_a_name, single};
use super::reported::place_calls;
use super::users::Users;
use super::{Context, Decoder, Input, form, missing, set};
use crate::check::{self, Surroundings};
use crate::deployment::{Deployment, Form, GuestConfig, GuestModule, LeftOut, Machine};
use crate::option::{Decode, Elsewhere, Flaws, Key, Kind, Options};
use crate::options::{MachineOptions, Network, Nixpkgs, Pool};
use crate::values::{ConnectionUri, FleetName, MachineName, NetworkName, PoolName};
use crate::{Field, Node, Shape, Spanned};

/// The top level of a deployment file. A file describes one machine with `deployment` and `machine`, or a fleet with
/// `machines`.
#[derive(Clone, Debug, Options)]
pub(crate) struct Top {
    /// Name of the fleet: part of the identity of each machine, so that two fleets on one hypervisor do not mix.
    #[option(example = "\"blog\"", change = Replace, implied = "`\"default\"`; the machine's name in a file of one machine")]
    name: Option<Spanned<FleetName>>,
    /// What the deployment is for.
    #[option(example = "\"the blog and its database\"", change = Live)]
    description: Option<Spanned<String>>,
    /// libvirt that runs the machines; a machine may name another.
    #[option(example = "\"qemu:///system\"", change = Replace, implied = "what `--connect` says, else `qemu:///system`")]
    connection: Option<Spanned<ConnectionUri>>,
    /// What NixOS guests are built from.
    #[option(example = "./nixpkgs", change = Live, implied = "`<nixpkgs>`")]
    nixpkgs: Option<Spanned<Nixpkgs>>,
    /// Storage pools that the deployment brings, by name.
    #[option(example = "{ fast.path = \"/var/lib/fast\"; }", change = Replace)]
    pools: BTreeMap<PoolName, Spanned<Pool>>,
    /// Networks that the deployment brings, by name.
    #[option(example = "{ lan.subnet = \"10.20.0.0/24\"; }", change = Replace)]
    networks: BTreeMap<NetworkName, Spanned<Network>>,
    /// What all machines of a fleet have in common: each option that a machine does not set itself is taken from
    /// `defaults.deployment`, and `defaults.machine` is a NixOS module of every guest.
    #[option(example = "{ deployment.ram = 1024; }", change = Restart)]
    defaults: Option<Spanned<Elsewhere<MachineEntry>>>,
    /// Machines of a fleet by name.
    #[option(example = "{ web.deployment = { cpus = 2; ram = 2048; }; }", change = Restart)]
    machines: Option<Spanned<Elsewhere<Machines>>>,
    /// The machine, where the file describes only one.
    #[option(example = "{ name = \"web\"; cpus = 2; ram = 2048; }", change = Restart)]
    deployment: Option<Spanned<Elsewhere<MachineOptions>>>,
    /// NixOS module of the guest, where the file describes only one machine.
    #[option(example = "{ pkgs, ... }: { services.nginx.enable = true; }", change = Live)]
    machine: Option<Spanned<GuestModule>>,
    #[option(flaws)]
    flaws: Flaws,
}

/// The machines of a fleet, as far as their documentation goes.
type Machines = BTreeMap<MachineName, Spanned<MachineEntry>>;

/// A machine of a fleet: `machines.<name>`.
#[derive(Clone, Debug, Options)]
pub(crate) struct MachineEntry {
    /// Options of the virtual machine.
    #[option(example = "{ cpus = 2; ram = 2048; }", change = Restart)]
    deployment: Option<Spanned<Elsewhere<MachineOptions>>>,
    /// NixOS module of the guest: a function, a set or a path.
    #[option(example = "{ pkgs, ... }: { services.nginx.enable = true; }", change = Live)]
    machine: Option<Spanned<GuestModule>>,
    #[option(flaws)]
    flaws: Flaws,
}

impl Decode for GuestModule {
    fn kind() -> Kind {
        Kind::Module
    }

    fn decode<N: Node>(input: &Input<N>, decoder: &mut Decoder<'_>) -> Option<Self> {
        match decoder.shape(&input.node)? {
            Shape::Function => {
                if let Some(function) = input.node.uncalled() {
                    let message = "this function has to be called to give a NixOS module";
                    let diagnostic = Diagnostic::new(Code::GuestModule, function, message);
                    decoder.push(diagnostic.with_help(
                        "call it with the arguments that it takes first: what it then gives is the module",
                    ));
                } else if let Some((arguments, written)) = input.node.closed_arguments() {
                    decoder.push(takes_too_little(&input.path, arguments, &written));
                }
                Some(Self::Function)
            }
            Shape::Attrs(_) => Some(Self::Set),
            Shape::Path(path) => {
                if !decoder.context.sources.exists(&path) {
                    let message = format!("the NixOS module of `{}` does not exist", input.path);
                    let diagnostic = Diagnostic::new(Code::MissingFile, input.node.span(), message);
                    decoder.push(diagnostic.labelled("no such file"));
                    return None;
                }
                Some(Self::Path(path))
            }
            found => {
                decoder.wrong_type(input, &found, &Kind::Module);
                None
            }
        }
    }
}

/// Says that a module is called with more arguments than it takes.
fn takes_too_little(path: &str, arguments: Span, written: &str) -> Diagnostic {
    let message = format!("the function of `{path}` does not take what NixOS calls it with");
    with_ellipsis(Diagnostic::new(Code::GuestModule, arguments, message), arguments, written)
}

/// How the arguments `{ … }` of a module, which are `written` so, take whatever else there is.
pub fn with_ellipsis(diagnostic: Diagnostic, arguments: Span, written: &str) -> Diagnostic {
    let before = written.trim_end_matches('}').trim_end();
    let separator = if before.ends_with(['{', ',']) { " " } else { ", " };
    let at = arguments.start + u32::try_from(before.len()).unwrap_or(0);
    diagnostic
        .labelled("these arguments and no others")
        .with_help("end them with `...`: NixOS passes `config`, `lib`, `options` and more to each module")
        .with_fix(Fix {
            span: Span::new(arguments.source, at, at),
            replacement: format!("{separator}..."),
            applicability: Applicability::Safe,
        })
}

/// Decodes a whole deployment, in either form; `root` was called already if it is a function.
///
/// All mistakes are pushed. A machine that has one which makes it impossible to compile is left out; `None` where
/// the value is no deployment at all.
pub fn decode<N: Node>(
    root: &N,
    context: &Context<'_>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<Deployment> {
    let mut decoder = Decoder::new(context);
    let mut deployment = file(root, &mut decoder);
    place_calls(root, &mut decoder);
    let mut found = decoder.finish();
    if context.ends_early {
        diagnostics.extend(found);
        return deployment;
    }
    let is_placed_by_machine = |one: &Diagnostic| {
        matches!(
            one.code,
            Code::FleetConflict
                | Code::OutOfRange
                | Code::Malformed
                | Code::DanglingReference
                | Code::MissingFile
                | Code::UnreadableFile
                | Code::BadKeyFile
                | Code::MissingOption
                | Code::NoEffect
                | Code::SmallSize
        )
    };
    if found.iter().any(is_placed_by_machine) {
        let users = users(root, context);
        let mut decoder = Decoder::new(context);
        decoder.given = Some(Vec::new());
        decoder.users = users;
        deployment = file(root, &mut decoder);
        place_calls(root, &mut decoder);
        found = decoder.finish();
    }
    diagnostics.extend(found);
    deployment
}

/// Which places several machines share.
fn users<N: Node>(root: &N, context: &Context<'_>) -> Users {
    let mut decoder = Decoder::new(context);
    decoder.given = Some(Vec::new());
    decoder.users = Users::to_collect();
    let _ = file(root, &mut decoder);
    decoder.users.collected()
}

fn file<N: Node>(root: &N, decoder: &mut Decoder<'_>) -> Option<Deployment> {
    let Shape::Attrs(attributes) = form::shape(root, decoder)? else { return None };
    let attributes: Vec<_> = attributes.collect();
    let has = |name: &str| attributes.iter().find(|field| field.name.as_ref() == name);
    let known = form_of(&attributes, decoder);
    let assumed = if known.is_none() { form::assumed(&attributes, decoder) } else { None };
    let Some(form) = known.or(assumed.as_ref().map(|assumed| assumed.form)) else {
        if let Some(machine) = form::unrecognised(root, &attributes, decoder) {
            options_alone(machine, decoder);
            return None;
        }
        beside_machines(root, &attributes, decoder);
        return None;
    };

    let input = Input::new(root.clone(), root.span(), "");
    let mut fields = Fields::of::<Top>(&input, decoder)?;
    if let Some(assumed) = &assumed {
        fields.forget(|name| assumed.names.iter().any(|assumed| assumed == name));
    }
    // These are decoded below, with what else is known then; `Top` only documents them.
    let mut take = |name: &str, decoder: &mut Decoder<'_>| fields.take(Top::position(name)?, decoder);
    no_machines(has("machines"), decoder);
    let top_name = has("name").map(|field| field.key);
    let is_of_machine = |name: &str| MachineOptions::position(name).is_some();
    let machines = take("machines", decoder);
    // In a file of one machine they have no effect by any name.
    let may_have_defaults = form == Form::Fleet || has("defaults").is_some();
    let defaults = if may_have_defaults { take("defaults", decoder) } else { None };
    let (deployment, module) = (take("deployment", decoder), take("machine", decoder));
    let (machines, deployment, mut at_the_top, bare) = match assumed {
        Some(assumed) => (assumed.machines, assumed.deployment, assumed.named, assumed.bare),
        None => (machines, deployment, Vec::new(), Vec::new()),
    };
    let mut misplaced: Vec<_> = fields.strangers(is_of_machine).into_iter().map(|key| key.name).collect();
    let top = Top::from_fields(fields, decoder);
    let Top { name, description, connection, nixpkgs, pools, networks, flaws, .. } = top;

    let mut dropped = Vec::new();
    let (only, named) = match form {
        Form::Machine => {
            of_a_fleet_only(defaults.as_ref(), name.as_ref().and(top_name), decoder);
            misplaced.extend(name.as_ref().map(|_| "name".to_owned()));
            let is_misspelt = flaws.is_unknown("deployment");
            (vec![single(root, deployment, module, is_misspelt, misplaced, decoder)], Vec::new())
        }
        // Without machines there still are networks and defaults.
        Form::Fleet => {
            decoder.misplaced_for_all = misplaced;
            dropped = sharing_a_name(machines.as_ref(), decoder);
            let mut named = fleet(machines, deployment.is_none() && module.is_none(), decoder);
            named.append(&mut at_the_top);
            (beside_fleet(bare, deployment), named)
        }
    };
    decoder.owner.clear();
    let has_defaults = defaults.is_some();
    decoder.defaults_unknown |= flaws.is_unknown("defaults");
    let layer = defaults.and_then(|defaults| Some(decode_layer(entry(None, &defaults, decoder)?, decoder)));
    decoder.defaults_unknown |= has_defaults && layer.is_none();

    let surroundings = Surroundings {
        pools: (!flaws.is_unknown("pools")).then_some(&pools),
        networks: (!flaws.is_unknown("networks")).then_some(&networks),
        connection: connection.as_ref(),
    };
    let count = named.len();
    let (mut drafts, mut left_out) = machines_of(only, named, layer.as_ref(), form, &surroundings, decoder);
    decoder.owner.clear();
    check::networks(&networks, &pools, decoder);
    if !decoder.context.ends_early {
        if decoder.given.is_some() {
            decoder.far_gateways = check::far_gateways(&drafts);
        }
        check_machines(&mut drafts, &surroundings, decoder);
    }
    look_into_dropped(dropped, layer.as_ref(), &surroundings, decoder);
    decoder.owner.clear();
    check::module_of_nobody(&drafts, count, decoder);
    let clashing = check::fleet(&drafts, &surroundings, decoder);
    let mut machines = Vec::with_capacity(drafts.len());
    for (index, draft) in drafts.into_iter().enumerate() {
        if draft.broken || clashing.contains(&index) {
            left_out.extend(draft.into_left_out());
        } else {
            machines.push((draft.attribute, draft.machine));
        }
    }
    let machines: BTreeMap<_, _> = machines.into_iter().collect();

    let fleet = match (&name, form, machines.values().next()) {
        (Some(name), Form::Fleet, _) => name.value.clone(),
        (_, Form::Machine, Some(machine)) => FleetName::of_machine(&machine.name.value),
        _ => FleetName::usual(),
    };
    Some(Deployment {
        fleet,
        form,
        description: description.map(|description| description.value),
        connection,
        nixpkgs,
        pools,
        networks,
        machines,
        left_out,
    })
}

/// Machines that stand beside a fleet, and have mistakes of their own. A single one need not have a name, which would be that
/// of its attribute, nor all else: it may be meant as the fleet's defaults.
fn beside_fleet<N: Node>(bare: Vec<(Key, Input<N>)>, single: Option<Input<N>>) -> Vec<Source<N>> {
    let single = single.map(|machine| Source {
        attribute: None,
        partial: true,
        ..Source::bare(String::new(), machine)
    });
    let bare = bare.into_iter().map(|(key, input)| Source::bare(key.name, input));
    bare.chain(single).collect()
}

/// Reports `machines` that are `null`, which counts as absent elsewhere; here it would be a fleet of nothing.
fn no_machines<N: Node>(machines: Option<&Field<N>>, decoder: &mut Decoder<'_>) {
    if let Some(field) = machines.filter(|field| field.value.is_null()) {
        let written = Input::new(field.value.clone(), field.key, "machines");
        decoder.wrong_type(&written, &Shape::Null, &Kind::Named("machine", Box::new(Kind::Set(&[]))));
    }
}

/// Checks the options of a machine that stand at the top of a file, which has nothing else.
fn options_alone<N: Node>(options: Input<N>, decoder: &mut Decoder<'_>) {
    // It may be a part of a fleet that is in another file.
    let surroundings = Surroundings { pools: None, networks: None, connection: None };
    let source = Source { attribute: None, ..Source::bare(String::new(), options) };
    // There the name would be that of the attribute.
    let mut drafts: Vec<_> = machine(source, None, Form::Fleet, decoder).into_iter().collect();
    check_machines(&mut drafts, &surroundings, decoder);
}

/// Which form a file has; `None` where it has neither.
fn form_of<N: Node>(attributes: &[Field<N>], decoder: &mut Decoder<'_>) -> Option<Form> {
    let has = |name: &str| attributes.iter().find(|field| field.name.as_ref() == name);
    let (fleet, single) = match (has("machines"), has("deployment").or(has("machine"))) {
        (Some(_), None) => return Some(Form::Fleet),
        (None, Some(single)) => return (!form::is_fleet(single)).then_some(Form::Machine),
        (None, None) => return None,
        (Some(fleet), Some(single)) => (fleet, single),
    };
    let message = "the file describes a fleet and a single machine at once";
    decoder.push(
        Diagnostic::new(Code::NotADeployment, single.key, message)
            .labelled("this describes a single machine")
            .with_label(fleet.key, "this describes a fleet")
            .with_help(
                "move the machine into `machines.<name>`, or what all machines have into `defaults.deployment`",
            ),
    );
    // The machines may have mistakes of their own.
    Some(Form::Fleet)
}

/// Checks what a fleet has beside machines, where it has none.
fn beside_machines<N: Node>(root: &N, attributes: &[Field<N>], decoder: &mut Decoder<'_>) {
    let of_fleet = |name: &str| matches!(name, "networks" | "pools" | "connection" | "nixpkgs");
    let is_fleet = attributes.iter().any(|field| of_fleet(field.name.as_ref()))
        && attributes.iter().all(|field| Top::position(field.name.as_ref()).is_some());
    let input = Input::new(root.clone(), root.span(), "");
    if is_fleet && let Some(fields) = Fields::of::<Top>(&input, decoder) {
        let top = Top::from_fields(fields, decoder);
        check::networks(&top.networks, &top.pools, decoder);
    }
}

/// Reports what only a fleet has, in a file of one machine.
fn of_a_fleet_only<N>(defaults: Option<&Input<N>>, name: Option<Span>, decoder: &mut Decoder<'_>) {
    if let Some(defaults) = defaults {
        let message = "`defaults` has no effect in a file of one machine";
        decoder.push(
            Diagnostic::new(Code::NoEffect, defaults.key, message)
                .labelled("only the machines of a fleet have defaults")
                .with_help("remove it, or describe a fleet with `machines.<name>`"),
        );
    }
    if let Some(name) = name {
        decoder.push(
            Diagnostic::new(Code::UnknownOption, name, "a file of one machine has no `name` at its top")
                .labelled("not an option here")
                .with_help("`name` belongs to `deployment`"),
        );
    }
}

/// What all machines of a fleet have in common.
struct Layer<N> {
    deployment: Option<N>,
    module: Option<Spanned<GuestModule>>,
    guest_unknown: bool,
}

/// Checks the defaults by themselves, so that their mistakes are found even where all machines set the option.
fn decode_layer<N: Node>(source: Source<N>, decoder: &mut Decoder<'_>) -> Layer<N> {
    decoder.misplaced_for_all.extend(source.misplaced);
    let mut deployment = None;
    if let Some(input) = source.deployment {
        decoder.partial = true;
        decoder.owner = "`defaults`".into();
        decoder.defaults_unknown |= input.node.is_incomplete();
        if let Some(options) = set::<MachineOptions, N>(&input, decoder) {
            if let Some(name) = &options.name {
                decoder.push(
                    Diagnostic::new(Code::Conflict, name.span, "`name` cannot be a default")
                        .labelled("every machine of the fleet would have this name")
                        .with_help("set `name` in the machines, or leave it to the attributes' names"),
                );
            }
            deployment = Some(input.node);
        } else {
            decoder.defaults_unknown = true;
        }
        decoder.partial = false;
    }
    Layer { deployment, module: source.own, guest_unknown: source.guest_unknown }
}

/// A machine that may have mistakes.
pub(crate) struct Draft {
    /// Key of the machine in the result.
    pub(crate) attribute: String,
    pub(crate) machine: Machine,
    /// Whether there was a mistake.
    pub(crate) broken: bool,
    /// Whether nothing is known of the guest's modules.
    pub(crate) guest_unknown: bool,
    /// Whether the name is known.
    pub(crate) named: bool,
}

impl Draft {
    /// What is left of a machine that has mistakes, if it runs NixOS.
    fn into_left_out(self) -> Option<LeftOut> {
        let machine = self.machine;
        let guest = machine.guest.clone();
        let has_module = guest.own.is_some() || guest.defaults.is_some();
        if !machine.nixos.value || !has_module {
            return None;
        }
        let name = if self.named { machine.name.value.to_string() } else { self.attribute.clone() };
        let flaws = &machine.options.flaws;
        let is_known =
            ["nixos", "interfaces", "staticIPs", "initialDisks"].iter().all(|one| !flaws.is_mistaken(one));
        let span = machine.span;
        let machine = is_known.then(|| Box::new(machine));
        Some(LeftOut { attribute: self.attribute, name, guest, span, machine })
    }

    /// What messages call the machine.
    pub(crate) fn title(&self) -> String {
        if self.named { format!("machine `{}`", self.machine.name.value) } else { "the machine".into() }
    }
}

/// The machines, and what is left of those of which nothing else is known: the `only` one of its file, or those of a
/// fleet by their names.
fn machines_of<N: Node>(
    only: Vec<Source<N>>,
    named: Vec<(Key, Input<N>)>,
    layer: Option<&Layer<N>>,
    form: Form,
    surroundings: &Surroundings<'_>,
    decoder: &mut Decoder<'_>,
) -> (Vec<Draft>, Vec<LeftOut>) {
    let (mut drafts, mut left_out) = (Vec::with_capacity(named.len()), Vec::new());
    let ends_early = decoder.context.ends_early;
    let mut checked = 0;
    // Returns whether that is enough.
    let mut add = |source: Source<N>, decoder: &mut Decoder<'_>| {
        let guest = guest_alone(&source, layer);
        let Some(draft) = machine(source, layer, form, decoder) else {
            left_out.extend(guest);
            return decoder.may_end();
        };
        let has_own_xml = draft.machine.has_own_xml();
        drafts.push(draft);
        if ends_early && drafts.len() - checked == AT_ONCE {
            check_machines(&mut drafts[checked..], surroundings, decoder);
            checked = drafts.len();
        }
        decoder.may_end() || ends_early && has_own_xml
    };
    for source in only {
        add(source, decoder);
    }
    // One after the other, from its entry to the end: there may be thousands.
    for (key, input) in named {
        let name = (!is_nameless(&key, &input)).then_some(key.name);
        let is_enough = match entry(name, &input, decoder) {
            Some(source) => add(source, decoder),
            None => decoder.may_end(),
        };
        if is_enough {
            break;
        }
    }
    if ends_early {
        check_machines(&mut drafts[checked..], surroundings, decoder);
    }
    (drafts, left_out)
}

/// What is wrong with machines that the fleet lacks, since others have their names.
fn look_into_dropped<N: Node>(
    dropped: Vec<(String, Input<N>)>,
    layer: Option<&Layer<N>>,
    surroundings: &Surroundings<'_>,
    decoder: &mut Decoder<'_>,
) {
    for (name, input) in dropped {
        let source = entry(Some(name), &input, decoder);
        if let Some(draft) = source.and_then(|source| machine(source, layer, Form::Fleet, decoder)) {
            check_machines(&mut [draft], surroundings, decoder);
        }
    }
}

/// How many machines are decoded before they are checked, where a mistake is the end: so many that the code for the one does
/// not keep that for the other out of the processor's cache, and few enough that one of the first is found soon.
const AT_ONCE: usize = 16;

/// Checks what the options of each machine are together.
fn check_machines(drafts: &mut [Draft], surroundings: &Surroundings<'_>, decoder: &mut Decoder<'_>) {
    for draft in drafts {
        let before = decoder.mistakes;
        decoder.at_machine(draft.named.then_some(draft.machine.name.as_str()));
        decoder.machine = Some(draft.machine.span);
        check::machine(draft, surroundings, decoder);
        decoder.machine = None;
        draft.broken |= decoder.mistakes > before;
    }
}

/// The guest of a machine of which nothing else may be known.
fn guest_alone<N>(source: &Source<N>, layer: Option<&Layer<N>>) -> Option<LeftOut> {
    let own = source.own.clone()?;
    let is_incomplete = source.guest_unknown || layer.is_some_and(|layer| layer.guest_unknown);
    let defaults = layer.and_then(|layer| layer.module.clone());
    let attribute = source.attribute.clone().unwrap_or_default();
    Some(LeftOut {
        name: attribute.clone(),
        attribute,
        guest: GuestConfig { own: Some(own), defaults, is_incomplete },
        span: source.key,
        machine: None,
    })
}

fn machine<N: Node>(
    source: Source<N>,
    layer: Option<&Layer<N>>,
    form: Form,
    decoder: &mut Decoder<'_>,
) -> Option<Draft> {
    let before = decoder.mistakes;
    let Source { attribute, key, deployment, whole, own, guest_unknown, broken, misplaced, partial } = source;
    decoder.at_attribute(attribute.as_deref());
    let beneath = layer.and_then(|layer| layer.deployment.clone());
    let input = match (deployment, beneath) {
        (Some(input), beneath) => Input { beneath: beneath.into_iter().collect(), ..input },
        (None, Some(node)) => Input::new(node, key, ""),
        (None, None) if form == Form::Machine => return None,
        // It may be in the defaults.
        (None, None) if decoder.defaults_unknown => return None,
        (None, None) => {
            let message = format!("option `deployment` is missing in {}", decoder.owner);
            let diagnostic = Diagnostic::new(Code::MissingOption, key, message)
                .labelled("`deployment` must be set here")
                .with_help("add, for example, `deployment = { cpus = 2; ram = 2048; };`");
            let diagnostic = decoder.with_null(diagnostic, key, &["deployment"]);
            decoder.push_about("missing deployment".into(), diagnostic);
            return None;
        }
    };
    decoder.needs_name = form == Form::Machine;
    decoder.partial = partial;
    decoder.machine = Some(key);
    decoder.users.next_machine();
    if decoder.users.is_collecting() {
        decoder.users.note(input.key);
    }
    let reported = decoder.diagnostics.len();
    decoder.misplaced = misplaced;
    let options = set::<MachineOptions, N>(&input, decoder);
    if let Some(whole) = whole.filter(|_| decoder.diagnostics.len() > reported) {
        missing::explain_replaced(&whole, &input, &mut decoder.diagnostics[reported..]);
        missing::explain_in_module(&whole, &mut decoder.diagnostics[reported..]);
    }
    decoder.needs_name = false;
    decoder.partial = false;
    decoder.machine = None;
    decoder.misplaced.clear();
    let options = Box::new(options?);
    let name = match (&options.name, &attribute) {
        (Some(name), _) => Some(name.clone()),
        (None, _) if options.flaws.is_unknown("name") => None,
        (None, Some(attribute)) => {
            let name = <MachineName as super::FromText>::from_text(attribute);
            match name {
                Ok(name) => Some(Spanned::new(name, key)),
                Err(malformed) => {
                    let form = <MachineName as super::FromText>::FORM;
                    decoder.push(malformed.of_name(attribute, form, key));
                    None
                }
            }
        }
        // Reported with the other missing options.
        (None, None) => None,
    };
    let named = name.is_some();
    let name = name.unwrap_or_else(|| Spanned::new(MachineName::unknown(), key));
    let defaults = layer.and_then(|layer| layer.module.clone());
    let guest_unknown = guest_unknown || layer.is_some_and(|layer| layer.guest_unknown);
    let guest = GuestConfig { own, defaults, is_incomplete: guest_unknown };
    let attribute = attribute.unwrap_or_else(|| name.value.to_string());
    let nixos = runs_nixos(&options, &guest, guest_unknown, key);
    let machine = Machine { name, options, nixos, guest, public_keys: Vec::new(), span: key };
    let broken = broken || decoder.mistakes > before;
    Some(Draft { attribute, machine, broken, guest_unknown, named })
}

/// Whether a machine runs NixOS, with the place that decides it.
fn runs_nixos(
    options: &MachineOptions,
    guest: &GuestConfig,
    guest_unknown: bool,
    key: Span,
) -> Spanned<bool> {
    if let Some(nixos) = &options.nixos {
        return *nixos;
    }
    if let Some(media) = &options.installation_media {
        return Spanned::new(false, media.span);
    }
    if let Some(order) = &options.boot_order {
        return Spanned::new(false, order.span);
    }
    if let Some(image) = options.initial_disks.get("boot").and_then(|boot| boot.value.from_image.as_ref()) {
        return Spanned::new(false, image.span);
    }
    let module = guest.own.as_ref().or(guest.defaults.as_ref());
    Spanned::new(module.is_some() || guest_unknown, module.map_or(key, |module| module.span))
}
