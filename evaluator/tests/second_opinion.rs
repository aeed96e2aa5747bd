//! Our syntax trees beside rnix's, for every `.nix` file of the workspace and for what the language suite holds.

#![expect(clippy::disallowed_methods, reason = "a test reads its cases")]

use std::path::{Path, PathBuf};

use launchnix_evaluator::syntax::{self, Tree};
use rnix::{SyntaxKind, SyntaxNode};

/// Cases of the language suite that rnix takes and Nix does not, with the reason. What Nix says is expected there.
const REFUSED_BY_US: &[(&str, &[&str])] = &[
    ("rnix takes a `''` string for a name", &["indented/as-attribute-name-is-refused"]),
    (
        "rnix lets pipes go in both directions at once",
        &["operators/pipes-do-not-mix", "syntax/pipes-do-not-mix-backwards"],
    ),
    (
        "rnix closes a parenthesis with any token",
        &["syntax/parenthesis-closed-by-brace", "syntax/parenthesis-closed-by-bracket"],
    ),
    (
        "where a default is called like a function, a comma is missing for whoever reads it",
        &["functions/default-calls-what-is-unknown", "functions/default-is-a-call"],
    ),
    ("rnix takes bindings in parentheses", &["syntax/binding-in-parentheses"]),
    ("rnix goes on behind a NUL byte", &["syntax/nul-behind-path", "syntax/nul-ends-text"]),
    (
        "rnix takes a function for an operand",
        &[
            "syntax/formals-as-right-operand",
            "syntax/formals-in-list",
            "syntax/lambda-after-not",
            "syntax/lambda-after-pipe",
            "syntax/lambda-as-argument-in-binding",
            "syntax/lambda-as-argument-in-parentheses",
            "syntax/lambda-as-argument",
            "syntax/lambda-as-right-operand",
            "syntax/lambda-in-list",
            "syntax/lambda-of-lambda-without-parentheses",
            "syntax/list-of-lambda",
            "syntax/named-formals-in-list",
        ],
    ),
];

/// Folders of files that are no Nix, but sections of it.
const NO_NIX: &[&str] = &["tests/check"];

/// A node: its kind, and where its first token starts and its last one ends.
type Seen = (SyntaxKind, usize, usize);

fn ours(tree: Tree<'_>, seen: &mut Vec<Seen>) {
    seen.push((tree.kind(), tree.start() as usize, tree.end() as usize));
    for node in tree.nodes() {
        ours(node, seen);
    }
}

fn theirs(node: &SyntaxNode, seen: &mut Vec<Seen>) {
    let tokens = || {
        let tokens = node.descendants_with_tokens().filter_map(rnix::NodeOrToken::into_token);
        tokens.filter(|token| !token.kind().is_trivia()).map(|token| token.text_range())
    };
    let start = tokens().next().map_or(0, |range| range.start().into());
    let end = tokens().last().map_or(0, |range| range.end().into());
    seen.push((node.kind(), start, end));
    for child in node.children() {
        theirs(&child, seen);
    }
}

fn nix_files(directory: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(directory).expect("the workspace can be listed") {
        let path = entry.expect("the workspace can be listed").path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if path.is_dir() && !path.is_symlink() {
            if name != "target" && !name.starts_with('.') {
                nix_files(&path, found);
            }
        } else if path.extension().is_some_and(|extension| extension == "nix") {
            found.push(path);
        }
    }
}

#[test]
fn trees_are_those_of_rnix() {
    let root =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("..").canonicalize().expect("the workspace is there");
    let mut files = Vec::new();
    nix_files(&root, &mut files);
    files.sort();
    assert!(files.len() > 1_000, "the files are there");
    let mut wrong = Vec::new();
    for file in files {
        let name = file.strip_prefix(&root).unwrap_or(&file).to_string_lossy().into_owned();
        if NO_NIX.iter().any(|folder| name.starts_with(folder)) {
            continue;
        }
        let Ok(text) = std::fs::read_to_string(&file) else { continue };
        let parsed = syntax::parse(&text);
        let other = rnix::Root::parse(&text);
        let difference = match (parsed.is_valid(), other.errors().is_empty()) {
            (true, true) => {
                let (mut mine, mut yours) = (Vec::new(), Vec::new());
                ours(parsed.root(), &mut mine);
                theirs(&other.syntax(), &mut yours);
                let pair = mine.iter().zip(&yours).find(|(mine, yours)| mine != yours);
                pair.map(|pair| format!("{pair:?}"))
                    .or_else(|| (mine.len() != yours.len()).then(|| "another number of nodes".to_owned()))
            }
            (false, false) => None,
            (true, false) => Some(format!("rnix refuses it: {:?}", other.errors())),
            (false, true) => Some("rnix takes it".to_owned()),
        };
        let case = name.trim_start_matches("tests/language/").trim_end_matches(".nix");
        let known = REFUSED_BY_US.iter().any(|(_, cases)| cases.contains(&case));
        match difference {
            Some(difference) if !known => wrong.push(format!("{name}: {difference}")),
            None if known => wrong.push(format!("{name}: no longer different")),
            _ => {}
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
