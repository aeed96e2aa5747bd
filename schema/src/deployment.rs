//! A whole deployment, typed and valid.

use std::collections::BTreeMap;
use std::path::PathBuf;

use launchnix_diagnostics::Span;

use crate::Spanned;
use crate::options::{Disk, MachineOptions, Network, Nixpkgs, Pool};
use crate::values::{ConnectionUri, FleetName, MachineName, Mebibytes, NetworkName, PoolName};

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
    /// What is known of the guests of machines that have mistakes, and so are none of those above.
    pub left_out: Vec<LeftOut>,
}

impl Deployment {
    /// The machines, those with mistakes as well that are not in their disks or addresses.
    pub fn known_machines(&self) -> impl Iterator<Item = &Machine> {
        let mistaken = self.left_out.iter().filter_map(|machine| machine.machine.as_deref());
        self.machines.values().chain(mistaken)
    }

    /// The guests of all machines, with the place that stands for each machine.
    pub fn guests(&self) -> impl Iterator<Item = (Span, &GuestConfig)> + Clone {
        let mistaken = self.left_out.iter().map(|machine| (machine.span, &machine.guest));
        self.machines.values().map(|machine| (machine.span, &machine.guest)).chain(mistaken)
    }
}

/// The guest of a machine that was left out of the deployment for its mistakes.
#[derive(Clone, Debug, PartialEq)]
pub struct LeftOut {
    /// The machine's attribute name.
    pub attribute: String,
    /// Its name, as far as that is known.
    pub name: String,
    /// Which NixOS modules exist for it.
    pub guest: GuestConfig,
    /// The place that stands for the machine.
    pub span: Span,
    /// The machine with its mistakes, where there are none in its disks and addresses.
    pub machine: Option<Box<Machine>>,
}

/// A machine.
#[derive(Clone, Debug, PartialEq)]
pub struct Machine {
    /// Its name for libvirt, morph and ssh.
    pub name: Spanned<MachineName>,
    /// Its options, the fleet's defaults merged in.
    pub options: Box<MachineOptions>,
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
    /// Whether there is another that has a mistake, so that not all is known.
    pub is_incomplete: bool,
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

/// Size of the boot disk of a NixOS guest that says nothing about it.
pub const DEFAULT_DISK_SIZE: Mebibytes = Mebibytes(20_480);

impl Machine {
    /// Whether the machine has a boot disk: a declared one, or the one that every NixOS guest has.
    pub fn has_boot_disk(&self) -> bool {
        self.options.initial_disks.contains_key("boot")
            || self.options.disk_size.is_some()
            || self.nixos.value
    }

    /// Whether the user's own XML becomes a part of the domain.
    pub fn has_own_xml(&self) -> bool {
        let options = &self.options;
        options.extra_config.is_some()
            || options.initial_disks.values().any(|disk| disk.extra_xml.is_some())
            || options.pci_devices.iter().any(|device| device.extra_xml.is_some())
    }

    /// The pool of a disk.
    pub fn pool_of<'m>(&'m self, disk: &'m Disk) -> Spanned<&'m PoolName> {
        disk.pool.as_ref().unwrap_or(&self.options.storage_pool_name).as_ref()
    }

    /// The libvirt that runs the machine, given that of the fleet.
    pub fn connection<'m>(&'m self, fleet: Option<&'m Spanned<ConnectionUri>>) -> Option<&'m ConnectionUri> {
        self.options.connection.as_ref().or(fleet).map(|connection| &connection.value)
    }
}
