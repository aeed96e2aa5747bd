//! Network interfaces: `<interface>`.

use std::net::IpAddr;

use launchnix_diagnostics::Span;
use launchnix_schema::options::NicModel;
use launchnix_schema::values::{MacAddress, NetworkName};
use launchnix_schema::{Deployment, Machine, identity};

use crate::xml::Element;

/// The network that libvirt ships.
pub(crate) const DEFAULT_NETWORK: &str = "default";

/// An interface of a machine, with its defaults filled in.
#[derive(Clone, Debug)]
pub(crate) struct NetworkInterface {
    pub(crate) link: Link,
    pub(crate) mac: String,
    pub(crate) model: NicModel,
    /// The machine's address on it.
    pub(crate) ip: Option<IpAddr>,
    /// Place of the interface, else of the machine.
    pub(crate) span: Span,
}

/// What an interface is plugged into.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Link {
    Network(String),
    Bridge(String),
    /// A network device of the hypervisor that is shared.
    Direct(String),
}

/// The interfaces of a machine, in order.
pub(crate) fn interfaces(deployment: &Deployment, machine: &Machine) -> Vec<NetworkInterface> {
    let mac = |index: usize, given: Option<MacAddress>| match given {
        Some(mac) => colons(mac),
        None => identity::mac_address(&deployment.fleet, &machine.name.value, index),
    };
    let Some(interfaces) = &machine.options.interfaces else {
        return vec![NetworkInterface {
            link: Link::Network(usual_network(deployment)),
            mac: mac(0, None),
            model: NicModel::Virtio,
            ip: None,
            span: machine.span,
        }];
    };
    interfaces
        .value
        .iter()
        .enumerate()
        .map(|(index, interface)| NetworkInterface {
            link: match (&interface.bridge, &interface.direct, &interface.network) {
                (Some(bridge), ..) => Link::Bridge(bridge.value.to_string()),
                (None, Some(direct), _) => Link::Direct(direct.value.to_string()),
                (None, None, Some(network)) => Link::Network(network.value.to_string()),
                (None, None, None) => Link::Network(usual_network(deployment)),
            },
            mac: mac(index, interface.mac.as_ref().map(|mac| mac.value)),
            model: interface.model.value,
            ip: interface.ip.as_ref().map(|ip| ip.value),
            span: interface.span,
        })
        .collect()
}

/// The network of a machine that names none: the fleet's only one, else libvirt's own.
fn usual_network(deployment: &Deployment) -> String {
    let mut declared = deployment.networks.keys();
    match (declared.next(), declared.next()) {
        (Some(only), None) => NetworkName::to_string(only),
        _ => DEFAULT_NETWORK.to_owned(),
    }
}

/// The `<interface>`.
pub(crate) fn element(interface: &NetworkInterface, index: usize) -> Element {
    let (kind, source) = match &interface.link {
        Link::Network(name) => ("network", Element::new("source").with("network", name)),
        Link::Bridge(name) => ("bridge", Element::new("source").with("bridge", name)),
        Link::Direct(name) => ("direct", Element::new("source").with("dev", name).with("mode", "bridge")),
    };
    let model = match interface.model {
        NicModel::Virtio => "virtio",
        NicModel::E1000 => "e1000",
        NicModel::E1000e => "e1000e",
        NicModel::Rtl8139 => "rtl8139",
    };
    Element::new("interface")
        .with("type", kind)
        .labelled(index.to_string())
        .with_child(Element::new("mac").with("address", &interface.mac))
        .with_child(source)
        .with_child(Element::new("model").with("type", model))
}

fn colons(mac: MacAddress) -> String {
    mac.octets().map(|octet| format!("{octet:02x}")).join(":")
}
