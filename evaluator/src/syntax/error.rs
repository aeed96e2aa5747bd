//! rnix's errors as diagnostics, in the words that Nix uses.

use launchnix_diagnostics::{Applicability, Code, Diagnostic, Fix, SourceId, Span};
use rnix::ParseError;
use rnix::SyntaxKind::{self, *};

use super::expected::{expected, follows_operand};
use super::tree::Tree;

/// The first error. What a parser says after its first error is more often an echo than a second mistake.
pub(super) fn diagnostics(
    errors: &[ParseError],
    root: Tree<'_>,
    text: &str,
    source: SourceId,
) -> Vec<Diagnostic> {
    let end = text.len();
    let Some(first) = errors.iter().min_by_key(|error| position(error, end)) else { return Vec::new() };
    let diagnostic = match first_wrongly_closed(root) {
        Some(at) if (at as usize) < position(first, end) => unexpected(text, source, at),
        _ => diagnostic(first, text, source),
    };
    vec![diagnostic]
}

/// Where the first parenthesis is closed by something else, of which rnix says nothing.
fn first_wrongly_closed(root: Tree<'_>) -> Option<u32> {
    let (mut nodes, mut first) = (vec![root], None);
    while let Some(node) = nodes.pop() {
        if node.kind() == NODE_PAREN
            && let Some(at) = node.wrongly_closed()
        {
            first = Some(first.map_or(at, |first: u32| first.min(at)));
        }
        nodes.extend(node.nodes());
    }
    first
}

fn position(error: &ParseError, end: usize) -> usize {
    match error {
        ParseError::Unexpected(range)
        | ParseError::UnexpectedExtra(range)
        | ParseError::UnexpectedWanted(_, range, _)
        | ParseError::UnexpectedDoubleBind(range)
        | ParseError::DuplicatedArgs(range, _) => usize::from(range.start()),
        _ => end,
    }
}

fn diagnostic(error: &ParseError, text: &str, source: SourceId) -> Diagnostic {
    let at = u32::try_from(position(error, text.len())).unwrap_or(u32::MAX);
    if let ParseError::DuplicatedArgs(_, name) = error {
        let (_, here) = tokens_around(text, at);
        let span = here.map_or_else(|| end_of_text(text, source), |token| span_of(token, source));
        let message = format!("duplicate formal function argument '{name}'");
        return Diagnostic::new(Code::DuplicateAttribute, span, message);
    }
    if matches!(error, ParseError::RecursionLimitExceeded) {
        let (_, here) = tokens_around(text, at);
        let span = here.map_or_else(|| end_of_text(text, source), |token| span_of(token, source));
        return Diagnostic::new(Code::SyntaxLimit, span, "the expression is nested too deeply")
            .with_help("bind the inner parts to names with `let`");
    }
    unexpected(text, source, at)
}

/// The error that what stands at an offset cannot stand there.
pub(crate) fn unexpected(text: &str, source: SourceId, at: u32) -> Diagnostic {
    let (before, here) = tokens_around(text, at);
    if let (Some((TOKEN_ERROR, _, token)), Some(end)) = (here, before)
        && !token.starts_with("/*")
        && let Some(quote) = ["\"", "''"].into_iter().find(|quote| text[..end as usize].ends_with(quote))
    {
        let start = end - length(quote);
        let expecting = expected(text, end).join(" or ");
        let message = format!("syntax error, unexpected end of file, expecting {expecting}");
        return Diagnostic::new(Code::Syntax, Span::new(source, start, end), message)
            .labelled("this string is never closed");
    }
    if let Some(token @ (TOKEN_ERROR, _, written)) = here {
        if let Some(diagnostic) = unfinished(token, follows_operand(text, at), source) {
            return diagnostic;
        }
        if written.starts_with(['/', '.', '~']) && written.contains('/') {
            let message = if written.ends_with('/') {
                "path has a trailing slash"
            } else {
                "syntax error, unexpected end of path, expecting '${'"
            };
            return Diagnostic::new(Code::Syntax, span_of(token, source), message);
        }
    }
    let mut expecting = expected(text, at);
    let (mut before, mut here) = (before, here);
    // Nix takes `{ ...` for the start of formals, and finds fault with what follows.
    if let Some((TOKEN_ELLIPSIS, start, token)) = here
        && expecting.contains(&"'inherit'")
    {
        (before, here) = tokens_around(text, start + length(token));
        expecting = &["'}'"];
    }
    let span = here.map_or_else(|| end_of_text(text, source), |token| span_of(token, source));
    let found = match here {
        // The tokenizer gives up on a string that does not end.
        Some((TOKEN_ERROR, ..))
            if expecting.iter().any(|token| token.ends_with("string") || *token == "'\"'") =>
        {
            "end of file".to_owned()
        }
        Some((kind, _, token)) => describe_found(kind, token),
        None => "end of file".to_owned(),
    };
    let mut message = format!("syntax error, unexpected {found}");
    // `1 < 2 < 3`: the operators that do not chain are followed by nothing in particular.
    let chained = here.is_some_and(|(kind, ..)| COMPARISONS.contains(&kind));
    if !expecting.is_empty() && !chained {
        message = format!("{message}, expecting {}", expecting.join(" or "));
    }
    let mut diagnostic = Diagnostic::new(Code::Syntax, span, message);
    if let ([only], Some(end)) = (expecting, before) {
        let missing = only.trim_matches('\'');
        if matches!(missing, ";" | ")" | "]" | "}" | "=" | ":" | "then" | "else") {
            let after = Span::new(source, end, end);
            diagnostic = diagnostic.with_label(after, format!("{only} is missing here"));
            diagnostic = diagnostic.with_help(format!("add {only} after the expression before it"));
            if missing == ";" {
                diagnostic = diagnostic.with_fix(Fix {
                    span: after,
                    replacement: ";".to_owned(),
                    applicability: Applicability::Unsafe,
                });
            }
        }
    }
    if here.is_none() && diagnostic.help.is_none() {
        diagnostic = diagnostic.with_help("a bracket, a string or a comment that was opened is never closed");
    }
    diagnostic
}

/// A comment that is never closed is a division by a product to Nix, and a lookup path without end a comparison.
fn unfinished(token: Token<'_>, after_operand: bool, source: SourceId) -> Option<Diagnostic> {
    let (_, start, written) = token;
    let (found, label, length) = if written.starts_with("/*") {
        (if after_operand { "'*'" } else { "'/'" }, "this comment is never closed", 2)
    } else if written.starts_with('<') {
        ("'<'", "this lookup path is never closed", 1)
    } else {
        return None;
    };
    let span = Span::new(source, start, start + length);
    Some(Diagnostic::new(Code::Syntax, span, format!("syntax error, unexpected {found}")).labelled(label))
}

const COMPARISONS: &[SyntaxKind] =
    &[TOKEN_EQUAL, TOKEN_NOT_EQUAL, TOKEN_LESS, TOKEN_LESS_OR_EQ, TOKEN_MORE, TOKEN_MORE_OR_EQ];

fn span_of((_, start, token): Token<'_>, source: SourceId) -> Span {
    Span::new(source, start, start + length(token))
}

fn length(token: &str) -> u32 {
    // A token may run over lines (an unclosed string); its first line says enough.
    let line = token.lines().next().unwrap_or(token);
    u32::try_from(line.len().max(1)).unwrap_or(1)
}

fn end_of_text(text: &str, source: SourceId) -> Span {
    let end = u32::try_from(text.trim_end().len()).unwrap_or(u32::MAX);
    Span::new(source, end, end)
}

type Token<'t> = (SyntaxKind, u32, &'t str);

/// End of the last token before an offset, and the first token at or after it; spaces and comments not counted.
fn tokens_around(text: &str, at: u32) -> (Option<u32>, Option<Token<'_>>) {
    let (mut start, mut before) = (0_u32, None);
    for (kind, token) in rnix::tokenize(text) {
        let end = start + u32::try_from(token.len()).unwrap_or(0);
        if !kind.is_trivia() && !token.is_empty() {
            if start >= at {
                return (before, Some((kind, start, token)));
            }
            before = Some(end);
        }
        start = end;
    }
    (before, None)
}

fn describe_found(kind: SyntaxKind, token: &str) -> String {
    match kind {
        TOKEN_STRING_START if token == "''" => "start of an indented string".to_owned(),
        TOKEN_STRING_START | TOKEN_STRING_END => "'\"'".to_owned(),
        TOKEN_STRING_CONTENT => "string".to_owned(),
        TOKEN_IDENT => "identifier".to_owned(),
        TOKEN_INTEGER => "integer".to_owned(),
        TOKEN_FLOAT => "floating-point literal".to_owned(),
        TOKEN_URI => "URI".to_owned(),
        TOKEN_PATH_ABS | TOKEN_PATH_REL | TOKEN_PATH_HOME | TOKEN_PATH_SEARCH => "path".to_owned(),
        TOKEN_ERROR => "invalid token".to_owned(),
        _ => format!("'{token}'"),
    }
}
