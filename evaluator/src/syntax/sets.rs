//! What is between brackets: bindings, formals, names, list elements.

use rnix::SyntaxKind::{self, *};

use super::lexer::END;
use super::parser::{ATTRIBUTE, Cause, Layout, Open, Parser};

impl Parser<'_> {
    /// `{ … }`, `rec { … }` or `let { … }`
    pub(super) fn set(&mut self, kind: SyntaxKind) -> u32 {
        let mut open = self.open();
        let recursive = self.kind() != TOKEN_L_BRACE;
        if recursive {
            self.at += 1;
        }
        if self.kind() == TOKEN_L_BRACE {
            self.at += 1;
            self.opened.sets += 1;
            self.bindings(&mut open, TOKEN_R_BRACE, recursive);
            self.opened.sets -= 1;
        } else {
            self.mistake(&["'{'"]);
            let nothing = self.nothing();
            self.add(&mut open, nothing);
        }
        self.close(open, kind)
    }

    /// Bindings up to `}` or `in`, and that.
    pub(super) fn bindings(&mut self, open: &mut Open, end: SyntaxKind, recursive: bool) {
        let fresh: &[&str] = match end {
            TOKEN_IN => &["'in'", "'inherit'"],
            _ if recursive => &["'inherit'", "'}'"],
            _ => &["'inherit'"],
        };
        let opened_at = self.at - 1;
        let outer = self.binding;
        let mut commas = 0;
        loop {
            let kind = self.kind();
            if kind == end {
                if self.is_extra_brace(opened_at) {
                    self.mistake_at(self.at, &[], Cause::ClosesNothing);
                    let stray = self.stray_brace();
                    self.add(open, stray);
                    continue;
                }
                if self.is_missing_brace(opened_at, end) {
                    self.mistake_at(self.at, &["'}'"], Cause::UnclosedByLayout(opened_at));
                    break;
                }
                self.at += 1;
                self.quiet = false;
                break;
            }
            match kind {
                TOKEN_IDENT | TOKEN_OR | TOKEN_STRING_START | TOKEN_INTERPOL_START | TOKEN_INHERIT => {
                    if self.is_missing_brace(opened_at, end) {
                        self.mistake_at(self.at, &["'}'"], Cause::UnclosedByLayout(opened_at));
                        break;
                    }
                    self.binding = self.at;
                    self.quiet = self.quiet && !self.starts_line(self.at);
                    let binding =
                        if kind == TOKEN_INHERIT { self.inherit() } else { self.bind(fresh, &mut commas) };
                    self.add(open, binding);
                }
                _ => {
                    let is_body = end == TOKEN_IN && starts_expression(kind);
                    if kind == END || is_body || self.closes_outer(kind) {
                        self.mistake_at(self.at, fresh, Cause::Unclosed(opened_at));
                        let is_meant = matches!(kind, TOKEN_R_BRACK | TOKEN_R_PAREN) && self.ahead(1) == kind;
                        if is_meant && end == TOKEN_R_BRACE {
                            // Not the bracket that was meant: what is around has one of its own.
                            self.at += 1;
                            self.quiet = false;
                        }
                        break;
                    }
                    if kind == TOKEN_R_BRACE {
                        self.mistake_at(self.at, fresh, Cause::ClosesNothing);
                        let stray = self.stray_brace();
                        self.add(open, stray);
                        continue;
                    }
                    self.mistake(fresh);
                    let stray = self.skip_binding();
                    self.add(open, stray);
                }
            }
        }
        self.binding = outer;
    }

    /// `a.b = value;`
    fn bind(&mut self, fresh: &'static [&'static str], commas: &mut u32) -> u32 {
        let mut open = self.open();
        let path = self.attribute_path(fresh);
        self.add(&mut open, path);
        let value = match self.kind() {
            TOKEN_ASSIGN => {
                self.at += 1;
                self.expr()
            }
            kind => {
                self.mistake(&["'.'", "'='"]);
                if let Some(assign) = self.assign_on_line() {
                    // Of such a name nothing is known.
                    self.at = assign + 1;
                    let value = self.expr();
                    self.add(&mut open, value);
                    self.end_binding(&mut open, &["';'"], commas);
                    return self.close(open, NODE_ERROR);
                }
                match kind {
                    // What other languages write there.
                    TOKEN_COLON | TOKEN_EQUAL => {
                        self.at += 1;
                        self.expr()
                    }
                    TOKEN_SEMICOLON => self.nothing(),
                    _ if !self.starts_line(self.at) && self.starts_argument() => self.expr(),
                    _ => self.nothing(),
                }
            }
        };
        self.add(&mut open, value);
        self.end_binding(&mut open, &["';'"], commas);
        self.close(open, NODE_ATTRPATH_VALUE)
    }

    /// The `=` of a binding whose name is not one, if it is on the line.
    fn assign_on_line(&self) -> Option<usize> {
        let is_name = |kind: SyntaxKind| {
            matches!(kind, TOKEN_IDENT | TOKEN_INTEGER | TOKEN_FLOAT | TOKEN_DOT | TOKEN_SUB | TOKEN_DIV)
        };
        let mut at = self.at;
        while self.tokens.get(at).is_some_and(|token| is_name(token.kind)) && !self.starts_line(at) {
            at += 1;
        }
        let assign = self.tokens.get(at).is_some_and(|token| token.kind == TOKEN_ASSIGN);
        (assign && at > self.at).then_some(at)
    }

    /// The semicolon, or what is in its place.
    fn end_binding(&mut self, open: &mut Open, expecting: &'static [&'static str], commas: &mut u32) {
        if self.kind() == TOKEN_SEMICOLON {
            self.at += 1;
            self.quiet = false;
            return;
        }
        if self.kind() == TOKEN_COMMA {
            // Commas between bindings are one mistake, however many there are.
            *commas += 1;
            self.quiet |= *commas > 1;
            self.mistake(expecting);
            self.at += 1;
            self.quiet = true;
            return;
        }
        let is_stray =
            matches!(self.kind(), TOKEN_R_PAREN | TOKEN_R_BRACK) && !self.closes_outer(self.kind());
        let cause = if is_stray { Cause::ClosesNothing } else { Cause::Unexpected };
        self.mistake_at(self.culprit(), expecting, cause);
        let starts_other = self.binding_at(self.at).is_some() || self.kind() == TOKEN_INHERIT;
        if !starts_other {
            self.recover_to(open, TOKEN_SEMICOLON);
        }
    }

    /// `inherit (source) a b;`
    fn inherit(&mut self) -> u32 {
        let mut open = self.open();
        self.at += 1;
        if self.kind() == TOKEN_L_PAREN {
            let mut from = self.open();
            self.at += 1;
            self.opened.parentheses += 1;
            let source = self.expr();
            self.add(&mut from, source);
            self.expect(&mut from, TOKEN_R_PAREN, &["')'"]);
            self.opened.parentheses -= 1;
            let from = self.close(from, NODE_INHERIT_FROM);
            self.add(&mut open, from);
        }
        while matches!(self.kind(), TOKEN_IDENT | TOKEN_OR | TOKEN_STRING_START | TOKEN_INTERPOL_START) {
            if let Some(assign) = self.binding_at(self.at) {
                if self.starts_line(self.at) {
                    self.mistake_at(assign, &[], Cause::AfterInherit);
                    break;
                }
                // `inherit a = 1;`: as if the name were bound by itself.
                self.mistake_at(assign, &[], Cause::InInherit);
                return self.close(open, NODE_INHERIT);
            }
            let before = self.at;
            let name = self.attribute(&[]);
            self.add(&mut open, name);
            if self.at == before {
                break;
            }
        }
        if self.kind() == TOKEN_COMMA {
            self.mistake_at(self.at, &[], Cause::InInherit);
        }
        self.end_binding(&mut open, &[], &mut 0);
        self.close(open, NODE_INHERIT)
    }

    /// Names with dots between them. `first` is what could stand in the place of the first.
    pub(super) fn attribute_path(&mut self, first: &'static [&'static str]) -> u32 {
        let mut open = self.open();
        let name = self.attribute(first);
        self.add(&mut open, name);
        while self.kind() == TOKEN_DOT {
            self.at += 1;
            let name = self.attribute(ATTRIBUTE);
            self.add(&mut open, name);
        }
        self.close(open, NODE_ATTRPATH)
    }

    fn attribute(&mut self, expecting: &'static [&'static str]) -> u32 {
        match self.kind() {
            TOKEN_IDENT | TOKEN_OR => self.leaf(NODE_IDENT),
            TOKEN_STRING_START => {
                if self.token_text(self.at) == "''" {
                    self.mistake(expecting);
                }
                self.string()
            }
            TOKEN_INTERPOL_START => self.interpolation(NODE_DYNAMIC),
            _ => {
                self.mistake(expecting);
                self.nothing()
            }
        }
    }

    /// Whether a brace starts formals, which the token after its first shows.
    pub(super) fn starts_formals(&self) -> bool {
        match (self.ahead(1), self.ahead(2)) {
            (TOKEN_ELLIPSIS, _) => true,
            (TOKEN_IDENT, TOKEN_IDENT) => self.holds_names(),
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
                TOKEN_IDENT | TOKEN_COMMA | TOKEN_ELLIPSIS => at + 1,
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
            self.entries(&mut open);
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
        if self.kind() != TOKEN_COLON && (self.starts_argument() || starts_expression(self.kind())) {
            // Only the colon is missing.
            return self.mistake(expecting);
        }
        self.expect(lambda, TOKEN_COLON, expecting);
    }

    fn entries(&mut self, open: &mut Open) {
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
                    if self.kind() != TOKEN_R_BRACE {
                        self.mistake_at(self.at, &["'}'"], Cause::Unclosed(opened_at));
                        // `{ ..., a }`: the order is wrong, the names are right.
                        if self.kind() == TOKEN_COMMA && self.ahead(1) == TOKEN_IDENT {
                            self.at += 1;
                            continue;
                        }
                        return self.recover_to(open, TOKEN_R_BRACE);
                    }
                }
                TOKEN_IDENT => {
                    let mut entry = self.open();
                    let name = self.leaf(NODE_IDENT);
                    self.add(&mut entry, name);
                    if self.kind() == TOKEN_ASSIGN {
                        self.mistake_at(self.at, &["'}'", "','"], Cause::BoundInFormals(opened_at));
                    }
                    if matches!(self.kind(), TOKEN_QUESTION | TOKEN_ASSIGN) {
                        self.at += 1;
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
                            let is_second = self.at == opened_at + 2 && self.kind() == TOKEN_IDENT;
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

    /// `[ … ]`
    pub(super) fn list(&mut self) -> u32 {
        let mut open = self.open();
        self.at += 1;
        self.opened.lists += 1;
        let mut has_strays = false;
        loop {
            let kind = self.kind();
            if kind == TOKEN_R_BRACK {
                self.at += 1;
                self.quiet = false;
                break;
            }
            if self.starts_argument() {
                let element = self.selection();
                self.add(&mut open, element);
                continue;
            }
            self.note_inner_let();
            if let Some(assign) = self.binding_at(self.at)
                && let Some(end) = self.end_of_list()
            {
                self.mistake_at(assign, &[], Cause::BoundInList(open.first_token, end));
                let stray = self.open();
                self.at = end;
                let stray = self.close(stray, NODE_ERROR);
                self.add(&mut open, stray);
                continue;
            }
            // Strays in one list are one mistake, however many there are.
            self.quiet |= has_strays;
            has_strays = true;
            let ends = kind == END
                || self.binding_at(self.at).is_some()
                || kind == TOKEN_SEMICOLON && self.in_bindings() && !self.list_goes_on()
                || kind == TOKEN_INHERIT
                || self.closes_outer(kind);
            if ends {
                self.mistake_at(self.culprit(), &[], Cause::Unclosed(open.first_token));
                // `[ a b };` where the set around was opened on an earlier line: not the bracket that was meant.
                if kind == TOKEN_R_BRACE
                    && self.ahead(1) == TOKEN_SEMICOLON
                    && self.starts_line(self.binding)
                    && self.line_start(self.binding) == self.line_start(self.at)
                {
                    self.at += 1;
                }
                break;
            }
            let closes = matches!(kind, TOKEN_R_PAREN | TOKEN_R_BRACE);
            self.at += 1;
            let goes_on = closes && self.end_of_list().is_some();
            self.at -= 1;
            self.mistake_at(self.at, &[], if goes_on { Cause::ClosesNothing } else { Cause::Unexpected });
            let stray = self.leaf(NODE_ERROR);
            self.add(&mut open, stray);
            if goes_on {
                continue;
            }
            if closes {
                // Not the bracket that was meant, but meant to close this.
                break;
            }
        }
        self.opened.lists -= 1;
        self.close(open, NODE_LIST)
    }

    /// The bracket that ends the list around, if there is one before another bracket that does not match.
    fn end_of_list(&self) -> Option<usize> {
        /// A longer list is taken for one that is not closed.
        const LOOK_AHEAD: usize = 2_000;
        let mut nesting = 0_u32;
        for (at, token) in self.tokens.iter().enumerate().skip(self.at).take(LOOK_AHEAD) {
            match token.kind {
                TOKEN_R_BRACK if nesting == 0 => return Some(at),
                TOKEN_L_PAREN | TOKEN_L_BRACK | TOKEN_L_BRACE | TOKEN_INTERPOL_START => nesting += 1,
                TOKEN_R_PAREN | TOKEN_R_BRACK | TOKEN_R_BRACE | TOKEN_INTERPOL_END => {
                    nesting = nesting.checked_sub(1)?;
                }
                _ => {}
            }
        }
        None
    }

    /// Whether a closing brace is one too many, going by the layout.
    fn is_extra_brace(&self, opened_at: usize) -> bool {
        self.layout == Layout::ExtraBrace
            && self.kind() == TOKEN_R_BRACE
            && self.line_start(self.at) != self.line_start(opened_at)
            && self.indentation(self.at) > self.indentation(opened_at)
    }

    /// Whether what stands here shows, by the layout, that the braces opened there should have been closed before.
    fn is_missing_brace(&self, opened_at: usize, end: SyntaxKind) -> bool {
        if self.layout != Layout::MissingBrace || end != TOKEN_R_BRACE || !self.starts_line(self.at) {
            return false;
        }
        if self.line_start(self.at) == self.line_start(opened_at) {
            return false;
        }
        let (here, there) = (self.indentation(self.at), self.indentation(opened_at));
        // What the outermost braces hold may have no spaces in front at all.
        let is_inner = self.opened.sets > 1 || self.opened.lets > 0;
        is_inner && if self.kind() == TOKEN_R_BRACE { here < there } else { here <= there }
    }
}

/// Whether an expression starts with a token that no binding starts with.
fn starts_expression(kind: SyntaxKind) -> bool {
    matches!(
        kind,
        TOKEN_L_BRACE
            | TOKEN_L_BRACK
            | TOKEN_L_PAREN
            | TOKEN_REC
            | TOKEN_LET
            | TOKEN_IF
            | TOKEN_WITH
            | TOKEN_ASSERT
    )
}
