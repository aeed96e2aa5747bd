//! One slip in a valid file is one mistake: tokens of the examples are left out, and brackets become others.
//!
//! What is counted is how often that is so. It is no law, since two readings of a text may be as likely; a change that
//! lowers the count makes something worse.

#![expect(clippy::disallowed_methods, reason = "a test reads its cases")]

use std::path::{Path, PathBuf};

use launchnix_diagnostics::SourceMap;
use launchnix_evaluator::syntax;
use rnix::SyntaxKind::{self, *};

/// Each file is tried at every so many tokens.
const STRIDE: usize = 5;
/// Of a thousand slips, those that are one mistake.
const FLOOR: usize = 979;

fn nix_files(directory: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(directory).expect("the examples can be listed") {
        let path = entry.expect("the examples can be listed").path();
        if path.is_dir() {
            nix_files(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "nix") {
            found.push(path);
        }
    }
}

/// What stands in the place of a token after a slip.
fn slips(kind: SyntaxKind) -> &'static [&'static str] {
    match kind {
        TOKEN_SEMICOLON => &["", ",", ":"],
        TOKEN_ASSIGN => &["", ":", "=="],
        TOKEN_L_BRACE => &["", "[", "("],
        TOKEN_R_BRACE => &["", "]", ")", "}}"],
        TOKEN_L_BRACK => &["", "{", "("],
        TOKEN_R_BRACK => &["", "}", ")", "]]"],
        TOKEN_L_PAREN => &["[", "{"],
        TOKEN_R_PAREN => &["", "]", "}", "))"],
        TOKEN_STRING_START | TOKEN_STRING_END => &["", "'"],
        TOKEN_IN | TOKEN_LET | TOKEN_THEN | TOKEN_ELSE | TOKEN_WITH | TOKEN_INTERPOL_END => &[""],
        TOKEN_COLON => &["", "="],
        TOKEN_COMMA => &["", ";"],
        TOKEN_DOT => &[","],
        _ => &[],
    }
}

#[test]
fn one_slip_is_one_mistake() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples");
    let mut files = Vec::new();
    nix_files(&root, &mut files);
    files.sort();
    let (mut count, mut several) = (0, Vec::new());
    for file in files {
        let text = std::fs::read_to_string(&file).expect("an example can be read");
        let tree = rnix::Root::parse(&text).syntax();
        let tokens = tree.descendants_with_tokens().filter_map(rnix::NodeOrToken::into_token);
        let tokens = tokens.filter(|token| !slips(token.kind()).is_empty());
        for token in tokens.step_by(STRIDE) {
            let (start, end) = (token.text_range().start().into(), token.text_range().end().into());
            for slip in slips(token.kind()) {
                let mut with_slip = text.clone();
                with_slip.replace_range(start..end, slip);
                if syntax::parse_plainly(&with_slip).is_valid() {
                    continue;
                }
                count += 1;
                let mut map = SourceMap::default();
                let source = map.add("test.nix".to_owned(), String::new());
                let mistakes = syntax::parse(&with_slip).diagnostics(source).len();
                if mistakes != 1 {
                    let line = text[..start].matches('\n').count() + 1;
                    let written = token.text();
                    several.push(format!("{}:{line}: {written} -> {slip:?}: {mistakes}", file.display()));
                }
            }
        }
    }
    assert!(count > 500, "the examples are there");
    let of_thousand = 1_000 - 1_000 * several.len() / count;
    assert!(of_thousand >= FLOOR, "{of_thousand} of a thousand are one:\n{}", several.join("\n"));
}
