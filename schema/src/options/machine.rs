//! Options of one machine.

use launchnix_schema_derive::{Choice, Options};
use litemap::LiteMap;

use super::{
    Checks, CloudInit, Cpus, Disk, Graphics, HugePages, Interface, PciDevice, Rng, Secret, Serial,
    SharedFolder, StaticIp, Tpm, UsbDevice, Vsock, Watchdog,
};
use crate::option::Flaws;
use crate::values::{
    BootDevice, ConnectionUri, DiskName, FileSource, FolderTag, MachineName, MachineType, MdevType,
    Mebibytes, PoolName, Port, SecretName, Tag, UserFile, UserName,
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
    /// Words that machines are chosen by: `morph deploy --tagged web`.
    #[option(example = "[ \"web\" \"production\" ]", change = Live)]
    pub tags: Vec<Spanned<Tag>>,
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
    /// Whether `destroy` refuses to remove the machine unless `--allow destroy:<machine>` consents to it.
    #[option(example = "true", change = Live, default = false)]
    pub protect: Spanned<bool>,
    /// Number of virtual CPUs, or a set that says more about them.
    #[option(example = "2", change = Restart)]
    pub cpus: Spanned<Cpus>,
    /// Memory of the machine.
    #[option(
        example = "2048", unit = "MiB", change = Restart, min = 1, max = 16_777_216,
        why = "QEMU's machines address at most 16 TiB; sizes are in MiB, not in bytes"
    )]
    pub ram: Spanned<Mebibytes>,
    /// Whether the machine's memory is made of large pages, which the hypervisor must have set aside; or their size.
    ///
    /// The sizes of x86-64 are 2 MiB and 1024 MiB; `true` takes the hypervisor's usual one. `ram` must be a multiple.
    #[option(example = "1024", unit = "MiB", change = Restart, implied = "`false`")]
    pub hugepages: Option<Spanned<HugePages>>,
    /// Machine that QEMU emulates: `"q35"`, `"pc"`, or one of them in the version that it shall keep, `"pc-q35-7.2"`.
    #[option(example = "\"pc\"", change = Restart, default = MachineType::usual())]
    pub machine_type: Spanned<MachineType>,
    /// What runs the guest's instructions.
    #[option(example = "\"qemu\"", change = Restart, default = Virtualisation::Kvm)]
    pub virtualisation: Spanned<Virtualisation>,
    /// Firmware that the machine boots with.
    #[option(example = "\"uefi\"", change = Restart, default = Firmware::Bios)]
    pub firmware: Spanned<Firmware>,
    /// Whether the machine has a trusted platform module, which `swtpm` on the hypervisor emulates.
    #[option(example = "true", change = Restart, implied = "`false`")]
    pub tpm: Option<Spanned<Box<Tpm>>>,
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
    pub initial_disks: LiteMap<DiskName, Spanned<Box<Disk>>>,
    /// Image of a CD that the machine is installed from.
    ///
    /// A string is a path on the hypervisor; a Nix path or a fetch is uploaded.
    #[option(
        example = "builtins.fetchurl \"https://dl-cdn.alpinelinux.org/alpine/v3.20/releases/x86_64/alpine-standard-3.20.3-x86_64.iso\"",
        change = Restart
    )]
    pub installation_media: Option<Spanned<Box<FileSource>>>,
    /// What a ready-made image is configured with when it first starts, through cloud-init (a `NoCloud` seed).
    ///
    /// The guest gets a small CD labelled `cidata`. `{ }` is enough to give it its name and your public key.
    #[option(example = "{ userData = \"#cloud-config\\npackages: [nginx]\\n\"; }", change = Restart)]
    pub cloud_init: Option<Spanned<Box<CloudInit>>>,
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
    /// USB devices of the hypervisor that the guest gets.
    #[option(example = "[ \"046d:c52b\" ]", change = Restart)]
    pub usb_devices: Vec<Spanned<UsbDevice>>,
    /// Directories of the hypervisor that the guest can use, by the names that it mounts them by (virtiofs).
    #[option(example = "{ media = { path = \"/srv/media\"; mountPoint = \"/media\"; }; }", change = Restart)]
    pub shared_folders: LiteMap<FolderTag, Spanned<SharedFolder>>,
    /// Screen of the machine, shown on the hypervisor.
    #[option(
        example = "\"vnc\"", change = Restart,
        implied = "`\"vnc\"` with `installationMedia`, else `\"none\"`"
    )]
    pub graphics: Option<Spanned<Box<Graphics>>>,
    /// Serial console of the machine.
    #[option(example = "false", change = Restart, implied = "`true`")]
    pub serial: Option<Spanned<Box<Serial>>>,
    /// Device that resets the guest when it hangs.
    #[option(example = "true", change = Restart, implied = "`false`")]
    pub watchdog: Option<Spanned<Box<Watchdog>>>,
    /// Source of random numbers for the guest.
    #[option(example = "false", change = Restart, implied = "`true`")]
    pub rng: Option<Spanned<Box<Rng>>>,
    /// Socket between hypervisor and guest, which needs no network; or its context ID.
    #[option(
        example = "42", change = Restart, implied = "`false`", min = 3, max = 4_294_967_294,
        why = "context IDs have 32 bits; 0 to 2 are the hypervisor's, and the last one means any"
    )]
    pub vsock: Option<Spanned<Vsock>>,
    /// Public ssh key that may log in to a NixOS guest, or to one with `cloudInit`; `~` is your home directory.
    #[option(example = "\"~/.ssh/id_ed25519.pub\"", change = Live)]
    pub ssh_pub_key_path: Option<Spanned<Box<UserFile>>>,
    /// Private ssh key to log in with; `~` is your home directory. Launchnix never reads it: ssh does.
    #[option(example = "\"~/.ssh/id_ed25519\"", change = Live, implied = "ssh's own choice")]
    pub ssh_priv_key_path: Option<Spanned<Box<UserFile>>>,
    /// User to log in as.
    #[option(example = "\"admin\"", change = Live, default = UserName::root())]
    pub ssh_user: Spanned<UserName>,
    /// Port of the guest's ssh server.
    #[option(
        example = "2222", change = Live, default = Port(22), min = 1, max = 65_535,
        why = "TCP has the ports 1 to 65535"
    )]
    pub ssh_port: Spanned<Port>,
    /// Files that morph uploads to a NixOS guest, by names of your choice; they never enter the Nix store.
    #[option(
        example = "{ db = { source = ./secrets/db-password; destination = \"/var/secrets/db-password\"; }; }",
        change = Live
    )]
    pub secrets: LiteMap<SecretName, Spanned<Secret>>,
    /// What must be so after a NixOS guest was deployed; morph asks until it is.
    #[option(example = "{ http = [ { port = 80; } ]; }", change = Live)]
    pub health_checks: Option<Spanned<Box<Checks>>>,
    /// What must be so before a NixOS guest is deployed.
    #[option(example = "{ cmd = [ { cmd = [ \"true\" ]; } ]; }", change = Live)]
    pub pre_deploy_checks: Option<Spanned<Box<Checks>>>,
    /// Whether a NixOS guest downloads from its own binary caches what they have, instead of being sent it.
    #[option(example = "true", change = Live, default = false)]
    pub substitute_on_destination: Spanned<bool>,
    /// XML that is merged into libvirt's `<domain>` element and wins over what Launchnix writes.
    #[option(example = "''<memtune><hard_limit unit=\"GiB\">4</hard_limit></memtune>''", change = Restart)]
    pub extra_config: Option<Spanned<Box<Text>>>,
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
    /// UEFI that starts only what is signed; a NixOS guest begins without keys, so that it can bring its own
    #[choice("uefi-secure")]
    UefiSecure,
}
