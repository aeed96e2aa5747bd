//! `if … then … else …`, also as other languages write it: with braces, colons, `elif`, or a semicolon before `else`.

use launchnix_diagnostics::{Applicability, Diagnostic, Fix, SourceId, Span};
use rnix::SyntaxKind::{self, *};

use super::error::{LOOK_AHEAD, place};
use super::lexer::END;
use super::parser::{Cause, Open, Parser};
use super::tree::Parsed;

/// What other languages have in the place of `else if`.
pub(super) const ELSE_IF: [&str; 3] = ["elif", "elseif", "elsif"];

impl Parser<'_> {
    /// `if … then … else`: the rest follows.
    pub(super) fn choice(&mut self, open: &mut Open) {
        let after_braces = self.braces_before == self.at;
        if let Some(colon) = self.colon_for_then() {
            self.condition_before_colon(open, colon, after_braces);
        } else if let Some(brace) = self.braced_branch() {
            return self.braced_choice(open, brace, after_braces);
        } else {
            self.opened.conditions += 1;
            self.head(open, TOKEN_THEN, &["'then'"]);
            self.opened.conditions -= 1;
        }
        let has_colons = self.kind_before() == TOKEN_COLON;
        self.opened.branches += 1;
        let else_if = self.else_if_ahead();
        let around = self.stop;
        self.stop = else_if.unwrap_or(around);
        let then = self.expr();
        self.stop = around;
        self.add(open, then);
        if else_if == Some(self.at) {
            // Where colons stand for `then`, both words are one habit.
            if has_colons {
                self.braces_before = self.at;
            } else {
                self.mistake_at(self.at, &["'else'"], Cause::ElseIf);
            }
            self.quiet = false;
            self.else_if = self.at;
            self.opened.branches -= 1;
            return;
        }
        if self.kind() == TOKEN_SEMICOLON && self.ahead(1) == TOKEN_ELSE && self.is_forgiving() {
            self.mistake_at(self.at, &["'else'"], Cause::BeforeElse);
            self.quiet = false;
            self.at += 1;
        }
        if has_colons && self.kind() != TOKEN_ELSE {
            // Without the other branch the value is not known, and what is wrong has been said.
            self.opened.branches -= 1;
            self.quiet = true;
            return;
        }
        self.expect(open, TOKEN_ELSE, &["'else'"]);
        self.opened.branches -= 1;
        if self.kind() == TOKEN_COLON && self.kind_before() == TOKEN_ELSE && self.is_forgiving() {
            if !has_colons {
                self.mistake_at(self.at, &[], Cause::ColonAfterElse);
                self.quiet = false;
            }
            self.at += 1;
        }
        if has_colons && self.kind() == TOKEN_IF {
            self.braces_before = self.at;
        }
    }

    fn kind_before(&self) -> SyntaxKind {
        self.at.checked_sub(1).map_or(END, |before| self.tokens[before].kind)
    }

    /// The condition of the `if` here, which ends before `stop`; whether it does.
    fn condition_until(&mut self, open: &mut Open, stop: usize) -> bool {
        self.at += 1;
        let around = std::mem::replace(&mut self.stop, stop);
        self.opened.conditions += 1;
        let condition = self.expr();
        self.add(open, condition);
        self.opened.conditions -= 1;
        self.stop = around;
        let ends = self.at == stop;
        if !ends {
            self.expect(open, TOKEN_THEN, &["'then'"]);
        }
        ends
    }

    /// `if c:`, which is told only for the first of a chain.
    fn condition_before_colon(&mut self, open: &mut Open, colon: usize, is_told: bool) {
        if !self.condition_until(open, colon) {
            return;
        }
        if !is_told {
            self.mistake_at(colon, &["'then'"], Cause::ColonForThen);
        }
        self.quiet = false;
        self.at += 1;
    }

    /// The colon that stands for `then` after the `if` here.
    fn colon_for_then(&self) -> Option<usize> {
        if !self.is_forgiving() {
            return None;
        }
        let mut nesting = 0_u32;
        let mut colon = None;
        for (at, token) in self.tokens.iter().enumerate().skip(self.at + 1).take(LOOK_AHEAD) {
            match token.kind {
                TOKEN_R_PAREN | TOKEN_R_BRACK | TOKEN_R_BRACE | TOKEN_INTERPOL_END if nesting == 0 => {
                    return colon;
                }
                TOKEN_COLON if nesting == 0 && colon.is_none() => colon = Some(at),
                TOKEN_ELSE | TOKEN_SEMICOLON | END if nesting == 0 => return colon,
                TOKEN_THEN | TOKEN_IF | TOKEN_ASSIGN if nesting == 0 => return None,
                TOKEN_IDENT if nesting == 0 && ELSE_IF.contains(&self.token_text(at)) => return colon,
                TOKEN_L_PAREN | TOKEN_L_BRACK | TOKEN_L_BRACE | TOKEN_INTERPOL_START => nesting += 1,
                TOKEN_R_PAREN | TOKEN_R_BRACK | TOKEN_R_BRACE | TOKEN_INTERPOL_END => nesting -= 1,
                _ => {}
            }
        }
        None
    }

    /// `if c { a } else`
    fn braced_choice(&mut self, open: &mut Open, brace: usize, after_braces: bool) {
        if !self.condition_until(open, brace) {
            return;
        }
        if !after_braces {
            self.mistake_at(brace, &["'then'"], Cause::Braces);
        }
        self.quiet = false;
        let then = self.branch();
        self.add(open, then);
        if self.kind() != TOKEN_ELSE {
            // Without the other branch the value is not known, and what is wrong has been said.
            self.quiet = true;
            return;
        }
        self.at += 1;
        match self.kind() {
            TOKEN_IF => self.braces_before = self.at,
            TOKEN_L_BRACE => self.block = if self.holds_bindings() { usize::MAX } else { self.at },
            _ => {}
        }
    }

    /// A branch in braces, which are those of a set where there are bindings in them.
    fn branch(&mut self) -> u32 {
        if self.holds_bindings() {
            return self.expr();
        }
        self.block = self.at;
        self.expr()
    }

    /// An expression in braces.
    pub(super) fn braced(&mut self) -> u32 {
        let mut open = self.open();
        self.at += 1;
        self.opened.sets += 1;
        let inner = self.expr();
        self.add(&mut open, inner);
        if self.kind() == TOKEN_SEMICOLON {
            self.at += 1;
        }
        self.expect(&mut open, TOKEN_R_BRACE, &["'}'"]);
        self.opened.sets -= 1;
        self.close(open, NODE_PAREN)
    }

    /// Whether the brace here is one of a set.
    fn holds_bindings(&self) -> bool {
        matches!(self.ahead(1), TOKEN_R_BRACE | TOKEN_INHERIT) || self.binding_at(self.at + 1).is_some()
    }

    /// The brace that starts a branch, if there is one in the place of `then` after the `if` here.
    fn braced_branch(&self) -> Option<usize> {
        if !self.is_forgiving() {
            return None;
        }
        let mut nesting = 0_u32;
        let mut brace = None;
        for (at, token) in self.tokens.iter().enumerate().skip(self.at + 1).take(LOOK_AHEAD) {
            match token.kind {
                TOKEN_THEN | TOKEN_IF if nesting == 0 => return None,
                TOKEN_ELSE | TOKEN_SEMICOLON if nesting == 0 => return brace,
                TOKEN_L_BRACE if nesting == 0 => {
                    brace = (at > self.at + 1).then_some(at);
                    nesting += 1;
                }
                TOKEN_L_PAREN | TOKEN_L_BRACK | TOKEN_L_BRACE | TOKEN_INTERPOL_START => nesting += 1,
                TOKEN_R_PAREN | TOKEN_R_BRACK | TOKEN_R_BRACE | TOKEN_INTERPOL_END => match nesting {
                    0 => return brace,
                    _ => nesting -= 1,
                },
                // What follows the braces is part of the condition.
                _ if nesting == 0 => brace = None,
                _ => {}
            }
        }
        None
    }

    /// Where the word is that other languages have in the place of `else if`, if it ends the branch that starts here.
    fn else_if_ahead(&self) -> Option<usize> {
        if !self.is_forgiving() {
            return None;
        }
        let mut nesting = 0_u32;
        let mut word = None;
        for (at, token) in self.tokens.iter().enumerate().skip(self.at).take(LOOK_AHEAD) {
            match token.kind {
                TOKEN_THEN if nesting == 0 => return word.filter(|&at| at > self.at),
                TOKEN_COLON if nesting == 0 && word.is_some() => return word.filter(|&at| at > self.at),
                TOKEN_ELSE | TOKEN_SEMICOLON | TOKEN_IF if nesting == 0 => return None,
                TOKEN_IDENT if nesting == 0 && word.is_none() && ELSE_IF.contains(&self.token_text(at)) => {
                    word = Some(at);
                }
                TOKEN_L_PAREN | TOKEN_L_BRACK | TOKEN_L_BRACE | TOKEN_INTERPOL_START => nesting += 1,
                TOKEN_R_PAREN | TOKEN_R_BRACK | TOKEN_R_BRACE | TOKEN_INTERPOL_END => {
                    nesting = nesting.checked_sub(1)?;
                }
                _ => {}
            }
        }
        None
    }
}

/// Says how a choice is written.
pub(super) fn explain(
    parsed: &Parsed<'_>,
    token: usize,
    cause: Cause,
    source: SourceId,
    said: Diagnostic,
) -> Diagnostic {
    let span = place(parsed, parsed.tokens[token], source);
    let fix = |span: Span, replacement: &str| Fix {
        span,
        replacement: replacement.to_owned(),
        applicability: Applicability::Unsafe,
    };
    match cause {
        Cause::ElseIf => said
            .labelled("Nix has no word for this")
            .with_help("write `else if`")
            .with_fix(fix(span, "else if")),
        Cause::BeforeElse => said
            .labelled("no semicolon belongs here")
            .with_help("`if … then … else …` is one expression: remove the semicolon")
            .with_fix(fix(span, "")),
        Cause::ColonAfterElse => said
            .labelled("no colon belongs here")
            .with_help("a choice is written `if … then … else …`: remove the colon")
            .with_fix(fix(span, "")),
        Cause::ColonForThen => {
            let before = parsed.tokens[token - 1].end;
            let said = said
                .labelled("'then' is missing here")
                .with_help("a choice is written `if … then … else …`: write `then` instead of `:`")
                .with_fix(fix(Span::new(source, before, span.end), " then"));
            match colon_after_else(parsed, token) {
                Colons::One => said,
                Colons::AfterElse(colon) => {
                    said.with_further_edit(place(parsed, parsed.tokens[colon], source), "")
                }
                Colons::NoElse => Diagnostic { fix: None, ..said }
                    .with_help("a choice is written `if … then … else …`, with both branches"),
                // One edit of several choices is none.
                Colons::Chain => Diagnostic { fix: None, ..said }
                    .with_help("a choice is written `if … then … else if … then … else …`"),
            }
        }
        _ => said
            .labelled("'then' is missing here")
            .with_help("a choice is written `if … then … else …`, without braces around its branches"),
    }
}

/// What follows a colon that stands for `then`.
enum Colons {
    /// Nothing of the kind, and `else`.
    One,
    /// No other branch.
    NoElse,
    /// Another one after `else`.
    AfterElse(usize),
    /// Another choice.
    Chain,
}

fn colon_after_else(parsed: &Parsed<'_>, colon: usize) -> Colons {
    let mut nesting = 0_u32;
    for (at, token) in parsed.tokens.iter().enumerate().skip(colon + 1).take(LOOK_AHEAD) {
        let next = parsed.tokens.get(at + 1).map_or(END, |token| token.kind);
        match token.kind {
            TOKEN_ELSE if nesting == 0 => {
                return match next {
                    TOKEN_COLON => Colons::AfterElse(at + 1),
                    TOKEN_IF => Colons::Chain,
                    _ => Colons::One,
                };
            }
            TOKEN_IDENT if nesting == 0 && ELSE_IF.contains(&parsed.token_text(*token)) => {
                return Colons::Chain;
            }
            TOKEN_L_PAREN | TOKEN_L_BRACK | TOKEN_L_BRACE | TOKEN_INTERPOL_START => nesting += 1,
            TOKEN_SEMICOLON | END if nesting == 0 => break,
            TOKEN_R_PAREN | TOKEN_R_BRACK | TOKEN_R_BRACE | TOKEN_INTERPOL_END => {
                let Some(outer) = nesting.checked_sub(1) else { break };
                nesting = outer;
            }
            _ => {}
        }
    }
    Colons::NoElse
}
