//! A first look without tracing changes nothing of what is found with it.

use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};

use launchnix_diagnostics::{MemorySources, SourceId};
use launchnix_evaluator::syntax::Parsed;
use launchnix_evaluator::{Evaluator, Result, Settings, Value, evaluate_untraced_first};

const FILE: &str = "/d/file.nix";

/// The value of a file, evaluated wholly.
fn wholly<'a>(evaluator: &Evaluator<'a>) -> Result<Value<'a>> {
    let value = evaluator.file(Path::new(FILE))?;
    evaluator.force_deep(value).map(|_| value)
}

/// The text where the attribute `it` of a file's set was written.
fn written(evaluator: &Evaluator<'_>) -> Option<String> {
    let Ok(Value::Attrs(attrs)) = wholly(evaluator) else { return None };
    let origin = evaluator.origin(attrs.get(evaluator.intern("it"))?.value)?;
    Some(evaluator.source_map().slice(origin.span).to_owned())
}

/// What a first look that comes to nothing leads to: where `it` was written, and how many texts were parsed.
fn after_a_look(text: &str) -> (Option<String>, usize) {
    let sources = MemorySources::new().with(FILE, text).with("/d/imported.nix", "{ given = \"lit\"; }");
    let parsed = AtomicUsize::new(0);
    let count = |_: SourceId, _: &str, _: &Parsed<'_>| {
        parsed.fetch_add(1, Ordering::Relaxed);
    };
    let settings =
        Settings { tracing: true, recover: true, observe: Some(&count), ..Settings::new(&sources) };
    let look = |evaluator: &Evaluator<'_>| {
        let _ = wholly(evaluator);
        None
    };
    let place = evaluate_untraced_first(&settings, look, written).expect("the evaluating thread starts");
    (place, parsed.into_inner())
}

#[test]
fn places_are_exact_and_files_are_parsed_once() {
    let place = Some("\"lit\"".to_owned());
    assert_eq!(after_a_look("let f = a: { it = a; }; in f \"lit\""), (place.clone(), 1));
    assert_eq!(after_a_look("{ it = (import ./imported.nix).given; }"), (place.clone(), 2));
    // A set that is written out is not taken for one value of its own.
    assert_eq!(after_a_look("let all = { a = { b = \"lit\"; }; }; in { it = all.a.b; }"), (place, 1));
}

#[test]
fn what_a_look_finds_wrong_is_found_again() {
    // Parsed again, since what is wrong with a file is told when it is parsed.
    assert_eq!(after_a_look("{ it = \"lit\"; broken = ; }").1, 2);
}

#[test]
fn a_look_that_finds_enough_is_all() {
    let sources = MemorySources::new().with(FILE, "{ it = 1; }");
    let settings = Settings { tracing: true, ..Settings::new(&sources) };
    let found = evaluate_untraced_first(
        &settings,
        |evaluator| wholly(evaluator).is_ok().then_some("by a look"),
        |_| "with tracing",
    );
    assert_eq!(found.expect("the evaluating thread starts"), "by a look");
}
