//! Expressions, compared with what Nix gives for the same (`expressions.txt`).

use std::path::Path;

use launchnix_diagnostics::MemorySources;
use launchnix_evaluator::{Settings, evaluate};

/// The value as Nix prints it, or the message of the error.
fn outcome(settings: &Settings<'_>, text: &str) -> String {
    let ended = evaluate(settings, |evaluator| {
        let value = evaluator.expression(text, "«string»", Path::new("/"));
        match value.and_then(|value| evaluator.force_deep(value).map(|_| evaluator.print(value))) {
            Ok(printed) => String::from_utf8_lossy(&printed).into_owned(),
            Err(error) => format!("error: {}", error.message),
        }
    });
    ended.expect("the evaluating thread starts")
}

#[test]
fn expressions_mean_what_they_mean_to_nix() {
    let sources = MemorySources::new();
    let settings = Settings::new(&sources);
    let mut wrong = Vec::new();
    let (mut count, mut expression) = (0, "");
    for line in include_str!("expressions.txt").lines() {
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
    assert!(count > 250, "the file has its cases");
    assert!(wrong.is_empty(), "{} of {count}:\n{}", wrong.len(), wrong.join("\n"));
}
