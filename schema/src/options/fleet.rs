//! Options of the fleet.

use std::path::PathBuf;

use launchnix_schema_derive::{Choice, Options};

use crate::values::{BridgeName, DomainName, HostPath, Subnet};
use crate::{Fetch, Spanned};

/// A storage pool: `pools.<name>`.
#[derive(Clone, Debug, PartialEq, Options)]
pub struct Pool {
    /// Directory on the hypervisor.
    pub path: Spanned<HostPath>,
}

/// A virtual network: `networks.<name>`.
#[derive(Clone, Debug, PartialEq, Options)]
pub struct Network {
    /// How guests reach the world.
    pub mode: Spanned<NetworkMode>,
    /// Addresses; always set unless the mode is `bridge`, never set if it is.
    pub subnet: Option<Spanned<Subnet>>,
    /// Bridge device: the existing one in mode `bridge` (always set), else the name of the one to create.
    pub bridge: Option<Spanned<BridgeName>>,
    /// Whether libvirt hands out addresses.
    pub dhcp: Spanned<bool>,
    /// DNS domain of the guests.
    pub domain: Option<Spanned<DomainName>>,
    /// Start with the hypervisor.
    pub autostart: Spanned<bool>,
}

/// How guests of a network reach the world.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Choice)]
pub enum NetworkMode {
    /// Behind the hypervisor's address.
    Nat,
    /// Routed without translation.
    Routed,
    /// Not at all.
    Isolated,
    /// Attached to a bridge that exists on the hypervisor.
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
