//! Names that are misspelt where the evaluator looks for them: arguments of functions and attributes of sets. The name
//! alone is to change, whatever stands around it.

use launchnix_diagnostics::{Applicability, Diagnostic, Fault, Fix, SourceMap, Span};
use launchnix_evaluator::syntax::SyntaxKind;

use crate::meant::{with_tree, within};

/// An argument that has nearly the name of one that the function takes.
pub(crate) fn argument(diagnostic: &mut Diagnostic, map: &SourceMap) -> bool {
    let (Some(span), Some(Fault::UnexpectedArgument(_) | Fault::MissingArgument(_))) =
        (diagnostic.primary, &diagnostic.fault)
    else {
        return false;
    };
    let Some(meant) = suggested(diagnostic.help.as_deref()) else { return false };
    let written = map.slice(span);
    if !is_name(written) || !is_name(&meant) || written == meant {
        return false;
    }
    diagnostic.primary_label = format!("did you mean `{meant}`?");
    diagnostic.help = Some(format!("`{written}` is no argument of the function"));
    diagnostic.fix = renaming(span, &meant, map);
    true
}

/// An attribute with nearly the name of one that there is: the name is to change, whatever it is selected from.
pub(crate) fn attribute(diagnostic: &mut Diagnostic, map: &SourceMap) -> bool {
    let (Some(span), Some(Fault::MissingAttribute(name))) = (diagnostic.primary, diagnostic.fault.clone())
    else {
        return false;
    };
    let place = with_tree(span, map, |tree| {
        let is_selection = tree.kind() == SyntaxKind::NODE_SELECT;
        let path = tree.nodes().find(|node| is_selection && node.kind() == SyntaxKind::NODE_ATTRPATH)?;
        let names: Vec<_> = path.nodes().map(|node| within(span, node)).collect();
        names.into_iter().find(|&place| map.slice(place).trim_matches('"') == name)
    });
    if let Some(place) = place {
        diagnostic.primary = Some(place);
        // The set may be to be seen in the selection itself.
        diagnostic.labels.retain(|label| label.span != span);
    }
    let place = place.unwrap_or(span);
    let in_label = suggested(Some(&diagnostic.primary_label));
    let Some(meant) = suggested(diagnostic.help.as_deref()).or(in_label) else { return place != span };
    let written = map.slice(place);
    let quoted = written.len() > 1 && written.starts_with('"') && written.ends_with('"');
    if is_name(written) && is_name(&meant) {
        diagnostic.fix = renaming(place, &meant, map);
    } else if quoted && written.trim_matches('"') == name && !meant.contains(['"', '\\', '$']) {
        diagnostic.fix = Some(Fix {
            span: place,
            replacement: format!("\"{meant}\""),
            applicability: Applicability::Unsafe,
        });
    }
    if diagnostic.fix.is_some() && diagnostic.primary_label.is_empty() {
        diagnostic.primary_label = format!("did you mean `{meant}`?");
        diagnostic.help = None;
    }
    true
}

/// Another name in the place of one, unless that is in an `inherit`, which takes the name from around as well.
fn renaming(span: Span, name: &str, map: &SourceMap) -> Option<Fix> {
    let before = &map.get(span.source).text()[..span.start as usize];
    let statement = before.rsplit([';', '{']).next().unwrap_or("").trim_start();
    let is_inherited = statement.strip_prefix("inherit").is_some_and(|rest| {
        rest.starts_with(char::is_whitespace) && rest.contains('(') == rest.contains(')')
    });
    let fix = Fix { span, replacement: name.to_owned(), applicability: Applicability::Unsafe };
    (!is_inherited).then_some(fix)
}

/// The name that a help suggests.
fn suggested(help: Option<&str>) -> Option<String> {
    Some(help?.strip_prefix("did you mean `")?.strip_suffix("`?")?.to_owned())
}

/// Whether a text is a name that needs no quotes.
pub(crate) fn is_name(text: &str) -> bool {
    text.starts_with(|letter: char| letter.is_ascii_alphabetic() || letter == '_')
        && text.chars().all(|letter| letter.is_ascii_alphanumeric() || matches!(letter, '_' | '-' | '\''))
}
