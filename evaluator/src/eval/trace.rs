//! Where values come from.
//!
//! With [`Settings::tracing`](crate::Settings) every value that is bound, passed or put into a container stays in
//! a thunk, and each thunk remembers the origin of its value: the literal or operation that made it, and the
//! variables and selections that it went through. Without it none of this costs anything.

mod given;
mod joined;
mod places;
mod text;

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use bumpalo::Bump;
use launchnix_diagnostics::Span;
use rustc_hash::{FxHashMap, FxHashSet};

pub(crate) use given::Given;
pub use text::Segment;
pub(crate) use text::TextPlaces;

use super::Evaluator;
use crate::ir::{Arithmetic, Expr, ExprKind};
use crate::value::{Position, Thunk, Value};

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
    /// By an expression, of what it has made before: it counts by calling itself.
    Counted(&'a Expr<'a>),
    /// By an expression, of parts that have origins.
    Of(&'a Parts<'a>),
    /// The text of a file.
    Text(&'a Span),
    /// As the name of an attribute.
    Name(Position),
    /// Elsewhere, and passed on.
    Through(&'a Step<'a>),
}

/// A string that was made of parts.
pub(crate) struct Parts<'a> {
    span: Span,
    joined: &'a [Joined<'a>],
    /// Whether it is nothing but a part of another one, as it stands there.
    is_cut: bool,
}

/// A variable or a selection that a value went through.
pub(crate) struct Step<'a> {
    of: Made<'a>,
    span: Span,
    /// How many steps there were, with this one.
    length: usize,
    what: Passage,
}

/// What happens to a value on its way.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Passage {
    /// It stays what it is.
    Passed,
    /// Another number is computed from it.
    Computes,
    /// Another number is computed from it and one that nobody wrote, such as the index of an element.
    Counts,
    /// A string is made of it.
    Converts,
}

impl Passage {
    /// Whether another number is computed.
    fn computes(self) -> bool {
        matches!(self, Self::Computes | Self::Counts)
    }
}

impl<'a> Made<'a> {
    /// Whether it was made by this expression and there is no more to say of it.
    fn is_just_by(self, expr: &Expr<'_>) -> bool {
        matches!(self, Self::By(by) if by.span == expr.span)
    }

    /// Whether what stands at a place says itself what it is, and does not just pass something on.
    pub(super) fn is_written_at(self, span: Span, len: usize) -> bool {
        match self {
            Self::By(expr) => expr.span == span,
            Self::Of(parts) => parts.span == span && !matches!(parts.joined, [only] if only.is_all(len)),
            _ => false,
        }
    }

    /// Without the steps.
    fn first(self) -> Self {
        let mut made = self;
        while let Self::Through(step) = made {
            made = step.of;
        }
        made
    }

    /// Whether it was made at this place.
    fn is_at(self, span: Span) -> bool {
        match self.first() {
            Self::By(expr) | Self::Counted(expr) => expr.span == span,
            Self::Of(parts) => parts.span == span,
            Self::Text(text) => *text == span,
            Self::Through(_) | Self::Name(_) => false,
        }
    }

    /// The number that it is, where that was written as a literal, or as a product of literals.
    fn number(self) -> Option<Value<'a>> {
        match self.first() {
            Self::By(Expr { kind: ExprKind::Negate(number), .. }) => match constant(number)? {
                Value::Int(number) => Some(Value::Int(number.wrapping_neg())),
                _ => Some(Value::float(-1.0)),
            },
            Self::By(written) => constant(written),
            _ => None,
        }
    }

    /// Whether it is a number that nobody wrote: what `genList` counts by, or what is computed from that.
    fn is_counted(self) -> bool {
        match self.first() {
            Self::By(expr) => matches!(
                expr.kind,
                ExprKind::Local(_) | ExprKind::Outer { .. } | ExprKind::Add(..) | ExprKind::Arithmetic(..)
            ),
            first => first.is_counted_up(),
        }
    }

    /// Whether it is a number that a function has come to by calling itself.
    fn is_counted_up(self) -> bool {
        matches!(self.first(), Self::Counted(_))
    }

    fn length(self) -> usize {
        match self {
            Self::Through(step) => step.length,
            _ => 0,
        }
    }

    /// The part of another string that it is, as it stands there.
    fn cut_out_of(self) -> Option<Joined<'a>> {
        match self.first() {
            Self::Of(parts) if parts.is_cut => parts.joined.first().copied(),
            _ => None,
        }
    }

    fn is_cut(self) -> bool {
        self.cut_out_of().is_some()
    }

    /// The position of the attribute that has the name which this is.
    pub(super) fn name_of(self) -> Option<Position> {
        match self.first() {
            Self::Name(position) => Some(position),
            _ => None,
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
    pub(super) fn route(self) -> Vec<Span> {
        let mut route: Vec<Span> = Vec::new();
        let mut made = self;
        while let Self::Through(step) = made {
            let within = |outer: &Span| {
                outer.source == step.span.source
                    && outer.start <= step.span.start
                    && step.span.end <= outer.end
            };
            if step.what != Passage::Converts && !route.last().is_some_and(within) {
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

    /// Whether it is all of a string of this length, and comes from somewhere.
    fn is_all(&self, len: usize) -> bool {
        self.origin.is_some() && self.len == self.whole && self.len == len
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

/// The string of which a part was looked for last.
struct Whole {
    /// The address of what made it.
    made: usize,
    len: usize,
    /// Where its bytes were written.
    segments: Rc<[Segment]>,
}

/// Origins of thunks, and of the value that was computed last.
#[derive(Default)]
pub(super) struct Origins<'a> {
    /// What is not in here was made by the thunk's own expression, as most things that stand in a file are.
    by_thunk: FxHashMap<usize, Option<Made<'a>>>,
    last: Last<'a>,
    /// Parts of the string that is being made.
    joined: Option<&'a [Joined<'a>]>,
    /// The one number that a result is computed from, or the place that it is read at, with the expression that does so.
    operand: Option<(&'a Expr<'a>, Made<'a>, Passage)>,
    last_whole: RefCell<Option<Whole>>,
    /// Where strings have been made of parts, in order, once somebody wants to know.
    joined_at: RefCell<Rc<[Span]>>,
    /// Parts that could not be made texts, and where their values were written.
    not_joined: RefCell<FxHashMap<Span, FxHashSet<Span>>>,
    /// Where the units were written that products are made with.
    units: FxHashMap<Span, Span>,
    /// What stands at places that were taken for string literals.
    literals: RefCell<FxHashMap<Span, Option<Rc<[text::Piece]>>>>,
}

impl<'a> Origins<'a> {
    fn of(&self, thunk: &'a Thunk<'a>, arena: &'a Bump) -> Option<Made<'a>> {
        match self.by_thunk.get(&std::ptr::from_ref(thunk).addr()) {
            Some(known) => *known,
            None => Some(match &thunk.expr.kind {
                ExprKind::Given(given) => given.made(thunk, arena),
                _ => Made::By(thunk.expr),
            }),
        }
    }

    fn last(&self, arena: &'a Bump) -> Option<Made<'a>> {
        match self.last {
            Last::Unknown => None,
            Last::Made(made) => Some(made),
            Last::Thunk(thunk) => self.of(thunk, arena),
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
            match self.force(value)? {
                Value::List(_) | Value::Attrs(_) => self.origins.borrow_mut().last = Last::Unknown,
                Value::Int(_) | Value::Float(_) | Value::Bool(_) | Value::Null => self.note_conversion(),
                _ => {}
            }
        }
        Ok(())
    }

    /// Notes that the call which is being made makes a string of what was computed last.
    fn note_conversion(&self) {
        let mut origins = self.origins.borrow_mut();
        if let Some(of) = origins.last(self.arena) {
            let (span, length) = (self.site.get().span, of.length() + 1);
            let step = Step { of, span, length, what: Passage::Converts };
            origins.last = Last::Made(Made::Through(self.arena.alloc(step)));
        }
    }

    /// Notes that the call which is being made reads a value off a text, in which it has a place.
    pub(crate) fn keep_origin_of_read(&self, value: Value<'a>) {
        let Value::Thunk(thunk) = value else { return };
        if self.tracing
            && matches!(thunk.value.get(), Value::Int(_) | Value::Float(_) | Value::Bool(_) | Value::Null)
        {
            let made = self.made(thunk);
            self.origins.borrow_mut().operand = Some((self.site.get(), made, Passage::Converts));
        }
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
                let made = match origins.last(self.arena) {
                    Some(made) if made.length() < MAX_ROUTE && !made.is_at(expr.span) => {
                        let (span, length) = (expr.span, made.length() + 1);
                        let step = Step { of: made, span, length, what: Passage::Passed };
                        Made::Through(self.arena.alloc(step))
                    }
                    Some(made) => made,
                    None => Made::By(expr),
                };
                origins.last = Last::Made(made);
            }
            _ => {
                let operand = origins.operand.take().filter(|(by, ..)| std::ptr::eq(*by, expr));
                let made = match (operand, joined) {
                    (Some((_, of @ Made::Counted(_), _)), _) => of,
                    (Some((_, of, what)), _) => {
                        let (span, length) = (expr.span, of.length() + 1);
                        let step = Step { of, span, length, what };
                        Made::Through(self.arena.alloc(step))
                    }
                    (None, Some(joined)) => {
                        Made::Of(self.arena.alloc(Parts { span: expr.span, joined, is_cut: false }))
                    }
                    (None, None) => Made::By(expr),
                };
                origins.last = Last::Made(made);
            }
        }
    }

    /// The origin of the operand that was evaluated last. A constant that stands in the operation has none of its own.
    #[inline]
    pub(super) fn operand(&self, operand: &Expr<'_>) -> Option<Made<'a>> {
        if self.tracing && !matches!(operand.kind, ExprKind::Const(_)) { self.take_origin() } else { None }
    }

    /// Notes what a number is computed from. Where that is one literal written elsewhere, beside constants, the literal is
    /// what to change: `n * 1024` in a function is right for other `n`, and so is `n * GiB`.
    pub(super) fn note_operands(
        &self,
        expr: &'a Expr<'a>,
        (left, left_origin): (&Expr<'a>, Option<Made<'a>>),
        (right, right_origin): (&Expr<'a>, Option<Made<'a>>),
    ) {
        let is_constant = |operand: &Expr<'_>| matches!(operand.kind, ExprKind::Const(_));
        let is_unit = |made: Made<'a>| self.is_unit(expr, made);
        let stands_beside = |made: Made<'a>, operand: &Expr<'_>| {
            is_constant(operand) && (is_unit_at(operand) || !is_unit(made))
        };
        let origin = match (left_origin, right_origin) {
            (Some(left), Some(right)) => match (left.is_counted(), right.is_counted()) {
                (false, true) => Some((left, Passage::Counts)).filter(|_| !is_unit(left)),
                (true, false) => Some((right, Passage::Counts)).filter(|_| !is_unit(right)),
                _ => self.operand_to_change(expr, left, right).map(|made| (made, Passage::Computes)),
            },
            (Some(origin), None) if stands_beside(origin, right) => Some((origin, Passage::Computes)),
            (None, Some(origin)) if stands_beside(origin, left) => Some((origin, Passage::Computes)),
            _ => None,
        };
        if matches!(expr.kind, ExprKind::Arithmetic(Arithmetic::Mul, ..)) {
            let unit = [left_origin, right_origin].into_iter().flatten().find(|made| is_unit(*made));
            self.note_unit(expr, unit);
        }
        let Some((made, what)) = origin else { return };
        // What counts by calling itself was not written with the number that it has come to.
        if made.is_at(expr.span) && made.is_counted_up() || made.steps().any(|step| step.span == expr.span) {
            self.origins.borrow_mut().operand = Some((expr, Made::Counted(expr), what));
            return;
        }
        let is_elsewhere = !expr.span.contains(self.span_of(made));
        if is_elsewhere && made.number().is_some() && made.length() < MAX_ROUTE {
            self.origins.borrow_mut().operand = Some((expr, made, what));
        }
    }

    /// Notes the unit that a product is made with.
    fn note_unit(&self, expr: &Expr<'a>, unit: Option<Made<'a>>) {
        let Some(unit) = unit else { return };
        // `GiB = 1024 * MiB;` is one itself.
        let computed = unit.steps().find(|step| step.what.computes()).map(|step| step.span);
        let place = computed.unwrap_or_else(|| self.span_of(unit));
        self.origins.borrow_mut().units.insert(expr.span, place);
    }

    /// What a number was multiplied with that somebody wrote: where that stands, or what computes with it, and how much it is.
    pub fn scaled(&self, value: Value<'a>) -> Option<(Span, i64)> {
        let Value::Thunk(thunk) = value else { return None };
        let Ok(Value::Int(value)) = self.force_thunk(thunk) else { return None };
        let made = self.made(thunk);
        let unit_in = |product: Span| self.origins.borrow().units.get(&product).copied();
        let computed = made.steps().find(|step| step.what.computes()).map(|step| step.span);
        let (number, place) = match (computed, made.first()) {
            (Some(product), _) => (made.number()?, unit_in(product).unwrap_or(product)),
            (None, Made::By(Expr { kind: ExprKind::Arithmetic(Arithmetic::Mul, left, right), span })) => {
                (constant(left).or(constant(right))?, unit_in(*span)?)
            }
            _ => return None,
        };
        let Value::Int(number) = number else { return None };
        (value.checked_rem(number)? == 0).then(|| (place, value / number))
    }

    /// Which of two literals that a number is computed from is the one to change: the one that is unlike what is usually
    /// computed with, the one that is no factor of a unit, or the one that the function of the computation is given.
    fn operand_to_change(&self, expr: &Expr<'a>, left: Made<'a>, right: Made<'a>) -> Option<Made<'a>> {
        let (left_number, right_number) = (left.number()?, right.number()?);
        let one_of = |is_left: bool, is_right: bool| match (is_left, is_right) {
            (true, false) => Some(left),
            (false, true) => Some(right),
            _ => None,
        };
        // What comes later in the file than the computation calls it; what comes before is what it is made with.
        let is_given = |made: Made<'a>| {
            let span = self.span_of(made);
            span.source != expr.span.source || span.start >= expr.span.end
        };
        one_of(is_odd(left_number), is_odd(right_number))
            .or_else(|| one_of(is_factor(right_number), is_factor(left_number)))
            .or_else(|| one_of(is_given(left), is_given(right)))
    }

    /// Whether a number that an expression computes with is a unit such as `GiB`, which is right for other numbers: one that
    /// it is not given by a call, and sizes are multiplied with.
    fn is_unit(&self, expr: &Expr<'a>, made: Made<'a>) -> bool {
        let (Some(number), false) = (made.number(), matches!(expr.kind, ExprKind::Add(..))) else {
            return false;
        };
        let span = self.span_of(made);
        if span.source == expr.span.source {
            span.end <= expr.span.start && is_unit(number)
        } else {
            is_factor(number)
        }
    }

    pub(super) fn record_origin(&self, thunk: &'a Thunk<'a>) {
        let mut origins = self.origins.borrow_mut();
        let last = origins.last(self.arena);
        if last.is_none_or(|last| !last.is_just_by(thunk.expr)) {
            origins.by_thunk.insert(std::ptr::from_ref(thunk).addr(), last);
        }
    }

    #[inline]
    pub(super) fn recall_origin(&self, thunk: &'a Thunk<'a>) {
        self.origins.borrow_mut().last = Last::Thunk(thunk);
    }

    /// The origin of the value that was computed last.
    pub(crate) fn take_origin(&self) -> Option<Made<'a>> {
        if !self.tracing {
            return None;
        }
        let mut origins = self.origins.borrow_mut();
        let last = origins.last(self.arena);
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

    /// Says that the string which the call that is being made gives consists of parts, where a function gives on what it
    /// was given otherwise.
    pub(crate) fn join_call(&self, parts: &[Joined<'a>]) {
        self.join_origins(parts);
        self.note_origin(self.site.get());
    }

    /// Says of what the path consists that is about to be made. Which of its bytes are from where is not told.
    pub(super) fn join_path(&self, parts: impl IntoIterator<Item = Option<Made<'a>>>) {
        if self.tracing {
            let parts: Vec<_> = parts.into_iter().map(|origin| Joined::whole(origin, 0)).collect();
            self.join_origins(&parts);
        }
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

    /// Where a value was made, whatever it went through.
    pub(crate) fn span_of(&self, made: Made<'a>) -> Span {
        match made.first() {
            Made::By(expr) | Made::Counted(expr) => expr.span,
            Made::Of(parts) if parts.is_cut => self.cut_from(parts),
            Made::Of(parts) => parts.span,
            Made::Text(&span) => span,
            Made::Name(position) => self.key_span(position).unwrap_or(self.site.get().span),
            Made::Through(step) => step.span,
        }
    }

    fn made(&self, thunk: &'a Thunk<'a>) -> Made<'a> {
        self.origins.borrow().of(thunk, self.arena).unwrap_or(Made::By(thunk.expr))
    }
}

/// The number that an expression is, where it is written as one or as a product of some.
fn constant<'a>(expr: &Expr<'a>) -> Option<Value<'a>> {
    /// More factors than this no unit has.
    const MAX_FACTORS: usize = 16;
    let mut product: Option<i64> = None;
    let mut whole = expr;
    for _ in 0..MAX_FACTORS {
        let (rest, factor) = match whole.kind {
            ExprKind::Arithmetic(Arithmetic::Mul, rest, factor) => (Some(rest), factor),
            _ => (None, whole),
        };
        let ExprKind::Const(number @ (Value::Int(_) | Value::Float(_))) = factor.kind else { return None };
        let (known, rest) = match (product, rest, number) {
            (None, None, number) => return Some(number),
            (known, rest, Value::Int(number)) => (known.unwrap_or(1).checked_mul(number)?, rest),
            _ => return None,
        };
        let Some(rest) = rest else { return Some(Value::Int(known)) };
        (product, whole) = (Some(known), rest);
    }
    None
}

/// Whether a number is none that sizes are usually computed with: a fraction, or less than nothing.
fn is_odd(number: Value<'_>) -> bool {
    match number {
        Value::Int(number) => number < 0,
        _ => true,
    }
}

/// Whether a number stands for a unit that sizes are multiplied with: one of itself, or so many of another.
fn is_unit(number: Value<'_>) -> bool {
    matches!(number, Value::Int(1)) || is_factor(number)
}

/// Whether a number that stands in a computation is a unit.
fn is_unit_at(operand: &Expr<'_>) -> bool {
    matches!(operand.kind, ExprKind::Const(number) if is_unit(number))
}

/// Whether a number is one that units are converted with: 1024 or 1000, or a power of one of them.
fn is_factor(number: Value<'_>) -> bool {
    let is_power = |mut number: i64, base: i64| {
        while number > 1 && number % base == 0 {
            number /= base;
        }
        number == 1
    };
    matches!(number, Value::Int(number) if number > 1 && (is_power(number, 1024) || is_power(number, 1000)))
}
