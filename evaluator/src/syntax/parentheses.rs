//! Where a parenthesis was most likely meant to open whose closing one is there.

use rnix::SyntaxKind::{self, *};

use super::brackets::is_closing;
use super::error::ends_operand;
use super::lexer::{END, Token};
use super::operators::is_operator;

/// The first token of what a parenthesis holds that nothing opens, if that can be told: the set that `inherit` takes
/// names from, a function that is an argument, or a call that is one.
pub(super) fn first_inside(tokens: &[Token], closing: usize) -> Option<usize> {
    let reader = Reader { tokens };
    let mut calls = vec![Call::default()];
    let mut end = closing;
    loop {
        let start = reader.operand_before(end)?;
        let before = start.checked_sub(1).map_or(END, |before| reader.kind(before));
        let is_parameter = reader.kind(end) == TOKEN_COLON;
        if before == TOKEN_INHERIT || is_parameter && ends_operand(before) {
            return Some(start);
        }
        if is_parameter {
            return argument(&calls);
        }
        if let Some(function) = reader.function_in(start) {
            return Some(function);
        }
        let is_name = reader.kind(start) == TOKEN_IDENT;
        if let Some(call) = calls.last_mut() {
            call.operands.push((start, is_name));
        }
        end = start;
        match before {
            TOKEN_COLON => end -= 1,
            _ if is_operator(before) => {
                end -= 1;
                calls.push(Call::default());
            }
            _ if ends_operand(before) => {}
            TOKEN_L_BRACK => return calls.first().and_then(|call| call.last_function(1)),
            _ => return argument(&calls),
        }
    }
}

/// A call, from its last operand to its function: where each starts, and whether it is a name.
#[derive(Default)]
struct Call {
    operands: Vec<(usize, bool)>,
}

impl Call {
    /// The last name among the operands but so many at the end that something follows.
    fn last_function(&self, skipped: usize) -> Option<usize> {
        let mut names = self.operands.iter().skip(skipped).filter(|(_, is_name)| *is_name);
        names.next().map(|&(start, _)| start)
    }
}

/// What was meant as the argument of a call: a function among the operands, or what an operator follows.
fn argument(calls: &[Call]) -> Option<usize> {
    let (last, others) = calls.split_first()?;
    let inner = last.operands.get(1..last.operands.len().saturating_sub(1));
    let function = inner.and_then(|inner| inner.iter().rev().find(|(_, is_name)| *is_name));
    let before_operator = || others.iter().find(|call| call.operands.len() > 1)?.operands.first();
    function.or_else(before_operator).map(|&(start, _)| start)
}

struct Reader<'t> {
    tokens: &'t [Token],
}

impl Reader<'_> {
    fn kind(&self, at: usize) -> SyntaxKind {
        self.tokens.get(at).map_or(END, |token| token.kind)
    }

    /// Where the operand starts that ends before a token, with the names that are selected from it.
    fn operand_before(&self, end: usize) -> Option<usize> {
        let mut at = end.checked_sub(1)?;
        loop {
            let kind = self.kind(at);
            if is_closing(kind) || matches!(kind, TOKEN_STRING_END | TOKEN_INTERPOL_END) {
                at = self.opening_of(at)?;
            } else if !ends_operand(kind) {
                return None;
            }
            let is_selected = at > 1 && self.kind(at - 1) == TOKEN_DOT && ends_operand(self.kind(at - 2));
            if !is_selected {
                return Some(at);
            }
            at -= 2;
        }
    }

    /// The bracket, or the quotes, that a token closes.
    fn opening_of(&self, closing: usize) -> Option<usize> {
        /// What is longer is not looked through.
        const LONGEST: usize = 2_000;
        let mut nesting = 0_u32;
        for at in (0..=closing).rev().take(LONGEST) {
            match self.kind(at) {
                TOKEN_R_BRACE | TOKEN_R_BRACK | TOKEN_R_PAREN | TOKEN_INTERPOL_END | TOKEN_STRING_END => {
                    nesting += 1;
                }
                TOKEN_L_BRACE | TOKEN_L_BRACK | TOKEN_L_PAREN | TOKEN_INTERPOL_START | TOKEN_STRING_START => {
                    nesting = nesting.checked_sub(1)?;
                    if nesting == 0 {
                        return Some(at);
                    }
                }
                _ => {}
            }
        }
        None
    }

    /// The function of one name that is an argument within a parenthesis, with no other one around it.
    fn function_in(&self, opening: usize) -> Option<usize> {
        if self.kind(opening) != TOKEN_L_PAREN {
            return None;
        }
        let mut at = opening + 1;
        while self.kind(at) == TOKEN_IDENT || self.kind(at) == TOKEN_DOT {
            at += 1;
        }
        let is_argument = self.kind(at) == TOKEN_COLON && at > opening + 2;
        (is_argument && self.kind(at - 2) != TOKEN_DOT).then_some(at - 1)
    }
}
