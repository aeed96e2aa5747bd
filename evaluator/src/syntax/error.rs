//! Mistakes as diagnostics, in the words that Nix uses.

use launchnix_diagnostics::{Applicability, Code, Diagnostic, Fix, SourceId, Span};
use rnix::SyntaxKind::{self, *};

use super::foreign::{Explained, from_another_language};
use super::lexer::{END, Token};
use super::lexer_strings::opens_bracket;
use super::parser::{ATTRIBUTE, Cause, MAX_DEPTH, Mistake};
use super::tree::Parsed;
use super::unclosed::words_before;
use super::{
    blocks, brackets_told, lookalikes, merges, parameters, pasted_told, prose, quotes_inside,
    quotes_of_lists, words,
};

/// What has more tokens in it is not mended by a suggestion.
pub(super) const LOOK_AHEAD: usize = 2_000;

pub(super) fn diagnostic(parsed: &Parsed<'_>, mistake: &Mistake, source: SourceId) -> Diagnostic {
    let at = mistake.token;
    let found = parsed.tokens[at];
    let before = at.checked_sub(1).map(|before| parsed.tokens[before]);
    if mistake.cause == Cause::TooDeep {
        let message = format!("the expression is nested more than {MAX_DEPTH} deep");
        return Diagnostic::new(Code::SyntaxLimit, place(parsed, found, source), message)
            .with_help("bind the inner parts to names with `let`");
    }
    if mistake.cause == Cause::InnerLet {
        return inner_let(parsed, mistake, source);
    }
    match mistake.cause {
        Cause::Lookalike(place) => return lookalikes::diagnostic(parsed, place, source),
        Cause::Prose(lines) => return prose::diagnostic(parsed, lines, source),
        Cause::Word(word) => return words::diagnostic(parsed, word, source),
        Cause::MergeConflict(markers) => return merges::merge_diagnostic(parsed, markers, source),
        Cause::Patch(start) => return merges::patch_diagnostic(parsed, start, source),
        Cause::QuotesOfList(list) => return quotes_of_lists::diagnostic(parsed, list, source),
        Cause::Pasted(pasted) => return pasted_told::diagnostic(parsed, pasted, source),
        Cause::Bracket(wrong) => return brackets_told::diagnostic(parsed, wrong, source),
        Cause::Block(block) => return blocks::diagnostic(block, source),
        Cause::OfShell(place) => return blocks::of_shell_diagnostic(parsed, place, source),
        Cause::Parameters(written) => return parameters::diagnostic(parsed, mistake, written, source),
        _ => {}
    }
    if let Cause::QuotesInside(quotes) = mistake.cause {
        return quotes_inside::diagnostic(parsed, at, quotes, source);
    }
    if let Cause::Unclosed(opening) = mistake.cause
        && parsed.tokens[opening].kind == TOKEN_STRING_START
    {
        if let Some(diagnostic) = half_quoted(parsed, opening, source) {
            return diagnostic;
        }
        let expecting = mistake.expecting.join(" or ");
        let is_indented = parsed.text[parsed.tokens[opening].start as usize..].starts_with("''");
        if let Some(diagnostic) = half_indented(parsed, opening, source) {
            return diagnostic;
        }
        let quotes = if is_indented { "''" } else { "\"" };
        let message = format!("syntax error, unexpected end of file, expecting {expecting}");
        return Diagnostic::new(Code::Syntax, place(parsed, parsed.tokens[opening], source), message)
            .labelled("this string is never closed")
            .with_help(format!("add `{quotes}` where the string ends"));
    }
    if found.kind == TOKEN_ERROR
        && mistake.cause != Cause::NoOperator
        && let Some(diagnostic) = unscanned(parsed, mistake, before, source)
    {
        return diagnostic;
    }
    let mut message = format!("syntax error, unexpected {}", describe(parsed, found));
    if mistake.cause == Cause::TooMany {
        message = format!("syntax error, there is one {} too many", describe(parsed, found));
    } else if let Cause::UnclosedByLayout(_) = mistake.cause {
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
    match from_another_language(Explained { parsed, mistake, source }, diagnostic) {
        Ok(diagnostic) => diagnostic,
        Err(diagnostic) => missing(parsed, mistake, source, *diagnostic),
    }
}

/// A `let` inside of an expression: Nix reads on for the old form with braces.
fn inner_let(parsed: &Parsed<'_>, mistake: &Mistake, source: SourceId) -> Diagnostic {
    let (found, next) = (parsed.tokens[mistake.token], parsed.tokens[mistake.token + 1]);
    let message = format!("syntax error, unexpected {}, expecting '{{'", describe(parsed, next));
    let help = match mistake.expecting {
        [missing] if !matches!(*missing, "end of file" | "')'") => {
            format!("put `let … in …` in parentheses, or add {missing} before it")
        }
        _ => "put `let … in …` in parentheses".to_owned(),
    };
    Diagnostic::new(Code::Syntax, place(parsed, next, source), message)
        .with_label(place(parsed, found, source), "inside of an expression, `let` only starts `let { … }`")
        .with_help(help)
}

/// A name of an `inherit` that is only known when it is evaluated.
pub(super) fn dynamic_inherit(parsed: &Parsed<'_>, token: usize, source: SourceId) -> Diagnostic {
    let message = "dynamic attributes not allowed in inherit";
    Diagnostic::new(Code::Syntax, place(parsed, parsed.tokens[token], source), message)
}

/// A pipe where the feature is off.
pub(super) fn pipe(parsed: &Parsed<'_>, token: usize, source: SourceId) -> Diagnostic {
    let message = "experimental Nix feature 'pipe-operators' is disabled; add '--extra-experimental-features \
                   pipe-operators' to enable it";
    Diagnostic::new(Code::Syntax, place(parsed, parsed.tokens[token], source), message)
}

/// Says what is wrong with a string that only seems never to be closed: its first quote is missing, or it holds an
/// interpolation that is not closed.
fn half_quoted(parsed: &Parsed<'_>, opening: usize, source: SourceId) -> Option<Diagnostic> {
    let quote = parsed.tokens[opening];
    let rest = &parsed.text[quote.start as usize..];
    let line = rest_of_line(rest.strip_prefix('"')?);
    let message = "syntax error, unexpected end of file, expecting '\"'";
    let ends = line.trim_start().is_empty() || line.starts_with([';', ' ', ']', ')', '}']);
    if let Some(first) = words_before(parsed, opening).filter(|_| ends) {
        // Where code follows, the words before may be code as well.
        let first = if opens_bracket(line.as_bytes()) { opening - 1 } else { first };
        let start = parsed.tokens[first].start;
        let words = &parsed.text[start as usize..quote.start as usize];
        return Some(
            Diagnostic::new(Code::Syntax, Span::new(source, start, quote.end), message)
                .labelled("a quote closes this, and none opens it")
                .with_help(format!("write `\"{words}\"`"))
                .with_fix(Fix {
                    span: Span::new(source, start, start),
                    replacement: "\"".to_owned(),
                    applicability: Applicability::Unsafe,
                }),
        );
    }
    let interpolation = open_interpolation(up_to_end(line))?;
    let start = quote.end + u32::try_from(interpolation).ok()?;
    Some(
        Diagnostic::new(
            Code::Syntax,
            Span::new(source, start, start + 2),
            "syntax error, unexpected end of file, expecting '}'",
        )
        .labelled("this interpolation is never closed")
        .with_label(Span::new(source, quote.start, quote.end), "in this string")
        .with_help("add `}` where the expression ends"),
    )
}

/// Says that a `''` string, which ends, has an interpolation in it that is not closed on its line.
fn half_indented(parsed: &Parsed<'_>, opening: usize, source: SourceId) -> Option<Diagnostic> {
    let [quote, content, end] = [0, 1, 2].map(|count| parsed.tokens.get(opening + count).copied());
    let (quote, content, end) = (quote?, content?, end?);
    if content.kind != TOKEN_STRING_CONTENT || parsed.token_text(end) != "''" {
        return None;
    }
    let mut at = content.start as usize;
    for line in parsed.token_text(content).split_inclusive('\n') {
        if let Some(found) = open_interpolation(line).filter(|&found| !line[..found].ends_with("''")) {
            let start = u32::try_from(at + found).ok()?;
            let message = "syntax error, unexpected end of file, expecting '}'";
            return Some(
                Diagnostic::new(Code::Syntax, Span::new(source, start, start + 2), message)
                    .labelled("this interpolation is never closed")
                    .with_label(place(parsed, quote, source), "in this string")
                    .with_help("add `}` where the expression ends"),
            );
        }
        at += line.len();
    }
    None
}

/// What of a line is before quotes that most likely end the string.
fn up_to_end(line: &str) -> &str {
    let ends = |&(at, _): &(usize, &str)| {
        let after = line[at + 1..].trim_start();
        after.is_empty() || after.starts_with(';')
    };
    line.match_indices('"').find(ends).map_or(line, |(at, _)| &line[..at])
}

/// Where an interpolation starts in a line of a string that is not closed in it.
fn open_interpolation(line: &str) -> Option<usize> {
    let mut open: Vec<(usize, bool)> = Vec::new();
    let mut at = 0;
    while let Some(found) = line[at..].find(['{', '}', '\\']) {
        at += found;
        match line.as_bytes()[at] {
            // What is escaped is text.
            b'\\' => at += line[at + 1..].chars().next().map_or(0, char::len_utf8),
            b'{' if line[..at].ends_with('$') => open.push((at - 1, true)),
            b'{' if !open.is_empty() => open.push((at, false)),
            _ => {
                open.pop();
            }
        }
        at += 1;
    }
    open.into_iter().find(|&(_, is_interpolation)| is_interpolation).map(|(start, _)| start)
}

/// The other separators of a kind between the same brackets, and, between bindings, the place where the last of them has
/// to end.
pub(super) fn further(
    parsed: &Parsed<'_>,
    first: usize,
    separator: SyntaxKind,
    is_binding: bool,
    source: SourceId,
) -> Vec<Span> {
    let mut spans = Vec::new();
    let mut nesting = 0_u32;
    for (at, token) in parsed.tokens.iter().enumerate().skip(first + 1).take(LOOK_AHEAD) {
        match token.kind {
            kind if kind == separator && nesting == 0 => spans.push(place(parsed, *token, source)),
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
    let is_on_other_line = parsed.text[before.end as usize..found.start as usize].contains('\n');
    let starts = found.kind.is_literal()
        || matches!(
            found.kind,
            TOKEN_L_BRACE
                | TOKEN_L_BRACK
                | TOKEN_L_PAREN
                | TOKEN_REC
                | TOKEN_LET
                | TOKEN_STRING_START
                | TOKEN_IDENT
                | TOKEN_WITH
        );
    let one_missing = match mistake.expecting {
        [only] => Some(only.trim_matches('\'')),
        [] if mistake.cause == Cause::AfterInherit => Some(";"),
        ["':'", "'@'"] if starts => Some(":"),
        // A name alone on its line has no value.
        ["'.'", "'='"] if starts && !is_on_other_line => Some("="),
        ["'in'", ..] if starts => Some("in"),
        _ => None,
    };
    let opening = match mistake.cause {
        Cause::Unclosed(_) if what_ends_let(mistake) => None,
        Cause::Unclosed(opening) | Cause::UnclosedByLayout(opening) if ends_bracket(found.kind) => {
            Some(parsed.tokens[opening])
        }
        _ => None,
    };
    let closing = opening.map(|opening| closing_of(opening.kind));
    let is_half = mistake.expecting == ["'.'", "'='"] && is_on_other_line;
    let is_value = is_half
        || one_missing == Some(";") && !ends_operand(before.kind)
        || mistake.expecting.is_empty() && ends_value(found.kind) && wants_value(before.kind);
    let is_name = before.kind == TOKEN_DOT && mistake.expecting == ATTRIBUTE;
    let what = one_missing
        .filter(|missing| matches!(*missing, ";" | ")" | "]" | "}" | "=" | ":" | "in" | "then" | "else"));
    let label = match (is_value, what.or(closing)) {
        (true, _) => "a value is missing here".to_owned(),
        _ if is_name => "a name is missing here".to_owned(),
        (false, Some(missing)) => format!("'{missing}' is missing here"),
        (false, None) => String::new(),
    };
    if !label.is_empty() {
        let is_before_name = found.kind == TOKEN_ASSIGN && mistake.before < mistake.token;
        if is_before_name
            || is_on_other_line && (found.kind != END || is_value || mistake.before < mistake.token)
        {
            // The line to mend is the one before, not the one on which Nix notices.
            let noticed = diagnostic.primary.replace(after);
            diagnostic.primary_label = label;
            if let Some(noticed) = noticed.filter(|&noticed| noticed != after) {
                diagnostic = diagnostic.with_label(noticed, "noticed here");
            }
        } else if diagnostic.primary == Some(after) {
            diagnostic.primary_label = label;
        } else {
            diagnostic = diagnostic.with_label(after, label);
        }
    }
    if let (Some(opening), Some(_)) = (opening, closing) {
        diagnostic = diagnostic.with_label(place(parsed, opening, source), "opened here, and never closed");
    }
    if let (false, Some(missing)) = (is_value, what) {
        diagnostic = diagnostic.with_help(match missing {
            "=" => "write `=` between a name and its value".to_owned(),
            ":" => "add ':' between the arguments of a function and its result".to_owned(),
            "in" => "add 'in' between the bindings of a `let` and its result".to_owned(),
            _ => format!("add '{missing}' after the expression before it"),
        });
        let replacement = match missing {
            ";" | ":" => missing.to_owned(),
            "=" | "in" => format!(" {missing}"),
            _ => String::new(),
        };
        if !replacement.is_empty() {
            diagnostic =
                diagnostic.with_fix(Fix { span: after, replacement, applicability: Applicability::Unsafe });
        }
    }
    if found.kind == END && diagnostic.help.is_none() {
        diagnostic = diagnostic.with_help(match closing {
            _ if before.kind == TOKEN_IN => "write what the `let` gives after its `in`".to_owned(),
            _ if is_value => "write the value".to_owned(),
            _ if what_ends_let(mistake) => {
                "add 'in' after the bindings of the `let`, and its result".to_owned()
            }
            Some(closing) => format!("add '{closing}' where it ends"),
            None => "a bracket, a string or a comment that was opened is never closed".to_owned(),
        });
    }
    diagnostic
}

/// Whether a token shows that a value should have been before it.
fn ends_value(kind: SyntaxKind) -> bool {
    matches!(
        kind,
        END | TOKEN_SEMICOLON
            | TOKEN_COMMA
            | TOKEN_R_PAREN
            | TOKEN_R_BRACK
            | TOKEN_R_BRACE
            | TOKEN_INTERPOL_END
            | TOKEN_IN
            | TOKEN_THEN
            | TOKEN_ELSE
    )
}

/// Whether nothing but a value follows a token.
fn wants_value(kind: SyntaxKind) -> bool {
    matches!(
        kind,
        TOKEN_ASSIGN
            | TOKEN_COLON
            | TOKEN_IN
            | TOKEN_THEN
            | TOKEN_ELSE
            | TOKEN_IF
            | TOKEN_WITH
            | TOKEN_ASSERT
            | TOKEN_ADD
            | TOKEN_SUB
            | TOKEN_MUL
            | TOKEN_DIV
            | TOKEN_CONCAT
            | TOKEN_UPDATE
            | TOKEN_AND_AND
            | TOKEN_OR_OR
            | TOKEN_IMPLICATION
            | TOKEN_EQUAL
            | TOKEN_NOT_EQUAL
    )
}

/// Whether it is `in` that is missing.
fn what_ends_let(mistake: &Mistake) -> bool {
    mistake.expecting.first() == Some(&"'in'")
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
            | TOKEN_L_BRACE
            | TOKEN_UPDATE
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
            Diagnostic::new(Code::Syntax, span, "syntax error, unexpected invalid token")
                .with_help("save the file as UTF-8 without a byte order mark")
                .with_fix(fix),
        );
    }
    if let Some(text) = written.strip_prefix('\'').and_then(|rest| rest.strip_suffix('\'')) {
        if text.contains('\n') {
            return Some(lines_in_single_quotes(found, text, source));
        }
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
        return Some(
            Diagnostic::new(Code::Syntax, span, message)
                .labelled("this comment is never closed")
                .with_help("add `*/` where the comment ends"),
        );
    }
    if !written.contains('/') {
        return no_token(parsed, mistake, source);
    }
    let message = if written.ends_with('/') {
        "path has a trailing slash"
    } else {
        "syntax error, unexpected end of path, expecting '${'"
    };
    Some(Diagnostic::new(Code::Syntax, place(parsed, found, source), message))
}

/// Text of several lines in single quotes.
fn lines_in_single_quotes(found: Token, text: &str, source: SourceId) -> Diagnostic {
    let diagnostic = Diagnostic::new(
        Code::Syntax,
        Span::new(source, found.start, found.start + 1),
        "syntax error, unexpected invalid token",
    )
    .labelled("this starts no string")
    .with_help("text of several lines stands between `''` and `''`");
    if text.contains("${") || text.ends_with('\'') {
        return diagnostic;
    }
    let span = Span::new(source, found.start, found.end);
    let replacement = format!("''{text}''");
    diagnostic.with_fix(Fix { span, replacement, applicability: Applicability::Unsafe })
}

/// The line that a text starts with, or as much of it as is worth a look.
fn rest_of_line(text: &str) -> &str {
    const ENOUGH: usize = 400;
    let mut end = text.len().min(ENOUGH);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text[..end].lines().next().unwrap_or("")
}

/// A character that other languages, or a word processor, put there.
fn no_token(parsed: &Parsed<'_>, mistake: &Mistake, source: SourceId) -> Option<Diagnostic> {
    let found = parsed.tokens[mistake.token];
    let written = parsed.token_text(found);
    let rest = &parsed.text[found.end as usize..];
    let line = rest_of_line(rest);
    let follows_string = parsed.text[..found.start as usize].trim_end().ends_with('"');
    let mut message = "syntax error, unexpected invalid token".to_owned();
    if !mistake.expecting.is_empty() {
        message = format!("{message}, expecting {}", mistake.expecting.join(" or "));
    }
    let span = place(parsed, found, source);
    let with = |span: Span, label: &str, help: String, replacement: String| {
        let fix = Fix { span, replacement, applicability: Applicability::Unsafe };
        Some(
            Diagnostic::new(Code::Syntax, span, message.as_str())
                .labelled(label)
                .with_help(help)
                .with_fix(fix),
        )
    };
    let closing = match written {
        "`" => "`",
        "\u{201c}" | "\u{201d}" | "\u{201e}" => "\u{201c}\u{201d}",
        "\u{2018}" | "\u{2019}" => "\u{2018}\u{2019}",
        "\u{ab}" | "\u{bb}" => "\u{ab}\u{bb}",
        "%" => {
            let diagnostic = Diagnostic::new(Code::Syntax, span, message.as_str());
            let help = "sizes are numbers of MiB, and other numbers are written without a sign behind them";
            return Some(diagnostic.labelled("a number has no unit").with_help(help));
        }
        "$" if line.starts_with(|next: char| next.is_alphabetic() || next == '_') => {
            let help = "a variable is used by its name alone: remove the `$`".to_owned();
            return with(span, "no `$` belongs here", help, String::new());
        }
        "&" | "|" if line.trim_start().starts_with('{') => {
            let help = "two sets are put together with `//`".to_owned();
            return with(span, "this is no operator", help, "//".to_owned());
        }
        "&" if line.trim_start().starts_with('"') || follows_string => {
            return with(span, "this is no operator", "strings are joined by `+`".to_owned(), "+".to_owned());
        }
        "&" | "|" => {
            let what = if written == "&" { "and" } else { "or" };
            let help = format!("`{what}` is written `{written}{written}`");
            return with(span, "this is no operator", help, written.repeat(2));
        }
        _ => return None,
    };
    let length = line.find(|next: char| closing.contains(next))?;
    let text = &line[..length];
    if text.contains(['"', '\\', '$']) {
        return None;
    }
    let last = line[length..].chars().next().map_or(0, char::len_utf8);
    let end = found.end + u32::try_from(length + last).ok()?;
    let whole = Span::new(source, found.start, end);
    with(whole, "strings stand in double quotes", format!("write `\"{text}\"`"), format!("\"{text}\""))
}

/// Where a token is: its first line says enough. The end of the file is where its last line ends.
pub(super) fn place(parsed: &Parsed<'_>, token: Token, source: SourceId) -> Span {
    let (start, end) = if token.kind == END {
        let text = &parsed.text[..token.start as usize];
        let end = u32::try_from(text.trim_end().len()).unwrap_or(u32::MAX);
        (end, end)
    } else {
        let line = parsed.token_text(token).lines().next().map_or(0, str::len);
        let first = parsed.text[token.start as usize..].chars().next().map_or(0, char::len_utf8);
        (token.start, token.start + u32::try_from(line.max(first)).unwrap_or(1))
    };
    Span::new(source, start, end)
}

pub(super) fn describe(parsed: &Parsed<'_>, token: Token) -> String {
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
pub(super) fn ends_operand(kind: SyntaxKind) -> bool {
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
