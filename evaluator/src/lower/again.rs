//! What is bound twice.

use launchnix_diagnostics::Span;

use crate::symbol::Symbol;

/// A name that is bound a second time.
pub(super) struct Again {
    /// The attribute path to it.
    pub(super) names: Vec<Symbol>,
    pub(super) key: Span,
    /// Where it was bound first.
    pub(super) earlier: Span,
    /// Whether it is a set with several attributes that the first one has, too.
    pub(super) is_copy: bool,
}

/// What a set binds again of another one that it is merged with.
pub(super) struct BoundAgain {
    pub(super) each: Vec<Again>,
    /// How many of its attributes are in the other set as well.
    pub(super) count: usize,
    /// How many attributes it has.
    pub(super) of: usize,
}

impl BoundAgain {
    /// Whether the set is not there to add something to the other one: it is another thing of the same name.
    pub(super) fn is_copy(&self) -> bool {
        self.count > 1 || self.count == self.of && self.of > 0
    }

    /// What is to be told: each attribute that is bound again, as Nix does it, or the set as a whole.
    pub(super) fn told(self, whole: Again, recovers: bool) -> Vec<Again> {
        if recovers && self.is_copy() { vec![Again { is_copy: true, ..whole }] } else { self.each }
    }
}
