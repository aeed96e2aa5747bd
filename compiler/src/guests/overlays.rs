//! Overlays that make a package of what they make of it: `final: prev: { htop = final.htop.override { … }; }`.

use launchnix_diagnostics::{Applicability, Code, Diagnostic, Fix, Span};
use launchnix_evaluator::syntax::{SyntaxKind, Tree, parse_plainly};

use super::place::Placer;

/// A package that an overlay makes of itself.
struct OfItself<'t> {
    /// What the overlay calls all packages with its own, and those before it.
    last: &'t str,
    before: &'t str,
    package: &'t str,
}

impl Placer<'_, '_, '_, '_> {
    /// A value that needs itself in an overlay, by the argument of it that has the overlay's own packages.
    pub(super) fn recursion_of_overlay(&self, places: &[Span]) -> Option<Diagnostic> {
        let &place = places.first()?;
        let parsed = parse_plainly(self.report.text(place));
        let OfItself { last, before, package } = of_itself(parsed.root(), place)?;
        let end = |length: usize| place.start + u32::try_from(length).unwrap_or_default();
        let whole = Span::new(place.source, place.start, end(last.len() + 1 + package.len()));
        let argument = Span::new(place.source, place.start, end(last.len()));
        Some(
            Diagnostic::new(
                Code::GuestRecursion,
                whole,
                format!("infinite recursion: the overlay makes `{package}` of itself"),
            )
            .labelled(format!("this is what the overlay makes of `{package}`"))
            .with_help(format!("the package that it is to be made of is `{before}.{package}`"))
            .with_fix(Fix {
                span: argument,
                replacement: before.to_owned(),
                applicability: Applicability::Unsafe,
            }),
        )
    }
}

/// What the overlay around a place makes, if that is what stands there.
fn of_itself(root: Tree<'_>, place: Span) -> Option<OfItself<'_>> {
    let mut tree = root;
    let mut arguments: Option<(&str, &str)> = None;
    let mut package = None;
    while let Some(inner) =
        tree.nodes().find(|inner| inner.start() <= place.start && place.end <= inner.end())
    {
        if let Some(found) = overlay(inner) {
            (arguments, package) = (Some(found), None);
        }
        let name = inner.nodes().next().filter(|_| inner.kind() == SyntaxKind::NODE_ATTRPATH_VALUE);
        if arguments.is_some() && package.is_none() {
            package = name.map(Tree::text);
        }
        tree = inner;
    }
    let ((last, before), package) = (arguments?, package?);
    let written = &root.text()[(place.start - root.start()) as usize..(place.end - root.start()) as usize];
    let rest = written.strip_prefix(last)?.strip_prefix('.')?.strip_prefix(package)?;
    let goes_on = rest.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '\''));
    (!goes_on).then_some(OfItself { last, before, package })
}

/// The arguments of a function of two.
fn overlay(tree: Tree<'_>) -> Option<(&str, &str)> {
    let (last, inner) = function(tree)?;
    let (before, _) = function(inner)?;
    Some((last, before))
}

/// The argument of a function that takes one by its name, and what it gives.
fn function(tree: Tree<'_>) -> Option<(&str, Tree<'_>)> {
    let mut nodes = tree.nodes().filter(|_| tree.kind() == SyntaxKind::NODE_LAMBDA);
    let argument = nodes.next().filter(|node| node.kind() == SyntaxKind::NODE_IDENT_PARAM)?;
    Some((argument.text(), nodes.next()?.without_parens()))
}
