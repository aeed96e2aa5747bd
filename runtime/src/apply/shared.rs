//! Pools and networks.

use virt::sys;

use super::Run;
use crate::adapt::Driver;
use crate::error::{Doing as _, Error, Result};
use crate::plan::{Action, NetworkEdit, NetworkSection, Step};

/// Carries out what a pool needs.
pub(super) fn pool(run: &Run<'_>, action: &Action) -> Result<()> {
    let title = action.title();
    let name = &action.name;
    for step in &action.steps {
        match step {
            Step::Define => {
                let wanted = run.site.pools.iter().find(|pool| pool.name == *name);
                let wanted = wanted.ok_or_else(|| not_in_the_build(&title))?;
                let xml = run.site.build.document(&wanted.file).to_xml();
                run.host
                    .connection
                    .define_storage_pool_xml(&xml, 0)
                    .doing(|| format!("define {title}"))
                    .map_err(|error| {
                        error.help(
                            "does another pool use the same directory? `virsh pool-list --all` shows them",
                        )
                    })?;
            }
            Step::Build => {
                run.host.pool(name)?.build(0).doing(|| format!("make the directory of {title}"))?;
            }
            Step::Start => {
                run.host.pool(name)?.create(0).doing(|| format!("start {title}"))?;
                run.listener
                    .done(&title, if action.steps.contains(&Step::Define) { "made" } else { "started" });
            }
            Step::Autostart { on } => {
                run.host
                    .pool(name)?
                    .set_autostart(*on)
                    .doing(|| format!("change the autostart of {title}"))?;
                if !action.steps.contains(&Step::Define) {
                    run.listener.done(&title, autostart_words(*on));
                }
            }
            other => return Err(unexpected(&title, other)),
        }
    }
    Ok(())
}

/// Carries out what a network needs.
pub(super) fn network(run: &Run<'_>, action: &Action) -> Result<()> {
    let title = action.title();
    let name = &action.name;
    for step in &action.steps {
        match step {
            Step::Define => define_network(run, action)?,
            // A restart changes the definition while the network is down.
            Step::Redefine if action.steps.contains(&Step::Restart) => {}
            Step::Redefine => {
                define_network(run, action)?;
                run.listener.done(&title, "definition changed");
            }
            Step::Start => {
                run.host.network(name)?.create().doing(|| format!("start {title}"))?;
                run.listener
                    .done(&title, if action.steps.contains(&Step::Define) { "made" } else { "started" });
            }
            Step::Restart => {
                let network = run.host.network(name)?;
                network.destroy().doing(|| format!("stop {title}"))?;
                define_network(run, action)?;
                network.create().doing(|| format!("start {title} again"))?;
                run.listener.done(&title, "definition changed, restarted");
            }
            Step::UpdateNetwork { edits } => update(run, action, edits)?,
            Step::Autostart { on } => {
                run.host
                    .network(name)?
                    .set_autostart(*on)
                    .doing(|| format!("change the autostart of {title}"))?;
                if !action.steps.contains(&Step::Define) {
                    run.listener.done(&title, autostart_words(*on));
                }
            }
            other => return Err(unexpected(&title, other)),
        }
    }
    Ok(())
}

fn define_network(run: &Run<'_>, action: &Action) -> Result<()> {
    let title = action.title();
    let wanted = run.site.networks.iter().find(|network| network.name == action.name);
    let wanted = wanted.ok_or_else(|| not_in_the_build(&title))?;
    let xml = run.site.build.document(&wanted.file).to_xml();
    run.host.connection.define_network_xml(&xml).map(|_| ()).doing(|| format!("define {title}"))
}

fn update(run: &Run<'_>, action: &Action, edits: &[NetworkEdit]) -> Result<()> {
    let title = action.title();
    let network = run.host.network(&action.name)?;
    let active = network.is_active().doing(|| format!("look at {title}"))?;
    let flags = if active && run.host.driver != Driver::Test {
        sys::VIR_NETWORK_UPDATE_AFFECT_LIVE | sys::VIR_NETWORK_UPDATE_AFFECT_CONFIG
    } else if active {
        // The test driver has one definition for both.
        sys::VIR_NETWORK_UPDATE_AFFECT_LIVE
    } else {
        sys::VIR_NETWORK_UPDATE_AFFECT_CONFIG
    };
    for edit in edits {
        let section = match edit.section {
            NetworkSection::DhcpHost => sys::VIR_NETWORK_SECTION_IP_DHCP_HOST,
            NetworkSection::DhcpRange => sys::VIR_NETWORK_SECTION_IP_DHCP_RANGE,
            NetworkSection::DnsHost => sys::VIR_NETWORK_SECTION_DNS_HOST,
        };
        let command = if edit.add {
            sys::VIR_NETWORK_UPDATE_COMMAND_ADD_LAST
        } else {
            sys::VIR_NETWORK_UPDATE_COMMAND_DELETE
        };
        network.update(command, section, -1, &edit.xml, flags).doing(|| format!("change {title}"))?;
    }
    run.listener.done(&title, "changed while it runs");
    Ok(())
}

fn autostart_words(on: bool) -> &'static str {
    if on { "starts with the host from now on" } else { "no longer starts with the host" }
}

/// A plan is made from the same build that is applied, so this does not happen to users.
pub(super) fn not_in_the_build(title: &str) -> Error {
    Error::new(format!("the build directory has no {title}"))
}

/// As [`not_in_the_build`]: each kind of resource has its own steps.
pub(super) fn unexpected(title: &str, step: &Step) -> Error {
    Error::new(format!("the plan has a step for {title} that does not apply to it: {step:?}"))
}
