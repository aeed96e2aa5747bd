//! Pools and volumes: what is missing, what grows, what must not be touched.

use launchnix_schema::identity;
use launchnix_schema::manifest::{Content, Ownership, Pool, Volume};

use super::{Action, Class, Kind, Step, Wishes};
use crate::adapt::Driver;
use crate::build::{Site, disk_label};
use crate::compare::readable_size;
use crate::consent::Permission;
use crate::host::{Observed, ObservedVolume};
use crate::mark::RecordedVolume;
use crate::xml::Element;

/// What each pool needs.
pub(super) fn pools(site: &Site<'_>, observed: &Observed) -> Vec<Action> {
    site.pools.iter().map(|pool| plan_pool(site, observed, pool)).collect()
}

fn plan_pool(site: &Site<'_>, observed: &Observed, pool: &Pool) -> Action {
    let mut action = Action::new(Kind::Pool, &pool.name, &pool.causes);
    let wanted = site.build.document(&pool.file);
    let target = |document: &Element| document.at(&["target", "path"]).map(|path| path.text.clone());
    let Some(actual) = observed.pools.get(&pool.name) else {
        action.class = Class::Create;
        action.steps = vec![Step::Define, Step::Build, Step::Start];
        action.detail = target(wanted);
        if pool.autostart {
            action.steps.push(Step::Autostart { on: true });
        }
        return action;
    };
    if pool.ownership == Ownership::Owned {
        let own = wanted.child("uuid").map(|uuid| uuid.text.to_lowercase());
        if own.as_deref() != Some(&actual.uuid) {
            return action.blocked(
                "a pool of that name exists that this deployment did not make",
                format!(
                    "give `pools.{0}` another name; or remove that line and use the pool as it is, with \
                     `storagePoolName = \"{0}\"`",
                    pool.name
                ),
            );
        }
        let (is, should) = (target(&actual.document), target(wanted));
        if is != should {
            let path = |path: Option<String>| path.unwrap_or_else(|| "nowhere".into());
            return action.blocked(
                format!("its path was {}, and now is {}; libvirt cannot move a pool", path(is), path(should)),
                "set the old path again; or give the pool another name and move the disks yourself",
            );
        }
        if actual.autostart != pool.autostart {
            action.steps.push(Step::Autostart { on: pool.autostart });
        }
    }
    if !actual.active {
        action.steps.insert(0, Step::Start);
        // An apply that was ended between defining the pool and making its directory left it like this; where the
        // directory is there, building does nothing.
        if pool.ownership == Ownership::Owned {
            action.steps.insert(0, Step::Build);
        }
    }
    action
}

/// What each volume needs.
pub(super) fn volumes(
    site: &Site<'_>,
    observed: &Observed,
    wishes: &Wishes,
    notes: &mut Vec<String>,
) -> Vec<Action> {
    let mut actions: Vec<Action> = Vec::new();
    for volume in &site.volumes {
        let remade = actions.iter().any(|action| {
            matches!(&volume.content, Content::Overlay { backing } if *backing == action.name)
                && action.steps.contains(&Step::Remake)
        });
        let action = plan_volume(site, observed, wishes, volume, remade, notes);
        actions.push(action);
    }
    actions
}

fn plan_volume(
    site: &Site<'_>,
    observed: &Observed,
    wishes: &Wishes,
    volume: &Volume,
    backing_is_remade: bool,
    notes: &mut Vec<String>,
) -> Action {
    let mut action = Action::new(Kind::Volume, &volume.name, &volume.causes);
    action.pool = Some(volume.pool.clone());
    action.disk = volume.disk.as_ref().map(disk_label);
    action.detail = Some(describe(volume));
    let recorded = recorded(site, observed, volume);
    let Some(actual) = observed.volumes.get(&(volume.pool.clone(), volume.name.clone())) else {
        let is_complete = matches!(recorded, Recorded::Complete);
        // What is in a pool that does not run cannot be seen; the record says that it is there.
        if is_complete && !observed.pools.get(&volume.pool).is_some_and(|pool| pool.active) {
            return action;
        }
        action.class = Class::Create;
        action.steps = vec![Step::Create];
        if is_complete {
            notes.push(format!(
                "{} was there and is gone: it is made again, without what was on it",
                action.title()
            ));
        }
        return action;
    };
    match recorded {
        Recorded::Complete => plan_existing(observed, wishes, volume, actual, backing_is_remade, action),
        Recorded::Pending => {
            action.class = Class::Create;
            action.steps = vec![Step::Remake];
            action
        }
        Recorded::PendingElsewhere(fleet) => action.blocked(
            format!("the fleet `{fleet}` is making it, or was interrupted while it did"),
            format!("let `apply` of `{fleet}` finish, then apply again"),
        ),
        Recorded::Nowhere => {
            let adopt = match &volume.disk {
                Some(disk) => Permission::AdoptDisk(disk.machine.clone(), disk.disk.clone()),
                None => Permission::AdoptDisk(volume.pool.clone(), volume.name.clone()),
            };
            if wishes.consent.allows(&adopt) {
                action.steps = vec![Step::Adopt];
                return action;
            }
            action.blocked(
                "a volume of that name exists that no machine of Launchnix is known to own",
                format!(
                    "use it as it is with `--allow {adopt}`; or move it away; or give the disk another name"
                ),
            )
        }
    }
}

fn plan_existing(
    observed: &Observed,
    wishes: &Wishes,
    volume: &Volume,
    actual: &ObservedVolume,
    backing_is_remade: bool,
    mut action: Action,
) -> Action {
    let Some(disk) = &volume.disk else { return action };
    let replace = Permission::DestroyDisk(disk.machine.clone(), disk.disk.clone());
    let problem = if let Some(wanted) = volume.capacity
        && wanted < actual.capacity
    {
        Some((
            format!(
                "it has {}, and the deployment says {}; a disk cannot shrink without losing what is on it",
                readable_size(actual.capacity),
                readable_size(wanted)
            ),
            "set the old size again",
        ))
    } else if let Some(was) = other_backing(volume, actual) {
        let Content::Overlay { backing } = &volume.content else { return action };
        Some((
            format!(
                "it is an overlay of `{was}`, and the deployment now says `{backing}`; an overlay cannot change what it lies over"
            ),
            "set the old image again",
        ))
    } else if backing_is_remade {
        Some(("the image that it lies over is gone or incomplete".to_owned(), "restore the image"))
    } else {
        None
    };
    if let Some((message, remedy)) = problem {
        if wishes.consent.allows(&replace) {
            action.class = Class::Replace;
            action.steps = vec![Step::Remake];
            return action;
        }
        return action
            .blocked(message, format!("{remedy}; or start over with an empty disk: `--allow {replace}`"));
    }
    if let Some(to) = volume.capacity
        && to > actual.capacity
    {
        if observed.facts.driver == Driver::Test {
            return action.blocked(
                format!(
                    "it has {}, and the deployment says {}; libvirt's test driver cannot resize volumes",
                    readable_size(actual.capacity),
                    readable_size(to)
                ),
                "set the old size again, or apply to a real hypervisor",
            );
        }
        action.steps = vec![Step::Grow { from: actual.capacity, to }];
    }
    action
}

/// The image that an overlay lies over, where that is not the one wanted.
fn other_backing(volume: &Volume, actual: &ObservedVolume) -> Option<String> {
    let Content::Overlay { backing } = &volume.content else { return None };
    let was = actual.backing.as_deref()?.rsplit('/').next()?;
    (was != backing).then(|| was.to_owned())
}

/// What the records of all domains say of a volume.
enum Recorded {
    Complete,
    Pending,
    PendingElsewhere(String),
    Nowhere,
}

fn recorded(site: &Site<'_>, observed: &Observed, volume: &Volume) -> Recorded {
    let fleet = &site.build.manifest.fleet;
    let mut found = Recorded::Nowhere;
    for mark in observed.domains.values().filter_map(|domain| domain.mark.as_ref()) {
        let Some(entry) = mark.record.as_ref().and_then(|record| record.volume(&volume.pool, &volume.name))
        else {
            continue;
        };
        // A disk belongs to its own machine only; a base image may be shared by fleets.
        let own = volume.disk.as_ref().is_none_or(|disk| mark.fleet == *fleet && mark.name == disk.machine);
        match entry {
            RecordedVolume { complete: true, .. } if own => return Recorded::Complete,
            _ if mark.fleet == *fleet && own => found = Recorded::Pending,
            _ if matches!(found, Recorded::Nowhere) && volume.disk.is_none() => {
                found = Recorded::PendingElsewhere(mark.fleet.clone());
            }
            _ => {}
        }
    }
    found
}

fn describe(volume: &Volume) -> String {
    let content = match &volume.content {
        Content::Blank => "blank".to_owned(),
        Content::File { path, .. } => format!("copy of `{path}`"),
        Content::Fetch { url, .. } => format!("download of {url}"),
        Content::Overlay { backing } => format!("overlay of `{backing}`"),
        Content::Seed { .. } => "CD for cloud-init".to_owned(),
        Content::NixosImage { .. } => "NixOS image".to_owned(),
    };
    match volume.capacity {
        Some(capacity) => format!("{}, {content}", readable_size(capacity)),
        None => content,
    }
}

/// Disks that a machine's record has and the deployment has not; they go only with consent.
pub(super) fn orphaned_disks(
    site: &Site<'_>,
    observed: &Observed,
    wishes: &Wishes,
    machine: &str,
    notes: &mut Vec<String>,
) -> Vec<Action> {
    let record = observed.domains.get(machine).and_then(|domain| domain.mark.as_ref()?.record.as_ref());
    let mut actions = Vec::new();
    for entry in record.iter().flat_map(|record| &record.volumes) {
        let Some(disk) = &entry.disk else { continue };
        let known = site.build.volume(&entry.pool, &entry.name).is_some();
        if known || !observed.volumes.contains_key(&(entry.pool.clone(), entry.name.clone())) {
            continue;
        }
        let permission = Permission::DestroyDisk(machine.to_owned(), disk.clone());
        // A guest that is not restarted still writes to it.
        if wishes.consent.allows(&permission) && !wishes.no_restart {
            let mut action = Action::removal(Kind::Volume, &entry.name);
            action.pool = Some(entry.pool.clone());
            action.disk = Some(format!("{machine}/{disk}"));
            action.detail = Some("no longer in the deployment".into());
            actions.push(action);
        } else {
            notes.push(format!(
                "disk `{disk}` of machine `{machine}` is no longer in the deployment; its volume `{}` in pool `{}` is \
                 kept (`--allow {permission}` removes it)",
                entry.name, entry.pool
            ));
        }
    }
    actions
}

/// Pools and networks that are no longer declared.
pub(super) fn orphans(site: &Site<'_>, observed: &Observed, notes: &mut Vec<String>) {
    let manifest = &site.build.manifest;
    for (name, pool) in &observed.pools {
        let ours = identity::pool_uuid(&manifest.fleet, name).to_string() == pool.uuid;
        if ours && !manifest.pools.iter().any(|wanted| wanted.name == *name) {
            notes.push(format!("pool `{name}` is no longer in the deployment; it is kept"));
        }
    }
    for (name, network) in &observed.networks {
        let ours = identity::network_uuid(&manifest.fleet, name).to_string() == network.uuid;
        if ours && !manifest.networks.iter().any(|wanted| wanted.name == *name) {
            notes.push(format!("network `{name}` is no longer in the deployment; it is kept"));
        }
    }
}
