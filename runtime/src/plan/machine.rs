//! Machines: three documents are compared, what was last applied, what is wanted, and what libvirt has.

use launchnix_schema::manifest::{Cause, Machine};

use super::network::network_digest;
use super::storage::orphaned_disks;
use super::{Action, Change, Class, Kind, Origin, Step, Wishes};
use crate::adapt::adapt;
use crate::build::{Site, digest};
use crate::compare::{Difference, Mode, differences, normalise};
use crate::consent::Permission;
use crate::host::{Observed, ObservedDomain};
use crate::mark::{Mark, Record, Use};
use crate::xml::Element;

/// A domain as it is to be defined on one host.
#[derive(Clone, Debug)]
pub(crate) struct Wanted {
    /// The compiled document, adapted; without a record.
    pub document: Element,
    /// Its normalised form, which is compared and recorded.
    pub normalised: Element,
    /// What tells whether it was applied.
    pub digest: String,
    /// What the host cannot do.
    pub note: Option<String>,
}

/// The domain that a machine shall be on this host.
pub(crate) fn wanted(site: &Site<'_>, observed: &Observed, machine: &Machine, emulated: bool) -> Wanted {
    let (document, note) = adapt(site.build.document(&machine.file), &observed.facts, emulated);
    let normalised = normalise(&document);
    // What the user's own XML puts into `<metadata>` is not compared part by part, but must not be overlooked.
    let metadata = document.child("metadata").map(|metadata| {
        let foreign = metadata.children.iter().filter(|child| child.local_name() != "machine");
        foreign.map(Element::to_xml).collect::<String>()
    });
    let text = normalised.to_xml() + &metadata.unwrap_or_default();
    Wanted { document, normalised, digest: digest(text.as_bytes()), note }
}

/// The networks that a machine is on, as they are recorded with it: libvirt 9 keeps no metadata for networks.
pub(crate) fn uses(site: &Site<'_>, machine: &Machine) -> Vec<Use> {
    let networks = site.networks.iter().filter(|network| machine.networks.contains(&network.name));
    networks
        .map(|network| Use {
            kind: "network".into(),
            name: network.name.clone(),
            digest: network_digest(&normalise(site.build.document(&network.file))),
        })
        .collect()
}

/// What a machine needs. `disturbances` are reasons outside itself to shut it down and start it again.
pub(super) fn machine(
    site: &Site<'_>,
    observed: &Observed,
    wishes: &Wishes,
    machine: &Machine,
    disturbances: &[String],
    notes: &mut Vec<String>,
) -> Action {
    let mut action = Action::new(Kind::Machine, &machine.name, &machine.causes);
    let Some(actual) = observed.domains.get(&machine.name) else {
        if let Some(other) = renamed(observed, machine) {
            return action.blocked(
                format!("its domain exists under the name `{other}`"),
                format!("rename it back: `virsh domrename {other} {}`", machine.name),
            );
        }
        let wanted = wanted(site, observed, machine, false);
        notes.extend(wanted.note.map(|note| format!("{}: {note}", action.title())));
        action.class = Class::Create;
        action.detail = shape(&wanted.normalised);
        action.steps.push(Step::Define);
        if machine.autostart {
            action.steps.push(Step::Autostart { on: true });
        }
        if !wishes.no_start {
            action.steps.push(Step::Start);
        }
        return action;
    };
    if let Some(blocked) = not_ours(site, machine, actual, &action) {
        return blocked;
    }
    let record = actual.mark.as_ref().and_then(|mark| mark.record.as_ref());
    let wanted = wanted(site, observed, machine, record.is_some_and(|record| record.emulated));
    compare(site, machine, actual, record, &wanted, &mut action);
    let restart = actual.active && (restarts(actual, record, &wanted.normalised) || !disturbances.is_empty());
    if restart {
        pending(site, machine, actual, &wanted, &mut action);
        action.detail = (!disturbances.is_empty()).then(|| disturbances.join(", "));
    }
    if actual.autostart != machine.autostart {
        action.steps.push(Step::Autostart { on: machine.autostart });
    }
    if restart && wishes.no_restart {
        notes.push(format!("{} keeps running as it is until it is restarted", action.title()));
    } else if restart {
        action.steps.push(Step::Restart);
        action.class = Class::Restart;
    }
    if !actual.active && !wishes.no_start {
        action.steps.push(Step::Start);
    }
    // Who has nothing to do has read it before.
    if !action.is_silent() {
        notes.extend(wanted.note.as_ref().map(|note| format!("{}: {note}", action.title())));
    }
    let discard = Permission::DiscardSaved(machine.name.clone());
    if actual.saved && action.steps.contains(&Step::Redefine) && !wishes.consent.allows(&discard) {
        return action.blocked(
            "its memory was saved to disk, and would continue as the machine was before this change",
            format!("start it and shut it down first; or give up what was in memory: `--allow {discard}`"),
        );
    }
    action
}

/// The definition: what the user changed, and what somebody else did.
fn compare(
    site: &Site<'_>,
    machine: &Machine,
    actual: &ObservedDomain,
    record: Option<&Record>,
    wanted: &Wanted,
    action: &mut Action,
) {
    let document = normalise(&actual.document);
    let applied = record.and_then(|record| Element::parse(&record.applied).ok());
    let Some((record, applied)) = record.zip(applied) else {
        // Nothing is known of what was applied: what is wanted and is not there is a change.
        let found = differences(&wanted.normalised, &document, Mode::Subset);
        action.changes =
            found.iter().map(|found| change(site, machine, &flip(found), Origin::YourChange)).collect();
        action.steps.push(if action.changes.is_empty() { Step::Record } else { Step::Redefine });
        return;
    };
    let user = differences(&applied, &wanted.normalised, Mode::Exact);
    let drift = if record.readback.as_deref() == Some(&readback_digest(&document)) {
        Vec::new()
    } else {
        drift(&applied, &document, &record.kept)
    };
    let same_place = |one: &Difference, other: &Difference| one.part() == other.part();
    for found in &user {
        let drifted = drift.iter().find(|other| same_place(found, other));
        let mut found = found.clone();
        if let Some(drifted) = drifted {
            found.old.clone_from(&drifted.new);
        }
        // Somebody made the same change in libvirt and then in the deployment.
        if found.old == found.new && drifted.is_some() {
            continue;
        }
        let origin = if is_host_dependent(site, machine, &found) { Origin::Host } else { Origin::YourChange };
        action.changes.push(change(site, machine, &found, origin));
    }
    for found in drift.iter().filter(|found| !user.iter().any(|other| same_place(found, other))) {
        action.changes.push(change(site, machine, &flip(found), Origin::Drift));
    }
    if !action.changes.is_empty() {
        action.steps.push(Step::Redefine);
    } else if record.digest != wanted.digest && user.is_empty() {
        action.changes.push(Change {
            part: "metadata".into(),
            label: "metadata".into(),
            old: None,
            new: Some("changed".into()),
            origin: Origin::YourChange,
            cause: machine.parts.get("metadata").or(machine.causes.first()).cloned(),
        });
        action.steps.push(Step::Redefine);
    } else if record.digest != wanted.digest || record.uses != uses(site, machine) {
        action.steps.push(Step::Record);
    }
}

/// What libvirt's definition says otherwise than what was applied, and the devices that were added to it.
fn drift(applied: &Element, document: &Element, kept: &[String]) -> Vec<Difference> {
    let mut drift = differences(applied, document, Mode::Subset);
    // Only these are never filled in by libvirt itself.
    drift.extend(differences(document, applied, Mode::Subset).iter().map(flip).filter(|found| {
        found.old.is_none()
            && found.attribute.is_none()
            && found.steps.len() == 2
            && found.steps[0].name == "devices"
            && matches!(
                found.steps[1].name.as_str(),
                "disk" | "interface" | "filesystem" | "hostdev" | "redirdev"
            )
    }));
    drift.retain(|found| !kept.contains(&found.part()));
    drift
}

/// Whether the running guest differs from what is wanted in more than words.
fn restarts(actual: &ObservedDomain, record: Option<&Record>, wanted: &Element) -> bool {
    let live = actual.live_mark.as_ref().and_then(|mark| mark.record.as_ref()).or(record);
    let Some(running) = live.and_then(|record| Element::parse(&record.applied).ok()) else { return false };
    differences(&running, wanted, Mode::Exact).iter().any(needs_restart)
}

/// A restart for a definition that was changed before: say what the guest still lacks.
fn pending(
    site: &Site<'_>,
    machine: &Machine,
    actual: &ObservedDomain,
    wanted: &Wanted,
    action: &mut Action,
) {
    let live = actual.live_mark.as_ref().and_then(|mark| mark.record.as_ref());
    let Some(running) = live.and_then(|record| Element::parse(&record.applied).ok()) else { return };
    for found in
        differences(&running, &wanted.normalised, Mode::Exact).iter().filter(|found| needs_restart(found))
    {
        if !action.changes.iter().any(|change| change.part == found.part()) {
            action.changes.push(change(site, machine, found, Origin::NotYetRunning));
        }
    }
}

/// Titles and descriptions are changed while a guest runs.
pub(crate) fn needs_restart(difference: &Difference) -> bool {
    !difference.steps.first().is_some_and(|step| matches!(step.name.as_str(), "title" | "description"))
}

/// The digest of what libvirt made of a definition.
pub(crate) fn readback_digest(normalised: &Element) -> String {
    digest(normalised.to_xml().as_bytes())
}

fn flip(difference: &Difference) -> Difference {
    Difference { old: difference.new.clone(), new: difference.old.clone(), ..difference.clone() }
}

/// A difference that comes from what the host can do, not from the deployment.
fn is_host_dependent(site: &Site<'_>, machine: &Machine, found: &Difference) -> bool {
    let compiled = site.build.document(&machine.file);
    let part = found.part();
    (part == "@type"
        && compiled.attribute("type") != found.new.as_deref()
        && found.new.as_deref() == Some("qemu"))
        || (part == "cpu@mode" && found.new.as_deref() == Some("maximum"))
}

fn change(site: &Site<'_>, machine: &Machine, difference: &Difference, origin: Origin) -> Change {
    let part = difference.part();
    let cause = cause(site, machine, difference);
    let label = match &cause {
        Some((cause, exact)) => {
            let option =
                cause.option.rsplit_once("deployment.").map_or(cause.option.as_str(), |(_, option)| option);
            if *exact { option.to_owned() } else { part.clone() }
        }
        None => part.clone(),
    };
    Change {
        part,
        label,
        old: difference.old.clone(),
        new: difference.new.clone(),
        origin,
        cause: cause.map(|(cause, _)| cause).or_else(|| machine.causes.first().cloned()),
    }
}

/// The option that a part comes from, and whether it is that part alone.
fn cause(site: &Site<'_>, machine: &Machine, difference: &Difference) -> Option<(Cause, bool)> {
    if difference.steps.is_empty() {
        let key = format!("@{}", difference.attribute.as_deref()?);
        return machine.parts.get(&key).map(|cause| (cause.clone(), true));
    }
    for depth in (1..=difference.steps.len()).rev() {
        let (last, above) = difference.steps[..depth].split_last()?;
        let names: Vec<&str> = above.iter().chain([last]).map(|step| step.name.as_str()).collect();
        let prefix = names.join("/");
        let disk = last.volume.as_ref().and_then(|volume| {
            let volume = site.build.manifest.volumes.iter().find(|other| other.name == *volume)?;
            Some(volume.disk.as_ref()?.disk.clone())
        });
        let medium = last.cdrom.then(|| "installationMedia".to_owned());
        let keys = disk.into_iter().chain(last.key.clone()).chain(medium).chain([last.index.to_string()]);
        let found = keys
            .map(|key| format!("{prefix}[{key}]"))
            .chain([prefix.clone()])
            .find_map(|key| machine.parts.get(&key));
        if let Some(cause) = found {
            let exact = depth == difference.steps.len() && difference.attribute.is_none();
            return Some((cause.clone(), exact));
        }
    }
    None
}

fn renamed<'o>(observed: &'o Observed, machine: &Machine) -> Option<&'o str> {
    let same = |domain: &ObservedDomain| domain.uuid.eq_ignore_ascii_case(&machine.uuid);
    observed.domains.iter().find(|(_, domain)| same(domain)).map(|(name, _)| name.as_str())
}

/// Why a domain of the machine's name may not be touched.
fn not_ours(site: &Site<'_>, machine: &Machine, actual: &ObservedDomain, action: &Action) -> Option<Action> {
    let fleet = &site.build.manifest.fleet;
    let name = &machine.name;
    if actual.uuid.eq_ignore_ascii_case(&machine.uuid) {
        // The UUID is computed from fleet and machine: nobody else's domain has it.
        return None;
    }
    let action = action.clone();
    Some(match &actual.mark {
        Some(mark) if mark.fleet == *fleet && mark.name == *name => action.blocked(
            format!("its domain has UUID {} where this deployment has {}", actual.uuid, machine.uuid),
            format!("shut it down and remove the definition, which keeps its disks: `virsh undefine {name} --keep-nvram`"),
        ),
        Some(mark) => action.blocked(
            format!("a machine of that name belongs to the fleet `{}`", mark.fleet),
            "give this machine another name",
        ),
        None => action.blocked(
            "a domain of that name exists that Launchnix did not make",
            format!("give this machine another name; or remove the domain yourself: `virsh undefine {name}`"),
        ),
    })
}

fn shape(wanted: &Element) -> Option<String> {
    let memory = crate::compare::readable_size(crate::compare::size_in_bytes(wanted.child("memory")?)?);
    let cpus = &wanted.child("vcpu")?.text;
    Some(format!("{cpus} {}, {memory}", if cpus == "1" { "cpu" } else { "cpus" }))
}

/// Machines of this fleet that the deployment no longer has.
pub(super) fn orphans(
    site: &Site<'_>,
    observed: &Observed,
    wishes: &Wishes,
    notes: &mut Vec<String>,
) -> Vec<Action> {
    let manifest = &site.build.manifest;
    let mut actions = Vec::new();
    for (name, domain) in &observed.domains {
        let ours = |mark: &Mark| mark.fleet == manifest.fleet && mark.name == *name;
        let known = manifest.machines.iter().any(|machine| machine.name == *name);
        if known || !domain.mark.as_ref().is_some_and(ours) {
            continue;
        }
        let permission = Permission::DestroyMachine(name.clone());
        if wishes.consent.allows(&permission) {
            actions.extend(orphaned_disks(site, observed, wishes, name, notes));
            let mut action = Action::removal(Kind::Machine, name);
            action.detail = Some("no longer in the deployment".into());
            actions.push(action);
        } else {
            notes.push(format!(
                "machine `{name}` is no longer in the deployment; it is kept (`--allow {permission}` removes it, but not its disks)"
            ));
        }
    }
    actions
}
