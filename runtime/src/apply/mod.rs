//! Carrying out a plan.
//!
//! Whatever can fail without having changed anything is done first: the sources of disks are found, downloaded and
//! examined. Then pools and networks; then each machine's domain is defined, with its disks recorded as *pending*;
//! only then disks are made, and recorded as *complete*. A run that is killed at any point leaves nothing that the
//! next one would take for done.

mod address;
mod content;
mod destroy;
mod machine;
mod mediated;
mod seed;
mod shared;
mod volume;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use serde::Serialize;

pub use address::Reached;
pub use destroy::destroy;

use crate::build::Site;
use crate::error::{Error, Result};
use crate::host::{Host, Observed};
use crate::plan::{Action, Kind, SitePlan, Step};

/// How to apply.
#[derive(Clone, Debug)]
pub struct Options {
    /// What was wished for when the plan was made.
    pub wishes: crate::plan::Wishes,
    /// How long to wait for a guest's address after it was started.
    pub address_timeout: Duration,
    /// How long to wait for a guest to shut down.
    pub shutdown_timeout: Duration,
    /// Whether to wait for addresses at all.
    pub wait: bool,
    /// Where downloads are kept.
    pub cache: std::path::PathBuf,
}

/// Hears what happens, from several threads.
pub trait Listener: Sync {
    /// A step was done: one sentence about a resource.
    fn done(&self, subject: &str, what: &str);
    /// Something that the user should know.
    fn warn(&self, subject: &str, what: &str);
    /// How far something long is: bytes of bytes, where the total is known.
    fn progress(&self, subject: &str, what: &str, done: u64, total: Option<u64>);
}

/// What came of it.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Outcome {
    /// What failed, by resource, in order.
    #[serde(serialize_with = "messages")]
    pub failures: Vec<(String, Error)>,
    /// Addresses of machines that were started.
    pub reached: BTreeMap<String, Reached>,
}

fn messages<S: serde::Serializer>(failures: &[(String, Error)], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_map(failures.iter().map(|(subject, error)| (subject, error.message())))
}

/// What all the steps of a run share.
pub(crate) struct Run<'r> {
    pub host: &'r Host,
    pub site: &'r Site<'r>,
    pub observed: &'r Observed,
    pub plan: &'r SitePlan,
    pub options: &'r Options,
    pub listener: &'r dyn Listener,
    /// The contents of the volumes that are to be made.
    pub contents: BTreeMap<(String, String), content::Prepared>,
}

/// Carries out a plan. Nothing is changed where part of it is blocked.
pub fn apply(
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
    let mut contents = BTreeMap::new();
    content::prepare(host, site, plan, options, listener, &mut contents)?;
    let pools = Run { host, site, observed, plan, options, listener, contents: BTreeMap::new() };
    for action in pools.actions(Kind::Pool) {
        shared::pool(&pools, action)?;
    }
    // What is in a pool is known only once it runs: a volume that is there must not be taken for one that is gone.
    let woken = pools.actions(Kind::Pool).any(|action| action.steps.contains(&Step::Start));
    let seen = if woken { Some(look_again(host, site, options)?) } else { None };
    let (observed, plan) = seen.as_ref().map_or((observed, plan), |(observed, plan)| (observed, plan));
    content::prepare(host, site, plan, options, listener, &mut contents)?;
    let run = Run { host, site, observed, plan, options, listener, contents };
    let mut outcome = Outcome::default();
    machine::leave_networks(&run)?;
    for action in run.actions(Kind::Network) {
        shared::network(&run, action)?;
    }
    let failures = in_parallel(&run.machines_with_work(), |name| machine::announce(&run, name));
    outcome.failures.extend(failures);
    let bases: Vec<&Action> = run.actions(Kind::Volume).filter(|action| action.disk.is_none()).collect();
    outcome.failures.extend(in_parallel(&bases, |action| volume::carry_out(&run, action)));

    let failed: BTreeSet<String> = outcome.failures.iter().map(|(subject, _)| subject.clone()).collect();
    let reached = Mutex::new(BTreeMap::new());
    let machines: Vec<&str> = run
        .machines_with_work()
        .into_iter()
        .filter(|name| !failed.contains(&format!("machine `{name}`")) && !run.lacks_base(name, &failed))
        .collect();
    let failures = in_parallel(&machines, |name| {
        if let Some(address) = machine::carry_out(&run, name)? {
            reached.lock().expect("no thread panics with the lock").insert((*name).to_owned(), address);
        }
        Ok(())
    });
    outcome.failures.extend(failures);
    outcome
        .failures
        .extend(in_parallel(&run.removals(), |action| destroy::remove_machine(&run, &action.name)));
    outcome.reached = reached.into_inner().expect("no thread panics with the lock");
    outcome.failures.sort_by(|one, other| one.0.cmp(&other.0));
    Ok(outcome)
}

fn look_again(host: &Host, site: &Site<'_>, options: &Options) -> Result<(Observed, SitePlan)> {
    let observed = host.observe(site)?;
    let plan = crate::plan::plan(&host.uri, site, &observed, &options.wishes);
    let blocked = plan.blocked().next().map(|(action, reason)| {
        Error::new(format!("{}: {}", action.title(), reason.message))
            .help(format!("{} (its pool was started, and nothing else was changed)", reason.help))
    });
    blocked.map_or(Ok((observed, plan)), Err)
}

/// Something whose failure is reported under a title.
pub(crate) trait Titled {
    fn title(&self) -> String;
}

impl Titled for &str {
    fn title(&self) -> String {
        format!("machine `{self}`")
    }
}

impl Titled for &Action {
    fn title(&self) -> String {
        Action::title(self)
    }
}

impl<'r> Run<'r> {
    fn actions(&self, kind: Kind) -> impl Iterator<Item = &'r Action> {
        self.plan.actions.iter().filter(move |action| action.kind == kind)
    }

    /// What is to be done to a machine itself.
    pub(crate) fn action(&self, machine: &str) -> Option<&'r Action> {
        self.actions(Kind::Machine).find(|action| action.name == machine)
    }

    /// What is to be done to a machine's own volumes.
    pub(crate) fn disk_actions(&self, machine: &str) -> impl Iterator<Item = &'r Action> {
        self.actions(Kind::Volume).filter(move |action| {
            action
                .disk
                .as_deref()
                .and_then(|disk| disk.split_once('/'))
                .is_some_and(|(owner, _)| owner == machine)
        })
    }

    /// What is to be done to a volume.
    pub(crate) fn volume_action(&self, pool: &str, name: &str) -> Option<&'r Action> {
        self.actions(Kind::Volume).find(|action| action.pool.as_deref() == Some(pool) && action.name == name)
    }

    fn machines_with_work(&self) -> Vec<&'r str> {
        let build = self.site.build;
        let machines = self.site.machines.iter().filter(|machine| {
            self.action(&machine.name).is_some()
                || self.disk_actions(&machine.name).next().is_some()
                || build
                    .volumes_of(machine)
                    .iter()
                    .any(|volume| self.volume_action(&volume.pool, &volume.name).is_some())
        });
        machines.map(|machine| machine.name.as_str()).collect()
    }

    fn lacks_base(&self, machine: &str, failed: &BTreeSet<String>) -> bool {
        let Some(machine) = self.site.machines.iter().find(|other| other.name == machine) else {
            return false;
        };
        self.site
            .build
            .volumes_of(machine)
            .iter()
            .any(|volume| failed.contains(&format!("volume `{}` in pool `{}`", volume.name, volume.pool)))
    }

    fn removals(&self) -> Vec<&'r Action> {
        self.actions(Kind::Machine).filter(|action| action.steps.contains(&Step::Remove)).collect()
    }
}

/// Does something for each, a few at a time; a failure of one does not keep the others from it.
fn in_parallel<T: Titled + Sync>(
    items: &[T],
    work: impl Fn(&T) -> Result<()> + Sync,
) -> Vec<(String, Error)> {
    /// More at once would only compete for the hypervisor's disks.
    const THREADS: usize = 4;
    let next = AtomicUsize::new(0);
    let failures = Mutex::new(Vec::new());
    std::thread::scope(|scope| {
        for _ in 0..THREADS.min(items.len()) {
            scope.spawn(|| {
                while let Some(item) = items.get(next.fetch_add(1, Ordering::Relaxed)) {
                    if let Err(error) = work(item) {
                        failures.lock().expect("no thread panics with the lock").push((item.title(), error));
                    }
                }
            });
        }
    });
    let mut failures = failures.into_inner().expect("no thread panics with the lock");
    failures.sort_by(|one: &(String, Error), other| one.0.cmp(&other.0));
    failures
}
