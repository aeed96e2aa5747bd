//! Lints on names: what is bound and not used, `rec` for nothing, `with` that does not give what it seems to.

use std::collections::HashSet;

use launchnix_diagnostics::{Applicability, Code, Diagnostic, Fix, SourceId, Span};

use launchnix_evaluator::syntax::SyntaxKind::{NODE_IDENT, TOKEN_L_BRACE};
use launchnix_evaluator::syntax::Tree;

use super::doubt::Lint;
use super::scopes::{Binder, Binding, Names, Scopes, What};

/// Arguments that a NixOS module, an overlay or morph hands over whether they are used or not.
const CONVENTIONAL: &[&str] = &[
    "config",
    "options",
    "pkgs",
    "lib",
    "utils",
    "modulesPath",
    "specialArgs",
    "extendModules",
    "name",
    "nodes",
    "resources",
    "inputs",
    "self",
    "super",
    "final",
    "prev",
];

/// A file and its scopes.
pub(super) struct File<'t> {
    pub(super) source: SourceId,
    pub(super) text: &'t str,
    pub(super) scopes: &'t Scopes<'t>,
}

impl File<'_> {
    fn span(&self, start: u32, end: u32) -> Span {
        Span::new(self.source, start, end)
    }
}

/// All that there is to say of a file's names.
pub(super) fn lints(file: &File<'_>) -> Vec<Lint> {
    let mut used = Used::default();
    let mut lints = Vec::new();
    for used_name in &file.scopes.uses {
        let resolved = file.scopes.resolve(used_name.name, used_name.scope);
        if let Some((scope, binding)) = resolved.binding {
            match resolved.within {
                Some(within) => drop(used.from.insert((scope, within, binding))),
                None => drop(used.direct.insert((scope, binding))),
            }
        }
        let place = file.span(used_name.start, used_name.end);
        let conflict = with_conflict(file, used_name, &resolved);
        lints.extend(conflict.map(|diagnostic| Lint::certain(diagnostic, place)));
    }
    used.spread();
    for (at, scope) in file.scopes.all.iter().enumerate() {
        let What::Names(names) = &scope.what else { continue };
        match names.binder {
            Binder::Let => lints.extend(unused_bindings(file, names, at, &used)),
            Binder::Formals { ellipsis } => {
                lints.extend(unused_formals(file, names, at, ellipsis, &used));
            }
            Binder::Rec => lints.extend(needless_rec(file, names, at, &used)),
            // A function often takes more than it needs, because its caller gives more; and the old `let` has nothing
            // new written in it.
            Binder::Argument | Binder::LegacyLet => {}
        }
    }
    lints
}

/// Which bindings are used, and from where.
#[derive(Default)]
struct Used {
    /// From outside of the values of the same scope.
    direct: HashSet<(usize, usize)>,
    /// From the value of another binding of the scope: scope, user, used.
    from: HashSet<(usize, usize, usize)>,
    /// What is used from there: scope, used.
    by_others: HashSet<(usize, usize)>,
    /// Scopes of which anything is used.
    scopes: HashSet<usize>,
}

impl Used {
    /// What a used binding uses is used.
    fn spread(&mut self) {
        self.by_others = self.from.iter().map(|&(scope, _, used)| (scope, used)).collect();
        let all = self.direct.iter().chain(&self.by_others);
        self.scopes = all.map(|&(scope, _)| scope).collect();
        let mut to_do: Vec<_> = self.direct.iter().copied().collect();
        let mut edges: std::collections::HashMap<(usize, usize), Vec<usize>> =
            std::collections::HashMap::new();
        for &(scope, user, used) in &self.from {
            edges.entry((scope, user)).or_default().push(used);
        }
        while let Some((scope, binding)) = to_do.pop() {
            for &next in edges.get(&(scope, binding)).into_iter().flatten() {
                if self.direct.insert((scope, next)) {
                    to_do.push((scope, next));
                }
            }
        }
    }

    fn has(&self, scope: usize, binding: usize) -> bool {
        self.direct.contains(&(scope, binding))
    }

    fn any(&self, scope: usize) -> bool {
        self.scopes.contains(&scope)
    }
}

fn is_meant(binding: &Binding<'_>) -> bool {
    binding.name.starts_with('_')
}

fn unused_bindings(file: &File<'_>, names: &Names<'_>, scope: usize, used: &Used) -> Vec<Lint> {
    let unused = names.bindings.iter().enumerate();
    unused
        .filter(|&(at, binding)| !used.has(scope, at) && !is_meant(binding))
        .map(|(at, binding)| {
            let place = file.span(binding.start, binding.end);
            let mut diagnostic =
                Diagnostic::new(Code::UnusedBinding, place, format!("`{}` is never used", binding.name))
                    .labelled("bound here, and used nowhere")
                    .with_help("remove it, or let its name start with `_` if it is there for a reason");
            if used.by_others.contains(&(scope, at)) {
                // To remove it alone would leave the others without it.
                diagnostic.primary_label = "used only by what is never used itself".into();
            } else if let Some((start, end)) = binding.whole {
                // With the indentation before it, so that no blank line stays behind.
                let before = file.text[..start as usize].trim_end_matches([' ', '\t']);
                let from = before.strip_suffix('\n').map_or(start, |before| offset(before.len()));
                diagnostic = diagnostic.with_fix(remove(file.span(from, end), Applicability::Unsafe));
            }
            Lint { diagnostic, names: vec![binding.name.to_owned()], whole: place }
        })
        .collect()
}

fn unused_formals(
    file: &File<'_>,
    names: &Names<'_>,
    scope: usize,
    ellipsis: bool,
    used: &Used,
) -> Vec<Lint> {
    let whole = names.bindings.iter().position(|binding| binding.is_whole_argument);
    let unused = names.bindings.iter().enumerate();
    unused
        .filter(|&(at, binding)| !used.has(scope, at) && !is_meant(binding))
        // Whoever uses the whole set may use all of it.
        .filter(|&(at, _)| whole.is_none_or(|whole| whole == at || !used.has(scope, whole)))
        .filter(|&(_, binding)| !(ellipsis && CONVENTIONAL.contains(&binding.name)))
        .map(|(_, binding)| {
            let help = if ellipsis || binding.is_whole_argument {
                "remove it from the arguments"
            } else {
                "remove it from the arguments, and from where the function is called"
            };
            let place = file.span(binding.start, binding.end);
            let message = format!("the argument `{}` is never used", binding.name);
            let diagnostic = Diagnostic::new(Code::UnusedFormal, place, message)
                .labelled("taken here, and used nowhere")
                .with_help(help);
            Lint { diagnostic, names: vec![binding.name.to_owned()], whole: place }
        })
        .collect()
}

fn needless_rec(file: &File<'_>, names: &Names<'_>, scope: usize, used: &Used) -> Option<Lint> {
    let overrides = names.bindings.iter().any(|binding| binding.name == "__overrides");
    if overrides || used.any(scope) {
        return None;
    }
    let start = names.tree.start();
    let rec = file.span(start, start + offset("rec".len()));
    let (_, brace) = names.tree.tokens().find(|(kind, _)| *kind == TOKEN_L_BRACE)?;
    let between = &file.text[rec.end as usize..brace as usize];
    let end = if between.trim().is_empty() { brace } else { rec.end };
    let fix = remove(file.span(start, end), Applicability::Safe);
    let diagnostic = Diagnostic::new(Code::NeedlessRec, rec, "`rec` is not needed here")
        .labelled("no attribute of this set uses another")
        .with_help("remove `rec`: names inside of the set then mean what they mean around it")
        .with_fix(fix);
    let attributes = names.bindings.iter().map(|binding| binding.name.to_owned()).collect();
    Some(Lint { diagnostic, names: attributes, whole: file.span(start, names.tree.end()) })
}

/// A variable in a `with` whose set is known and has it, and which means something else nevertheless.
fn with_conflict(
    file: &File<'_>,
    used: &super::scopes::Use<'_>,
    resolved: &super::scopes::Resolved,
) -> Option<Diagnostic> {
    let having: Vec<usize> =
        resolved.withs.iter().copied().filter(|&with| keys(file, with).contains(&used.name)).collect();
    let (&inner, others) = having.split_first()?;
    let span = file.span(used.start, used.end);
    let name = used.name;
    let code = Code::ShadowedWith;
    if let Some((scope, binding)) = resolved.binding {
        let names = file.scopes.names(scope)?;
        let binding = &names.bindings[binding];
        if binding.taken_from.is_some_and(|set| is_set_of_with(file, inner, set, scope)) {
            return None;
        }
        let what = match names.binder {
            Binder::Let | Binder::LegacyLet => "`let`",
            Binder::Rec => "`rec`",
            Binder::Argument | Binder::Formals { .. } => "the function's argument",
        };
        return Some(
            Diagnostic::new(code, span, format!("`{name}` is not the one that `with` brings"))
                .labelled(format!("this is the `{name}` of {what}"))
                .with_label(
                    file.span(binding.start, binding.end),
                    "which is bound here and wins over any `with`",
                )
                .with_label(head(file, inner), format!("this `with` has a `{name}` as well"))
                .with_help(format!(
                    "write `{}` for the one of `with`, or rename one of the two",
                    selected(file, inner, name)
                )),
        );
    }
    if launchnix_evaluator::is_global(name) {
        return built_in(file, inner, name, span);
    }
    let &outer = others.first()?;
    Some(
        Diagnostic::new(code, span, format!("two `with` bring a `{name}`"))
            .labelled("the inner `with` wins")
            .with_label(head(file, inner), format!("this `with` has the `{name}` that is taken"))
            .with_label(head(file, outer), format!("this one has a `{name}` as well"))
            .with_help(format!("say which is meant: `{}`", selected(file, inner, name))),
    )
}

/// A variable in a `with` that has it, and which Nix binds itself.
fn built_in(file: &File<'_>, with: usize, name: &str, span: Span) -> Option<Diagnostic> {
    let What::With(of) = &file.scopes.all[with].what else { return None };
    // What is taken from `builtins` is the same.
    if of.head.text().contains("builtins") {
        return None;
    }
    Some(
        Diagnostic::new(Code::ShadowedWith, span, format!("`{name}` is not the one that `with` brings"))
            .labelled(format!("this is Nix's own `{name}`, which wins over any `with`"))
            .with_label(head(file, with), format!("this `with` has a `{name}` as well"))
            .with_help(format!("write `{}` for the one of `with`, or rename it", selected(file, with, name))),
    )
}

/// The place of a `with`'s set.
fn head(file: &File<'_>, with: usize) -> Span {
    let What::With(with) = &file.scopes.all[with].what else { return file.span(0, 0) };
    file.span(with.head.start(), with.head.end())
}

/// Whether an expression in a scope is the set of a `with`: the same words, which start with the same variable.
fn is_set_of_with(file: &File<'_>, with: usize, set: Tree<'_>, scope: usize) -> bool {
    let What::With(of) = &file.scopes.all[with].what else { return false };
    let first = |tree: Tree<'_>| {
        let mut first = tree;
        while let Some(inner) = first.nodes().next() {
            first = inner;
        }
        (first.kind() == NODE_IDENT).then(|| first.text().to_owned())
    };
    let head = of.head.without_parens();
    let meaning = |name: &str, scope| file.scopes.resolve(name, scope).binding;
    set.text() == head.text()
        && first(head)
            .is_none_or(|name| meaning(&name, Some(scope)) == meaning(&name, file.scopes.all[with].parent))
}

/// `set.name`, where the set has a name itself.
fn selected(file: &File<'_>, with: usize, name: &str) -> String {
    let What::With(of) = &file.scopes.all[with].what else { return name.to_owned() };
    if of.head.kind() == NODE_IDENT {
        format!("{}.{name}", of.head.token_text())
    } else {
        format!("(…).{name}")
    }
}

/// The names that the set of a `with` is known to have.
fn keys<'t>(file: &File<'t>, with: usize) -> &'t [&'t str] {
    let scope = &file.scopes.all[with];
    let What::With(of) = &scope.what else { return &[] };
    if of.head.kind() != NODE_IDENT {
        return &of.keys;
    }
    let resolved = file.scopes.resolve(of.head.token_text(), scope.parent);
    let Some((scope, binding)) = resolved.binding else { return &[] };
    file.scopes.names(scope).map_or(&[], |names| names.bindings[binding].keys.as_slice())
}

/// Texts are shorter than 4 GiB.
fn offset(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

fn remove(span: Span, applicability: Applicability) -> Fix {
    Fix { span, replacement: String::new(), applicability }
}

/// `<nixpkgs>` is whatever the environment says: one diagnostic for a file, however often it is written.
pub(super) fn unpinned_nixpkgs(file: &File<'_>) -> Option<Lint> {
    let mut places = file.scopes.lookups.iter().map(|&(start, end)| file.span(start, end));
    let first = places.next()?;
    let diagnostic = Diagnostic::new(
        Code::UnpinnedNixpkgs,
        first,
        "`<nixpkgs>` is not pinned: it is another one on another computer, or tomorrow",
    )
    .labelled("found through `NIX_PATH` or `-I`")
    .with_help(
        "name one version: `builtins.fetchTarball { url = \"https://github.com/NixOS/nixpkgs/archive/REVISION.tar.gz\"; \
         sha256 = \"…\"; }`",
    );
    let diagnostic =
        places.take(4).fold(diagnostic, |diagnostic, place| diagnostic.with_label(place, "here as well"));
    Some(Lint::certain(diagnostic, first))
}
