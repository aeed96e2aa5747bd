//! Values that are parsed once and valid from then on.

mod address;
mod file;
mod name;
mod number;
mod reference;
#[cfg(test)]
mod tests;

pub use address::{IpAddress, MacAddress, PciAddress, Subnet};
pub use file::{DevicePath, FileSource, HostPath, UserFile, WrittenAs};
pub use name::{
    BridgeName, DiskName, DomainName, FleetName, InterfaceName, MachineName, NetworkName, PoolName, UserName,
};
pub use number::{CpuCount, Mebibytes, Port, PrefixLength};
pub use reference::{BootDevice, ConnectionUri, DiskSerial, MdevType};
