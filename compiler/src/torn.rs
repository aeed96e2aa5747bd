//! What was meant as one value and is several to Nix: a path with a space in it, a negative number as an argument, a
//! string in three quotes.

use launchnix_diagnostics::{Applicability, Code, Diagnostic, Fault, Fix, Role, SourceMap, Span, ValueType};
use launchnix_evaluator::syntax::{SyntaxKind, Tree};

use crate::meant::{with_tree, within};

/// Says what was meant, where that can be told.
pub(crate) fn explain(diagnostic: &mut Diagnostic, map: &SourceMap) -> bool {
    diagnostic.primary.is_some()
        && (three_quotes(diagnostic, map)
            || path_with_space(diagnostic, map)
            || start_of_path(diagnostic, map)
            || negative_argument(diagnostic, map))
}

/// `"""text"""`: an empty string, a string, and another empty one.
fn three_quotes(diagnostic: &mut Diagnostic, map: &SourceMap) -> bool {
    const QUOTES: &str = "\"\"\"";
    let (Some(span), Some(Fault::NoFunction(ValueType::String))) = (diagnostic.primary, &diagnostic.fault)
    else {
        return false;
    };
    let written = map.slice(span);
    if !written.starts_with(QUOTES) {
        return false;
    }
    let start = Span::new(span.source, span.start, span.start + 3);
    let text = written[QUOTES.len()..].strip_suffix(QUOTES);
    *diagnostic = Diagnostic::new(Code::Evaluation, start, "three quotes start no string")
        .labelled("an empty string, and the start of another one")
        .with_help("text of several lines stands between `''` and `''`");
    if let Some(text) = text.filter(|text| !text.contains("''") && !text.contains('\\')) {
        let replacement = format!("''{text}''");
        diagnostic.fix = Some(Fix { span, replacement, applicability: Applicability::Unsafe });
    }
    true
}

/// A path that is called with what follows it on its line.
fn path_with_space(diagnostic: &mut Diagnostic, map: &SourceMap) -> bool {
    let (Some(span), Some(Fault::NoFunction(ValueType::Path))) = (diagnostic.primary, &diagnostic.fault)
    else {
        return false;
    };
    let whole = with_tree(span, map, |call| {
        let mut function = call;
        while function.kind() == SyntaxKind::NODE_APPLY {
            function = function.nodes().next()?;
        }
        (is_path(function) && call.start() == function.start()).then(|| within(span, call))
    });
    let Some(whole) = whole.filter(|whole| is_path_text(map.slice(*whole))) else { return false };
    say_path(diagnostic, whole, map);
    true
}

/// `import ./my machines/web.nix`: the file `my` does not exist.
fn start_of_path(diagnostic: &mut Diagnostic, map: &SourceMap) -> bool {
    let Some(span) = diagnostic.primary.filter(|_| diagnostic.code == Code::MissingFile) else {
        return false;
    };
    let text = map.get(span.source).text();
    let Some(rest) = text[span.end as usize..].strip_prefix(' ') else { return false };
    let length = rest.find([' ', ';', ')', ']', '}', '\n']).unwrap_or(rest.len());
    let (start, written) = (map.slice(span), &rest[..length]);
    let goes_on = written.contains(['/', '.']);
    if !start.starts_with(['.', '/', '~']) || !goes_on || written.starts_with(['.', '/', '"', '<', '$', '('])
    {
        return false;
    }
    let whole = Span::new(span.source, span.start, span.end + 1 + u32::try_from(length).unwrap_or(0));
    if !is_path_text(map.slice(whole)) {
        return false;
    }
    say_path(diagnostic, whole, map);
    true
}

fn is_path(tree: Tree<'_>) -> bool {
    matches!(tree.kind(), SyntaxKind::NODE_PATH_ABS | SyntaxKind::NODE_PATH_REL | SyntaxKind::NODE_PATH_HOME)
}

/// Whether a text is words with one space between them that can stand in a path.
pub(crate) fn is_path_text(text: &str) -> bool {
    let belongs = |letter: char| letter.is_alphanumeric() || "./_-+~ ".contains(letter);
    text.contains(' ') && !text.contains("  ") && text.chars().all(belongs)
}

/// Says how a path with spaces is written.
pub(crate) fn say_path(diagnostic: &mut Diagnostic, whole: Span, map: &SourceMap) {
    let written = map.slice(whole);
    let parts = ["../", "./", "/"].iter().find_map(|start| Some((*start, written.strip_prefix(start)?)));
    let mut said = Diagnostic::new(Code::Evaluation, whole, "a path ends at a space")
        .labelled("each of these words is a value of its own");
    said = match parts {
        Some((start, rest)) => {
            let replacement = format!("{start}. + \"/{rest}\"");
            let fix = Fix {
                span: whole,
                replacement: format!("({replacement})"),
                applicability: Applicability::Unsafe,
            };
            said.with_help(format!("write `{replacement}`")).with_fix(fix)
        }
        None => said.with_help("join a path without the space and a string: `./. + \"/with a space\"`"),
    };
    *diagnostic = said;
}

/// `f 1 -2` and `f -2 1` subtract.
fn negative_argument(diagnostic: &mut Diagnostic, map: &SourceMap) -> bool {
    const FUNCTION_FOR_NUMBER: Fault =
        Fault::WrongType { needed: ValueType::Integer, found: ValueType::Function };
    let Some(span) = diagnostic.primary.filter(|_| diagnostic.code == Code::Evaluation) else { return false };
    // A function that has a name is blamed where it was written.
    let span = diagnostic.place_of(Role::Used).unwrap_or(span);
    let text = map.get(span.source).text();
    let (before, after) = (&text[..span.start as usize], &text[span.end as usize..]);
    let sign = if diagnostic.fault == Some(FUNCTION_FOR_NUMBER) {
        let Some(number) = after.strip_prefix(" -") else { return false };
        if !number.starts_with(|digit: char| digit.is_ascii_digit()) {
            return false;
        }
        span.end as usize + 1
    } else if diagnostic.fault == Some(Fault::NoFunction(ValueType::Integer)) {
        let is_argument = before.strip_suffix(" -").is_some_and(|before| {
            before.ends_with(|last: char| last.is_alphanumeric() || ")]}\"'_".contains(last))
        });
        if !is_argument {
            return false;
        }
        before.len() - 1
    } else {
        return false;
    };
    let rest = &text[sign + 1..];
    let length = rest.find(|letter: char| !letter.is_ascii_digit() && letter != '.').unwrap_or(rest.len());
    let end = sign + 1 + length;
    let offset = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
    let number = Span::new(span.source, offset(sign), offset(end));
    let replacement = format!("({})", &text[sign..end]);
    *diagnostic = Diagnostic::new(Code::Evaluation, number, "this subtracts from what is before it")
        .labelled("no argument, but an operator and a number")
        .with_help(format!("write `{replacement}` for a negative argument"))
        .with_fix(Fix { span: number, replacement, applicability: Applicability::Unsafe });
    true
}
