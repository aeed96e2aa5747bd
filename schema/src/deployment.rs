//! A whole deployment, typed and valid.

use std::collections::BTreeMap;
use std::path::PathBuf;

use launchnix_diagnostics::{Diagnostic, Sources, Span};

use crate::options::{MachineOptions, Network, Nixpkgs, Pool};
use crate::values::{ConnectionUri, FleetName, MachineName, NetworkName, PoolName};
use crate::{Node, Spanned};

/// What decoding needs to know of the world.
pub struct Context<'a> {
    /// Where files are looked for.
    pub sources: &'a dyn Sources,
    /// The deployment file's directory, absolute: relative strings start here.
    pub base_directory: PathBuf,
    /// What `~` stands for.
    pub home: Option<PathBuf>,
}

/// Which of the two forms a deployment file has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// `{ deployment; machine; }`: the guest's module is the attribute `machine`.
    Machine,
    /// `{ machines.<name> = { deployment; machine; }; }`.
    Fleet,
}

/// A deployment.
#[derive(Clone, Debug, PartialEq)]
pub struct Deployment {
    /// Identity of the fleet: its option `name`, else `default`; in the one-machine form the machine's name.
    pub fleet: FleetName,
    /// Where guests' `machine` functions are in the file.
    pub form: Form,
    /// What it is for.
    pub description: Option<String>,
    /// libvirt URI of all machines that name none of their own.
    pub connection: Option<Spanned<ConnectionUri>>,
    /// What guests are built from.
    pub nixpkgs: Option<Spanned<Nixpkgs>>,
    /// Declared storage pools, spanned by their keys.
    pub pools: BTreeMap<PoolName, Spanned<Pool>>,
    /// Declared networks, spanned by their keys.
    pub networks: BTreeMap<NetworkName, Spanned<Network>>,
    /// Machines by attribute name (in the one-machine form by the machine's name), defaults merged in.
    pub machines: BTreeMap<String, Machine>,
}

/// A machine.
#[derive(Clone, Debug, PartialEq)]
pub struct Machine {
    /// Its name for libvirt, morph and ssh.
    pub name: Spanned<MachineName>,
    /// Its options, the fleet's defaults merged in.
    pub options: MachineOptions,
    /// Whether it runs NixOS: as written, else concluded from the other options.
    pub nixos: Spanned<bool>,
    /// Which NixOS modules exist for it.
    pub guest: GuestConfig,
    /// The public key that `sshPubKeyPath` holds: one line of `authorized_keys` per key.
    pub public_keys: Vec<String>,
    /// The place that stands for the machine: its attribute's key, or `deployment` in the one-machine form.
    pub span: Span,
}

/// The NixOS modules of a guest. Both may exist: then both are modules of the same system.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct GuestConfig {
    /// `machine` beside the machine's own `deployment`.
    pub own: Option<Spanned<GuestModule>>,
    /// `defaults.machine` of the fleet.
    pub defaults: Option<Spanned<GuestModule>>,
}

/// What a NixOS module was written as.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum GuestModule {
    /// A function of `{ config, pkgs, lib, ... }`.
    Function,
    /// A set.
    Set,
    /// A file.
    Path(PathBuf),
}

/// Decodes a whole deployment, in either form; `root` was called already if it is a function.
///
/// All mistakes are pushed. A machine that has one which makes it impossible to compile is left out; `None` where
/// the value is no deployment at all.
pub fn decode<N: Node>(
    _root: &N,
    _context: &Context<'_>,
    _diagnostics: &mut Vec<Diagnostic>,
) -> Option<Deployment> {
    None
}
