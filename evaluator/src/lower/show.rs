//! Expressions as text, in the form that `nix-instantiate --parse` and failed assertions show: every operator in
//! parentheses, bindings merged and sorted, operators that are functions as calls of these.

use rnix::SyntaxKind::*;

use super::bindings::{BindingSet, BoundValue};
use super::text::{Piece, indented_pieces, string_pieces};
use super::{Environment, Lowerer};
use crate::path::canonical;
use crate::symbol::Symbol;
use crate::syntax::{Element, Tree};
use crate::text::{float, print};

/// The text of an expression that was parsed without mistakes; `None` if it was not.
pub(crate) fn show(tree: Tree<'_>, environment: &Environment<'_, '_>) -> Option<Vec<u8>> {
    let mut show = Show { lowerer: Lowerer::new(environment, tree), out: Vec::new() };
    show.expr(tree.nodes().next()?)?;
    show.lowerer.diagnostics.is_empty().then_some(show.out)
}

struct Show<'a, 'e> {
    lowerer: Lowerer<'a, 'e>,
    out: Vec<u8>,
}

impl Show<'_, '_> {
    fn text(&mut self, text: &str) {
        self.out.extend_from_slice(text.as_bytes());
    }

    /// Texts around expressions: `("(", a, " + ", b, ")")`.
    fn around(&mut self, start: &str, parts: &[(Tree<'_>, &str)]) -> Option<()> {
        self.text(start);
        for &(tree, after) in parts {
            self.expr(tree)?;
            self.text(after);
        }
        Some(())
    }

    fn expr(&mut self, tree: Tree<'_>) -> Option<()> {
        let tree = tree.without_parens();
        let here = 0_u8;
        if std::ptr::from_ref(&here).addr() < self.lowerer.env.stack_floor {
            return None;
        }
        let mut nodes = tree.nodes();
        match tree.kind() {
            NODE_LITERAL => self.literal(tree),
            NODE_IDENT | NODE_CUR_POS => {
                self.text(tree.token_text());
                Some(())
            }
            NODE_STRING => self.string(tree),
            NODE_PATH_ABS | NODE_PATH_REL | NODE_PATH_HOME => self.path(tree),
            NODE_PATH_SEARCH => {
                let text = tree.token_text();
                let name = text.strip_prefix('<')?.strip_suffix('>')?;
                self.text("(__findFile __nixPath ");
                print::write_string(&mut self.out, name.as_bytes());
                self.text(")");
                Some(())
            }
            NODE_ATTR_SET => {
                let set = self.lowerer.collect_bindings(tree, tree.first_kind() == TOKEN_REC);
                self.set(set)
            }
            NODE_LEGACY_LET => {
                let set = self.lowerer.collect_bindings(tree, true);
                self.text("(");
                self.set(set)?;
                self.text(").body");
                Some(())
            }
            NODE_LET_IN => {
                let body = tree.nodes().filter(|node| !super::bindings::is_binding(*node)).last()?;
                let set = self.lowerer.collect_bindings(tree, true);
                self.text("(let ");
                self.bindings(set)?;
                self.around("in ", &[(body, ")")])
            }
            NODE_LIST => {
                self.text("[ ");
                for item in nodes {
                    self.around("(", &[(item, ") ")])?;
                }
                self.text("]");
                Some(())
            }
            NODE_LAMBDA => self.lambda(nodes.next()?, nodes.next()?),
            NODE_APPLY => {
                let (function, argument) = (nodes.next()?, nodes.next()?);
                self.call(function, argument)
            }
            NODE_SELECT => {
                let (base, path) = (nodes.next()?, nodes.next()?);
                self.around("(", &[(base, ").")])?;
                self.attr_path(path)?;
                match nodes.next() {
                    Some(default) => self.around(" or (", &[(default, ")")]),
                    None => Some(()),
                }
            }
            NODE_HAS_ATTR => {
                self.around("((", &[(nodes.next()?, ") ? ")])?;
                self.attr_path(nodes.next()?)?;
                self.text(")");
                Some(())
            }
            NODE_IF_ELSE => {
                let (condition, then, otherwise) = (nodes.next()?, nodes.next()?, nodes.next()?);
                self.around("(if ", &[(condition, " then "), (then, " else "), (otherwise, ")")])
            }
            NODE_ASSERT => self.around("assert ", &[(nodes.next()?, "; "), (nodes.next()?, "")]),
            NODE_WITH => self.around("(with ", &[(nodes.next()?, "; "), (nodes.next()?, ")")]),
            NODE_UNARY_OP if tree.first_kind() == TOKEN_INVERT => self.around("(! ", &[(nodes.next()?, ")")]),
            NODE_UNARY_OP => self.around("(__sub 0 ", &[(nodes.next()?, ")")]),
            NODE_BIN_OP => self.binary(tree, nodes.next()?, nodes.next()?),
            _ => None,
        }
    }

    fn literal(&mut self, tree: Tree<'_>) -> Option<()> {
        let Some(Element::Token { kind, text, .. }) = tree.elements().next() else { return None };
        match kind {
            TOKEN_INTEGER => self.text(&text.parse::<i64>().ok()?.to_string()),
            TOKEN_FLOAT => self.text(&float::print(float::parse_literal(text)?)),
            TOKEN_URI => print::write_string(&mut self.out, text.as_bytes()),
            _ => return None,
        }
        Some(())
    }

    fn string(&mut self, tree: Tree<'_>) -> Option<()> {
        let pieces = if tree.token_text() == "''" { indented_pieces(tree) } else { string_pieces(tree) };
        match pieces.as_slice() {
            [] => print::write_string(&mut self.out, b""),
            [Piece::Text(text)] => print::write_string(&mut self.out, text),
            // Nix makes nothing of an indented string that is nothing but a string.
            [Piece::Inner(inner)] if tree.token_text() == "''" && is_string_constant(*inner) => {
                self.expr(*inner)?;
            }
            pieces => self.pieces(pieces)?,
        }
        Some(())
    }

    fn pieces(&mut self, pieces: &[Piece<'_>]) -> Option<()> {
        self.text("(");
        for (index, piece) in pieces.iter().enumerate() {
            if index > 0 {
                self.text(" + ");
            }
            match piece {
                Piece::Text(text) => print::write_string(&mut self.out, text),
                Piece::Inner(inner) => self.expr(*inner)?,
            }
        }
        self.text(")");
        Some(())
    }

    fn path(&mut self, tree: Tree<'_>) -> Option<()> {
        let pieces = self.lowerer.path_pieces(tree)?;
        let (first, rest) = pieces.split_first()?;
        let Piece::Text(start) = first else { return None };
        let mut start_path = canonical(start);
        if rest.is_empty() {
            self.out.extend_from_slice(&start_path);
            return Some(());
        }
        if start.ends_with(b"/") && !start_path.ends_with(b"/") {
            start_path.push(b'/');
        }
        self.text("(");
        self.out.extend_from_slice(&start_path);
        for piece in rest {
            self.text(" + ");
            match piece {
                Piece::Text(text) => print::write_string(&mut self.out, text),
                Piece::Inner(inner) => self.expr(*inner)?,
            }
        }
        self.text(")");
        Some(())
    }

    fn lambda(&mut self, param: Tree<'_>, body: Tree<'_>) -> Option<()> {
        self.text("(");
        if param.kind() == NODE_IDENT_PARAM {
            self.text(param.nodes().next()?.token_text());
            return self.around(": ", &[(body, ")")]);
        }
        self.text("{ ");
        let mut entries: Vec<Tree<'_>> = param.nodes().filter(|node| node.kind() == NODE_PAT_ENTRY).collect();
        entries.sort_by_key(|entry| entry.nodes().next().map_or("", Tree::token_text));
        let mut separator = "";
        for entry in entries {
            let mut parts = entry.nodes();
            self.text(separator);
            self.text(parts.next()?.token_text());
            if let Some(default) = parts.next() {
                self.around(" ? ", &[(default, "")])?;
            }
            separator = ", ";
        }
        if param.has_token(TOKEN_ELLIPSIS) {
            self.text(separator);
            self.text("...");
        }
        self.text(" }");
        if let Some(bind) = param.child(NODE_PAT_BIND) {
            self.text(" @ ");
            self.text(bind.nodes().next()?.token_text());
        }
        self.around(": ", &[(body, ")")])
    }

    /// `f a b` is one call.
    fn call(&mut self, function: Tree<'_>, argument: Tree<'_>) -> Option<()> {
        if is_call(function.without_parens()) {
            self.expr(function)?;
            // The argument goes before the closing parenthesis.
            self.out.pop();
            return self.around(" ", &[(argument, ")")]);
        }
        self.around("(", &[(function, " "), (argument, ")")])
    }

    fn binary(&mut self, tree: Tree<'_>, left: Tree<'_>, right: Tree<'_>) -> Option<()> {
        let operator = tree.elements().find_map(|element| match element {
            Element::Token { kind, .. } if !kind.is_trivia() => Some(kind),
            _ => None,
        })?;
        let between = match operator {
            TOKEN_PIPE_RIGHT => return self.call(right, left),
            TOKEN_PIPE_LEFT => return self.call(left, right),
            TOKEN_SUB => return self.around("(__sub ", &[(left, " "), (right, ")")]),
            TOKEN_MUL => return self.around("(__mul ", &[(left, " "), (right, ")")]),
            TOKEN_DIV => return self.around("(__div ", &[(left, " "), (right, ")")]),
            TOKEN_LESS => return self.around("(__lessThan ", &[(left, " "), (right, ")")]),
            TOKEN_MORE => return self.around("(__lessThan ", &[(right, " "), (left, ")")]),
            TOKEN_LESS_OR_EQ => return self.around("(! (__lessThan ", &[(right, " "), (left, "))")]),
            TOKEN_MORE_OR_EQ => return self.around("(! (__lessThan ", &[(left, " "), (right, "))")]),
            TOKEN_ADD => " + ",
            TOKEN_CONCAT => " ++ ",
            TOKEN_UPDATE => " // ",
            TOKEN_EQUAL => " == ",
            TOKEN_NOT_EQUAL => " != ",
            TOKEN_AND_AND => " && ",
            TOKEN_OR_OR => " || ",
            TOKEN_IMPLICATION => " -> ",
            _ => return None,
        };
        self.around("(", &[(left, between), (right, ")")])
    }

    fn name(&mut self, name: Symbol) {
        print::write_attribute_name(&mut self.out, self.lowerer.env.symbols.name(name));
    }

    fn attr_path(&mut self, path: Tree<'_>) -> Option<()> {
        for (index, name) in path.nodes().enumerate() {
            if index > 0 {
                self.text(".");
            }
            match self.lowerer.static_name(name) {
                Some(name) => self.name(name),
                None => self.dynamic_name(name)?,
            }
        }
        Some(())
    }

    fn dynamic_name(&mut self, name: Tree<'_>) -> Option<()> {
        let inner = if name.kind() == NODE_DYNAMIC { name.nodes().next()? } else { name };
        self.around("\"${", &[(inner, "}\"")])
    }

    fn set(&mut self, set: BindingSet<'_>) -> Option<()> {
        self.text(if set.recursive { "rec { " } else { "{ " });
        self.bindings(set)?;
        self.text("}");
        Some(())
    }

    fn bindings(&mut self, set: BindingSet<'_>) -> Option<()> {
        let symbols = self.lowerer.env.symbols;
        let mut bindings = set.bindings;
        bindings.sort_by_key(|binding| symbols.name(binding.name));
        let inherited = |from: Option<usize>| {
            let names = bindings.iter().filter(move |binding| match binding.value {
                BoundValue::Inherited => from.is_none(),
                BoundValue::InheritedFrom(source) => from == Some(source),
                _ => false,
            });
            names.map(|binding| binding.name).collect::<Vec<_>>()
        };
        let groups = std::iter::once((None, inherited(None))).chain(
            set.sources.iter().enumerate().map(|(index, &source)| (Some(source), inherited(Some(index)))),
        );
        for (source, names) in groups {
            if names.is_empty() {
                continue;
            }
            self.text("inherit");
            if let Some(source) = source {
                self.around(" (", &[(source, ")")])?;
            }
            for name in names {
                self.text(" ");
                self.name(name);
            }
            self.text("; ");
        }
        for binding in bindings {
            if matches!(binding.value, BoundValue::Inherited | BoundValue::InheritedFrom(_)) {
                continue;
            }
            self.name(binding.name);
            self.text(" = ");
            self.bound(binding.value)?;
            self.text("; ");
        }
        for dynamic in set.dynamic {
            self.dynamic_name(dynamic.name)?;
            self.text(" = ");
            self.bound(dynamic.value)?;
            self.text("; ");
        }
        Some(())
    }

    fn bound(&mut self, value: BoundValue<'_>) -> Option<()> {
        match value {
            BoundValue::Expr(tree) | BoundValue::Written(tree) => self.expr(tree),
            BoundValue::Set(set) => self.set(*set),
            BoundValue::Inherited | BoundValue::InheritedFrom(_) => None,
        }
    }
}

/// Whether Nix parses an expression to a call: further arguments are then added to it.
fn is_call(tree: Tree<'_>) -> bool {
    let operator = || {
        tree.elements().find_map(|element| match element {
            Element::Token { kind, .. } if !kind.is_trivia() => Some(kind),
            _ => None,
        })
    };
    match tree.kind() {
        NODE_APPLY | NODE_PATH_SEARCH => true,
        NODE_UNARY_OP => tree.first_kind() != TOKEN_INVERT,
        NODE_BIN_OP => matches!(
            operator(),
            Some(
                TOKEN_PIPE_LEFT
                    | TOKEN_PIPE_RIGHT
                    | TOKEN_SUB
                    | TOKEN_MUL
                    | TOKEN_DIV
                    | TOKEN_LESS
                    | TOKEN_MORE
            )
        ),
        _ => false,
    }
}

pub(super) fn is_string_constant(tree: Tree<'_>) -> bool {
    match tree.kind() {
        NODE_PAREN => tree.nodes().next().is_some_and(is_string_constant),
        NODE_STRING => Lowerer::static_string(tree).is_some(),
        NODE_LITERAL => matches!(tree.elements().next(), Some(Element::Token { kind: TOKEN_URI, .. })),
        _ => false,
    }
}
