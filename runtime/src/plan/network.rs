//! Networks: reserved addresses and names change while a network runs, everything else restarts it.

use launchnix_schema::manifest::{Network, Ownership};

use super::{Action, Change, Class, Kind, NetworkEdit, NetworkSection, Origin, Step};
use crate::build::{Site, digest};
use crate::compare::{Difference, Mode, differences, keyed, normalise};
use crate::host::{Observed, ObservedNetwork};
use crate::xml::Element;

/// What each network needs.
pub(super) fn networks(site: &Site<'_>, observed: &Observed) -> Vec<Action> {
    site.networks.iter().map(|network| plan_network(site, observed, network)).collect()
}

fn plan_network(site: &Site<'_>, observed: &Observed, network: &Network) -> Action {
    let mut action = Action::new(Kind::Network, &network.name, &network.causes);
    let wanted = site.build.document(&network.file);
    let Some(actual) = observed.networks.get(&network.name) else {
        action.class = Class::Create;
        action.steps = vec![Step::Define, Step::Start];
        action.detail = summary(wanted);
        if network.autostart {
            action.steps.push(Step::Autostart { on: true });
        }
        return action;
    };
    if network.ownership == Ownership::Owned {
        let own = wanted.child("uuid").map(|uuid| uuid.text.to_lowercase());
        if own.as_deref() != Some(&actual.uuid) {
            return action.blocked(
                "a network of that name exists that this deployment did not make",
                format!(
                    "give `networks.{0}` another name; or remove that line and use the network as it is",
                    network.name
                ),
            );
        }
        action = compare(site, observed, network, actual, action);
        if action.blocked.is_none() && actual.autostart != network.autostart {
            action.steps.push(Step::Autostart { on: network.autostart });
        }
    }
    if action.blocked.is_none() && !actual.active {
        action.steps.push(Step::Start);
    }
    action
}

fn compare(
    site: &Site<'_>,
    observed: &Observed,
    network: &Network,
    actual: &ObservedNetwork,
    mut action: Action,
) -> Action {
    let wanted = normalise(site.build.document(&network.file));
    let document = normalise(&actual.document);
    let mut found: Vec<Difference> = differences(&wanted, &document, Mode::Subset)
        .into_iter()
        .map(|difference| Difference { old: difference.new, new: difference.old, ..difference })
        .collect();
    // What only libvirt's definition has was filled in, unless it is something that a user writes.
    found.extend(differences(&document, &wanted, Mode::Subset).into_iter().filter(|difference| {
        difference.new.is_none()
            && difference.attribute.is_none()
            && difference.steps.last().is_some_and(|step| is_written_by_users(&step.name))
    }));
    if found.is_empty() {
        return action;
    }
    let applied = last_applied(site, observed, network);
    let origin =
        if applied.as_deref() == Some(&network_digest(&wanted)) { Origin::Drift } else { Origin::YourChange };
    action.changes = found
        .iter()
        .map(|difference| Change {
            part: difference.part(),
            label: difference.part(),
            old: difference.old.clone(),
            new: difference.new.clone(),
            origin,
            cause: network.causes.first().cloned(),
        })
        .collect();
    match live_edits(&document, &wanted, &found) {
        Some(edits) => {
            action.steps.push(Step::UpdateNetwork { edits });
        }
        None if !actual.active => action.steps.push(Step::Redefine),
        None => {
            action.steps.extend([Step::Redefine, Step::Restart]);
            action.class = Class::Restart;
            let fleet = &site.build.manifest.fleet;
            let others: Vec<String> = observed
                .domains
                .iter()
                .filter(|(_, domain)| domain.active && domain.networks.contains(&network.name))
                .filter(|(name, domain)| {
                    let ours = domain.mark.as_ref().is_some_and(|mark| mark.fleet == *fleet);
                    !ours || !site.machines.iter().any(|machine| machine.name == **name)
                })
                .map(|(name, _)| format!("`{name}`"))
                .collect();
            if !others.is_empty() {
                return action.blocked(
                    format!(
                        "it must restart for this, and {} would lose it, which this deployment did not make",
                        others.join(", ")
                    ),
                    "shut these down first, then apply again",
                );
            }
        }
    }
    action
}

/// The elements that stand in a network only where somebody wrote them.
fn is_written_by_users(name: &str) -> bool {
    matches!(
        name,
        "ip" | "dhcp"
            | "range"
            | "host"
            | "dns"
            | "txt"
            | "srv"
            | "route"
            | "domain"
            | "portgroup"
            | "mtu"
            | "forwarder"
            | "bandwidth"
            | "vlan"
            | "virtualport"
            | "bootp"
            | "tftp"
            | "hostname"
            | "forward"
    )
}

/// The digest under which a network is recorded in the metadata of the machines on it.
pub(super) fn network_digest(normalised: &Element) -> String {
    digest(normalised.to_xml().as_bytes())
}

fn last_applied(site: &Site<'_>, observed: &Observed, network: &Network) -> Option<String> {
    let fleet = &site.build.manifest.fleet;
    let marks = observed.domains.values().filter_map(|domain| domain.mark.as_ref());
    marks.filter(|mark| mark.fleet == *fleet).filter_map(|mark| mark.record.as_ref()).find_map(|record| {
        let used = record.uses.iter().find(|used| used.kind == "network" && used.name == network.name)?;
        Some(used.digest.clone())
    })
}

/// The edits that make a running network as wanted; none where libvirt cannot do it while it runs.
fn live_edits(actual: &Element, wanted: &Element, found: &[Difference]) -> Option<Vec<NetworkEdit>> {
    let mut edits: Vec<NetworkEdit> = Vec::new();
    for difference in found {
        let names: Vec<&str> = difference.steps.iter().map(|step| step.name.as_str()).collect();
        let (section, depth) = match names.as_slice() {
            ["ip", "dhcp", "host", ..] => (NetworkSection::DhcpHost, 3),
            ["ip", "dhcp", "range", ..] => (NetworkSection::DhcpRange, 3),
            ["dns", "host", ..] => (NetworkSection::DnsHost, 2),
            _ => return None,
        };
        let find = |root: &Element| {
            difference.steps[..depth].iter().try_fold(root.clone(), |element, step| {
                keyed(&element)
                    .into_iter()
                    .find(|(other, _)| other.name == step.name && other.key == step.key)
                    .map(|(_, child)| child.clone())
            })
        };
        // libvirt's `modify` matches hosts in its own way; to remove and to add is always what is meant.
        for (add, element) in [(false, find(actual)), (true, find(wanted))] {
            let Some(element) = element else { continue };
            let edit = NetworkEdit { section, add, xml: element.to_xml().trim_end().to_owned() };
            if !edits.contains(&edit) {
                edits.push(edit);
            }
        }
    }
    // What is removed frees the addresses and names that others may take.
    edits.sort_by_key(|edit| edit.add);
    Some(edits)
}

fn summary(wanted: &Element) -> Option<String> {
    let mode =
        wanted.child("forward").map_or("isolated", |forward| forward.attribute("mode").unwrap_or("nat"));
    let Some(ip) = wanted.child("ip") else { return Some(mode.to_owned()) };
    let address = ip.attribute("address")?;
    let mask = ip.attribute("prefix").or(ip.attribute("netmask"))?;
    Some(format!("{mode}, {address}/{mask}"))
}
