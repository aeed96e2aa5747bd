//! Options of one disk.

use launchnix_schema_derive::{Choice, Options};

use crate::values::{DevicePath, DiskSerial, FileSource, Mebibytes, PoolName};
use crate::{Spanned, Text};

/// A disk: `initialDisks.<name>`.
#[derive(Clone, Debug, PartialEq, Options)]
pub struct Disk {
    /// Size in MiB.
    pub size: Option<Spanned<Mebibytes>>,
    /// Copied from.
    pub from_backup: Option<Spanned<FileSource>>,
    /// Overlay of.
    pub from_image: Option<Spanned<FileSource>>,
    /// A block device of the hypervisor.
    pub physical_disk: Option<Spanned<DevicePath>>,
    /// Pool; else the machine's `storagePoolName`.
    pub pool: Option<Spanned<PoolName>>,
    /// Format.
    pub format: Option<Spanned<DiskFormat>>,
    /// Bus.
    pub bus: Spanned<DiskBus>,
    /// Cache mode.
    pub cache: Option<Spanned<DiskCache>>,
    /// Read-only.
    pub read_only: Spanned<bool>,
    /// Serial number.
    pub serial: Option<Spanned<DiskSerial>>,
    /// XML that is merged into the `<disk>` element.
    pub extra_xml: Option<Spanned<Text>>,
}

/// Format of a volume.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Choice)]
pub enum DiskFormat {
    /// Copy-on-write, grows as it is written.
    Qcow2,
    /// Bytes as the guest sees them.
    Raw,
}

/// How a disk is attached.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Choice)]
pub enum DiskBus {
    /// Paravirtual.
    Virtio,
    /// SATA.
    Sata,
    /// virtio-scsi.
    Scsi,
    /// USB stick.
    Usb,
}

/// How the hypervisor caches a disk.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Choice)]
pub enum DiskCache {
    /// Bypass.
    None,
    /// Writeback.
    Writeback,
    /// Writethrough.
    Writethrough,
    /// Directsync.
    Directsync,
    /// Unsafe.
    Unsafe,
}
