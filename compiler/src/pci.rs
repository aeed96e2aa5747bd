//! Devices of the hypervisor that a guest gets: `<hostdev>`.

use launchnix_diagnostics::SourceMap;
use launchnix_schema::options::PciDevice;
use launchnix_schema::values::{FileSource, WrittenAs};
use launchnix_schema::{Deployment, Machine, Spanned, identity};

use crate::disk::copy;
use crate::paths::{Base, volume_name};
use crate::pool;
use crate::volume::{Format, VolumeDraft};
use crate::xml::Element;

/// The option ROM of a device: a file of the hypervisor, or a volume that brings it there.
pub(crate) struct Rom {
    /// Its path on the hypervisor.
    pub(crate) path: String,
    /// The volume that holds it, where it is not on the hypervisor yet.
    pub(crate) volume: Option<VolumeDraft>,
}

/// The option ROM of a PCI device.
///
/// An absolute path is one on the hypervisor, as libvirt means it. Anything else lies beside the deployment file or
/// behind a URL: it becomes a volume, and the path is that volume's.
pub(crate) fn rom(
    deployment: &Deployment,
    machine: &Machine,
    device: &PciDevice,
    index: usize,
    base: &Base,
    sources: &SourceMap,
) -> Option<Rom> {
    let source = device.rom_file.as_ref()?;
    let named = match &*source.value {
        FileSource::File(file) => {
            let named = base.portable(file, source.span, sources);
            if named.starts_with('/') {
                return Some(Rom { path: named, volume: None });
            }
            if let (WrittenAs::String, true, Some(absolute)) =
                (file.form, named.starts_with('~'), &file.absolute)
            {
                return Some(Rom { path: absolute.display().to_string(), volume: None });
            }
            named
        }
        FileSource::Fetch(fetch) => fetch.name.clone(),
    };
    let pool = machine.options.storage_pool_name.value.to_string();
    let name = volume_name("rom", &source.value, &named);
    let path = format!("{}/{name}", pool::path(deployment, &pool).trim_end_matches('/'));
    let volume = VolumeDraft {
        pool,
        name,
        format: Format::Raw,
        capacity: None,
        content: copy(&source.value, named),
        backing_format: None,
        disk: None,
        causes: vec![(format!("pciDevices.{index}.romFile"), source.span)],
    };
    Some(Rom { path, volume: Some(volume) })
}

/// The `<hostdev>` of a PCI function.
pub(crate) fn element(device: &Spanned<PciDevice>, rom: Option<&Rom>, index: usize) -> Element {
    let id = device.id.value;
    let address = Element::new("address")
        .with("domain", format!("0x{:04x}", id.domain))
        .with("bus", format!("0x{:02x}", id.bus))
        .with("slot", format!("0x{:02x}", id.slot))
        .with("function", format!("0x{:x}", id.function));
    let mut element = Element::new("hostdev")
        .with("mode", "subsystem")
        .with("type", "pci")
        .with("managed", "yes")
        .labelled(index.to_string())
        .with_child(Element::new("driver").with("name", "vfio"))
        .with_child(Element::new("source").with_child(address));
    if let Some(rom) = rom {
        element.push(Element::new("rom").with("bar", "on").with("file", &rom.path));
    }
    element
}

/// The `<hostdev>` of a mediated device; `index` is its place among the machine's `<hostdev>`.
pub(crate) fn mediated(deployment: &Deployment, machine: &Machine, index: usize) -> Element {
    let uuid = identity::mediated_device_uuid(&deployment.fleet, &machine.name.value);
    Element::new("hostdev")
        .with("mode", "subsystem")
        .with("type", "mdev")
        .with("model", "vfio-pci")
        .labelled(index.to_string())
        .with_child(Element::new("source").with_child(Element::new("address").with("uuid", uuid.to_string())))
}

/// What a graphics card needs of the machine: drivers for consumers' cards refuse to work where they see a hypervisor.
pub(crate) fn hide_hypervisor(features: &mut Element) {
    features.child_or_insert("kvm").push(Element::new("hidden").with("state", "on"));
    features
        .child_or_insert("hyperv")
        .push(Element::new("vendor_id").with("state", "on").with("value", "launchnix"));
}
