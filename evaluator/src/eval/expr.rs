//! Evaluating expressions.

use std::cell::Cell;

use super::ready::{as_nix_delays, instead_of_thunk, ready};
use super::{Coercion, Evaluator, Result};
use crate::error::{Error, ErrorKind, Failure};
use crate::ir::{Arithmetic, AttrName, Comparison, Expr, ExprKind, Part};
use crate::symbol::Symbol;
use crate::value::{Attr, Attrs, Closure, Env, Growing, List, Merged, NixString, Thunk, Value};

impl<'a> Evaluator<'a> {
    /// Evaluates an expression to its outermost shape.
    #[inline]
    pub(crate) fn eval(&self, expr: &'a Expr<'a>, env: &'a Env<'a>) -> Result<Value<'a>> {
        // Half of all expressions are constants and variables that have their value already.
        if !self.tracing
            && let Some(value) = ready(expr, env)
        {
            return Ok(value);
        }
        self.eval_nested(expr, env)
    }

    fn eval_nested(&self, expr: &'a Expr<'a>, env: &'a Env<'a>) -> Result<Value<'a>> {
        // Calls in tail position count as nested ones, as in Nix, though they take no stack.
        let depth = self.call_depth.get();
        let mut tail_call = None;
        let result = self.eval_loop(expr, env, &mut tail_call);
        self.call_depth.set(depth);
        match (result, tail_call) {
            (Err(error), Some(call)) => Err(error.frame(Some(call), "while calling this function")),
            (result, _) => result,
        }
    }

    #[expect(clippy::too_many_lines, reason = "one short arm for each kind of expression")]
    fn eval_loop(
        &self,
        mut expr: &'a Expr<'a>,
        mut env: &'a Env<'a>,
        tail_call: &mut Option<launchnix_diagnostics::Span>,
    ) -> Result<Value<'a>> {
        // The scope of the call in tail position that is being evaluated.
        let mut entered: Option<&'a Env<'a>> = None;
        loop {
            self.step()?;
            let value = match &expr.kind {
                ExprKind::Const(value) => *value,
                ExprKind::Broken => {
                    return Err(Failure::new(ErrorKind::Reported, "this part of the file is not valid Nix"));
                }
                ExprKind::Local(slot) => {
                    let value = env.slot(*slot);
                    self.force_variable(value, expr)?
                }
                ExprKind::Outer { up, slot } => {
                    let value = env.ancestor(*up).slot(*slot);
                    self.force_variable(value, expr)?
                }
                ExprKind::Dynamic { name, scopes } => self.dynamic_variable(*name, scopes, expr, env)?,
                ExprKind::SelectOne { base, name, hint } => {
                    let base_value = self.eval(base, env)?;
                    let Value::Attrs(attrs) = base_value else {
                        return Err(self.expected("a set", base_value, base));
                    };
                    let Some(attr) = attrs.get_near(*name, hint) else {
                        return Err(self.missing(*name, attrs, expr));
                    };
                    self.forget_origin_of(attr.value);
                    self.force(attr.value).map_err(|error| self.while_selecting(error, attr))?
                }
                ExprKind::Select { base, path, default } => {
                    match self.select(base, path, default.is_some(), expr, env)? {
                        Some(value) => value,
                        None => {
                            expr = default.expect("a selection without default fails instead");
                            continue;
                        }
                    }
                }
                ExprKind::HasAttr { base, path } => Value::Bool(self.has_attr(base, path, env)?),
                ExprKind::Lambda(lambda) => {
                    Value::Closure(self.arena.alloc(Closure { lambda, env: env.keep() }))
                }
                ExprKind::Call { function, args } => match self.enter_call(function, args, expr, env)? {
                    super::call::Entered::Value(value) => {
                        if let Some(ended) = entered {
                            self.spare_envs.give_back(ended);
                        }
                        return Ok(value);
                    }
                    super::call::Entered::Body(body, scope) => {
                        *tail_call = Some(expr.span);
                        if let Some(ended) = entered.replace(scope) {
                            self.spare_envs.give_back(ended);
                        }
                        expr = body;
                        env = scope;
                        continue;
                    }
                },
                ExprKind::Let { bindings, body } => {
                    let slots = self.blank_slots(bindings.len());
                    let scope: &'a Env<'a> = self.arena.alloc(Env::inside(slots, env));
                    for (slot, binding) in slots.iter().zip(*bindings) {
                        slot.set(self.delay(binding, scope));
                    }
                    expr = body;
                    env = scope;
                    continue;
                }
                ExprKind::LetRec { set, body } => {
                    env = self.recursive_scope(set, env);
                    expr = body;
                    continue;
                }
                ExprKind::Set(set) => self.plain_set(set, env)?,
                ExprKind::RecSet(set) => self.recursive_set(set, env)?,
                ExprKind::List(items) => {
                    let items =
                        self.arena.alloc_slice_fill_iter(items.iter().map(|item| self.delay(item, env)));
                    self.list_in(items)
                }
                ExprKind::If { condition, then, otherwise } => {
                    let holds = self.eval_bool(condition, env, "while evaluating a branch condition")?;
                    expr = if holds { then } else { otherwise };
                    continue;
                }
                ExprKind::Assert { condition, body } => {
                    if !self.eval_bool(condition, env, "while evaluating the condition of an assertion")? {
                        return Err(self.assertion_failed(condition, expr, env));
                    }
                    expr = body;
                    continue;
                }
                ExprKind::With { scope, body } => {
                    let slots = self.blank_slots(1);
                    slots[0].set(self.delay(scope, env));
                    env = self.arena.alloc(Env::inside(slots, env));
                    expr = body;
                    continue;
                }
                ExprKind::Not(operand) => {
                    Value::Bool(!self.eval_bool(operand, env, "in the argument of the not operator")?)
                }
                ExprKind::Negate(operand) => self.negate(operand, expr, env)?,
                ExprKind::And(left, right) => Value::Bool(
                    self.eval_bool(left, env, "in the left operand of the AND (&&) operator")?
                        && self.eval_bool(right, env, "in the right operand of the AND (&&) operator")?,
                ),
                ExprKind::Or(left, right) => Value::Bool(
                    self.eval_bool(left, env, "in the left operand of the OR (||) operator")?
                        || self.eval_bool(right, env, "in the right operand of the OR (||) operator")?,
                ),
                ExprKind::Implies(left, right) => Value::Bool(
                    !self.eval_bool(left, env, "in the left operand of the IMPL (->) operator")?
                        || self.eval_bool(right, env, "in the right operand of the IMPL (->) operator")?,
                ),
                ExprKind::Equal(left, right) => Value::Bool(self.eval_equal(left, right, expr, env)?),
                ExprKind::NotEqual(left, right) => Value::Bool(!self.eval_equal(left, right, expr, env)?),
                ExprKind::Compare(comparison, left, right) => {
                    // `a > b` and `a <= b` are made of `b < a`, which has its operands evaluated in that order.
                    let (left, right) = match comparison {
                        Comparison::Less | Comparison::GreaterOrEqual => {
                            let left = self.eval(left, env)?;
                            (left, self.eval(right, env)?)
                        }
                        Comparison::Greater | Comparison::LessOrEqual => {
                            let right = self.eval(right, env)?;
                            (self.eval(left, env)?, right)
                        }
                    };
                    Value::Bool(if let (Value::Int(left), Value::Int(right)) = (left, right) {
                        match comparison {
                            Comparison::Less => left < right,
                            Comparison::LessOrEqual => left <= right,
                            Comparison::Greater => left > right,
                            Comparison::GreaterOrEqual => left >= right,
                        }
                    } else {
                        self.comparison(*comparison, left, right).map_err(|error| error.at(expr.span))?
                    })
                }
                ExprKind::Add(left, right) => self.add(left, right, expr, env)?,
                ExprKind::Arithmetic(operation, left, right) => {
                    let (left_value, right_value) = (self.eval(left, env)?, self.eval(right, env)?);
                    self.arithmetic(*operation, left_value, right_value).map_err(|error| {
                        error.at(operand_to_blame(left, right, left_value, right_value, expr))
                    })?
                }
                ExprKind::Update(left, right) => {
                    // Nix, too, looks at the right one first.
                    let right =
                        self.eval_attrs(right, env, "in the right operand of the update (//) operator")?;
                    let left =
                        self.eval_attrs(left, env, "in the left operand of the update (//) operator")?;
                    self.updated(left, right)
                }
                ExprKind::Concat(lists) => self.concat(lists, env)?,
                ExprKind::Interpolation(parts) => self.interpolation(parts, env)?,
                ExprKind::PathInterpolation(parts) => self.path_interpolation(parts, env)?,
            };
            if self.tracing {
                self.note_origin(expr);
            }
            if let Some(ended) = entered {
                self.spare_envs.give_back(ended);
            }
            return Ok(value);
        }
    }

    /// Delays an expression, unless its value is there already.
    #[inline]
    pub(crate) fn delay(&self, expr: &'a Expr<'a>, env: &'a Env<'a>) -> Value<'a> {
        if self.eager.get() {
            if let Some(value) = instead_of_thunk(expr, env) {
                return value;
            }
            if let ExprKind::Lambda(lambda) = &expr.kind {
                return Value::Closure(self.arena.alloc(Closure { lambda, env: env.keep() }));
            }
        } else if !self.tracing
            && let Some(value) = as_nix_delays(expr, env)
        {
            return value;
        }
        self.delay_always(expr, env)
    }

    #[inline]
    pub(crate) fn delay_always(&self, expr: &'a Expr<'a>, env: &'a Env<'a>) -> Value<'a> {
        Value::Thunk(self.arena.alloc(Thunk { value: Cell::new(Value::Pending(env.keep())), expr }))
    }

    pub(super) fn blank_slots(&self, count: usize) -> &'a [Cell<Value<'a>>] {
        self.arena.alloc_slice_fill_with(count, |_| Cell::new(Value::Blackhole))
    }

    #[inline]
    fn force_variable(&self, value: Value<'a>, expr: &'a Expr<'a>) -> Result<Value<'a>> {
        self.forget_origin_of(value);
        match value {
            Value::Thunk(thunk) => self.force_thunk(thunk).map_err(|error| in_cycle(error, expr)),
            Value::Blackhole => {
                Err(Failure::new(ErrorKind::InfiniteRecursion, "infinite recursion encountered")
                    .at(expr.span))
            }
            value => Ok(value),
        }
    }

    #[inline(never)]
    fn dynamic_variable(
        &self,
        name: Symbol,
        scopes: &[u32],
        expr: &'a Expr<'a>,
        env: &'a Env<'a>,
    ) -> Result<Value<'a>> {
        for &up in scopes {
            let scope = env.ancestor(up).slot(0);
            let scope = self.force(scope)?;
            let Value::Attrs(attrs) = scope else {
                return Err(self
                    .type_error("a set", scope)
                    .at(expr.span)
                    .frame(None, "while evaluating the first subexpression of a with expression"));
            };
            if let Some(attr) = attrs.get(name) {
                self.forget_origin_of(attr.value);
                return self.force(attr.value);
            }
        }
        let name = super::lossy(self.symbols.name(name)).into_owned();
        Err(Failure::other(format!("undefined variable '{name}'")).at(expr.span))
    }

    // --- attribute sets -----------------------------------------------------------------------------------

    #[inline(never)]
    fn select(
        &self,
        base: &'a Expr<'a>,
        path: &'a [AttrName<'a>],
        has_default: bool,
        expr: &'a Expr<'a>,
        env: &'a Env<'a>,
    ) -> Result<Option<Value<'a>>> {
        let mut value = self.eval(base, env)?;
        let mut from = base;
        for name in path {
            let (symbol, _) = self.attr_name(name, env)?;
            let Value::Attrs(attrs) = value else {
                if has_default {
                    return Ok(None);
                }
                return Err(self.expected("a set", value, from));
            };
            let Some(attr) = attrs.get(symbol) else {
                if has_default {
                    return Ok(None);
                }
                return Err(self.missing(symbol, attrs, expr));
            };
            self.forget_origin_of(attr.value);
            value = self.force(attr.value).map_err(|error| self.while_selecting(error, attr))?;
            from = expr;
        }
        Ok(Some(value))
    }

    #[inline(never)]
    fn has_attr(&self, base: &'a Expr<'a>, path: &'a [AttrName<'a>], env: &'a Env<'a>) -> Result<bool> {
        let mut value = self.eval(base, env)?;
        let last = path.len().saturating_sub(1);
        for (index, name) in path.iter().enumerate() {
            let Value::Attrs(attrs) = value else { return Ok(false) };
            let (symbol, _) = self.attr_name(name, env)?;
            let Some(attr) = attrs.get(symbol) else { return Ok(false) };
            if index < last {
                value = self.force(attr.value)?;
            }
        }
        Ok(true)
    }

    fn attr_name(
        &self,
        name: &'a AttrName<'a>,
        env: &'a Env<'a>,
    ) -> Result<(Symbol, launchnix_diagnostics::Span)> {
        match name {
            AttrName::Static(symbol, span) => Ok((*symbol, *span)),
            AttrName::Dynamic(expr) => {
                let value = self.eval(expr, env)?;
                let name = self.expect_name(value).map_err(|error| error.at(expr.span))?;
                Ok((self.symbol_of(name), expr.span))
            }
        }
    }

    pub(super) fn missing(&self, name: Symbol, attrs: &'a Attrs<'a>, expr: &'a Expr<'a>) -> Error {
        let name = super::lossy(self.symbols.name(name));
        let mut error =
            Failure::new(ErrorKind::MissingAttribute, format!("attribute '{name}' missing")).at(expr.span);
        let names = attrs.entries(self.arena).iter().map(|attr| self.symbols.name(attr.name));
        if let Some(similar) = crate::suggest::closest(&name, names) {
            error.help = Some(format!("Did you mean {similar}?"));
        }
        error
    }

    fn while_selecting(&self, error: Error, attr: &Attr<'a>) -> Error {
        let name = super::lossy(self.symbols.name(attr.name));
        error.frame(self.key_span(attr.position), format!("while evaluating the attribute '{name}'"))
    }

    pub(crate) fn updated(&self, left: &'a Attrs<'a>, right: &'a Attrs<'a>) -> Value<'a> {
        match left.update(self.arena, right) {
            Merged::Same(attrs) => Value::Attrs(attrs),
            Merged::New(attrs) => Value::Attrs(self.arena.alloc(attrs)),
        }
    }

    fn eval_attrs(&self, expr: &'a Expr<'a>, env: &'a Env<'a>, what: &str) -> Result<&'a Attrs<'a>> {
        match self.eval(expr, env)? {
            Value::Attrs(attrs) => Ok(attrs),
            value => Err(self.expected("a set", value, expr).frame(Some(expr.span), what)),
        }
    }

    // --- operators ----------------------------------------------------------------------------------------

    #[inline]
    fn eval_bool(&self, expr: &'a Expr<'a>, env: &'a Env<'a>, what: &str) -> Result<bool> {
        match self.eval(expr, env)? {
            Value::Bool(value) => Ok(value),
            value => Err(self.expected("a Boolean", value, expr).frame(Some(expr.span), what)),
        }
    }

    #[cold]
    pub(crate) fn type_error(&self, expected: &str, found: Value<'a>) -> Error {
        let shown = self.show_value(found);
        Failure::other(format!("expected {expected} but found {}: {shown}", found.describe()))
    }

    #[cold]
    fn expected(&self, expected: &str, found: Value<'a>, expr: &'a Expr<'a>) -> Error {
        self.type_error(expected, found).at(expr.span)
    }

    #[cold]
    fn assertion_failed(&self, condition: &'a Expr<'a>, expr: &'a Expr<'a>, env: &'a Env<'a>) -> Error {
        if let ExprKind::Equal(left, right) = condition.kind
            && let Err(error) = self.assert_operands_equal(left, right, env)
        {
            return error.at(condition.span).frame(Some(expr.span), "while evaluating this assertion");
        }
        let file = self.source_map.borrow().get(condition.span.source).name().to_owned();
        let text = self.shown(condition, crate::path::directory(file.as_bytes()));
        Failure::new(ErrorKind::Thrown, format!("assertion '{text}' failed")).at(expr.span)
    }

    #[inline(never)]
    fn negate(&self, operand: &'a Expr<'a>, expr: &'a Expr<'a>, env: &'a Env<'a>) -> Result<Value<'a>> {
        let value = self.eval(operand, env)?;
        self.arithmetic(Arithmetic::Sub, Value::Int(0), value).map_err(|error| error.at(expr.span))
    }

    pub(crate) fn arithmetic(
        &self,
        operation: Arithmetic,
        left: Value<'a>,
        right: Value<'a>,
    ) -> Result<Value<'a>> {
        match (left, right) {
            (Value::Int(left), Value::Int(right)) => {
                let result = integers(operation, left, right);
                let (word, sign) = match operation {
                    Arithmetic::Sub => ("subtracting", '-'),
                    Arithmetic::Mul => ("multiplying", '*'),
                    Arithmetic::Div if right == 0 => return Err(Failure::other("division by zero")),
                    Arithmetic::Div => ("dividing", '/'),
                };
                result.map(Value::Int).ok_or_else(|| {
                    Failure::other(format!("integer overflow in {word} {left} {sign} {right}"))
                })
            }
            (Value::Int(_) | Value::Float(_), Value::Int(_) | Value::Float(_)) => {
                let (left, right) = (as_float(left), as_float(right));
                Ok(Value::Float(match operation {
                    Arithmetic::Sub => left - right,
                    Arithmetic::Mul => left * right,
                    Arithmetic::Div if right == 0.0 => return Err(Failure::other("division by zero")),
                    Arithmetic::Div => left / right,
                }))
            }
            (Value::Int(_), other) => Err(self.type_error("an integer", other)),
            (Value::Float(_), other) | (other, Value::Float(_)) => Err(self.type_error("a float", other)),
            (other, _) => Err(self.type_error("an integer", other)),
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
                Ok(Value::Float(as_float(left) + as_float(right)))
            }
            (Value::Int(_), other) => Err(self.type_error("an integer", other)),
            (Value::Float(_), other) | (other, Value::Float(_)) => Err(self.type_error("a float", other)),
            (other, _) => Err(self.type_error("an integer", other)),
        }
    }

    #[inline(never)]
    fn add(
        &self,
        left: &'a Expr<'a>,
        right: &'a Expr<'a>,
        expr: &'a Expr<'a>,
        env: &'a Env<'a>,
    ) -> Result<Value<'a>> {
        let left_value = self.eval(left, env)?;
        if let Value::Int(left) = left_value
            && let Value::Int(right) = self.eval(right, env)?
            && let Some(sum) = left.checked_add(right)
        {
            return Ok(Value::Int(sum));
        }
        let left_origin = self.take_origin();
        match left_value {
            Value::Int(_) | Value::Float(_) => {
                let right_value = self.eval(right, env)?;
                match right_value {
                    Value::Int(_) | Value::Float(_) => {
                        self.sum(left_value, right_value).map_err(|error| error.at(expr.span))
                    }
                    other => {
                        let message = format!("cannot add {} to {}", other.describe(), left_value.describe());
                        Err(Failure::other(message).at(right.span))
                    }
                }
            }
            Value::Path(path) => {
                let mut text = path.text.to_vec();
                let mut context = Vec::new();
                let right_value = self.eval(right, env)?;
                self.coerce_into(right_value, Coercion::PATH, &mut text, &mut context).map_err(|error| {
                    error.at(right.span).frame(Some(right.span), "while evaluating a path segment")
                })?;
                if !context.is_empty() {
                    return Err(Failure::other(
                        "a string that refers to a store path cannot be appended to a path",
                    )
                    .at(right.span));
                }
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
                self.coerce_into(left_value, Coercion::STRICT, &mut text, &mut context).map_err(|error| {
                    error.at(left.span).frame(Some(left.span), "while evaluating a path segment")
                })?;
                let middle = text.len();
                let right_value = self.eval(right, env)?;
                let right_origin = self.take_origin();
                self.coerce_into(right_value, Coercion::STRICT, &mut text, &mut context).map_err(
                    |error| error.at(right.span).frame(Some(right.span), "while evaluating a path segment"),
                )?;
                if self.tracing {
                    self.join_origins(&[(left_origin, middle), (right_origin, text.len() - middle)]);
                }
                Ok(Value::String(self.string_of(text, context)?))
            }
        }
    }

    #[inline(never)]
    fn concat(&self, lists: &'a [&'a Expr<'a>], env: &'a Env<'a>) -> Result<Value<'a>> {
        let values: Vec<_> = lists.iter().map(|list| self.eval(list, env)).collect::<Result<_>>()?;
        // As long as only one of the lists holds anything, it is the result.
        let mut result: Option<&'a List<'a>> = None;
        let (mut total, mut full) = (0, 0);
        for list in &values {
            let Value::List(list) = *list else { return Err(self.not_all_lists(lists, &values)) };
            total += list.items.len();
            if !list.items.is_empty() {
                full += 1;
                result = Some(list);
            }
        }
        match result {
            None => Ok(self.list_in(&[])),
            Some(list) if full == 1 => Ok(Value::List(list)),
            Some(_) => self.concatenated(total, &values),
        }
    }

    /// As [`joined`](Self::joined), for a first list to which more may be appended soon.
    fn concatenated(&self, total: usize, lists: &[Value<'a>]) -> Result<Value<'a>> {
        let Some((Value::List(left), rest)) = lists.split_first() else { return self.joined(total, lists) };
        if !Growing::<Value<'_>>::is_worth(left.items.len()) {
            return self.joined(total, lists);
        }
        let more = total - left.items.len();
        let needed = self.growing_lists.needs(left.items, more);
        self.check_memory(needed.saturating_mul(size_of::<Value<'_>>()))?;
        let parts = rest.iter().map(|list| match list {
            Value::List(list) => list.items,
            _ => &[],
        });
        Ok(self.list_in(self.growing_lists.append(self.arena, left.items, more, parts)))
    }

    /// A string with more text behind it, to which more may be appended soon.
    fn extended(
        &self,
        left: &'a NixString<'a>,
        text: Vec<u8>,
        mut context: Vec<crate::value::Context<'a>>,
    ) -> Result<Value<'a>> {
        self.check_memory(self.growing_strings.needs(left.text, text.len()))?;
        let all = self.growing_strings.append(self.arena, left.text, text.len(), [&*text].into_iter());
        if text.capacity() <= super::SCRATCH {
            self.scratch.set(text);
        }
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
    fn not_all_lists(&self, lists: &'a [&'a Expr<'a>], values: &[Value<'a>]) -> Error {
        // The last operator is applied first, to its left operand first.
        let last = lists.len() - 1;
        let order = (0..last).rev().take(1).chain([last]).chain((0..last).rev().skip(1));
        let wrong =
            order.map(|at| (lists[at], values[at])).find(|(_, value)| !matches!(value, Value::List(_)));
        let (expr, value) = wrong.unwrap_or((lists[0], values[0]));
        self.expected("a list", value, expr)
            .frame(Some(expr.span), "while evaluating one of the elements to concatenate")
    }

    fn eval_equal(
        &self,
        left: &'a Expr<'a>,
        right: &'a Expr<'a>,
        expr: &'a Expr<'a>,
        env: &'a Env<'a>,
    ) -> Result<bool> {
        match (self.eval(left, env)?, self.eval(right, env)?) {
            (Value::Int(left), Value::Int(right)) => Ok(left == right),
            (Value::String(left), Value::String(right)) => Ok(left.text == right.text),
            (left, right) => self.equal(left, right).map_err(|error| error.at(expr.span)),
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
    fn interpolation(&self, parts: &'a [Part<'a>], env: &'a Env<'a>) -> Result<Value<'a>> {
        let (mut text, mut context) = (self.scratch(), Vec::new());
        let mut origins = Vec::new();
        // A long string in front is not copied.
        let mut left = None;
        for (number, part) in parts.iter().enumerate() {
            let start = text.len();
            match part {
                Part::Literal(literal) => text.extend_from_slice(literal),
                Part::Expr(inner) => {
                    let value = self.eval(inner, env)?;
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
                        error.at(inner.span).frame(Some(inner.span), "while evaluating a path segment")
                    })?;
                    if self.tracing {
                        origins.push((origin, text.len() - start));
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

    #[inline(never)]
    fn path_interpolation(&self, parts: &'a [Part<'a>], env: &'a Env<'a>) -> Result<Value<'a>> {
        let (mut text, mut context) = (Vec::new(), Vec::new());
        for part in parts {
            match part {
                Part::Literal(literal) => text.extend_from_slice(literal),
                Part::Expr(inner) => {
                    let value = self.eval(inner, env)?;
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
        Value::Float(float) => float,
        _ => f64::NAN,
    }
}

/// The operand that is no number, else the operation.
fn operand_to_blame<'a>(
    left: &Expr<'a>,
    right: &Expr<'a>,
    left_value: Value<'a>,
    right_value: Value<'a>,
    expr: &Expr<'a>,
) -> launchnix_diagnostics::Span {
    let number = |value| matches!(value, Value::Int(_) | Value::Float(_));
    match (number(left_value), number(right_value)) {
        (true, false) => right.span,
        (false, true) => left.span,
        _ => expr.span,
    }
}

/// Names the variables by which a value comes to need itself.
#[cold]
fn in_cycle<'a>(error: Error, expr: &'a Expr<'a>) -> Error {
    if error.kind == ErrorKind::InfiniteRecursion {
        error.frame(Some(expr.span), "which needs this")
    } else {
        error
    }
}
