//! What form libvirt's numbers, sets of CPUs and other values have that cannot be listed.
//!
//! Only what libvirt refuses is found fault with. Where a form is not known here, anything goes.

use uuid::Uuid;

use super::Element;
use super::remedy::Remedy;

/// The form of a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// A whole number between two others.
    Number(i64, i64),
    /// Microseconds of each period; what is not positive stands for no limit.
    Quota,
    /// A part of a PCI address: C's notation of numbers, up to a last one.
    Address(u32),
    /// A number of four hexadecimal digits that a USB device has.
    UsbId,
    /// CPUs or NUMA nodes: `0-3,^2`.
    Set,
    Uuid,
    /// What a guest sees of its hypervisor: up to twelve letters.
    VendorId,
}

/// Any number that is not negative.
const COUNT: Form = Form::Number(0, i64::MAX);
const POSITIVE: Form = Form::Number(1, i64::MAX);
const PERIOD: Form = Form::Number(PERIOD_LEAST, 1_000_000);
/// Microseconds.
const PERIOD_LEAST: i64 = 1000;

/// The form of an attribute's value; `element` is the one that has it.
pub(super) fn of_attribute(parent: &str, element: &Element, attribute: &str) -> Option<Form> {
    Some(match (parent, element.name.as_str(), attribute) {
        (_, "address", _) if is_of_pci(element) => match attribute {
            "domain" => Form::Address(u32::MAX),
            "bus" => Form::Address(0xff),
            "slot" => Form::Address(0x1f),
            "function" => Form::Address(7),
            _ => return None,
        },
        (_, "address", "port") if element.attribute("type") == Some("virtio-serial") => COUNT,
        ("source", "vendor" | "product", "id") => Form::UsbId,
        ("source", "address", "uuid")
        | ("auth" | "encryption", "secret", "uuid")
        | ("virtualport", "parameters", "instanceid" | "interfaceid") => Form::Uuid,
        ("cputune", "vcpupin" | "emulatorpin" | "iothreadpin", "cpuset")
        | ("cputune", "vcpusched" | "cachetune" | "memorytune", "vcpus")
        | ("cachetune", "monitor", "vcpus")
        | ("cputune", "iothreadsched", "iothreads")
        | ("domain", "vcpu", "cpuset")
        | ("numa", "cell", "cpus")
        | ("numatune", "memory" | "memnode", "nodeset")
        | ("hugepages", "page", "nodeset") => Form::Set,
        ("hyperv", "vendor_id", "value") => Form::VendorId,
        ("hyperv", "spinlocks", "retries") => Form::Number(4095, i64::from(u32::MAX)),
        ("vlan", "tag", "id") => Form::Number(0, 4095),
        ("devices", "graphics", "port" | "tlsPort" | "websocket")
        | ("os", "bios", "rebootTimeout")
        | ("redirfilter", "usbdev", "class" | "vendor" | "product") => Form::Number(-1, 65535),
        ("source", "host", "port") => Form::Number(0, 65535),
        ("interface" | "source", "ip" | "route", "prefix") => Form::Number(0, 128),
        ("cpu", "topology", "sockets" | "dies" | "clusters" | "cores" | "threads")
        | ("domain", "vcpu", "current")
        | (_, "boot", "order")
        | ("disk", "driver", "queue_size")
        | ("rng", "rate", "bytes" | "period") => POSITIVE,
        (
            _,
            "address",
            "bus" | "controller" | "device" | "target" | "unit" | "slot" | "iobase" | "irq" | "cssid"
            | "ssid" | "devno" | "reg" | "base",
        )
        | ("domain", "maxMemory", "slots")
        | ("cachetune", "cache" | "monitor", "id" | "level" | "size")
        | ("memorytune", "node", "id" | "bandwidth")
        | ("cputune", "vcpusched" | "iothreadsched" | "emulatorsched", "priority")
        | ("cpu", "cache", "level")
        | ("controller", "master", "startport")
        | ("controller", "target", "busNr" | "chassis" | "chassisNr" | "index" | "port")
        | ("devices", "filesystem", "dmode" | "fmode")
        | ("disk", "geometry", "cyls" | "heads" | "secs")
        | ("disk", "source", "namespace")
        | ("idmap", "uid" | "gid", "start" | "target" | "count")
        | ("iommu", "driver", "aw_bits")
        | ("lease", "target", "offset")
        | ("input" | "output", "settings", "frequency" | "channels")
        | ("audio", "input" | "output", "voices" | "bufferLength" | "bufferCount")
        | ("rx", "frames", "max")
        | ("slices", "slice", "offset" | "size")
        | ("source", "readahead", "size")
        | ("source", "timeout", "seconds")
        | ("source", "reconnect", "timeout" | "delay")
        | ("binary", "thread_pool", "size")
        | ("cputune", "vcpupin", "vcpu")
        | ("cputune", "iothreadpin", "iothread")
        | ("numa", "cell", "id" | "memory")
        | ("numatune", "memnode", "cellid")
        | ("distances", "sibling", "id" | "value")
        | ("hugepages", "page", "size")
        | ("memoryBacking", "allocation", "threads")
        | ("iothreadids", "iothread", "id" | "thread_pool_min" | "thread_pool_max")
        | ("vcpus", "vcpu", "id" | "order")
        | ("devices", "controller", "index" | "ports" | "vectors")
        | ("controller", "driver", "queues" | "iothread" | "cmd_per_lun" | "max_sectors")
        | ("disk", "driver", "queues" | "iothread")
        | ("disk", "blockio", "logical_block_size" | "physical_block_size")
        | ("disk", "target", "rotation_rate")
        | ("filesystem", "driver", "queue")
        | ("interface", "driver", "queues" | "rx_queue_size" | "tx_queue_size")
        | ("interface", "mtu", "size")
        | ("bandwidth", "inbound" | "outbound", "average" | "peak" | "burst" | "floor")
        | ("memballoon", "stats", "period")
        | ("os", "bootmenu", "timeout")
        | ("clock", "timer", "frequency")
        | ("timer", "catchup", "threshold" | "slew" | "limit")
        | ("video", "model", "ram" | "vram" | "vram64" | "vgamem" | "heads")
        | ("model", "resolution", "x" | "y")
        | ("devices" | "sound" | "graphics", "audio", "id")
        | ("serial" | "console" | "parallel", "target", "port")
        | ("cpu", "maxphysaddr", "bits") => COUNT,
        ("vsock", "cid", "address") => Form::Number(3, i64::from(u32::MAX) - 1),
        _ => return None,
    })
}

/// Whether an address is one of PCI.
fn is_of_pci(address: &Element) -> bool {
    let has = |name| address.attribute(name).is_some();
    address.attribute("type").is_none_or(|kind| kind == "pci") && (has("slot") || has("function"))
}

/// The form of the text in an element.
pub(super) fn of_text(parent: &str, name: &str) -> Option<Form> {
    Some(match (parent, name) {
        ("domain", "vcpu") => POSITIVE,
        ("domain", "memory" | "currentMemory" | "maxMemory" | "iothreads")
        | ("memtune", "hard_limit" | "soft_limit" | "swap_hard_limit" | "min_guarantee")
        | ("blkiotune" | "device", "weight")
        | ("device", "read_bytes_sec" | "write_bytes_sec" | "read_iops_sec" | "write_iops_sec")
        | ("cputune", "shares")
        | ("target" | "shmem" | "label", "size")
        | ("target", "node" | "block" | "requested")
        | ("source", "pagesize")
        | ("controller", "pcihole64")
        | ("smm", "tseg")
        | ("tcg", "tb-cache")
        | ("tune", "sndbuf")
        | ("launchSecurity", "cbitpos" | "reducedPhysBits" | "policy") => COUNT,
        ("cputune", "period" | "global_period" | "emulator_period" | "iothread_period") => PERIOD,
        ("cputune", "quota" | "global_quota" | "emulator_quota" | "iothread_quota") => Form::Quota,
        ("iotune", name) if name != "group_name" => COUNT,
        ("source", "nodemask") => Form::Set,
        ("domain", "genid") => Form::Uuid,
        _ => return None,
    })
}

impl Form {
    /// What is wrong with a value, and what to write instead.
    pub(super) fn fault(self, value: &str) -> Option<Remedy> {
        let value = value.trim();
        let (label, help): (String, String) = match self {
            Self::Number(least, most) => return number(value, least, most),
            Self::Quota => match value.parse::<i64>() {
                Ok(quota) if quota <= 0 || quota >= 1000 => return None,
                Ok(_) => ("at least 1000".into(), "write microseconds, or -1 for no limit".into()),
                Err(_) => return Some(not_whole()),
            },
            Self::Address(most) => return address(value, most),
            Self::UsbId => {
                let digits = value.strip_prefix("0x").unwrap_or(value);
                if !is_hexadecimal(digits) || digits.len() > 4 {
                    let help = "write the four digits that `lsusb` shows: `0x046d`";
                    ("no number of a USB device".into(), help.to_owned())
                } else if value.starts_with("0x") {
                    return None;
                } else {
                    ("libvirt does not take it for hexadecimal".to_owned(), format!("write `0x{digits}`"))
                }
            }
            Self::Set => ("no set that libvirt can read".into(), set_fault(value)?.to_owned()),
            Self::Uuid if value.is_empty() || Uuid::parse_str(value).is_ok() => return None,
            Self::Uuid => ("not a UUID".into(), "`uuidgen` makes one".into()),
            Self::VendorId if value.contains(',') => {
                ("libvirt takes no `,` in it".into(), "write up to twelve letters and digits".into())
            }
            Self::VendorId if value.chars().count() > 12 => {
                ("at most twelve characters".into(), "write up to twelve letters and digits".into())
            }
            Self::VendorId => return None,
        };
        Some(Remedy::new(label, help))
    }

    /// How many letters of a value go before what it is about: `0x`.
    pub(super) fn prefix(self, value: &str) -> usize {
        match self {
            Self::Address(_) | Self::UsbId if value.len() > 2 && value.starts_with("0x") => 2,
            _ => 0,
        }
    }

    /// What to write, as a part of a sentence.
    pub(super) fn example(self) -> &'static str {
        match self {
            Self::Number(..) | Self::Quota => "a whole number",
            Self::Address(_) => "a number such as `0x01`",
            Self::UsbId => "a number such as `0x046d`",
            Self::Set => "numbers such as `0-3,5`",
            Self::Uuid => "a UUID",
            Self::VendorId => "up to twelve letters",
        }
    }
}

fn not_whole() -> Remedy {
    Remedy::new("not a whole number", "write a whole number")
}

fn number(value: &str, least: i64, most: i64) -> Option<Remedy> {
    let hexadecimal = value.strip_prefix("0x").filter(|digits| is_hexadecimal(digits));
    let number = match hexadecimal {
        Some(digits) => i64::from_str_radix(digits, 16).ok(),
        None => value.parse().ok(),
    };
    let Some(number) = number else {
        let is_large = !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit());
        return if is_large { None } else { Some(not_whole()) };
    };
    // A period of zero is the usual one.
    if (least..=most).contains(&number) || number == 0 && least == PERIOD_LEAST {
        return None;
    }
    let label = if number < least { format!("at least {least}") } else { format!("at most {most}") };
    let help = match (least, most) {
        (least, i64::MAX) => format!("write a number from {least}"),
        (-1, most) => format!("write a number up to {most}, or -1 for one that libvirt finds"),
        (least, most) => format!("write a number from {least} to {most}"),
    };
    Some(Remedy::new(label, help))
}

fn address(value: &str, most: u32) -> Option<Remedy> {
    let (digits, radix) = match value.strip_prefix("0x").or_else(|| value.strip_prefix("0X")) {
        Some(digits) => (digits, 16),
        // As C has it.
        None if value.len() > 1 && value.starts_with('0') => (&value[1..], 8),
        None => (value, 10),
    };
    match u32::from_str_radix(digits, radix) {
        Ok(number) if number <= most => None,
        Ok(_) => {
            Some(Remedy::new(format!("at most {most:#x}"), "write what `lspci` shows, each part with `0x`"))
        }
        Err(_) if radix != 16 && is_hexadecimal(value) => {
            let help = format!("write `0x{value}`");
            Some(Remedy::new("libvirt does not take it for hexadecimal", help))
        }
        Err(_) => Some(Remedy::new("not a number", "write what `lspci` shows, each part with `0x`: `0x0a`")),
    }
}

fn is_hexadecimal(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// What to write instead of a set that libvirt cannot read.
fn set_fault(value: &str) -> Option<&'static str> {
    const HELP: &str = "write numbers and ranges with commas between them: `0-3,5`; `^2` leaves one out";
    let number = |text: &str| text.trim().parse::<u32>().ok();
    let is_part = |part: &str| {
        let part = part.trim();
        match part.split_once('-') {
            Some((first, last)) => number(first).zip(number(last)).is_some_and(|(first, last)| first <= last),
            None => number(part.strip_prefix('^').unwrap_or(part)).is_some(),
        }
    };
    if value.split(',').all(is_part) { None } else { Some(HELP) }
}
