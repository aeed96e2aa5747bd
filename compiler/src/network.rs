//! Virtual networks: `<network>`.

use std::net::{IpAddr, Ipv4Addr};

use ipnet::Ipv4Net;
use launchnix_schema::options::{Dhcp, Network, NetworkMode};
use launchnix_schema::{Deployment, Spanned, identity};

use crate::machine::MachineDraft;
use crate::network_interface::{DEFAULT_NETWORK, Link};
use crate::paths::hash;
use crate::xml::Element;

/// The hypervisor's address on the network that libvirt ships.
pub(crate) const DEFAULT_GATEWAY: Ipv4Addr = Ipv4Addr::new(192, 168, 122, 1);

/// The longest name that Linux gives a network device (`IFNAMSIZ` less the final NUL).
const LONGEST_DEVICE: usize = 15;

/// The addresses of the network that libvirt ships.
pub(crate) fn default_subnet() -> Ipv4Net {
    Ipv4Net::new_assert(Ipv4Addr::new(192, 168, 122, 0), 24)
}

/// A network that the deployment declares.
pub(crate) fn declared(
    deployment: &Deployment,
    name: &str,
    network: &Network,
    machines: &[MachineDraft<'_>],
) -> Element {
    let mut element = named(name).with_child(
        Element::new("uuid").with_text(identity::network_uuid(&deployment.fleet, name).to_string()),
    );
    let forward = match network.mode.value {
        NetworkMode::Nat => Some("nat"),
        NetworkMode::Routed => Some("route"),
        NetworkMode::Isolated => None,
        NetworkMode::Bridge => Some("bridge"),
    };
    if let Some(mode) = forward {
        element.push(Element::new("forward").with("mode", mode));
    }
    let written = network.bridge.as_ref().map(|bridge| bridge.value.to_string());
    if network.mode.value == NetworkMode::Bridge {
        // libvirt attaches guests to a bridge of the hypervisor and neither makes it nor gives out addresses.
        element.push(Element::new("bridge").with("name", written.unwrap_or_default()));
        return element;
    }
    let bridge = written.unwrap_or_else(|| bridge_name(&deployment.fleet, name));
    element.push(bridge_element(&bridge));
    if let Some(domain) = &network.domain {
        element.push(Element::new("domain").with("name", domain.value.to_string()).with("localOnly", "yes"));
    }
    if let Some(subnet) = &network.subnet {
        let hosts = machines.iter().flat_map(|machine| hosts(machine, name, subnet.net())).collect();
        let dhcp = network.dhcp.as_ref().map(|dhcp| &dhcp.value);
        let leases = network.has_dhcp().then(|| Leases::of(dhcp, subnet.net(), subnet.gateway(), hosts));
        element.push(ip(subnet.net(), subnet.gateway(), leases));
    }
    element
}

/// A network that the deployment only uses, for a hypervisor that lacks it.
pub(crate) fn shared(name: &str) -> Element {
    let (bridge, subnet) = if name == DEFAULT_NETWORK {
        ("virbr0".to_owned(), default_subnet())
    } else {
        let digest = hash(name);
        let third = u8::from_str_radix(&digest[..2], 16).unwrap_or(0);
        (bridge_name("", name), Ipv4Net::new_assert(Ipv4Addr::new(192, 168, third, 0), 24))
    };
    let gateway = Ipv4Addr::from(u32::from(subnet.network()) + 1);
    named(name)
        .with_child(Element::new("forward").with("mode", "nat"))
        .with_child(bridge_element(&bridge))
        .with_child(ip(subnet, gateway, Some(Leases::all(subnet, gateway, Vec::new()))))
}

fn named(name: &str) -> Element {
    Element::new("network").with_child(Element::new("name").with_text(name))
}

fn bridge_element(name: &str) -> Element {
    Element::new("bridge").with("name", name).with("stp", "on").with("delay", "0")
}

/// The address of the hypervisor on a network; `dhcp` is `None` where libvirt hands out no addresses.
fn ip(subnet: Ipv4Net, gateway: Ipv4Addr, dhcp: Option<Leases>) -> Element {
    let mut ip =
        Element::new("ip").with("address", gateway.to_string()).with("netmask", subnet.netmask().to_string());
    if let Some(Leases { first, last, hosts }) = dhcp
        && first <= last
    {
        let mut dhcp = Element::new("dhcp")
            .with_child(Element::new("range").with("start", first.to_string()).with("end", last.to_string()));
        for host in hosts {
            dhcp.push(host);
        }
        ip.push(dhcp);
    }
    ip
}

/// Addresses that libvirt hands out.
struct Leases {
    first: Ipv4Addr,
    last: Ipv4Addr,
    hosts: Vec<Element>,
}

impl Leases {
    /// All addresses of a subnet but the hypervisor's own.
    fn all(subnet: Ipv4Net, gateway: Ipv4Addr, hosts: Vec<Element>) -> Self {
        let last = u32::from(subnet.broadcast()).saturating_sub(1);
        Self { first: Ipv4Addr::from(u32::from(gateway) + 1), last: Ipv4Addr::from(last), hosts }
    }

    /// Those that the user asks for.
    fn of(dhcp: Option<&Dhcp>, subnet: Ipv4Net, gateway: Ipv4Addr, hosts: Vec<Element>) -> Self {
        let all = Self::all(subnet, gateway, hosts);
        let written = |address: Option<&Spanned<IpAddr>>| match address.map(|address| address.value) {
            Some(IpAddr::V4(address)) => Some(address),
            _ => None,
        };
        Self {
            first: written(dhcp.and_then(|dhcp| dhcp.start.as_ref())).unwrap_or(all.first),
            last: written(dhcp.and_then(|dhcp| dhcp.end.as_ref())).unwrap_or(all.last),
            hosts: all.hosts,
        }
    }
}

/// Reservations: a guest that asks by DHCP gets its static address as well, and nobody else gets it.
fn hosts(machine: &MachineDraft<'_>, network: &str, subnet: Ipv4Net) -> Vec<Element> {
    let link = Link::Network(network.to_owned());
    machine
        .nics
        .iter()
        .enumerate()
        .filter(|(_, nic)| nic.link == link)
        .filter_map(|(index, nic)| {
            // dnsmasq takes one address per Ethernet address.
            let written = machine
                .addresses
                .iter()
                .filter(|addresses| addresses.nic == Some(index))
                .flat_map(|addresses| addresses.ips.iter().map(|(ip, _)| *ip));
            let ip = nic.ip.into_iter().chain(written).find_map(|ip| match ip {
                IpAddr::V4(ip) if subnet.contains(&ip) => Some(ip),
                _ => None,
            })?;
            Some(
                Element::new("host")
                    .with("mac", &nic.mac)
                    .with("name", machine.name())
                    .with("ip", ip.to_string()),
            )
        })
        .collect()
}

/// A name for a bridge that is the same each time and fits.
fn bridge_name(fleet: &str, network: &str) -> String {
    let readable = format!("lnx-{network}");
    let plain = readable.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
    if plain && readable.len() <= LONGEST_DEVICE {
        readable
    } else {
        format!("lnx-{}", &hash(format!("{fleet}/{network}"))[..10])
    }
}
