//! Elements without something that libvirt refuses to do without, and elements that say the same thing twice.

use std::collections::BTreeMap;
use std::ops::Range;

use launchnix_diagnostics::enumerate;

use super::format::{self, Names};
use super::forms;
use super::{Attribute, Element, Fault, values};

/// Attributes that libvirt insists on, by `parent/name`.
const NEEDED: &[(&str, &str)] = &[
    ("acpi/table", "type"),
    ("auth/secret", "type"),
    ("cachetune/cache", "id level type size"),
    ("cachetune/monitor", "level vcpus"),
    ("channel/target", "type"),
    ("clock/timer", "name"),
    ("cookies/cookie", "name"),
    ("cpu/cache", "mode"),
    ("cpu/feature", "name"),
    ("cpu/maxphysaddr", "mode"),
    ("cputune/cachetune", "vcpus"),
    ("cputune/emulatorsched", "scheduler"),
    ("cputune/iothreadsched", "scheduler"),
    ("cputune/memorytune", "vcpus"),
    ("cputune/vcpusched", "scheduler"),
    ("cputune/emulatorpin", "cpuset"),
    ("cputune/iothreadpin", "iothread cpuset"),
    ("cputune/vcpupin", "vcpu cpuset"),
    ("devices/audio", "id type"),
    ("devices/controller", "type"),
    ("devices/graphics", "type"),
    ("devices/hostdev", "type"),
    ("devices/hub", "type"),
    ("devices/input", "type"),
    ("devices/memory", "model"),
    ("devices/redirdev", "type"),
    ("devices/shmem", "name"),
    ("devices/smartcard", "mode"),
    ("devices/sound", "model"),
    ("disk/auth", "username"),
    ("distances/sibling", "id value"),
    ("domain/launchSecurity", "type"),
    ("domain/sysinfo", "type"),
    ("encryption/secret", "type"),
    ("features/msrs", "unknown"),
    ("filesystem/target", "dir"),
    ("firmware/feature", "name enabled"),
    ("graphics/channel", "name mode"),
    ("graphics/clipboard", "copypaste"),
    ("graphics/filetransfer", "enable"),
    ("graphics/image", "compression"),
    ("graphics/jpeg", "compression"),
    ("graphics/listen", "type"),
    ("graphics/mouse", "mode"),
    ("graphics/playback", "compression"),
    ("graphics/streaming", "mode"),
    ("graphics/zlib", "compression"),
    ("hugepages/page", "size"),
    ("idmap/gid", "start target count"),
    ("idmap/uid", "start target count"),
    ("interface/ip", "address"),
    ("interface/mtu", "size"),
    ("iothreadids/iothread", "id"),
    ("keywrap/cipher", "name state"),
    ("lease/target", "path"),
    ("memorytune/node", "id bandwidth"),
    ("model/resolution", "x y"),
    ("numa/cell", "memory"),
    ("numatune/memnode", "cellid nodeset"),
    ("os/boot", "dev"),
    ("os/smbios", "mode"),
    ("perf/event", "name enabled"),
    ("qemu:commandline/qemu:arg", "value"),
    ("qemu:commandline/qemu:env", "name"),
    ("redirfilter/usbdev", "allow"),
    ("slices/slice", "offset size"),
    ("sound/audio", "id"),
    ("source/auth", "username"),
    ("source/encryption", "format"),
    ("source/product", "id"),
    ("source/vendor", "id"),
    ("stimer/direct", "state"),
    ("sysinfo/entry", "name"),
    ("vcpus/vcpu", "id enabled"),
    ("vlan/tag", "id"),
];

/// Elements that libvirt insists on.
const NEEDED_IN: &[(&str, &str, &str)] = &[
    ("disk", "auth", "secret"),
    ("blkiotune", "device", "path"),
    ("devices", "channel", "target"),
    ("devices", "filesystem", "target"),
    ("devices", "hostdev", "source"),
    ("devices", "lease", "key"),
    ("devices", "lease", "lockspace"),
    ("devices", "lease", "target"),
    ("devices", "memory", "target"),
    ("interface", "vlan", "tag"),
    ("memory", "target", "size"),
    ("source", "auth", "secret"),
];

/// Which attribute of its `<source>` a device of each type needs.
const SOURCES: &[(&str, &str, &str)] = &[
    ("disk", "file", "file"),
    ("disk", "block", "dev"),
    ("disk", "dir", "dir"),
    ("disk", "network", "protocol"),
    ("disk", "volume", "volume"),
    ("interface", "network", "network"),
    ("interface", "bridge", "bridge"),
    ("interface", "direct", "dev"),
];

/// What tells elements apart that libvirt takes once for each.
const APART: &[(&str, &str, &str)] =
    &[("cputune", "vcpupin", "vcpu"), ("cputune", "iothreadpin", "iothread"), ("cpu", "feature", "name")];

/// What lacks below an element, which may itself be merged with one that has everything.
pub(super) fn faults(root: &Element) -> Vec<Fault> {
    let mut faults = Vec::new();
    let is_placed = root.find(&["vcpu"], "placement") == Some("auto");
    below(root, is_placed, &mut faults);
    faults
}

/// `is_placed`: whether libvirt finds out itself where the CPUs of the machine run.
fn below(parent: &Element, is_placed: bool, faults: &mut Vec<Fault>) {
    twice_the_same(parent, faults);
    if parent.name == "iotune" {
        limits(parent, faults);
    }
    for element in parent.elements() {
        let names = format::names_in(&parent.name, &element.name);
        if names.takes_anything() {
            continue;
        }
        // What seems to lack may be what has an unknown name.
        if !has_stranger(element, &parent.name, names) {
            if !(is_placed && (parent.name.as_str(), element.name.as_str()) == ("numatune", "memory")) {
                attributes(element, &parent.name, faults);
            }
            elements(element, &parent.name, faults);
            source(element, faults);
        }
        below(element, is_placed, faults);
    }
}

/// Whether something in an element is not known there: it may be what seems to lack.
fn has_stranger(element: &Element, parent: &str, names: Names) -> bool {
    element.elements().any(|child| names.elements().all(|known| known != child.name))
        || element.attributes.iter().any(|attribute| names.attributes().all(|known| known != attribute.name))
        || element.has_text() && !format::takes_text(parent, &element.name)
}

fn attributes(element: &Element, parent: &str, faults: &mut Vec<Fault>) {
    let name = element.name.as_str();
    let key = |known: &str| known.split_once('/') == Some((parent, name));
    let offset = |value| element.attribute("offset") == Some(value);
    let needed = match NEEDED.iter().find(|(known, _)| key(known)) {
        Some((_, needed)) => needed,
        None if name == "clock" && offset("timezone") => "timezone",
        None if (parent, name) == ("numatune", "memory") && element.attribute("placement").is_none() => {
            "nodeset"
        }
        // Each feature of these is on or off.
        None if is_switch(parent, name) => "state",
        None if name == "boot" && parent != "os" => "order",
        None => return,
    };
    let mut needed: Vec<&str> = needed.split(' ').collect();
    if name == "spinlocks" && element.attribute("state") == Some("on") {
        needed.push("retries");
    }
    if name == "hostdev" && element.attribute("type") == Some("mdev") {
        needed.push("model");
    }
    needed.retain(|attribute| element.attribute(attribute).is_none());
    for attribute in needed {
        let said = match (
            values::of_attribute(parent, name, attribute),
            forms::of_attribute(parent, element, attribute),
        ) {
            (Some(known), _) => {
                let known: Vec<_> = known.split(' ').map(|known| format!("`{known}`")).collect();
                format!("; libvirt takes {}", enumerate(&known, "or"))
            }
            (None, Some(form)) => format!(", {}", form.example()),
            (None, None) => String::new(),
        };
        faults.push(
            Fault::unmergeable(element.at.clone(), format!("`<{name}>` has no `{attribute}`"))
                .labelled("libvirt refuses it like this")
                .with_help(format!("add `{attribute}='…'`{said}")),
        );
    }
}

fn is_switch(parent: &str, name: &str) -> bool {
    matches!(parent, "hyperv" | "kvm")
        && format::names_in(parent, name).attributes().any(|known| known == "state")
}

fn elements(element: &Element, parent: &str, faults: &mut Vec<Fault>) {
    let name = element.name.as_str();
    for (_, _, needed) in NEEDED_IN.iter().filter(|(holder, held, _)| (*holder, *held) == (parent, name)) {
        if element.child(needed).is_none() {
            faults.push(
                Fault::unmergeable(element.at.clone(), format!("`<{name}>` has no `<{needed}>`"))
                    .labelled("libvirt refuses it like this")
                    .with_help(example(name, element))
                    .lacking(&[needed]),
            );
        }
    }
    if name == "source" && parent == "hostdev" {
        for (one, other) in [("vendor", "product"), ("product", "vendor")] {
            if let Some(one) = element.child(one).filter(|_| element.child(other).is_none()) {
                faults.push(
                    Fault::unmergeable(
                        one.at.clone(),
                        format!("`<{}>` stands without `<{other}>`", one.name),
                    )
                    .with_help(format!("add `<{other} id='0x…'/>` beside it, as `lsusb` shows it"))
                    .lacking(&[other]),
                );
            }
        }
    }
}

fn example(name: &str, element: &Element) -> String {
    match (name, element.attribute("type")) {
        ("auth", _) => "add `<secret type='ceph' uuid='…'/>`, or name it with `usage`".into(),
        ("device", _) => "add `<path>/dev/…</path>`".into(),
        ("lease", _) => "write `<lockspace>…</lockspace>`, `<key>…</key>` and `<target path='…'/>`".into(),
        ("memory", _) => "add `<target><size unit='GiB'>…</size><node>0</node></target>`".into(),
        ("target", _) => "add `<size unit='GiB'>…</size>`".into(),
        ("vlan", _) => "add `<tag id='…'/>`".into(),
        ("filesystem", _) => "the tag that the guest mounts it by: add `<target dir='…'/>`".into(),
        ("channel", _) => "add `<target type='virtio' name='org.qemu.guest_agent.0'/>`".into(),
        (_, Some("usb")) => {
            "add `<source><vendor id='0x…'/><product id='0x…'/></source>`, as `lsusb` shows them".into()
        }
        (_, Some("mdev")) => "add `<source><address uuid='…'/></source>`".into(),
        _ => "the address on the hypervisor stands in it: `<source><address …/></source>`; an `<address>` \
              outside of it is the one in the guest"
            .into(),
    }
}

/// The `<source>` of a device says where it is in the way that the device's type asks for.
fn source(device: &Element, faults: &mut Vec<Fault>) {
    let Some(kind) = device.attributes.iter().find(|attribute| attribute.name == "type") else { return };
    let mut all = SOURCES.iter().filter(|(name, ..)| *name == device.name);
    let Some((_, _, wanted)) = all.clone().find(|(_, known, _)| *known == kind.value) else { return };
    let Some(source) = device.child("source") else { return };
    if has_stranger(source, &device.name, format::names_in(&device.name, "source"))
        || source.attribute(wanted).is_some()
    {
        return;
    }
    let found = all.find_map(|(_, other, attribute)| {
        let found = source.attributes.iter().find(|found| found.name == *attribute)?;
        Some((*other, found))
    });
    if let Some((other, found)) = found {
        faults.push(other_source(device, kind, wanted, other, found));
    } else if !matches!(device.attribute("device"), Some("cdrom" | "floppy")) {
        faults.push(
            Fault::unmergeable(source.at.clone(), format!("`<source>` has no `{wanted}`"))
                .labelled(format!("of {} of the type `{}`", with_article(&device.name), kind.value))
                .with_help(format!("add `{wanted}='…'`")),
        );
    }
}

/// A source of another type than its device: what is wrong is either the type, or the name of the attribute.
fn other_source(device: &Element, kind: &Attribute, wanted: &str, other: &str, found: &Attribute) -> Fault {
    let is_device = found.value.starts_with("/dev/");
    let is_of_other = match (kind.value.as_str(), other) {
        ("file", "block") => is_device,
        ("block", "file") => !is_device,
        _ => true,
    };
    let name = found.at.start..found.at.start + found.name.len();
    let value = kind.quoted_at();
    let what = with_article(&device.name);
    let message = format!("{what} of the type `{}` has no source with `{}`", kind.value, found.name);
    if is_of_other {
        Fault::unmergeable(value, message)
            .labelled(format!("libvirt looks for `{wanted}`"))
            .with_other(name, format!("of {what} of the type `{other}`"))
            .with_help(format!("write `type='{other}'`, or `{wanted}` in `<source>`"))
    } else {
        Fault::unmergeable(name, message)
            .labelled(format!("libvirt looks for `{wanted}`"))
            .with_other(value, "the type asks for it")
            .with_help(format!("write `<source {wanted}='{}'/>`", found.value))
    }
}

fn with_article(name: &str) -> &'static str {
    if name == "disk" { "a disk" } else { "an interface" }
}

/// libvirt takes a limit on reading and writing together, or one on each.
fn limits(iotune: &Element, faults: &mut Vec<Fault>) {
    for kind in ["bytes_sec", "iops_sec", "bytes_sec_max", "iops_sec_max"] {
        let limit = |of: &str| {
            let element = iotune.child(&format!("{of}_{kind}"))?;
            (element.text().trim() != "0").then_some(element)
        };
        if let (Some(total), Some(single)) = (limit("total"), limit("read").or_else(|| limit("write"))) {
            faults.push(
                Fault::unmergeable(
                    single.at.clone(),
                    format!("`<{}>` and `<{}>` exclude each other", total.name, single.name),
                )
                .with_other(total.at.clone(), "this limits reading and writing together")
                .with_help("keep `total_…`, or `read_…` and `write_…`"),
            );
        }
    }
}

/// libvirt takes one for each of these, however often they stand there.
fn twice_the_same(parent: &Element, faults: &mut Vec<Fault>) {
    for (_, name, attribute) in APART.iter().filter(|(holder, ..)| *holder == parent.name) {
        let of_name = parent.elements().filter(|element| element.name == *name);
        let named = of_name.filter_map(|element| {
            let said = element.attributes.iter().find(|said| said.name == *attribute)?;
            Some((said.value.clone(), said.quoted_at()))
        });
        twice(named, |value| format!("two `<{name}>` have the `{attribute}` `{value}`"), faults);
    }
    if parent.name == "devices" {
        let controllers = parent.elements().filter(|device| device.name == "controller");
        // Those of one USB 2 controller share their number.
        let numbered = controllers.filter_map(|controller| {
            let kind = controller.attribute("type").filter(|kind| *kind != "usb")?;
            let index = controller.attribute("index")?;
            Some((format!("{kind}` with the `index` `{index}"), controller.at.clone()))
        });
        twice(numbered, |value| format!("there are two controllers of the type `{value}`"), faults);
    }
}

fn twice(
    named: impl Iterator<Item = (String, Range<usize>)>,
    message: impl Fn(&str) -> String,
    faults: &mut Vec<Fault>,
) {
    let mut known: BTreeMap<String, Range<usize>> = BTreeMap::new();
    for (value, at) in named {
        if let Some(first) = known.get(&value) {
            faults.push(
                Fault::unmergeable(at, message(&value))
                    .labelled("given again here")
                    .with_other(first.clone(), "given here first")
                    .with_help("remove one of them, or give it another number or name"),
            );
        } else {
            known.insert(value, at);
        }
    }
}
