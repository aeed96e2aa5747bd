//! A cursor over a syntax tree.
//!
//! Nodes are runs of tokens in one array, and chains of children: a tree takes two allocations, and walking it none.
//! The kinds are rnix's, and so is the shape of the tree.

use std::borrow::Cow;

use launchnix_diagnostics::{Diagnostic, SourceId};
use rnix::SyntaxKind;

use super::error;
use super::lexer::{END, Token};
use super::parser::{Mistake, NONE, Node};
use crate::text::raw;

/// A parsed text: its syntax tree, its comments and what is wrong with it.
#[derive(Debug)]
pub struct Parsed<'t> {
    pub(super) text: &'t str,
    pub(super) tokens: Vec<Token>,
    pub(super) comments: Vec<(u32, u32)>,
    pub(super) nodes: Vec<Node>,
    pub(super) root: u32,
    pub(super) mistakes: Vec<Mistake>,
    pub(super) or_names: Vec<u32>,
    /// Whether characters stand for bytes that are no UTF-8: see [`raw`](crate::text::raw).
    pub(crate) holds_bytes: bool,
}

impl<'t> Parsed<'t> {
    /// The root of the tree. What is no valid Nix is in nodes of the kind `NODE_ERROR`.
    pub fn root(&self) -> Tree<'_> {
        Tree { parsed: self, node: self.root }
    }

    /// The text.
    pub fn text(&self) -> &'t str {
        self.text
    }

    /// Whether the text is valid as far as its syntax goes.
    pub fn is_valid(&self) -> bool {
        self.mistakes.is_empty()
    }

    /// The comments, in order, each with where it starts.
    pub fn comments(&self) -> impl Iterator<Item = (u32, &'t str)> {
        let text = self.text;
        self.comments.iter().map(move |&(start, end)| (start, &text[start as usize..end as usize]))
    }

    /// Where the first token at a place or after it starts.
    pub fn next_token(&self, at: u32) -> Option<u32> {
        let next = self.tokens.partition_point(|token| token.start < at);
        self.tokens.get(next).filter(|token| token.kind != END).map(|token| token.start)
    }

    /// What is wrong, in the order of the text and in Nix's words.
    pub fn diagnostics(&self, source: SourceId) -> Vec<Diagnostic> {
        let mut mistakes = self.mistakes.clone();
        mistakes.sort_by_key(|mistake| mistake.token);
        mistakes.iter().map(|mistake| error::diagnostic(self, mistake, source)).collect()
    }

    /// What Nix would say, which ends at the first mistake. Without the feature `pipe-operators`, a pipe is one.
    pub(crate) fn first_diagnostic(&self, source: SourceId, pipes: bool) -> Option<Diagnostic> {
        let first = self.mistakes.iter().min_by_key(|mistake| mistake.token);
        if !pipes
            && let Some(pipe) = self.first_pipe()
            && first.is_none_or(|first| pipe <= first.token)
        {
            return Some(error::pipe(self, pipe, source));
        }
        if let Some(inherited) = self.first_dynamic_inherit(first?.token) {
            return Some(error::dynamic_inherit(self, inherited, source));
        }
        Some(error::diagnostic(self, first?, source))
    }

    /// Where the token is that Nix finds fault with.
    pub(crate) fn first_mistake(&self) -> Option<u32> {
        let first = self.mistakes.iter().map(|mistake| mistake.token).min()?;
        Some(self.tokens.get(first)?.start)
    }

    /// Where the first name of an `inherit` is that is not written out, and that ends before a token: Nix refuses it
    /// as soon as it has read it.
    fn first_dynamic_inherit(&self, end: usize) -> Option<usize> {
        let inherits = (0..).zip(&self.nodes).filter(|(_, node)| node.kind == SyntaxKind::NODE_INHERIT);
        let names = inherits.flat_map(|(node, _)| Tree { parsed: self, node }.nodes());
        let dynamic = names.filter(|name| {
            let mut inner = *name;
            while let (SyntaxKind::NODE_DYNAMIC | SyntaxKind::NODE_PAREN, Some(first)) =
                (inner.kind(), inner.nodes().next())
            {
                inner = first;
            }
            let node = &self.nodes[inner.node as usize];
            let tokens = &self.tokens[node.first_token as usize..node.end_token as usize];
            match inner.kind() {
                SyntaxKind::NODE_IDENT | SyntaxKind::NODE_INHERIT_FROM => inner.node != name.node,
                SyntaxKind::NODE_STRING => {
                    tokens.iter().any(|token| token.kind == SyntaxKind::TOKEN_INTERPOL_START)
                }
                _ => true,
            }
        });
        let nodes = dynamic.map(|name| &self.nodes[name.node as usize]);
        let is_whole = |node: &&Node| {
            let last = (node.end_token as usize).checked_sub(1).map(|last| self.tokens[last].kind);
            let closes = matches!(last, Some(SyntaxKind::TOKEN_INTERPOL_END | SyntaxKind::TOKEN_STRING_END));
            closes && node.end_token as usize <= end
        };
        nodes.filter(is_whole).map(|node| node.first_token as usize).min()
    }

    fn first_pipe(&self) -> Option<usize> {
        let is_pipe = |kind| matches!(kind, SyntaxKind::TOKEN_PIPE_LEFT | SyntaxKind::TOKEN_PIPE_RIGHT);
        self.tokens.iter().position(|token| is_pipe(token.kind))
    }

    /// Where `or` is an identifier in a way that Nix is going to change, up to the first mistake: the texts that mean
    /// a call of something with `or`, each with where it starts.
    pub(crate) fn or_names(&self) -> Vec<(u32, &str)> {
        let first = self.mistakes.iter().map(|mistake| mistake.token).min().unwrap_or(usize::MAX);
        let mut calls: Vec<_> = self.or_names.iter().map(|call| self.nodes[*call as usize]).collect();
        calls.sort_by_key(|call| call.end_token);
        let calls = calls.into_iter().take_while(|call| call.end_token as usize <= first);
        let text = |call: Node| {
            let start = self.tokens[call.first_token as usize].start;
            let end = self.tokens[call.end_token as usize - 1].end;
            (start, &self.text[start as usize..end as usize])
        };
        calls.map(text).collect()
    }

    pub(super) fn token_text(&self, token: Token) -> &'t str {
        &self.text[token.start as usize..token.end as usize]
    }
}

/// A node.
#[derive(Clone, Copy, Debug)]
pub struct Tree<'t> {
    parsed: &'t Parsed<'t>,
    node: u32,
}

/// A child of a node.
#[derive(Clone, Copy, Debug)]
pub enum Element<'t> {
    /// A node.
    Node(Tree<'t>),
    /// A token that is neither space nor comment.
    Token {
        /// Its kind.
        kind: SyntaxKind,
        /// Its text.
        text: &'t str,
        /// Where it starts.
        start: u32,
    },
}

impl<'t> Tree<'t> {
    /// The bytes that a part of a string literal stands for.
    pub(crate) fn bytes<'s>(&self, run: &'s str) -> Cow<'s, [u8]> {
        if self.parsed.holds_bytes { Cow::Owned(raw::decode(run)) } else { Cow::Borrowed(run.as_bytes()) }
    }

    #[inline]
    fn node(self) -> &'t Node {
        &self.parsed.nodes[self.node as usize]
    }

    /// The kind, one of those that start with `NODE_`.
    #[inline]
    pub fn kind(self) -> SyntaxKind {
        self.node().kind
    }

    /// Where the first token starts. For a node without tokens: where the one before it ends.
    #[inline]
    pub fn start(self) -> u32 {
        let node = self.node();
        if node.first_token == node.end_token {
            return self.end();
        }
        self.parsed.tokens[node.first_token as usize].start
    }

    /// Where the last token ends.
    #[inline]
    pub fn end(self) -> u32 {
        let last = (self.node().end_token as usize).checked_sub(1);
        last.map_or(0, |last| self.parsed.tokens[last].end)
    }

    /// The text from the first token to the last.
    pub fn text(self) -> &'t str {
        &self.parsed.text[self.start() as usize..self.end() as usize]
    }

    /// Nodes and tokens, in order.
    pub fn elements(self) -> impl Iterator<Item = Element<'t>> {
        let Tree { parsed, .. } = self;
        let node = self.node();
        let (mut token, mut child) = (node.first_token, node.first_child);
        let end = node.end_token;
        std::iter::from_fn(move || {
            if child != NONE {
                let next = &parsed.nodes[child as usize];
                if next.first_token <= token {
                    let element = Element::Node(Tree { parsed, node: child });
                    token = next.end_token;
                    child = next.next;
                    return Some(element);
                }
            }
            if token >= end {
                return None;
            }
            let here = parsed.tokens[token as usize];
            token += 1;
            Some(Element::Token { kind: here.kind, text: parsed.token_text(here), start: here.start })
        })
    }

    /// Child nodes, in order.
    #[inline]
    pub fn nodes(self) -> impl Iterator<Item = Tree<'t>> {
        let Tree { parsed, .. } = self;
        let mut child = self.node().first_child;
        std::iter::from_fn(move || {
            if child == NONE {
                return None;
            }
            let tree = Tree { parsed, node: child };
            child = tree.node().next;
            Some(tree)
        })
    }

    /// The first child node of a kind.
    pub fn child(self, kind: SyntaxKind) -> Option<Tree<'t>> {
        self.nodes().find(|node| node.kind() == kind)
    }

    /// The tokens among the children.
    pub fn tokens(self) -> impl Iterator<Item = (SyntaxKind, u32)> {
        self.elements().filter_map(|element| match element {
            Element::Token { kind, start, .. } => Some((kind, start)),
            Element::Node(_) => None,
        })
    }

    /// Whether a token of a kind is among the children.
    pub fn has_token(self, wanted: SyntaxKind) -> bool {
        self.tokens().any(|(kind, _)| kind == wanted)
    }

    /// The kind of the first token of all, inside of children or not.
    #[inline]
    pub(crate) fn first_kind(self) -> SyntaxKind {
        let node = self.node();
        if node.first_token == node.end_token {
            END
        } else {
            self.parsed.tokens[node.first_token as usize].kind
        }
    }

    /// The text of the first token of all, inside of children or not.
    #[inline]
    pub fn token_text(self) -> &'t str {
        let node = self.node();
        if node.first_token == node.end_token {
            return "";
        }
        self.parsed.token_text(self.parsed.tokens[node.first_token as usize])
    }

    /// Through any number of parentheses.
    #[must_use]
    pub fn without_parens(mut self) -> Tree<'t> {
        while self.kind() == SyntaxKind::NODE_PAREN {
            match self.nodes().next() {
                Some(inner) => self = inner,
                None => break,
            }
        }
        self
    }

    /// Whether the value of a whole text is a set or a list that is written out and holds something.
    pub(crate) fn is_written_container(self) -> bool {
        let mut inner = self.nodes().next();
        while let Some(tree) = inner {
            let tree = tree.without_parens();
            inner = match tree.kind() {
                SyntaxKind::NODE_ATTR_SET | SyntaxKind::NODE_LIST => return tree.node().first_child != NONE,
                SyntaxKind::NODE_LET_IN | SyntaxKind::NODE_WITH | SyntaxKind::NODE_ASSERT => {
                    tree.nodes().last()
                }
                _ => return false,
            };
        }
        false
    }

    /// Whether a child is not valid Nix.
    pub(crate) fn is_broken(self) -> bool {
        !self.parsed.mistakes.is_empty() && self.child(SyntaxKind::NODE_ERROR).is_some()
    }

    /// Whether something in the text is not valid Nix.
    pub(crate) fn in_broken_text(self) -> bool {
        !self.parsed.mistakes.is_empty()
    }
}
