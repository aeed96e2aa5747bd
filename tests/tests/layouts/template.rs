//! Fleets as templates: text with marks where a literal or a name stands that may be mistaken.
//!
//! `@ram` is the literal of a machine's memory, `@!ram` the name `ram` of an attribute that must be as it is, `@name.key`
//! the machine's name as the name of an attribute, `@ram.cell` a value without quotes, and `@name.word` the name where it
//! is not to change. What stands between `%rows` and `%end` is there for each machine; with `%rows ,` commas are between.

use std::fmt::Write as _;
use std::ops::Range;
use std::path::Path;

use super::values::{MACHINES, value};

/// What stands at a mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// A literal.
    Literal,
    /// A value without quotes, in a table of text.
    Cell,
    /// The name of a machine as that of an attribute.
    MachineKey,
    /// The name of an attribute.
    Key,
}

/// A place that may be mistaken.
#[derive(Clone, Debug)]
pub struct Mark {
    /// The file that it is in, by its number.
    pub file: usize,
    /// The machine that it is of, unless it is of all.
    pub machine: Option<usize>,
    pub field: String,
    pub form: Form,
    /// What is right there.
    pub text: String,
}

enum Piece {
    Text(String),
    /// A mark, by its number.
    Mark(usize),
}

/// A fleet, written in one way.
pub struct Layout {
    pub name: String,
    pub marks: Vec<Mark>,
    files: Vec<(String, Vec<Piece>)>,
}

impl Layout {
    pub fn parse(name: &str, body: &str) -> Self {
        let mut layout = Self {
            name: name.to_owned(),
            marks: Vec::new(),
            files: vec![("deployment.nix".to_owned(), Vec::new())],
        };
        let lines: Vec<_> = body.lines().collect();
        let mut at = 0;
        while let Some(line) = lines.get(at) {
            let Some(between) = line.strip_prefix("%rows") else {
                layout.line(line, None, "");
                at += 1;
                continue;
            };
            let rows = &lines[at + 1..];
            let end = rows.iter().position(|line| *line == "%end").expect("rows end");
            for machine in 0..MACHINES.len() {
                for (number, line) in rows[..end].iter().enumerate() {
                    let is_between = number + 1 == end && machine + 1 < MACHINES.len();
                    layout.line(line, Some(machine), if is_between { between.trim() } else { "" });
                }
            }
            at += end + 2;
        }
        layout
    }

    fn line(&mut self, line: &str, machine: Option<usize>, end: &str) {
        let header = line.strip_prefix("=== ").and_then(|line| line.strip_suffix(" ==="));
        if let Some(name) = header {
            let name = name.replace("@name.word", MACHINES[machine.unwrap_or(0)]);
            self.files.push((name, Vec::new()));
            return;
        }
        let mut rest = line;
        while let Some((before, after)) = rest.split_once('@') {
            self.push(Piece::Text(before.to_owned()));
            rest = self.mark(after, machine);
        }
        self.push(Piece::Text(format!("{rest}{end}\n")));
    }

    /// Adds the mark that a text begins with; returns what follows.
    fn mark<'t>(&mut self, text: &'t str, machine: Option<usize>) -> &'t str {
        let (is_key, text) = text.strip_prefix('!').map_or((false, text), |text| (true, text));
        let end = text.find(|letter: char| !letter.is_alphanumeric() && letter != '_').unwrap_or(text.len());
        let (field, rest) = text.split_at(end);
        if is_key {
            self.add(field, field.to_owned(), Form::Key, machine);
            return rest;
        }
        let Some(literal) = value(field, machine.unwrap_or(0)) else {
            self.push(Piece::Text(format!("@{field}")));
            return rest;
        };
        let bare = literal.trim_matches('"').to_owned();
        let forms = [(".key", Form::MachineKey), (".cell", Form::Cell)];
        for (suffix, form) in forms {
            if let Some(rest) = rest.strip_prefix(suffix) {
                self.add(field, bare, form, machine);
                return rest;
            }
        }
        if let Some(rest) = rest.strip_prefix(".word") {
            self.push(Piece::Text(bare));
            return rest;
        }
        self.add(field, literal, Form::Literal, machine);
        rest
    }

    fn add(&mut self, field: &str, text: String, form: Form, machine: Option<usize>) {
        self.push(Piece::Mark(self.marks.len()));
        let file = self.files.len() - 1;
        self.marks.push(Mark { file, machine, field: field.to_owned(), form, text });
    }

    fn push(&mut self, piece: Piece) {
        self.files.last_mut().expect("there is a file").1.push(piece);
    }

    pub fn file_name(&self, mark: &Mark) -> &str {
        &self.files[mark.file].0
    }

    /// Whether a mark is in a file of Nix, and not of data.
    pub fn is_nix(&self, mark: &Mark) -> bool {
        Path::new(self.file_name(mark)).extension().is_some_and(|extension| extension == "nix")
    }

    /// The files with other texts at some marks, and where each mark is in its file.
    pub fn render(&self, edits: &[(usize, &str)]) -> (Vec<(String, String)>, Vec<Range<usize>>) {
        let mut places = vec![0..0; self.marks.len()];
        let files = self.files.iter().map(|(name, pieces)| {
            let mut text = String::new();
            for piece in pieces {
                match piece {
                    Piece::Text(piece) => text.push_str(piece),
                    Piece::Mark(mark) => {
                        let edit = edits.iter().find(|(edited, _)| edited == mark);
                        let start = text.len();
                        let _ = write!(text, "{}", edit.map_or(&*self.marks[*mark].text, |(_, new)| new));
                        places[*mark] = start..text.len();
                    }
                }
            }
            (name.clone(), text)
        });
        (files.collect(), places)
    }
}
