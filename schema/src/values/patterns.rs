//! What strings match, for programs that know the options only by their JSON Schema.

use super::{
    BootDevice, BridgeName, ConnectionUri, CpuModel, CpuSet, DevicePath, DiskName, DiskSerial, DomainName,
    FleetName, FolderTag, GuestPath, HeaderName, HostName, HostPath, InterfaceName, IpAddress, ListenAddress,
    MacAddress, MachineName, MachineType, MdevType, NetworkName, PciAddress, Permissions, PoolName,
    SecretName, Subnet, Tag, UrlPath, UsbAddress, UserName,
};
use crate::decode::FromText;

/// What a form is called and what its strings match.
type Form = (&'static str, &'static str);

const fn form<T: FromText>() -> Form {
    (T::FORM, T::PATTERN)
}

const FORMS: &[Form] = &[
    form::<BootDevice>(),
    form::<BridgeName>(),
    form::<ConnectionUri>(),
    form::<CpuModel>(),
    form::<CpuSet>(),
    form::<DevicePath>(),
    form::<DiskName>(),
    form::<DiskSerial>(),
    form::<DomainName>(),
    form::<FleetName>(),
    form::<FolderTag>(),
    form::<GuestPath>(),
    form::<HeaderName>(),
    form::<HostName>(),
    form::<HostPath>(),
    form::<InterfaceName>(),
    form::<IpAddress>(),
    form::<ListenAddress>(),
    form::<MacAddress>(),
    form::<MachineName>(),
    form::<MachineType>(),
    form::<MdevType>(),
    form::<NetworkName>(),
    form::<PciAddress>(),
    form::<Permissions>(),
    form::<PoolName>(),
    form::<SecretName>(),
    form::<Subnet>(),
    form::<Tag>(),
    form::<UrlPath>(),
    form::<UsbAddress>(),
    form::<UserName>(),
];

/// What the strings of a form match, which is called so, with its article or without; `None` for any text.
pub(crate) fn pattern(called: &str) -> Option<&'static str> {
    let is_it = |form: &str| form == called || form.strip_prefix("a ") == Some(called);
    FORMS.iter().find(|(form, _)| is_it(form)).map(|(_, pattern)| *pattern)
}

#[cfg(test)]
mod tests {
    use regex::Regex;

    use super::*;

    #[test]
    fn what_has_another_form_does_not_match() {
        for (form, text) in [
            ("an IP address", "10.0.0.300"),
            ("an IPv4 network such as `10.20.0.0/24`", "10.0.0.0/33"),
            ("a MAC address", "53:54:00:00:00:01"),
            ("a PCI address", "09:20.0"),
            ("machine's name", "web_1"),
            ("a network interface's name", "a-name-that-is-too-long"),
            ("a libvirt URI", "qemu"),
        ] {
            let pattern = pattern(form).expect("the form has a pattern");
            assert!(!Regex::new(pattern).expect("a regular expression").is_match(text), "{text} as {form}");
        }
        assert_eq!(pattern("a string"), None);
    }
}
