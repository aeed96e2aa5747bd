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
        holds(&self.at) || self.others.iter().any(|(range, _)| holds(range))
    }

    /// The fault as a diagnostic about an option's string: places inside the XML become places inside the
    /// deployment file. `option` is the option as the user knows it, `whole` the place of its value.
    pub fn diagnostic(&self, option: &str, text: &Text, whole: Span) -> Diagnostic {
        let place = |range: &Range<usize>| text.locate(range.start, range.end, whole);
        let mut diagnostic = Diagnostic::new(
            self.code,
            place(&self.at),
            format!("in the XML of `{option}`: {}", self.message),
        )
        .labelled(self.label.clone());
        for (range, message) in &self.others {
            diagnostic = diagnostic.with_label(place(range), message.clone());
        }
        diagnostic.help.clone_from(&self.help);
        diagnostic
    }
}
