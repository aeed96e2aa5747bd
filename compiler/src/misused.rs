//! Operators that do something else than other languages have them do: what is to change is the operator, and not the
//! value that it is given.

use launchnix_diagnostics::{Applicability, Diagnostic, Fault, Fix, Label, Role, SourceMap, Span, ValueType};

use crate::meant::offset;

/// Says which operator was meant, where that can be told.
pub(crate) fn explain(diagnostic: &mut Diagnostic, map: &SourceMap) -> bool {
    let (Some(made), Some(Fault::WrongType { needed, found })) =
        (diagnostic.primary, diagnostic.fault.clone())
    else {
        return false;
    };
    let place = diagnostic.place_of(Role::Used).unwrap_or(made);
    let text = map.get(place.source).text();
    let (before, after) = (&text[..place.start as usize], &text[place.end as usize..]);
    let said = match (needed, found) {
        (ValueType::List, ValueType::Set) => concatenated(place, before, after),
        (ValueType::Set, ValueType::List) => merged(place, map.slice(place), before, after),
        (ValueType::Set, ValueType::String) => dotted(place, after),
        (ValueType::Bool, _) => negated(place, before, after),
        _ => None,
    };
    let Some(said) = said else { return false };
    diagnostic.primary = Some(place);
    said.label.clone_into(&mut diagnostic.primary_label);
    diagnostic.help = Some(said.help.to_owned());
    diagnostic.fix = said.replacement.map(|replacement| Fix {
        span: said.operator,
        replacement: replacement.to_owned(),
        applicability: Applicability::Unsafe,
    });
    diagnostic.labels.retain(|label| label.role != Some(Role::Used));
    if made != place {
        diagnostic.labels.insert(0, Label::of(made, Role::Value));
    }
    true
}

/// What is said of an operator.
struct Said {
    operator: Span,
    label: &'static str,
    help: &'static str,
    replacement: Option<&'static str>,
}

/// Where an operator stands beside a value.
fn beside(place: Span, before: &str, after: &str, operator: &str) -> Option<Span> {
    let length = offset(operator.len());
    if after.trim_start().starts_with(operator) {
        let start = place.end + offset(after.len() - after.trim_start().len());
        return Some(Span::new(place.source, start, start + length));
    }
    let before = before.trim_end();
    let end = offset(before.len());
    before.ends_with(operator).then(|| Span::new(place.source, end - length, end))
}

/// Whether a list is written out on the other side of an operator.
fn is_list_beyond(operator: Span, place: Span, before: &str, after: &str) -> bool {
    if operator.start >= place.end {
        after.trim_start()[2..].trim_start().starts_with('[')
    } else {
        before.trim_end()[..before.trim_end().len() - 2].trim_end().ends_with(']')
    }
}

/// `base ++ { … }`
fn concatenated(place: Span, before: &str, after: &str) -> Option<Said> {
    let operator = beside(place, before, after, "++")?;
    if is_list_beyond(operator, place, before, after) {
        return None;
    }
    Some(Said {
        operator,
        label: "a set",
        help: "`++` joins lists: sets are joined by `//`",
        replacement: Some("//"),
    })
}

/// `tags // [ … ]`
fn merged(place: Span, written: &str, before: &str, after: &str) -> Option<Said> {
    let operator = beside(place, before, after, "//")?;
    let is_list = written.starts_with('[') && !before.trim_end().ends_with("} //")
        || is_list_beyond(operator, place, before, after);
    is_list.then_some(Said {
        operator,
        label: "a list",
        help: "`//` joins sets: lists are joined by `++`",
        replacement: Some("++"),
    })
}

/// `"web" . "prod"`
fn dotted(place: Span, after: &str) -> Option<Said> {
    let dot = after.trim_start();
    let is_apart = after.len() > dot.len() || dot.starts_with(". ") || dot.starts_with(".\"");
    if !dot.starts_with('.') || !is_apart {
        return None;
    }
    let start = place.end + offset(after.len() - dot.len());
    Some(Said {
        operator: Span::new(place.source, start, start + 1),
        label: "a string has no attributes",
        help: "strings are joined by `+`, and elements of a list need nothing between them",
        replacement: None,
    })
}

/// `!env == "prod"`
fn negated(place: Span, before: &str, after: &str) -> Option<Said> {
    let operator = beside(place, before, "", "!")?;
    after.trim_start().starts_with("==").then_some(Said {
        operator,
        label: "`!` is applied to this before it is compared",
        help: "write `!=` for what is not equal",
        replacement: None,
    })
}
