//! Options of a machine's devices besides disks, interfaces and PCI functions.

use launchnix_schema_derive::{Choice, Options};

use crate::Spanned;
use crate::option::Flaws;
use crate::values::{BytesPerSecond, GuestPath, HostPath, ListenAddress, Port, UsbAddress};

/// A USB device of the hypervisor given to the guest: an element of `usbDevices`.
#[derive(Clone, Debug, PartialEq, Options)]
#[options(or = "id", form = "a USB device such as `\"046d:c52b\"`, or a set")]
pub struct UsbDevice {
    /// The device as `lsusb` shows it: by vendor and product (`046d:c52b`), or by bus and device (`1.4`).
    ///
    /// A device gets another number each time it is plugged in; vendor and product stay the same.
    #[option(example = "\"046d:c52b\"", change = Restart)]
    pub id: Spanned<UsbAddress>,
    /// Whether the machine may start while the device is not plugged in.
    #[option(example = "true", change = Restart, default = false)]
    pub optional: Spanned<bool>,
    /// Options with mistakes; none in a decoded deployment.
    #[option(flaws)]
    pub flaws: Flaws,
}

/// A directory of the hypervisor that the guest can use: `sharedFolders.<tag>`.
#[derive(Clone, Debug, PartialEq, Options)]
#[options(or = "path", form = "a directory of the hypervisor, or a set")]
pub struct SharedFolder {
    /// Directory on the hypervisor. It must exist.
    #[option(example = "\"/srv/media\"", change = Restart)]
    pub path: Spanned<HostPath>,
    /// Where a NixOS guest mounts it. Others mount it by its name: `mount -t virtiofs media /media`.
    #[option(example = "\"/media\"", change = Live)]
    pub mount_point: Option<Spanned<GuestPath>>,
    /// Options with mistakes; none in a decoded deployment.
    #[option(flaws)]
    pub flaws: Flaws,
}

/// A screen that can be watched from elsewhere: `graphics`.
#[derive(Clone, Debug, PartialEq, Options)]
#[options(or = "type", form = "`\"none\"`, `\"vnc\"`, `\"spice\"` or a set")]
pub struct Graphics {
    /// Protocol that the screen is shown with.
    #[option(example = "\"spice\"", change = Restart, default = GraphicsType::Vnc)]
    pub r#type: Spanned<GraphicsType>,
    /// Address of the hypervisor that it is shown at.
    ///
    /// There is no password: whoever reaches the address sees the screen. Another address than the loopback one belongs
    /// into a network that you trust; `virt-viewer` reaches the loopback address through ssh by itself.
    #[option(example = "\"192.0.2.10\"", change = Restart, default = ListenAddress::loopback())]
    pub listen: Spanned<ListenAddress>,
    /// Port that it is shown at.
    #[option(
        example = "5910", change = Restart, implied = "one that libvirt finds free at each start, from 5900",
        min = 5900, max = 65_535, why = "QEMU counts its screens from port 5900, and TCP ends at port 65535"
    )]
    pub port: Option<Spanned<Port>>,
    /// Options with mistakes; none in a decoded deployment.
    #[option(flaws)]
    pub flaws: Flaws,
}

/// Protocol of a screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Choice)]
pub enum GraphicsType {
    /// no screen: the serial console is all
    None,
    /// what every viewer understands
    Vnc,
    /// with a clipboard that both sides share, and sound
    Spice,
}

/// The serial console: `serial`.
#[derive(Clone, Debug, PartialEq, Options)]
#[options(or = "enable", form = "`true`, `false` or a set")]
pub struct Serial {
    /// Whether the machine has a serial console, which `virsh console` shows.
    #[option(example = "false", change = Restart, default = true)]
    pub enable: Spanned<bool>,
    /// TCP port of the hypervisor that the console is at, to be used with `telnet`. `virsh console` cannot show it then.
    #[option(
        example = "4555", change = Restart, min = 1, max = 65_535, why = "TCP has the ports 1 to 65535"
    )]
    pub port: Option<Spanned<Port>>,
    /// Address of the hypervisor that `port` is at. Whoever reaches it has the console.
    #[option(example = "\"192.0.2.10\"", change = Restart, implied = "`\"127.0.0.1\"`")]
    pub listen: Option<Spanned<ListenAddress>>,
    /// File on the hypervisor that everything shown on the console is appended to.
    #[option(example = "\"/var/log/libvirt/web.log\"", change = Restart)]
    pub log_file: Option<Spanned<HostPath>>,
    /// Options with mistakes; none in a decoded deployment.
    #[option(flaws)]
    pub flaws: Flaws,
}

/// A watchdog: `watchdog`.
#[derive(Clone, Debug, PartialEq, Options)]
#[options(or = "enable", form = "`true`, `false` or a set")]
pub struct Watchdog {
    /// Whether the machine has a watchdog. In a NixOS guest systemd feeds it.
    #[option(example = "false", change = Restart, default = true)]
    pub enable: Spanned<bool>,
    /// What happens to a guest that stops feeding its watchdog.
    #[option(example = "\"poweroff\"", change = Restart, default = WatchdogAction::Reset)]
    pub action: Spanned<WatchdogAction>,
    /// Device that the guest sees.
    #[option(example = "\"ib700\"", change = Restart, default = WatchdogModel::I6300esb)]
    pub model: Spanned<WatchdogModel>,
    /// Options with mistakes; none in a decoded deployment.
    #[option(flaws)]
    pub flaws: Flaws,
}

/// What a watchdog does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Choice)]
pub enum WatchdogAction {
    /// the guest is reset, as by a button
    Reset,
    /// the guest is asked to shut down
    Shutdown,
    /// its power is cut
    Poweroff,
    /// it is stopped where it is, to be looked at
    Pause,
    /// its memory is written to a file, then it is reset
    Dump,
    /// it gets a non-maskable interrupt, upon which a kernel can write a dump
    #[choice("inject-nmi")]
    InjectNmi,
    /// nothing
    None,
}

/// What watchdog a guest sees.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Choice)]
pub enum WatchdogModel {
    /// Intel, on PCI; every system has a driver
    I6300esb,
    /// iBase, on ISA, for old systems
    Ib700,
}

/// A source of random numbers: `rng`.
#[derive(Clone, Debug, PartialEq, Options)]
#[options(or = "enable", form = "`true`, `false` or a set")]
pub struct Rng {
    /// Whether the machine has a source of random numbers.
    #[option(example = "false", change = Restart, default = true)]
    pub enable: Spanned<bool>,
    /// Where the hypervisor takes them from.
    #[option(example = "\"/dev/hwrng\"", change = Restart, default = RngSource::Urandom)]
    pub source: Spanned<RngSource>,
    /// How much the guest can take.
    #[option(
        example = "4096", unit = "bytes per second", change = Restart, implied = "as much as it likes",
        min = 1, max = 4_294_967_295, why = "libvirt counts the bytes of a second in 32 bits"
    )]
    pub rate: Option<Spanned<BytesPerSecond>>,
    /// Options with mistakes; none in a decoded deployment.
    #[option(flaws)]
    pub flaws: Flaws,
}

/// Where random numbers come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Choice)]
pub enum RngSource {
    /// the kernel's generator, which never waits
    #[choice("/dev/urandom")]
    Urandom,
    /// the kernel's generator, which waits for entropy on old kernels
    #[choice("/dev/random")]
    Random,
    /// the hypervisor's own hardware, where it has some
    #[choice("/dev/hwrng")]
    Hwrng,
}

/// A socket between hypervisor and guest: `vsock`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Vsock {
    /// None.
    Off,
    /// With a context ID that libvirt finds free at each start.
    Auto,
    /// With this context ID.
    Cid(u32),
}
