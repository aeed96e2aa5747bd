//! Which name means what: the scopes of a file, read off its syntax tree.

use std::collections::HashMap;

use launchnix_evaluator::syntax::SyntaxKind::{self, *};
use launchnix_evaluator::syntax::Tree;

/// A scope or, inside of one, the value of one of its bindings.
#[derive(Debug)]
pub(super) struct Scope<'t> {
    pub(super) parent: Option<usize>,
    pub(super) what: What<'t>,
}

#[derive(Debug)]
pub(super) enum What<'t> {
    /// `let`, `rec` or a function's arguments.
    Names(Names<'t>),
    /// The body of a `with`.
    With(With<'t>),
    /// The value of a binding of the parent.
    Value(usize),
}

/// What binds the names of a scope.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Binder {
    Let,
    /// `let { …; body = …; }`
    LegacyLet,
    Rec,
    /// `x:`
    Argument,
    /// `{ a, b }:`
    Formals {
        ellipsis: bool,
    },
}

#[derive(Debug)]
pub(super) struct Names<'t> {
    pub(super) binder: Binder,
    /// What the names are bound by: the set, the `let` or the function.
    pub(super) tree: Tree<'t>,
    pub(super) bindings: Vec<Binding<'t>>,
    by_name: HashMap<&'t str, usize>,
}

#[derive(Debug)]
pub(super) struct Binding<'t> {
    pub(super) name: &'t str,
    /// Its name's bytes.
    pub(super) start: u32,
    pub(super) end: u32,
    /// First and last byte of `name = value;`, where it is one binding.
    pub(super) whole: Option<(u32, u32)>,
    /// Whether it is `name @ { … }`.
    pub(super) is_whole_argument: bool,
    /// The names of the set that it is, as far as they stand in the file.
    pub(super) keys: Vec<&'t str>,
    /// The set that it takes the attribute of its name from: `inherit (set) name;` or `name = set.name;`.
    pub(super) taken_from: Option<Tree<'t>>,
}

#[derive(Debug)]
pub(super) struct With<'t> {
    /// Its set.
    pub(super) head: Tree<'t>,
    /// The names of a set that stands right there.
    pub(super) keys: Vec<&'t str>,
}

/// A variable that is used.
#[derive(Clone, Copy, Debug)]
pub(super) struct Use<'t> {
    pub(super) name: &'t str,
    pub(super) start: u32,
    pub(super) end: u32,
    pub(super) scope: Option<usize>,
}

/// An expression of a NixOS module.
#[derive(Debug)]
pub(super) struct InModule<'t> {
    pub(super) tree: Tree<'t>,
    /// The keys of the bindings around it.
    pub(super) around: Vec<(u32, u32)>,
}

/// A file's scopes and what is used in them.
#[derive(Debug, Default)]
pub(super) struct Scopes<'t> {
    pub(super) all: Vec<Scope<'t>>,
    pub(super) uses: Vec<Use<'t>>,
    /// `<nixpkgs>` and what lies below it.
    pub(super) lookups: Vec<(u32, u32)>,
    /// Strings that send GRUB to `/dev/vda`.
    pub(super) grub_devices: Vec<InModule<'t>>,
    /// What gives an account of a guest keys for ssh.
    pub(super) ssh_keys: Vec<InModule<'t>>,
    /// What gives an interface of a guest a static address.
    pub(super) addresses: Vec<InModule<'t>>,
    /// What switches cloud-init on in a guest.
    pub(super) cloud_init: Vec<InModule<'t>>,
    /// Paths that name modules.
    pub(super) module_files: Vec<InModule<'t>>,
}

/// What a variable is bound by: the scope and the binding in it; and the `with`s between the two, innermost first.
pub(super) struct Resolved {
    pub(super) binding: Option<(usize, usize)>,
    /// The binding of that scope in whose value the variable is used.
    pub(super) within: Option<usize>,
    pub(super) withs: Vec<usize>,
}

impl<'t> Scopes<'t> {
    pub(super) fn names(&self, scope: usize) -> Option<&Names<'t>> {
        match &self.all[scope].what {
            What::Names(names) => Some(names),
            _ => None,
        }
    }

    /// Finds what a name means in a scope.
    pub(super) fn resolve(&self, name: &str, scope: Option<usize>) -> Resolved {
        let (mut at, mut within, mut withs) = (scope, None, Vec::new());
        while let Some(scope) = at {
            match &self.all[scope].what {
                What::Value(binding) => within = Some(*binding),
                What::With(_) => withs.push(scope),
                What::Names(names) => {
                    if let Some(&binding) = names.by_name.get(name) {
                        return Resolved { binding: Some((scope, binding)), within, withs };
                    }
                    within = None;
                }
            }
            at = self.all[scope].parent;
        }
        Resolved { binding: None, within: None, withs }
    }
}

/// An expression that is still to be read. Expressions wait on a heap, since they are nested as deeply as a file says.
#[derive(Clone, Copy)]
struct Waiting<'t> {
    tree: Tree<'t>,
    scope: Option<usize>,
    /// The binding around it.
    place: Option<usize>,
}

/// A binding that an expression stands in.
struct Place<'t> {
    binding: Tree<'t>,
    around: Option<usize>,
}

impl<'t> Place<'t> {
    /// The names of its path.
    fn names(&self) -> impl Iterator<Item = &'t str> {
        self.binding.nodes().take(1).flat_map(Tree::nodes).map(Tree::text)
    }
}

struct Reader<'t> {
    waiting: Vec<Waiting<'t>>,
    places: Vec<Place<'t>>,
    out: Scopes<'t>,
}

/// Reads the scopes of a file that has no syntax errors.
pub(super) fn scopes(root: Tree<'_>) -> Scopes<'_> {
    let mut reader = Reader { waiting: Vec::new(), places: Vec::new(), out: Scopes::default() };
    reader.waiting.push(Waiting { tree: root, scope: None, place: None });
    while let Some(next) = reader.waiting.pop() {
        let first = reader.waiting.len();
        reader.read(next);
        // The last one to wait is the first to be read, and files are read from their start.
        reader.waiting[first..].reverse();
    }
    reader.out
}

/// Whether a child of a set or `let` is one of its bindings.
fn is_binding(kind: SyntaxKind) -> bool {
    matches!(kind, NODE_ATTRPATH_VALUE | NODE_INHERIT)
}

/// A name in a key: a word, or a string that stands as it is.
fn key(name: Tree<'_>) -> Option<&str> {
    match name.kind() {
        NODE_IDENT => Some(name.token_text()),
        NODE_STRING => {
            let text = name.text().strip_prefix('"')?.strip_suffix('"')?;
            (!text.contains(['\\', '$', '\r'])).then_some(text)
        }
        _ => None,
    }
}

/// The names that a binding of a set or `let` binds: the first of `a.b = …`, all of `inherit`.
fn bound_names(binding: Tree<'_>) -> impl Iterator<Item = Tree<'_>> {
    let path = (binding.kind() == NODE_ATTRPATH_VALUE).then(|| binding.nodes().next()).flatten();
    let inherited = (binding.kind() == NODE_INHERIT).then_some(binding);
    let inherited =
        inherited.into_iter().flat_map(Tree::nodes).filter(|name| name.kind() != NODE_INHERIT_FROM);
    path.and_then(|path| path.nodes().next()).into_iter().chain(inherited)
}

/// The names of a set that is written out.
fn keys(value: Tree<'_>) -> Vec<&str> {
    let value = value.without_parens();
    if value.kind() != NODE_ATTR_SET {
        return Vec::new();
    }
    value.nodes().filter(|node| is_binding(node.kind())).flat_map(bound_names).filter_map(key).collect()
}

/// The set that a value is the attribute of a name of.
fn selected_from<'t>(value: Tree<'t>, name: &str) -> Option<Tree<'t>> {
    let value = value.without_parens();
    let mut parts = value.nodes();
    let (set, path) = (parts.next()?, parts.next()?);
    let is_selection = value.kind() == NODE_SELECT && path.kind() == NODE_ATTRPATH && parts.next().is_none();
    (is_selection && path.text() == name).then_some(set)
}

impl<'t> Reader<'t> {
    fn new_scope(&mut self, parent: Option<usize>, what: What<'t>) -> usize {
        self.out.all.push(Scope { parent, what });
        self.out.all.len() - 1
    }

    fn new_names(&mut self, parent: Option<usize>, binder: Binder, tree: Tree<'t>) -> usize {
        let names = Names { binder, tree, bindings: Vec::new(), by_name: HashMap::new() };
        self.new_scope(parent, What::Names(names))
    }

    fn bind(&mut self, scope: usize, name: &'t str, at: Tree<'t>) -> usize {
        let What::Names(names) = &mut self.out.all[scope].what else { return 0 };
        let next = names.bindings.len();
        let binding = *names.by_name.entry(name).or_insert(next);
        if binding == next {
            let (start, end) = (at.start(), at.end());
            let (whole, is_whole_argument, keys, taken_from) = (None, false, Vec::new(), None);
            names.bindings.push(Binding { name, start, end, whole, is_whole_argument, keys, taken_from });
        }
        binding
    }

    fn binding(&mut self, scope: usize, binding: usize) -> Option<&mut Binding<'t>> {
        match &mut self.out.all[scope].what {
            What::Names(names) => names.bindings.get_mut(binding),
            _ => None,
        }
    }

    fn used(&mut self, name: &'t str, at: Tree<'t>, scope: Option<usize>) {
        self.out.uses.push(Use { name, start: at.start(), end: at.end(), scope });
    }

    fn read(&mut self, at: Waiting<'t>) {
        let Waiting { tree, scope, place } = at;
        let later = |tree, scope| Waiting { tree, scope, place };
        match tree.kind() {
            NODE_IDENT => self.used(tree.token_text(), tree, scope),
            NODE_PATH_SEARCH => {
                let text = tree.text();
                if text == "<nixpkgs>" || text.starts_with("<nixpkgs/") {
                    self.out.lookups.push((tree.start(), tree.end()));
                }
            }
            // `total/2` is a path, though hardly meant as one.
            NODE_PATH_REL => {
                let first = tree.text().split('/').next().unwrap_or("");
                self.used(first, tree, scope);
                self.module_file(tree, place);
            }
            NODE_PATH_ABS => self.module_file(tree, place),
            NODE_STRING if matches!(tree.text(), "\"/dev/vda\"" | "\"/dev/sda\"") => {
                self.grub_device(tree, place);
            }
            // The names of a path are no variables.
            NODE_ATTRPATH => {
                let names = tree.nodes().filter(|name| name.kind() != NODE_IDENT);
                self.waiting.extend(names.map(|name| later(name, scope)));
            }
            NODE_LET_IN | NODE_LEGACY_LET => {
                let is_legacy = tree.kind() == NODE_LEGACY_LET;
                let binder = if is_legacy { Binder::LegacyLet } else { Binder::Let };
                let inner = self.new_names(scope, binder, tree);
                self.bindings(tree, Some(inner), at);
                let body = tree.nodes().filter(|node| !is_binding(node.kind())).last();
                self.waiting.extend(body.map(|body| later(body, Some(inner))));
                if is_legacy {
                    self.used("body", tree, Some(inner));
                }
            }
            NODE_ATTR_SET if tree.token_text() == "rec" => {
                let inner = self.new_names(scope, Binder::Rec, tree);
                self.bindings(tree, Some(inner), at);
            }
            NODE_ATTR_SET => self.bindings(tree, None, at),
            NODE_LAMBDA => self.lambda(at),
            NODE_WITH => {
                let mut nodes = tree.nodes();
                let (Some(head), Some(body)) = (nodes.next(), nodes.next()) else { return };
                let with = With { head, keys: keys(head) };
                let inner = self.new_scope(scope, What::With(with));
                self.waiting.extend([later(head, scope), later(body, Some(inner))]);
            }
            _ => self.waiting.extend(tree.nodes().map(|node| later(node, scope))),
        }
    }

    /// The bindings of a set or `let`; `own` is the scope that they make, if they make one.
    fn bindings(&mut self, tree: Tree<'t>, own: Option<usize>, at: Waiting<'t>) {
        for binding in tree.nodes() {
            match binding.kind() {
                NODE_ATTRPATH_VALUE => self.value(binding, own, at),
                NODE_INHERIT => self.inherit(binding, own, at),
                _ => {}
            }
        }
    }

    fn value(&mut self, binding: Tree<'t>, own: Option<usize>, at: Waiting<'t>) {
        let mut nodes = binding.nodes();
        let (Some(path), Some(value)) = (nodes.next(), nodes.next()) else { return };
        let mut scope = own.or(at.scope);
        let bound = own.zip(path.nodes().next()).and_then(|(own, name)| {
            let known = self.out.names(own).map_or(0, |names| names.bindings.len());
            let binding = self.bind(own, key(name)?, name);
            Some((own, binding, binding < known))
        });
        if let Some((own, at, was_known)) = bound {
            let is_whole = path.nodes().nth(1).is_none();
            if let Some(bound) = self.binding(own, at) {
                // `a.b = 1; a.c = 2;` is one binding in two places.
                bound.whole = (!was_known).then_some((binding.start(), binding.end()));
                if is_whole {
                    bound.keys = keys(value);
                    bound.taken_from = selected_from(value, bound.name);
                }
            }
            scope = Some(self.new_scope(Some(own), What::Value(at)));
        }
        self.places.push(Place { binding, around: at.place });
        let place = Some(self.places.len() - 1);
        if path.nodes().any(|name| key(name).is_some_and(|key| key.starts_with("authorizedKeys"))) {
            let around = self.keys_around(place);
            self.out.ssh_keys.push(InModule { tree: path, around });
        }
        if path.nodes().any(|name| key(name) == Some("cloud-init")) {
            let around = self.keys_around(place);
            self.out.cloud_init.push(InModule { tree: path, around });
        }
        if self.is_static_address(path, place) {
            let around = self.keys_around(place);
            self.out.addresses.push(InModule { tree: path, around });
        }
        if path.nodes().any(|name| name.kind() != NODE_IDENT) {
            self.waiting.push(Waiting { tree: path, scope: own.or(at.scope), place });
        }
        self.waiting.push(Waiting { tree: value, scope, place });
    }

    fn inherit(&mut self, binding: Tree<'t>, own: Option<usize>, at: Waiting<'t>) {
        let from = binding.nodes().find(|node| node.kind() == NODE_INHERIT_FROM);
        let source = from.and_then(|from| from.nodes().next());
        self.waiting.extend(source.map(|tree| Waiting { tree, scope: own.or(at.scope), place: at.place }));
        for name in bound_names(binding) {
            let Some(key) = key(name) else { continue };
            if let Some(own) = own {
                let bound = self.bind(own, key, name);
                if let Some(bound) = self.binding(own, bound) {
                    bound.taken_from = source.map(Tree::without_parens);
                }
            }
            if from.is_none() {
                // A name that a scope inherits is looked up around that scope.
                self.used(key, name, at.scope);
            }
        }
    }

    fn lambda(&mut self, at: Waiting<'t>) {
        let mut nodes = at.tree.nodes();
        let (Some(param), Some(body)) = (nodes.next(), nodes.next()) else { return };
        let inner = if param.kind() == NODE_IDENT_PARAM {
            let inner = self.new_names(at.scope, Binder::Argument, at.tree);
            if let Some(name) = param.nodes().next() {
                self.bind(inner, name.token_text(), name);
            }
            inner
        } else {
            self.formals(param, at)
        };
        self.waiting.push(Waiting { tree: body, scope: Some(inner), place: at.place });
    }

    fn formals(&mut self, pattern: Tree<'t>, at: Waiting<'t>) -> usize {
        let ellipsis = pattern.has_token(TOKEN_ELLIPSIS);
        let inner = self.new_names(at.scope, Binder::Formals { ellipsis }, at.tree);
        for part in pattern.nodes() {
            let mut nodes = part.nodes();
            let Some(name) = nodes.next() else { continue };
            let binding = self.bind(inner, name.token_text(), name);
            match part.kind() {
                NODE_PAT_BIND => {
                    if let Some(binding) = self.binding(inner, binding) {
                        binding.is_whole_argument = true;
                    }
                }
                NODE_PAT_ENTRY => {
                    if let Some(tree) = nodes.next() {
                        let scope = Some(self.new_scope(Some(inner), What::Value(binding)));
                        self.waiting.push(Waiting { tree, scope, place: at.place });
                    }
                }
                _ => {}
            }
        }
        inner
    }

    fn grub_device(&mut self, string: Tree<'t>, place: Option<usize>) {
        let name = place.and_then(|place| self.places[place].names().last());
        let is_of_grub = || self.outwards(place).any(|place| place.names().any(|name| name == "grub"));
        if matches!(name, Some("device" | "devices")) && is_of_grub() {
            let around = self.keys_around(place);
            self.out.grub_devices.push(InModule { tree: string, around });
        }
    }

    fn module_file(&mut self, path: Tree<'t>, place: Option<usize>) {
        let name = place.and_then(|place| self.places[place].names().last());
        if matches!(name, Some("imports" | "machine")) {
            let around = self.keys_around(place);
            self.out.module_files.push(InModule { tree: path, around });
        }
    }

    /// The bindings around an expression, innermost first.
    fn outwards(&self, place: Option<usize>) -> impl Iterator<Item = &Place<'t>> {
        let places = std::iter::successors(place, |&place| self.places[place].around);
        places.map(|place| &self.places[place])
    }

    /// Whether an option of NixOS is named that gives an interface a static address.
    fn is_static_address(&self, path: Tree<'t>, place: Option<usize>) -> bool {
        let last = path.nodes().last().and_then(key);
        matches!(last, Some("addresses" | "address" | "ipAddress" | "Address"))
            && self
                .outwards(place)
                .any(|place| place.names().any(|name| matches!(name, "networking" | "network")))
    }

    fn keys_around(&self, place: Option<usize>) -> Vec<(u32, u32)> {
        let keys = self.outwards(place).filter_map(|place| place.binding.nodes().next());
        keys.map(|key| (key.start(), key.end())).collect()
    }
}
