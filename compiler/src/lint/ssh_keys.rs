//! Keys for ssh that a guest's own modules bring.

use std::collections::{HashMap, HashSet};
use std::path::PathBuf;

use launchnix_diagnostics::{Code, Diagnostic, SourceId, Span};
use launchnix_schema::{Deployment, GuestConfig, GuestModule};

use super::modules::{Files, Modules, Part, look_into};

/// Takes out the warnings that a guest has no key where a module of it gives one.
pub(super) fn silence(
    deployment: Option<&Deployment>,
    read: &[(SourceId, Modules)],
    files: &Files<'_>,
    diagnostics: &mut Vec<Diagnostic>,
) {
    if !diagnostics.iter().any(|diagnostic| diagnostic.code == Code::NoSshKey) {
        return;
    }
    let guests = || deployment.into_iter().flat_map(Deployment::guests);
    let keys = Keys::of(guests().map(|(_, guest)| guest), read, files);
    // A function makes many machines at one place.
    let mut at: HashMap<Span, bool> = HashMap::new();
    for (machine, guest) in guests() {
        let has_key = at.entry(machine).or_insert(true);
        *has_key = *has_key && keys.are_given(guest);
    }
    diagnostics.retain(|diagnostic| {
        let has_key = || diagnostic.primary.and_then(|span| at.get(&span).copied()).unwrap_or_default();
        diagnostic.code != Code::NoSshKey || !(keys.are_shared || has_key())
    });
}

/// Where modules give keys.
struct Keys {
    /// The modules of single machines that do.
    own: HashSet<Span>,
    /// Files with modules that do.
    files: HashSet<PathBuf>,
    /// Whether a module does that no single machine has for its own: it may be part of any.
    are_shared: bool,
}

impl Keys {
    fn of<'m>(
        guests: impl Iterator<Item = &'m GuestConfig> + Clone,
        read: &[(SourceId, Modules)],
        files: &Files<'_>,
    ) -> Self {
        let modules = guests.clone().flat_map(|guest| &guest.own);
        let mut own: Vec<Span> = modules.map(|module| module.span).collect();
        own.sort_unstable_by_key(|span| (span.source, span.start));
        own.dedup();
        let mut keys = Self { own: HashSet::new(), files: HashSet::new(), are_shared: false };
        let mut seen = HashMap::new();
        let mut give = |path: &PathBuf| {
            let look = || look_into(vec![path.clone()], files, |_, _, file| file.has_keys().then_some(()));
            *seen.entry(path.clone()).or_insert_with(|| look().is_some())
        };
        for (source, modules) in read {
            let directory = (files.path_of)(*source);
            let imported = modules.imported(&directory).filter(|(_, path)| give(path));
            for part in modules.keys().chain(imported.map(|(part, _)| part)) {
                match inside(&own, *source, part) {
                    Some(module) => drop(keys.own.insert(module)),
                    None => keys.are_shared = true,
                }
            }
        }
        let named = guests.flat_map(|guest| guest.own.iter().chain(&guest.defaults));
        for module in named {
            if let GuestModule::Path(path) = &module.value
                && give(path)
            {
                keys.files.insert(path.clone());
            }
        }
        keys
    }

    fn are_given(&self, guest: &GuestConfig) -> bool {
        guest.own.iter().chain(&guest.defaults).any(|module| match &module.value {
            GuestModule::Path(path) => self.files.contains(path),
            // A module is known by the place of its name.
            GuestModule::Function | GuestModule::Set => self.own.contains(&module.span),
        })
    }
}

/// The module, of those in this order, that a part of a file belongs to.
fn inside(modules: &[Span], source: SourceId, part: &Part) -> Option<Span> {
    part.around.iter().find_map(|&(start, end)| {
        let next = modules.partition_point(|module| (module.source, module.start) < (source, start));
        modules.get(next).filter(|module| module.source == source && module.end <= end).copied()
    })
}
