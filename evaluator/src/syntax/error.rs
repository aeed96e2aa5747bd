//! Mistakes as diagnostics, in the words that Nix uses.

use launchnix_diagnostics::{Applicability, Code, Diagnostic, Fix, SourceId, Span};
use rnix::SyntaxKind::{self, *};

use super::lexer::{END, Token};
use super::parser::{Cause, MAX_DEPTH, Mistake};
use super::tree::Parsed;

pub(super) fn diagnostic(parsed: &Parsed<'_>, mistake: &Mistake, source: SourceId) -> Diagnostic {
    let at = mistake.token;
    let found = parsed.tokens[at];
    let before = at.checked_sub(1).map(|before| parsed.tokens[before]);
    if mistake.cause == Cause::TooDeep {
        let message = format!("the expression is nested more than {MAX_DEPTH} deep");
        return Diagnostic::new(Code::SyntaxLimit, place(parsed, found, source), message)
            .with_help("bind the inner parts to names with `let`");
    }
    if let Cause::Unclosed(opening) = mistake.cause
        && parsed.tokens[opening].kind == TOKEN_STRING_START
    {
        let expecting = mistake.expecting.join(" or ");
        let is_indented = parsed.text[parsed.tokens[opening].start as usize..].starts_with("''");
        let quotes = if is_indented { "''" } else { "\"" };
        let message = format!("syntax error, unexpected end of file, expecting {expecting}");
        return Diagnostic::new(Code::Syntax, place(parsed, parsed.tokens[opening], source), message)
            .labelled("this string is never closed")
            .with_help(format!("add `{quotes}` where the string ends"));
    }
    if found.kind == TOKEN_ERROR
        && let Some(diagnostic) = unscanned(parsed, mistake, before, source)
    {
        return diagnostic;
    }
    let mut message = format!("syntax error, unexpected {}", describe(parsed, found));
    if let Cause::UnclosedByLayout(_) = mistake.cause {
        "syntax error, '{' is never closed".clone_into(&mut message);
    } else if !mistake.expecting.is_empty() {
        message = format!("{message}, expecting {}", mistake.expecting.join(" or "));
    }
    let mut diagnostic = Diagnostic::new(Code::Syntax, place(parsed, found, source), message);
    if found.kind == END && mistake.before == 0 {
        return diagnostic.with_help("there is nothing in it but space and comments: write an expression");
    }
    if found.kind == TOKEN_LESS
        && parsed.text[found.end as usize..].starts_with(|next: char| next.is_ascii_alphanumeric())
    {
        diagnostic = diagnostic.labelled("if this starts a lookup path, that is never closed");
    }
    match from_another_language(parsed, mistake, source, diagnostic) {
        Ok(diagnostic) => diagnostic,
        Err(diagnostic) => missing(parsed, mistake, source, *diagnostic),
    }
}

/// A pipe where the feature is off.
pub(super) fn pipe(parsed: &Parsed<'_>, token: usize, source: SourceId) -> Diagnostic {
    let message = "experimental Nix feature 'pipe-operators' is disabled; add '--extra-experimental-features \
                   pipe-operators' to enable it";
    Diagnostic::new(Code::Syntax, place(parsed, parsed.tokens[token], source), message)
}

/// Says what to write where something stands that other languages have at this place. Gives the diagnostic back
/// where nothing is known.
fn from_another_language(
    parsed: &Parsed<'_>,
    mistake: &Mistake,
    source: SourceId,
    diagnostic: Diagnostic,
) -> Result<Diagnostic, Box<Diagnostic>> {
    let found = parsed.tokens[mistake.token];
    let expects = |what| mistake.expecting.contains(&what);
    let space_before = parsed.text[..found.start as usize].ends_with(char::is_whitespace);
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
    let (label, help, replacement) = match found.kind {
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
    if found.kind == TOKEN_COMMA {
        for span in further_commas(parsed, mistake.token, replacement == ";", source) {
            diagnostic = diagnostic.with_further_edit(span, if span.is_empty() { ";" } else { replacement });
        }
    }
    Ok(diagnostic)
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

/// The other commas between the same brackets, and, between bindings, the place where the last of them has to end.
fn further_commas(parsed: &Parsed<'_>, first: usize, is_binding: bool, source: SourceId) -> Vec<Span> {
    /// A set with more in it is not mended by a suggestion.
    const LOOK_AHEAD: usize = 2_000;
    let mut spans = Vec::new();
    let mut nesting = 0_u32;
    for (at, token) in parsed.tokens.iter().enumerate().skip(first + 1).take(LOOK_AHEAD) {
        match token.kind {
            TOKEN_COMMA if nesting == 0 => spans.push(place(parsed, *token, source)),
            TOKEN_L_PAREN | TOKEN_L_BRACK | TOKEN_L_BRACE | TOKEN_INTERPOL_START => nesting += 1,
            TOKEN_R_PAREN | TOKEN_R_BRACK | TOKEN_R_BRACE | TOKEN_INTERPOL_END if nesting > 0 => nesting -= 1,
            TOKEN_R_BRACE if is_binding => {
                let before = parsed.tokens[at - 1];
                if !matches!(before.kind, TOKEN_SEMICOLON | TOKEN_COMMA) {
                    spans.push(Span::new(source, before.end, before.end));
                }
                break;
            }
            TOKEN_R_PAREN | TOKEN_R_BRACK | TOKEN_R_BRACE | TOKEN_INTERPOL_END | END => break,
            _ => {}
        }
    }
    spans
}

/// Says what is missing, and where, if that is clear.
fn missing(
    parsed: &Parsed<'_>,
    mistake: &Mistake,
    source: SourceId,
    mut diagnostic: Diagnostic,
) -> Diagnostic {
    let found = parsed.tokens[mistake.token];
    let Some(before) = mistake.before.checked_sub(1).map(|before| parsed.tokens[before]) else {
        return diagnostic;
    };
    let after = Span::new(source, before.end, before.end);
    let one_missing = match mistake.expecting {
        [only] => Some(only.trim_matches('\'')),
        _ => None,
    };
    let opening = match mistake.cause {
        Cause::Unclosed(opening) | Cause::UnclosedByLayout(opening) if ends_bracket(found.kind) => {
            Some(parsed.tokens[opening])
        }
        _ => None,
    };
    let closing = opening.map(|opening| closing_of(opening.kind));
    let is_value = one_missing == Some(";") && !ends_operand(before.kind);
    let what =
        one_missing.filter(|missing| matches!(*missing, ";" | ")" | "]" | "}" | "=" | ":" | "then" | "else"));
    let label = match (is_value, what.or(closing)) {
        (true, _) => "a value is missing here".to_owned(),
        (false, Some(missing)) => format!("'{missing}' is missing here"),
        (false, None) => String::new(),
    };
    if !label.is_empty() {
        let on_other_line = parsed.text[before.end as usize..found.start as usize].contains('\n');
        if on_other_line && found.kind != END {
            // The line to mend is the one before, not the one on which Nix notices.
            let noticed = diagnostic.primary.replace(after);
            diagnostic.primary_label = label;
            if let Some(noticed) = noticed {
                diagnostic = diagnostic.with_label(noticed, "noticed here");
            }
        } else {
            diagnostic = diagnostic.with_label(after, label);
        }
    }
    if let (Some(opening), Some(_)) = (opening, closing) {
        diagnostic = diagnostic.with_label(place(parsed, opening, source), "opened here, and never closed");
    }
    if let (false, Some(missing)) = (is_value, what) {
        diagnostic = diagnostic.with_help(format!("add '{missing}' after the expression before it"));
        if missing == ";" {
            diagnostic = diagnostic.with_fix(Fix {
                span: after,
                replacement: ";".to_owned(),
                applicability: Applicability::Unsafe,
            });
        }
    }
    if found.kind == END && diagnostic.help.is_none() {
        diagnostic = diagnostic.with_help("a bracket, a string or a comment that was opened is never closed");
    }
    diagnostic
}

fn closing_of(opening: SyntaxKind) -> &'static str {
    match opening {
        TOKEN_L_PAREN => ")",
        TOKEN_L_BRACK => "]",
        TOKEN_LET => "in",
        _ => "}",
    }
}

/// Whether a token shows that the brackets around should have been closed before it.
fn ends_bracket(kind: SyntaxKind) -> bool {
    matches!(
        kind,
        END | TOKEN_SEMICOLON
            | TOKEN_R_PAREN
            | TOKEN_R_BRACK
            | TOKEN_R_BRACE
            | TOKEN_INTERPOL_END
            | TOKEN_IN
            | TOKEN_THEN
            | TOKEN_ELSE
            | TOKEN_IDENT
            | TOKEN_ASSIGN
    )
}

/// What is no token of the language.
fn unscanned(
    parsed: &Parsed<'_>,
    mistake: &Mistake,
    before: Option<Token>,
    source: SourceId,
) -> Option<Diagnostic> {
    let found = parsed.tokens[mistake.token];
    let written = parsed.token_text(found);
    if found.start == 0 && written.starts_with('\u{feff}') {
        let span = Span::new(source, 0, u32::try_from('\u{feff}'.len_utf8()).unwrap_or(0));
        let fix = Fix { span, replacement: String::new(), applicability: Applicability::Safe };
        return Some(
            Diagnostic::new(Code::Syntax, span, "syntax error, unexpected byte order mark")
                .with_help("save the file as UTF-8 without a byte order mark")
                .with_fix(fix),
        );
    }
    if let Some(text) = written.strip_prefix('\'').and_then(|rest| rest.strip_suffix('\'')) {
        let span = place(parsed, found, source);
        let mut diagnostic = Diagnostic::new(Code::Syntax, span, "syntax error, unexpected invalid token")
            .labelled("strings stand in double quotes")
            .with_help(if text.contains('"') {
                format!("write `''{text}''`")
            } else {
                format!("write `\"{text}\"`")
            });
        if !text.contains(['"', '\\', '$']) {
            let replacement = format!("\"{text}\"");
            diagnostic = diagnostic.with_fix(Fix { span, replacement, applicability: Applicability::Safe });
        }
        return Some(diagnostic);
    }
    if written.starts_with("/*") {
        // A comment that is never closed is a division by a product to Nix.
        let divides = before.is_some_and(|before| ends_operand(before.kind));
        let span = Span::new(source, found.start, found.start + 2);
        let message = if divides {
            "syntax error, unexpected '*'".to_owned()
        } else if mistake.expecting.is_empty() {
            "syntax error, unexpected '/'".to_owned()
        } else {
            format!("syntax error, unexpected '/', expecting {}", mistake.expecting.join(" or "))
        };
        return Some(Diagnostic::new(Code::Syntax, span, message).labelled("this comment is never closed"));
    }
    if !written.contains('/') {
        return None;
    }
    let message = if written.ends_with('/') {
        "path has a trailing slash"
    } else {
        "syntax error, unexpected end of path, expecting '${'"
    };
    Some(Diagnostic::new(Code::Syntax, place(parsed, found, source), message))
}

/// Where a token is: its first line says enough. The end of the file is where its last line ends.
fn place(parsed: &Parsed<'_>, token: Token, source: SourceId) -> Span {
    let (start, end) = if token.kind == END {
        let end = u32::try_from(parsed.text.trim_end().len()).unwrap_or(u32::MAX);
        (end, end)
    } else {
        let line = parsed.token_text(token).lines().next().map_or(1, |line| line.len().max(1));
        (token.start, token.start + u32::try_from(line).unwrap_or(1))
    };
    Span::new(source, start, end)
}

fn describe(parsed: &Parsed<'_>, token: Token) -> String {
    let text = parsed.token_text(token);
    match token.kind {
        END => "end of file".to_owned(),
        TOKEN_STRING_START if text == "''" => "start of an indented string".to_owned(),
        TOKEN_STRING_START | TOKEN_STRING_END => "'\"'".to_owned(),
        TOKEN_STRING_CONTENT => "string".to_owned(),
        TOKEN_IDENT => "identifier".to_owned(),
        TOKEN_INTEGER => "integer".to_owned(),
        TOKEN_FLOAT => "floating-point literal".to_owned(),
        TOKEN_URI => "URI".to_owned(),
        TOKEN_PATH_ABS | TOKEN_PATH_REL => "path".to_owned(),
        TOKEN_PATH_HOME => "'~/…' path".to_owned(),
        TOKEN_PATH_SEARCH => "'<…>' path".to_owned(),
        TOKEN_ERROR => "invalid token".to_owned(),
        _ => format!("'{text}'"),
    }
}

/// Whether an expression can end with a token.
fn ends_operand(kind: SyntaxKind) -> bool {
    kind.is_literal()
        || matches!(
            kind,
            TOKEN_IDENT
                | TOKEN_OR
                | TOKEN_STRING_END
                | TOKEN_INTERPOL_END
                | TOKEN_R_PAREN
                | TOKEN_R_BRACK
                | TOKEN_R_BRACE
        )
}
