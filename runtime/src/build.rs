//! The build directory: read once, verified completely, before anything is changed.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Component, Path, PathBuf};

use launchnix_schema::manifest::{Content, DiskOf, FORMAT, Machine, Manifest, Network, Pool, Volume};
use sha2::{Digest as _, Sha256};

use crate::error::{Error, Result};
use crate::xml::Element;

/// A build directory whose every file is what the manifest says.
#[derive(Clone, Debug)]
pub struct Build {
    /// Where it is.
    pub directory: PathBuf,
    /// What it contains.
    pub manifest: Manifest,
    /// The XML of each resource, by file.
    documents: BTreeMap<String, Element>,
}

const AGAIN: &str = "compile the deployment again: `launchnix compile FILE --out ";

impl Build {
    /// Reads and verifies the build directory.
    pub fn open(directory: &Path) -> Result<Self> {
        let manifest = read_manifest(directory)?;
        verify(directory, &manifest)?;
        let mut build = Self { directory: directory.to_owned(), manifest, documents: BTreeMap::new() };
        build.read_documents()?;
        build.verify_references()?;
        Ok(build)
    }

    /// The compiled XML of a resource.
    pub fn document(&self, file: &str) -> &Element {
        self.documents.get(file).expect("`open` reads the document of every resource")
    }

    /// The volume of that pool and name.
    pub fn volume(&self, pool: &str, name: &str) -> Option<&Volume> {
        self.manifest.volumes.iter().find(|volume| volume.pool == pool && volume.name == name)
    }

    /// The volumes that a machine's disks are, and those that back them, each after what backs it.
    pub fn volumes_of(&self, machine: &Machine) -> Vec<&Volume> {
        let mut wanted: BTreeSet<(&str, &str)> =
            machine.volumes.iter().map(|(pool, name)| (pool.as_str(), name.as_str())).collect();
        wanted.extend(self.manifest.volumes.iter().filter_map(|volume| {
            let owner = volume.disk.as_ref()?;
            (owner.machine == machine.name).then_some((volume.pool.as_str(), volume.name.as_str()))
        }));
        // One that backs another comes before it, so going backwards meets each overlay before its backing volume.
        for volume in self.manifest.volumes.iter().rev() {
            if let Content::Overlay { backing } = &volume.content
                && wanted.contains(&(volume.pool.as_str(), volume.name.as_str()))
            {
                wanted.insert((&volume.pool, backing));
            }
        }
        let is_wanted = |volume: &&Volume| wanted.contains(&(volume.pool.as_str(), volume.name.as_str()));
        self.manifest.volumes.iter().filter(is_wanted).collect()
    }

    /// The libvirt URIs that this deployment spreads over, each once. `over` replaces them all.
    pub fn connections(&self, over: Option<&str>) -> BTreeSet<String> {
        let mut uris: BTreeSet<String> =
            self.manifest.machines.iter().map(|machine| self.connection_of(machine, over)).collect();
        if uris.is_empty() {
            uris.insert(self.fleet_connection(over));
        }
        for connections in self.manifest.pools.iter().map(|pool| &pool.connections).chain(
            self.manifest
                .networks
                .iter()
                .map(|network| &network.connections)
                .chain(self.manifest.volumes.iter().map(|volume| &volume.connections)),
        ) {
            if over.is_none() {
                uris.extend(connections.iter().cloned());
            }
        }
        uris
    }

    /// The URI where a machine runs.
    pub fn connection_of(&self, machine: &Machine, over: Option<&str>) -> String {
        match (over, &machine.connection) {
            (None, Some(own)) => own.clone(),
            _ => self.fleet_connection(over),
        }
    }

    fn fleet_connection(&self, over: Option<&str>) -> String {
        over.or(self.manifest.connection.as_deref()).unwrap_or("qemu:///system").to_owned()
    }

    /// What of the deployment belongs to one libvirt host.
    pub fn site(&self, uri: &str, over: Option<&str>) -> Site<'_> {
        let machines: Vec<&Machine> = self
            .manifest
            .machines
            .iter()
            .filter(|machine| self.connection_of(machine, over) == uri)
            .collect();
        let on_fleet = self.fleet_connection(over) == uri;
        // A resource is where the machines are that use it; one that none uses is at the fleet's connection.
        let here = |connections: &[String], used_here: bool, used: bool| {
            used_here
                || over.is_some()
                || connections.iter().any(|connection| connection == uri)
                || (!used && connections.is_empty() && on_fleet)
        };
        let used: Vec<&Volume> = machines.iter().flat_map(|machine| self.volumes_of(machine)).collect();
        let all: Vec<&Volume> =
            self.manifest.machines.iter().flat_map(|machine| self.volumes_of(machine)).collect();
        let volumes: Vec<&Volume> = self
            .manifest
            .volumes
            .iter()
            .filter(|volume| here(&volume.connections, used.contains(volume), all.contains(volume)))
            .collect();
        let pools = self
            .manifest
            .pools
            .iter()
            .filter(|pool| {
                let in_pool = |volume: &&Volume| volume.pool == pool.name;
                here(&pool.connections, volumes.iter().any(in_pool), all.iter().any(in_pool))
            })
            .collect();
        let networks = self
            .manifest
            .networks
            .iter()
            .filter(|network| {
                let on_network = |machine: &Machine| machine.networks.contains(&network.name);
                here(
                    &network.connections,
                    machines.iter().any(|machine| on_network(machine)),
                    self.manifest.machines.iter().any(on_network),
                )
            })
            .collect();
        Site { build: self, pools, networks, volumes, machines }
    }

    fn read_documents(&mut self) -> Result<()> {
        let manifest = &self.manifest;
        let resources = (manifest.pools.iter().map(|pool| (&pool.file, "pool")))
            .chain(manifest.networks.iter().map(|network| (&network.file, "network")))
            .chain(manifest.volumes.iter().map(|volume| (&volume.file, "volume")))
            .chain(manifest.machines.iter().map(|machine| (&machine.file, "domain")));
        for (file, root) in resources {
            if !manifest.files.contains_key(file) {
                return Err(self.malformed(&format!("it names `{file}`, but lists no such file")));
            }
            let path = self.directory.join(file);
            let source = fs::read_to_string(&path).map_err(|error| Error::file("read", &path, &error))?;
            let document = Element::parse(&source).map_err(|error| {
                Error::new(format!("`{}` is not well-formed XML: {error}", path.display()))
            })?;
            if document.name != root {
                return Err(Error::new(format!(
                    "`{}` holds `<{}>` where `<{root}>` belongs",
                    path.display(),
                    document.name
                )));
            }
            self.documents.insert(file.clone(), document);
        }
        Ok(())
    }

    fn verify_references(&self) -> Result<()> {
        let manifest = &self.manifest;
        for volume in &manifest.volumes {
            if !manifest.pools.iter().any(|pool| pool.name == volume.pool) {
                return Err(self.malformed(&format!(
                    "volume `{}` is in pool `{}`, which it does not list",
                    volume.name, volume.pool
                )));
            }
            if let Content::Overlay { backing } = &volume.content {
                let before = manifest.volumes.iter().take_while(|other| *other != volume);
                if !before.into_iter().any(|other| other.pool == volume.pool && other.name == *backing) {
                    return Err(self.malformed(&format!(
                        "volume `{}` is backed by `{backing}`, which does not come before it",
                        volume.name
                    )));
                }
            }
        }
        for machine in &manifest.machines {
            for (pool, name) in &machine.volumes {
                if self.volume(pool, name).is_none() {
                    return Err(self.malformed(&format!(
                        "machine `{}` has volume `{name}` in pool `{pool}`, which it does not list",
                        machine.name
                    )));
                }
            }
        }
        Ok(())
    }

    fn malformed(&self, what: &str) -> Error {
        malformed(&self.directory, what)
    }
}

/// What of a deployment belongs to one libvirt host.
#[derive(Clone, Debug)]
pub struct Site<'b> {
    /// The whole deployment.
    pub build: &'b Build,
    /// Pools there.
    pub pools: Vec<&'b Pool>,
    /// Networks there.
    pub networks: Vec<&'b Network>,
    /// Volumes there; one that backs another comes before it.
    pub volumes: Vec<&'b Volume>,
    /// Machines there.
    pub machines: Vec<&'b Machine>,
}

/// How a user names a volume's disk: `web/boot`.
pub fn disk_label(disk: &DiskOf) -> String {
    format!("{}/{}", disk.machine, disk.disk)
}

/// Lower-case base 16 of the SHA-256 of some bytes.
pub fn digest(bytes: &[u8]) -> String {
    data_encoding::HEXLOWER.encode(&Sha256::digest(bytes))
}

fn again(directory: &Path) -> String {
    format!("{AGAIN}{}`", directory.display())
}

fn malformed(directory: &Path, what: &str) -> Error {
    Error::new(format!(
        "`{}` is not a manifest of Launchnix: {what}",
        directory.join("manifest.json").display()
    ))
    .help(again(directory))
}

fn read_manifest(directory: &Path) -> Result<Manifest> {
    #[derive(serde::Deserialize)]
    struct Version {
        format: u32,
    }
    let path = directory.join("manifest.json");
    let bytes = fs::read(&path).map_err(|error| match error.kind() {
        std::io::ErrorKind::NotFound | std::io::ErrorKind::NotADirectory => Error::new(format!(
            "`{}` is not a build directory: it has no `manifest.json`",
            directory.display()
        ))
        .help("make one with `launchnix compile FILE --out DIRECTORY` and name that directory"),
        _ => Error::file("read", &path, &error),
    })?;
    // The version first: a newer format may have fields that this release cannot name.
    let version: Version =
        serde_json::from_slice(&bytes).map_err(|error| malformed(directory, &error.to_string()))?;
    if version.format != FORMAT {
        let whose = if version.format > FORMAT { "a newer" } else { "an older" };
        return Err(Error::new(format!(
            "`{}` has format {}, made by {whose} Launchnix; this one reads format {FORMAT}",
            path.display(),
            version.format
        ))
        .help(format!("{}, with the same release that applies it", again(directory))));
    }
    serde_json::from_slice(&bytes).map_err(|error| malformed(directory, &error.to_string()))
}

/// Compares every file with its digest, and finds those that nobody listed.
fn verify(directory: &Path, manifest: &Manifest) -> Result<()> {
    for (file, expected) in &manifest.files {
        let inside = Path::new(file).components().all(|part| matches!(part, Component::Normal(_)));
        if !inside || file.is_empty() {
            return Err(malformed(
                directory,
                &format!("it lists `{file}`, which is outside the build directory"),
            ));
        }
        let path = directory.join(file);
        let bytes = fs::read(&path).map_err(|error| match error.kind() {
            std::io::ErrorKind::NotFound => {
                Error::new(format!("`{}` is missing from the build directory", path.display()))
                    .help(again(directory))
            }
            _ => Error::file("read", &path, &error),
        })?;
        if digest(&bytes) != *expected {
            return Err(Error::new(format!("`{}` was edited after it was compiled", path.display())).help(
                format!(
                    "change the deployment file instead (`extraConfig` takes any XML), then {}",
                    again(directory)
                ),
            ));
        }
    }
    let mut found = Vec::new();
    list_files(directory, Path::new(""), &mut found)?;
    for file in found {
        if file != "manifest.json" && !manifest.files.contains_key(&file) {
            return Err(Error::new(format!(
                "`{}` is in the build directory, but its manifest does not list it",
                directory.join(&file).display()
            ))
            .help(format!("move it elsewhere, or {}", again(directory))));
        }
    }
    Ok(())
}

fn list_files(directory: &Path, relative: &Path, found: &mut Vec<String>) -> Result<()> {
    let path = directory.join(relative);
    let entries = fs::read_dir(&path).map_err(|error| Error::file("list", &path, &error))?;
    for entry in entries {
        let entry = entry.map_err(|error| Error::file("list", &path, &error))?;
        let inner = relative.join(entry.file_name());
        let kind = entry.file_type().map_err(|error| Error::file("examine", &entry.path(), &error))?;
        // A symbolic link is listed as a file, never followed: it could lead in a circle.
        if kind.is_dir() {
            list_files(directory, &inner, found)?;
        } else {
            found.push(inner.to_string_lossy().into_owned());
        }
    }
    found.sort();
    Ok(())
}
