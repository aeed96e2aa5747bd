//! The document on all codes is fresh.
#![expect(clippy::disallowed_methods, reason = "tests read the committed document")]

use std::path::Path;

use launchnix_diagnostics::{Code, Severity, manual};

#[test]
fn the_document_is_fresh() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/errors.md");
    if std::env::var_os("UPDATE_DOCS").is_some() {
        std::fs::write(&file, manual()).expect("the document can be written");
    }
    let committed = std::fs::read_to_string(&file).unwrap_or_default();
    assert!(committed == manual(), "run UPDATE_DOCS=1 cargo test -p launchnix-diagnostics");
}

#[test]
fn every_page_has_its_parts() {
    for &code in Code::ALL {
        let page = code.page();
        let first = page.split("\n\n").next().unwrap_or_default();
        assert!(first.len() > 20, "{code}: begin the page with what the code means, in a sentence or more");
        let silences = page.contains(&format!("`# launchnix: allow({code})`"));
        assert!(
            silences || code.severity() == Severity::Error,
            "{code}: a warning's page says how to silence it: `# launchnix: allow({code})`"
        );
        assert_eq!(page.matches("```").count() % 2, 0, "{code}: a fence is not closed");
    }
}
