//! Text, references and characters.

use std::ops::Range;
use std::path::Path;

use super::super::names::is_character;
use super::super::{Child, Fault};
use super::{FAULT_LIMIT, State};

impl State<'_> {
    pub(super) fn raw_text(&mut self, at: Range<usize>) {
        let raw = &self.text[at.clone()];
        self.last_words = at.clone();
        if self.open.is_empty() {
            return self.text_outside(&at);
        }
        for (offset, _) in raw.match_indices('&') {
            let start = at.start + offset;
            self.faults.push(lone_ampersand(start));
        }
        if let Some(offset) = raw.find("]]>") {
            let start = at.start + offset;
            self.faults.push(
                Fault::broken(start..start + 3, "`]]>` may not stand in text").with_help("write `]]&gt;`"),
            );
        }
        self.add_text(&raw.replace("\r\n", "\n").replace('\r', "\n"), &at);
    }

    pub(super) fn add_text(&mut self, text: &str, at: &Range<usize>) {
        match self.open.last_mut() {
            Some(open) => {
                let open = &mut open.element;
                open.text_at = match trimmed(self.text, at) {
                    blank if blank.is_empty() => open.text_at.clone(),
                    words if open.text_at.is_empty() => words,
                    words => open.text_at.start..words.end,
                };
                match open.children.last_mut() {
                    Some(Child::Text(last)) => last.push_str(text),
                    _ => open.children.push(Child::Text(text.to_owned())),
                }
            }
            None => self.text_outside(at),
        }
    }

    /// Text between elements: one fault for all of it up to the next element.
    pub(super) fn text_outside(&mut self, at: &Range<usize>) {
        let Range { start, end } = trimmed(self.text, at);
        if end <= start {
            return;
        }
        if let Some(known) = self.outside {
            self.faults[known].at.end = end;
            return;
        }
        self.outside = Some(self.faults.len());
        if let Some(path) = path_of_file(self.text) {
            self.faults.push(
                Fault::broken(start..end, "this is the name of a file, and not XML")
                    .with_help(format!("read the file: `builtins.readFile {path}`")),
            );
            return;
        }
        self.faults.push(
            Fault::broken(start..end, "text stands outside of any element")
                .labelled("belongs to no element")
                .with_help("put it into an element (`<name>text</name>`), or remove it"),
        );
    }

    /// `&name;` in text.
    pub(super) fn reference(&mut self, name: Range<usize>) {
        let at = name.start.saturating_sub(1)..(name.end + 1).min(self.text.len());
        if self.open.is_empty() {
            // Text that does not belong there need not be well-formed as well.
            return self.text_outside(&at);
        }
        let text = self.text;
        match self.resolve(&name, &at) {
            Some(c) => self.add_text(c.encode_utf8(&mut [0; 4]), &at),
            None => self.add_text(&text[at.clone()], &at),
        }
    }

    /// The character that the `&name;` at `at` stands for.
    pub(super) fn resolve(&mut self, name: &Range<usize>, at: &Range<usize>) -> Option<char> {
        let name = &self.text[name.clone()];
        let number = name.strip_prefix('#').map(|digits| match digits.strip_prefix('x') {
            Some(digits) => u32::from_str_radix(digits, 16),
            None => digits.parse(),
        });
        let fault = match (name, number) {
            ("lt", _) => return Some('<'),
            ("gt", _) => return Some('>'),
            ("amp", _) => return Some('&'),
            ("apos", _) => return Some('\''),
            ("quot", _) => return Some('"'),
            (_, Some(number)) => {
                if let Some(c) = number.ok().and_then(char::from_u32).filter(|&c| is_character(c)) {
                    return Some(c);
                }
                Fault::broken(at.clone(), format!("`&{name};` is not a character of XML"))
            }
            // The document type has it.
            (_, None) if self.has_doctype => {
                self.is_uncertain = true;
                return None;
            }
            (_, None) => Fault::broken(at.clone(), format!("unknown entity `&{name};`")).with_help(
                "XML knows `&lt;`, `&gt;`, `&amp;`, `&apos;`, `&quot;` and numbers such as `&#160;`",
            ),
        };
        self.faults.push(fault);
        None
    }

    pub(super) fn check_characters(&mut self) {
        let forbidden = self.text.char_indices().filter(|&(_, c)| !is_character(c)).take(FAULT_LIMIT);
        let faults: Vec<_> = forbidden
            .map(|(at, c)| {
                Fault::broken(
                    at..at + c.len_utf8(),
                    format!("the character U+{:04X} may not stand in XML", u32::from(c)),
                )
                .with_help("remove it")
            })
            .collect();
        self.faults.extend(faults);
    }
}

/// The path of a file, where that is all that a text is.
fn path_of_file(text: &str) -> Option<String> {
    let path = text.trim();
    let is_xml = Path::new(path).extension().is_some_and(|extension| extension.eq_ignore_ascii_case("xml"));
    if !is_xml || path.contains(|c: char| c.is_whitespace() || matches!(c, '<' | '>' | '&')) {
        return None;
    }
    // What a store calls a file begins with a hash.
    let name = path.rsplit('/').next().filter(|_| path.starts_with("/nix/store/"));
    let name = name.and_then(|name| Some(name.split_once('-')?.1));
    Some(match name {
        Some(name) => format!("./{name}"),
        None if path.starts_with(['.', '/', '~']) => path.to_owned(),
        None => format!("./{path}"),
    })
}

/// An `&` that starts no reference.
pub(super) fn lone_ampersand(at: usize) -> Fault {
    Fault::broken(at..at + 1, "an `&` starts an entity here, and no `;` ends it")
        .with_help("write `&amp;` where an `&` is meant")
}

/// A part of a text without the blanks around it.
fn trimmed(text: &str, part: &Range<usize>) -> Range<usize> {
    let blank = |c: char| c.is_whitespace() || c == '\u{FEFF}';
    let raw = &text[part.clone()];
    let start = part.start + (raw.len() - raw.trim_start_matches(blank).len());
    start..(part.start + raw.trim_end_matches(blank).len()).max(start)
}
