//! Calling functions.

use super::{Evaluator, Result, lossy, stack_overflow};
use crate::builtins::Builtin;
use launchnix_diagnostics::{Fault, Role, ValueType};

use crate::error::{Error, Failure};
use crate::ir::{Expr, Params, Pattern};
use crate::symbol::well_known;
use crate::value::{Closure, Env, Partial, Value};

/// What a call came to: a value, or a body that is evaluated next.
pub(super) enum Entered<'a> {
    Value(Value<'a>),
    Body(&'a Expr<'a>, Env<'a>),
}

/// A sensible number of arguments to hold without allocating.
const INLINE_ARGS: usize = 4;

impl<'a> Evaluator<'a> {
    /// Calls a function with one argument.
    pub fn call(&self, function: Value<'a>, argument: Value<'a>) -> Result<Value<'a>> {
        self.call_with(function, &[argument])
    }

    /// Calls a function with arguments, one after another.
    pub(crate) fn call_with(&self, function: Value<'a>, args: &[Value<'a>]) -> Result<Value<'a>> {
        let depth = self.call_depth.get();
        // The common call: a function of the language with just the arguments that it takes.
        if let Value::Closure(closure) = function
            && let Params::Simple(names) = &closure.lambda.params
            && names.len() == args.len()
        {
            self.count_call()?;
            let env = self.call_scope(closure, args, |&argument| argument);
            let result = self.eval(closure.lambda.body, env);
            self.spare_envs.give_back(env);
            self.call_depth.set(depth);
            return result;
        }
        let result = match self.enter(function, args) {
            Ok(Entered::Value(value)) => Ok(value),
            Ok(Entered::Body(body, env)) => {
                let result = self.eval(body, env);
                self.spare_envs.give_back(env);
                result
            }
            Err(error) => Err(error),
        };
        self.call_depth.set(depth);
        result
    }

    /// The scope of a call with these arguments.
    #[inline]
    fn call_scope<'s, T>(
        &self,
        closure: &Closure<'a>,
        args: &'s [T],
        mut value: impl FnMut(&'s T) -> Value<'a>,
    ) -> Env<'a> {
        let (slots, up) = (closure.lambda.slots as usize, closure.env);
        if let Some(env) = self.spare_envs.take(slots, up) {
            for (slot, argument) in env.slots().iter().zip(args) {
                slot.set(value(argument));
            }
            return env;
        }
        Env::of_call(self.arena, slots, |at| args.get(at).map_or(Value::Blackhole, &mut value), up)
    }

    /// The scope of a call, with nothing in it yet.
    #[inline]
    fn blank_scope(&self, slots: usize, up: Env<'a>) -> Env<'a> {
        if let Some(env) = self.spare_envs.take(slots, up) {
            for slot in env.slots() {
                slot.set(Value::Blackhole);
            }
            return env;
        }
        Env::of_call(self.arena, slots, |_| Value::Blackhole, up)
    }

    fn count_call(&self) -> Result<()> {
        let depth = self.call_depth.get() + 1;
        if depth > self.limits.call_depth {
            return Err(stack_overflow());
        }
        self.call_depth.set(depth);
        Ok(())
    }

    pub(super) fn enter_call(
        &self,
        function: &'a Expr<'a>,
        args: &'a [Expr<'a>],
        call: &'a Expr<'a>,
        env: Env<'a>,
    ) -> Result<Entered<'a>> {
        let function_value = self.eval(function, env)?;
        // The common call needs no intermediate slice: a closure takes its arguments into its scope.
        if let Value::Closure(closure) = function_value
            && let Params::Simple(names) = &closure.lambda.params
            && names.len() == args.len()
        {
            if let Err(error) = self.count_call() {
                return Err(self.in_call(error, function_value, call));
            }
            let scope = self.call_scope(closure, args, |argument| self.delay(argument, env));
            return Ok(Entered::Body(closure.lambda.body, scope));
        }
        self.enter_other(function_value, args, call, env)
    }

    /// Calls what is not a function of the language with just the arguments that it takes. Kept apart, since deep
    /// recursion is quicker in small frames.
    #[inline(never)]
    fn enter_other(
        &self,
        function: Value<'a>,
        args: &'a [Expr<'a>],
        call: &'a Expr<'a>,
        env: Env<'a>,
    ) -> Result<Entered<'a>> {
        let outer_site = self.site.replace(call);
        let entered = match function {
            Value::Closure(closure) => match &closure.lambda.params {
                Params::Pattern(pattern) if args.len() == 1 => {
                    let argument = self.delay(&args[0], env);
                    self.enter_pattern(closure, pattern, argument).map_err(|error| {
                        let error = self.blame_part(error, &args[0], env);
                        error.at(args[0].span).frame(Some(call.span), Role::CallSite)
                    })
                }
                _ => self.enter_delayed(function, args, env),
            },
            Value::Builtin(builtin)
                if usize::from(builtin.arity) == args.len() && args.len() <= INLINE_ARGS =>
            {
                self.count_call().and_then(|()| {
                    let given = self.arguments_of(builtin, args, env)?;
                    (builtin.function)(self, &given[..args.len()]).map(Entered::Value)
                })
            }
            _ => self.enter_delayed(function, args, env),
        };
        self.site.set(outer_site);
        match entered {
            Ok(Entered::Value(value)) => {
                if self.tracing {
                    self.note_call(function, call);
                }
                Ok(Entered::Value(value))
            }
            Ok(body) => Ok(body),
            Err(error) => {
                // What fails without a step on the way fails in this call.
                let is_direct = error.frames.iter().all(|frame| frame.role == Some(Role::Lacking));
                let error = self.blame_callee(error, call, env);
                let error = match args.last() {
                    Some(argument) if is_direct => {
                        let error = self.blame_sought(error, argument, call, env);
                        self.blame_part(error, argument, env)
                    }
                    _ => error,
                };
                Err(self.in_call(error, function, call))
            }
        }
    }

    /// The arguments of a built-in function: what it forces first is evaluated, the others are delayed.
    #[inline]
    fn arguments_of(
        &self,
        builtin: &Builtin,
        args: &'a [Expr<'a>],
        env: Env<'a>,
    ) -> Result<[Value<'a>; INLINE_ARGS]> {
        // What has no value yet is told by a black hole, which no argument is.
        let mut given = [Value::Blackhole; INLINE_ARGS];
        if self.eager.get() {
            for &(at, wanted) in builtin.forces {
                let value = self.eval(&args[usize::from(at)], env)?;
                given[usize::from(at)] = value;
                if !wanted.is_met_by(value) {
                    break;
                }
            }
        }
        for (slot, argument) in given.iter_mut().zip(args) {
            if matches!(slot, Value::Blackhole) {
                *slot = self.delay(argument, env);
            }
        }
        Ok(given)
    }

    #[inline(never)]
    fn enter_delayed(&self, function: Value<'a>, args: &'a [Expr<'a>], env: Env<'a>) -> Result<Entered<'a>> {
        if args.len() <= INLINE_ARGS {
            let mut delayed = [Value::Null; INLINE_ARGS];
            for (slot, argument) in delayed.iter_mut().zip(args) {
                *slot = self.delay(argument, env);
            }
            self.enter(function, &delayed[..args.len()])
        } else {
            let delayed: Vec<_> = args.iter().map(|argument| self.delay(argument, env)).collect();
            self.enter(function, &delayed)
        }
    }

    /// Gives a function its arguments, as many as there are.
    fn enter(&self, mut function: Value<'a>, mut args: &[Value<'a>]) -> Result<Entered<'a>> {
        loop {
            if args.is_empty() {
                return self.force(function).map(Entered::Value);
            }
            match self.force(function)? {
                Value::Closure(closure) => {
                    let arity = closure.lambda.params.arity();
                    if args.len() < arity {
                        return Ok(Entered::Value(self.partial(Value::Closure(closure), args)));
                    }
                    self.count_call()?;
                    let (now, later) = args.split_at(arity);
                    let entered = self.enter_closure(closure, now).map_err(|error| match args {
                        [argument, ..] => self.blame_argument(error, *argument),
                        [] => error,
                    })?;
                    if later.is_empty() {
                        return Ok(entered);
                    }
                    // What the arguments so far come to is evaluated before the next is given.
                    let depth = self.call_depth.get() - 1;
                    function = match entered {
                        Entered::Value(value) => value,
                        Entered::Body(body, env) => self.eval(body, env)?,
                    };
                    self.call_depth.set(depth);
                    args = later;
                }
                Value::Builtin(builtin) => {
                    let arity = usize::from(builtin.arity);
                    if args.len() < arity {
                        return Ok(Entered::Value(self.partial(Value::Builtin(builtin), args)));
                    }
                    self.count_call()?;
                    let (now, later) = args.split_at(arity);
                    let value = (builtin.function)(self, now)?;
                    if later.is_empty() {
                        return Ok(Entered::Value(value));
                    }
                    self.call_depth.set(self.call_depth.get() - 1);
                    function = value;
                    args = later;
                }
                Value::Partial(partial) => {
                    let (function_of_it, before) = (partial.function, partial.args);
                    let lacking = arity(function_of_it).saturating_sub(before.len());
                    if args.len() <= lacking {
                        return self.enter_joined(function_of_it, before, args);
                    }
                    // With all that follow, many arguments would be copied for each of them.
                    let (now, later) = args.split_at(lacking);
                    let depth = self.call_depth.get();
                    function = match self.enter_joined(function_of_it, before, now)? {
                        Entered::Value(value) => value,
                        Entered::Body(body, env) => self.eval(body, env)?,
                    };
                    self.call_depth.set(depth);
                    args = later;
                }
                Value::Attrs(attrs) => {
                    let Some(functor) = attrs.get(well_known::FUNCTOR) else {
                        return Err(self.not_a_function(Value::Attrs(attrs)));
                    };
                    let functor = self.force(functor.value)?;
                    // A functor `self: x: …` gets both at once, one that is a set itself what Nix gives it.
                    if !matches!(functor, Value::Attrs(_)) {
                        return self.enter_joined(functor, &[Value::Attrs(attrs)], args);
                    }
                    let (now, later) = args.split_at(1);
                    function = self.deeper(|| self.call_with(functor, &[Value::Attrs(attrs), now[0]]))?;
                    args = later;
                }
                other => return Err(self.not_a_function(other)),
            }
        }
    }

    /// Gives a function the arguments that it got before, and more.
    fn enter_joined(
        &self,
        function: Value<'a>,
        before: &[Value<'a>],
        args: &[Value<'a>],
    ) -> Result<Entered<'a>> {
        let count = before.len() + args.len();
        if count <= INLINE_ARGS {
            let mut joined = [Value::Null; INLINE_ARGS];
            joined[..before.len()].copy_from_slice(before);
            joined[before.len()..count].copy_from_slice(args);
            return self.enter(function, &joined[..count]);
        }
        self.enter(function, &[before, args].concat())
    }

    #[cold]
    fn not_a_function(&self, value: Value<'a>) -> Error {
        let shown = self.show_value(value);
        let what = value.describe();
        Failure::other(format!("attempt to call something which is not a function but {what}: {shown}"))
            .of(Fault::NoFunction(value.value_type()))
    }

    fn partial(&self, function: Value<'a>, args: &[Value<'a>]) -> Value<'a> {
        let args = self.arena.alloc_slice_copy(args);
        Value::Partial(self.arena.alloc(Partial { function, args }))
    }

    fn enter_closure(&self, closure: &'a Closure<'a>, args: &[Value<'a>]) -> Result<Entered<'a>> {
        match &closure.lambda.params {
            Params::Simple(_) => {
                let env = self.call_scope(closure, args, |&argument| argument);
                Ok(Entered::Body(closure.lambda.body, env))
            }
            Params::Pattern(pattern) => self.bind_pattern(closure, pattern, args[0]),
        }
    }

    fn enter_pattern(
        &self,
        closure: &'a Closure<'a>,
        pattern: &'a Pattern<'a>,
        argument: Value<'a>,
    ) -> Result<Entered<'a>> {
        self.count_call()?;
        self.bind_pattern(closure, pattern, argument)
    }

    fn bind_pattern(
        &self,
        closure: &'a Closure<'a>,
        pattern: &'a Pattern<'a>,
        argument: Value<'a>,
    ) -> Result<Entered<'a>> {
        let lambda = closure.lambda;
        let Value::Attrs(attrs) = self.force(argument)? else {
            let value = self.force(argument)?;
            return Err(self.type_error(ValueType::Set, value).frame(Some(lambda.span), Role::TakesSet));
        };
        let env = self.blank_scope(lambda.slots as usize, closure.env);
        let slots = env.slots();
        if let Some(whole) = pattern.whole {
            // The thunk rather than its value: it knows where it was written.
            slots[whole as usize].set(if self.tracing { argument } else { Value::Attrs(attrs) });
        }
        let mut taken = 0;
        let mut defaulted = false;
        for formal in pattern.formals {
            match attrs.get(formal.name) {
                Some(attr) => {
                    slots[formal.slot as usize].set(attr.value);
                    taken += 1;
                }
                None if formal.default.is_some() => defaulted = true,
                None => return Err(self.wrong_arguments(lambda, pattern, attrs, argument)),
            }
        }
        // Defaults see all arguments, so they come last.
        if defaulted {
            for formal in pattern.formals {
                let slot = &slots[formal.slot as usize];
                if let (Some(default), Value::Blackhole) = (&formal.default, slot.get())
                    && attrs.get(formal.name).is_none()
                {
                    slot.set(self.delay(default, env));
                }
            }
        }
        if !pattern.ellipsis && taken < attrs.len() {
            return Err(self.wrong_arguments(lambda, pattern, attrs, argument));
        }
        Ok(Entered::Body(lambda.body, env))
    }

    #[cold]
    fn in_call(&self, error: Error, function: Value<'a>, call: &'a Expr<'a>) -> Error {
        let message = match function {
            Value::Builtin(builtin) => format!("while calling the '{}' builtin", builtin.name),
            Value::Partial(Partial { function: Value::Builtin(builtin), .. }) => {
                format!("while calling the '{}' builtin", builtin.name)
            }
            Value::Closure(closure) => match closure.lambda.name {
                Some(name) => format!("while calling '{}'", lossy(self.symbols.name(name))),
                None => "while calling an anonymous function".to_owned(),
            },
            _ if error.is_no_function() => return error.at(call.span),
            _ => "while calling a function".to_owned(),
        };
        error.at(call.span).frame(Some(call.span), (Role::Call, message))
    }

    fn note_call(&self, function: Value<'a>, call: &'a Expr<'a>) {
        let builtin: Option<&Builtin> = match function {
            Value::Builtin(builtin) => Some(builtin),
            Value::Partial(Partial { function: Value::Builtin(builtin), .. }) => Some(builtin),
            _ => None,
        };
        if builtin.is_none_or(|builtin| !builtin.passes_through) {
            self.note_origin(call);
        }
    }
}

/// How many arguments a function takes that was called with fewer.
fn arity(function: Value<'_>) -> usize {
    match function {
        Value::Closure(closure) => closure.lambda.params.arity(),
        Value::Builtin(builtin) => usize::from(builtin.arity),
        _ => usize::MAX,
    }
}
