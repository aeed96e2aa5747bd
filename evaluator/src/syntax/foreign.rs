//! What people write who know other languages: commas for semicolons, brackets too many, bindings without a set, words
//! of JSON and of shells.

use launchnix_diagnostics::{Applicability, Code, Diagnostic, Fix, SourceId, Span};
use rnix::SyntaxKind::*;

use super::causes::{space_before, told_by_cause};
use super::error::{LOOK_AHEAD, ends_operand, further, place};
use super::lexer::{END, Token};
use super::operators_elsewhere;
use super::parser::{Cause, Mistake};
use super::tree::Parsed;

/// What stands in front of a name in other languages where it is given a value.
const BINDING_WORDS: [&str; 9] = ["set", "var", "val", "const", "def", "export", "local", "my", "define"];

/// A mistake that is explained.
#[derive(Clone, Copy)]
pub(super) struct Explained<'p, 't> {
    pub(super) parsed: &'p Parsed<'t>,
    pub(super) mistake: &'p Mistake,
    pub(super) source: SourceId,
}

/// The diagnostic with what to write, or as it was where that is not known.
pub(super) type Outcome = Result<Diagnostic, Box<Diagnostic>>;

/// Says what to write in place of what is more than one token, or of a bracket.
fn as_elsewhere(explained: Explained<'_, '_>, diagnostic: Diagnostic) -> Outcome {
    let Explained { parsed, mistake, source } = explained;
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
    let diagnostic = match as_signs(explained, diagnostic) {
        Ok(diagnostic) => return Ok(diagnostic),
        Err(diagnostic) => *diagnostic,
    };
    if let (Cause::MissingQuestion | Cause::MissingComma, Some(before)) = (mistake.cause, before) {
        return Ok(between_formals(explained, before, diagnostic));
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
        if let Some(before) = before.filter(|before| BINDING_WORDS.contains(&parsed.token_text(*before))) {
            let span = Span::new(source, before.start, found.start);
            let fix = Fix { span, replacement: String::new(), applicability: Applicability::Unsafe };
            return Ok(diagnostic
                .labelled("the name starts here")
                .with_help(format!(
                    "remove `{}`: a binding is written `name = value;`",
                    parsed.token_text(before)
                ))
                .with_fix(fix));
        }
        return Ok(diagnostic
            .labelled("the name does not end before this")
            .with_help("put a name in quotes that starts with a digit or has a space in it"));
    }
    Err(Box::new(diagnostic))
}

/// Says what to write in place of the signs of choices and comments.
fn as_signs(explained: Explained<'_, '_>, diagnostic: Diagnostic) -> Outcome {
    let Explained { parsed, mistake, source } = explained;
    let found = parsed.tokens[mistake.token];
    let follows = |kind| mistake.token > 0 && parsed.tokens[mistake.token - 1].kind == kind;
    let after = parsed.tokens.get(mistake.token + 1).copied().unwrap_or(found);
    if follows(TOKEN_QUESTION) && mistake.expecting.contains(&"identifier") {
        return Ok(choice_with_signs(diagnostic));
    }
    if found.kind == TOKEN_COLON
        && mistake.expecting == ["';'"]
        && let Some(question) = question_before(parsed, mistake.token)
    {
        let primary = Some(place(parsed, parsed.tokens[question], source));
        return Ok(choice_with_signs(Diagnostic { primary, ..diagnostic }));
    }
    if found.kind == TOKEN_MUL && after.kind == TOKEN_DIV && after.start == found.end {
        let span = Span::new(source, found.start, after.end);
        let fix = Fix { span, replacement: String::new(), applicability: Applicability::Unsafe };
        return Ok(diagnostic
            .labelled("this ends no comment")
            .with_help("remove it, or start the comment with `/*`")
            .with_fix(fix));
    }
    Err(Box::new(diagnostic))
}

/// Says what is missing between the name of an argument and its default, or between two arguments.
fn between_formals(explained: Explained<'_, '_>, before: Token, diagnostic: Diagnostic) -> Diagnostic {
    let Explained { parsed, mistake, source } = explained;
    let found = parsed.tokens[mistake.token];
    let after = Span::new(source, before.end, before.end);
    let fix = |span: Span, replacement: &str| Fix {
        span,
        replacement: replacement.to_owned(),
        applicability: Applicability::Unsafe,
    };
    if mistake.cause == Cause::MissingComma {
        return diagnostic
            .labelled("the next argument starts here")
            .with_label(after, "',' is missing here")
            .with_help("arguments are separated by `,`")
            .with_fix(fix(after, ","));
    }
    let help = "the default of an argument is written with `?`: `{ name ? default, ... }:`";
    if found.kind == TOKEN_COLON {
        let span = Span::new(source, before.end, found.end);
        return diagnostic.labelled("'?' belongs here").with_help(help).with_fix(fix(span, " ?"));
    }
    diagnostic
        .labelled("this is the default of the argument")
        .with_label(after, "'?' is missing here")
        .with_help(help)
        .with_fix(fix(after, " ?"))
}

/// Says what to write where something stands that other languages have at this place. Gives the diagnostic back
/// where nothing is known.
pub(super) fn from_another_language(explained: Explained<'_, '_>, diagnostic: Diagnostic) -> Outcome {
    let Explained { parsed, mistake, source } = explained;
    let found = parsed.tokens[mistake.token];
    let expects = |what| mistake.expecting.contains(&what);
    let diagnostic = match told_by_cause(explained, diagnostic) {
        Ok(diagnostic) => return Ok(diagnostic),
        Err(diagnostic) => *diagnostic,
    };
    let diagnostic = match operators_elsewhere::explain(explained, diagnostic) {
        Ok(diagnostic) => return Ok(diagnostic),
        Err(diagnostic) => *diagnostic,
    };
    let diagnostic = match as_elsewhere(explained, diagnostic) {
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
        TOKEN_SEMICOLON if expects("'inherit'") => {
            let rest =
                parsed.tokens[mistake.token..].iter().take_while(|token| token.kind == TOKEN_SEMICOLON);
            let end = rest.last().map_or(found.end, |last| last.end);
            return Ok(diagnostic.labelled("this ends nothing").with_help("remove it").with_fix(Fix {
                span: Span::new(source, found.start, end),
                replacement: String::new(),
                applicability: Applicability::Unsafe,
            }));
        }
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
        TOKEN_COLON if mistake.expecting == ["';'"] && ends_binding(parsed, mistake.token) => {
            ("bindings end with `;`", "write `;` instead of `:`", ";")
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
    let diagnostic = diagnostic.labelled(label).with_help(help).with_fix(fix);
    Ok(with_other_separators(explained, replacement, diagnostic))
}

/// Adds what to write in the place of the other separators of the kind that is wrong.
fn with_other_separators(
    explained: Explained<'_, '_>,
    replacement: &str,
    mut diagnostic: Diagnostic,
) -> Diagnostic {
    let Explained { parsed, mistake, source } = explained;
    let found = parsed.tokens[mistake.token];
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
    diagnostic
}

/// Whether what stands in the place of a semicolon is followed by the next binding, or by what ends them.
pub(super) fn ends_binding(parsed: &Parsed<'_>, at: usize) -> bool {
    let kind = |at: usize| parsed.tokens.get(at).map_or(END, |token| token.kind);
    let mut next = at + 1;
    while kind(next) == TOKEN_IDENT && kind(next + 1) == TOKEN_DOT {
        next += 2;
    }
    let is_binding = kind(next) == TOKEN_IDENT && kind(next + 1) == TOKEN_ASSIGN;
    is_binding || matches!(kind(at + 1), TOKEN_R_BRACE | TOKEN_IN | TOKEN_INHERIT)
}

/// Says how a choice is written, where it is with the signs of other languages.
fn choice_with_signs(diagnostic: Diagnostic) -> Diagnostic {
    diagnostic
        .labelled("`?` asks whether a set has an attribute")
        .with_help("a choice is written `if … then … else …`")
}

/// The question mark of a choice as other languages write it, whose colon stands at a token.
fn question_before(parsed: &Parsed<'_>, colon: usize) -> Option<usize> {
    /// What is chosen is seldom longer.
    const LOOK_BACK: usize = 64;
    let ends = |kind| matches!(kind, TOKEN_ASSIGN | TOKEN_SEMICOLON | TOKEN_L_BRACE | TOKEN_COMMA);
    let before = (0..colon).rev().take(LOOK_BACK).take_while(|&at| !ends(parsed.tokens[at].kind));
    before.into_iter().find(|&at| parsed.tokens[at].kind == TOKEN_QUESTION)
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
