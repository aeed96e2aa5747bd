//! What stands bare where other languages let it: arguments with names and no braces, blocks without `=`, bindings in
//! front of a file's expression, comments that start otherwise, and operators that are words.

use std::collections::{HashMap, HashSet};

use launchnix_diagnostics::{Applicability, Diagnostic, Fix, SourceId, Span};
use rnix::SyntaxKind::*;

use super::error::{LOOK_AHEAD, place};
use super::lexer::{END, Token};
use super::operators::Operator;
use super::parser::{ATTRIBUTE, Cause, Mistake, Parser};
use super::sets::starts_expression;
use super::tree::Parsed;

/// The arguments of functions in braces, by the names that the functions are bound to.
pub(super) type Functions<'t> = HashMap<&'t str, HashSet<&'t str>>;

/// Words that other languages have in front of a binding.
const WORDS: [&str; 7] = ["const", "var", "val", "local", "export", "set", "final"];

impl Parser<'_> {
    /// Whether arguments with names follow a function without their braces: `mk name="web" ram=512`.
    #[cold]
    pub(super) fn has_bare_arguments(&self, function: u32) -> bool {
        let at = self.at;
        if !self.is_forgiving()
            || self.kind() != TOKEN_IDENT
            || self.ahead(1) != TOKEN_ASSIGN
            || self.bare_arguments.is_some()
            || self.starts_line(at)
        {
            return false;
        }
        let node = self.nodes[function as usize];
        if !matches!(node.kind, NODE_IDENT | NODE_SELECT | NODE_APPLY) {
            return false;
        }
        let first = node.first_token as usize;
        let last = (node.end_token as usize - 1).max(first);
        let takes = |token: usize| {
            let arguments =
                self.functions.get_or_init(|| functions(self.text, self.tokens)).get(self.token_text(token));
            arguments.is_some_and(|arguments| arguments.contains(self.token_text(at)))
        };
        let adjoins = |at: usize| self.tokens[at].start == self.tokens[at - 1].end;
        let binding = self.binding_at(self.binding);
        let is_told_apart = self.tokens[first].kind == TOKEN_IDENT
            && adjoins(at + 1)
            && adjoins(at + 2)
            && binding.is_some_and(|assign| !adjoins(assign));
        takes(first) || takes(last) || is_told_apart
    }

    /// The call of a function with arguments that lack their braces, as if they had them.
    pub(super) fn call_with_bare_arguments(&mut self, function: u32) -> u32 {
        let first = self.at;
        let noted = self.mistakes.len();
        self.mistake_at(first + 1, &["';'"], Cause::BareArguments(first, first));
        self.quiet = false;
        self.bare_arguments = Some(first);
        let mut call = self.around(function);
        let mut set = self.open();
        while self.kind() == TOKEN_IDENT && self.ahead(1) == TOKEN_ASSIGN && self.is_further_in() {
            let mut binding = self.open();
            let path = self.attribute_path(ATTRIBUTE);
            self.add(&mut binding, path);
            self.at += 1;
            let value = self.pipes();
            self.add(&mut binding, value);
            let binding = self.close(binding, NODE_ATTRPATH_VALUE);
            self.add(&mut set, binding);
            if self.kind() == TOKEN_COMMA && self.ahead(1) == TOKEN_IDENT && self.ahead(2) == TOKEN_ASSIGN {
                self.at += 1;
            }
        }
        self.bare_arguments = None;
        if let Some(mistake) = self.mistakes.get_mut(noted) {
            mistake.cause = Cause::BareArguments(first, self.at);
        }
        let set = self.close(set, NODE_ATTR_SET);
        self.add(&mut call, set);
        self.close(call, NODE_APPLY)
    }

    /// Whether what is here stands on the line before, or has more space in front than the binding around.
    fn is_further_in(&self) -> bool {
        !self.starts_line(self.at) || self.indentation(self.at) > self.indentation(self.binding)
    }

    /// Whether a block of another language starts here, which is no argument of what is before: a line with a name and
    /// an opening brace, and no more space in front than the binding has.
    #[cold]
    pub(super) fn starts_block(&self) -> bool {
        self.is_forgiving()
            && self.kind() == TOKEN_IDENT
            && self.in_bindings()
            && self.at > self.binding
            && self.starts_line(self.at)
            && self.indentation(self.at) <= self.indentation(self.binding)
            && self.is_block(self.at)
    }

    /// `a.b {` or `a "b" {`
    fn is_block(&self, start: usize) -> bool {
        let kind = |at: usize| self.tokens.get(at).map_or(END, |token| token.kind);
        let mut at = start + 1;
        while kind(at) == TOKEN_DOT && kind(at + 1) == TOKEN_IDENT {
            at += 2;
        }
        while kind(at) == TOKEN_STRING_START && kind(at + 1) == TOKEN_STRING_CONTENT {
            at += 3;
        }
        kind(at) == TOKEN_L_BRACE
    }

    /// Whether what other languages take for a comment starts here.
    pub(super) fn starts_comment(&self) -> bool {
        match self.kind() {
            TOKEN_UPDATE => !self.is_update(),
            TOKEN_SUB => {
                self.ahead(1) == TOKEN_SUB && self.tokens[self.at].end == self.tokens[self.at + 1].start
            }
            _ => false,
        }
    }

    /// Whether a set is put together here with what is before, whose bracket may be missing, and no comment starts.
    pub(super) fn is_update(&self) -> bool {
        self.is_forgiving() && self.kind() == TOKEN_UPDATE && self.ahead(1) == TOKEN_L_BRACE
    }

    /// Notes comments of other languages in front of an expression or an element, and skips them with their lines.
    pub(super) fn skip_comments(&mut self, anywhere: bool) {
        while self.is_forgiving() && self.starts_comment() && (anywhere || self.starts_line(self.at)) {
            self.mistake_at(self.at, &[], Cause::Comment);
            self.quiet = false;
            self.at += 1;
            while self.kind() != END && !self.starts_line(self.at) {
                self.at += 1;
            }
        }
    }

    /// Notes a semicolon between `in` and the expression of a `let`, and skips it.
    pub(super) fn skip_semicolon_after_in(&mut self) {
        let follows_in = self.at > 0 && self.tokens[self.at - 1].kind == TOKEN_IN;
        if self.kind() == TOKEN_SEMICOLON && follows_in && self.is_forgiving() && !self.quiet {
            self.mistake_at(self.at, &[], Cause::AfterIn);
            self.quiet = false;
            self.at += 1;
        }
    }

    /// The bindings of a `let` that stands between those of a set, with its `in` if it has one. They are bound around the
    /// whole set.
    pub(super) fn let_in_set(&mut self) {
        self.mistake_at(self.at, &["'inherit'"], Cause::LetInSet);
        self.at += 1;
        let (outer, line) = (self.binding, self.indentation(self.at - 1));
        while self.binding_at(self.at).is_some() || self.kind() == TOKEN_INHERIT {
            let is_in_let = !self.starts_line(self.at) || self.indentation(self.at) > line;
            if !is_in_let && self.kind() != TOKEN_IN {
                break;
            }
            self.quiet = false;
            let binding = self.binding_of_file();
            self.hoisted.push(binding);
        }
        self.at += usize::from(self.kind() == TOKEN_IN);
        self.quiet = false;
        self.binding = outer;
    }

    /// A set, within the bindings of the `let`s that stand in it: those that were found after there were so many.
    pub(super) fn with_hoisted(&mut self, set: u32, before: usize) -> u32 {
        if self.hoisted.len() == before {
            return set;
        }
        let first = self.nodes[set as usize].first_token as usize;
        let mut open = self.open();
        open.first_token = first;
        for binding in self.hoisted.split_off(before) {
            self.add(&mut open, binding);
        }
        self.add(&mut open, set);
        self.close(open, NODE_LET_IN)
    }

    /// Whether the rest of the expression starts here, and not another argument of what a `with` or `assert` takes, whose
    /// first token is given: a bracket on a line with no more space in front.
    pub(super) fn is_body_of(&self, first: usize) -> bool {
        self.is_forgiving()
            && self.at > first
            && matches!(self.kind(), TOKEN_L_BRACE | TOKEN_REC | TOKEN_LET)
            && self.starts_line(self.at)
            && self.indentation(self.at) <= self.indentation(first)
    }

    /// Whether what could be an argument is none: a block, a word for an operator, or the rest of the expression, where
    /// the first token of what a `with` or `assert` takes is given.
    #[cold]
    pub(super) fn is_no_argument(&self, head: Option<usize>) -> bool {
        self.starts_block() || self.is_word_for_operator() || head.is_some_and(|first| self.is_body_of(first))
    }

    /// Whether the semicolon is missing after the names that a `with` takes here, and the list or set that follows is
    /// the rest of the expression: `with pkgs [ git ];`.
    #[cold]
    pub(super) fn lacks_semicolon_after_scope(&self) -> bool {
        let kind = |at: usize| self.tokens.get(at).map_or(END, |token| token.kind);
        let mut bracket = self.at;
        while kind(bracket) == TOKEN_IDENT && kind(bracket + 1) == TOKEN_DOT {
            bracket += 2;
        }
        bracket += 1;
        if !self.is_forgiving() || !matches!(kind(bracket), TOKEN_L_BRACK | TOKEN_L_BRACE) {
            return false;
        }
        let mut nesting = 0_u32;
        for (at, token) in self.tokens.iter().enumerate().skip(bracket).take(LOOK_AHEAD) {
            match token.kind {
                TOKEN_L_PAREN | TOKEN_L_BRACK | TOKEN_L_BRACE | TOKEN_INTERPOL_START => nesting += 1,
                TOKEN_R_PAREN | TOKEN_R_BRACK | TOKEN_R_BRACE | TOKEN_INTERPOL_END => {
                    nesting = nesting.saturating_sub(1);
                }
                _ => {}
            }
            if nesting == 0 {
                let ends_binding = kind(at + 1) == TOKEN_SEMICOLON;
                return ends_binding
                    && (matches!(kind(at + 2), TOKEN_R_BRACE | TOKEN_IN | TOKEN_INHERIT)
                        || self.binding_at(at + 2).is_some());
            }
        }
        false
    }

    /// Notes that a semicolon is missing before the rest of an expression that starts here.
    pub(super) fn note_body(&mut self, expecting: &'static [&'static str]) {
        if !self.quiet {
            let (token, cause) = (self.at, Cause::Unexpected);
            self.mistakes.push(Mistake { token, before: token, expecting, cause });
        }
    }

    /// A list with its elements on lines that start with dashes, which is not looked into.
    #[cold]
    pub(super) fn list_with_dashes(&mut self) -> Option<u32> {
        let is_element = matches!(self.ahead(1), TOKEN_IDENT | TOKEN_STRING_START | TOKEN_L_BRACE);
        if !self.is_forgiving()
            || self.kind() != TOKEN_SUB
            || !is_element
            || !self.starts_line(self.at)
            || self.tokens[self.at].end == self.tokens[self.at + 1].start
        {
            return None;
        }
        let dashes = self.indentation(self.at);
        self.mistake_at(self.at, &[], Cause::Dashes);
        let open = self.open();
        while self.kind() != END {
            self.at += 1;
            let indentation = if self.starts_line(self.at) { self.indentation(self.at) } else { usize::MAX };
            if indentation < dashes || indentation == dashes && self.kind() != TOKEN_SUB {
                break;
            }
        }
        // The semicolon of the last element is that of the binding.
        self.at -= usize::from(self.tokens[self.at - 1].kind == TOKEN_SEMICOLON);
        self.quiet = true;
        Some(self.close(open, NODE_ERROR))
    }

    /// A word for an operator that the language writes with signs, after a comparison, where its right side follows.
    #[cold]
    pub(super) fn is_word_for_operator(&self) -> bool {
        self.is_forgiving()
            && self.kind() == TOKEN_IDENT
            && self.token_text(self.at) == "and"
            && self.operators.last().is_some_and(Operator::compares)
            && !self.starts_line(self.at)
            && (matches!(self.ahead(1), TOKEN_IDENT | TOKEN_L_PAREN | TOKEN_STRING_START | TOKEN_INVERT)
                || self.ahead(1).is_literal())
    }

    /// The `=` of a binding that a file starts with, where its expression should be.
    fn first_assign(&self) -> Option<usize> {
        let after_word = self.at + usize::from(self.is_word_of_binding());
        self.binding_at(after_word)
    }

    fn is_word_of_binding(&self) -> bool {
        self.kind() == TOKEN_IDENT
            && self.ahead(1) == TOKEN_IDENT
            && WORDS.contains(&self.token_text(self.at))
    }

    /// A file that starts with bindings: they are those of a set, or of a `let` where an expression follows them.
    pub(super) fn bindings_of_file(&mut self) -> Option<u32> {
        // Without a semicolon it is a file in another format.
        let may_be = self.is_forgiving() && self.text.contains(';');
        let assign = self.first_assign().filter(|_| may_be)?;
        let (noted, first) = (self.mistakes.len(), self.at);
        self.mistake_at(assign, &["end of file"], Cause::Unexpected);
        let mut open = self.open();
        self.opened.lets += 1;
        loop {
            self.at += usize::from(self.is_word_of_binding());
            if self.binding_at(self.at).is_none() && self.kind() != TOKEN_INHERIT {
                break;
            }
            self.quiet = false;
            let binding = self.binding_of_file();
            self.add(&mut open, binding);
        }
        self.opened.lets -= 1;
        let has_in = self.kind() == TOKEN_IN;
        let has_body = has_in || starts_expression(self.kind()) || self.starts_formals();
        if !has_body {
            // The brace in front of them all is missing.
            self.at += usize::from(self.kind() == TOKEN_R_BRACE && self.ahead(1) == END);
            return Some(self.close(open, NODE_ATTR_SET));
        }
        if let Some(mistake) = self.mistakes.get_mut(noted) {
            mistake.cause = Cause::BeforeBody(first, self.at);
        }
        self.at += usize::from(has_in);
        self.quiet = false;
        let body = self.expr();
        self.add(&mut open, body);
        Some(self.close(open, NODE_LET_IN))
    }
}

/// Whether a block of another language stands after a value on the line before, of which Nix takes it for an argument.
pub(super) fn has_block_after_value(text: &str, tokens: &[Token]) -> bool {
    let kind = |at: usize| tokens.get(at).map_or(END, |token| token.kind);
    (1..tokens.len()).any(|at| {
        let (before, name) = (tokens[at - 1], tokens[at]);
        if name.kind != TOKEN_IDENT || !matches!(kind(at + 1), TOKEN_L_BRACE | TOKEN_DOT | TOKEN_STRING_START)
        {
            return false;
        }
        let word = &text[before.start as usize..before.end as usize];
        let is_value = matches!(before.kind, TOKEN_INTEGER | TOKEN_FLOAT | TOKEN_STRING_END)
            || before.kind == TOKEN_IDENT && matches!(word, "true" | "false" | "null");
        let mut end = at + 1;
        while kind(end) == TOKEN_DOT && kind(end + 1) == TOKEN_IDENT {
            end += 2;
        }
        let is_label = kind(end) == TOKEN_STRING_START && kind(end + 3) == TOKEN_L_BRACE;
        let is_on_next_line = text[before.end as usize..name.start as usize].contains('\n');
        is_value && is_on_next_line && (is_label || kind(end) == TOKEN_L_BRACE)
    })
}

/// The arguments of the functions in a text that take a set and are bound to a name.
fn functions<'t>(text: &'t str, tokens: &[Token]) -> Functions<'t> {
    let mut found = Functions::new();
    let word = |token: Token| &text[token.start as usize..token.end as usize];
    let kind = |at: usize| tokens.get(at).map_or(END, |token| token.kind);
    for at in 0..tokens.len() {
        if kind(at) != TOKEN_IDENT || kind(at + 1) != TOKEN_ASSIGN || kind(at + 2) != TOKEN_L_BRACE {
            continue;
        }
        let is_formals = kind(at + 3) == TOKEN_IDENT
            && matches!(kind(at + 4), TOKEN_COMMA | TOKEN_QUESTION | TOKEN_R_BRACE);
        if is_formals {
            found.entry(word(tokens[at])).or_default().extend(formals(tokens, at + 3).map(word));
        }
    }
    found
}

/// The names of formals from a token on.
fn formals(tokens: &[Token], first: usize) -> impl Iterator<Item = Token> + '_ {
    let mut nesting = 0_u32;
    let within = tokens[first - 1..].windows(2).take_while(move |pair| {
        match pair[1].kind {
            TOKEN_L_PAREN | TOKEN_L_BRACK | TOKEN_L_BRACE | TOKEN_INTERPOL_START => nesting += 1,
            TOKEN_R_BRACE if nesting == 0 => return false,
            TOKEN_R_PAREN | TOKEN_R_BRACK | TOKEN_R_BRACE | TOKEN_INTERPOL_END => {
                nesting = nesting.saturating_sub(1);
            }
            _ => {}
        }
        true
    });
    let names = within
        .filter(|pair| pair[1].kind == TOKEN_IDENT && matches!(pair[0].kind, TOKEN_L_BRACE | TOKEN_COMMA));
    names.map(|pair| pair[1])
}

/// Says that the arguments from one token up to another belong into braces.
pub(super) fn bare_arguments(
    parsed: &Parsed<'_>,
    first: usize,
    end: usize,
    source: SourceId,
    diagnostic: Diagnostic,
) -> Diagnostic {
    let (start, last) = (parsed.tokens[first].start, parsed.tokens[end - 1].end);
    let at = |place: u32| Span::new(source, place, place);
    let mut edits = vec![(at(start), "{ ")];
    let mut nesting = 0_u32;
    for index in first + 1..end {
        let token = parsed.tokens[index];
        match token.kind {
            TOKEN_L_PAREN | TOKEN_L_BRACK | TOKEN_L_BRACE | TOKEN_INTERPOL_START => nesting += 1,
            TOKEN_R_PAREN | TOKEN_R_BRACK | TOKEN_R_BRACE | TOKEN_INTERPOL_END => {
                nesting = nesting.saturating_sub(1);
            }
            TOKEN_ASSIGN if nesting == 0 && index > first + 1 => {
                let before = parsed.tokens[index - 2];
                edits.push(match before.kind {
                    TOKEN_COMMA => (place(parsed, before, source), ";"),
                    _ => (at(before.end), ";"),
                });
            }
            _ => {}
        }
    }
    edits.push((at(last), "; }"));
    let mut written = String::new();
    let mut copied = start;
    for (span, text) in &edits {
        written.push_str(&parsed.text[copied as usize..span.start as usize]);
        written.push_str(text);
        copied = span.end;
    }
    let help = if written.contains('\n') {
        "write a set: `{ name = value; … }`".to_owned()
    } else {
        format!("write a set: `{written}`")
    };
    let mut edits = edits.into_iter();
    let fix = |(span, text): (Span, &str)| Fix {
        span,
        replacement: text.to_owned(),
        applicability: Applicability::Unsafe,
    };
    let diagnostic = diagnostic.labelled("arguments with names stand in braces").with_help(help);
    let Some(opening) = edits.next() else { return diagnostic };
    edits.fold(diagnostic.with_fix(fix(opening)), |diagnostic, (span, text)| {
        diagnostic.with_further_edit(span, text)
    })
}

/// Says that what is bound in front of a file's expression stands in a `let`: from one token up to that expression.
pub(super) fn before_body(
    parsed: &Parsed<'_>,
    first: usize,
    body: usize,
    source: SourceId,
    diagnostic: Diagnostic,
) -> Diagnostic {
    let (opening, start) = (parsed.tokens[first], parsed.tokens[body].start);
    let word = parsed.token_text(opening);
    let is_word = WORDS.contains(&word) && parsed.tokens[first + 1].kind == TOKEN_IDENT;
    let diagnostic = diagnostic
        .labelled("a name is bound here, which only sets and `let` do")
        .with_help("bindings in front of the expression of a file stand between `let` and `in`");
    let end = if is_word { opening.end } else { opening.start };
    let diagnostic = diagnostic.with_fix(Fix {
        span: Span::new(source, opening.start, end),
        replacement: if is_word { "let" } else { "let\n" }.to_owned(),
        applicability: Applicability::Unsafe,
    });
    if parsed.tokens[body].kind == TOKEN_IN {
        return diagnostic;
    }
    diagnostic.with_further_edit(Span::new(source, start, start), "in\n")
}
