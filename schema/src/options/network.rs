//! Options of a machine's interfaces, addresses and devices.

use launchnix_schema_derive::{Choice, Options};

use crate::values::{
    BridgeName, FileSource, InterfaceName, IpAddress, MacAddress, NetworkName, PciAddress, PrefixLength,
};
use crate::{Spanned, Text};

/// A network interface: an element of `interfaces`. Exactly one of `network` and `bridge` is set.
#[derive(Clone, Debug, PartialEq, Options)]
pub struct Interface {
    /// libvirt network.
    pub network: Option<Spanned<NetworkName>>,
    /// Bridge of the hypervisor.
    pub bridge: Option<Spanned<BridgeName>>,
    /// Ethernet address.
    pub mac: Option<Spanned<MacAddress>>,
    /// Emulated card.
    pub model: Spanned<NicModel>,
}

/// What card the guest sees.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Choice)]
pub enum NicModel {
    /// Paravirtual.
    Virtio,
    /// Intel gigabit, PCI.
    E1000,
    /// Intel gigabit, PCI Express.
    E1000e,
    /// Realtek.
    Rtl8139,
}

/// Static addresses of one interface: an element of `staticIPs`.
#[derive(Clone, Debug, PartialEq, Options)]
pub struct StaticIp {
    /// Addresses; never empty.
    pub ips: Vec<Spanned<IpAddress>>,
    /// Interface inside the guest.
    pub interface: Spanned<InterfaceName>,
    /// Prefix length of the IPv4 addresses (and of the IPv6 ones where it was written); see `prefix_of`.
    pub prefix: Option<Spanned<PrefixLength>>,
    /// Default gateway.
    pub gateway: Option<Spanned<IpAddress>>,
    /// Name servers.
    pub dns: Vec<Spanned<IpAddress>>,
}

impl StaticIp {
    /// The prefix length of an address: what was written, else 24 for IPv4 and 64 for IPv6.
    pub fn prefix_of(&self, address: IpAddress) -> PrefixLength {
        match &self.prefix {
            Some(prefix) => prefix.value,
            None if address.is_ipv4() => PrefixLength(24),
            None => PrefixLength(64),
        }
    }
}

/// A PCI function of the hypervisor given to the guest: an element of `pciDevices`.
#[derive(Clone, Debug, PartialEq, Options)]
pub struct PciDevice {
    /// Which.
    pub id: Spanned<PciAddress>,
    /// Whether it is the guest's graphics card.
    pub gpu: Spanned<bool>,
    /// Option ROM.
    pub rom_file: Option<Spanned<FileSource>>,
    /// XML that is merged into the `<hostdev>` element.
    pub extra_xml: Option<Spanned<Text>>,
}
