//! Operators by their strength, and pipes, without recursion.

use rnix::SyntaxKind::{self, *};

use super::parser::{ATTRIBUTE, Cause, NONE, Node, Parser, index};

/// An operator whose right side is being parsed.
pub(super) struct Operator {
    binding: Binding,
    /// `NONE` for an operator in front of its operand.
    left: u32,
    first_token: usize,
}

/// How tightly an operator binds.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Binding {
    strength: u8,
    side: Side,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Left,
    Right,
    None,
}

const NOT: u8 = 7;
const HAS_ATTR: u8 = 11;
const NEGATE: u8 = 12;

/// Whether a token is an operator between two operands.
pub(super) fn is_operator(kind: SyntaxKind) -> bool {
    binding_of(kind).is_some()
}

fn binding_of(kind: SyntaxKind) -> Option<Binding> {
    let (strength, side) = match kind {
        TOKEN_IMPLICATION => (1, Side::Right),
        TOKEN_OR_OR => (2, Side::Left),
        TOKEN_AND_AND => (3, Side::Left),
        TOKEN_EQUAL | TOKEN_NOT_EQUAL => (4, Side::None),
        TOKEN_LESS | TOKEN_LESS_OR_EQ | TOKEN_MORE | TOKEN_MORE_OR_EQ => (5, Side::None),
        TOKEN_UPDATE => (6, Side::Right),
        TOKEN_ADD | TOKEN_SUB => (8, Side::Left),
        TOKEN_MUL | TOKEN_DIV => (9, Side::Left),
        TOKEN_CONCAT => (10, Side::Right),
        _ => return None,
    };
    Some(Binding { strength, side })
}

impl Operator {
    /// Whether it compares.
    pub(super) fn compares(&self) -> bool {
        self.binding.side == Side::None
    }
}

impl Parser<'_> {
    /// `a |> f |> g` or `g <| f <| a`, which do not mix.
    pub(super) fn pipes(&mut self) -> u32 {
        let first = self.operation();
        match self.kind() {
            TOKEN_PIPE_RIGHT => {
                let mut left = first;
                while self.kind() == TOKEN_PIPE_RIGHT && self.deeper() {
                    self.at += 1;
                    let right = self.operation();
                    left = self.join(left, right);
                }
                left
            }
            TOKEN_PIPE_LEFT => {
                let mut operands = vec![first];
                while self.kind() == TOKEN_PIPE_LEFT && self.deeper() {
                    self.at += 1;
                    operands.push(self.operation());
                }
                let mut right = operands.pop().unwrap_or(first);
                while let Some(left) = operands.pop() {
                    right = self.join(left, right);
                }
                right
            }
            _ => first,
        }
    }

    /// A binary operation of two nodes that are beside each other.
    fn join(&mut self, left: u32, right: u32) -> u32 {
        let first_token = self.nodes[left as usize].first_token;
        let end_token = self.nodes[right as usize].end_token;
        self.nodes[left as usize].next = right;
        self.nodes.push(Node { first_token, end_token, first_child: left, next: NONE, kind: NODE_BIN_OP });
        index(self.nodes.len() - 1)
    }

    /// Operators by their strength. Those whose right side may still grow wait on a stack.
    fn operation(&mut self) -> u32 {
        let (base, depth) = (self.operators.len(), self.depth);
        loop {
            loop {
                let strength = match self.kind() {
                    TOKEN_INVERT => NOT,
                    TOKEN_SUB => NEGATE,
                    _ => break,
                };
                if !self.deeper() {
                    break;
                }
                let binding = Binding { strength, side: Side::Right };
                self.operators.push(Operator { binding, left: NONE, first_token: self.at });
                self.at += 1;
            }
            let mut operand = self.application();
            loop {
                let kind = self.kind();
                if kind == TOKEN_QUESTION {
                    operand = self.reduce(operand, base, Binding { strength: HAS_ATTR, side: Side::Right });
                    operand = self.has_attr(operand);
                    continue;
                }
                let Some(binding) = binding_of(kind).or_else(|| self.foreign_operator()) else {
                    operand = self.reduce(operand, base, Binding { strength: 0, side: Side::Left });
                    self.depth = depth;
                    return operand;
                };
                operand = self.reduce(operand, base, binding);
                if binding.side == Side::None
                    && self.operators[base..].last().is_some_and(|open| open.binding == binding)
                {
                    // `1 < 2 < 3`
                    self.mistake(&[]);
                    operand = self.close_around(operand, NODE_ERROR);
                }
                if !self.deeper() {
                    continue;
                }
                let first_token = self.nodes[operand as usize].first_token as usize;
                self.operators.push(Operator { binding, left: operand, first_token });
                self.at += 1;
                break;
            }
        }
    }

    /// An operator of other languages, which is one mistake.
    fn foreign_operator(&mut self) -> Option<Binding> {
        if self.is_forgiving() && self.is_word_for_operator() {
            self.mistake_at(self.at, &[], Cause::NoOperator);
            self.quiet = false;
            return binding_of(TOKEN_AND_AND);
        }
        if self.kind() != TOKEN_ERROR
            || !self.is_forgiving()
            || !matches!(self.token_text(self.at), "^" | "%")
            || self.ahead(1) == TOKEN_SEMICOLON
        {
            return None;
        }
        self.mistake_at(self.at, &[], Cause::NoOperator);
        self.quiet = false;
        binding_of(TOKEN_MUL)
    }

    /// Closes the operators that bind an operand more tightly than the next one does.
    fn reduce(&mut self, mut operand: u32, base: usize, next: Binding) -> u32 {
        while self.operators.len() > base {
            let Some(top) = self.operators.last() else { break };
            let closes = top.binding.strength > next.strength
                || top.binding.strength == next.strength && next.side == Side::Left;
            if !closes {
                break;
            }
            let Some(Operator { left, first_token, .. }) = self.operators.pop() else { break };
            operand = if left == NONE {
                let end_token = self.nodes[operand as usize].end_token;
                let first_token = index(first_token);
                self.nodes.push(Node {
                    first_token,
                    end_token,
                    first_child: operand,
                    next: NONE,
                    kind: NODE_UNARY_OP,
                });
                index(self.nodes.len() - 1)
            } else {
                self.join(left, operand)
            };
        }
        operand
    }

    fn close_around(&mut self, inner: u32, kind: SyntaxKind) -> u32 {
        let open = self.around(inner);
        self.close(open, kind)
    }

    fn has_attr(&mut self, operand: u32) -> u32 {
        let mut open = self.around(operand);
        self.at += 1;
        let path = self.attribute_path(ATTRIBUTE);
        self.add(&mut open, path);
        self.close(open, NODE_HAS_ATTR)
    }
}
