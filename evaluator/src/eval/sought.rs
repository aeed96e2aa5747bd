//! What was looked for in a list in which it is not: `head (filter (x: x.name == name) list)`.

use launchnix_diagnostics::{Fault, Role, Span};

use super::Evaluator;
use crate::error::Error;
use crate::ir::{Expr, ExprKind};
use crate::value::{Env, Value};

impl<'a> Evaluator<'a> {
    /// Where the first of the elements is asked for that are equal to something, and there are none: what they should be
    /// equal to is to change, where the user wrote that elsewhere.
    #[cold]
    pub(super) fn blame_sought(
        &self,
        mut error: Error,
        list: &'a Expr<'a>,
        call: &'a Expr<'a>,
        env: Env<'a>,
    ) -> Error {
        if !self.tracing || error.span.is_some() || error.fault != Some(Fault::EmptyList) {
            return error;
        }
        let ExprKind::Call { args: [predicate, _], .. } = &list.kind else { return error };
        let ExprKind::Lambda(predicate) = &predicate.kind else { return error };
        match self.sought_by(predicate.body, env) {
            Some(sought) if !call.span.contains(sought) => {
                error.span = Some(sought);
                error.frame(Some(call.span), Role::Sought)
            }
            _ => error,
        }
    }

    /// Where that was written which a predicate compares with, whose scope is the next one inside of `env`.
    fn sought_by(&self, body: &'a Expr<'a>, env: Env<'a>) -> Option<Span> {
        match body.kind {
            ExprKind::And(left, right) => self.sought_by(left, env).or_else(|| self.sought_by(right, env)),
            ExprKind::Equal(left, right) => [left, right].into_iter().find_map(|operand| {
                let value = self.outer_value(operand, env)?;
                let is_word = matches!(self.force(value), Ok(Value::String(_) | Value::Int(_)));
                self.place(value).filter(|place| is_word && !self.is_library(*place))
            }),
            _ => None,
        }
    }

    /// The value of a variable that is not the predicate's own, or of an attribute of one.
    fn outer_value(&self, operand: &'a Expr<'a>, env: Env<'a>) -> Option<Value<'a>> {
        match operand.kind {
            ExprKind::Outer { up, slot } => Some(env.ancestor(up.checked_sub(1)?).slot(slot)),
            ExprKind::SelectOne { base, name, .. } => {
                let Ok(Value::Attrs(attrs)) = self.force(self.outer_value(base, env)?) else { return None };
                attrs.get(name).map(|attr| attr.value)
            }
            _ => None,
        }
    }
}
