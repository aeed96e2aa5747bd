//! NixOS modules that send GRUB to a disk that the machine does not have.
//!
//! A module is not evaluated here: it is looked for `/dev/vda` as it is written, and so are the files that it names.

use std::path::{Path, PathBuf};

use launchnix_diagnostics::{Code, Diagnostic, SourceId, SourceMap, Sources, Span};
use launchnix_evaluator::syntax::parse_plainly;
use launchnix_schema::options::DiskBus;
use launchnix_schema::{Deployment, GuestModule};

use super::scopes;
use crate::disk::BOOT;

/// What a file of Nix has of modules.
#[derive(Default)]
pub(crate) struct Modules {
    /// Strings that send GRUB to `/dev/vda`.
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
    for machine in deployment.machines.values().filter(|machine| machine.nixos.value) {
        let Some(boot) = machine.options.initial_disks.get(BOOT) else { continue };
        if boot.bus.value == DiskBus::Virtio {
            continue;
        }
        for module in machine.guest.own.iter().chain(&machine.guest.defaults) {
            let place = match &module.value {
                GuestModule::Path(path) => in_files(vec![path.clone()], files, map),
                // A module is known by the place of its name.
                GuestModule::Function | GuestModule::Set => in_place(module.span, read, files, map),
            };
            diagnostics.extend(place.map(|place| {
                Diagnostic::new(
                    Code::MovedBootDisk,
                    place,
                    "GRUB is sent to /dev/vda, which this machine does not have",
                )
                .labelled("there is no such disk in the guest")
                .with_label(boot.bus.span, "so that the boot disk is /dev/sda")
                .with_help("remove the line: Launchnix names the right disk; or leave `bus` out")
            }));
        }
    }
    diagnostics
}

/// Where the module with a key sends GRUB, or one that it imports.
fn in_place(key: Span, read: &[(SourceId, Modules)], files: &Files<'_>, map: &mut SourceMap) -> Option<Span> {
    let is_inside =
        |part: &&Part| part.around.iter().any(|&(start, end)| start <= key.start && key.end <= end);
    let (source, modules) = read.iter().find(|(source, _)| *source == key.source)?;
    if let Some(device) = modules.devices.iter().find(is_inside) {
        return Some(Span::new(*source, device.start, device.end));
    }
    let directory = (files.path_of)(*source);
    let imported = modules.files.iter().filter(is_inside);
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
        if let Some(device) = modules.devices.first() {
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
