//! Brackets that do not match, and what was most likely meant, by the layout: a bracket of another kind, one too many,
//! one that is missing in front of lines that stand farther in.
//!
//! What matches without doubt is taken away first. In what is left, a handful of brackets, the cheapest way is looked
//! for to match them: each pair costs what is unusual about it, and each bracket without another one some more.

use rnix::SyntaxKind::{self, *};

use super::lexer::{END, Token};
use super::operators::is_operator;
use super::parentheses;

/// More brackets that do not match are not looked into: the time goes with the third power.
const MOST: usize = 100;

/// What a bracket without another one costs.
const ALONE: u32 = 10;
/// What a pair of different kinds costs.
const OTHER_KIND: u32 = 9;
/// What a pair costs whose indentation differs.
const OTHER_INDENTATION: u32 = 4;
/// What a pair on several lines costs the end of which begins no line.
const LOOSE: u32 = 3;
/// What a pair costs before or after which something is missing.
const TORN: u32 = 3;

/// What is wrong with a bracket, by its place in the tokens that are left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wrong {
    /// It is of another kind than the one that it belongs to, which starts at this place.
    Kind { token: usize, other: u32 },
    /// It is one too many, with the end of what goes with it.
    Extra { start: u32, end: u32 },
    /// The one that belongs to the one at this place is missing before a token.
    NotOpened { token: usize, closing: u32 },
    /// As `NotOpened`, with the name that it is bound to.
    NoHead { token: usize, closing: u32 },
}

/// Tokens with brackets that match better, and what was wrong with them.
pub(super) struct Mended {
    pub(super) tokens: Vec<Token>,
    pub(super) wrong: Vec<Wrong>,
}

/// A bracket.
#[derive(Clone, Copy)]
struct Bracket {
    token: usize,
    opens: bool,
    line: Line,
    /// Of an opening one: whether names are bound directly behind it.
    binds: bool,
}

/// The line of a token.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Line {
    start: usize,
    indentation: usize,
    /// The first token on it.
    first: usize,
}

/// Finds out what is wrong with the brackets of a text.
pub(super) fn mend(text: &str, tokens: &[Token]) -> Option<Mended> {
    let matcher = Matcher { text, tokens };
    let left = matcher.unmatched();
    if left.is_empty() || left.len() > MOST {
        return None;
    }
    let mut edits = Vec::new();
    for (opening, closing) in matcher.cheapest(&left) {
        match (opening, closing) {
            (Some(opening), Some(closing)) if !matcher.same_kind(opening, closing) => {
                edits.push(matcher.kind(opening, closing));
            }
            (None, Some(closing)) => edits.extend(matcher.closes_nothing(closing)),
            (Some(opening), None) if matcher.holds_nothing(opening) => {
                edits.push(Edit::Remove { from: opening.token, to: opening.token + 1 });
            }
            _ => {}
        }
    }
    edits.sort_by_key(Edit::token);
    (!edits.is_empty()).then(|| applied(tokens, &edits))
}

/// A change of the tokens.
#[derive(Clone, Copy)]
enum Edit {
    Replace {
        token: usize,
        kind: SyntaxKind,
        other: usize,
    },
    Remove {
        from: usize,
        to: usize,
    },
    Insert {
        before: usize,
        kind: SyntaxKind,
        closing: usize,
    },
    /// Lines that something is missing before become one token.
    Join {
        from: usize,
        to: usize,
        closing: usize,
    },
}

impl Edit {
    fn token(&self) -> usize {
        match *self {
            Self::Replace { token, .. } => token,
            Self::Remove { from, .. } | Self::Join { from, .. } => from,
            Self::Insert { before, .. } => before,
        }
    }
}

fn applied(tokens: &[Token], edits: &[Edit]) -> Mended {
    let mut mended = Mended { tokens: Vec::with_capacity(tokens.len() + edits.len()), wrong: Vec::new() };
    let mut at = 0;
    for edit in edits {
        if edit.token() < at {
            // Within what has been joined.
            continue;
        }
        mended.tokens.extend_from_slice(&tokens[at..edit.token()]);
        at = edit.token();
        let here = mended.tokens.len();
        match *edit {
            Edit::Replace { token, kind, other } => {
                mended.tokens.push(Token { kind, ..tokens[token] });
                mended.wrong.push(Wrong::Kind { token: here, other: tokens[other].start });
                at += 1;
            }
            Edit::Remove { from, to } => {
                mended.wrong.push(Wrong::Extra { start: tokens[from].start, end: tokens[to - 1].end });
                at = to;
            }
            Edit::Insert { before, kind, closing } => {
                // A list or a call goes on behind its bracket; a value begins where it is wanted.
                let place = match before.checked_sub(1).map(|last| tokens[last]) {
                    Some(last) if !matches!(last.kind, TOKEN_L_BRACK | TOKEN_L_PAREN | TOKEN_R_BRACE) => {
                        last.end
                    }
                    _ => tokens[before].start,
                };
                mended.tokens.push(Token { start: place, end: place, kind });
                mended.wrong.push(Wrong::NotOpened { token: here, closing: tokens[closing].start });
            }
            Edit::Join { from, to, closing } => {
                let (start, end) = (tokens[from].start, tokens[to - 1].end);
                mended.tokens.push(Token { start, end, kind: TOKEN_ERROR });
                mended.wrong.push(Wrong::NoHead { token: here, closing: tokens[closing].start });
                at = to;
            }
        }
    }
    mended.tokens.extend_from_slice(&tokens[at..]);
    mended
}

struct Matcher<'t> {
    text: &'t str,
    tokens: &'t [Token],
}

impl Matcher<'_> {
    fn kind_at(&self, token: usize) -> SyntaxKind {
        self.tokens.get(token).map_or(END, |token| token.kind)
    }

    /// The brackets that are left when all pairs without doubt are taken away. What is interpolated is left alone.
    fn unmatched(&self) -> Vec<Bracket> {
        let mut left: Vec<Bracket> = Vec::new();
        let mut interpolations = 0_u32;
        let mut line = Line { start: 0, indentation: self.indentation(0), first: 0 };
        let mut line_end = self.text.find('\n').unwrap_or(self.text.len());
        for (at, token) in self.tokens.iter().enumerate() {
            if token.start as usize > line_end {
                let start = self.text[..token.start as usize].rfind('\n').map_or(0, |newline| newline + 1);
                line = Line { start, indentation: self.indentation(start), first: at };
                let rest = &self.text[token.start as usize..];
                line_end = token.start as usize + rest.find('\n').unwrap_or(rest.len());
            }
            match token.kind {
                TOKEN_INTERPOL_START => interpolations += 1,
                TOKEN_INTERPOL_END => interpolations = interpolations.saturating_sub(1),
                _ if interpolations > 0 => {}
                TOKEN_L_BRACE | TOKEN_L_BRACK | TOKEN_L_PAREN => {
                    left.push(Bracket { token: at, opens: true, line, binds: false });
                }
                TOKEN_R_BRACE | TOKEN_R_BRACK | TOKEN_R_PAREN => {
                    let bracket = Bracket { token: at, opens: false, line, binds: false };
                    match left.last() {
                        Some(&last) if last.opens && self.cost(last, bracket) == 0 => {
                            left.pop();
                        }
                        _ => left.push(bracket),
                    }
                }
                TOKEN_ASSIGN => {
                    if let Some(last) = left.last_mut() {
                        last.binds = true;
                    }
                }
                _ => {}
            }
        }
        left
    }

    fn indentation(&self, line: usize) -> usize {
        let line = &self.text[line..];
        line.len() - line.trim_start_matches([' ', '\t']).len()
    }

    fn same_kind(&self, opening: Bracket, closing: Bracket) -> bool {
        closing_kind(self.kind_at(opening.token)) == self.kind_at(closing.token)
    }

    /// What is unusual about a pair.
    fn cost(&self, opening: Bracket, closing: Bracket) -> u32 {
        let mut cost = if self.same_kind(opening, closing) { 0 } else { OTHER_KIND };
        if opening.line != closing.line {
            let begins = is_closing(self.kind_at(closing.line.first));
            cost += match begins {
                true if opening.line.indentation == closing.line.indentation => 0,
                true if closing.line.first == closing.token => OTHER_INDENTATION,
                _ => LOOSE,
            };
        }
        let next = self.kind_at(closing.token + 1);
        let binds_next = next == TOKEN_ASSIGN || self.binds_at(closing.token + 1);
        let is_torn = match self.kind_at(closing.token) {
            TOKEN_R_BRACE => binds_next || opening.binds && self.lacks_semicolon(closing.token),
            _ => binds_next || next == TOKEN_COLON,
        };
        if is_torn || self.holds_nothing(opening) { cost + TORN } else { cost }
    }

    /// Whether a name, or a path of names, is bound at a token.
    fn binds_at(&self, mut token: usize) -> bool {
        while self.kind_at(token) == TOKEN_IDENT {
            match self.kind_at(token + 1) {
                TOKEN_ASSIGN => return true,
                TOKEN_DOT => token += 2,
                _ => return false,
            }
        }
        false
    }

    fn starts_binding(&self, token: usize) -> bool {
        self.kind_at(token) == TOKEN_INHERIT || self.binds_at(token)
    }

    fn lacks_semicolon(&self, closing: usize) -> bool {
        let before = closing.checked_sub(1).map_or(END, |before| self.kind_at(before));
        before.is_literal()
            || matches!(before, TOKEN_STRING_END | TOKEN_IDENT | TOKEN_R_BRACK | TOKEN_R_PAREN)
    }

    /// The cheapest way to match brackets: pairs, and those without another one.
    fn cheapest(&self, left: &[Bracket]) -> Vec<(Option<Bracket>, Option<Bracket>)> {
        let count = left.len();
        let width = count + 1;
        // The costs of the brackets from one up to another one, and with which the first is paired; `count` for none.
        let mut costs = vec![0_u32; width * width];
        let mut partners = vec![count; width * width];
        for from in (0..count).rev() {
            for to in from + 1..=count {
                let mut best = ALONE + costs[(from + 1) * width + to];
                let mut partner = count;
                for other in from + 1..to {
                    if !left[from].opens || left[other].opens {
                        continue;
                    }
                    let inside = costs[(from + 1) * width + other];
                    let behind = costs[(other + 1) * width + to];
                    let cost = self.cost(left[from], left[other]) + inside + behind;
                    if cost < best {
                        (best, partner) = (cost, other);
                    }
                }
                costs[from * width + to] = best;
                partners[from * width + to] = partner;
            }
        }
        let mut found = Vec::new();
        let mut open = vec![(0, count)];
        while let Some((from, to)) = open.pop() {
            if from >= to {
                continue;
            }
            let partner = partners[from * width + to];
            let bracket = left[from];
            if partner < count {
                found.push((Some(bracket), Some(left[partner])));
                open.extend([(from + 1, partner), (partner + 1, to)]);
            } else {
                found.push(if bracket.opens { (Some(bracket), None) } else { (None, Some(bracket)) });
                open.push((from + 1, to));
            }
        }
        found
    }

    /// Which of a pair is of the wrong kind.
    fn kind(&self, opening: Bracket, closing: Bracket) -> Edit {
        let (opens, closes) = (self.kind_at(opening.token), self.kind_at(closing.token));
        let is_empty = opening.token + 1 == closing.token;
        let is_set = is_empty || self.binds_between(opening.token, closing.token);
        let opening_is_right = match (opens == TOKEN_L_BRACE, closes == TOKEN_R_BRACE) {
            (true, _) => is_set || self.kind_at(closing.token + 1) == TOKEN_COLON,
            (_, true) => !is_set,
            _ => self.is_list(opening.token, closing.token) == (opens == TOKEN_L_BRACK),
        };
        if opening_is_right {
            Edit::Replace { token: closing.token, kind: closing_kind(opens), other: opening.token }
        } else {
            Edit::Replace { token: opening.token, kind: opening_kind(closes), other: closing.token }
        }
    }

    /// Whether names are bound directly between two brackets.
    fn binds_between(&self, opening: usize, closing: usize) -> bool {
        let mut nesting = 0_u32;
        self.tokens[opening + 1..closing].iter().any(|token| {
            match token.kind {
                TOKEN_L_BRACE | TOKEN_L_BRACK | TOKEN_L_PAREN | TOKEN_INTERPOL_START | TOKEN_LET => {
                    nesting += 1;
                }
                TOKEN_R_BRACE | TOKEN_R_BRACK | TOKEN_R_PAREN | TOKEN_INTERPOL_END | TOKEN_IN => {
                    nesting = nesting.saturating_sub(1);
                }
                _ => {}
            }
            nesting == 0 && matches!(token.kind, TOKEN_ASSIGN | TOKEN_INHERIT)
        })
    }

    /// Whether what is between two brackets are the elements of a list rather than one expression.
    fn is_list(&self, opening: usize, closing: usize) -> bool {
        let mut nesting = 0_u32;
        let is_expression = self.tokens[opening + 1..closing].iter().any(|token| {
            match token.kind {
                TOKEN_L_BRACE | TOKEN_L_BRACK | TOKEN_L_PAREN | TOKEN_INTERPOL_START => nesting += 1,
                TOKEN_R_BRACE | TOKEN_R_BRACK | TOKEN_R_PAREN | TOKEN_INTERPOL_END => {
                    nesting = nesting.saturating_sub(1);
                }
                _ => {}
            }
            nesting == 0
                && (is_operator(token.kind)
                    || matches!(token.kind, TOKEN_COLON | TOKEN_IF | TOKEN_LET | TOKEN_WITH))
        });
        // A call is written without spaces inside of its parentheses.
        let has_space = self.tokens[opening].end < self.tokens[opening + 1].start;
        !is_expression && (has_space || self.kind_at(opening + 1) != TOKEN_IDENT)
    }

    /// Whether what follows an opening bracket shows that it opens nothing.
    fn holds_nothing(&self, opening: Bracket) -> bool {
        let next = self.kind_at(opening.token + 1);
        let is_twice = next == self.kind_at(opening.token)
            && self.tokens[opening.token].end == self.tokens[opening.token + 1].start;
        if is_twice {
            return true;
        }
        match self.kind_at(opening.token) {
            TOKEN_L_BRACE => {
                next.is_literal()
                    || matches!(next, TOKEN_ASSIGN | TOKEN_DOT | TOKEN_SEMICOLON | TOKEN_L_BRACE | TOKEN_THEN)
            }
            _ => matches!(next, TOKEN_ASSIGN | TOKEN_DOT | TOKEN_SEMICOLON),
        }
    }

    /// What to do about a closing bracket for which nothing is open: where lines before it stand farther in, what opens
    /// it is missing in front of those.
    fn closes_nothing(&self, closing: Bracket) -> Option<Edit> {
        let kind = opening_kind(self.kind_at(closing.token));
        if kind == TOKEN_L_PAREN
            && let Some(before) = parentheses::first_inside(self.tokens, closing.token)
        {
            return Some(Edit::Insert { before, kind, closing: closing.token });
        }
        if closing.line.first != closing.token {
            return self.closes_nothing_on_line(closing, kind);
        }
        let from = self.first_inside(closing);
        if from < closing.token && from > 0 {
            let before = self.kind_at(from - 1);
            let starts_binding = matches!(before, TOKEN_SEMICOLON | TOKEN_L_BRACE | TOKEN_LET);
            if !starts_binding {
                return Some(Edit::Insert { before: from, kind, closing: closing.token });
            }
            let ends = self.kind_at(closing.token + 1) == TOKEN_SEMICOLON;
            return Some(Edit::Join {
                from,
                to: closing.token + 1 + usize::from(ends),
                closing: closing.token,
            });
        }
        Some(self.removed(closing))
    }

    /// As `closes_nothing`, for a bracket behind others on its line.
    fn closes_nothing_on_line(&self, closing: Bracket, kind: SyntaxKind) -> Option<Edit> {
        let next = self.kind_at(closing.token + 1);
        if kind == TOKEN_L_BRACE {
            if let Some(before) = self.first_in_element(closing.token, next == TOKEN_COLON) {
                return Some(Edit::Insert { before, kind, closing: closing.token });
            }
        } else {
            let before = self.kind_at(closing.token - 1);
            let stands_apart =
                matches!(before, TOKEN_SEMICOLON) || matches!(next, TOKEN_ASSIGN | TOKEN_COLON);
            // The parser knows more about a list or a call whose first bracket is missing.
            return (kind == TOKEN_L_PAREN || stands_apart).then(|| self.removed(closing));
        }
        let bound_twice = (closing.line.first..closing.token)
            .find(|&at| self.kind_at(at) == TOKEN_ASSIGN && self.binds_at(at + 1));
        Some(match bound_twice {
            Some(assign) => Edit::Insert { before: assign + 1, kind, closing: closing.token },
            None => self.removed(closing),
        })
    }

    /// The first token of a set in a list, of one that a function gives, or of formals, whose opening brace is missing.
    fn first_in_element(&self, closing: usize, is_formals: bool) -> Option<usize> {
        /// There are seldom more of them.
        const LONGEST: usize = 200;
        let mut nesting = 0_u32;
        let mut binds = false;
        for at in (0..closing).rev().take(LONGEST) {
            match self.kind_at(at) {
                TOKEN_R_BRACE if nesting == 0 && binds && self.binds_at(at + 1) => return Some(at + 1),
                TOKEN_R_BRACE | TOKEN_R_BRACK | TOKEN_R_PAREN | TOKEN_INTERPOL_END => nesting += 1,
                TOKEN_L_BRACK | TOKEN_L_PAREN if nesting == 0 => {
                    return (binds || is_formals).then_some(at + 1).filter(|&first| first < closing);
                }
                TOKEN_L_BRACE | TOKEN_INTERPOL_START if nesting == 0 => return None,
                TOKEN_L_BRACE | TOKEN_L_BRACK | TOKEN_L_PAREN | TOKEN_INTERPOL_START => nesting -= 1,
                TOKEN_ASSIGN | TOKEN_COLON if is_formals && nesting == 0 => {
                    return Some(at + 1).filter(|&first| first < closing);
                }
                TOKEN_SEMICOLON if is_formals && nesting == 0 => return None,
                TOKEN_ASSIGN | TOKEN_INHERIT if nesting == 0 => binds = true,
                TOKEN_COLON if nesting == 0 && binds && self.starts_binding(at + 1) => return Some(at + 1),
                _ => {}
            }
        }
        None
    }

    fn removed(&self, closing: Bracket) -> Edit {
        // The semicolon behind it is its own, unless it ends the binding around.
        let before = closing.token.checked_sub(1).map_or(END, |before| self.kind_at(before));
        let is_own = self.kind_at(closing.token + 1) == TOKEN_SEMICOLON
            && matches!(before, TOKEN_SEMICOLON | TOKEN_L_BRACE | TOKEN_LET);
        Edit::Remove { from: closing.token, to: closing.token + 1 + usize::from(is_own) }
    }

    /// The first token of the lines before a bracket that all stand farther in than it.
    fn first_inside(&self, closing: Bracket) -> usize {
        let mut first = closing.token;
        let mut line_start = closing.line.start;
        let mut nesting = 0_u32;
        for at in (0..closing.token).rev() {
            let token = self.tokens[at];
            match token.kind {
                TOKEN_STRING_END | TOKEN_INTERPOL_END => nesting += 1,
                TOKEN_STRING_START | TOKEN_INTERPOL_START => nesting = nesting.saturating_sub(1),
                _ => {}
            }
            if token.start as usize >= line_start || nesting > 0 {
                if nesting == 0 && first != closing.token {
                    first = at;
                }
                continue;
            }
            let start = self.text[..token.start as usize].rfind('\n').map_or(0, |newline| newline + 1);
            if self.indentation(start) <= closing.line.indentation {
                break;
            }
            (first, line_start) = (at, start);
        }
        first
    }
}

fn closing_kind(opening: SyntaxKind) -> SyntaxKind {
    match opening {
        TOKEN_L_BRACE => TOKEN_R_BRACE,
        TOKEN_L_BRACK => TOKEN_R_BRACK,
        _ => TOKEN_R_PAREN,
    }
}

fn opening_kind(closing: SyntaxKind) -> SyntaxKind {
    match closing {
        TOKEN_R_BRACE => TOKEN_L_BRACE,
        TOKEN_R_BRACK => TOKEN_L_BRACK,
        _ => TOKEN_L_PAREN,
    }
}

pub(super) fn is_closing(kind: SyntaxKind) -> bool {
    matches!(kind, TOKEN_R_BRACE | TOKEN_R_BRACK | TOKEN_R_PAREN)
}
