//! The options of a deployment: one declaration each.

mod cloud_init;
mod device;
mod disk;
mod fleet;
mod machine;
mod morph;
mod network;
mod shape;

pub use cloud_init::CloudInit;
pub use device::{
    Graphics, GraphicsType, Rng, RngSource, Serial, SharedFolder, UsbDevice, Vsock, Watchdog, WatchdogAction,
    WatchdogModel,
};
pub use disk::{Disk, DiskBus, DiskCache, DiskDiscard, DiskFormat, DiskIo};
pub use fleet::{Dhcp, Network, NetworkMode, Nixpkgs, Pool};
pub use machine::{Firmware, MachineOptions, Virtualisation};
pub use morph::{Checks, CommandCheck, HttpCheck, HttpScheme, Owner, Secret, UploadAt};
pub use network::{Interface, NicModel, PciDevice, StaticIp};
pub use shape::{CpuMode, Cpus, HugePages, Topology, Tpm, TpmModel, TpmVersion};
