//! Removing what a fleet has made: guests are shut down, then disks go, then definitions.
//!
//! A domain's record says which disks are the fleet's, so it goes after them: a run that is killed in between is
//! simply run again.

use std::collections::BTreeSet;

use launchnix_schema::identity;
use launchnix_schema::manifest::Ownership;
use virt::sys;

use super::{Listener, Options, Outcome, Run, machine};
use crate::build::Site;
use crate::consent::{Consent, Permission};
use crate::error::{Doing as _, Error, Result};
use crate::host::{Host, Observed};
use crate::mark::Mark;
use crate::plan::{Action, Kind, SitePlan};

/// What `destroy` would remove. Disks need consent, each; `keep_disks` leaves them and their pools.
pub fn plan_destroy(
    uri: &str,
    site: &Site<'_>,
    observed: &Observed,
    consent: &Consent,
    keep_disks: bool,
) -> SitePlan {
    let manifest = &site.build.manifest;
    let fleet = &manifest.fleet;
    let mut actions = Vec::new();
    let mut notes = Vec::new();
    let mut kept_pools: BTreeSet<&str> = BTreeSet::new();
    let mut bases: BTreeSet<(&str, &str)> = BTreeSet::new();
    let machines: Vec<(&String, &Mark)> = observed
        .domains
        .iter()
        .filter_map(|(name, domain)| Some((name, domain.mark.as_ref()?)))
        .filter(|(name, mark)| mark.fleet == *fleet && mark.name == **name)
        .collect();
    for (name, mark) in &machines {
        for entry in mark.record.iter().flat_map(|record| &record.volumes) {
            if !observed.volumes.contains_key(&(entry.pool.clone(), entry.name.clone())) {
                continue;
            }
            let Some(disk) = &entry.disk else {
                bases.insert((&entry.pool, &entry.name));
                continue;
            };
            if keep_disks {
                kept_pools.insert(&entry.pool);
                notes.push(format!(
                    "disk `{disk}` of machine `{name}` is kept: volume `{}` in pool `{}` (`apply --allow adopt:{name}/{disk}` takes it up again)",
                    entry.name, entry.pool
                ));
                continue;
            }
            let permission = Permission::DestroyDisk((*name).clone(), disk.clone());
            let mut action = Action::removal(Kind::Volume, &entry.name);
            action.pool = Some(entry.pool.clone());
            action.disk = Some(format!("{name}/{disk}"));
            if !consent.allows(&permission) {
                action = action.blocked(
                    "everything on this disk would be lost",
                    format!("allow it with `--allow {permission}`, or keep all disks with `--keep-disks`"),
                );
            }
            actions.push(action);
        }
    }
    for (pool, name) in bases {
        let others = observed.domains.values().filter_map(|domain| domain.mark.as_ref());
        let shared = others
            .filter(|mark| mark.fleet != *fleet)
            .any(|mark| mark.record.as_ref().is_some_and(|record| record.volume(pool, name).is_some()));
        if shared || keep_disks {
            kept_pools.insert(pool);
            notes.push(format!(
                "image `{name}` in pool `{pool}` is kept: {}",
                if shared { "another fleet uses it" } else { "the disks lie over it" }
            ));
            continue;
        }
        let mut action = Action::removal(Kind::Volume, name);
        action.pool = Some(pool.to_owned());
        actions.push(action);
    }
    actions.extend(machines.iter().map(|(name, _)| Action::removal(Kind::Machine, name)));
    for (name, network) in &observed.networks {
        let declared = site.networks.iter().find(|wanted| wanted.name == *name);
        if declared.is_some_and(|wanted| wanted.ownership == Ownership::Shared)
            || identity::network_uuid(fleet, name).to_string() != network.uuid
        {
            continue;
        }
        let users: Vec<String> = observed
            .domains
            .iter()
            .filter(|(domain, _)| !machines.iter().any(|(ours, _)| ours == domain))
            .filter(|(_, domain)| domain.networks.contains(name))
            .map(|(domain, _)| format!("`{domain}`"))
            .collect();
        let mut action = Action::removal(Kind::Network, name);
        if !users.is_empty() {
            action = action.blocked(
                format!("{} would lose it, which this fleet did not make", users.join(", ")),
                "take these off the network first",
            );
        }
        actions.push(action);
    }
    for (name, pool) in &observed.pools {
        let declared = site.pools.iter().find(|wanted| wanted.name == *name);
        if declared.is_some_and(|wanted| wanted.ownership == Ownership::Shared)
            || identity::pool_uuid(fleet, name).to_string() != pool.uuid
        {
            continue;
        }
        let leaves = |volume: &&(String, String)| {
            volume.0 == *name
                && !actions.iter().any(|action: &Action| {
                    action.kind == Kind::Volume
                        && action.pool.as_ref() == Some(name)
                        && action.name == volume.1
                })
        };
        if kept_pools.contains(name.as_str()) || observed.volumes.keys().find(leaves).is_some() {
            notes.push(format!("pool `{name}` is kept: there are volumes in it"));
            continue;
        }
        actions.push(Action::removal(Kind::Pool, name));
    }
    SitePlan { uri: uri.to_owned(), actions, notes }
}

/// Carries out a plan of [`plan_destroy`]. Nothing is changed where part of it is blocked.
pub fn destroy(
    host: &Host,
    site: &Site<'_>,
    observed: &Observed,
    plan: &SitePlan,
    options: &Options,
    listener: &dyn Listener,
) -> Result<Outcome> {
    if plan.blocked().next().is_some() {
        return Err(Error::new("part of the plan cannot be done, so nothing was changed"));
    }
    let contents = std::collections::BTreeMap::new();
    let run = Run { host, site, observed, plan, options, listener, contents };
    let machines: Vec<&Action> = run.actions(Kind::Machine).collect();
    let mut outcome = Outcome {
        failures: run.in_parallel(&machines, |action| stop(&run, &action.name)),
        ..Outcome::default()
    };
    // A guest that still runs keeps its disks and networks: nothing below can be done in halves.
    if !outcome.failures.is_empty() {
        return Ok(outcome);
    }
    // Disks come before the images that they lie over; the plan has them in that order.
    for action in run.actions(Kind::Volume) {
        remove_volume(&run, action)?;
    }
    outcome.failures.extend(run.in_parallel(&machines, |action| undefine(&run, &action.name)));
    for action in run.actions(Kind::Network) {
        let title = action.title();
        let network = host.network(&action.name)?;
        if network.is_active().doing(|| format!("look at {title}"))? {
            network.destroy().doing(|| format!("stop {title}"))?;
        }
        network.undefine().doing(|| format!("remove {title}"))?;
        listener.done(&title, "removed");
    }
    for action in run.actions(Kind::Pool) {
        let title = action.title();
        let pool = host.pool(&action.name)?;
        if pool.is_active().doing(|| format!("look at {title}"))? {
            pool.destroy().doing(|| format!("stop {title}"))?;
        }
        // Removes the directory where it is empty; one that holds other files stays.
        let _ = pool.delete(sys::VIR_STORAGE_POOL_DELETE_NORMAL);
        pool.undefine().doing(|| format!("remove {title}"))?;
        listener.done(&title, "removed");
    }
    Ok(outcome)
}

/// Removes a machine that the deployment no longer has.
pub(super) fn remove_machine(run: &Run<'_>, name: &str) -> Result<()> {
    stop(run, name)?;
    for action in run.disk_actions(name) {
        remove_volume(run, action)?;
    }
    undefine(run, name)
}

/// Removes a volume and what is on it; consent was asked for when the plan was made.
pub(super) fn remove_volume(run: &Run<'_>, action: &Action) -> Result<()> {
    let title = action.title();
    let volume = run.host.volume(action.pool.as_deref().unwrap_or_default(), &action.name)?;
    volume.delete(0).doing(|| format!("remove {title}"))?;
    run.listener.done(&title, "removed");
    Ok(())
}

fn stop(run: &Run<'_>, name: &str) -> Result<()> {
    let domain = run.host.domain(name)?;
    if domain.is_active().doing(|| format!("look at machine `{name}`"))? {
        machine::shut_down(run, name, &domain)?;
    }
    Ok(())
}

fn undefine(run: &Run<'_>, name: &str) -> Result<()> {
    let title = format!("machine `{name}`");
    let domain = run.host.domain(name)?;
    let document = run.observed.domains.get(name).map(|observed| &observed.document);
    let keeps = |path: &[&str]| document.is_some_and(|document| document.at(path).is_some());
    let is_efi = document.and_then(|document| document.child("os")?.attribute("firmware")) == Some("efi");
    let firmware = is_efi || keeps(&["os", "nvram"]);
    let plain = sys::VIR_DOMAIN_UNDEFINE_MANAGED_SAVE | sys::VIR_DOMAIN_UNDEFINE_SNAPSHOTS_METADATA;
    let more = sys::VIR_DOMAIN_UNDEFINE_CHECKPOINTS_METADATA | sys::VIR_DOMAIN_UNDEFINE_NVRAM;
    // Drivers without firmware or checkpoints refuse the flags that they do not know.
    let undefined = domain.undefine_flags(plain | more).or_else(|_| domain.undefine_flags(plain));
    undefined.doing(|| format!("remove {title}"))?;
    let with = match (firmware, keeps(&["devices", "tpm"])) {
        (true, true) => "removed, with its firmware variables and the state of its TPM",
        (true, false) => "removed, with its firmware variables",
        (false, true) => "removed, with the state of its TPM",
        (false, false) => "removed",
    };
    run.listener.done(&title, with);
    Ok(())
}
