//! `manifest.json`: what the build directory contains, and which option caused what.

use std::collections::{BTreeMap, BTreeSet};

use launchnix_diagnostics::SourceMap;
use launchnix_schema::manifest::{
    Cause, FORMAT, Machine, Manifest, MediatedDevice, Network, Ownership, Pool, Ssh, Volume,
};
use launchnix_schema::{Deployment, identity};

use crate::artifacts::{used_networks, used_pools};
use crate::causes::{Causes, machine_option, machine_path, quoted};
use crate::check::Checked;
use crate::disk::Source;
use crate::domain::DomainDraft;
use crate::machine::MachineDraft;
use crate::network_interface::Link;
use crate::paths::Base;

pub(crate) fn domain_file(machine: &str) -> String {
    format!("domains/{machine}.xml")
}

pub(crate) fn pool_file(pool: &str) -> String {
    format!("pools/{pool}.xml")
}

pub(crate) fn network_file(network: &str) -> String {
    format!("networks/{network}.xml")
}

pub(crate) fn volume_file(pool: &str, volume: &str) -> String {
    format!("volumes/{pool}/{volume}.xml")
}

/// The text of the manifest.
pub(crate) fn write(manifest: &Manifest) -> Vec<u8> {
    // Maps with keys that are strings, and no numbers but integers: there is nothing that JSON could not hold.
    let mut text = serde_json::to_vec_pretty(manifest).expect("a manifest is JSON");
    text.push(b'\n');
    text
}

/// The manifest; `domains` are those of `drafts`, `files` the digests of all other files.
pub(crate) fn manifest(
    checked: &Checked,
    deployment: &Deployment,
    drafts: &[MachineDraft<'_>],
    domains: &[DomainDraft],
    files: BTreeMap<String, String>,
    causes: &Causes<'_>,
) -> Manifest {
    let scope = Scope { deployment, drafts, causes };
    Manifest {
        format: FORMAT,
        fleet: deployment.fleet.as_str().to_owned(),
        description: deployment.description.clone(),
        connection: deployment.connection.as_ref().map(|connection| connection.value.to_string()),
        deployment: checked.from_build.clone(),
        sources: checked
            .inputs
            .iter()
            .map(|input| (checked.base.name(&input.path), input.sha256.clone()))
            .collect(),
        files,
        pools: scope.pools(),
        networks: scope.networks(),
        volumes: scope.volumes(),
        machines: drafts
            .iter()
            .zip(domains)
            .map(|(draft, domain)| machine(&scope, draft, domain, &checked.base, &checked.sources))
            .collect(),
    }
}

struct Scope<'s> {
    deployment: &'s Deployment,
    drafts: &'s [MachineDraft<'s>],
    causes: &'s Causes<'s>,
}

impl Scope<'_> {
    fn pools(&self) -> Vec<Pool> {
        used_pools(self.deployment, self.drafts)
            .into_iter()
            .map(|name| {
                let uses = |draft: &MachineDraft<'_>| draft.volumes.iter().any(|volume| volume.pool == name);
                let (ownership, causes) = match self.deployment.pools.get(name.as_str()) {
                    Some(declared) => {
                        let path = format!("pools.{}", quoted(&name));
                        let place = self.causes.at(format!("{path}.path"), declared.path.span);
                        (Ownership::Owned, vec![self.causes.at(path, declared.span), place])
                    }
                    None => (Ownership::Shared, self.pool_users(&name)),
                };
                Pool {
                    file: pool_file(&name),
                    ownership,
                    autostart: true,
                    connections: self.connections(uses),
                    causes,
                    name,
                }
            })
            .collect()
    }

    fn networks(&self) -> Vec<Network> {
        used_networks(self.deployment, self.drafts)
            .into_iter()
            .map(|name| {
                let link = Link::Network(name.clone());
                let uses = |draft: &MachineDraft<'_>| draft.nics.iter().any(|nic| nic.link == link);
                let (ownership, autostart, causes) = match self.deployment.networks.get(name.as_str()) {
                    Some(declared) => {
                        let path = format!("networks.{}", quoted(&name));
                        let mut causes = vec![self.causes.at(path.clone(), declared.span)];
                        causes.push(self.causes.at(format!("{path}.mode"), declared.mode.span));
                        if let Some(subnet) = &declared.subnet {
                            causes.push(self.causes.at(format!("{path}.subnet"), subnet.span));
                        }
                        (Ownership::Owned, declared.autostart.value, causes)
                    }
                    None => (Ownership::Shared, true, self.network_users(&link)),
                };
                Network {
                    file: network_file(&name),
                    ownership,
                    autostart,
                    connections: self.connections(uses),
                    causes,
                    name,
                }
            })
            .collect()
    }

    /// Volumes by pool and name, those that others lie over first.
    fn volumes(&self) -> Vec<Volume> {
        let mut volumes: BTreeMap<(bool, String, String), Volume> = BTreeMap::new();
        for draft in self.drafts {
            for wanted in &draft.volumes {
                let key = (wanted.disk.is_some(), wanted.pool.clone(), wanted.name.clone());
                let volume = volumes.entry(key).or_insert_with(|| Volume {
                    pool: wanted.pool.clone(),
                    name: wanted.name.clone(),
                    file: volume_file(&wanted.pool, &wanted.name),
                    capacity: wanted.capacity,
                    format: wanted.format.as_str().to_owned(),
                    content: wanted.content.clone(),
                    disk: wanted.disk.clone(),
                    connections: Vec::new(),
                    causes: Vec::new(),
                });
                let causes = wanted.causes.iter().map(|(option, span)| {
                    self.causes.at(machine_option(self.deployment, draft.attribute, option), *span)
                });
                volume.causes.extend(causes);
                if let Some(connection) = self.own_connection(draft)
                    && !volume.connections.contains(&connection)
                {
                    volume.connections.push(connection);
                }
            }
        }
        volumes.into_values().collect()
    }

    fn pool_users(&self, name: &str) -> Vec<Cause> {
        let drafts = self.drafts.iter();
        drafts
            .filter(|draft| draft.volumes.iter().any(|volume| volume.pool == name))
            .map(|draft| {
                let option = machine_option(self.deployment, draft.attribute, "storagePoolName");
                self.causes.at(option, draft.machine.options.storage_pool_name.span)
            })
            .collect()
    }

    fn network_users(&self, link: &Link) -> Vec<Cause> {
        let drafts = self.drafts.iter();
        drafts
            .filter_map(|draft| {
                let nic = draft.nics.iter().find(|nic| nic.link == *link)?;
                let option = machine_option(self.deployment, draft.attribute, "interfaces");
                Some(self.causes.at(option, nic.span))
            })
            .collect()
    }

    /// The connections of the machines that use something, where they are not the fleet's.
    fn connections(&self, uses: impl Fn(&MachineDraft<'_>) -> bool) -> Vec<String> {
        let users = self.drafts.iter().filter(|draft| uses(draft));
        users.filter_map(|draft| self.own_connection(draft)).collect::<BTreeSet<_>>().into_iter().collect()
    }

    fn own_connection(&self, draft: &MachineDraft<'_>) -> Option<String> {
        let own = &draft.machine.options.connection.as_ref()?.value;
        let fleet = self.deployment.connection.as_ref().map(|connection| &connection.value);
        (Some(own) != fleet).then(|| own.to_string())
    }
}

fn machine(
    scope: &Scope<'_>,
    draft: &MachineDraft<'_>,
    domain: &DomainDraft,
    base: &Base,
    sources: &SourceMap,
) -> Machine {
    let options = &draft.machine.options;
    let parts = domain
        .parts
        .iter()
        .map(|(path, option, span)| (path.clone(), scope.causes.at(option.clone(), *span)))
        .collect();
    let networks: BTreeSet<_> = draft
        .nics
        .iter()
        .filter_map(|nic| match &nic.link {
            Link::Network(name) => Some(name.clone()),
            Link::Bridge(_) | Link::Direct(_) => None,
        })
        .collect();
    let disks = draft.disks.iter().filter_map(|disk| match &disk.source {
        Source::Volume { pool, name, .. } => Some((pool.clone(), name.clone())),
        Source::Device(_) => None,
    });
    let roms = draft.roms.iter().flatten();
    let rom_volumes = roms.clone().filter_map(|rom| rom.volume.as_ref());
    Machine {
        name: draft.name().to_owned(),
        file: domain_file(draft.name()),
        uuid: domain.uuid(),
        connection: scope.own_connection(draft),
        autostart: options.autostart.value,
        tags: options.tags.iter().map(|tag| tag.value.to_string()).collect(),
        protect: options.protect.value,
        protected_disks: options
            .initial_disks
            .iter()
            .filter(|(_, disk)| disk.protect.value)
            .map(|(name, _)| name.to_string())
            .collect(),
        nixos: draft.machine.nixos.value,
        macs: draft.nics.iter().map(|nic| nic.mac.clone()).collect(),
        addresses: draft
            .addresses
            .iter()
            .flat_map(|addresses| addresses.ips.iter().map(|(ip, _)| ip.to_string()))
            .collect(),
        ssh: Ssh {
            user: options.ssh_user.value.to_string(),
            port: options.ssh_port.value.0,
            identity_file: identity_file(draft.machine, base, sources),
        },
        volumes: disks.chain(rom_volumes.map(|volume| (volume.pool.clone(), volume.name.clone()))).collect(),
        networks: networks.into_iter().collect(),
        host_files: roms.filter(|rom| rom.volume.is_none()).map(|rom| rom.path.clone()).collect(),
        mediated_devices: options
            .vgpu_type
            .iter()
            .map(|kind| MediatedDevice {
                uuid: identity::mediated_device_uuid(&scope.deployment.fleet, draft.name()).to_string(),
                kind: kind.value.to_string(),
            })
            .collect(),
        parts,
        causes: vec![scope.causes.at(machine_path(scope.deployment, draft.attribute), draft.machine.span)],
    }
}

/// The private key of a machine as the manifest names it.
pub(crate) fn identity_file(
    machine: &launchnix_schema::Machine,
    base: &Base,
    sources: &SourceMap,
) -> Option<String> {
    let key = machine.options.ssh_priv_key_path.as_ref()?;
    Some(base.portable(&key.value, key.span, sources))
}
