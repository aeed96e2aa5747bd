//! What a machine boots from: the `<boot>` of its devices.

use std::collections::BTreeSet;

use crate::machine::{BootEntry, MachineDraft};
use crate::xml::Element;

/// Numbers the devices that a machine boots from around what its XML says: libvirt takes each number once, and none where
/// `<os>` names kinds of devices.
pub(crate) fn number(draft: &MachineDraft<'_>, root: &mut Element) {
    if is_in_os(root) {
        return;
    }
    let Some(devices) = root.elements_mut().find(|element| element.name == "devices") else { return };
    let taken: BTreeSet<_> = devices.elements().filter_map(written).collect();
    let mut free = (1_u32..).filter(|number| !taken.contains(number));
    for entry in draft.boot_order() {
        let device = devices.elements_mut().find(|device| is_meant(device, entry, draft));
        if let Some(device) = device.filter(|device| device.child("boot").is_none())
            && let Some(number) = free.next()
        {
            device.push(Element::new("boot").with("order", number.to_string()));
        }
    }
}

/// Whether a domain says what to boot from by kinds of devices.
pub(crate) fn is_in_os(root: &Element) -> bool {
    root.child("os").is_some_and(|os| os.child("boot").is_some())
}

/// The place in the boot order that XML gives a device.
fn written(device: &Element) -> Option<u32> {
    device.find(&["boot"], "order")?.trim().parse().ok()
}

fn is_meant(device: &Element, entry: BootEntry, draft: &MachineDraft<'_>) -> bool {
    let label = device.label.as_deref();
    match entry {
        BootEntry::Disk(index) => {
            device.name == "disk" && label == draft.disks.get(index).map(|disk| disk.name.as_str())
        }
        BootEntry::Nic(index) => device.name == "interface" && label == Some(index.to_string().as_str()),
    }
}
