//! From the compiler's diagnostics to those of the protocol.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use gen_lsp_types::{
    Code, Diagnostic, DiagnosticRelatedInformation, DiagnosticSeverity, Location, Position, Range,
};
use launchnix_compiler::Checked;
use launchnix_diagnostics::{self as diagnostics, Severity, SourceFile, Sources, Span};

use crate::position::Encoding;
use crate::{fixes, uri};

/// What conversion needs to know.
pub(crate) struct Client<'a> {
    pub(crate) encoding: Encoding,
    /// Whether the client shows related places.
    pub(crate) has_related: bool,
    /// The URI by which the client knows a path.
    pub(crate) uri: &'a dyn Fn(&Path) -> String,
}

/// All diagnostics of a check, by the file that they are shown in.
pub(crate) fn by_file(
    checked: &Checked,
    root: &Path,
    files: &dyn Sources,
    client: &Client<'_>,
) -> BTreeMap<PathBuf, Vec<Diagnostic>> {
    let mut found: BTreeMap<PathBuf, Vec<Diagnostic>> = BTreeMap::new();
    for diagnostic in &checked.diagnostics {
        let place = diagnostic.primary.and_then(|span| place(checked, root, files, span));
        let (path, range) = match place {
            Some((path, file, span)) => (path, client.encoding.range(file, visible(file, span))),
            // It has no place, or one in no file: the deployment is to blame as a whole.
            None => (root.to_owned(), start_of_file()),
        };
        let converted = convert(diagnostic, range, checked, root, files, client);
        found.entry(path).or_default().push(converted);
    }
    found
}

/// Editors underline nothing for an empty range: it takes the next character of its line, or the one before.
fn visible(file: &SourceFile, span: Span) -> Span {
    let text = file.text();
    let at = text.floor_char_boundary((span.start as usize).min(text.len()));
    if !span.is_empty() && (span.start as usize) < text.len() {
        return span;
    }
    let line_start =
        file.line_starts()[file.line_index(span.start.min(u32::try_from(text.len()).unwrap_or(0)))];
    let next = text[at..].chars().next().filter(|next| !matches!(next, '\r' | '\n'));
    let previous = text[line_start as usize..at].chars().next_back();
    let (start, end) = match (next, previous) {
        (Some(next), _) => (at, at + next.len_utf8()),
        (None, Some(previous)) => (at - previous.len_utf8(), at),
        (None, None) => (at, at),
    };
    let number = |offset: usize| u32::try_from(offset).unwrap_or(u32::MAX);
    Span::new(span.source, number(start), number(end))
}

fn start_of_file() -> Range {
    let start = Position { line: 0, character: 0 };
    Range { start, end: start }
}

/// The file that a span points into, and its path; `None` for text that is in no file.
fn place<'a>(
    checked: &'a Checked,
    root: &Path,
    files: &dyn Sources,
    span: Span,
) -> Option<(PathBuf, &'a SourceFile, Span)> {
    let (_, file) = checked.sources.iter().nth(span.source.index())?;
    // Names are relative to the deployment where they are not absolute.
    let path = uri::normal(&root.parent().unwrap_or(Path::new("/")).join(file.name()));
    (path == root || files.exists(&path)).then_some((path, file, span))
}

fn convert(
    diagnostic: &diagnostics::Diagnostic,
    range: Range,
    checked: &Checked,
    root: &Path,
    files: &dyn Sources,
    client: &Client<'_>,
) -> Diagnostic {
    let mut message = diagnostic.message.clone();
    let mut add = |line: &str| {
        message.push('\n');
        message.push_str(line);
    };
    if !diagnostic.message.contains(&diagnostic.primary_label) {
        add(&diagnostic.primary_label);
    }
    let mut related = Vec::new();
    for label in &diagnostic.labels {
        let Some((path, file, span)) = place(checked, root, files, label.span) else { continue };
        let range = client.encoding.range(file, span);
        if client.has_related {
            let location = Location { uri: (client.uri)(&path).into(), range };
            related.push(DiagnosticRelatedInformation { location, message: label.message.clone() });
        } else {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            add(&format!("{name}:{}: {}", range.start.line + 1, label.message));
        }
    }
    if let Some(help) = &diagnostic.help {
        add(&format!("help: {help}"));
    }
    for note in &diagnostic.notes {
        add(&format!("note: {note}"));
    }
    Diagnostic {
        range,
        severity: Some(match diagnostic.severity {
            Severity::Error => DiagnosticSeverity::Error,
            Severity::Warning => DiagnosticSeverity::Warning,
        }),
        code: Some(Code::String(diagnostic.code.to_string())),
        code_description: None,
        source: Some("launchnix".to_owned()),
        message: message.into(),
        tags: None,
        related_information: (!related.is_empty()).then_some(related),
        data: fixes::data(diagnostic, &|edit| checked.sources.slice(edit.span).to_owned(), &|edit| {
            let (path, file, span) = place(checked, root, files, edit.span)?;
            Some(((client.uri)(&path), client.encoding.range(file, span)))
        }),
    }
}

#[cfg(test)]
mod tests {
    use launchnix_diagnostics::SourceMap;

    use super::*;

    #[test]
    fn empty_spans_are_made_visible_within_their_line() {
        let mut sources = SourceMap::new();
        let id = sources.add("x", "é=\r\n\nb");
        let visible = |start, end| {
            let span = visible(sources.get(id), Span::new(id, start, end));
            (span.start, span.end)
        };
        assert_eq!(visible(0, 3), (0, 3), "as it is");
        assert_eq!(visible(0, 0), (0, 2));
        assert_eq!(visible(2, 2), (2, 3));
        assert_eq!(visible(3, 3), (2, 3), "before the line ending");
        assert_eq!(visible(5, 5), (5, 5), "an empty line");
        assert_eq!(visible(7, 7), (6, 7), "the end of the file");
        assert_eq!(visible(99, 120), (6, 7), "past the end");
    }
}
