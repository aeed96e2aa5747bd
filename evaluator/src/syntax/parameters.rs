//! Functions as other languages write them: `(a, b): …`, `(a) => …`, `a b: …`, and `f(a) = …` for a binding.

use launchnix_diagnostics::{Applicability, Code, Diagnostic, Fix, SourceId, Span};
use rnix::SyntaxKind::{self, *};

use super::error::describe;
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
            TOKEN_COLON => close + 2,
            TOKEN_ASSIGN if self.kind_at(close + 2) == TOKEN_MORE => close + 3,
            TOKEN_ASSIGN if is_binding => close + 2,
            TOKEN_L_BRACE if is_binding => close + 1,
            _ => return None,
        };
        let noticed =
            if is_binding { first } else { noticed.unwrap_or(close + usize::from(close > first + 1)) };
        Some(Parameters { first, body, noticed })
    }

    /// The parameters of a function that have no colon after each of them: `a b: …`.
    pub(super) fn bare_parameters(&self) -> Option<Parameters> {
        if !self.is_forgiving() || self.kind() != TOKEN_IDENT || self.ahead(1) != TOKEN_IDENT {
            return None;
        }
        let first = self.at;
        let end = self.end_of_names(first + 1);
        let is_end = self.kind_at(end) == TOKEN_COLON && end > first + 1;
        is_end.then_some(Parameters { first, body: end + 1, noticed: end })
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
        self.mistake_at(noticed, expecting, Cause::Parameters(parameters));
        self.quiet = false;
        self.at = body;
        let mut function = self.expr();
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

    fn kind_at(&self, at: usize) -> SyntaxKind {
        self.tokens.get(at).map_or(END, |token| token.kind)
    }
}

/// The names of parameters, without the word that other languages start a function with.
fn names(tokens: &[Token], text: &str, parameters: Parameters) -> impl DoubleEndedIterator<Item = usize> {
    const FUNCTION: [&str; 5] = ["lambda", "function", "func", "fun", "fn"];
    let Parameters { first, body, .. } = parameters;
    let word = &text[tokens[first].start as usize..tokens[first].end as usize];
    let others = usize::from(FUNCTION.contains(&word) && tokens[first + 1].kind == TOKEN_IDENT);
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
    let mut message = format!("syntax error, unexpected {}", describe(parsed, parsed.tokens[mistake.token]));
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
    // Spaces between a name and its parameters are part of what is replaced.
    let start = if follows_name { parsed.tokens[first - 1].end } else { span.start };
    let span = Span::new(source, start, span.end);
    diagnostic
        .labelled("each argument of a function is followed by a colon")
        .with_help(format!("write `{}`", replacement.trim_start()))
        .with_fix(Fix { span, replacement, applicability: Applicability::Unsafe })
}
