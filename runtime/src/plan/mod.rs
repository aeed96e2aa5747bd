//! What `apply` would do, per resource, and why.
//!
//! [`plan`] is a pure function of the build directory, what was observed, and what the user allows. `apply` carries
//! out exactly the steps that it returns.

mod destroy;
mod machine;
mod network;
mod storage;

use launchnix_schema::manifest::Cause;
use serde::Serialize;

pub use destroy::plan_destroy;
pub(crate) use machine::{Wanted, needs_restart, readback_digest, uses, wanted};

use crate::build::Site;
use crate::consent::Consent;
use crate::host::Observed;

/// What is to be done on one libvirt host.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SitePlan {
    /// The host's libvirt URI.
    pub uri: String,
    /// One per resource that needs something, in the order in which things depend on each other.
    #[serde(serialize_with = "visible_actions")]
    pub actions: Vec<Action>,
    /// What the user should know, and what is left alone.
    pub notes: Vec<String>,
}

fn visible_actions<S: serde::Serializer>(actions: &[Action], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(actions.iter().filter(|action| !action.is_silent()))
}

fn visible_steps<S: serde::Serializer>(steps: &[Step], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(steps.iter().filter(|step| **step != Step::Record))
}

/// What kind of thing an action is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Kind {
    /// A storage pool.
    Pool,
    /// A virtual network.
    Network,
    /// A storage volume.
    Volume,
    /// A virtual machine.
    Machine,
}

/// What is to be done to one resource.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Action {
    /// What it is about.
    pub kind: Kind,
    /// The resource's name.
    pub name: String,
    /// A volume's pool.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pool: Option<String>,
    /// A volume's disk: `web/boot`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub disk: Option<String>,
    /// The most that it costs.
    pub class: Class,
    /// What is done, in order.
    #[serde(serialize_with = "visible_steps")]
    pub steps: Vec<Step>,
    /// What differs.
    pub changes: Vec<Change>,
    /// What the action is about, where that says more than the steps: `20480 MiB, overlay of base.qcow2`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
    /// Why it cannot be done.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub blocked: Option<Blocked>,
    /// The line that caused the resource.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cause: Option<Cause>,
}

/// What an action costs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Class {
    /// Something comes into being.
    Create,
    /// No running guest notices.
    Live,
    /// Guests are shut down and started again.
    Restart,
    /// Something is made anew, and what was in it is lost.
    Replace,
    /// Something is removed.
    Destroy,
}

/// One step of an action.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase", tag = "do")]
pub enum Step {
    /// Define it in libvirt.
    Define,
    /// Make a pool's directory.
    Build,
    /// Start it.
    Start,
    /// Start it with the host, or no longer.
    Autostart {
        /// Whether it starts with the host from now on.
        on: bool,
    },
    /// Make a volume and fill it.
    Create,
    /// Make a volume again whose making was interrupted.
    Remake,
    /// Take an existing volume as it is.
    Adopt,
    /// Make a volume larger.
    Grow {
        /// Its size now, in bytes.
        from: u64,
        /// Its size then, in bytes.
        to: u64,
    },
    /// Change a running network.
    UpdateNetwork {
        /// The changes.
        edits: Vec<NetworkEdit>,
    },
    /// Change a definition.
    Redefine,
    /// Shut down and start again.
    Restart,
    /// Remove it.
    Remove,
    /// Write down in the metadata what is so already; nothing that a user would notice.
    #[serde(skip)]
    Record,
}

/// One change of a running network.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct NetworkEdit {
    /// What is edited.
    pub section: NetworkSection,
    /// Whether it is added or removed.
    pub add: bool,
    /// The element.
    pub xml: String,
}

/// The parts of a network that libvirt changes while it runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum NetworkSection {
    /// A reserved address.
    DhcpHost,
    /// A range of addresses.
    DhcpRange,
    /// A name.
    DnsHost,
}

/// One difference between what is and what is wanted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Change {
    /// The part of the XML: `devices/disk[vda]/driver@cache`.
    pub part: String,
    /// What the user calls it: `ram`.
    pub label: String,
    /// What is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub old: Option<String>,
    /// What is wanted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub new: Option<String>,
    /// Who changed it.
    pub origin: Origin,
    /// The line that wants it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cause: Option<Cause>,
}

/// Who made a difference.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Origin {
    /// The deployment has changed since it was last applied.
    YourChange,
    /// Something else changed libvirt's definition.
    Drift,
    /// The definition is as wanted, but the guest that runs was started before that.
    NotYetRunning,
    /// The host can do something else than when it was last applied.
    Host,
}

/// Why an action cannot be done, and the way out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Blocked {
    /// Why.
    pub message: String,
    /// The way out.
    pub help: String,
}

/// What the user wants to happen, beside the deployment.
#[derive(Clone, Debug, Default)]
pub struct Wishes {
    /// What is allowed.
    pub consent: Consent,
    /// Leave machines off that are off.
    pub no_start: bool,
    /// Leave machines running that would have to be restarted.
    pub no_restart: bool,
}

impl SitePlan {
    /// Whether there is nothing to do.
    pub fn is_empty(&self) -> bool {
        self.actions.iter().all(Action::is_silent)
    }

    /// What cannot be done.
    pub fn blocked(&self) -> impl Iterator<Item = (&Action, &Blocked)> {
        self.actions.iter().filter_map(|action| Some((action, action.blocked.as_ref()?)))
    }
}

impl Action {
    fn new(kind: Kind, name: &str, causes: &[Cause]) -> Self {
        Self {
            kind,
            name: name.to_owned(),
            pool: None,
            disk: None,
            class: Class::Live,
            steps: Vec::new(),
            changes: Vec::new(),
            detail: None,
            blocked: None,
            cause: causes.first().cloned(),
        }
    }

    /// An action that removes something.
    fn removal(kind: Kind, name: &str) -> Self {
        let mut action = Self::new(kind, name, &[]);
        action.class = Class::Destroy;
        action.steps.push(Step::Remove);
        action
    }

    fn blocked(mut self, message: impl Into<String>, help: impl Into<String>) -> Self {
        self.steps.clear();
        self.blocked = Some(Blocked { message: message.into(), help: help.into() });
        self
    }

    /// Whether it does nothing that a user would notice.
    pub fn is_silent(&self) -> bool {
        self.blocked.is_none() && self.steps.iter().all(|step| *step == Step::Record)
    }

    /// What the user calls it: "machine `web`".
    pub fn title(&self) -> String {
        let name = &self.name;
        match (self.kind, &self.pool) {
            (Kind::Pool, _) => format!("pool `{name}`"),
            (Kind::Network, _) => format!("network `{name}`"),
            (Kind::Volume, Some(pool)) => format!("volume `{name}` in pool `{pool}`"),
            (Kind::Volume, None) => format!("volume `{name}`"),
            (Kind::Machine, _) => format!("machine `{name}`"),
        }
    }
}

/// Compares what is wanted with what is.
pub fn plan(uri: &str, site: &Site<'_>, observed: &Observed, wishes: &Wishes) -> SitePlan {
    let mut notes = Vec::new();
    let mut actions = storage::pools(site, observed);
    let networks = network::networks(site, observed);
    let disturbed: Vec<(String, String)> = networks
        .iter()
        .filter(|action| action.steps.contains(&Step::Restart))
        .map(|action| (action.name.clone(), action.title()))
        .collect();
    actions.extend(networks);
    actions.extend(storage::volumes(site, observed, wishes, &mut notes));
    let moved: Vec<String> = actions
        .iter()
        .filter(|action| action.kind == Kind::Volume && action.class == Class::Replace)
        .filter_map(|action| Some(action.disk.as_ref()?.split_once('/')?.0.to_owned()))
        .collect();
    for machine in &site.machines {
        actions.extend(storage::orphaned_disks(site, observed, wishes, &machine.name, &mut notes));
        let reasons = disturbed
            .iter()
            .filter(|(network, _)| machine.networks.contains(network))
            .map(|(_, title)| format!("{title} restarts"))
            .chain(
                moved.iter().filter(|name| **name == machine.name).map(|_| "its disk is replaced".to_owned()),
            );
        let reasons: Vec<String> = reasons.collect();
        actions.push(machine::machine(site, observed, wishes, machine, &reasons, &mut notes));
    }
    actions.extend(machine::orphans(site, observed, wishes, &mut notes));
    storage::orphans(site, observed, &mut notes);
    actions.retain(|action| action.blocked.is_some() || !action.steps.is_empty());
    SitePlan { uri: uri.to_owned(), actions, notes }
}
