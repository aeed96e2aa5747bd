//! Fixes of what is used in several places: what mends the one may break the other.
//!
//! A literal that an option has by way of a name can be what other expressions have, too, and an attribute that is
//! renamed can be selected elsewhere. Then it is for the user to make the change, in all these places.

use std::collections::{HashMap, HashSet};

use launchnix_diagnostics::{Code, Diagnostic, SourceId, SourceMap, Span};
use launchnix_evaluator::syntax::SyntaxKind::{
    NODE_ATTRPATH, NODE_ATTRPATH_VALUE, NODE_HAS_ATTR, NODE_SELECT,
};
use launchnix_evaluator::syntax::{Parsed, Tree, parse_plainly};

use super::mentioned::is_used;
use super::scopes::scopes;

/// Takes away the fixes that change what is used elsewhere as well, in the files of the user, and says so.
pub(crate) fn drop_fixes(
    diagnostics: &mut [Diagnostic],
    map: &SourceMap,
    is_users: impl Fn(SourceId) -> bool,
) {
    let fixable = || diagnostics.iter().filter(|one| one.has_safe_fix()).filter_map(|one| one.fix.as_ref());
    let sources: HashSet<_> = fixable().map(|fix| fix.span.source).collect();
    let parsed: HashMap<SourceId, Parsed<'_>> =
        sources.into_iter().map(|source| (source, parse_plainly(map.get(source).text()))).collect();
    let files: HashMap<_, _> = parsed.iter().map(|(source, parsed)| (*source, File::read(parsed))).collect();
    // Where the value is wrong for the other use as well, the change is right for both.
    let failing: HashSet<_> =
        diagnostics.iter().filter(|one| one.code == Code::Evaluation).filter_map(|one| one.primary).collect();
    let is_used_anywhere = |name: &str| {
        let mut users = map.iter().filter(|(source, file)| !file.is_data() && is_users(*source));
        users.any(|(_, file)| is_used(file.text(), name))
    };
    let mut used = HashMap::new();
    for diagnostic in diagnostics.iter_mut().filter(|one| one.has_safe_fix()) {
        let labels: Vec<_> = diagnostic.labels.iter().map(|label| label.span).collect();
        let Some(place) = diagnostic.fix.as_ref().map(|fix| fix.span) else { continue };
        let Some(file) = files.get(&place.source) else { continue };
        // A key that is renamed is used by its name, in whichever file.
        let is_shared = match file.keys.get(&(place.start, place.end)) {
            Some(&name) => *used.entry(name).or_insert_with(|| is_used_anywhere(name)),
            None => !failing.contains(&place) && file.is_shared(place, &labels),
        };
        if is_shared {
            diagnostic.fix = None;
            diagnostic.further_edits.clear();
            diagnostic.notes.push("it is used elsewhere as well: see what the change means there".to_owned());
        }
    }
}

/// A binding of a scope: both by their numbers.
type Binding = (usize, usize);

/// What a file says of its names.
#[derive(Default)]
struct File<'t> {
    /// The bindings of `let`, `rec` and functions by where their names start.
    bound: HashMap<u32, Binding>,
    /// How often each of them is used.
    uses: HashMap<Binding, usize>,
    /// Variables by their place.
    variables: HashMap<(u32, u32), Binding>,
    /// How often each name is selected from something, or asked for.
    selected: HashMap<&'t str, usize>,
    /// Values of bindings by their place, with the place of their name.
    values: HashMap<(u32, u32), (u32, &'t str)>,
    /// Names of bindings by their place.
    keys: HashMap<(u32, u32), &'t str>,
}

impl<'t> File<'t> {
    fn read(parsed: &'t Parsed<'_>) -> Self {
        let mut file = Self::default();
        let scopes = scopes(parsed.root());
        let names = (0..scopes.all.len()).filter_map(|scope| Some((scope, scopes.names(scope)?)));
        for (scope, names) in names {
            let starts = names.bindings.iter().map(|binding| binding.start).enumerate();
            file.bound.extend(starts.map(|(number, start)| (start, (scope, number))));
        }
        for used in &scopes.uses {
            if let Some(binding) = scopes.resolve(used.name, used.scope).binding {
                *file.uses.entry(binding).or_default() += 1;
                file.variables.insert((used.start, used.end), binding);
            }
        }
        let mut waiting = vec![parsed.root()];
        while let Some(tree) = waiting.pop() {
            match tree.kind() {
                NODE_ATTRPATH_VALUE => file.binding(tree),
                NODE_SELECT | NODE_HAS_ATTR => {
                    for name in tree.child(NODE_ATTRPATH).into_iter().flat_map(Tree::nodes) {
                        *file.selected.entry(name.text()).or_default() += 1;
                    }
                }
                _ => {}
            }
            waiting.extend(tree.nodes());
        }
        file
    }

    fn binding(&mut self, binding: Tree<'t>) {
        let Some(name) = binding.child(NODE_ATTRPATH).and_then(|path| path.nodes().last()) else { return };
        self.keys.insert((name.start(), name.end()), name.text());
        if let Some(value) = binding.nodes().last().map(Tree::without_parens) {
            self.values.insert((value.start(), value.end()), (name.start(), name.text()));
        }
    }

    /// Whether what stands at a place is used for more than what the diagnostic with these labels is about.
    fn is_shared(&self, place: Span, labels: &[Span]) -> bool {
        let often = |binding: &Binding| self.uses.get(binding).copied().unwrap_or(0);
        let selected = |name: &str| self.selected.get(name).copied().unwrap_or(0);
        // The names by which the value came to the option.
        let passed = labels.iter().filter(|label| label.source == place.source);
        let by_name = passed.filter_map(|label| self.variables.get(&(label.start, label.end)));
        if by_name.into_iter().any(|binding| often(binding) > 1) {
            return true;
        }
        let Some(&(start, name)) = self.values.get(&(place.start, place.end)) else { return false };
        let is_passed_on = !labels.is_empty();
        match self.bound.get(&start) {
            Some(binding) => often(binding) > usize::from(is_passed_on),
            None => selected(name) > usize::from(is_passed_on),
        }
    }
}
