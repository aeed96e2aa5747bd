//! What two machines cannot both have.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::hash::Hash;

use launchnix_diagnostics::{Code, Diagnostic, Span};

use super::Surroundings;
use crate::decode::{Decoder, Draft};
use crate::values::DevicePath;

/// Reports what several machines claim; the result are the positions of the machines in conflict.
pub(crate) fn fleet(
    drafts: &[Draft],
    surroundings: &Surroundings<'_>,
    decoder: &mut Decoder<'_>,
) -> BTreeSet<usize> {
    let mut claims = Claims { drafts, clashing: BTreeSet::new() };
    names(&mut claims, decoder);
    // What a machine has on one hypervisor another one may have elsewhere.
    let host = |draft: &Draft| hypervisor(draft, surroundings);
    network(&mut claims, host, decoder);
    devices(&mut claims, host, decoder);
    disks(&mut claims, host, decoder);
    volumes(&mut claims, host, decoder);
    claims.clashing
}

/// The libvirt that runs a machine; what is not said is the usual one.
fn hypervisor(draft: &Draft, surroundings: &Surroundings<'_>) -> String {
    let written = draft.machine.connection(surroundings.connection);
    written.map_or_else(|| "qemu:///system".to_owned(), ToString::to_string)
}

fn names(claims: &mut Claims<'_>, decoder: &mut Decoder<'_>) {
    // ssh and DNS do not tell upper case from lower.
    let names = claims.each(|draft| {
        let name = &draft.machine.name;
        draft.named.then(|| (name.to_lowercase(), name.span)).into_iter().collect()
    });
    claims.report(names, |name| format!("are called `{name}`"), "give one of them another name", decoder);
}

fn network(claims: &mut Claims<'_>, host: impl Fn(&Draft) -> String, decoder: &mut Decoder<'_>) {
    let macs = claims.each(|draft| {
        let interfaces = draft.machine.options.interfaces.iter().flat_map(|interfaces| interfaces.iter());
        let macs = interfaces.filter_map(|interface| interface.mac.as_ref());
        macs.map(|mac| ((host(draft), mac.value), mac.span)).collect()
    });
    let help = "change one, or remove `mac`: an interface without it gets an address of its own";
    claims.report(macs, |(_, mac)| format!("have the MAC address {mac}"), help, decoder);

    let addresses = claims.each(|draft| {
        let entries = draft.machine.options.static_ips.iter();
        let addresses = entries.flat_map(|entry| &entry.ips);
        addresses.map(|address| ((host(draft), address.value), address.span)).collect()
    });
    let help = "give one of them another address";
    claims.report(addresses, |(_, ip)| format!("have the address {ip}"), help, decoder);
}

fn devices(claims: &mut Claims<'_>, host: impl Fn(&Draft) -> String, decoder: &mut Decoder<'_>) {
    let devices = claims.each(|draft| {
        let devices = draft.machine.options.pci_devices.iter();
        let devices = devices.filter(|device| !device.flaws.is_unknown("id"));
        devices.map(|device| ((host(draft), device.id.value), device.id.span)).collect()
    });
    let help = "a device can be in one machine at a time: give it to one of them";
    claims.report(devices, |(_, id)| format!("have the PCI device {id}"), help, decoder);
}

/// A physical disk that machines share must be read-only in all of them.
fn disks(claims: &mut Claims<'_>, host: impl Fn(&Draft) -> String, decoder: &mut Decoder<'_>) {
    let mut written = HashSet::new();
    for draft in claims.drafts {
        for disk in draft.machine.options.initial_disks.values() {
            if let Some(device) = &disk.physical_disk
                && !disk.read_only.value
                && !disk.flaws.is_unknown("readOnly")
            {
                written.insert((host(draft), device.value.clone()));
            }
        }
    }
    let mut disks = claims.each(|draft| {
        let disks = draft.machine.options.initial_disks.values();
        let disks = disks.filter_map(|disk| disk.physical_disk.as_ref());
        disks.map(|device| ((host(draft), device.value.clone()), device.span)).collect()
    });
    parts(claims, &disks, &written, decoder);
    disks.retain(|disk, _| written.contains(disk));
    let help = "two machines that write to one disk destroy it: give it to one of them, or make it `readOnly` in both";
    claims.report(disks, |(_, device)| format!("have the physical disk {device}"), help, decoder);
}

/// A partition that one machine has, of a disk that another one has.
fn parts(
    claims: &mut Claims<'_>,
    disks: &Claimed<(String, DevicePath)>,
    written: &HashSet<(String, DevicePath)>,
    decoder: &mut Decoder<'_>,
) {
    for (part, claimants) in disks {
        let Some(whole) = part.1.whole_disk().map(|whole| (part.0.clone(), whole)) else { continue };
        if !(written.contains(part) || written.contains(&whole)) {
            continue;
        }
        for (at, span) in claimants {
            let others = disks.get(&whole).into_iter().flatten();
            let Some((other, first)) = others.into_iter().find(|(other, _)| other != at) else { continue };
            claims.clashing.extend([*at, *other]);
            let title = |at: usize| &claims.drafts[at].attribute;
            let message = format!(
                "machine `{}` has a part of the disk that machine `{}` has",
                title(*at),
                title(*other)
            );
            decoder.push(
                Diagnostic::new(Code::FleetConflict, *span, message)
                    .labelled(format!("a partition of {}", whole.1))
                    .with_label(*first, format!("the whole disk, given to `{}`", title(*other)))
                    .with_help("give the disk to one machine, or its partitions to different ones"),
            );
        }
    }
}

fn volumes(claims: &mut Claims<'_>, host: impl Fn(&Draft) -> String, decoder: &mut Decoder<'_>) {
    let mut volumes = claims.each(|draft| {
        let machine = &draft.machine;
        let disks = machine.options.initial_disks.iter();
        let volumes = disks.filter(|(_, disk)| draft.named && disk.physical_disk.is_none());
        volumes
            .map(|(name, disk)| {
                let pool = machine.pool_of(&disk.value).value.to_string();
                ((host(draft), pool, format!("{}-{name}", machine.name.value)), disk.span)
            })
            .collect()
    });
    volumes.retain(|_, claimants| {
        // Machines of one name were reported above.
        let name = |at: usize| claims.drafts[at].machine.name.to_lowercase();
        let names: BTreeSet<_> = claimants.iter().map(|(at, _)| name(*at)).collect();
        names.len() == claimants.len()
    });
    let help = "rename one of the disks: a volume is called after its machine and its disk";
    claims.report(volumes, |(_, _, volume)| format!("have the volume `{volume}`"), help, decoder);
}

/// Who claims what, and where.
type Claimed<K> = HashMap<K, Vec<(usize, Span)>>;

struct Claims<'d> {
    drafts: &'d [Draft],
    clashing: BTreeSet<usize>,
}

impl Claims<'_> {
    /// Collects the claims of each machine; within one machine the first one counts.
    fn each<K: Hash + Eq>(&self, claims: impl Fn(&Draft) -> Vec<(K, Span)>) -> Claimed<K> {
        let mut claimed: Claimed<K> = HashMap::new();
        for (at, draft) in self.drafts.iter().enumerate() {
            for (key, span) in claims(draft) {
                let claimants = claimed.entry(key).or_default();
                if claimants.iter().all(|(other, _)| *other != at) {
                    claimants.push((at, span));
                }
            }
        }
        claimed
    }

    /// One diagnostic for each thing that several machines claim.
    fn report<K>(
        &mut self,
        claimed: Claimed<K>,
        what: impl Fn(&K) -> String,
        help: &str,
        decoder: &mut Decoder<'_>,
    ) {
        /// More places than this say nothing new.
        const ENOUGH: usize = 5;
        let mut found = Vec::new();
        for (key, mut claimants) in claimed {
            if claimants.len() < 2 {
                continue;
            }
            self.clashing.extend(claimants.iter().map(|(at, _)| *at));
            claimants.sort_by_key(|(at, span)| (*span, *at));
            let title = |at: usize| format!("`{}`", self.drafts[at].attribute);
            let (first_at, first) = claimants[0];
            // The last one is what to change. Where all share one place, as in defaults, that is it.
            let (last_at, primary) = claimants[claimants.len() - 1];
            let count = claimants.len();
            let message = if count == 2 {
                format!("machines {} and {} both {}", title(first_at), title(last_at), what(&key))
            } else {
                format!("{count} machines {}", what(&key))
            };
            let mut diagnostic = Diagnostic::new(Code::FleetConflict, primary, message);
            diagnostic = if first == primary {
                let names: Vec<_> = claimants.iter().take(ENOUGH).map(|(at, _)| title(*at)).collect();
                let shared =
                    format!("this is shared by the machines {}", crate::decode::enumerate(&names, "and"));
                let mut diagnostic = diagnostic.labelled(shared);
                for (at, _) in claimants.iter().take(ENOUGH) {
                    let span = self.drafts[*at].machine.span;
                    if span != primary && !diagnostic.labels.iter().any(|label| label.span == span) {
                        diagnostic = diagnostic.with_label(span, format!("machine {}", title(*at)));
                    }
                }
                diagnostic
            } else {
                let mut diagnostic = diagnostic.labelled(format!("used again here, by {}", title(last_at)));
                for (at, span) in claimants[..count - 1].iter().take(ENOUGH) {
                    let word = if *span == first { "first used" } else { "used" };
                    if *span != primary && !diagnostic.labels.iter().any(|label| label.span == *span) {
                        diagnostic = diagnostic.with_label(*span, format!("{word} here, by {}", title(*at)));
                    }
                }
                diagnostic
            };
            found.push(diagnostic.with_help(help.to_owned()));
        }
        found.sort_by(|a, b| a.primary.cmp(&b.primary).then_with(|| a.message.cmp(&b.message)));
        for diagnostic in found {
            decoder.push(diagnostic);
        }
    }
}
