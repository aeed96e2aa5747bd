//! Calls, selections, and what they are made of: what binds closer than any operator.

use rnix::SyntaxKind::*;

use super::lexer::END;
use super::parser::{ATTRIBUTE, Cause, Open, Parser};

impl Parser<'_> {
    /// `f a b`
    pub(super) fn application(&mut self) -> u32 {
        let is_forgiving = self.is_forgiving();
        if is_forgiving && let Some(parameters) = self.bare_parameters() {
            return self.foreign_function(parameters, &[]);
        }
        let is_head = self.at == self.head;
        let first = self.at;
        let mut function = self.selection();
        // In front of arguments, `f or` means what it will always mean.
        if self.or_names.last() == Some(&function) {
            self.or_names.pop();
        }
        while self.at != self.stop
            && self.starts_argument()
            && !(is_forgiving && self.is_no_argument(is_head.then_some(first)))
        {
            let mut open = self.around(function);
            let argument = self.selection();
            self.add(&mut open, argument);
            function = self.close(open, NODE_APPLY);
        }
        if is_forgiving && self.has_bare_arguments(function) {
            function = self.call_with_bare_arguments(function);
        }
        self.note_inner_let();
        function
    }

    /// Whether an argument or list element starts here. A name that `=` follows is a binding's, wherever it is.
    #[inline]
    pub(super) fn starts_argument(&self) -> bool {
        match self.kind() {
            TOKEN_IDENT => match self.ahead(1) {
                TOKEN_ASSIGN => false,
                TOKEN_DOT => self.binding_at(self.at).is_none(),
                _ => true,
            },
            TOKEN_STRING_START => self.binding_at(self.at).is_none(),
            TOKEN_LET => self.ahead(1) == TOKEN_L_BRACE,
            TOKEN_REC | TOKEN_L_BRACE | TOKEN_L_BRACK | TOKEN_L_PAREN => true,
            kind => kind.is_literal(),
        }
    }

    /// Whether an expression starts here that is no argument and no element without parentheses around it.
    pub(super) fn starts_bare_expression(&self) -> bool {
        match self.kind() {
            TOKEN_WITH | TOKEN_ASSERT => true,
            // Some languages have the condition of a choice between its branches.
            TOKEN_IF => self.has_then(),
            TOKEN_LET => self.binding_at(self.at + 1).is_some(),
            _ => false,
        }
    }

    /// Whether the `then` of the `if` here follows it.
    fn has_then(&self) -> bool {
        /// A condition is seldom longer.
        const LOOK_AHEAD: usize = 64;
        let condition = self.tokens.iter().skip(self.at + 1).take(LOOK_AHEAD);
        let ends = |kind| matches!(kind, TOKEN_THEN | TOKEN_ELSE | TOKEN_SEMICOLON | TOKEN_R_BRACK | END);
        condition.map(|token| token.kind).find(|&kind| ends(kind)) == Some(TOKEN_THEN)
    }

    /// An expression without parentheses around it where only a value can stand. Of its own value nothing is known.
    pub(super) fn bare_expression(&mut self, open: &mut Open, expecting: &'static [&'static str]) {
        self.note_inner_let();
        let cause = if self.kind() == TOKEN_LET { Cause::Unexpected } else { Cause::BareExpression };
        self.mistake_at(self.at, expecting, cause);
        let expression = self.expr();
        self.nodes[expression as usize].kind = NODE_ERROR;
        self.add(open, expression);
        self.quiet = false;
    }

    /// `a.b.c or d`
    pub(super) fn selection(&mut self) -> u32 {
        let base = self.simple();
        match self.kind() {
            TOKEN_DOT => {
                let mut open = self.around(base);
                self.at += 1;
                let path = self.attribute_path(ATTRIBUTE);
                self.add(&mut open, path);
                if self.kind() == TOKEN_OR {
                    self.at += 1;
                    let default = self.inside(Self::selection);
                    self.add(&mut open, default);
                }
                self.close(open, NODE_SELECT)
            }
            // Without a selection before it, `or` is a name and an argument, even in front of others.
            TOKEN_OR => {
                let mut open = self.around(base);
                let name = self.leaf(NODE_IDENT);
                self.add(&mut open, name);
                let call = self.close(open, NODE_APPLY);
                self.or_names.push(call);
                call
            }
            _ => base,
        }
    }

    fn simple(&mut self) -> u32 {
        match self.kind() {
            TOKEN_IDENT => {
                if self.brace_is_missing() {
                    return self.set_without_brace();
                }
                if self.value_is_missing() {
                    return self.nothing();
                }
                let kind = if self.token_text(self.at) == "__curPos" { NODE_CUR_POS } else { NODE_IDENT };
                self.leaf(kind)
            }
            TOKEN_INTEGER | TOKEN_FLOAT | TOKEN_URI => self.leaf(NODE_LITERAL),
            TOKEN_STRING_START => self.string(),
            TOKEN_PATH_ABS => self.path(NODE_PATH_ABS),
            TOKEN_PATH_REL => self.path(NODE_PATH_REL),
            TOKEN_PATH_HOME => self.path(NODE_PATH_HOME),
            TOKEN_PATH_SEARCH => self.leaf(NODE_PATH_SEARCH),
            TOKEN_L_PAREN => self.parenthesis(),
            TOKEN_L_BRACK => self.inside(Self::list),
            TOKEN_L_BRACE | TOKEN_REC => self.set(NODE_ATTR_SET),
            TOKEN_LET if self.ahead(1) == TOKEN_L_BRACE => self.set(NODE_LEGACY_LET),
            TOKEN_ERROR => {
                self.mistake(&[]);
                self.leaf(NODE_ERROR)
            }
            _ => {
                self.note_inner_let();
                self.mistake(&[]);
                self.nothing()
            }
        }
    }

    fn parenthesis(&mut self) -> u32 {
        if let Some(parameters) = self.parameters(false) {
            return self.foreign_function(parameters, &[]);
        }
        if let Some(set) = self.bound_in_parentheses() {
            return set;
        }
        let mut open = self.open();
        self.at += 1;
        self.opened.parentheses += 1;
        let inner = self.expr();
        self.add(&mut open, inner);
        if self.kind() == TOKEN_R_PAREN {
            self.at += 1;
            self.quiet = false;
        } else {
            self.mistake_at(self.culprit(), &["')'"], Cause::Unclosed(open.first_token));
            self.recover_to(&mut open, TOKEN_R_PAREN);
            // Where it should have been closed is a guess.
            let unknown = self.nothing();
            self.add(&mut open, unknown);
        }
        self.opened.parentheses -= 1;
        self.close(open, NODE_PAREN)
    }
}
