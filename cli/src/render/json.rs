//! The `json` format: one object per line, for programs.

use launchnix_diagnostics::{Applicability, Diagnostic, Edit, Fix, LineColumn, Severity, SourceMap, Span};
use serde::Serialize;

use super::{Look, full, is_known, text};

#[derive(Serialize)]
struct Object<'a> {
    code: &'static str,
    severity: Severity,
    message: &'a str,
    file: Option<&'a str>,
    range: Option<Range>,
    labels: Vec<LabelObject<'a>>,
    help: Option<&'a str>,
    notes: &'a [String],
    fix: Option<FixObject<'a>>,
    rendered: String,
}

#[derive(Serialize)]
struct Range {
    start: LineColumn,
    end: LineColumn,
}

#[derive(Serialize)]
struct LabelObject<'a> {
    message: &'a str,
    file: &'a str,
    range: Range,
}

#[derive(Serialize)]
struct FixObject<'a> {
    /// Where that is another file than the diagnostic's.
    #[serde(skip_serializing_if = "Option::is_none")]
    file: Option<&'a str>,
    range: Range,
    replacement: &'a str,
    applicability: Applicability,
    /// What else has to change: only where there is anything.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    further: Vec<EditObject<'a>>,
}

#[derive(Serialize)]
struct EditObject<'a> {
    file: &'a str,
    range: Range,
    replacement: &'a str,
}

/// One line, ending with a newline. `rendered` never has colours: who parses JSON does not want them.
pub(crate) fn render(diagnostic: &Diagnostic, sources: &SourceMap, look: &Look) -> String {
    let primary = diagnostic.primary.filter(|&span| is_known(sources, span));
    let object = Object {
        code: diagnostic.code.as_str(),
        severity: diagnostic.severity,
        message: &diagnostic.message,
        file: primary.map(|span| sources.get(span.source).name()),
        range: primary.map(|span| range(sources, span)),
        labels: labels(diagnostic, sources),
        help: diagnostic.help.as_deref(),
        notes: &diagnostic.notes,
        fix: diagnostic
            .fix
            .as_ref()
            .and_then(|fix| fix_object(fix, &diagnostic.further_edits, primary, sources)),
        rendered: full::render(diagnostic, sources, &Look { color: false, ..*look }),
    };
    let mut line = serde_json::to_string(&object).expect("strings and numbers are always JSON");
    line.push('\n');
    text::json(line)
}

fn labels<'a>(diagnostic: &'a Diagnostic, sources: &'a SourceMap) -> Vec<LabelObject<'a>> {
    let known = diagnostic.labels.iter().filter(|label| is_known(sources, label.span));
    known
        .map(|label| LabelObject {
            message: &label.message,
            file: sources.get(label.span.source).name(),
            range: range(sources, label.span),
        })
        .collect()
}

/// A fix that is known in full. It names its file only where the diagnostic has not done so.
fn fix_object<'a>(
    fix: &'a Fix,
    further: &'a [Edit],
    primary: Option<Span>,
    sources: &'a SourceMap,
) -> Option<FixObject<'a>> {
    let same_file = primary.is_some_and(|span| span.source == fix.span.source);
    let all_known = is_known(sources, fix.span) && further.iter().all(|edit| is_known(sources, edit.span));
    all_known.then(|| FixObject {
        file: (!same_file).then(|| sources.get(fix.span.source).name()),
        range: range(sources, fix.span),
        replacement: &fix.replacement,
        applicability: fix.applicability,
        further: further
            .iter()
            .map(|edit| EditObject {
                file: sources.get(edit.span.source).name(),
                range: range(sources, edit.span),
                replacement: &edit.replacement,
            })
            .collect(),
    })
}

fn range(sources: &SourceMap, span: Span) -> Range {
    let file = sources.get(span.source);
    Range { start: file.line_column(span.start), end: file.line_column(span.end) }
}
