//! Attribute paths, and what is selected by them.

use std::cell::Cell;

use rnix::SyntaxKind::*;

use super::{Lowerer, inside};
use crate::ir::{AttrName, Expr, ExprKind, NEVER};
use crate::symbol::Symbol;
use crate::syntax::Tree;
use crate::value::Value;

impl<'a> Lowerer<'a, '_> {
    /// One name of an attribute path; `"a"` and `${"a"}` are as static as `a`.
    pub(super) fn attr_name(&mut self, tree: Tree<'_>) -> AttrName<'a> {
        let span = self.span(tree);
        match self.static_name(tree) {
            Some(name) => AttrName::Static(name, span, Cell::new(NEVER)),
            None => AttrName::Dynamic(match tree.kind() {
                NODE_DYNAMIC => match tree.nodes().next() {
                    Some(inner) => self.sub(inner),
                    None => {
                        let failed = self.failed(tree);
                        self.alloc(failed)
                    }
                },
                _ => self.sub(tree),
            }),
        }
    }

    pub(super) fn static_name(&mut self, tree: Tree<'_>) -> Option<Symbol> {
        match tree.kind() {
            NODE_IDENT => Some(self.env.symbols.intern(tree.token_text().as_bytes())),
            NODE_STRING => {
                self.refuse_nul(tree);
                Self::static_string(tree).map(|text| self.env.symbols.intern(&text))
            }
            NODE_DYNAMIC => {
                let inner = inside(tree.nodes().next()?);
                if inner.kind() != NODE_STRING {
                    return None;
                }
                Self::static_string(inner).map(|text| self.env.symbols.intern(&text))
            }
            _ => None,
        }
    }

    pub(super) fn attr_path(&mut self, tree: Tree<'_>) -> Vec<AttrName<'a>> {
        tree.nodes().map(|name| self.attr_name(name)).collect()
    }

    pub(super) fn select(&mut self, tree: Tree<'_>) -> Option<ExprKind<'a>> {
        let mut nodes = tree.nodes();
        let (base, path) = (nodes.next()?, nodes.next()?);
        if path.is_broken() {
            return None;
        }
        let base = self.sub(base);
        let default = nodes.next().map(|default| self.sub(default));
        let mut path = self.attr_path(path);
        if path.is_empty() {
            return None;
        }
        // `builtins.map` is known now; Nix selects it later.
        let mut folded = base;
        if default.is_none() && self.env.folds() {
            while let (ExprKind::Const(Value::Attrs(attrs)), Some(AttrName::Static(name, span, _))) =
                (&folded.kind, path.first())
            {
                let Some(attr) = attrs.get(*name) else { break };
                if matches!(attr.value, Value::Thunk(_)) {
                    break;
                }
                let span = folded.span.to(*span);
                folded = self.alloc(Expr { kind: ExprKind::Const(attr.value), span });
                path.remove(0);
                if path.is_empty() {
                    let ExprKind::Const(value) = folded.kind else { break };
                    return Some(ExprKind::Const(value));
                }
            }
        }
        Some(match (path.as_slice(), default) {
            ([AttrName::Static(name, ..)], None) => ExprKind::select_one(folded, *name),
            _ => ExprKind::Select { base: folded, path: self.slice(path), default },
        })
    }

    pub(super) fn has_attr(&mut self, tree: Tree<'_>) -> Option<ExprKind<'a>> {
        let mut nodes = tree.nodes();
        let (base, path) = (nodes.next()?, nodes.next()?);
        if path.is_broken() {
            return None;
        }
        let base = self.sub(base);
        let path = self.attr_path(path);
        Some(ExprKind::HasAttr { base, path: self.slice(path) })
    }
}
