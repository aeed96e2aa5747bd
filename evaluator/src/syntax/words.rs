//! Words of the language that are misspelt or missing: a `then` without its `if`, an `in` without its `let`.
//!
//! What a word belongs to is known by the brackets and the words around, so that the other half of a pair shows that
//! one is wrong. Names that look like such words are left alone where nothing is missing.

use launchnix_diagnostics::{Applicability, Code, Diagnostic, Fix, SourceId, Span};
use rnix::SyntaxKind::{self, *};

use super::choices::ELSE_IF;
use super::error::{LOOK_AHEAD, ends_operand};
use super::lexer::{END, Scanned, Token};
use super::parser::{Cause, Mistake};
use super::sets::starts_expression;
use super::tree::Parsed;

/// What other languages have in the place of `with`.
const WITH: [&str; 2] = ["use", "using"];

/// How words belong together.
const CHOICE: &str = "a choice is written `if … then … else …`";
const BINDINGS: &str = "bindings in front of an expression are written `let name = value; in …`";

/// A word that is wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Word {
    /// Where it is, or where it is missing.
    pub(super) place: u32,
    pub(super) kind: SyntaxKind,
    /// Of a missing one: where the word starts that it belongs to.
    pub(super) other: Option<u32>,
}

/// What is open.
#[derive(Clone, Copy)]
enum Open {
    /// A bracket, with what was known around it.
    Bracket(Place),
    /// A `let`, what may be its `in`, and what stands where a binding should although it is none.
    Let { token: usize, ending: Option<usize>, body: Option<usize> },
    /// An `if`, and what may be its `then`.
    If { token: usize, then: Option<usize> },
    /// A `then`, and what may be its `else`.
    Then { other: Option<usize> },
    /// A `with` or `assert`.
    Head,
}

/// What is known of the place between two brackets.
#[derive(Clone, Copy, Default)]
struct Place {
    /// The first token of the expression.
    start: usize,
    /// Where names are bound although no set or `let` starts there, and whether a word stands in front of them.
    bound: Option<(usize, bool)>,
}

/// Takes what is misspelt for what it was meant to be, and puts in what is missing.
pub(super) fn take_for_meant(text: &str, scanned: &mut Scanned) -> Vec<Word> {
    let mut reader = Reader {
        text,
        tokens: &scanned.tokens,
        open: Vec::new(),
        brackets: 0,
        place: Place::default(),
        edits: Vec::new(),
        head_end: 0,
    };
    reader.read();
    let mut edits = reader.edits;
    edits.sort_by_key(|edit| edit.token);
    edits.dedup_by_key(|edit| edit.token);
    if edits.is_empty() {
        return Vec::new();
    }
    let (mut tokens, mut words) = (Vec::with_capacity(scanned.tokens.len() + edits.len()), Vec::new());
    let mut edits = edits.into_iter().peekable();
    for (at, &token) in scanned.tokens.iter().enumerate() {
        let Some(Edit { kind, other, .. }) = edits.next_if(|edit| edit.token == at) else {
            tokens.push(token);
            continue;
        };
        words.push(Word { place: token.start, kind, other });
        if other.is_some() {
            tokens.extend([Token { end: token.start, kind, ..token }, token]);
        } else {
            tokens.push(Token { kind, ..token });
        }
    }
    scanned.tokens = tokens;
    words
}

/// A word that is meant at a token, or missing before it.
struct Edit {
    token: usize,
    kind: SyntaxKind,
    other: Option<u32>,
}

struct Reader<'t> {
    text: &'t str,
    tokens: &'t [Token],
    open: Vec<Open>,
    /// How many of what is open are brackets.
    brackets: usize,
    place: Place,
    edits: Vec<Edit>,
    /// The semicolon that ended the last `with …` or `assert …`.
    head_end: usize,
}

impl Reader<'_> {
    fn kind(&self, at: usize) -> SyntaxKind {
        self.tokens.get(at).map_or(END, |token| token.kind)
    }

    fn kind_before(&self, at: usize) -> Option<SyntaxKind> {
        at.checked_sub(1).map(|before| self.kind(before))
    }

    fn word(&self, at: usize) -> &str {
        let token = self.tokens[at];
        &self.text[token.start as usize..token.end as usize]
    }

    fn read(&mut self) {
        for at in 0.. {
            self.enter(at);
            match self.kind(at) {
                END => break,
                TOKEN_IDENT => {
                    self.name(at);
                    self.may_be_body(at);
                }
                TOKEN_STRING_START => self.may_be_body(at),
                kind if kind.is_literal() => self.may_be_body(at),
                TOKEN_LET if self.kind(at + 1) != TOKEN_L_BRACE => {
                    self.open.push(Open::Let { token: at, ending: None, body: None });
                }
                TOKEN_IN => self.ends_let(at),
                TOKEN_IF => self.open.push(Open::If { token: at, then: None }),
                TOKEN_THEN => self.ends_condition(at),
                TOKEN_ELSE => self.starts_other(at),
                TOKEN_WITH | TOKEN_ASSERT => self.open.push(Open::Head),
                TOKEN_SEMICOLON if matches!(self.open.last(), Some(Open::Head)) => {
                    self.open.pop();
                    self.head_end = at;
                    self.may_bind(at + 1);
                }
                TOKEN_SEMICOLON | TOKEN_COMMA => self.close_choices(),
                TOKEN_L_BRACE | TOKEN_L_BRACK | TOKEN_L_PAREN | TOKEN_INTERPOL_START => {
                    self.open.push(Open::Bracket(self.place));
                    self.brackets += 1;
                    self.place = Place { start: at + 1, bound: None };
                }
                TOKEN_R_BRACE | TOKEN_R_BRACK | TOKEN_R_PAREN | TOKEN_INTERPOL_END => self.ends_bracket(),
                _ => {}
            }
        }
        while let Some(open) = self.open.pop() {
            self.close(open);
        }
    }

    /// Notes where expressions start.
    fn enter(&mut self, at: usize) {
        let starts = self.kind_before(at).is_none_or(|before| {
            matches!(
                before,
                TOKEN_ASSIGN
                    | TOKEN_COLON
                    | TOKEN_L_PAREN
                    | TOKEN_L_BRACK
                    | TOKEN_INTERPOL_START
                    | TOKEN_IN
                    | TOKEN_IF
                    | TOKEN_THEN
                    | TOKEN_ELSE
                    | TOKEN_SEMICOLON
                    | TOKEN_COMMA
            )
        });
        if starts {
            self.place.start = at;
            if !matches!(self.kind_before(at), Some(TOKEN_SEMICOLON | TOKEN_COMMA)) {
                self.may_bind(at);
            }
        }
    }

    /// Notes that names are bound where an expression starts.
    fn may_bind(&mut self, at: usize) {
        let has_word = self.kind(at) == TOKEN_IDENT && is_slip(self.word(at), "let");
        let binds = |at: usize| self.kind(at) == TOKEN_INHERIT || self.binds_at(at);
        if self.place.bound.is_none() && (has_word && binds(at + 1) || binds(at)) {
            self.place.bound = Some((at, !binds(at)));
        }
    }

    /// Whether a name, or a path of names, is bound at a token.
    fn binds_at(&self, mut at: usize) -> bool {
        while self.kind(at) == TOKEN_IDENT {
            match self.kind(at + 1) {
                TOKEN_ASSIGN => return true,
                TOKEN_DOT => at += 2,
                _ => return false,
            }
        }
        false
    }

    /// Notes what a name may stand for.
    fn name(&mut self, at: usize) {
        let (word, next) = (self.word(at), self.kind(at + 1));
        let follows = self.kind_before(at).is_some_and(ends_operand);
        let starts_binding =
            matches!(self.kind_before(at), Some(TOKEN_SEMICOLON | TOKEN_L_BRACE | TOKEN_LET));
        let goes_on = starts_operand(next);
        if starts_binding && matches!(next, TOKEN_IDENT | TOKEN_L_PAREN) && is_slip(word, "inherit") {
            return self.meant(at, TOKEN_INHERIT);
        }
        if self.place.start == at && (is_slip(word, "with") || WITH.contains(&word)) && self.is_with(at) {
            self.open.push(Open::Head);
            return self.meant(at, TOKEN_WITH);
        }
        if self.lacks_with(at) {
            self.open.push(Open::Head);
            return self.starts_with(at, false, TOKEN_WITH, at);
        }
        let is_in = goes_on && self.kind_before(at) == Some(TOKEN_SEMICOLON) && is_slip(word, "in");
        let is_then = goes_on && follows && is_slip(word, "then");
        let is_else = goes_on && follows && is_slip(word, "else");
        let is_else_if = follows && ELSE_IF.contains(&word);
        match self.open.last_mut() {
            Some(Open::Let { ending, .. }) if is_in => *ending = Some(at),
            Some(Open::If { then, .. }) if is_then => *then = then.or(Some(at)),
            Some(open @ Open::Then { .. }) if is_else_if => *open = Open::If { token: at, then: None },
            Some(Open::Then { other }) if is_else => *other = other.or(Some(at)),
            _ => {}
        }
    }

    /// Notes what stands between the bindings of a `let` and is the whole of an expression: `let a = 1; a`.
    fn may_be_body(&mut self, at: usize) {
        let Some(Open::Let { token, ending: None, body: None }) = self.open.last().copied() else { return };
        if self.kind_before(at) != Some(TOKEN_SEMICOLON) || self.head_end == at - 1 {
            return;
        }
        let mut end = at + 1;
        if self.kind(at) == TOKEN_STRING_START {
            while !matches!(self.kind(end), TOKEN_STRING_END | END) && end - at < LOOK_AHEAD {
                end += 1;
            }
            end += 1;
        }
        while self.kind(end) == TOKEN_DOT && self.kind(end + 1) == TOKEN_IDENT {
            end += 2;
        }
        let ends =
            matches!(self.kind(end), TOKEN_SEMICOLON | TOKEN_R_PAREN | TOKEN_R_BRACK | TOKEN_R_BRACE | END);
        if ends && let Some(open) = self.open.last_mut() {
            *open = Open::Let { token, ending: None, body: Some(at) };
        }
    }

    /// Whether the names here, a semicolon, and a list show that a `with` is missing: `pkgs; [ vim ]`.
    fn lacks_with(&self, at: usize) -> bool {
        if !matches!(self.kind_before(at), Some(TOKEN_ASSIGN | TOKEN_CONCAT)) {
            return false;
        }
        let mut end = at;
        while self.kind(end) == TOKEN_IDENT && self.kind(end + 1) == TOKEN_DOT {
            end += 2;
        }
        [TOKEN_IDENT, TOKEN_SEMICOLON, TOKEN_L_BRACK] == [0, 1, 2].map(|count| self.kind(end + count))
    }

    /// Whether what follows is what `with` takes, and an expression: `name; [`.
    fn is_with(&self, at: usize) -> bool {
        let mut end = at + 1;
        while self.kind(end) == TOKEN_IDENT && self.kind(end + 1) == TOKEN_DOT {
            end += 2;
        }
        self.kind(end) == TOKEN_IDENT
            && self.kind(end + 1) == TOKEN_SEMICOLON
            && (starts_expression(self.kind(end + 2)) || self.kind(end + 2) == TOKEN_STRING_START)
            && !self.binds_at(end + 2)
    }

    fn ends_let(&mut self, at: usize) {
        self.close_choices();
        if let [.., Open::Let { .. }, inner @ Open::Let { body: Some(_), .. }] = self.open[..] {
            // It is the inner one whose `in` is missing.
            self.open.pop();
            self.close(inner);
        }
        if matches!(self.open.last(), Some(Open::Let { .. })) {
            self.open.pop();
        } else if let Some((start, has_word)) = self.place.bound.take() {
            self.starts_with(start, has_word, TOKEN_LET, at);
        }
    }

    fn ends_condition(&mut self, at: usize) {
        match self.open.last() {
            Some(Open::If { .. }) => {
                self.open.pop();
            }
            // Two branches of one choice are another mistake.
            Some(Open::Then { .. }) if self.kind_before(self.place.start) == Some(TOKEN_THEN) => return,
            _ => {
                let start = self.place.start;
                if start >= at {
                    return;
                }
                let has_word = self.kind(start) == TOKEN_IDENT
                    && start + 1 < at
                    && starts_operand(self.kind(start + 1))
                    && self.word(start).len() > 1
                    && is_slip(self.word(start), "if");
                self.starts_with(start, has_word, TOKEN_IF, at);
            }
        }
        self.open.push(Open::Then { other: None });
    }

    fn starts_other(&mut self, at: usize) {
        match self.open.last().copied() {
            Some(Open::Then { .. }) => {
                self.open.pop();
            }
            Some(Open::If { token, then }) => {
                self.open.pop();
                if let Some(then) = then {
                    self.meant(then, TOKEN_THEN);
                } else if let Some(start) = self.start_of_branch(token, at) {
                    self.starts_with(start, false, TOKEN_THEN, at);
                }
            }
            _ => {}
        }
    }

    /// Where what is chosen starts between an `if` and an `else`: at the last expression beside another one, and where
    /// lines start if they do. Braces and colons are those of other languages.
    fn start_of_branch(&self, condition: usize, other: usize) -> Option<usize> {
        if other - condition > LOOK_AHEAD {
            return None;
        }
        let mut nesting = 0_u32;
        let mut on_line = None;
        let mut found = None;
        for at in condition + 2..other {
            let kind = self.kind(at);
            let is_start = nesting == 0
                && starts_operand(kind)
                && self.kind_before(at).is_some_and(ends_operand)
                && self.kind_before(at) != Some(TOKEN_INTERPOL_END);
            match kind {
                TOKEN_COLON | TOKEN_L_BRACE if nesting == 0 => return None,
                _ if is_start && self.starts_line(at) => on_line = on_line.or(Some(at)),
                _ if is_start => found = Some(at),
                _ => {}
            }
            match kind {
                TOKEN_L_BRACE | TOKEN_L_BRACK | TOKEN_L_PAREN | TOKEN_INTERPOL_START | TOKEN_STRING_START => {
                    nesting += 1;
                }
                TOKEN_R_BRACE | TOKEN_R_BRACK | TOKEN_R_PAREN | TOKEN_INTERPOL_END | TOKEN_STRING_END => {
                    nesting = nesting.saturating_sub(1);
                }
                _ => {}
            }
        }
        on_line.or(found)
    }

    fn starts_line(&self, at: usize) -> bool {
        let (before, here) = (self.tokens[at - 1], self.tokens[at]);
        self.text[before.end as usize..here.start as usize].contains('\n')
    }

    fn ends_bracket(&mut self) {
        if self.brackets == 0 {
            return;
        }
        self.brackets -= 1;
        while let Some(open) = self.open.pop() {
            self.close(open);
            if matches!(open, Open::Bracket(_)) {
                break;
            }
        }
    }

    /// Closes what ends with a binding or an argument.
    fn close_choices(&mut self) {
        while let Some(&open @ (Open::If { .. } | Open::Then { .. } | Open::Head)) = self.open.last() {
            self.open.pop();
            self.close(open);
        }
    }

    /// Closes what ends here, whether its last word was there or not.
    fn close(&mut self, open: Open) {
        match open {
            Open::Bracket(around) => self.place = around,
            Open::Let { ending: Some(ending), .. } => self.meant(ending, TOKEN_IN),
            Open::Let { token, body: Some(body), .. } => self.starts_with(body, false, TOKEN_IN, token),
            Open::Then { other: Some(other) } => self.meant(other, TOKEN_ELSE),
            Open::Let { .. } | Open::Then { .. } | Open::If { .. } | Open::Head => {}
        }
    }

    fn meant(&mut self, token: usize, kind: SyntaxKind) {
        self.edits.push(Edit { token, kind, other: None });
    }

    /// Notes the word that belongs to another one.
    fn starts_with(&mut self, token: usize, has_word: bool, kind: SyntaxKind, other: usize) {
        let other = (!has_word).then(|| self.tokens[other].start);
        self.edits.push(Edit { token, kind, other });
    }
}

/// Whether an expression, or an argument, starts with a token.
fn starts_operand(kind: SyntaxKind) -> bool {
    starts_expression(kind) || kind.is_literal() || matches!(kind, TOKEN_IDENT | TOKEN_STRING_START)
}

/// Whether a word is another one but for a slip of the hand: one letter that is missing, too many or another one, two in
/// the wrong order, or a capital letter.
fn is_slip(word: &str, meant: &str) -> bool {
    word.len().abs_diff(meant.len()) <= 1 && {
        let word = word.to_ascii_lowercase();
        word == meant || word.len() > 1 && strsim::osa_distance(&word, meant) == 1
    }
}

/// Notes the words that are wrong.
pub(super) fn noted<'t>(mut parsed: Parsed<'t>, words: &[Word]) -> Parsed<'t> {
    if !words.is_empty() {
        // A word that is put in may stand where none can: that it is missing is all there is to say.
        let tokens = &parsed.tokens;
        let is_put_in = |token: &Token| token.start == token.end && token.kind != END;
        parsed.mistakes.retain(|mistake| !is_put_in(&tokens[mistake.token]));
    }
    for &word in words {
        let token = parsed.tokens.partition_point(|token| token.start < word.place);
        let token = token.min(parsed.tokens.len() - 1);
        let cause = Cause::Word(word);
        parsed.mistakes.push(Mistake { token, before: token, expecting: &[], cause });
    }
    parsed
}

/// Says which word is meant, or missing.
pub(super) fn diagnostic(parsed: &Parsed<'_>, word: Word, source: SourceId) -> Diagnostic {
    let meant = written(word.kind);
    let rest = &parsed.text[word.place as usize..];
    let start = Span::new(source, word.place, word.place);
    let fix =
        |span: Span, replacement: String| Fix { span, replacement, applicability: Applicability::Unsafe };
    if let Some(other) = word.other {
        let (belongs_to, help) = match word.kind {
            TOKEN_IF => ("then", CHOICE),
            TOKEN_THEN => ("else", CHOICE),
            TOKEN_WITH => return without_with(start),
            TOKEN_IN => ("let", BINDINGS),
            _ => ("in", BINDINGS),
        };
        let length = u32::try_from(belongs_to.len()).unwrap_or(0);
        return Diagnostic::new(
            Code::Syntax,
            start,
            format!("syntax error, '{belongs_to}' without '{meant}'"),
        )
        .labelled(format!("'{meant}' is missing here"))
        .with_label(Span::new(source, other, other + length), "this belongs to it")
        .with_help(help)
        .with_fix(fix(start, format!("{meant} ")));
    }
    let length = rest.find(|letter: char| !letter.is_ascii_alphanumeric()).unwrap_or(rest.len());
    let span = Span::new(source, word.place, word.place + u32::try_from(length).unwrap_or(0));
    Diagnostic::new(Code::Syntax, span, format!("syntax error, '{}' is no word of Nix", &rest[..length]))
        .labelled(format!("'{meant}' belongs here"))
        .with_help(format!("write `{meant}`"))
        .with_fix(fix(span, meant.to_owned()))
}

/// Says that a `with` is missing.
fn without_with(place: Span) -> Diagnostic {
    Diagnostic::new(Code::Syntax, place, "syntax error, 'with' is missing")
        .labelled("'with' is missing here")
        .with_help("the names of a list are taken from a set by `with set; [ name … ]`")
        .with_fix(Fix { span: place, replacement: "with ".to_owned(), applicability: Applicability::Unsafe })
}

fn written(kind: SyntaxKind) -> &'static str {
    match kind {
        TOKEN_LET => "let",
        TOKEN_IN => "in",
        TOKEN_IF => "if",
        TOKEN_THEN => "then",
        TOKEN_ELSE => "else",
        TOKEN_WITH => "with",
        _ => "inherit",
    }
}
