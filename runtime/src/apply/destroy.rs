//! Removing what a fleet has made: guests are shut down, then disks go, then definitions.
//!
//! A domain's record says which disks are the fleet's, so it goes after them: a run that is killed in between is
//! simply run again.

use virt::sys;

use super::{Listener, Options, Outcome, Run, in_parallel, machine};
use crate::build::Site;
use crate::error::{Doing as _, Error, Result};
use crate::host::{Host, Observed};
use crate::plan::{Action, Kind, SitePlan};

/// Carries out a plan of [`crate::plan::plan_destroy`]. Nothing is changed where part of it is blocked.
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
    let mut outcome =
        Outcome { failures: in_parallel(&machines, |action| stop(&run, &action.name)), ..Outcome::default() };
    // A guest that still runs keeps its disks and networks: nothing below can be done in halves.
    if !outcome.failures.is_empty() {
        return Ok(outcome);
    }
    // Disks come before the images that they lie over; the plan has them in that order.
    for action in run.actions(Kind::Volume) {
        remove_volume(&run, action)?;
    }
    outcome.failures.extend(in_parallel(&machines, |action| undefine(&run, &action.name)));
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
