//! Reading TOML 1.0 as `fromTOML` does.
//!
//! What is TOML, which of several mistakes counts and how that is worded is what Nix 2.34 does: people search for the
//! words. Its parser goes on behind a mistake to find more of them; here the
//! first ends it, and the others are only looked for to be shown.

use std::ops::Range;

use super::json::JsonBuilder;
use super::toml_excerpt::{Excerpts, Next};
use super::toml_scalar::Scalar;
use super::toml_scan::{Name, Reason, Scanned, Scanner, Wrong};
use super::toml_tables::{Heading, Kind, Shape, Tables};

/// Reads a TOML text; the result is always an object. With `timestamps` dates and times are objects of their texts,
/// else they are errors. So is deeper nesting of arrays and inline tables than `max_depth`.
pub fn parse<B: JsonBuilder>(
    text: &[u8],
    timestamps: bool,
    builder: &mut B,
    max_depth: usize,
) -> Result<B::Value, TomlError> {
    let mut ended = text.to_vec();
    if !matches!(ended.last(), None | Some(b'\n' | b'\r')) {
        ended.push(b'\n');
    }
    let mut parser = Parser::new(&ended, builder, timestamps, max_depth);
    if let Err(wrong) = parser.file() {
        let mut error = TomlError::at(text, &wrong);
        error.excerpt = parser.excerpts(&ended, wrong);
        return Err(error);
    }
    match parser.refused {
        Some(message) => Err(TomlError { message, help: None, range: None, excerpt: None }),
        None => Ok(parser.tables.build(0, parser.builder)),
    }
}

/// Why a text is no TOML.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TomlError {
    /// Worded as Nix words it, up to the excerpt of the text that it shows.
    pub message: String,
    /// What to say of the place, with the line.
    pub help: Option<String>,
    /// Where: bytes of the text.
    pub range: Option<Range<usize>>,
    /// What Nix adds to the message, where that is known: the line, and other mistakes.
    pub excerpt: Option<String>,
}

impl TomlError {
    fn at(text: &[u8], wrong: &Wrong) -> Self {
        let at = wrong.at.min(text.len());
        let line = text[..at].split(|&byte| byte == b'\n').count();
        let (words, of_place) = wrong.reason;
        Self {
            message: format!("while parsing TOML: [error] {words}"),
            help: Some(format!("in line {line}: {of_place}")),
            range: Some(at..(at + 1).min(text.len())),
            excerpt: None,
        }
    }
}

struct Parser<'t, 'b, B: JsonBuilder> {
    scanner: Scanner<'t>,
    tables: Tables<B>,
    builder: &'b mut B,
    timestamps: bool,
    max_depth: usize,
    /// What cannot be a value of the language though it is TOML: that counts only where all is TOML.
    refused: Option<String>,
    /// Whether a value in another one is being read.
    nested: bool,
}

/// An array or inline table whose end was not read yet.
enum Open {
    Array { start: usize, first_value: usize, only_tables: bool },
    Table { start: usize, table: usize, names: Vec<Name> },
}

impl<'t, 'b, B: JsonBuilder> Parser<'t, 'b, B> {
    fn new(text: &'t [u8], builder: &'b mut B, timestamps: bool, max_depth: usize) -> Self {
        let scanner = Scanner { text, at: 0 };
        Self { scanner, tables: Tables::new(), builder, timestamps, max_depth, refused: None, nested: false }
    }

    /// What Nix shows of a mistake and of those in the lines behind it; `None` where that is not known.
    fn excerpts(&mut self, text: &[u8], mut wrong: Wrong) -> Option<String> {
        let mut excerpts = Excerpts::default();
        let (mut base, mut nested) = (0, self.nested);
        loop {
            if nested {
                return None;
            }
            let Next::Line(next) = excerpts.add(text, base, &wrong)? else {
                return Some(excerpts.into_text());
            };
            base = next;
            let mut rest = Parser::new(&text[base..], self.builder, self.timestamps, self.max_depth);
            match rest.file() {
                Ok(()) => return Some(excerpts.into_text()),
                Err(other) => wrong = other,
            }
            nested = rest.nested;
        }
    }

    fn file(&mut self) -> Scanned<()> {
        self.scanner.eat(b"\xEF\xBB\xBF");
        let root = self.tables.open(Kind::Explicit, Some(0..self.scanner.text.len()));
        // Comments at the top are read in another way than others, which shows in what is said of wrong ones.
        while self.scanner.comment_line()? {}
        self.bindings(root)?;
        while self.scanner.peek().is_some() {
            self.scanner.spacer();
            let table = self.heading()?;
            self.bindings(table)?;
        }
        Ok(())
    }

    /// What belongs to a table: up to the next heading, which need not start a line.
    fn bindings(&mut self, table: usize) -> Scanned<()> {
        let mut line_ended = true;
        loop {
            line_ended |= self.scanner.spacer();
            match self.scanner.peek() {
                None | Some(b'[') => return Ok(()),
                Some(_) if !line_ended => return Err(self.scanner.wrong(NO_NEWLINE)),
                Some(_) => {}
            }
            let start = self.scanner.at;
            let names = self.assigned()?;
            let value = self.value()?;
            line_ended = self.scanner.comment_line()?;
            self.assign(table, names, value, start)?;
        }
    }

    /// A dotted name and the `=` behind it.
    fn assigned(&mut self) -> Scanned<Vec<Name>> {
        let mut names = self.scanner.name()?;
        self.refuse_nul_in_names(&mut names);
        self.scanner.spaces();
        if !self.scanner.eat(b"=") {
            return Err(self.scanner.wrong(NO_EQUALS));
        }
        self.scanner.spaces();
        Ok(names)
    }

    fn assign(&mut self, table: usize, names: Vec<Name>, value: (B::Value, Shape), at: usize) -> Scanned<()> {
        self.tables.assign(table, names, value, self.builder).map_err(|reason| Wrong { reason, at })
    }

    fn heading(&mut self) -> Scanned<usize> {
        let start = self.scanner.at;
        let (heading, opening, closing, reason): (_, &[u8], &[u8], _) = match self.scanner.rest() {
            [b'[', b'[', ..] => (Heading::ArrayElement, b"[[", b"]]", INVALID_ARRAY_HEADING),
            _ => (Heading::Table, b"[", b"]", INVALID_HEADING),
        };
        self.scanner.eat(opening);
        self.scanner.spaces();
        let mut names = self.scanner.name().map_err(|wrong| {
            // What is no character is only found where the heading is whole, and Nix has lost its start then.
            let is_whole = wrong.reason.0.starts_with("toml::parse_utf8_codepoint");
            Wrong { reason: if is_whole { INVALID_HEADING } else { reason }, ..wrong }
        })?;
        self.refuse_nul_in_names(&mut names);
        self.scanner.spaces();
        if !self.scanner.eat(closing) {
            return Err(self.scanner.wrong(reason));
        }
        let end = self.scanner.at;
        if !self.scanner.comment_line()? {
            self.scanner.spaces();
            if self.scanner.peek().is_some() && !self.scanner.newline() {
                return Err(self.scanner.wrong(MORE_BEHIND_HEADING));
            }
        }
        let table = self.tables.enter(heading, names, start..end, self.builder);
        table.map_err(|reason| Wrong { reason, at: start })
    }

    /// A value. Those in others are kept on a stack, since a text may nest them as deep as it likes.
    fn value(&mut self) -> Scanned<(B::Value, Shape)> {
        let mut open: Vec<Open> = Vec::new();
        let mut values: Vec<B::Value> = Vec::new();
        loop {
            // Here a value must start.
            self.nested = !open.is_empty();
            let start = self.scanner.at;
            if matches!(self.scanner.peek(), Some(b'[' | b'{')) && open.len() >= self.max_depth {
                return Err(self.scanner.wrong(TOO_DEEP));
            }
            let mut value = match self.scanner.peek() {
                Some(b'[') => {
                    self.scanner.at += 1;
                    self.scanner.spacer();
                    let array = Open::Array { start, first_value: values.len(), only_tables: true };
                    if !self.closes_array(true)? {
                        open.push(array);
                        continue;
                    }
                    self.close(&array, &mut values)
                }
                Some(b'{') => {
                    self.scanner.at += 1;
                    self.scanner.spaces();
                    let table = self.tables.open(Kind::Explicit, None);
                    if self.scanner.peek() != Some(b'}') {
                        self.nested = true;
                        open.push(Open::Table { start, table, names: self.assigned()? });
                        continue;
                    }
                    self.scanner.at += 1;
                    self.close(&Open::Table { start, table, names: Vec::new() }, &mut values)
                }
                Some(b'"' | b'\'') => {
                    let string = self.scanner.string()?;
                    let value = self.string(&string);
                    (self.builder.place(value, start..self.scanner.at), Shape::Other)
                }
                _ => {
                    let scalar = self.scanner.scalar()?;
                    let value = self.scalar(scalar);
                    (self.builder.place(value, start..self.scanner.at), Shape::Other)
                }
            };
            // Here a value is complete: close what it completes.
            loop {
                self.nested = open.len() > 1;
                let closes = match open.last_mut() {
                    None => return Ok(value),
                    Some(Open::Array { only_tables, .. }) => {
                        *only_tables &= value.1 == Shape::Table;
                        values.push(value.0);
                        self.scanner.spacer();
                        let comma = self.scanner.eat(b",");
                        self.scanner.comment_line()?;
                        if comma {
                            self.scanner.spacer();
                        }
                        self.closes_array(comma)?
                    }
                    Some(Open::Table { table, names, .. }) => {
                        let (table, of_value) = (*table, std::mem::take(names));
                        let at = of_value.first().map_or(start, |name| name.range.start);
                        self.assign(table, of_value, value, at)?;
                        match self.next_in_table()? {
                            None => true,
                            Some(next) => {
                                *names = next;
                                false
                            }
                        }
                    }
                };
                let Some(closed) = open.pop_if(|_| closes) else { break };
                value = self.close(&closed, &mut values);
            }
        }
    }

    /// Whether an array ends here, where a value may only come if a comma did.
    fn closes_array(&mut self, comma: bool) -> Scanned<bool> {
        match self.scanner.peek() {
            Some(b']') => {
                self.scanner.at += 1;
                Ok(true)
            }
            None => Err(self.scanner.wrong(ARRAY_NOT_CLOSED)),
            Some(_) if !comma => Err(self.scanner.wrong(NO_COMMA_IN_ARRAY)),
            Some(_) => Ok(false),
        }
    }

    /// The next name of an inline table behind a value, unless it ends here.
    fn next_in_table(&mut self) -> Scanned<Option<Vec<Name>>> {
        self.scanner.spaces();
        let comma = self.scanner.eat(b",");
        self.scanner.spaces();
        match self.scanner.peek() {
            Some(b'}') if comma => Err(self.scanner.wrong(TRAILING_COMMA)),
            Some(b'}') => {
                self.scanner.at += 1;
                Ok(None)
            }
            None => Err(self.scanner.wrong(TABLE_NOT_CLOSED)),
            Some(_) if !comma => Err(self.scanner.wrong(NO_COMMA_IN_TABLE)),
            Some(_) => {
                self.nested = true;
                self.assigned().map(Some)
            }
        }
    }

    fn close(&mut self, open: &Open, values: &mut Vec<B::Value>) -> (B::Value, Shape) {
        let (value, shape, start) = match *open {
            Open::Array { start, first_value, only_tables } => {
                let shape =
                    if only_tables && values.len() > first_value { Shape::Tables } else { Shape::Other };
                (self.builder.list(values.drain(first_value..)), shape, start)
            }
            Open::Table { start, table, .. } => (self.tables.build(table, self.builder), Shape::Table, start),
        };
        (self.builder.place(value, start..self.scanner.at), shape)
    }

    fn scalar(&mut self, scalar: Scalar) -> B::Value {
        match scalar {
            Scalar::Boolean(value) => self.builder.bool(value),
            Scalar::Integer(value) => self.builder.int(value),
            Scalar::Float(value) => self.builder.float(value),
            Scalar::Time(text) if self.timestamps => {
                let entries = [("_type", "timestamp"), ("value", &text)].map(|(name, text)| {
                    (self.builder.key(name.as_bytes(), 0..0), self.builder.string(text.as_bytes()))
                });
                self.builder.object(entries.into_iter())
            }
            Scalar::Time(_) => {
                let message = "while parsing TOML: Dates and times are not supported";
                self.refused.get_or_insert_with(|| message.to_owned());
                self.builder.null()
            }
        }
    }

    fn string(&mut self, string: &[u8]) -> B::Value {
        if self.refuse_nul(string) { self.builder.null() } else { self.builder.string(string) }
    }

    fn refuse_nul_in_names(&mut self, names: &mut [Name]) {
        for name in names {
            if self.refuse_nul(&name.name) {
                name.name.retain(|&byte| byte != 0);
            }
        }
    }

    fn refuse_nul(&mut self, string: &[u8]) -> bool {
        let has_nul = string.contains(&0);
        if has_nul {
            let shown = String::from_utf8_lossy(string).replace('\0', "␀");
            self.refused.get_or_insert_with(|| {
                format!(
                    "while parsing TOML: error: input string '{shown}' cannot be represented as Nix string because it \
                     contains null bytes"
                )
            });
        }
        has_nul
    }
}

const NO_NEWLINE: Reason =
    ("toml::parse_table: newline (LF / CRLF) or EOF is expected", "expected the end of the line");
const NO_EQUALS: Reason = ("toml::parse_key_value_pair: invalid key value separator `=`", "expected '='");
const INVALID_HEADING: Reason = ("toml::parse_file: invalid table key", "expected '[name]'");
const INVALID_ARRAY_HEADING: Reason = ("toml::parse_file: invalid array-table key", "expected '[[name]]'");
const MORE_BEHIND_HEADING: Reason =
    ("toml::parse_file: newline (or EOF) expected", "expected the end of the line");
const ARRAY_NOT_CLOSED: Reason = ("toml::parse_array: missing closing bracket `]`", "expected ']'");
const NO_COMMA_IN_ARRAY: Reason =
    ("toml::parse_array: expected value-separator `,` or closing `]`", "expected ',' or ']'");
const TRAILING_COMMA: Reason = (
    "toml::parse_inline_table: trailing comma is not allowed in TOML-v1.0.0)",
    "expected another value behind the comma",
);
const TABLE_NOT_CLOSED: Reason = ("toml::parse_inline_table: missing closing bracket `}`", "expected '}'");
const NO_COMMA_IN_TABLE: Reason = (
    "toml::parse_inline_table: expected value-separator `,` or closing `}`",
    "expected ',' or '}' before the line ends",
);
const TOO_DEEP: Reason = ("TOML is nested too deeply", "this is too deep");

#[cfg(test)]
mod tests {
    use super::super::json_value::{Json, TreeBuilder};
    use super::*;
    use proptest::prelude::*;

    fn read(text: &[u8]) -> Result<Json, TomlError> {
        parse(text, false, &mut TreeBuilder, 100)
    }

    fn check(text: &str, json: &str) {
        let expected = Json::parse(json.as_bytes()).expect("the expectation is JSON");
        assert_eq!(read(text.as_bytes()), Ok(expected), "{text}");
    }

    #[test]
    fn tables() {
        check(
            "a = 1\n[b.c]\nd = [1, 2.5, 'x']\n[[e]]\nf=true\n[[e]]",
            r#"{"a":1,"b":{"c":{"d":[1,2.5,"x"]}},"e":[{"f":true},{}]}"#,
        );
        check(
            "a = 0xff\nb = 0b11\nc = 1_000\nd = -9223372036854775808",
            r#"{"a":255,"b":3,"c":1000,"d":-9223372036854775808}"#,
        );
        check("", "{}");
        check("a.b = 1\n'q.r' = \"\\u00e9\"", r#"{"a":{"b":1},"q.r":"é"}"#);
    }

    #[test]
    fn what_is_rejected() {
        for text in [
            "a = 1979-05-27",
            "a = 07:32:00",
            "a = 99999999999999999999",
            "a =",
            "a = 1\na = 2",
            "a = \"\\u0000\"",
        ] {
            let message = read(text.as_bytes()).expect_err(text).message;
            assert!(message.starts_with("while parsing TOML: "), "{message}");
        }
        assert!(read(b"a = \"\xff\"").is_err());
    }

    #[test]
    fn depth_is_bounded() {
        let nested = |depth| format!("a = {}{}", "[".repeat(depth), "]".repeat(depth));
        assert!(read(nested(100).as_bytes()).is_ok());
        assert!(read(nested(101).as_bytes()).is_err());
        assert!(read(nested(100_000).as_bytes()).is_err());
    }

    #[test]
    fn places_are_in_the_text() {
        for text in ["a", "a = ", "é", "[", "a=1\nb"] {
            let range = read(text.as_bytes()).expect_err(text).range.expect("it has a place");
            assert!(range.start <= range.end && range.end <= text.len(), "{text}: {range:?}");
        }
    }

    proptest! {
        #[test]
        fn any_bytes_are_read_or_rejected(bytes in proptest::collection::vec(any::<u8>(), 0..64)) {
            let _ = read(&bytes);
        }

        #[test]
        fn almost_toml_is_read_or_rejected(text in "[\\[\\]{}=,.\"'#0-9a-f+\\-:TZ_\\\\ \n]{0,40}") {
            let _ = read(text.as_bytes());
        }
    }
}
