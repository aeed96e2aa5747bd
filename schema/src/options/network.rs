//! Options of a machine's interfaces, addresses and devices.

use launchnix_schema_derive::{Choice, Options};

use crate::option::Flaws;
use crate::values::{
    BridgeName, FileSource, InterfaceName, IpAddress, MacAddress, NameServer, NetworkName, PciAddress,
    PrefixLength,
};
use crate::{Spanned, Text};

/// A network interface: an element of `interfaces`. Exactly one of `network`, `bridge` and `direct` is set.
#[derive(Clone, Debug, PartialEq, Options)]
pub struct Interface {
    /// Network that the interface is on: one of `networks`, or libvirt's own `default`.
    ///
    /// Each interface has one of `network`, `bridge` and `direct`.
    #[option(example = "\"lan\"", change = Restart)]
    pub network: Option<Spanned<NetworkName>>,
    /// Bridge of the hypervisor that the interface is attached to.
    #[option(example = "\"br0\"", change = Restart)]
    pub bridge: Option<Spanned<BridgeName>>,
    /// Network device of the hypervisor that the interface shares, with an address of its own on that network (macvtap).
    ///
    /// The guest reaches all of the network but the hypervisor itself.
    #[option(example = "\"enp3s0\"", change = Restart)]
    pub direct: Option<Spanned<InterfaceName>>,
    /// Address of the machine on this interface.
    ///
    /// Where libvirt hands out addresses the machine is always given this one, whatever system it runs; elsewhere a NixOS
    /// guest is configured with it. The machine is reached there by ssh.
    #[option(example = "\"10.20.0.10\"", change = Live)]
    pub ip: Option<Spanned<IpAddress>>,
    /// Ethernet address of the interface.
    #[option(
        example = "\"52:54:00:12:34:56\"", change = Restart,
        implied = "made from the names of fleet and machine, so that it stays the same"
    )]
    pub mac: Option<Spanned<MacAddress>>,
    /// Network card that the guest sees.
    #[option(example = "\"e1000e\"", change = Restart, default = NicModel::Virtio)]
    pub model: Spanned<NicModel>,
    /// Options with mistakes; none in a decoded deployment.
    #[option(flaws)]
    pub flaws: Flaws,
}

/// What card the guest sees.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Choice)]
pub enum NicModel {
    /// paravirtual and fast; the guest needs a driver, which Linux has
    Virtio,
    /// Intel gigabit on PCI
    E1000,
    /// Intel gigabit on PCI Express
    E1000e,
    /// Realtek, for very old guests
    Rtl8139,
}

/// Static addresses of one interface: an element of `staticIPs`.
#[derive(Clone, Debug, PartialEq, Options)]
pub struct StaticIp {
    /// Addresses of the interface.
    #[option(required, example = "[ \"10.20.0.10\" ]", change = Live)]
    pub ips: Vec<Spanned<IpAddress>>,
    /// Interface inside the guest.
    #[option(example = "\"ens4\"", change = Live, default = InterfaceName::usual())]
    pub interface: Spanned<InterfaceName>,
    /// Length of the network prefix of these addresses, in bits.
    #[option(
        example = "16", change = Live, implied = "24 for IPv4 and 64 for IPv6", min = 1, max = 128,
        why = "an IPv4 address has 32 bits, an IPv6 address 128"
    )]
    pub prefix: Option<Spanned<PrefixLength>>,
    /// Router through which the guest reaches everything else.
    #[option(example = "\"10.20.0.1\"", change = Live)]
    pub gateway: Option<Spanned<IpAddress>>,
    /// Name servers that the guest asks.
    #[option(example = "[ \"10.20.0.1\" ]", change = Live)]
    pub dns: Vec<Spanned<NameServer>>,
    /// Options with mistakes; none in a decoded deployment.
    #[option(flaws)]
    pub flaws: Flaws,
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
    /// Address of the function on the hypervisor, as `lspci` shows it.
    ///
    /// The domain may be left out: `09:00.0` is `0000:09:00.0`.
    #[option(example = "\"09:00.0\"", change = Restart)]
    pub id: Spanned<PciAddress>,
    /// Whether the device is a graphics card.
    ///
    /// The guest then gets the card as its display: no emulated one stands in its way.
    #[option(example = "true", change = Restart, default = false)]
    pub gpu: Spanned<bool>,
    /// Firmware of the card, where the one that it brings does not work in a guest.
    #[option(example = "./gpu.rom", change = Restart)]
    pub rom_file: Option<Spanned<Box<FileSource>>>,
    /// XML that is merged into libvirt's `<hostdev>` element and wins over what Launchnix writes.
    #[option(name = "extraXML", example = "''<alias name=\"ua-gpu\"/>''", change = Restart)]
    pub extra_xml: Option<Spanned<Box<Text>>>,
    /// Options with mistakes; none in a decoded deployment.
    #[option(flaws)]
    pub flaws: Flaws,
}
