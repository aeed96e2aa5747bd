//! Keys for ssh, addresses and cloud-init that a guest's own modules bring.

use std::collections::{HashMap, HashSet};
use std::path::PathBuf;

use launchnix_diagnostics::{About, Code, Diagnostic, SourceId, Span};
use launchnix_schema::{Deployment, GuestConfig, GuestModule, Machine};

use super::machines::foreign_address;
use super::modules::{Files, Modules, Part, look_into};

/// What a guest has by a module of its own, where its options say nothing of it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Provision {
    SshKey,
    Address,
    CloudInit,
}

impl Provision {
    /// The warning that a guest lacks it.
    fn code(self) -> Code {
        match self {
            Self::SshKey => Code::NoSshKey,
            Self::Address => Code::ChangingAddress,
            Self::CloudInit => Code::NoEffect,
        }
    }

    /// Where such a warning is for each guest that may have one.
    fn places(self, deployment: &Deployment) -> Vec<(Place, &GuestConfig)> {
        let machines = deployment.machines.values();
        match self {
            Self::SshKey => {
                deployment.guests().map(|(span, guest)| (Place { machine: None, span }, guest)).collect()
            }
            Self::Address => {
                let place = |machine| {
                    Some(Place { machine: None, span: foreign_address(deployment, machine)?.primary? })
                };
                machines.filter_map(|machine| Some((place(machine)?, &machine.guest))).collect()
            }
            Self::CloudInit => {
                let place = |machine: &Machine| {
                    let span = machine.options.cloud_init.as_ref()?.span;
                    Some(Place { machine: Some(machine.span), span })
                };
                machines.filter_map(|machine| Some((place(machine)?, &machine.guest))).collect()
            }
        }
    }
}

/// Where a warning is.
struct Place {
    /// The machine that a value which several have is set for.
    machine: Option<Span>,
    span: Span,
}

/// Takes out the warnings that a guest lacks what a module of it gives.
pub(super) fn silence(
    deployment: Option<&Deployment>,
    read: &[(SourceId, Modules)],
    files: &Files<'_>,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let Some(deployment) = deployment else { return };
    for provision in [Provision::SshKey, Provision::Address, Provision::CloudInit] {
        if !diagnostics.iter().any(|diagnostic| diagnostic.code == provision.code()) {
            continue;
        }
        let places = provision.places(deployment);
        if places.is_empty() {
            continue;
        }
        let brought = Brought::of(provision, places.iter().map(|(_, guest)| *guest), read, files);
        // A function makes many machines at one place.
        let mut at: HashMap<Span, bool> = HashMap::new();
        let mut of_machines: HashMap<(Span, Span), bool> = HashMap::new();
        for (Place { machine, span }, guest) in places {
            let is_given = brought.is_given(guest);
            let has_one = at.entry(span).or_insert(true);
            *has_one = *has_one && is_given;
            of_machines.extend(machine.map(|machine| ((machine, span), is_given)));
        }
        diagnostics.retain(|diagnostic| {
            let has_one = match diagnostic.about {
                // It is told where the machine sets it, and not at the value.
                Some(About::Idle { machine, value }) if diagnostic.primary != Some(value) => {
                    of_machines.get(&(machine, value)).copied()
                }
                _ => diagnostic.primary.and_then(|span| at.get(&span).copied()),
            };
            diagnostic.code != provision.code()
                || !has_one.is_some_and(|has_one| has_one || brought.is_shared)
        });
    }
}

/// Where modules give it.
struct Brought {
    /// The modules of single machines that do.
    own: HashSet<Span>,
    /// Files with modules that do.
    files: HashSet<PathBuf>,
    /// Whether a module does that no single machine has for its own: it may be part of any.
    is_shared: bool,
}

impl Brought {
    fn of<'m>(
        provision: Provision,
        guests: impl Iterator<Item = &'m GuestConfig> + Clone,
        read: &[(SourceId, Modules)],
        files: &Files<'_>,
    ) -> Self {
        let modules = guests.clone().flat_map(|guest| &guest.own);
        let mut own: Vec<Span> = modules.map(|module| module.span).collect();
        own.sort_unstable_by_key(|span| (span.source, span.start));
        own.dedup();
        let mut brought = Self { own: HashSet::new(), files: HashSet::new(), is_shared: false };
        let mut seen = HashMap::new();
        let mut give = |path: &PathBuf| {
            let look =
                || look_into(vec![path.clone()], files, |_, _, file| file.brings(provision).next().map(drop));
            *seen.entry(path.clone()).or_insert_with(|| look().is_some())
        };
        for (source, modules) in read {
            let directory = (files.path_of)(*source);
            let imported = modules.imported(&directory).filter(|(_, path)| give(path));
            for part in modules.brings(provision).chain(imported.map(|(part, _)| part)) {
                match inside(&own, *source, part) {
                    Some(module) => drop(brought.own.insert(module)),
                    None => brought.is_shared = true,
                }
            }
        }
        let named = guests.flat_map(|guest| guest.own.iter().chain(&guest.defaults));
        for module in named {
            if let GuestModule::Path(path) = &module.value
                && give(path)
            {
                brought.files.insert(path.clone());
            }
        }
        brought
    }

    fn is_given(&self, guest: &GuestConfig) -> bool {
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
