//! A cursor over rnix's green tree that knows offsets and allocates nothing.

use rnix::{NixLanguage, SyntaxKind};
use rowan::{GreenNodeData, Language, NodeOrToken};

/// A node and where it starts.
#[derive(Clone, Copy)]
pub(crate) struct Tree<'t> {
    node: &'t GreenNodeData,
    pub(crate) start: u32,
}

/// A child of a node.
#[derive(Clone, Copy)]
pub(crate) enum Element<'t> {
    Node(Tree<'t>),
    Token { kind: SyntaxKind, text: &'t str, start: u32 },
}

impl<'t> Tree<'t> {
    pub(crate) fn root(green: &'t rowan::GreenNode) -> Self {
        Self { node: green, start: 0 }
    }

    pub(crate) fn kind(self) -> SyntaxKind {
        NixLanguage::kind_from_raw(self.node.kind())
    }

    pub(crate) fn end(self) -> u32 {
        self.start + u32::from(self.node.text_len())
    }

    /// Nodes and tokens, in order.
    pub(crate) fn elements(self) -> impl Iterator<Item = Element<'t>> {
        let mut at = self.start;
        self.node.children().map(move |child| {
            let start = at;
            match child {
                NodeOrToken::Node(node) => {
                    at += u32::from(node.text_len());
                    Element::Node(Tree { node, start })
                }
                NodeOrToken::Token(token) => {
                    at += u32::from(token.text_len());
                    Element::Token {
                        kind: NixLanguage::kind_from_raw(token.kind()),
                        text: token.text(),
                        start,
                    }
                }
            }
        })
    }

    /// Child nodes, in order.
    pub(crate) fn nodes(self) -> impl Iterator<Item = Tree<'t>> {
        self.elements().filter_map(|element| match element {
            Element::Node(node) => Some(node),
            Element::Token { .. } => None,
        })
    }

    /// The first child node of a kind.
    pub(crate) fn child(self, kind: SyntaxKind) -> Option<Tree<'t>> {
        self.nodes().find(|node| node.kind() == kind)
    }

    /// Whether a token of a kind is among the children.
    pub(crate) fn has_token(self, wanted: SyntaxKind) -> bool {
        self.elements().any(|element| matches!(element, Element::Token { kind, .. } if kind == wanted))
    }

    /// The text of the first token that is neither space nor comment.
    pub(crate) fn token_text(self) -> &'t str {
        self.elements()
            .find_map(|element| match element {
                Element::Token { kind, text, .. } if !kind.is_trivia() => Some(text),
                _ => None,
            })
            .unwrap_or("")
    }

    /// For a parenthesis: where the token is that closes it, if that is not the right one. rnix takes any.
    pub(crate) fn wrongly_closed(self) -> Option<u32> {
        let tokens = self.elements().filter_map(|element| match element {
            Element::Token { kind, start, .. } if !kind.is_trivia() => Some((kind, start)),
            _ => None,
        });
        tokens.skip(1).last().filter(|(kind, _)| *kind != SyntaxKind::TOKEN_R_PAREN).map(|(_, start)| start)
    }

    /// Through any number of parentheses.
    pub(crate) fn without_parens(mut self) -> Tree<'t> {
        while self.kind() == SyntaxKind::NODE_PAREN {
            match self.nodes().next() {
                Some(inner) => self = inner,
                None => break,
            }
        }
        self
    }
}
