//! Where values come from.
//!
//! With [`Settings::tracing`](crate::Settings) every value that is bound, passed or put into a container stays in
//! a thunk, and each thunk remembers the origin of its value: the literal or operation that made it, and the
//! variables and selections that it went through. Without it none of this costs anything.

use std::ops::Range;
use std::path::Path;

use launchnix_diagnostics::{Diagnostic, SourceId, Span};
use rnix::SyntaxKind;
use rustc_hash::FxHashMap;

use super::Evaluator;
use crate::error::{Error, VALUE};
use crate::ir::{Expr, ExprKind, Params};
use crate::syntax::{StringPart, scan_string};
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

/// A run of bytes of a string and where it was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Segment {
    /// First byte in the string.
    pub start: usize,
    /// Length in the string.
    pub len: usize,
    /// Where it was written; of another length than `len` for escapes and computed text.
    pub span: Span,
}

/// Where the bytes of a string were written.
pub(crate) struct TextPlaces(Vec<Segment>);

impl TextPlaces {
    /// The place of a range of bytes.
    pub(crate) fn span(&self, range: Range<usize>) -> Option<Span> {
        let first = self.at(range.start)?;
        let last = self.at(range.end.saturating_sub(1).max(range.start)).unwrap_or(first);
        Some(first.to(last))
    }

    /// The place of a byte: that of the whole part that it belongs to where that was computed.
    fn at(&self, byte: usize) -> Option<Span> {
        let next = self.0.partition_point(|segment| segment.start <= byte);
        let segment = self.0[..next].iter().rfind(|segment| byte < segment.start + segment.len)?;
        if segment.span.len() as usize != segment.len {
            return Some(segment.span);
        }
        let start = segment.span.start + u32::try_from(byte - segment.start).ok()?;
        Some(Span::new(segment.span.source, start, start + 1))
    }
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

#[derive(Clone, Copy)]
pub(crate) struct Joined<'a> {
    origin: Option<Made<'a>>,
    len: usize,
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

    /// Says that the string which is about to be made consists of parts, each with its origin and length. Without
    /// tracing nobody asks.
    pub(crate) fn join_origins(&self, parts: &[(Option<Made<'a>>, usize)]) {
        let joined = parts.iter().map(|&(origin, len)| Joined { origin, len });
        let joined: Vec<_> = joined.collect();
        let joined = self.arena.alloc_slice_copy(&joined);
        self.origins.borrow_mut().joined = Some(joined);
    }

    /// A failure as diagnostics, with as many steps on the way as the settings say.
    ///
    /// What the user wrote is to blame before what a lookup path or the store brought.
    #[expect(clippy::boxed_local, reason = "errors are boxed wherever they come from")]
    pub fn diagnose(&self, mut failure: Error) -> Vec<Diagnostic> {
        failure.blame_the_call();
        failure.blame(|span| !self.is_library(span));
        let mut diagnostics = if self.settings.full_trace {
            failure.into_traced_diagnostics()
        } else {
            failure.into_diagnostics()
        };
        // Of a function that runs over many lines the first one says which it is.
        let source_map = self.source_map.borrow();
        for label in diagnostics.iter_mut().flat_map(|diagnostic| &mut diagnostic.labels) {
            let text = source_map.slice(label.span);
            let line = text.lines().next().map_or(0, |line| line.trim_end().len());
            let end = label.span.start.saturating_add(u32::try_from(line).unwrap_or(u32::MAX));
            label.span = Span::new(label.span.source, label.span.start, end);
        }
        diagnostics
    }

    /// Whether a place is in a file that a lookup path or the store brought, or in none.
    pub fn is_library(&self, span: Span) -> bool {
        // One file follows the other: most questions are about that of the last one.
        if let Some((source, is_library)) = self.last_library.get()
            && source == span.source
        {
            return is_library;
        }
        let is_library = self.brings(span.source);
        self.last_library.set(Some((span.source, is_library)));
        is_library
    }

    /// Whether a lookup path or the store brought a file.
    fn brings(&self, source: SourceId) -> bool {
        let source_map = self.source_map.borrow();
        let name = source_map.get(source).name();
        let below = |root: &str| {
            let root = root.trim_end_matches('/');
            root.starts_with('/') && name.strip_prefix(root).is_some_and(|rest| rest.starts_with('/'))
        };
        name.starts_with('«')
            || below(&self.settings.store_directory)
            || self.settings.search_path.iter().any(|(_, root)| below(root))
    }

    /// The innermost place of the user's that a value went through: where it was made, unless a library made it.
    /// Forces the value; `None` where that fails or nothing is known.
    pub fn place(&self, value: Value<'a>) -> Option<Span> {
        let Value::Thunk(thunk) = value else { return None };
        self.force_thunk(thunk).ok()?;
        let made = self.made(thunk);
        let span = made.span();
        if !self.is_library(span) {
            return Some(span);
        }
        made.route().into_iter().find(|&span| !self.is_library(span))
    }

    /// The arguments `{ … }` of a function that takes those and no others. Forces the value.
    pub fn closed_arguments(&self, value: Value<'a>) -> Option<Span> {
        let Ok(Value::Closure(closure)) = self.force(value) else { return None };
        let lambda = closure.lambda;
        let Params::Pattern(pattern) = &lambda.params else { return None };
        if pattern.ellipsis || self.is_library(lambda.span) {
            return None;
        }
        let head = Span::new(lambda.span.source, lambda.span.start, lambda.body.span.start);
        let length = self.source_map.borrow().slice(head).rfind('}')? + 1;
        Some(Span::new(head.source, head.start, head.start + u32::try_from(length).ok()?))
    }

    /// Whether a value was computed from what stands at its [`place`](Self::place), and is not that itself.
    pub fn is_computed(&self, value: Value<'a>) -> bool {
        let Value::Thunk(thunk) = value else { return false };
        self.force_thunk(thunk).is_ok() && self.made(thunk).steps().any(|step| step.computes)
    }

    /// Where the user wrote what a name is made of: of `"web-${name}"` the name, where that was written elsewhere and is
    /// all that varies.
    pub(crate) fn place_of_name(&self, value: Value<'a>) -> Option<Span> {
        let place = self.place(value)?;
        let Value::Thunk(thunk) = value else { return Some(place) };
        let parts = self.made(thunk).joined().unwrap_or(&[]);
        let mut elsewhere = parts
            .iter()
            .filter_map(|part| part.origin.map(Made::span))
            .filter(|span| !place.contains(*span) && !self.is_library(*span));
        let (Some(only), None) = (elsewhere.next(), elsewhere.next()) else { return Some(place) };
        // What makes the name unusual may be what is put around.
        let is_usual = |text: &[u8]| text.iter().all(|byte| byte.is_ascii_alphanumeric() || *byte == b'-');
        let Ok(Value::String(name)) = self.force_thunk(thunk) else { return Some(place) };
        let source_map = self.source_map.borrow();
        let given = source_map.slice(only).trim_matches(['"', '\'']);
        Some(if is_usual(name.text) || !is_usual(given.as_bytes()) { only } else { place })
    }

    /// The expression that computed a value from what stands at its [`place`](Self::place), the last one if there are several.
    pub fn computed_at(&self, value: Value<'a>) -> Option<Span> {
        let Value::Thunk(thunk) = value else { return None };
        self.made(thunk).steps().find(|step| step.computes).map(|step| step.span)
    }

    /// Where the parts of a string were written that stand elsewhere than the string itself.
    pub fn parts_elsewhere(&self, value: Value<'a>) -> Vec<Span> {
        fn collect(parts: &[Joined<'_>], whole: Span, out: &mut Vec<Span>) {
            for origin in parts.iter().filter_map(|part| part.origin) {
                match origin.joined() {
                    Some(parts) => collect(parts, whole, out),
                    None if !whole.contains(origin.span()) => out.push(origin.span()),
                    None => {}
                }
            }
        }
        let Value::Thunk(thunk) = value else { return Vec::new() };
        let made = self.made(thunk);
        let mut spans = Vec::new();
        if let Some(parts) = made.joined() {
            collect(parts, made.span(), &mut spans);
        }
        // What is computed elsewhere is no more to change there than here.
        let source_map = self.source_map.borrow();
        spans.retain(|&span| {
            let text = source_map.slice(span);
            text == "null"
                || text.starts_with(|first: char| first.is_ascii_digit() || matches!(first, '"' | '\'' | '-'))
        });
        spans
    }

    /// As [`origin`](Self::origin), without the parts of strings, which take time to find.
    pub fn route(&self, value: Value<'a>) -> Option<(Span, Vec<Span>)> {
        let Value::Thunk(thunk) = value else { return None };
        self.force_thunk(thunk).ok()?;
        let made = self.made(thunk);
        Some((made.span(), made.route()))
    }

    fn made(&self, thunk: &'a Thunk<'a>) -> Made<'a> {
        self.origins.borrow().of(thunk).unwrap_or(Made::By(thunk.expr))
    }

    /// Where a value that may be delayed comes from. Forces it; `None` where that fails or nothing is known.
    pub fn origin(&self, value: Value<'a>) -> Option<Origin> {
        let Value::Thunk(thunk) = value else { return None };
        self.force_thunk(thunk).ok()?;
        let made = self.made(thunk);
        let route = made.route();
        let mut segments = Vec::new();
        if let Ok(Value::String(string)) = self.force_thunk(thunk) {
            self.segments(made, 0, string.text.len(), &mut segments);
        }
        Some(Origin { span: made.span(), route, segments })
    }

    /// Says that the string which is about to be made is the text of a file.
    pub(crate) fn note_file_text(&self, path: &Path, text: &[u8]) {
        if !self.tracing {
            return;
        }
        let Ok(len) = u32::try_from(text.len()) else { return };
        let Ok(text) = std::str::from_utf8(text) else { return };
        // What diagnostics point into they also show, and they end up in logs.
        if text.contains("PRIVATE KEY") {
            return;
        }
        let name = path.to_string_lossy();
        let mut source_map = self.source_map.borrow_mut();
        let known = source_map.iter().find(|(_, file)| file.name() == name).map(|(source, _)| source);
        let source = known.unwrap_or_else(|| source_map.add_data(name.as_ref(), text));
        let span = Span::new(source, 0, len);
        drop(source_map);
        let made = Made::Text(self.arena.alloc(span));
        self.join_origins(&[(Some(made), text.len())]);
    }

    /// Blames an argument for a failure that has no place yet: where it was written is what there is to change.
    pub(crate) fn blame_argument(&self, error: Error, argument: Value<'a>) -> Error {
        if !self.tracing || error.span.is_some() {
            return error;
        }
        match self.route(argument) {
            Some((span, _)) => error.at(span),
            None => error,
        }
    }

    /// Adds to a failure that has no place yet where the value was written that it is about.
    #[cold]
    pub(crate) fn of_value(&self, error: Error, value: Value<'a>) -> Error {
        if !self.tracing || error.span.is_some() {
            return error;
        }
        match self.route(value) {
            Some((span, _)) => error.frame(Some(span), VALUE),
            None => error,
        }
    }

    /// Adds to a failure in words of the user's where those of its parts come from that were written elsewhere: that
    /// leads to the call that is to change.
    #[cold]
    pub(crate) fn of_parts(&self, mut error: Error, words: Value<'a>) -> Error {
        /// More places than this say nothing new.
        const ENOUGH: usize = 2;
        let origin = if self.tracing { self.origin(words) } else { None };
        let (Some(origin), Ok(Value::String(said))) = (origin, self.force(words)) else { return error };
        let mut known = Vec::new();
        for segment in origin.segments {
            let part = said.text.get(segment.start..segment.start + segment.len).unwrap_or(b"");
            let part = String::from_utf8_lossy(part.trim_ascii());
            let is_elsewhere = !origin.span.contains(segment.span) && !self.is_library(segment.span);
            if !is_elsewhere || part.is_empty() || known.contains(&segment.span) || known.len() == ENOUGH {
                continue;
            }
            known.push(segment.span);
            let part: String = part.chars().take(40).collect();
            error = error.frame(Some(segment.span), format!("`{part}` comes from here"));
        }
        error
    }

    /// A value with the place where it was written, for the parsers of other languages.
    pub(crate) fn placed(&self, value: Value<'a>, span: Span) -> Value<'a> {
        let expr = self.arena.alloc(Expr { kind: ExprKind::Const(value), span });
        self.delay_always(expr, self.root_env())
    }

    /// Where the bytes of a string were written, with tracing.
    pub(crate) fn text_places(&self, string: Value<'a>) -> Option<TextPlaces> {
        if !self.tracing {
            return None;
        }
        self.origin(string).map(|origin| TextPlaces(origin.segments))
    }

    /// The expression that a delayed value is computed by, whether or not that goes well.
    pub fn written(&self, value: Value<'a>) -> Option<Span> {
        match value {
            Value::Thunk(thunk) => Some(thunk.expr.span),
            _ => None,
        }
    }

    fn segments(&self, made: Made<'a>, start: usize, len: usize, out: &mut Vec<Segment>) {
        let (span, joined) = (made.span(), made.joined());
        if matches!(made.first(), Made::Text(_)) {
            out.push(Segment { start, len, span });
            return;
        }
        if len > 0
            && joined.is_none()
            && let Some(span) = self.plain_literal(span).filter(|span| span.len() as usize == len)
        {
            out.push(Segment { start, len, span });
            return;
        }
        let literal = {
            let source_map = self.source_map.borrow();
            let text = source_map.slice(span);
            let may_be_literal = text.starts_with('"') || text.starts_with("''");
            may_be_literal.then(|| text.to_owned())
        };
        let literal = literal.filter(|text| {
            let parsed = crate::syntax::parse_plainly(text);
            let first = parsed.root().nodes().next();
            first.is_some_and(|node| node.kind() == SyntaxKind::NODE_STRING)
        });
        // Parts of another length are those of another string.
        let parts = joined.unwrap_or(&[]);
        let is_computed = literal.is_none();
        let parts =
            if is_computed && parts.iter().map(|part| part.len).sum::<usize>() != len { &[] } else { parts };
        if let Some(text) = literal {
            self.literal_segments(&text, span, parts, start, out);
        } else if parts.is_empty() {
            out.push(Segment { start, len, span });
        } else {
            let mut at = start;
            for part in parts {
                self.part_segments(*part, span, at, out);
                at += part.len;
            }
        }
    }

    /// The text of a string literal in which everything stands for itself, which is nearly every one.
    fn plain_literal(&self, span: Span) -> Option<Span> {
        let source_map = self.source_map.borrow();
        let inner = source_map.slice(span).strip_prefix('"')?.strip_suffix('"')?;
        let is_plain = !inner.bytes().any(|byte| matches!(byte, b'"' | b'\\' | b'$' | b'\r'));
        is_plain.then(|| Span::new(span.source, span.start + 1, span.end - 1))
    }

    fn part_segments(&self, part: Joined<'a>, otherwise: Span, start: usize, out: &mut Vec<Segment>) {
        match part.origin {
            Some(origin) => self.segments(origin, start, part.len, out),
            None => out.push(Segment { start, len: part.len, span: otherwise }),
        }
    }

    /// Takes a literal apart again, and puts the origins of the interpolated parts where they belong.
    fn literal_segments(
        &self,
        text: &str,
        span: Span,
        parts: &[Joined<'a>],
        start: usize,
        out: &mut Vec<Segment>,
    ) {
        let parsed = crate::syntax::parse_plainly(text);
        let Some(literal) = parsed.root().nodes().next() else { return };
        let (mut at, mut parts) = (start, parts.iter());
        let place = |from: u32, len: u32| Span::new(span.source, span.start + from, span.start + from + len);
        scan_string(literal, &mut |part| match part {
            StringPart::Verbatim(run, from) => {
                let run_span = place(from, u32::try_from(run.len()).unwrap_or(0));
                out.push(Segment { start: at, len: run.len(), span: run_span });
                at += run.len();
            }
            StringPart::Escape(run, from, len) => {
                out.push(Segment { start: at, len: run.len(), span: place(from, len) });
                at += run.len();
            }
            StringPart::Interpolation(_, from, to) => {
                if let Some(part) = parts.next() {
                    self.part_segments(*part, place(from, to - from), at, out);
                    at += part.len;
                }
            }
        });
    }
}
