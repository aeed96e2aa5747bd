//! The `full` format: miette's frames over a prepared excerpt, then help, notes and fix.

use std::fmt;

use launchnix_diagnostics::{Applicability, Diagnostic, Severity, SourceMap};
use miette::{GraphicalReportHandler, GraphicalTheme, LabeledSpan, SourceCode, ThemeCharacters, ThemeStyles};

use super::change;
use super::snippet::{Excerpt, Place, excerpt};
use super::text;
use super::{Charset, Look};

/// A piece of the excerpt in the shape that miette takes.
#[derive(Debug)]
struct Report {
    excerpt: Excerpt,
}

/// Renders one diagnostic, ending with a newline.
pub(crate) fn render(diagnostic: &Diagnostic, sources: &SourceMap, look: &Look) -> String {
    heading(diagnostic, look) + &render_places(diagnostic, sources, look)
}

/// As [`render`], without the heading.
pub(crate) fn render_places(diagnostic: &Diagnostic, sources: &SourceMap, look: &Look) -> String {
    let mut rendered = String::new();
    for piece in excerpt(sources, places(diagnostic), look.charset, look.width).into_pieces() {
        let handler = handler(&piece, diagnostic.severity, look);
        let mut drawn = String::new();
        handler
            .render_report(&mut drawn, &Report { excerpt: piece })
            .expect("writing to a string does not fail");
        // What comes before the frame is miette's heading, which has no text here; frames of lines without text end
        // in the space after the bar.
        let frame = drawn.lines().skip_while(|line| !line.contains(['╭', ',']));
        for line in frame.map(str::trim_end) {
            rendered.push_str(line);
            rendered.push('\n');
        }
    }
    for (name, text) in remarks(diagnostic) {
        push_remark(&mut rendered, name, text, look);
    }
    push_fix(&mut rendered, diagnostic, sources, look);
    rendered
}

/// `error[LNX0301]: message`, as compilers have it, wrapped.
fn heading(diagnostic: &Diagnostic, look: &Look) -> String {
    let severity = format!("{}[{}]", super::severity_name(diagnostic.severity), diagnostic.code);
    let message = text::message(&diagnostic.message, look.charset);
    // Wrapped together with the severity, which has no space and so stays whole on the first line.
    let wrapped = text::wrap(&format!("{severity}: {message}"), look.width.saturating_sub(2));
    let mut lines = wrapped.join("\n  ");
    if look.color {
        let color = if diagnostic.is_error() { 31 } else { 33 };
        let rest = lines.split_off(severity.len());
        let rest = rest.replace('\n', "\u{1b}[0m\n\u{1b}[1m");
        lines = format!("\u{1b}[1;{color}m{severity}\u{1b}[0m\u{1b}[1m{rest}\u{1b}[0m");
    }
    lines + "\n"
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

/// miette, with the primary place in the colour of the severity and the others in blue. It takes its colours in the
/// order of the places.
fn handler(excerpt: &Excerpt, severity: Severity, look: &Look) -> GraphicalReportHandler {
    let mut styles = if look.color { ThemeStyles::ansi() } else { ThemeStyles::none() };
    if look.color {
        let mut labels: Vec<_> = excerpt.labels.iter().collect();
        labels.sort_by_key(|label| label.range.start);
        let of_severity = if severity == Severity::Error { styles.error } else { styles.warning };
        let other = styles.advice;
        styles.highlights =
            labels.iter().map(|label| if label.primary { of_severity } else { other }).collect();
    }
    let theme = GraphicalTheme {
        characters: match look.charset {
            Charset::Unicode => ThemeCharacters::unicode(),
            Charset::Ascii => ThemeCharacters::ascii(),
        },
        styles,
    };
    GraphicalReportHandler::new_themed(theme)
        .with_width(look.width)
        .with_links(false)
        .with_wrap_lines(false)
        .without_cause_chain()
        .without_syntax_highlighting()
}

/// Help and notes, in this order.
fn remarks(diagnostic: &Diagnostic) -> impl Iterator<Item = (&'static str, &str)> {
    let help = diagnostic.help.iter().map(|help| ("help", help.as_str()));
    help.chain(diagnostic.notes.iter().map(|note| ("note", note.as_str())))
}

/// What the fix does to the source, and who makes it.
fn push_fix(rendered: &mut String, diagnostic: &Diagnostic, sources: &SourceMap, look: &Look) {
    let Some(fix) = &diagnostic.fix else { return };
    for (at, change) in change::changes(diagnostic, sources, look).into_iter().enumerate() {
        let place = change.name.map(|name| format!("in {name}, ")).unwrap_or_default();
        let what = match (at, fix.applicability) {
            (0, Applicability::Safe) => format!("{place}made by `launchnix check --fix`"),
            (0, Applicability::Unsafe) => format!("{place}a guess, for you to make"),
            _ => format!("{place}and with it"),
        };
        push_remark(rendered, "fix", &what, look);
        for line in change.lines {
            rendered.push_str(&line);
            rendered.push('\n');
        }
    }
}

fn push_remark(rendered: &mut String, name: &str, text: &str, look: &Look) {
    let heading = if look.color { format!("\u{1b}[36m{name}:\u{1b}[0m") } else { format!("{name}:") };
    let indent = name.len() + 4;
    let lines = text::wrap(&text::message(text, look.charset), look.width.saturating_sub(indent));
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
    fn fmt(&self, _: &mut fmt::Formatter<'_>) -> fmt::Result {
        Ok(())
    }
}

impl std::error::Error for Report {}

impl miette::Diagnostic for Report {
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
