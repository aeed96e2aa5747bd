//! The `full` format: miette's frames over a prepared excerpt, then help, notes and fix.

use std::fmt;

use launchnix_diagnostics::{Diagnostic, Severity, SourceMap};
use miette::{GraphicalReportHandler, GraphicalTheme, LabeledSpan, SourceCode, ThemeCharacters, ThemeStyles};

use super::snippet::{Excerpt, Place, excerpt};
use super::text;
use super::{Charset, Look};

/// A diagnostic in the shape that miette takes.
#[derive(Debug)]
struct Report {
    message: String,
    code: String,
    severity: miette::Severity,
    excerpt: Excerpt,
}

/// Renders one diagnostic, ending with a newline.
pub(crate) fn render(diagnostic: &Diagnostic, sources: &SourceMap, look: &Look) -> String {
    let report = Report {
        message: wrapped_message(&diagnostic.message, look),
        code: format!("{}[{}]", super::severity_name(diagnostic.severity), diagnostic.code),
        severity: match diagnostic.severity {
            Severity::Error => miette::Severity::Error,
            Severity::Warning => miette::Severity::Warning,
        },
        excerpt: excerpt(sources, places(diagnostic), look.charset, look.width),
    };
    let mut rendered = String::new();
    handler(look).render_report(&mut rendered, &report).expect("writing to a string does not fail");
    for (name, text) in remarks(diagnostic, sources, look.charset) {
        push_remark(&mut rendered, name, &text, look);
    }
    // Frames of lines without text end in the space after the bar.
    let lines: Vec<_> = rendered.lines().map(str::trim_end).collect();
    lines.join("\n") + "\n"
}

/// As [`render`], without the lines before the first frame: code and message.
pub(crate) fn render_places(diagnostic: &Diagnostic, sources: &SourceMap, look: &Look) -> String {
    let mut silent = diagnostic.clone();
    silent.message = String::new();
    let rendered = render(&silent, sources, look);
    // The heading is a line with the code, an empty one, and one for the message.
    let lines: Vec<_> = rendered.lines().skip(3).collect();
    if lines.is_empty() { String::new() } else { lines.join("\n") + "\n" }
}

/// The primary place and the labels.
fn places(diagnostic: &Diagnostic) -> Vec<Place> {
    let primary = diagnostic.primary.map(|span| Place {
        span,
        message: diagnostic.primary_label.clone(),
        primary: true,
    });
    let others = diagnostic.labels.iter().map(|label| Place {
        span: label.span,
        message: label.message.clone(),
        primary: false,
    });
    primary.into_iter().chain(others).collect()
}

/// The message between `  × ` and the edge of the screen. miette would break lines as prose, within `</devices>` too.
fn wrapped_message(message: &str, look: &Look) -> String {
    text::wrap(&text::message(message, look.charset), look.width.saturating_sub(4)).join("\n")
}

fn handler(look: &Look) -> GraphicalReportHandler {
    let theme = GraphicalTheme {
        characters: match look.charset {
            Charset::Unicode => ThemeCharacters::unicode(),
            Charset::Ascii => ThemeCharacters::ascii(),
        },
        styles: if look.color { ThemeStyles::ansi() } else { ThemeStyles::none() },
    };
    GraphicalReportHandler::new_themed(theme)
        .with_width(look.width)
        .with_links(false)
        .with_wrap_lines(false)
        .without_cause_chain()
        .without_syntax_highlighting()
}

/// Help, notes and fix, in this order.
fn remarks(diagnostic: &Diagnostic, sources: &SourceMap, charset: Charset) -> Vec<(&'static str, String)> {
    let help = diagnostic.help.iter().map(|help| ("help", help.clone()));
    let notes = diagnostic.notes.iter().map(|note| ("note", note.clone()));
    let fix = diagnostic.fix.iter().filter(|fix| super::is_known(sources, fix.span)).map(|fix| {
        let old = sources.slice(fix.span);
        let new = fix.replacement.as_str();
        let text = match (old.is_empty(), new.is_empty()) {
            (true, _) => format!("insert `{new}`"),
            (_, true) => format!("remove `{old}`"),
            _ => format!("replace `{old}` with `{new}`"),
        };
        let at = sources.get(fix.span.source).line_column(fix.span.start);
        ("fix", format!("{text} at {}:{}", at.line, at.column))
    });
    help.chain(notes).chain(fix).map(|(name, text)| (name, text::message(&text, charset))).collect()
}

fn push_remark(rendered: &mut String, name: &str, text: &str, look: &Look) {
    let heading = if look.color { format!("\u{1b}[36m{name}:\u{1b}[0m") } else { format!("{name}:") };
    let indent = name.len() + 4;
    let lines = text::wrap(text, look.width.saturating_sub(indent));
    let indentation = format!(
        "
{:indent$}",
        ""
    );
    for part in [
        "  ",
        &heading,
        " ",
        &lines.join(&indentation),
        "
",
    ] {
        rendered.push_str(part);
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Report {}

impl miette::Diagnostic for Report {
    fn code<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        Some(Box::new(&self.code))
    }

    fn severity(&self) -> Option<miette::Severity> {
        Some(self.severity)
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        Some(&self.excerpt)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        Some(Box::new(self.excerpt.labels.iter().map(|label| {
            let span = (label.range.start, label.range.len());
            if label.primary {
                LabeledSpan::new_primary_with_span(label.message.clone(), span)
            } else {
                LabeledSpan::new_with_span(label.message.clone(), span)
            }
        })))
    }
}
