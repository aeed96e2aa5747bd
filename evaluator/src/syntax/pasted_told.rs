//! What was pasted from another language, in words.

use launchnix_diagnostics::{Applicability, Code, Diagnostic, Fix, SourceId, Span};
use rnix::SyntaxKind::*;

use super::error::{LOOK_AHEAD, describe, place};
use super::lexer::{Token, offset};
use super::parser::{Cause, Mistake};
use super::pasted::Pasted;
use super::tree::Parsed;

/// Notes what was pasted.
pub(super) fn noted<'t>(mut parsed: Parsed<'t>, pasted: &[Pasted]) -> Parsed<'t> {
    if !pasted.is_empty() {
        let tokens = &parsed.tokens;
        parsed.mistakes.retain(|mistake| !is_changed(parsed.text, tokens[mistake.token]));
    }
    for &pasted in pasted {
        let token = parsed.tokens.partition_point(|token| token.start < pasted.start);
        let token = token.min(parsed.tokens.len() - 1);
        let cause = Cause::Pasted(pasted);
        parsed.mistakes.push(Mistake { token, before: token, expecting: &[], cause });
    }
    parsed
}

/// Whether a token is not what is written.
fn is_changed(text: &str, token: Token) -> bool {
    let written = &text[token.start as usize..token.end as usize];
    match token.kind {
        TOKEN_ASSIGN => matches!(written, "" | ":"),
        TOKEN_SEMICOLON => matches!(written, "" | ","),
        TOKEN_DOT | TOKEN_ERROR => written.is_empty(),
        _ => false,
    }
}

/// Says how what was pasted is written.
pub(super) fn diagnostic(parsed: &Parsed<'_>, pasted: Pasted, source: SourceId) -> Diagnostic {
    if pasted.is_left_out {
        return left_out(parsed, pasted, source);
    }
    let first = parsed.tokens.partition_point(|token| token.start < pasted.start);
    let tokens = &parsed.tokens[first..];
    let end = tokens.partition_point(|token| token.start < pasted.end).min(LOOK_AHEAD);
    let edits = (first..first + end).flat_map(|at| edits_at(parsed, at, source));
    let mut edits = edits.into_iter();
    let changed = (first..first + end).find(|&at| is_changed(parsed.text, parsed.tokens[at]));
    let changed = changed.unwrap_or(first);
    let said = told(parsed, changed, source);
    // What the layout of YAML means takes more than signs.
    let has_yaml = tokens[..end].iter().any(|token| token.kind == TOKEN_ERROR && token.start == token.end);
    let Some((span, replacement)) = edits.next().filter(|_| !has_yaml) else { return said };
    let said = said.with_fix(Fix { span, replacement, applicability: Applicability::Unsafe });
    edits.fold(said, |said, (span, replacement)| said.with_further_edit(span, &replacement))
}

/// Says what is wrong first.
fn told(parsed: &Parsed<'_>, changed: usize, source: SourceId) -> Diagnostic {
    let (token, next) = (parsed.tokens[changed], parsed.tokens[changed + 1]);
    let here = Span::new(source, token.start, token.end);
    let said = |span: Span, message: String| Diagnostic::new(Code::Syntax, span, message);
    let is_yaml = next.kind == TOKEN_ERROR && next.start == next.end;
    match (token.kind, token.start == token.end) {
        (TOKEN_ASSIGN, false) if is_yaml => {
            said(here, "syntax error, unexpected ':', expecting '.' or '='".to_owned())
                .labelled("a name and its value are joined by `=`")
                .with_help(
                    "the lines below are YAML: a set is written `{ name = value; … }`, and a list `[ a b ]`",
                )
        }
        (TOKEN_ASSIGN, false) => said(here, "syntax error, unexpected ':', expecting '.' or '='".to_owned())
            .labelled("a name and its value are joined by `=`")
            .with_help("write `name = value;` for each `name: value`, and lists without commas"),
        (TOKEN_ASSIGN, true) => {
            said(place(parsed, next, source), "syntax error, unexpected '{', expecting '.' or '='".to_owned())
                .with_label(here, "'=' is missing here")
                .with_help("write `name = { … };` for a block, and `name = value;` for each binding in it")
        }
        (TOKEN_DOT, _) => said(
            place(parsed, next, source),
            "syntax error, unexpected '\"', expecting '.' or '='".to_owned(),
        )
        .labelled("names are joined by dots")
        .with_help("write `name.name = { … };` for a block, and `name = value;` for each binding in it"),
        _ => said(here, format!("syntax error, unexpected {}, expecting ';'", describe(parsed, next)))
            .labelled("';' is missing here, and after what follows")
            .with_help("each binding ends with a semicolon: `name = value;`"),
    }
}

/// What to write at a token, and in front of it.
fn edits_at(parsed: &Parsed<'_>, at: usize, source: SourceId) -> Vec<(Span, String)> {
    let token = parsed.tokens[at];
    let before = at.checked_sub(1).map_or(0, |before| parsed.tokens[before].end);
    let span = |start: u32, end: u32| Span::new(source, start, end);
    let gap = &parsed.text[before as usize..token.start as usize];
    if !is_changed(parsed.text, token) {
        // A comma between elements.
        let comma = gap.find(',').filter(|_| !gap.contains(['#', '*'])).map(offset);
        return comma.map(|at| (span(before + at, before + at + 1), String::new())).into_iter().collect();
    }
    let here = span(token.start, token.end);
    vec![match (token.kind, here.is_empty()) {
        (TOKEN_DOT, _) => (span(token.start, parsed.tokens[at + 1].start), ".".to_owned()),
        (TOKEN_ASSIGN, false) if gap.ends_with(char::is_whitespace) => (here, "=".to_owned()),
        (TOKEN_ASSIGN, _) => (here, " =".to_owned()),
        _ => (here, ";".to_owned()),
    }]
}

/// Says that a block is of another tool.
fn left_out(parsed: &Parsed<'_>, pasted: Pasted, source: SourceId) -> Diagnostic {
    let rest = &parsed.text[pasted.start as usize..pasted.end as usize];
    let head = rest.find('{').map_or(rest, |brace| rest[..brace].trim_end());
    let span = Span::new(source, pasted.start, pasted.start + offset(head.len()));
    Diagnostic::new(Code::Syntax, span, "syntax error, a block of Terraform's language is no binding")
        .labelled("this is no Nix")
        .with_help("write `machines.<name>.deployment = { name = value; … };` for a machine")
}
