//! From text to a syntax tree, with rnix, within bounds.

mod error;
mod expected;
mod literal;
mod prescan;
mod tree;

use launchnix_diagnostics::{Diagnostic, SourceId};

pub(crate) use error::unexpected;
pub(crate) use literal::{StringPart, scan_string};
pub(crate) use tree::{Element, Tree};

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

/// Parses a file. Wants a stack that is large enough for what [`prescan`] lets through.
pub(crate) fn parse(text: &str, source: SourceId) -> Parsed {
    if let Some(too_deep) = prescan::too_much(text, source) {
        let green = rnix::Root::parse("").syntax().green().to_owned();
        return Parsed { green, diagnostics: vec![too_deep] };
    }
    let parsed = rnix::Root::parse(text);
    let green = parsed.syntax().green().to_owned();
    let diagnostics = error::diagnostics(parsed.errors(), Tree::root(&green), text, source);
    Parsed { green, diagnostics }
}
