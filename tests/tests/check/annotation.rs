//! Diagnostics as annotations.

use std::fmt::Write as _;

use launchnix_compiler::Checked;
use launchnix_diagnostics::{Applicability, Span};

/// The annotations of all diagnostics of a check; `# fine` where there are none.
pub fn of(checked: &Checked) -> String {
    let mut lines = String::new();
    for diagnostic in &checked.diagnostics {
        let severity = if diagnostic.is_error() { "error" } else { "warning" };
        let primary = diagnostic.primary.map(|span| place(checked, span)).unwrap_or_default();
        let _ = writeln!(lines, "# {severity}[{}] {primary}: {}", diagnostic.code, diagnostic.message);
        let mut more = |what: &str, text: &str| {
            let _ = writeln!(lines, "#   {what}: {}", text.replace('\n', "\n#         "));
        };
        if !diagnostic.primary_label.is_empty() {
            more("here", &diagnostic.primary_label);
        }
        for label in &diagnostic.labels {
            more(&place(checked, label.span), &label.message);
        }
        for note in &diagnostic.notes {
            more("note", note);
        }
        if let Some(help) = &diagnostic.help {
            more("help", help);
        }
        if let Some(fix) = &diagnostic.fix {
            let how = if fix.applicability == Applicability::Safe { "safe" } else { "unsafe" };
            let arrow = |span, text: &str| format!("{} -> `{text}`", place(checked, span));
            more(&format!("fix ({how})"), &arrow(fix.span, &fix.replacement));
            for edit in &diagnostic.further_edits {
                more("and", &arrow(edit.span, &edit.replacement));
            }
        }
    }
    if lines.is_empty() { "# fine\n".to_owned() } else { lines }
}

/// `4:14-4:21`; places in other files than the deployment file begin with the file's name.
fn place(checked: &Checked, span: Span) -> String {
    let file = checked.sources.get(span.source);
    let (start, end) = (file.line_column(span.start), file.line_column(span.end));
    let name = if file.name() == "deployment.nix" { String::new() } else { format!("{}:", file.name()) };
    format!("{name}{}:{}-{}:{}", start.line, start.column, end.line, end.column)
}
