//! Things of which there is one.

use std::collections::BTreeMap;
use std::net::IpAddr;

use launchnix_schema::values::{MacAddress, PciAddress, UsbAddress};
use uuid::Uuid;

use super::Claim;

/// Something that one machine can have at a time.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Thing {
    Uuid(Uuid),
    Mac(MacAddress),
    Pci(PciAddress),
    Usb(UsbAddress),
    /// A device that another one of the hypervisor lends a part of.
    Mediated(Uuid),
    /// Context ID of a vsock.
    Cid(u32),
    /// A TCP port of the hypervisor.
    Port(u16, Listen),
    /// A block device of the hypervisor.
    Device(String, Access),
    /// An image file of the hypervisor.
    File(String, Access),
    /// A volume of a pool: its name there, and the pool.
    Volume(String, String, Access),
    /// A file that a console is written to.
    Log(String),
    /// A socket in the file system of the hypervisor.
    Socket(String),
    /// What the firmware of a machine keeps its settings in.
    Settings(String),
}

/// Where something listens.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Listen {
    Everywhere,
    At(String),
}

impl Listen {
    /// At an address, or at the one that libvirt takes where none is written.
    pub(crate) fn at(address: Option<&str>) -> Self {
        let address = address.filter(|address| !address.is_empty()).unwrap_or("127.0.0.1");
        match address.parse::<IpAddr>() {
            Ok(address) if address.is_unspecified() => Self::Everywhere,
            _ => Self::At(address.to_owned()),
        }
    }
}

/// What a machine does with a disk.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Access {
    Writes,
    /// Only reads it, or writes to it by agreement.
    Shares,
}

impl Access {
    pub(crate) fn shared_if(shares: bool) -> Self {
        if shares { Self::Shares } else { Self::Writes }
    }
}

impl Thing {
    /// The thing whoever uses it how.
    pub(super) fn kind(&self) -> Self {
        match self {
            Self::Port(port, _) => Self::Port(*port, Listen::Everywhere),
            Self::Device(path, _) => Self::Device(path.clone(), Access::Writes),
            Self::File(path, _) => Self::File(path.clone(), Access::Writes),
            Self::Volume(name, pool, _) => Self::Volume(name.clone(), pool.clone(), Access::Writes),
            other => other.clone(),
        }
    }

    /// What is done with it, where it is a disk.
    fn access(&self) -> Option<Access> {
        match self {
            Self::Device(_, access) | Self::File(_, access) | Self::Volume(_, _, access) => Some(*access),
            _ => None,
        }
    }

    /// Whether there is one element in a machine that says it: a second one is told of as such.
    pub(super) fn stands_once(&self) -> bool {
        matches!(self, Self::Uuid(_) | Self::Cid(_) | Self::Settings(_))
    }

    /// That one machine has it twice.
    pub(super) fn given_twice(&self) -> String {
        let (have, which) = self.what();
        match self {
            Self::Log(_) => format!("two consoles are written to {which}"),
            _ => format!("{} {which} is given twice", have.replacen("have the", "the", 1)),
        }
    }

    /// The way out where one machine has it twice.
    pub(super) fn help_for_one(&self) -> &'static str {
        match self {
            Self::Port(..) | Self::Mac(_) => self.help(),
            Self::Log(_) => "give each of them a file of its own",
            Self::Device(..) | Self::File(..) | Self::Volume(..) => {
                "one disk cannot be used twice at a time: remove one of the two, or name another one"
            }
            _ => "remove one of the two, or name another one",
        }
    }

    /// Goes on where "machines `a` and `b` both" ends.
    pub(super) fn what(&self) -> (&'static str, String) {
        match self {
            Self::Uuid(uuid) => ("have the UUID", uuid.to_string()),
            Self::Mac(mac) => ("have the MAC address", mac.to_string()),
            Self::Pci(address) => ("have the PCI device", address.to_string()),
            Self::Usb(device) => ("have the USB device", device.to_string()),
            Self::Mediated(uuid) => ("have the mediated device", uuid.to_string()),
            Self::Cid(cid) => ("have the vsock context ID", cid.to_string()),
            Self::Port(port, _) => ("have the port", port.to_string()),
            Self::Device(path, _) => ("have the physical disk", path.clone()),
            Self::File(path, _) => ("have the disk image", path.clone()),
            Self::Volume(name, ..) => ("have the volume", format!("`{name}`")),
            Self::Log(file) => ("write their consoles to", file.clone()),
            Self::Socket(path) => ("have the socket", path.clone()),
            Self::Settings(file) => ("have the firmware's settings in", file.clone()),
        }
    }

    /// The way out.
    pub(super) fn help(&self) -> &'static str {
        match self {
            Self::Uuid(_) => "leave `<uuid>` out: Launchnix gives each machine one that stays the same",
            Self::Mac(_) => {
                "change one, or leave it out: an interface without a MAC address gets one of its own"
            }
            Self::Pci(_) | Self::Usb(_) | Self::Mediated(_) => {
                "a device can be in one machine at a time: give it to one of them"
            }
            Self::Cid(_) => {
                "give one of them another ID, or write `vsock = true;` for one that libvirt finds free"
            }
            Self::Port(..) => "choose another port, or leave it out: libvirt finds one that is free",
            Self::Log(_) => "give each machine a file of its own",
            Self::Socket(_) => {
                "give each machine a socket of its own, or leave the path out: libvirt chooses one"
            }
            Self::Settings(_) => "leave `<nvram>` out: libvirt keeps a file for each machine",
            Self::Device(..) | Self::File(..) | Self::Volume(..) => {
                "two machines that write to one disk destroy it: give it to one of them, or make it read-only in both"
            }
        }
    }
}

/// Of claims on one thing those that exclude each other.
pub(super) fn that_clash<N>(claims: Vec<Claim<N>>) -> Vec<Vec<Claim<N>>> {
    if claims.len() < 2 {
        return Vec::new();
    }
    match &claims[0].thing {
        // What several machines read only is theirs to share.
        Thing::Device(..) | Thing::File(..) | Thing::Volume(..) => {
            let writes = |claim: &Claim<N>| claim.thing.access() == Some(Access::Writes);
            if claims.iter().any(writes) { vec![claims] } else { Vec::new() }
        }
        // A port that is taken at all addresses is taken at each of them.
        Thing::Port(port, _) => {
            let everywhere = Thing::Port(*port, Listen::Everywhere);
            if claims.iter().any(|claim| claim.thing == everywhere) {
                return vec![claims];
            }
            let mut by_address: BTreeMap<Thing, Vec<Claim<N>>> = BTreeMap::new();
            for claim in claims {
                by_address.entry(claim.thing.clone()).or_default().push(claim);
            }
            by_address.into_values().collect()
        }
        _ => vec![claims],
    }
}
