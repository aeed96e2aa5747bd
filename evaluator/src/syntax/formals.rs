//! The arguments that a function takes by their names: `{ a, b ? 1, ... } @ all:`.

use rnix::SyntaxKind::{self, *};

use super::lexer::END;
use super::parser::{Cause, Mistake, Open, Parser, Reading};
use super::sets::starts_expression;

impl Parser<'_> {
    /// Whether a brace starts formals, which the token after its first shows.
    pub(super) fn starts_formals(&self) -> bool {
        match (self.ahead(1), self.ahead(2)) {
            (TOKEN_ELLIPSIS, _) => true,
            (TOKEN_IDENT, TOKEN_IDENT) => self.holds_names(),
            (TOKEN_IDENT, TOKEN_SEMICOLON | TOKEN_ELLIPSIS) => self.is_forgiving() && self.holds_names(),
            (TOKEN_IDENT, kind) if starts_literal(kind) => self.is_forgiving() && self.holds_names(),
            (TOKEN_IDENT, TOKEN_COMMA) if self.joins_names(self.at + 2) => false,
            (TOKEN_IDENT, next) => matches!(next, TOKEN_COMMA | TOKEN_QUESTION | TOKEN_R_BRACE),
            (TOKEN_R_BRACE, next) => matches!(next, TOKEN_COLON | TOKEN_AT),
            _ => false,
        }
    }

    /// Whether the braces here hold names of arguments, between some of which there is no comma.
    fn holds_names(&self) -> bool {
        let mut at = self.at + 1;
        loop {
            let Some(token) = self.tokens.get(at) else { return false };
            at = match token.kind {
                kind if starts_literal(kind) && self.tokens[at - 1].kind == TOKEN_IDENT => {
                    match self.literal_end(at) {
                        Some(end) => end,
                        None => return false,
                    }
                }
                TOKEN_IDENT | TOKEN_COMMA | TOKEN_SEMICOLON | TOKEN_ELLIPSIS => at + 1,
                TOKEN_QUESTION => match self.literal_end(at + 1) {
                    Some(end) => end,
                    None => return false,
                },
                TOKEN_R_BRACE => {
                    let after = self.tokens.get(at + 1).map(|token| token.kind);
                    return matches!(after, Some(TOKEN_COLON | TOKEN_AT));
                }
                _ => return false,
            };
        }
    }

    /// Where a number, a string, or what is in brackets ends that starts at a token.
    fn literal_end(&self, start: usize) -> Option<usize> {
        /// What is longer is no default.
        const LOOK_AHEAD: usize = 2_000;
        let mut nesting = 0_u32;
        for (at, token) in self.tokens.iter().enumerate().skip(start).take(LOOK_AHEAD) {
            match token.kind {
                TOKEN_STRING_START | TOKEN_L_BRACK | TOKEN_L_BRACE | TOKEN_L_PAREN | TOKEN_INTERPOL_START => {
                    nesting += 1;
                }
                TOKEN_STRING_END | TOKEN_R_BRACK | TOKEN_R_BRACE | TOKEN_R_PAREN | TOKEN_INTERPOL_END => {
                    nesting = nesting.checked_sub(1)?;
                }
                TOKEN_INTEGER | TOKEN_FLOAT => {}
                TOKEN_IDENT if nesting > 0 || matches!(self.token_text(at), "true" | "false" | "null") => {}
                _ if nesting == 0 => return None,
                _ => {}
            }
            if nesting == 0 {
                return Some(at + 1);
            }
        }
        None
    }

    /// Whether the default that starts here is a literal and another argument follows it, which Nix takes for an argument
    /// of the literal.
    fn lacks_comma_after(&self) -> bool {
        if self.reading == Reading::Exact {
            return false;
        }
        let kind = |at: usize| self.tokens.get(at).map(|token| token.kind);
        let end = self.literal_end(self.at);
        end.is_some_and(|end| {
            kind(end) == Some(TOKEN_ELLIPSIS)
                || kind(end) == Some(TOKEN_IDENT)
                    && matches!(kind(end + 1), Some(TOKEN_QUESTION | TOKEN_COMMA | TOKEN_R_BRACE))
        })
    }

    /// `{ a, b ? 1, ... } @ all:` or `all @ { … }:`
    pub(super) fn formals(&mut self, lambda: &mut Open) {
        let mut open = self.open();
        let noted = self.mistakes.len();
        let named_before = self.kind() == TOKEN_IDENT;
        if named_before {
            let mut bind = self.open();
            let name = self.leaf(NODE_IDENT);
            self.add(&mut bind, name);
            self.at += 1;
            let bind = self.close(bind, NODE_PAT_BIND);
            self.add(&mut open, bind);
        }
        if self.kind() == TOKEN_L_BRACE {
            self.at += 1;
            self.opened.sets += 1;
            self.entries(&mut open, named_before);
            self.opened.sets -= 1;
        } else {
            self.mistake(&["'{'"]);
        }
        let mut expecting: &[&str] = if named_before { &["':'"] } else { &["':'", "'@'"] };
        if self.kind() == TOKEN_AT && !named_before {
            let mut bind = self.open();
            self.at += 1;
            if self.kind() == TOKEN_IDENT {
                let name = self.leaf(NODE_IDENT);
                self.add(&mut bind, name);
            } else {
                self.mistake(&["identifier"]);
            }
            let bind = self.close(bind, NODE_PAT_BIND);
            self.add(&mut open, bind);
            expecting = &["':'"];
        }
        let pattern = self.close(open, NODE_PATTERN);
        self.add(lambda, pattern);
        if !named_before && self.is_set_elsewhere(&open, noted) {
            self.mistakes.truncate(noted);
            self.quiet = false;
            return self.mistake_at(self.at, expecting, Cause::Shorthand(open.first_token));
        }
        if let Some(body) = self.after_other_than_colon() {
            self.mistake_at(self.at, expecting, Cause::ForColon(body));
            self.quiet = false;
            self.at = body;
            return;
        }
        if self.kind() != TOKEN_COLON && (self.starts_argument() || starts_expression(self.kind())) {
            // Only the colon is missing.
            return self.mistake(expecting);
        }
        self.expect(lambda, TOKEN_COLON, expecting);
    }

    /// Whether the braces that end here are a set as other languages have it, `{ a, b }` or `{ ...a, b = 1 }`: the
    /// expression ends with it. `noted` is how many mistakes were known before them.
    fn is_set_elsewhere(&self, open: &Open, noted: usize) -> bool {
        let ends = matches!(
            self.kind(),
            TOKEN_SEMICOLON | TOKEN_R_PAREN | TOKEN_R_BRACK | TOKEN_R_BRACE | TOKEN_IN | TOKEN_UPDATE | END
        );
        let is_of_names = |mistake: &Mistake| {
            matches!(
                mistake.cause,
                Cause::BoundInFormals(_) | Cause::AfterEllipsis | Cause::MissingComma | Cause::Unexpected
            )
        };
        ends && self.is_forgiving()
            && self.kind_before_is_brace(open)
            && self.after_other_than_colon().is_none()
            && self.mistakes[noted..].iter().all(is_of_names)
    }

    /// Whether a default stands beside the name of an argument, without the `?`.
    fn lacks_question(&self) -> bool {
        self.is_forgiving() && starts_literal(self.kind()) && self.literal_end(self.at).is_some()
    }

    fn kind_before_is_brace(&self, open: &Open) -> bool {
        self.at > open.first_token + 1 && self.tokens[self.at - 1].kind == TOKEN_R_BRACE
    }

    /// Where the function's result starts, if `;`, `=` or an arrow stands for the colon before it.
    fn after_other_than_colon(&self) -> Option<usize> {
        let body = match (self.kind(), self.ahead(1)) {
            (TOKEN_ASSIGN, TOKEN_MORE) => self.at + 2,
            (TOKEN_SEMICOLON | TOKEN_COMMA | TOKEN_ASSIGN | TOKEN_IMPLICATION, _) => self.at + 1,
            _ => return None,
        };
        let starts = self.tokens.get(body).is_some_and(|token| starts_expression(token.kind));
        (starts && self.is_forgiving()).then_some(body)
    }

    fn entries(&mut self, open: &mut Open, named_before: bool) {
        let opened_at = self.at - 1;
        loop {
            match self.kind() {
                TOKEN_R_BRACE => {
                    self.at += 1;
                    self.quiet = false;
                    return;
                }
                TOKEN_ELLIPSIS => {
                    self.at += 1;
                    if self.kind() == TOKEN_R_BRACE {
                        continue;
                    }
                    let comma = usize::from(self.kind() == TOKEN_COMMA);
                    let is_entry = match self.ahead(comma) {
                        TOKEN_IDENT => self.ahead(comma + 1) != TOKEN_ASSIGN,
                        TOKEN_R_BRACE | TOKEN_ELLIPSIS => true,
                        _ => false,
                    };
                    if is_entry {
                        // The order is wrong, the names are right.
                        self.mistake_at(self.at, &["'}'"], Cause::AfterEllipsis);
                        self.at += comma;
                        continue;
                    }
                    self.mistake_at(self.at, &["'}'"], Cause::Unclosed(opened_at));
                    return self.recover_to(open, TOKEN_R_BRACE);
                }
                TOKEN_IDENT => {
                    let mut entry = self.open();
                    let name = self.leaf(NODE_IDENT);
                    self.add(&mut entry, name);
                    if self.kind() == TOKEN_ASSIGN {
                        self.mistake_at(self.at, &["'}'", "','"], Cause::BoundInFormals(opened_at));
                    }
                    let lacks_question = self.lacks_question();
                    if lacks_question {
                        self.mistake_at(self.at, &["'}'", "','"], Cause::MissingQuestion);
                        self.quiet = false;
                    }
                    let is_bound_by_colon =
                        self.is_forgiving() && self.kind() == TOKEN_COLON && starts_literal(self.ahead(1));
                    if is_bound_by_colon {
                        self.mistake_at(self.at, &["'}'", "','"], Cause::MissingQuestion);
                        self.quiet = false;
                    }
                    let is_bound = matches!(self.kind(), TOKEN_QUESTION | TOKEN_ASSIGN) || is_bound_by_colon;
                    if is_bound || lacks_question {
                        self.at += usize::from(!lacks_question);
                        let default = if self.lacks_comma_after() { self.selection() } else { self.expr() };
                        self.add(&mut entry, default);
                    }
                    let entry = self.close(entry, NODE_PAT_ENTRY);
                    self.add(open, entry);
                    match self.kind() {
                        TOKEN_COMMA => self.at += 1,
                        TOKEN_R_BRACE => {}
                        TOKEN_SEMICOLON => {
                            self.mistake_at(self.at, &["'}'", "','"], Cause::Unexpected);
                            self.at += 1;
                        }
                        TOKEN_IDENT | TOKEN_ELLIPSIS => {
                            // Nix takes what starts with two names for a set.
                            let is_second =
                                !named_before && self.at == opened_at + 2 && self.kind() == TOKEN_IDENT;
                            let expecting: &[&str] =
                                if is_second { &["'.'", "'='"] } else { &["'}'", "','"] };
                            self.mistake_at(self.at, expecting, Cause::MissingComma);
                        }
                        _ => {
                            self.mistake_at(self.at, &["'}'", "','"], Cause::Unclosed(opened_at));
                            return self.recover_to(open, TOKEN_R_BRACE);
                        }
                    }
                }
                kind => {
                    self.mistake_at(self.at, &["identifier", "'...'", "'}'"], Cause::Unclosed(opened_at));
                    if kind != TOKEN_COMMA {
                        return self.recover_to(open, TOKEN_R_BRACE);
                    }
                    self.at += 1;
                }
            }
        }
    }
}

/// Whether a default that is written out starts with a token.
fn starts_literal(kind: SyntaxKind) -> bool {
    matches!(kind, TOKEN_INTEGER | TOKEN_FLOAT | TOKEN_STRING_START | TOKEN_L_BRACK | TOKEN_L_BRACE)
}
