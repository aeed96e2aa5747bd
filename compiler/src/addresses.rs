//! Static addresses: which interface each belongs to, and how the guest reaches the world through it.

use std::net::{IpAddr, Ipv4Addr};

use ipnet::Ipv4Net;
use launchnix_schema::options::NetworkMode;
use launchnix_schema::{Deployment, Machine};

use crate::network::{DEFAULT_GATEWAY, default_subnet};
use crate::network_interface::{DEFAULT_NETWORK, Link, NetworkInterface};

/// The static addresses of one interface inside the guest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Addresses {
    /// The interface's name inside the guest.
    pub(crate) interface: String,
    /// Which of the machine's interfaces it is; `None` where that cannot be told.
    pub(crate) nic: Option<usize>,
    /// Addresses with their prefix lengths.
    pub(crate) ips: Vec<(IpAddr, u8)>,
    pub(crate) gateway: Option<IpAddr>,
    pub(crate) dns: Vec<IpAddr>,
    /// Whether the network's DHCP server gives the guest just these, so that it need not be configured with them.
    pub(crate) leased: bool,
}

/// The static addresses of a machine. `nics` are its interfaces.
pub(crate) fn addresses(
    deployment: &Deployment,
    machine: &Machine,
    nics: &[NetworkInterface],
) -> Vec<Addresses> {
    let written = machine.options.static_ips.iter().enumerate().map(|(index, wanted)| {
        let ips: Vec<_> = wanted.ips.iter().map(|ip| (ip.value, wanted.prefix_of(ip.value).0)).collect();
        let nic = nics
            .iter()
            .position(|nic| {
                ips.iter().any(|&(ip, _)| reach(deployment, nic).is_some_and(|reach| reach.holds(ip)))
            })
            // One interface, or the n-th addresses for the n-th interface: what a reader of the file expects.
            .or(if nics.len() == 1 { Some(0) } else { None })
            .or(if index < nics.len() { Some(index) } else { None });
        let written = wanted.gateway.as_ref().map(|gateway| gateway.value);
        let derived = nic
            .and_then(|nic| reach(deployment, &nics[nic]))
            .filter(|reach| reach.routed && ips.iter().any(|&(ip, _)| reach.holds(ip)))
            .map(|reach| IpAddr::V4(reach.gateway));
        let mut dns: Vec<_> = wanted.dns.iter().map(|dns| dns.value.0).collect();
        if dns.is_empty() {
            dns.extend(derived);
        }
        Addresses {
            interface: wanted.interface.value.to_string(),
            nic,
            ips,
            gateway: written.or(derived),
            dns,
            leased: false,
        }
    });
    written.chain(of_interfaces(deployment, nics)).collect()
}

/// The addresses that interfaces have by their option `ip`.
fn of_interfaces<'n>(
    deployment: &'n Deployment,
    nics: &'n [NetworkInterface],
) -> impl Iterator<Item = Addresses> + 'n {
    nics.iter().enumerate().filter_map(|(index, nic)| {
        let ip = nic.ip?;
        let reach = reach(deployment, nic).filter(|reach| reach.holds(ip));
        let usual = if ip.is_ipv4() { 24 } else { 64 };
        let prefix = reach.as_ref().map_or(usual, |reach| reach.subnet.prefix_len());
        let gateway = reach.as_ref().filter(|reach| reach.routed).map(|reach| IpAddr::V4(reach.gateway));
        Some(Addresses {
            // Cards begin at slot 3 in the naming that the rest of Launchnix takes for usual.
            interface: format!("ens{}", index + 3),
            nic: Some(index),
            ips: vec![(ip, prefix)],
            gateway,
            dns: gateway.into_iter().collect(),
            leased: reach.is_some_and(|reach| reach.reserves),
        })
    })
}

/// What is known of the network behind an interface.
struct Reach {
    subnet: Ipv4Net,
    gateway: Ipv4Addr,
    /// Whether its gateway leads to the world.
    routed: bool,
    /// Whether Launchnix reserves addresses with its DHCP server.
    reserves: bool,
}

impl Reach {
    fn holds(&self, ip: IpAddr) -> bool {
        matches!(ip, IpAddr::V4(ip) if self.subnet.contains(&ip))
    }
}

fn reach(deployment: &Deployment, nic: &NetworkInterface) -> Option<Reach> {
    let Link::Network(name) = &nic.link else { return None };
    match deployment.networks.get(name.as_str()) {
        Some(network) => {
            let subnet = network.subnet.as_ref()?.value;
            let routed = matches!(network.mode.value, NetworkMode::Nat | NetworkMode::Routed);
            let reserves = network.has_dhcp();
            Some(Reach { subnet: subnet.net(), gateway: subnet.gateway(), routed, reserves })
        }
        None if name == DEFAULT_NETWORK => {
            Some(Reach { subnet: default_subnet(), gateway: DEFAULT_GATEWAY, routed: true, reserves: false })
        }
        None => None,
    }
}
