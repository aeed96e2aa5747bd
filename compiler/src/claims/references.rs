//! Networks and pools that XML names, and the fleet declares under nearly this name.
//!
//! XML may name what the hypervisor has from elsewhere: only what is most likely a slip of the pen is told.

use std::collections::BTreeSet;

use launchnix_diagnostics::{Applicability, Code, Diagnostic, Fix, enumerate};
use launchnix_schema::Node;

use super::Place;
use crate::written_xml::fields;
use crate::xml;

/// What libvirt's own tools call the first network and the first pool.
const USUAL: &str = "default";

/// Something that a fleet declares by its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Network,
    Pool,
}

/// A name in the XML of a machine.
pub(super) struct Reference<N> {
    pub(super) kind: Kind,
    pub(super) name: String,
    pub(super) place: Place<N>,
}

impl Kind {
    fn option(self) -> &'static str {
        match self {
            Self::Network => "networks",
            Self::Pool => "pools",
        }
    }

    fn title(self) -> &'static str {
        match self {
            Self::Network => "network",
            Self::Pool => "storage pool",
        }
    }
}

/// Says which names are nearly those of what is declared.
pub(super) fn dangling<N: Node>(root: &N, references: &[Reference<N>]) -> Vec<Diagnostic> {
    [Kind::Network, Kind::Pool]
        .into_iter()
        .flat_map(|kind| {
            let named: Vec<_> = references.iter().filter(|reference| reference.kind == kind).collect();
            dangling_of(kind, root, &named)
        })
        .collect()
}

fn dangling_of<N: Node>(kind: Kind, root: &N, references: &[&Reference<N>]) -> Vec<Diagnostic> {
    if references.iter().all(|reference| reference.name == USUAL) {
        return Vec::new();
    }
    let mut known: BTreeSet<String> =
        fields(root.attribute(kind.option())).into_iter().map(|(name, _)| name).collect();
    known.insert(USUAL.to_owned());
    let names: Vec<&str> = known.iter().map(String::as_str).collect();
    let mut places = BTreeSet::new();
    let unknown = references.iter().filter(|reference| !known.contains(&reference.name));
    unknown
        .filter_map(|reference| {
            let near = xml::nearest(&reference.name, &names).filter(|near| is_slip(&reference.name, near))?;
            let place = reference.place.span();
            // Machines share what their fleet's defaults say.
            places.insert(place).then_some(())?;
            let title = kind.title();
            let quoted: Vec<_> = names.iter().map(|name| format!("`{name}`")).collect();
            let mut diagnostic = Diagnostic::new(
                Code::DanglingReference,
                place,
                format!("there is no {title} `{}`", reference.name),
            )
            .labelled(format!("did you mean `{near}`?"))
            .with_note(format!("there is {}", enumerate(&quoted, "and")))
            .with_help(format!(
                "name one of them, or declare `{}` in `{}`",
                reference.name,
                kind.option()
            ));
            if place.len() as usize == reference.name.len() {
                diagnostic = diagnostic.with_fix(Fix {
                    span: place,
                    replacement: near.to_owned(),
                    applicability: Applicability::Unsafe,
                });
            }
            Some(diagnostic)
        })
        .collect()
}

/// Names that differ in a number are most likely two things, and so are short ones that differ in a letter: `lan` and
/// `wan`.
fn is_slip(name: &str, near: &str) -> bool {
    const SHORT: usize = 4;
    let letters = |name: &str| name.chars().filter(|c| !c.is_ascii_digit()).collect::<String>();
    let sorted = |name: &str| {
        let mut letters: Vec<_> = name.chars().collect();
        letters.sort_unstable();
        letters
    };
    let is_other_word = name.len() <= SHORT && name.len() == near.len() && sorted(name) != sorted(near);
    letters(name) != letters(near) && !is_other_word
}
