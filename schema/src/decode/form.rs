//! Whether a file is a deployment at all, and what it seems to be where it is none.

use launchnix_diagnostics::{Applicability, Code, Diagnostic, Fix, Span};

use super::fleet::Top;
use super::wrong_type::{FOR_MODULES, of_modules};
use super::{Decoder, Input, level, nearest, synonyms};
use crate::deployment::Form;
use crate::option::{Key, Options};
use crate::options::MachineOptions;
use crate::{Field, Node, Shape};

/// The shape of the whole file, which must be a set.
pub(super) fn shape<N: Node>(root: &N, decoder: &mut Decoder<'_>) -> Option<Shape<N>> {
    let found = decoder.shape(root)?;
    match found {
        Shape::Attrs(_) => match of_modules(root) {
            Some(described) => {
                let message = format!("the file holds {described}, not a deployment");
                let whole = root.used().unwrap_or(root.span());
                // The whole file would be underlined.
                let start = Span::new(whole.source, whole.start, whole.start + 1);
                decoder.push(
                    Diagnostic::new(Code::NotADeployment, start, message)
                        .labelled(described)
                        .with_help(FOR_MODULES),
                );
            }
            None => return Some(found),
        },
        Shape::Function => decoder.push(
            Diagnostic::new(
                Code::NotADeployment,
                root.span(),
                "the file is a function that was not given its arguments",
            )
            .labelled("a function")
            .with_help(
                "give its arguments with `--arg NAME EXPR` or `--argstr NAME STRING`, or give them defaults",
            ),
        ),
        _ => {
            let message = format!("the file holds {}, not a deployment", found.describe());
            decoder.push(
                Diagnostic::new(Code::NotADeployment, root.span(), message)
                    .labelled(found.describe())
                    .with_help(EXPECTED),
            );
        }
    }
    None
}

/// What a deployment file looks like.
const EXPECTED: &str = "a deployment is `{ deployment = { … }; machine = …; }` for one machine, \
                        or `{ machines.<name> = { deployment = { … }; machine = …; }; }` for a fleet";

/// The attributes that tell which form a file has.
const FORMS: [&str; 3] = ["machines", "deployment", "machine"];

fn unknown_form(name: &str, key: Span, meant: &str) -> Diagnostic {
    Diagnostic::new(Code::UnknownOption, key, format!("there is no option `{name}`"))
        .labelled(format!("did you mean `{meant}`?"))
        .with_help(EXPECTED)
        .with_fix(Fix { span: key, replacement: meant.to_owned(), applicability: Applicability::Unsafe })
}

/// What a file of neither form is taken for once that is told, so that its other mistakes are found.
pub(super) struct Assumed<N> {
    pub(super) form: Form,
    /// The machine, or the machines, under another name.
    pub(super) deployment: Option<Input<N>>,
    pub(super) machines: Option<Input<N>>,
    /// Machines at the top of the file.
    pub(super) named: Vec<(Key, Input<N>)>,
    /// What should be the `deployment` of machines, at the top of the file.
    pub(super) bare: Vec<(Key, Input<N>)>,
    /// The attributes that these are.
    pub(super) names: Vec<String>,
}

impl<N: Node> Assumed<N> {
    fn new(form: Form) -> Self {
        Self {
            form,
            deployment: None,
            machines: None,
            named: Vec::new(),
            bare: Vec::new(),
            names: Vec::new(),
        }
    }

    fn machines(field: &Field<N>) -> Self {
        let machines = Some(Input::new(field.value.clone(), field.key, "machines"));
        Self { machines, names: vec![field.name.clone().into()], ..Self::new(Form::Fleet) }
    }

    fn deployment(field: &Field<N>) -> Self {
        let deployment = Some(Input::new(field.value.clone(), field.key, "deployment"));
        Self { deployment, names: vec![field.name.clone().into()], ..Self::new(Form::Machine) }
    }

    fn named(machines: &[&Field<N>]) -> Self {
        Self { named: inputs(machines), names: names(machines), ..Self::new(Form::Fleet) }
    }

    fn bare(machines: &[&Field<N>]) -> Self {
        Self { bare: inputs(machines), names: names(machines), ..Self::new(Form::Fleet) }
    }

    /// What one attribute has, each of which should be the `deployment` of a machine.
    fn bare_in(field: &Field<N>) -> Self {
        let mut machines: Vec<_> = level::attributes(&field.value).into_iter().flatten().collect();
        machines.sort_by_key(|machine| machine.key);
        let machines: Vec<_> = machines.iter().collect();
        Self { names: vec![field.name.clone().into()], ..Self::bare(&machines) }
    }
}

fn names<N: Node>(fields: &[&Field<N>]) -> Vec<String> {
    fields.iter().map(|field| field.name.as_ref().to_owned()).collect()
}

fn inputs<N: Node>(fields: &[&Field<N>]) -> Vec<(Key, Input<N>)> {
    let key = |field: &Field<N>| Key { name: field.name.as_ref().to_owned(), span: field.key };
    let input = |field: &Field<N>| Input::new(field.value.clone(), field.key, field.name.as_ref().to_owned());
    fields.iter().map(|field| (key(field), input(field))).collect()
}

/// Whether `machine` or `deployment` has the machines of a fleet.
pub(super) fn is_fleet<N: Node>(field: &Field<N>) -> bool {
    match field.name.as_ref() {
        "machine" => level::are_machines(&field.value),
        "deployment" => level::holds_deployments(&field.value),
        _ => false,
    }
}

/// Says what is wrong with a file that has neither `machines` nor `deployment`, where machines are to be seen in it.
pub(super) fn assumed<N: Node>(attributes: &[Field<N>], decoder: &mut Decoder<'_>) -> Option<Assumed<N>> {
    let is_deployment = |field: &&Field<N>| field.name.as_ref() == "deployment";
    if let Some(deployment) = attributes.iter().find(is_deployment) {
        let input = Input::new(deployment.value.clone(), deployment.key, "deployment");
        level::machines_in_deployment(&input, decoder);
        return Some(Assumed::bare_in(deployment));
    }
    if let Some(machine) = attributes.iter().find(|field| is_fleet(field)) {
        decoder.push(
            Diagnostic::new(
                Code::NotADeployment,
                machine.key,
                "`machine` is the guest's NixOS module, and holds machines here",
            )
            .labelled("did you mean `machines`?")
            .with_help("a fleet is `machines.<name> = { deployment = { … }; machine = …; };`"),
        );
        return Some(Assumed::machines(machine));
    }
    let name = |field: &Field<N>| field.name.as_ref().to_owned();
    let of_machine = |field: &&Field<N>| matches!(field.name.as_ref(), "cpus" | "ram");
    let is_bare = |field: &&&Field<N>| {
        Top::position(field.name.as_ref()).is_none() && level::has_shape_of_machine(&field.value)
    };
    let within_defaults = |field: &&Field<N>| {
        field.name.as_ref() == "defaults" && level::machines_in(&field.value, "").is_some()
    };
    if attributes.iter().any(|field| of_machine(&field) || within_defaults(&field)) {
        return None;
    }
    let is_defaults = |name: &str| nearest(name, ["defaults"]).is_some() || synonyms::means(name, "defaults");
    let mut fields: Vec<_> = attributes.iter().filter(|field| !is_defaults(field.name.as_ref())).collect();
    fields.sort_by_key(|field| field.key);
    if let Some((field, meant)) =
        fields.iter().find_map(|field| Some((*field, nearest(field.name.as_ref(), FORMS)?)))
    {
        let assumed = match meant {
            "machines" if level::has_machines_of_any_form(&field.value) => Assumed::machines(field),
            "deployment" if level::is_deployment(&field.value) => Assumed::deployment(field),
            _ if level::holds_deployments(&field.value) => {
                decoder.push(bare_under_another_word(field));
                return Some(Assumed::bare_in(field));
            }
            "deployment" | "machine" if level::has_machines_of_any_form(&field.value) => {
                decoder.push(unknown_form(&name(field), field.key, "machines"));
                return Some(Assumed::machines(field));
            }
            _ => return None,
        };
        decoder.push(unknown_form(&name(field), field.key, meant));
        return Some(assumed);
    }
    let is_machine = |field: &&&Field<N>| field.value.attribute("deployment").is_some();
    let machines: Vec<_> = fields.iter().filter(is_machine).copied().collect();
    if !machines.is_empty() {
        decoder.push(machines_at_the_top(&machines, ""));
        return Some(Assumed::named(&machines));
    }
    let bare: Vec<_> = fields.iter().filter(is_bare).copied().collect();
    match bare.as_slice() {
        [] => {}
        [only] if only.value.attribute("name").is_some() => {
            decoder.push(unknown_form(&name(only), only.key, "deployment"));
            return Some(Assumed::deployment(only));
        }
        machines => {
            decoder.push(machines_at_the_top(machines, ".deployment"));
            return Some(Assumed::bare(machines));
        }
    }
    let is_stranger = |field: &&Field<N>| Top::position(field.name.as_ref()).is_none();
    let field =
        fields.into_iter().filter(is_stranger).find(|field| level::has_machines_of_any_form(&field.value))?;
    if level::holds_deployments(&field.value) {
        decoder.push(bare_under_another_word(field));
        return Some(Assumed::bare_in(field));
    }
    decoder.push(unknown_form(&name(field), field.key, "machines"));
    Some(Assumed::machines(field))
}

/// Says that the options of machines stand under a name that is none, without `deployment`.
fn bare_under_another_word<N: Node>(field: &Field<N>) -> Diagnostic {
    let first = level::attributes(&field.value).into_iter().flatten().min_by_key(|machine| machine.key);
    let first = first.map_or_else(String::new, |machine| machine.name.into());
    let diagnostic = unknown_form(field.name.as_ref(), field.key, "machines");
    let diagnostic = diagnostic.with_help(format!("write `machines.{first}.deployment = {{ … }};`"));
    Diagnostic { fix: None, ..diagnostic }
}

/// Where the configuration of a guest belongs.
pub const OF_GUEST: &str = "a guest's configuration belongs to its machine: `{ deployment = { name = \"web\"; cpus = 2; ram = 2048; }; \
                            machine = …; }`";

/// Whether NixOS has options under a name at the top of a configuration, and no tool has machines there.
pub fn is_of_nixos(name: &str) -> bool {
    matches!(
        name,
        "boot"
            | "environment"
            | "fileSystems"
            | "fonts"
            | "hardware"
            | "home-manager"
            | "i18n"
            | "imports"
            | "networking"
            | "nix"
            | "programs"
            | "security"
            | "system"
            | "systemd"
            | "time"
            | "users"
            | "virtualisation"
    )
}

/// What the message is about a file of neither form.
const NEITHER: &str = "the file is neither a machine nor a fleet";

/// Reports machines that stand beside each other where `machines` should be; `within` is what they lack besides.
fn machines_at_the_top<N: Node>(machines: &[&Field<N>], within: &str) -> Diagnostic {
    let (first, others) = (machines[0], &machines[1..]);
    let name = first.name.as_ref();
    let help = if within.is_empty() {
        "put the machines into `machines = { … };`, or write `machines.` in front of their names".to_owned()
    } else {
        format!("write `machines.{name}{within} = {{ … }};`")
    };
    let mut diagnostic = Diagnostic::new(Code::NotADeployment, first.key, NEITHER)
        .labelled(format!("a machine, which belongs to `machines`: `machines.{name}{within}`"))
        .with_help(help);
    for other in others {
        diagnostic = diagnostic.with_label(other.key, "this as well");
    }
    diagnostic
}

/// Says what is wrong with a file that has neither `machines` nor `deployment`, nor anything that is taken for it. Returns
/// the file as the options of a machine, where it has those and none of a fleet.
pub(super) fn unrecognised<N: Node>(
    root: &N,
    attributes: &[Field<N>],
    decoder: &mut Decoder<'_>,
) -> Option<Input<N>> {
    if let Some(defaults) = attributes.iter().find(|field| field.name.as_ref() == "defaults")
        && level::machines_within(defaults, decoder)
    {
        return None;
    }
    let misspelt = attributes.iter().find_map(|field| Some((field, nearest(field.name.as_ref(), FORMS)?)));
    if let Some((field, meant)) = misspelt {
        decoder.push(unknown_form(field.name.as_ref(), field.key, meant));
        return None;
    }
    if let Some(option) = attributes.iter().find(|field| matches!(field.name.as_ref(), "cpus" | "ram")) {
        decoder.push(
            Diagnostic::new(Code::NotADeployment, option.key, NEITHER)
                .labelled("an option of a machine")
                .with_help("put the options of the machine into `deployment = { … };`"),
        );
        let is_of_fleet = |field: &Field<N>| {
            Top::position(field.name.as_ref()).is_some()
                && MachineOptions::position(field.name.as_ref()).is_none()
        };
        let is_machine = !attributes.iter().any(is_of_fleet);
        return is_machine.then(|| Input::new(root.clone(), option.key, ""));
    }
    if let Some(option) =
        attributes.iter().filter(|field| is_of_nixos(field.name.as_ref())).min_by_key(|field| field.key)
        && attributes.iter().all(|field| Top::position(field.name.as_ref()).is_none())
    {
        decoder.push(
            Diagnostic::new(
                Code::NotADeployment,
                option.key,
                "the file holds a NixOS configuration, not a deployment",
            )
            .labelled("an option of NixOS")
            .with_help(OF_GUEST),
        );
        return None;
    }
    let name = |field: &Field<N>| field.name.as_ref().to_owned();
    // morph and NixOps have the guest's configuration where a fleet has its machines.
    let is_module = |field: &&Field<N>| {
        !matches!(field.name.as_ref(), "network" | "defaults" | "outputs")
            && matches!(field.value.shape(), Ok(Shape::Function))
    };
    let module = attributes.iter().filter(is_module).min_by_key(|field| field.key);
    let span = root.span();
    // The whole file would be underlined.
    let start = Span::new(span.source, span.start, span.start + 1);
    let lacking = Diagnostic::new(Code::NotADeployment, start, NEITHER)
        .labelled("neither `deployment` nor `machines` is set here");
    let is_flake = attributes.iter().any(|field| field.name.as_ref() == "outputs");
    decoder.push(match module {
        Some(module) => Diagnostic::new(Code::NotADeployment, module.key, NEITHER)
            .labelled(format!("the configuration of a guest belongs to `machines.{}.machine`", name(module)))
            .with_help(format!(
                "say what the machine has beside it: `machines.{} = {{ deployment = {{ cpus = 2; ram = 2048; }}; \
                 machine = …; }};`",
                name(module)
            ))
            .with_note("Launchnix writes morph's network itself, from `machines`"),
        None if is_flake => lacking.with_help(
            "this is a flake: have its deployment in a file of its own, and name that file to `launchnix`",
        ),
        None => lacking.with_help(EXPECTED),
    });
    None
}
