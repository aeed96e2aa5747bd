//! The domain of a machine: `<domain>`.

use std::cell::OnceCell;
use std::collections::BTreeMap;

use launchnix_diagnostics::{Code, Diagnostic, Span, enumerate};
use launchnix_schema::manifest::XML_NAMESPACE;
use launchnix_schema::options::{DiskBus, Virtualisation};
use launchnix_schema::{Deployment, Spanned, Text, identity};

use crate::boot_order;
use crate::causes::{machine_option, quoted};
use crate::contradictions::{self, Written};
use crate::device::{self, Screen};
use crate::disk;
use crate::hardware;
use crate::machine::MachineDraft;
use crate::network_interface;
use crate::pci;
use crate::xml::{self, Element, Fault, Fragment, Touched};

/// A domain, and which option each part of it comes from.
pub(crate) struct DomainDraft {
    pub(crate) root: Element,
    /// Path of a part, option, place. A later entry for a path replaces an earlier one.
    pub(crate) parts: Vec<(String, String, Span)>,
    /// The parts in the order of their paths, once somebody asks.
    by_path: OnceCell<Vec<usize>>,
}

impl DomainDraft {
    pub(crate) fn new() -> Self {
        Self { root: Element::new("domain"), parts: Vec::new(), by_path: OnceCell::new() }
    }

    pub(crate) fn part(&mut self, path: impl Into<String>, option: impl Into<String>, span: Span) {
        self.by_path.take();
        self.parts.push((path.into(), option.into(), span));
    }

    /// Which option decided the part at a path, and where.
    pub(crate) fn decided(&self, path: &str) -> Option<(&str, Span)> {
        let by_path = self.by_path.get_or_init(|| {
            let mut order: Vec<_> = (0..self.parts.len()).collect();
            order.sort_by_key(|&at| &self.parts[at].0);
            order
        });
        let end = by_path.partition_point(|&at| self.parts[at].0.as_str() <= path);
        let (known, option, span) = self.parts.get(*by_path.get(end.checked_sub(1)?)?)?;
        (known == path).then_some((option, *span))
    }

    /// The UUID, which a user's XML may have replaced.
    pub(crate) fn uuid(&self) -> String {
        self.root.child("uuid").map(Element::text).unwrap_or_default().trim().to_owned()
    }
}

/// The domain of a machine. The diagnostics are about XML that the user wrote; where there are any, that XML is
/// left out of the result.
pub(crate) fn domain(deployment: &Deployment, draft: &MachineDraft<'_>) -> (DomainDraft, Vec<Diagnostic>) {
    let mut domain = DomainDraft::new();
    let mut diagnostics = Vec::new();
    general(deployment, draft, &mut domain);
    hardware::hardware(deployment, draft, &mut domain);
    devices(deployment, draft, &mut domain, &mut diagnostics);
    if let Some(extra) = &draft.machine.options.extra_config {
        merge_extra_config(deployment, draft, extra, &mut domain, &mut diagnostics);
    }
    boot_order::number(draft, &mut domain.root);
    diagnostics.extend(idle_boot_order(draft, &domain));
    diagnostics.extend(names_of_disks(&domain));
    // What is broken is not in the domain: nothing can be said of the whole.
    if diagnostics.iter().all(|one| one.code != Code::Xml) {
        diagnostics.extend(contradictions::contradictions(draft, &domain));
    }
    (domain, diagnostics)
}

/// The boot order of a machine whose XML has another one.
fn idle_boot_order(draft: &MachineDraft<'_>, domain: &DomainDraft) -> Option<Diagnostic> {
    let span = draft.boot_order_span().filter(|_| boot_order::is_in_os(&domain.root))?;
    Some(
        Diagnostic::new(Code::NoEffect, span, "`bootOrder` has no effect here")
            .labelled("`<os>` in `extraConfig` says what to boot from")
            .with_help("remove one of the two"),
    )
}

/// Disks that XML gives the name of another one. What a piece of XML says of itself has been told.
fn names_of_disks(domain: &DomainDraft) -> Vec<Diagnostic> {
    let disks = domain.root.child("devices").into_iter().flat_map(Element::elements);
    let mut named: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for disk in disks.filter(|device| device.name == "disk") {
        if let (Some(name), Some(label)) = (disk.find(&["target"], "dev"), &disk.label) {
            named.entry(name).or_default().push(label);
        }
    }
    let place = |label: &str| {
        let (_, span) = domain.decided(&format!("devices/disk[{label}]/target"))?;
        Some(span)
    };
    let twice = named.into_iter().filter(|(_, labels)| {
        labels.len() > 1 && (1..labels.len()).all(|at| !labels[..at].contains(&labels[at]))
    });
    twice
        .filter_map(|(name, labels)| {
            let at = labels.iter().find_map(|label| place(label))?;
            let disks: Vec<_> = labels.iter().map(|label| format!("`{label}`")).collect();
            let message = format!("disks {} have the name `{name}` in the guest", enumerate(&disks, "and"));
            Some(
                Diagnostic::new(Code::XmlMerge, at, message)
                    .labelled("given to one of them here")
                    .with_help("choose another name: Launchnix calls its own `vda`, `vdb` and so on"),
            )
        })
        .collect()
}

/// Who the machine is.
fn general(deployment: &Deployment, draft: &MachineDraft<'_>, domain: &mut DomainDraft) {
    let machine = draft.machine;
    let option = |name: &str| machine_option(deployment, draft.attribute, name);
    let kind = match machine.options.virtualisation.value {
        Virtualisation::Kvm => "kvm",
        Virtualisation::Qemu => "qemu",
    };
    domain.root.set("type", kind);
    domain.part("@type", option("virtualisation"), machine.options.virtualisation.span);
    domain.root.push(Element::new("name").with_text(draft.name()));
    domain.part("name", option("name"), machine.name.span);
    let uuid = identity::machine_uuid(&deployment.fleet, draft.name());
    domain.root.push(Element::new("uuid").with_text(uuid.to_string()));
    domain.part("uuid", option("name"), machine.name.span);
    if let Some(description) = &machine.options.description {
        domain.root.push(Element::new("description").with_text(description.value.as_str()));
        domain.part("description", option("description"), description.span);
    }
    let mark = Element::new("launchnix:machine")
        .with("xmlns:launchnix", XML_NAMESPACE)
        .with("fleet", deployment.fleet.as_str())
        .with("name", draft.name());
    domain.root.push(Element::new("metadata").with_child(mark));
}

/// The devices, in the order in which people look for them.
fn devices(
    deployment: &Deployment,
    draft: &MachineDraft<'_>,
    domain: &mut DomainDraft,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let options = &draft.machine.options;
    let option = |name: &str| machine_option(deployment, draft.attribute, name);
    let mut devices = Element::new("devices");
    for disk in &draft.disks {
        let mut element = disk::element(disk);
        let path = format!("devices/disk[{}]", disk.name);
        domain.part(&*path, option(&disk.option), disk.span);
        if disk.name == disk::SEED {
            // The runtime knows a CD by where the guest finds it.
            domain.part(format!("devices/disk[{}]", disk.target), option(&disk.option), disk.span);
        }
        if let Some(span) = draft.boot_order_span() {
            domain.part(format!("{path}/boot"), option("bootOrder"), span);
        }
        if let Some(extra) = disk.options.and_then(|disk| disk.extra_xml.as_ref()) {
            let name = format!("initialDisks.{}.extraXML", quoted(&disk.name));
            merge_device(&mut element, "disk", &option(&name), extra, &path, domain, diagnostics);
        }
        devices.push(element);
    }
    if draft.disks.iter().any(|disk| disk.bus == DiskBus::Scsi) {
        let controller = Element::new("controller").with("type", "scsi").with("index", "0");
        devices.push(controller.with("model", "virtio-scsi"));
    }
    for (index, nic) in draft.nics.iter().enumerate() {
        let path = format!("devices/interface[{index}]");
        let name = if options.interfaces.is_some() {
            format!("interfaces.{index}")
        } else {
            "interfaces".to_owned()
        };
        domain.part(&*path, option(&name), nic.span);
        if let Some(span) = draft.boot_order_span() {
            domain.part(format!("{path}/boot"), option("bootOrder"), span);
        }
        devices.push(network_interface::element(nic, index));
    }
    device::console(options.serial.as_ref(), &mut devices, domain, &option);
    if let Some(screen) = Screen::of(draft.machine) {
        screen.write(&mut devices, domain, &option);
    } else if let Some(graphics) = &options.graphics {
        domain.part("devices/graphics", option("graphics"), graphics.span);
    }
    for (index, (device, rom)) in options.pci_devices.iter().zip(&draft.roms).enumerate() {
        let mut element = pci::element(device, rom.as_ref(), index);
        let path = format!("devices/hostdev[{index}]");
        domain.part(&*path, option(&format!("pciDevices.{index}")), device.span);
        if let Some(extra) = &device.extra_xml {
            let name = format!("pciDevices.{index}.extraXML");
            merge_device(&mut element, "hostdev", &option(&name), extra, &path, domain, diagnostics);
        }
        devices.push(element);
    }
    if let Some(kind) = &options.vgpu_type {
        let index = options.pci_devices.len();
        devices.push(pci::mediated(deployment, draft.machine, index));
        domain.part(format!("devices/hostdev[{index}]"), option("vGPUType"), kind.span);
    }
    let passed = options.pci_devices.len() + usize::from(options.vgpu_type.is_some());
    for (index, device) in options.usb_devices.iter().enumerate() {
        let place = passed + index;
        devices.push(device::usb(device, place));
        domain.part(format!("devices/hostdev[{place}]"), option(&format!("usbDevices.{index}")), device.span);
    }
    for (tag, folder) in &options.shared_folders {
        devices.push(device::folder(tag, folder));
        let name = format!("sharedFolders.{}", quoted(tag));
        domain.part(format!("devices/filesystem[{tag}]"), option(&name), folder.span);
    }
    device::singles(draft.machine, &mut devices, domain, &option);
    domain.root.push(devices);
}

/// Merges an `extraXML` into its device.
fn merge_device(
    element: &mut Element,
    kind: &str,
    option: &str,
    extra: &Spanned<Box<Text>>,
    path: &str,
    domain: &mut DomainDraft,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let (fragment, faults) = fragment(&extra.value.value, |elements| Fragment::of_device(elements, kind));
    if can_be_merged(&faults) {
        let below = xml::merge_element(element, &fragment);
        touch(domain, below, Some(path), option, Written { text: &extra.value, span: extra.span });
    }
    let written = as_written(short(option));
    diagnostics.extend(faults.iter().map(|fault| fault.diagnostic(&written, &extra.value, extra.span)));
}

/// Whether a piece of XML says enough to be merged, so that more can be said of it: nothing is compiled where it has
/// faults.
fn can_be_merged(faults: &[Fault]) -> bool {
    faults.iter().all(|fault| fault.code != Code::Xml)
}

/// What a user's XML says, and what is wrong with it.
fn fragment(
    text: &str,
    parse: impl FnOnce(Vec<Element>) -> (Fragment, Vec<Fault>),
) -> (Fragment, Vec<Fault>) {
    let xml::Recovered { elements, mut faults, .. } = xml::recover(text);
    let (fragment, refused) = parse(elements);
    if faults.is_empty() {
        faults = refused;
    }
    (fragment, faults)
}

/// The name of an option as it is written in Nix, where an element of a list has no name.
fn as_written(option: &str) -> String {
    match option.strip_prefix("pciDevices.").and_then(|rest| rest.split_once('.')) {
        Some((index, field)) => format!("pciDevices[{index}].{field}"),
        None => option.to_owned(),
    }
}

/// Merges the `extraConfig` into the domain.
fn merge_extra_config(
    deployment: &Deployment,
    draft: &MachineDraft<'_>,
    extra: &Spanned<Box<Text>>,
    domain: &mut DomainDraft,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let (fragment, faults) = fragment(&extra.value.value, Fragment::of_domain);
    let conflicts = identity_conflicts(draft, &fragment, &faults, extra);
    if can_be_merged(&faults) {
        let touched = xml::merge_domain(&mut domain.root, &fragment);
        let option = machine_option(deployment, draft.attribute, "extraConfig");
        for attribute in &fragment.root().attributes {
            let place = extra.value.locate(attribute.at.start, attribute.at.end, extra.span);
            domain.part(format!("@{}", attribute.name), &*option, place);
        }
        touch(domain, touched, None, &option, Written { text: &extra.value, span: extra.span });
    }
    diagnostics.extend(conflicts);
    diagnostics.extend(faults.iter().map(|fault| fault.diagnostic("extraConfig", &extra.value, extra.span)));
}

/// Merges the XML of an option into a domain that is known in part; says whether it can be.
pub(crate) fn merge_written(domain: &mut DomainDraft, written: Written<'_>, option: &str) -> bool {
    let (fragment, faults) = fragment(&written.text.value, Fragment::of_domain);
    if can_be_merged(&faults) {
        let touched = xml::merge_domain(&mut domain.root, &fragment);
        touch(domain, touched, None, option, written);
        return true;
    }
    false
}

/// A machine is recognised by its name and UUID: a fragment may not say otherwise by mistake.
fn identity_conflicts(
    draft: &MachineDraft<'_>,
    fragment: &Fragment,
    faults: &[Fault],
    extra: &Spanned<Box<Text>>,
) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let place = |element: &Element| {
        let at = element.said_at();
        extra.value.locate(at.start, at.end, extra.span)
    };
    // What stands in a name that is broken is not known.
    let is_whole = |name: &Element| {
        let inside = name.at.start..=name.end.max(name.text_at.end);
        !faults.iter().any(|fault| fault.code == Code::Xml && inside.contains(&fault.at.start))
    };
    let names = fragment.root().elements().filter(|element| element.name == "name" && is_whole(element));
    for name in names.filter(|name| name.text().trim() != draft.name()) {
        found.push(
            Diagnostic::new(
                Code::XmlMerge,
                place(name),
                format!(
                    "in the XML of `extraConfig`: `<name>` says `{}`, but the machine is called `{}`",
                    name.text().trim(),
                    draft.name()
                ),
            )
            .with_label(draft.machine.name.span, "its name comes from here")
            .with_help(
                "give the machine its name with the option `name`, or as the attribute of the machine",
            ),
        );
    }
    found
}

/// Records what a fragment decided; `below` is the path of the element that it was merged into.
fn touch(
    domain: &mut DomainDraft,
    touched: Vec<Touched>,
    below: Option<&str>,
    option: &str,
    extra: Written<'_>,
) {
    for Touched { path, at } in touched {
        let path = match below {
            Some(below) => format!("{below}/{path}"),
            None => path,
        };
        let place = extra.text.locate(at.start, at.end, extra.span);
        domain.part(path, option, place);
    }
}

/// The option as a user says it: `initialDisks.games.extraXML`.
fn short(option: &str) -> &str {
    option.rsplit_once("deployment.").map_or(option, |(_, short)| short)
}
