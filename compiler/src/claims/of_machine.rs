//! What one machine has twice, where XML has a part in it.

use launchnix_diagnostics::{Code, Diagnostic, Span};
use launchnix_schema::Node;

use super::Claim;

/// What is said of the claims on one thing that a machine makes several times. What options claim several times the
/// schema has told.
pub(super) fn given_twice<N: Node>(claims: &[Claim<N>]) -> Vec<Diagnostic> {
    let mut by_machine: Vec<&Claim<N>> = claims.iter().collect();
    by_machine.sort_by_key(|claim| claim.machine);
    let several = by_machine.chunk_by(|one, other| one.machine == other.machine);
    several.filter_map(of_one).collect()
}

/// Of the claims that one machine makes on a thing.
fn of_one<N: Node>(claims: &[&Claim<N>]) -> Option<Diagnostic> {
    let (of_xml, of_options): (Vec<&Claim<N>>, Vec<&Claim<N>>) =
        claims.iter().partition(|claim| claim.place.is_xml());
    let mut places: Vec<Span> = of_xml.iter().map(|claim| claim.place.span()).collect();
    let first = of_xml.first()?;
    if first.thing.stands_once() {
        return None;
    }
    // One that XML is merged into may be the very same.
    if !of_xml.iter().any(|claim| claim.is_merged) {
        places.extend(of_options.first().map(|claim| claim.place.span()));
    }
    places.sort();
    let (last, earlier) = places.split_last()?;
    let begin = earlier.first()?;
    let mut diagnostic = Diagnostic::new(Code::Conflict, *last, first.thing.given_twice());
    diagnostic = if begin == last {
        diagnostic.labelled("each of them is given this")
    } else {
        diagnostic.labelled("given again here").with_label(*begin, "first given here")
    };
    Some(diagnostic.with_help(first.thing.help_for_one()))
}
