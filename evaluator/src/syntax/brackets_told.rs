//! What is said of brackets that do not match.

use launchnix_diagnostics::{Applicability, Code, Diagnostic, Fix, SourceId, Span};
use rnix::SyntaxKind::{self, *};

use super::brackets::{Wrong, is_closing};
use super::lexer::offset;
use super::parser::{Cause, Mistake};
use super::tree::Parsed;

/// Notes which brackets are wrong, in place of what follows from it.
pub(super) fn noted<'t>(mut parsed: Parsed<'t>, wrong: &[Wrong]) -> Parsed<'t> {
    for &wrong in wrong {
        let token = match wrong {
            Wrong::Kind { token, .. } | Wrong::NotOpened { token, .. } => token,
            Wrong::Extra { start, .. } => {
                let next = parsed.tokens.partition_point(|token| token.start < start);
                next.min(parsed.tokens.len() - 1)
            }
            Wrong::NoHead { token, .. } => {
                parsed.mistakes.retain(|mistake| mistake.token != token);
                token
            }
        };
        let cause = Cause::Bracket(wrong);
        parsed.mistakes.push(Mistake { token, before: token, expecting: &[], cause });
    }
    parsed
}

/// Says what is wrong with a bracket.
pub(super) fn diagnostic(parsed: &Parsed<'_>, wrong: Wrong, source: SourceId) -> Diagnostic {
    let fix = |span: Span, replacement: &str| Fix {
        span,
        replacement: replacement.to_owned(),
        applicability: Applicability::Unsafe,
    };
    let written = |start: u32| bracket_at(parsed.text, start);
    let bracket = |start: u32| Span::new(source, start, start + offset(written(start).len()));
    let too_many = |start: u32| format!("syntax error, there is one '{}' too many", written(start));
    match wrong {
        Wrong::Kind { token, other } => {
            let here = parsed.tokens[token];
            let meant = text_of(here.kind);
            let span = bracket(here.start);
            let (does, done, beside) = if is_closing(here.kind) {
                ("closes", "opens", "this is what it closes")
            } else {
                ("opens", "closes", "this is what closes it")
            };
            let (here_is, other_is) = (written(here.start), written(other));
            let message = format!("syntax error, '{here_is}' {does} what '{other_is}' {done}");
            Diagnostic::new(Code::Syntax, span, message)
                .labelled(format!("'{meant}' belongs here"))
                .with_label(bracket(other), beside)
                .with_help(format!("write `{meant}` instead of `{}`", written(here.start)))
                .with_fix(fix(span, meant))
        }
        Wrong::Extra { start, end } => Diagnostic::new(Code::Syntax, bracket(start), too_many(start))
            .labelled(if is_opening_text(written(start)) { "opens nothing" } else { "closes nothing" })
            .with_help(if is_opening_text(written(start)) {
                "remove it, or close it where it ends"
            } else {
                "remove it, or open what it should close"
            })
            .with_fix(fix(Span::new(source, start, end), "")),
        Wrong::NotOpened { token, closing } => {
            let here = parsed.tokens[token];
            let missing = text_of(here.kind);
            let span = Span::new(source, here.start, here.start);
            let has_space = parsed.text[..here.start as usize].ends_with(char::is_whitespace);
            let replacement = if has_space { format!("{missing} ") } else { format!(" {missing}") };
            Diagnostic::new(
                Code::Syntax,
                span,
                format!("syntax error, nothing opens what '{}' closes", written(closing)),
            )
            .labelled(format!("'{missing}' is missing here"))
            .with_label(bracket(closing), "closed here")
            .with_help(match here.kind {
                TOKEN_L_PAREN => "add `(` where what it holds starts, or remove the `)`".to_owned(),
                _ => format!("add `{missing}` before the lines that it holds"),
            })
            .with_fix(fix(span, &replacement))
        }
        Wrong::NoHead { token, closing } => {
            let first = parsed.tokens[token].start;
            Diagnostic::new(Code::Syntax, bracket(closing), too_many(closing))
                .labelled("closes nothing")
                .with_label(Span::new(source, first, first), "the line that opens it may be missing here")
                .with_help("remove it, or add what it should close, such as `name = {`, before the lines that it holds")
        }
    }
}

/// The bracket at a place, which may be one that only looks like it.
fn bracket_at(text: &str, start: u32) -> &str {
    let rest = &text[start as usize..];
    &rest[..rest.chars().next().map_or(0, char::len_utf8)]
}

fn is_opening_text(text: &str) -> bool {
    matches!(text, "{" | "[" | "(")
}

fn text_of(kind: SyntaxKind) -> &'static str {
    match kind {
        TOKEN_L_BRACE => "{",
        TOKEN_R_BRACE => "}",
        TOKEN_L_BRACK => "[",
        TOKEN_R_BRACK => "]",
        TOKEN_L_PAREN => "(",
        _ => ")",
    }
}
