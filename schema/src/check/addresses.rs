//! The interfaces and addresses of one machine.

use std::net::IpAddr;

use ipnet::IpNet;
use launchnix_diagnostics::{Code, Diagnostic};

use super::{Surroundings, conflict, dangling};
use crate::Spanned;
use crate::decode::{Decoder, Draft};
use crate::options::StaticIp;
use crate::values::{NetworkName, PrefixLength};

pub(super) fn interfaces(draft: &Draft, surroundings: &Surroundings<'_>, decoder: &mut Decoder<'_>) {
    let Some(interfaces) = &draft.machine.options.interfaces else { return };
    for (index, interface) in interfaces.iter().enumerate() {
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
        {
            let mut names: Vec<_> = known.keys().map(ToString::to_string).collect();
            names.push(NetworkName::usual().to_string());
            names.dedup();
            let declare =
                format!("declare the network: `networks.{:?}.subnet = \"10.20.0.0/24\";`", network.as_str());
            dangling("network", network, network.span, &names, &declare, decoder);
        }
        if let Some(mac) = &interface.mac {
            let earlier = interfaces[..index].iter().filter_map(|earlier| earlier.mac.as_ref());
            if let Some(earlier) = earlier.into_iter().find(|earlier| earlier.value == mac.value) {
                decoder.push(
                    Diagnostic::new(
                        Code::Conflict,
                        mac.span,
                        format!("two interfaces have the address {}", mac.value),
                    )
                    .labelled("used again here")
                    .with_label(earlier.span, "first used here")
                    .with_help("remove one: an interface without `mac` gets an address of its own"),
                );
            }
        }
    }
}

pub(super) fn static_ips(draft: &Draft, surroundings: &Surroundings<'_>, decoder: &mut Decoder<'_>) {
    let all = &draft.machine.options.static_ips;
    let mut seen: Vec<Spanned<IpAddr>> = Vec::new();
    for entry in all {
        if entry.ips.is_empty() && !entry.flaws.is_mistaken("ips") {
            decoder.push(
                Diagnostic::new(Code::OutOfRange, entry.span, "the interface has no address")
                    .labelled("`ips` is empty")
                    .with_help("add an address to `ips`, or remove this element of `staticIPs`"),
            );
        }
        let prefix_known = !entry.flaws.is_unknown("prefix");
        let prefix_ok = prefix_known && prefix(entry, decoder);
        for address in &entry.ips {
            if let Some(earlier) = seen.iter().find(|earlier| earlier.value == address.value) {
                decoder.push(
                    Diagnostic::new(
                        Code::Conflict,
                        address.span,
                        format!("the address {} is given twice", address.value),
                    )
                    .labelled("given again here")
                    .with_label(earlier.span, "first given here")
                    .with_help("remove one of the two"),
                );
            }
            seen.push(*address);
            if prefix_ok {
                host_part(address, entry.prefix_of(address.value), entry, decoder);
            }
            hypervisors_own(address, surroundings, decoder);
        }
        if prefix_ok {
            gateway(entry, decoder);
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
fn host_part(address: &Spanned<IpAddr>, prefix: PrefixLength, entry: &StaticIp, decoder: &mut Decoder<'_>) {
    let Ok(IpNet::V4(net)) = IpNet::new(address.value, prefix.0) else { return };
    if prefix.0 > 30 {
        return;
    }
    let what = match address.value {
        IpAddr::V4(host) if host == net.network() => "network",
        IpAddr::V4(host) if host == net.broadcast() => "broadcast address",
        _ => return,
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
}

fn first(net: ipnet::Ipv4Net) -> std::net::Ipv4Addr {
    u32::from(net.network()).saturating_add(1).into()
}

fn last(net: ipnet::Ipv4Net) -> std::net::Ipv4Addr {
    u32::from(net.broadcast()).saturating_sub(1).into()
}

/// The first address of a declared network is the hypervisor's.
fn hypervisors_own(address: &Spanned<IpAddr>, surroundings: &Surroundings<'_>, decoder: &mut Decoder<'_>) {
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
        }
    }
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
