//! Derivations and store paths, compared with what Nix gives for the same expressions (`derivations.txt`).

use std::path::Path;

use launchnix_diagnostics::MemorySources;
use launchnix_evaluator::{Settings, evaluate};

fn sources() -> MemorySources {
    MemorySources::new().with("/src/b", "ho\n").with("/src/d/a", "hi\n").with("/src/x.nix", "1+1\n")
}

/// The value as JSON, or the message of the error.
fn outcome(settings: &Settings<'_>, text: &str) -> String {
    let ended = evaluate(settings, |evaluator| {
        let json = evaluator
            .expression(text, "«string»", Path::new("/src"))
            .and_then(|value| evaluator.json(value))
            .map(|(json, _)| String::from_utf8_lossy(&json).into_owned());
        json.unwrap_or_else(|error| format!("error: {}", error.message.replace('\n', "\\n")))
    });
    ended.expect("the evaluating thread starts")
}

#[test]
fn store_paths_are_those_of_nix() {
    let sources = sources();
    let settings = Settings::new(&sources);
    let mut wrong = Vec::new();
    let mut count = 0;
    let mut expression = "";
    for line in include_str!("derivations.txt").lines() {
        let Some(expected) = line.strip_prefix("=> ") else {
            expression = line;
            continue;
        };
        count += 1;
        let found = outcome(&settings, expression);
        if found != expected {
            wrong.push(format!("{expression}\n  expected {expected}\n  found    {found}"));
        }
    }
    assert!(count > 60, "the file has its cases");
    assert!(wrong.is_empty(), "{} of {count}:\n{}", wrong.len(), wrong.join("\n"));
}
