//! Options that a set lacks, with what to add.

use launchnix_diagnostics::{About, Applicability, Code, Diagnostic, Fix, Span, enumerate};

use super::{Decoder, Input};
use crate::option::OptionInfo;
use crate::{Node, Shape};

/// One diagnostic for all options that a set lacks.
///
/// What a machine lacks is told at the machine's key. Where several machines are made from one set, such as by a
/// function, it is told once.
pub(super) fn report<N: Node>(
    missing: &[&'static OptionInfo],
    node: &N,
    key: Span,
    path: &str,
    decoder: &mut Decoder<'_>,
) {
    // What a syntax error swallowed is written there, and is not missing: the error has been reported.
    let swallowed = if node.is_broken() { node.written() } else { None };
    let is_written = |option: &OptionInfo| {
        swallowed.as_ref().is_some_and(|text| has_word(text, option.name) || has_start(text, option.name))
    };
    let is_missing = |option: &&OptionInfo| !is_written(option);
    let missing: Vec<_> = missing.iter().copied().filter(is_missing).collect();
    if missing.is_empty() || decoder.defaults_unknown && decoder.machine.is_some() {
        decoder.mistakes += 1;
        return;
    }
    let names: Vec<_> = missing.iter().map(|option| format!("`{}`", option.name)).collect();
    let names = enumerate(&names, "and");
    let primary = decoder.machine.filter(|_| path.is_empty()).unwrap_or(key);
    if let Some(&first) = decoder.lacking.get(&(key, names.clone())) {
        decoder.mistakes += 1;
        let label = format!("{} lacks {} too", decoder.owner, if missing.len() == 1 { "it" } else { "them" });
        if first == primary {
            decoder.concerns_this_too(Code::MissingOption, first, &names);
        } else {
            decoder.add_label(Code::MissingOption, first, primary, label);
        }
        return;
    }
    decoder.lacking.insert((key, names.clone()), primary);

    let (options, are) = if missing.len() == 1 { ("option", "is") } else { ("options", "are") };
    let owner = match (path.is_empty(), decoder.owner.is_empty()) {
        (true, true) => String::new(),
        (true, false) => format!(" in {}", decoder.owner),
        (false, true) => format!(" in `{path}`"),
        (false, false) => format!(" in `{path}` of {}", decoder.owner),
    };
    // What the topology of processors comes to is no example.
    let count = product(node, &["sockets", "cores", "threads"])
        .filter(|_| matches!(missing[..], [OptionInfo { name: "count", .. }]));
    let stub: Vec<_> = match count {
        Some(count) => vec![format!("count = {count};")],
        None => missing.iter().map(|option| format!("{} = {};", option.name, option.example)).collect(),
    };
    let units: Vec<_> = missing
        .iter()
        .filter_map(|option| option.unit.map(|unit| format!("`{}` is in {unit}", option.name)))
        .collect();
    let units = if units.is_empty() { String::new() } else { format!(" ({})", units.join(", ")) };
    let mut diagnostic =
        Diagnostic::new(Code::MissingOption, primary, format!("{options} {names} {are} missing{owner}"))
            .labelled(format!("{names} must be set here"))
            .with_help(match count {
                Some(_) => format!("add `{}`: sockets, cores and threads multiplied", stub[0]),
                None => format!("add, for example, `{}`{units}", stub.join(" ")),
            });
    // A set that a function makes, or that stands in another file, is where the user would add it.
    let is_elsewhere =
        key.source != primary.source || key.start < primary.start || decoder.users.are_several(key);
    if key != primary && is_elsewhere {
        diagnostic = diagnostic.with_label(key, "this set lacks it");
    }
    for option in &missing {
        diagnostic = diagnostic.with_note(format!("`{}`: {}", option.name, option.gist()));
    }
    let names_of_missing: Vec<_> = missing.iter().map(|option| option.name).collect();
    diagnostic = decoder.with_null(diagnostic, key, &names_of_missing);
    diagnostic.about = Some(About::Missing(names_of_missing));
    // What is set to `null` is there already.
    let null = |name: &str| match node.shape() {
        Ok(Shape::Attrs(mut attributes)) => attributes.any(|attribute| attribute.name.as_ref() == name),
        _ => true,
    };
    if !missing.iter().any(|option| null(option.name))
        && let Some(fix) = insertion(node, &stub)
    {
        diagnostic = diagnostic.with_fix(fix);
    }
    decoder.push_about(names, diagnostic);
}

/// What a machine lacks may stand in the `deployment` of a set that it is made from by `//`, which replaces that as a
/// whole.
pub(super) fn explain_replaced<N: Node>(whole: &N, deployment: &Input<N>, diagnostics: &mut [Diagnostic]) {
    for diagnostic in diagnostics {
        let Some(About::Missing(options)) = &diagnostic.about else { continue };
        let Some(replaced) = whole.replaced("deployment") else { return };
        let had: Vec<_> = options.iter().filter(|name| replaced.value.attribute(name).is_some()).collect();
        if had.is_empty() {
            continue;
        }
        let them = if had.len() == 1 { "it" } else { "them" };
        let mut explained = diagnostic
            .clone()
            .with_label(replaced.key, format!("this `deployment` has {them}, and is replaced"))
            .with_label(deployment.key, "this one takes its place as a whole")
            .with_help(
                "`//` does not merge what is inside: write `deployment = base.deployment // { … };` where `base` is the \
                 set that is extended, or put what all machines have into `defaults`",
            );
        // They are known to whoever wrote them before.
        explained.notes.clear();
        explained.fix = None;
        *diagnostic = explained;
    }
}

/// What a machine lacks may stand in its NixOS module.
pub(super) fn explain_in_module<N: Node>(whole: &N, diagnostics: &mut [Diagnostic]) {
    for diagnostic in diagnostics {
        let Some(About::Missing(options)) = diagnostic.about.clone() else { continue };
        let Some(Ok(Shape::Attrs(fields))) = whole.attribute("machine").map(|module| module.shape()) else {
            return;
        };
        for field in fields.filter(|field| matches!(field.name.as_ref(), "cpus" | "ram")) {
            let name = field.name.as_ref();
            if options.contains(&name) {
                *diagnostic = diagnostic
                    .clone()
                    .with_label(field.key, format!("`{name}` stands in `machine`, the guest's NixOS module"))
                    .with_help("move it out of `machine`, into `deployment`");
                diagnostic.fix = None;
            }
        }
    }
}

/// What the integers of a set that have these names multiply to, if it has any of them.
fn product<N: Node>(node: &N, names: &[&str]) -> Option<i64> {
    let set = names.iter().filter_map(|name| node.attribute(name));
    let factors: Option<Vec<i64>> = set
        .map(|value| match value.shape() {
            Ok(Shape::Int(factor)) => Some(factor),
            _ => None,
        })
        .collect();
    let factors = factors.filter(|factors| !factors.is_empty())?;
    factors.into_iter().try_fold(1, i64::checked_mul).filter(|&product| product > 0)
}

/// Whether the start of a name stands in a text as a word of its own: somebody is typing it.
fn has_start(text: &str, name: &str) -> bool {
    /// What is shorter may be the start of anything.
    const ENOUGH: usize = 2;
    let mut words = text.split(|letter: char| !letter.is_alphanumeric() && letter != '_');
    words.any(|word| word.len() >= ENOUGH && name.starts_with(word))
}

/// Whether a name stands in a text as a word of its own.
fn has_word(text: &str, name: &str) -> bool {
    let continues = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '\'');
    text.match_indices(name)
        .any(|(at, _)| !text[..at].ends_with(continues) && !text[at + name.len()..].starts_with(continues))
}

/// Adds attributes at the start of a set, indented as the set is. `None` where it is not written as a set.
pub(crate) fn insertion<N: Node>(node: &N, attributes: &[String]) -> Option<Fix> {
    let text = node.written()?;
    let open = match text.strip_prefix("rec") {
        Some(rest) => text.len() - rest.trim_start().len(),
        None => 0,
    };
    let rest = text.get(open..)?.strip_prefix('{')?;
    let gap = &rest[..rest.len() - rest.trim_start().len()];
    let replacement = match gap.rfind('\n') {
        Some(newline) => {
            let mut indent = gap[newline + 1..].to_owned();
            if rest.trim_start().starts_with('}') {
                indent.push_str("  ");
            }
            attributes.iter().flat_map(|attribute| ["\n", indent.as_str(), attribute]).collect()
        }
        None if gap.is_empty() => format!(" {} ", attributes.join(" ")),
        None => format!(" {}", attributes.join(" ")),
    };
    let span = node.span();
    let at = span.start + u32::try_from(open).ok()? + 1;
    let span = Span::new(span.source, at, at);
    Some(Fix { span, replacement, applicability: Applicability::Unsafe })
}
