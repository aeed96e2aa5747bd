//! The `github` format: workflow commands, which GitHub shows as annotations of the lines in question.
//!
//! <https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands>. A runner reads whatever a step
//! prints and obeys lines that start with `::`, so that nothing of a deployment may begin a line of its own.

use launchnix_diagnostics::{Diagnostic, SourceMap};

use super::{Charset, is_known, severity_name, text};

/// `::error file=…,line=…,endLine=…,col=…,endColumn=…,title=…::message`, ending with a newline.
pub(crate) fn render(diagnostic: &Diagnostic, sources: &SourceMap) -> String {
    let mut properties = Vec::new();
    if let Some(span) = diagnostic.primary.filter(|&span| is_known(sources, span)) {
        let file = sources.get(span.source);
        let (start, end) = (file.line_column(span.start), file.line_column(span.end));
        // GitHub compares names with those that git has.
        properties.push(format!("file={}", property(file.name().trim_start_matches("./"))));
        properties.push(format!("line={},endLine={}", start.line, end.line));
        properties.push(format!("col={},endColumn={}", start.column, end.column));
    }
    let title = format!("{} {}", diagnostic.code, diagnostic.code.explanation().title);
    properties.push(format!("title={}", property(&title)));
    let message = super::plain_text(diagnostic, sources);
    format!("::{} {}::{}\n", severity_name(diagnostic.severity), properties.join(","), data(&message))
}

/// What follows the second `::`.
fn data(message: &str) -> String {
    text::message(message, Charset::Unicode).replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// What follows a `=`.
fn property(value: &str) -> String {
    data(value).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use launchnix_diagnostics::{Code, Span};

    use super::*;

    #[test]
    fn nothing_of_a_deployment_is_a_command() {
        let mut sources = SourceMap::new();
        let file = sources.add("./a,b:c%\n::error::x.nix", "{ }\n");
        let diagnostic =
            Diagnostic::new(Code::Thrown, Span::new(file, 0, 3), "100 %\r\n::stop-commands::x\u{1b}[31m")
                .labelled("here: a, b");
        assert_eq!(
            render(&diagnostic, &sources),
            "::error file=a%2Cb%3Ac%25%0A%3A%3Aerror%3A%3Ax.nix,line=1,endLine=1,col=1,endColumn=4,\
             title=LNX0204 the deployment stopped itself::100 %25%0A::stop-commands::x\\u{1b}[31m%0Ahere: a, b\n"
        );
        assert_eq!(
            render(&Diagnostic::new(Code::NoEffect, None, "m"), &sources),
            "::warning title=LNX0701 option without effect::m\n"
        );
    }
}
