//! Addresses: Ethernet, IP and PCI.

use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use launchnix_diagnostics::{Code, Span};

use crate::decode::{FromText, Malformed, decode_from_text};
use crate::option::Placeholder;

/// An address of a guest.
pub type IpAddress = IpAddr;

/// A unicast Ethernet address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct MacAddress([u8; 6]);

impl MacAddress {
    /// The six octets.
    pub fn octets(self) -> [u8; 6] {
        self.0
    }
}

/// A PCI function on the hypervisor: `0000:09:00.0`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PciAddress {
    /// Domain (segment), nearly always 0.
    pub domain: u16,
    /// Bus.
    pub bus: u8,
    /// Slot on the bus, at most `0x1f`.
    pub slot: u8,
    /// Function of the slot, at most 7.
    pub function: u8,
}

/// An IPv4 network in CIDR notation, without host bits: `10.20.0.0/24`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Subnet(ipnet::Ipv4Net);

impl Subnet {
    /// The network.
    pub fn net(self) -> ipnet::Ipv4Net {
        self.0
    }

    /// The first usable address: the hypervisor's own.
    pub fn gateway(self) -> Ipv4Addr {
        Ipv4Addr::from(u32::from(self.0.network()).saturating_add(1))
    }
}

decode_from_text!(MacAddress, PciAddress, Subnet, IpAddress);

impl fmt::Display for MacAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, octet) in self.0.iter().enumerate() {
            let separator = if index == 0 { "" } else { ":" };
            write!(f, "{separator}{octet:02x}")?;
        }
        Ok(())
    }
}

impl fmt::Display for PciAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04x}:{:02x}:{:02x}.{:x}", self.domain, self.bus, self.slot, self.function)
    }
}

impl fmt::Display for Subnet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl Placeholder for PciAddress {
    fn placeholder(_key: Span) -> Self {
        Self { domain: 0, bus: 0, slot: 0, function: 0 }
    }
}

/// The parts of a text between separators, with the offset of each.
fn parts(text: &str, separator: char) -> impl Iterator<Item = (usize, &str)> {
    text.split(separator).scan(0, |start, part| {
        let at = *start;
        *start += part.len() + 1;
        Some((at, part))
    })
}

impl FromText for MacAddress {
    const FORM: &'static str = "a MAC address";

    fn from_text(text: &str) -> Result<Self, Malformed> {
        if text.contains('-') && !text.contains(':') {
            let at = text.find('-').unwrap_or(0);
            return Err(Malformed::new(at..at + 1, "octets are separated by `:`")
                .with_help(format!("write `\"{}\"`", text.replace('-', ":"))));
        }
        let mut octets = Vec::new();
        for (at, part) in parts(text, ':') {
            let range = at..at + part.len();
            if part.len() != 2 || !part.bytes().all(|byte| byte.is_ascii_hexdigit()) {
                return Err(Malformed::new(range, "an octet is two hexadecimal digits"));
            }
            if octets.len() == 6 {
                return Err(Malformed::new(at - 1..text.len(), "a MAC address has six octets"));
            }
            octets.extend(u8::from_str_radix(part, 16));
        }
        let octets: [u8; 6] = octets.as_slice().try_into().map_err(|_| {
            Malformed::new(0..text.len(), format!("six octets are needed, and these are {}", octets.len()))
        })?;
        if octets[0] & 1 == 1 {
            return Err(Malformed::new(
                0..2,
                "an odd first octet makes it a group address, which no card can have",
            )
            .with_help("begin with `52:54:00`, which is QEMU's"));
        }
        if octets[0] == 0xfe {
            return Err(Malformed::new(0..2, "libvirt keeps `fe` for its own end of the cable")
                .with_help("begin with `52:54:00`, which is QEMU's"));
        }
        if octets == [0; 6] {
            return Err(Malformed::new(0..text.len(), "the address of zeros is nobody's"));
        }
        Ok(Self(octets))
    }
}

impl FromText for PciAddress {
    const FORM: &'static str = "a PCI address";

    fn from_text(text: &str) -> Result<Self, Malformed> {
        /// A hexadecimal number at `at` of at most `digits` digits and `max`.
        fn number(text: &str, at: usize, digits: usize, max: u16, what: &str) -> Result<u16, Malformed> {
            let range = at..at + text.len();
            if text.is_empty() {
                return Err(Malformed::new(range, format!("the {what} is missing"))
                    .with_help("write bus, slot and function as `lspci` does: `09:00.0`"));
            }
            let hexadecimal = text.bytes().all(|byte| byte.is_ascii_hexdigit());
            if !hexadecimal || text.len() > digits {
                let reason = format!("the {what} is a hexadecimal number of up to {digits} digits");
                return Err(Malformed::new(range, reason));
            }
            let value = u16::from_str_radix(text, 16).unwrap_or(u16::MAX);
            if value > max {
                return Err(
                    Malformed::new(range, format!("the {what} is at most {max:x}")).coded(Code::OutOfRange)
                );
            }
            Ok(value)
        }

        let Some(dot) = text.rfind('.') else {
            return Err(Malformed::new(text.len()..text.len(), "the function is missing")
                .with_help("write bus, slot and function as `lspci` does: `09:00.0`"));
        };
        let (head, function) = (&text[..dot], &text[dot + 1..]);
        let numbers: Vec<_> = parts(head, ':').collect();
        let (domain, bus, slot) = match numbers.as_slice() {
            [bus, slot] => ((0, "0000"), *bus, *slot),
            [domain, bus, slot] => (*domain, *bus, *slot),
            _ => {
                return Err(Malformed::new(0..dot, "a bus and a slot are needed before the dot")
                    .with_help("write bus, slot and function as `lspci` does: `09:00.0`"));
            }
        };
        let byte = |value: u16| u8::try_from(value).unwrap_or(u8::MAX);
        Ok(Self {
            domain: number(domain.1, domain.0, 4, 0xffff, "domain")?,
            bus: byte(number(bus.1, bus.0, 2, 0xff, "bus")?),
            slot: byte(number(slot.1, slot.0, 2, 0x1f, "slot")?),
            function: byte(number(function, dot + 1, 1, 7, "function")?),
        })
    }
}

fn ipv4(text: &str) -> Result<Ipv4Addr, Malformed> {
    let mut octets = Vec::new();
    for (at, part) in parts(text, '.') {
        let range = at..at + part.len();
        if octets.len() == 4 {
            return Err(Malformed::new(at - 1..text.len(), "an IPv4 address has four octets"));
        }
        if part.is_empty() || !part.bytes().all(|byte| byte.is_ascii_digit()) {
            let reason = if part.is_empty() { "an octet is missing" } else { "an octet is a decimal number" };
            return Err(Malformed::new(range, reason));
        }
        if part.len() > 1 && part.starts_with('0') {
            return Err(Malformed::new(
                range,
                "an octet has no leading zero: some programs take it for octal",
            ));
        }
        let Ok(octet) = part.parse::<u8>() else {
            return Err(Malformed::new(range, "an octet is at most 255"));
        };
        octets.push(octet);
    }
    let octets: [u8; 4] = octets.as_slice().try_into().map_err(|_| {
        Malformed::new(0..text.len(), format!("four octets are needed, and these are {}", octets.len()))
    })?;
    Ok(Ipv4Addr::from(octets))
}

fn ipv6(text: &str) -> Result<Ipv6Addr, Malformed> {
    if let Some(at) = text.find('%') {
        return Err(Malformed::new(at..text.len(), "a zone has no place in an address of a machine"));
    }
    for (at, part) in parts(text, ':') {
        // The last group may be an IPv4 address.
        let hexadecimal = part.bytes().all(|byte| byte.is_ascii_hexdigit());
        if !part.contains('.') && (!hexadecimal || part.len() > 4) {
            return Err(Malformed::new(at..at + part.len(), "a group is up to four hexadecimal digits"));
        }
    }
    text.parse().map_err(|_| {
        Malformed::new(0..text.len(), "eight groups are needed; `::` stands once for groups of zeros")
    })
}

impl FromText for IpAddress {
    const FORM: &'static str = "an IP address";

    fn from_text(text: &str) -> Result<Self, Malformed> {
        if text.is_empty() {
            return Err(Malformed::new(0..0, "an address is not empty"));
        }
        if let Some(at) = text.find('/') {
            return Err(Malformed::new(at..text.len(), "the prefix length has an option of its own")
                .with_help(format!("write `\"{}\"` and `prefix = {};`", &text[..at], &text[at + 1..])));
        }
        let address = if text.contains(':') { Self::V6(ipv6(text)?) } else { Self::V4(ipv4(text)?) };
        let whole = 0..text.len();
        if address.is_unspecified() {
            return Err(Malformed::new(whole, "this address means \"any\", no machine has it"));
        }
        if address.is_loopback() {
            return Err(Malformed::new(whole, "this address never leaves the machine that uses it"));
        }
        if address.is_multicast() || matches!(address, Self::V4(address) if address.is_broadcast()) {
            return Err(Malformed::new(whole, "this address is a group's, no machine can have it"));
        }
        Ok(address)
    }
}

impl FromText for Subnet {
    const FORM: &'static str = "an IPv4 network such as `10.20.0.0/24`";

    fn from_text(text: &str) -> Result<Self, Malformed> {
        if text.contains(':') {
            return Err(Malformed::new(0..text.len(), "only IPv4 networks are supported"));
        }
        let Some(slash) = text.find('/') else {
            let address = ipv4(text)?;
            return Err(Malformed::new(text.len()..text.len(), "the prefix length is missing")
                .with_help(format!("write `\"{address}/24\"`")));
        };
        let address = ipv4(&text[..slash])?;
        let (prefix, range) = (&text[slash + 1..], slash + 1..text.len());
        let length = prefix.parse::<u8>().ok().filter(|_| prefix.bytes().all(|byte| byte.is_ascii_digit()));
        let Some(length) = length.filter(|length| *length <= 32) else {
            return Err(Malformed::new(range, "a prefix length is a number from 8 to 30"));
        };
        if !(8..=30).contains(&length) {
            return Err(Malformed::new(
                range,
                "a prefix length from 8 to 30 leaves room for a gateway and a guest",
            )
            .coded(Code::OutOfRange));
        }
        let net = ipnet::Ipv4Net::new(address, length)
            .map_err(|_| Malformed::new(range, "a prefix length is a number from 8 to 30"))?;
        if net.network() != address {
            return Err(Malformed::new(0..slash, "this is an address in a network, not the network's own")
                .with_help(format!("write `\"{}\"`", net.trunc())));
        }
        let whole = 0..text.len();
        if address.is_loopback()
            || address.is_multicast()
            || address.octets()[0] == 0
            || address.octets()[0] >= 240
        {
            return Err(Malformed::new(whole, "no machine can have an address of this network")
                .with_help("use a private network such as `10.20.0.0/24`"));
        }
        Ok(Self(net))
    }
}
