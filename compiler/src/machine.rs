//! One machine with everything that follows from its options: what its domain, volumes, network and guest are made
//! from.

use std::collections::BTreeMap;

use launchnix_diagnostics::{Diagnostic, Span};
use launchnix_schema::values::BootDevice;
use launchnix_schema::{Deployment, Machine};

use crate::addresses::{Addresses, addresses};
use crate::check::Checked;
use crate::cloud_init;
use crate::disk::{self, DiskDraft, Scope};
use crate::domain::{self, DomainDraft};
use crate::network_interface::{NetworkInterface, interfaces};
use crate::pci::{self, Rom};
use crate::volume::VolumeDraft;

/// A machine on its way to the build directory.
pub(crate) struct MachineDraft<'d> {
    /// Its attribute in the deployment file.
    pub(crate) attribute: &'d str,
    pub(crate) machine: &'d Machine,
    pub(crate) nics: Vec<NetworkInterface>,
    pub(crate) addresses: Vec<Addresses>,
    pub(crate) disks: Vec<DiskDraft<'d>>,
    /// One that backs another comes before it.
    pub(crate) volumes: Vec<VolumeDraft>,
    /// The files that cloud-init configures the machine from, by name.
    pub(crate) seed: Option<BTreeMap<&'static str, String>>,
    /// The option ROM of each PCI device.
    pub(crate) roms: Vec<Option<Rom>>,
}

impl<'d> MachineDraft<'d> {
    pub(crate) fn new(
        deployment: &'d Deployment,
        attribute: &'d str,
        machine: &'d Machine,
        checked: &'d Checked,
    ) -> Self {
        let (base, sources) = (&checked.base, &checked.sources);
        let nics = interfaces(deployment, machine);
        let addresses = addresses(deployment, machine, &nics);
        let seed = cloud_init::files(deployment, machine, &nics, &addresses);
        let scope = Scope { machine, base, sources, formats: &checked.formats, seed };
        let (disks, mut volumes) = disk::disks(&scope);
        let Scope { seed, .. } = scope;
        let devices = machine.options.pci_devices.iter().enumerate();
        let roms: Vec<_> = devices
            .map(|(index, device)| pci::rom(deployment, machine, &device.value, index, base, sources))
            .collect();
        volumes.extend(roms.iter().flatten().filter_map(|rom| rom.volume.clone()));
        Self { attribute, machine, nics, addresses, disks, volumes, seed, roms }
    }

    pub(crate) fn name(&self) -> &str {
        &self.machine.name.value
    }

    /// The domain, with the user's XML merged in; the diagnostics are about that XML.
    pub(crate) fn domain(&self, deployment: &Deployment) -> (DomainDraft, Vec<Diagnostic>) {
        domain::domain(deployment, self)
    }

    /// Where the machine boots from, in order.
    pub(crate) fn boot_order(&self) -> Vec<BootEntry> {
        let disk = |name: &str| self.disks.iter().position(|disk| disk.name == name).map(BootEntry::Disk);
        let first_nic = (!self.nics.is_empty()).then_some(BootEntry::Nic(0));
        match &self.machine.options.boot_order {
            Some(order) => order
                .value
                .iter()
                .filter_map(|device| match &device.value {
                    BootDevice::Pxe => first_nic,
                    BootDevice::Cdrom => disk(disk::MEDIUM),
                    BootDevice::Disk(name) => disk(name.as_str()),
                })
                .collect(),
            // A blank boot disk is passed over, so that the medium gets its turn before the installation and not after.
            None => {
                let own: Vec<_> = disk(disk::BOOT).into_iter().chain(disk(disk::MEDIUM)).collect();
                if own.is_empty() { first_nic.into_iter().collect() } else { own }
            }
        }
    }

    /// The place of the boot order, else of the machine.
    pub(crate) fn boot_order_span(&self) -> Option<Span> {
        self.machine.options.boot_order.as_ref().map(|order| order.span)
    }
}

/// Something to boot from, by its index among the machine's disks or interfaces.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum BootEntry {
    Disk(usize),
    Nic(usize),
}
