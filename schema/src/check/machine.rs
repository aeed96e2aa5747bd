//! One machine: its options together.

use launchnix_diagnostics::{Code, Diagnostic, Span};

use super::fleet::{console, screen};
use super::{
    Surroundings, access, addresses, commands, conflict, counted, dangling_near, disks, idle, repeated,
    repetitions, shape, sizes, times,
};
use crate::decode::{Decoder, Draft, is_no_directory, must_exist, nearest};
use crate::options::MachineOptions;
use crate::values::{BootDevice, FileSource, UserFile, WrittenAs};
use crate::{GuestModule, Spanned};

/// Checks a machine, and reads the public key that it names.
pub(crate) fn machine(draft: &mut Draft, surroundings: &Surroundings<'_>, decoder: &mut Decoder<'_>) {
    shape::check(draft, decoder);
    sizes::check(draft, decoder);
    disks::check(draft, surroundings, decoder);
    if boot_order(draft, decoder) == Order::OfNoSystem {
        forget_system(draft);
    }
    addresses::interfaces(draft, surroundings, decoder);
    addresses::static_ips(draft, surroundings, decoder);
    devices(draft, decoder);
    guest(draft, decoder);
    commands::check(draft, decoder);
    access::check(draft, decoder);
    idle::check(draft, decoder);
}

/// What a boot order tells of the system of a machine.
#[derive(PartialEq, Eq)]
enum Order {
    /// That it is installed from what the order names, which is there.
    OfItsSystem,
    /// Nothing: what it would be installed from is not there.
    OfNoSystem,
}

/// A machine whose boot order names a medium that it does not have may be one of NixOS: the order must not say otherwise.
fn forget_system(draft: &mut Draft) {
    let options = &draft.machine.options;
    let says_so = |order: &Spanned<_>| order.span == draft.machine.nixos.span;
    if options.nixos.is_none() && options.boot_order.as_ref().is_some_and(says_so) {
        draft.guest_unknown = true;
    }
}

fn boot_order(draft: &Draft, decoder: &mut Decoder<'_>) -> Order {
    let options = &draft.machine.options;
    let mut told = Order::OfItsSystem;
    let Some(order) = &options.boot_order else { return told };
    let named = order.iter().map(|entry| (entry.value.to_string(), entry.span));
    for (name, places) in repetitions(named) {
        let message = format!("`{name}` is {} in `bootOrder`", times(places.len()));
        repeated(message, &places, "named", "name each thing once", decoder);
    }
    for (index, entry) in order.iter().enumerate() {
        if order[..index].iter().any(|earlier| earlier.value == entry.value) {
            continue;
        }
        match &entry.value {
            BootDevice::Pxe => {
                if options.interfaces.as_ref().is_some_and(|interfaces| interfaces.is_empty())
                    && !options.flaws.is_mistaken("interfaces")
                    && !decoder.undecoded.contains("initialDisks.PXE")
                {
                    told = Order::OfNoSystem;
                    decoder.push(
                        Diagnostic::new(
                            Code::DanglingReference,
                            entry.span,
                            "the machine has no interface to boot from",
                        )
                        .labelled("boots from the network")
                        .with_help("add an interface to `interfaces`, or remove \"PXE\""),
                    );
                }
            }
            BootDevice::Cdrom => {
                let is_disk = decoder.undecoded.contains("initialDisks.cdrom");
                if options.installation_media.is_none()
                    && !options.flaws.is_unknown("installationMedia")
                    && !decoder.defaults_unknown
                    && !is_disk
                {
                    told = Order::OfNoSystem;
                    decoder.push(
                        Diagnostic::new(
                            Code::DanglingReference,
                            entry.span,
                            "the machine has no CD to boot from",
                        )
                        .labelled("boots from the installation medium")
                        .with_help("set `installationMedia`, or remove \"cdrom\""),
                    );
                }
            }
            BootDevice::Disk(name) => {
                let exists = options.initial_disks.contains_key(name.as_str())
                    || decoder.undecoded.contains(&format!("initialDisks.{name}"))
                    || (name.as_str() == "boot" && draft.machine.has_boot_disk());
                let unknown = options.flaws.is_unknown("initialDisks")
                    || (name.as_str() == "boot" && options.flaws.is_unknown("diskSize"))
                    || draft.guest_unknown
                    || decoder.defaults_unknown;
                if !exists && !unknown {
                    let mut known: Vec<_> = options.initial_disks.keys().map(ToString::to_string).collect();
                    if draft.machine.has_boot_disk() && !options.initial_disks.contains_key("boot") {
                        known.insert(0, "boot".into());
                    }
                    known.extend(["PXE".into(), "cdrom".into()]);
                    // Its path is not its name.
                    let last =
                        name.as_str().rsplit_once("initialDisks.").map_or(name.as_str(), |(_, last)| last);
                    let declare = if last == "boot" {
                        "set `diskSize`, or declare the disk: `initialDisks.boot = { size = 20480; };`".into()
                    } else {
                        format!("declare the disk: `initialDisks.{last} = {{ size = 20480; }};`")
                    };
                    let near = other_word(name).map(str::to_owned).filter(|word| known.contains(word));
                    let near = near.or_else(|| known.iter().find(|known| *known == last).cloned());
                    let near = near.or_else(|| nearest(last, &known).cloned());
                    dangling_near("disk", name, entry.span, &known, near, &declare, decoder);
                }
            }
        }
    }
    told
}

/// What other programs call the things that a machine boots from.
fn other_word(name: &str) -> Option<&'static str> {
    Some(match name.to_ascii_lowercase().as_str() {
        "hd" | "hda" | "vda" | "sda" | "disk" | "root" | "system" | "os" => "boot",
        "network" | "net" | "nic" | "ipxe" => "PXE",
        "cd" | "dvd" | "cd-rom" | "iso" | "installationmedia" => "cdrom",
        _ => return None,
    })
}

fn devices(draft: &Draft, decoder: &mut Decoder<'_>) {
    let options = &draft.machine.options;
    for device in &options.pci_devices {
        if let Some(rom) = &device.rom_file
            && let FileSource::File(file) = &*rom.value
        {
            file_of("romFile", file, rom.span, decoder);
        }
    }
    let known = options.pci_devices.iter().filter(|device| !device.flaws.is_unknown("id"));
    for (id, places) in repetitions(known.map(|device| (device.id.value, device.id.span))) {
        let message = format!("the PCI device {id} is given {}", times(places.len()));
        repeated(message, &places, "given", "name each device once", decoder);
    }
    let known = options.usb_devices.iter().filter(|device| !device.flaws.is_unknown("id"));
    for (id, places) in repetitions(known.map(|device| (device.id.value, device.id.span))) {
        let message = format!("the USB device {id} is given {}", times(places.len()));
        repeated(message, &places, "given", "name each device once", decoder);
    }
    if draft.machine.nixos.value {
        places_in_guest(options, decoder);
    }
    ports(options, decoder);
    for (name, secret) in &options.secrets {
        // What lies elsewhere on this computer may be made only when the guest is deployed.
        let is_elsewhere = || secret.source.written.starts_with(['/', '~']);
        if !secret.flaws.is_unknown("source") && (secret.source.form == WrittenAs::Path || !is_elsewhere()) {
            let option = format!("secrets.{}.source", name.as_str());
            let _: bool = must_exist(&option, &secret.source, secret.source.span, decoder)
                && is_no_directory(&option, &secret.source, secret.source.span, decoder);
        }
    }
    if let Some(media) = &options.installation_media
        && let FileSource::File(file) = &*media.value
    {
        file_of("installationMedia", file, media.span, decoder);
    }
}

/// Of what a NixOS guest is given, each has a place of its own.
fn places_in_guest(options: &MachineOptions, decoder: &mut Decoder<'_>) {
    let folders = options.shared_folders.values().filter_map(|folder| folder.mount_point.as_ref());
    let folders = folders.map(|place| (place.plain(), place.span));
    for (place, places) in repetitions(folders) {
        let message = format!("{} folders are mounted at {place}", counted(places.len()));
        repeated(message, &places, "mounted", "give each folder a place of its own", decoder);
    }
    let secrets = options.secrets.values().filter(|secret| !secret.flaws.is_unknown("destination"));
    let secrets = secrets.map(|secret| (secret.destination.plain(), secret.destination.span));
    for (place, places) in repetitions(secrets) {
        let message = format!("{} secrets go to {place}", counted(places.len()));
        repeated(message, &places, "used", "give each secret a place of its own", decoder);
    }
}

/// Screen and console listen at ports of one hypervisor.
fn ports(options: &MachineOptions, decoder: &mut Decoder<'_>) {
    let Some(((screen, screen_at), (console, console_at))) = screen(options).zip(console(options)) else {
        return;
    };
    let meet = screen_at == console_at || screen_at.0.is_unspecified() || console_at.0.is_unspecified();
    if screen.value == console.value && meet {
        let message = format!("screen and console have the port {}", screen.value.0);
        let mut places = [screen.span, console.span];
        places.sort();
        let help = "choose another port, or leave out that of the screen: libvirt finds one that is free";
        repeated(message, &places, "used", help, decoder);
    }
}

/// A Nix path is a file of this machine and must exist; a string may be a path that exists only later or elsewhere.
pub(super) fn file_of(option: &str, file: &UserFile, span: Span, decoder: &mut Decoder<'_>) {
    if file.form == WrittenAs::Path {
        let _: bool = must_exist(option, file, span, decoder) && is_no_directory(option, file, span, decoder);
    }
}

/// `nixos` and `machine` together.
fn guest(draft: &Draft, decoder: &mut Decoder<'_>) {
    let machine = &draft.machine;
    if draft.guest_unknown || machine.options.flaws.is_unknown("nixos") {
        return;
    }
    let written = machine.options.nixos.as_ref();
    let none = machine.guest.own.is_none() && machine.guest.defaults.is_none();
    if let Some(nixos) = written
        && nixos.value
        && none
    {
        let owner = draft.title();
        let diagnostic = Diagnostic::new(
            Code::MissingOption,
            machine.span,
            format!("option `machine` is missing in {owner}"),
        )
        .labelled("`machine` must be set for a NixOS guest")
        .with_label(nixos.span, "the guest runs NixOS")
        .with_help(
            "add, for example, `machine = { pkgs, ... }: { };` beside `deployment`, or set `nixos = false;`",
        );
        decoder.push_about("missing machine".into(), diagnostic);
    }
    if let Some(own) = &machine.guest.own
        && !machine.nixos.value
        && written.is_none_or(|nixos| !nixos.value)
    {
        let what = match own.value {
            GuestModule::Path(_) => "this file",
            GuestModule::Function | GuestModule::Set => "this module",
        };
        let label = format!("{what} is not used: the guest does not run NixOS");
        let diagnostic =
            Diagnostic::new(Code::NoEffect, own.span, "`machine` has no effect here").labelled(label);
        decoder.push(match written {
            Some(nixos) => diagnostic
                .with_label(nixos.span, "because of this")
                .with_help("remove `machine`, or `nixos = false`"),
            None => diagnostic
                .with_label(machine.nixos.span, "because of this, another system is taken to be installed")
                .with_help("set `nixos = true;` if the guest runs NixOS, else remove `machine`"),
        });
    }
}

/// Two options of which one alone can be set.
pub(super) fn exclusive<A, B>(
    first: (&str, Option<&Spanned<A>>),
    second: (&str, Option<&Spanned<B>>),
    why: &str,
    decoder: &mut Decoder<'_>,
) {
    if let ((first, Some(a)), (second, Some(b))) = (first, second) {
        conflict((first, a.span), (second, b.span), why, decoder);
    }
}
