//! Strings and paths, with what is interpolated.

use rnix::SyntaxKind::{self, *};

use super::blocks::of_shell;
use super::parser::{Cause, Parser, Reading};

impl Parser<'_> {
    pub(super) fn string(&mut self) -> u32 {
        let mut open = self.open();
        let indented = self.token_text(self.at) == "''";
        self.at += 1;
        loop {
            match self.kind() {
                TOKEN_STRING_CONTENT => self.at += 1,
                TOKEN_STRING_END => {
                    self.at += 1;
                    break;
                }
                TOKEN_INTERPOL_START => {
                    let part = self.interpolation(NODE_INTERPOL);
                    self.add(&mut open, part);
                }
                kind => {
                    let expecting: &[&str] = if indented {
                        &["indented string", "'${'", "end of an indented string"]
                    } else {
                        &["'\"'"]
                    };
                    self.mistake_at(self.at, expecting, Cause::Unclosed(open.first_token));
                    let error = if kind == TOKEN_ERROR { self.leaf(NODE_ERROR) } else { self.nothing() };
                    self.add(&mut open, error);
                    break;
                }
            }
        }
        self.close(open, NODE_STRING)
    }

    /// `${ … }` in a string, a path or as a name.
    pub(super) fn interpolation(&mut self, kind: SyntaxKind) -> u32 {
        let mut open = self.open();
        self.at += 1;
        self.opened.interpolations += 1;
        self.note_parameter_of_shell();
        let inner = self.expr();
        if self.kind() != TOKEN_INTERPOL_END && self.is_forgiving() {
            // More stands here, so that the value is unknown.
            self.nodes[inner as usize].kind = NODE_ERROR;
        }
        self.add(&mut open, inner);
        self.expect(&mut open, TOKEN_INTERPOL_END, &["'}'"]);
        self.opened.interpolations -= 1;
        self.close(open, kind)
    }

    /// Notes an interpolation that is a URI by the letter, and a parameter of a shell to whoever wrote it:
    /// `${NAME:-value}`.
    fn note_parameter_of_shell(&mut self) {
        if self.kind() == TOKEN_URI
            && self.ahead(1) == TOKEN_INTERPOL_END
            && self.reading != Reading::Exact
            && of_shell(&self.text[self.tokens[self.at].start as usize..]).is_some()
        {
            let quiet = self.quiet;
            self.mistake_at(self.at, &[], Cause::OfShell(self.tokens[self.at - 1].start));
            self.quiet = quiet;
        }
    }

    pub(super) fn path(&mut self, kind: SyntaxKind) -> u32 {
        let mut open = self.open();
        self.at += 1;
        while self.tokens[self.at].start == self.tokens[self.at - 1].end {
            match self.kind() {
                TOKEN_PATH_ABS | TOKEN_PATH_REL | TOKEN_PATH_HOME => self.at += 1,
                TOKEN_INTERPOL_START => {
                    let part = self.interpolation(NODE_INTERPOL);
                    self.add(&mut open, part);
                }
                TOKEN_ERROR => {
                    self.mistake(&[]);
                    let error = self.leaf(NODE_ERROR);
                    self.add(&mut open, error);
                }
                _ => break,
            }
        }
        self.close(open, kind)
    }
}
