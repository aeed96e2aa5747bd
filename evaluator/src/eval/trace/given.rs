//! Strings that a built-in function gives of what was written elsewhere: names of attributes, and parts that `split` and
//! `match` cut out. All that one call gives share what tells where they come from, and only who asks has it found.

use std::cell::Cell;

use bumpalo::Bump;

use super::{Joined, Made, Parts};
use crate::eval::Evaluator;
use crate::ir::{Expr, ExprKind};
use crate::value::{Attr, Thunk, Value};

/// What tells where the strings come from that a call of a built-in function gives.
#[derive(Clone, Copy)]
pub(crate) enum Given<'a> {
    /// They are the names of these attributes, which are in the order of their symbols.
    Names(&'a [Attr<'a>]),
    /// They are parts of a string, and lie in its bytes.
    Parts { text: &'a [u8], origin: Option<Made<'a>> },
}

impl<'a> Given<'a> {
    /// Where the string of a thunk comes from.
    pub(super) fn made(&self, thunk: &'a Thunk<'a>, arena: &'a Bump) -> Made<'a> {
        let Value::String(string) = thunk.value.get() else { return Made::By(thunk.expr) };
        match *self {
            Self::Names(attributes) => {
                let find = |name| attributes.binary_search_by_key(&name, |attr| attr.name).ok();
                let known = string.symbol.get().and_then(find);
                known.map_or(Made::By(thunk.expr), |at| Made::Name(attributes[at].position))
            }
            Self::Parts { text, origin } => {
                let from = string.text.as_ptr().addr().saturating_sub(text.as_ptr().addr());
                let len = string.text.len();
                // A part of a part is one of the whole, or asking for its place would take as many steps as there are.
                let cut = match origin.and_then(Made::cut_out_of) {
                    Some(part) => Joined::cut(part.origin, part.from + from, len, part.whole),
                    None => Joined::cut(origin, from, len, text.len()),
                };
                let joined = arena.alloc([cut]);
                Made::Of(arena.alloc(Parts { span: thunk.expr.span, joined, is_cut: true }))
            }
        }
    }
}

impl<'a> Evaluator<'a> {
    /// What the strings share that the call gives which is being made; `None` without tracing.
    pub(crate) fn giving(&self, given: impl FnOnce() -> Given<'a>) -> Option<&'a Expr<'a>> {
        let expr = || Expr { kind: ExprKind::Given(given()), span: self.site.get().span };
        self.tracing.then(|| &*self.arena.alloc(expr()))
    }

    /// A string that is given.
    pub(crate) fn given(&self, string: Value<'a>, by: Option<&'a Expr<'a>>) -> Value<'a> {
        match by {
            Some(expr) => Value::Thunk(self.arena.alloc(Thunk { value: Cell::new(string), expr })),
            None => string,
        }
    }

    /// The name of an attribute, which is one of those that are given.
    #[inline]
    pub(crate) fn given_name(&self, attr: &Attr<'a>, by: Option<&'a Expr<'a>>) -> Value<'a> {
        self.given(self.name_string(attr.name), by.filter(|_| !attr.position.is_none()))
    }
}
