//! Options of one machine.

use std::collections::BTreeMap;

use launchnix_schema_derive::{Choice, Options};

use super::{Disk, Interface, PciDevice, StaticIp};
use crate::option::Flaws;
use crate::values::{
    BootDevice, ConnectionUri, CpuCount, DiskName, FileSource, MachineName, MdevType, Mebibytes, PoolName,
    Port, UserFile, UserName,
};
use crate::{Spanned, Text};

/// The options of a machine: `deployment`.
#[derive(Clone, Debug, PartialEq, Options)]
pub struct MachineOptions {
    /// Name of the machine for libvirt, morph and ssh.
    ///
    /// A host label: up to 63 letters, digits and `-`. It must be set where the file describes one machine; in a fleet
    /// it is the attribute's name unless it is set.
    #[option(example = "\"web\"", change = Replace, implied = "the attribute's name in a fleet")]
    pub name: Option<Spanned<MachineName>>,
    /// What the machine is for; libvirt's tools show it.
    #[option(example = "\"serves the blog\"", change = Live)]
    pub description: Option<Spanned<String>>,
    /// Whether the guest runs NixOS, which is built and deployed from `machine`.
    #[option(
        example = "false", change = None,
        implied = "true, unless there is no `machine`, or `installationMedia`, `bootOrder` or an image for the boot disk \
                   (`initialDisks.boot.fromImage`) is set"
    )]
    pub nixos: Option<Spanned<bool>>,
    /// libvirt that runs the machine.
    #[option(example = "\"qemu+ssh://root@node1/system\"", change = Replace, implied = "the fleet's `connection`")]
    pub connection: Option<Spanned<ConnectionUri>>,
    /// Whether the machine starts with the hypervisor.
    #[option(example = "true", change = Live, default = false)]
    pub autostart: Spanned<bool>,
    /// Number of virtual CPUs.
    #[option(
        example = "2", change = Restart, min = 1, max = 512,
        why = "a machine has a CPU, and guests with more than 512 need a topology that Launchnix does not write"
    )]
    pub cpus: Spanned<CpuCount>,
    /// Memory of the machine.
    #[option(
        example = "2048", unit = "MiB", change = Restart, min = 1, max = 16_777_216,
        why = "QEMU's machines address at most 16 TiB; sizes are in MiB, not in bytes"
    )]
    pub ram: Spanned<Mebibytes>,
    /// What runs the guest's instructions.
    #[option(example = "\"qemu\"", change = Restart, default = Virtualisation::Kvm)]
    pub virtualisation: Spanned<Virtualisation>,
    /// Firmware that the machine boots with.
    #[option(example = "\"uefi\"", change = Restart, default = Firmware::Bios)]
    pub firmware: Spanned<Firmware>,
    /// What the machine tries to boot from, in order: `"PXE"` (the network), `"cdrom"` (the installation medium) or the
    /// name of a disk.
    ///
    /// `"boot"` is the boot disk.
    #[option(
        example = "[ \"PXE\" \"boot\" ]", change = Restart,
        implied = "the boot disk, then the installation medium"
    )]
    pub boot_order: Option<Spanned<Vec<Spanned<BootDevice>>>>,
    /// Storage pool of the machine's disks: one of `pools`, or libvirt's own `default`.
    #[option(example = "\"fast\"", change = Replace, default = PoolName::usual())]
    pub storage_pool_name: Spanned<PoolName>,
    /// Size of the boot disk; the same as `initialDisks.boot.size`.
    #[option(
        example = "20480", unit = "MiB", change = Restart, implied = "20480 for a NixOS guest without an image",
        min = 1, max = 67_108_864, why = "64 TiB is more than a file of a storage pool holds; sizes are in MiB, not in bytes"
    )]
    pub disk_size: Option<Spanned<Mebibytes>>,
    /// Disks of the machine by name; `boot` is the boot disk.
    #[option(example = "{ games.size = 102400; }", change = Restart)]
    pub initial_disks: BTreeMap<DiskName, Spanned<Disk>>,
    /// Image of a CD that the machine is installed from.
    ///
    /// A string is a path on the hypervisor; a Nix path or a fetch is uploaded.
    #[option(
        example = "builtins.fetchurl \"https://dl-cdn.alpinelinux.org/alpine/v3.20/releases/x86_64/alpine-standard-3.20.3-x86_64.iso\"",
        change = Restart
    )]
    pub installation_media: Option<Spanned<FileSource>>,
    /// Static addresses inside of the guest.
    ///
    /// A NixOS guest is configured with them; any guest is reached at the first of them.
    #[option(name = "staticIPs", example = "[ { ips = [ \"10.20.0.10\" ]; gateway = \"10.20.0.1\"; } ]", change = Live)]
    pub static_ips: Vec<Spanned<StaticIp>>,
    /// Network interfaces of the machine, in order.
    #[option(
        example = "[ { network = \"lan\"; } ]", change = Restart,
        implied = "one interface on the fleet's only network, or on libvirt's `default`"
    )]
    pub interfaces: Option<Spanned<Vec<Spanned<Interface>>>>,
    /// PCI devices of the hypervisor that the guest gets.
    #[option(example = "[ { id = \"09:00.0\"; gpu = true; } ]", change = Restart)]
    pub pci_devices: Vec<Spanned<PciDevice>>,
    /// Type of the virtual GPU (a mediated device) that the guest gets.
    #[option(name = "vGPUType", example = "\"nvidia-288\"", change = Restart)]
    pub vgpu_type: Option<Spanned<MdevType>>,
    /// Public ssh key that may log in to a NixOS guest; `~` is your home directory.
    #[option(example = "\"~/.ssh/id_ed25519.pub\"", change = Live)]
    pub ssh_pub_key_path: Option<Spanned<UserFile>>,
    /// Private ssh key to log in with; `~` is your home directory. Launchnix never reads it: ssh does.
    #[option(example = "\"~/.ssh/id_ed25519\"", change = Live, implied = "ssh's own choice")]
    pub ssh_priv_key_path: Option<Spanned<UserFile>>,
    /// User to log in as.
    #[option(example = "\"admin\"", change = Live, default = UserName::root())]
    pub ssh_user: Spanned<UserName>,
    /// Port of the guest's ssh server.
    #[option(
        example = "2222", change = Live, default = Port(22), min = 1, max = 65_535,
        why = "TCP has the ports 1 to 65535"
    )]
    pub ssh_port: Spanned<Port>,
    /// XML that is merged into libvirt's `<domain>` element and wins over what Launchnix writes.
    #[option(example = "''<memoryBacking><hugepages/></memoryBacking>''", change = Restart)]
    pub extra_config: Option<Spanned<Text>>,
    /// Options with mistakes; none in a decoded deployment.
    #[option(flaws)]
    pub flaws: Flaws,
}

/// What runs the guest's instructions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Choice)]
pub enum Virtualisation {
    /// the processor itself, at full speed; the hypervisor needs `/dev/kvm`
    Kvm,
    /// an emulator, slowly, on any hypervisor
    Qemu,
}

/// Firmware.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Choice)]
pub enum Firmware {
    /// `SeaBIOS`, which boots everything but what needs UEFI
    Bios,
    /// UEFI (`OVMF`), without secure boot
    Uefi,
}
