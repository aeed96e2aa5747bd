//! Values that are parsed once and valid from then on.

mod address;
mod device;
mod file;
mod guest;
mod name;
mod number;
mod patterns;
mod reference;
#[cfg(test)]
mod tests;

pub use address::{IpAddress, MacAddress, NameServer, PciAddress, Subnet};
pub use device::{CpuModel, CpuSet, ListenAddress, MachineType, Pinning, UsbAddress};
pub use file::{DevicePath, FileSource, HostPath, UserFile, WrittenAs};
pub(crate) use guest::looks_like_a_path;
pub use guest::{Content, FolderTag, GuestPath, HeaderName, HostName, Permissions, SecretName, Tag, UrlPath};
pub use name::{
    BridgeName, DiskName, DomainName, FleetName, InterfaceName, MachineName, NetworkName, PoolName, UserName,
};
pub use number::{BytesPerSecond, CpuCount, Mebibytes, Port, PrefixLength, Seconds};
pub(crate) use patterns::pattern;
pub use reference::{BootDevice, ConnectionUri, DiskSerial, MdevType};
