//! NixOS modules that send GRUB to a disk that the machine does not have.
//!
//! A module is not evaluated here: it is looked for the device as it is written, and so are the files that it names.

use std::path::{Path, PathBuf};

use launchnix_diagnostics::{Code, Diagnostic, SourceId, SourceMap, Sources, Span};
use launchnix_evaluator::syntax::parse_plainly;
use launchnix_schema::options::{Disk, DiskBus};
use launchnix_schema::{Deployment, GuestModule, Machine, Spanned};

use super::scopes;
use crate::disk::BOOT;

/// What a file of Nix has of modules.
#[derive(Default)]
pub(crate) struct Modules {
    /// Strings that send GRUB to `/dev/vda` or `/dev/sda`.
    devices: Vec<Part>,
    /// Files of other modules.
    files: Vec<Part>,
}

/// An expression in a module.
struct Part {
    start: u32,
    end: u32,
    text: String,
    /// The keys of the bindings around it.
    around: Vec<(u32, u32)>,
}

impl Modules {
    pub(super) fn of(scopes: &scopes::Scopes<'_>) -> Self {
        let parts = |found: &[scopes::InModule<'_>]| {
            let part = |found: &scopes::InModule<'_>| Part {
                start: found.tree.start(),
                end: found.tree.end(),
                text: found.tree.text().to_owned(),
                around: found.around.clone(),
            };
            found.iter().map(part).collect()
        };
        Self { devices: parts(&scopes.grub_devices), files: parts(&scopes.module_files) }
    }

    /// The first place that sends GRUB to a device.
    fn device(&self, device: &str, is_meant: impl Fn(&Part) -> bool) -> Option<&Part> {
        self.devices.iter().find(|part| part.text == device && is_meant(part))
    }
}

impl Part {
    /// Whether it is in the binding whose key is at a place.
    fn is_inside(&self, key: Span) -> bool {
        self.around.iter().any(|&(start, end)| start <= key.start && key.end <= end)
    }
}

/// Files with modules in them.
pub(crate) struct Files<'f> {
    pub(crate) sources: &'f dyn Sources,
    /// The absolute path of a file that was evaluated.
    pub(crate) path_of: &'f dyn Fn(SourceId) -> PathBuf,
    /// What a file is called that was not.
    pub(crate) name_of: &'f dyn Fn(&Path) -> String,
}

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
    for machine in deployment.machines.values().filter(|machine| machine.nixos.value) {
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
    let directory = (files.path_of)(*source);
    let imported = modules.files.iter().filter(|part| part.is_inside(key));
    in_files(imported.filter_map(|file| beside(&directory, &file.text)).collect(), files, map)
}

/// Where a module in a file sends GRUB, or one that it imports.
fn in_files(mut waiting: Vec<PathBuf>, files: &Files<'_>, map: &mut SourceMap) -> Option<Span> {
    /// Configurations of more files than this are looked at by `--guests`.
    const ENOUGH: usize = 64;
    let mut seen: Vec<PathBuf> = Vec::new();
    while let Some(path) = waiting.pop() {
        if seen.len() == ENOUGH || seen.contains(&path) {
            continue;
        }
        seen.push(path.clone());
        let (path, content) = match files.sources.read(&path) {
            Ok(content) => (path, content),
            Err(_) => {
                let default = path.join("default.nix");
                let Ok(content) = files.sources.read(&default) else { continue };
                (default, content)
            }
        };
        let Ok(text) = String::from_utf8(content) else { continue };
        let parsed = parse_plainly(&text);
        if !parsed.is_valid() || text.contains(SILENCED) {
            continue;
        }
        let modules = Modules::of(&scopes::scopes(parsed.root()));
        if let Some(device) = modules.device(VDA, |_| true) {
            let name = (files.name_of)(&path);
            let known = map.iter().find(|(_, file)| file.name() == name).map(|(source, _)| source);
            let source = known.unwrap_or_else(|| map.add(name, text.as_str()));
            return Some(Span::new(source, device.start, device.end));
        }
        waiting.extend(modules.files.iter().filter_map(|file| beside(&path, &file.text)));
    }
    None
}

/// The comments of a file that nothing else is said of are not read.
const SILENCED: &str = "allow(LNX0709)";

/// The path that is written as a path in a file.
fn beside(file: &Path, written: &str) -> Option<PathBuf> {
    if written.contains("${") || written.starts_with(['<', '~']) {
        return None;
    }
    let mut path = file.parent()?.to_path_buf();
    for part in Path::new(written).components() {
        match part {
            std::path::Component::CurDir => {}
            std::path::Component::ParentDir => drop(path.pop()),
            part => path.push(part),
        }
    }
    Some(path)
}
