//! Operators that other languages have, and numbers as they are written there.

use launchnix_diagnostics::{Applicability, Diagnostic, Fix, SourceId, Span};
use rnix::SyntaxKind::{self, *};

use super::error::place;
use super::foreign::{Explained, Outcome};
use super::lexer::Token;
use super::parser::Cause;
use super::tree::Parsed;

/// Says what to write in place of an operator that the language does not have. Gives the diagnostic back where none
/// is there.
pub(super) fn explain(explained: Explained<'_, '_>, diagnostic: Diagnostic) -> Outcome {
    let Explained { parsed, mistake, source } = explained;
    let found = parsed.tokens[mistake.token];
    if let Cause::GroupedDigits(last) = mistake.cause {
        return Ok(grouped_digits(parsed, mistake.token, last, source, diagnostic));
    }
    if mistake.cause == Cause::NoOperator {
        if found.kind == TOKEN_IDENT {
            let fix = Fix {
                span: place(parsed, found, source),
                replacement: "&&".to_owned(),
                applicability: Applicability::Unsafe,
            };
            return Ok(diagnostic
                .labelled("there is no such operator")
                .with_help(format!("`{}` is written `&&`", parsed.token_text(found)))
                .with_fix(fix));
        }
        let help = match parsed.token_text(found) {
            "%" if mistake.token > 0 && parsed.tokens[mistake.token - 1].kind == TOKEN_STRING_END => {
                "what an expression gives is put into a string by `${…}`"
            }
            "%" => "the remainder of `a` and `b` is `a - a / b * b`",
            _ => "write a power as a product, or as a number",
        };
        return Ok(diagnostic.labelled("there is no such operator").with_help(help));
    }
    let Some(before) = mistake.token.checked_sub(1).map(|before| parsed.tokens[before]) else {
        return Err(Box::new(diagnostic));
    };
    if !mistake.expecting.is_empty() {
        return Err(Box::new(diagnostic));
    }
    let in_list = found.kind == TOKEN_SUB && negates(parsed, mistake.token);
    if in_list {
        let number = parsed.tokens[mistake.token + 1];
        let span = Span::new(source, found.start, number.end);
        let replacement = format!("(-{})", parsed.token_text(number));
        return Ok(diagnostic
            .labelled("an element does not start like this")
            .with_help(format!("write `{replacement}`"))
            .with_fix(Fix { span, replacement, applicability: Applicability::Unsafe }));
    }
    let Some((help, replacement)) = two_tokens(before.kind, found.kind).filter(|_| before.end == found.start)
    else {
        return Err(Box::new(diagnostic));
    };
    let written = &parsed.text[before.start as usize..found.end as usize];
    let label = match found.kind {
        TOKEN_SEMICOLON => "nothing follows the operator".to_owned(),
        _ => format!("there is no operator `{written}`"),
    };
    let mut diagnostic = diagnostic.labelled(label).with_help(help);
    if let Some(replacement) = replacement {
        let span = Span::new(source, before.start, found.end);
        let replacement = replacement.to_owned();
        diagnostic = diagnostic.with_fix(Fix { span, replacement, applicability: Applicability::Unsafe });
    }
    Ok(diagnostic)
}

/// What two operators without a space between them are in other languages: help, and what to write.
fn two_tokens(first: SyntaxKind, second: SyntaxKind) -> Option<(&'static str, Option<&'static str>)> {
    match (first, second) {
        (TOKEN_MUL, TOKEN_MUL) => Some(("write a power as a product, or as a number", None)),
        (TOKEN_LESS, TOKEN_MORE) | (TOKEN_NOT_EQUAL, TOKEN_ASSIGN) => {
            Some(("write `!=` for what is not equal", Some("!=")))
        }
        (TOKEN_EQUAL, TOKEN_ASSIGN) => Some(("write `==` to compare", Some("=="))),
        (TOKEN_LESS, TOKEN_LESS) | (TOKEN_MORE, TOKEN_MORE) => {
            Some(("multiply or divide by a power of two instead of shifting", None))
        }
        (TOKEN_ADD | TOKEN_SUB | TOKEN_MUL | TOKEN_DIV | TOKEN_CONCAT | TOKEN_UPDATE, TOKEN_ASSIGN)
        | (TOKEN_CONCAT | TOKEN_SUB, TOKEN_SEMICOLON) => {
            Some(("a name keeps its value: bind the new value to another name", None))
        }
        _ => None,
    }
}

/// Whether a number with a sign in front stands here, after a space.
fn negates(parsed: &Parsed<'_>, sign: usize) -> bool {
    let [sign, number]: [Token; 2] = [parsed.tokens[sign], parsed.tokens[sign + 1]];
    matches!(number.kind, TOKEN_INTEGER | TOKEN_FLOAT)
        && number.start == sign.end
        && parsed.text[..sign.start as usize].ends_with([' ', '\n', '\t', '['])
}

/// `1,024`
fn grouped_digits(
    parsed: &Parsed<'_>,
    comma: usize,
    last: usize,
    source: SourceId,
    diagnostic: Diagnostic,
) -> Diagnostic {
    let (first, last) = (parsed.tokens[comma - 1], parsed.tokens[last]);
    let written = &parsed.text[first.start as usize..last.end as usize];
    let replacement: String = written.chars().filter(char::is_ascii_digit).collect();
    let mut diagnostic = diagnostic
        .labelled("the digits of a number stand together")
        .with_help(format!("write `{replacement}`"))
        .with_fix(Fix {
            span: Span::new(source, first.start, last.end),
            replacement,
            applicability: Applicability::Unsafe,
        });
    diagnostic.primary = Some(place(parsed, parsed.tokens[comma], source));
    diagnostic
}
