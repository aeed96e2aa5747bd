//! JSON, TOML and XML.

use std::ops::Range;

use launchnix_diagnostics::Span;

use super::{Builtin, computes};
use crate::error::{Error, Failure};
use crate::eval::{Coercion, Evaluator, Joined, Made, Result, TextPlaces, lossy};
use crate::ir::Params;
use crate::symbol::{Symbol, well_known};
use crate::text::json::JsonBuilder;
use crate::text::{float, json, json_string, toml, xml};
use crate::value::{AttrsBuilder, Closure, Context, Partial, Position, Value};

pub(super) static ALL: &[Builtin] = &[
    computes("toJSON", 1, |e, a| {
        let (text, context) = e.json_of(a[0])?;
        Ok(e.string_in(e.arena.alloc_slice_copy(&text), e.context_in(context)))
    }),
    computes("fromJSON", 1, |e, a| {
        let text = e.expect_plain_string(a[0])?;
        let mut values = Values { evaluator: e, places: e.text_places(a[0]) };
        let value = json::parse(text, &mut values, MAX_DEPTH).map_err(|error| {
            let mut failure = Failure::other(error.message);
            failure.fault = error.fault;
            values.blame(failure, error.offset)
        })?;
        let read = e.force(value)?;
        e.keep_origin_of_read(value);
        Ok(read)
    }),
    computes("fromTOML", 1, |e, a| {
        let text = e.expect_plain_string(a[0])?;
        let mut values = Values { evaluator: e, places: e.text_places(a[0]) };
        let value =
            toml::parse(text, e.settings.features.has("parse-toml-timestamps"), &mut values, MAX_DEPTH)
                .map_err(|error| {
                    let mut failure = Failure::other(error.message);
                    failure.help = error.help;
                    failure.excerpt = error.excerpt;
                    match error.range.and_then(|range| values.span(range)) {
                        Some(span) => failure.at(span),
                        None => failure,
                    }
                })?;
        e.force(value)
    }),
    computes("toXML", 1, |e, a| {
        let (text, context) = e.xml(a[0])?;
        Ok(e.string_in(e.arena.alloc_slice_copy(&text), e.context_in(context)))
    }),
];

/// Nesting that is read. Nix has no bound, and whoever goes through a value has one of its own.
const MAX_DEPTH: usize = usize::MAX;

/// Makes values of what a parser reads.
struct Values<'e, 'a> {
    evaluator: &'e Evaluator<'a>,
    /// Where the text was written, with tracing.
    places: Option<TextPlaces>,
}

impl Values<'_, '_> {
    fn span(&self, range: Range<usize>) -> Option<Span> {
        self.places.as_ref()?.span(range)
    }

    /// Adds the place in the text to a failure.
    fn blame(&self, failure: Error, offset: usize) -> Error {
        match self.span(offset.saturating_sub(1)..offset) {
            Some(span) => failure.at(span),
            None => failure,
        }
    }
}

impl<'a> JsonBuilder for Values<'_, 'a> {
    type Value = Value<'a>;
    type Key = (Symbol, Position);

    fn null(&mut self) -> Value<'a> {
        Value::Null
    }

    fn bool(&mut self, value: bool) -> Value<'a> {
        Value::bool(value)
    }

    fn int(&mut self, value: i64) -> Value<'a> {
        Value::Int(value)
    }

    fn float(&mut self, value: f64) -> Value<'a> {
        Value::float(value)
    }

    fn string(&mut self, value: &[u8]) -> Value<'a> {
        self.evaluator.string(value)
    }

    fn key(&mut self, name: &[u8], range: Range<usize>) -> (Symbol, Position) {
        // For `unsafeGetAttrPos` it is written nowhere.
        let position =
            self.span(range).map_or(Position::NONE, |span| self.evaluator.position(span, span).inherited());
        (self.evaluator.symbols.intern(name), position)
    }

    fn list(&mut self, elements: impl ExactSizeIterator<Item = Value<'a>>) -> Value<'a> {
        let items = self.evaluator.arena.alloc_slice_fill_iter(elements);
        self.evaluator.list_in(items)
    }

    fn object(
        &mut self,
        entries: impl ExactSizeIterator<Item = ((Symbol, Position), Value<'a>)>,
    ) -> Value<'a> {
        let mut entries: Vec<_> = entries.collect();
        // The builder keeps the first of equal names, and the last is wanted.
        entries.reverse();
        let mut attrs = AttrsBuilder::with_capacity(self.evaluator.arena, entries.len());
        for ((name, position), value) in entries {
            attrs.push(name, position, value);
        }
        attrs.finish_value()
    }

    fn place(&mut self, value: Value<'a>, range: Range<usize>) -> Value<'a> {
        self.span(range).map_or(value, |span| self.evaluator.placed(value, span))
    }
}

/// A JSON text as it is written by Nix: without spaces, with sorted keys.
pub(super) fn normal_json(e: &Evaluator<'_>, text: &[u8]) -> Result<Vec<u8>> {
    let value = json::parse(text, &mut Values { evaluator: e, places: None }, MAX_DEPTH)
        .map_err(|error| Failure::other(error.message))?;
    Ok(e.json(value)?.0)
}

impl<'a> Evaluator<'a> {
    /// A value as JSON, with the context of its strings. Forces it wholly.
    pub fn json(&self, value: Value<'a>) -> Result<(Vec<u8>, Vec<Context<'a>>)> {
        self.json_with(value, true)
    }

    /// As [`json`](Self::json); without `strict`, what is not forced yet is an error.
    pub fn json_with(&self, value: Value<'a>, strict: bool) -> Result<(Vec<u8>, Vec<Context<'a>>)> {
        let mut writer = JsonWriter::new(self, strict);
        writer.value(value)?;
        Ok((writer.out, writer.context))
    }

    /// As [`json`](Self::json), for the string of the call that is being made: each value in it comes from where that was
    /// written.
    fn json_of(&self, value: Value<'a>) -> Result<(Vec<u8>, Vec<Context<'a>>)> {
        let mut writer = JsonWriter::new(self, true);
        writer.parts = self.tracing.then(Parts::default);
        writer.value(value)?;
        if let Some(parts) = writer.parts {
            self.join_origins(&parts.up_to(writer.out.len()));
        }
        Ok((writer.out, writer.context))
    }

    /// A value as far as it is forced already.
    fn look(&self, value: Value<'a>, strict: bool) -> Result<Value<'a>> {
        match value {
            _ if strict => self.force(value),
            Value::Thunk(thunk) => Ok(thunk.value.get()),
            value => Ok(value),
        }
    }

    /// A value as XML, as `toXML` gives it. Forces it wholly.
    pub fn xml(&self, value: Value<'a>) -> Result<(Vec<u8>, Vec<Context<'a>>)> {
        let (text, context) = self.xml_with(value, true, false);
        Ok((text, context?))
    }

    /// As [`xml`](Self::xml), as `--xml` gives it: without `strict`, nothing is forced; with `places`, attributes
    /// and functions have the places where they were written. Where a part fails, what comes before it is there, and
    /// its elements are closed; but not where that is more than 64 MiB.
    pub fn xml_with(
        &self,
        value: Value<'a>,
        strict: bool,
        places: bool,
    ) -> (Vec<u8>, Result<Vec<Context<'a>>>) {
        let mut writer = XmlWriter {
            evaluator: self,
            strict,
            places,
            out: Vec::new(),
            indents: Vec::new(),
            context: Vec::new(),
            seen: rustc_hash::FxHashSet::default(),
        };
        writer.out.extend_from_slice(b"<?xml version='1.0' encoding='utf-8'?>\n<expr>\n");
        let written = writer.value(value, 1);
        writer.out.extend_from_slice(b"</expr>\n");
        let text = if written.is_err() && writer.size() > PARTIAL_XML { Vec::new() } else { writer.text() };
        (text, written.map(|()| writer.context))
    }
}

struct JsonWriter<'e, 'a> {
    evaluator: &'e Evaluator<'a>,
    strict: bool,
    out: Vec<u8>,
    context: Vec<Context<'a>>,
    /// Where the parts of the text were written, if somebody may ask.
    parts: Option<Parts<'a>>,
}

/// Where the parts of a text were written, in order.
#[derive(Default)]
struct Parts<'a> {
    known: Vec<Joined<'a>>,
    /// How many bytes they are.
    length: usize,
}

impl<'a> Parts<'a> {
    /// All parts of a text of some length.
    fn up_to(mut self, length: usize) -> Vec<Joined<'a>> {
        self.known.push(Joined::whole(None, length - self.length));
        self.known
    }

    fn push(&mut self, start: usize, end: usize, made: Made<'a>) {
        self.known.push(Joined::whole(None, start - self.length));
        self.known.push(Joined::whole(Some(made), end - start));
        self.length = end;
    }
}

impl<'e, 'a> JsonWriter<'e, 'a> {
    fn new(evaluator: &'e Evaluator<'a>, strict: bool) -> Self {
        Self { evaluator, strict, out: Vec::new(), context: Vec::new(), parts: None }
    }

    /// Notes where that stands in the source which was written since a place.
    fn note_part(&mut self, start: usize, place: impl FnOnce(&'e Evaluator<'a>) -> Option<Span>) {
        if let Some(parts) = &mut self.parts
            && let Some(place) = place(self.evaluator)
        {
            parts.push(start, self.out.len(), Made::Text(self.evaluator.arena.alloc(place)));
        }
    }

    fn string(&mut self, text: &[u8]) -> Result<()> {
        json_string::write_json_string(&mut self.out, text).map_err(Failure::other)
    }

    fn value(&mut self, value: Value<'a>) -> Result<()> {
        let e = self.evaluator;
        e.deeper(|| self.shallow(value))
    }

    fn shallow(&mut self, value: Value<'a>) -> Result<()> {
        let e = self.evaluator;
        let start = self.out.len();
        match e.look(value, self.strict)? {
            Value::Null => self.out.extend_from_slice(b"null"),
            Value::Bool(value) => self.out.extend_from_slice(if value.get() { b"true" } else { b"false" }),
            Value::Int(int) => self.out.extend_from_slice(int.to_string().as_bytes()),
            Value::Float(value) => self.out.extend_from_slice(float::to_json(value.get()).as_bytes()),
            Value::String(string) => {
                self.context.extend_from_slice(string.context);
                self.string(string.text)?;
            }
            Value::Path(path) => {
                let store_path = e.copy_to_store(path.text)?;
                self.context.push(Context::Opaque(store_path));
                self.string(store_path)?;
            }
            Value::List(list) => {
                self.out.push(b'[');
                self.note_part(start, |e| e.place(value));
                for (index, &item) in list.items.iter().enumerate() {
                    if index > 0 {
                        self.out.push(b',');
                    }
                    self.value(item).map_err(|error| {
                        error.frame(None, format!("while evaluating list element at index {index}"))
                    })?;
                }
                self.out.push(b']');
                self.note_part(self.out.len() - 1, |e| e.place(value));
                return Ok(());
            }
            Value::Attrs(attrs) => {
                if attrs.get(well_known::TO_STRING).is_some() {
                    let string = e.coerce(Value::Attrs(attrs), Coercion::PATH)?;
                    self.context.extend_from_slice(string.context);
                    return self.string(string.text);
                }
                if let Some(out_path) = attrs.get(well_known::OUT_PATH) {
                    return self.value(out_path.value);
                }
                self.out.push(b'{');
                self.note_part(start, |e| e.place(value));
                for (index, (name, attr)) in e.sorted(attrs).into_iter().enumerate() {
                    if index > 0 {
                        self.out.push(b',');
                    }
                    let start = self.out.len();
                    self.string(name)?;
                    self.note_part(start, |e| e.key_span(attr.position));
                    self.out.push(b':');
                    self.value(attr.value).map_err(|error| self.in_attribute(error, name, attr.position))?;
                }
                self.out.push(b'}');
                self.note_part(self.out.len() - 1, |e| e.place(value));
                return Ok(());
            }
            other => {
                return Err(Failure::other(format!("cannot convert {} to JSON", other.describe())));
            }
        }
        self.note_part(start, |e| e.place(value));
        Ok(())
    }

    #[cold]
    fn in_attribute(&self, error: Error, name: &[u8], position: Position) -> Error {
        error
            .frame(self.evaluator.key_span(position), format!("while evaluating attribute '{}'", lossy(name)))
    }
}

/// How many bytes are given of XML that ends in a failure. What is nested without end is nearly all indentation: of a
/// set that contains itself it would be 800 MB until the depth is exceeded.
const PARTIAL_XML: usize = 64 << 20;

struct XmlWriter<'e, 'a> {
    evaluator: &'e Evaluator<'a>,
    strict: bool,
    places: bool,
    /// The text without what its lines are indented by.
    out: Vec<u8>,
    /// Where lines begin in it, and how deep they are.
    indents: Vec<(usize, usize)>,
    context: Vec<Context<'a>>,
    /// Derivations that were written already.
    seen: rustc_hash::FxHashSet<&'a [u8]>,
}

impl<'a> XmlWriter<'_, 'a> {
    fn indent(&mut self, depth: usize) {
        self.indents.push((self.out.len(), depth));
    }

    /// The length of the text in bytes.
    fn size(&self) -> usize {
        self.out.len() + self.indents.iter().map(|(_, depth)| 2 * depth).sum::<usize>()
    }

    /// The text with its lines indented.
    fn text(&self) -> Vec<u8> {
        let mut text = Vec::with_capacity(self.size());
        let mut written = 0;
        for &(start, depth) in &self.indents {
            text.extend_from_slice(&self.out[written..start]);
            text.extend(std::iter::repeat_n(b' ', 2 * depth));
            written = start;
        }
        text.extend_from_slice(&self.out[written..]);
        text
    }

    fn leaf(&mut self, depth: usize, element: &str, attribute: &str, value: &[u8]) {
        self.indent(depth);
        self.out.extend_from_slice(format!("<{element} {attribute}=\"").as_bytes());
        xml::write_attribute_value(&mut self.out, value);
        self.out.extend_from_slice(b"\" />\n");
    }

    fn line(&mut self, depth: usize, text: &str) {
        self.indent(depth);
        self.out.extend_from_slice(text.as_bytes());
        self.out.push(b'\n');
    }

    fn value(&mut self, value: Value<'a>, depth: usize) -> Result<()> {
        let e = self.evaluator;
        e.deeper(|| self.shallow(value, depth))
    }

    fn shallow(&mut self, value: Value<'a>, depth: usize) -> Result<()> {
        let e = self.evaluator;
        match e.look(value, self.strict)? {
            Value::Null => self.line(depth, "<null />"),
            Value::Bool(value) => {
                self.leaf(depth, "bool", "value", if value.get() { b"true" } else { b"false" });
            }
            Value::Int(int) => self.leaf(depth, "int", "value", int.to_string().as_bytes()),
            Value::Float(value) => self.leaf(depth, "float", "value", float::print(value.get()).as_bytes()),
            Value::String(string) => {
                self.context.extend_from_slice(string.context);
                self.leaf(depth, "string", "value", string.text);
            }
            Value::Path(path) => self.leaf(depth, "path", "value", path.text),
            Value::List(list) => {
                self.line(depth, "<list>");
                let written = list.items.iter().try_for_each(|&item| self.value(item, depth + 1));
                self.line(depth, "</list>");
                written?;
            }
            Value::Attrs(attrs) => self.attrs(attrs, depth)?,
            Value::Closure(closure) => self.function(closure, 0, depth),
            Value::Partial(&Partial { function: Value::Closure(closure), args }) => {
                self.function(closure, args.len(), depth);
            }
            // Nix has written this one in its own language: `drvAttrs@{ outputs ? …, ... }:`.
            Value::Builtin(builtin) if builtin.name == "derivation" => {
                self.indent(depth);
                self.out.extend_from_slice(b"<function");
                let path = self.place(super::foreign_place(super::derivation::Place::Function as u8));
                self.path(path);
                self.out.extend_from_slice(b">\n");
                self.pattern(true, Some(b"drvAttrs"), vec![b"outputs"], depth + 1);
                self.line(depth, "</function>");
            }
            _ => self.line(depth, "<unevaluated />"),
        }
        Ok(())
    }

    /// A function that has some of its arguments already.
    fn function(&mut self, closure: &'a Closure<'a>, given: usize, depth: usize) {
        let e = self.evaluator;
        let lambda = closure.lambda;
        let start = lambda.start(given);
        self.indent(depth);
        self.out.extend_from_slice(b"<function");
        let path = self.place(Some(e.line_column(Span::new(lambda.span.source, start, start))));
        self.path(path);
        self.out.extend_from_slice(b">\n");
        match &lambda.params {
            Params::Simple(names) => {
                let name = names.get(given).map_or(&b""[..], |&name| e.symbols.name(name));
                self.leaf(depth + 1, "varpat", "name", name);
            }
            Params::Pattern(pattern) => {
                let names = pattern.formals.iter().map(|formal| e.symbols.name(formal.name)).collect();
                let whole = pattern.whole_name.map(|whole| e.symbols.name(whole));
                self.pattern(pattern.ellipsis, whole, names, depth + 1);
            }
        }
        self.line(depth, "</function>");
    }

    /// The arguments of a function that takes a set, by their names.
    fn pattern(&mut self, ellipsis: bool, whole: Option<&[u8]>, mut names: Vec<&[u8]>, depth: usize) {
        self.indent(depth);
        self.out.extend_from_slice(b"<attrspat");
        if ellipsis {
            self.out.extend_from_slice(b" ellipsis=\"1\"");
        }
        if let Some(whole) = whole {
            self.out.extend_from_slice(b" name=\"");
            xml::write_attribute_value(&mut self.out, whole);
            self.out.push(b'"');
        }
        self.out.extend_from_slice(b">\n");
        names.sort_unstable();
        for name in names {
            self.leaf(depth + 1, "attr", "name", name);
        }
        self.line(depth, "</attrspat>");
    }

    fn attrs(&mut self, attrs: &'a crate::value::Attrs<'a>, depth: usize) -> Result<()> {
        let e = self.evaluator;
        if !e.is_derivation(attrs)? {
            self.line(depth, "<attrs>");
            let written = self.attributes(attrs, depth + 1);
            self.line(depth, "</attrs>");
            return written;
        }
        let string = |name| match attrs.get(name) {
            Some(attr) => match e.look(attr.value, self.strict)? {
                Value::String(string) => Ok(Some(string.text)),
                _ => Ok(None),
            },
            None => Ok::<_, Error>(None),
        };
        let (drv_path, out_path) = (string(well_known::DRV_PATH)?, string(well_known::OUT_PATH)?);
        self.indent(depth);
        self.out.extend_from_slice(b"<derivation");
        for (name, path) in [("drvPath", drv_path), ("outPath", out_path)] {
            if let Some(path) = path {
                self.out.extend_from_slice(format!(" {name}=\"").as_bytes());
                xml::write_attribute_value(&mut self.out, path);
                self.out.push(b'"');
            }
        }
        self.out.extend_from_slice(b">\n");
        let mut written = Ok(());
        if drv_path.is_some_and(|path| self.seen.insert(path)) {
            written = self.attributes(attrs, depth + 1);
        } else {
            self.line(depth + 1, "<repeated />");
        }
        self.line(depth, "</derivation>");
        written
    }

    /// Writes line and column of a place; gives its file, which comes later since attributes are sorted.
    fn place(&mut self, place: Option<(String, u32, u32)>) -> Option<String> {
        let (file, line, column) = place.filter(|_| self.places)?;
        self.out.extend_from_slice(format!(" column=\"{column}\" line=\"{line}\"").as_bytes());
        file.starts_with('/').then_some(file)
    }

    fn path(&mut self, path: Option<String>) {
        if let Some(path) = path {
            self.out.extend_from_slice(b" path=\"");
            xml::write_attribute_value(&mut self.out, path.as_bytes());
            self.out.push(b'"');
        }
    }

    fn attributes(&mut self, attrs: &'a crate::value::Attrs<'a>, depth: usize) -> Result<()> {
        for (name, attr) in self.evaluator.sorted(attrs) {
            self.indent(depth);
            self.out.extend_from_slice(b"<attr");
            let path = self.place(self.evaluator.written_in(attr.position));
            self.out.extend_from_slice(b" name=\"");
            xml::write_attribute_value(&mut self.out, name);
            self.out.push(b'"');
            self.path(path);
            self.out.extend_from_slice(b">\n");
            let written = self.value(attr.value, depth + 1);
            self.line(depth, "</attr>");
            written?;
        }
        Ok(())
    }
}
