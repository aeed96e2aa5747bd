//! Diagnostics as text: for people (`full`), for error matchers (`short`), for programs (`json`, `github`, `sarif`).

mod change;
mod crop;
mod full;
mod github;
mod json;
mod sarif;
mod short;
mod snippet;
mod source;
#[cfg(test)]
mod tests;
mod text;

use std::path::Path;

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
    /// Workflow commands that GitHub shows beside the lines, on standard output
    Github,
    /// One SARIF 2.1.0 document for code scanning, on standard output
    Sarif,
}

impl Format {
    /// Whether programs read it, from standard output; people read standard error.
    pub(crate) fn is_for_programs(self) -> bool {
        matches!(self, Self::Json | Self::Github | Self::Sarif)
    }
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

/// Renders one diagnostic, ending with a newline. In SARIF it is a document of its own.
pub(crate) fn render(diagnostic: &Diagnostic, sources: &SourceMap, format: Format, look: &Look) -> String {
    match format {
        Format::Full => full::render(diagnostic, sources, look),
        Format::Short => short::render(diagnostic, sources, look),
        Format::Json => json::render(diagnostic, sources, look),
        Format::Github => github::render(diagnostic, sources),
        Format::Sarif => {
            let diagnostics = std::slice::from_ref(diagnostic);
            text::json(format!("{:#}\n", sarif::document(diagnostics, sources, Path::new("/"), false)))
        }
    }
}

/// Renders all diagnostics of a run in `current`, the directory that names of sources are relative to.
pub(crate) fn render_all(
    diagnostics: &[Diagnostic],
    sources: &SourceMap,
    format: Format,
    look: &Look,
    current: &Path,
    outside: bool,
) -> String {
    match format {
        Format::Sarif => {
            text::json(format!("{:#}\n", sarif::document(diagnostics, sources, current, outside)))
        }
        Format::Full => {
            diagnostics.iter().map(|diagnostic| full::render(diagnostic, sources, look) + "\n").collect()
        }
        _ => diagnostics.iter().map(|diagnostic| render(diagnostic, sources, format, look)).collect(),
    }
}

/// A diagnostic as a few lines without excerpt: for formats that show the place by themselves.
fn plain_text(diagnostic: &Diagnostic, sources: &SourceMap) -> String {
    let mut lines = vec![diagnostic.message.clone()];
    if !diagnostic.primary_label.is_empty() && !diagnostic.message.contains(&diagnostic.primary_label) {
        lines.push(diagnostic.primary_label.clone());
    }
    for label in diagnostic.labels.iter().filter(|label| is_known(sources, label.span)) {
        let file = sources.get(label.span.source);
        let at = file.line_column(label.span.start);
        lines.push(format!("{}:{}:{}: {}", file.name(), at.line, at.column, label.message));
    }
    lines.extend(diagnostic.help.iter().map(|help| format!("help: {help}")));
    lines.extend(diagnostic.notes.iter().map(|note| format!("note: {note}")));
    lines.join("\n")
}

/// Where a diagnostic is, and its remarks: all but its message.
pub(crate) fn places(diagnostic: &Diagnostic, sources: &SourceMap, look: &Look) -> String {
    full::render_places(diagnostic, sources, look)
}

/// `2 errors, 1 warning`, and how many of them `--fix` mends; `None` where there is nothing to count.
pub(crate) fn summary(diagnostics: &[Diagnostic]) -> Option<String> {
    let errors = diagnostics.iter().filter(|diagnostic| diagnostic.is_error()).count();
    let warnings = diagnostics.len() - errors;
    let parts: Vec<_> = counted(errors, "error").into_iter().chain(counted(warnings, "warning")).collect();
    let fixable = diagnostics.iter().filter(|diagnostic| diagnostic.has_safe_fix()).count();
    let hint = match fixable {
        0 => String::new(),
        1 if diagnostics.len() == 1 => "; it can be fixed with `launchnix check --fix`".to_owned(),
        fixable => format!("; {fixable} can be fixed with `launchnix check --fix`"),
    };
    (!parts.is_empty()).then(|| parts.join(", ") + &hint)
}

/// `1 error`, `2 errors`; none of none.
pub(crate) fn counted(number: usize, noun: &str) -> Option<String> {
    match number {
        0 => None,
        1 => Some(format!("1 {noun}")),
        _ => Some(format!("{number} {noun}s")),
    }
}

/// A name or message from outside, safe to print on one line.
pub(crate) fn safe_line(text: &str, look: &Look) -> String {
    text::one_line(text, look.charset)
}

/// Text of several lines from outside, safe to print.
pub(crate) fn safe_text(text: &str, charset: Charset) -> String {
    text::message(text, charset)
}

/// A line from outside, safe to print as it is otherwise: with its indentation, and however long.
pub(crate) fn safe_source(line: &str, charset: Charset) -> String {
    text::cells(line, charset).into_iter().map(|cell| cell.shown).collect()
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
