//! Attribute sets, `let` and `inherit`: which binding goes where, what is merged and what is a duplicate.

use launchnix_diagnostics::{Code, Label, Span};
use rnix::SyntaxKind::*;
use rustc_hash::FxHashMap;

use super::again::{Again, BoundAgain};
use super::scope::Scope;
use super::{Lowerer, inside};
use crate::ir::{DynamicAttr, Expr, ExprKind, RecAttr, RecSet, Set, StaticAttr};
use crate::symbol::{Symbol, well_known};
use crate::syntax::Tree;
use crate::text::print::write_attribute_name;
use crate::value::{Attr, Attrs, Value};

/// Whether a child of a set or `let` is one of its bindings.
pub(super) fn is_binding(node: Tree<'_>) -> bool {
    matches!(node.kind(), NODE_ATTRPATH_VALUE | NODE_INHERIT)
}

/// The bindings of one set, after `a.b = …` was taken apart and sets of the same name were merged.
pub(super) struct BindingSet<'t> {
    pub(super) recursive: bool,
    pub(super) bindings: Vec<Binding<'t>>,
    /// Where each name is among the bindings, for sets of so many that a search takes longer.
    by_name: Option<FxHashMap<Symbol, usize>>,
    pub(super) dynamic: Vec<DynamicBinding<'t>>,
    /// Sources of `inherit (source) …`.
    pub(super) sources: Vec<Tree<'t>>,
    /// Values of names that are bound already: what is wrong in them is wrong all the same.
    refused: Vec<Tree<'t>>,
    /// Whether something among the bindings is not valid, so that it may bind any name.
    incomplete: bool,
    span: Span,
}

pub(super) struct Binding<'t> {
    pub(super) name: Symbol,
    key: Span,
    /// The attribute path that the key is a part of.
    path: Span,
    pub(super) value: BoundValue<'t>,
}

impl Binding<'_> {
    /// The attribute path up to the key, which is where Nix says that it is.
    fn written(&self) -> Span {
        Span::new(self.key.source, self.path.start.min(self.key.start), self.key.end)
    }
}

pub(super) enum BoundValue<'t> {
    Expr(Tree<'t>),
    /// A set that is written out. It is taken apart when it is merged with another one, else when it is lowered.
    Written(Tree<'t>),
    Set(Box<BindingSet<'t>>),
    /// `inherit name;`
    Inherited,
    /// `inherit (source) name;`, with the source's index.
    InheritedFrom(usize),
}

pub(super) struct DynamicBinding<'t> {
    pub(super) name: Tree<'t>,
    pub(super) span: Span,
    path: Span,
    pub(super) value: BoundValue<'t>,
}

impl<'t> BindingSet<'t> {
    fn new(recursive: bool, span: Span) -> Self {
        Self {
            recursive,
            bindings: Vec::new(),
            by_name: None,
            dynamic: Vec::new(),
            sources: Vec::new(),
            refused: Vec::new(),
            incomplete: false,
            span,
        }
    }

    fn insert(&mut self, binding: Binding<'t>) {
        /// A search through as many takes no longer than a look into a map.
        const FEW: usize = 8;
        if let Some(by_name) = &mut self.by_name {
            by_name.insert(binding.name, self.bindings.len());
        }
        self.bindings.push(binding);
        if self.by_name.is_none() && self.bindings.len() > FEW {
            self.by_name = Some(self.bindings.iter().map(|binding| binding.name).zip(0..).collect());
        }
    }

    /// Where a name is among the bindings.
    fn find(&self, name: Symbol) -> Option<usize> {
        match &self.by_name {
            Some(by_name) => by_name.get(&name).copied(),
            None => self.bindings.iter().position(|binding| binding.name == name),
        }
    }
}

/// Whether what is skipped may have been a binding, and is more than punctuation or a comment of another language.
fn is_lost(skipped: Tree<'_>) -> bool {
    let text = skipped.text();
    !text.starts_with("//")
        && !text.starts_with("--")
        && text.bytes().any(|byte| byte.is_ascii_alphanumeric())
}

impl<'a> Lowerer<'a, '_> {
    /// Collects the bindings of a set, a `let` or a legacy `let`.
    pub(super) fn collect_bindings<'t>(&mut self, tree: Tree<'t>, recursive: bool) -> BindingSet<'t> {
        let mut set = BindingSet::new(recursive, self.span(tree));
        set.incomplete = tree.is_broken();
        set.bindings.reserve_exact(tree.nodes().count());
        for node in tree.nodes() {
            match node.kind() {
                NODE_INHERIT => self.collect_inherit(node, &mut set),
                NODE_ATTRPATH_VALUE => self.collect_binding(node, &mut set),
                NODE_ERROR if tree.kind() == NODE_ATTR_SET && set.dynamic.is_empty() && is_lost(node) => {
                    // As an attribute whose name fails: what is asked of the set knows then that it is not all of it.
                    let span = self.span(node);
                    let value = BoundValue::Expr(node);
                    set.dynamic.push(DynamicBinding { name: node, span, path: span, value });
                }
                _ => {}
            }
        }
        set
    }

    fn collect_inherit<'t>(&mut self, node: Tree<'t>, set: &mut BindingSet<'t>) {
        let source = node.child(NODE_INHERIT_FROM).and_then(|from| from.nodes().next());
        let source = source.map(|source| {
            set.sources.push(source);
            set.sources.len() - 1
        });
        for name in node.nodes().filter(|node| node.kind() != NODE_INHERIT_FROM) {
            if name.kind() == NODE_ERROR {
                set.incomplete = true;
                continue;
            }
            let key = self.span(name);
            let Some(symbol) = self.static_name(name) else {
                self.error(Code::Syntax, key, "dynamic attributes not allowed in inherit");
                continue;
            };
            if let Some(earlier) = set.find(symbol) {
                let earlier = set.bindings[earlier].written();
                self.duplicate(&Again { names: vec![symbol], key, earlier, is_copy: false }, key.end);
                continue;
            }
            let value = source.map_or(BoundValue::Inherited, BoundValue::InheritedFrom);
            set.insert(Binding { name: symbol, key, path: key, value });
        }
    }

    fn collect_binding<'t>(&mut self, node: Tree<'t>, set: &mut BindingSet<'t>) {
        let mut nodes = node.nodes();
        let (Some(path), Some(value)) = (nodes.next(), nodes.next()) else { return };
        if path.is_broken() {
            set.incomplete = true;
            return;
        }
        // What was skipped up to the semicolon belongs to the value, unless it is a bracket too many.
        let is_known = nodes.all(|skipped| skipped.text().bytes().all(|byte| b")]}".contains(&byte)));
        let value = if is_known { value } else { node.nodes().last().unwrap_or(value) };
        let whole = self.span(path);
        let mut names = path.nodes();
        let (Some(first), second) = (names.next(), names.next()) else { return };
        let mut outer = std::mem::take(&mut self.outer_names);
        if second.is_none() {
            self.insert_at(set, &[first], whole, &mut outer, value);
        } else {
            let path: Vec<Tree<'t>> = path.nodes().collect();
            self.insert_at(set, &path, whole, &mut outer, value);
        }
        outer.clear();
        self.outer_names = outer;
    }

    /// The value of a binding: a set that is written out can be merged with others, nothing else can.
    fn bound_value(value: Tree<'_>) -> BoundValue<'_> {
        let inner = inside(value);
        if inner.kind() == NODE_ATTR_SET { BoundValue::Written(inner) } else { BoundValue::Expr(value) }
    }

    /// The set that a binding is bound to, taken apart so that more can be added.
    fn bound_set<'s, 't>(&mut self, value: &'s mut BoundValue<'t>) -> Option<&'s mut BindingSet<'t>> {
        if let BoundValue::Written(tree) = *value {
            *value = BoundValue::Set(Box::new(self.collect_bindings(tree, tree.first_kind() == TOKEN_REC)));
        }
        match value {
            BoundValue::Set(set) => Some(set),
            _ => None,
        }
    }

    fn insert_at<'t>(
        &mut self,
        set: &mut BindingSet<'t>,
        path: &[Tree<'t>],
        whole: Span,
        outer: &mut Vec<Symbol>,
        value: Tree<'t>,
    ) {
        let Some((&name, rest)) = path.split_first() else { return };
        let key = self.span(name);
        let Some(symbol) = self.static_name(name) else {
            let value = if rest.is_empty() {
                Self::bound_value(value)
            } else {
                let mut nested = BindingSet::new(false, key);
                self.insert_at(&mut nested, rest, whole, &mut Vec::new(), value);
                BoundValue::Set(Box::new(nested))
            };
            set.dynamic.push(DynamicBinding { name, span: key, path: whole, value });
            return;
        };
        outer.push(symbol);
        let Some(at) = set.find(symbol) else {
            let value = if rest.is_empty() {
                Self::bound_value(value)
            } else {
                let mut nested = BindingSet::new(false, key);
                self.insert_at(&mut nested, rest, whole, outer, value);
                BoundValue::Set(Box::new(nested))
            };
            set.insert(Binding { name: symbol, key, path: whole, value });
            return;
        };
        let earlier = set.bindings[at].written();
        let existing = self.bound_set(&mut set.bindings[at].value);
        if rest.is_empty() {
            let mut added = Self::bound_value(value);
            if let Some(existing) = existing
                && self.bound_set(&mut added).is_some()
                && let BoundValue::Set(added) = added
            {
                let whole = Again { names: outer.clone(), key, earlier, is_copy: false };
                let again = self.merge(existing, *added, outer).told(whole, self.env.recovers);
                for again in again {
                    self.duplicate(&again, value.end());
                }
                return;
            }
        } else if let Some(existing) = existing {
            self.insert_at(existing, rest, whole, outer, value);
            return;
        }
        set.refused.push(value);
        self.duplicate(&Again { names: outer.clone(), key, earlier, is_copy: false }, value.end());
    }

    /// `a = { … }; a = { … };` is one set, recursive if the first is. What both bind is bound again.
    fn merge<'t>(
        &mut self,
        existing: &mut BindingSet<'t>,
        added: BindingSet<'t>,
        outer: &mut Vec<Symbol>,
    ) -> BoundAgain {
        let of = added.bindings.len() + added.dynamic.len();
        let mut again = BoundAgain { each: Vec::new(), count: 0, of };
        let shift = existing.sources.len();
        existing.sources.extend(added.sources);
        existing.incomplete |= added.incomplete;
        existing.dynamic.extend(added.dynamic);
        existing.refused.extend(added.refused);
        for mut binding in added.bindings {
            if let BoundValue::InheritedFrom(source) = &mut binding.value {
                *source += shift;
            }
            let Some(at) = existing.find(binding.name) else {
                existing.insert(binding);
                continue;
            };
            outer.push(binding.name);
            let earlier = existing.bindings[at].written();
            let whole = Again { names: outer.clone(), key: binding.key, earlier, is_copy: false };
            let inner = self.bound_set(&mut existing.bindings[at].value);
            if let Some(inner) = inner
                && self.bound_set(&mut binding.value).is_some()
                && let BoundValue::Set(added) = binding.value
            {
                let within = self.merge(inner, *added, outer);
                again.count += usize::from(within.is_copy());
                again.each.extend(within.told(whole, self.env.recovers));
            } else {
                if let BoundValue::Expr(value) | BoundValue::Written(value) = binding.value {
                    existing.refused.push(value);
                }
                again.count += 1;
                again.each.push(whole);
            }
            outer.pop();
        }
        again
    }

    /// A name as it is written, in quotes where it needs some.
    pub(super) fn shown_name(&self, name: Symbol) -> String {
        let mut shown = Vec::new();
        write_attribute_name(&mut shown, self.env.symbols.name(name));
        String::from_utf8_lossy(&shown).into_owned()
    }

    /// `end` is where Nix's parser finds out.
    fn duplicate(&mut self, again: &Again, end: u32) {
        let names: Vec<_> = again.names.iter().map(|&name| self.shown_name(name)).collect();
        let message = format!("attribute '{}' already defined", names.join("."));
        let diagnostic = self.error_at(end, Code::DuplicateAttribute, again.key, message);
        "defined again here".clone_into(&mut diagnostic.primary_label);
        diagnostic.labels.push(Label::new(again.earlier, "first defined here"));
        let another_name = if again.is_copy { ", or give it another name" } else { "" };
        diagnostic.help = Some(format!("remove one of the two{another_name}"));
    }

    fn bound(&mut self, value: BoundValue<'_>, name: Option<Symbol>) -> Expr<'a> {
        match value {
            BoundValue::Expr(tree) | BoundValue::Written(tree) => self.expr(tree, name),
            BoundValue::Set(set) => {
                let span = set.span;
                Expr { kind: self.lower_set(*set), span }
            }
            BoundValue::Inherited | BoundValue::InheritedFrom(_) => {
                unreachable!("callers lower inherited names themselves")
            }
        }
    }

    fn inherited(&mut self, name: Symbol, key: Span) -> Expr<'a> {
        let text = String::from_utf8_lossy(self.env.symbols.name(name)).into_owned();
        Expr { kind: self.variable(&text, key), span: key }
    }

    pub(super) fn lower_set(&mut self, set: BindingSet<'_>) -> ExprKind<'a> {
        if set.recursive && !(set.bindings.is_empty() && set.dynamic.is_empty()) {
            return ExprKind::RecSet(self.lower_recursive(set, None).0);
        }
        if set.sources.is_empty() {
            return self.lower_plain(set, None);
        }
        // The sources of `inherit (…)` are computed once, in a scope of their own.
        let span = set.span;
        let sources: Vec<_> = set.sources.clone();
        self.scopes.push(Scope::Static(FxHashMap::default()));
        let bindings: Vec<_> = sources.into_iter().map(|source| self.expr(source, None)).collect();
        let body = self.lower_plain(set, Some(0));
        self.scopes.pop();
        let body = self.alloc(Expr { kind: body, span });
        ExprKind::Let { bindings: self.slice(bindings), body }
    }

    fn lower_plain(&mut self, set: BindingSet<'_>, hidden: Option<u32>) -> ExprKind<'a> {
        // Attributes of the sets around this one lie before.
        let start = self.attributes.len();
        let mut told = Vec::new();
        for Binding { name, key, path, value } in set.bindings {
            let said = self.diagnostics.len();
            let value = match value {
                BoundValue::Inherited => self.inherited(name, key),
                BoundValue::InheritedFrom(source) => {
                    self.inherited_from(hidden.unwrap_or(0), source, name, key)
                }
                value => self.bound(value, Some(name)),
            };
            let attribute = StaticAttr { name, position: (self.env.position)(key, path), value };
            self.attributes.push(attribute);
            if self.diagnostics.len() > said {
                told.push((name, said));
            }
        }
        self.tell_in_order(&told);
        let dynamic = self.lower_dynamic(set.dynamic);
        self.lower_refused(&set.refused);
        let attributes = &mut self.attributes[start..];
        if attributes.is_empty() && dynamic.is_empty() {
            return ExprKind::Const(self.empty_set());
        }
        attributes.sort_by_key(|attribute| attribute.name);
        let arena = self.env.arena;
        let constant = |attr: &StaticAttr<'a>| matches!(attr.value.kind, ExprKind::Const(_));
        if self.env.folds() && dynamic.is_empty() && attributes.iter().all(constant) {
            let entries = self.attributes.drain(start..).map(|StaticAttr { name, position, value }| {
                let ExprKind::Const(value) = value.kind else { unreachable!("all of them are constants") };
                Attr { name, position, value }
            });
            let entries = arena.alloc_slice_fill_iter(entries);
            return ExprKind::Const(Value::Attrs(arena.alloc(Attrs::from_sorted(entries))));
        }
        let attributes = arena.alloc_slice_fill_iter(self.attributes.drain(start..));
        ExprKind::Set(arena.alloc(Set { attributes, dynamic }))
    }

    fn inherited_from(&mut self, first: u32, source: usize, name: Symbol, key: Span) -> Expr<'a> {
        let slot = first + u32::try_from(source).unwrap_or(0);
        let base = self.alloc(Expr { kind: ExprKind::Local(slot), span: key });
        Expr { kind: ExprKind::select_one(base, name), span: key }
    }

    /// Looks for mistakes in values that are bound to nothing.
    fn lower_refused(&mut self, refused: &[Tree<'_>]) {
        for value in refused {
            self.expr(*value, None);
        }
    }

    fn lower_dynamic(&mut self, dynamic: Vec<DynamicBinding<'_>>) -> &'a [DynamicAttr<'a>] {
        let lowered: Vec<_> = dynamic
            .into_iter()
            .map(|binding| {
                let inner = match binding.name.kind() {
                    NODE_DYNAMIC => binding.name.nodes().next(),
                    _ => Some(binding.name),
                };
                let name = match inner {
                    Some(inner) => self.expr(inner, None),
                    None => self.failed(binding.name),
                };
                let value = self.bound(binding.value, None);
                DynamicAttr { name, position: (self.env.position)(binding.span, binding.path), value }
            })
            .collect();
        self.slice(lowered)
    }

    /// Lowers `rec { … }`, and returns its scope for the body of a `let`. With `first`, that is the innermost scope with
    /// more in it, from that slot on.
    fn lower_recursive(&mut self, set: BindingSet<'_>, first: Option<u32>) -> (&'a RecSet<'a>, Scope) {
        let mut bindings = set.bindings;
        bindings.sort_by_key(|binding| binding.name);
        let first_slot = first.unwrap_or(0);
        let first_hidden = first_slot + u32::try_from(bindings.len()).unwrap_or(u32::MAX);
        let mut slots = match (first, self.scopes.innermost()) {
            (Some(_), Some(Scope::Static(around))) => around.clone(),
            _ => FxHashMap::default(),
        };
        slots.extend(bindings.iter().map(|binding| binding.name).zip(first_slot..));
        let incomplete = u32::from(set.incomplete);
        self.incomplete += incomplete;
        // Sources come first, since Nix looks for their variables first.
        let around = self.enter_scope(Scope::Static(slots), first);
        let hidden: Vec<_> = set.sources.into_iter().map(|source| self.expr(source, None)).collect();
        let scope = self.leave_scope(around);
        self.incomplete -= incomplete;
        // What `inherit` takes is looked up outside, before the new scope is there.
        let outside: Vec<_> = bindings
            .iter()
            .map(|binding| match binding.value {
                BoundValue::Inherited => {
                    let said = self.diagnostics.len();
                    let value = self.inherited(binding.name, binding.key);
                    // What is wrong with it is said when its turn comes.
                    Some((value, self.diagnostics.split_off(said), self.moments.split_off(said)))
                }
                _ => None,
            })
            .collect();
        self.incomplete += incomplete;
        let around = self.enter_scope(scope, first);
        let mut attributes = Vec::with_capacity(bindings.len());
        let mut told = Vec::new();
        for (Binding { name, key, path, value }, outside) in bindings.into_iter().zip(outside) {
            let said = self.diagnostics.len();
            let position = (self.env.position)(key, path);
            let from_outside = outside.is_some();
            let value = match (outside, value) {
                (Some((value, diagnostics, moments)), _) => {
                    self.diagnostics.extend(diagnostics);
                    self.moments.extend(moments);
                    value
                }
                (None, BoundValue::InheritedFrom(source)) => {
                    self.inherited_from(first_hidden, source, name, key)
                }
                (None, value) => self.bound(value, Some(name)),
            };
            attributes.push(RecAttr { name, position, value, from_outside });
            if self.diagnostics.len() > said {
                told.push((name, said));
            }
        }
        self.tell_in_order(&told);
        let dynamic = self.lower_dynamic(set.dynamic);
        self.lower_refused(&set.refused);
        self.incomplete -= incomplete;
        let scope = self.leave_scope(around);
        let has_overrides = attributes.iter().any(|attribute| attribute.name == well_known::OVERRIDES);
        let set =
            RecSet { attributes: self.slice(attributes), hidden: self.slice(hidden), dynamic, has_overrides };
        (self.env.arena.alloc(set), scope)
    }

    /// Makes a scope the innermost one: in place of the one that was it, if it starts behind the slots of that.
    fn enter_scope(&mut self, scope: Scope, first: Option<u32>) -> Option<Scope> {
        let around = if first.is_some() { self.scopes.pop() } else { None };
        self.scopes.push(scope);
        around
    }

    /// Undoes [`enter_scope`](Self::enter_scope), which gave `around`.
    fn leave_scope(&mut self, around: Option<Scope>) -> Scope {
        let scope = self.scopes.pop().expect("it was entered");
        if let Some(around) = around {
            self.scopes.push(around);
        }
        scope
    }

    /// `let … in body` is a recursive set whose slots the body sees.
    pub(super) fn lower_let(
        &mut self,
        mut set: BindingSet<'_>,
        body: Tree<'_>,
        starts_frame: bool,
    ) -> ExprKind<'a> {
        /// A scope of more slots is made apart, where it is needed.
        const FRAME: usize = 64;
        set.dynamic.clear();
        let incomplete = u32::from(set.incomplete);
        let frame = self.frame as usize + set.bindings.len() + set.sources.len();
        let first = if starts_frame && frame <= FRAME { Some(self.frame) } else { None };
        let (set, scope) = self.lower_recursive(set, first);
        if first.is_some() {
            self.frame = u32::try_from(frame).unwrap_or(u32::MAX);
            self.starts_frame = true;
        }
        let around = self.enter_scope(scope, first);
        self.incomplete += incomplete;
        let body = self.sub(body);
        self.incomplete -= incomplete;
        self.leave_scope(around);
        match first {
            Some(first) => ExprKind::LetHere { set, first, body },
            None => ExprKind::LetRec { set, body },
        }
    }
}
