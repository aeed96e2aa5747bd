//! What rnix lets through though it is not Nix.

use rnix::SyntaxKind::{self, *};

use super::Lowerer;
use crate::syntax::{Element, Tree, unexpected};

impl Lowerer<'_, '_> {
    pub(super) fn unexpected(&mut self, at: u32) {
        self.diagnostics.push(unexpected(self.env.text, self.env.source, at));
    }

    /// What is inside of any number of parentheses. rnix takes any token for the closing one.
    pub(super) fn inside<'t>(&mut self, mut tree: Tree<'t>) -> Tree<'t> {
        while tree.kind() == NODE_PAREN {
            if let Some(start) = tree.wrongly_closed() {
                self.unexpected(start);
            }
            match tree.nodes().next() {
                Some(inner) => tree = inner,
                None => break,
            }
        }
        tree
    }

    /// Refuses a function that stands as an operand or a list's element without parentheses.
    pub(super) fn operand(&mut self, tree: Tree<'_>) {
        if tree.kind() != NODE_LAMBDA {
            return;
        }
        let Some(parameter) = tree.nodes().next() else { return };
        // `name @ {` is no expression from the `@` on; `{ a }` could still be a set, and what follows the first name
        // tells; all else is an expression up to the colon.
        let named = parameter.child(NODE_PAT_BIND).filter(|bind| bind.start == parameter.start);
        let at = match (named, parameter.child(NODE_PAT_ENTRY)) {
            (Some(bind), _) => token(bind, TOKEN_AT),
            (None, Some(entry)) => entry.nodes().next().map(Tree::end),
            (None, None) => None,
        };
        if let Some(at) = at.or_else(|| token(tree, TOKEN_COLON)) {
            self.unexpected(at);
        }
    }

    /// Refuses `a |> f <| b`: the two pipes go in opposite directions.
    pub(super) fn pipe_operand(&mut self, tree: Tree<'_>, operator: (SyntaxKind, u32)) {
        if tree.kind() == NODE_BIN_OP
            && let Some((inner, start)) = operator_of(tree)
            && matches!(inner, TOKEN_PIPE_LEFT | TOKEN_PIPE_RIGHT)
            && inner != operator.0
        {
            self.unexpected(start.max(operator.1));
        }
    }
}

/// The operator of a binary operation, and where it stands.
pub(super) fn operator_of(tree: Tree<'_>) -> Option<(SyntaxKind, u32)> {
    tree.elements().find_map(|element| match element {
        Element::Token { kind, start, .. } if !kind.is_trivia() => Some((kind, start)),
        _ => None,
    })
}

fn token(tree: Tree<'_>, wanted: SyntaxKind) -> Option<u32> {
    tree.elements().find_map(|element| match element {
        Element::Token { kind, start, .. } if kind == wanted => Some(start),
        _ => None,
    })
}
