//! rnix's errors as diagnostics, in the words that Nix uses.

use launchnix_diagnostics::{Applicability, Code, Diagnostic, Fix, SourceId, Span};
use rnix::ParseError;
use rnix::SyntaxKind::{self, *};

/// The first error. What a parser says after its first error is more often an echo than a second mistake.
pub(super) fn diagnostics(errors: &[ParseError], text: &str, source: SourceId) -> Vec<Diagnostic> {
    let end = text.len();
    let first = errors.iter().min_by_key(|error| position(error, end));
    first.map(|error| diagnostic(error, text, source)).into_iter().collect()
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
    let at = position(error, text.len());
    let (before, here) = tokens_around(text, u32::try_from(at).unwrap_or(u32::MAX));
    let span = here.map_or_else(
        || end_of_text(text, source),
        |(_, start, token)| Span::new(source, start, start + length(token)),
    );
    let found = here.map_or_else(|| "end of file".to_owned(), |(kind, _, token)| describe_found(kind, token));
    if let ParseError::DuplicatedArgs(_, name) = error {
        return Diagnostic::new(
            Code::DuplicateAttribute,
            span,
            format!("duplicate formal function argument '{name}'"),
        );
    }
    if matches!(error, ParseError::RecursionLimitExceeded) {
        return Diagnostic::new(Code::SyntaxLimit, span, "the expression is nested too deeply")
            .with_help("bind the inner parts to names with `let`");
    }
    if let (Some((TOKEN_ERROR, _, _)), Some(end)) = (here, before)
        && let Some(quote) = ["\"", "''"].into_iter().find(|quote| text[..end as usize].ends_with(quote))
    {
        let start = end - length(quote);
        let expecting = if quote == "\"" { "'\"'" } else { "end of an indented string" };
        let message = format!("syntax error, unexpected end of file, expecting {expecting}");
        return Diagnostic::new(Code::Syntax, Span::new(source, start, end), message)
            .labelled("this string is never closed");
    }
    let wanted: Vec<&str> = match error {
        // Where any expression may start there is nothing to name.
        ParseError::UnexpectedWanted(_, _, kinds) if kinds.contains(&TOKEN_L_PAREN) => Vec::new(),
        ParseError::UnexpectedWanted(_, _, kinds) | ParseError::UnexpectedEOFWanted(kinds) => {
            kinds.iter().filter_map(|&kind| describe_wanted(kind)).collect()
        }
        _ => Vec::new(),
    };
    let mut message = format!("syntax error, unexpected {found}");
    if !wanted.is_empty() && wanted.len() <= 3 {
        message = format!("{message}, expecting {}", wanted.join(" or "));
    }
    let mut diagnostic = Diagnostic::new(Code::Syntax, span, message);
    if let ([only], Some(end)) = (wanted.as_slice(), before) {
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
    } else if here.is_none() && diagnostic.help.is_none() {
        diagnostic = diagnostic.with_help("a bracket, a string or a comment that was opened is never closed");
    }
    diagnostic
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
        TOKEN_STRING_START | TOKEN_STRING_CONTENT | TOKEN_STRING_END => "a string".to_owned(),
        TOKEN_IDENT => format!("identifier '{}'", shorten(token)),
        TOKEN_INTEGER => "integer".to_owned(),
        TOKEN_FLOAT => "floating-point literal".to_owned(),
        TOKEN_URI => "URI".to_owned(),
        TOKEN_PATH_ABS | TOKEN_PATH_REL | TOKEN_PATH_HOME | TOKEN_PATH_SEARCH => "path".to_owned(),
        _ => format!("'{}'", shorten(token)),
    }
}

fn shorten(token: &str) -> String {
    let line = token.lines().next().unwrap_or("");
    if line.chars().count() > 24 { line.chars().take(24).chain(['…']).collect() } else { line.to_owned() }
}

fn describe_wanted(kind: SyntaxKind) -> Option<&'static str> {
    Some(match kind {
        TOKEN_SEMICOLON => "';'",
        TOKEN_R_PAREN => "')'",
        TOKEN_R_BRACK => "']'",
        TOKEN_R_BRACE | TOKEN_INTERPOL_END => "'}'",
        TOKEN_L_BRACE => "'{'",
        TOKEN_ASSIGN => "'='",
        TOKEN_COLON => "':'",
        TOKEN_THEN => "'then'",
        TOKEN_ELSE => "'else'",
        TOKEN_IN => "'in'",
        TOKEN_STRING_END => "'\"'",
        TOKEN_IDENT => "identifier",
        TOKEN_ELLIPSIS => "'...'",
        TOKEN_INTERPOL_START => "'${'",
        _ => return None,
    })
}
