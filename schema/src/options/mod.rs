//! The options of a deployment: one declaration each.

mod disk;
mod fleet;
mod machine;
mod network;

pub use disk::{Disk, DiskBus, DiskCache, DiskFormat};
pub use fleet::{Network, NetworkMode, Nixpkgs, Pool};
pub use machine::{Firmware, MachineOptions, Virtualisation};
pub use network::{Interface, NicModel, PciDevice, StaticIp};
