//! Characters that only look like others: the spaces, dashes and punctuation of word processors, web pages and other
//! keyboards.

use launchnix_diagnostics::{Applicability, Code, Diagnostic, Fix, SourceId, Span};
use rnix::SyntaxKind::{self, *};

use super::lexer::{Scanned, Token};
use super::parser::{Cause, Mistake};
use super::tree::Parsed;

/// A character, and what it looks like.
struct Lookalike {
    name: String,
    /// The token that it looks like; none for a space.
    kind: Option<SyntaxKind>,
    written: &'static str,
}

fn lookalike(text: &str) -> Option<Lookalike> {
    let mut characters = text.chars();
    let (Some(character), None) = (characters.next(), characters.next()) else { return None };
    let (name, kind, written) = match character {
        '\u{a0}' | '\u{202f}' => ("a no-break space", None, " "),
        '\u{ad}' => ("a soft hyphen", None, ""),
        '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' => ("a character without width", None, ""),
        '\u{1680}' | '\u{2000}'..='\u{200a}' | '\u{205f}' | '\u{3000}' | '\u{b}' | '\u{c}' | '\u{85}' => {
            ("a special space", None, " ")
        }
        '\u{2028}' | '\u{2029}' => ("a special line break", None, "\n"),
        '\u{2010}'..='\u{2015}' => ("a dash", Some(TOKEN_SUB), "-"),
        '\u{2212}' => ("a minus sign", Some(TOKEN_SUB), "-"),
        '\u{d7}' | '\u{22c5}' | '\u{2217}' => ("a multiplication sign", Some(TOKEN_MUL), "*"),
        '\u{f7}' => ("a division sign", Some(TOKEN_DIV), "/"),
        '\u{2260}' => ("an unequals sign", Some(TOKEN_NOT_EQUAL), "!="),
        '\u{2264}' => ("a less-than-or-equals sign", Some(TOKEN_LESS_OR_EQ), "<="),
        '\u{2265}' => ("a greater-than-or-equals sign", Some(TOKEN_MORE_OR_EQ), ">="),
        '\u{2026}' => ("an ellipsis", Some(TOKEN_ELLIPSIS), "..."),
        '\u{37e}' | '\u{ff1b}' => ("", Some(TOKEN_SEMICOLON), ";"),
        '\u{ff0c}' | '\u{3001}' => ("", Some(TOKEN_COMMA), ","),
        '\u{ff1a}' => ("", Some(TOKEN_COLON), ":"),
        '\u{ff1d}' => ("", Some(TOKEN_ASSIGN), "="),
        '\u{ff08}' => ("", Some(TOKEN_L_PAREN), "("),
        '\u{ff09}' => ("", Some(TOKEN_R_PAREN), ")"),
        '\u{ff3b}' => ("", Some(TOKEN_L_BRACK), "["),
        '\u{ff3d}' => ("", Some(TOKEN_R_BRACK), "]"),
        '\u{ff5b}' => ("", Some(TOKEN_L_BRACE), "{"),
        '\u{ff5d}' => ("", Some(TOKEN_R_BRACE), "}"),
        '\u{ff0e}' => ("", Some(TOKEN_DOT), "."),
        _ => return None,
    };
    let code = format!("U+{:04X}", u32::from(character));
    let name = if name.is_empty() { format!("the character {code}") } else { format!("{name}, {code}") };
    Some(Lookalike { name, kind, written })
}

/// Takes such characters for what they look like. Gives where they are.
pub(super) fn take_for_meant(text: &str, scanned: &mut Scanned) -> Vec<u32> {
    let mut places = Vec::new();
    scanned.tokens.retain_mut(|token: &mut Token| {
        let written = &text[token.start as usize..token.end as usize];
        // The mark of a byte order is no character of the text.
        let is_mark = token.start == 0 && written == "\u{feff}";
        let found = (token.kind == TOKEN_ERROR && !is_mark).then(|| lookalike(written)).flatten();
        let Some(found) = found else { return true };
        places.push(token.start);
        token.kind = found.kind.unwrap_or(token.kind);
        found.kind.is_some()
    });
    places
}

/// Notes such characters, each kind of them once.
pub(super) fn noted<'t>(mut parsed: Parsed<'t>, places: &[u32]) -> Parsed<'t> {
    if places.is_empty() {
        return parsed;
    }
    let tokens = &parsed.tokens;
    parsed.mistakes.retain(|mistake| places.binary_search(&tokens[mistake.token].start).is_err());
    let character = |place: u32| parsed.text[place as usize..].chars().next();
    let mut known = Vec::new();
    for &place in places {
        if known.contains(&character(place)) {
            continue;
        }
        known.push(character(place));
        let token = parsed.tokens.partition_point(|token| token.start < place);
        let token = token.min(parsed.tokens.len() - 1);
        let cause = Cause::Lookalike(place);
        parsed.mistakes.push(Mistake { token, before: token, expecting: &[], cause });
    }
    parsed
}

/// Says what the character is, and what it should be.
pub(super) fn diagnostic(parsed: &Parsed<'_>, place: u32, source: SourceId) -> Diagnostic {
    let message = "syntax error, unexpected invalid token";
    let rest = &parsed.text[place as usize..];
    let length = rest.chars().next().map_or(1, char::len_utf8);
    let span = |start: u32| Span::new(source, start, start + u32::try_from(length).unwrap_or(1));
    let diagnostic = Diagnostic::new(Code::Syntax, span(place), message);
    let Some(found) = lookalike(&rest[..length]) else { return diagnostic };
    let help = match found.written {
        "" => "remove it".to_owned(),
        " " => "write a space".to_owned(),
        "\n" => "write a line break".to_owned(),
        written => format!("write `{written}`"),
    };
    let fix = Fix {
        span: span(place),
        replacement: found.written.to_owned(),
        applicability: Applicability::Unsafe,
    };
    let diagnostic = diagnostic.labelled(format!("this is {}", found.name)).with_help(help).with_fix(fix);
    let further = further(parsed, place, &rest[..length]).into_iter();
    further.fold(diagnostic, |diagnostic, at| diagnostic.with_further_edit(span(at), found.written))
}

/// Where else a character stands in for another one, outside of strings and comments.
fn further(parsed: &Parsed<'_>, first: u32, character: &str) -> Vec<u32> {
    let from = first as usize + character.len();
    let places = parsed.text[from..].match_indices(character);
    let places = places.filter_map(|(at, _)| u32::try_from(from + at).ok());
    let is_in_token = |place: u32| {
        let next = parsed.tokens.partition_point(|token| token.end <= place);
        parsed.tokens.get(next).is_some_and(|token| {
            token.start < place || token.kind == TOKEN_STRING_CONTENT && token.start == place
        })
    };
    let is_in_comment = |place: u32| {
        let next = parsed.comments.partition_point(|&(_, end)| end <= place);
        parsed.comments.get(next).is_some_and(|&(start, _)| start <= place)
    };
    places.filter(|&place| !is_in_token(place) && !is_in_comment(place)).collect()
}
