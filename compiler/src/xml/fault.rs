//! What is wrong with a piece of XML, and where.

use std::ops::Range;

use launchnix_diagnostics::{Code, Diagnostic, Span};
use launchnix_schema::Text;

/// A fault in a piece of XML; places are byte ranges of its text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// [`Code::Xml`] or [`Code::XmlMerge`].
    pub code: Code,
    /// What is wrong.
    pub at: Range<usize>,
    /// One sentence.
    pub message: String,
    /// What is to be seen at [`at`](Self::at); empty for nothing.
    pub label: String,
    /// Other places that matter.
    pub others: Vec<(Range<usize>, String)>,
    /// The way out.
    pub help: Option<String>,
}

impl Fault {
    pub(crate) fn broken(at: Range<usize>, message: impl Into<String>) -> Self {
        Self {
            code: Code::Xml,
            at,
            message: message.into(),
            label: String::new(),
            others: Vec::new(),
            help: None,
        }
    }

    pub(crate) fn unmergeable(at: Range<usize>, message: impl Into<String>) -> Self {
        Self { code: Code::XmlMerge, ..Self::broken(at, message) }
    }

    pub(crate) fn labelled(mut self, label: impl Into<String>) -> Self {
        self.label = label.into();
        self
    }

    pub(crate) fn with_other(mut self, at: Range<usize>, label: impl Into<String>) -> Self {
        self.others.push((at, label.into()));
        self
    }

    pub(crate) fn with_help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Whether a place is one that the fault points at.
    pub(crate) fn points_at(&self, place: &Range<usize>) -> bool {
        let holds = |range: &Range<usize>| range.start <= place.start && place.end <= range.end;
        // Of another element, only the name is what the fault is about.
        let begins = |range: &Range<usize>| {
            holds(range) && (place.start == range.start || place.start == range.start + 1)
        };
        holds(&self.at) || self.others.iter().any(|(range, _)| begins(range))
    }

    /// The fault as a diagnostic about an option's string: places inside the XML become places inside the
    /// deployment file. `option` is the option as the user knows it, `whole` the place of its value.
    pub fn diagnostic(&self, option: &str, text: &Text, whole: Span) -> Diagnostic {
        let place = |range: &Range<usize>| text.locate(range.start, range.end, whole);
        // Of a value between quotes that an interpolation brings, the quotes are where it is put in.
        let primary = || {
            let outer = place(&self.at);
            let Some(written) = text.value.get(self.at.clone()).filter(|written| is_quoted(written)) else {
                return outer;
            };
            let inner = place(&(self.at.start + 1..self.at.start + written.len() - 1));
            if outer.contains(inner) { outer } else { inner }
        };
        let mut diagnostic =
            Diagnostic::new(self.code, primary(), format!("in the XML of `{option}`: {}", self.message))
                .labelled(self.label.clone());
        for (range, message) in &self.others {
            diagnostic = diagnostic.with_label(place(range), message.clone());
        }
        diagnostic.help.clone_from(&self.help);
        diagnostic
    }
}

/// Whether a text is a value between its quotes, with something in it.
fn is_quoted(text: &str) -> bool {
    text.len() > 2 && ['\'', '"'].iter().any(|&quote| text.starts_with(quote) && text.ends_with(quote))
}
