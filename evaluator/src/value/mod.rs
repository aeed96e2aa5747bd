//! Values: small, `Copy`, and in an arena that is freed with the evaluation.
//!
//! A [`Value`] is 16 bytes: a tag and a number or a reference. Whatever is larger lives in the arena and never
//! moves. Delayed work is a [`Thunk`], forced at most once; all other values are immutable.

mod attrs;
mod env;
mod growing;
mod string;

use std::borrow::Cow;
use std::cell::Cell;

pub use attrs::{Attr, Attrs, Position};
pub(crate) use attrs::{AttrsBuilder, Merged};
pub use env::Env;
pub(crate) use env::SpareEnvs;
pub(crate) use growing::{Growing, Side};
pub use string::{Context, NixString};

use launchnix_diagnostics::ValueType;

use crate::builtins::Builtin;
use crate::ir::{Expr, Lambda};

/// A Nix value, evaluated to its outermost shape or delayed.
///
/// What it holds besides its kind is always one whole word that is no floating-point number. So a value travels in two
/// registers, and is written to memory as what is read from there again; a byte here and fifteen there have cost a
/// sixth of all time.
#[derive(Clone, Copy)]
pub enum Value<'a> {
    /// `null`
    Null,
    /// `true`, `false`
    Bool(Boolean),
    /// An integer.
    Int(i64),
    /// A floating-point number.
    Float(Real),
    /// A string with its context.
    String(&'a NixString<'a>),
    /// An absolute, canonical path.
    Path(&'a Path<'a>),
    /// A list.
    List(&'a List<'a>),
    /// An attribute set.
    Attrs(&'a Attrs<'a>),
    /// A function of the language.
    Closure(&'a Closure<'a>),
    /// A built-in function.
    Builtin(&'static Builtin),
    /// A function that has some, not yet all, of its arguments.
    Partial(&'a Partial<'a>),
    /// A value that is computed when it is needed.
    Thunk(&'a Thunk<'a>),
    /// Content of a thunk that was not forced yet: its expression waits in this environment.
    #[doc(hidden)]
    Pending(Env<'a>),
    /// Content of a thunk that was not forced yet: a call that a built-in function delayed, of a function with its
    /// argument.
    #[doc(hidden)]
    PendingCall(&'a [Value<'a>; 2]),
    /// As `PendingCall`, with two arguments.
    #[doc(hidden)]
    PendingCall2(&'a [Value<'a>; 3]),
    /// As `PendingCall`, for one of many calls that differ in nothing but the item. Which of them it is shows in where
    /// the thunk lies.
    #[doc(hidden)]
    PendingItem(&'a ItemCalls<'a>),
    /// Content of the slot of a `let` that nobody has needed yet: its expression, which the scope itself is for.
    /// Never anywhere else.
    #[doc(hidden)]
    Unmade(&'a Expr<'a>),
    /// Content of a thunk that is being forced, and of a slot that has no value yet.
    #[doc(hidden)]
    Blackhole,
}

/// A truth value that takes a whole word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u64)]
pub enum Boolean {
    /// `false`
    False,
    /// `true`
    True,
}

impl Boolean {
    /// The truth value.
    #[inline]
    pub const fn get(self) -> bool {
        matches!(self, Self::True)
    }
}

/// A floating-point number, by its bits.
#[derive(Clone, Copy, Debug)]
pub struct Real(u64);

impl Real {
    /// The number.
    #[inline]
    pub const fn get(self) -> f64 {
        f64::from_bits(self.0)
    }
}

/// A path value.
#[derive(Debug, PartialEq, Eq)]
pub struct Path<'a> {
    /// The bytes of the path; absolute, without `.`, `..` or doubled slashes.
    pub text: &'a [u8],
}

impl<'a> Path<'a> {
    /// The path as `toString` gives it. That of `<nix/fetchurl.nix>` lies outside of all directories.
    pub(crate) fn bare(&self) -> &'a [u8] {
        match self.text {
            b"<nix/fetchurl.nix>" => b"/fetchurl.nix",
            text => text,
        }
    }
}

/// A list's elements.
pub struct List<'a> {
    /// The elements, each possibly delayed.
    pub items: &'a [Value<'a>],
}

/// A function of the language with the environment it was made in.
pub struct Closure<'a> {
    pub(crate) lambda: &'a Lambda<'a>,
    pub(crate) env: Env<'a>,
}

/// A function and arguments that wait for more.
pub struct Partial<'a> {
    pub(crate) function: Value<'a>,
    pub(crate) args: &'a [Value<'a>],
}

/// A delayed value.
pub struct Thunk<'a> {
    /// The result, or one of the pending states.
    pub(crate) value: Cell<Value<'a>>,
    /// What is evaluated; kept after forcing, since it says where the value was written.
    pub(crate) expr: &'a Expr<'a>,
}

/// What a built-in function does to each of its items: a call that is delayed for each.
pub struct ItemCalls<'a> {
    pub(crate) function: Value<'a>,
    pub(crate) items: Items<'a>,
    /// The address of the first of the thunks, which lie one behind the other.
    pub(crate) first: Cell<usize>,
}

impl ItemCalls<'_> {
    /// The number of the item that a thunk of these calls is for.
    #[inline]
    pub(crate) fn number(&self, thunk: &Thunk<'_>) -> usize {
        (std::ptr::from_ref(thunk).addr() - self.first.get()) / size_of::<Thunk<'_>>()
    }
}

/// What the calls of [`ItemCalls`] get.
pub(crate) enum Items<'a> {
    /// An element each.
    List(&'a [Value<'a>]),
    /// A name and a value each; with tracing what tells where the names come from.
    Attrs(&'a [Attr<'a>], Option<&'a Expr<'a>>),
    /// The number of the call.
    Numbers,
}

impl Value<'_> {
    /// `true` or `false`.
    #[inline]
    pub const fn bool(value: bool) -> Self {
        Self::Bool(if value { Boolean::True } else { Boolean::False })
    }

    /// A floating-point number.
    #[inline]
    pub const fn float(value: f64) -> Self {
        Self::Float(Real(value.to_bits()))
    }

    /// What Nix calls a value of this type in messages, with its article.
    pub fn describe(&self) -> Cow<'static, str> {
        match self {
            Self::String(string) if !string.context.is_empty() => "a string with context".into(),
            Self::Builtin(builtin) if builtin.name != "derivation" => {
                format!("the built-in function '{}'", builtin.name).into()
            }
            Self::Partial(Partial { function: Value::Builtin(builtin), .. }) => {
                format!("the partially applied built-in function '{}'", builtin.name).into()
            }
            Self::PendingItem(_) => "a function application".into(),
            other => other.value_type().described().into(),
        }
    }

    /// Its type, for who says in other words what is wrong with it.
    pub fn value_type(&self) -> ValueType {
        match self {
            Self::Null => ValueType::Null,
            Self::Bool(_) => ValueType::Bool,
            Self::Int(_) => ValueType::Integer,
            Self::Float(_) => ValueType::Float,
            Self::String(_) => ValueType::String,
            Self::Path(_) => ValueType::Path,
            Self::List(_) => ValueType::List,
            Self::Attrs(_) => ValueType::Set,
            Self::Closure(_) | Self::Builtin(_) | Self::Partial(_) => ValueType::Function,
            Self::Thunk(_)
            | Self::Pending(_)
            | Self::PendingCall(_)
            | Self::PendingCall2(_)
            | Self::PendingItem(_)
            | Self::Unmade(_)
            | Self::Blackhole => ValueType::Unevaluated,
        }
    }

    /// What `builtins.typeOf` says.
    pub fn type_name(&self) -> &'static str {
        match self.value_type() {
            ValueType::Null => "null",
            ValueType::Bool => "bool",
            ValueType::Integer => "int",
            ValueType::Float => "float",
            ValueType::String => "string",
            ValueType::Path => "path",
            ValueType::List => "list",
            ValueType::Set => "set",
            ValueType::Function => "lambda",
            ValueType::Unevaluated => "thunk",
        }
    }

    /// Whether it is a function, and not merely a set that can be called.
    pub fn is_function(&self) -> bool {
        matches!(self, Self::Closure(_) | Self::Builtin(_) | Self::Partial(_))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_small() {
        assert_eq!(size_of::<Value<'_>>(), 16);
        assert_eq!(size_of::<Result<Value<'_>, Box<u64>>>(), 16);
        assert_eq!(size_of::<Thunk<'_>>(), 24);
        assert_eq!(size_of::<Attr<'_>>(), 24);
    }
}
