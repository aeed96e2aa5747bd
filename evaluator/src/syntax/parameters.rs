//! Functions as other languages write them: `(a, b): …`, `(a) => …`, `a => …`, `a b: …`, `\a: …`, `function(a) { … }`,
//! and `f(a) = …` for a binding.

use launchnix_diagnostics::{Applicability, Code, Diagnostic, Fix, SourceId, Span};
use rnix::SyntaxKind::{self, *};

use super::error::{LOOK_AHEAD, describe};
use super::lexer::{END, Token};
use super::parser::{Cause, Mistake, Parser, index};
use super::tree::Parsed;

/// The parameters of a function that are not written as the language has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Parameters {
    /// The first token, and the first of the function's body.
    first: usize,
    body: usize,
    /// The token at which Nix notices.
    noticed: usize,
}

impl Parser<'_> {
    /// What is bound here, or a value: the parameters of a function in parentheses. A binding may go on with `=` or
    /// braces.
    pub(super) fn parameters(&self, is_binding: bool) -> Option<Parameters> {
        if !self.is_forgiving() || self.kind() != TOKEN_L_PAREN {
            return None;
        }
        let first = self.at;
        let mut close = first + 1;
        let mut noticed = None;
        while self.kind_at(close) == TOKEN_IDENT {
            close += 1;
            if self.kind_at(close) == TOKEN_COMMA {
                noticed.get_or_insert(close);
                close += 1;
            } else {
                break;
            }
        }
        if self.kind_at(close) != TOKEN_R_PAREN {
            return None;
        }
        let body = match self.kind_at(close + 1) {
            TOKEN_COLON if close + 1 != self.stop => close + 2,
            TOKEN_ASSIGN if self.kind_at(close + 2) == TOKEN_MORE => close + 3,
            TOKEN_ASSIGN if is_binding => close + 2,
            TOKEN_L_BRACE if is_binding => close + 1,
            _ => return None,
        };
        let noticed =
            if is_binding { first } else { noticed.unwrap_or(close + usize::from(close > first + 1)) };
        Some(Parameters { first, body, noticed })
    }

    /// The parameters of a function that have no colon after each of them: `a b: …`, or another sign than a colon.
    pub(super) fn bare_parameters(&self) -> Option<Parameters> {
        if !self.is_forgiving() {
            return None;
        }
        if self.kind() == TOKEN_ERROR {
            return self.parameters_after_sign();
        }
        if self.kind() != TOKEN_IDENT {
            return None;
        }
        let first = self.at;
        match self.ahead(1) {
            TOKEN_IDENT => {
                let end = self.end_of_names(first + 1);
                let is_end = self.kind_at(end) == TOKEN_COLON && end > first + 1 && end != self.stop;
                is_end
                    .then_some(Parameters { first, body: end + 1, noticed: end })
                    .or_else(|| self.parameters_after_word())
            }
            TOKEN_ASSIGN if self.is_arrow(first + 1) => {
                Some(Parameters { first, body: first + 3, noticed: first + 1 })
            }
            TOKEN_L_PAREN => self.parameters_after_word(),
            _ => None,
        }
    }

    /// Whether there is `=>` at a token.
    fn is_arrow(&self, at: usize) -> bool {
        self.kind_at(at) == TOKEN_ASSIGN
            && self.kind_at(at + 1) == TOKEN_MORE
            && self.tokens[at].end == self.tokens[at + 1].start
    }

    /// `\a b: …`, `\a -> …`, `|a, b| …`
    fn parameters_after_sign(&self) -> Option<Parameters> {
        let (first, sign) = (self.at, self.token_text(self.at));
        let mut end = first + 1;
        while self.kind_at(end) == TOKEN_IDENT || sign == "|" && self.kind_at(end) == TOKEN_COMMA {
            end += 1;
        }
        let is_end = match sign {
            "\\" | "\u{3bb}" => {
                matches!(self.kind_at(end), TOKEN_COLON | TOKEN_IMPLICATION | TOKEN_DOT)
            }
            "|" => self.kind_at(end) == TOKEN_ERROR && self.token_text(end) == "|",
            _ => false,
        };
        (is_end && end > first + 1).then_some(Parameters { first, body: end + 1, noticed: first })
    }

    /// `function(a, b) { … }`, where no function of that name is bound in the text.
    fn parameters_after_word(&self) -> Option<Parameters> {
        let first = self.at;
        let opening = first + 1 + usize::from(self.ahead(1) == TOKEN_IDENT);
        let adjoins = self.tokens[opening].start == self.tokens[opening - 1].end;
        if self.kind_at(opening) != TOKEN_L_PAREN || !adjoins || !FUNCTION.contains(&self.token_text(first)) {
            return None;
        }
        let mut close = opening + 1;
        while matches!(self.kind_at(close), TOKEN_IDENT | TOKEN_COMMA) {
            close += 1;
        }
        let body = match self.kind_at(close + 1) {
            TOKEN_COLON => close + 2,
            TOKEN_ASSIGN if self.is_arrow(close + 1) => close + 3,
            TOKEN_L_BRACE => close + 1,
            _ => return None,
        };
        let is_bound = || {
            let is_word =
                |at: usize| self.kind_at(at) == TOKEN_IDENT && self.token_text(at) == self.token_text(first);
            let binds = |at: usize| matches!(self.kind_at(at + 1), TOKEN_ASSIGN | TOKEN_COLON);
            (0..self.tokens.len()).any(|at| binds(at) && is_word(at))
        };
        (self.kind_at(close) == TOKEN_R_PAREN && !is_bound()).then_some(Parameters {
            first,
            body,
            noticed: first,
        })
    }

    /// As [`bare_parameters`](Self::bare_parameters), after the name of a binding, which may go on with `=` in a `let`.
    pub(super) fn parameters_of_binding(&self, in_let: bool) -> Option<Parameters> {
        if !self.is_forgiving() || self.kind() != TOKEN_IDENT {
            return None;
        }
        let first = self.at;
        let end = self.end_of_names(first);
        let is_end = match self.kind_at(end) {
            TOKEN_COLON => end > first + 1,
            TOKEN_ASSIGN => in_let && end > first,
            _ => false,
        };
        is_end.then_some(Parameters { first, body: end + 1, noticed: first })
    }

    /// Where names end that stand on the line of the token before them.
    fn end_of_names(&self, first: usize) -> usize {
        let mut end = first;
        while self.kind_at(end) == TOKEN_IDENT && !self.starts_line(end) {
            end += 1;
        }
        end
    }

    /// Parses a function with such parameters.
    pub(super) fn foreign_function(
        &mut self,
        parameters: Parameters,
        expecting: &'static [&'static str],
    ) -> u32 {
        let Parameters { first, body, noticed } = parameters;
        let is_arrow = noticed == first + 1 && self.is_arrow(noticed);
        let cause = if is_arrow { Cause::Unexpected } else { Cause::Parameters(parameters) };
        self.mistake_at(noticed, expecting, cause);
        self.quiet = false;
        self.at = body;
        let mut function = self.function_body();
        let end = self.at;
        let names: Vec<usize> = names(self.tokens, self.text, parameters).rev().collect();
        if names.is_empty() {
            // There is no function without an argument: what a call gives is not known.
            let mut unknown = self.around(function);
            unknown.first_token = first;
            return self.close(unknown, NODE_ERROR);
        }
        for name in names {
            self.at = name;
            let ident = self.leaf(NODE_IDENT);
            let parameter = self.around(ident);
            let parameter = self.close(parameter, NODE_IDENT_PARAM);
            let mut lambda = self.around(parameter);
            self.add(&mut lambda, function);
            self.at = end;
            function = self.close(lambda, NODE_LAMBDA);
        }
        self.nodes[function as usize].first_token = index(first);
        function
    }

    /// What a function gives, which other languages have in a block.
    fn function_body(&mut self) -> u32 {
        let Some(block) = Block::at(self.tokens, self.text, self.at) else { return self.expr() };
        let start = self.open();
        if block.returns != self.at + 1 {
            // There is more in it than what it gives.
            self.at = block.end;
            return self.close(start, NODE_ERROR);
        }
        self.at = block.returns + 1;
        let value = self.expr();
        if self.kind() == TOKEN_SEMICOLON {
            self.at += 1;
        }
        if self.at + 1 != block.end {
            self.at = block.end;
            return self.close(start, NODE_ERROR);
        }
        self.at = block.end;
        value
    }

    fn kind_at(&self, at: usize) -> SyntaxKind {
        self.tokens.get(at).map_or(END, |token| token.kind)
    }
}

/// A block of statements, one of which says what a function gives.
struct Block {
    /// The word `return`.
    returns: usize,
    /// The token behind the block.
    end: usize,
}

impl Block {
    fn at(tokens: &[Token], text: &str, opening: usize) -> Option<Self> {
        let kind = |at: usize| tokens.get(at).map_or(END, |token: &Token| token.kind);
        if kind(opening) != TOKEN_L_BRACE {
            return None;
        }
        let mut nesting = 0_u32;
        let mut returns = None;
        for (at, token) in tokens.iter().enumerate().skip(opening).take(LOOK_AHEAD) {
            match token.kind {
                TOKEN_IDENT if nesting == 1 && returns.is_none() => {
                    let is_word = &text[token.start as usize..token.end as usize] == "return";
                    let is_name = matches!(kind(at + 1), TOKEN_ASSIGN | TOKEN_DOT | TOKEN_SEMICOLON);
                    returns = (is_word && !is_name).then_some(at);
                }
                TOKEN_L_PAREN | TOKEN_L_BRACK | TOKEN_L_BRACE | TOKEN_INTERPOL_START => nesting += 1,
                TOKEN_R_PAREN | TOKEN_R_BRACK | TOKEN_R_BRACE | TOKEN_INTERPOL_END => {
                    nesting -= 1;
                    if nesting == 0 {
                        return returns.map(|returns| Self { returns, end: at + 1 });
                    }
                }
                _ => {}
            }
        }
        None
    }
}

/// Words that other languages start a function with.
const FUNCTION: [&str; 6] = ["lambda", "function", "func", "fun", "fn", "def"];

/// Whether a function that starts at a token has such a word where Nix finds nothing wrong with its syntax.
pub(super) fn is_function_word(tokens: &[Token], text: &str) -> bool {
    tokens.windows(2).any(|pair| {
        let [word, next] = pair else { return false };
        word.kind == TOKEN_IDENT
            && next.kind == TOKEN_L_PAREN
            && word.end == next.start
            && FUNCTION.contains(&&text[word.start as usize..word.end as usize])
    })
}

/// The names of parameters, without the word that other languages start a function with, and the name that they give
/// it.
fn names(tokens: &[Token], text: &str, parameters: Parameters) -> impl DoubleEndedIterator<Item = usize> {
    let Parameters { first, body, .. } = parameters;
    let word = &text[tokens[first].start as usize..tokens[first].end as usize];
    let has_word = FUNCTION.contains(&word) && matches!(tokens[first + 1].kind, TOKEN_IDENT | TOKEN_L_PAREN);
    let has_name =
        has_word && tokens[first + 1].kind == TOKEN_IDENT && tokens[first + 2].kind == TOKEN_L_PAREN;
    let others = usize::from(has_word) + usize::from(has_name);
    (first + others..body).filter(|&at| tokens[at].kind == TOKEN_IDENT)
}

/// Says how the parameters are written.
pub(super) fn diagnostic(
    parsed: &Parsed<'_>,
    mistake: &Mistake,
    parameters: Parameters,
    source: SourceId,
) -> Diagnostic {
    let Parameters { first, body, .. } = parameters;
    let noticed = parsed.tokens[mistake.token];
    let what = match parsed.token_text(noticed) {
        word if FUNCTION.contains(&word) => format!("'{word}'"),
        _ => describe(parsed, noticed),
    };
    let mut message = format!("syntax error, unexpected {what}");
    if !mistake.expecting.is_empty() {
        message = format!("{message}, expecting {}", mistake.expecting.join(" or "));
    }
    let span = Span::new(source, parsed.tokens[first].start, parsed.tokens[body - 1].end);
    let names = names(&parsed.tokens, parsed.text, parameters);
    let names: Vec<_> = names.map(|at| format!("{}:", parsed.token_text(parsed.tokens[at]))).collect();
    let follows_name = first.checked_sub(1).is_some_and(|before| parsed.tokens[before].kind == TOKEN_IDENT);
    let diagnostic = Diagnostic::new(Code::Syntax, span, message);
    if names.is_empty() {
        return diagnostic
            .labelled("a function has an argument")
            .with_help("write the value itself: it is computed where it is used");
    }
    let written = names.join(" ");
    let replacement = if follows_name { format!(" = {written}") } else { written.clone() };
    if Block::at(&parsed.tokens, parsed.text, body).is_some() {
        return diagnostic
            .labelled("each argument of a function is followed by a colon")
            .with_help(format!("write `{} …`, without a block and `return`", replacement.trim_start()));
    }
    // Spaces between a name and its parameters are part of what is replaced.
    let start = if follows_name { parsed.tokens[first - 1].end } else { span.start };
    let span = Span::new(source, start, span.end);
    diagnostic
        .labelled("each argument of a function is followed by a colon")
        .with_help(format!("write `{}`", replacement.trim_start()))
        .with_fix(Fix { span, replacement, applicability: Applicability::Unsafe })
}
