//! Calls that are made once for all who make them alike.
//!
//! Several systems that are evaluated side by side each call nixpkgs for their packages, most with the same arguments, and
//! what is known of a package set by then is most of what an evaluation is for. Such a call gives what it gave before. That
//! can be told from a call of its own by nothing but the time it takes: what a function gives depends on its argument alone.
//!
//! Arguments are alike where all that they hold is. Functions are where they are the same one, with the same scope; the
//! functions of a platform that nixpkgs describes follow from the rest of it, as nixpkgs has it (`lib.systems.equals`).

use std::path::Path;

use rustc_hash::FxHashSet;

use super::{Evaluator, Result};
use crate::builtins::Builtin;
use crate::symbol::well_known;
use crate::value::{Attrs, Partial, Value};

/// How many calls are kept.
const MAX_KEPT: usize = 16;
/// How many values an argument may hold to be compared.
const MAX_COMPARED: usize = 20_000;
/// How deep.
const MAX_DEPTH: usize = 100;

/// Calls a function, unless it was called alike before. Not one of the language's: it stands for the function.
pub(crate) static SHARED: Builtin = Builtin {
    name: "import",
    arity: 2,
    function: |evaluator, arguments| evaluator.shared_call(arguments[0], arguments[1]),
    passes_through: false,
    forces: &[],
};

/// A call that was made.
pub(crate) struct SharedCall<'a> {
    function: Value<'a>,
    argument: Value<'a>,
    result: Value<'a>,
}

impl<'a> Evaluator<'a> {
    /// From now on the function that a file holds gives what it gave before, where it is called with the same.
    pub fn share_calls(&self, path: &Path) -> Result<()> {
        let path = self.resolve_file(path)?;
        let function = self.file(&path)?;
        if matches!(function, Value::Closure(_)) {
            let args = self.arena.alloc_slice_copy(&[function]);
            let partial = self.arena.alloc(Partial { function: Value::Builtin(&SHARED), args });
            self.files.borrow_mut().insert(path, Value::Partial(partial));
        }
        Ok(())
    }

    /// The function that one stands for whose calls are shared.
    pub(crate) fn behind_shared(function: Value<'a>) -> Value<'a> {
        match function {
            Value::Partial(partial) => match (partial.function, partial.args) {
                (Value::Builtin(builtin), &[function]) if std::ptr::eq(builtin, &raw const SHARED) => {
                    function
                }
                _ => Value::Partial(partial),
            },
            other => other,
        }
    }

    fn shared_call(&self, function: Value<'a>, argument: Value<'a>) -> Result<Value<'a>> {
        let known: Vec<_> = {
            let calls = self.shared_calls.borrow();
            let same = calls.iter().filter(|call| is_same_function(call.function, function));
            same.map(|call| (call.argument, call.result)).collect()
        };
        if let Some((_, result)) = known.into_iter().find(|&(known, _)| self.are_alike(known, argument)) {
            return Ok(result);
        }
        let result = self.call(function, argument)?;
        let mut calls = self.shared_calls.borrow_mut();
        if calls.len() < MAX_KEPT {
            calls.push(SharedCall { function, argument, result });
        }
        Ok(result)
    }

    fn are_alike(&self, one: Value<'a>, other: Value<'a>) -> bool {
        let mut comparison = Likeness { evaluator: self, seen: FxHashSet::default() };
        comparison.is_alike(one, other, false, 0)
    }
}

fn is_same_function<'a>(one: Value<'a>, other: Value<'a>) -> bool {
    match (one, other) {
        (Value::Closure(one), Value::Closure(other)) => {
            std::ptr::eq(one.lambda, other.lambda) && one.env.is_same(other.env)
        }
        (Value::Builtin(one), Value::Builtin(other)) => std::ptr::eq(one, other),
        (Value::Partial(one), Value::Partial(other)) => std::ptr::eq(one, other),
        _ => false,
    }
}

/// A comparison of two values, which are taken to be alike until something is not.
struct Likeness<'e, 'a> {
    evaluator: &'e Evaluator<'a>,
    /// The sets and lists that were compared: by their addresses.
    seen: FxHashSet<(usize, usize)>,
}

impl<'a> Likeness<'_, 'a> {
    /// Whether two values are alike; in the description of a platform that is all but its functions.
    fn is_alike(&mut self, one: Value<'a>, other: Value<'a>, is_of_platform: bool, depth: usize) -> bool {
        // What cannot be evaluated is alike to nothing. Nobody is told: whoever needs it fails with it.
        let (Ok(one), Ok(other)) = (self.evaluator.force(one), self.evaluator.force(other)) else {
            return false;
        };
        match (one, other) {
            (Value::Null, Value::Null) => true,
            (Value::Bool(one), Value::Bool(other)) => one == other,
            (Value::Int(one), Value::Int(other)) => one == other,
            (Value::Float(one), Value::Float(other)) => one.get().to_bits() == other.get().to_bits(),
            (Value::Path(one), Value::Path(other)) => one.text == other.text,
            (Value::String(one), Value::String(other)) => {
                one.text == other.text && one.context == other.context
            }
            (Value::List(one), Value::List(other)) => {
                one.items.len() == other.items.len()
                    && self.inside(
                        std::ptr::from_ref(one).addr(),
                        std::ptr::from_ref(other).addr(),
                        depth,
                        |inner| {
                            let mut items = one.items.iter().zip(other.items);
                            items.all(|(&one, &other)| inner.is_alike(one, other, is_of_platform, depth + 1))
                        },
                    )
            }
            (Value::Attrs(one), Value::Attrs(other)) => {
                std::ptr::eq(one, other)
                    || self.inside(
                        std::ptr::from_ref(one).addr(),
                        std::ptr::from_ref(other).addr(),
                        depth,
                        |inner| inner.sets(one, other, is_of_platform, depth),
                    )
            }
            (Value::Closure(known), Value::Closure(found)) => {
                is_same_function(one, other) || is_of_platform && std::ptr::eq(known.lambda, found.lambda)
            }
            _ => is_same_function(one, other),
        }
    }

    /// Compares what two values hold, unless that was done, or there is too much of it.
    fn inside(
        &mut self,
        one: usize,
        other: usize,
        depth: usize,
        compare: impl FnOnce(&mut Self) -> bool,
    ) -> bool {
        if depth > MAX_DEPTH || self.seen.len() > MAX_COMPARED {
            return false;
        }
        !self.seen.insert((one, other)) || compare(self)
    }

    fn sets(&mut self, one: &'a Attrs<'a>, other: &'a Attrs<'a>, is_of_platform: bool, depth: usize) -> bool {
        let arena = self.evaluator.arena;
        // A package or a package set is nothing to look through.
        if one.len() != other.len() || one.get(well_known::DRV_PATH).is_some() {
            return false;
        }
        let is_of_platform = is_of_platform || self.is_platform(one) && self.is_platform(other);
        let entries = one.entries(arena).iter().zip(other.entries(arena));
        entries.into_iter().all(|(one, other)| {
            one.name == other.name && self.is_alike(one.value, other.value, is_of_platform, depth + 1)
        })
    }

    /// Whether a set describes a platform: then it was made of the name of one.
    fn is_platform(&self, attrs: &'a Attrs<'a>) -> bool {
        let e = self.evaluator;
        let get = |attrs: &'a Attrs<'a>, name: &str| Some(attrs.get(e.intern(name))?.value);
        let kind = || {
            let parsed = e.expect_attrs(get(attrs, "parsed")?).ok()?;
            e.expect_string(get(parsed, "_type")?).ok()
        };
        kind().is_some_and(|kind| kind.text == b"system")
    }
}
