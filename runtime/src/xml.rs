//! A small tree of XML elements: what the runtime reads, compares, changes and writes.
//!
//! Comments and insignificant white space are dropped on reading, since libvirt drops them too.

use std::io::Write as _;

use quick_xml::events::{BytesEnd, BytesStart, BytesText, Event};
use quick_xml::{Reader, Writer};

/// An element with its attributes and content.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Element {
    /// Its name, with the prefix where it has one.
    pub name: String,
    /// Attributes in document order, without entities.
    pub attributes: Vec<(String, String)>,
    /// Text directly inside it, trimmed; libvirt's formats have no mixed content that matters.
    pub text: String,
    /// Child elements in document order.
    pub children: Vec<Element>,
}

/// Deeper nesting than any libvirt document has; a bound keeps recursion over the tree safe.
const MAXIMUM_DEPTH: usize = 128;

impl Element {
    /// An empty element.
    pub fn new(name: impl Into<String>) -> Self {
        Self { name: name.into(), ..Self::default() }
    }

    /// Adds an attribute, or replaces its value.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl Into<String>) -> Self {
        self.set(name, value);
        self
    }

    /// Adds a text.
    #[must_use]
    pub fn with_text(mut self, text: impl Into<String>) -> Self {
        self.text = text.into();
        self
    }

    /// Adds a child.
    #[must_use]
    pub fn with_child(mut self, child: Self) -> Self {
        self.children.push(child);
        self
    }

    /// Sets an attribute.
    pub fn set(&mut self, name: &str, value: impl Into<String>) {
        let value = value.into();
        match self.attributes.iter_mut().find(|(key, _)| key == name) {
            Some(attribute) => attribute.1 = value,
            None => self.attributes.push((name.to_owned(), value)),
        }
    }

    /// An attribute's value.
    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// The name without its prefix.
    pub fn local_name(&self) -> &str {
        self.name.rsplit_once(':').map_or(self.name.as_str(), |(_, local)| local)
    }

    /// The first child of that name.
    pub fn child(&self, name: &str) -> Option<&Self> {
        self.children.iter().find(|child| child.name == name)
    }

    /// The first child of that name, to change it.
    pub fn child_mut(&mut self, name: &str) -> Option<&mut Self> {
        self.children.iter_mut().find(|child| child.name == name)
    }

    /// The children of that name.
    pub fn children_named<'e>(&'e self, name: &'e str) -> impl Iterator<Item = &'e Self> + 'e {
        self.children.iter().filter(move |child| child.name == name)
    }

    /// The descendant at a path of element names: the first one at each step.
    pub fn at(&self, path: &[&str]) -> Option<&Self> {
        path.iter().try_fold(self, |element, name| element.child(name))
    }

    /// Parses a document.
    pub fn parse(source: &str) -> Result<Self, String> {
        let mut reader = Reader::from_str(source);
        let mut open: Vec<Self> = Vec::new();
        let mut root = None;
        loop {
            let at = reader.buffer_position();
            let event = reader.read_event().map_err(|error| format!("{error} (byte {at})"))?;
            match event {
                Event::Start(start) => {
                    if open.len() >= MAXIMUM_DEPTH {
                        return Err(format!("elements are nested deeper than {MAXIMUM_DEPTH} (byte {at})"));
                    }
                    open.push(element(&start)?);
                }
                Event::Empty(start) => close(element(&start)?, &mut open, &mut root)?,
                Event::End(_) => {
                    let mut done = open.pop().ok_or_else(|| format!("unexpected end tag (byte {at})"))?;
                    done.text = String::from(done.text.trim());
                    close(done, &mut open, &mut root)?;
                }
                Event::Text(text) => {
                    if let Some(element) = open.last_mut() {
                        element.text.push_str(&text.xml10_content());
                    }
                }
                Event::CData(text) => {
                    if let Some(element) = open.last_mut() {
                        element.text.push_str(&text.xml10_content());
                    }
                }
                Event::GeneralRef(reference) => {
                    let name = reference.xml10_content();
                    let text = quick_xml::escape::unescape(&format!("&{name};"))
                        .map_err(|error| format!("{error} (byte {at})"))?
                        .into_owned();
                    if let Some(element) = open.last_mut() {
                        element.text.push_str(&text);
                    }
                }
                Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) => {}
                Event::Eof => break,
            }
        }
        if let Some(unclosed) = open.last() {
            return Err(format!("`<{}>` is never closed", unclosed.name));
        }
        root.ok_or_else(|| "there is no element".to_owned())
    }

    /// Writes the element, indented as libvirt does.
    pub fn to_xml(&self) -> String {
        let mut writer = Writer::new_with_indent(Vec::new(), b' ', 2);
        self.write(&mut writer).expect("writing to memory does not fail");
        let mut bytes = writer.into_inner();
        bytes.write_all(b"\n").expect("writing to memory does not fail");
        String::from_utf8(bytes).expect("what is written is text")
    }

    fn write(&self, writer: &mut Writer<Vec<u8>>) -> std::io::Result<()> {
        let mut start = BytesStart::new(self.name.as_str());
        for (name, value) in &self.attributes {
            start.push_attribute((name.as_str(), value.as_str()));
        }
        if self.text.is_empty() && self.children.is_empty() {
            return writer.write_event(Event::Empty(start));
        }
        writer.write_event(Event::Start(start))?;
        if !self.text.is_empty() {
            writer.write_event(Event::Text(BytesText::new(&self.text)))?;
        }
        for child in &self.children {
            child.write(writer)?;
        }
        writer.write_event(Event::End(BytesEnd::new(self.name.as_str())))
    }
}

fn element(start: &BytesStart<'_>) -> Result<Element, String> {
    let mut element = Element::new(start.name().into_inner());
    for attribute in start.attributes() {
        let attribute = attribute.map_err(|error| format!("`<{}>`: {error}", element.name))?;
        let value = attribute
            .normalized_value(quick_xml::XmlVersion::Implicit1_0)
            .map_err(|error| format!("`<{}>`: {error}", element.name))?;
        element.attributes.push((attribute.key.into_inner().to_owned(), value.into_owned()));
    }
    Ok(element)
}

fn close(done: Element, open: &mut [Element], root: &mut Option<Element>) -> Result<(), String> {
    match open.last_mut() {
        Some(parent) => parent.children.push(done),
        None if root.is_none() => *root = Some(done),
        None => return Err(format!("`<{}>` stands outside the root element", done.name)),
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::Element;

    #[test]
    fn what_is_written_reads_back() {
        let source = "<?xml version='1.0'?><a x='1 &lt; 2'><!-- no --><b>t &amp; <![CDATA[<u>]]></b><c:d xmlns:c='u'/></a>";
        let tree = Element::parse(source).expect("well-formed");
        assert_eq!(tree.attribute("x"), Some("1 < 2"));
        assert_eq!(tree.child("b").map(|child| child.text.as_str()), Some("t & <u>"));
        assert_eq!(Element::parse(&tree.to_xml()), Ok(tree));
    }

    #[test]
    fn broken_documents_are_refused() {
        for source in ["", "<a>", "<a></b>", "<a/><b/>", "<a x=1/>", "<a>&nope;</a>"] {
            assert!(Element::parse(source).is_err(), "{source}");
        }
        assert!(Element::parse(&"<a>".repeat(100_000)).is_err());
    }
}
