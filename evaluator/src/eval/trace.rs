//! Where values come from.
//!
//! With [`Settings::tracing`](crate::Settings) every value that is bound, passed or put into a container stays in
//! a thunk, and each thunk remembers the origin of its value: the literal or operation that made it, and the
//! variables and selections that it went through. Without it none of this costs anything.

mod places;
mod text;

use std::cell::Cell;

use launchnix_diagnostics::Span;
use rustc_hash::FxHashMap;

pub use text::Segment;
pub(crate) use text::TextPlaces;

use super::Evaluator;
use crate::ir::{Expr, ExprKind};
use crate::value::{Thunk, Value};

/// Where a value was made, and what it went through.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin {
    /// The literal, or the expression that computed the value.
    pub span: Span,
    /// Variables and selections on its way, innermost first.
    pub route: Vec<Span>,
    /// For a string: which bytes were written where, in order.
    pub segments: Vec<Segment>,
}

/// Steps of a route that are kept.
const MAX_ROUTE: usize = 8;

/// Where a value was made, and what it went through. Most values were just made by an expression.
#[derive(Clone, Copy)]
pub(crate) enum Made<'a> {
    /// By an expression, of nothing that has an origin of its own.
    By(&'a Expr<'a>),
    /// By an expression, of parts that have origins.
    Of(&'a Parts<'a>),
    /// The text of a file.
    Text(&'a Span),
    /// Elsewhere, and passed on.
    Through(&'a Step<'a>),
}

/// A string that was made of parts.
pub(crate) struct Parts<'a> {
    span: Span,
    joined: &'a [Joined<'a>],
}

/// A variable or a selection that a value went through.
pub(crate) struct Step<'a> {
    of: Made<'a>,
    span: Span,
    /// How many steps there were, with this one.
    length: usize,
    /// Whether another value was computed from it there.
    computes: bool,
}

impl<'a> Made<'a> {
    /// Whether it was made by this expression and there is no more to say of it.
    fn is_just_by(self, expr: &Expr<'_>) -> bool {
        matches!(self, Self::By(by) if by.span == expr.span)
    }

    /// Without the steps.
    fn first(self) -> Self {
        let mut made = self;
        while let Self::Through(step) = made {
            made = step.of;
        }
        made
    }

    pub(super) fn span(self) -> Span {
        match self.first() {
            Self::By(expr) => expr.span,
            Self::Of(parts) => parts.span,
            Self::Text(&span) => span,
            Self::Through(step) => step.span,
        }
    }

    fn length(self) -> usize {
        match self {
            Self::Through(step) => step.length,
            _ => 0,
        }
    }

    fn joined(self) -> Option<&'a [Joined<'a>]> {
        match self.first() {
            Self::Of(parts) => Some(parts.joined),
            _ => None,
        }
    }

    /// The steps, outermost first.
    fn steps(self) -> impl Iterator<Item = &'a Step<'a>> {
        let step = |made| match made {
            Self::Through(step) => Some(step),
            _ => None,
        };
        std::iter::successors(step(self), move |outer| step(outer.of))
    }

    /// What the value went through, innermost first; of `a.b.c` only the whole.
    fn route(self) -> Vec<Span> {
        let mut route: Vec<Span> = Vec::new();
        let mut made = self;
        while let Self::Through(step) = made {
            let within = |outer: &Span| {
                outer.source == step.span.source
                    && outer.start <= step.span.start
                    && step.span.end <= outer.end
            };
            if !route.last().is_some_and(within) {
                route.push(step.span);
            }
            made = step.of;
        }
        route.reverse();
        route
    }
}

/// A part of a string.
#[derive(Clone, Copy)]
pub(crate) struct Joined<'a> {
    origin: Option<Made<'a>>,
    len: usize,
    /// Which bytes it is of the string that has the origin.
    from: usize,
    /// Length of that string.
    whole: usize,
}

impl<'a> Joined<'a> {
    /// A whole string.
    pub(crate) fn whole(origin: Option<Made<'a>>, len: usize) -> Self {
        Self { origin, len, from: 0, whole: len }
    }

    /// So many bytes of a string of a length, from one on.
    pub(crate) fn cut(origin: Option<Made<'a>>, from: usize, len: usize, whole: usize) -> Self {
        Self { origin, len, from, whole }
    }
}

/// The origin of what was computed last.
#[derive(Clone, Copy, Default)]
enum Last<'a> {
    #[default]
    Unknown,
    Made(Made<'a>),
    /// That of a delayed value, which hardly anybody asks for.
    Thunk(&'a Thunk<'a>),
}

/// Origins of thunks, and of the value that was computed last.
#[derive(Default)]
pub(super) struct Origins<'a> {
    /// What is not in here was made by the thunk's own expression, as most things that stand in a file are.
    by_thunk: FxHashMap<usize, Option<Made<'a>>>,
    last: Last<'a>,
    /// Parts of the string that is being made.
    joined: Option<&'a [Joined<'a>]>,
    /// The one number that a result is computed from, with the expression that does so.
    operand: Option<(&'a Expr<'a>, Made<'a>)>,
}

impl<'a> Origins<'a> {
    fn of(&self, thunk: &'a Thunk<'a>) -> Option<Made<'a>> {
        let known = self.by_thunk.get(&std::ptr::from_ref(thunk).addr()).copied();
        known.unwrap_or(Some(Made::By(thunk.expr)))
    }

    fn last(&self) -> Option<Made<'a>> {
        match self.last {
            Last::Unknown => None,
            Last::Made(made) => Some(made),
            Last::Thunk(thunk) => self.of(thunk),
        }
    }
}

impl<'a> Evaluator<'a> {
    /// Forgets the origin of what was computed before, for a value that has none.
    #[inline]
    pub(super) fn forget_origin_of(&self, value: Value<'a>) {
        if self.tracing && !matches!(value, Value::Thunk(_)) {
            self.origins.borrow_mut().last = Last::Unknown;
        }
    }

    /// Makes the origin of a number or string that of what is computed now: a text of it is just another form.
    pub(crate) fn keep_origin_of_scalar(&self, value: Value<'a>) -> super::Result<()> {
        if self.tracing {
            self.forget_origin_of(value);
            if matches!(self.force(value)?, Value::List(_) | Value::Attrs(_)) {
                self.origins.borrow_mut().last = Last::Unknown;
            }
        }
        Ok(())
    }

    /// Notes that an expression was evaluated: it made the value, or passed one on.
    pub(super) fn note_origin(&self, expr: &'a Expr<'a>) {
        let mut origins = self.origins.borrow_mut();
        let joined = origins.joined.take();
        match &expr.kind {
            ExprKind::Local(_)
            | ExprKind::Outer { .. }
            | ExprKind::Dynamic { .. }
            | ExprKind::SelectOne { .. }
            | ExprKind::Select { .. } => {
                let made = match origins.last() {
                    Some(made) if made.length() < MAX_ROUTE && made.span() != expr.span => {
                        let (span, length) = (expr.span, made.length() + 1);
                        let step = Step { of: made, span, length, computes: false };
                        Made::Through(self.arena.alloc(step))
                    }
                    Some(made) => made,
                    None => Made::By(expr),
                };
                origins.last = Last::Made(made);
            }
            _ => {
                let operand = origins.operand.take().filter(|(by, _)| std::ptr::eq(*by, expr));
                let made = match (operand, joined) {
                    (Some((_, of)), _) => {
                        let (span, length) = (expr.span, of.length() + 1);
                        Made::Through(self.arena.alloc(Step { of, span, length, computes: true }))
                    }
                    (None, Some(joined)) => Made::Of(self.arena.alloc(Parts { span: expr.span, joined })),
                    (None, None) => Made::By(expr),
                };
                origins.last = Last::Made(made);
            }
        }
    }

    /// The origin of the operand that was evaluated last, where the other one is a constant.
    #[inline]
    pub(super) fn operand_beside(&self, other: &Expr<'_>) -> Option<Made<'a>> {
        if self.tracing && matches!(other.kind, ExprKind::Const(_)) { self.take_origin() } else { None }
    }

    /// Notes what a number is computed from, besides constants. Where that is one literal written elsewhere, the literal
    /// is what to change: `n * 1024` in a function is right for other `n`.
    pub(super) fn note_operand(&self, expr: &'a Expr<'a>, origin: Option<Made<'a>>) {
        let Some(made) = origin.filter(|made| !expr.span.contains(made.span())) else { return };
        let is_constant = |written: &Expr<'_>| matches!(written.kind, ExprKind::Const(_));
        let is_literal = match made.first() {
            Made::By(Expr { kind: ExprKind::Negate(number), .. }) => is_constant(number),
            Made::By(written) => is_constant(written),
            _ => false,
        };
        if !is_literal || made.length() >= MAX_ROUTE {
            return;
        }
        // What counts by calling itself was not written with the number that it has come to.
        if !made.steps().any(|step| step.span == expr.span) {
            self.origins.borrow_mut().operand = Some((expr, made));
        }
    }

    pub(super) fn record_origin(&self, thunk: &'a Thunk<'a>) {
        let mut origins = self.origins.borrow_mut();
        let last = origins.last();
        if last.is_none_or(|last| !last.is_just_by(thunk.expr)) {
            origins.by_thunk.insert(std::ptr::from_ref(thunk).addr(), last);
        }
    }

    #[inline]
    pub(super) fn recall_origin(&self, thunk: &'a Thunk<'a>) {
        self.origins.borrow_mut().last = Last::Thunk(thunk);
    }

    /// The origin of the value that was computed last.
    pub(super) fn take_origin(&self) -> Option<Made<'a>> {
        if !self.tracing {
            return None;
        }
        let mut origins = self.origins.borrow_mut();
        let last = origins.last();
        origins.last = Last::Unknown;
        last
    }

    /// Where a value that was evaluated before comes from; `None` without tracing.
    pub(crate) fn origin_known(&self, value: Value<'a>) -> Option<Made<'a>> {
        match value {
            Value::Thunk(thunk) if self.tracing => Some(self.made(thunk)),
            _ => None,
        }
    }

    /// Says that the string which is about to be made consists of parts. Without tracing nobody asks.
    pub(crate) fn join_origins(&self, parts: &[Joined<'a>]) {
        self.origins.borrow_mut().joined = Some(self.arena.alloc_slice_copy(parts));
    }

    /// A string or number with the origin of what was computed last: who keeps the mere value would lose that.
    pub(crate) fn with_origin(&self, value: Value<'a>) -> Value<'a> {
        if !self.tracing
            || !matches!(value, Value::String(_) | Value::Path(_) | Value::Int(_) | Value::Float(_))
        {
            return value;
        }
        let thunk = self.arena.alloc(Thunk { value: Cell::new(value), expr: self.site.get() });
        self.record_origin(thunk);
        Value::Thunk(thunk)
    }

    fn made(&self, thunk: &'a Thunk<'a>) -> Made<'a> {
        self.origins.borrow().of(thunk).unwrap_or(Made::By(thunk.expr))
    }
}
