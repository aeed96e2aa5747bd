//! Mediated devices (virtual GPUs): libvirt makes them from a device of the host that offers their type.

use launchnix_schema::manifest::{Machine, MediatedDevice};
use virt::nodedev::NodeDevice;
use virt::sys;

use super::Run;
use crate::error::{Doing as _, Error, Result};
use crate::xml::Element;

/// Makes the mediated devices of a machine that are not there: they do not outlive a restart of the host.
pub(super) fn ensure(run: &Run<'_>, machine: &Machine) -> Result<()> {
    for device in &machine.mediated_devices {
        let existing = documents(run, sys::VIR_CONNECT_LIST_NODE_DEVICES_CAP_MDEV)?;
        let has_uuid = |document: &Element| {
            document
                .at(&["capability", "uuid"])
                .is_some_and(|uuid| uuid.text.eq_ignore_ascii_case(&device.uuid))
        };
        if existing.iter().any(has_uuid) {
            continue;
        }
        make(run, machine, device)?;
    }
    Ok(())
}

fn make(run: &Run<'_>, machine: &Machine, device: &MediatedDevice) -> Result<()> {
    let parents = documents(run, sys::VIR_CONNECT_LIST_NODE_DEVICES_CAP_MDEV_TYPES)?;
    let mut offered = Vec::new();
    for parent in &parents {
        for (kind, available) in types(parent) {
            offered.push(format!("`{kind}`"));
            if kind != device.kind || available == 0 {
                continue;
            }
            let Some(name) = parent.child("name") else { continue };
            let capability = Element::new("capability")
                .with("type", "mdev")
                .with_child(Element::new("type").with("id", &device.kind))
                .with_child(Element::new("uuid").with_text(&device.uuid));
            let document = Element::new("device")
                .with_child(Element::new("parent").with_text(&name.text))
                .with_child(capability);
            run.host
                .connection
                .create_node_device_xml(&document.to_xml(), 0)
                .doing(|| format!("make a virtual GPU `{}` for machine `{}`", device.kind, machine.name))?;
            let title = format!("machine `{}`", machine.name);
            run.listener.done(&title, &format!("virtual GPU `{}` made on `{}`", device.kind, name.text));
            return Ok(());
        }
    }
    offered.sort();
    offered.dedup();
    let help = if offered.is_empty() {
        "no device of this host offers virtual GPUs: is its driver loaded?".to_owned()
    } else {
        format!("this host knows the types {}; one that is taken up is offered no more", offered.join(", "))
    };
    Err(Error::new(format!(
        "machine `{}` needs a virtual GPU of type `{}`, and no device of this host has one to give",
        machine.name, device.kind
    ))
    .help(help))
}

/// The types that a device offers, with how many more of each it can make.
fn types(parent: &Element) -> Vec<(String, u64)> {
    let mut found = Vec::new();
    let mut inside: Vec<&Element> = vec![parent];
    while let Some(element) = inside.pop() {
        inside.extend(element.children_named("capability"));
        for kind in element.children_named("type") {
            let available = kind.child("availableInstances").and_then(|count| count.text.parse().ok());
            if let (Some(id), Some(available)) = (kind.attribute("id"), available) {
                found.push((id.to_owned(), available));
            }
        }
    }
    found
}

fn documents(run: &Run<'_>, flags: u32) -> Result<Vec<Element>> {
    let listed: Vec<NodeDevice> =
        run.host.connection.list_all_node_devices(flags).doing(|| "list the devices of the host".into())?;
    let sources = listed.iter().filter_map(|device| device.xml_desc(0).ok());
    Ok(sources.filter_map(|source| Element::parse(&source).ok()).collect())
}

#[cfg(test)]
mod tests {
    use super::types;
    use crate::xml::Element;

    #[test]
    fn types_are_found_wherever_the_capability_is() {
        let device = Element::parse(
            "<device><name>pci_0000_06_00_0</name><capability type='pci'><capability type='mdev_types'>\
             <type id='nvidia-11'><deviceAPI>vfio-pci</deviceAPI><availableInstances>16</availableInstances></type>\
             <type id='nvidia-12'><availableInstances>0</availableInstances></type></capability></capability></device>",
        )
        .expect("well-formed");
        assert_eq!(types(&device), [("nvidia-11".to_owned(), 16), ("nvidia-12".to_owned(), 0)]);
    }
}
