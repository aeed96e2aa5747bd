//! What people write who know other languages: commas for semicolons, brackets too many, bindings without a set, words
//! of JSON and of shells.

use launchnix_diagnostics::{Applicability, Code, Diagnostic, Fix, SourceId, Span};
use rnix::SyntaxKind::*;

use super::bare::{bare_arguments, before_body};
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
    if mistake.cause == Cause::MissingQuestion
        && let Some(before) = before
    {
        let after = Span::new(source, before.end, before.end);
        return Ok(diagnostic
            .labelled("this is the default of the argument")
            .with_label(after, "'?' is missing here")
            .with_help("the default of an argument is written with `?`: `{ name ? default, ... }:`")
            .with_fix(Fix {
                span: after,
                replacement: " ?".to_owned(),
                applicability: Applicability::Unsafe,
            }));
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
    if found.kind == TOKEN_IF && mistake.expecting == ["';'"] {
        return Ok(diagnostic
            .labelled("a choice starts with this")
            .with_help("a choice is written `if … then … else …`: the condition comes first"));
    }
    if found.kind == TOKEN_SEMICOLON && expects("'='") && follows(TOKEN_IDENT) {
        return Ok(diagnostic
            .labelled("a value is missing here")
            .with_help("write `name = value;`, or `inherit name;` for what is bound around"));
    }
    if found.kind == TOKEN_COMMA && expects("')'") {
        return Ok(diagnostic.labelled("no comma belongs here").with_help(
            "a function is called with its arguments after it, without brackets and commas: `f a b`",
        ));
    }
    let is_name = matches!(found.kind, TOKEN_IDENT | TOKEN_FLOAT | TOKEN_INTEGER);
    let on_line = |before: Token| !parsed.text[before.end as usize..found.start as usize].contains('\n');
    if expects("'='")
        && is_name
        && before.is_some_and(on_line)
        && matches!(after.kind, TOKEN_ASSIGN | TOKEN_DOT | TOKEN_IDENT)
    {
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
        _ => told_of_signs(parsed, mistake, source, diagnostic),
    }
}

/// Says what to write where a sign or a bracket is another one, or on the wrong side.
fn told_of_signs(
    parsed: &Parsed<'_>,
    mistake: &Mistake,
    source: SourceId,
    diagnostic: Diagnostic,
) -> Result<Diagnostic, Box<Diagnostic>> {
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
        TOKEN_SUB if (expects("'inherit'") || mistake.cause == Cause::Comment) && adjoins(TOKEN_SUB) => {
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
            let replacement = if space_before(parsed, found) { "=" } else { " =" };
            ("a name and its value are joined by `=`", "write `=` instead of `:`", replacement)
        }
        TOKEN_ASSIGN if expects("end of file") => return Ok(without_braces(parsed, source, diagnostic)),
        TOKEN_EQUAL if expects("'='") => ("this compares", "write `=` to give the name a value", "="),
        TOKEN_UPDATE if expects("'inherit'") || mistake.cause == Cause::Comment => {
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

fn space_before(parsed: &Parsed<'_>, token: Token) -> bool {
    parsed.text[..token.start as usize].ends_with(char::is_whitespace)
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
    let names = parsed.tokens[first..end].iter().filter(|token| token.kind == TOKEN_STRING_CONTENT);
    let names: Vec<_> = names.map(|token| parsed.token_text(*token)).collect();
    let quoted = |name: &&str| if is_plain(name) { format!(".{name}") } else { format!(".\"{name}\"") };
    let path: String = names.iter().map(quoted).collect();
    let has_assign = parsed.tokens[end].kind == TOKEN_ASSIGN;
    let replacement = if has_assign { path } else { format!("{path} =") };
    let before = parsed.tokens[first - 1];
    diagnostic
        .labelled("names are joined by dots")
        .with_help(format!(
            "write `{}{replacement}{}`",
            parsed.token_text(before),
            if has_assign { " =" } else { "" }
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
