//! Finding out which bracket or string is not closed.
//!
//! A quote that is missing turns all text after it inside out, and a missing brace is noticed at the end of the file.
//! People indent what they write, so where something of the kind is wrong, the text is parsed again, with strings
//! that end on their line and braces that end by the layout.

use rnix::SyntaxKind::*;

use super::lexer::{END, tokenize};
use super::parse_tokens;
use super::parser::{Cause, Layout, Mistake};
use super::tree::Parsed;

/// Strings that are taken for unclosed. Each costs parsing once more.
const MAX_UNCLOSED_STRINGS: usize = 8;

/// Parses a text with mistakes again, if something in it is not closed.
pub(super) fn parse_again(first: Parsed<'_>) -> Parsed<'_> {
    let text = first.text;
    let mut best = first;
    let mut cut: Vec<u32> = Vec::new();
    let mut ends_in_string = tokenize(text, &cut).ends_in_string;
    // Two such strings in a row may close each other, so that the rest seems fine again.
    while (ends_in_string || !cut.is_empty()) && cut.len() < MAX_UNCLOSED_STRINGS {
        let Some(start) = unclosed_string(&best, &cut, ends_in_string) else { break };
        let at = cut.partition_point(|&earlier| earlier < start);
        cut.insert(at, start);
        let tokens = tokenize(text, &cut);
        ends_in_string = tokens.ends_in_string;
        best = parse_tokens(text, tokens, Layout::Ignored);
    }
    let Some(layout) = wrong_brackets(&best) else { return with_strings(best, &cut) };
    let by_layout = parse_tokens(text, tokenize(text, &cut), layout);
    // Where the layout explains nothing, what the brackets say is better.
    if by_layout.mistakes.len() <= best.mistakes.len() {
        best = by_layout;
    }
    with_strings(best, &cut)
}

/// What the layout may have to say about the mistakes.
fn wrong_brackets(parsed: &Parsed<'_>) -> Option<Layout> {
    let at_end = |mistake: &Mistake| parsed.tokens[mistake.token].kind == END;
    if parsed.mistakes.iter().any(at_end) {
        return Some(Layout::MissingBrace);
    }
    let left_over = |mistake: &Mistake| mistake.expecting == ["end of file"];
    parsed.mistakes.iter().any(left_over).then_some(Layout::ExtraBrace)
}

/// Where the string starts that is most likely the one that is not closed.
/// `must_be` says that there is one.
fn unclosed_string(parsed: &Parsed<'_>, cut: &[u32], must_be: bool) -> Option<u32> {
    let first = parsed.mistakes.iter().map(|mistake| mistake.token).min().unwrap_or(parsed.tokens.len());
    let mut open: Vec<(usize, usize)> = Vec::new();
    let (mut long, mut opening) = (None, None);
    let (mut line, mut counted) = (0, 0);
    for (at, token) in parsed.tokens.iter().enumerate().take(first) {
        let end = token.end as usize;
        line += parsed.text[counted..end].matches('\n').count();
        counted = end;
        match token.kind {
            TOKEN_STRING_START => open.push((at, line)),
            TOKEN_STRING_END => {
                let Some((start, from_line)) = open.pop() else { continue };
                let from = parsed.tokens[start].start;
                let is_quoted = parsed.text[from as usize..].starts_with('"');
                if is_quoted && line > from_line && cut.binary_search(&from).is_err() {
                    long = Some(start);
                    // `"` directly before a word opens a string in all likelihood, and does not close one.
                    let next = parsed.text[end..].chars().next();
                    let opens =
                        next.is_some_and(char::is_alphanumeric) || parsed.text[end..].starts_with("${");
                    opening = opening.or(opens.then_some(start));
                }
            }
            _ => {}
        }
    }
    // The mistake is inside of a string that does not end, or after one that ended too late.
    let start = if must_be { opening.or(open.first().map(|open| open.0)).or(long)? } else { opening? };
    let start = parsed.tokens[start].start;
    cut.binary_search(&start).is_err().then_some(start)
}

/// Notes the strings that were cut, in place of what seems to be wrong around them.
fn with_strings<'t>(mut parsed: Parsed<'t>, cut: &[u32]) -> Parsed<'t> {
    for &start in cut {
        let Ok(token) = parsed.tokens.binary_search_by_key(&start, |token| token.start) else { continue };
        let mut next = token + 1;
        while matches!(parsed.tokens[next].kind, TOKEN_STRING_CONTENT | TOKEN_STRING_END) {
            next += 1;
        }
        // What follows on the same line, or directly, is part of the same mistake.
        parsed.mistakes.retain(|mistake| mistake.before < token || mistake.before > next);
        let indented = parsed.text[start as usize..].starts_with("''");
        let expecting: &[&str] =
            if indented { &["indented string", "'${'", "end of an indented string"] } else { &["'\"'"] };
        parsed.mistakes.push(Mistake { token, before: token, expecting, cause: Cause::Unclosed(token) });
        let content = &parsed.text[start as usize + 1..parsed.tokens[next - 1].end as usize];
        if content.contains("${") || content.contains('"') {
            // There is more in it than text, so that its value is unknown.
            for node in &mut parsed.nodes {
                if node.kind == NODE_STRING && node.first_token as usize == token {
                    node.kind = NODE_ERROR;
                }
            }
        }
    }
    parsed
}
