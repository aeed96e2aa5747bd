//! Evaluating what is delayed, to its outermost shape or wholly.

use super::{Evaluator, Result, infinite_recursion, lossy};
use crate::error::Error;
use crate::value::{Env, ItemCalls, Items, Thunk, Value};

impl<'a> Evaluator<'a> {
    /// Evaluates a value to its outermost shape.
    #[inline]
    pub fn force(&self, value: Value<'a>) -> Result<Value<'a>> {
        match value {
            Value::Thunk(thunk) => self.force_thunk(thunk),
            value => Ok(value),
        }
    }

    #[inline]
    pub(crate) fn force_thunk(&self, thunk: &'a Thunk<'a>) -> Result<Value<'a>> {
        match thunk.value.get() {
            Value::Pending(env) => self.force_pending(thunk, env),
            pending @ Value::PendingCall(&[function, argument]) => {
                self.force_call(thunk, pending, function, &[argument])
            }
            pending @ Value::PendingCall2(&[function, first, second]) => {
                self.force_call(thunk, pending, function, &[first, second])
            }
            pending @ Value::PendingItem(calls) => self.force_item(thunk, pending, calls),
            Value::Blackhole => Err(infinite_recursion().at(thunk.expr.span)),
            value => {
                if self.tracing {
                    self.recall_origin(thunk);
                }
                Ok(value)
            }
        }
    }

    fn force_pending(&self, thunk: &'a Thunk<'a>, env: Env<'a>) -> Result<Value<'a>> {
        thunk.value.set(Value::Blackhole);
        let result = self.eval_delayed(thunk.expr, env);
        self.settle(thunk, Value::Pending(env), result)
    }

    /// Keeps what became of a delayed value; where that failed, it is delayed again.
    #[inline(always)]
    #[expect(
        clippy::inline_always,
        reason = "every delayed value ends here, and a call takes as long as this"
    )]
    fn settle(
        &self,
        thunk: &'a Thunk<'a>,
        pending: Value<'a>,
        result: Result<Value<'a>>,
    ) -> Result<Value<'a>> {
        let Ok(value) = result else {
            thunk.value.set(pending);
            return result;
        };
        thunk.value.set(value);
        if self.tracing {
            self.record_origin(thunk);
        }
        Ok(value)
    }

    #[inline(never)]
    fn force_item(
        &self,
        thunk: &'a Thunk<'a>,
        pending: Value<'a>,
        calls: &'a ItemCalls<'a>,
    ) -> Result<Value<'a>> {
        let number = calls.number(thunk);
        match calls.items {
            Items::List(items) => self.force_call(thunk, pending, calls.function, &[items[number]]),
            Items::Numbers => {
                let number = Value::Int(i64::try_from(number).unwrap_or(i64::MAX));
                self.force_call(thunk, pending, calls.function, &[number])
            }
            Items::Attrs(attrs, names) => {
                let attr = attrs[number];
                let name = self.given_name(&attr, names);
                self.force_call(thunk, pending, calls.function, &[name, attr.value])
            }
        }
    }

    fn force_call(
        &self,
        thunk: &'a Thunk<'a>,
        pending: Value<'a>,
        function: Value<'a>,
        args: &[Value<'a>],
    ) -> Result<Value<'a>> {
        thunk.value.set(Value::Blackhole);
        let result = self.call_with(function, args);
        self.settle(thunk, pending, result)
    }

    /// Evaluates a value wholly: elements of lists and attributes too. Cyclic values are an error.
    pub fn force_deep(&self, value: Value<'a>) -> Result<Value<'a>> {
        let value = self.force(value)?;
        let mut seen = rustc_hash::FxHashSet::default();
        self.force_inside(value, &mut seen)?;
        Ok(value)
    }

    fn force_inside(&self, value: Value<'a>, seen: &mut rustc_hash::FxHashSet<usize>) -> Result<()> {
        match value {
            Value::List(list) if seen.insert(std::ptr::from_ref(list).addr()) => {
                for &item in list.items {
                    let item = self.force(item)?;
                    self.deeper(|| self.force_inside(item, seen))?;
                }
            }
            Value::Attrs(attrs) if seen.insert(std::ptr::from_ref(attrs).addr()) => {
                // In the order of symbols, as Nix has it: that of their first occurrence in the source.
                for attr in attrs.entries(self.arena) {
                    let deeper = |error: Error| {
                        let name = lossy(self.name(attr.name));
                        let message = format!("while evaluating the attribute '{name}'");
                        error.frame(self.key_span(attr.position), message)
                    };
                    let inner = self.force(attr.value).map_err(deeper)?;
                    self.deeper(|| self.force_inside(inner, seen)).map_err(deeper)?;
                }
            }
            _ => {}
        }
        Ok(())
    }
}
