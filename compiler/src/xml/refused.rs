//! Well-formed XML that libvirt, or `apply`, would refuse wherever it is merged.

use std::collections::BTreeMap;

use launchnix_schema::manifest::XML_NAMESPACE;
use uuid::Uuid;

use super::names::prefix;
use super::{Element, Fault, format};

/// More of them than this say nothing new.
const ENOUGH: usize = 20;

/// What is wrong with the whole of an `extraConfig`, each fault at its place.
pub(super) fn faults(root: &Element) -> Vec<Fault> {
    let mut faults = Vec::new();
    for element in root.elements() {
        check_kind(element, &mut faults);
        match element.name.as_str() {
            "metadata" => check_metadata(element, &mut faults),
            "uuid" => check_uuid(element, &mut faults),
            "devices" => check_disks(element, &mut faults),
            "vcpu" => check_cpus(element, &mut faults),
            _ => {}
        }
    }
    check_boot_order(root, &mut faults);
    faults.truncate(ENOUGH);
    faults
}

/// A whole document of another kind is no part of a machine. Names that are merely unknown are [warned
/// of](super::unknown_names).
fn check_kind(element: &Element, faults: &mut Vec<Fault>) {
    let name = element.name.as_str();
    if matches!(name, "network" | "pool" | "volume" | "domainsnapshot" | "secret" | "nwfilter") {
        let message = format!("`<{name}>` has no place inside of `<domain>`");
        faults.push(Fault::unmergeable(element.at.clone(), message).with_help(
            "this XML is merged into the machine's `<domain>`; networks and pools are declared with the options \
             `networks` and `pools`",
        ));
    }
}

/// The mark of ownership is Launchnix's own.
fn check_metadata(metadata: &Element, faults: &mut Vec<Fault>) {
    for element in metadata.elements() {
        let ours = element.attributes.iter().any(|attribute| attribute.value == XML_NAMESPACE);
        if ours || prefix(&element.name) == Some("launchnix") {
            faults.push(
                Fault::unmergeable(
                    element.at.clone(),
                    format!("`<{}>` is Launchnix's own mark", element.name),
                )
                .with_help("remove it: Launchnix writes it, and `apply` recognises its machines by it"),
            );
        }
    }
}

fn check_uuid(element: &Element, faults: &mut Vec<Fault>) {
    let text = element.text();
    if Uuid::parse_str(text.trim()).is_err() {
        faults.push(
            Fault::unmergeable(element.said_at(), format!("`{}` is not a UUID", text.trim()))
                .with_help("leave `<uuid>` out: Launchnix gives each machine one that stays the same"),
        );
    }
}

/// A machine cannot start with more CPUs than it can have.
fn check_cpus(element: &Element, faults: &mut Vec<Fault>) {
    let most = element.text().trim().parse::<u32>();
    let current = element.attributes.iter().find(|attribute| attribute.name == "current");
    if let (Ok(most), Some(current)) = (most, current)
        && current.value.parse::<u32>().is_ok_and(|current| current > most)
    {
        let message = format!("a machine of {most} CPUs cannot have {} of them", current.value);
        faults.push(
            Fault::unmergeable(current.at.clone(), message)
                .with_other(element.text_at.clone(), "how many there can be")
                .with_help(
                    "write `current` for the CPUs that it starts with, and the most of them as the text",
                ),
        );
    }
}

/// Whether libvirt finds out the bus and the place of a disk from its name in the guest.
fn is_name_of_disk(name: &str) -> bool {
    let rest = ["xvd", "ubd", "fd", "hd", "sd", "vd"].iter().find_map(|prefix| name.strip_prefix(prefix));
    let rest = rest.map(|rest| rest.trim_end_matches(|c: char| c.is_ascii_digit()));
    name.starts_with("nvme")
        || rest.is_some_and(|rest| !rest.is_empty() && rest.bytes().all(|byte| byte.is_ascii_lowercase()))
}

/// A disk is known by its name in the guest.
fn check_disks(devices: &Element, faults: &mut Vec<Fault>) {
    let mut targets: BTreeMap<&str, &Element> = BTreeMap::new();
    for disk in devices.elements().filter(|device| device.name == "disk") {
        let target = disk.child("target");
        let name = target.and_then(|target| target.attribute("dev")).filter(|name| !name.is_empty());
        if let (Some(target), Some(name)) = (target, name) {
            if let Some(first) = targets.get(name) {
                let help = "give each disk a name of its own: Launchnix calls its own `vda`, `vdb` and so on";
                faults.push(
                    twice(format!("two disks have the name `{name}`"), target, first, "dev").with_help(help),
                );
            } else {
                targets.insert(name, target);
                if !is_name_of_disk(name) && disk.child("address").is_none() {
                    let message = format!("`{name}` is not the name of a disk in the guest");
                    faults.push(Fault::unmergeable(target.value_at("dev"), message).with_help(
                        "names are `vda`, `vdb`, … with virtio, and `sda`, `sdb`, … with SATA, SCSI or USB",
                    ));
                }
            }
        } else if !has_stranger(disk) && target.is_none_or(|target| !has_stranger(target)) {
            let at = target.map_or(disk, |target| target).at.clone();
            faults.push(
                Fault::unmergeable(at, "a disk has no name in the guest")
                    .with_help("write `<target dev='vdb' bus='virtio'/>` with a name that no other disk has")
                    .lacking(&["target", "dev"]),
            );
        }
    }
}

/// Whether something in an element of a disk has a name that libvirt does not know: it may be what seems to lack.
fn has_stranger(element: &Element) -> bool {
    let parent = if element.name == "disk" { "devices" } else { "disk" };
    let names = format::names_in(parent, &element.name);
    element.elements().any(|child| names.elements().all(|known| known != child.name))
        || element.attributes.iter().any(|attribute| names.attributes().all(|known| known != attribute.name))
}

/// libvirt takes each place of the boot order once, and none where `<os>` has the order of kinds.
fn check_boot_order(root: &Element, faults: &mut Vec<Fault>) {
    let kinds = root.child("os").and_then(|os| os.child("boot"));
    let mut orders: BTreeMap<&str, &Element> = BTreeMap::new();
    let devices = root.elements().filter(|element| element.name == "devices").flat_map(Element::elements);
    let boots = devices.filter_map(|device| device.child("boot"));
    if let Some(kinds) = kinds {
        faults.extend(two_orders(kinds, boots.filter(|boot| boot.attribute("order").is_some())));
        return;
    }
    for boot in boots {
        let Some(order) = boot.attribute("order").map(str::trim) else { continue };
        if let Some(first) = orders.get(order) {
            let message = format!("two devices have the place {order} in the boot order");
            faults
                .push(twice(message, boot, first, "order").with_help("give each device a place of its own"));
        } else {
            orders.insert(order, boot);
        }
    }
}

/// A boot order of devices beside one of kinds of devices.
fn two_orders<'e>(kinds: &Element, mut boots: impl Iterator<Item = &'e Element>) -> Option<Fault> {
    const SHOWN: usize = 4;
    let first = boots.next()?;
    let message = "a device has a place in the boot order, and so have kinds of devices";
    let fault = Fault::unmergeable(first.at.clone(), message)
        .labelled("of this device")
        .with_other(kinds.at.clone(), "of all devices of a kind")
        .with_help("leave the `<boot>` in `<os>` out: libvirt takes only one of the two");
    Some(
        boots.take(SHOWN).fold(fault, |fault, boot| fault.with_other(boot.at.clone(), "of this one as well")),
    )
}

/// The value of an attribute is given again.
fn twice(message: String, again: &Element, first: &Element, attribute: &str) -> Fault {
    Fault::unmergeable(again.value_at(attribute), message)
        .labelled("given again here")
        .with_other(first.value_at(attribute), "given here first")
}
