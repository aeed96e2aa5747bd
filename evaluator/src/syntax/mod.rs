//! From text to a syntax tree, with rnix, within bounds.

mod error;
mod literal;
mod tree;

use launchnix_diagnostics::{Code, Diagnostic, SourceId, Span};
use rnix::SyntaxKind;

pub(crate) use literal::{StringPart, scan_string};
pub(crate) use tree::{Element, Tree};

/// Brackets that may be open at once. Nix's own parser gives up at 10,000 open rules.
const MAX_NESTING: usize = 5_000;

/// A parsed file: the syntax tree and what is wrong with it.
pub(crate) struct Parsed {
    green: rowan::GreenNode,
    pub(crate) diagnostics: Vec<Diagnostic>,
}

impl Parsed {
    /// The root of the tree.
    pub(crate) fn root(&self) -> Tree<'_> {
        Tree::root(&self.green)
    }
}

/// Parses a file. Wants a stack that is large enough for [`MAX_NESTING`].
pub(crate) fn parse(text: &str, source: SourceId) -> Parsed {
    if let Some(too_deep) = nesting_error(text, source) {
        let green = rnix::Root::parse("").syntax().green().to_owned();
        return Parsed { green, diagnostics: vec![too_deep] };
    }
    let parsed = rnix::Root::parse(text);
    let diagnostics = error::diagnostics(parsed.errors(), text, source);
    let green = parsed.syntax().green().to_owned();
    Parsed { green, diagnostics }
}

/// rnix recurses for each open bracket, without a bound for lists, so that nesting is measured first.
fn nesting_error(text: &str, source: SourceId) -> Option<Diagnostic> {
    let opening = text.bytes().filter(|byte| matches!(byte, b'[' | b'(' | b'{')).count();
    if opening <= MAX_NESTING {
        return None;
    }
    let (mut depth, mut offset) = (0_usize, 0_u32);
    for (kind, token) in rnix::tokenize(text) {
        let end = offset + u32::try_from(token.len()).unwrap_or(0);
        match kind {
            SyntaxKind::TOKEN_L_BRACE
            | SyntaxKind::TOKEN_L_BRACK
            | SyntaxKind::TOKEN_L_PAREN
            | SyntaxKind::TOKEN_INTERPOL_START => depth += 1,
            SyntaxKind::TOKEN_R_BRACE
            | SyntaxKind::TOKEN_R_BRACK
            | SyntaxKind::TOKEN_R_PAREN
            | SyntaxKind::TOKEN_INTERPOL_END => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth > MAX_NESTING {
            return Some(
                Diagnostic::new(
                    Code::SyntaxLimit,
                    Span::new(source, offset, end),
                    format!("more than {MAX_NESTING} brackets are open here"),
                )
                .with_help("bind the inner parts to names with `let`, or close the brackets"),
            );
        }
        offset = end;
    }
    None
}
