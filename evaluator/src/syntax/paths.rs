//! Paths of names: `a.b.c`, also with what other languages have in the place of the dots.

use rnix::SyntaxKind::*;

use super::lexer::END;
use super::parser::{ATTRIBUTE, Cause, NONE, Open, Parser};

impl Parser<'_> {
    /// Names with dots between them. `first` is what could stand in the place of the first.
    pub(super) fn attribute_path(&mut self, first: &'static [&'static str]) -> u32 {
        let mut open = self.open();
        let name = self.attribute(first);
        self.add(&mut open, name);
        while self.kind() == TOKEN_DOT
            || self.is_forgiving() && first != ATTRIBUTE && self.joins_names(self.at)
        {
            if self.kind() != TOKEN_DOT {
                let quiet = self.quiet;
                let expecting: &[&str] = if self.kind() == TOKEN_ASSIGN { &["'.'"] } else { &["'.'", "'='"] };
                self.mistake_at(self.at, expecting, Cause::ForDot);
                self.quiet = quiet;
            }
            self.at += 1;
            let name = self.attribute(ATTRIBUTE);
            self.add(&mut open, name);
        }
        self.close(open, NODE_ATTRPATH)
    }

    /// Whether something else stands between two names as a dot does: `networks,lan`, `networks;lan`, `networks=lan`.
    #[cold]
    pub(super) fn joins_names(&self, at: usize) -> bool {
        self.is_forgiving()
            && matches!(self.tokens[at].kind, TOKEN_COMMA | TOKEN_SEMICOLON | TOKEN_ASSIGN)
            && self.binding_at(at + 1).is_some()
            && self.tokens[at - 1].end == self.tokens[at].start
            && self.tokens[at].end == self.tokens[at + 1].start
    }

    pub(super) fn attribute(&mut self, expecting: &'static [&'static str]) -> u32 {
        match self.kind() {
            TOKEN_IDENT | TOKEN_OR => self.leaf(NODE_IDENT),
            TOKEN_STRING_START => {
                if self.token_text(self.at) == "''" {
                    self.mistake(expecting);
                }
                self.string()
            }
            TOKEN_INTERPOL_START => self.interpolation(NODE_DYNAMIC),
            _ if self.is_reserved_name() => {
                self.mistake_at(self.at, expecting, Cause::Reserved);
                self.quiet = false;
                self.leaf(NODE_IDENT)
            }
            _ => {
                self.mistake(expecting);
                self.nothing()
            }
        }
    }

    /// The path of a binding, if strings stand beside it as names do in other languages: `network "lan" { … }`.
    pub(super) fn labels(&mut self, path: u32) -> Option<u32> {
        let kind = |at: usize| self.tokens.get(at).map_or(END, |token| token.kind);
        if self.kind() != TOKEN_STRING_START || !self.is_forgiving() {
            return None;
        }
        let mut end = self.at;
        while kind(end) == TOKEN_STRING_START
            && kind(end + 1) == TOKEN_STRING_CONTENT
            && !self.starts_line(end)
        {
            end += 3;
        }
        if end == self.at
            || kind(end - 1) != TOKEN_STRING_END
            || !matches!(kind(end), TOKEN_L_BRACE | TOKEN_ASSIGN)
        {
            return None;
        }
        self.mistake_at(self.at, &["'.'", "'='"], Cause::Labels(end));
        self.quiet = false;
        let mut whole = self.names_again(path);
        while self.at < end {
            let name = self.string();
            self.add(&mut whole, name);
        }
        Some(self.close(whole, NODE_ATTRPATH))
    }

    /// The path of a binding, if names stand in brackets behind it: `disks["root"] = …`.
    pub(super) fn indexed(&mut self, path: u32) -> Option<u32> {
        if self.kind() != TOKEN_L_BRACK || !self.is_forgiving() || self.starts_line(self.at) {
            return None;
        }
        let kind = |at: usize| self.tokens.get(at).map_or(END, |token| token.kind);
        let mut end = self.at;
        while kind(end) == TOKEN_L_BRACK {
            let bracket = match kind(end + 1) {
                TOKEN_IDENT | TOKEN_INTEGER => end + 2,
                TOKEN_STRING_START if kind(end + 2) == TOKEN_STRING_CONTENT => end + 4,
                _ => return None,
            };
            if kind(bracket) != TOKEN_R_BRACK {
                return None;
            }
            end = bracket + 1;
        }
        let goes_on = kind(end) == TOKEN_DOT && matches!(kind(end + 1), TOKEN_IDENT | TOKEN_STRING_START);
        if kind(end) != TOKEN_ASSIGN && !goes_on {
            return None;
        }
        self.mistake_at(self.at, &["'.'", "'='"], Cause::Labels(end));
        self.quiet = false;
        let mut whole = self.names_again(path);
        while self.at < end {
            self.at += 1;
            let name = match self.kind() {
                TOKEN_STRING_START => self.string(),
                _ => self.leaf(NODE_IDENT),
            };
            self.add(&mut whole, name);
            self.at += 1;
        }
        while self.kind() == TOKEN_DOT {
            self.at += 1;
            let name = self.attribute(ATTRIBUTE);
            self.add(&mut whole, name);
        }
        let whole = self.close(whole, NODE_ATTRPATH);
        self.at += usize::from(self.kind() == TOKEN_ASSIGN);
        Some(whole)
    }

    /// The names of a path, as those of another one that goes on.
    fn names_again(&mut self, path: u32) -> Open {
        let mut child = self.nodes[path as usize].first_child;
        let mut whole = self.around(child);
        while child != NONE {
            let next = self.nodes[child as usize].next;
            if next != NONE {
                self.add(&mut whole, next);
            }
            child = next;
        }
        whole
    }
}
