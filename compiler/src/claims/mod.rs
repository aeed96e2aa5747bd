//! What two machines cannot both have, where the XML that a user wrote claims it.
//!
//! The schema compares options with each other and does not know XML. What a machine claims is read from the tree and not
//! from decoded options, as in [`written_xml`](crate::written_xml): a machine with another mistake is not decoded.

mod of_machine;
mod of_options;
mod of_xml;
mod references;
mod thing;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use launchnix_diagnostics::{About, Diagnostic, Span};
use launchnix_schema::values::ConnectionUri;
use launchnix_schema::{Claimant, Deployment, Node, Shape, clash, identity};

pub(crate) use self::thing::{Listen, Thing};
use crate::pool;
use crate::written_xml::fields;

/// A machine's claim on something.
struct Claim<N> {
    /// The machine's index.
    machine: usize,
    thing: Thing,
    place: Place<N>,
    /// Whether it may be the same as that of an option, which XML is merged into.
    is_merged: bool,
}

/// Where a claim stands. Most claims clash with none, so that places in strings are computed for those that do.
enum Place<N> {
    /// In XML.
    Xml(N, Range<usize>),
    /// In an option.
    Option(Span),
}

impl<N: Node> Place<N> {
    fn is_xml(&self) -> bool {
        matches!(self, Self::Xml(..))
    }

    fn span(&self) -> Span {
        match self {
            Self::Option(span) => *span,
            Self::Xml(node, at) => match node.shape() {
                Ok(Shape::String(text)) => text.locate(at.start, at.end, node.span()),
                _ => node.span(),
            },
        }
    }

    /// Where the part of it is written that an interpolation brings.
    fn brought(&self) -> Option<Span> {
        let Self::Xml(node, at) = self else { return None };
        match node.shape() {
            Ok(Shape::String(text)) => text.brought(at.start, at.end, self.span()),
            _ => None,
        }
    }
}

/// A machine as its own set and the fleet's defaults give it.
struct Described<N> {
    name: String,
    key: Span,
    /// Its `deployment` before that of the defaults.
    layers: Layers<N>,
    /// The libvirt that runs it.
    host: String,
}

/// Values of one option, the one that counts first.
#[derive(Clone)]
struct Layers<N>(Vec<N>);

impl<N: Node> Layers<N> {
    /// An option of the set that this is.
    fn option(&self, name: &str) -> Self {
        let options = self.0.iter().filter_map(|layer| layer.attribute(name));
        Self(options.filter(|option| !option.is_null()).collect())
    }

    /// The value that counts.
    fn value(&self) -> Option<&N> {
        self.0.first()
    }

    /// The options of a set whose names the user chooses.
    fn named(&self) -> Vec<(String, Self)> {
        let names: BTreeSet<_> = self
            .0
            .iter()
            .flat_map(|layer| fields(Some(layer.clone())))
            .collect::<Vec<_>>()
            .into_iter()
            .map(|(name, _)| name)
            .collect();
        let named = |name: String| {
            let option = self.option(&name);
            (name, option)
        };
        names.into_iter().map(named).collect()
    }
}

/// Reports what several machines of a fleet claim, where XML has a part in it. What options claim has been reported: what
/// XML claims as well is told there.
pub(crate) fn clashes<N: Node>(root: &N, deployment: Option<&Deployment>, reported: &mut Vec<Diagnostic>) {
    let machines = described(root);
    let (mut claims, mut references) = (Vec::new(), Vec::new());
    for (index, machine) in machines.iter().enumerate() {
        of_xml::collect(index, &machine.layers, &mut claims, &mut references);
    }
    reported.extend(references::dangling(root, &references));
    if claims.is_empty() {
        return;
    }
    let of_uuids = claims.iter().filter(|claim| matches!(claim.thing, Thing::Uuid(_)));
    let with_uuid: BTreeSet<_> = of_uuids.map(|claim| claim.machine).collect();
    let names_volumes = claims.iter().any(|claim| matches!(claim.thing, Thing::Volume(..) | Thing::File(..)));
    for (index, machine) in machines.iter().enumerate() {
        of_options::collect(index, &machine.layers, &mut claims);
        if names_volumes {
            of_options::collect_volumes(index, &machine.name, &machine.layers, &mut claims);
        }
        if let Some(deployment) = deployment.filter(|_| !with_uuid.contains(&index)) {
            computed_uuid(index, machine, deployment, &mut claims);
        }
    }
    if names_volumes {
        take_files_for_volumes(root, &mut claims);
    }
    let mut claimed: BTreeMap<_, Vec<Claim<N>>> = BTreeMap::new();
    for claim in claims {
        let host = machines[claim.machine].host.as_str();
        claimed.entry((host, claim.thing.kind())).or_default().push(claim);
    }
    let alike: Vec<_> = claimed.into_values().flat_map(thing::that_clash).collect();
    reported.extend(alike.iter().flat_map(|claims| of_machine::given_twice(claims)));
    for (found, thing) in alike.into_iter().filter_map(|claims| told(claims, &machines)) {
        match reported
            .iter_mut()
            .find_map(|known| Some((with_further(known, &found, &thing, &machines)?, known)))
        {
            Some((all, known)) => *known = all,
            None => reported.push(found),
        }
    }
}

/// An image file in the directory of a pool is the volume that an option or XML names.
fn take_files_for_volumes<N: Node>(root: &N, claims: &mut [Claim<N>]) {
    let volumes: BTreeMap<String, String> = claims
        .iter()
        .filter_map(|claim| match &claim.thing {
            Thing::Volume(name, pool, _) => {
                let declared = root.attribute("pools").and_then(|pools| pools.attribute(pool));
                let path = declared.and_then(|declared| declared.attribute("path")?.string().map(Into::into));
                let path = path.unwrap_or_else(|| pool::shared_path(pool));
                Some((format!("{}/{name}", path.trim_end_matches('/')), pool.clone()))
            }
            _ => None,
        })
        .collect();
    for claim in claims {
        if let Thing::File(path, access) = &claim.thing
            && let Some(pool) = volumes.get(path)
        {
            let name = path.rsplit('/').next().unwrap_or(path).to_owned();
            claim.thing = Thing::Volume(name, pool.clone(), *access);
        }
    }
}

/// A reported clash of machines with those that another one of the same thing has.
fn with_further<N>(
    known: &Diagnostic,
    found: &Diagnostic,
    thing: &Thing,
    machines: &[Described<N>],
) -> Option<Diagnostic> {
    let (
        Some(About::Clash { machines: first, have, which, .. }),
        Some(About::Clash { machines: further, have: same, which: one, .. }),
    ) = (&known.about, &found.about)
    else {
        return None;
    };
    let is_of_both = |name: &str| further.iter().any(|(other, _)| other == name);
    if (have, which) != (same, one) || !first.iter().any(|(name, _)| is_of_both(name)) {
        return None;
    }
    let is_new = |name: &str| first.iter().all(|(known, _)| known != name);
    let all = first.iter().chain(further.iter().filter(|(name, _)| is_new(name)));
    let claimant = |(name, place): &(String, Span)| {
        let machine = machines.iter().find(|machine| machine.name == *name)?;
        Some(Claimant { machine: &machine.name, key: machine.key, place: *place })
    };
    let mut claimants: Vec<_> = all.filter_map(claimant).collect();
    claimants.sort_by_key(|claimant| (claimant.place, claimant.machine));
    let mut all = clash(&claimants, have, which.clone(), thing.help());
    all.notes.clone_from(&known.notes);
    Some(all)
}

/// The machines of a fleet, or the only machine.
fn described<N: Node>(root: &N) -> Vec<Described<N>> {
    let Some(Ok(Shape::Attrs(entries))) = root.attribute("machines").map(|machines| machines.shape()) else {
        let only = root.attribute("deployment").map(|deployment| Described {
            name: String::new(),
            key: deployment.span(),
            layers: Layers(vec![deployment]),
            host: String::new(),
        });
        return only.into_iter().collect();
    };
    let defaults = root.attribute("defaults").and_then(|defaults| defaults.attribute("deployment"));
    let fleet = root.attribute("connection");
    entries
        .map(|entry| {
            let own = entry.value.attribute("deployment");
            let layers = Layers(own.into_iter().chain(defaults.clone()).collect());
            let connection = Layers(layers.option("connection").0.into_iter().chain(fleet.clone()).collect());
            let uri = connection.value().and_then(|uri| Some(uri.string()?.into_owned()));
            let uri = uri.as_deref().unwrap_or("qemu:///system");
            let host = ConnectionUri::hypervisor(uri).into_owned();
            Described { name: entry.name.into(), key: entry.key, layers, host }
        })
        .collect()
}

/// The UUID that a machine has where its XML does not give it one.
fn computed_uuid<N: Node>(
    index: usize,
    machine: &Described<N>,
    deployment: &Deployment,
    claims: &mut Vec<Claim<N>>,
) {
    if let Some(decoded) = deployment.machines.get(&machine.name) {
        let uuid = identity::machine_uuid(&deployment.fleet, &decoded.name.value);
        claims.push(Claim {
            machine: index,
            thing: Thing::Uuid(uuid),
            place: Place::Option(decoded.name.span),
            is_merged: false,
        });
    }
}

/// What is said of claims on one thing; `None` where that is the schema's to say, or one machine's own affair.
fn told<N: Node>(claims: Vec<Claim<N>>, machines: &[Described<N>]) -> Option<(Diagnostic, Thing)> {
    let thing = claims.first()?.thing.clone();
    let (of_xml, of_options): (Vec<_>, Vec<_>) = claims.into_iter().partition(|claim| claim.place.is_xml());
    let mut seen = BTreeSet::new();
    let mut claimants: Vec<_> = of_xml.into_iter().filter(|claim| seen.insert(claim.machine)).collect();
    if claimants.is_empty() {
        return None;
    }
    // Of options that clash with each other the schema has told.
    claimants.extend(of_options.into_iter().find(|claim| seen.insert(claim.machine)));
    if claimants.len() < 2 {
        return None;
    }
    let places: Vec<_> = claimants.iter().map(|claim| claim.place.span()).collect();
    let first = places[0];
    // A function that makes all of them has been given the same for several.
    let is_shared = places.iter().all(|place| *place == first);
    let places = claimants.iter().zip(places).map(|(claim, place)| {
        let brought = claim.place.brought().filter(|_| is_shared);
        brought.unwrap_or(place)
    });
    let mut claimants: Vec<_> = claimants
        .iter()
        .zip(places)
        .map(|(claim, place)| {
            let machine = &machines[claim.machine];
            Claimant { machine: &machine.name, key: machine.key, place }
        })
        .collect();
    claimants.sort_by_key(|claimant| (claimant.place, claimant.machine));
    let (have, which) = thing.what();
    Some((clash(&claimants, have, which, thing.help()), thing))
}
