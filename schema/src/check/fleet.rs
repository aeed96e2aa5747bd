//! What two machines cannot both have.

use std::collections::{BTreeSet, HashMap};
use std::hash::Hash;

use launchnix_diagnostics::{Code, Diagnostic, Span};

use super::Surroundings;
use crate::decode::{Decoder, Draft};

/// Reports what several machines claim; the result are the positions of the machines in conflict.
pub(crate) fn fleet(
    drafts: &[Draft],
    surroundings: &Surroundings<'_>,
    decoder: &mut Decoder<'_>,
) -> BTreeSet<usize> {
    let mut claims = Claims { drafts, clashing: BTreeSet::new() };
    let connection =
        |draft: &Draft| draft.machine.connection(surroundings.connection).map(ToString::to_string);

    // ssh and DNS do not tell upper case from lower.
    let names = claims.each(|draft| {
        draft
            .named
            .then(|| (draft.machine.name.to_lowercase(), draft.machine.name.span))
            .into_iter()
            .collect()
    });
    claims.report(names, |name| format!("are called `{name}`"), "give one of them another name", decoder);

    let macs = claims.each(|draft| {
        let interfaces = draft.machine.options.interfaces.iter().flat_map(|interfaces| interfaces.iter());
        interfaces.filter_map(|interface| interface.mac.as_ref()).map(|mac| (mac.value, mac.span)).collect()
    });
    let help = "change one, or remove `mac`: an interface without it gets an address of its own";
    claims.report(macs, |mac| format!("have the MAC address {mac}"), help, decoder);

    let addresses = claims.each(|draft| {
        let entries = draft.machine.options.static_ips.iter();
        entries.flat_map(|entry| &entry.ips).map(|address| (address.value, address.span)).collect()
    });
    claims.report(
        addresses,
        |ip| format!("have the address {ip}"),
        "give one of them another address",
        decoder,
    );

    let devices = claims.each(|draft| {
        let devices =
            draft.machine.options.pci_devices.iter().filter(|device| !device.flaws.is_unknown("id"));
        devices.map(|device| ((connection(draft), device.id.value), device.id.span)).collect()
    });
    let help = "a device can be in one machine at a time: give it to one of them";
    claims.report(devices, |(_, id)| format!("have the PCI device {id}"), help, decoder);

    let disks = claims.each(|draft| {
        let disks = draft.machine.options.initial_disks.values();
        let written = disks.filter(|disk| !disk.read_only.value || disk.flaws.is_unknown("readOnly"));
        written
            .filter_map(|disk| disk.physical_disk.as_ref())
            .map(|device| ((connection(draft), device.value.clone()), device.span))
            .collect()
    });
    let help = "two machines that write to one disk destroy it: give it to one of them, or make it `readOnly` in both";
    claims.report(disks, |(_, device)| format!("have the physical disk {device}"), help, decoder);

    let volumes = claims.each(|draft| {
        let machine = &draft.machine;
        let disks = machine.options.initial_disks.iter();
        let volumes = disks.filter(|(_, disk)| draft.named && disk.physical_disk.is_none());
        volumes
            .map(|(name, disk)| {
                let pool = machine.pool_of(&disk.value).value.to_string();
                ((connection(draft), pool, format!("{}-{name}", machine.name.value)), disk.span)
            })
            .collect()
    });
    let volumes = volumes
        .into_iter()
        .filter(|(_, claimants)| {
            // Machines of one name were reported above.
            let names: BTreeSet<_> =
                claimants.iter().map(|(at, _)| drafts[*at].machine.name.to_lowercase()).collect();
            names.len() == claimants.len()
        })
        .collect();
    let help = "rename one of the disks: a volume is called after its machine and its disk";
    claims.report(volumes, |(_, _, volume)| format!("have the volume `{volume}`"), help, decoder);
    claims.clashing
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
