//! Where parsing goes on after a mistake.
//!
//! The rule is to lose little: what is skipped ends at the bracket or semicolon that was wanted, at what closes
//! something further out, or at a line that looks like the next binding.

use rnix::SyntaxKind::{self, *};

use super::lexer::END;
use super::parser::{Cause, Open, Parser, Reading};

/// Tokens that are looked at to find out what a semicolon in a list means.
const MAX_LOOK_AHEAD: usize = 256;

/// A path with more tokens is taken for no binding.
const LONGEST_PATH: usize = 1_000;

/// A set with more tokens is not looked through for its end.
const LONGEST_SET: usize = 4_000;

impl Parser<'_> {
    /// Skips to a token that was wanted and takes it, unless something else ends the construct first.
    pub(super) fn recover_to(&mut self, open: &mut Open, wanted: SyntaxKind) {
        let skipped = self.open();
        let found = self.skip_to(wanted);
        if self.at > skipped.first_token {
            let skipped = self.close(skipped, NODE_ERROR);
            self.add(open, skipped);
        }
        if found {
            self.at += 1;
            self.quiet = false;
        }
    }

    fn skip_to(&mut self, wanted: SyntaxKind) -> bool {
        let mut nesting = 0_u32;
        loop {
            let kind = self.kind();
            if kind == END {
                return false;
            }
            if nesting == 0 {
                if kind == wanted {
                    return true;
                }
                if self.closes_outer(kind) || kind == TOKEN_SEMICOLON && self.in_bindings() {
                    return false;
                }
            }
            if self.in_bindings() && self.starts_binding_line() {
                return false;
            }
            match kind {
                TOKEN_L_PAREN | TOKEN_L_BRACK | TOKEN_L_BRACE | TOKEN_INTERPOL_START | TOKEN_STRING_START => {
                    nesting += 1;
                }
                TOKEN_R_PAREN | TOKEN_R_BRACK | TOKEN_R_BRACE | TOKEN_INTERPOL_END | TOKEN_STRING_END => {
                    nesting = nesting.saturating_sub(1);
                }
                _ => {}
            }
            self.at += 1;
        }
    }

    /// Skips what is no binding, with the semicolon that ends it.
    pub(super) fn skip_binding(&mut self) -> u32 {
        let mut open = self.open();
        let is_semicolon = self.kind() == TOKEN_SEMICOLON;
        let dashes = self.kind() == TOKEN_SUB && self.ahead(1) == TOKEN_SUB;
        let is_comment = self.kind() == TOKEN_UPDATE || dashes;
        self.at += 1;
        if is_comment {
            // As other languages begin a comment, which goes on to the end of the line.
            while self.kind() != END && !self.starts_line(self.at) {
                self.at += 1;
            }
            self.quiet = false;
        } else if !is_semicolon && self.binding_at(self.at).is_none() && self.kind() != TOKEN_INHERIT {
            self.recover_to(&mut open, TOKEN_SEMICOLON);
        } else {
            while is_semicolon && self.kind() == TOKEN_SEMICOLON {
                self.at += 1;
            }
            self.quiet = false;
        }
        self.close(open, NODE_ERROR)
    }

    /// Whether a list goes on after a semicolon in it: its bracket is closed before anything is bound.
    pub(super) fn list_goes_on(&self) -> bool {
        let mut nesting = 0_u32;
        for token in self.tokens.iter().skip(self.at + 1).take(MAX_LOOK_AHEAD) {
            match token.kind {
                TOKEN_R_BRACK if nesting == 0 => return true,
                TOKEN_ASSIGN | TOKEN_R_PAREN | TOKEN_R_BRACE | TOKEN_INTERPOL_END | END if nesting == 0 => {
                    return false;
                }
                TOKEN_L_PAREN | TOKEN_L_BRACK | TOKEN_L_BRACE | TOKEN_INTERPOL_START => nesting += 1,
                TOKEN_R_PAREN | TOKEN_R_BRACK | TOKEN_R_BRACE | TOKEN_INTERPOL_END => nesting -= 1,
                _ => {}
            }
        }
        false
    }

    /// A closing brace that closes nothing, with the semicolon after it.
    pub(super) fn stray_brace(&mut self) -> u32 {
        let open = self.open();
        self.at += 1;
        if self.kind() == TOKEN_SEMICOLON {
            self.at += 1;
        }
        self.quiet = false;
        self.close(open, NODE_ERROR)
    }

    /// Whether a token closes something that is open.
    pub(super) fn closes_outer(&self, kind: SyntaxKind) -> bool {
        let open = match kind {
            TOKEN_R_PAREN => self.opened.parentheses,
            TOKEN_R_BRACK => self.opened.lists,
            TOKEN_R_BRACE => self.opened.sets,
            TOKEN_INTERPOL_END => self.opened.interpolations,
            TOKEN_IN => self.opened.lets,
            TOKEN_THEN => self.opened.conditions,
            TOKEN_ELSE => self.opened.branches,
            _ => 0,
        };
        open > 0
    }

    pub(super) fn in_bindings(&self) -> bool {
        self.opened.sets > 0 || self.opened.lets > 0
    }

    /// The token that Nix finds fault with. `a = 1 b = 2;` is an application up to the second `=` to it, and the
    /// start of another binding to us.
    pub(super) fn culprit(&self) -> usize {
        self.binding_at(self.at).unwrap_or(self.at)
    }

    /// Where the `=` is, if a binding starts at a token.
    pub(super) fn binding_at(&self, start: usize) -> Option<usize> {
        let mut at = start;
        let kind = |at: usize| self.tokens.get(at).map_or(END, |token| token.kind);
        while at - start < LONGEST_PATH {
            match kind(at) {
                TOKEN_IDENT | TOKEN_OR => at += 1,
                TOKEN_STRING_START => {
                    at += 1 + usize::from(kind(at + 1) == TOKEN_STRING_CONTENT);
                    if kind(at) != TOKEN_STRING_END {
                        return None;
                    }
                    at += 1;
                }
                _ => return None,
            }
            match kind(at) {
                TOKEN_ASSIGN => return Some(at),
                TOKEN_DOT => at += 1,
                _ => return None,
            }
        }
        None
    }

    /// Whether a line starts here that looks like a binding beside or outside of the one that is being parsed.
    fn starts_binding_line(&self) -> bool {
        // The line is looked at first: a long path would be walked from each of its names.
        self.at > self.binding
            && self.starts_line(self.at)
            && (self.kind() == TOKEN_INHERIT || self.binding_at(self.at).is_some())
            && self.indentation(self.at) <= self.indentation(self.binding)
    }

    /// Whether the bindings of a set stand where its value should, and the brace that closes it is there: only the one
    /// that opens it is missing.
    pub(super) fn brace_is_missing(&self) -> bool {
        if !matches!(self.ahead(1), TOKEN_ASSIGN | TOKEN_DOT)
            || !self.is_forgiving()
            || !self.in_bindings()
            || self.at <= self.binding
            || self.binding_at(self.at).is_none()
        {
            return false;
        }
        let on_next_line = self.starts_line(self.at);
        let may_be = if on_next_line {
            self.indentation(self.at) > self.indentation(self.binding)
        } else {
            self.starts_line(self.binding)
        };
        let Some(closing) = may_be.then(|| self.closing_brace()).flatten() else { return false };
        let ends_binding = self.tokens.get(closing + 1).is_some_and(|token| token.kind == TOKEN_SEMICOLON);
        ends_binding
            && if on_next_line {
                self.starts_line(closing) && self.indentation(closing) == self.indentation(self.binding)
            } else {
                // On one line, the brace closes nothing that was opened on an earlier one.
                self.line_start(closing) == self.line_start(self.binding)
            }
    }

    /// The next brace that closes what is not opened after this place.
    fn closing_brace(&self) -> Option<usize> {
        let mut nesting = 0_u32;
        for (at, token) in self.tokens.iter().enumerate().skip(self.at).take(LONGEST_SET) {
            match token.kind {
                TOKEN_R_BRACE if nesting == 0 => return Some(at),
                TOKEN_L_PAREN | TOKEN_L_BRACK | TOKEN_L_BRACE | TOKEN_INTERPOL_START => nesting += 1,
                TOKEN_R_PAREN | TOKEN_R_BRACK | TOKEN_R_BRACE | TOKEN_INTERPOL_END => {
                    nesting = nesting.checked_sub(1)?;
                }
                _ => {}
            }
        }
        None
    }

    /// A set whose opening brace is missing.
    pub(super) fn set_without_brace(&mut self) -> u32 {
        let mut open = self.open();
        let assign = self.culprit();
        self.mistake_at(assign, &["';'"], Cause::NoBrace);
        self.quiet = false;
        self.opened.sets += 1;
        self.bindings(&mut open, TOKEN_R_BRACE, false);
        self.opened.sets -= 1;
        self.close(open, NODE_ATTR_SET)
    }

    /// Notes that a value is missing, if the next binding stands where it should be.
    pub(super) fn value_is_missing(&mut self) -> bool {
        let by_the_letter = self.reading == Reading::Exact;
        if by_the_letter || !matches!(self.ahead(1), TOKEN_ASSIGN | TOKEN_DOT) || !self.in_bindings() {
            return false;
        }
        let Some(assign) = self.binding_at(self.at).filter(|_| self.starts_line(self.at)) else {
            return false;
        };
        self.mistake_at(assign, &["';'"], Cause::Unexpected);
        true
    }

    /// Where the line of a token starts.
    pub(super) fn line_start(&self, token: usize) -> usize {
        let starts = self.line_starts.get_or_init(|| {
            let newlines = self.text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
            std::iter::once(0).chain(newlines.map(|(at, _)| at + 1)).collect()
        });
        let start = self.tokens[token].start as usize;
        starts[starts.partition_point(|&line| line <= start).saturating_sub(1)]
    }

    /// Whether nothing but spaces is in front of a token on its line.
    pub(super) fn starts_line(&self, token: usize) -> bool {
        let start = self.tokens[token].start as usize;
        let before = self.text[..start].trim_end_matches([' ', '\t', '\r']);
        before.is_empty() || before.ends_with('\n')
    }

    /// How many spaces are in front of the line of a token.
    pub(super) fn indentation(&self, token: usize) -> usize {
        let line = &self.text[self.line_start(token)..];
        line.len() - line.trim_start_matches([' ', '\t']).len()
    }
}
