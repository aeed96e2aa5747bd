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
    /// The address that a text is.
    pub fn parse(text: &str) -> Option<Self> {
        Self::from_text(text).ok()
    }

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

impl PciAddress {
    /// The address that a text such as `09:00.0` is.
    pub fn parse(text: &str) -> Option<Self> {
        Self::from_text(text).ok()
    }
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

decode_from_text!(MacAddress, PciAddress, Subnet, IpAddress, NameServer);

/// The address of a name server that a guest asks, which may be the guest itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NameServer(pub IpAddress);

impl fmt::Display for NameServer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

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

/// How many there are, as a sentence ends with it.
fn are(number: usize) -> String {
    if number == 1 { "is 1".into() } else { format!("are {number}") }
}

/// The parts of a text between separators, with the offset of each.
fn parts(text: &str, separator: char) -> impl Iterator<Item = (usize, &str)> {
    text.split(separator).scan(0, |start, part| {
        let at = *start;
        *start += part.len() + 1;
        Some((at, part))
    })
}

/// The usual spelling of a MAC address that has hyphens, dots or nothing between its octets.
fn with_colons(text: &str) -> Option<String> {
    if text.contains(':') {
        return None;
    }
    let digits: String = text.chars().filter(|letter| !matches!(letter, '-' | '.' | ' ')).collect();
    if digits.len() != 12 || !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return None;
    }
    let octets: Vec<_> = (0..6).map(|at| digits[2 * at..2 * at + 2].to_ascii_lowercase()).collect();
    Some(octets.join(":"))
}

/// What an IPv4 address matches.
macro_rules! ipv4 {
    () => {
        r"(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])(\.(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])){3}"
    };
}

impl FromText for MacAddress {
    const FORM: &'static str = "a MAC address";
    const PATTERN: &'static str = "^[0-9A-Fa-f][02468ACEace](:[0-9A-Fa-f]{2}){5}$";

    fn from_text(text: &str) -> Result<Self, Malformed> {
        if let Some(right) = with_colons(text) {
            return Err(Malformed::new(0..text.len(), "octets are separated by `:`").rewritten(right, true));
        }
        if matches!(
            text.to_ascii_lowercase().as_str(),
            "" | "auto" | "automatic" | "random" | "generate" | "generated" | "none"
        ) {
            let reason = "an interface that sets none gets one of its own";
            return Err(Malformed::new(0..text.len(), reason)
                .with_help_for("mac", "remove it: the address is made from the names of fleet and machine"));
        }
        let mut octets = Vec::with_capacity(6);
        for (at, part) in parts(text, ':') {
            let range = at..at + part.len();
            if part.len() != 2 || !part.bytes().all(|byte| byte.is_ascii_hexdigit()) {
                let is_short = part.len() == 1 && part.bytes().all(|byte| byte.is_ascii_hexdigit());
                return Err(Malformed::new(range, "an octet is two hexadecimal digits").short(is_short));
            }
            if octets.len() == 6 {
                return Err(Malformed::new(at - 1..text.len(), "a MAC address has six octets"));
            }
            octets.extend(u8::from_str_radix(part, 16));
        }
        let octets: [u8; 6] = octets.as_slice().try_into().map_err(|_| {
            Malformed::new(0..text.len(), format!("six octets are needed, and there {}", are(octets.len())))
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

/// What is wrong with a PCI address that has no dot.
fn without_function(text: &str) -> Malformed {
    let hexadecimal = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_hexdigit());
    let help = "write bus, slot and function as `lspci` does: `09:00.0`";
    if let Some([domain, bus, slot, function]) =
        text.strip_prefix("pci_").map(|rest| rest.split('_').collect::<Vec<_>>()).as_deref()
    {
        let right = format!("{domain}:{bus}:{slot}.{function}");
        return Malformed::new(0..text.len(), "this is libvirt's name of the device").rewritten(right, true);
    }
    let all: Vec<_> = parts(text, ':').collect();
    match all.as_slice() {
        [.., (_, slot), (at, function)] if function.len() == 1 && slot.len() == 2 && all.len() > 2 => {
            let right = format!("{}.{function}", &text[..at - 1]);
            Malformed::new(at - 1..*at, "the function stands after a dot").rewritten(right, true)
        }
        [(_, vendor), (_, product)]
            if vendor.len() == 4 && product.len() == 4 && hexadecimal(vendor) && hexadecimal(product) =>
        {
            let reason = "this says what the device is, not where it is";
            Malformed::new(0..text.len(), reason)
                .with_help("`lspci -nn` shows where it is at the start of the line, such as `09:00.0`")
        }
        _ => Malformed::new(text.len()..text.len(), "the function is missing").with_help(help),
    }
}

impl FromText for PciAddress {
    const FORM: &'static str = "a PCI address";
    const PATTERN: &'static str = r"^([0-9A-Fa-f]{1,4}:)?[0-9A-Fa-f]{1,2}:[01]?[0-9A-Fa-f]\.[0-7]$";

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
                let reason = match digits {
                    1 => format!("the {what} is one hexadecimal digit"),
                    _ => format!("the {what} is a hexadecimal number of up to {digits} digits"),
                };
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

        let Some(dot) = text.rfind('.') else { return Err(without_function(text)) };
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

/// Whether somebody wrote the name of a host: `web`, `web.example.org`.
fn looks_like_a_name(text: &str) -> bool {
    let first = text.split('.').next().unwrap_or_default();
    let letters = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
    !text.contains([':', '/'])
        && first.bytes().next().is_some_and(|byte| byte.is_ascii_alphabetic())
        && first.len() > 1
        && text.split('.').all(|label| label.bytes().all(letters))
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
        Malformed::new(0..text.len(), format!("four octets are needed, and there {}", are(octets.len())))
    })?;
    Ok(Ipv4Addr::from(octets))
}

fn ipv6(text: &str) -> Result<Ipv6Addr, Malformed> {
    if let Some(at) = text.find('%') {
        return Err(Malformed::new(at..text.len(), "a zone has no place in an address of a machine"));
    }
    for (at, part) in parts(text, ':') {
        // The last group may be an IPv4 address.
        if part.contains('.')
            && let Err(mut malformed) = ipv4(part)
        {
            malformed.range = at + malformed.range.start..at + malformed.range.end;
            return Err(malformed);
        }
        let hexadecimal = part.bytes().all(|byte| byte.is_ascii_hexdigit());
        if !part.contains('.') && (!hexadecimal || part.len() > 4) {
            return Err(Malformed::new(at..at + part.len(), "a group is up to four hexadecimal digits"));
        }
    }
    text.parse().map_err(|_| {
        Malformed::new(0..text.len(), "eight groups are needed; `::` stands once for groups of zeros")
    })
}

/// What is wrong with a text that holds several addresses, or an address with commas in it.
fn several(text: &str) -> Option<Malformed> {
    let comma = text.find(',');
    if let Some(comma) = comma
        && let plain = text.replace(',', ".")
        && ipv4(&plain).is_ok()
    {
        return Some(Malformed::new(comma..comma + 1, "octets are separated by `.`").rewritten(plain, true));
    }
    let parts = text.split([',', ';', ' ']).filter(|part| !part.is_empty());
    let addresses: Vec<_> =
        parts.map(|part| part.parse::<IpAddr>().ok().map(|_| part)).collect::<Option<_>>()?;
    let [first, _, ..] = addresses.as_slice() else { return None };
    let strings: Vec<_> = addresses.iter().map(|address| format!("\"{address}\"")).collect();
    let end = text.find(first)? + first.len();
    let malformed = Malformed::new(end..text.len(), "one string holds one address");
    Some(malformed.with_help(format!("write each as a string of its own: `{}`", strings.join(" "))))
}

impl FromText for IpAddress {
    const FORM: &'static str = "an IP address";
    const PATTERN: &'static str = concat!("^(", ipv4!(), "|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*)$");

    fn from_text(text: &str) -> Result<Self, Malformed> {
        if text.is_empty() {
            return Err(Malformed::new(0..0, "an address is not empty"));
        }
        if let Some(malformed) = several(text) {
            return Err(malformed);
        }
        if let Some(at) = text.find(char::is_whitespace) {
            let plain: String = text.chars().filter(|letter| !letter.is_whitespace()).collect();
            let end = at + text[at..].chars().next().map_or(0, char::len_utf8);
            let malformed = Malformed::new(at..end, "an address has no space in it");
            return Err(if Self::from_text(&plain).is_ok() {
                malformed.rewritten(plain, true)
            } else {
                malformed
            });
        }
        if text.eq_ignore_ascii_case("dhcp") || text.eq_ignore_ascii_case("auto") {
            return Err(Malformed::new(0..text.len(), "not an address")
                .with_help("an interface that is not in `staticIPs` asks for its address: remove this"));
        }
        if looks_like_a_name(text) {
            return Err(Malformed::new(0..text.len(), "a name, not an address")
                .with_help("write the address that the name stands for"));
        }
        if let Some(at) = text.find('/') {
            let (address, length) = (&text[..at], &text[at + 1..]);
            let malformed = Malformed::new(at..text.len(), "a prefix length is no part of an address");
            // What is wrong with the address itself goes before that.
            let value = Self::from_text(address)?;
            let malformed = malformed.rewritten(address, false);
            let most = if value.is_ipv4() { 32 } else { 128 };
            let is_length = length.parse::<u8>().is_ok_and(|length| (1..=most).contains(&length));
            return Err(if is_length {
                malformed.with_help_for("ips", format!("write `\"{address}\"` and `prefix = {length};`"))
            } else {
                malformed
            });
        }
        if let Some((address, port)) = text.split_once(':')
            && port.bytes().all(|byte| byte.is_ascii_digit())
            && ipv4(address).is_ok()
        {
            return Err(Malformed::new(address.len()..text.len(), "a port is no part of an address")
                .rewritten(address, false));
        }
        let address = if text.contains(':') { Self::V6(ipv6(text)?) } else { Self::V4(ipv4(text)?) };
        let whole = 0..text.len();
        if address.is_unspecified() {
            return Err(Malformed::new(whole, "this address means \"any\"").nobodys());
        }
        if address.is_loopback() {
            let reason = "this address never leaves the machine that uses it";
            return Err(Malformed::new(whole, reason).nobodys());
        }
        if address.is_multicast() || matches!(address, Self::V4(address) if address.is_broadcast()) {
            return Err(Malformed::new(whole, "this address is a group's").nobodys());
        }
        Ok(address)
    }
}

impl FromText for NameServer {
    const FORM: &'static str = IpAddress::FORM;
    const PATTERN: &'static str = IpAddress::PATTERN;

    fn from_text(text: &str) -> Result<Self, Malformed> {
        match text.parse::<IpAddress>() {
            Ok(own) if own.is_loopback() => Ok(Self(own)),
            _ => IpAddress::from_text(text).map(Self),
        }
    }
}

impl FromText for Subnet {
    const FORM: &'static str = "an IPv4 network such as `10.20.0.0/24`";
    const PATTERN: &'static str = concat!("^", ipv4!(), "/0*([89]|[12][0-9]|30)$");

    fn from_text(text: &str) -> Result<Self, Malformed> {
        if text.contains(':') {
            return Err(Malformed::new(0..text.len(), "only IPv4 networks are supported"));
        }
        let Some(slash) = text.find('/') else {
            let address = ipv4(text)?;
            return Err(Malformed::new(text.len()..text.len(), "the prefix length is missing")
                .rewritten(format!("{address}/24"), false));
        };
        let address = ipv4(&text[..slash])?;
        let (prefix, range) = (&text[slash + 1..], slash + 1..text.len());
        let length = prefix.parse::<u8>().ok().filter(|_| prefix.bytes().all(|byte| byte.is_ascii_digit()));
        let Some(length) = length.filter(|length| *length <= 32) else {
            let malformed = Malformed::new(range, "a prefix length is a number from 8 to 30");
            let mask = prefix.parse::<Ipv4Addr>().ok().map(u32::from);
            let bits = mask.filter(|mask| mask.leading_ones() + mask.trailing_zeros() == 32);
            return Err(match bits {
                Some(mask) => malformed.rewritten(format!("{address}/{}", mask.leading_ones()), true),
                None => malformed,
            });
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
                .rewritten(net.trunc().to_string(), true));
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
