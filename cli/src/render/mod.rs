//! Diagnostics as text: for people (`full`), for error matchers (`short`), for programs (`json`).

mod crop;
mod full;
mod json;
mod short;
mod snippet;
mod source;
#[cfg(test)]
mod tests;
mod text;

use launchnix_diagnostics::{Diagnostic, Severity, SourceMap, Span};

/// The shape of the output.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Format {
    /// Source excerpts, labels, help and notes
    #[default]
    Full,
    /// One line per diagnostic: `file:line:column: error[CODE]: message`
    Short,
    /// One JSON object per line, on standard output
    Json,
}

/// Which characters may be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Charset {
    /// Box drawing, and the source as it is.
    Unicode,
    /// Nothing but ASCII; everything else is escaped.
    Ascii,
}

impl Charset {
    /// What stands for text that was left out.
    pub(crate) fn ellipsis(self) -> &'static str {
        match self {
            Self::Unicode => "…",
            Self::Ascii => "...",
        }
    }
}

/// How output looks.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Look {
    /// Which characters may be used.
    pub(crate) charset: Charset,
    /// Whether to colour.
    pub(crate) color: bool,
    /// Columns of the terminal.
    pub(crate) width: usize,
}

/// Renders one diagnostic, ending with a newline.
pub(crate) fn render(diagnostic: &Diagnostic, sources: &SourceMap, format: Format, look: &Look) -> String {
    match format {
        Format::Full => full::render(diagnostic, sources, look),
        Format::Short => short::render(diagnostic, sources, look),
        Format::Json => json::render(diagnostic, sources, look),
    }
}

/// Where a diagnostic is, and its remarks: all but its message.
pub(crate) fn places(diagnostic: &Diagnostic, sources: &SourceMap, look: &Look) -> String {
    full::render_places(diagnostic, sources, look)
}

/// `2 errors, 1 warning`; `None` where there is nothing to count.
pub(crate) fn summary(diagnostics: &[Diagnostic]) -> Option<String> {
    let errors = diagnostics.iter().filter(|diagnostic| diagnostic.is_error()).count();
    let warnings = diagnostics.len() - errors;
    let count = |number: usize, noun: &str| match number {
        0 => None,
        1 => Some(format!("1 {noun}")),
        _ => Some(format!("{number} {noun}s")),
    };
    let parts: Vec<_> = count(errors, "error").into_iter().chain(count(warnings, "warning")).collect();
    (!parts.is_empty()).then(|| parts.join(", "))
}

/// A name or message from outside, safe to print on one line.
pub(crate) fn safe_line(text: &str, look: &Look) -> String {
    text::one_line(text, look.charset)
}

fn severity_name(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    }
}

/// Whether a span points into the map at all: one bad span must not cost the whole rendering.
fn is_known(sources: &SourceMap, span: Span) -> bool {
    span.source.index() < sources.len()
}
