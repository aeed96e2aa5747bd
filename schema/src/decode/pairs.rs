//! Machines that are given as what `listToAttrs` takes: a set of a `name` and a `value`, which is the machine.

use std::collections::BTreeMap;

use launchnix_diagnostics::{Applicability, Code, Diagnostic, Fix, Span};

use super::{Decoder, Input, some_of};
use crate::Node;

/// A machine that is given so.
#[derive(Debug)]
pub(crate) struct Pair {
    /// What messages call it: `machines.web`.
    path: String,
    /// What the machine's attribute says: a call, or the set itself.
    used: Span,
    /// The key of the pair's name.
    name: Span,
    /// What `used` is, to be written in parentheses, where it does not stand for the set itself.
    call: Option<Span>,
}

/// The machine within a pair, which is noted.
pub(super) fn machine_in<N: Node>(input: &Input<N>, decoder: &mut Decoder<'_>) -> Option<Input<N>> {
    let (name, value) = (input.node.key_of("name")?, input.node.attribute("value")?);
    let is_machine =
        |node: &N| ["deployment", "machine"].into_iter().any(|option| node.attribute(option).is_some());
    if is_machine(&input.node) || !is_machine(&value) {
        return None;
    }
    let made = input.node.span();
    let used = input.node.used().filter(|used| !used.contains(input.key)).unwrap_or(made);
    let call = Some(used).filter(|used| !used.contains(made) && *used != input.key);
    decoder.pairs.push(Pair { path: input.path.to_string(), used, name, call });
    Some(Input { node: value, ..input.clone() })
}

/// Reports the pairs: a function that makes them all has one mistake.
pub(super) fn report(decoder: &mut Decoder<'_>) {
    let mut by_place: BTreeMap<Span, Vec<Pair>> = BTreeMap::new();
    for pair in std::mem::take(&mut decoder.pairs) {
        by_place.entry(pair.name).or_default().push(pair);
    }
    for (name, pairs) in by_place {
        let Some(first) = pairs.first() else { continue };
        let is_only = pairs.len() == 1;
        let message = format!("`{}` is a pair of a name and a value, but must be a machine", first.path);
        let place = if is_only { first.used } else { name };
        let mut diagnostic = Diagnostic::new(Code::WrongType, place, message)
            .labelled("`listToAttrs` makes machines of such pairs")
            .with_help("leave out `name`, and write what `value` holds in the place of the pair");
        if let Some(call) = first.call.filter(|_| is_only) {
            let (start, end) =
                (Span::new(call.source, call.start, call.start), Span::new(call.source, call.end, call.end));
            let fix = |span, text: &str| Fix {
                span,
                replacement: text.to_owned(),
                applicability: Applicability::Unsafe,
            };
            diagnostic = diagnostic
                .with_label(name, "the pair")
                .with_help("take the machine out of the pair: `(…).value`")
                .with_fix(fix(start, "("))
                .with_further_edit(end, ").value".to_owned());
        }
        if !is_only {
            let machines: Vec<_> = pairs.iter().map(|pair| format!("`{}`", pair.path)).collect();
            diagnostic = diagnostic.with_note(format!("this concerns {}", some_of(&machines)));
        }
        decoder.push(diagnostic);
    }
}
