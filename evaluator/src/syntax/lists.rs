//! Lists, also with what other languages have in and around them.

use rnix::SyntaxKind::{self, *};

use super::lexer::END;
use super::parser::{Cause, Open, Parser};

/// A longer list is taken for one that is not closed.
const LOOK_AHEAD: usize = 2_000;

impl Parser<'_> {
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
            if kind == TOKEN_SEMICOLON && !has_strays && self.semicolon_ends_binding() {
                self.mistake_at(self.at, &[], Cause::SemicolonInside(self.at + 1));
                self.at += 2;
                self.quiet = true;
                break;
            }
            if self.starts_argument() {
                let element = self.selection();
                self.add(&mut open, element);
                continue;
            }
            if !has_strays && self.bare_element(&mut open) {
                has_strays = true;
                continue;
            }
            self.note_inner_let();
            if let Some(assign) = self.binding_at(self.at)
                && let Some(end) = self.end_of_list()
            {
                self.mistake_at(assign, &[], Cause::BoundInList(open.first_token, end));
                if self.at == open.first_token + 1 && self.is_forgiving() {
                    // As if it were the set that it should be.
                    self.quiet = false;
                    self.opened.sets += 1;
                    self.bindings(&mut open, TOKEN_R_BRACK, false);
                    self.opened.sets -= 1;
                    self.opened.lists -= 1;
                    return self.close(open, NODE_ATTR_SET);
                }
                let stray = self.open();
                self.at = end;
                let stray = self.close(stray, NODE_ERROR);
                self.add(&mut open, stray);
                continue;
            }
            if self.is_forgiving() && self.starts_comment() {
                self.skip_comments(true);
                continue;
            }
            // Strays in one list are one mistake, however many there are.
            self.quiet |= has_strays;
            has_strays = true;
            let ends = kind == END
                || self.binding_at(self.at).is_some()
                || kind == TOKEN_SEMICOLON && self.in_bindings() && !self.list_goes_on()
                || kind == TOKEN_INHERIT
                || self.is_update()
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

    /// An expression between elements without parentheses around it. Of its value nothing is known.
    fn bare_element(&mut self, open: &mut Open) -> bool {
        let may_be = self.starts_bare_expression() || open.last().is_some() && self.joins_elements();
        if !may_be || self.quiet || !self.is_forgiving() || self.end_of_list().is_none() {
            return false;
        }
        if self.starts_bare_expression() {
            self.bare_expression(open, &[]);
            return true;
        }
        self.mistake_at(self.at, &[], Cause::BareOperator);
        if let Some(left) = open.last() {
            self.nodes[left as usize].kind = NODE_ERROR;
        }
        self.quiet = false;
        while self.joins_elements() {
            self.at += 1;
            let right = self.selection();
            self.nodes[right as usize].kind = NODE_ERROR;
            self.add(open, right);
        }
        true
    }

    /// Whether an operator stands here between two elements.
    fn joins_elements(&self) -> bool {
        let is_operator = matches!(
            self.kind(),
            TOKEN_ADD
                | TOKEN_CONCAT
                | TOKEN_UPDATE
                | TOKEN_EQUAL
                | TOKEN_NOT_EQUAL
                | TOKEN_AND_AND
                | TOKEN_OR_OR
                | TOKEN_MUL
        );
        let starts = |kind: SyntaxKind| {
            kind.is_literal()
                || matches!(
                    kind,
                    TOKEN_IDENT
                        | TOKEN_STRING_START
                        | TOKEN_L_PAREN
                        | TOKEN_L_BRACK
                        | TOKEN_L_BRACE
                        | TOKEN_REC
                )
        };
        is_operator && starts(self.ahead(1)) && (self.kind() != TOKEN_UPDATE || self.is_update())
    }

    /// The brace that ends a list that stands in braces, if one starts here.
    #[cold]
    pub(super) fn end_of_list_in_braces(&self) -> Option<usize> {
        let is_element = |kind: SyntaxKind| {
            kind.is_literal()
                || matches!(kind, TOKEN_L_BRACE | TOKEN_L_BRACK | TOKEN_L_PAREN | TOKEN_STRING_START)
        };
        if self.kind() != TOKEN_L_BRACE || !is_element(self.ahead(1)) {
            return None;
        }
        let mut nesting = 0_u32;
        for (at, token) in self.tokens.iter().enumerate().skip(self.at + 1).take(LOOK_AHEAD) {
            match token.kind {
                TOKEN_R_BRACE if nesting == 0 => {
                    let next = self.tokens.get(at + 1).map_or(END, |token| token.kind);
                    return (!matches!(next, TOKEN_COLON | TOKEN_AT | TOKEN_ASSIGN)).then_some(at);
                }
                kind if nesting == 0 && !is_element(kind) && kind != TOKEN_COMMA => return None,
                TOKEN_L_PAREN | TOKEN_L_BRACK | TOKEN_L_BRACE | TOKEN_INTERPOL_START | TOKEN_STRING_START => {
                    nesting += 1;
                }
                TOKEN_R_PAREN | TOKEN_R_BRACK | TOKEN_R_BRACE | TOKEN_INTERPOL_END | TOKEN_STRING_END => {
                    nesting = nesting.checked_sub(1)?;
                }
                _ => {}
            }
        }
        None
    }

    /// A list that stands in braces up to a token.
    pub(super) fn list_in_braces(&mut self, end: usize) -> u32 {
        let mut open = self.open();
        self.at += 1;
        self.mistake_at(self.at, &["'inherit'"], Cause::ListInBraces(end));
        self.quiet = false;
        self.opened.sets += 1;
        while self.at < end && self.kind() != END {
            if self.kind() == TOKEN_COMMA {
                self.at += 1;
                continue;
            }
            let start = self.at;
            let element = self.selection();
            self.add(&mut open, element);
            if self.at == start {
                // No element starts here.
                self.at += 1;
            }
        }
        self.opened.sets -= 1;
        self.at = self.at.max(end + 1);
        self.close(open, NODE_LIST)
    }

    /// Bindings in parentheses, as if they were the set that they should be.
    pub(super) fn bound_in_parentheses(&mut self) -> Option<u32> {
        if !self.is_forgiving() {
            return None;
        }
        let assign = self.binding_at(self.at + 1)?;
        let mut open = self.open();
        self.at += 1;
        let Some(end) = self.end_of(TOKEN_R_PAREN) else {
            self.at -= 1;
            return None;
        };
        self.mistake_at(assign, &["')'"], Cause::BoundInList(open.first_token, end));
        self.quiet = false;
        self.opened.sets += 1;
        self.opened.parentheses += 1;
        self.bindings(&mut open, TOKEN_R_PAREN, false);
        self.opened.parentheses -= 1;
        self.opened.sets -= 1;
        Some(self.close(open, NODE_ATTR_SET))
    }

    /// Whether the semicolon here is that of the binding, and stands in front of the bracket that ends the list.
    fn semicolon_ends_binding(&self) -> bool {
        self.is_forgiving()
            && !self.quiet
            && self.ahead(1) == TOKEN_R_BRACK
            && (matches!(self.ahead(2), TOKEN_R_BRACE | TOKEN_INHERIT | TOKEN_IN)
                || self.binding_at(self.at + 2).is_some())
    }

    fn end_of_list(&self) -> Option<usize> {
        self.end_of(TOKEN_R_BRACK)
    }

    /// The bracket that ends what is around, if there is one before another bracket that does not match.
    fn end_of(&self, bracket: SyntaxKind) -> Option<usize> {
        let mut nesting = 0_u32;
        for (at, token) in self.tokens.iter().enumerate().skip(self.at).take(LOOK_AHEAD) {
            match token.kind {
                kind if kind == bracket && nesting == 0 => return Some(at),
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
