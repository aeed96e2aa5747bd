//! The `short` format: one line per diagnostic, as compilers have it and editors' error matchers read it.

use launchnix_diagnostics::{Diagnostic, SourceMap};

use super::{Look, is_known, severity_name, text};

/// `file:line:column: error[LNX0301]: message`, ending with a newline.
pub(crate) fn render(diagnostic: &Diagnostic, sources: &SourceMap, look: &Look) -> String {
    let place = diagnostic.primary.filter(|&span| is_known(sources, span)).map(|span| {
        let file = sources.get(span.source);
        let at = file.line_column(span.start);
        format!("{}:{}:{}: ", text::one_line(file.name(), look.charset), at.line, at.column)
    });
    let severity = format!("{}[{}]", severity_name(diagnostic.severity), diagnostic.code);
    let severity = if look.color {
        let color = if diagnostic.is_error() { 31 } else { 33 };
        format!("\u{1b}[1;{color}m{severity}\u{1b}[0m")
    } else {
        severity
    };
    format!(
        "{}{severity}: {}\n",
        place.unwrap_or_default(),
        text::one_line(&diagnostic.message, look.charset)
    )
}
