//! A tree of values with places, read from a small part of Nix: enough to test decoding without the evaluator.
//!
//! Sets (with nested and quoted keys), lists, strings with `\n`, integers, floats, Booleans, `null`, paths, and the
//! words `FUNCTION` (a function), `FAIL` (a value that cannot be evaluated) and `FETCH` (a fetch).

use std::path::PathBuf;

use launchnix_diagnostics::{Code, Diagnostic, SourceId, Span};
use launchnix_schema::{Fetch, Field, Node, Segment, Shape, Text};

#[derive(Clone, Debug)]
pub struct Tree {
    span: Span,
    value: Value,
}

#[derive(Clone, Debug)]
enum Value {
    Plain(Shape<Tree>),
    Set(Vec<Field<Tree>>),
    Fail,
}

impl Node for Tree {
    type Name = String;
    type Attributes = std::vec::IntoIter<Field<Self>>;

    fn span(&self) -> Span {
        self.span
    }

    fn shape(&self) -> Result<Shape<Self>, Box<Diagnostic>> {
        match &self.value {
            Value::Plain(shape) => Ok(shape.clone()),
            Value::Set(fields) => Ok(Shape::Attrs(fields.clone().into_iter())),
            Value::Fail => {
                Err(Box::new(Diagnostic::new(Code::Evaluation, self.span, "this value cannot be evaluated")))
            }
        }
    }
}

/// Reads a whole text.
pub fn parse(text: &str, source: SourceId) -> Tree {
    let mut parser = Parser { text, at: 0, source };
    parser.space();
    parser.value()
}

struct Parser<'t> {
    text: &'t str,
    at: usize,
    source: SourceId,
}

impl<'t> Parser<'t> {
    fn rest(&self) -> &'t str {
        &self.text[self.at..]
    }

    fn space(&mut self) {
        loop {
            let trimmed = self.rest().trim_start();
            self.at = self.text.len() - trimmed.len();
            if !trimmed.starts_with('#') {
                return;
            }
            self.at += trimmed.find('\n').unwrap_or(trimmed.len());
        }
    }

    fn eat(&mut self, token: &str) -> bool {
        let found = self.rest().starts_with(token);
        if found {
            self.at += token.len();
            self.space();
        }
        found
    }

    fn span(&self, start: usize) -> Span {
        Span::new(self.source, start.try_into().unwrap(), self.at.try_into().unwrap())
    }

    fn word(&mut self) -> &'t str {
        let start = self.at;
        let end = |letter: char| !(letter.is_alphanumeric() || "-_./~'+".contains(letter));
        self.at += self.rest().find(end).unwrap_or(self.rest().len());
        &self.text[start..self.at]
    }

    fn value(&mut self) -> Tree {
        let start = self.at;
        let value = match self.rest().chars().next() {
            Some('{') => {
                self.eat("{");
                let mut fields = Vec::new();
                while !self.rest().starts_with('}') {
                    self.binding(&mut fields);
                }
                self.at += 1;
                Value::Set(fields)
            }
            Some('[') => {
                self.eat("[");
                let mut elements = Vec::new();
                while !self.rest().starts_with(']') {
                    elements.push(self.value());
                    self.space();
                }
                self.at += 1;
                Value::Plain(Shape::List(elements))
            }
            Some('"') => Value::Plain(Shape::String(self.string())),
            _ => match self.word() {
                "true" => Value::Plain(Shape::Bool(true)),
                "false" => Value::Plain(Shape::Bool(false)),
                "null" => Value::Plain(Shape::Null),
                "FUNCTION" => Value::Plain(Shape::Function),
                "FAIL" => Value::Fail,
                "FETCH" => Value::Plain(Shape::Fetch(Fetch {
                    url: "https://example.org/a.iso".into(),
                    sha256: None,
                    name: "a.iso".into(),
                })),
                word if word.starts_with(['.', '/']) => {
                    let path = word.trim_start_matches("./");
                    Value::Plain(Shape::Path(PathBuf::from("/project").join(path)))
                }
                word if word.contains('.') => Value::Plain(Shape::Float(word.parse().unwrap())),
                word => {
                    Value::Plain(Shape::Int(word.parse().unwrap_or_else(|_| panic!("{word:?} at {start}"))))
                }
            },
        };
        Tree { span: self.span(start), value }
    }

    fn string(&mut self) -> Text {
        let mut text = Text::default();
        self.at += 1;
        while !self.rest().starts_with('"') {
            let start = self.at;
            let run = self.rest().find(['"', '\\']).expect("the string ends");
            let (piece, len) =
                if run == 0 { ("\n".to_owned(), 2) } else { (self.rest()[..run].to_owned(), run) };
            self.at += len;
            text.segments.push(Segment { start: text.value.len(), len: piece.len(), span: self.span(start) });
            text.value.push_str(&piece);
        }
        self.at += 1;
        text
    }

    fn binding(&mut self, fields: &mut Vec<Field<Tree>>) {
        let start = self.at;
        let name = if self.rest().starts_with('"') {
            self.string().value
        } else {
            let end = |letter: char| !(letter.is_alphanumeric() || "-_'".contains(letter));
            let length = self.rest().find(end).unwrap();
            assert!(length > 0, "a key at {start}");
            self.at += length;
            self.text[start..self.at].to_owned()
        };
        let key = self.span(start);
        self.space();
        if self.eat(".") {
            if !fields.iter().any(|field| field.name == name) {
                let value = Tree { span: key, value: Value::Set(Vec::new()) };
                fields.push(Field { name: name.clone(), key, value });
            }
            let field = fields.iter_mut().find(|field| field.name == name).unwrap();
            match &mut field.value.value {
                Value::Set(inner) => self.binding(inner),
                _ => panic!("{name} is no set"),
            }
        } else {
            assert!(self.eat("="), "`=` at {}", self.at);
            let value = self.value();
            self.space();
            assert!(self.eat(";"), "`;` at {}", self.at);
            fields.push(Field { name, key, value });
        }
        fields.sort_by(|a, b| a.name.cmp(&b.name));
    }
}
