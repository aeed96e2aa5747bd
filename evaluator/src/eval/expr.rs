//! Evaluating expressions.

use std::cell::Cell;

use launchnix_diagnostics::{Fault, Role, ValueType};

use super::blame::lacking;
use super::decided::TailCall;
use super::operators::operand_to_blame;
use super::ready::{as_nix_delays, instead_of_thunk, ready};
use super::{Evaluator, Result};
use crate::error::{Error, ErrorKind, Failure};
use crate::ir::{Arithmetic, AttrName, Comparison, Expr, ExprKind, NEVER};
use crate::symbol::Symbol;
use crate::value::{Attr, Attrs, Closure, Env, Merged, Thunk, Value};

impl<'a> Evaluator<'a> {
    /// Evaluates an expression to its outermost shape.
    #[inline]
    pub(crate) fn eval(&self, expr: &'a Expr<'a>, env: Env<'a>) -> Result<Value<'a>> {
        // Half of all expressions are constants and variables that have their value already.
        if !self.tracing {
            if let Some(value) = ready(expr, env) {
                return Ok(value);
            }
            match &expr.kind {
                ExprKind::Local(_) | ExprKind::Outer { .. } => return self.eval_variable(expr, env),
                ExprKind::SelectOne { base, name, hint } => {
                    return self.eval_selection(base, *name, hint, expr, env);
                }
                _ => {}
            }
        }
        self.eval_nested(expr, env)
    }

    /// Evaluates what was delayed, which is no constant and rarely a variable.
    #[inline]
    pub(super) fn eval_delayed(&self, expr: &'a Expr<'a>, env: Env<'a>) -> Result<Value<'a>> {
        match expr.kind {
            ExprKind::SelectOne { .. } | ExprKind::Local(_) | ExprKind::Outer { .. } => self.eval(expr, env),
            _ => self.eval_nested(expr, env),
        }
    }

    /// Evaluates `base.name` by itself, which is as frequent as variables are and needs as little.
    #[inline(never)]
    fn eval_selection(
        &self,
        base: &'a Expr<'a>,
        name: Symbol,
        hint: &Cell<u32>,
        expr: &'a Expr<'a>,
        env: Env<'a>,
    ) -> Result<Value<'a>> {
        self.step()?;
        self.select_one(base, name, hint, expr, env)
    }

    /// Evaluates a variable whose value is delayed, which needs less than all else.
    #[inline(never)]
    fn eval_variable(&self, expr: &'a Expr<'a>, env: Env<'a>) -> Result<Value<'a>> {
        self.step()?;
        match &expr.kind {
            ExprKind::Local(slot) => self.force_slot(env, *slot, expr),
            ExprKind::Outer { up, slot } => self.force_slot(env.ancestor(*up), *slot, expr),
            _ => self.eval_nested(expr, env),
        }
    }

    fn eval_nested(&self, expr: &'a Expr<'a>, env: Env<'a>) -> Result<Value<'a>> {
        // Calls in tail position count as nested ones, as in Nix, though they take no stack.
        let depth = self.call_depth.get();
        let mut tail_call = None;
        let result = self.eval_loop(expr, env, &mut tail_call);
        self.call_depth.set(depth);
        result.map_err(|error| {
            let error = if error.open.is_some() { self.leaving(error, expr, env, tail_call) } else { error };
            match tail_call {
                Some(TailCall { call, .. }) => error.frame(Some(call.span), Role::Call),
                None => error,
            }
        })
    }

    #[expect(clippy::too_many_lines, reason = "one short arm for each kind of expression")]
    fn eval_loop(
        &self,
        mut expr: &'a Expr<'a>,
        mut env: Env<'a>,
        // The call in tail position that is being evaluated.
        tail_call: &mut Option<TailCall<'a>>,
    ) -> Result<Value<'a>> {
        loop {
            self.step()?;
            let value = match &expr.kind {
                ExprKind::Const(value) => *value,
                ExprKind::Broken | ExprKind::Given(_) => {
                    return Err(Failure::new(ErrorKind::Reported, "this part of the file is not valid Nix"));
                }
                ExprKind::Local(slot) => self.force_slot(env, *slot, expr)?,
                ExprKind::Outer { up, slot } => self.force_slot(env.ancestor(*up), *slot, expr)?,
                ExprKind::Dynamic { name, scopes, hint } => {
                    self.dynamic_variable(*name, scopes, hint, expr, env)?
                }
                ExprKind::SelectOne { base, name, hint } => self.select_one(base, *name, hint, expr, env)?,
                ExprKind::Select { base, path, default } => {
                    match self.select(base, path, default.is_some(), expr, env)? {
                        Some(value) => value,
                        None => {
                            expr = default.expect("a selection without default fails instead");
                            continue;
                        }
                    }
                }
                ExprKind::HasAttr { base, path } => Value::bool(self.has_attr(base, path, env)?),
                ExprKind::Lambda(lambda) => {
                    Value::Closure(self.arena.alloc(Closure { lambda, env: env.keep() }))
                }
                ExprKind::Call { function, args } => match self.enter_call(function, args, expr, env)? {
                    super::call::Entered::Value(value) => {
                        if let Some(TailCall { scope, .. }) = *tail_call {
                            self.spare_envs.give_back(scope);
                        }
                        return Ok(value);
                    }
                    super::call::Entered::Body(body, scope) => {
                        let entered = TailCall { call: expr, body, scope };
                        if let Some(TailCall { scope: ended, .. }) = tail_call.replace(entered) {
                            self.spare_envs.give_back(ended);
                        }
                        expr = body;
                        env = scope;
                        continue;
                    }
                },
                ExprKind::Let { bindings, body } => {
                    let scope = Env::inside(self.arena, bindings.len(), |_| Value::Blackhole, env);
                    for (slot, binding) in scope.slots().iter().zip(*bindings) {
                        slot.set(self.delay(binding, scope));
                    }
                    expr = body;
                    env = scope;
                    continue;
                }
                ExprKind::LetHere { set, first, body } => {
                    self.bind_here(set, *first, env);
                    expr = body;
                    continue;
                }
                ExprKind::LetRec { set, body } => {
                    env = self.let_scope(set, env);
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
                    env = Env::inside(self.arena, 1, |_| self.delay(scope, env), env);
                    expr = body;
                    continue;
                }
                ExprKind::Not(operand) => {
                    Value::bool(!self.eval_bool(operand, env, "in the argument of the not operator")?)
                }
                ExprKind::Negate(operand) => self.negate(operand, expr, env)?,
                ExprKind::And(left, right) => Value::bool(
                    self.eval_bool(left, env, "in the left operand of the AND (&&) operator")?
                        && self.eval_bool(right, env, "in the right operand of the AND (&&) operator")?,
                ),
                ExprKind::Or(left, right) => Value::bool(
                    self.eval_bool(left, env, "in the left operand of the OR (||) operator")?
                        || self.eval_bool(right, env, "in the right operand of the OR (||) operator")?,
                ),
                ExprKind::Implies(left, right) => Value::bool(
                    !self.eval_bool(left, env, "in the left operand of the IMPL (->) operator")?
                        || self.eval_bool(right, env, "in the right operand of the IMPL (->) operator")?,
                ),
                ExprKind::Equal(left, right) => Value::bool(self.eval_equal(left, right, expr, env)?),
                ExprKind::NotEqual(left, right) => Value::bool(!self.eval_equal(left, right, expr, env)?),
                ExprKind::Compare(comparison, left_operand, right_operand) => {
                    // `a > b` and `a <= b` are made of `b < a`, which has its operands evaluated in that order.
                    let (left, right) = match comparison {
                        Comparison::Less | Comparison::GreaterOrEqual => {
                            let left = self.eval(left_operand, env)?;
                            (left, self.eval(right_operand, env)?)
                        }
                        Comparison::Greater | Comparison::LessOrEqual => {
                            let right = self.eval(right_operand, env)?;
                            (self.eval(left_operand, env)?, right)
                        }
                    };
                    Value::bool(if let (Value::Int(left), Value::Int(right)) = (left, right) {
                        match comparison {
                            Comparison::Less => left < right,
                            Comparison::LessOrEqual => left <= right,
                            Comparison::Greater => left > right,
                            Comparison::GreaterOrEqual => left >= right,
                        }
                    } else {
                        self.comparison(*comparison, left, right).map_err(|error| {
                            match operand_to_blame(left_operand, right_operand, left, right) {
                                Some(operand) if error.span.is_none() => {
                                    self.blame_compared(error, operand, expr, env)
                                }
                                _ => error.at(expr.span),
                            }
                        })?
                    })
                }
                ExprKind::Add(left, right) => self.add(left, right, expr, env)?,
                ExprKind::Arithmetic(operation, left, right) => {
                    let left_value = self.eval(left, env)?;
                    let left_origin = self.operand(left);
                    let right_value = self.eval(right, env)?;
                    if self.tracing {
                        self.note_operands(expr, (left, left_origin), (right, self.operand(right)));
                    }
                    self.arithmetic(*operation, left_value, right_value).map_err(|error| {
                        match operand_to_blame(left, right, left_value, right_value) {
                            Some(operand) => self.blame_operand(error, operand, env),
                            None if *operation == Arithmetic::Div => {
                                self.blame_compared(error, right, expr, env)
                            }
                            None => error.at(expr.span),
                        }
                    })?
                }
                ExprKind::Update(left, right) => {
                    // Nix, too, looks at the right one first.
                    let (left_expr, right_expr) = (left, right);
                    let right =
                        self.eval_attrs(right, env, "in the right operand of the update (//) operator")?;
                    let right_origin = self.operand(right_expr);
                    let left =
                        self.eval_attrs(left, env, "in the left operand of the update (//) operator")?;
                    let value = self.updated(left, right);
                    if self.tracing {
                        let left_origin = self.operand(left_expr);
                        self.note_update(value, expr, (left, left_origin), (right, right_origin));
                        self.mark_updated(value, left, right);
                    }
                    value
                }
                ExprKind::Concat(lists) => self.concat(lists, env)?,
                ExprKind::Interpolation(parts) => self.interpolation(parts, env)?,
                ExprKind::PathInterpolation(parts) => self.path_interpolation(parts, env)?,
            };
            if self.tracing {
                self.note_origin(expr);
            }
            if let Some(TailCall { scope, .. }) = *tail_call {
                self.spare_envs.give_back(scope);
            }
            return Ok(value);
        }
    }

    /// Delays an expression, unless its value is there already.
    #[inline]
    pub(crate) fn delay(&self, expr: &'a Expr<'a>, env: Env<'a>) -> Value<'a> {
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
        match &expr.kind {
            ExprKind::Local(slot) => self.share_slot(env, *slot, expr, env),
            ExprKind::Outer { up, slot } => self.share_slot(env.ancestor(*up), *slot, expr, env),
            _ => self.delay_always(expr, env),
        }
    }

    /// Delays a variable that has no value yet, which `expr` names in `env`. That of a `let` gets its thunk now.
    #[inline(never)]
    fn share_slot(&self, scope: Env<'a>, slot: u32, expr: &'a Expr<'a>, env: Env<'a>) -> Value<'a> {
        let cell = scope.cell(slot);
        let Value::Unmade(binding) = cell.get() else { return self.delay_always(expr, env) };
        let value = match &binding.kind {
            ExprKind::Lambda(lambda) => {
                Value::Closure(self.arena.alloc(Closure { lambda, env: scope.keep() }))
            }
            _ if self.eager.get() => {
                instead_of_thunk(binding, scope).unwrap_or_else(|| self.delay_always(binding, scope))
            }
            _ => self.delay_always(binding, scope),
        };
        cell.set(value);
        value
    }

    #[inline]
    pub(crate) fn delay_always(&self, expr: &'a Expr<'a>, env: Env<'a>) -> Value<'a> {
        Value::Thunk(self.arena.alloc(Thunk { value: Cell::new(Value::Pending(env.keep())), expr }))
    }

    /// Evaluates a variable, which `expr` names.
    #[inline]
    fn force_slot(&self, scope: Env<'a>, slot: u32, expr: &'a Expr<'a>) -> Result<Value<'a>> {
        let cell = scope.cell(slot);
        let value = cell.get();
        self.forget_origin_of(value);
        match value {
            Value::Thunk(thunk) => self.force_thunk(thunk).map_err(|error| in_cycle(error, expr)),
            Value::Unmade(binding) => {
                // Whoever delays the variable meanwhile delays looking at the slot.
                cell.set(Value::Blackhole);
                let result = self.eval(binding, scope);
                cell.set(*result.as_ref().unwrap_or(&value));
                result.map_err(|error| in_cycle(error, expr))
            }
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
        hint: &Cell<u32>,
        expr: &'a Expr<'a>,
        env: Env<'a>,
    ) -> Result<Value<'a>> {
        for &up in scopes {
            let scope = env.ancestor(up).slot(0);
            let scope = self.force(scope)?;
            let Value::Attrs(attrs) = scope else {
                return Err(self
                    .type_error(ValueType::Set, scope)
                    .at(expr.span)
                    .frame(None, "while evaluating the first subexpression of a with expression"));
            };
            if let Some(attr) = attrs.get_near(name, hint) {
                self.forget_origin_of(attr.value);
                return self.force(attr.value);
            }
        }
        let unbound = self.unbound(name, scopes, env).at(expr.span);
        Err(self.unbound_here(unbound, name, scopes, hint.get() != NEVER, env))
    }

    // --- attribute sets -----------------------------------------------------------------------------------

    #[inline]
    fn select_one(
        &self,
        base: &'a Expr<'a>,
        name: Symbol,
        hint: &Cell<u32>,
        expr: &'a Expr<'a>,
        env: Env<'a>,
    ) -> Result<Value<'a>> {
        let base_value = self.eval(base, env)?;
        let Value::Attrs(attrs) = base_value else {
            return Err(self.expected(ValueType::Set, base_value, base, env));
        };
        let Some(attr) = attrs.get_near(name, hint) else {
            let missing = self.missing(name, attrs, expr);
            let is_known = hint.get() != NEVER;
            let made = self.made_elsewhere(base, env);
            return Err(if is_known {
                self.lacking_here(missing, name, attrs, made)
            } else {
                lacking(missing, made)
            });
        };
        self.forget_origin_of(attr.value);
        self.force(attr.value).map_err(|error| self.while_selecting(error, attr))
    }

    #[inline(never)]
    fn select(
        &self,
        base: &'a Expr<'a>,
        path: &'a [AttrName<'a>],
        has_default: bool,
        expr: &'a Expr<'a>,
        env: Env<'a>,
    ) -> Result<Option<Value<'a>>> {
        let mut value = self.eval(base, env)?;
        let mut from = Some(base);
        // What the last attribute holds, as it is in its set.
        let mut held = value;
        for name in path {
            let guess;
            let (symbol, hint) = match name {
                AttrName::Static(symbol, _, hint) => (*symbol, hint),
                AttrName::Dynamic(expr) => {
                    guess = Cell::new(NEVER);
                    (self.selected_name(expr, value, env)?, &guess)
                }
            };
            let Value::Attrs(attrs) = value else {
                if has_default {
                    return Ok(None);
                }
                return Err(match from {
                    Some(base) => self.expected(ValueType::Set, value, base, env),
                    None => self.type_error(ValueType::Set, value).at(expr.span),
                });
            };
            let Some(attr) = attrs.get_near(symbol, hint) else {
                if has_default {
                    return Ok(None);
                }
                let mut missing = self.missing(symbol, attrs, expr);
                if let AttrName::Dynamic(written) = name
                    && let Some(made) = self.made_elsewhere(written, env)
                {
                    missing = missing.named_at(made);
                }
                let made = match from {
                    Some(base) => self.made_elsewhere(base, env),
                    None => self.written_outside(held, expr),
                };
                return Err(if hint.get() == NEVER {
                    lacking(missing, made)
                } else {
                    self.lacking_here(missing, symbol, attrs, made)
                });
            };
            held = attr.value;
            self.forget_origin_of(attr.value);
            value = self.force(attr.value).map_err(|error| self.while_selecting(error, attr))?;
            from = None;
        }
        Ok(Some(value))
    }

    #[inline(never)]
    fn has_attr(&self, base: &'a Expr<'a>, path: &'a [AttrName<'a>], env: Env<'a>) -> Result<bool> {
        let mut value = self.eval(base, env)?;
        let last = path.len().saturating_sub(1);
        for (index, name) in path.iter().enumerate() {
            let Value::Attrs(attrs) = value else {
                // The name is looked at nevertheless.
                if let AttrName::Dynamic(expr) = name {
                    self.selected_name(expr, value, env)?;
                }
                return Ok(false);
            };
            let found = match name {
                AttrName::Static(symbol, _, hint) => attrs.get_near(*symbol, hint),
                AttrName::Dynamic(expr) => attrs.get(self.selected_name(expr, value, env)?),
            };
            let Some(attr) = found else { return Ok(false) };
            if index < last {
                value = self.force(attr.value)?;
            }
        }
        Ok(true)
    }

    /// The name that an expression gives of an attribute of a set.
    fn selected_name(&self, expr: &'a Expr<'a>, set: Value<'a>, env: Env<'a>) -> Result<Symbol> {
        let value = self.eval(expr, env)?;
        let name = self.expect_name(value).map_err(|error| self.is_no_name(error, value, set, expr, env))?;
        Ok(self.symbol_of(name))
    }

    pub(super) fn missing(&self, name: Symbol, attrs: &'a Attrs<'a>, expr: &'a Expr<'a>) -> Error {
        if self.is_incomplete(attrs) {
            return Failure::new(ErrorKind::Reported, "this may be what was left out");
        }
        let name = self.symbols.name(name);
        let mut error = Failure::missing_attribute(name).at(expr.span);
        let name = super::lossy(name);
        let names = attrs.entries(self.arena).iter().map(|attr| self.symbols.name(attr.name));
        error.help = match crate::suggest::meant(&name, names, self.settings.synonyms) {
            Some(similar) => Some(format!("Did you mean {similar}?")),
            None => self.names_in(attrs),
        };
        error
    }

    /// Says which attributes there are, if they are few.
    fn names_in(&self, attrs: &'a Attrs<'a>) -> Option<String> {
        const FEW: usize = 8;
        if attrs.len() > FEW {
            return None;
        }
        let names: Vec<_> =
            self.sorted(attrs).into_iter().map(|(name, _)| format!("`{}`", super::lossy(name))).collect();
        match names.split_last()? {
            (last, []) => Some(format!("the only attribute is {last}")),
            (last, others) => Some(format!("the attributes are {} and {last}", others.join(", "))),
        }
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

    fn eval_attrs(&self, expr: &'a Expr<'a>, env: Env<'a>, what: &str) -> Result<&'a Attrs<'a>> {
        match self.eval(expr, env)? {
            Value::Attrs(attrs) => Ok(attrs),
            value => Err(self.expected(ValueType::Set, value, expr, env).frame(Some(expr.span), what)),
        }
    }

    // --- operators ----------------------------------------------------------------------------------------

    #[inline]
    fn eval_bool(&self, expr: &'a Expr<'a>, env: Env<'a>, what: &str) -> Result<bool> {
        match self.eval(expr, env)? {
            Value::Bool(value) => Ok(value.get()),
            value => Err(self.expected(ValueType::Bool, value, expr, env).frame(Some(expr.span), what)),
        }
    }

    #[cold]
    pub(crate) fn type_error(&self, needed: ValueType, found: Value<'a>) -> Error {
        let (expected, what, shown) = (needed.described(), found.describe(), self.show_value(found));
        Failure::other(format!("expected {expected} but found {what}: {shown}"))
            .of(Fault::WrongType { needed, found: found.value_type() })
    }

    #[cold]
    pub(super) fn expected(
        &self,
        needed: ValueType,
        found: Value<'a>,
        expr: &'a Expr<'a>,
        env: Env<'a>,
    ) -> Error {
        self.blame_operand(self.type_error(needed, found), expr, env)
    }

    #[cold]
    fn assertion_failed(&self, condition: &'a Expr<'a>, expr: &'a Expr<'a>, env: Env<'a>) -> Error {
        if let ExprKind::Equal(left, right) = condition.kind
            && let Err(error) = self.assert_operands_equal(left, right, env)
        {
            let mut error = error.at(condition.span);
            for operand in [left, right] {
                if let Some(made) = self.made_elsewhere(operand, env) {
                    error = error.frame(Some(made), Role::Value);
                }
            }
            let error = self.decide_assertion(error, condition, env);
            return error.frame(Some(expr.span), "while evaluating this assertion");
        }
        let file = self.source_map.borrow().get(condition.span.source).name().to_owned();
        let text = self.shown(condition, crate::path::directory(file.as_bytes()));
        let message = format!("assertion '{}' failed", super::lossy(&text));
        let mut error = Failure::new(ErrorKind::Thrown, message).of(Fault::FailedAssertion).at(expr.span);
        if let ExprKind::Compare(_, left, right) | ExprKind::NotEqual(left, right) = condition.kind {
            for operand in [left, right] {
                if let Some(made) = self.made_elsewhere(operand, env) {
                    error = error.frame(Some(made), Role::Value);
                }
            }
        }
        self.decide_assertion(error, condition, env)
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
