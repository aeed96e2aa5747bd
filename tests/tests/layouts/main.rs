//! One fleet in the many ways in which people write it, with one mistake, and with two: each mistake is told once, and at
//! the literal or the name that is mistaken.
//!
//! The fleets are in `tests/layouts/*.nix`; `template.rs` says how they are written.
#![expect(clippy::disallowed_methods, reason = "tests read their own files")]

mod template;
mod values;

use std::fmt::Write as _;
use std::ops::Range;
use std::path::Path;

use launchnix_compiler::{Checked, Request, check};
use launchnix_diagnostics::{Diagnostic, MemorySources, Span};
use template::{Form, Layout, Mark};
use values::{MACHINES, is_unique, misspelt, mistaken, value};

fn layouts() -> Vec<Layout> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("layouts");
    let entries = std::fs::read_dir(folder).expect("the fleets are there");
    let mut files: Vec<_> = entries.map(|entry| entry.expect("an entry can be read").path()).collect();
    files.sort();
    let mut layouts = Vec::new();
    for file in files {
        let text = std::fs::read_to_string(&file).expect("a file of fleets can be read");
        for part in text.split("\n--- ").skip(1) {
            let (name, body) = part.split_once(" ---\n").expect("a fleet has a name");
            layouts.push(Layout::parse(name, body));
        }
    }
    layouts
}

fn check_files(files: &[(String, String)]) -> Checked {
    let mut sources = MemorySources::new();
    for (name, text) in files {
        sources.insert(Path::new("/fleet").join(name), text.as_str());
    }
    let request = Request {
        file: "/fleet/deployment.nix".into(),
        display: "deployment.nix".to_owned(),
        arguments: Vec::new(),
        search_path: Vec::new(),
        home: None,
        interrupt: None,
        show_trace: false,
        fetch: None,
        only_mistakes: true,
    };
    check(&sources, &request)
}

/// A mistake at a mark.
#[derive(Clone)]
struct Mistake {
    mark: usize,
    text: String,
    /// The mark that has the same value then, which is as well to change.
    same: Option<usize>,
}

/// Mistakes at the marks of one machine, or of what all have in common.
fn mistakes(layout: &Layout, machine: Option<usize>) -> Vec<Mistake> {
    let mut mistakes = Vec::new();
    for (mark, it) in layout.marks.iter().enumerate().filter(|(_, mark)| mark.machine == machine) {
        let mut add = |text: String, same| mistakes.push(Mistake { mark, text, same });
        if it.form == Form::Key {
            add(misspelt(&it.field), None);
            continue;
        }
        for text in mistaken(&it.field) {
            let Some(text) = fitting(layout, it, text) else { continue };
            add(text, None);
        }
        if let Some(machine) = machine.filter(|_| is_unique(&it.field)) {
            let next = (machine + 1) % MACHINES.len();
            let same = layout.marks.iter().position(|other| {
                other.machine == Some(next) && other.field == it.field && other.form == it.form
            });
            let text = value(&it.field, next).and_then(|text| fitting(layout, it, &text));
            if let (Some(same), Some(text)) = (same, text) {
                add(text, Some(same));
            }
        }
    }
    mistakes
}

/// A mistaken literal as it is written at a mark; `None` where nobody can write it there.
fn fitting(layout: &Layout, mark: &Mark, text: &str) -> Option<String> {
    let bare = text.trim_matches('"');
    let is_text = text.starts_with('"');
    match mark.form {
        Form::Key => None,
        Form::Cell if is_text && bare.contains(' ') => None,
        // A number in quotes is just a number there.
        Form::Cell if is_text && bare.parse::<f64>().is_ok() => None,
        Form::Cell => Some(bare.trim_matches(['(', ')']).to_owned()),
        Form::MachineKey if bare.contains(' ') || bare.starts_with('-') => Some(text.to_owned()),
        Form::MachineKey => Some(bare.to_owned()),
        Form::Literal if layout.is_nix(mark) => Some(text.to_owned()),
        Form::Literal => Some(text.trim_matches(['(', ')']).to_owned()),
    }
}

/// What is not as it should be about a check of a fleet with mistakes.
fn complaint(layout: &Layout, mistakes: &[&Mistake]) -> Option<String> {
    let edits: Vec<_> = mistakes.iter().map(|mistake| (mistake.mark, &*mistake.text)).collect();
    let (files, places) = layout.render(&edits);
    let checked = check_files(&files);
    let mut errors: Vec<&Diagnostic> = checked.diagnostics.iter().filter(|one| one.is_error()).collect();
    let count = errors.len();
    let mut wrong = String::new();
    for mistake in mistakes {
        let marks = [Some(mistake.mark), mistake.same];
        let is_at = |span: Span| {
            let at = |mark: &usize| {
                is_inside(&checked, span, layout.file_name(&layout.marks[*mark]), &places[*mark])
            };
            marks.iter().flatten().any(at)
        };
        match errors.iter().position(|error| error.primary.is_some_and(is_at)) {
            Some(told) => {
                let error = errors.remove(told);
                if mistake.same.is_some() && !error.labels.iter().any(|label| is_at(label.span)) {
                    wrong.push_str("  the other place is not told\n");
                }
            }
            None => {
                let _ = writeln!(
                    wrong,
                    "  `{}` of {} is not told at its place",
                    mistake.text,
                    title(layout, mistake)
                );
            }
        }
    }
    if count != mistakes.len() {
        let _ = writeln!(wrong, "  {count} errors");
    }
    if wrong.is_empty() {
        return None;
    }
    let mut complaint = layout.name.clone();
    for mistake in mistakes {
        let _ = write!(complaint, ": `{}` for {}", mistake.text, title(layout, mistake));
    }
    let _ = write!(complaint, "\n{wrong}");
    for error in checked.diagnostics.iter().filter(|one| one.is_error()) {
        let place = error.primary.map(|span| {
            let file = checked.sources.get(span.source);
            let start = file.line_column(span.start);
            format!("{}:{}:{} ({})", file.name(), start.line, start.column, checked.sources.slice(span))
        });
        let _ = writeln!(complaint, "  found: {} {}", place.unwrap_or_default(), error.message);
    }
    Some(complaint)
}

fn title(layout: &Layout, mistake: &Mistake) -> String {
    let mark = &layout.marks[mistake.mark];
    format!("{} of {}", mark.field, mark.machine.map_or("all", |machine| MACHINES[machine]))
}

/// Whether a place is a mark or a part of it; the quotes of a name in JSON belong to the name.
fn is_inside(checked: &Checked, span: Span, file: &str, mark: &Range<usize>) -> bool {
    checked.sources.get(span.source).name() == file
        && span.start as usize + 1 >= mark.start
        && span.end as usize <= mark.end + 1
}

fn assert_all(complaints: &[String], tried: usize) {
    assert!(tried > 200, "fleets are found, and mistakes are made: {tried}");
    assert!(complaints.is_empty(), "{} of {tried}\n{}", complaints.len(), complaints.join("\n"));
}

#[test]
fn fleets_without_a_mistake_are_fine() {
    for layout in layouts() {
        let (files, _) = layout.render(&[]);
        let found = check_files(&files).diagnostics;
        assert!(
            found.is_empty(),
            "{}: {:?}",
            layout.name,
            found.iter().map(|one| &one.message).collect::<Vec<_>>()
        );
    }
}

#[test]
fn a_mistake_is_told_once_where_it_is() {
    let (mut complaints, mut tried) = (Vec::new(), 0);
    for layout in layouts() {
        let all = [mistakes(&layout, Some(1)), mistakes(&layout, None)].concat();
        tried += all.len();
        complaints.extend(all.iter().filter_map(|mistake| complaint(&layout, &[mistake])));
    }
    assert_all(&complaints, tried);
}

#[test]
fn two_mistakes_are_both_told() {
    let (mut complaints, mut tried) = (Vec::new(), 0);
    for layout in layouts() {
        // What is the same as something else is so only while that is right.
        let alone = |machine| -> Vec<_> {
            mistakes(&layout, Some(machine)).into_iter().filter(|mistake| mistake.same.is_none()).collect()
        };
        let (one, other) = (alone(0), alone(2));
        let field = |mistake: &Mistake| layout.marks[mistake.mark].field.clone();
        let pairs = one.iter().zip(other.iter().rev()).filter(|(one, other)| field(one) != field(other));
        for (one, other) in pairs {
            tried += 1;
            complaints.extend(complaint(&layout, &[one, other]));
        }
    }
    assert_all(&complaints, tried);
}
