//! Building attribute sets.

use std::cell::Cell;

use launchnix_diagnostics::{Role, Span, ValueType};

use super::{Evaluator, Result, lossy};
use crate::error::{Error, ErrorKind, Failure};
use crate::ir::{DynamicAttr, Expr, ExprKind, RecSet, Set};
use crate::symbol::{Symbol, well_known};
use crate::value::{Attr, Attrs, Env, Merged, Value};

impl<'a> Evaluator<'a> {
    #[inline(never)]
    pub(super) fn plain_set(&self, set: &'a Set<'a>, env: Env<'a>) -> Result<Value<'a>> {
        let entries = self.arena.alloc_slice_fill_iter(set.attributes.iter().map(|attribute| Attr {
            name: attribute.name,
            position: attribute.position,
            value: self.delay(&attribute.value, env),
        }));
        let attrs: &'a Attrs<'a> = self.arena.alloc(Attrs::from_sorted(entries));
        self.with_dynamic(attrs, set.dynamic, env)
    }

    /// The scope of `let`.
    pub(super) fn let_scope(&self, set: &'a RecSet<'a>, outer: Env<'a>) -> Env<'a> {
        let count = set.attributes.len() + set.hidden.len();
        let env = Env::inside(self.arena, count, |_| Value::Blackhole, outer);
        self.bind_lazily(set, env.slots(), env, outer);
        env
    }

    /// Binds what `let` binds in the scope of a function.
    pub(super) fn bind_here(&self, set: &'a RecSet<'a>, first: u32, env: Env<'a>) {
        let first = first as usize;
        let count = set.attributes.len() + set.hidden.len();
        self.bind_lazily(set, &env.slots()[first..first + count], env, env);
    }

    /// Nothing is made before it is needed, not even a thunk, where nobody asks how Nix delays it or where values come
    /// from.
    #[inline(never)]
    fn bind_lazily(&self, set: &'a RecSet<'a>, slots: &[Cell<Value<'a>>], env: Env<'a>, outer: Env<'a>) {
        if !self.eager.get() {
            return self.bind(set, slots, env, outer);
        }
        let (attributes, hidden) = slots.split_at(set.attributes.len());
        for (slot, source) in hidden.iter().zip(set.hidden) {
            slot.set(unmade(source));
        }
        for (slot, attribute) in attributes.iter().zip(set.attributes) {
            slot.set(if attribute.from_outside {
                self.delay(&attribute.value, outer)
            } else {
                unmade(&attribute.value)
            });
        }
    }

    /// The scope of `rec { … }`: a slot for each binding, then the sources of `inherit (…)`.
    fn recursive_scope(&self, set: &'a RecSet<'a>, outer: Env<'a>) -> Env<'a> {
        let count = set.attributes.len() + set.hidden.len();
        let env = Env::inside(self.arena, count, |_| Value::Blackhole, outer);
        self.bind(set, env.slots(), env, outer);
        env
    }

    /// Delays all bindings, each in its slot.
    fn bind(&self, set: &'a RecSet<'a>, slots: &[Cell<Value<'a>>], env: Env<'a>, outer: Env<'a>) {
        let (attributes, hidden) = slots.split_at(set.attributes.len());
        for slot in slots {
            slot.set(Value::Blackhole);
        }
        for (slot, source) in hidden.iter().zip(set.hidden) {
            slot.set(self.delay(source, env));
        }
        for (slot, attribute) in attributes.iter().zip(set.attributes) {
            let scope = if attribute.from_outside { outer } else { env };
            // What is overridden later must not be looked at now, not even as a variable.
            let value = if set.has_overrides {
                self.delay_always(&attribute.value, scope)
            } else {
                self.delay(&attribute.value, scope)
            };
            slot.set(value);
        }
    }

    #[inline(never)]
    pub(super) fn recursive_set(&self, set: &'a RecSet<'a>, outer: Env<'a>) -> Result<Value<'a>> {
        let env = self.recursive_scope(set, outer);
        let entry = |(attribute, slot): (&crate::ir::RecAttr<'a>, &Cell<Value<'a>>)| Attr {
            name: attribute.name,
            position: attribute.position,
            value: slot.get(),
        };
        let entries = self.arena.alloc_slice_fill_iter(set.attributes.iter().zip(env.slots()).map(entry));
        let mut attrs: &'a Attrs<'a> = self.arena.alloc(Attrs::from_sorted(entries));
        if set.has_overrides {
            attrs = self.apply_overrides(attrs, set, env)?;
        }
        self.with_dynamic(attrs, set.dynamic, env)
    }

    /// `__overrides` replaces attributes, also where the others see them.
    fn apply_overrides(
        &self,
        attrs: &'a Attrs<'a>,
        set: &'a RecSet<'a>,
        env: Env<'a>,
    ) -> Result<&'a Attrs<'a>> {
        let Some(attr) = attrs.get(well_known::OVERRIDES) else { return Ok(attrs) };
        let overrides = match self.force(attr.value)? {
            Value::Attrs(overrides) => overrides,
            other => {
                return Err(self
                    .type_error(ValueType::Set, other)
                    .frame(None, "while evaluating the `__overrides` attribute"));
            }
        };
        for (slot, attribute) in env.slots().iter().zip(set.attributes) {
            if let Some(replacement) = overrides.get(attribute.name) {
                slot.set(replacement.value);
            }
        }
        Ok(match attrs.update(self.arena, overrides) {
            Merged::Same(attrs) => attrs,
            Merged::New(attrs) => self.arena.alloc(attrs),
        })
    }

    fn with_dynamic(
        &self,
        attrs: &'a Attrs<'a>,
        dynamic: &'a [DynamicAttr<'a>],
        env: Env<'a>,
    ) -> Result<Value<'a>> {
        if dynamic.is_empty() {
            return Ok(Value::Attrs(attrs));
        }
        let mut entries = attrs.entries(self.arena).to_vec();
        let mut is_incomplete = false;
        for attribute in dynamic {
            let span = attribute.name.span;
            let given = self.eval(&attribute.name, env);
            let made = self.take_origin();
            let name = match given.and_then(|name| self.dynamic_name(name, span)) {
                // `${null} = …` is left out.
                Ok(None) => continue,
                Ok(Some(name)) => name,
                Err(error) => {
                    let name = self.delay_always(&attribute.name, env);
                    self.leave_out(error, name, Self::fail_by_name, "")?;
                    is_incomplete = true;
                    continue;
                }
            };
            if let Some(earlier) = entries.iter().find(|attr| attr.name == name) {
                let mut message =
                    format!("dynamic attribute '{}' already defined", lossy(self.symbols.name(name)));
                let first = self.set_at(earlier.position);
                // In Nix's words where nobody sees the place.
                if let Some(span) = first.filter(|_| !self.settings.recover) {
                    let (file, line, column) = self.line_column(span);
                    message = format!("{message} at {file}:{line}:{column}");
                }
                let mut error = Failure::new(ErrorKind::Other, message).at(attribute.name.span);
                if let Some(span) = first {
                    error = error
                        .frame(Some(span), "first defined here")
                        .with_help("name one of the two differently");
                }
                self.leave_out_doubled(error)?;
                is_incomplete = true;
                continue;
            }
            let position = match made {
                Some(made) if !made.is_written_at(span, self.symbols.name(name).len()) => {
                    self.named_by(name, Some(made), attribute.position)
                }
                _ => attribute.position,
            };
            let value = self.delay(&attribute.value, env);
            entries.push(Attr { name, position, value });
        }
        entries.sort_unstable_by_key(|attr| attr.name);
        let entries = self.arena.alloc_slice_copy(&entries);
        let value = Value::Attrs(self.arena.alloc(Attrs::from_sorted(entries)));
        if is_incomplete {
            self.mark_incomplete(value);
        }
        Ok(value)
    }

    /// The name of a dynamic attribute; `None` where there shall be none.
    fn dynamic_name(&self, name: Value<'a>, span: Span) -> Result<Option<Symbol>> {
        match name {
            Value::Null => Ok(None),
            value @ Value::String(_) => {
                let name = self.expect_name(value).map_err(|error| error.at(span))?;
                Ok(Some(self.symbol_of(name)))
            }
            other => Err(self
                .type_error(ValueType::String, other)
                .at(span)
                .frame(Some(span), "while evaluating the name of a dynamic attribute")),
        }
    }

    /// Fails as the name of a dynamic attribute did.
    fn fail_by_name(&self, name: Value<'a>) -> Result<()> {
        let Value::Thunk(thunk) = name else { return Ok(()) };
        let written = thunk.expr.span;
        let result = self.dynamic_name(self.force(name)?, written).map(drop);
        result.map_err(|error| match self.place(name) {
            Some(made) if !written.contains(made) => error.frame(Some(made), Role::Value),
            _ => error,
        })
    }

    /// A name that is bound neither around nor in a set of `with`.
    #[cold]
    pub(super) fn unbound(&self, name: Symbol, scopes: &[u32], env: Env<'a>) -> Error {
        let name = lossy(self.symbols.name(name)).into_owned();
        let mut error = Failure::new(ErrorKind::Unbound, format!("undefined variable '{name}'"));
        let mut known: Vec<&[u8]> = Vec::new();
        for &up in scopes {
            if let Ok(Value::Attrs(attrs)) = self.force(env.ancestor(up).slot(0)) {
                known.extend(self.sorted(attrs).into_iter().map(|(name, _)| name));
            }
        }
        for name in crate::builtins::globals() {
            known.push(name.as_bytes());
        }
        if let Some(similar) = crate::suggest::closest(&name, known.into_iter()) {
            error.help = Some(format!("did you mean `{similar}`?"));
        }
        error
    }
}

/// What the slot of a `let` holds at first.
#[inline]
fn unmade<'a>(binding: &'a Expr<'a>) -> Value<'a> {
    match binding.kind {
        ExprKind::Const(value) => value,
        _ => Value::Unmade(binding),
    }
}
