//! Machines: defined before their disks are made, so that a record says which disks are being made; started after.

use std::time::{Duration, Instant};

use launchnix_schema::manifest::{Content, Machine, Volume};
use virt::domain::Domain;
use virt::sys;

use super::address::{self, Reached};
use super::{Run, destroy, mediated, shared, volume};
use crate::adapt::Driver;
use crate::compare::{Mode, differences, normalise};
use crate::consent::Permission;
use crate::error::{Doing as _, Error, Result};
use crate::mark::{Mark, PREFIX, Record, RecordedVolume};
use crate::plan::{Action, Kind, Step, Wanted, needs_restart, readback_digest, uses, wanted};
use crate::xml::Element;

use launchnix_schema::manifest::XML_NAMESPACE;

fn machine_named<'r>(run: &Run<'r>, name: &str) -> Result<&'r Machine> {
    let found = run.site.machines.iter().find(|machine| machine.name == name);
    found.copied().ok_or_else(|| shared::not_in_the_build(&format!("machine `{name}`")))
}

/// Writes down what is about to be made: defines a new domain, or adds to the record of one that is there.
pub(super) fn announce(run: &Run<'_>, name: &&str) -> Result<()> {
    let machine = machine_named(run, name)?;
    // A volume that is recorded as pending is removed by the next run, so none may be that this run did not make.
    for volume in run.site.build.volumes_of(machine) {
        let planned = run.volume_action(&volume.pool, &volume.name);
        if planned.is_some_and(|action| action.steps.contains(&Step::Create))
            && run.host.volume(&volume.pool, &volume.name).is_ok()
        {
            return Err(Error::new(format!(
                "volume `{}` in pool `{}` was not there a moment ago, and now is",
                volume.name, volume.pool
            ))
            .help("look at `launchnix plan` again"));
        }
    }
    let action = run.action(name);
    let is_new = action.is_some_and(|action| action.steps.contains(&Step::Define));
    if is_new {
        let wanted = wanted(run.site, run.observed, machine, false);
        define(run, machine, &wanted, first_record(run, machine, false))?;
        return Ok(());
    }
    let mut mark = read_mark(run, machine)?;
    let record = mark.record.get_or_insert_with(Record::default);
    let before = record.volumes.clone();
    record.volumes = recorded_volumes(run, machine, &before);
    if record.volumes != before {
        write_mark(run, machine, &mark, sys::VIR_DOMAIN_AFFECT_CONFIG)?;
    }
    Ok(())
}

/// Makes the machine's disks, then brings the machine to the wanted state. The address is that of a guest which was
/// started and could be reached.
pub(super) fn carry_out(run: &Run<'_>, name: &str) -> Result<Option<Reached>> {
    let machine = machine_named(run, name)?;
    let title = format!("machine `{name}`");
    let domain = run.host.domain(name)?;
    let steps = run.action(name).map(|action| action.steps.as_slice()).unwrap_or_default();
    // Before any disk that lies over it is complete: an overlay of an image that is still being made is worth nothing.
    for volume in run.site.build.volumes_of(machine) {
        if volume.disk.is_none() && run.volume_action(&volume.pool, &volume.name).is_some() {
            record_complete_in(run, machine, volume)?;
        }
    }
    let replaced = run.disk_actions(name).any(|action| action.steps.contains(&Step::Remake));
    if replaced && domain.is_active().doing(|| format!("look at {title}"))? {
        shut_down(run, name, &domain)?;
    }
    let (gone, made): (Vec<&Action>, Vec<&Action>) =
        run.disk_actions(name).partition(|action| action.steps.contains(&Step::Remove));
    for action in made {
        volume::carry_out(run, action)?;
    }
    let mut started = None;
    for step in steps {
        match step {
            Step::Define => run.listener.done(&title, "defined"),
            Step::Redefine | Step::Record => redefine(run, machine, *step == Step::Redefine)?,
            Step::Autostart { on } => {
                domain.set_autostart(*on).doing(|| format!("change the autostart of {title}"))?;
                if !steps.contains(&Step::Define) {
                    let words = if *on {
                        "starts with the host from now on"
                    } else {
                        "no longer starts with the host"
                    };
                    run.listener.done(&title, words);
                }
            }
            Step::Restart => {
                if domain.is_active().doing(|| format!("look at {title}"))? {
                    shut_down(run, name, &domain)?;
                }
                started = Some(start(run, machine, &title)?);
            }
            Step::Start => {
                if !domain.is_active().doing(|| format!("look at {title}"))? {
                    started = Some(start(run, machine, &title)?);
                }
            }
            other => return Err(shared::unexpected(&title, other)),
        }
    }
    for action in gone {
        destroy::remove_volume(run, action)?;
        let mut mark = read_mark(run, machine)?;
        if let Some(record) = &mut mark.record {
            record
                .volumes
                .retain(|entry| Some(&entry.pool) != action.pool.as_ref() || entry.name != action.name);
        }
        write_mark(run, machine, &mark, sys::VIR_DOMAIN_AFFECT_CONFIG)?;
    }
    match started {
        Some(before) if run.options.wait => address::wait(run, machine, &before),
        _ => Ok(None),
    }
}

/// Shuts down the machines on networks that must be restarted: they would lose them while they run.
pub(super) fn leave_networks(run: &Run<'_>) -> Result<()> {
    for action in run.plan.actions.iter().filter(|action| action.kind == Kind::Network) {
        if !action.steps.contains(&Step::Restart) {
            continue;
        }
        if run.options.wishes.no_restart {
            return Err(Error::new(format!(
                "{} must restart, and the machines on it with it",
                action.title()
            ))
            .help("apply without `--no-restart`"));
        }
        for machine in run.site.machines.iter().filter(|machine| machine.networks.contains(&action.name)) {
            let Ok(domain) = run.host.domain(&machine.name) else { continue };
            if domain.is_active().unwrap_or(false) {
                shut_down(run, &machine.name, &domain)?;
            }
        }
    }
    Ok(())
}

/// Records in every machine that uses it that a volume is complete.
pub(super) fn record_complete(run: &Run<'_>, volume: &Volume) -> Result<()> {
    for machine in &run.site.machines {
        let own = volume.disk.as_ref().is_none_or(|disk| disk.machine == machine.name);
        // A base image's machines record it in their own turn: two threads must not write one record.
        if own && volume.disk.is_some() {
            record_complete_in(run, machine, volume)?;
        }
    }
    Ok(())
}

fn record_complete_in(run: &Run<'_>, machine: &Machine, volume: &Volume) -> Result<()> {
    let mut mark = read_mark(run, machine)?;
    let record = mark.record.get_or_insert_with(Record::default);
    match record.volumes.iter_mut().find(|entry| entry.pool == volume.pool && entry.name == volume.name) {
        Some(entry) if entry.complete => return Ok(()),
        Some(entry) => entry.complete = true,
        None => record.volumes.push(entry_for(volume, true)),
    }
    write_mark(run, machine, &mark, sys::VIR_DOMAIN_AFFECT_CONFIG)
}

fn entry_for(volume: &Volume, complete: bool) -> RecordedVolume {
    RecordedVolume {
        pool: volume.pool.clone(),
        name: volume.name.clone(),
        disk: volume.disk.as_ref().map(|disk| disk.disk.clone()),
        complete,
    }
}

/// The volumes of a record: those of the machine as the plan will leave them, and those that it once had.
fn recorded_volumes(run: &Run<'_>, machine: &Machine, before: &[RecordedVolume]) -> Vec<RecordedVolume> {
    let mut volumes: Vec<RecordedVolume> = Vec::new();
    for volume in run.site.build.volumes_of(machine) {
        let exists = run.observed.volumes.contains_key(&(volume.pool.clone(), volume.name.clone()));
        let in_the_making = run.volume_action(&volume.pool, &volume.name).is_some_and(|action| {
            action.steps.iter().any(|step| matches!(step, Step::Create | Step::Remake | Step::Adopt))
        });
        let was_complete =
            before.iter().any(|old| old.complete && old.pool == volume.pool && old.name == volume.name);
        volumes.push(entry_for(volume, (exists || was_complete) && !in_the_making));
    }
    let kept = before.iter().filter(|old| run.site.build.volume(&old.pool, &old.name).is_none());
    volumes.extend(kept.cloned());
    volumes
}

fn first_record(run: &Run<'_>, machine: &Machine, emulated: bool) -> Record {
    Record { emulated, volumes: recorded_volumes(run, machine, &[]), ..Record::default() }
}

/// Defines the domain, reads back what libvirt made of it, and records both.
fn define(run: &Run<'_>, machine: &Machine, wanted: &Wanted, mut record: Record) -> Result<()> {
    let title = format!("machine `{}`", machine.name);
    record.digest.clone_from(&wanted.digest);
    record.applied = wanted.normalised.to_xml();
    record.uses = uses(run.site, machine);
    record.readback = None;
    record.kept.clear();
    let mut mark = Mark {
        fleet: run.site.build.manifest.fleet.clone(),
        name: machine.name.clone(),
        record: Some(record),
    };
    let mut document = wanted.document.clone();
    mark.put_into(&mut document);
    let defined = run.host.define_domain(&document.to_xml()).doing(|| format!("define {title}"))?;
    let source = defined.xml_desc(sys::VIR_DOMAIN_XML_INACTIVE).doing(|| format!("read {title} back"))?;
    let actual = Element::parse(&source)
        .map(|document| normalise(&document))
        .map_err(|error| Error::new(format!("cannot read {title} back: {error}")))?;
    let record = mark.record.as_mut().expect("it was just put there");
    record.readback = Some(readback_digest(&actual));
    for found in differences(&wanted.normalised, &actual, Mode::Subset) {
        let part = found.part();
        let is = found.new.as_deref().unwrap_or("nothing");
        let should = found.old.as_deref().unwrap_or("nothing");
        run.listener
            .warn(&title, &format!("libvirt keeps `{is}` as {part} where the deployment says `{should}`"));
        record.kept.push(part);
    }
    write_mark(run, machine, &mark, sys::VIR_DOMAIN_AFFECT_CONFIG)
}

fn redefine(run: &Run<'_>, machine: &Machine, changed: bool) -> Result<()> {
    let title = format!("machine `{}`", machine.name);
    let record = read_mark(run, machine)?.record.unwrap_or_default();
    let wanted = wanted(run.site, run.observed, machine, record.emulated);
    let domain = run.host.domain(&machine.name)?;
    let active = domain.is_active().doing(|| format!("look at {title}"))?;
    let before = Element::parse(&record.applied).ok();
    let discard = Permission::DiscardSaved(machine.name.clone());
    if changed && domain.has_managed_save(0).unwrap_or(false) && run.options.wishes.consent.allows(&discard) {
        domain.managed_save_remove(0).doing(|| format!("discard the saved memory of {title}"))?;
    }
    define(run, machine, &wanted, record)?;
    if changed {
        run.listener.done(&title, "definition changed");
    }
    // Where the running guest needs no restart it takes over the words and the record, so that the next plan does
    // not mistake it for one that was started before the change.
    let gentle = before.is_some_and(|before| {
        !differences(&before, &wanted.normalised, Mode::Exact).iter().any(needs_restart)
    });
    let restarts = run.action(&machine.name).is_some_and(|action| action.steps.contains(&Step::Restart));
    if active && gentle && !restarts && !run.options.wishes.no_restart {
        let text = |name| wanted.normalised.child(name).map(|element| element.text.as_str());
        for (kind, name) in
            [(sys::VIR_DOMAIN_METADATA_TITLE, "title"), (sys::VIR_DOMAIN_METADATA_DESCRIPTION, "description")]
        {
            let kind = i32::try_from(kind).expect("libvirt's kinds are small");
            domain
                .set_metadata(kind, text(name), None, None, sys::VIR_DOMAIN_AFFECT_LIVE)
                .doing(|| format!("change the {name} of {title}"))?;
        }
        let mark = read_mark(run, machine)?;
        write_mark(run, machine, &mark, sys::VIR_DOMAIN_AFFECT_LIVE)?;
    }
    Ok(())
}

fn read_mark(run: &Run<'_>, machine: &Machine) -> Result<Mark> {
    let title = format!("machine `{}`", machine.name);
    let source = run
        .host
        .domain(&machine.name)?
        .xml_desc(sys::VIR_DOMAIN_XML_INACTIVE)
        .doing(|| format!("read {title}"))?;
    let document =
        Element::parse(&source).map_err(|error| Error::new(format!("cannot read {title}: {error}")))?;
    Ok(Mark::of_domain(&document).unwrap_or_else(|| Mark {
        fleet: run.site.build.manifest.fleet.clone(),
        name: machine.name.clone(),
        record: None,
    }))
}

fn write_mark(run: &Run<'_>, machine: &Machine, mark: &Mark, flags: u32) -> Result<()> {
    let kind = i32::try_from(sys::VIR_DOMAIN_METADATA_ELEMENT).expect("libvirt's kinds are small");
    run.host
        .domain(&machine.name)?
        .set_metadata(kind, Some(&mark.to_element().to_xml()), Some(PREFIX), Some(XML_NAMESPACE), flags)
        .doing(|| format!("record what was applied to machine `{}`", machine.name))
}

/// Starts the machine. Returns the leases from before, which say nothing about the guest that starts now.
fn start(run: &Run<'_>, machine: &Machine, title: &str) -> Result<address::Before> {
    if run.host.driver != Driver::Test {
        mediated::ensure(run, machine)?;
    }
    let before = address::before(run, machine);
    let domain = run.host.domain(&machine.name)?;
    let Err(error) = domain.create() else {
        run.listener.done(title, "started");
        return Ok(before);
    };
    let mut mark = read_mark(run, machine)?;
    let record = mark.record.get_or_insert_with(Record::default);
    let is_kvm = record.applied.contains("type=\"kvm\"");
    if !is_kvm || !error.message().to_ascii_lowercase().contains("kvm") {
        return Err(Error::libvirt(format!("start {title}"), &error)
            .help(format!("`virsh -c '{}' start {}` tries the same by hand", run.host.uri, machine.name)));
    }
    // KVM is listed and does not work: a guest that runs slowly is worth more than one that does not.
    record.emulated = true;
    let record = record.clone();
    let wanted = wanted(run.site, run.observed, machine, true);
    define(run, machine, &wanted, record)?;
    run.listener.warn(title, &format!("KVM does not work on this host ({}): emulated", error.message()));
    run.host.domain(&machine.name)?.create().doing(|| format!("start {title} without KVM"))?;
    run.listener.done(title, "started");
    Ok(before)
}

/// Asks the guest to shut down, and waits. The power is cut only where the user allows it.
pub(super) fn shut_down(run: &Run<'_>, name: &str, domain: &Domain) -> Result<()> {
    /// A guest that is still booting does not listen yet, so it is asked again.
    const ASK_AGAIN: Duration = Duration::from_secs(10);
    let title = format!("machine `{name}`");
    let doing = || format!("shut down {title}");
    let began = Instant::now();
    let mut asked: Option<Instant> = None;
    while domain.is_active().doing(doing)? {
        if began.elapsed() >= run.options.shutdown_timeout {
            let permission = Permission::PowerOff(name.to_owned());
            if run.options.wishes.consent.allows(&permission) {
                domain.destroy().doing(|| format!("power off {title}"))?;
                run.listener.warn(&title, "did not shut down in time: powered off");
                return Ok(());
            }
            return Err(Error::new(format!(
                "{title} did not shut down within {} s, and keeps running as it was",
                run.options.shutdown_timeout.as_secs()
            ))
            .help(format!(
                "shut it down from the inside and try again; or let its power be cut: `--allow {permission}`"
            )));
        }
        if asked.is_none_or(|asked| asked.elapsed() >= ASK_AGAIN) {
            let request = domain.shutdown();
            // Between the question whether it runs and this one it may have ended by itself.
            if let Err(error) = request
                && asked.is_none()
                && domain.is_active().unwrap_or(true)
            {
                return Err(Error::libvirt(doing(), &error));
            }
            asked = Some(Instant::now());
        }
        std::thread::sleep(Duration::from_millis(200));
    }
    run.listener.done(&title, "shut down");
    Ok(())
}

/// What can be expected of a guest that starts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Expectation {
    /// It has a system, and shows up.
    System,
    /// Somebody may have installed a system on it, or it finds one elsewhere.
    Perhaps,
    /// Its disk was made blank just now.
    Nothing,
}

/// What is on the disk that a guest starts from.
pub(super) fn expectation(run: &Run<'_>, machine: &Machine) -> Expectation {
    let volumes = run.site.build.volumes_of(machine);
    let Some(first) = volumes.iter().find(|volume| volume.disk.is_some()) else {
        return Expectation::Perhaps;
    };
    let is_new = run.volume_action(&first.pool, &first.name).is_some_and(|action: &Action| {
        action.steps.iter().any(|step| matches!(step, Step::Create | Step::Remake))
    });
    match first.content {
        Content::Blank if is_new => Expectation::Nothing,
        Content::Blank => Expectation::Perhaps,
        _ => Expectation::System,
    }
}
