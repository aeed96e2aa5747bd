//! What to write where the parser knows what was meant: the causes of mistakes in words.

use launchnix_diagnostics::{Applicability, Diagnostic, Fix, SourceId, Span};
use rnix::SyntaxKind::*;

use super::bare::{bare_arguments, before_body};
use super::choices;
use super::error::place;
use super::foreign::{Explained, Outcome};
use super::lexer::Token;
use super::parser::{Cause, Mistake};
use super::tree::Parsed;

/// Says what to write where the parser knows what was meant.
pub(super) fn told_by_cause(explained: Explained<'_, '_>, diagnostic: Diagnostic) -> Outcome {
    let Explained { parsed, mistake, source } = explained;
    let found = parsed.tokens[mistake.token];
    let ends = parsed.tokens.get(mistake.token + 1).is_some_and(|after| after.kind == TOKEN_R_BRACE);
    if let Cause::BoundInList(opening, closing) = mistake.cause {
        let fix = Fix {
            span: place(parsed, parsed.tokens[opening], source),
            replacement: "{".to_owned(),
            applicability: Applicability::Unsafe,
        };
        let help = match parsed.tokens[opening].kind {
            TOKEN_L_PAREN => "write `{ … }`, which is a set, instead of `( … )`",
            _ => "write `{ … }`, which is a set, instead of `[ … ]`, which is a list",
        };
        let mut diagnostic = diagnostic
            .labelled("a name is bound here, which only sets and `let` do")
            .with_help(help)
            .with_fix(fix)
            .with_further_edit(place(parsed, parsed.tokens[closing], source), "}");
        if parsed.tokens[opening].kind == TOKEN_L_PAREN {
            for span in between_arguments(parsed, opening, closing, source) {
                diagnostic = diagnostic.with_further_edit(span, ";");
            }
        }
        return Ok(diagnostic);
    }
    match mistake.cause {
        Cause::ForColon(body) => {
            let span = Span::new(source, found.start, parsed.tokens[body - 1].end);
            let before = parsed.tokens[mistake.token - 1].end;
            let written = &parsed.text[found.start as usize..span.end as usize];
            Ok(diagnostic
                .labelled("the arguments of a function end with a colon")
                .with_help(format!("write `:` instead of `{written}`"))
                .with_fix(Fix {
                    span: Span::new(source, before, span.end),
                    replacement: ":".to_owned(),
                    applicability: Applicability::Unsafe,
                }))
        }
        Cause::SeveralValues(is_call) => {
            Ok(diagnostic.labelled("no comma belongs here").with_help(if is_call {
                "a function is called with its arguments after it, without brackets and commas: `f a b`"
            } else {
                "a name has one value: several are a list, `[ … ]`, with space between them"
            }))
        }
        Cause::BareArguments(first, end) => Ok(bare_arguments(parsed, first, end, source, diagnostic)),
        Cause::BareExpression | Cause::BareOperator => Ok(without_parentheses(parsed, found, diagnostic)),
        Cause::LetInSet => Ok(diagnostic
            .labelled("a `let` stands in front of an expression, not between bindings")
            .with_help("put it in front of the set: `let name = value; in { … }`")),
        Cause::Dashes => Ok(diagnostic
            .labelled("an element does not start with a dash")
            .with_help("a list is written `[ … ]`, with space between its elements: `[ \"a\" { b = 1; } ]`")),
        Cause::BeforeBody(first, body) => Ok(before_body(parsed, first, body, source, diagnostic)),
        Cause::Shorthand(opening) => Ok(shorthand(parsed, opening, mistake.token, source, diagnostic)),
        Cause::NoBracket(first) => {
            let start = parsed.tokens[first].start;
            let place = Span::new(source, start, start);
            Ok(diagnostic
                .labelled("closes nothing")
                .with_label(place, "'[' is missing here")
                .with_help("add '[' before the first element of the list")
                .with_fix(Fix {
                    span: place,
                    replacement: "[ ".to_owned(),
                    applicability: Applicability::Unsafe,
                }))
        }
        Cause::ForDot => Ok(diagnostic
            .labelled("names are joined by a dot")
            .with_help(format!("write `.` instead of `{}`", parsed.token_text(found)))
            .with_fix(Fix {
                span: place(parsed, found, source),
                replacement: ".".to_owned(),
                applicability: Applicability::Unsafe,
            })),
        Cause::NoBrace => Ok(no_brace(parsed, mistake, source, diagnostic)),
        Cause::Labels(end) => Ok(labels(parsed, mistake.token, end, source, diagnostic)),
        Cause::ElseIf | Cause::BeforeElse | Cause::Braces | Cause::ColonForThen | Cause::ColonAfterElse => {
            Ok(choices::explain(parsed, mistake.token, mistake.cause, source, diagnostic))
        }
        Cause::Reserved => Ok(reserved(parsed, found, source, diagnostic)),
        Cause::InheritedPath => Ok(diagnostic
            .labelled("`inherit` takes names alone")
            .with_help("write the set that they are taken from in parentheses: `inherit (set) name name;`")),
        Cause::InInherit if found.kind == TOKEN_ASSIGN => Ok(diagnostic
            .labelled("`inherit` takes the value from around")
            .with_help("give a name a value without `inherit`: `name = value;`")),
        Cause::AfterEllipsis if found.kind != TOKEN_COMMA || !ends => {
            Ok(diagnostic.labelled("this follows `...`").with_help("`...` stands last: `{ name, ... }:`"))
        }
        _ => told_of_signs(explained, diagnostic),
    }
}

/// Says what to write where a sign or a bracket is another one, or on the wrong side.
fn told_of_signs(explained: Explained<'_, '_>, diagnostic: Diagnostic) -> Outcome {
    let Explained { parsed, mistake, source } = explained;
    let found = parsed.tokens[mistake.token];
    match mistake.cause {
        Cause::AfterIn => Ok(diagnostic
            .labelled("no semicolon belongs here")
            .with_help("the expression of the `let` follows `in`: remove the semicolon")
            .with_fix(Fix {
                span: place(parsed, found, source),
                replacement: String::new(),
                applicability: Applicability::Unsafe,
            })),
        Cause::ListInBraces(closing) => Ok(diagnostic
            .labelled("an element of a list, and no binding")
            .with_help("write `[ … ]`, which is a list, instead of `{ … }`, which is a set")
            .with_fix(Fix {
                span: place(parsed, parsed.tokens[mistake.token - 1], source),
                replacement: "[".to_owned(),
                applicability: Applicability::Unsafe,
            })
            .with_further_edit(place(parsed, parsed.tokens[closing], source), "]")),
        Cause::ForAssign(end) => {
            let span = Span::new(source, found.start, parsed.tokens[end - 1].end);
            let written = &parsed.text[span.start as usize..span.end as usize];
            let diagnostic = Diagnostic {
                primary: Some(span),
                message: format!("syntax error, unexpected '{written}', expecting '='"),
                ..diagnostic
            };
            Ok(diagnostic
                .labelled("a name and its value are joined by `=`")
                .with_help(format!("write `=` instead of `{written}`"))
                .with_fix(Fix {
                    span,
                    replacement: if space_before(parsed, found) { "=" } else { " =" }.to_owned(),
                    applicability: Applicability::Unsafe,
                }))
        }
        Cause::SemicolonInside(closing) => Ok(semicolon_inside(parsed, found, closing, source, diagnostic)),
        _ => Err(Box::new(diagnostic)),
    }
}

/// Where semicolons belong between bindings in parentheses: in the place of commas, and at the end.
fn between_arguments(parsed: &Parsed<'_>, opening: usize, closing: usize, source: SourceId) -> Vec<Span> {
    let mut spans = Vec::new();
    let mut nesting = 0_u32;
    for token in &parsed.tokens[opening + 1..closing] {
        match token.kind {
            TOKEN_COMMA if nesting == 0 => spans.push(place(parsed, *token, source)),
            TOKEN_L_PAREN | TOKEN_L_BRACK | TOKEN_L_BRACE | TOKEN_INTERPOL_START => nesting += 1,
            TOKEN_R_PAREN | TOKEN_R_BRACK | TOKEN_R_BRACE | TOKEN_INTERPOL_END => {
                nesting = nesting.saturating_sub(1);
            }
            _ => {}
        }
    }
    let last = parsed.tokens[closing - 1];
    if !matches!(last.kind, TOKEN_SEMICOLON | TOKEN_COMMA) {
        spans.push(Span::new(source, last.end, last.end));
    }
    spans
}

/// Says how a set takes names from around, or what another one has.
fn shorthand(
    parsed: &Parsed<'_>,
    opening: usize,
    end: usize,
    source: SourceId,
    mut diagnostic: Diagnostic,
) -> Diagnostic {
    let inside = &parsed.tokens[opening + 1..end - 1];
    let spreads = inside.first().is_some_and(|first| first.kind == TOKEN_ELLIPSIS);
    let names: Vec<_> = inside.iter().map(|token| parsed.token_text(*token)).collect();
    let is_plain = inside.iter().all(|token| matches!(token.kind, TOKEN_IDENT | TOKEN_COMMA));
    let span = Span::new(source, parsed.tokens[opening].start, parsed.tokens[end - 1].end);
    diagnostic.primary = Some(span);
    let diagnostic = diagnostic.labelled("these are the arguments of a function, and no set");
    if spreads {
        let name = names.get(1).copied().unwrap_or("set");
        return diagnostic.with_help(format!("write `{name} // {{ … }}` for what another set has, and more"));
    }
    if is_plain {
        let names: Vec<_> = names.into_iter().filter(|name| *name != ",").collect();
        let replacement = format!("{{ inherit {}; }}", names.join(" "));
        return diagnostic
            .with_help(format!("write `{replacement}` for names that are bound around"))
            .with_fix(Fix { span, replacement, applicability: Applicability::Unsafe });
    }
    diagnostic.with_help(
        "bindings are written `name = value;`, and `inherit name;` for a name that is bound around",
    )
}

/// Says that an expression has to be in parentheses to be an element or an argument.
fn without_parentheses(parsed: &Parsed<'_>, found: Token, diagnostic: Diagnostic) -> Diagnostic {
    let written = parsed.token_text(found);
    let expression = match found.kind {
        TOKEN_IF => "(if … then … else …)".to_owned(),
        TOKEN_WITH | TOKEN_ASSERT => format!("({written} …; …)"),
        _ => format!("(… {written} …)"),
    };
    diagnostic
        .labelled("an element or an argument is one value")
        .with_help(format!("put the expression in parentheses: `{expression}`"))
}

/// Says that a semicolon belongs behind the list or string that it is in, which ends with a token.
fn semicolon_inside(
    parsed: &Parsed<'_>,
    found: Token,
    closing: usize,
    source: SourceId,
    mut diagnostic: Diagnostic,
) -> Diagnostic {
    let closing = parsed.tokens[closing];
    // In a string, it is the last character.
    let semicolon = Span::new(source, found.end - 1, found.end);
    let after = Span::new(source, closing.end, closing.end);
    diagnostic.primary = Some(semicolon);
    diagnostic
        .labelled("this does not end the binding")
        .with_label(after, "';' is missing here")
        .with_help(format!("write `;` after the `{}`", parsed.token_text(closing)))
        .with_fix(Fix { span: semicolon, replacement: String::new(), applicability: Applicability::Unsafe })
        .with_further_edit(after, ";")
}

/// Says that the brace of a set is missing in front of its first binding.
fn no_brace(parsed: &Parsed<'_>, mistake: &Mistake, source: SourceId, diagnostic: Diagnostic) -> Diagnostic {
    let before = parsed.tokens[mistake.before - 1].end;
    let place = Span::new(source, before, before);
    let noticed = diagnostic.primary;
    let mut diagnostic =
        diagnostic.labelled("'{' is missing here").with_help("add '{' before the first binding of the set");
    diagnostic.primary = Some(place);
    if let Some(noticed) = noticed {
        diagnostic = diagnostic.with_label(noticed, "noticed here");
    }
    diagnostic.with_fix(Fix {
        span: place,
        replacement: " {".to_owned(),
        applicability: Applicability::Unsafe,
    })
}

/// Says how a path of names is written, some of which stand in quotes beside each other: `network "lan" { … }`.
fn labels(
    parsed: &Parsed<'_>,
    first: usize,
    end: usize,
    source: SourceId,
    diagnostic: Diagnostic,
) -> Diagnostic {
    let is_plain = |text: &str| {
        text.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_')
            && text.chars().all(|letter| letter.is_ascii_alphanumeric() || "_-'".contains(letter))
    };
    let is_name = |kind| matches!(kind, TOKEN_STRING_CONTENT | TOKEN_IDENT | TOKEN_INTEGER);
    let names = parsed.tokens[first..end].iter().filter(|token| is_name(token.kind));
    let names: Vec<_> = names.map(|token| parsed.token_text(*token)).collect();
    let quoted = |name: &&str| if is_plain(name) { format!(".{name}") } else { format!(".\"{name}\"") };
    let path: String = names.iter().map(quoted).collect();
    let has_assign = matches!(parsed.tokens[end].kind, TOKEN_ASSIGN | TOKEN_DOT);
    let replacement = if has_assign { path } else { format!("{path} =") };
    let before = parsed.tokens[first - 1];
    diagnostic
        .labelled("names are joined by dots")
        .with_help(format!(
            "write `{}{replacement}{}`",
            parsed.token_text(before),
            if parsed.tokens[end].kind == TOKEN_ASSIGN { " =" } else { "" }
        ))
        .with_fix(Fix {
            span: Span::new(source, before.end, parsed.tokens[end - 1].end),
            replacement,
            applicability: Applicability::Unsafe,
        })
}

/// Says that a word has to be in quotes to be a name.
fn reserved(parsed: &Parsed<'_>, found: Token, source: SourceId, diagnostic: Diagnostic) -> Diagnostic {
    let replacement = format!("\"{}\"", parsed.token_text(found));
    diagnostic
        .labelled("this word has a meaning of its own")
        .with_help(format!("write `{replacement}` for the name"))
        .with_fix(Fix { span: place(parsed, found, source), replacement, applicability: Applicability::Safe })
}

pub(super) fn space_before(parsed: &Parsed<'_>, token: Token) -> bool {
    parsed.text[..token.start as usize].ends_with(char::is_whitespace)
}
