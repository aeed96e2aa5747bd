//! Reading: text to elements, with the place of every fault.
//!
//! `quick-xml` finds tags, text and comments; what is in a start tag is read by [`tag`], so that a fault in one does not
//! hide what follows. [`nesting`] says which element ends where, [`words`] reads text and references.

mod attributes;
mod nesting;
mod tag;
mod value;
mod words;

use std::ops::Range;

use quick_xml::errors::{Error, SyntaxError};
use quick_xml::events::Event;
use quick_xml::reader::Reader;

use super::{Element, Fault};

/// How deep elements may be nested. libvirt's deepest documents have some ten levels; the limit keeps every
/// recursion over a tree well inside of any stack.
pub const DEPTH_LIMIT: usize = 100;

/// A text with more faults than this is no XML at all; the rest would be noise.
const FAULT_LIMIT: usize = 20;

/// Prefixes that libvirt's documents use; a fragment may use them without declaring them, since the declaration
/// belongs on `<domain>`, which a fragment does not have.
pub(super) const KNOWN_PREFIXES: &[(&str, &str)] = &[("qemu", "http://libvirt.org/schemas/domain/qemu/1.0")];

/// Reads any number of elements that stand side by side. Comments and processing instructions are dropped.
pub fn read(text: &str) -> Result<Vec<Element>, Vec<Fault>> {
    let Recovered { elements, faults, .. } = recover(text);
    if faults.is_empty() { Ok(elements) } else { Err(faults) }
}

/// What could be read of a text.
pub struct Recovered {
    /// The elements; those that are not closed are without text.
    pub elements: Vec<Element>,
    /// What is wrong, in order.
    pub faults: Vec<Fault>,
    /// Whether elements may be meant to stand elsewhere than they seem to.
    pub is_uncertain: bool,
    /// Where elements begin that stand in one which is not closed: they may be meant to stand behind it.
    pub doubtful: Vec<usize>,
    /// What stands between `<!--` and `-->`.
    pub comments: Vec<Range<usize>>,
}

/// As [`read`]; what is wrong does not hide the rest, as far as it is clear what was meant.
pub fn recover(text: &str) -> Recovered {
    let mut state = State {
        text,
        open: Vec::new(),
        roots: Vec::new(),
        faults: Vec::new(),
        outside: None,
        last_words: 0..0,
        left_open: Vec::new(),
        is_uncertain: false,
        doubtful: Vec::new(),
        has_doctype: false,
        comments: Vec::new(),
    };
    state.run();
    while !state.open.is_empty() {
        state.leave_open();
    }
    state.faults.sort_by_key(|fault| (fault.at.start, fault.at.end));
    state.faults.dedup();
    state.faults.truncate(FAULT_LIMIT);
    let State { roots: elements, faults, is_uncertain, doubtful, comments, .. } = state;
    Recovered { elements, faults, is_uncertain, doubtful, comments }
}

struct State<'t> {
    text: &'t str,
    open: Vec<Open>,
    roots: Vec<Element>,
    faults: Vec<Fault>,
    /// The fault that stands for the text outside of any element since the last element ended.
    outside: Option<usize>,
    /// The text that was read last, where no tag followed it yet.
    last_words: Range<usize>,
    /// Names of elements that were not closed before the ones around them were, or that seem to have been closed before
    /// those inside of them were: their end tags may follow.
    left_open: Vec<String>,
    is_uncertain: bool,
    doubtful: Vec<usize>,
    /// Whether there is a document type, which may declare entities.
    has_doctype: bool,
    comments: Vec<Range<usize>>,
}

/// An element whose end has not been seen.
struct Open {
    element: Element,
    /// Whether its start tag lacks its `>`: it may be meant to be empty.
    lacks_bracket: bool,
}

/// Whether reading goes on.
enum Flow {
    GoOn,
    /// From another place than where the last event ends.
    Resume(usize),
    /// Everything that follows would be a consequence.
    Stop,
}

impl State<'_> {
    fn run(&mut self) {
        // Each new start reads to the end of a tag, which may be far away.
        const ENOUGH: usize = 4 * FAULT_LIMIT;
        self.check_characters();
        let mut from = 0;
        for _ in 0..ENOUGH {
            match self.run_from(from) {
                Flow::Resume(at) if at > from => from = at,
                _ => return,
            }
        }
    }

    /// Reads until the lexer has to start anew, or to the end.
    fn run_from(&mut self, from: usize) -> Flow {
        let rest = &self.text[from..];
        // The reader leaves out byte order marks and does not count them.
        let start = from + (rest.len() - rest.trim_start_matches('\u{feff}').len());
        let mut reader = Reader::from_str(&self.text[start..]);
        let config = reader.config_mut();
        // End tags are matched here, to label both places; a lone `&` is found in the text.
        config.check_end_names = false;
        config.allow_unmatched_ends = true;
        config.allow_dangling_amp = true;
        config.check_comments = false;
        loop {
            let event = reader.read_event();
            let end = usize::try_from(reader.buffer_position()).map_or(self.text.len(), |end| start + end);
            let flow = match event {
                Ok(Event::Eof) => {
                    self.end_of_text();
                    return Flow::Stop;
                }
                Ok(event) => self.event(&event, end),
                Err(error) => {
                    let at = usize::try_from(reader.error_position()).map_or(0, |at| start + at);
                    self.syntax_error(&error, self.text.floor_char_boundary(at.min(self.text.len())))
                }
            };
            if self.faults.len() > FAULT_LIMIT {
                return Flow::Stop;
            }
            if !matches!(flow, Flow::GoOn) {
                return flow;
            }
        }
    }

    fn event(&mut self, event: &Event<'_>, end: usize) -> Flow {
        match event {
            Event::Start(tag) | Event::Empty(tag) => match self.start(self.range_of(tag).start) {
                Flow::Resume(at) if at == end => Flow::GoOn,
                flow => flow,
            },
            Event::End(tag) => {
                let content = self.range_of(tag);
                self.end(content, end)
            }
            Event::Text(raw) => {
                let at = self.range_of(raw);
                self.raw_text(at);
                Flow::GoOn
            }
            Event::CData(raw) => {
                let at = self.range_of(raw);
                self.add_text(&raw.replace("\r\n", "\n"), &at);
                Flow::GoOn
            }
            Event::GeneralRef(reference) => {
                let name = self.range_of(reference);
                self.reference(name);
                Flow::GoOn
            }
            Event::Comment(comment) => {
                let at = self.range_of(comment);
                self.comment(at);
                Flow::GoOn
            }
            Event::DocType(doctype) => {
                let at = self.range_of(doctype);
                self.has_doctype = true;
                self.faults.push(
                    Fault::broken(at, "a document type has no place here")
                        .with_help("remove the `<!DOCTYPE …>`; entities of your own are not supported"),
                );
                Flow::GoOn
            }
            Event::Decl(declaration) => {
                let at = self.range_of(declaration);
                let before = &self.text[..at.start.saturating_sub(2)];
                if !before.trim_start_matches('\u{FEFF}').trim().is_empty() {
                    self.faults.push(
                        Fault::broken(at, "`<?xml …?>` may only stand at the very beginning")
                            .with_help("remove it: it is not needed here"),
                    );
                }
                Flow::GoOn
            }
            Event::PI(_) | Event::Eof => Flow::GoOn,
        }
    }

    fn comment(&mut self, at: Range<usize>) {
        if let Some(dashes) = self.text[at.clone()].find("--") {
            let start = at.start + dashes;
            self.faults.push(
                Fault::broken(start..start + 2, "a comment may not contain `--`")
                    .with_help("write the comment without two dashes in a row"),
            );
        }
        self.comments.push(at);
    }

    fn syntax_error(&mut self, error: &Error, at: usize) -> Flow {
        let tail = &self.text[at..];
        let word = tail.find(|c: char| c.is_whitespace() || c == '>').unwrap_or(tail.len());
        let range = at..at + word.max(tail.chars().next().map_or(0, char::len_utf8));
        let fault = match error {
            Error::Syntax(
                SyntaxError::UnclosedTag
                | SyntaxError::UnclosedSingleQuotedAttributeValue
                | SyntaxError::UnclosedDoubleQuotedAttributeValue,
            ) => {
                return match tail.strip_prefix("</") {
                    Some(_) => self.end(at + 2..self.text.len(), self.text.len()),
                    None => self.start((at + 1).min(self.text.len())),
                };
            }
            Error::Syntax(SyntaxError::UnclosedComment) => {
                Fault::broken(range, "the comment is never closed").with_help("close it with `-->`")
            }
            Error::Syntax(SyntaxError::UnclosedCData) => {
                Fault::broken(range, "the CDATA section is never closed").with_help("close it with `]]>`")
            }
            Error::Syntax(SyntaxError::UnclosedPI | SyntaxError::UnclosedXmlDecl) => {
                Fault::broken(range, "the processing instruction is never closed")
                    .with_help("close it with `?>`")
            }
            Error::Syntax(SyntaxError::InvalidBangMarkup | SyntaxError::UnclosedDoctype) => {
                Fault::broken(range, "`<!` starts neither a comment nor a CDATA section here")
                    .with_help("write `<!-- … -->` for a comment")
            }
            other => Fault::broken(range, format!("not well-formed: {other}")),
        };
        self.faults.push(fault);
        match (error, tail.find('>')) {
            (Error::Syntax(SyntaxError::InvalidBangMarkup), Some(end)) => Flow::Resume(at + end + 1),
            _ => Flow::Stop,
        }
    }

    /// Where a part of the text stands. Reading from a string borrows, so that every part lies inside of it.
    fn range_of(&self, part: &str) -> Range<usize> {
        let start = part.as_ptr().addr().wrapping_sub(self.text.as_ptr().addr());
        match start.checked_add(part.len()) {
            Some(end) if end <= self.text.len() => start..end,
            _ => 0..0,
        }
    }
}
