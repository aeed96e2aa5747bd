//! Lists on one line whose strings lack quotes: what is between two strings is inside out, and may be valid all the same.

use launchnix_diagnostics::{Applicability, Code, Diagnostic, Fix, SourceId, Span};
use rnix::SyntaxKind::*;

use super::lexer::{END, Scanned, Token, offset};
use super::parser::{Cause, Mistake};
use super::tree::Parsed;

/// What is between the brackets of a list whose quotes do not match.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Quotes {
    /// Where the first word starts that shows it.
    pub(super) word: u32,
    pub(super) start: u32,
    pub(super) end: u32,
}

/// Whether the quotes of some list do not match.
pub(super) fn any(text: &str, tokens: &[Token]) -> bool {
    (0..tokens.len()).any(|at| tokens[at].kind == TOKEN_L_BRACK && in_list(text, tokens, at).is_some())
}

/// Takes what is between the brackets of such lists for something that is not known. Gives where it is.
pub(super) fn leave_out(text: &str, scanned: &mut Scanned) -> Vec<Quotes> {
    let lists = (0..scanned.tokens.len()).filter(|&at| scanned.tokens[at].kind == TOKEN_L_BRACK);
    let found: Vec<Quotes> = lists.filter_map(|at| in_list(text, &scanned.tokens, at)).collect();
    if found.is_empty() {
        return found;
    }
    let mut lists = found.iter().peekable();
    let mut tokens = Vec::with_capacity(scanned.tokens.len());
    for &token in &scanned.tokens {
        lists.next_if(|list| list.end <= token.start);
        let inside = lists.peek().is_some_and(|list| list.start <= token.start);
        if token.kind == END || !inside {
            tokens.push(token);
        } else if lists.peek().is_some_and(|list| list.start == token.start) {
            tokens.push(Token { end: token.start, kind: TOKEN_ERROR, ..token });
        }
    }
    scanned.tokens = tokens;
    found
}

/// What is wrong with the quotes of a list that opens at a token.
fn in_list(text: &str, tokens: &[Token], opening: usize) -> Option<Quotes> {
    let mut sign = None;
    let first = opening + 1;
    for at in first.. {
        let token = tokens[at];
        let gap = &text[tokens[at - 1].end as usize..token.start as usize];
        match token.kind {
            TOKEN_R_BRACK => {
                let end = tokens[at - 1].end;
                return sign.map(|word| Quotes { word, start: tokens[first].start, end });
            }
            _ if gap.contains('\n') => return None,
            // A quote that is missing turns the lines below inside out.
            TOKEN_STRING_CONTENT if text[token.start as usize..token.end as usize].contains('\n') => {
                return None;
            }
            TOKEN_IDENT if is_half_quoted(text, tokens, at) => sign = sign.or(Some(token.start)),
            TOKEN_STRING_START if text[token.start as usize..].starts_with("''") => return None,
            // Which quote of it is missing is known.
            TOKEN_STRING_END if token.start == token.end => return None,
            TOKEN_IDENT | TOKEN_STRING_START | TOKEN_STRING_CONTENT | TOKEN_STRING_END => {}
            _ => return None,
        }
    }
    None
}

/// Whether a word stands directly beside a string, on one side of it alone.
fn is_half_quoted(text: &str, tokens: &[Token], at: usize) -> bool {
    let (before, word, after) = (tokens[at - 1], tokens[at], tokens[at + 1]);
    let follows = before.kind == TOKEN_STRING_END && before.end == word.start;
    let precedes = after.kind == TOKEN_STRING_START && word.end == after.start;
    // One letter in front of a string is how some languages begin one.
    let is_prefix = word.end - word.start == 1 && !text[..word.start as usize].ends_with('"');
    follows != precedes && !is_prefix
}

/// Notes such lists.
pub(super) fn noted<'t>(mut parsed: Parsed<'t>, lists: &[Quotes]) -> Parsed<'t> {
    let last = parsed.tokens.len() - 1;
    let token = |list: &Quotes| parsed.tokens.partition_point(|token| token.start < list.start).min(last);
    let tokens: Vec<usize> = lists.iter().map(token).collect();
    parsed.mistakes.retain(|mistake| tokens.binary_search(&mistake.token).is_err());
    parsed.mistakes.extend(tokens.into_iter().zip(lists).map(|(token, &list)| {
        let cause = Cause::QuotesOfList(list);
        Mistake { token, before: token, expecting: &[], cause }
    }));
    parsed
}

/// Says which quotes are missing.
pub(super) fn diagnostic(parsed: &Parsed<'_>, list: Quotes, source: SourceId) -> Diagnostic {
    let written = &parsed.text[list.start as usize..list.end as usize];
    let is_end = |letter: char| letter.is_ascii_whitespace() || letter == ']';
    let before = &parsed.text[..list.word as usize];
    let start = before.rfind(|letter: char| is_end(letter) || letter == '[').map_or(0, |at| at + 1);
    let length = parsed.text[start..].find(is_end).unwrap_or(parsed.text.len() - start);
    let span = Span::new(source, offset(start), offset(start + length));
    let said = Diagnostic::new(Code::Syntax, span, "syntax error, the quotes in this list do not match")
        .labelled("one of its quotes is missing");
    let words: Vec<&str> = written.split_whitespace().map(|word| word.trim_matches('"')).collect();
    if words.iter().any(|word| word.is_empty() || word.contains('"')) {
        return said.with_help("each string in a list stands between two quotes: `[ \"a\" \"b\" ]`");
    }
    let replacement = format!("\"{}\"", words.join("\" \""));
    said.with_help(format!("write `[ {replacement} ]`")).with_fix(Fix {
        span: Span::new(source, list.start, list.end),
        replacement,
        applicability: Applicability::Unsafe,
    })
}
