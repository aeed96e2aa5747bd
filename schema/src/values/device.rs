//! Names and addresses of devices: processors, USB, what a guest is reached by.

use std::collections::BTreeMap;
use std::fmt;
use std::net::{IpAddr, Ipv4Addr};

use launchnix_diagnostics::{Code, Span};

use super::name::name;
use crate::Spanned;
use crate::decode::{FromText, Malformed, decode_from_text};
use crate::option::Placeholder;

name! {
    /// A model of processor: `Skylake-Server`.
    CpuModel, "a model of processor", r"^[A-Za-z0-9._-]+$", cpu_model
}
name! {
    /// A machine type of QEMU: `q35`, `pc-q35-7.2`.
    MachineType, "a machine type of QEMU", r"^(q35|pc|pc-(q35|i440fx)-[0-9]{1,3}\.[0-9]{1,3})$", machine_type
}

impl MachineType {
    /// The type of today's machines.
    pub fn usual() -> Self {
        Self::new("q35").expect("q35 is a machine type")
    }

    /// Whether the chipset is Q35, which has PCI Express and system management mode.
    pub fn is_q35(&self) -> bool {
        self.as_str() == "q35" || self.as_str().starts_with("pc-q35-")
    }
}

/// A set of CPUs of the hypervisor: `2-3,7`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CpuSet(String);

/// Which CPUs of the hypervisor each virtual CPU may run on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pinning(pub BTreeMap<u32, Spanned<CpuSet>>);

/// A USB device of the hypervisor.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum UsbAddress {
    /// By what it is.
    Product {
        /// Who made it.
        vendor: u16,
        /// What it is.
        product: u16,
    },
    /// By where it is plugged in.
    Port {
        /// Bus.
        bus: u16,
        /// Number on the bus.
        device: u16,
    },
}

/// An address of the hypervisor that something can be reached at; `0.0.0.0` is all of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ListenAddress(pub IpAddr);

decode_from_text!(UsbAddress, ListenAddress, CpuSet);

impl UsbAddress {
    /// The device that a text such as `046d:c52b` is.
    pub fn parse(text: &str) -> Option<Self> {
        Self::from_text(text).ok()
    }
}

impl ListenAddress {
    /// The address that only the hypervisor itself reaches.
    pub fn loopback() -> Self {
        Self(IpAddr::V4(Ipv4Addr::LOCALHOST))
    }
}

impl fmt::Display for CpuSet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Display for ListenAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl fmt::Display for UsbAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Product { vendor, product } => write!(f, "{vendor:04x}:{product:04x}"),
            Self::Port { bus, device } => write!(f, "{bus}.{device}"),
        }
    }
}

impl Placeholder for UsbAddress {
    fn placeholder(_key: Span) -> Self {
        Self::Port { bus: 1, device: 1 }
    }
}

/// The numbers of the hypervisor's CPUs end here, as Linux is built by the distributions.
const MOST_CPUS: u32 = 8191;

impl CpuSet {
    /// The set of one CPU; `None` where no hypervisor has it.
    pub fn one(cpu: i64) -> Option<Self> {
        u32::try_from(cpu).ok().filter(|cpu| *cpu <= MOST_CPUS).map(|cpu| Self(cpu.to_string()))
    }
}

impl FromText for CpuSet {
    const FORM: &'static str = "a set of CPUs such as `2-3,7`";
    const PATTERN: &'static str = r"^\s*[0-9]+(-[0-9]+)?\s*(,\s*[0-9]+(-[0-9]+)?\s*)*$";

    fn from_text(text: &str) -> Result<Self, Malformed> {
        let mut start = 0;
        let mut plain = Vec::new();
        for part in text.split(',') {
            let range = start..start + part.len();
            start += part.len() + 1;
            let number = |text: &str| -> Result<u32, Malformed> {
                let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
                let value = text.parse::<u32>().ok().filter(|_| digits);
                let value = value.ok_or_else(|| {
                    Malformed::new(range.clone(), "a CPU is a number from 0, several are `2-3` or `2,3`")
                })?;
                if value > MOST_CPUS {
                    let reason = format!("the last CPU that a hypervisor can have is {MOST_CPUS}");
                    return Err(Malformed::new(range.clone(), reason).coded(Code::OutOfRange));
                }
                Ok(value)
            };
            let trimmed = part.trim();
            match trimmed.split_once('-') {
                Some((first, last)) => {
                    let (first, last) = (number(first)?, number(last)?);
                    if first > last {
                        return Err(Malformed::new(range, "the range ends before it begins")
                            .with_help(format!("write `{last}-{first}`")));
                    }
                    plain.push(format!("{first}-{last}"));
                }
                None => plain.push(number(trimmed)?.to_string()),
            }
        }
        Ok(Self(plain.join(",")))
    }
}

/// Vendor and product in the usual spelling, of a text that has them in another one or in a line of `lsusb`.
fn vendor_and_product(text: &str) -> Option<String> {
    let is_id = |text: &str| text.len() == 4 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
    let id = |word: &str| {
        let (vendor, product) = word.split_once([':', '-', '_', '/', '.'])?;
        let plain = |part: &str| part.trim_start_matches("0x").trim_start_matches("0X").to_ascii_lowercase();
        let (vendor, product) = (plain(vendor), plain(product));
        (is_id(&vendor) && is_id(&product)).then(|| format!("{vendor}:{product}"))
    };
    let words: Vec<_> = text.split_whitespace().collect();
    match words.as_slice() {
        [vendor, product] => id(&format!("{vendor}:{product}")),
        words => words.iter().find_map(|word| id(word)),
    }
}

impl FromText for UsbAddress {
    const FORM: &'static str = "a USB device such as `046d:c52b` or `1.4`";
    const PATTERN: &'static str = r"^([0-9A-Fa-f]{4}:[0-9A-Fa-f]{4}|[0-9]{1,3}\.[0-9]{1,3})$";

    fn from_text(text: &str) -> Result<Self, Malformed> {
        if let Some(id) = vendor_and_product(text).filter(|id| !id.eq_ignore_ascii_case(text)) {
            let malformed = Malformed::new(0..text.len(), "vendor and product are written `046d:c52b`");
            return Err(malformed.rewritten(id, true));
        }
        let help = "`lsusb` shows both: `Bus 001 Device 004: ID 046d:c52b` is `\"046d:c52b\"` or `\"1.4\"`";
        if let Some((vendor, product)) = text.split_once(':') {
            let part = |part: &str, at: usize, what: &str| {
                let valid = part.len() == 4 && part.bytes().all(|byte| byte.is_ascii_hexdigit());
                let value = u16::from_str_radix(part, 16).ok().filter(|_| valid);
                value.ok_or_else(|| {
                    let reason = format!("the {what} is four hexadecimal digits");
                    Malformed::new(at..at + part.len(), reason).with_help(help)
                })
            };
            return Ok(Self::Product {
                vendor: part(vendor, 0, "vendor")?,
                product: part(product, vendor.len() + 1, "product")?,
            });
        }
        let Some((bus, device)) = text.split_once('.') else {
            return Err(Malformed::new(0..text.len(), "vendor and product, or bus and device, are needed")
                .with_help(help));
        };
        let part = |part: &str, at: usize, what: &str, most: u16| {
            let digits =
                !part.is_empty() && part.len() <= 3 && part.bytes().all(|byte| byte.is_ascii_digit());
            let value = part.parse::<u16>().ok().filter(|value| digits && (1..=most).contains(value));
            value.ok_or_else(|| {
                let reason = format!("the {what} is a number from 1 to {most}");
                Malformed::new(at..at + part.len(), reason).with_help(help)
            })
        };
        Ok(Self::Port { bus: part(bus, 0, "bus", 255)?, device: part(device, bus.len() + 1, "device", 127)? })
    }
}

impl FromText for ListenAddress {
    const FORM: &'static str = "an IP address of the hypervisor";
    const PATTERN: &'static str = <IpAddr as FromText>::PATTERN;

    fn from_text(text: &str) -> Result<Self, Malformed> {
        if text == "0.0.0.0"
            || text == "::"
            || text == "::1"
            || (text.starts_with("127.") && !text.contains('/'))
        {
            return text
                .parse()
                .map(Self)
                .map_err(|_| Malformed::new(0..text.len(), "an address has four octets, each at most 255"));
        }
        if let Some(at) = text.find('/')
            && let Ok(Self(address)) = Self::from_text(&text[..at])
            && (address.is_unspecified() || address.is_loopback())
        {
            return Err(Malformed::new(at..text.len(), "a prefix length is no part of an address")
                .rewritten(&text[..at], false));
        }
        if text == "localhost" {
            return Err(
                Malformed::new(0..text.len(), "a name, not an address").with_help("write `\"127.0.0.1\"`")
            );
        }
        <IpAddr as FromText>::from_text(text).map(Self)
    }
}

fn cpu_model(text: &str) -> Result<(), Malformed> {
    if text.is_empty() {
        return Err(
            Malformed::new(0..0, "a model is not empty").with_help("for example `\"Skylake-Server\"`")
        );
    }
    if matches!(text, "host" | "host-passthrough" | "host-model" | "max" | "maximum") {
        let mode = match text {
            "host" => "host-passthrough",
            "max" => "maximum",
            other => other,
        };
        return Err(Malformed::new(0..text.len(), "this is no model")
            .with_help(format!("write `mode = \"{mode}\";` instead of `model`")));
    }
    let allowed = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '-' | '_' | '.');
    match text.char_indices().find(|(_, letter)| !allowed(*letter)) {
        Some((at, letter)) => Err(Malformed::new(
            at..at + letter.len_utf8(),
            "only letters, digits, `-`, `_` and `.` can stand here",
        )
        .with_help("`virsh cpu-models x86_64` lists the models")),
        None => Ok(()),
    }
}

fn machine_type(text: &str) -> Result<(), Malformed> {
    let help = "`\"q35\"` is today's, `\"pc\"` an old one; both with a version keep it: `\"pc-q35-7.2\"`";
    let version = |version: &str| {
        let mut parts = version.split('.');
        let number = |part: Option<&str>| {
            part.is_some_and(|part| {
                !part.is_empty() && part.len() <= 3 && part.bytes().all(|byte| byte.is_ascii_digit())
            })
        };
        number(parts.next()) && number(parts.next()) && parts.next().is_none()
    };
    match text {
        "q35" | "pc" => return Ok(()),
        "i440fx" | "pc-i440fx" => {
            return Err(
                Malformed::new(0..text.len(), "QEMU calls this machine `pc`").with_help("write `\"pc\"`")
            );
        }
        "pc-q35" => {
            return Err(Malformed::new(0..text.len(), "the version is missing").with_help("write `\"q35\"`"));
        }
        _ => {}
    }
    for prefix in ["pc-q35-", "pc-i440fx-"] {
        if let Some(rest) = text.strip_prefix(prefix) {
            return if version(rest) {
                Ok(())
            } else {
                Err(Malformed::new(prefix.len()..text.len(), "a version is two numbers, such as `7.2`")
                    .with_help(help))
            };
        }
    }
    Err(Malformed::new(0..text.len(), "Launchnix knows the machines `q35` and `pc` of x86-64")
        .with_help(help))
}
