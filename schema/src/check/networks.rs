//! Declared networks and pools.

use std::collections::BTreeMap;
use std::net::IpAddr;

use launchnix_diagnostics::{Code, Diagnostic, Span, enumerate};

use super::addresses::{last, second};
use super::no_effect;
use crate::Spanned;
use crate::decode::Decoder;
use crate::options::{Dhcp, Network, NetworkMode, Pool};
use crate::values::{NetworkName, PoolName};

pub(crate) fn networks(
    networks: &BTreeMap<NetworkName, Spanned<Network>>,
    pools: &BTreeMap<PoolName, Spanned<Pool>>,
    decoder: &mut Decoder<'_>,
) {
    for (name, network) in networks {
        if !network.flaws.is_unknown("mode") {
            mode(name, network, decoder);
            range(name, network, decoder);
        }
    }
    overlaps(networks, decoder);
    bridges(networks, decoder);
    directories(pools, decoder);
}

/// The addresses that a network hands out must be its own, and in order.
fn range(name: &NetworkName, network: &Network, decoder: &mut Decoder<'_>) {
    let Some(dhcp) = &network.dhcp else { return };
    if !dhcp.enable.value && !dhcp.flaws.is_unknown("enable") {
        for (option, bound) in [("dhcp.start", &dhcp.start), ("dhcp.end", &dhcp.end)] {
            if let Some(bound) = bound {
                let label = "nothing is handed out: `enable` is false";
                no_effect(option, bound.span, label, "remove it, or set `enable = true;`", decoder);
            }
        }
    }
    if network.mode.value == NetworkMode::Bridge {
        if dhcp.enable.value {
            let label = "a network in mode \"bridge\" has the addresses of what it is bridged to";
            no_effect("dhcp", dhcp.span, label, "remove it, or choose another mode", decoder);
        }
        return;
    }
    let mut fits = true;
    if let Some(subnet) = &network.subnet {
        let net = subnet.net();
        for (option, bound) in [("start", &dhcp.start), ("end", &dhcp.end)] {
            let Some(bound) = bound else { continue };
            let inside = matches!(bound.value, IpAddr::V4(host) if net.contains(&host) && host != net.network() && host != net.broadcast());
            if !inside {
                fits = false;
                let message = format!("`dhcp.{option}` of network `{name}` is not an address of it");
                decoder.push(
                    Diagnostic::new(Code::OutOfRange, bound.span, message)
                        .labelled(format!("no machine in {net} can have this address"))
                        .with_label(subnet.span, format!("network `{name}` is {net}"))
                        .with_help("choose an address of the network"),
                );
            }
        }
    }
    if fits && dhcp.enable.value && !["start", "end"].iter().any(|bound| dhcp.flaws.is_unknown(bound)) {
        order(name, network, dhcp, decoder);
    }
}

/// The range of what a network hands out is not empty, and does not have the hypervisor's own address.
fn order(name: &NetworkName, network: &Network, dhcp: &Dhcp, decoder: &mut Decoder<'_>) {
    let own = network.subnet.as_ref().map(|subnet| IpAddr::V4(subnet.gateway()));
    let usual = network.subnet.as_ref().map(|subnet| {
        let net = subnet.net();
        (IpAddr::V4(second(net)), IpAddr::V4(last(net)))
    });
    let (start, end) = (dhcp.start.as_ref(), dhcp.end.as_ref());
    let first = start.map(|start| start.value).or(usual.map(|(first, _)| first));
    let final_one = end.map(|end| end.value).or(usual.map(|(_, last)| last));
    let (Some(first), Some(final_one)) = (first, final_one) else { return };
    if first > final_one {
        let message = format!("`dhcp` of network `{name}` ends before it starts");
        let diagnostic = match (start, end) {
            (Some(start), Some(end)) => Diagnostic::new(Code::OutOfRange, end.span, message)
                .labelled("the end")
                .with_label(start.span, "the start is after it")
                .with_help("exchange the two"),
            (None, Some(end)) => Diagnostic::new(Code::OutOfRange, end.span, message)
                .labelled(format!("it starts at {first}, after the hypervisor's own address"))
                .with_help(format!("choose an address from {first}")),
            // The network's own addresses end after each of them.
            (_, None) => return,
        };
        decoder.push(diagnostic);
    } else if let (Some(start), Some(own)) = (start, own)
        && (first..=final_one).contains(&own)
    {
        let message = format!("`dhcp` of network `{name}` hands out the hypervisor's own address");
        decoder.push(
            Diagnostic::new(Code::OutOfRange, start.span, message)
                .labelled(format!("{own} is the hypervisor's"))
                .with_help("start after it"),
        );
    }
}

/// Pools that share a directory.
fn directories(pools: &BTreeMap<PoolName, Spanned<Pool>>, decoder: &mut Decoder<'_>) {
    let mut pools: Vec<_> = pools.iter().filter(|(_, pool)| !pool.flaws.is_unknown("path")).collect();
    pools.sort_by_key(|(_, pool)| pool.path.span);
    let same = |a: &Pool, b: &Pool| a.path.value == b.path.value;
    for group in groups(&pools, same) {
        let message = format!("{} have one directory", all_of("pools", &group));
        let places = group.iter().map(|(name, pool)| (name.as_str(), pool.path.span));
        let diagnostic = shared(message, &places.collect::<Vec<_>>(), "used", "used again here");
        decoder.push(diagnostic.with_help("give each pool a directory of its own"));
    }
}

/// Networks that share addresses.
fn overlaps(networks: &BTreeMap<NetworkName, Spanned<Network>>, decoder: &mut Decoder<'_>) {
    let subnet = |network: &Network| network.subnet.as_ref().map(|subnet| (subnet.value.net(), subnet.span));
    let mut known: Vec<_> = networks.iter().filter(|(_, network)| network.subnet.is_some()).collect();
    known.sort_by_key(|(_, network)| subnet(network).map(|(_, span)| span));
    let overlap = |a: &Network, b: &Network| match (subnet(a), subnet(b)) {
        (Some((a, _)), Some((b, _))) => a.contains(&b.network()) || b.contains(&a.network()),
        _ => false,
    };
    for group in groups(&known, overlap) {
        let nets: Vec<_> = group.iter().filter_map(|(_, network)| subnet(network)).collect();
        let Some(&(last, span)) = nets.last() else { continue };
        let message = format!("{} share addresses", all_of("networks", &group));
        let mut diagnostic = Diagnostic::new(Code::FleetConflict, span, message);
        diagnostic = diagnostic.labelled(format!("{last} overlaps"));
        for &(net, span) in &nets[..nets.len() - 1] {
            diagnostic = diagnostic.with_label(span, format!("with {net}"));
        }
        decoder.push(diagnostic.with_help("give each network addresses of its own"));
    }
}

/// Networks that share a bridge. Only a bridge that exists already can carry several.
fn bridges(networks: &BTreeMap<NetworkName, Spanned<Network>>, decoder: &mut Decoder<'_>) {
    let mut known: Vec<_> = networks.iter().filter(|(_, network)| network.bridge.is_some()).collect();
    known.sort_by_key(|(_, network)| network.bridge.as_ref().map(|bridge| bridge.span));
    let made = |network: &Network| network.mode.value != NetworkMode::Bridge;
    let same = |a: &Network, b: &Network| {
        let bridge = |network: &Network| network.bridge.as_ref().map(|bridge| bridge.value.clone());
        bridge(a) == bridge(b) && (made(a) || made(b))
    };
    for group in groups(&known, same) {
        let message = format!("{} have one bridge", all_of("networks", &group));
        let places =
            group.iter().filter_map(|(name, network)| Some((name.as_str(), network.bridge.as_ref()?.span)));
        let diagnostic = shared(message, &places.collect::<Vec<_>>(), "used", "used again here");
        decoder.push(
            diagnostic.with_help("give each network a bridge of its own, or leave `bridge` to libvirt"),
        );
    }
}

/// Named things that share something, each in one group; the order within is kept.
fn groups<'d, N, T>(
    all: &[(&'d N, &'d Spanned<T>)],
    same: impl Fn(&T, &T) -> bool,
) -> Vec<Vec<(&'d N, &'d Spanned<T>)>> {
    let mut groups: Vec<Vec<(&'d N, &'d Spanned<T>)>> = Vec::new();
    for one in all {
        let group =
            groups.iter_mut().find(|group| group.iter().any(|(_, other)| same(&other.value, &one.1.value)));
        match group {
            Some(group) => group.push(*one),
            None => groups.push(vec![*one]),
        }
    }
    groups.retain(|group| group.len() > 1);
    groups
}

/// ``networks `a`, `b` and `c` ``.
fn all_of<N: std::ops::Deref<Target = str>, T>(what: &str, group: &[(&N, &Spanned<T>)]) -> String {
    let mut names: Vec<_> = group.iter().map(|(name, _)| format!("`{}`", &***name)).collect();
    names.sort();
    format!("{what} {}", enumerate(&names, "and"))
}

/// One diagnostic for a thing that several named things have: the last place is what to change.
fn shared(message: String, places: &[(&str, Span)], verb: &str, last: &str) -> Diagnostic {
    let primary = places.last().map(|&(_, span)| span);
    let mut diagnostic = Diagnostic::new(Code::FleetConflict, primary, message).labelled(last);
    for (name, span) in &places[..places.len().saturating_sub(1)] {
        diagnostic = diagnostic.with_label(*span, format!("{verb} here, by `{name}`"));
    }
    diagnostic
}

/// What a network's mode asks of its other options.
fn mode(name: &NetworkName, network: &Spanned<Network>, decoder: &mut Decoder<'_>) {
    let missing = |option: &str, why: &str, stub: &str| {
        Diagnostic::new(
            Code::MissingOption,
            network.span,
            format!("option `{option}` is missing in network `{name}`"),
        )
        .labelled(format!("`{option}` must be set here"))
        .with_note(why.to_owned())
        .with_help(format!("add, for example, `{stub}`"))
    };
    if network.mode.value == NetworkMode::Bridge {
        if network.bridge.is_none() && !network.flaws.is_unknown("bridge") {
            let why = "in mode \"bridge\" guests are attached to a bridge that exists on the hypervisor";
            let diagnostic = missing("bridge", why, "bridge = \"br0\";");
            decoder.push(decoder.with_null(diagnostic, network.span, &["bridge"]));
        }
        let label = "a network in mode \"bridge\" has the addresses of what it is bridged to";
        let help = "remove it, or choose another mode";
        if let Some(subnet) = &network.subnet {
            no_effect("subnet", subnet.span, label, help, decoder);
        }
        if let Some(domain) = &network.domain {
            no_effect("domain", domain.span, label, help, decoder);
        }
    } else if network.subnet.is_none() && !network.flaws.is_unknown("subnet") {
        let why = "the hypervisor and the guests need addresses";
        let diagnostic = missing("subnet", why, "subnet = \"10.20.0.0/24\";");
        decoder.push(decoder.with_null(diagnostic, network.span, &["subnet"]));
    }
}
