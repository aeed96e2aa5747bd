//! Whether a file is a deployment at all, and what it seems to be where it is none.

use launchnix_diagnostics::{Applicability, Code, Diagnostic, Fix, Span};

use super::wrong_type::{FOR_MODULES, of_modules};
use super::{Decoder, level, nearest};
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

fn unknown_form(name: &str, key: Span) -> Diagnostic {
    let meant = nearest(name, ["machines", "deployment", "machine"]).unwrap_or("machines");
    Diagnostic::new(Code::UnknownOption, key, format!("there is no option `{name}`"))
        .labelled(format!("did you mean `{meant}`?"))
        .with_help(EXPECTED)
        .with_fix(Fix { span: key, replacement: meant.to_owned(), applicability: Applicability::Unsafe })
}

/// Says what is wrong with a file that has neither `machines` nor `deployment`. What is a machine in it is returned: it
/// may have mistakes of its own.
pub(super) fn unrecognised<'f, N: Node>(
    root: &N,
    attributes: &'f [Field<N>],
    decoder: &mut Decoder<'_>,
) -> Vec<&'f Field<N>> {
    let name = |field: &'f Field<N>| field.name.as_ref();
    if let Some(defaults) = attributes.iter().find(|field| name(field) == "defaults")
        && level::machines_within(defaults, decoder)
    {
        return Vec::new();
    }
    let misspelt = attributes
        .iter()
        .find(|field| nearest(field.name.as_ref(), ["machines", "deployment", "machine"]).is_some());
    if let Some(field) = misspelt {
        decoder.push(unknown_form(name(field), field.key));
        return Vec::new();
    }
    let message = "the file is neither a machine nor a fleet";
    if let Some(option) = attributes.iter().find(|field| matches!(field.name.as_ref(), "cpus" | "ram")) {
        decoder.push(
            Diagnostic::new(Code::NotADeployment, option.key, message)
                .labelled("an option of a machine")
                .with_help("put the options of the machine into `deployment = { … };`"),
        );
        return Vec::new();
    }
    let is_machine =
        |field: &Field<N>| field.name.as_ref() != "defaults" && field.value.attribute("deployment").is_some();
    let mut machines: Vec<_> = attributes.iter().filter(|field| is_machine(field)).collect();
    machines.sort_by_key(|field| field.key);
    if let [first, others @ ..] = &*machines {
        let mut diagnostic = Diagnostic::new(Code::NotADeployment, first.key, message)
            .labelled(format!("a machine, which belongs to `machines`: `machines.{}`", name(first)))
            .with_help(
                "put the machines into `machines = { … };`, or write `machines.` in front of their names",
            );
        for other in others {
            diagnostic = diagnostic.with_label(other.key, "this as well");
        }
        decoder.push(diagnostic);
        return machines;
    }
    // morph and NixOps have the guest's configuration where a fleet has its machines.
    let is_module = |field: &&Field<N>| {
        !matches!(field.name.as_ref(), "network" | "defaults" | "outputs")
            && matches!(field.value.shape(), Ok(Shape::Function))
    };
    let module = attributes.iter().filter(is_module).min_by_key(|field| field.key);
    let span = root.span();
    // The whole file would be underlined.
    let start = Span::new(span.source, span.start, span.start + 1);
    let lacking = Diagnostic::new(Code::NotADeployment, start, message)
        .labelled("neither `deployment` nor `machines` is set here");
    let is_flake = attributes.iter().any(|field| field.name.as_ref() == "outputs");
    decoder.push(match module {
        Some(module) => Diagnostic::new(Code::NotADeployment, module.key, message)
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
    Vec::new()
}
