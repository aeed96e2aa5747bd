//! Where values come from, for whoever asks: diagnostics, and those who decode values.

use std::ffi::OsStr;
use std::path::Path;

use launchnix_diagnostics::{Diagnostic, Role, SourceId, Sources as _, Span};

use super::{Joined, Made, Origin, Passage};
use crate::error::{Error, ErrorKind, Open};
use crate::eval::Evaluator;
use crate::ir::{Expr, ExprKind, Params};
use crate::value::{Thunk, Value};

impl<'a> Evaluator<'a> {
    /// A failure as diagnostics, with as many steps on the way as the settings say.
    ///
    /// What the user wrote is to blame before what a lookup path or the store brought.
    #[expect(clippy::boxed_local, reason = "errors are boxed wherever they come from")]
    pub fn diagnose(&self, mut failure: Error) -> Vec<Diagnostic> {
        let others = failure.take_others();
        failure.blame_the_call();
        failure.blame(|span| !self.is_library(span));
        let mut diagnostics = if self.settings.full_trace {
            failure.into_traced_diagnostics()
        } else {
            // How a library came to fail says nothing to whoever finds the mistake outside of it.
            let place = failure.span.or_else(|| failure.frames.iter().find_map(|frame| frame.span));
            if place.is_some_and(|place| !self.is_library(place)) {
                failure.frames.retain(|frame| frame.span.is_none_or(|span| !self.is_library(span)));
            }
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
        drop(source_map);
        diagnostics.extend(others.into_iter().flat_map(|other| self.diagnose(other)));
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
        let expr = thunk.expr;
        // Without tracing that is all that is known of most.
        if !self.tracing && !matches!(expr.kind, ExprKind::Given(_)) && !self.is_library(expr.span) {
            return Some(expr.span);
        }
        self.users_place(self.made(thunk))
    }

    fn users_place(&self, made: Made<'a>) -> Option<Span> {
        let span = self.span_of(made);
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

    /// Whether a function is written to give another one. Forces the value.
    pub fn gives_function(&self, value: Value<'a>) -> bool {
        let Ok(Value::Closure(closure)) = self.force(value) else { return false };
        matches!(closure.lambda.body.kind, ExprKind::Lambda(_))
    }

    /// Where a function was written that takes its argument as a whole, `name: …`, and not apart. Forces the value.
    pub fn plain_function(&self, value: Value<'a>) -> Option<Span> {
        let function = match self.force(value) {
            Ok(Value::Partial(partial)) => partial.function,
            Ok(function) => function,
            Err(_) => return None,
        };
        let Value::Closure(closure) = function else { return None };
        matches!(closure.lambda.params, Params::Simple(_)).then_some(closure.lambda.span)
    }

    /// Whether a value was computed from what stands at its [`place`](Self::place), and is not that itself.
    pub fn is_computed(&self, value: Value<'a>) -> bool {
        let Value::Thunk(thunk) = value else { return false };
        self.force_thunk(thunk).is_ok() && self.made(thunk).steps().any(|step| step.what.computes())
    }

    /// Whether a string, a path or a number was made of others where it stands.
    pub fn is_put_together(&self, value: Value<'a>) -> bool {
        let Value::Thunk(thunk) = value else { return false };
        let made = self.made(thunk);
        let computes = |expr: &Expr<'_>| matches!(expr.kind, ExprKind::Add(..) | ExprKind::Arithmetic(..));
        made.joined().is_some_and(|parts| !parts.is_empty())
            || matches!(made.first(), Made::By(expr) if computes(expr))
    }

    /// Where the user wrote what a name is made of: of `"web-${name}"` the name, where that was written elsewhere and is
    /// all that varies.
    pub(crate) fn place_of_name(&self, made: Made<'a>, name: &[u8]) -> Option<Span> {
        let place = self.users_place(made)?;
        if made.is_cut() {
            return Some(place);
        }
        let parts = made.joined().unwrap_or(&[]);
        if let [only] = parts
            && only.is_all(name.len())
            && let Some(origin) = only.origin
        {
            return self.place_of_name(origin, name);
        }
        let places = parts.iter().filter_map(|part| part.origin.map(|origin| self.span_of(origin)));
        let elsewhere: Vec<_> =
            places.filter(|span| !place.contains(*span) && !self.is_library(*span)).collect();
        // What makes the name unusual may be what is put around.
        let (starts, ends) = (name.starts_with(b"-"), name.ends_with(b"-"));
        let is_usual = |text: &[u8]| {
            text.iter().all(|byte| byte.is_ascii_alphanumeric() || *byte == b'-')
                && !(starts && text.starts_with(b"-") || ends && text.ends_with(b"-"))
        };
        if is_usual(name) {
            return Some(self.together(elsewhere).unwrap_or(place));
        }
        let unusual: Vec<_> = {
            let source_map = self.source_map.borrow();
            let given = |span: &Span| source_map.slice(*span).trim_matches(['"', '\'']);
            elsewhere.into_iter().filter(|span| !is_usual(given(span).as_bytes())).collect()
        };
        // Of several that lie apart, each is wrong by itself.
        let first = unusual.first().copied();
        Some(self.together(unusual).or(first).unwrap_or(place))
    }

    /// What several places make up: the only one, or all of them where they stand beside each other, as the arguments of one
    /// call do.
    fn together(&self, mut places: Vec<Span>) -> Option<Span> {
        places.sort_unstable();
        let (&first, rest) = places.split_first()?;
        let source_map = self.source_map.borrow();
        rest.iter().try_fold(first, |all, &part| {
            let is_behind = part.source == all.source && part.start >= all.end;
            let between = is_behind.then(|| source_map.slice(Span::new(all.source, all.end, part.start)))?;
            between.trim().is_empty().then(|| all.to(part))
        })
    }

    /// The expression that computed a value from what stands at its [`place`](Self::place), the last one if there are several.
    pub fn computed_at(&self, value: Value<'a>) -> Option<Span> {
        let Value::Thunk(thunk) = value else { return None };
        self.last_step(thunk, Passage::computes)
    }

    /// The expression that made a string of what stands at a value's [`place`](Self::place).
    pub fn converted_at(&self, value: Value<'a>) -> Option<Span> {
        let Value::Thunk(thunk) = value else { return None };
        self.last_step(thunk, |what| what == Passage::Converts)
    }

    fn last_step(&self, thunk: &'a Thunk<'a>, is_it: impl Fn(Passage) -> bool) -> Option<Span> {
        self.made(thunk).steps().find(|step| is_it(step.what)).map(|step| step.span)
    }

    /// Where the parts of a string were written that stand elsewhere than the string itself.
    pub fn parts_elsewhere(&self, value: Value<'a>) -> Vec<Span> {
        let Value::Thunk(thunk) = value else { return Vec::new() };
        let made = self.made(thunk);
        let mut spans = Vec::new();
        if let Some(parts) = made.joined() {
            let len = match thunk.value.get() {
                Value::String(string) => string.text.len(),
                _ => 0,
            };
            self.collect_elsewhere(parts, len, self.span_of(made), &mut spans);
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

    /// Where the part was written that a string ends with, if that stands elsewhere than the string itself; and whether that
    /// is where counting begins, so that the string is another one for each index.
    pub fn last_part_elsewhere(&self, value: Value<'a>) -> Option<(Span, bool)> {
        let Value::Thunk(thunk) = value else { return None };
        let made = self.made(thunk);
        let whole = self.span_of(made);
        let mut last = made.joined()?.last()?.origin?;
        while let Some(parts) = last.joined().filter(|_| !last.is_cut()) {
            last = parts.last()?.origin?;
        }
        let counts = last.steps().any(|step| step.what == Passage::Counts);
        Some((self.span_of(last), counts)).filter(|(span, _)| !whole.contains(*span))
    }

    /// Finds the places of the parts of a string of some length.
    fn collect_elsewhere(&self, parts: &[Joined<'a>], len: usize, whole: Span, out: &mut Vec<Span>) {
        // Letters that are put together one by one come from a table of letters, in which nothing is to change.
        if len > 1 && parts.len() == len && parts.iter().all(|part| part.len == 1) {
            return;
        }
        for part in parts {
            let Some(origin) = part.origin else { continue };
            match origin.joined().filter(|_| !origin.is_cut()) {
                Some(parts) => self.collect_elsewhere(parts, part.whole, whole, out),
                None => out.extend(Some(self.span_of(origin)).filter(|span| !whole.contains(*span))),
            }
        }
    }

    /// As [`origin`](Self::origin), without the parts of strings, which take time to find.
    pub fn route(&self, value: Value<'a>) -> Option<(Span, Vec<Span>)> {
        let Value::Thunk(thunk) = value else { return None };
        self.force_thunk(thunk).ok()?;
        let made = self.made(thunk);
        Some((self.span_of(made), made.route()))
    }

    /// Where a value that may be delayed comes from. Forces it; `None` where that fails or nothing is known.
    pub fn origin(&self, value: Value<'a>) -> Option<Origin> {
        let Value::Thunk(thunk) = value else { return None };
        self.force_thunk(thunk).ok()?;
        let made = self.made(thunk);
        let route = made.route();
        let mut segments = Vec::new();
        if let Ok(Value::String(string)) = self.force_thunk(thunk) {
            self.segments(made, 0, string.text.len(), 0, &mut segments);
        }
        Some(Origin { span: self.span_of(made), route, segments })
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

    /// As [`blame_argument`](Self::blame_argument) for the path of a file that is not there: where the name that is missing
    /// was given elsewhere, that is to change.
    #[cold]
    pub(crate) fn blame_path(&self, error: Error, argument: Value<'a>, path: &Path) -> Error {
        if !self.tracing || error.span.is_some() || error.kind != ErrorKind::File {
            return self.blame_argument(error, argument);
        }
        let is_there = |path: &Path| self.sources().kind(path).is_ok();
        let missing = path.ancestors().take_while(|path| !is_there(path)).last().and_then(Path::file_name);
        let names = |span: &Span| {
            let source_map = self.source_map.borrow();
            let given = source_map.slice(*span).trim_matches('"').trim_matches('/');
            missing
                .and_then(OsStr::to_str)
                .is_some_and(|missing| !given.is_empty() && missing.contains(given))
        };
        match self.parts_elsewhere(argument).as_slice() {
            [only] if !self.is_library(*only) && names(only) => {
                let whole = self.route(argument).map(|(span, _)| span);
                error.at(*only).frame(whole, Role::WholePath)
            }
            _ => self.blame_argument(error, argument),
        }
    }

    /// Adds to a failure that has no place yet where the value was written that it is about.
    #[cold]
    pub(crate) fn of_value(&self, error: Error, value: Value<'a>) -> Error {
        if !self.tracing || error.span.is_some() {
            return error;
        }
        match self.route(value) {
            Some((span, _)) => error.frame(Some(span), Role::Value),
            None => error,
        }
    }

    /// As [`of_value`](Self::of_value) for an argument of a built-in function: what stands in the call is to change there.
    #[cold]
    pub(crate) fn of_argument(&self, error: Error, argument: Value<'a>) -> Error {
        match if self.tracing { self.route(argument) } else { None } {
            Some((span, _)) if self.site.get().span.contains(span) => error.at(span),
            Some((span, _)) if error.span.is_none() => self.not_a_text(error, argument, span),
            _ => self.of_value(error, argument),
        }
    }

    /// Adds to a failure in words of the user's where those of its parts come from that were written elsewhere: that
    /// leads to the call that is to change.
    #[cold]
    pub(crate) fn thrown(&self, error: Error, words: Value<'a>) -> Error {
        let mut error = self.of_parts(error, words);
        if self.tracing {
            error.open = Some(Open::Failed(self.site.get().span));
        }
        error
    }

    fn of_parts(&self, mut error: Error, words: Value<'a>) -> Error {
        /// More places than this say nothing new.
        const ENOUGH: usize = 2;
        let origin = if self.tracing { self.origin(words) } else { None };
        let (Some(origin), Ok(Value::String(said))) = (origin, self.force(words)) else { return error };
        let mut known: Vec<(Span, String)> = Vec::new();
        for segment in origin.segments {
            let part = said.text.get(segment.start..segment.start + segment.len).unwrap_or(b"");
            let part = String::from_utf8_lossy(part.trim_ascii());
            let is_elsewhere = !origin.span.contains(segment.span) && !self.is_library(segment.span);
            // What separates others is right.
            let says = part.contains(char::is_alphanumeric);
            if is_elsewhere && says && known.iter().all(|(span, _)| *span != segment.span) {
                known.push((segment.span, part.chars().take(40).collect()));
            }
        }
        // Names of attributes are mostly what could have been meant.
        known.sort_by_key(|(span, _)| self.is_key(*span));
        for (span, part) in known.into_iter().take(ENOUGH) {
            error = error.frame(Some(span), (Role::Source, format!("`{part}` {}", Role::Source.words())));
        }
        error
    }

    /// Whether the name of an attribute was written at a place, and its value behind it.
    fn is_key(&self, span: Span) -> bool {
        let map = self.source_map.borrow();
        let after = map.get(span.source).text().get(span.end as usize..).unwrap_or_default().trim_start();
        after.starts_with('=') && !after.starts_with("==")
    }

    /// A value with the place where it was written, for the parsers of other languages.
    pub(crate) fn placed(&self, value: Value<'a>, span: Span) -> Value<'a> {
        let expr = self.arena.alloc(Expr { kind: ExprKind::Const(value), span });
        self.delay_always(expr, self.root_env())
    }

    /// The expression that a delayed value is computed by, whether or not that goes well.
    pub fn written(&self, value: Value<'a>) -> Option<Span> {
        match value {
            Value::Thunk(thunk) => Some(thunk.expr.span),
            _ => None,
        }
    }
}
