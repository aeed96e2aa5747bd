//! One machine: its options together.

use launchnix_diagnostics::{Code, Diagnostic};

use super::{Surroundings, access, addresses, conflict, dangling, disks, no_effect};
use crate::decode::{Decoder, Draft, must_exist};
use crate::values::{BootDevice, FileSource, UserFile, WrittenAs};
use crate::{GuestModule, Spanned};

/// Checks a machine, and reads the public key that it names.
pub(crate) fn machine(draft: &mut Draft, surroundings: &Surroundings<'_>, decoder: &mut Decoder<'_>) {
    disks::check(draft, surroundings, decoder);
    boot_order(draft, decoder);
    addresses::interfaces(draft, surroundings, decoder);
    addresses::static_ips(draft, surroundings, decoder);
    devices(draft, decoder);
    guest(draft, decoder);
    access::check(draft, decoder);
}

fn boot_order(draft: &Draft, decoder: &mut Decoder<'_>) {
    let options = &draft.machine.options;
    let Some(order) = &options.boot_order else { return };
    for (index, entry) in order.iter().enumerate() {
        if let Some(earlier) = order[..index].iter().find(|earlier| earlier.value == entry.value) {
            decoder.push(
                Diagnostic::new(
                    Code::Conflict,
                    entry.span,
                    format!("`{}` is twice in `bootOrder`", entry.value),
                )
                .labelled("named again here")
                .with_label(earlier.span, "first named here")
                .with_help("remove one of the two"),
            );
            continue;
        }
        match &entry.value {
            BootDevice::Pxe => {
                if options.interfaces.as_ref().is_some_and(|interfaces| interfaces.is_empty())
                    && !options.flaws.is_mistaken("interfaces")
                {
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
                if options.installation_media.is_none() && !options.flaws.is_unknown("installationMedia") {
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
                    || (name.as_str() == "boot" && draft.machine.has_boot_disk());
                let unknown = options.flaws.is_unknown("initialDisks")
                    || (name.as_str() == "boot" && options.flaws.is_unknown("diskSize"))
                    || draft.guest_unknown;
                if !exists && !unknown {
                    let mut known: Vec<_> = options.initial_disks.keys().map(ToString::to_string).collect();
                    if draft.machine.has_boot_disk() && !options.initial_disks.contains_key("boot") {
                        known.insert(0, "boot".into());
                    }
                    known.extend(["PXE".into(), "cdrom".into()]);
                    let declare = if name.as_str() == "boot" {
                        "set `diskSize`, or declare the disk: `initialDisks.boot = { size = 20480; };`".into()
                    } else {
                        format!("declare the disk: `initialDisks.{name} = {{ size = 20480; }};`")
                    };
                    dangling("disk", name, entry.span, &known, &declare, decoder);
                }
            }
        }
    }
}

fn devices(draft: &Draft, decoder: &mut Decoder<'_>) {
    let options = &draft.machine.options;
    for (index, device) in options.pci_devices.iter().enumerate() {
        if let Some(FileSource::File(file)) = device.rom_file.as_deref()
            && let Some(rom) = &device.rom_file
        {
            file_of("romFile", file, rom, decoder);
        }
        let same = |earlier: &&Spanned<crate::options::PciDevice>| {
            earlier.id.value == device.id.value && !earlier.flaws.is_unknown("id")
        };
        if device.flaws.is_unknown("id") {
            continue;
        }
        if let Some(earlier) = options.pci_devices[..index].iter().find(same) {
            decoder.push(
                Diagnostic::new(
                    Code::Conflict,
                    device.id.span,
                    format!("the PCI device {} is given twice", device.id.value),
                )
                .labelled("given again here")
                .with_label(earlier.id.span, "first given here")
                .with_help("remove one of the two"),
            );
        }
    }
    if let Some(media) = &options.installation_media
        && let FileSource::File(file) = &media.value
    {
        file_of("installationMedia", file, media, decoder);
    }
}

/// A Nix path is a file of this machine and must exist; a string may be a path that exists only later or elsewhere.
pub(super) fn file_of(option: &str, file: &UserFile, value: &Spanned<FileSource>, decoder: &mut Decoder<'_>) {
    if file.form == WrittenAs::Path {
        must_exist(option, file, value.span, decoder);
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
    if !machine.nixos.value
        && let Some(key) = &machine.options.ssh_pub_key_path
    {
        let label = "only a NixOS guest is given a public key";
        no_effect("sshPubKeyPath", key.span, label, "put the key into the guest by its own means", decoder);
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
