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
    use proptest::prelude::*;
    use regex::Regex;

    use super::*;
    use crate::values::NameServer;

    /// Whether the pattern takes a text that the parser takes.
    fn agrees<T: FromText>(text: &str) {
        let takes =
            |pattern: &str| Regex::new(pattern).expect("a pattern is a regular expression").is_match(text);
        if T::from_text(text).is_ok() {
            assert!(takes(T::PATTERN), "{text:?} is {}", T::FORM);
        }
    }

    fn agree(text: &str) {
        agrees::<BootDevice>(text);
        agrees::<ConnectionUri>(text);
        agrees::<CpuModel>(text);
        agrees::<CpuSet>(text);
        agrees::<DevicePath>(text);
        agrees::<DiskSerial>(text);
        agrees::<DomainName>(text);
        agrees::<FleetName>(text);
        agrees::<FolderTag>(text);
        agrees::<GuestPath>(text);
        agrees::<HeaderName>(text);
        agrees::<HostName>(text);
        agrees::<HostPath>(text);
        agrees::<InterfaceName>(text);
        agrees::<ListenAddress>(text);
        agrees::<MacAddress>(text);
        agrees::<MachineName>(text);
        agrees::<MachineType>(text);
        agrees::<NameServer>(text);
        agrees::<PciAddress>(text);
        agrees::<Permissions>(text);
        agrees::<SecretName>(text);
        agrees::<Subnet>(text);
        agrees::<Tag>(text);
        agrees::<UrlPath>(text);
        agrees::<UsbAddress>(text);
        agrees::<UserName>(text);
    }

    proptest! {
        #[test]
        fn what_is_valid_matches(text in "[0-9a-f]{1,4}([:./][0-9a-fA-F]{1,4}){0,7}|[a-zA-Z0-9._ /:+,-]{0,70}") {
            agree(&text);
        }

        #[test]
        fn addresses_match(octets in any::<[u8; 4]>(), length in 0_u8..33, long in any::<u128>()) {
            let address = std::net::Ipv4Addr::from(octets);
            agree(&address.to_string());
            agree(&std::net::Ipv6Addr::from(long).to_string());
            agree(&ipnet::Ipv4Net::new(address, length).expect("a length up to 32").trunc().to_string());
        }
    }

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
