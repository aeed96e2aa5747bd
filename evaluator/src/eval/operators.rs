//! Operators and interpolation.

use launchnix_diagnostics::{Fault, ValueType};

use super::trace::Joined;
use super::{Coercion, Evaluator, Result};
use crate::error::{Error, Failure};
use crate::ir::{Arithmetic, Comparison, Expr, Part};
use crate::value::{Env, Growing, List, NixString, Side, Value};

impl<'a> Evaluator<'a> {
    #[inline(never)]
    pub(super) fn negate(
        &self,
        operand: &'a Expr<'a>,
        expr: &'a Expr<'a>,
        env: Env<'a>,
    ) -> Result<Value<'a>> {
        let value = self.eval(operand, env)?;
        self.arithmetic(Arithmetic::Sub, Value::Int(0), value).map_err(|error| match value {
            Value::Int(_) => error.at(expr.span),
            _ => self.blame_operand(error, operand, env),
        })
    }

    pub(crate) fn arithmetic(
        &self,
        operation: Arithmetic,
        left: Value<'a>,
        right: Value<'a>,
    ) -> Result<Value<'a>> {
        // Nix looks at the divisor first.
        if let Arithmetic::Div = operation {
            match right {
                Value::Int(0) => return Err(divided_by_zero()),
                Value::Float(float) if float.get() == 0.0 => return Err(divided_by_zero()),
                Value::Int(_) | Value::Float(_) => {}
                other => return Err(self.type_error(ValueType::Float, other)),
            }
        }
        match (left, right) {
            (Value::Int(left), Value::Int(right)) => {
                let result = integers(operation, left, right);
                let (word, sign) = match operation {
                    Arithmetic::Sub => ("subtracting", '-'),
                    Arithmetic::Mul => ("multiplying", '*'),
                    Arithmetic::Div => ("dividing", '/'),
                };
                result.map(Value::Int).ok_or_else(|| {
                    Failure::other(format!("integer overflow in {word} {left} {sign} {right}"))
                })
            }
            (Value::Int(_) | Value::Float(_), Value::Int(_) | Value::Float(_)) => {
                let (left, right) = (as_float(left), as_float(right));
                Ok(Value::float(match operation {
                    Arithmetic::Sub => left - right,
                    Arithmetic::Mul => left * right,
                    Arithmetic::Div => left / right,
                }))
            }
            (Value::Int(_), other) => Err(self.type_error(ValueType::Integer, other)),
            (Value::Float(_), other) | (other, Value::Float(_)) => {
                Err(self.type_error(ValueType::Float, other))
            }
            (other, _) => Err(self.type_error(ValueType::Integer, other)),
        }
    }

    /// `+` on two numbers.
    pub(crate) fn sum(&self, left: Value<'a>, right: Value<'a>) -> Result<Value<'a>> {
        match (left, right) {
            (Value::Int(left), Value::Int(right)) => left
                .checked_add(right)
                .map(Value::Int)
                .ok_or_else(|| Failure::other(format!("integer overflow in adding {left} + {right}"))),
            (Value::Int(_) | Value::Float(_), Value::Int(_) | Value::Float(_)) => {
                Ok(Value::float(as_float(left) + as_float(right)))
            }
            (Value::Int(_), other) => Err(self.type_error(ValueType::Integer, other)),
            (Value::Float(_), other) | (other, Value::Float(_)) => {
                Err(self.type_error(ValueType::Float, other))
            }
            (other, _) => Err(self.type_error(ValueType::Integer, other)),
        }
    }

    #[inline(never)]
    pub(super) fn add(
        &self,
        left: &'a Expr<'a>,
        right: &'a Expr<'a>,
        expr: &'a Expr<'a>,
        env: Env<'a>,
    ) -> Result<Value<'a>> {
        let left_value = self.eval(left, env)?;
        if let Value::Int(_) | Value::Float(_) = left_value {
            let left_origin = self.operand(left);
            let right_value = self.eval(right, env)?;
            if self.tracing {
                self.note_operands(expr, (left, left_origin), (right, self.operand(right)));
            }
            if let (Value::Int(left), Value::Int(right)) = (left_value, right_value)
                && let Some(sum) = left.checked_add(right)
            {
                return Ok(Value::Int(sum));
            }
            return self.add_numbers(left_value, right_value, right, expr, env);
        }
        let left_origin = self.take_origin();
        match left_value {
            Value::Path(path) => {
                let mut text = path.text.to_vec();
                let mut context = Vec::new();
                let right_value = self.eval(right, env)?;
                let right_origin = self.take_origin();
                self.coerce_into(right_value, Coercion::PATH, &mut text, &mut context).map_err(|error| {
                    error.at(right.span).frame(Some(right.span), "while evaluating a path segment")
                })?;
                if !context.is_empty() {
                    return Err(Failure::other(
                        "a string that refers to a store path cannot be appended to a path",
                    )
                    .at(right.span));
                }
                self.join_path([left_origin, right_origin]);
                Ok(self.path_value(crate::path::canonical(&text)))
            }
            Value::String(left) if !self.tracing && Growing::<u8>::is_worth(left.text.len()) => {
                let right_value = self.eval(right, env)?;
                let (mut text, mut context) = (self.scratch(), Vec::new());
                self.coerce_into(right_value, Coercion::STRICT, &mut text, &mut context).map_err(
                    |error| error.at(right.span).frame(Some(right.span), "while evaluating a path segment"),
                )?;
                self.extended(left, text, context)
            }
            _ => {
                let (mut text, mut context) = (self.scratch(), Vec::new());
                // Only what is appended to a string is put into the store.
                let how = match left_value {
                    Value::String(_) => Coercion::STRICT,
                    _ => Coercion::PATH,
                };
                self.coerce_into(left_value, how, &mut text, &mut context).map_err(|error| {
                    self.cannot_join(error, left, env)
                        .frame(Some(left.span), "while evaluating a path segment")
                })?;
                let middle = text.len();
                let right_value = self.eval(right, env)?;
                let right_origin = self.take_origin();
                self.coerce_into(right_value, how, &mut text, &mut context).map_err(|error| {
                    self.cannot_append(error, (left, left_value), (right, right_value), env)
                })?;
                if self.tracing {
                    let right = Joined::whole(right_origin, text.len() - middle);
                    self.join_origins(&[Joined::whole(left_origin, middle), right]);
                }
                Ok(Value::String(self.string_of(text, context)?))
            }
        }
    }

    /// A failure to append an operand to a string. Where that is a number in quotes and a number is added to it, the
    /// quotes are to change.
    #[cold]
    fn cannot_append(
        &self,
        error: Error,
        (left, left_value): (&'a Expr<'a>, Value<'a>),
        (right, right_value): (&'a Expr<'a>, Value<'a>),
        env: Env<'a>,
    ) -> Error {
        let is_number = |text: &[u8]| !text.is_empty() && text.iter().all(u8::is_ascii_digit);
        match (left_value, right_value) {
            (Value::String(string), Value::Int(_) | Value::Float(_))
                if self.tracing && is_number(string.text) =>
            {
                self.expected(ValueType::Integer, left_value, left, env)
            }
            _ => {
                self.cannot_join(error, right, env).frame(Some(right.span), "while evaluating a path segment")
            }
        }
    }

    /// `+` behind a number, which cannot be appended to.
    #[inline(never)]
    fn add_numbers(
        &self,
        left_value: Value<'a>,
        right_value: Value<'a>,
        right: &'a Expr<'a>,
        expr: &'a Expr<'a>,
        env: Env<'a>,
    ) -> Result<Value<'a>> {
        if let Value::Int(_) | Value::Float(_) = right_value {
            return self.sum(left_value, right_value).map_err(|error| error.at(expr.span));
        }
        let message = format!("cannot add {} to {}", right_value.describe(), left_value.describe());
        Err(self.blame_operand(
            Failure::other(message).of(Fault::NoSummand(right_value.value_type())),
            right,
            env,
        ))
    }

    #[inline(never)]
    pub(super) fn concat(&self, lists: &'a [&'a Expr<'a>], env: Env<'a>) -> Result<Value<'a>> {
        let mut values = Vec::with_capacity(lists.len());
        let mut is_incomplete = false;
        for list in lists {
            values.push(match self.eval(list, env) {
                Ok(value) => value,
                Err(error) => {
                    // The other lists are known.
                    let again = self.delay_always(list, env);
                    self.leave_out(error, again, |evaluator, list| evaluator.force(list).map(drop), "")?;
                    is_incomplete = true;
                    self.list_in(&[])
                }
            });
        }
        let joined = self.concat_values(lists, &values, env)?;
        let Value::List(whole) = joined else { return Ok(joined) };
        if !is_incomplete {
            return Ok(joined);
        }
        // A list of its own: the one operand that holds anything lacks nothing elsewhere.
        let joined = self.list_in(whole.items);
        self.mark_incomplete_list(joined);
        Ok(joined)
    }

    fn concat_values(
        &self,
        lists: &'a [&'a Expr<'a>],
        values: &[Value<'a>],
        env: Env<'a>,
    ) -> Result<Value<'a>> {
        // As long as only one of the lists holds anything, it is the result.
        let mut result: Option<&'a List<'a>> = None;
        let (mut total, mut full) = (0, 0);
        for list in values {
            let Value::List(list) = *list else { return Err(self.not_all_lists(lists, values, env)) };
            total += list.items.len();
            if !list.items.is_empty() {
                full += 1;
                result = Some(list);
            }
        }
        match result {
            None => Ok(self.list_in(&[])),
            Some(list) if full == 1 => Ok(Value::List(list)),
            Some(_) => self.concatenated(total, values),
        }
    }

    /// As [`joined`](Self::joined), for a first or last list to which more may be joined soon.
    fn concatenated(&self, total: usize, lists: &[Value<'a>]) -> Result<Value<'a>> {
        let items = |list: &Value<'a>| match *list {
            Value::List(list) => list.items,
            _ => &[],
        };
        let is_worth = |list: &[Value<'_>]| Growing::<Value<'_>>::is_worth(list.len());
        let ends = lists.split_first().map(|(first, rest)| (Side::Back, items(first), rest));
        let ends = ends.filter(|(_, first, _)| is_worth(first)).or_else(|| {
            let (last, rest) = lists.split_last()?;
            Some((Side::Front, items(last), rest))
        });
        let Some((side, known, rest)) = ends.filter(|(_, known, _)| is_worth(known)) else {
            return self.joined(total, lists);
        };
        let more = total - known.len();
        let needed = self.growing_lists.needs(side, known, more);
        self.check_memory(needed.saturating_mul(size_of::<Value<'_>>()))?;
        let parts = rest.iter().map(items);
        Ok(self.list_in(self.growing_lists.extend(self.arena, side, known, more, parts)))
    }

    /// A string with more text behind it, to which more may be appended soon.
    fn extended(
        &self,
        left: &'a NixString<'a>,
        text: Vec<u8>,
        mut context: Vec<crate::value::Context<'a>>,
    ) -> Result<Value<'a>> {
        self.check_memory(self.growing_strings.needs(Side::Back, left.text, text.len()))?;
        let parts = [&*text].into_iter();
        let all = self.growing_strings.extend(self.arena, Side::Back, left.text, text.len(), parts);
        self.keep_scratch(text);
        context.extend_from_slice(left.context);
        Ok(self.string_in(all, self.context_in(context)))
    }

    /// Lists in one, which has so many elements.
    pub(crate) fn joined(&self, total: usize, lists: &[Value<'a>]) -> Result<Value<'a>> {
        self.check_memory(total.saturating_mul(size_of::<Value<'_>>()))?;
        let mut items = bumpalo::collections::Vec::with_capacity_in(total, self.arena);
        for list in lists {
            if let Value::List(list) = list {
                items.extend_from_slice_copy(list.items);
            }
        }
        Ok(self.list_in(items.into_bump_slice()))
    }

    #[cold]
    fn not_all_lists(&self, lists: &'a [&'a Expr<'a>], values: &[Value<'a>], env: Env<'a>) -> Error {
        // The last operator is applied first, to its left operand first.
        let last = lists.len() - 1;
        let order = (0..last).rev().take(1).chain([last]).chain((0..last).rev().skip(1));
        let wrong =
            order.map(|at| (lists[at], values[at])).find(|(_, value)| !matches!(value, Value::List(_)));
        let (expr, value) = wrong.unwrap_or((lists[0], values[0]));
        self.expected(ValueType::List, value, expr, env)
            .frame(Some(expr.span), "while evaluating one of the elements to concatenate")
    }

    #[inline(never)]
    pub(super) fn eval_equal(
        &self,
        left: &'a Expr<'a>,
        right: &'a Expr<'a>,
        expr: &'a Expr<'a>,
        env: Env<'a>,
    ) -> Result<bool> {
        match (self.eval(left, env)?, self.eval(right, env)?) {
            (Value::Int(left), Value::Int(right)) => Ok(left == right),
            (Value::String(left), Value::String(right)) => Ok(left.text == right.text),
            (left, right) => {
                if let (Value::List(_), Value::List(_)) = (left, right) {
                    self.must_be_whole(left)?;
                    self.must_be_whole(right)?;
                }
                self.equal(left, right).map_err(|error| error.at(expr.span))
            }
        }
    }

    pub(crate) fn comparison(
        &self,
        comparison: Comparison,
        left: Value<'a>,
        right: Value<'a>,
    ) -> Result<bool> {
        // As in Nix, `a <= b` is `!(b < a)`: this matters for NaN.
        match comparison {
            Comparison::Less => self.less_than(left, right),
            Comparison::Greater => self.less_than(right, left),
            Comparison::LessOrEqual => Ok(!self.less_than(right, left)?),
            Comparison::GreaterOrEqual => Ok(!self.less_than(left, right)?),
        }
    }

    #[inline(never)]
    pub(super) fn interpolation(&self, parts: &'a [Part<'a>], env: Env<'a>) -> Result<Value<'a>> {
        let (mut text, mut context) = (self.scratch(), Vec::new());
        let mut origins = Vec::new();
        // A long string in front is not copied.
        let mut left = None;
        for (number, part) in parts.iter().enumerate() {
            let start = text.len();
            match part {
                Part::Literal(literal) => text.extend_from_slice(literal),
                Part::Expr(inner) => {
                    let rest = &parts[number + 1..];
                    let value =
                        self.eval(inner, env).map_err(|error| self.with_failures(error, rest, env))?;
                    if let Value::String(string) = value
                        && number == 0
                        && !self.tracing
                        && Growing::<u8>::is_worth(string.text.len())
                    {
                        left = Some(string);
                        continue;
                    }
                    let origin = self.take_origin();
                    self.coerce_into(value, Coercion::STRICT, &mut text, &mut context).map_err(|error| {
                        let error = self.cannot_join(error, inner, env);
                        let error = error.frame(Some(inner.span), "while evaluating a path segment");
                        self.with_failures(error, rest, env)
                    })?;
                    if self.tracing {
                        origins.push(Joined::whole(origin, text.len() - start));
                    }
                }
            }
        }
        if self.tracing {
            self.join_origins(&origins);
        }
        match left {
            Some(left) => self.extended(left, text, context),
            None => Ok(Value::String(self.string_of(text, context)?)),
        }
    }

    /// A failure in a string, and with it the failures of the parts that come after.
    #[cold]
    fn with_failures(&self, error: Error, rest: &'a [Part<'a>], env: Env<'a>) -> Error {
        if !self.can_leave_out(&error) {
            return error;
        }
        let failures = rest.iter().filter_map(|part| {
            let Part::Expr(inner) = part else { return None };
            let joined = self.eval(inner, env).and_then(|value| {
                self.coerce_into(value, Coercion::STRICT, &mut Vec::new(), &mut Vec::new())
                    .map_err(|error| self.cannot_join(error, inner, env))
            });
            joined.err().filter(|failure| self.can_leave_out(failure))
        });
        error.with_others(failures)
    }

    #[inline(never)]
    pub(super) fn path_interpolation(&self, parts: &'a [Part<'a>], env: Env<'a>) -> Result<Value<'a>> {
        let (mut text, mut context) = (Vec::new(), Vec::new());
        let mut origins = Vec::new();
        for part in parts {
            match part {
                Part::Literal(literal) => text.extend_from_slice(literal),
                Part::Expr(inner) => {
                    let value = self.eval(inner, env)?;
                    origins.push(self.take_origin());
                    self.coerce_into(value, Coercion::PATH, &mut text, &mut context).map_err(|error| {
                        error.at(inner.span).frame(Some(inner.span), "while evaluating a path segment")
                    })?;
                    if !context.is_empty() {
                        return Err(Failure::other(
                            "a string that refers to a store path cannot be appended to a path",
                        )
                        .at(inner.span));
                    }
                }
            }
        }
        self.join_path(origins);
        Ok(self.path_value(crate::path::canonical(&text)))
    }
}

/// An operation on integers; `None` where it overflows or divides by zero.
#[inline]
pub(super) fn integers(operation: Arithmetic, left: i64, right: i64) -> Option<i64> {
    match operation {
        Arithmetic::Sub => left.checked_sub(right),
        Arithmetic::Mul => left.checked_mul(right),
        Arithmetic::Div => left.checked_div(right),
    }
}

pub(crate) fn as_float(value: Value<'_>) -> f64 {
    match value {
        #[expect(clippy::cast_precision_loss, reason = "Nix rounds integers to floats as well")]
        Value::Int(int) => int as f64,
        Value::Float(float) => float.get(),
        _ => f64::NAN,
    }
}

/// The operand that is no number; `None` where both are numbers, or neither is.
pub(super) fn operand_to_blame<'a>(
    left: &'a Expr<'a>,
    right: &'a Expr<'a>,
    left_value: Value<'a>,
    right_value: Value<'a>,
) -> Option<&'a Expr<'a>> {
    let number = |value| matches!(value, Value::Int(_) | Value::Float(_));
    match (number(left_value), number(right_value)) {
        (true, false) => Some(right),
        (false, true) => Some(left),
        _ => None,
    }
}

#[cold]
fn divided_by_zero() -> Error {
    Failure::other("division by zero").of(Fault::DivisionByZero)
}
