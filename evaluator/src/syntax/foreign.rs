//! What people write who know other languages: commas for semicolons, brackets too many, bindings without a set, words
//! of JSON and of shells.

use launchnix_diagnostics::{Applicability, Code, Diagnostic, Fix, SourceId, Span};
use rnix::SyntaxKind::*;

use super::error::{LOOK_AHEAD, ends_operand, further, place};
use super::lexer::{END, Token};
use super::parser::{Cause, Mistake};
use super::tree::Parsed;
use super::{choices, operators_elsewhere};

/// Says what to write in place of what is more than one token, or of a bracket.
fn as_elsewhere(
    parsed: &Parsed<'_>,
    mistake: &Mistake,
    source: SourceId,
    diagnostic: Diagnostic,
) -> Result<Diagnostic, Box<Diagnostic>> {
    let found = parsed.tokens[mistake.token];
    let expects = |what| mistake.expecting.contains(&what);
    if matches!(mistake.cause, Cause::TooMany | Cause::ClosesNothing) {
        let span = place(parsed, found, source);
        let fix = Fix { span, replacement: String::new(), applicability: Applicability::Unsafe };
        let mut diagnostic = diagnostic
            .labelled("closes nothing")
            .with_help("remove it, or open what it should close")
            .with_fix(fix);
        let next = parsed.tokens[mistake.token + 1];
        // The semicolon belongs to the brace, unless it ends the binding around.
        if found.kind == TOKEN_R_BRACE && next.kind == TOKEN_SEMICOLON && !mistake.expecting.contains(&"';'")
        {
            diagnostic = diagnostic.with_further_edit(place(parsed, next, source), "");
        }
        return Ok(diagnostic);
    }
    if let Cause::BoundInFormals(opening) = mistake.cause {
        return Ok(bound_in_formals(parsed, mistake.token, opening, source));
    }
    let before = mistake.token.checked_sub(1).map(|before| parsed.tokens[before]);
    let after = parsed.tokens.get(mistake.token + 1).copied().unwrap_or(found);
    let follows = |kind| before.is_some_and(|before| before.kind == kind);
    let adjoins = |kind| after.kind == kind && after.start == found.end;
    if found.kind == TOKEN_ASSIGN && adjoins(TOKEN_MORE) && follows(TOKEN_IDENT) {
        let start = before.map_or(found.start, |before| before.end);
        let span = Span::new(source, start, after.end);
        let fix = Fix { span, replacement: ":".to_owned(), applicability: Applicability::Unsafe };
        return Ok(diagnostic
            .labelled("no arrow belongs here")
            .with_help("a function is written `argument: result`")
            .with_fix(fix));
    }
    if found.kind == TOKEN_INTERPOL_START && mistake.expecting.is_empty() {
        return Ok(outside_of_string(parsed, mistake.token, source, diagnostic));
    }
    if follows(TOKEN_QUESTION) && expects("identifier") {
        return Ok(diagnostic
            .labelled("`?` asks whether a set has an attribute")
            .with_help("a choice is written `if … then … else …`"));
    }
    if mistake.cause == Cause::MissingComma
        && let Some(before) = before
    {
        let after = Span::new(source, before.end, before.end);
        let fix = Fix { span: after, replacement: ",".to_owned(), applicability: Applicability::Unsafe };
        return Ok(diagnostic
            .labelled("the next argument starts here")
            .with_label(after, "',' is missing here")
            .with_help("arguments are separated by `,`")
            .with_fix(fix));
    }
    if found.kind == TOKEN_COLON && expects("'='") && adjoins(TOKEN_ASSIGN) {
        let span = place(parsed, found, source);
        let fix = Fix { span, replacement: String::new(), applicability: Applicability::Unsafe };
        return Ok(diagnostic
            .labelled("a name and its value are joined by `=`")
            .with_help("write `=` instead of `:=`")
            .with_fix(fix));
    }
    if found.kind == TOKEN_COMMA && expects("')'") {
        return Ok(diagnostic.labelled("no comma belongs here").with_help(
            "a function is called with its arguments after it, without brackets and commas: `f a b`",
        ));
    }
    let is_name = matches!(found.kind, TOKEN_IDENT | TOKEN_FLOAT | TOKEN_INTEGER);
    if expects("'='") && is_name && matches!(after.kind, TOKEN_ASSIGN | TOKEN_DOT | TOKEN_IDENT) {
        return Ok(diagnostic
            .labelled("the name does not end before this")
            .with_help("put a name in quotes that starts with a digit or has a space in it"));
    }
    Err(Box::new(diagnostic))
}

/// Says what to write where the parser knows what was meant.
fn told_by_cause(
    parsed: &Parsed<'_>,
    mistake: &Mistake,
    source: SourceId,
    diagnostic: Diagnostic,
) -> Result<Diagnostic, Box<Diagnostic>> {
    let found = parsed.tokens[mistake.token];
    let ends = parsed.tokens.get(mistake.token + 1).is_some_and(|after| after.kind == TOKEN_R_BRACE);
    if let Cause::BoundInList(opening, closing) = mistake.cause {
        let fix = Fix {
            span: place(parsed, parsed.tokens[opening], source),
            replacement: "{".to_owned(),
            applicability: Applicability::Unsafe,
        };
        return Ok(diagnostic
            .labelled("a name is bound here, which only sets and `let` do")
            .with_help("write `{ … }`, which is a set, instead of `[ … ]`, which is a list")
            .with_fix(fix)
            .with_further_edit(place(parsed, parsed.tokens[closing], source), "}"));
    }
    match mistake.cause {
        Cause::ElseIf | Cause::BeforeElse | Cause::Braces => {
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
        _ => Err(Box::new(diagnostic)),
    }
}

/// Says what to write where something stands that other languages have at this place. Gives the diagnostic back
/// where nothing is known.
pub(super) fn from_another_language(
    parsed: &Parsed<'_>,
    mistake: &Mistake,
    source: SourceId,
    diagnostic: Diagnostic,
) -> Result<Diagnostic, Box<Diagnostic>> {
    let found = parsed.tokens[mistake.token];
    let expects = |what| mistake.expecting.contains(&what);
    let space_before = parsed.text[..found.start as usize].ends_with(char::is_whitespace);
    let diagnostic = match told_by_cause(parsed, mistake, source, diagnostic) {
        Ok(diagnostic) => return Ok(diagnostic),
        Err(diagnostic) => *diagnostic,
    };
    let diagnostic = match operators_elsewhere::explain(parsed, mistake, source, diagnostic) {
        Ok(diagnostic) => return Ok(diagnostic),
        Err(diagnostic) => *diagnostic,
    };
    let diagnostic = match as_elsewhere(parsed, mistake, source, diagnostic) {
        Ok(diagnostic) => return Ok(diagnostic),
        Err(diagnostic) => *diagnostic,
    };
    let before = mistake.token.checked_sub(1).map(|before| parsed.tokens[before]);
    let after = parsed.tokens.get(mistake.token + 1).copied().unwrap_or(found);
    let adjoins = |kind| after.kind == kind && after.start == found.end;
    let (label, help, replacement) = match found.kind {
        TOKEN_COMMA if mistake.cause == Cause::AfterEllipsis => {
            ("nothing follows `...`", "remove the comma", "")
        }
        TOKEN_SEMICOLON if expects("'inherit'") => ("this ends nothing", "remove it", ""),
        TOKEN_COMMA if mistake.cause == Cause::InInherit => {
            ("no comma belongs here", "names are separated by space alone: remove the comma", "")
        }
        TOKEN_SEMICOLON if expects("','") => {
            ("arguments are separated by `,`", "write `,` instead of `;`", ",")
        }
        TOKEN_SEMICOLON if expects("end of file") && after.kind == END => {
            ("nothing follows the expression of a file", "remove it", "")
        }
        TOKEN_SEMICOLON
            if mistake.expecting.is_empty()
                && mistake.cause == Cause::Unexpected
                && before.is_some_and(|before| ends_operand(before.kind)) =>
        {
            (
                "no semicolon belongs here",
                "elements of a list are separated by space alone: remove the semicolon",
                "",
            )
        }
        TOKEN_ASSIGN if expects("'then'") => ("this gives a name a value", "write `==` to compare", "=="),
        TOKEN_SUB if expects("'inherit'") && adjoins(TOKEN_SUB) => {
            let fix = Fix {
                span: Span::new(source, found.start, after.end),
                replacement: "#".to_owned(),
                applicability: Applicability::Unsafe,
            };
            return Ok(diagnostic
                .labelled("this is no comment")
                .with_help("comments start with `#`, or stand between `/*` and `*/`")
                .with_fix(fix));
        }
        TOKEN_COMMA if mistake.cause == Cause::AfterHead => {
            ("`with` and `assert` are followed by `;`", "write `;` instead of `,`", ";")
        }
        TOKEN_COMMA if mistake.expecting == ["';'"] => {
            ("bindings end with `;`", "write `;` instead of `,`", ";")
        }
        TOKEN_COMMA if mistake.expecting.is_empty() => {
            ("no comma belongs here", "elements of a list are separated by space alone: remove the comma", "")
        }
        TOKEN_COLON if expects("'='") => {
            let replacement = if space_before { "=" } else { " =" };
            ("a name and its value are joined by `=`", "write `=` instead of `:`", replacement)
        }
        TOKEN_ASSIGN if expects("end of file") => return Ok(without_braces(parsed, source, diagnostic)),
        TOKEN_EQUAL if expects("'='") => ("this compares", "write `=` to give the name a value", "="),
        TOKEN_UPDATE if expects("'inherit'") => {
            ("this is no comment", "comments start with `#`, or stand between `/*` and `*/`", "#")
        }
        _ => return Err(Box::new(diagnostic)),
    };
    let span = place(parsed, found, source);
    let fix = Fix { span, replacement: replacement.to_owned(), applicability: Applicability::Unsafe };
    let mut diagnostic = diagnostic.labelled(label).with_help(help).with_fix(fix);
    if found.kind == TOKEN_SEMICOLON && mistake.expecting.is_empty() && replacement.is_empty() {
        for span in further(parsed, mistake.token, TOKEN_SEMICOLON, false, source) {
            diagnostic = diagnostic.with_further_edit(span, "");
        }
    }
    if found.kind == TOKEN_COMMA && mistake.cause != Cause::AfterHead {
        for span in further(parsed, mistake.token, TOKEN_COMMA, replacement == ";", source) {
            diagnostic = diagnostic.with_further_edit(span, if span.is_empty() { ";" } else { replacement });
        }
    }
    Ok(diagnostic)
}

/// Says that a word has to be in quotes to be a name.
fn reserved(parsed: &Parsed<'_>, found: Token, source: SourceId, diagnostic: Diagnostic) -> Diagnostic {
    let replacement = format!("\"{}\"", parsed.token_text(found));
    diagnostic
        .labelled("this word has a meaning of its own")
        .with_help(format!("write `{replacement}` for the name"))
        .with_fix(Fix { span: place(parsed, found, source), replacement, applicability: Applicability::Safe })
}

/// Says how formals give a default, where that is written as bindings give values.
fn bound_in_formals(parsed: &Parsed<'_>, first: usize, opening: usize, source: SourceId) -> Diagnostic {
    let mut edits = Vec::new();
    let mut nesting = 0_u32;
    for token in parsed.tokens[opening + 1..].iter().take(LOOK_AHEAD) {
        match token.kind {
            TOKEN_ASSIGN if nesting == 0 => edits.push((place(parsed, *token, source), "?")),
            TOKEN_SEMICOLON if nesting == 0 => edits.push((place(parsed, *token, source), ",")),
            TOKEN_L_PAREN | TOKEN_L_BRACK | TOKEN_L_BRACE | TOKEN_INTERPOL_START => nesting += 1,
            END => break,
            TOKEN_R_PAREN | TOKEN_R_BRACK | TOKEN_R_BRACE | TOKEN_INTERPOL_END => {
                let Some(outer) = nesting.checked_sub(1) else { break };
                nesting = outer;
            }
            _ => {}
        }
    }
    let found = parsed.tokens[first];
    let message = "syntax error, unexpected '=', expecting '}' or ','";
    let mut diagnostic = Diagnostic::new(Code::Syntax, place(parsed, found, source), message)
        .labelled("an argument is named here")
        .with_help("the default of an argument is written with `?`: `{ name ? default, ... }:`");
    let mut edits = edits.into_iter();
    if let Some((span, replacement)) = edits.next() {
        diagnostic = diagnostic.with_fix(Fix {
            span,
            replacement: replacement.to_owned(),
            applicability: Applicability::Unsafe,
        });
        for (span, replacement) in edits {
            diagnostic = diagnostic.with_further_edit(span, replacement);
        }
    }
    diagnostic
}

/// Says that an expression needs no `${ … }` around it, where it is in no string.
fn outside_of_string(
    parsed: &Parsed<'_>,
    opening: usize,
    source: SourceId,
    diagnostic: Diagnostic,
) -> Diagnostic {
    let diagnostic = diagnostic
        .labelled("this is no string")
        .with_help("write the expression without `${` and `}` around it");
    let mut nesting = 0_u32;
    for token in parsed.tokens[opening..].iter().take(LOOK_AHEAD) {
        match token.kind {
            TOKEN_INTERPOL_START => nesting += 1,
            TOKEN_INTERPOL_END => {
                nesting -= 1;
                if nesting == 0 {
                    let fix = Fix {
                        span: place(parsed, parsed.tokens[opening], source),
                        replacement: String::new(),
                        applicability: Applicability::Unsafe,
                    };
                    return diagnostic.with_fix(fix).with_further_edit(place(parsed, *token, source), "");
                }
            }
            TOKEN_SEMICOLON | END => break,
            _ => {}
        }
    }
    diagnostic
}

/// Says that bindings stand in a set, where they stand at the top of a file.
fn without_braces(parsed: &Parsed<'_>, source: SourceId, diagnostic: Diagnostic) -> Diagnostic {
    let end = u32::try_from(parsed.text.trim_end().len()).unwrap_or(u32::MAX);
    let fix = Fix {
        span: Span::new(source, 0, 0),
        replacement: "{\n".to_owned(),
        applicability: Applicability::Unsafe,
    };
    diagnostic
        .labelled("a name is bound here, which only sets and `let` do")
        .with_help("a file is one expression: put its bindings into `{ … }`")
        .with_fix(fix)
        .with_further_edit(Span::new(source, end, end), "\n}")
}
