//! What is between brackets: bindings, names, list elements.

use rnix::SyntaxKind::{self, *};

use super::lexer::END;
use super::parser::{Cause, Layout, Open, Parser, Reading};

impl Parser<'_> {
    /// `{ … }`, `rec { … }` or `let { … }`
    pub(super) fn set(&mut self, kind: SyntaxKind) -> u32 {
        if self.at == self.block {
            return self.braced();
        }
        if self.is_forgiving()
            && let Some(end) = self.end_of_list_in_braces()
        {
            return self.list_in_braces(end);
        }
        let mut open = self.open();
        let recursive = self.kind() != TOKEN_L_BRACE;
        if recursive {
            self.at += 1;
        }
        if self.kind() == TOKEN_L_BRACE {
            self.at += 1;
            self.opened.sets += 1;
            let hoisted = self.hoisted.len();
            self.bindings(&mut open, TOKEN_R_BRACE, recursive);
            self.opened.sets -= 1;
            if self.hoisted.len() > hoisted {
                let set = self.close(open, kind);
                return self.with_hoisted(set, hoisted);
            }
        } else if self.is_forgiving() && self.binding_at(self.at).is_some() {
            self.mistake_at(self.at, &["'{'"], Cause::NoBrace);
            self.quiet = false;
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
        let mut commas = u32::from(end == TOKEN_R_PAREN);
        loop {
            let kind = self.kind();
            if kind == end {
                if self.is_extra_brace(opened_at) {
                    self.mistake_at(self.at, &[], Cause::TooMany);
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
                TOKEN_INHERIT if self.is_reserved_name() => {
                    let binding = self.bind(fresh, &mut commas);
                    self.add(open, binding);
                }
                TOKEN_IDENT | TOKEN_OR | TOKEN_STRING_START | TOKEN_INTERPOL_START | TOKEN_INHERIT => {
                    if self.is_missing_brace(opened_at, end) {
                        self.mistake_at(self.at, &["'}'"], Cause::UnclosedByLayout(opened_at));
                        break;
                    }
                    self.binding = self.at;
                    self.quiet = self.quiet && !self.starts_line(self.at);
                    let binding = if kind == TOKEN_INHERIT {
                        self.inherit(&mut commas)
                    } else {
                        self.bind(fresh, &mut commas)
                    };
                    self.add(open, binding);
                }
                _ if self.is_reserved_name() => {
                    self.binding = self.at;
                    self.quiet = self.quiet && !self.starts_line(self.at);
                    let binding = self.bind(fresh, &mut commas);
                    self.add(open, binding);
                }
                TOKEN_LET
                    if end == TOKEN_R_BRACE
                        && self.is_forgiving()
                        && self.starts_line(self.at)
                        && self.binding_at(self.at + 1).is_some() =>
                {
                    self.quiet = false;
                    self.let_in_set();
                }
                _ => {
                    let is_body = end == TOKEN_IN && starts_expression(kind);
                    if kind == END || is_body || self.closes_outer(kind) {
                        if self.is_missing_brace(opened_at, end) {
                            self.mistake_at(self.at, &["'}'"], Cause::UnclosedByLayout(opened_at));
                            break;
                        }
                        self.mistake_at(self.at, fresh, Cause::Unclosed(opened_at));
                        let is_meant = matches!(kind, TOKEN_R_BRACK | TOKEN_R_PAREN) && self.ahead(1) == kind;
                        if is_meant && end == TOKEN_R_BRACE {
                            // Not the bracket that was meant: what is around has one of its own.
                            self.at += 1;
                            self.quiet = false;
                        }
                        break;
                    }
                    let ends = kind == TOKEN_L_BRACE && self.is_next_element(opened_at) || self.is_update();
                    if ends && end == TOKEN_R_BRACE {
                        self.mistake_at(self.at, fresh, Cause::Unclosed(opened_at));
                        self.quiet = false;
                        break;
                    }
                    if kind == TOKEN_R_BRACE {
                        self.mistake_at(self.at, fresh, Cause::ClosesNothing);
                        let stray = self.stray_brace();
                        self.add(open, stray);
                        continue;
                    }
                    if self.semicolon_for_brace(opened_at, end) {
                        self.mistake_at(self.at, &["'}'"], Cause::UnclosedByLayout(opened_at));
                        break;
                    }
                    self.quiet = self.quiet && !(self.starts_comment() && self.starts_line(self.at));
                    self.mistake(fresh);
                    let stray = self.skip_binding();
                    self.add(open, stray);
                }
            }
        }
        self.binding = outer;
    }

    /// Whether the brace here starts the element of a list behind the set that was opened there, which is not closed.
    fn is_next_element(&self, opened_at: usize) -> bool {
        let before = opened_at.checked_sub(1).map_or(END, |before| self.tokens[before].kind);
        self.is_forgiving()
            && self.opened.lists > 0
            && matches!(before, TOKEN_L_BRACK | TOKEN_R_BRACE)
            && self.binding_at(self.at + 1).is_some()
    }

    /// A binding at the top of a file.
    pub(super) fn binding_of_file(&mut self) -> u32 {
        self.binding = self.at;
        if self.kind() == TOKEN_INHERIT { self.inherit(&mut 0) } else { self.bind(&["'inherit'"], &mut 0) }
    }

    /// `a.b = value;`
    fn bind(&mut self, fresh: &'static [&'static str], commas: &mut u32) -> u32 {
        let mut open = self.open();
        let path = self.attribute_path(fresh);
        let labelled = self.labels(path).or_else(|| self.indexed(path));
        self.add(&mut open, labelled.unwrap_or(path));
        let value = match self.kind() {
            TOKEN_ASSIGN => {
                self.at += 1;
                if self.kind() == TOKEN_MORE && self.is_forgiving() {
                    self.mistake_at(self.at - 1, &["'='"], Cause::ForAssign(self.at + 1));
                    self.quiet = false;
                    self.at += 1;
                }
                let list = if self.is_forgiving() { self.list_with_dashes() } else { None };
                list.unwrap_or_else(|| self.expr())
            }
            _ if labelled.is_some() => self.expr(),
            kind => {
                let in_let = fresh.first() == Some(&"'in'");
                let parameters = self.parameters(true).or_else(|| self.parameters_of_binding(in_let));
                if let Some(parameters) = parameters {
                    let function = self.foreign_function(parameters, &["'.'", "'='"]);
                    self.add(&mut open, function);
                    self.end_binding(&mut open, &["';'"], commas);
                    return self.close(open, NODE_ATTRPATH_VALUE);
                }
                if let Some(end) = self.end_of_sign_for_assign() {
                    self.mistake_at(self.at, &["'.'", "'='"], Cause::ForAssign(end));
                    self.quiet = false;
                    self.at = end;
                    let value = self.expr();
                    self.add(&mut open, value);
                    self.end_binding(&mut open, &["';'"], commas);
                    return self.close(open, NODE_ATTRPATH_VALUE);
                }
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
                        if kind == TOKEN_COLON && self.kind() == TOKEN_ASSIGN {
                            self.at += 1;
                        }
                        // A set inside has mistakes of its own. On the next line, there may be a block of YAML.
                        self.quiet = self.kind() != TOKEN_L_BRACE || self.starts_line(self.at);
                        let value = self.expr();
                        self.quiet = true;
                        value
                    }
                    _ if !self.starts_line(self.at) && self.starts_argument() => self.expr(),
                    _ => {
                        // A name alone is half of a binding, or what another language has in its place.
                        self.end_binding(&mut open, &["';'"], commas);
                        return self.close(open, NODE_ERROR);
                    }
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
        if let Some(last) = self.grouped_digits() {
            self.mistake_at(self.at, expecting, Cause::GroupedDigits(last));
            self.recover_to(open, TOKEN_SEMICOLON);
            return;
        }
        if self.kind() == TOKEN_COMMA && self.comma_joins_names() {
            self.mistake_at(self.at, expecting, Cause::ForDot);
            if let Some(value) = open.last() {
                self.nodes[value as usize].kind = NODE_ERROR;
            }
            self.recover_to(open, TOKEN_SEMICOLON);
            return;
        }
        if self.kind() == TOKEN_COMMA && self.value_follows_comma() {
            let value = open.last();
            let is_call = value.is_some_and(|value| self.nodes[value as usize].kind == NODE_APPLY);
            self.mistake_at(self.at, expecting, Cause::SeveralValues(is_call));
            if let Some(value) = value {
                self.nodes[value as usize].kind = NODE_ERROR;
            }
            self.recover_to(open, TOKEN_SEMICOLON);
            return;
        }
        if self.kind() == TOKEN_R_PAREN && *commas > 0 {
            // As arguments are named in other languages: that there are names at all has been said.
            return;
        }
        if self.kind() == TOKEN_COMMA {
            // Commas between bindings are one mistake, however many there are.
            *commas += 1;
            self.quiet |= *commas > 1;
            self.mistake(if expecting.is_empty() { &["';'"] } else { expecting });
            self.at += 1;
            self.quiet = self.binding_at(self.at).is_none();
            return;
        }
        if !self.quiet && self.is_forgiving() && self.string_ends_with_semicolon() {
            let content = self.at - 2;
            self.mistake_at(content, expecting, Cause::SemicolonInside(self.at - 1));
            if let Some(value) = open.last() {
                self.nodes[value as usize].kind = NODE_ERROR;
            }
            self.quiet = false;
            return;
        }
        if !self.quiet && self.is_forgiving() && !self.starts_line(self.at) && self.starts_bare_expression() {
            if let Some(function) = open.last() {
                self.nodes[function as usize].kind = NODE_ERROR;
            }
            self.bare_expression(open, expecting);
            return self.recover_to(open, TOKEN_SEMICOLON);
        }
        let is_stray =
            matches!(self.kind(), TOKEN_R_PAREN | TOKEN_R_BRACK) && !self.closes_outer(self.kind());
        let value = self.list_without_bracket(open);
        let cause = match value {
            Some(value) => Cause::NoBracket(self.nodes[value as usize].first_token as usize),
            None if is_stray => Cause::ClosesNothing,
            None => Cause::Unexpected,
        };
        // That a semicolon is missing at the end as well is the same mistake.
        self.quiet |= *commas > 0 && self.kind() == TOKEN_R_BRACE;
        self.mistake_at(self.culprit(), expecting, cause);
        if let Some(value) = value {
            // Which elements were meant is known only roughly.
            self.nodes[value as usize].kind = NODE_ERROR;
        }
        let starts_binding = self.binding_at(self.at).is_some();
        let starts_other = starts_binding || self.kind() == TOKEN_INHERIT || self.starts_block();
        // What follows is a binding whatever was wrong.
        self.quiet &= !(starts_binding && self.is_forgiving());
        if !starts_other {
            self.recover_to(open, TOKEN_SEMICOLON);
        }
    }

    /// Whether the string before ends with a semicolon, and the binding with the string.
    fn string_ends_with_semicolon(&self) -> bool {
        let ends = self.kind() == TOKEN_R_BRACE || self.starts_line(self.at);
        ends && self.at > 2
            && self.tokens[self.at - 1].kind == TOKEN_STRING_END
            && self.tokens[self.at - 2].kind == TOKEN_STRING_CONTENT
            && self.token_text(self.at - 2).ends_with(';')
            && self.token_text(self.at - 1) == "\""
    }

    /// What follows an arrow, or a semicolon, that stands for the `=` of a binding whose value follows on the line.
    fn end_of_sign_for_assign(&self) -> Option<usize> {
        if !self.is_forgiving() {
            return None;
        }
        if self.kind() == TOKEN_IMPLICATION {
            return Some(self.at + 1);
        }
        let is_joined = matches!(self.kind(), TOKEN_ADD | TOKEN_CONCAT | TOKEN_UPDATE | TOKEN_QUESTION);
        if is_joined
            && self.ahead(1) == TOKEN_ASSIGN
            && self.tokens[self.at].end == self.tokens[self.at + 1].start
        {
            return Some(self.at + 2);
        }
        let starts_value = match self.ahead(1) {
            TOKEN_L_BRACE | TOKEN_L_BRACK | TOKEN_REC => true,
            TOKEN_STRING_START => self.binding_at(self.at + 1).is_none(),
            TOKEN_IDENT => matches!(self.token_text(self.at + 1), "true" | "false" | "null"),
            kind => kind.is_literal(),
        };
        let is_for_assign = starts_value && self.kind() == TOKEN_SEMICOLON && !self.starts_line(self.at + 1);
        is_for_assign.then_some(self.at + 1)
    }

    /// Whether the comma here stands directly between two names of a value: `builtins,map f`.
    fn comma_joins_names(&self) -> bool {
        self.is_forgiving()
            && !self.quiet
            && self.tokens[self.at - 1].kind == TOKEN_IDENT
            && self.ahead(1) == TOKEN_IDENT
            && self.tokens[self.at - 1].end == self.tokens[self.at].start
            && self.tokens[self.at].end == self.tokens[self.at + 1].start
            && self.binding_at(self.at + 1).is_none()
            && !matches!(self.ahead(2), TOKEN_COMMA | TOKEN_COLON)
    }

    /// Whether another value and no binding follows the comma here.
    fn value_follows_comma(&self) -> bool {
        if !self.is_forgiving() || self.quiet || self.binding_at(self.at + 1).is_some() {
            return false;
        }
        match self.ahead(1) {
            TOKEN_L_BRACE | TOKEN_L_BRACK | TOKEN_L_PAREN | TOKEN_REC => true,
            TOKEN_IDENT => matches!(self.ahead(2), TOKEN_COMMA | TOKEN_SEMICOLON),
            TOKEN_STRING_START => !matches!(self.ahead(4), TOKEN_COLON | TOKEN_EQUAL),
            kind => kind.is_literal(),
        }
    }

    /// The value of a binding that ends with a bracket, where that closes nothing and the value is no list.
    fn list_without_bracket(&self, open: &Open) -> Option<u32> {
        let is_stray = self.kind() == TOKEN_R_BRACK && !self.closes_outer(TOKEN_R_BRACK) && !self.quiet;
        let value = open.last().filter(|_| is_stray && self.is_forgiving())?;
        let is_element = matches!(
            self.nodes[value as usize].kind,
            NODE_APPLY | NODE_STRING | NODE_SELECT | NODE_ATTR_SET | NODE_PATH_REL | NODE_PATH_ABS
        );
        is_element.then_some(value)
    }

    /// The last token of a number whose digits are grouped by commas, the first of which is here: `1,024`.
    fn grouped_digits(&self) -> Option<usize> {
        let is_group = |at: usize| {
            let (comma, digits) = (self.tokens[at], self.tokens[at + 1]);
            let adjoin = comma.start == self.tokens[at - 1].end && digits.start == comma.end;
            comma.kind == TOKEN_COMMA
                && digits.kind == TOKEN_INTEGER
                && adjoin
                && digits.end - digits.start == 3
        };
        if !self.is_forgiving() || self.kind() != TOKEN_COMMA || self.ahead(1) != TOKEN_INTEGER {
            return None;
        }
        let follows_number = self.at > 0 && self.tokens[self.at - 1].kind == TOKEN_INTEGER;
        let groups = (self.at..self.tokens.len() - 1).step_by(2).take_while(|&at| is_group(at)).count();
        (follows_number && groups > 0).then(|| self.at + 2 * groups - 1)
    }

    /// Whether a word that has a meaning of its own is used as a name here.
    pub(super) fn is_reserved_name(&self) -> bool {
        let is_word = matches!(
            self.kind(),
            TOKEN_IF
                | TOKEN_THEN
                | TOKEN_ELSE
                | TOKEN_LET
                | TOKEN_IN
                | TOKEN_WITH
                | TOKEN_REC
                | TOKEN_ASSERT
                | TOKEN_INHERIT
        );
        is_word && self.is_forgiving() && matches!(self.ahead(1), TOKEN_ASSIGN | TOKEN_DOT)
    }

    /// `inherit (source) a b;`
    fn inherit(&mut self, commas: &mut u32) -> u32 {
        let mut open = self.open();
        self.at += 1;
        if self.kind() == TOKEN_L_PAREN {
            let mut from = self.open();
            self.at += 1;
            self.opened.parentheses += 1;
            if self.is_source_alone() {
                let source = self.selection();
                self.add(&mut from, source);
                self.mistake(&["')'"]);
                self.quiet = false;
            } else {
                let source = self.expr();
                self.add(&mut from, source);
                self.expect(&mut from, TOKEN_R_PAREN, &["')'"]);
            }
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
        let ends =
            self.is_forgiving() && (self.ahead(1) == TOKEN_R_BRACE || self.binding_at(self.at + 1).is_some());
        if self.kind() == TOKEN_COMMA && !ends {
            self.mistake_at(self.at, &[], Cause::InInherit);
        }
        if matches!(self.kind(), TOKEN_DOT | TOKEN_L_PAREN) && self.is_forgiving() {
            self.mistake_at(self.at, &[], Cause::InheritedPath);
            self.end_binding(&mut open, &[], commas);
            // Which names were meant is not known.
            return self.close(open, NODE_ERROR);
        }
        self.end_binding(&mut open, &[], commas);
        self.close(open, NODE_INHERIT)
    }

    /// Whether names follow the source of an `inherit` that starts here, without the parenthesis in between:
    /// `inherit (source a b;`.
    fn is_source_alone(&self) -> bool {
        if !self.is_forgiving() {
            return false;
        }
        let kind = |at: usize| self.tokens.get(at).map_or(END, |token| token.kind);
        let mut at = self.at;
        while matches!(kind(at), TOKEN_IDENT | TOKEN_DOT) {
            at += 1;
        }
        kind(at) == TOKEN_SEMICOLON
    }

    /// Whether a closing brace is one too many, going by the layout.
    fn is_extra_brace(&self, opened_at: usize) -> bool {
        self.reading == Reading::Guessing(Layout::ExtraBrace)
            && self.kind() == TOKEN_R_BRACE
            && self.line_start(self.at) != self.line_start(opened_at)
            && self.indentation(self.at) > self.indentation(opened_at)
    }

    /// Whether the semicolon here is the one after the brace that is missing by the layout of the next line.
    fn semicolon_for_brace(&mut self, opened_at: usize, end: SyntaxKind) -> bool {
        if self.reading != Reading::Guessing(Layout::MissingBrace) || self.kind() != TOKEN_SEMICOLON {
            return false;
        }
        self.at += 1;
        let is_missing = self.is_missing_brace(opened_at, end);
        self.at -= 1;
        is_missing
    }

    /// Whether what stands here shows, by the layout, that the braces opened there should have been closed before.
    fn is_missing_brace(&self, opened_at: usize, end: SyntaxKind) -> bool {
        if self.reading != Reading::Guessing(Layout::MissingBrace)
            || end != TOKEN_R_BRACE
            || !self.starts_line(self.at)
        {
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
pub(super) fn starts_expression(kind: SyntaxKind) -> bool {
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
