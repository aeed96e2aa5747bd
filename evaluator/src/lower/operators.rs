//! Operators.
//!
//! Some stand for functions, and mean what a file binds to the name of that function: `let __sub = …; in 1 - 2`.

use launchnix_diagnostics::Span;
use rnix::SyntaxKind::{self, *};

use super::Lowerer;
use crate::ir::{Arithmetic, Comparison, Expr, ExprKind};
use crate::symbol::{Symbol, well_known};
use crate::syntax::Tree;
use crate::value::Value;

impl<'a> Lowerer<'a, '_> {
    pub(super) fn unary(&mut self, tree: Tree<'_>) -> Option<ExprKind<'a>> {
        let inner = tree.nodes().next()?;
        let inverts = tree.first_kind() == TOKEN_INVERT;
        if !inverts && self.scopes.binds(well_known::SUB) {
            let span = self.span(tree);
            let zero = Expr { kind: ExprKind::Const(Value::Int(0)), span };
            let operand = self.expr(inner, None);
            return Some(self.call_of(well_known::SUB, vec![zero, operand], span));
        }
        let operand = self.sub(inner);
        if inverts {
            return Some(ExprKind::Not(operand));
        }
        Some(match operand.kind {
            ExprKind::Const(Value::Int(int)) if self.env.folds() => match int.checked_neg() {
                Some(negated) => ExprKind::Const(Value::Int(negated)),
                None => ExprKind::Negate(operand),
            },
            ExprKind::Const(Value::Float(float)) if self.env.folds() => {
                ExprKind::Const(Value::float(0.0 - float.get()))
            }
            _ => ExprKind::Negate(operand),
        })
    }

    pub(super) fn binary(&mut self, tree: Tree<'_>) -> Option<ExprKind<'a>> {
        let operator = operator_of(tree)?;
        let mut operands = tree.nodes();
        let (left, right) = (operands.next()?, operands.next()?);
        if matches!(operator, TOKEN_PIPE_RIGHT | TOKEN_PIPE_LEFT) {
            let (function, argument) =
                if operator == TOKEN_PIPE_LEFT { (left, right) } else { (right, left) };
            let function = self.sub(function);
            let argument = self.expr(argument, None);
            return Some(ExprKind::Call { function, args: self.slice(vec![argument]) });
        }
        // All comparisons are made of `<`.
        let swapped = matches!(operator, TOKEN_MORE | TOKEN_LESS_OR_EQ);
        if let Some(function) = function_of(operator)
            && self.scopes.binds(function)
        {
            let span = self.span(tree);
            let args = if swapped { vec![right, left] } else { vec![left, right] }.into_iter();
            let args = args.map(|operand| self.expr(operand, None)).collect();
            let kind = self.call_of(function, args, span);
            let negated = matches!(operator, TOKEN_LESS_OR_EQ | TOKEN_MORE_OR_EQ);
            return Some(if negated { ExprKind::Not(self.alloc(Expr { kind, span })) } else { kind });
        }
        if operator == TOKEN_CONCAT {
            return Some(self.concatenation(left, right));
        }
        let (left, right) = if swapped {
            let right = self.sub(right);
            (self.sub(left), right)
        } else {
            (self.sub(left), self.sub(right))
        };
        operation(operator, left, right)
    }

    /// All of the lists of a chain at once: it groups to the right, and may be long.
    fn concatenation(&mut self, left: Tree<'_>, right: Tree<'_>) -> ExprKind<'a> {
        let mut lists = vec![self.sub(left)];
        let mut rest = right;
        loop {
            rest = unparenthesised(rest);
            if rest.kind() != NODE_BIN_OP || operator_of(rest) != Some(TOKEN_CONCAT) {
                break;
            }
            let mut operands = rest.nodes();
            let (Some(left), Some(right)) = (operands.next(), operands.next()) else { break };
            lists.push(self.sub(left));
            rest = right;
        }
        lists.push(self.sub(rest));
        ExprKind::Concat(self.slice(lists))
    }

    /// A call of what an operator stands for, by its name.
    fn call_of(&mut self, function: Symbol, args: Vec<Expr<'a>>, span: Span) -> ExprKind<'a> {
        let name = String::from_utf8_lossy(self.env.symbols.name(function)).into_owned();
        let function = Expr { kind: self.variable(&name, span), span };
        ExprKind::Call { function: self.alloc(function), args: self.slice(args) }
    }
}

/// What stands in parentheses, however many.
fn unparenthesised(tree: Tree<'_>) -> Tree<'_> {
    let mut inner = tree;
    while inner.kind() == NODE_PAREN
        && let Some(next) = inner.nodes().next()
    {
        inner = next;
    }
    inner
}

/// The function that an operator stands for.
fn function_of(operator: SyntaxKind) -> Option<Symbol> {
    Some(match operator {
        TOKEN_SUB => well_known::SUB,
        TOKEN_MUL => well_known::MUL,
        TOKEN_DIV => well_known::DIV,
        TOKEN_LESS | TOKEN_LESS_OR_EQ | TOKEN_MORE | TOKEN_MORE_OR_EQ => well_known::LESS_THAN,
        _ => return None,
    })
}

fn operation<'a>(operator: SyntaxKind, left: &'a Expr<'a>, right: &'a Expr<'a>) -> Option<ExprKind<'a>> {
    use ExprKind as Kind;
    Some(match operator {
        TOKEN_ADD => Kind::Add(left, right),
        TOKEN_SUB => Kind::Arithmetic(Arithmetic::Sub, left, right),
        TOKEN_MUL => Kind::Arithmetic(Arithmetic::Mul, left, right),
        TOKEN_DIV => Kind::Arithmetic(Arithmetic::Div, left, right),
        TOKEN_UPDATE => Kind::Update(left, right),
        TOKEN_EQUAL => Kind::Equal(left, right),
        TOKEN_NOT_EQUAL => Kind::NotEqual(left, right),
        TOKEN_LESS => Kind::Compare(Comparison::Less, left, right),
        TOKEN_LESS_OR_EQ => Kind::Compare(Comparison::LessOrEqual, left, right),
        TOKEN_MORE => Kind::Compare(Comparison::Greater, left, right),
        TOKEN_MORE_OR_EQ => Kind::Compare(Comparison::GreaterOrEqual, left, right),
        TOKEN_AND_AND => Kind::And(left, right),
        TOKEN_OR_OR => Kind::Or(left, right),
        TOKEN_IMPLICATION => Kind::Implies(left, right),
        _ => return None,
    })
}

/// The operator of a binary operation.
fn operator_of(tree: Tree<'_>) -> Option<SyntaxKind> {
    tree.tokens().next().map(|(kind, _)| kind)
}
