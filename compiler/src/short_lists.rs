//! Lists that are too short: one that stands for a row of a table beside longer ones, or whose elements are asked for by
//! counting. The list is to change, not what asks for its elements.

use std::collections::{BTreeMap, HashSet};

use launchnix_diagnostics::{Code, Diagnostic, Label, Role, SourceId, SourceMap, Span};
use launchnix_evaluator::syntax::{SyntaxKind, Tree, parse_plainly};

/// Places failures of `elemAt` at the list, where that stands in a list of longer ones or nobody wrote the index; each list
/// is told once.
pub(crate) fn blame(diagnostics: &mut Vec<Diagnostic>, map: &SourceMap) {
    let mut short: BTreeMap<SourceId, HashSet<Span>> = BTreeMap::new();
    for list in diagnostics.iter().filter_map(list_of) {
        short.entry(list.source).or_default().insert(list);
    }
    let mut longer: BTreeMap<Span, Label> = BTreeMap::new();
    for (source, lists) in short {
        find(source, parse_plainly(map.get(source).text()).root(), &lists, &mut longer);
    }
    let mut told = HashSet::new();
    diagnostics.retain_mut(|diagnostic| {
        let Some(list) = list_of(diagnostic) else { return true };
        let other = longer.get(&list);
        if other.is_none() && !is_counted(diagnostic, list, map) {
            return true;
        }
        let Some(at) = diagnostic.labels.iter().position(|label| label.span == list) else { return true };
        diagnostic.primary_label = diagnostic.labels.remove(at).message;
        if let Some(asked) = diagnostic.primary.replace(list) {
            diagnostic.labels.insert(0, Label::new(asked, "this one is asked for"));
        }
        diagnostic.labels.extend(other.cloned());
        told.insert(list)
    });
}

/// Whether a list that is written out lacks an element whose index a name stands for that nobody gave a number.
fn is_counted(diagnostic: &Diagnostic, list: Span, map: &SourceMap) -> bool {
    let is_letter = |letter: char| letter.is_alphanumeric() || matches!(letter, '_' | '-' | '\'');
    let index = diagnostic.primary.map_or("", |place| map.slice(place));
    index.starts_with(char::is_alphabetic) && index.chars().all(is_letter) && map.slice(list).starts_with('[')
}

/// The list that a failure of `elemAt` is about.
fn list_of(diagnostic: &Diagnostic) -> Option<Span> {
    let is_of_list = |label: &&Label| label.role == Some(Role::ShortList);
    let label = diagnostic.labels.iter().find(is_of_list).filter(|_| diagnostic.code == Code::Evaluation)?;
    Some(label.span)
}

/// Finds a longer list beside each of some lists.
fn find(source: SourceId, tree: Tree<'_>, wanted: &HashSet<Span>, longer: &mut BTreeMap<Span, Label>) {
    let mut trees = vec![tree];
    while let Some(tree) = trees.pop() {
        trees.extend(tree.nodes());
        if tree.kind() != SyntaxKind::NODE_LIST {
            continue;
        }
        let rows: Vec<_> = tree.nodes().filter(|row| row.kind() == SyntaxKind::NODE_LIST).collect();
        let length = |row: &Tree<'_>| row.nodes().count();
        let Some(longest) = rows.iter().copied().max_by_key(|row| length(row)) else { continue };
        let place = |row: &Tree<'_>| Span::new(source, row.start(), row.end());
        for row in rows.iter().filter(|row| length(row) < length(&longest) && wanted.contains(&place(row))) {
            let message = format!("this one has {}", length(&longest));
            longer.insert(place(row), Label::new(place(&longest), message));
        }
    }
}
