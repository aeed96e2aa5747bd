//! Reading: text to elements, with the place of every fault.

use std::ops::Range;

use quick_xml::errors::{Error, SyntaxError};
use quick_xml::events::attributes::{AttrError, Attributes};
use quick_xml::events::{BytesStart, Event};
use quick_xml::reader::Reader;

use super::names::{is_character, is_qualified_name, prefix};
use super::vocabulary::nearest;
use super::{Attribute, Child, Element, Fault};

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
    /// The elements; those that are not closed are without content.
    pub elements: Vec<Element>,
    /// What is wrong, in order.
    pub faults: Vec<Fault>,
    /// Whether elements may be meant to stand elsewhere than they seem to.
    pub is_uncertain: bool,
}

/// As [`read`]; what is wrong does not hide the rest, as far as it is clear what was meant.
pub fn recover(text: &str) -> Recovered {
    let mut state = State {
        text,
        open: Vec::new(),
        roots: Vec::new(),
        faults: Vec::new(),
        outside: None,
        left_open: Vec::new(),
        is_uncertain: false,
    };
    state.run();
    while !state.open.is_empty() {
        state.leave_open();
    }
    state.faults.sort_by_key(|fault| (fault.at.start, fault.at.end));
    state.faults.dedup();
    state.faults.truncate(FAULT_LIMIT);
    Recovered { elements: state.roots, faults: state.faults, is_uncertain: state.is_uncertain }
}

struct State<'t> {
    text: &'t str,
    open: Vec<Element>,
    roots: Vec<Element>,
    faults: Vec<Fault>,
    /// The fault that stands for the text outside of any element since the last element ended.
    outside: Option<usize>,
    /// Names of elements that were not closed before the ones around them were, or that seem to have been closed before
    /// those inside of them were: their end tags may follow.
    left_open: Vec<String>,
    is_uncertain: bool,
}

/// Whether reading goes on: after a fault in the structure everything that follows would be a consequence.
enum Flow {
    GoOn,
    Stop,
}

impl<'t> State<'t> {
    fn run(&mut self) {
        self.check_characters();
        // The reader leaves out byte order marks and does not count them.
        let mark = self.text.len() - self.text.trim_start_matches('\u{feff}').len();
        let mut reader = Reader::from_str(&self.text[mark..]);
        let config = reader.config_mut();
        // End tags are matched here, to label both places; a lone `&` is found in the text.
        config.check_end_names = false;
        config.allow_unmatched_ends = true;
        config.allow_dangling_amp = true;
        config.check_comments = false;
        loop {
            let event = reader.read_event();
            let end = usize::try_from(reader.buffer_position()).map_or(self.text.len(), |end| mark + end);
            let flow = match event {
                Ok(Event::Eof) => {
                    self.end_of_text();
                    return;
                }
                Ok(event) => self.event(&event, end),
                Err(error) => {
                    let at = usize::try_from(reader.error_position()).map_or(0, |at| mark + at);
                    self.syntax_error(&error, at);
                    Flow::Stop
                }
            };
            if matches!(flow, Flow::Stop) || self.faults.len() > FAULT_LIMIT {
                return;
            }
        }
    }

    fn event(&mut self, event: &Event<'_>, end: usize) -> Flow {
        match event {
            Event::Start(tag) => self.start(tag, end, false),
            Event::Empty(tag) => self.start(tag, end, true),
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
                let at = name.start.saturating_sub(1)..(name.end + 1).min(self.text.len());
                if self.open.is_empty() {
                    // Text that does not belong there need not be well-formed as well.
                    self.text_outside(&at);
                    return Flow::GoOn;
                }
                match Self::resolve(&self.text[name], &at) {
                    Ok(c) => self.add_text(c.encode_utf8(&mut [0; 4]), &at),
                    Err(fault) => self.faults.push(fault),
                }
                Flow::GoOn
            }
            Event::Comment(comment) => {
                let at = self.range_of(comment);
                if let Some(dashes) = self.text[at.clone()].find("--") {
                    let start = at.start + dashes;
                    self.faults.push(
                        Fault::broken(start..start + 2, "a comment may not contain `--`")
                            .with_help("write the comment without two dashes in a row"),
                    );
                }
                Flow::GoOn
            }
            Event::DocType(doctype) => {
                let at = self.range_of(doctype);
                self.faults.push(
                    Fault::broken(at, "a document type has no place here")
                        .with_help("remove the `<!DOCTYPE …>`; entities of your own are not supported"),
                );
                Flow::Stop
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

    fn start(&mut self, tag: &BytesStart<'_>, end: usize, empty: bool) -> Flow {
        let content = self.range_of(tag);
        let at = content.start.saturating_sub(1)..end;
        let name_range = content.start..content.start + tag.name().as_ref().len();
        let name = &self.text[name_range.clone()];
        if let Some(less_than) = find_less_than(&self.text[content.clone()]) {
            let name = name.split('<').next().unwrap_or_default();
            let inside = content.start + less_than.at;
            if name.trim().is_empty() && self.open.is_empty() && self.outside.is_some() {
                self.text_outside(&(at.start..inside));
                return Flow::Stop;
            }
            self.faults.push(if let Some(quote) = less_than.quote {
                self.runaway_value(content.start + quote, inside)
            } else {
                Fault::broken(at.start..inside, format!("the tag `<{name}` is not closed"))
                    .labelled("no `>` before the next `<`")
                    .with_help("close the tag with `>`, or write `&lt;` where a `<` is meant")
            });
            return Flow::Stop;
        }
        if !is_qualified_name(name) && self.open.is_empty() && self.outside.is_some() {
            self.text_outside(&at);
            return Flow::Stop;
        }
        if !is_qualified_name(name) {
            let (at, message) = if name.is_empty() {
                (at, "a `<` is not followed by the name of an element".to_owned())
            } else {
                (name_range, format!("`{name}` is not a name that an element can have"))
            };
            self.faults.push(
                Fault::broken(at, message)
                    .with_help("write `&lt;` where a `<` is meant, and start names with a letter"),
            );
            return Flow::Stop;
        }
        if self.open.len() >= DEPTH_LIMIT {
            self.faults.push(
                Fault::broken(at, format!("elements are nested more than {DEPTH_LIMIT} deep"))
                    .labelled("one level too many"),
            );
            return Flow::Stop;
        }
        let attributes = self.attributes(content, name.len());
        let element = Element { name: name.to_owned(), attributes, at, ..Element::default() };
        self.check_prefixes(&element, name_range);
        self.outside = None;
        self.open.push(element);
        if empty {
            self.close();
        }
        Flow::GoOn
    }

    fn end(&mut self, content: Range<usize>, end: usize) -> Flow {
        let at = content.start.saturating_sub(2)..end;
        let text = self.text;
        let name = text[content].trim_end();
        if self.open.last().is_some_and(|open| open.name == name) {
            self.close();
            return Flow::GoOn;
        }
        if self.closes_what_was_left_open(name) {
            return Flow::GoOn;
        }
        if !self.open.is_empty() {
            return self.wrong_end(name, at);
        }
        self.is_uncertain = true;
        self.faults.push(
            Fault::broken(at, format!("`</{name}>` closes nothing: no element is open"))
                .with_help(format!("remove it, or open the element with `<{name}>` first")),
        );
        Flow::Stop
    }

    /// An end tag that is not that of the innermost open element.
    fn wrong_end(&mut self, name: &str, at: Range<usize>) -> Flow {
        let Some(open) = self.open.last() else { return Flow::Stop };
        if self.is_meant_to_close(name) {
            let message = format!("expected `</{}>`, found `</{name}>`", open.name);
            self.faults.push(
                Fault::broken(open.at.clone(), message)
                    .labelled(format!("did you mean `</{}>`?", open.name))
                    .with_other(at.clone(), "noticed here")
                    .with_help(format!("this opens another `<{}>` inside of the first", open.name)),
            );
            self.open.pop();
            self.close();
            if self.open.last().is_some_and(|open| open.name == name) {
                self.close();
                return Flow::GoOn;
            }
            return self.wrong_end(name, at);
        }
        let fault = Fault::broken(at, format!("expected `</{}>`, found `</{name}>`", open.name))
            .labelled(format!("`<{}>` is still open here", open.name))
            .with_other(open.at.clone(), format!("`<{}>` is opened here", open.name));
        let outer = self.open.iter().rposition(|element| element.name == name);
        let is_misspelt = nearest(name, &[open.name.as_str()]).is_some();
        let help = match outer {
            Some(_) => format!("close `<{}>` before `</{name}>`", open.name),
            None => format!("did you mean `</{}>`?", open.name),
        };
        self.faults.push(fault.with_help(help));
        match outer {
            Some(outer) => {
                while self.open.len() > outer + 1 {
                    self.left_open.extend(self.open.last().map(|element| element.name.clone()));
                    self.leave_open();
                }
                self.left_open.push(name.to_owned());
            }
            None if is_misspelt => {}
            None => return Flow::Stop,
        }
        self.close();
        Flow::GoOn
    }

    /// Whether an end tag belongs to an element that should have been closed before, which has been told.
    fn closes_what_was_left_open(&mut self, name: &str) -> bool {
        let Some(at) = self.left_open.iter().rposition(|left| left == name) else { return false };
        self.left_open.remove(at);
        self.is_uncertain = true;
        true
    }

    /// Closes the innermost open element where nothing says that it ends. What follows its start may be meant to stand
    /// elsewhere.
    fn leave_open(&mut self) {
        if let Some(open) = self.open.last_mut() {
            open.children.clear();
        }
        self.close();
    }

    /// Whether the innermost open element is a closing tag without its `/`, where another element is closed: it has the
    /// name of the one around it, and nothing else.
    fn is_meant_to_close(&self, closed: &str) -> bool {
        let [around @ .., outer, inner] = self.open.as_slice() else { return false };
        outer.name == inner.name
            && inner.attributes.is_empty()
            && around.iter().any(|element| element.name == closed)
    }

    /// Closes the innermost open element.
    fn close(&mut self) {
        let Some(mut element) = self.open.pop() else { return };
        if element.elements().next().is_some() || !element.has_text() {
            // Indentation between elements is not content.
            element.children.retain(|child| !matches!(child, Child::Text(text) if text.trim().is_empty()));
        }
        match self.open.last_mut() {
            Some(parent) => parent.push(element),
            None => self.roots.push(element),
        }
    }

    fn end_of_text(&mut self) {
        if let Some(open) = self.open.last() {
            self.faults.push(
                Fault::broken(open.at.clone(), format!("`<{}>` is never closed", open.name))
                    .labelled("opened here")
                    .with_help(format!(
                        "add `</{0}>`, or write `<{0}/>` for an element without content",
                        open.name
                    )),
            );
        }
    }

    fn raw_text(&mut self, at: Range<usize>) {
        let raw = &self.text[at.clone()];
        if self.open.is_empty() {
            return self.text_outside(&at);
        }
        for (offset, _) in raw.match_indices('&') {
            let start = at.start + offset;
            self.faults.push(
                Fault::broken(start..start + 1, "an `&` starts an entity here, and no `;` ends it")
                    .with_help("write `&amp;` where an `&` is meant"),
            );
        }
        if let Some(offset) = raw.find("]]>") {
            let start = at.start + offset;
            self.faults.push(
                Fault::broken(start..start + 3, "`]]>` may not stand in text").with_help("write `]]&gt;`"),
            );
        }
        self.add_text(&raw.replace("\r\n", "\n").replace('\r', "\n"), &at);
    }

    fn add_text(&mut self, text: &str, at: &Range<usize>) {
        match self.open.last_mut() {
            Some(open) => {
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
    fn text_outside(&mut self, at: &Range<usize>) {
        let Range { start, end } = trimmed(self.text, at);
        if end <= start {
            return;
        }
        if let Some(known) = self.outside {
            self.faults[known].at.end = end;
            return;
        }
        self.outside = Some(self.faults.len());
        self.faults.push(
            Fault::broken(start..end, "text stands outside of any element")
                .labelled("belongs to no element")
                .with_help("put it into an element (`<name>text</name>`), or remove it"),
        );
    }

    /// Reads the attributes of the tag whose text between `<` and `>` is `content`.
    fn attributes(&mut self, content: Range<usize>, name_length: usize) -> Vec<Attribute> {
        let tag = &self.text[content.clone()];
        let mut found: Vec<Attribute> = Vec::new();
        // The end of what was read last, relative to the text.
        let mut last = content.start + name_length;
        let mut raw = Attributes::new(tag, name_length);
        raw.with_checks(false);
        for attribute in raw {
            let attribute = match attribute {
                Ok(attribute) => attribute,
                Err(error) => {
                    let fault = self.attribute_error(&error, last..content.end);
                    self.faults.push(fault);
                    break;
                }
            };
            let name = attribute.key.as_ref();
            let name_at = self.range_of(name);
            let value_at = self.range_of(&attribute.value);
            let at = name_at.start..(value_at.end + 1).min(content.end);
            if name_at.start == last {
                self.faults.push(
                    Fault::broken(
                        name_at.clone(),
                        format!("a space is missing before the attribute `{name}`"),
                    )
                    .with_help("separate attributes with a space"),
                );
            }
            last = at.end;
            if !is_qualified_name(name) {
                self.faults.push(Fault::broken(
                    name_at.clone(),
                    format!("`{name}` is not a name that an attribute can have"),
                ));
            }
            if let Some(first) = found.iter().find(|first| first.name == name) {
                self.faults.push(
                    Fault::broken(at.clone(), format!("the attribute `{name}` is given twice"))
                        .labelled("given again here")
                        .with_other(first.at.clone(), "given here first")
                        .with_help("remove one of the two"),
                );
                continue;
            }
            let value = self.attribute_value(value_at);
            found.push(Attribute { name: name.to_owned(), value, at });
        }
        found
    }

    /// The value behind the bytes between two quotes: references resolved, white space normalised.
    fn attribute_value(&mut self, at: Range<usize>) -> String {
        let raw = &self.text[at.clone()];
        let mut value = String::with_capacity(raw.len());
        let mut rest = raw;
        while let Some(c) = rest.chars().next() {
            let start = at.end - rest.len();
            match c {
                '&' => {
                    let Some(length) = rest.find(';').filter(|&end| !rest[1..end].contains(['&', ' ', '\n']))
                    else {
                        self.faults.push(
                            Fault::broken(
                                start..start + 1,
                                "an `&` starts an entity here, and no `;` ends it",
                            )
                            .with_help("write `&amp;` where an `&` is meant"),
                        );
                        rest = &rest[1..];
                        continue;
                    };
                    match Self::resolve(&rest[1..length], &(start..start + length + 1)) {
                        Ok(c) => value.push(c),
                        Err(fault) => self.faults.push(fault),
                    }
                    rest = &rest[length + 1..];
                }
                _ => {
                    value.push(if matches!(c, '\t' | '\n' | '\r') { ' ' } else { c });
                    rest = &rest[c.len_utf8()..];
                }
            }
        }
        value
    }

    /// The character that `&name;` stands for.
    fn resolve(name: &str, at: &Range<usize>) -> Result<char, Fault> {
        let number = name.strip_prefix('#').map(|digits| match digits.strip_prefix('x') {
            Some(digits) => u32::from_str_radix(digits, 16),
            None => digits.parse(),
        });
        match (name, number) {
            ("lt", _) => Ok('<'),
            ("gt", _) => Ok('>'),
            ("amp", _) => Ok('&'),
            ("apos", _) => Ok('\''),
            ("quot", _) => Ok('"'),
            (_, Some(Ok(number))) if char::from_u32(number).is_some_and(is_character) => {
                Ok(char::from_u32(number).unwrap_or(char::REPLACEMENT_CHARACTER))
            }
            (_, Some(_)) => Err(Fault::broken(at.clone(), format!("`&{name};` is not a character of XML"))),
            (_, None) => Err(Fault::broken(at.clone(), format!("unknown entity `&{name};`")).with_help(
                "XML knows `&lt;`, `&gt;`, `&amp;`, `&apos;`, `&quot;` and numbers such as `&#160;`",
            )),
        }
    }

    fn attribute_error(&self, error: &AttrError, rest: Range<usize>) -> Fault {
        let text = &self.text[rest.clone()];
        let start = rest.start + (text.len() - text.trim_start().len());
        let tail = &self.text[start..rest.end];
        let length = tail.find(|c: char| c.is_whitespace() || matches!(c, '/' | '>')).unwrap_or(tail.len());
        let name_length =
            tail.find(|c: char| c.is_whitespace() || matches!(c, '=' | '/' | '>')).unwrap_or(tail.len());
        let name = &tail[..name_length];
        let at = start..start + length.max(1).min(tail.len());
        match error {
            AttrError::ExpectedEq(_) => Fault::broken(at, format!("the attribute `{name}` has no value"))
                .with_help(format!("write `{name}=\"…\"`")),
            AttrError::ExpectedValue(_) => {
                Fault::broken(at, format!("the attribute `{name}` has no value after its `=`"))
                    .with_help(format!("write `{name}=\"…\"`"))
            }
            AttrError::UnquotedValue(_) => {
                Fault::broken(at, format!("the value of the attribute `{name}` is not in quotes"))
                    .with_help(format!("write `{name}=\"…\"`"))
            }
            AttrError::ExpectedQuote(..) => {
                Fault::broken(at, format!("the value of the attribute `{name}` has no closing quote"))
            }
            AttrError::Duplicated(..) => Fault::broken(at, format!("the attribute `{name}` is given twice")),
        }
    }

    fn check_prefixes(&mut self, element: &Element, name: Range<usize>) {
        let mut used = vec![(element.name.as_str(), name)];
        for attribute in &element.attributes {
            let end = (attribute.at.start + attribute.name.len()).min(attribute.at.end);
            used.push((attribute.name.as_str(), attribute.at.start..end));
        }
        let faults: Vec<_> = used
            .into_iter()
            .filter_map(|(name, at)| Some((prefix(name)?, name, at)))
            .filter(|&(prefix, ..)| !self.declares(element, prefix))
            .map(|(prefix, name, at)| {
                Fault::broken(at, format!("the prefix `{prefix}` of `{name}` is not declared"))
                    .with_help(format!("declare it: `xmlns:{prefix}=\"…\"`"))
            })
            .collect();
        self.faults.extend(faults);
    }

    fn declares(&self, element: &Element, prefix: &str) -> bool {
        let declaration = format!("xmlns:{prefix}");
        matches!(prefix, "xml" | "xmlns")
            || KNOWN_PREFIXES.iter().any(|&(known, _)| known == prefix)
            || element.attribute(&declaration).is_some()
            || self.open.iter().any(|open| open.attribute(&declaration).is_some())
    }

    fn check_characters(&mut self) {
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

    fn syntax_error(&mut self, error: &Error, at: usize) {
        let at = self.text.floor_char_boundary(at.min(self.text.len()));
        let tail = &self.text[at..];
        let word = tail.find(|c: char| c.is_whitespace() || c == '>').unwrap_or(tail.len());
        let range = at..at + word.max(tail.chars().next().map_or(0, char::len_utf8));
        let fault = match error {
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
            Error::Syntax(SyntaxError::UnclosedTag) => {
                Fault::broken(range, format!("the tag `{}` is not closed", &tail[..word]))
                    .labelled("opened here")
                    .with_help("close the tag with `>`")
            }
            Error::Syntax(
                SyntaxError::UnclosedSingleQuotedAttributeValue
                | SyntaxError::UnclosedDoubleQuotedAttributeValue,
            ) => self.unclosed_quote(at),
            Error::Syntax(SyntaxError::InvalidBangMarkup | SyntaxError::UnclosedDoctype) => {
                Fault::broken(range, "`<!` starts neither a comment nor a CDATA section here")
                    .with_help("write `<!-- … -->` for a comment")
            }
            other => Fault::broken(range, format!("not well-formed: {other}")),
        };
        self.faults.push(fault);
    }

    /// The tag at `at` has an attribute value that runs to the end of the text.
    fn unclosed_quote(&self, at: usize) -> Fault {
        let start = (at + 1).min(self.text.len());
        let tag = &self.text[start..];
        match find_less_than(tag) {
            Some(LessThan { quote: Some(quote), at }) => self.runaway_value(start + quote, start + at),
            _ => match open_quote(tag) {
                Some(quote) => self.runaway_value(start + quote, self.text.len()),
                None => Fault::broken(at..start, "the tag is not closed").with_help("close the tag with `>`"),
            },
        }
    }

    /// The value that the quote at `quote` opens has no closing quote before `end`.
    fn runaway_value(&self, quote: usize, end: usize) -> Fault {
        let before = self.text[..quote].trim_end().trim_end_matches('=').trim_end();
        let name_start = before.rfind(|c: char| c.is_whitespace() || matches!(c, '"' | '\'' | '<'));
        let name =
            &before[name_start.map_or(0, |at| at + before[at..].chars().next().map_or(1, char::len_utf8))..];
        let value = &self.text[quote..end];
        let length =
            value[1..].find(|c: char| c.is_whitespace() || c == '>').map_or(value.len(), |at| at + 1);
        let start = before.len() - name.len();
        Fault::broken(
            start..quote + length,
            format!("the value of the attribute `{name}` has no closing quote"),
        )
        .labelled("the quote is opened here")
        .with_help(format!("close the value with `{}`; write `&lt;` where a `<` is meant", &value[..1]))
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

/// A `<` inside of a tag.
struct LessThan {
    at: usize,
    /// Where the quotes around it open.
    quote: Option<usize>,
}

/// A tag may not contain `<`, not even in quotes (XML 1.0, 2.4); quick-xml lets it pass.
fn find_less_than(tag: &str) -> Option<LessThan> {
    let at = tag.find('<')?;
    Some(LessThan { at, quote: open_quote(&tag[..at]) })
}

/// Where the quote opens that is still open at the end of a tag.
fn open_quote(tag: &str) -> Option<usize> {
    let mut open: Option<(usize, char)> = None;
    for (at, c) in tag.char_indices() {
        match (open, c) {
            (None, '"' | '\'') => open = Some((at, c)),
            (Some((_, quote)), c) if c == quote => open = None,
            _ => {}
        }
    }
    open.map(|(at, _)| at)
}

/// A part of a text without the blanks around it.
fn trimmed(text: &str, part: &Range<usize>) -> Range<usize> {
    let blank = |c: char| c.is_whitespace() || c == '\u{FEFF}';
    let raw = &text[part.clone()];
    let start = part.start + (raw.len() - raw.trim_start_matches(blank).len());
    start..(part.start + raw.trim_end_matches(blank).len()).max(start)
}
