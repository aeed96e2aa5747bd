//! What sets were made of by `//`, with tracing: which operand is what the user wrote for this set alone.

use std::cell::RefCell;

use launchnix_diagnostics::Span;
use rustc_hash::FxHashMap;

use super::Evaluator;
use super::trace::Made;
use crate::ir::Expr;
use crate::symbol::Symbol;
use crate::value::{Attr, Attrs, Value};

/// The operands of `//` by what it made of them.
#[derive(Default)]
pub(super) struct Updates<'a> {
    /// By the addresses of the sets.
    made: RefCell<FxHashMap<usize, Updated<'a>>>,
    /// For each `//`, by its address: the left operand that it had first, and whether it had others.
    operands: RefCell<FxHashMap<usize, (usize, bool)>>,
}

/// What a set was made of by `//`.
#[derive(Clone, Copy)]
struct Updated<'a> {
    by: &'a Expr<'a>,
    left: Operand<'a>,
    right: Operand<'a>,
}

/// An operand of `//`, and where it comes from.
pub(super) type Operand<'a> = (&'a Attrs<'a>, Option<Made<'a>>);

/// The operand that one set has for itself, beside what it has in common with others.
pub(super) struct Own {
    pub(super) own: Span,
    pub(super) common: Option<Span>,
}

fn address<T>(of: &T) -> usize {
    std::ptr::from_ref(of).addr()
}

impl<'a> Evaluator<'a> {
    /// Remembers what `//` made a set of.
    pub(super) fn note_update(
        &self,
        value: Value<'a>,
        by: &'a Expr<'a>,
        left: Operand<'a>,
        right: Operand<'a>,
    ) {
        let Value::Attrs(set) = value else { return };
        if std::ptr::eq(set, left.0) {
            return;
        }
        self.updates.made.borrow_mut().entry(address(set)).or_insert(Updated { by, left, right });
        let mut operands = self.updates.operands.borrow_mut();
        let (first, has_others) = operands.entry(address(by)).or_insert((address(left.0), false));
        *has_others |= *first != address(left.0);
    }

    /// The attribute that `//` replaced by the one that a set has of a name.
    pub fn replaced(&self, attrs: &Attrs<'a>, name: Symbol) -> Option<Attr<'a>> {
        self.updates.made.borrow().get(&address(attrs))?.left.0.get(name).copied()
    }

    /// Which operand of the `//` that made a set is the set's own: of `common // own` the right one, but of
    /// `row: row // { … }` the row.
    pub(super) fn own_part(&self, attrs: &Attrs<'a>) -> Option<Own> {
        /// Nobody writes more of them around each other.
        const DEEPEST: usize = 32;
        self.own_within(attrs, DEEPEST)
    }

    /// Where the user wrote a pair for `listToAttrs`: of `row // { … }` that a function makes of each row the row.
    pub(crate) fn place_of_pair(&self, pair: Value<'a>, attrs: &Attrs<'a>) -> Option<Span> {
        let place = self.place(pair)?;
        let own = self.own_part(attrs).map(|part| part.own);
        own.filter(|own| !place.contains(*own) && !self.is_library(*own)).or(Some(place))
    }

    fn own_within(&self, attrs: &Attrs<'a>, levels: usize) -> Option<Own> {
        let Updated { by, left, right } = *self.updates.made.borrow().get(&address(attrs))?;
        let place = |(_, made): Operand<'a>| Some(self.span_of(made?));
        let is_elsewhere =
            |operand| place(operand).is_some_and(|place| !by.span.contains(place) && !self.is_library(place));
        let varies = || self.updates.operands.borrow().get(&address(by)).is_some_and(|(_, others)| *others);
        let (own, common) = if is_elsewhere(right) || !is_elsewhere(left) || !varies() {
            (right, left)
        } else {
            (left, right)
        };
        let within = levels
            .checked_sub(1)
            .filter(|_| is_elsewhere(own))
            .and_then(|levels| self.own_within(own.0, levels));
        within.or_else(|| Some(Own { own: place(own)?, common: place(common) }))
    }
}
