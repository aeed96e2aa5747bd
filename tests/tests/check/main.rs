//! Mistaken deployments and what is said of them: the sections of `tests/check/*.nix`.
//!
//! A section is a whole deployment with the diagnostics that a check of it must give, no fewer and no more:
//!
//! ```nix
//! --- ram-has-a-unit ---
//! { deployment = { name = "web"; cpus = 1; ram = "4 GiB"; nixos = false; }; }
//! === lib/other.nix ===
//! { }
//! # error[LNX0301] 1:48-1:55: `ram` is a string, but must be an integer
//! #   here: a string
//! #   help: `ram` is in MiB: write `4096`
//! #   fix (safe): 1:48-1:55 -> 4096
//! ```
//!
//! The text before the first `=== path ===` is `deployment.nix`; the others lie beside it, or where their absolute
//! path says. A section without a mistake ends with `# fine`. `UPDATE_SECTIONS=1` rewrites all annotations, and the
//! change is reviewed as code is. Besides the annotations, each fix is applied and its outcome checked again.
#![expect(clippy::disallowed_methods, reason = "tests read their own files")]

mod annotation;
mod section;

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use launchnix_compiler::Checked;
use launchnix_diagnostics::{Applicability, Diagnostic};
use section::Section;

/// The files of sections, in order.
fn files() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("check");
    let entries = std::fs::read_dir(folder).expect("the sections are there");
    let mut files: Vec<_> = entries.map(|entry| entry.expect("an entry can be read").path()).collect();
    files.retain(|file| file.extension().is_some_and(|extension| extension == "nix"));
    files.sort();
    files
}

fn sections(file: &Path) -> Vec<Section> {
    let text = std::fs::read_to_string(file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    section::parse(&text).unwrap_or_else(|error| panic!("{}: {error}", file.display()))
}

fn title(file: &Path, section: &Section) -> String {
    format!("{}: {}", file.file_name().unwrap_or_default().to_string_lossy(), section.name)
}

#[test]
fn every_mistake_is_reported_once_at_its_place() {
    let update = std::env::var_os("UPDATE_SECTIONS").is_some();
    let (mut failures, mut count) = (String::new(), 0);
    for file in files() {
        let mut rewritten = String::new();
        for mut section in sections(&file) {
            let found = annotation::of(&section.check());
            if section.expected.trim_end() != found.trim_end() {
                let (title, expected) = (title(&file, &section), &section.expected);
                let _ = write!(failures, "\n{title}\n--- expected\n{expected}--- found\n{found}");
            }
            section.expected = found;
            let _ = write!(rewritten, "{section}");
            count += 1;
        }
        if update {
            std::fs::write(&file, rewritten.trim_start())
                .unwrap_or_else(|error| panic!("{}: {error}", file.display()));
        }
    }
    assert!(update || failures.is_empty(), "{failures}");
    assert!(count >= 400, "sections are found, and none was lost: {count}");
}

#[test]
fn names_of_sections_tell_them_apart() {
    for file in files() {
        let mut names: Vec<_> = sections(&file).into_iter().map(|section| section.name).collect();
        names.sort();
        for pair in names.windows(2) {
            assert_ne!(pair[0], pair[1], "{}", file.display());
        }
    }
}

/// What holds of every diagnostic, whatever it says.
#[test]
fn every_diagnostic_is_well_formed() {
    for file in files() {
        for section in sections(&file) {
            let title = title(&file, &section);
            let checked = section.check();
            let places: Vec<_> = checked.diagnostics.iter().map(|diagnostic| diagnostic.primary).collect();
            assert!(places.is_sorted(), "{title}: in the order of their places: {places:?}");
            for diagnostic in &checked.diagnostics {
                well_formed(&title, &checked, diagnostic);
            }
            let broken = checked.diagnostics.iter().any(Diagnostic::is_error);
            assert!(broken || checked.deployment.is_some(), "{title}: what has no error compiles");
        }
    }
}

fn well_formed(title: &str, checked: &Checked, diagnostic: &Diagnostic) {
    let message = &diagnostic.message;
    let primary = diagnostic.primary.unwrap_or_else(|| panic!("{title}: {message}: no place"));
    let edits = diagnostic.further_edits.iter().map(|edit| edit.span);
    let fix = diagnostic.fix.iter().map(|fix| fix.span).chain(edits);
    for span in diagnostic.labels.iter().map(|label| label.span).chain(fix).chain([primary]) {
        let text = checked.sources.get(span.source).text();
        assert!(text.get(span.start as usize..span.end as usize).is_some(), "{title}: {message}: {span:?}");
    }
    assert!(!message.ends_with('.') && !message.contains('\n'), "{title}: {message:?} is one sentence");
    // Errors of the evaluation are Nix's own words.
    let ways_out =
        diagnostic.help.is_some() || !diagnostic.notes.is_empty() || diagnostic.code.as_str() < "LNX0300";
    assert!(
        ways_out || !diagnostic.primary_label.is_empty(),
        "{title}: {message}: nothing is said of the place or the way out"
    );
    for label in &diagnostic.labels {
        assert!(!label.message.is_empty(), "{title}: {message}: a label that says nothing");
        assert_ne!(label.span, primary, "{title}: {message}: a label at the primary place");
    }
    let whole = format!("{diagnostic:?}");
    for secret in section::SECRETS {
        assert!(!whole.contains(secret), "{title}: {message}: tells a secret");
    }
}

/// A fix mends what it is for and brings no other mistake.
#[test]
fn every_fix_mends() {
    let mut failures = String::new();
    for file in files() {
        for section in sections(&file) {
            let checked = section.check();
            for diagnostic in &checked.diagnostics {
                let Some(fix) = &diagnostic.fix else { continue };
                let mut edits = vec![(fix.span, fix.replacement.as_str())];
                edits.extend(
                    diagnostic.further_edits.iter().map(|edit| (edit.span, edit.replacement.as_str())),
                );
                // From the end to the start, so that places stay where they are.
                edits.sort_by_key(|(span, _)| std::cmp::Reverse(*span));
                let mut mended = section.clone();
                for (span, replacement) in edits {
                    mended.replace(checked.sources.get(span.source).name(), span, replacement);
                }
                let after = mended.check();
                let told = |other: &Diagnostic| (other.code, other.message.clone());
                let before: Vec<_> = checked.diagnostics.iter().map(told).collect();
                let count =
                    |all: &[Diagnostic]| all.iter().filter(|other| told(other) == told(diagnostic)).count();
                let remains = count(&after.diagnostics) >= count(&checked.diagnostics);
                // What a mended value means beside others is told only then. A guess may be wrong about the value as
                // well, never about the syntax.
                let safe = fix.applicability == Applicability::Safe;
                let bound = if safe { "LNX0500" } else { "LNX0300" };
                let new = after
                    .diagnostics
                    .iter()
                    .find(|other| !before.contains(&told(other)) && other.code.as_str() < bound);
                if remains || new.is_some() {
                    let (title, found) = (title(&file, &section), annotation::of(&after));
                    let _ = write!(failures, "\n{title}: {fix:?}\n--- then\n{found}");
                }
            }
        }
    }
    assert!(failures.is_empty(), "{failures}");
}
