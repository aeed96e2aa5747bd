//! Each value is read back from what it is shown as, and has the pattern of its form; no text makes a parser panic or
//! point outside of it.

use std::fmt::Display;

use proptest::prelude::*;

use super::*;
use crate::decode::FromText;

fn round_trip<T: FromText + Display + PartialEq + std::fmt::Debug>(text: &str) {
    match T::from_text(text) {
        Ok(value) => {
            assert_eq!(T::from_text(&value.to_string()).as_ref(), Ok(&value), "{text:?}");
            let pattern = regex::Regex::new(T::PATTERN).expect("a pattern is a regular expression");
            assert!(pattern.is_match(text), "{text:?} is {}", T::FORM);
        }
        Err(malformed) => {
            assert!(malformed.range.start <= malformed.range.end, "{text:?}: {malformed:?}");
            assert!(text.get(malformed.range.clone()).is_some(), "{text:?}: {malformed:?}");
            assert!(!malformed.reason.is_empty());
        }
    }
}

fn every_type(text: &str) {
    round_trip::<MachineName>(text);
    round_trip::<FleetName>(text);
    round_trip::<PoolName>(text);
    round_trip::<NetworkName>(text);
    round_trip::<DiskName>(text);
    round_trip::<InterfaceName>(text);
    round_trip::<BridgeName>(text);
    round_trip::<DomainName>(text);
    round_trip::<UserName>(text);
    round_trip::<ConnectionUri>(text);
    round_trip::<MdevType>(text);
    round_trip::<DiskSerial>(text);
    round_trip::<BootDevice>(text);
    round_trip::<MacAddress>(text);
    round_trip::<PciAddress>(text);
    round_trip::<IpAddress>(text);
    round_trip::<Subnet>(text);
    round_trip::<HostPath>(text);
    round_trip::<DevicePath>(text);
    round_trip::<CpuModel>(text);
    round_trip::<CpuSet>(text);
    round_trip::<FolderTag>(text);
    round_trip::<GuestPath>(text);
    round_trip::<HeaderName>(text);
    round_trip::<HostName>(text);
    round_trip::<ListenAddress>(text);
    round_trip::<MachineType>(text);
    round_trip::<Permissions>(text);
    round_trip::<SecretName>(text);
    round_trip::<Tag>(text);
    round_trip::<UrlPath>(text);
    round_trip::<UsbAddress>(text);
}

proptest! {
    #[test]
    fn any_text(text in ".{0,80}") {
        every_type(&text);
    }

    #[test]
    fn text_that_looks_like_values(text in "[0-9a-fxé.:/+@%?-]{0,40}") {
        every_type(&text);
    }

    #[test]
    fn uris(text in "(qemu|test|xen)(\\+(ssh|tls|nope))?:/{1,3}[a-z@:0-9]{0,8}/?(system|session|default)?(\\?[a-z=]{0,8})?") {
        every_type(&text);
    }

    #[test]
    fn mac_addresses(octets: [u8; 6]) {
        let text = octets.map(|octet| format!("{octet:02X}")).join(":");
        let usable = octets[0] & 1 == 0 && octets[0] != 0xfe && octets != [0; 6];
        prop_assert_eq!(MacAddress::from_text(&text).map(MacAddress::octets).ok(), usable.then_some(octets));
    }

    #[test]
    fn pci_addresses(domain: u16, bus: u8, slot in 0_u8..0x40, function in 0_u8..10) {
        let found = PciAddress::from_text(&format!("{domain:x}:{bus:02x}:{slot:02x}.{function}"));
        prop_assert_eq!(found.ok(), (slot < 0x20 && function < 8).then_some(PciAddress { domain, bus, slot, function }));
    }

    #[test]
    fn names_and_sets(text in "[a-zA-Z0-9._ /:+,-]{0,70}|[0-9]{1,3}([-,.][0-9]{1,3}){0,3}|pc-q35-[0-9.]{1,5}") {
        every_type(&text);
    }

    #[test]
    fn addresses(octets: [u8; 4], long: u128) {
        every_type(&std::net::Ipv4Addr::from(octets).to_string());
        every_type(&std::net::Ipv6Addr::from(long).to_string());
    }

    #[test]
    fn subnets(address: u32, length in 0_u8..40) {
        let text = format!("{}/{length}", std::net::Ipv4Addr::from(address));
        round_trip::<Subnet>(&text);
    }
}

#[test]
fn a_short_pci_address_is_the_same_function() {
    let short = PciAddress::from_text("09:00.0").expect("it is valid");
    assert_eq!(Ok(short), PciAddress::from_text("0000:09:00.0"));
    assert_eq!(short.to_string(), "0000:09:00.0");
}

#[test]
fn names_of_machines() {
    for good in ["web", "a", "web-1", "Web", "x1"] {
        assert!(MachineName::from_text(good).is_ok(), "{good}");
    }
    let long = "a".repeat(64);
    for bad in [
        "",
        "-a",
        "a-",
        "a.b",
        "a_b",
        "é",
        "a b",
        "network",
        "defaults",
        "resources",
        "require",
        "_file",
        "12",
        &long,
    ] {
        assert!(MachineName::from_text(bad).is_err(), "{bad}");
    }
}

#[test]
fn uris_of_libvirt() {
    for good in [
        "qemu:///system",
        "qemu:///session",
        "qemu+ssh://root@host:2222/system?keyfile=/k",
        "qemu+ssh://root@[fe80::1]/system",
        "qemu+unix:///system?socket=/run/libvirt-sock",
        "test:///default",
        "test:///tmp/state.xml",
        "test+unix:///default?socket=/run/s",
    ] {
        assert_eq!(ConnectionUri::from_text(good).map(|uri| uri.to_string()), Ok(good.to_owned()));
    }
    for bad in [
        "",
        "qemu",
        "qemu:/system",
        "qemu:///",
        "qemu+ssh:///system",
        "qemu+shh://h/system",
        "qemu://h:0/system",
    ] {
        assert!(ConnectionUri::from_text(bad).is_err(), "{bad}");
    }
}
