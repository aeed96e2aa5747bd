//! Which elements of libvirt's domain format may be repeated, and what tells them apart
//! (<https://libvirt.org/formatdomain.html>).

use super::Element;

/// How often an element may stand in its parent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Repetition {
    /// Once: two of them are the same.
    Once,
    /// Any number, told apart by this identity.
    Identified(String),
    /// Any number, each on its own.
    Each,
}

/// How often `element` may stand in the element called `parent`.
pub(super) fn repetition(parent: &str, element: &Element) -> Repetition {
    let attribute = |name: &str| element.attribute(name).map(str::to_owned);
    let of = |path: &[&str], name: &str| element.find(path, name).map(str::to_owned);
    let identity = match (parent, element.name.as_str()) {
        ("devices", "disk") => of(&["target"], "dev"),
        ("devices", "interface") => of(&["mac"], "address").map(|mac| mac.to_ascii_lowercase()),
        ("devices", "hostdev") => hostdev(element),
        ("devices", "controller") => attribute("type")
            .map(|kind| format!("{kind}{}", attribute("index").unwrap_or_else(|| "0".into()))),
        ("devices", "filesystem") => of(&["target"], "dir"),
        ("devices", "channel") => of(&["target"], "name"),
        ("devices", "serial" | "console" | "parallel") => {
            Some(of(&["target"], "port").unwrap_or_else(|| "0".into()))
        }
        ("devices", "graphics" | "hub") | ("domain", "sysinfo") | ("sound", "codec") | ("acpi", "table") => {
            attribute("type")
        }
        ("devices", "input") => Some(format!(
            "{}-{}",
            attribute("type").unwrap_or_default(),
            attribute("bus").unwrap_or_default()
        )),
        ("devices", "audio") | ("iothreadids", "iothread") | ("vcpus", "vcpu") | ("numa", "cell") => {
            attribute("id")
        }
        ("devices", "sound" | "panic") | ("domain" | "source", "seclabel") => attribute("model"),
        ("serial" | "console" | "channel" | "parallel" | "redirdev" | "smartcard" | "backend", "source") => {
            attribute("mode")
        }
        ("throttlefilters", "throttlefilter") => attribute("group"),
        ("devices", "shmem")
        | ("graphics", "channel")
        | ("cookies", "cookie")
        | ("cpu" | "firmware", "feature")
        | ("clock", "timer")
        | ("keywrap", "cipher")
        | ("perf", "event")
        | ("filterref", "parameter")
        | ("sysinfo" | "bios" | "system" | "baseBoard" | "chassis", "entry")
        | ("qemu:commandline", "qemu:env") => attribute("name"),
        ("cputune", "vcpupin") => attribute("vcpu"),
        ("cputune", "iothreadpin") => attribute("iothread"),
        ("cputune", "vcpusched" | "cachetune" | "memorytune") => attribute("vcpus"),
        ("cputune", "iothreadsched") => attribute("iothreads"),
        ("memorytune", "node") | ("vlan", "tag") => attribute("id"),
        ("numatune", "memnode") => attribute("cellid"),
        ("os", "boot") => attribute("dev"),
        ("qemu:override", "qemu:device") => attribute("alias"),
        ("blkiotune", "device") => element.child("path").map(Element::text),
        // A machine has one of each of these as Launchnix writes them; a fragment that names one means that one.
        ("devices", "rng" | "video") => Some(String::new()),
        ("devices", "redirdev" | "smartcard" | "memory" | "crypto" | "lease" | "pstore")
        | ("os", "initarg" | "initenv" | "initdir")
        | ("hugepages", "page")
        | ("idmap", "uid" | "gid")
        | ("oemStrings", "entry")
        | ("cachetune", "cache" | "monitor")
        | ("cell", "cache")
        | ("interconnects", "latency" | "bandwidth")
        | ("statistics", "statistic")
        | ("bhyve:commandline", "bhyve:arg")
        | ("xen:commandline", "xen:arg")
        | ("graphics", "listen")
        | ("smartcard", "certificate")
        | ("sysinfo", "baseBoard")
        | ("throttlegroups", "throttlegroup")
        | ("distances", "sibling")
        | ("source", "host" | "initiator" | "slices" | "cookie")
        | ("interface" | "source", "ip" | "route" | "portForward")
        | ("redirfilter", "usbdev")
        | ("portForward", "range")
        | ("qemu:commandline", "qemu:arg")
        | ("qemu:capabilities", "qemu:add" | "qemu:del")
        | ("qemu:frontend", "qemu:property") => None,
        _ => return Repetition::Once,
    };
    identity.map_or(Repetition::Each, Repetition::Identified)
}

/// Whether two devices of a machine would be one, by what tells devices apart.
pub(crate) fn is_one_device(one: &Element, other: &Element) -> bool {
    let identity = |device: &Element| match repetition("devices", device) {
        Repetition::Identified(identity) if !identity.is_empty() => Some(identity),
        _ => None,
    };
    one.name == other.name && identity(one).is_some_and(|one| Some(one) == identity(other))
}

/// Which device of the hypervisor a `<hostdev>` hands over.
fn hostdev(element: &Element) -> Option<String> {
    let source = element.child("source")?;
    let address = source.child("address")?;
    if let Some(uuid) = address.attribute("uuid") {
        return Some(uuid.to_ascii_lowercase());
    }
    let number = |name: &str| {
        let text = address.attribute(name).unwrap_or("0");
        match text.strip_prefix("0x") {
            Some(digits) => u32::from_str_radix(digits, 16).ok(),
            None => text.parse().ok(),
        }
    };
    address.attribute("bus")?;
    let kind = element.attribute("type").unwrap_or_default();
    let (domain, bus) = (number("domain")?, number("bus")?);
    let (slot, function) = (number("slot")?, number("function")?);
    let device = number("device")?;
    Some(format!("{kind} {domain:04x}:{bus:02x}:{slot:02x}.{function} {device}"))
}

/// The known name nearest to one that is not known.
pub(crate) fn nearest<'n>(name: &str, known: &[&'n str]) -> Option<&'n str> {
    // Edit distance takes time by both lengths, and libvirt has no name of such length.
    if name.len() > 64 {
        return None;
    }
    known
        .iter()
        .copied()
        .map(|candidate| (strsim::damerau_levenshtein(name, candidate), candidate))
        .filter(|&(distance, candidate)| distance <= candidate.len().div_ceil(3))
        // Of several that are equally near the first is the most usual.
        .min_by_key(|&(distance, _)| distance)
        .map(|(_, candidate)| candidate)
}
