//! The interfaces and addresses of one machine.

use std::net::IpAddr;

use ipnet::IpNet;
use launchnix_diagnostics::{Code, Diagnostic};

use super::{Surroundings, conflict, dangling, repeated, repetitions, times};
use crate::Spanned;
use crate::decode::{Decoder, Draft};
use crate::options::{NetworkMode, StaticIp};
use crate::values::{NetworkName, PrefixLength, Subnet};

pub(super) fn interfaces(draft: &Draft, surroundings: &Surroundings<'_>, decoder: &mut Decoder<'_>) {
    let Some(interfaces) = &draft.machine.options.interfaces else { return };
    for interface in interfaces.iter() {
        match (&interface.network, &interface.bridge) {
            (Some(network), Some(bridge)) => {
                let why = "an interface is plugged in at one place";
                conflict(("network", network.span), ("bridge", bridge.span), why, decoder);
            }
            (None, None)
                if !interface.flaws.is_unknown("network") && !interface.flaws.is_unknown("bridge") =>
            {
                decoder.push(
                    Diagnostic::new(
                        Code::MissingOption,
                        interface.span,
                        "the interface is plugged in nowhere",
                    )
                    .labelled("`network` or `bridge` must be set here")
                    .with_help("add, for example, `network = \"default\";`"),
                );
            }
            _ => {}
        }
        if let (Some(network), Some(known)) = (&interface.network, surroundings.networks)
            && !known.contains_key(network.as_str())
            && network.value != NetworkName::usual()
            && !decoder.undecoded.contains(&format!("networks.{}", network.value))
        {
            let mut names: Vec<_> = known.keys().map(ToString::to_string).collect();
            names.push(NetworkName::usual().to_string());
            names.dedup();
            let declare =
                format!("declare the network: `networks.{:?}.subnet = \"10.20.0.0/24\";`", network.as_str());
            dangling("network", network, network.span, &names, &declare, decoder);
        }
    }
    let macs = interfaces.iter().filter_map(|interface| interface.mac.as_ref());
    for (mac, places) in repetitions(macs.map(|mac| (mac.value, mac.span))) {
        let message = format!("{} interfaces have the address {mac}", count(places.len()));
        let help = "remove one: an interface without `mac` gets an address of its own";
        repeated(message, &places, "used", help, decoder);
    }
}

fn count(number: usize) -> String {
    if number == 2 { "two".into() } else { number.to_string() }
}

pub(super) fn static_ips(draft: &Draft, surroundings: &Surroundings<'_>, decoder: &mut Decoder<'_>) {
    let all = &draft.machine.options.static_ips;
    let given = all.iter().flat_map(|entry| &entry.ips);
    for (address, places) in repetitions(given.map(|address| (address.value, address.span))) {
        let message = format!("the address {address} is given {}", times(places.len()));
        repeated(message, &places, "given", "give each address once", decoder);
    }
    let links = links(draft, surroundings);
    for entry in all {
        if entry.ips.is_empty() && !entry.flaws.is_mistaken("ips") {
            decoder.push(
                Diagnostic::new(Code::OutOfRange, entry.span, "the interface has no address")
                    .labelled("`ips` is empty")
                    .with_help("add an address to `ips`, or remove this element of `staticIPs`"),
            );
        }
        let prefix_ok = !entry.flaws.is_unknown("prefix") && prefix(entry, decoder);
        for address in &entry.ips {
            let _: bool = hypervisors_own(address, surroundings, decoder)
                || (prefix_ok && host_part(address, entry.prefix_of(address.value), entry, decoder))
                || outside(address, links.as_deref(), decoder);
        }
        if prefix_ok {
            gateway(entry, decoder);
        }
    }
    second_gateway(all, decoder);
}

/// The networks that a machine's interfaces are on. `None` where one of them is not known to the deployment: then
/// any address may be right.
fn links<'d>(
    draft: &Draft,
    surroundings: &Surroundings<'d>,
) -> Option<Vec<(&'d NetworkName, Spanned<Subnet>)>> {
    let networks = surroundings.networks?;
    let options = &draft.machine.options;
    if options.flaws.is_mistaken("interfaces") || options.flaws.is_unknown("interfaces") {
        return None;
    }
    let names: Vec<_> = match &options.interfaces {
        Some(interfaces) => interfaces.iter().map(|interface| interface.network.as_ref()).collect(),
        // A machine that says nothing is on the fleet's only network.
        None if networks.len() == 1 => {
            let (name, network) = networks.first_key_value()?;
            return Some(vec![(name, network.subnet?)]);
        }
        None => return None,
    };
    let link = |name: Option<&Spanned<NetworkName>>| {
        let (name, network) = networks.get_key_value(name?.as_str())?;
        let has_addresses = network.mode.value != NetworkMode::Bridge && !network.flaws.is_unknown("subnet");
        Some((name, network.subnet.filter(|_| has_addresses)?))
    };
    names.into_iter().map(link).collect()
}

/// An address that is in none of the networks that the machine is on.
fn outside(
    address: &Spanned<IpAddr>,
    links: Option<&[(&NetworkName, Spanned<Subnet>)]>,
    decoder: &mut Decoder<'_>,
) -> bool {
    let (IpAddr::V4(host), Some(links)) = (address.value, links) else { return false };
    if links.iter().any(|(_, subnet)| subnet.net().contains(&host)) {
        return false;
    }
    let Some((first_name, first)) = links.first() else { return false };
    let message = match links {
        [(name, _)] => format!("{host} is not in network `{name}`, which the machine is on"),
        _ => format!("{host} is in none of the networks that the machine is on"),
    };
    let mut diagnostic = Diagnostic::new(Code::OutOfRange, address.span, message).labelled(match links {
        [(_, subnet)] => format!("not in {}", subnet.value),
        _ => "in none of them".into(),
    });
    for (name, subnet) in links {
        let label = format!("network `{name}` is {}", subnet.value);
        if !diagnostic.labels.iter().any(|known| known.span == subnet.span) {
            diagnostic = diagnostic.with_label(subnet.span, label);
        }
    }
    let (from, to) = (u32::from(first.gateway()).saturating_add(1).into(), last(first.net()));
    let from: std::net::Ipv4Addr = from;
    decoder.push(
        diagnostic.with_help(format!("in network `{first_name}` choose an address from {from} to {to}")),
    );
    true
}

/// Of several gateways a guest uses the first.
fn second_gateway(all: &[Spanned<StaticIp>], decoder: &mut Decoder<'_>) {
    let gateways: Vec<_> = all.iter().filter_map(|entry| entry.gateway.as_ref()).collect();
    for (index, gateway) in gateways.iter().enumerate() {
        let same_family = |earlier: &&&Spanned<IpAddr>| earlier.value.is_ipv4() == gateway.value.is_ipv4();
        let Some(first) = gateways[..index].iter().find(same_family) else { continue };
        if first.value != gateway.value && !decoder.inherited.contains(&gateway.span) {
            decoder.push(
                Diagnostic::new(Code::NoEffect, gateway.span, "`gateway` has no effect here")
                    .labelled("the machine has a gateway already")
                    .with_label(first.span, "this one is used")
                    .with_help("remove one: everything that is in no network of the machine takes one way"),
            );
        }
    }
}

/// Whether the prefix length fits all addresses.
fn prefix(entry: &StaticIp, decoder: &mut Decoder<'_>) -> bool {
    let Some(prefix) = &entry.prefix else { return true };
    if prefix.0 > 32
        && let Some(address) = entry.ips.iter().find(|address| address.is_ipv4())
    {
        decoder.push(
            Diagnostic::new(
                Code::OutOfRange,
                prefix.span,
                format!("`prefix` cannot be {} for an IPv4 address", prefix.0),
            )
            .labelled("must be at most 32")
            .with_label(address.span, "an IPv4 address has 32 bits")
            .with_help("give IPv4 and IPv6 addresses in two elements of `staticIPs`"),
        );
        return false;
    }
    true
}

/// The first and the last address of an IPv4 network are nobody's.
fn host_part(
    address: &Spanned<IpAddr>,
    prefix: PrefixLength,
    entry: &StaticIp,
    decoder: &mut Decoder<'_>,
) -> bool {
    let Ok(IpNet::V4(net)) = IpNet::new(address.value, prefix.0) else { return false };
    if prefix.0 > 30 {
        return false;
    }
    let what = match address.value {
        IpAddr::V4(host) if host == net.network() => "network",
        IpAddr::V4(host) if host == net.broadcast() => "broadcast address",
        _ => return false,
    };
    let mut diagnostic = Diagnostic::new(
        Code::OutOfRange,
        address.span,
        format!("{} is the {what} of {}, not an address of a machine", address.value, net.trunc()),
    )
    .labelled(format!("the {what} itself"))
    .with_help(format!("choose an address from {} to {}", first(net), last(net)));
    if let Some(prefix) = &entry.prefix {
        diagnostic = diagnostic.with_label(prefix.span, "with this prefix length");
    }
    decoder.push(diagnostic);
    true
}

fn first(net: ipnet::Ipv4Net) -> std::net::Ipv4Addr {
    u32::from(net.network()).saturating_add(1).into()
}

fn last(net: ipnet::Ipv4Net) -> std::net::Ipv4Addr {
    u32::from(net.broadcast()).saturating_sub(1).into()
}

/// The first address of a declared network is the hypervisor's.
fn hypervisors_own(
    address: &Spanned<IpAddr>,
    surroundings: &Surroundings<'_>,
    decoder: &mut Decoder<'_>,
) -> bool {
    for (name, network) in surroundings.networks.into_iter().flatten() {
        if let Some(subnet) = &network.subnet
            && IpAddr::V4(subnet.gateway()) == address.value
        {
            decoder.push(
                Diagnostic::new(
                    Code::FleetConflict,
                    address.span,
                    format!("{} is the hypervisor's own address in network `{name}`", address.value),
                )
                .labelled("given to a machine here")
                .with_label(subnet.span, "the first address of this network is the hypervisor's")
                .with_help("choose another address of the network"),
            );
            return true;
        }
    }
    false
}

/// A gateway must be reachable without a gateway.
fn gateway(entry: &StaticIp, decoder: &mut Decoder<'_>) {
    let Some(gateway) = &entry.gateway else { return };
    let IpAddr::V4(router) = gateway.value else { return };
    if entry.flaws.is_mistaken("ips") {
        return;
    }
    let nets: Vec<_> = entry
        .ips
        .iter()
        .filter_map(|address| match IpNet::new(address.value, entry.prefix_of(address.value).0) {
            Ok(IpNet::V4(net)) => Some((net, address)),
            _ => None,
        })
        .collect();
    // With /32 the route to the gateway is set by other means; many hosters do so.
    if nets.iter().any(|(net, _)| net.contains(&router) || net.prefix_len() == 32) {
        if let Some((_, address)) = nets.iter().find(|(_, address)| address.value == gateway.value) {
            decoder.push(
                Diagnostic::new(Code::Conflict, gateway.span, "the machine is its own gateway")
                    .labelled("the gateway")
                    .with_label(address.span, "the machine's own address")
                    .with_help("name the router of the network"),
            );
        }
        return;
    }
    let mut diagnostic = Diagnostic::new(
        Code::OutOfRange,
        gateway.span,
        format!("the gateway {router} cannot be reached from this interface"),
    );
    diagnostic = match nets.first() {
        Some((net, address)) => diagnostic
            .labelled(format!("not in {}", net.trunc()))
            .with_label(address.span, format!("this address is in {}", net.trunc())),
        None => diagnostic.labelled("an IPv4 address, but the interface has none"),
    };
    decoder.push(diagnostic.with_help("name a router in the same network, or correct `prefix`"));
}
