//! Addresses: Ethernet, IP and PCI.

use std::net::{IpAddr, Ipv4Addr};

/// An address of a guest.
pub type IpAddress = IpAddr;

/// A unicast Ethernet address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct MacAddress([u8; 6]);

impl MacAddress {
    /// The six octets.
    pub fn octets(self) -> [u8; 6] {
        self.0
    }
}

/// A PCI function on the hypervisor: `0000:09:00.0`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PciAddress {
    /// Domain (segment), nearly always 0.
    pub domain: u16,
    /// Bus.
    pub bus: u8,
    /// Slot on the bus, at most `0x1f`.
    pub slot: u8,
    /// Function of the slot, at most 7.
    pub function: u8,
}

/// An IPv4 network in CIDR notation, without host bits: `10.20.0.0/24`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Subnet(ipnet::Ipv4Net);

impl Subnet {
    /// The network.
    pub fn net(self) -> ipnet::Ipv4Net {
        self.0
    }

    /// The first usable address: the hypervisor's own.
    pub fn gateway(self) -> Ipv4Addr {
        Ipv4Addr::from(u32::from(self.0.network()).saturating_add(1))
    }
}
