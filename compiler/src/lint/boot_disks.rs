//! NixOS modules that send GRUB to a disk that the machine does not have.

use std::path::PathBuf;

use launchnix_diagnostics::{Code, Diagnostic, SourceId, SourceMap, Span};
use launchnix_schema::options::{Disk, DiskBus};
use launchnix_schema::{Deployment, GuestModule, Machine, Spanned};

use super::modules::{Files, Modules, look_into};
use crate::disk::BOOT;

/// Warns of modules that send GRUB to a disk that the machine does not have. Files that have to be read for it are added to
/// the map.
pub(crate) fn moved(
    deployment: &Deployment,
    read: &[(SourceId, Modules)],
    files: &Files<'_>,
    map: &mut SourceMap,
) -> Vec<Diagnostic> {
    let mut diagnostics = Vec::new();
    let is_sent_to_sda = read.iter().any(|(_, modules)| modules.device(SDA, |_| true).is_some());
    for machine in deployment.known_machines().filter(|machine| machine.nixos.value) {
        let boot = machine.options.initial_disks.get(BOOT);
        let Some(boot) = boot.filter(|boot| boot.bus.value != DiskBus::Virtio) else {
            if is_sent_to_sda {
                diagnostics.extend(sent_to_sda(machine, boot, read));
            }
            continue;
        };
        for module in machine.guest.own.iter().chain(&machine.guest.defaults) {
            let place = match &module.value {
                GuestModule::Path(path) => in_files(vec![path.clone()], files, map),
                // A module is known by the place of its name.
                GuestModule::Function | GuestModule::Set => in_place(module.span, read, files, map),
            };
            diagnostics.extend(place.map(|place| {
                lacking(place, "vda")
                    .with_label(boot.bus.span, "so that the boot disk is /dev/sda")
                    .with_help("remove the line: Launchnix names the right disk; or leave `bus` out")
            }));
        }
    }
    diagnostics
}

const VDA: &str = "\"/dev/vda\"";
const SDA: &str = "\"/dev/sda\"";

fn lacking(place: Span, device: &str) -> Diagnostic {
    let message = format!("GRUB is sent to /dev/{device}, which this machine does not have");
    Diagnostic::new(Code::MovedBootDisk, place, message).labelled("there is no such disk in the guest")
}

/// Modules that send GRUB to `/dev/sda` where the boot disk is `/dev/vda` and no other disk has that name. Files that nobody
/// has read yet are not read for it: nearly all machines are such.
fn sent_to_sda(
    machine: &Machine,
    boot: Option<&Spanned<Box<Disk>>>,
    read: &[(SourceId, Modules)],
) -> Vec<Diagnostic> {
    let is_plain = |disk: &Disk| disk.bus.value == DiskBus::Virtio && disk.extra_xml.is_none();
    if !machine.has_boot_disk()
        || machine.options.extra_config.is_some()
        || !machine.options.initial_disks.values().all(|disk| is_plain(disk))
    {
        return Vec::new();
    }
    let modules = machine.guest.own.iter().chain(&machine.guest.defaults);
    let places = modules.filter_map(|module| {
        let (source, modules) = read.iter().find(|(source, _)| *source == module.span.source)?;
        let device = modules.device(SDA, |part| part.is_inside(module.span))?;
        Some(Span::new(*source, device.start, device.end))
    });
    places
        .map(|place| {
            let diagnostic =
                lacking(place, "sda").with_help("remove the line: Launchnix names the right disk, /dev/vda");
            match boot {
                Some(boot) => diagnostic.with_label(boot.span, "this disk is /dev/vda"),
                None => diagnostic,
            }
        })
        .collect()
}

/// Where the module with a key sends GRUB, or one that it imports.
fn in_place(key: Span, read: &[(SourceId, Modules)], files: &Files<'_>, map: &mut SourceMap) -> Option<Span> {
    let (source, modules) = read.iter().find(|(source, _)| *source == key.source)?;
    if let Some(device) = modules.device(VDA, |part| part.is_inside(key)) {
        return Some(Span::new(*source, device.start, device.end));
    }
    let file = (files.path_of)(*source);
    let imported =
        modules.imported(&file).filter(|(part, _)| part.is_inside(key)).map(|(_, file)| file).collect();
    in_files(imported, files, map)
}

/// Where a module in a file sends GRUB, or one that it imports.
fn in_files(waiting: Vec<PathBuf>, files: &Files<'_>, map: &mut SourceMap) -> Option<Span> {
    look_into(waiting, files, |path, text, modules| {
        let device = modules.device(VDA, |_| true).filter(|_| !text.contains(SILENCED))?;
        let name = (files.name_of)(path);
        let known = map.iter().find(|(_, file)| file.name() == name).map(|(source, _)| source);
        let source = known.unwrap_or_else(|| map.add(name, text));
        Some(Span::new(source, device.start, device.end))
    })
}

/// The comments of a file that nothing else is said of are not read.
const SILENCED: &str = "allow(LNX0709)";
