//! The language: its syntax, and its evaluation within narrow bounds.

use std::path::Path;

use launchnix_diagnostics::{MemorySources, SourceMap};
use launchnix_evaluator::{Error, Evaluator, Limits, Settings, Value, evaluate as with_evaluator, syntax};

/// Bounds that any input reaches within a moment.
const LIMITS: Limits = Limits { steps: 200_000, call_depth: 1_000, memory: 128 << 20, stack: 64 << 20 };

/// Parses: every diagnostic has a place that is one, a text is valid or has diagnostics, and what a valid one is
/// printed as is valid.
pub(crate) fn parse(input: &[u8]) {
    let text = String::from_utf8_lossy(input);
    let parsed = syntax::parse(&text);
    let mut sources = SourceMap::new();
    let source = sources.add("fuzz.nix", text.as_ref());
    let diagnostics = parsed.diagnostics(source);
    assert_eq!(parsed.is_valid(), diagnostics.is_empty(), "a mistake is said, and only a mistake");
    for span in diagnostics.iter().filter_map(|diagnostic| diagnostic.primary) {
        let (start, end) = (span.start as usize, span.end as usize);
        assert!(start <= end && text.get(start..end).is_some(), "{start}..{end} is a place in the text");
    }
    let sources = MemorySources::new();
    let mut settings = Settings::new(&sources);
    settings.limits = LIMITS;
    let ended = with_evaluator(&settings, |e| {
        let printed = e.parsed_expression(text.as_bytes(), "fuzz.nix", Path::new("/d")).ok()?;
        Some((printed.clone(), String::from_utf8(printed).is_ok()))
    });
    // Bytes may be escaped in a string, but what is printed stays text.
    if let Ok(Some((printed, is_text))) = ended {
        assert!(is_text, "{} is text", String::from_utf8_lossy(&printed));
    }
}

/// Evaluates wholly and prints in all ways. Whether values keep where they came from must not show.
pub(crate) fn evaluate(input: &[u8]) {
    let text = String::from_utf8_lossy(input);
    let usual = outcome(&text, false);
    let tracing = outcome(&text, true);
    if let (Some(usual), Some(tracing)) = (usual, tracing) {
        // What is selected is a value of its own or the same one, which comparing functions shows.
        let compares = text.contains("==") || text.contains("!=") || text.contains("elem");
        assert!(usual == tracing || compares, "{usual}\n{tracing}");
    }
}

/// What it is printed as; nothing where it is an error.
fn outcome(text: &str, tracing: bool) -> Option<String> {
    let sources = MemorySources::new()
        .with("/d/a.nix", "{ x ? 1, ... }: [ x ]")
        .with("/d/itself.nix", "import ./itself.nix")
        .with("/d/text", "one\ntwo\n");
    let mut settings = Settings::new(&sources);
    settings.limits = LIMITS;
    settings.tracing = tracing;
    settings.search_path = vec![("d".to_owned(), "/d".to_owned())];
    let ended = with_evaluator(&settings, |e| print_all(e, text));
    let ended = ended.expect("the evaluating thread starts");
    match ended {
        Ok(printed) => Some(printed),
        Err(error) => {
            assert!(
                !error.message.is_empty() || text.contains("throw") || text.contains("abort"),
                "says why"
            );
            let _ = error.into_diagnostics();
            None
        }
    }
}

fn print_all(e: &Evaluator<'_>, text: &str) -> Result<String, Error> {
    let value = e.expression(text, "fuzz.nix", Path::new("/d"))?;
    let value: Value<'_> = e.auto_call(value, &[])?;
    let value = e.force_deep(value)?;
    let printed = String::from_utf8_lossy(&e.print(value)).into_owned();
    // Functions have no JSON; everything has XML.
    let _ = e.json_with(value, true);
    e.xml_with(value, true, true).1?;
    let _ = e.derivations(value, &[], &mut drop);
    Ok(printed)
}
