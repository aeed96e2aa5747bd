//! Plans and states as text: one line per resource, in the user's words.

use std::fmt::Write as _;

use serde::Serialize;

use crate::apply::Outcome;
use crate::build::Site;
use crate::compare::readable_size;
use crate::host::Observed;
use crate::plan::{Action, Change, Class, Kind, Origin, SitePlan, Step};

/// A plan as text.
pub fn plan(fleet: &str, plan: &SitePlan) -> String {
    let mut text = format!("fleet `{fleet}` on {}\n", plan.uri);
    let visible: Vec<&Action> = plan.actions.iter().filter(|action| !action.is_silent()).collect();
    for action in &visible {
        render_action(&mut text, action);
    }
    for note in &plan.notes {
        let _ = writeln!(text, "  note: {note}");
    }
    let _ = writeln!(text, "{}", summary(&visible));
    text
}

fn render_action(text: &mut String, action: &Action) {
    let sign = match (&action.blocked, action.class) {
        (Some(_), _) => '!',
        (None, Class::Create) => '+',
        (None, Class::Live | Class::Restart) => '~',
        (None, Class::Replace) => '±',
        (None, Class::Destroy) => '-',
    };
    let what = match &action.blocked {
        Some(_) => "cannot be done".to_owned(),
        None => words(action),
    };
    let detail = action.detail.as_ref().map(|detail| format!(" ({detail})")).unwrap_or_default();
    let disk = action.disk.as_ref().map(|disk| format!(", disk `{disk}`")).unwrap_or_default();
    let place = match (&action.cause, action.changes.is_empty()) {
        (Some(cause), true) => format!("  {}:{}:{}", cause.file, cause.line, cause.column),
        _ => String::new(),
    };
    let _ = writeln!(text, "{sign} {}{disk}: {what}{detail}{place}", action.title());
    for change in &action.changes {
        let _ = writeln!(text, "    {}", render_change(change));
    }
    if let Some(blocked) = &action.blocked {
        let _ = writeln!(text, "    {}", blocked.message);
        let _ = writeln!(text, "    help: {}", blocked.help);
    }
}

/// What is done, in words.
fn words(action: &Action) -> String {
    let mut words: Vec<String> = Vec::new();
    for step in &action.steps {
        words.push(match step {
            Step::Define if action.kind == Kind::Machine => "define".into(),
            Step::Build | Step::Record => continue,
            Step::Autostart { on: true } if action.steps.contains(&Step::Define) => continue,
            Step::Start => "start".into(),
            Step::Autostart { on: true } => "start with the host".into(),
            Step::Autostart { on: false } => "no longer start with the host".into(),
            Step::Define | Step::Create => "create".into(),
            Step::Remake if action.class == Class::Replace => "replace: everything on it is lost".into(),
            Step::Remake => "create again (it was not finished)".into(),
            Step::Adopt => "take as it is".into(),
            Step::Grow { from, to } => format!("grow {} → {}", readable_size(*from), readable_size(*to)),
            Step::UpdateNetwork { .. } => "change while it runs".into(),
            Step::Redefine => "change the definition".into(),
            Step::Restart => "restart".into(),
            Step::Remove => "remove".into(),
        });
    }
    words.join(", ")
}

fn render_change(change: &Change) -> String {
    let value = match (&change.old, &change.new) {
        (Some(old), Some(new)) => shorten(old, new),
        (None, Some(new)) => format!("+ {new}"),
        (Some(old), None) => format!("- {old}"),
        (None, None) => String::new(),
    };
    let origin = match change.origin {
        Origin::YourChange => "your change",
        Origin::Drift => "drift: changed outside of Launchnix",
        Origin::NotYetRunning => "defined before, not running yet",
        Origin::Host => "because of this host",
    };
    let place = match &change.cause {
        Some(cause) => format!("  {}:{}:{}", cause.file, cause.line, cause.column),
        None => String::new(),
    };
    format!("{}: {value}  [{origin}]{place}", change.label)
}

/// `1024 MiB → 2048 MiB` says its unit once.
fn shorten(old: &str, new: &str) -> String {
    match (old.split_once(' '), new.split_once(' ')) {
        (Some((number, unit)), Some((_, other)))
            if unit == other && number.bytes().all(|byte| byte.is_ascii_digit()) =>
        {
            format!("{number} → {new}")
        }
        _ => format!("{old} → {new}"),
    }
}

fn summary(actions: &[&Action]) -> String {
    let blocked = actions.iter().filter(|action| action.blocked.is_some()).count();
    let count =
        |class| actions.iter().filter(|action| action.blocked.is_none() && action.class == class).count();
    if actions.is_empty() {
        return "nothing to do: everything is as the deployment says".to_owned();
    }
    let mut parts = Vec::new();
    for (number, what) in [
        (count(Class::Create), "to create"),
        (count(Class::Live), "to change without a restart"),
        (count(Class::Restart), "to change with a restart"),
        (count(Class::Replace), "to replace"),
        (count(Class::Destroy), "to remove"),
        (blocked, "that cannot be done"),
    ] {
        if number > 0 {
            parts.push(format!("{number} {what}"));
        }
    }
    parts.join(", ")
}

/// What became of a run, after the lines that the listener printed.
pub fn outcome(plan: &SitePlan, outcome: &Outcome) -> String {
    let visible = plan.actions.iter().filter(|action| !action.is_silent()).count();
    let failed = outcome.failures.len();
    if visible == 0 && failed == 0 {
        return "nothing to do: everything is as the deployment says\n".to_owned();
    }
    match failed {
        0 => format!(
            "done: {}\n",
            if visible == 1 { "1 change".to_owned() } else { format!("{visible} changes") }
        ),
        1 => "1 step failed; run this again once it is mended: what is done is not done twice\n".to_owned(),
        _ => format!(
            "{failed} steps failed; run this again once they are mended: what is done is not done twice\n"
        ),
    }
}

/// How a machine is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct MachineStatus {
    /// Its name.
    pub name: String,
    /// `running`, `off`, `saved` or `undefined`.
    pub state: &'static str,
    /// Whether it starts with the host.
    pub autostart: bool,
}

/// The machines of a site and how they are.
pub fn machines(site: &Site<'_>, observed: &Observed) -> Vec<MachineStatus> {
    let machines = site.machines.iter().map(|machine| {
        let domain = observed.domains.get(&machine.name);
        let state = match domain {
            None => "undefined",
            Some(domain) if domain.active => "running",
            Some(domain) if domain.saved => "saved",
            Some(_) => "off",
        };
        let autostart = domain.is_some_and(|domain| domain.autostart);
        MachineStatus { name: machine.name.clone(), state, autostart }
    });
    machines.collect()
}

/// The machines of a site and how they are, as text.
pub fn status(fleet: &str, uri: &str, machines: &[MachineStatus]) -> String {
    let mut text = format!("fleet `{fleet}` on {uri}\n");
    let width = machines.iter().map(|machine| machine.name.len()).max().unwrap_or_default();
    for machine in machines {
        let state = match machine.state {
            "undefined" => "not there yet",
            "saved" => "off, its memory saved to disk",
            other => other,
        };
        let with_host = if machine.autostart { ", starts with the host" } else { "" };
        let _ = writeln!(text, "  {:width$}  {state}{with_host}", machine.name);
    }
    text
}
