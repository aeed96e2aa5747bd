//! References to things that live outside of the deployment, or elsewhere in it.

use super::DiskName;
use super::name::name;

/// Something to boot from.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum BootDevice {
    /// The network: `"PXE"`.
    Pxe,
    /// The installation medium: `"cdrom"`.
    Cdrom,
    /// A disk by its name in `initialDisks`; `"boot"` is the boot disk.
    Disk(DiskName),
}

name! {
    /// A libvirt connection: `qemu:///system`.
    ConnectionUri
}
name! {
    /// A type of mediated device: `nvidia-288`.
    MdevType
}
name! {
    /// A serial number that the guest sees on a disk.
    DiskSerial
}
