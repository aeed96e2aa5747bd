//! The interfaces and addresses of one machine.

use std::collections::{HashMap, HashSet};
use std::net::IpAddr;

use ipnet::IpNet;
use launchnix_diagnostics::{About, Code, Diagnostic, Span};

use super::{Surroundings, conflict, counted, dangling, repeated, repetitions, times};
use crate::Spanned;
use crate::decode::{Decoder, Draft, of_range};
use crate::options::{Interface, Network, NetworkMode, StaticIp};
use crate::values::{NetworkName, PrefixLength, Subnet};

pub(super) fn interfaces(draft: &Draft, surroundings: &Surroundings<'_>, decoder: &mut Decoder<'_>) {
    let Some(interfaces) = &draft.machine.options.interfaces else { return };
    for interface in interfaces.iter() {
        plugs(interface, draft, decoder);
        if let Some(ip) = &interface.ip {
            address_of(interface, ip, surroundings, decoder);
        }
        if let (Some(network), Some(known)) = (&interface.network, surroundings.networks)
            && !known.contains_key(network.as_str())
            && network.as_str() != NetworkName::USUAL
            && !decoder.undecoded.contains(&format!("networks.{}", network.value))
        {
            let mut names: Vec<_> = known.keys().map(ToString::to_string).collect();
            names.push(NetworkName::USUAL.to_owned());
            names.dedup();
            let declare =
                format!("declare the network: `networks.{:?}.subnet = \"10.20.0.0/24\";`", network.as_str());
            dangling("network", network, network.span, &names, &declare, decoder);
        }
    }
    let macs = interfaces.iter().filter_map(|interface| interface.mac.as_ref());
    for (mac, places) in repetitions(macs.map(|mac| (mac.value, mac.span))) {
        let message = format!("{} interfaces have the address {mac}", counted(places.len()));
        let help = "remove one: an interface without `mac` gets an address of its own";
        repeated(message, &places, "used", help, decoder);
    }
    let ips = interfaces.iter().filter_map(|interface| interface.ip.as_ref());
    for (ip, places) in repetitions(ips.map(|ip| (ip.value, ip.span))) {
        let message = format!("{} interfaces have the address {ip}", counted(places.len()));
        repeated(message, &places, "used", "give each interface an address of its own", decoder);
    }
}

/// An interface is plugged in at one place.
fn plugs(interface: &Spanned<Interface>, draft: &Draft, decoder: &mut Decoder<'_>) {
    let places = [
        ("network", interface.network.as_ref().map(|network| network.span)),
        ("bridge", interface.bridge.as_ref().map(|bridge| bridge.span)),
        ("direct", interface.direct.as_ref().map(|device| device.span)),
    ];
    let mut set = places.iter().filter_map(|(option, span)| Some((*option, (*span)?)));
    match (set.next(), set.next_back()) {
        (None, _) if places.iter().all(|(option, _)| !interface.flaws.is_unknown(option)) => {
            let topic = "the interface is plugged in nowhere";
            let message = format!("an interface of {} is plugged in nowhere", draft.title());
            let diagnostic = Diagnostic::new(Code::MissingOption, interface.span, message)
                .labelled("`network`, `bridge` or `direct` must be set here")
                .with_help("add, for example, `network = \"default\";`");
            let diagnostic = decoder.with_null(diagnostic, interface.span, &["network", "bridge", "direct"]);
            decoder.push_about(topic.to_owned(), diagnostic);
        }
        (Some(first), Some(last)) => {
            conflict(first, last, "an interface is plugged in at one place", decoder);
        }
        _ => {}
    }
}

/// The address of an interface, which its network must have and nobody else.
fn address_of(
    interface: &Interface,
    ip: &Spanned<IpAddr>,
    surroundings: &Surroundings<'_>,
    decoder: &mut Decoder<'_>,
) {
    if hypervisors_own(ip, surroundings, decoder) {
        return;
    }
    let Some((name, network, subnet)) =
        interface.network.as_ref().and_then(|name| addressed(name, surroundings))
    else {
        return;
    };
    let _: bool = of_other_family(ip, name, &subnet, decoder)
        || outside(ip, Some(&[(name, subnet)]), decoder)
        || edge(ip, name, &subnet, decoder)
        || handed_out(ip, name, network, decoder);
}

/// The addresses of declared networks are those of IPv4: nobody there reaches another, and DHCP gives none out.
fn of_other_family(
    ip: &Spanned<IpAddr>,
    name: &NetworkName,
    subnet: &Spanned<Subnet>,
    decoder: &mut Decoder<'_>,
) -> bool {
    if ip.value.is_ipv4() {
        return false;
    }
    let net = subnet.net();
    let message = format!("{} is not in network `{name}`, which the machine is on", ip.value);
    decoder.push(
        Diagnostic::new(Code::OutOfRange, ip.span, message)
            .about(no_room(ip.value, name))
            .labelled("an IPv6 address")
            .with_label(subnet.span, format!("network `{name}` is {net}"))
            .with_help(format!("choose an address from {} to {}", second(net), last(net))),
    );
    true
}

/// A declared network with its addresses.
fn addressed<'d>(
    name: &NetworkName,
    surroundings: &Surroundings<'d>,
) -> Option<(&'d NetworkName, &'d Network, Spanned<Subnet>)> {
    let (name, network) = surroundings.networks?.get_key_value(name.as_str())?;
    let known = network.mode.value != NetworkMode::Bridge && !network.flaws.is_unknown("subnet");
    Some((name, network, network.subnet.filter(|_| known)?))
}

/// What a diagnostic is about that says why an address cannot be one of a network.
fn no_room(address: IpAddr, network: impl std::fmt::Display) -> About {
    About::Address { address, network: network.to_string() }
}

/// The first and the last address of a network are nobody's.
fn edge(
    ip: &Spanned<IpAddr>,
    name: &NetworkName,
    subnet: &Spanned<Subnet>,
    decoder: &mut Decoder<'_>,
) -> bool {
    let net = subnet.net();
    let what = match ip.value {
        IpAddr::V4(host) if host == net.network() => "network",
        IpAddr::V4(host) if host == net.broadcast() => "broadcast address",
        _ => return false,
    };
    let message = format!("{} is the {what} of {net}, not an address of a machine", ip.value);
    let place = decoder.host_at(ip.span);
    decoder.push(
        Diagnostic::new(Code::OutOfRange, place, message)
            .about(no_room(ip.value, name))
            .labelled(format!("the {what} itself"))
            .with_label(subnet.span, format!("network `{name}` is {net}"))
            .with_help(format!("choose an address from {} to {}", second(net), last(net))),
    );
    true
}

/// An address that libvirt may give to any machine that asks.
fn handed_out(
    ip: &Spanned<IpAddr>,
    name: &NetworkName,
    network: &Network,
    decoder: &mut Decoder<'_>,
) -> bool {
    let (true, Some(dhcp), Some(subnet)) = (network.has_dhcp(), &network.dhcp, &network.subnet) else {
        return false;
    };
    // A range that nobody wrote makes room for the addresses that machines have.
    if dhcp.start.is_none() && dhcp.end.is_none()
        || dhcp.flaws.is_unknown("start")
        || dhcp.flaws.is_unknown("end")
    {
        return false;
    }
    let first = dhcp.start.as_ref().map_or(IpAddr::V4(second(subnet.net())), |start| start.value);
    let end = dhcp.end.as_ref().map_or(IpAddr::V4(last(subnet.net())), |end| end.value);
    if !(first..=end).contains(&ip.value) {
        return false;
    }
    let message = format!("{} is one of the addresses that network `{name}` hands out", ip.value);
    let mut diagnostic = Diagnostic::new(Code::FleetConflict, decoder.host_at(ip.span), message)
        .about(no_room(ip.value, name))
        .labelled("another machine may be given this address");
    for (bound, word) in [(&dhcp.start, "begins"), (&dhcp.end, "ends")] {
        if let Some(bound) = bound {
            diagnostic = diagnostic.with_label(bound.span, format!("what is handed out {word} here"));
        }
    }
    decoder.push(diagnostic.with_help("choose an address that is not handed out, or make the range smaller"));
    true
}

pub(super) fn second(net: ipnet::Ipv4Net) -> std::net::Ipv4Addr {
    u32::from(net.network()).saturating_add(2).into()
}

pub(super) fn static_ips(draft: &Draft, surroundings: &Surroundings<'_>, decoder: &mut Decoder<'_>) {
    let all = &draft.machine.options.static_ips;
    if all.is_empty() {
        return;
    }
    let given = all.iter().flat_map(|entry| &entry.ips);
    for (address, places) in repetitions(given.map(|address| (address.value, address.span))) {
        let message = format!("the address {address} is given {}", times(places.len()));
        repeated(message, &places, "given", "give each address once", decoder);
    }
    let links = links(draft, surroundings);
    for entry in all {
        if entry.ips.is_empty() && !entry.flaws.is_mistaken("ips") {
            let place = decoder.empty_list(entry.span, "ips");
            decoder.push(
                Diagnostic::new(Code::OutOfRange, place, "the interface has no address")
                    .labelled("`ips` is empty")
                    .with_help("add an address to `ips`, or remove this element of `staticIPs`"),
            );
        }
        let prefix_ok = !entry.flaws.is_unknown("prefix") && prefix(entry, decoder);
        let mut is_outside = false;
        for address in &entry.ips {
            if hypervisors_own(address, surroundings, decoder) {
                // The gateway is the hypervisor, most likely, and no mistake.
                is_outside |= entry.gateway.as_ref().is_some_and(|gateway| gateway.value == address.value);
                continue;
            }
            if prefix_ok && host_part(address, entry.prefix_of(address.value), entry, decoder) {
                continue;
            }
            if outside(address, links.as_deref(), decoder) {
                is_outside = true;
            } else {
                in_range(address, draft, surroundings, decoder);
            }
        }
        // From an address in another network the gateway is out of reach as well.
        if prefix_ok && !is_outside {
            gateway(entry, draft.machine.span, links.as_deref(), decoder);
        }
    }
    second_gateway(all, decoder);
}

/// Whether libvirt hands out a static address in one of the networks that the machine is on.
fn in_range(
    address: &Spanned<IpAddr>,
    draft: &Draft,
    surroundings: &Surroundings<'_>,
    decoder: &mut Decoder<'_>,
) -> bool {
    let named = draft.machine.options.interfaces.iter().flat_map(|interfaces| interfaces.iter());
    let mut names: Vec<_> = named.filter_map(|interface| interface.network.as_deref()).collect();
    if draft.machine.options.interfaces.is_none() {
        names.extend(
            surroundings
                .networks
                .filter(|networks| networks.len() == 1)
                .into_iter()
                .flatten()
                .map(|(name, _)| name),
        );
    }
    names.into_iter().any(|name| {
        addressed(name, surroundings)
            .is_some_and(|(name, network, _)| handed_out(address, name, network, decoder))
    })
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
            let (name, _, subnet) = addressed(networks.first_key_value()?.0, surroundings)?;
            return Some(vec![(name, subnet)]);
        }
        None => return None,
    };
    let link = |name: Option<&Spanned<NetworkName>>| {
        let (name, _, subnet) = addressed(name?, surroundings)?;
        Some((name, subnet))
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
    if let [(name, _)] = links {
        diagnostic = diagnostic.about(no_room(address.value, name));
    }
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
            .about(of_range("prefix"))
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
        decoder.host_at(address.span),
        format!("{} is the {what} of {}, not an address of a machine", address.value, net.trunc()),
    )
    // However many networks a function makes: it is the one that the prefix says.
    .about(no_room(address.value, "its own"))
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

pub(super) fn last(net: ipnet::Ipv4Net) -> std::net::Ipv4Addr {
    u32::from(net.broadcast()).saturating_sub(1).into()
}

/// The first address of a declared network is the hypervisor's.
fn hypervisors_own(
    address: &Spanned<IpAddr>,
    surroundings: &Surroundings<'_>,
    decoder: &mut Decoder<'_>,
) -> bool {
    for (name, network) in surroundings.networks.into_iter().flatten() {
        // Behind a bridge the addresses are somebody else's.
        if let Some(subnet) = network.subnet.as_ref().filter(|_| network.mode.value != NetworkMode::Bridge)
            && IpAddr::V4(subnet.gateway()) == address.value
        {
            let place = decoder.host_at(address.span);
            decoder.push(
                Diagnostic::new(
                    Code::FleetConflict,
                    place,
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
fn gateway(
    entry: &StaticIp,
    machine: Span,
    links: Option<&[(&NetworkName, Spanned<Subnet>)]>,
    decoder: &mut Decoder<'_>,
) {
    let Some(gateway) = &entry.gateway else { return };
    if entry.flaws.is_mistaken("ips") {
        return;
    }
    if let Some(address) = entry.ips.iter().find(|address| address.value == gateway.value) {
        decoder.push(
            Diagnostic::new(Code::Conflict, gateway.span, "the machine is its own gateway")
                .labelled("the gateway")
                .with_label(address.span, "the machine's own address")
                .with_help("name the router of the network"),
        );
        return;
    }
    let router = gateway.value;
    // Each router of IPv6 has such an address, in all of its networks.
    if matches!(router, IpAddr::V6(router) if router.is_unicast_link_local()) {
        return;
    }
    let nets = nets(entry, router);
    if reaches(&nets, router) {
        return;
    }
    // Where the machine's networks are known, its addresses have been found to be in them.
    let is_elsewhere = |links: &[(_, Spanned<Subnet>)]| matches!(router, IpAddr::V4(router) if links.iter().all(|(_, subnet)| !subnet.net().contains(&router)));
    let is_to_blame = decoder.far_gateways.contains(&gateway.span)
        || links.is_some_and(|links| !links.is_empty() && is_elsewhere(links));
    // A gateway that is written before the machine is that of others as well.
    let is_before = |place: Span| place.source == machine.source && place.end <= machine.start;
    let users = &decoder.users;
    let is_shared = |address: &Spanned<IpAddr>| {
        (users.are_several(gateway.span) && !users.are_several(address.span))
            || (is_before(gateway.span)
                && address.span.source == machine.source
                && address.span.start >= machine.start)
    };
    if let [(net, address)] = nets.as_slice()
        && !is_to_blame
        && is_shared(address)
    {
        decoder.push(
            Diagnostic::new(
                Code::OutOfRange,
                address.span,
                format!("the gateway {router} cannot be reached from this address"),
            )
            .labelled(format!("in {}", net.trunc()))
            .with_label(gateway.span, "the gateway")
            .with_help("choose an address in the network of the gateway, or correct `prefix`"),
        );
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
        None if router.is_ipv4() => diagnostic.labelled("an IPv4 address, but the interface has none"),
        None => diagnostic.labelled("an IPv6 address, but the interface has none"),
    };
    decoder.push(diagnostic.with_help("name a router in the same network, or correct `prefix`"));
}

/// The networks of an interface's addresses, as far as those are of the router's kind.
fn nets(entry: &StaticIp, router: IpAddr) -> Vec<(IpNet, &Spanned<IpAddr>)> {
    let alike = entry.ips.iter().filter(|address| address.value.is_ipv4() == router.is_ipv4());
    let net = |address: IpAddr| IpNet::new(address, entry.prefix_of(address).0).ok();
    alike.filter_map(|address| Some((net(address.value)?, address))).collect()
}

/// Whether a router is in one of some networks. With /32 the route to it is set by other means; many hosters do so.
fn reaches(nets: &[(IpNet, &Spanned<IpAddr>)], router: IpAddr) -> bool {
    nets.iter().any(|(net, _)| net.contains(&router) || net.prefix_len() == net.max_prefix_len())
}

/// The places of gateways that most of those which have them cannot reach, so that not their addresses are to blame.
pub(crate) fn far_gateways(drafts: &[Draft]) -> HashSet<Span> {
    let mut counted: HashMap<Span, (usize, usize)> = HashMap::new();
    for entry in drafts.iter().flat_map(|draft| &draft.machine.options.static_ips) {
        let Some(gateway) = entry.gateway.filter(|_| !entry.flaws.is_mistaken("ips")) else { continue };
        let (users, far) = counted.entry(gateway.span).or_default();
        *users += 1;
        *far += usize::from(!reaches(&nets(entry, gateway.value), gateway.value));
    }
    counted
        .into_iter()
        .filter(|(_, (users, far))| *far > 1 && far * 2 > *users)
        .map(|(place, _)| place)
        .collect()
}
