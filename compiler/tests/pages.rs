//! The examples in the pages on codes: each wrong one gives its code, each right one is free of it.

use std::path::Path;

use launchnix_compiler::{Checked, Request, check};
use launchnix_diagnostics::{Code, Diagnostic, MemorySources};

/// Codes that no example of a few lines can give, and why.
const WITHOUT_EXAMPLE: &[(Code, &str)] = &[
    (Code::SyntaxLimit, "it takes tens of thousands of brackets"),
    (Code::DeprecatedOption, "no option has got another name so far"),
];

/// A fenced block of a page, by the word before it.
struct Example {
    is_wrong: bool,
    text: String,
}

fn examples(page: &str) -> Vec<Example> {
    let mut examples = Vec::new();
    let mut before = "";
    let mut open: Option<String> = None;
    for line in page.lines() {
        match &mut open {
            None if line == "```nix" => open = Some(String::new()),
            None if !line.is_empty() => before = line,
            None => {}
            Some(_) if line == "```" => {
                examples
                    .push(Example { is_wrong: before == "Wrong:", text: open.take().unwrap_or_default() });
            }
            Some(text) => {
                text.push_str(line);
                text.push('\n');
            }
        }
    }
    examples
}

/// Checks an example with the files that its first lines name.
fn checked(text: &str) -> Checked {
    let directory = Path::new("/fleet");
    let mut sources = MemorySources::new().with(directory.join("deployment.nix"), text);
    for line in text.lines() {
        let Some((name, content)) = line.strip_prefix("# ").and_then(|rest| rest.split_once(": ")) else {
            break;
        };
        sources.insert(directory.join(name), format!("{content}\n"));
    }
    let request = Request {
        file: directory.join("deployment.nix"),
        display: "deployment.nix".into(),
        arguments: Vec::new(),
        search_path: Vec::new(),
        home: Some("/home/me".into()),
        interrupt: None,
        show_trace: false,
        fetch: None,
        only_mistakes: false,
    };
    check(&sources, &request)
}

fn told(diagnostics: &[Diagnostic]) -> Vec<String> {
    diagnostics.iter().map(|diagnostic| format!("{}: {}", diagnostic.code, diagnostic.message)).collect()
}

#[test]
fn wrong_examples_are_wrong_and_right_ones_right() {
    let mut failures = Vec::new();
    for &code in Code::ALL {
        let examples = examples(&code.page());
        // What is found in guests' configurations takes a nixpkgs to find.
        let exempt =
            WITHOUT_EXAMPLE.iter().any(|(without, _)| *without == code) || code.as_str().starts_with("LNX08");
        let has = |is_wrong| examples.iter().any(|example| example.is_wrong == is_wrong);
        let has_both = has(true) && has(false);
        if !exempt && !has_both {
            failures.push(format!(
                "{code}: the page needs `Wrong:` and a block ```nix that gives {code} when it is checked, then \
                 `Right:` and a block that is free of it (see diagnostics/src/codes/mod.rs)"
            ));
        }
        for Example { is_wrong, text } in examples {
            let found = checked(&text).diagnostics;
            let gives = found.iter().any(|diagnostic| diagnostic.code == code);
            // What a wrong example shows is one thing; a right one has no error at all.
            let is_clean = found.iter().all(|diagnostic| diagnostic.code == code);
            let is_fine = !gives && !found.iter().any(Diagnostic::is_error);
            let is_as_told = if is_wrong { gives && is_clean } else { is_fine };
            if !is_as_told {
                let wanted = if is_wrong { "must give its code only" } else { "must have no error" };
                failures.push(format!("{code}: this example {wanted}, and has {:#?}:\n{text}", told(&found)));
            }
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

#[test]
fn what_has_no_example_has_a_page_all_the_same() {
    let deep = "[".repeat(200_000);
    assert_eq!(checked(&deep).diagnostics[0].code, Code::SyntaxLimit);
}
