//! The files of a build directory.

use std::collections::{BTreeMap, BTreeSet};

use launchnix_diagnostics::Diagnostic;
use launchnix_schema::Deployment;

use crate::causes::Causes;
use crate::check::Checked;
use crate::machine::MachineDraft;
use crate::network_interface::Link;
use crate::nix::Nix;
use crate::paths::hash;
use crate::xml::Element;
use crate::{cloud_init, guest, image, manifest, morph, network, nix, pool, ssh_config, volume, xml};

/// The files of a build directory by their relative paths, `manifest.json` among them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Artifacts {
    /// Content by path; the paths use `/` and stay below the directory.
    pub files: BTreeMap<String, Vec<u8>>,
}

impl Artifacts {
    fn xml(&mut self, path: &str, root: &Element) {
        self.files.insert(path.to_owned(), xml::write(root));
    }

    fn nix(&mut self, path: &str, expression: &Nix) {
        self.files.insert(path.to_owned(), nix::write(expression).into_bytes());
    }

    fn text(&mut self, path: &str, text: &str) {
        self.files.insert(path.to_owned(), text.as_bytes().to_vec());
    }
}

/// Writes everything that a checked deployment becomes. The same deployment gives the same bytes.
///
/// `Err` holds the errors of the check, without which there is nothing to compile.
pub fn compile(checked: &Checked) -> Result<Artifacts, Vec<Diagnostic>> {
    let errors: Vec<_> = checked.diagnostics.iter().filter(|one| one.is_error()).cloned().collect();
    let deployment = match &checked.deployment {
        Some(deployment) if errors.is_empty() => deployment,
        _ => return Err(errors),
    };
    let drafts = checked.drafts(deployment);
    let mut artifacts = Artifacts::default();
    let mut domains = Vec::new();
    let mut broken = Vec::new();
    for draft in &drafts {
        let (domain, diagnostics) = draft.domain(deployment);
        broken.extend(diagnostics);
        artifacts.xml(&manifest::domain_file(draft.name()), &domain.root);
        domains.push(domain);
    }
    if !broken.is_empty() {
        return Err(broken);
    }
    storage(deployment, &drafts, &mut artifacts);
    networks(deployment, &drafts, &mut artifacts);
    guests(checked, deployment, &drafts, &mut artifacts);
    let configuration = ssh_config::ssh_config(deployment, &drafts, &checked.base, &checked.sources);
    artifacts.text(ssh_config::FILE, &configuration);
    let files = artifacts.files.iter().map(|(path, content)| (path.clone(), hash(content))).collect();
    let causes = Causes { sources: &checked.sources, names: &checked.names };
    let manifest = manifest::manifest(checked, deployment, &drafts, &domains, files, &causes);
    artifacts.files.insert("manifest.json".to_owned(), manifest::write(&manifest));
    Ok(artifacts)
}

fn storage(deployment: &Deployment, drafts: &[MachineDraft<'_>], artifacts: &mut Artifacts) {
    for draft in drafts {
        for (name, text) in draft.seed.iter().flatten() {
            artifacts.text(&cloud_init::file(draft.name(), name), text);
        }
        for wanted in &draft.volumes {
            artifacts.xml(
                &manifest::volume_file(&wanted.pool, &wanted.name),
                &volume::element(deployment, wanted),
            );
        }
    }
    for name in used_pools(deployment, drafts) {
        let element = match deployment.pools.get(name.as_str()) {
            Some(declared) => pool::declared(deployment, &name, declared.path.as_str()),
            None => pool::shared(&name),
        };
        artifacts.xml(&manifest::pool_file(&name), &element);
    }
}

fn networks(deployment: &Deployment, drafts: &[MachineDraft<'_>], artifacts: &mut Artifacts) {
    for name in used_networks(deployment, drafts) {
        let element = match deployment.networks.get(name.as_str()) {
            Some(declared) => network::declared(deployment, &name, declared, drafts),
            None => network::shared(&name),
        };
        artifacts.xml(&manifest::network_file(&name), &element);
    }
}

/// What Nix builds: nothing where no guest runs NixOS.
fn guests(
    checked: &Checked,
    deployment: &Deployment,
    drafts: &[MachineDraft<'_>],
    artifacts: &mut Artifacts,
) {
    let guests: Vec<_> = drafts.iter().filter(|draft| draft.machine.nixos.value).collect();
    if guests.is_empty() {
        return;
    }
    let (path, text) = guest::MODULE;
    artifacts.text(path, text);
    artifacts.nix(guest::DEPLOYMENT, &guest::deployment_loader(&checked.from_build, &checked.arguments));
    artifacts.nix(guest::NIXPKGS, &guest::nixpkgs());
    for draft in &guests {
        artifacts.nix(&guest::file(draft.name()), &guest::module(deployment, draft));
        artifacts.nix(&image::file(draft.name()), &image::recipe(draft.name()));
    }
    artifacts.nix(morph::FILE, &morph::network(deployment, &guests, checked));
}

/// The pools that the deployment declares or uses.
pub(crate) fn used_pools(deployment: &Deployment, drafts: &[MachineDraft<'_>]) -> BTreeSet<String> {
    let used = drafts.iter().flat_map(|draft| &draft.volumes).map(|volume| volume.pool.clone());
    deployment.pools.keys().map(ToString::to_string).chain(used).collect()
}

/// The networks that the deployment declares or uses.
pub(crate) fn used_networks(deployment: &Deployment, drafts: &[MachineDraft<'_>]) -> BTreeSet<String> {
    let used = drafts.iter().flat_map(|draft| &draft.nics).filter_map(|nic| match &nic.link {
        Link::Network(name) => Some(name.clone()),
        Link::Bridge(_) | Link::Direct(_) => None,
    });
    deployment.networks.keys().map(ToString::to_string).chain(used).collect()
}
