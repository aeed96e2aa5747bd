//! `manifest.json`: what a build directory contains.
//!
//! The compiler writes it, the runtime reads it; it is the only contract between the two.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// The format version that this release writes, and the only one it reads.
pub const FORMAT: u32 = 1;

/// The namespace of Launchnix's marks in libvirt metadata.
pub const XML_NAMESPACE: &str = "https://launchnix.dev/xmlns/1";

/// The root of `manifest.json`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Manifest {
    /// [`FORMAT`].
    pub format: u32,
    /// Identity of the fleet: part of every UUID and MAC address, and of the ownership mark.
    pub fleet: String,
    /// What the user says it is for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// The fleet's libvirt URI, where the deployment names one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub connection: Option<String>,
    /// The deployment file as seen from the build directory: `../deployment.nix`. Relative paths in this manifest
    /// start at its directory.
    #[serde(default)]
    pub deployment: String,
    /// The deployment file and what it imports, as seen from the deployment file's directory, with SHA-256 (lower-case base 16).
    pub sources: BTreeMap<String, String>,
    /// Every other file of the build directory with its SHA-256 (lower-case base 16).
    pub files: BTreeMap<String, String>,
    /// Storage pools, by name.
    pub pools: Vec<Pool>,
    /// Networks, by name.
    pub networks: Vec<Network>,
    /// Volumes; one that backs another comes before it.
    pub volumes: Vec<Volume>,
    /// Machines, by name.
    pub machines: Vec<Machine>,
}

/// Which option, written where, caused something.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Cause {
    /// The option's path: `machines.web.deployment.ram`.
    pub option: String,
    /// Source file, a key of [`Manifest::sources`].
    pub file: String,
    /// Line, from 1.
    pub line: u32,
    /// Column in Unicode scalar values, from 1.
    pub column: u32,
}

/// What `apply` may do to an object that it finds without its own mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Ownership {
    /// The deployment declares it: it is created, changed and removed with the deployment.
    Owned,
    /// The deployment only uses it: it is created (and started) where it is missing and else left as it is.
    Shared,
}

/// A storage pool.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Pool {
    /// libvirt's name for it.
    pub name: String,
    /// `pools/<name>.xml`.
    pub file: String,
    /// Whether the deployment declares it.
    pub ownership: Ownership,
    /// Whether libvirt starts it with the host.
    #[serde(default = "starts_with_the_host")]
    pub autostart: bool,
    /// The libvirt URIs of the machines that use it where they differ from the fleet's; empty for the fleet's.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub connections: Vec<String>,
    /// Options that caused it.
    pub causes: Vec<Cause>,
}

/// A virtual network.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Network {
    /// libvirt's name for it.
    pub name: String,
    /// `networks/<name>.xml`.
    pub file: String,
    /// Whether the deployment declares it.
    pub ownership: Ownership,
    /// Whether libvirt starts it with the host.
    #[serde(default = "starts_with_the_host")]
    pub autostart: bool,
    /// As in [`Pool::connections`].
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub connections: Vec<String>,
    /// Options that caused it.
    pub causes: Vec<Cause>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
fn is_false(value: &bool) -> bool {
    !value
}

fn starts_with_the_host() -> bool {
    true
}

/// Where a volume's first content comes from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "camelCase", deny_unknown_fields)]
pub enum Content {
    /// Nothing: a blank disk.
    Blank,
    /// A copy of a file on the machine that runs `apply`, uploaded once.
    #[serde(rename_all = "camelCase")]
    File {
        /// As the user wrote it; a relative path is relative to the deployment file, `~` is the home directory.
        path: String,
        /// `path` made absolute by the compiler where the user wrote a Nix path; else equal to `path`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        sha256: Option<String>,
    },
    /// Downloaded by `apply`, and verified where a hash is given.
    #[serde(rename_all = "camelCase")]
    Fetch {
        /// Where from.
        url: String,
        /// SHA-256 as lower-case base 16.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        sha256: Option<String>,
    },
    /// A copy-on-write overlay of another volume of the same pool.
    #[serde(rename_all = "camelCase")]
    Overlay {
        /// Name of the volume that is written over.
        backing: String,
    },
    /// A CD for cloud-init (`NoCloud`, labelled `cidata`).
    #[serde(rename_all = "camelCase")]
    Seed {
        /// The files on it: the name on the CD, and the file of the build directory.
        files: BTreeMap<String, String>,
    },
    /// A NixOS image built from `images/<image>.nix`.
    #[serde(rename_all = "camelCase")]
    NixosImage {
        /// `images/<image>.nix`.
        recipe: String,
    },
}

/// A storage volume.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Volume {
    /// Its pool.
    pub pool: String,
    /// libvirt's name for it.
    pub name: String,
    /// `volumes/<pool>/<name>.xml`.
    pub file: String,
    /// Capacity in bytes; absent where the content decides.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub capacity: Option<u64>,
    /// `qcow2` or `raw`.
    pub format: String,
    /// Its first content.
    pub content: Content,
    /// The machine and disk (`web`, `boot`) that it belongs to; absent for a base image that several share.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub disk: Option<DiskOf>,
    /// As in [`Pool::connections`].
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub connections: Vec<String>,
    /// Options that caused it.
    pub causes: Vec<Cause>,
}

/// Whose disk a volume is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct DiskOf {
    /// The machine's name.
    pub machine: String,
    /// The disk's name in `initialDisks`.
    pub disk: String,
}

/// A virtual machine.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Machine {
    /// libvirt's name for the domain, and morph's for the host.
    pub name: String,
    /// `domains/<name>.xml`.
    pub file: String,
    /// The domain's UUID.
    pub uuid: String,
    /// Its libvirt URI where that is not the fleet's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub connection: Option<String>,
    /// Whether libvirt starts it with the host.
    pub autostart: bool,
    /// Words that it is chosen by.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<String>,
    /// Whether it is not to be removed without consent (`destroy:<machine>`).
    #[serde(default, skip_serializing_if = "is_false")]
    pub protect: bool,
    /// Its disks that are marked as ones to keep, by name.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub protected_disks: Vec<String>,
    /// Whether it runs NixOS, which morph deploys.
    pub nixos: bool,
    /// MAC addresses of its interfaces, in order.
    pub macs: Vec<String>,
    /// Static addresses, without prefix length, in order.
    pub addresses: Vec<String>,
    /// How to reach it by ssh.
    pub ssh: Ssh,
    /// `(pool, volume)` of its disks.
    pub volumes: Vec<(String, String)>,
    /// Its networks.
    pub networks: Vec<String>,
    /// Files on the hypervisor that it needs, as the domain names them (installation media, ROM files).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub host_files: Vec<String>,
    /// Mediated devices (virtual GPUs) that must exist on the hypervisor before the machine starts.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub mediated_devices: Vec<MediatedDevice>,
    /// Which option, written where, each part of the domain comes from: the key is a path of element names in
    /// the domain XML (`memory`, `vcpu`, `devices/disk[boot]`, `devices/interface[0]`).
    pub parts: BTreeMap<String, Cause>,
    /// Options that caused it.
    pub causes: Vec<Cause>,
}

/// A mediated device of the hypervisor.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct MediatedDevice {
    /// Its UUID, as the domain names it.
    pub uuid: String,
    /// Its type: `nvidia-288`.
    pub kind: String,
}

/// How to reach a machine by ssh.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Ssh {
    /// User name.
    pub user: String,
    /// TCP port.
    pub port: u16,
    /// The private key's file as the user wrote it (`~` not expanded).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub identity_file: Option<String>,
}
