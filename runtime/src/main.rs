//! `launchnix-runtime`: makes libvirt agree with a build directory. `launchnix plan`, `apply` and the like run it.

mod arguments;
mod terminal;

use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

use clap::Parser as _;
use launchnix_runtime::adapt::Driver;
use launchnix_runtime::apply::{self, Options, Outcome};
use launchnix_runtime::build::Build;
use launchnix_runtime::error::{Error, Result};
use launchnix_runtime::host::{Host, Observed};
use launchnix_runtime::lock::Lock;
use launchnix_runtime::plan::{SitePlan, Wishes, plan, plan_destroy};
use launchnix_runtime::render;
use serde::Serialize;

use arguments::{Arguments, Format, Verb};
use terminal::Terminal;

// As the design has them: 0 fine, 1 errors in the deployment, 2 usage or changes, 3 the outside world.
/// What is there forbids part of it: foreign objects, disks that would have to shrink, consent that is missing.
const BLOCKED: u8 = 3;
const CHANGES: u8 = 2;
const OUTSIDE_WORLD: u8 = 3;

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let terminal = Terminal::new(arguments.verb.common().format == Format::Json);
    match run(&arguments, &terminal) {
        Ok(status) => ExitCode::from(status),
        Err(error) => {
            terminal.error(&error);
            ExitCode::from(OUTSIDE_WORLD)
        }
    }
}

/// One libvirt host with what was seen there and what is to be done.
struct Stop {
    host: Host,
    observed: Observed,
    plan: SitePlan,
    _lock: Option<Lock>,
}

fn run(arguments: &Arguments, terminal: &Terminal) -> Result<u8> {
    let common = arguments.verb.common();
    let build = Build::open(&common.build)?;
    let over = common.connect.as_deref();
    let wishes = Wishes {
        consent: arguments.verb.allowed().iter().cloned().collect(),
        no_start: arguments.verb.no_start(),
        no_restart: arguments.verb.no_restart(),
    };
    let changes = matches!(arguments.verb, Verb::Apply { .. } | Verb::Destroy { .. });
    // Every host is looked at before any is changed.
    let mut stops = Vec::new();
    for uri in build.connections(over) {
        let site = build.site(&uri, over);
        let host = Host::connect(&uri)?;
        let lock = if changes { Some(Lock::take(&uri, &build.manifest.fleet)?) } else { None };
        let observed = host.observe(&site)?;
        let plan = match &arguments.verb {
            Verb::Destroy { keep_disks, .. } => {
                plan_destroy(&uri, &site, &observed, &wishes.consent, *keep_disks)
            }
            _ => plan(&uri, &site, &observed, &wishes),
        };
        stops.push(Stop { host, observed, plan, _lock: lock });
    }
    let json = common.format == Format::Json;
    let blocked = stops.iter().any(|stop| stop.plan.blocked().next().is_some());
    match &arguments.verb {
        Verb::Status { .. } => {
            let fleet = &build.manifest.fleet;
            let mut sites = Vec::new();
            for stop in &stops {
                let machines = render::machines(&build.site(&stop.host.uri, over), &stop.observed);
                if json {
                    sites.push(SiteStatus { uri: &stop.host.uri, machines });
                } else {
                    terminal.print(&render::status(fleet, &stop.host.uri, &machines));
                }
            }
            if json {
                terminal.json(&Statuses { format: 1, fleet, sites });
            }
            Ok(0)
        }
        Verb::Plan { detailed_exitcode, .. } => {
            show_plans(&build, &stops, json, terminal);
            let something = stops.iter().any(|stop| !stop.plan.is_empty());
            Ok(if blocked {
                BLOCKED
            } else if *detailed_exitcode && something {
                CHANGES
            } else {
                0
            })
        }
        Verb::Apply { .. } | Verb::Destroy { .. } => {
            if blocked {
                if json {
                    show_plans(&build, &stops, json, terminal);
                }
                for (action, reason) in stops.iter().flat_map(|stop| stop.plan.blocked()) {
                    let disk =
                        action.disk.as_ref().map(|disk| format!(" (disk `{disk}`)")).unwrap_or_default();
                    let message = format!("{}{disk}: {}", action.title(), reason.message);
                    terminal.error(&Error::new(message).help(reason.help.as_str()));
                }
                terminal.error(&Error::new("nothing was changed"));
                return Ok(BLOCKED);
            }
            let options = options(&arguments.verb, wishes);
            let mut report = Vec::new();
            let mut failed = false;
            for stop in &stops {
                let outcome = carry_out(&build, stop, &options, arguments, terminal)?;
                failed |= !outcome.failures.is_empty();
                if json {
                    report.push(SiteReport { plan: &stop.plan, outcome });
                } else {
                    finish(stop, &outcome, terminal);
                }
            }
            if json {
                terminal.json(&Report { format: 1, fleet: &build.manifest.fleet, sites: report });
            }
            Ok(if failed { OUTSIDE_WORLD } else { 0 })
        }
    }
}

fn carry_out(
    build: &Build,
    stop: &Stop,
    options: &Options,
    arguments: &Arguments,
    terminal: &Terminal,
) -> Result<Outcome> {
    let Stop { host, observed, plan, .. } = stop;
    let site = build.site(&host.uri, arguments.verb.common().connect.as_deref());
    for note in &plan.notes {
        terminal.note(note);
    }
    let outcome = match arguments.verb {
        Verb::Destroy { .. } => apply::destroy(host, &site, observed, plan, options, terminal),
        _ => apply::apply(host, &site, observed, plan, options, terminal),
    };
    terminal.clear();
    outcome
}

fn finish(stop: &Stop, outcome: &Outcome, terminal: &Terminal) {
    for (subject, error) in &outcome.failures {
        terminal.failure(subject, error);
    }
    terminal.print(&render::outcome(&stop.plan, outcome));
    if stop.host.driver == Driver::Test && !stop.plan.is_empty() {
        terminal.note(
            "this was libvirt's test driver: no guest boots there, and it forgets everything when this ends",
        );
    }
}

fn options(verb: &Verb, wishes: Wishes) -> Options {
    let cache = std::env::var_os("XDG_CACHE_HOME")
        .map(PathBuf::from)
        .filter(|path| path.is_absolute())
        .or_else(|| std::env::var_os("HOME").map(|home| PathBuf::from(home).join(".cache")))
        .unwrap_or_else(std::env::temp_dir)
        .join("launchnix");
    let (timeout, wait) = verb.waiting();
    Options {
        wishes,
        address_timeout: Duration::from_secs(timeout),
        shutdown_timeout: Duration::from_secs(verb.shutdown_timeout()),
        wait,
        cache,
    }
}

#[derive(Serialize)]
struct Plans<'p> {
    format: u32,
    fleet: &'p str,
    sites: Vec<&'p SitePlan>,
}

#[derive(Serialize)]
struct Statuses<'p> {
    format: u32,
    fleet: &'p str,
    sites: Vec<SiteStatus<'p>>,
}

#[derive(Serialize)]
struct SiteStatus<'p> {
    uri: &'p str,
    machines: Vec<render::MachineStatus>,
}

#[derive(Serialize)]
struct Report<'p> {
    format: u32,
    fleet: &'p str,
    sites: Vec<SiteReport<'p>>,
}

#[derive(Serialize)]
struct SiteReport<'p> {
    #[serde(flatten)]
    plan: &'p SitePlan,
    #[serde(flatten)]
    outcome: Outcome,
}

fn show_plans(build: &Build, stops: &[Stop], json: bool, terminal: &Terminal) {
    let fleet = &build.manifest.fleet;
    if json {
        terminal.json(&Plans { format: 1, fleet, sites: stops.iter().map(|stop| &stop.plan).collect() });
        return;
    }
    for stop in stops {
        terminal.print(&render::plan(fleet, &stop.plan));
    }
}
