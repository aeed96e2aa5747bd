//! What a machine is, apart from its devices: memory, processor, firmware, features and clock.

use launchnix_schema::Deployment;
use launchnix_schema::options::{CpuMode, Cpus, Firmware, HugePages, Virtualisation};

use crate::causes::machine_option;
use crate::domain::DomainDraft;
use crate::machine::MachineDraft;
use crate::pci;
use crate::xml::Element;

pub(crate) fn hardware(deployment: &Deployment, draft: &MachineDraft<'_>, domain: &mut DomainDraft) {
    let option = |name: &str| machine_option(deployment, draft.attribute, name);
    memory(draft, domain, &option);
    processors(draft, domain, &option);
    firmware(draft, domain, &option);
    features(draft, domain, &option);
    let options = &draft.machine.options;
    let cpu = cpu(&options.cpus, options.virtualisation.value == Virtualisation::Kvm);
    domain.root.push(cpu);
    match &options.cpus.mode {
        Some(mode) => domain.part("cpu", option("cpus.mode"), mode.span),
        None => domain.part("cpu", option("virtualisation"), options.virtualisation.span),
    }
    domain.part("cpu/topology", option("cpus"), options.cpus.span);
    if let Some(model) = &options.cpus.model {
        domain.part("cpu/model", option("cpus.model"), model.span);
    }
    clock(domain);
}

fn memory(draft: &MachineDraft<'_>, domain: &mut DomainDraft, option: &dyn Fn(&str) -> String) {
    let options = &draft.machine.options;
    let memory = Element::new("memory").with("unit", "MiB").with_text(options.ram.value.get().to_string());
    domain.root.push(memory);
    domain.part("memory", option("ram"), options.ram.span);
    // libvirt fills in what the guest has now from what it has at most.
    domain.part("currentMemory", option("ram"), options.ram.span);
    let mut backing = Element::new("memoryBacking");
    if let Some(pages) = &options.hugepages {
        let page = match pages.value {
            HugePages::Off => None,
            HugePages::Usual => Some(Element::new("hugepages")),
            HugePages::Size(size) => Some(Element::new("hugepages").with_child(
                Element::new("page").with("size", (size.get() << 10).to_string()).with("unit", "KiB"),
            )),
        };
        if let Some(page) = page {
            backing.push(page);
            domain.part("memoryBacking", option("hugepages"), pages.span);
        }
    }
    if let Some(folder) = options.shared_folders.values().next() {
        // The process that serves a shared folder reads and writes the guest's memory.
        backing.push(Element::new("source").with("type", "memfd"));
        backing.push(Element::new("access").with("mode", "shared"));
        for part in ["memoryBacking/source", "memoryBacking/access"] {
            domain.part(part, option("sharedFolders"), folder.span);
        }
        if domain.parts.iter().all(|(path, ..)| path != "memoryBacking") {
            domain.part("memoryBacking", option("sharedFolders"), folder.span);
        }
    }
    if backing.elements().next().is_some() {
        domain.root.push(backing);
    }
}

fn processors(draft: &MachineDraft<'_>, domain: &mut DomainDraft, option: &dyn Fn(&str) -> String) {
    let cpus = &draft.machine.options.cpus;
    let count = cpus.count.value.0.to_string();
    domain.root.push(Element::new("vcpu").with("placement", "static").with_text(count));
    domain.part("vcpu", option("cpus"), cpus.count.span);
    let Some(pin) = &cpus.pin else { return };
    let mut tuning = Element::new("cputune");
    for (cpu, set) in &pin.value.0 {
        let pin = Element::new("vcpupin").with("vcpu", cpu.to_string()).with("cpuset", set.value.to_string());
        tuning.push(pin.labelled(cpu.to_string()));
        domain.part(format!("cputune/vcpupin[{cpu}]"), option("cpus.pin"), set.span);
    }
    if tuning.elements().next().is_some() {
        domain.root.push(tuning);
        domain.part("cputune", option("cpus.pin"), pin.span);
    }
}

fn firmware(draft: &MachineDraft<'_>, domain: &mut DomainDraft, option: &dyn Fn(&str) -> String) {
    let options = &draft.machine.options;
    let mut os = Element::new("os");
    let machine = options.machine_type.value.as_str();
    let kind = Element::new("type").with("arch", "x86_64").with("machine", machine).with_text("hvm");
    let feature = |enabled: bool, name: &str| {
        let enabled = if enabled { "yes" } else { "no" };
        Element::new("feature").with("enabled", enabled).with("name", name).labelled(name)
    };
    match options.firmware.value {
        Firmware::Bios => os.push(kind),
        Firmware::Uefi => {
            os.set("firmware", "efi");
            os.push(kind);
            // Without this libvirt 9 picks the variant that only starts signed boot loaders.
            os.push(Element::new("firmware").with_child(feature(false, "secure-boot")));
        }
        Firmware::UefiSecure => {
            os.set("firmware", "efi");
            os.push(kind);
            // NixOS signs its boot loader with keys of its own, which it can only bring where there are none yet.
            let keys = feature(!draft.machine.nixos.value, "enrolled-keys");
            let features = Element::new("firmware").with_child(keys).with_child(feature(true, "secure-boot"));
            os.push(features);
            os.push(Element::new("loader").with("secure", "yes"));
        }
    }
    domain.root.push(os);
    domain.part("os", option("firmware"), options.firmware.span);
    domain.part("os/type", option("machineType"), options.machine_type.span);
}

fn features(draft: &MachineDraft<'_>, domain: &mut DomainDraft, option: &dyn Fn(&str) -> String) {
    let options = &draft.machine.options;
    let kvm = options.virtualisation.value == Virtualisation::Kvm;
    let mut features =
        Element::new("features").with_child(Element::new("acpi")).with_child(Element::new("apic"));
    if options.firmware.value == Firmware::UefiSecure {
        // What the firmware keeps of its keys is protected by system management mode.
        features.push(Element::new("smm").with("state", "on"));
        domain.part("features/smm", option("firmware"), options.firmware.span);
    }
    if let Some((index, gpu)) = options.pci_devices.iter().enumerate().find(|(_, device)| device.gpu.value)
        && kvm
    {
        pci::hide_hypervisor(&mut features);
        domain.part("features", option(&format!("pciDevices.{index}.gpu")), gpu.gpu.span);
    }
    domain.root.push(features);
}

/// The `<cpu>`.
fn cpu(cpus: &Cpus, kvm: bool) -> Element {
    let mode = cpus.mode.as_ref().map(|mode| mode.value);
    let custom = |model: &str, fallback: &str| {
        Element::new("cpu")
            .with("mode", "custom")
            .with("match", "exact")
            .with_child(Element::new("model").with("fallback", fallback).with_text(model))
    };
    let mut element = match (mode, &cpus.model) {
        (None | Some(CpuMode::Custom), Some(model)) => custom(model.value.as_str(), "forbid"),
        (Some(CpuMode::HostPassthrough), _) => Element::new("cpu")
            .with("mode", "host-passthrough")
            .with("check", "none")
            .with("migratable", "on"),
        (Some(CpuMode::Maximum), _) => Element::new("cpu").with("mode", "maximum"),
        (Some(CpuMode::HostModel), _) => Element::new("cpu").with("mode", "host-model"),
        (None | Some(CpuMode::Custom), None) if kvm => Element::new("cpu").with("mode", "host-model"),
        // What the host has is beside the point: this is what QEMU emulates well.
        (None | Some(CpuMode::Custom), None) => custom("qemu64", "allow").with("check", "none"),
    };
    if let Some(topology) = cpus.topology() {
        element.push(
            Element::new("topology")
                .with("sockets", topology.sockets.to_string())
                .with("dies", "1")
                .with("cores", topology.cores.to_string())
                .with("threads", topology.threads.to_string()),
        );
    }
    element
}

fn clock(domain: &mut DomainDraft) {
    let timer = |name: &str, attribute: &str, value: &str| {
        Element::new("timer").with("name", name).with(attribute, value).labelled(name)
    };
    domain.root.push(
        Element::new("clock")
            .with("offset", "utc")
            .with_child(timer("rtc", "tickpolicy", "catchup"))
            .with_child(timer("pit", "tickpolicy", "delay"))
            .with_child(timer("hpet", "present", "no")),
    );
    for (event, action) in [("on_poweroff", "destroy"), ("on_reboot", "restart"), ("on_crash", "destroy")] {
        domain.root.push(Element::new(event).with_text(action));
    }
}
