//! Values of the evaluator as the tree that the schema decodes.

use std::borrow::Cow;
use std::cell::RefCell;
use std::ffi::OsStr;
use std::fmt;
use std::os::unix::ffi::OsStrExt as _;
use std::path::PathBuf;

use launchnix_diagnostics::{Code, Diagnostic, Label, Span};
use launchnix_evaluator::{Attr, Attrs, Context, Evaluator, NixString, Value};
use launchnix_schema::{Fetch, Field, Node, Repeated, Segment, Shape, Text};

/// A value in an evaluation.
#[derive(Clone, Copy)]
pub(crate) struct ValueNode<'e, 'a> {
    evaluator: &'e Evaluator<'a>,
    value: Value<'a>,
    /// The place where nothing better is known: that of the attribute's name, or of what contains the value.
    fallback: Span,
    /// Takes what does not fit into the one diagnostic of a failed evaluation.
    more: &'e RefCell<Vec<Diagnostic>>,
}

impl<'e, 'a> ValueNode<'e, 'a> {
    pub(crate) fn new(
        evaluator: &'e Evaluator<'a>,
        value: Value<'a>,
        fallback: Span,
        more: &'e RefCell<Vec<Diagnostic>>,
    ) -> Self {
        Self { evaluator, value, fallback, more }
    }

    fn inside(&self, value: Value<'a>, fallback: Span) -> Self {
        Self { value, fallback, ..*self }
    }

    #[inline]
    fn field(&self, attr: &Attr<'a>) -> Field<Self> {
        let key = self.evaluator.key_span(attr.position).unwrap_or_else(|| self.span());
        let name = self.evaluator.name_text(attr.name);
        Field { name, key, value: self.inside(attr.value, key) }
    }

    fn fields(&self, attrs: &'a Attrs<'a>) -> Attributes<'e, 'a> {
        Attributes { of: *self, rest: self.evaluator.entries(attrs).iter() }
    }

    fn failure(&self, diagnostics: Vec<Diagnostic>) -> Box<Diagnostic> {
        let mut diagnostics = diagnostics.into_iter();
        let first = diagnostics.next();
        self.more.borrow_mut().extend(diagnostics);
        // Where the syntax is to blame, that has been reported: a diagnostic without words, which `check` leaves out.
        let mut first = first.unwrap_or_else(|| Diagnostic::new(Code::Syntax, self.fallback, ""));
        if first.primary.is_none() {
            // The call that failed, where a library function makes it.
            first.primary = Some(self.used().unwrap_or(self.fallback));
        }
        if first.labels.is_empty()
            && first.code == Code::Evaluation
            && first.primary_label.is_empty()
            && let Some(used) = self.used()
            && first.primary.is_some_and(|primary| !used.contains(primary))
        {
            first.labels.push(Label::new(used, "needed here"));
        }
        Box::new(first)
    }

    fn text(&self, string: &NixString<'a>) -> Text {
        match std::str::from_utf8(string.text) {
            Ok(text) => {
                let segments =
                    self.evaluator.origin(self.value).map(|origin| origin.segments).unwrap_or_default();
                let segments = segments
                    .into_iter()
                    .map(|segment| Segment { start: segment.start, len: segment.len, span: segment.span })
                    .collect();
                Text { value: text.to_owned(), segments }
            }
            // Places would not fit the replaced bytes.
            Err(_) => Text::plain(string.lossy()),
        }
    }
}

impl<'e, 'a> Node for ValueNode<'e, 'a> {
    type Name = Cow<'a, str>;
    type Attributes = Attributes<'e, 'a>;

    /// Where the value was made; where a library made it, the innermost place of the user's that it went through.
    fn span(&self) -> Span {
        self.evaluator.place(self.value).unwrap_or(self.fallback)
    }

    fn route(&self) -> Vec<(Span, String)> {
        let Some((_, route)) = self.evaluator.route(self.value) else { return Vec::new() };
        let users = route.into_iter().filter(|&span| !self.evaluator.is_library(span));
        let source_map = self.evaluator.source_map();
        let computes = |span: Span| {
            let text = source_map.slice(span);
            [" + ", " - ", " * ", " / "].iter().any(|operator| text.contains(operator))
        };
        users
            .map(|span| (span, if computes(span) { "computed here" } else { "passed on here" }.to_owned()))
            .collect()
    }

    fn is_put_together(&self) -> bool {
        self.evaluator.is_put_together(self.value)
    }

    fn computed_at(&self) -> Option<Span> {
        self.evaluator.computed_at(self.value)
    }

    fn scaled(&self) -> Option<(Span, i64)> {
        self.evaluator.scaled(self.value).filter(|&(span, _)| !self.evaluator.is_library(span))
    }

    fn converted_at(&self) -> Option<Span> {
        self.evaluator.converted_at(self.value).filter(|&span| !self.evaluator.is_library(span))
    }

    fn parts(&self) -> Vec<Span> {
        self.evaluator.parts_elsewhere(self.value)
    }

    fn last_part(&self) -> Option<(Span, bool)> {
        self.evaluator.last_part_elsewhere(self.value)
    }

    fn is_number_at(&self, place: Span) -> bool {
        let source_map = self.evaluator.source_map();
        let before = &source_map.get(place.source).text()[..place.start as usize];
        source_map.slice(place).bytes().all(|byte| byte.is_ascii_digit())
            && before.ends_with(|letter: char| letter.is_whitespace() || "([{=:,".contains(letter))
    }

    fn is_computed(&self) -> bool {
        self.evaluator.is_computed(self.value)
    }

    fn written(&self) -> Option<String> {
        if self.is_computed() {
            return None;
        }
        Some(self.evaluator.source_map().slice(self.evaluator.origin(self.value)?.span).to_owned())
    }

    fn used(&self) -> Option<Span> {
        self.evaluator.written(self.value).filter(|&span| !self.evaluator.is_library(span))
    }

    fn is_function(&self) -> bool {
        self.evaluator.force(self.value).is_ok_and(|value| value.is_function())
    }

    fn is_broken(&self) -> bool {
        let Some(origin) = self.evaluator.origin(self.value) else { return false };
        let whole = origin.span;
        self.evaluator.syntax_errors().iter().filter_map(|error| error.primary).any(|place| {
            place.source == whole.source && whole.start <= place.start && place.start < whole.end
        })
    }

    fn is_incomplete(&self) -> bool {
        match self.evaluator.force(self.value) {
            Ok(Value::Attrs(attrs)) => self.evaluator.is_incomplete(attrs),
            Ok(_) => false,
            Err(_) => self.evaluator.partly(self.value).is_some(),
        }
    }

    fn partly(&self) -> Option<Attributes<'e, 'a>> {
        Some(self.fields(self.evaluator.partly(self.value)?))
    }

    fn read_from(&self) -> Option<(Span, Option<String>)> {
        let map = self.evaluator.source_map();
        let origin = self.evaluator.origin(self.value)?;
        let route = self.evaluator.route(self.value).map(|(_, route)| route).unwrap_or_default();
        let places = self.used().into_iter().chain(route).chain([origin.span]);
        let places: Vec<_> = places.filter(|&place| !self.evaluator.is_library(place)).collect();
        let mut calls =
            places.iter().filter_map(|&place| Some((place, Some(argument_of_read(map.slice(place))?))));
        let is_whole_file = |span: Span| {
            let length = map.get(span.source).text().len();
            span.start == 0 && usize::try_from(span.end).is_ok_and(|end| end == length)
        };
        let used_elsewhere = || {
            let content = origin.segments.first().map_or(origin.span, |segment| segment.span);
            let place = places.iter().find(|place| place.source != content.source)?;
            is_whole_file(content).then_some((*place, None))
        };
        calls.next().or_else(used_elsewhere)
    }

    fn closed_arguments(&self) -> Option<(Span, String)> {
        let span = self.evaluator.closed_arguments(self.value)?;
        Some((span, self.evaluator.source_map().slice(span).to_owned()))
    }

    fn uncalled(&self) -> Option<Span> {
        let is_meant = self.evaluator.gives_function(self.value);
        is_meant.then(|| self.evaluator.written(self.value).unwrap_or_else(|| self.span()))
    }

    fn repeated(&self) -> Vec<Repeated<Self>> {
        let Ok(Value::Attrs(attrs)) = self.evaluator.force(self.value) else { return Vec::new() };
        let whole = self.span();
        let repeated = self.evaluator.repeated(attrs).into_iter();
        repeated
            .map(|(name, first, again, dropped)| Repeated {
                name: String::from_utf8_lossy(name).into_owned(),
                first: first.unwrap_or(whole),
                again: again.unwrap_or(whole),
                dropped: dropped.map(|value| self.inside(value, whole)),
            })
            .collect()
    }

    fn string(&self) -> Option<Cow<'_, str>> {
        match self.evaluator.force(self.value) {
            Ok(Value::String(string)) if fetch(string).is_none() => Some(text(string.text)),
            _ => None,
        }
    }

    fn attribute(&self, name: &str) -> Option<Self> {
        let Ok(Value::Attrs(attrs)) = self.evaluator.force(self.value) else { return None };
        let attr = attrs.get(self.evaluator.intern(name))?;
        Some(self.inside(attr.value, self.evaluator.key_span(attr.position).unwrap_or_else(|| self.span())))
    }

    fn replaced(&self, name: &str) -> Option<Field<Self>> {
        let Ok(Value::Attrs(attrs)) = self.evaluator.force(self.value) else { return None };
        let attr = self.evaluator.replaced(attrs, self.evaluator.intern(name))?;
        Some(self.field(&attr))
    }

    fn broken_at(&self) -> Option<(usize, usize)> {
        let Ok(Value::String(string)) = self.evaluator.force(self.value) else { return None };
        let valid = std::str::from_utf8(string.text).err()?.valid_up_to();
        let before = String::from_utf8_lossy(&string.text[..valid]);
        let line = before.rsplit('\n').next().unwrap_or_default();
        Some((before.matches('\n').count() + 1, line.chars().count() + 1))
    }

    fn is_null(&self) -> bool {
        matches!(self.evaluator.force(self.value), Ok(Value::Null))
    }

    fn shape(&self) -> Result<Shape<Self>, Box<Diagnostic>> {
        let value =
            self.evaluator.force(self.value).map_err(|error| self.failure(self.evaluator.diagnose(error)))?;
        Ok(match value {
            Value::Null => Shape::Null,
            Value::Bool(value) => Shape::Bool(value.get()),
            Value::Int(value) => Shape::Int(value),
            Value::Float(value) => Shape::Float(value.get()),
            Value::String(string) => match fetch(string) {
                Some(fetch) => Shape::Fetch(fetch),
                None => Shape::String(self.text(string)),
            },
            Value::Path(path) => Shape::Path(PathBuf::from(OsStr::from_bytes(path.text))),
            Value::List(list) => {
                if self.evaluator.is_incomplete_list(list) {
                    // What is missing has been reported.
                    return Err(self.failure(Vec::new()));
                }
                let span = self.span();
                Shape::List(list.items.iter().map(|&item| self.inside(item, span)).collect())
            }
            Value::Attrs(attrs) => Shape::Attrs(self.fields(attrs)),
            _ => Shape::Function,
        })
    }
}

/// The argument of a call of `readFile` that stands alone.
fn argument_of_read(text: &str) -> Option<String> {
    let argument = text.strip_prefix("builtins.").unwrap_or(text).strip_prefix("readFile")?.trim_start();
    let is_alone = argument.starts_with(['.', '/', '~', '(', '"']) && !argument.contains(" + ");
    is_alone.then(|| argument.to_owned())
}

/// The attributes of a set.
#[derive(Clone)]
pub(crate) struct Attributes<'e, 'a> {
    of: ValueNode<'e, 'a>,
    rest: std::slice::Iter<'a, Attr<'a>>,
}

impl<'e, 'a> Iterator for Attributes<'e, 'a> {
    type Item = Field<ValueNode<'e, 'a>>;

    #[inline]
    fn next(&mut self) -> Option<Self::Item> {
        Some(self.of.field(self.rest.next()?))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.rest.size_hint()
    }
}

impl ExactSizeIterator for Attributes<'_, '_> {}

impl fmt::Debug for Attributes<'_, '_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.clone().map(|field| field.name)).finish()
    }
}

/// Text that hardly ever has anything in it that is no UTF-8.
#[inline]
fn text(bytes: &[u8]) -> Cow<'_, str> {
    match std::str::from_utf8(bytes) {
        Ok(text) => Cow::Borrowed(text),
        Err(_) => String::from_utf8_lossy(bytes),
    }
}

/// The download that a string stands for, where it is the whole path of one.
fn fetch(string: &NixString<'_>) -> Option<Fetch> {
    let [Context::Fetch { url, name, sha256 }] = string.context else { return None };
    // `"${fetched}/file"` has the context as well, and is no download.
    let whole = string.text.ends_with(name) && string.text.split(|&byte| byte == b'/').count() <= 4;
    let owned = |bytes: &[u8]| text(bytes).into_owned();
    whole.then(|| Fetch {
        url: owned(url),
        sha256: (!sha256.is_empty()).then(|| owned(sha256)),
        name: owned(name),
    })
}
