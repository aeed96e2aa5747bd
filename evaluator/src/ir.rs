//! The intermediate representation that is evaluated.
//!
//! Made once per file from the syntax tree by [`lower`](crate::lower): names are interned, variables resolved to
//! slots, constants folded, and every node keeps its place in the source.

use std::cell::Cell;

use launchnix_diagnostics::Span;

use crate::eval::Given;
use crate::symbol::Symbol;
use crate::value::{Position, Value};

/// An expression and where it stands.
pub struct Expr<'a> {
    pub(crate) kind: ExprKind<'a>,
    pub(crate) span: Span,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Arithmetic {
    Sub,
    Mul,
    Div,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Comparison {
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

pub(crate) enum ExprKind<'a> {
    /// A value that is known before evaluation.
    Const(Value<'a>),
    /// What is not valid Nix, and has been reported.
    Broken,
    /// What a built-in function gives. Never evaluated: it says where its value comes from.
    Given(Given<'a>),
    /// A variable of the innermost scope.
    Local(u32),
    /// A variable `up` scopes further out.
    Outer {
        up: u32,
        slot: u32,
    },
    /// A name that only a `with` can provide: scopes to try, innermost first, as distances.
    Dynamic {
        name: Symbol,
        scopes: &'a [u32],
        /// Where the attribute was in the set that had it; see [`SelectOne`](Self::SelectOne).
        hint: Cell<u32>,
    },
    /// `base.name`, without a default.
    SelectOne {
        base: &'a Expr<'a>,
        name: Symbol,
        /// Where the attribute was in the last set, or [`NEVER`]: sets that come here are often of one shape.
        hint: Cell<u32>,
    },
    /// `base.a.${b}.c or default`
    Select {
        base: &'a Expr<'a>,
        path: &'a [AttrName<'a>],
        default: Option<&'a Expr<'a>>,
    },
    /// `base ? a.b`
    HasAttr {
        base: &'a Expr<'a>,
        path: &'a [AttrName<'a>],
    },
    /// A function.
    Lambda(&'a Lambda<'a>),
    /// `function a b c`
    Call {
        function: &'a Expr<'a>,
        args: &'a [Expr<'a>],
    },
    /// A scope of values that do not see each other: the sources of `inherit (…)`.
    Let {
        bindings: &'a [Expr<'a>],
        body: &'a Expr<'a>,
    },
    /// `let … in body`, where the bindings see each other.
    LetRec {
        set: &'a RecSet<'a>,
        body: &'a Expr<'a>,
    },
    /// As `LetRec`, where `let` is what a function does first: its bindings are in the function's own scope, from the
    /// slot `first` on.
    LetHere {
        set: &'a RecSet<'a>,
        first: u32,
        body: &'a Expr<'a>,
    },
    /// A set that is not recursive.
    Set(&'a Set<'a>),
    /// `rec { … }`: its attributes are the slots of a new scope, in the order of `attributes`.
    RecSet(&'a RecSet<'a>),
    /// `[ … ]`
    List(&'a [Expr<'a>]),
    /// `if condition then … else …`
    If {
        condition: &'a Expr<'a>,
        then: &'a Expr<'a>,
        otherwise: &'a Expr<'a>,
    },
    /// `assert condition; body`
    Assert {
        condition: &'a Expr<'a>,
        body: &'a Expr<'a>,
    },
    /// `with scope; body`
    With {
        scope: &'a Expr<'a>,
        body: &'a Expr<'a>,
    },
    Not(&'a Expr<'a>),
    Negate(&'a Expr<'a>),
    And(&'a Expr<'a>, &'a Expr<'a>),
    Or(&'a Expr<'a>, &'a Expr<'a>),
    Implies(&'a Expr<'a>, &'a Expr<'a>),
    Equal(&'a Expr<'a>, &'a Expr<'a>),
    NotEqual(&'a Expr<'a>, &'a Expr<'a>),
    Compare(Comparison, &'a Expr<'a>, &'a Expr<'a>),
    Add(&'a Expr<'a>, &'a Expr<'a>),
    Arithmetic(Arithmetic, &'a Expr<'a>, &'a Expr<'a>),
    Update(&'a Expr<'a>, &'a Expr<'a>),
    /// `a ++ b ++ …`, in one node so that a chain is copied once.
    Concat(&'a [&'a Expr<'a>]),
    /// A string with interpolations.
    Interpolation(&'a [Part<'a>]),
    /// A path with interpolations; the first part is the literal start, absolute already.
    PathInterpolation(&'a [Part<'a>]),
}

/// The place of an attribute that no set had so far.
pub(crate) const NEVER: u32 = u32::MAX;

impl<'a> ExprKind<'a> {
    /// `base.name`
    pub(crate) fn select_one(base: &'a Expr<'a>, name: Symbol) -> Self {
        Self::SelectOne { base, name, hint: Cell::new(NEVER) }
    }
}

/// One part of an interpolated string or path.
pub(crate) enum Part<'a> {
    Literal(&'a [u8]),
    Expr(&'a Expr<'a>),
}

/// One name in an attribute path.
pub(crate) enum AttrName<'a> {
    /// With a guess where it is; see [`SelectOne`](ExprKind::SelectOne).
    Static(Symbol, Span, Cell<u32>),
    Dynamic(&'a Expr<'a>),
}

/// One attribute of a set with a name that is known.
pub(crate) struct StaticAttr<'a> {
    pub(crate) name: Symbol,
    pub(crate) position: Position,
    pub(crate) value: Expr<'a>,
}

/// One attribute of a set whose name is computed.
pub(crate) struct DynamicAttr<'a> {
    pub(crate) name: Expr<'a>,
    pub(crate) position: Position,
    pub(crate) value: Expr<'a>,
}

pub(crate) struct Set<'a> {
    /// Sorted by symbol.
    pub(crate) attributes: &'a [StaticAttr<'a>],
    pub(crate) dynamic: &'a [DynamicAttr<'a>],
}

pub(crate) struct RecSet<'a> {
    /// Sorted by symbol; the position in this slice is the slot. A value that `inherit` takes from outside
    /// is marked, since it is looked up outside of the new scope.
    pub(crate) attributes: &'a [RecAttr<'a>],
    /// Sources of `inherit (…)`, in the slots after the attributes.
    pub(crate) hidden: &'a [Expr<'a>],
    pub(crate) dynamic: &'a [DynamicAttr<'a>],
    pub(crate) has_overrides: bool,
}

pub(crate) struct RecAttr<'a> {
    pub(crate) name: Symbol,
    pub(crate) position: Position,
    pub(crate) value: Expr<'a>,
    pub(crate) from_outside: bool,
}

/// A function.
pub struct Lambda<'a> {
    pub(crate) params: Params<'a>,
    pub(crate) body: &'a Expr<'a>,
    /// How many slots its scope has: those of the parameters, then those of [`ExprKind::LetHere`].
    pub(crate) slots: u32,
    /// What the function was bound to, for messages.
    pub(crate) name: Option<Symbol>,
    /// The whole function.
    pub(crate) span: Span,
    /// Where the functions inside start that are the results of calls with fewer arguments, from the one that is left
    /// after the first argument on.
    pub(crate) inner_starts: &'a [u32],
}

impl Lambda<'_> {
    /// Where the function starts that is left after so many arguments.
    pub(crate) fn start(&self, given: usize) -> u32 {
        let inner = given.checked_sub(1).and_then(|index| self.inner_starts.get(index));
        inner.copied().unwrap_or(self.span.start)
    }
}

pub(crate) enum Params<'a> {
    /// `a: b: …`, one slot each.
    Simple(&'a [Symbol]),
    /// `{ a, b ? 1, ... } @ whole`
    Pattern(&'a Pattern<'a>),
}

pub(crate) struct Pattern<'a> {
    /// Sorted by symbol.
    pub(crate) formals: &'a [Formal<'a>],
    pub(crate) ellipsis: bool,
    /// Slot of the whole argument, if it has a name.
    pub(crate) whole: Option<u32>,
    pub(crate) whole_name: Option<Symbol>,
}

pub(crate) struct Formal<'a> {
    pub(crate) name: Symbol,
    pub(crate) slot: u32,
    pub(crate) default: Option<Expr<'a>>,
    pub(crate) position: Position,
}

impl Params<'_> {
    pub(crate) fn arity(&self) -> usize {
        match self {
            Self::Simple(names) => names.len(),
            Self::Pattern(_) => 1,
        }
    }
}
