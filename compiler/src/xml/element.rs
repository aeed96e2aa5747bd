//! The element tree.

use std::ops::Range;

/// An element with its attributes and children in the order in which they were written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Element {
    /// The name with its prefix: `memory`, `qemu:commandline`.
    pub name: String,
    /// Attributes, each name once.
    pub attributes: Vec<Attribute>,
    /// Elements and text.
    pub children: Vec<Child>,
    /// The bytes of the start tag in the text that it was read from; empty for an element that was built.
    pub at: Range<usize>,
    /// Where it ends in that text.
    pub end: usize,
    /// The bytes of the name in the end tag; empty where there is none.
    pub end_name: Range<usize>,
    /// The bytes of the text directly inside, without the blanks around it; empty where there is none.
    pub text_at: Range<usize>,
    /// What tells it from its siblings of the same name in a path: `boot` in `devices/disk[boot]`. Never written.
    pub label: Option<String>,
}

/// An attribute.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attribute {
    /// The name with its prefix.
    pub name: String,
    /// The value without escapes.
    pub value: String,
    /// The bytes from the name to the closing quote in the text that it was read from.
    pub at: Range<usize>,
    /// Where its opening quote is in that text.
    pub quote: usize,
}

/// What stands inside an element.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Child {
    /// An element.
    Element(Element),
    /// Text without escapes; never blank beside elements.
    Text(String),
}

impl Child {
    /// The element, if it is one.
    pub fn element(&self) -> Option<&Element> {
        match self {
            Self::Element(element) => Some(element),
            Self::Text(_) => None,
        }
    }
}

impl Attribute {
    /// The bytes of the value with its quotes.
    pub fn quoted_at(&self) -> Range<usize> {
        self.quote..self.at.end
    }

    /// The bytes between the quotes, in the text that it was read from.
    pub fn value_at(&self, text: &str) -> Range<usize> {
        let quote = text.get(self.at.clone()).and_then(|written| written.find(['"', '\'']));
        quote.map_or(self.at.clone(), |quote| self.at.start + quote + 1..self.at.end - 1)
    }
}

impl Element {
    /// An empty element.
    pub fn new(name: &str) -> Self {
        Self { name: name.to_owned(), ..Self::default() }
    }

    /// Adds or replaces an attribute, for building in one expression.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl Into<String>) -> Self {
        self.set(name, value);
        self
    }

    /// Adds text.
    #[must_use]
    pub fn with_text(mut self, text: impl Into<String>) -> Self {
        self.children.push(Child::Text(text.into()));
        self
    }

    /// Adds a child.
    #[must_use]
    pub fn with_child(mut self, child: Self) -> Self {
        self.push(child);
        self
    }

    /// Says what tells it from its siblings.
    #[must_use]
    pub fn labelled(mut self, label: impl Into<String>) -> Self {
        self.label = Some(label.into());
        self
    }

    /// Adds a child.
    pub fn push(&mut self, child: Self) {
        self.children.push(Child::Element(child));
    }

    /// Adds or replaces an attribute by one that was read, with its place.
    pub fn set_as_written(&mut self, written: &Attribute) {
        match self.attributes.iter_mut().find(|attribute| attribute.name == written.name) {
            Some(attribute) => attribute.clone_from(written),
            None => self.attributes.push(written.clone()),
        }
    }

    /// Adds or replaces an attribute.
    pub fn set(&mut self, name: &str, value: impl Into<String>) {
        let value = value.into();
        match self.attributes.iter_mut().find(|attribute| attribute.name == name) {
            Some(attribute) => attribute.value = value,
            None => self.attributes.push(Attribute { name: name.to_owned(), value, at: 0..0, quote: 0 }),
        }
    }

    /// The value of an attribute.
    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes
            .iter()
            .find(|attribute| attribute.name == name)
            .map(|attribute| attribute.value.as_str())
    }

    /// Where an attribute has its value, else the tag.
    pub fn value_at(&self, name: &str) -> Range<usize> {
        let found = self.attributes.iter().find(|attribute| attribute.name == name);
        found.map_or(self.at.clone(), Attribute::quoted_at)
    }

    /// The child elements.
    pub fn elements(&self) -> impl Iterator<Item = &Self> {
        self.children.iter().filter_map(Child::element)
    }

    /// The child elements, to change.
    pub fn elements_mut(&mut self) -> impl Iterator<Item = &mut Self> {
        self.children.iter_mut().filter_map(|child| match child {
            Child::Element(element) => Some(element),
            Child::Text(_) => None,
        })
    }

    /// The first child element of a name.
    pub fn child(&self, name: &str) -> Option<&Self> {
        self.elements().find(|element| element.name == name)
    }

    /// The first child element of a name, which is added where there is none.
    pub fn child_or_insert(&mut self, name: &str) -> &mut Self {
        let found = self
            .children
            .iter()
            .position(|child| matches!(child, Child::Element(element) if element.name == name));
        let index = found.unwrap_or_else(|| {
            self.push(Self::new(name));
            self.children.len() - 1
        });
        match &mut self.children[index] {
            Child::Element(element) => element,
            Child::Text(_) => unreachable!("the index is an element's"),
        }
    }

    /// The attribute of a descendant that is reached through a chain of names.
    pub fn find(&self, path: &[&str], attribute: &str) -> Option<&str> {
        path.iter().try_fold(self, |element, name| element.child(name))?.attribute(attribute)
    }

    /// All text directly inside.
    pub fn text(&self) -> String {
        self.children
            .iter()
            .filter_map(|child| match child {
                Child::Text(text) => Some(text.as_str()),
                Child::Element(_) => None,
            })
            .collect()
    }

    /// Where what it says is written: the text inside, else the tag.
    pub fn said_at(&self) -> Range<usize> {
        if self.text_at.is_empty() { self.at.clone() } else { self.text_at.clone() }
    }

    /// Whether there is text that is not blank.
    pub fn has_text(&self) -> bool {
        self.children.iter().any(|child| matches!(child, Child::Text(text) if !text.trim().is_empty()))
    }
}

/// Whether a `<console>` may be the first serial port by another name.
pub(crate) fn is_serial_console(console: &Element) -> bool {
    matches!(console.find(&["target"], "type"), None | Some("serial"))
}
