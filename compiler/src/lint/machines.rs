//! What a deployment leaves to chance, machine by machine.

use launchnix_diagnostics::{Code, Diagnostic, Span};
use launchnix_schema::options::{DiskBus, NetworkMode};
use launchnix_schema::{Deployment, Machine};

use crate::disk::BOOT;
use crate::domain::DomainDraft;
use crate::machine::MachineDraft;
use crate::xml::Strangers;

/// Warnings on what the user's XML makes of a domain.
pub(crate) fn domain_lints(draft: &MachineDraft<'_>, domain: &DomainDraft) -> Vec<Diagnostic> {
    let mut diagnostics = nameless_interface(domain);
    diagnostics.extend(moved_boot_disk(draft, domain));
    diagnostics
}

const BEHIND_BRIDGE: &str = "a DHCP server behind this bridge hands it out";

/// A NixOS guest is deployed by its address. On a network of Launchnix's that is a lease, which goes by the MAC address
/// and stays; behind a bridge somebody else's server hands it out.
pub(crate) fn foreign_address(deployment: &Deployment, machine: &Machine) -> Option<Diagnostic> {
    if !machine.nixos.value || machine.options.static_ips.iter().any(|entry| !entry.ips.is_empty()) {
        return None;
    }
    let interfaces = machine.options.interfaces.as_ref()?;
    let mut foreign: Vec<(Span, &str)> = Vec::new();
    for interface in interfaces.iter() {
        if interface.ip.is_some() {
            return None;
        }
        let network = interface.network.as_ref();
        let declared = network.and_then(|network| deployment.networks.get(&network.value));
        let is_bridge = declared.is_some_and(|network| network.mode.value == NetworkMode::Bridge);
        match (&interface.bridge, &interface.direct, network) {
            (Some(bridge), ..) => foreign.push((bridge.span, BEHIND_BRIDGE)),
            (None, Some(device), _) => {
                foreign.push((device.span, "a DHCP server behind this device hands it out"));
            }
            (None, None, Some(network)) if is_bridge => foreign.push((network.span, BEHIND_BRIDGE)),
            _ => return None,
        }
    }
    let &(first, label) = foreign.first()?;
    Some(
        Diagnostic::new(
            Code::ChangingAddress,
            first,
            "the address of this NixOS guest may change at each start",
        )
        .labelled(label)
        .with_help(
            "give the guest an address of its own: `staticIPs = [ { ips = [ \"192.168.1.10\" ]; gateway = \
                 \"192.168.1.1\"; } ];`",
        )
        .with_note("morph and ssh reach a machine at its address"),
    )
}

/// libvirt invents a MAC address for an interface that has none, another one each time that the machine is defined.
fn nameless_interface(domain: &DomainDraft) -> Vec<Diagnostic> {
    let Some(devices) = domain.root.child("devices") else { return Vec::new() };
    let mut diagnostics = Vec::new();
    let nameless: Vec<_> = devices
        .elements()
        .filter(|device| device.name == "interface" && device.find(&["mac"], "address").is_none())
        .collect();
    // It may have one whose name is misspelt.
    if nameless.is_empty() || Strangers::of(&domain.root, "").may_be(&["mac", "address"]) {
        return diagnostics;
    }
    for interface in nameless {
        let Some(label) = &interface.label else { continue };
        let path = format!("devices/interface[{label}]");
        let Some((_, span)) = domain.decided(&path) else { continue };
        diagnostics.push(
            Diagnostic::new(
                Code::ChangingAddress,
                span,
                "the interface gets another MAC address with each change of the machine",
            )
            .labelled("has no `<mac>`, so that libvirt invents one")
            .with_help("use the option `interfaces`, or add `<mac address='52:54:00:…'/>`")
            .with_note("leases go by the MAC address: the guest's address changes with it"),
        );
    }
    diagnostics
}

/// Launchnix tells a NixOS guest where its boot loader goes by the option `bus`; XML of one's own does not change that.
fn moved_boot_disk(draft: &MachineDraft<'_>, domain: &DomainDraft) -> Option<Diagnostic> {
    if !draft.machine.nixos.value {
        return None;
    }
    let disk = draft.disks.iter().find(|disk| disk.name == BOOT)?;
    let is_virtio = disk.bus == DiskBus::Virtio;
    let devices = domain.root.child("devices")?;
    let written = devices
        .elements()
        .find(|element| element.name == "disk" && element.label.as_deref() == Some(BOOT))?;
    let bus = written.find(&["target"], "bus")?;
    if is_virtio && bus != "virtio" {
        let place = |suffix: &str| {
            let (_, span) = domain.decided(&format!("devices/disk[{BOOT}]{suffix}"))?;
            Some(span)
        };
        let span = place("/target/@bus").or_else(|| place("/target")).or_else(|| place(""))?;
        return Some(
            Diagnostic::new(
                Code::MovedBootDisk,
                span,
                format!("the boot disk is on {}, but GRUB is installed to /dev/vda", bus.to_uppercase()),
            )
            .labelled("a disk on this bus is /dev/sda in the guest")
            .with_help(
                "set `initialDisks.boot.bus = \"sata\";` instead: the guest's boot loader then follows",
            ),
        );
    }
    None
}
