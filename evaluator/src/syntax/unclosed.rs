//! Finding out which bracket or string is not closed.
//!
//! A quote that is missing turns all text after it inside out, and a missing brace is noticed at the end of the file.
//! People indent what they write, so where something of the kind is wrong, the text is parsed again, with strings
//! that end on their line and braces that end by the layout.

use rnix::SyntaxKind::*;

use super::bare::has_block_after_value;
use super::blocks::{self, Blocks};
use super::foreign::ends_binding;
use super::lexer::{END, Scanned, Strings, Token, tokenize};
use super::lookalikes::{noted, take_for_meant};
use super::merges::{self, Marks};
use super::parameters::is_function_word;
use super::parse_tokens;
use super::parser::{Cause, Layout, Mistake, Reading};
use super::quotes_inside::{strings_that_go_on, with_quotes};
use super::tree::Parsed;
use super::{brackets, brackets_told, pasted, pasted_told, prose, quotes_of_lists, words};

/// Strings that are taken for unclosed. Each costs parsing once more.
const MAX_UNCLOSED_STRINGS: usize = 8;

/// Parses a text with mistakes again, if something in it is not closed.
pub(super) fn parse_again<'t>(first: &Parsed<'t>) -> Parsed<'t> {
    let marks = merges::find(first);
    let plain = with_strings_mended(first, &marks, &Blocks::default());
    let by_layout = blocks::find(first.text);
    if by_layout.is_empty() {
        return merges::noted(plain, &marks);
    }
    let mended = with_strings_mended(first, &marks, &by_layout);
    let (before, after) = (plain.mistakes.len(), mended.mistakes.len());
    // Text that is inside out hides what else is wrong.
    let is_better = after <= before || after.saturating_sub(by_layout.len()) < before;
    merges::noted(if is_better { mended } else { plain }, &marks)
}

/// Parses a text again with strings that end where they were most likely meant to.
fn with_strings_mended<'t>(first: &Parsed<'t>, marks: &Marks, blocks: &Blocks) -> Parsed<'t> {
    let text = first.text;
    let go_on = if blocks.is_empty() { strings_that_go_on(first) } else { Vec::new() };
    let whole: Vec<_> = go_on.iter().map(|ended| (ended.start, ended.ending)).collect();
    let mut lookalikes = Vec::new();
    let mut lines_of_prose = Vec::new();
    let mut wrong_words = Vec::new();
    let mut parts = Vec::new();
    let mut lists = Vec::new();
    let mut scan = |cut: &[u32]| {
        let strings = Strings { cut, whole: &whole, blocks: &blocks.faulty, literal: &blocks.literal };
        let mut scanned = tokenize(text, strings);
        merges::leave_out(marks, &mut scanned);
        lookalikes = take_for_meant(text, &mut scanned);
        lists = quotes_of_lists::leave_out(text, &mut scanned);
        lines_of_prose = prose::leave_out(text, &mut scanned);
        parts = pasted::take_for_meant(text, &mut scanned);
        wrong_words = words::take_for_meant(text, &mut scanned);
        scanned
    };
    let mut cut: Vec<u32> = blocks.unclosed.clone();
    let scanned = scan(&cut);
    let mut ends_in_string = scanned.ends_in_string;
    let mut best = parse_tokens(text, scanned, Reading::Guessing(Layout::Ignored));
    // Two such strings in a row may close each other, so that the rest seems fine again.
    let most = cut.len() + MAX_UNCLOSED_STRINGS;
    while cut.len() < most {
        let Some(start) = unclosed_string(&best, &cut, ends_in_string) else { break };
        let start = first_wrong_on_line(&best, start);
        let at = cut.partition_point(|&earlier| earlier < start);
        if cut.get(at) == Some(&start) {
            break;
        }
        cut.insert(at, start);
        let tokens = scan(&cut);
        ends_in_string = tokens.ends_in_string;
        best = parse_tokens(text, tokens, Reading::Guessing(Layout::Ignored));
    }
    let tokens = best.tokens.clone();
    best = by_layout(best, || Scanned { tokens: tokens.clone(), ..scan(&cut) });
    if let Some(mended) = with_brackets_mended(&best, &tokens, || scan(&cut)) {
        best = mended;
    }
    let mut best = with_quotes(with_strings(best, &cut), &go_on);
    for mistake in &mut best.mistakes {
        if mistake.cause == Cause::ClosesNothing {
            mistake.cause = Cause::TooMany;
        }
    }
    let best = noted(formals_with_bindings(best), &lookalikes);
    let best = words::noted(prose::noted(best, &lines_of_prose), &wrong_words);
    let best = quotes_of_lists::noted(pasted_told::noted(best, &parts), &lists);
    blocks::noted(best, blocks)
}

/// Parses a text again that is valid by the letter, but whose words are not: where a quote is missing twice, what is
/// between them is inside out, and `function(a) { … }` is a call. `None` where there is nothing of the kind.
pub(super) fn parse_otherwise<'t>(valid: &Parsed<'t>) -> Option<Parsed<'t>> {
    let has_block = has_block_after_value(valid.text, &valid.tokens);
    let is_otherwise = has_block
        || unclosed_string(valid, &[], false).is_some()
        || is_function_word(&valid.tokens, valid.text)
        || prose::starts_file(valid.text, &valid.tokens)
        || quotes_of_lists::any(valid.text, &valid.tokens);
    let other = is_otherwise.then(|| parse_again(valid))?;
    // What leaves other mistakes behind is no explanation.
    let is_meant = |mistake: &Mistake| match mistake.cause {
        Cause::Unclosed(opening) => other.tokens[opening].kind == TOKEN_STRING_START,
        Cause::Unexpected => has_block && matches!(mistake.expecting, ["';'"] | ["'.'", "'='"]),
        Cause::Labels(_) | Cause::Pasted(_) => has_block,
        cause => matches!(cause, Cause::Parameters(_) | Cause::Prose(_) | Cause::QuotesOfList(_)),
    };
    (!other.is_valid() && other.mistakes.iter().all(is_meant)).then_some(other)
}

/// Notes as one mistake what is wrong with formals that give defaults as bindings do: `{ a, b = 1 }:` is a set up to
/// its colon.
fn formals_with_bindings(mut parsed: Parsed<'_>) -> Parsed<'_> {
    /// A file with more of them has other mistakes, and formals are not longer than this.
    const ENOUGH: usize = 16;
    const LOOK_BACK: usize = 2_000;
    let kind = |at: usize| parsed.tokens[at].kind;
    let colons: Vec<usize> = parsed
        .mistakes
        .iter()
        .map(|mistake| mistake.token)
        .filter(|&token| token > 0 && kind(token) == TOKEN_COLON && kind(token - 1) == TOKEN_R_BRACE)
        .filter(|&token| !ends_binding(&parsed, token))
        .take(ENOUGH)
        .collect();
    for colon in colons {
        let mut nesting = 0_u32;
        let mut bound = None;
        let mut opening = None;
        for at in (0..colon).rev().take(LOOK_BACK) {
            match parsed.tokens[at].kind {
                TOKEN_R_BRACE | TOKEN_R_BRACK | TOKEN_R_PAREN | TOKEN_INTERPOL_END => nesting += 1,
                TOKEN_L_BRACE | TOKEN_L_BRACK | TOKEN_L_PAREN | TOKEN_INTERPOL_START => {
                    nesting = nesting.saturating_sub(1);
                    if nesting == 0 {
                        opening = (parsed.tokens[at].kind == TOKEN_L_BRACE).then_some(at);
                        break;
                    }
                }
                TOKEN_ASSIGN if nesting == 1 => bound = Some(at),
                _ => {}
            }
        }
        let (Some(opening), Some(bound)) = (opening, bound) else { continue };
        parsed.mistakes.retain(|mistake| mistake.token < opening || mistake.token > colon);
        let cause = Cause::BoundInFormals(opening);
        let expecting = &["'}'", "','"];
        parsed.mistakes.push(Mistake { token: bound, before: bound, expecting, cause });
        for node in &mut parsed.nodes {
            if node.kind == NODE_ATTR_SET && node.first_token as usize == opening {
                node.kind = NODE_ERROR;
            }
        }
    }
    parsed
}

/// Parses a text again whose braces are closed or opened by its layout, if that explains what is wrong.
fn by_layout<'t>(best: Parsed<'t>, scan: impl FnOnce() -> Scanned) -> Parsed<'t> {
    let Some(layout) = wrong_brackets(&best) else { return best };
    let by_layout = parse_tokens(best.text, scan(), Reading::Guessing(layout));
    if explains_more(&by_layout, &best) { by_layout } else { best }
}

/// Parses a text again with brackets that match, if it can be told which do not, and that explains what is wrong.
fn with_brackets_mended<'t>(
    best: &Parsed<'t>,
    tokens: &[Token],
    scan: impl FnOnce() -> Scanned,
) -> Option<Parsed<'t>> {
    /// So many more mistakes are told if what is left is less.
    const MORE: usize = 2;
    let mended = brackets::mend(best.text, tokens)?;
    let scanned = Scanned { tokens: mended.tokens, ..scan() };
    let again = Scanned {
        tokens: scanned.tokens.clone(),
        comments: scanned.comments.clone(),
        ends_in_string: scanned.ends_in_string,
    };
    let parsed = parse_tokens(best.text, scanned, Reading::Guessing(Layout::Ignored));
    let parsed = by_layout(parsed, || again);
    let left = parsed.mistakes.len();
    let parsed = brackets_told::noted(parsed, &mended.wrong);
    let (before, after) = (best.mistakes.len(), parsed.mistakes.len());
    (after <= before || left < before && after <= before + MORE).then_some(parsed)
}

/// What the layout may have to say about the mistakes.
fn wrong_brackets(parsed: &Parsed<'_>) -> Option<Layout> {
    let lacks_brace = |mistake: &Mistake| {
        let found = parsed.tokens[mistake.token];
        let before = parsed.text[..found.start as usize].trim_end_matches([' ', '\t']);
        if found.kind == TOKEN_SEMICOLON && before.ends_with('\n') {
            // What is left of a line with a brace.
            return mistake.expecting.contains(&"'inherit'");
        }
        let Cause::Unclosed(opening) = mistake.cause else { return found.kind == END };
        let between = parsed.tokens[opening].start as usize..found.start as usize;
        found.kind == END
            || parsed.tokens[opening].kind == TOKEN_L_BRACE && parsed.text[between].contains('\n')
    };
    if parsed.mistakes.iter().any(lacks_brace) {
        return Some(Layout::MissingBrace);
    }
    let left_over = |mistake: &Mistake| mistake.expecting == ["end of file"];
    parsed.mistakes.iter().any(left_over).then_some(Layout::ExtraBrace)
}

/// Whether the layout explains what the brackets do not: what is left is less, whatever the layout itself finds fault
/// with.
fn explains_more(by_layout: &Parsed<'_>, by_brackets: &Parsed<'_>) -> bool {
    let left = |parsed: &Parsed<'_>| {
        let of_layout =
            |mistake: &&Mistake| matches!(mistake.cause, Cause::UnclosedByLayout(_) | Cause::TooMany);
        parsed.mistakes.len() - parsed.mistakes.iter().filter(of_layout).count()
    };
    by_layout.mistakes.len() <= by_brackets.mistakes.len() || left(by_layout) < left(by_brackets)
}

/// Where the string starts that is most likely the one that is not closed. `must_be` says that there is one.
fn unclosed_string(parsed: &Parsed<'_>, cut: &[u32], must_be: bool) -> Option<u32> {
    let mut open: Vec<(usize, usize)> = Vec::new();
    // Strings of several lines each of which ends on the line where the next one starts: the first, and that line.
    let mut chain: Option<(usize, usize)> = None;
    let (mut line, mut counted) = (0, 0);
    let is_cut = |token: usize| cut.binary_search(&parsed.tokens[token].start).is_ok();
    for (at, token) in parsed.tokens.iter().enumerate() {
        let end = token.end as usize;
        line += parsed.text[counted..end].matches('\n').count();
        counted = end;
        match token.kind {
            TOKEN_STRING_START => open.push((at, line)),
            TOKEN_STRING_END => {
                let Some((start, from_line)) = open.pop() else { continue };
                let is_quoted = parsed.text[parsed.tokens[start].start as usize..].starts_with('"');
                if !is_quoted || line == from_line || is_cut(start) {
                    continue;
                }
                let first = chain.filter(|&(_, last)| last == from_line).map_or(start, |(first, _)| first);
                if closes_word(parsed.text, parsed.tokens[start]) {
                    return Some(parsed.tokens[start].start);
                }
                if opens_string(parsed.text, *token) {
                    return Some(parsed.tokens[first].start).filter(|_| !is_cut(first));
                }
                chain = Some((first, line));
            }
            _ => {}
        }
    }
    let &(last, line) = open.first().filter(|_| must_be)?;
    // What goes on to the end may be what another one left over.
    let start = chain.filter(|&(_, last_line)| last_line == line).map_or(last, |(first, _)| first);
    Some(parsed.tokens[start].start).filter(|_| !is_cut(start))
}

/// Whether a quote that ends a string of several lines was in all likelihood meant to open one: a word follows it
/// directly, or what a value stands after is before it.
fn opens_string(text: &str, quote: Token) -> bool {
    let (before, after) = (&text[..quote.start as usize], &text[quote.end as usize..]);
    let stands_for_value = before.ends_with(' ') && before.trim_end().ends_with(['=', '[', '(', '+']);
    after.starts_with(|next: char| next.is_alphanumeric() || next == '/')
        || after.starts_with("${")
        || stands_for_value && !after.starts_with([';', ')', ']', '\n'])
}

/// Whether a quote that opens a string was in all likelihood meant to close one: a word is directly before it, and
/// what follows a value behind it.
fn closes_word(text: &str, quote: Token) -> bool {
    let (before, after) = (&text[..quote.start as usize], &text[quote.end as usize..]);
    before.ends_with(|last: char| last.is_alphanumeric())
        && (after.starts_with(';') || after.trim_start_matches(' ').starts_with([']', ')', '}', '"']))
}

/// Where the first string on the line of an unclosed one starts that shows by what is beside its quotes that they were
/// meant the other way round: `"a" b" "c"`, `"a" "b "c"`.
fn first_wrong_on_line(parsed: &Parsed<'_>, start: u32) -> u32 {
    let text = parsed.text;
    let line = text[..start as usize].rfind('\n').map_or(0, |newline| newline + 1);
    let first = parsed.tokens.partition_point(|token| (token.start as usize) < line);
    let on_line = parsed.tokens[first..].iter().take_while(|token| token.start < start);
    let mut opening: Option<Token> = None;
    for token in on_line {
        let (before, after) = (&text[..token.start as usize], &text[token.end as usize..]);
        match token.kind {
            TOKEN_STRING_START if text[token.start as usize..].starts_with('"') => {
                if before.ends_with(|last: char| last.is_alphanumeric()) && after.starts_with([' ', ';']) {
                    return token.start;
                }
                opening = Some(*token);
            }
            TOKEN_STRING_END => {
                let Some(opening) = opening.take() else { continue };
                let is_inside_out = before.ends_with(' ') && opening.end < token.start;
                if is_inside_out && after.starts_with(|next: char| next.is_alphanumeric()) {
                    return opening.start;
                }
            }
            _ => {}
        }
    }
    start
}

/// Notes the strings that were cut, in place of what seems to be wrong around them.
fn with_strings<'t>(mut parsed: Parsed<'t>, cut: &[u32]) -> Parsed<'t> {
    for &start in cut {
        let Ok(token) = parsed.tokens.binary_search_by_key(&start, |token| token.start) else { continue };
        let mut next = token + 1;
        while matches!(parsed.tokens[next].kind, TOKEN_STRING_CONTENT | TOKEN_STRING_END) {
            next += 1;
        }
        let words = words_before(&parsed, token);
        // What is before it, follows on the same line, or directly, is part of the same mistake.
        let from = words.unwrap_or(token);
        let end = parsed.tokens[next - 1].end as usize;
        let line_end = parsed.text[end..].find('\n').map_or(parsed.text.len(), |length| end + length);
        let tokens = &parsed.tokens;
        parsed.mistakes.retain(|mistake| {
            let last = mistake.before.checked_sub(1).map_or(0, |last| tokens[last].end as usize);
            mistake.before < from || mistake.before > next && last > line_end
        });
        let indented = parsed.text[start as usize..].starts_with("''");
        let expecting: &[&str] =
            if indented { &["indented string", "'${'", "end of an indented string"] } else { &["'\"'"] };
        parsed.mistakes.push(Mistake { token, before: token, expecting, cause: Cause::Unclosed(token) });
        // `my web";`: the words before it are most likely the string that was meant.
        if let Some(first) = words {
            for node in &mut parsed.nodes {
                if node.kind == NODE_IDENT && (first..token).contains(&(node.first_token as usize)) {
                    node.kind = NODE_ERROR;
                }
            }
        }
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

/// The first of the words that a quote stands directly behind, which is closed by nothing.
pub(super) fn words_before(parsed: &Parsed<'_>, quote: usize) -> Option<usize> {
    /// A text in one line has no more of them.
    const MOST: usize = 100;
    let end = parsed.tokens[quote].start as usize;
    let is_word = |at: &usize| {
        let token = parsed.tokens[*at];
        let starts_value = matches!(
            token.kind,
            TOKEN_ASSIGN | TOKEN_SEMICOLON | TOKEN_L_BRACE | TOKEN_L_BRACK | TOKEN_L_PAREN | TOKEN_STRING_END
        );
        !starts_value && !parsed.text[token.start as usize..end].contains('\n')
    };
    let first = (0..quote).rev().take(MOST).take_while(is_word).last()?;
    (parsed.tokens[quote - 1].end as usize == end).then_some(first)
}
