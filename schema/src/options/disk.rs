//! Options of one disk.

use launchnix_schema_derive::{Choice, Options};

use crate::option::Flaws;
use crate::values::{DevicePath, DiskSerial, FileSource, Mebibytes, PoolName};
use crate::{Spanned, Text};

/// A disk: `initialDisks.<name>`.
#[derive(Clone, Debug, PartialEq, Options)]
pub struct Disk {
    /// Size of the disk.
    ///
    /// A disk grows when its size does, and what is on it stays; it never shrinks. With `fromImage` or `fromBackup` the
    /// size may be left out: then it is that of the image.
    #[option(
        example = "40960", unit = "MiB", change = Restart, implied = "the size of the image that it starts as",
        min = 1, max = 67_108_864, why = "64 TiB is more than a file of a storage pool holds; sizes are in MiB, not in bytes"
    )]
    pub size: Option<Spanned<Mebibytes>>,
    /// Image that the disk starts as a full copy of.
    ///
    /// The file is copied into the pool when the disk is made, and not looked at again.
    #[option(example = "\"/backups/web.qcow2\"", change = None)]
    pub from_backup: Option<Spanned<Box<FileSource>>>,
    /// Image that the disk starts as a copy-on-write overlay of.
    ///
    /// The image goes into the pool once, however many machines start from it; each disk holds only what its machine
    /// wrote. An operating system's ready-made image belongs here.
    #[option(example = "./debian-12-genericcloud-amd64.qcow2", change = None)]
    pub from_image: Option<Spanned<Box<FileSource>>>,
    /// Block device of the hypervisor that the guest gets as it is.
    ///
    /// Nothing is written to it by Launchnix. Prefer a name in `/dev/disk/by-id`, which stays the same over a reboot.
    #[option(example = "\"/dev/disk/by-id/ata-Samsung_SSD_870_S5Y1\"", change = Restart)]
    pub physical_disk: Option<Spanned<DevicePath>>,
    /// Storage pool that holds the disk.
    #[option(example = "\"fast\"", change = Replace, implied = "the machine's `storagePoolName`")]
    pub pool: Option<Spanned<PoolName>>,
    /// Format of the volume.
    #[option(example = "\"raw\"", change = Replace, implied = "`\"qcow2\"`, and `\"raw\"` with `physicalDisk`")]
    pub format: Option<Spanned<DiskFormat>>,
    /// How the disk is attached to the guest.
    #[option(example = "\"sata\"", change = Restart, default = DiskBus::Virtio)]
    pub bus: Spanned<DiskBus>,
    /// How the hypervisor caches what the guest reads and writes.
    #[option(example = "\"none\"", change = Restart, implied = "the hypervisor's default")]
    pub cache: Option<Spanned<DiskCache>>,
    /// What becomes of space that the guest frees.
    #[option(
        example = "\"ignore\"", change = Restart,
        implied = "`\"unmap\"` for a volume, `\"ignore\"` for a physical disk"
    )]
    pub discard: Option<Spanned<DiskDiscard>>,
    /// How the hypervisor's kernel is asked to read and write.
    #[option(
        example = "\"io_uring\"", change = Restart,
        implied = "`\"native\"` for a physical disk, else the hypervisor's default"
    )]
    pub io: Option<Spanned<DiskIo>>,
    /// Whether the guest may only read the disk.
    #[option(example = "true", change = Restart, default = false)]
    pub read_only: Spanned<bool>,
    /// Serial number that the guest sees, to find the disk as `/dev/disk/by-id/virtio-<serial>`.
    #[option(example = "\"games-1\"", change = Restart)]
    pub serial: Option<Spanned<DiskSerial>>,
    /// Whether the disk is marked as one to keep; removing or replacing any disk needs `--allow destroy:<machine>/<disk>`.
    #[option(example = "true", change = Live, default = false)]
    pub protect: Spanned<bool>,
    /// XML that is merged into libvirt's `<disk>` element and wins over what Launchnix writes.
    #[option(name = "extraXML", example = "''<iotune><total_iops_sec>500</total_iops_sec></iotune>''", change = Restart)]
    pub extra_xml: Option<Spanned<Box<Text>>>,
    /// Options with mistakes; none in a decoded deployment.
    #[option(flaws)]
    pub flaws: Flaws,
}

/// Format of a volume.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Choice)]
pub enum DiskFormat {
    /// grows as it is written, can be an overlay
    Qcow2,
    /// the bytes as the guest sees them
    Raw,
}

/// How a disk is attached.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Choice)]
pub enum DiskBus {
    /// paravirtual and fast; the guest needs a driver, which Linux has
    Virtio,
    /// SATA, for guests without virtio drivers
    Sata,
    /// a virtio SCSI controller
    Scsi,
    /// a USB stick
    Usb,
}

/// How the hypervisor caches a disk.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Choice)]
pub enum DiskCache {
    /// past the hypervisor's page cache
    None,
    /// through the page cache; the guest's flushes are honoured
    Writeback,
    /// through the page cache, each write flushed
    Writethrough,
    /// past the page cache, each write flushed
    Directsync,
    /// through the page cache, flushes ignored: data is lost when the hypervisor fails
    Unsafe,
}

/// What becomes of freed space.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Choice)]
pub enum DiskDiscard {
    /// it is freed in the pool or on the device as well
    Unmap,
    /// it stays taken
    Ignore,
}

/// How a disk is read and written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Choice)]
pub enum DiskIo {
    /// by threads of the hypervisor
    Threads,
    /// by the kernel's own asynchronous I/O; needs `cache = "none"` or `"directsync"`
    Native,
    /// by the kernel's newest interface, of Linux 5.1 and QEMU 5.0
    #[choice("io_uring")]
    IoUring,
}
