//! What `destroy` would remove: everything that bears the fleet's mark, and nothing else.

use std::collections::BTreeSet;

use launchnix_schema::identity;
use launchnix_schema::manifest::Ownership;

use super::{Action, Kind, SitePlan};
use crate::build::Site;
use crate::consent::{Consent, Permission};
use crate::host::Observed;
use crate::mark::{Mark, RecordedVolume};

/// What `destroy` would remove. Disks need consent, each; `keep_disks` leaves them and their pools.
pub fn plan_destroy(
    uri: &str,
    site: &Site<'_>,
    observed: &Observed,
    consent: &Consent,
    keep_disks: bool,
) -> SitePlan {
    let fleet = &site.build.manifest.fleet;
    let domains = observed.domains.iter().filter_map(|(name, domain)| Some((name, domain.mark.as_ref()?)));
    let machines = domains.filter(|(name, mark)| mark.fleet == *fleet && mark.name == **name).collect();
    let mut removal = Removal { site, observed, machines, actions: Vec::new(), notes: Vec::new() };
    removal.disks(consent, keep_disks);
    removal.images(keep_disks);
    removal.machines(consent);
    removal.networks();
    removal.pools();
    SitePlan { uri: uri.to_owned(), actions: removal.actions, notes: removal.notes }
}

struct Removal<'o> {
    site: &'o Site<'o>,
    observed: &'o Observed,
    machines: Vec<(&'o String, &'o Mark)>,
    actions: Vec<Action>,
    notes: Vec<String>,
}

impl<'o> Removal<'o> {
    /// The volumes that the machines' records name and that are there.
    fn recorded(&self) -> impl Iterator<Item = (&'o String, &'o RecordedVolume)> + use<'o> {
        let observed = self.observed;
        let machines = self.machines.clone().into_iter();
        let entries = machines.flat_map(|(name, mark)| {
            mark.record.iter().flat_map(|record| &record.volumes).map(move |entry| (name, entry))
        });
        entries.filter(|(_, entry)| observed.volumes.contains_key(&(entry.pool.clone(), entry.name.clone())))
    }

    fn disks(&mut self, consent: &Consent, keep: bool) {
        for (machine, entry) in self.recorded() {
            let Some(disk) = &entry.disk else { continue };
            if keep {
                self.notes.push(format!(
                    "disk `{disk}` of machine `{machine}` is kept: volume `{}` in pool `{}` \
                     (`apply --allow adopt:{machine}/{disk}` takes it up again)",
                    entry.name, entry.pool
                ));
                continue;
            }
            let permission = Permission::DestroyDisk(machine.clone(), disk.clone());
            let mut action = Action::removal(Kind::Volume, &entry.name);
            action.pool = Some(entry.pool.clone());
            action.disk = Some(format!("{machine}/{disk}"));
            if !consent.allows(&permission) {
                action = action.blocked(
                    "everything on this disk would be lost",
                    format!("allow it with `--allow {permission}`, or keep all disks with `--keep-disks`"),
                );
            }
            self.actions.push(action);
        }
    }

    /// Base images, once each: they can be made again from what they were made from.
    fn images(&mut self, keep: bool) {
        let fleet = &self.site.build.manifest.fleet;
        let images: BTreeSet<(&str, &str)> = self
            .recorded()
            .filter(|(_, entry)| entry.disk.is_none())
            .map(|(_, entry)| (entry.pool.as_str(), entry.name.as_str()))
            .collect();
        for (pool, name) in images {
            let marks = self.observed.domains.values().filter_map(|domain| domain.mark.as_ref());
            let mut others =
                marks.filter(|mark| mark.fleet != *fleet).filter_map(|mark| mark.record.as_ref());
            let shared = others.any(|record| record.volume(pool, name).is_some());
            if shared || keep {
                let why = if shared { "another fleet uses it" } else { "the disks lie over it" };
                self.notes.push(format!("image `{name}` in pool `{pool}` is kept: {why}"));
                continue;
            }
            let mut action = Action::removal(Kind::Volume, name);
            action.pool = Some(pool.to_owned());
            self.actions.push(action);
        }
    }

    fn machines(&mut self, consent: &Consent) {
        for (name, _) in &self.machines {
            let wanted = self.site.build.manifest.machines.iter().find(|machine| machine.name == **name);
            let permission = Permission::DestroyMachine((*name).clone());
            let mut action = Action::removal(Kind::Machine, name);
            if wanted.is_some_and(|machine| machine.protect) && !consent.allows(&permission) {
                let help =
                    format!("remove `protect` from the deployment, or allow it with `--allow {permission}`");
                action = action.blocked("it is protected", help);
            }
            self.actions.push(action);
        }
    }

    fn networks(&mut self) {
        let fleet = &self.site.build.manifest.fleet;
        for (name, network) in &self.observed.networks {
            let wanted = self.site.networks.iter().find(|wanted| wanted.name == *name);
            let shared = wanted.is_some_and(|wanted| wanted.ownership == Ownership::Shared);
            if shared || identity::network_uuid(fleet, name).to_string() != network.uuid {
                continue;
            }
            let others = self.observed.domains.iter().filter(|(domain, observed)| {
                observed.networks.contains(name) && !self.machines.iter().any(|(ours, _)| ours == domain)
            });
            let users: Vec<String> = others.map(|(domain, _)| format!("`{domain}`")).collect();
            let mut action = Action::removal(Kind::Network, name);
            if !users.is_empty() {
                action = action.blocked(
                    format!("{} would lose it, which this fleet did not make", users.join(", ")),
                    "take these off the network first",
                );
            }
            self.actions.push(action);
        }
    }

    fn pools(&mut self) {
        let fleet = &self.site.build.manifest.fleet;
        for (name, pool) in &self.observed.pools {
            let wanted = self.site.pools.iter().find(|wanted| wanted.name == *name);
            let shared = wanted.is_some_and(|wanted| wanted.ownership == Ownership::Shared);
            let records = self.machines.iter().filter_map(|(_, mark)| mark.record.as_ref());
            let used = records.flat_map(|record| &record.volumes).any(|entry| entry.pool == *name);
            if used && !pool.active {
                self.actions.push(Action::removal(Kind::Pool, name).blocked(
                    "it does not run, so the disks in it cannot be seen",
                    format!("start it first: `virsh pool-start {name}`"),
                ));
                continue;
            }
            if shared || identity::pool_uuid(fleet, name).to_string() != pool.uuid {
                continue;
            }
            let goes = |volume: &str| {
                self.actions.iter().any(|action| action.pool.as_ref() == Some(name) && action.name == volume)
            };
            let mut volumes = self.observed.volumes.keys().filter(|(pool, _)| pool == name);
            if volumes.any(|(_, volume)| !goes(volume)) {
                self.notes.push(format!("pool `{name}` is kept: there are volumes in it"));
                continue;
            }
            self.actions.push(Action::removal(Kind::Pool, name));
        }
    }
}
