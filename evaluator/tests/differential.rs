//! Expressions at random, compared with Nix where it is installed.
//!
//! `LAUNCHNIX_SEED` and `LAUNCHNIX_ROUNDS` try others, and more, than the usual ones.

#![expect(clippy::disallowed_methods, reason = "a test finds Nix and its seed in the environment")]
#![expect(clippy::print_stderr, reason = "a test says what it left out")]

mod generator;
mod oracle;

use std::path::Path;

use generator::Generator;
use launchnix_diagnostics::MemorySources;
use launchnix_evaluator::{Settings, evaluate};
use oracle::{Nix, Outcome};

/// Expressions that Nix gets at once.
const BATCH: usize = 300;

fn number(variable: &str, usual: u64) -> u64 {
    std::env::var(variable).ok().and_then(|text| text.parse().ok()).unwrap_or(usual)
}

#[test]
fn random_expressions_mean_what_they_mean_to_nix() {
    let Some(nix) = Nix::find() else {
        return eprintln!("left out: there is no nix-instantiate on PATH, and LAUNCHNIX_ORACLE names none");
    };
    let seed = number("LAUNCHNIX_SEED", 1);
    for round in 0..number("LAUNCHNIX_ROUNDS", 3) {
        let mut generator = Generator::new(seed.wrapping_add(round), !nix.is_current());
        let expressions: Vec<String> = (0..BATCH).map(|_| generator.expression()).collect();
        let mut wrong = Vec::new();
        compare(&nix, &expressions, &mut wrong);
        let seed = seed.wrapping_add(round);
        assert!(wrong.is_empty(), "{} of seed {seed}:\n{}", wrong.len(), wrong.join("\n"));
    }
}

/// Compares some expressions, all at once; where that shows a difference or an error, half of them at a time.
fn compare(nix: &Nix, expressions: &[String], wrong: &mut Vec<String>) {
    let all = match expressions {
        [] => return,
        [only] => only.clone(),
        several => {
            let list = several.iter().fold(String::new(), |list, one| format!("{list}({one})\n"));
            format!("[ {list} ]")
        }
    };
    // Unlike what Nix prints, XML does not show which lists are kept in the same place.
    let text = format!("builtins.toXML ({all})");
    let (expected, found) = (nix.expression(&text), ours(&text));
    match (&expected, &found) {
        (Outcome::Value(expected), Outcome::Value(found)) if expected == found => {}
        (Outcome::Error(expected), Outcome::Error(found))
            // Older versions word errors in another way.
            if expressions.len() == 1 && (same_words(expected, found) || !nix.is_current()) => {}
        _ if expressions.len() > 1 => {
            let (first, second) = expressions.split_at(expressions.len() / 2);
            compare(nix, first, wrong);
            compare(nix, second, wrong);
        }
        _ => wrong.push(format!("{text}\n  expected {expected}\n  found    {found}")),
    }
}

fn ours(text: &str) -> Outcome {
    let sources = MemorySources::new();
    let mut settings = Settings::new(&sources);
    settings.exact_laziness = true;
    let ended = evaluate(&settings, |evaluator| {
        let value = evaluator.expression(text, "«stdin»", Path::new("/"));
        match value.and_then(|value| evaluator.force_deep(value).map(|_| evaluator.print(value))) {
            Ok(printed) => Outcome::Value(format!("{}\n", String::from_utf8_lossy(&printed))),
            Err(error) => Outcome::Error(format!("{}\n", error.message)),
        }
    });
    ended.expect("the evaluating thread starts")
}

/// Whether two messages are the same but for blanks: Nix leaves out those at the ends of lines when it prints a
/// message, and makes spaces of tabs.
fn same_words(expected: &str, found: &str) -> bool {
    expected.split_whitespace().eq(found.split_whitespace())
}
