//! Functions and their calls.

use launchnix_diagnostics::{Code, Span};
use rnix::SyntaxKind::*;
use rustc_hash::FxHashMap;

use super::scope::Scope;
use super::{Lowerer, inside};
use crate::ir::{Expr, ExprKind, Formal, Lambda, Params, Pattern};
use crate::symbol::Symbol;
use crate::syntax::Tree;

/// An argument that a function takes by its name.
struct FormalEntry<'t> {
    name: Symbol,
    slot: u32,
    span: Span,
    default: Option<Tree<'t>>,
}

impl<'a> Lowerer<'a, '_> {
    pub(super) fn lambda(&mut self, tree: Tree<'_>, name: Option<Symbol>) -> Option<ExprKind<'a>> {
        let span = self.span(tree);
        let mut names = Vec::new();
        let mut inner = tree;
        // `a: b: body` is one function of two arguments: calls with both make one scope.
        let mut inner_starts = Vec::new();
        let body = loop {
            let mut nodes = inner.nodes();
            let (param, body) = (nodes.next()?, nodes.next()?);
            if param.kind() != NODE_IDENT_PARAM {
                break inner;
            }
            let ident = param.nodes().next()?.token_text();
            let symbol = self.env.symbols.intern(ident.as_bytes());
            if names.contains(&symbol) {
                break inner;
            }
            if !names.is_empty() {
                inner_starts.push(self.span(inner).start);
            }
            names.push(symbol);
            let next = inside(body);
            if next.kind() != NODE_LAMBDA {
                break body;
            }
            inner = next;
        };
        if names.is_empty() {
            return self.pattern_lambda(tree, name);
        }
        let params = u32::try_from(names.len()).ok()?;
        self.scopes.push(Scope::Static(names.iter().copied().zip(0u32..).collect()));
        let (body, slots) = self.function_body(body, name, params);
        self.scopes.pop();
        let params = Params::Simple(self.slice(names));
        let inner_starts = self.slice(inner_starts);
        Some(ExprKind::Lambda(self.env.arena.alloc(Lambda { params, body, slots, name, span, inner_starts })))
    }

    /// The body of a function whose parameters are the innermost scope, and how many slots that scope has to have.
    fn function_body(&mut self, body: Tree<'_>, name: Option<Symbol>, params: u32) -> (&'a Expr<'a>, u32) {
        let outer = std::mem::replace(&mut self.frame, params);
        self.starts_frame = true;
        let body = self.expr(body, name);
        (self.alloc(body), std::mem::replace(&mut self.frame, outer))
    }

    fn pattern_lambda(&mut self, tree: Tree<'_>, name: Option<Symbol>) -> Option<ExprKind<'a>> {
        let span = self.span(tree);
        let mut nodes = tree.nodes();
        let (param, body) = (nodes.next()?, nodes.next()?);
        let mut slots: FxHashMap<Symbol, u32> = FxHashMap::default();
        let whole = match param.child(NODE_PAT_BIND) {
            Some(bind) => {
                let ident = self.env.symbols.intern(bind.nodes().next()?.token_text().as_bytes());
                slots.insert(ident, 0);
                Some(ident)
            }
            None => None,
        };
        let mut params = u32::from(whole.is_some());
        let mut entries: Vec<FormalEntry<'_>> = Vec::new();
        let mut repeated: Vec<Tree<'_>> = Vec::new();
        for entry in param.nodes().filter(|node| node.kind() == NODE_PAT_ENTRY) {
            let mut parts = entry.nodes();
            let ident = parts.next()?;
            let name = self.env.symbols.intern(ident.token_text().as_bytes());
            if let Some(&slot) = slots.get(&name) {
                repeated.push(ident);
                let earlier = slot.checked_sub(u32::from(whole.is_some()));
                if let Some(earlier) = earlier.and_then(|at| entries.get_mut(at as usize)) {
                    // A call that relies on either of the two is no mistake of its own.
                    earlier.default = earlier.default.or(parts.next());
                    continue;
                }
            }
            let slot = params;
            params += 1;
            slots.entry(name).or_insert(slot);
            entries.push(FormalEntry { name, slot, span: self.span(ident), default: parts.next() });
        }
        let incomplete = u32::from(param.is_broken());
        self.incomplete += incomplete;
        self.scopes.push(Scope::Static(slots));
        let mut formals = Vec::new();
        let mut told = Vec::new();
        for FormalEntry { name, slot, span, default } in entries {
            let said = self.diagnostics.len();
            let default = default.map(|default| self.expr(default, Some(name)));
            if self.diagnostics.len() > said {
                told.push((name, said));
            }
            formals.push(Formal { name, slot, default, position: (self.env.position)(span, span) });
        }
        self.tell_in_order(&told);
        formals.sort_by_key(|formal| formal.name);
        let (body, slots) = self.function_body(body, name, params);
        self.scopes.pop();
        // Nix looks at the arguments once it has read the body.
        for ident in repeated {
            self.duplicate_formal(ident, span.end);
        }
        self.incomplete -= incomplete;
        let pattern = self.env.arena.alloc(Pattern {
            formals: self.slice(formals),
            ellipsis: param.has_token(TOKEN_ELLIPSIS),
            whole: whole.map(|_| 0),
            whole_name: whole,
        });
        let params = Params::Pattern(pattern);
        let lambda = Lambda { params, body, slots, name, span, inner_starts: &[] };
        Some(ExprKind::Lambda(self.env.arena.alloc(lambda)))
    }

    fn duplicate_formal(&mut self, name: Tree<'_>, moment: u32) {
        let message = format!("duplicate formal function argument '{}'", name.token_text());
        self.error_at(moment, Code::DuplicateAttribute, self.span(name), message).help =
            Some("remove one of the two".to_owned());
    }

    pub(super) fn apply(&mut self, tree: Tree<'_>) -> Option<ExprKind<'a>> {
        let mut args = Vec::new();
        let mut function = tree;
        while function.kind() == NODE_APPLY {
            let mut nodes = function.nodes();
            let (next, argument) = (nodes.next()?, nodes.next()?);
            args.push(argument);
            function = inside(next);
        }
        let function = self.sub(function);
        let args: Vec<_> = args.into_iter().rev().map(|argument| self.expr(argument, None)).collect();
        Some(ExprKind::Call { function, args: self.slice(args) })
    }
}
