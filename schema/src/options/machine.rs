//! Options of one machine.

use std::collections::BTreeMap;

use launchnix_schema_derive::{Choice, Options};

use super::{Disk, Interface, PciDevice, StaticIp};
use crate::values::{
    BootDevice, ConnectionUri, CpuCount, DiskName, FileSource, MachineName, MdevType, Mebibytes, PoolName,
    Port, UserFile, UserName,
};
use crate::{Spanned, Text};

/// The options of a machine: `deployment`.
#[derive(Clone, Debug, PartialEq, Options)]
pub struct MachineOptions {
    /// Name.
    pub name: Option<Spanned<MachineName>>,
    /// Free text.
    pub description: Option<Spanned<String>>,
    /// Whether the guest runs NixOS; see `Machine::nixos` for the answer.
    pub nixos: Option<Spanned<bool>>,
    /// libvirt URI where it is not the fleet's.
    pub connection: Option<Spanned<ConnectionUri>>,
    /// Start with the hypervisor.
    pub autostart: Spanned<bool>,
    /// Virtual CPUs.
    pub cpus: Spanned<CpuCount>,
    /// Memory in MiB.
    pub ram: Spanned<Mebibytes>,
    /// Hypervisor.
    pub virtualisation: Spanned<Virtualisation>,
    /// Firmware.
    pub firmware: Spanned<Firmware>,
    /// Boot order.
    pub boot_order: Option<Spanned<Vec<Spanned<BootDevice>>>>,
    /// Pool of its disks.
    pub storage_pool_name: Spanned<PoolName>,
    /// Size of the boot disk in MiB.
    pub disk_size: Option<Spanned<Mebibytes>>,
    /// Disks by name; each is spanned by its key.
    pub initial_disks: BTreeMap<DiskName, Spanned<Disk>>,
    /// Installation medium.
    pub installation_media: Option<Spanned<FileSource>>,
    /// Static addresses.
    pub static_ips: Vec<Spanned<StaticIp>>,
    /// Network interfaces; `None` for one interface on the fleet's only network or on `default`.
    pub interfaces: Option<Spanned<Vec<Spanned<Interface>>>>,
    /// PCI functions.
    pub pci_devices: Vec<Spanned<PciDevice>>,
    /// Mediated device type.
    pub vgpu_type: Option<Spanned<MdevType>>,
    /// Public key that may log in.
    pub ssh_pub_key_path: Option<Spanned<UserFile>>,
    /// Private key to log in with; never read.
    pub ssh_priv_key_path: Option<Spanned<UserFile>>,
    /// User to log in as.
    pub ssh_user: Spanned<UserName>,
    /// ssh port.
    pub ssh_port: Spanned<Port>,
    /// XML that is merged into the domain.
    pub extra_config: Option<Spanned<Text>>,
}

/// What runs the guest's instructions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Choice)]
pub enum Virtualisation {
    /// Hardware virtualisation.
    Kvm,
    /// Emulation.
    Qemu,
}

/// Firmware.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Choice)]
pub enum Firmware {
    /// SeaBIOS.
    Bios,
    /// OVMF without secure boot.
    Uefi,
}
