//! What is left of a file with mistakes in its syntax: `recovery.txt` holds texts, and for each what is wrong with it,
//! where, and what its attributes are.
//!
//! `UPDATE_RECOVERY=1 cargo test -p launchnix-evaluator --test recovery` rewrites what is expected. A mistake that is
//! reported twice, and a value that is lost though it is written plainly, are faults.

#![expect(clippy::disallowed_methods, reason = "a test reads its cases")]

use std::fmt::Write as _;
use std::path::Path;

use launchnix_diagnostics::MemorySources;
use launchnix_evaluator::{ErrorKind, Evaluator, Settings, Value, evaluate};

/// Starts the text of a case, after which its name follows.
const CASE: &str = "--- ";
/// Starts a line of what is expected.
const EXPECTED: &str = "=> ";

#[test]
fn little_is_lost() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/recovery.txt");
    let cases = std::fs::read_to_string(&path).expect("the cases are there");
    let mut found = String::new();
    let (head, rest) = cases.split_once(CASE).expect("there is a case");
    found.push_str(head);
    for case in rest.split(&format!("\n{CASE}")) {
        let (name, body) = case.split_once('\n').expect("a case has a name");
        let lines = body.lines().filter(|line| !line.starts_with(EXPECTED));
        let text = lines.collect::<Vec<_>>().join("\n");
        let text = format!("{}\n", text.trim_end());
        writeln!(found, "{CASE}{name}\n{text}{}", outcome(&text)).expect("a string takes everything");
    }
    let found = format!("{}\n", found.trim_end());
    if std::env::var("UPDATE_RECOVERY").is_ok() {
        std::fs::write(&path, found).expect("the cases can be written");
        return;
    }
    let different = cases.lines().zip(found.lines()).find(|(expected, found)| expected != found);
    assert_eq!(different, None, "expected on the left, found on the right");
    assert_eq!(cases.len(), found.len(), "the same lines");
}

/// The mistakes of a text and its attributes.
fn outcome(text: &str) -> String {
    let sources = MemorySources::new();
    let mut settings = Settings::new(&sources);
    settings.recover = true;
    let ended = evaluate(&settings, |evaluator| {
        let mut out = String::new();
        let value = evaluator.expression(text, "test.nix", Path::new("/d"));
        let value = match value {
            Ok(Value::Attrs(attrs)) => {
                let lines = evaluator.sorted(attrs).into_iter().map(|(name, attr)| {
                    let name = String::from_utf8_lossy(name);
                    format!("{name} = {}", show(evaluator, Ok(attr.value)))
                });
                lines.collect()
            }
            Ok(other) => vec![show(evaluator, Ok(other))],
            Err(error) => vec![show(evaluator, Err(error))],
        };
        let sources = evaluator.source_map();
        for diagnostic in evaluator.syntax_errors() {
            let place = diagnostic.primary.map(|span| {
                let file = sources.get(span.source);
                let (from, to) = (file.line_column(span.start), file.line_column(span.end));
                format!("{}:{}-{}:{}", from.line, from.column, to.line, to.column)
            });
            let label = match diagnostic.primary_label.as_str() {
                "" => String::new(),
                label => format!(" ({label})"),
            };
            let place = place.unwrap_or_default();
            writeln!(out, "{EXPECTED}{place} {}{label}", diagnostic.message)
                .expect("a string takes everything");
        }
        for line in value {
            writeln!(out, "{EXPECTED}{line}").expect("a string takes everything");
        }
        out
    });
    ended.expect("the evaluating thread starts")
}

fn show<'a>(evaluator: &Evaluator<'a>, value: launchnix_evaluator::Result<Value<'a>>) -> String {
    match value.and_then(|value| evaluator.force_deep(value)) {
        Ok(value) => String::from_utf8_lossy(&evaluator.print(value)).into_owned(),
        Err(error) if error.kind == ErrorKind::Reported => "(reported)".to_owned(),
        Err(error) => format!("error: {}", error.message),
    }
}
