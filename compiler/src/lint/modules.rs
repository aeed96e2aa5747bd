//! What NixOS modules say, as they are written: none is evaluated here. The files that they import are looked into as well.

use std::path::{Path, PathBuf};

use launchnix_diagnostics::{SourceId, Sources, Span};
use launchnix_evaluator::syntax::parse_plainly;

use super::brought::Provision;
use super::scopes;

/// What a file of Nix has of modules.
#[derive(Default)]
pub(crate) struct Modules {
    /// Strings that send GRUB to `/dev/vda` or `/dev/sda`.
    devices: Vec<Part>,
    /// Keys for ssh: `authorizedKeys`.
    keys: Vec<Part>,
    /// Static addresses.
    addresses: Vec<Part>,
    /// What switches cloud-init on.
    cloud_init: Vec<Part>,
    /// Files of other modules.
    files: Vec<Part>,
}

/// An expression in a module.
pub(super) struct Part {
    pub(super) start: u32,
    pub(super) end: u32,
    text: String,
    /// The keys of the bindings around it.
    pub(super) around: Vec<(u32, u32)>,
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
        Self {
            devices: parts(&scopes.grub_devices),
            keys: parts(&scopes.ssh_keys),
            addresses: parts(&scopes.addresses),
            cloud_init: parts(&scopes.cloud_init),
            files: parts(&scopes.module_files),
        }
    }

    /// The first place that sends GRUB to a device.
    pub(super) fn device(&self, device: &str, is_meant: impl Fn(&Part) -> bool) -> Option<&Part> {
        self.devices.iter().find(|part| part.text == device && is_meant(part))
    }

    /// What gives a guest something.
    pub(super) fn brings(&self, provision: Provision) -> impl Iterator<Item = &Part> {
        match provision {
            Provision::SshKey => self.keys.iter(),
            Provision::Address => self.addresses.iter(),
            Provision::CloudInit => self.cloud_init.iter(),
        }
    }

    /// The files that modules in a file import, and where.
    pub(super) fn imported(&self, file: &Path) -> impl Iterator<Item = (&Part, PathBuf)> {
        self.files.iter().filter_map(|part| Some((part, beside(file, &part.text)?)))
    }
}

impl Part {
    /// Whether it is in the binding whose key is at a place.
    pub(super) fn is_inside(&self, key: Span) -> bool {
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

/// Looks into files with modules, and into those that they import, until something is found.
pub(super) fn look_into<T>(
    mut waiting: Vec<PathBuf>,
    files: &Files<'_>,
    mut look: impl FnMut(&Path, &str, &Modules) -> Option<T>,
) -> Option<T> {
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
        if !parsed.is_valid() {
            continue;
        }
        let modules = Modules::of(&scopes::scopes(parsed.root()));
        if let Some(found) = look(&path, &text, &modules) {
            return Some(found);
        }
        waiting.extend(modules.imported(&path).map(|(_, file)| file));
    }
    None
}

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
