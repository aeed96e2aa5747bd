//! What is wrong with a piece of XML, and where.

use std::ops::Range;

use launchnix_diagnostics::{Applicability, Code, Diagnostic, Fix, Span};
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
    /// Names that are missing, where that is the fault: one that libvirt does not know may be meant for them.
    pub lacks: Vec<&'static str>,
    /// What to write instead, each at its place.
    pub rewrites: Vec<(Range<usize>, String)>,
    /// Whether there is no doubt about it.
    pub is_sure: bool,
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
            lacks: Vec::new(),
            rewrites: Vec::new(),
            is_sure: false,
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

    pub(crate) fn lacking(mut self, names: &[&'static str]) -> Self {
        self.lacks.extend(names);
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
        let exact = |range: &Range<usize>| exact_place(text, range, whole);
        let mut diagnostic = Diagnostic::new(
            self.code,
            exact(&self.at),
            format!("in the XML of `{option}`: {}", self.message),
        )
        .labelled(self.label.clone());
        for (range, message) in &self.others {
            diagnostic = diagnostic.with_label(exact(range), message.clone());
        }
        diagnostic.help.clone_from(&self.help);
        self.with_fix(diagnostic, text, place)
    }

    /// Adds the change to the source, where all of it is written as it is in the XML.
    fn with_fix(
        &self,
        mut diagnostic: Diagnostic,
        text: &Text,
        place: impl Fn(&Range<usize>) -> Span,
    ) -> Diagnostic {
        let written = |(range, new): &(Range<usize>, String)| {
            let span = place(range);
            let around = with_neighbours(&text.value, range)?;
            let outer = place(&around);
            // A quote may be written with a backslash before it.
            let most = around.len() + 2;
            let is_literal =
                span.len() as usize == range.len() && outer.contains(span) && outer.len() as usize <= most;
            is_literal.then(|| (span, new.clone()))
        };
        let Some(edits) = self.rewrites.iter().map(written).collect::<Option<Vec<_>>>() else {
            return diagnostic;
        };
        let applicability = if self.is_sure { Applicability::Safe } else { Applicability::Unsafe };
        let mut edits = edits.into_iter();
        if let Some((span, replacement)) = edits.next() {
            diagnostic = diagnostic.with_fix(Fix { span, replacement, applicability });
        }
        edits.fold(diagnostic, |diagnostic, (span, new)| diagnostic.with_further_edit(span, new))
    }
}

/// Where a part of a text is written. Of a value between quotes that an interpolation brings, the quotes are where it is put
/// in.
pub(crate) fn exact_place(text: &Text, range: &Range<usize>, whole: Span) -> Span {
    let outer = text.locate(range.start, range.end, whole);
    let Some(written) = text.value.get(range.clone()).filter(|written| is_quoted(written)) else {
        return outer;
    };
    let inner = text.locate(range.start + 1, range.start + written.len() - 1, whole);
    // `'${if fast then "naitve" else "threads"}'`: what is wrong is a word in the interpolation.
    let is_word_of_interpolation =
        inner.len() as usize + 2 == written.len() && outer.len() > inner.len() + 2 * ESCAPED;
    if outer.contains(inner) && !is_word_of_interpolation { outer } else { inner }
}

/// How long a quote is that is written with a backslash before it.
const ESCAPED: u32 = 2;

/// A part of a text with the characters beside it that are not blank: with them it is seen whether an interpolation
/// brings it.
fn with_neighbours(text: &str, part: &Range<usize>) -> Option<Range<usize>> {
    let is_mark = |c: char| c.is_ascii() && !c.is_ascii_whitespace();
    let before = text.get(..part.start)?.ends_with(is_mark);
    let after = text.get(part.end..)?.starts_with(is_mark);
    (before || after).then(|| part.start - usize::from(before)..part.end + usize::from(after))
}

/// Whether a text is a value between its quotes, with something in it.
fn is_quoted(text: &str) -> bool {
    text.len() > 2 && ['\'', '"'].iter().any(|&quote| text.starts_with(quote) && text.ends_with(quote))
}
