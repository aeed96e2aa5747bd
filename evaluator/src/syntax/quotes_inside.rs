//! Finding `''` inside of a `''` string, which ends it though the text goes on: `it''s`.
//!
//! What follows is Nix to the scanner, and rarely valid. Where a text has mistakes, such a string is tried as one that
//! ends with the `''` that begins a line or is at the end of an expression, as far as the layout agrees.

use launchnix_diagnostics::{Applicability, Code, Diagnostic, Fix, SourceId, Span};
use rnix::SyntaxKind::*;

use super::lexer::{Ending, Strings, Token, offset, tokenize};
use super::lexer_strings::ends_expression;
use super::parse_tokens;
use super::parser::{Cause, Mistake, Reading};
use super::tree::Parsed;

/// Strings that are tried. Each costs parsing once more.
const MAX_TRIED: usize = 8;

/// A string with quotes in it: where it starts, and where they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Ended {
    pub(super) start: u32,
    pub(super) quotes: u32,
    /// Which other ones end it.
    pub(super) ending: Ending,
}

/// The strings that most likely go on after a `''`, in order.
pub(super) fn strings_that_go_on(parsed: &Parsed<'_>) -> Vec<Ended> {
    let text = parsed.text;
    let mut found: Vec<Ended> = Vec::new();
    let mut tried: Vec<(u32, Ending)> = Vec::new();
    let mut best: Option<Parsed<'_>> = None;
    while tried.len() < MAX_TRIED {
        let known = best.as_ref().unwrap_or(parsed);
        let is_found = |start| found.iter().any(|ended| ended.start == start);
        let is_new = |candidate: &Ended| {
            !tried.contains(&(candidate.start, candidate.ending)) && !is_found(candidate.start)
        };
        let Some(candidate) = candidates(known).find(is_new) else { break };
        tried.push((candidate.start, candidate.ending));
        let all = found.iter().chain([&candidate]);
        let mut whole: Vec<_> = all.map(|ended| (ended.start, ended.ending)).collect();
        whole.sort_unstable();
        let scanned = tokenize(text, Strings { whole: &whole, ..Strings::default() });
        if !stands_apart(text, &scanned.tokens, candidate.start) {
            continue;
        }
        let again = parse_tokens(text, scanned, Reading::Watchful);
        let end = end_of(&again.tokens, candidate.start).unwrap_or(u32::MAX);
        let before = first_mistake(known);
        let moves_on = first_mistake(&again).is_none_or(|first| first > end && Some(first) > before);
        if moves_on {
            found.push(candidate);
            best = Some(again);
        }
    }
    found.sort_by_key(|ended| ended.start);
    found
}

/// Notes the strings that go on.
pub(super) fn with_quotes<'t>(mut parsed: Parsed<'t>, ended: &[Ended]) -> Parsed<'t> {
    for ended in ended {
        let Ok(token) = parsed.tokens.binary_search_by_key(&ended.start, |token| token.start) else {
            continue;
        };
        let cause = Cause::QuotesInside(ended.quotes);
        parsed.mistakes.push(Mistake { token, before: token, expecting: &[], cause });
        // What was meant to be in it is known only roughly.
        for node in &mut parsed.nodes {
            if node.kind == NODE_STRING && node.first_token as usize == token {
                node.kind = NODE_ERROR;
            }
        }
    }
    parsed
}

/// Says that the quotes at a place end the string that begins with a token.
pub(super) fn diagnostic(parsed: &Parsed<'_>, start: usize, quotes: u32, source: SourceId) -> Diagnostic {
    let place = |at: u32| Span::new(source, at, at + 2);
    let span = place(quotes);
    let fix = Fix { span, replacement: "'''".to_owned(), applicability: Applicability::Unsafe };
    let diagnostic = Diagnostic::new(Code::Syntax, span, "this `''` ends the string, whose text goes on")
        .labelled("the string ends here")
        .with_help("two quotes inside of such a string are written `'''`")
        .with_fix(fix);
    let further = further_quotes(parsed, start, quotes).into_iter();
    further.fold(diagnostic, |diagnostic, at| diagnostic.with_further_edit(place(at), "'''"))
}

/// Where there are more quotes in a string than the first ones; `start` is its first token.
fn further_quotes(parsed: &Parsed<'_>, start: usize, first: u32) -> Vec<u32> {
    let mut nesting = 0_u32;
    let mut found = Vec::new();
    for token in &parsed.tokens[start..] {
        match token.kind {
            TOKEN_STRING_START => nesting += 1,
            TOKEN_STRING_END if nesting == 1 => break,
            TOKEN_STRING_END => nesting -= 1,
            TOKEN_STRING_CONTENT if nesting == 1 => {
                let bytes = parsed.token_text(*token).as_bytes();
                let mut at = 0;
                while at + 1 < bytes.len() {
                    at += match (bytes[at], bytes[at + 1], bytes.get(at + 2)) {
                        (b'\'', b'\'', Some(b'\'' | b'$' | b'\\')) => 3,
                        (b'\'', b'\'', _) => {
                            found.push(token.start + offset(at));
                            2
                        }
                        _ => 1,
                    };
                }
            }
            _ => {}
        }
    }
    found.retain(|&quotes| quotes > first);
    found
}

/// Strings before the first mistake that may go on after the quotes that end them.
fn candidates<'p>(parsed: &'p Parsed<'_>) -> impl Iterator<Item = Ended> + 'p {
    let first = parsed.mistakes.iter().map(|mistake| mistake.token).min().unwrap_or(0);
    let text = parsed.text;
    let mut open: Vec<Token> = Vec::new();
    let ended = parsed.tokens[..first].iter().filter_map(move |token| match token.kind {
        TOKEN_STRING_START => {
            open.push(*token);
            None
        }
        TOKEN_STRING_END => {
            let start = open.pop()?;
            (parsed.token_text(start) == "''").then_some((start, *token))
        }
        _ => None,
    });
    ended.flat_map(move |(start, end)| {
        let begins_lines = text[start.end as usize..].trim_start_matches([' ', '\r']).starts_with('\n');
        let ends_in_line = !text[..end.start as usize].trim_end_matches([' ', '\t']).ends_with('\n');
        let ends_expression = ends_expression(&text.as_bytes()[end.end as usize..]);
        let by_line = (begins_lines && ends_in_line).then_some(Ending::Line);
        let by_expression = (!ends_expression).then_some(Ending::Expression);
        let ended = move |ending| Ended { start: start.start, quotes: end.start, ending };
        by_line.into_iter().chain(by_expression).map(ended)
    })
}

fn first_mistake(parsed: &Parsed<'_>) -> Option<u32> {
    parsed.mistakes.iter().map(|mistake| parsed.tokens[mistake.token].start).min()
}

/// Where the string ends that starts at a place.
fn end_of(tokens: &[Token], start: u32) -> Option<u32> {
    let from = tokens.binary_search_by_key(&start, |token| token.start).ok()?;
    let mut nesting = 0_u32;
    for token in &tokens[from..] {
        match token.kind {
            TOKEN_STRING_START => nesting += 1,
            TOKEN_STRING_END => {
                nesting -= 1;
                if nesting == 0 {
                    return Some(token.end);
                }
            }
            _ => {}
        }
    }
    None
}

/// Whether the lines of a string stand farther in than the one that it starts on, so that it has no program in it.
fn stands_apart(text: &str, tokens: &[Token], start: u32) -> bool {
    let Some(end) = end_of(tokens, start) else { return false };
    let spaces = |line: &str| line.len() - line.trim_start_matches([' ', '\t']).len();
    let line = text[..start as usize].rfind('\n').map_or(0, |newline| newline + 1);
    let around = spaces(&text[line..]);
    let inside = text[start as usize..end as usize - 2].lines().skip(1);
    let mut lines = inside.filter(|line| !line.trim().is_empty());
    lines.all(|line| spaces(line) > around)
}
