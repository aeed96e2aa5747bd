//! Options of the fleet.

use std::path::PathBuf;

use launchnix_schema_derive::{Choice, Options};

use crate::option::Flaws;
use crate::values::{BridgeName, DomainName, HostPath, IpAddress, Subnet};
use crate::{Fetch, Spanned};

/// A storage pool: `pools.<name>`.
#[derive(Clone, Debug, PartialEq, Options)]
pub struct Pool {
    /// Directory on the hypervisor that holds the pool's volumes; it is made where it does not exist.
    #[option(example = "\"/var/lib/fast\"", change = Replace)]
    pub path: Spanned<HostPath>,
    /// Options with mistakes; none in a decoded deployment.
    #[option(flaws)]
    pub flaws: Flaws,
}

/// A virtual network: `networks.<name>`.
#[derive(Clone, Debug, PartialEq, Options)]
pub struct Network {
    /// How guests of the network reach the world.
    #[option(example = "\"isolated\"", change = Replace, default = NetworkMode::Nat)]
    pub mode: Spanned<NetworkMode>,
    /// IPv4 addresses of the network; the hypervisor has the first one.
    ///
    /// It must be set unless the mode is `"bridge"`, where addresses are the business of that network.
    #[option(example = "\"10.20.0.0/24\"", change = Replace)]
    pub subnet: Option<Spanned<Subnet>>,
    /// Bridge of the hypervisor: the existing one in mode `"bridge"`, else the name of the one that libvirt makes.
    #[option(example = "\"br0\"", change = Replace, implied = "a name that libvirt finds, such as `virbr1`")]
    pub bridge: Option<Spanned<BridgeName>>,
    /// Whether libvirt hands out addresses to the guests, and which.
    #[option(example = "{ start = \"10.20.0.100\"; end = \"10.20.0.199\"; }", change = Replace, implied = "`true`")]
    pub dhcp: Option<Spanned<Dhcp>>,
    /// DNS domain of the guests.
    #[option(example = "\"lan.example.org\"", change = Replace)]
    pub domain: Option<Spanned<DomainName>>,
    /// Whether the network starts with the hypervisor.
    #[option(example = "false", change = Live, default = true)]
    pub autostart: Spanned<bool>,
    /// Options with mistakes; none in a decoded deployment.
    #[option(flaws)]
    pub flaws: Flaws,
}

impl Network {
    /// Whether libvirt hands out addresses.
    pub fn has_dhcp(&self) -> bool {
        self.mode.value != NetworkMode::Bridge && self.dhcp.as_ref().is_none_or(|dhcp| dhcp.enable.value)
    }
}

/// Addresses that libvirt hands out: `networks.<name>.dhcp`.
#[derive(Clone, Debug, PartialEq, Options)]
#[options(or = "enable", form = "`true`, `false` or a set")]
pub struct Dhcp {
    /// Whether libvirt hands out addresses.
    #[option(example = "false", change = Replace, default = true)]
    pub enable: Spanned<bool>,
    /// First address that is handed out.
    #[option(example = "\"10.20.0.100\"", change = Replace, implied = "the one after the hypervisor's")]
    pub start: Option<Spanned<IpAddress>>,
    /// Last address that is handed out.
    #[option(example = "\"10.20.0.199\"", change = Replace, implied = "the last of the network")]
    pub end: Option<Spanned<IpAddress>>,
    /// Options with mistakes; none in a decoded deployment.
    #[option(flaws)]
    pub flaws: Flaws,
}

/// How guests of a network reach the world.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Choice)]
pub enum NetworkMode {
    /// behind the hypervisor's own address
    Nat,
    /// with their own addresses, which your routers must know
    Routed,
    /// not at all: guests reach each other and the hypervisor
    Isolated,
    /// through a bridge that exists on the hypervisor, as if plugged in there
    Bridge,
}

/// What guests are built from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Nixpkgs {
    /// A directory.
    Path(PathBuf),
    /// A fetched tree.
    Fetch(Fetch),
    /// An imported package set.
    Set,
    /// A lookup path (`<nixpkgs>`) that is not found on this machine; guests are built where it is.
    Unresolved,
}
