//! What two machines cannot both have.

use std::borrow::Cow;
use std::collections::{BTreeSet, HashSet};
use std::fmt;
use std::hash::{Hash, Hasher};

use launchnix_diagnostics::{Code, Diagnostic};

use super::Surroundings;
use super::claims::{Claimed, Claims, HAVE_ADDRESS};
use crate::Spanned;
use crate::decode::{Decoder, Draft};
use crate::options::{GraphicsType, Interface, MachineOptions, Vsock};
use crate::values::{ConnectionUri, DevicePath, ListenAddress, Port};

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
    ports(&mut claims, host, decoder);
    logs(&mut claims, host, decoder);
    disks(&mut claims, host, decoder);
    volumes(&mut claims, host, decoder);
    claims.clashing
}

/// A libvirt. Most machines are on the usual one.
type Host = Cow<'static, str>;

/// The libvirt that runs a machine; what is not said is the usual one.
fn hypervisor(draft: &Draft, surroundings: &Surroundings<'_>) -> Host {
    let written = draft.machine.connection(surroundings.connection);
    match written.map(ConnectionUri::as_str) {
        None | Some("qemu:///system") => Host::Borrowed("qemu:///system"),
        Some(uri) => Host::Owned(ConnectionUri::hypervisor(uri).into_owned()),
    }
}

/// A host's name: ssh and DNS do not tell upper case from lower, and it has no letters but ASCII's.
#[derive(Clone, Copy)]
struct HostName<'d>(&'d str);

impl PartialEq for HostName<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.0.eq_ignore_ascii_case(other.0)
    }
}

impl Eq for HostName<'_> {}

impl Hash for HostName<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        hash_bytes(self.0.bytes().map(|byte| byte.to_ascii_lowercase()), state);
    }
}

/// Hashes bytes that are in no slice.
fn hash_bytes(bytes: impl Iterator<Item = u8>, state: &mut impl Hasher) {
    let (mut word, mut count) = (0_u64, 0_u64);
    for byte in bytes {
        word = word << 8 | u64::from(byte);
        count += 1;
        if count % 8 == 0 {
            state.write_u64(word);
            word = 0;
        }
    }
    state.write_u64(word);
    state.write_u64(count);
}

fn names(claims: &mut Claims<'_>, decoder: &mut Decoder<'_>) {
    // A name that is a default is reported as such.
    let inherited = &decoder.inherited;
    let names = claims.repeated(|draft| {
        let name = &draft.machine.name;
        (draft.named && !inherited.contains(&name.span)).then(|| (HostName(name.as_str()), name.span))
    });
    let what = |name: &HostName<'_>| ("are called", format!("`{}`", name.0.to_ascii_lowercase()));
    claims.report(names, what, "give one of them another name", decoder);
}

fn interfaces(draft: &Draft) -> impl Iterator<Item = &Interface> {
    draft.machine.options.interfaces.iter().flat_map(|all| all.iter()).map(|interface| &interface.value)
}

fn network(claims: &mut Claims<'_>, host: impl Fn(&Draft) -> Host, decoder: &mut Decoder<'_>) {
    let macs = claims.repeated(|draft| {
        let macs = interfaces(draft).filter_map(|interface| interface.mac.as_ref());
        macs.map(|mac| ((host(draft), mac.value), mac.span)).collect::<Vec<_>>()
    });
    let help = "change one, or remove `mac`: an interface without it gets an address of its own";
    claims.report(macs, |(_, mac)| ("have the MAC address", mac.to_string()), help, decoder);

    let addresses = claims.repeated(|draft| {
        let written = draft.machine.options.static_ips.iter().flat_map(|entry| &entry.ips);
        let addresses = interfaces(draft).filter_map(|interface| interface.ip.as_ref()).chain(written);
        addresses.map(|address| ((host(draft), address.value), address.span)).collect::<Vec<_>>()
    });
    let help = "give one of them another address";
    claims.report(addresses, |(_, ip)| (HAVE_ADDRESS, ip.to_string()), help, decoder);
}

fn devices(claims: &mut Claims<'_>, host: impl Fn(&Draft) -> Host, decoder: &mut Decoder<'_>) {
    let devices = claims.repeated(|draft| {
        let devices = draft.machine.options.pci_devices.iter();
        let devices = devices.filter(|device| !device.flaws.is_unknown("id"));
        devices.map(|device| ((host(draft), device.id.value), device.id.span)).collect::<Vec<_>>()
    });
    let help = "a device can be in one machine at a time: give it to one of them";
    claims.report(devices, |(_, id)| ("have the PCI device", id.to_string()), help, decoder);

    let devices = claims.repeated(|draft| {
        let devices = draft.machine.options.usb_devices.iter();
        let devices = devices.filter(|device| !device.flaws.is_unknown("id"));
        devices.map(|device| ((host(draft), device.id.value), device.id.span)).collect::<Vec<_>>()
    });
    claims.report(devices, |(_, id)| ("have the USB device", id.to_string()), help, decoder);

    let sockets = claims.repeated(|draft| match &draft.machine.options.vsock {
        Some(Spanned { value: Vsock::Cid(cid), span }) => Some(((host(draft), *cid), *span)),
        _ => None,
    });
    let help = "give one of them another ID, or write `vsock = true;` for one that libvirt finds free";
    claims.report(sockets, |(_, cid)| ("have the vsock context ID", cid.to_string()), help, decoder);
}

/// The port of the hypervisor that a machine's screen is at.
pub(super) fn screen(options: &MachineOptions) -> Option<(Spanned<Port>, ListenAddress)> {
    let screen =
        options.graphics.as_deref().filter(|graphics| graphics.r#type.value != GraphicsType::None)?;
    Some((screen.port?, screen.listen.value))
}

/// The port of the hypervisor that a machine's console is at.
pub(super) fn console(options: &MachineOptions) -> Option<(Spanned<Port>, ListenAddress)> {
    let console = options.serial.as_deref().filter(|serial| serial.enable.value)?;
    let listen = console.listen.map_or_else(ListenAddress::loopback, |listen| listen.value);
    Some((console.port?, listen))
}

/// Ports of the hypervisor that a machine's screen and console are at.
fn listening(draft: &Draft) -> Vec<(Spanned<Port>, ListenAddress)> {
    let options = &draft.machine.options;
    screen(options).into_iter().chain(console(options)).collect()
}

fn ports(claims: &mut Claims<'_>, host: impl Fn(&Draft) -> Host, decoder: &mut Decoder<'_>) {
    // A port that is taken at all addresses is taken at each of them.
    let mut everywhere = HashSet::new();
    for draft in claims.drafts {
        for (port, listen) in listening(draft) {
            if listen.0.is_unspecified() {
                everywhere.insert((host(draft), port.value));
            }
        }
    }
    let ports = claims.repeated(|draft| {
        let taken = listening(draft).into_iter().map(|(port, listen)| {
            let key = (host(draft), port.value);
            let listen = (!everywhere.contains(&key)).then_some(listen);
            ((key, listen), port.span)
        });
        taken.collect::<Vec<_>>()
    });
    let help = "choose another port, or leave `port` out: libvirt finds one that is free";
    claims.report(ports, |((_, port), _)| ("have the port", port.0.to_string()), help, decoder);
}

/// Files that consoles are written to.
fn logs(claims: &mut Claims<'_>, host: impl Fn(&Draft) -> Host, decoder: &mut Decoder<'_>) {
    let logs = claims.repeated(|draft| {
        let console = draft.machine.options.serial.as_deref().filter(|serial| serial.enable.value)?;
        let file = console.log_file.as_ref()?;
        Some(((host(draft), file.value.as_str()), file.span))
    });
    let help = "give each machine a file of its own";
    claims.report(logs, |(_, file)| ("write their consoles to", (*file).to_owned()), help, decoder);
}

/// A physical disk that machines share must be read-only in all of them.
fn disks(claims: &mut Claims<'_>, host: impl Fn(&Draft) -> Host, decoder: &mut Decoder<'_>) {
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
        disks.map(|device| ((host(draft), device.value.clone()), device.span)).collect::<Vec<_>>()
    });
    parts(claims, &disks, &written, decoder);
    disks.retain(|disk, _| written.contains(disk));
    let help = "two machines that write to one disk destroy it: give it to one of them, or make it `readOnly` in both";
    claims.report(disks, |(_, device)| ("have the physical disk", device.to_string()), help, decoder);
}

/// A partition that one machine has, of a disk that another one has.
fn parts(
    claims: &mut Claims<'_>,
    disks: &Claimed<(Host, DevicePath)>,
    written: &HashSet<(Host, DevicePath)>,
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

/// A volume's name: `<machine>-<disk>`.
#[derive(Clone, Copy)]
struct VolumeName<'d> {
    machine: &'d str,
    disk: &'d str,
}

impl<'d> VolumeName<'d> {
    fn bytes(self) -> impl Iterator<Item = u8> + 'd {
        self.machine.bytes().chain([b'-']).chain(self.disk.bytes())
    }
}

impl PartialEq for VolumeName<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.bytes().eq(other.bytes())
    }
}

impl Eq for VolumeName<'_> {}

impl Hash for VolumeName<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        hash_bytes(self.bytes(), state);
    }
}

impl fmt::Display for VolumeName<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}", self.machine, self.disk)
    }
}

fn volumes(claims: &mut Claims<'_>, host: impl Fn(&Draft) -> Host, decoder: &mut Decoder<'_>) {
    let host = &host;
    let mut volumes = claims.repeated(|draft| {
        let machine = &draft.machine;
        let disks = machine.options.initial_disks.iter();
        let volumes = disks.filter(|(_, disk)| draft.named && disk.physical_disk.is_none());
        volumes.map(move |(disk_name, disk)| {
            let pool = machine.pool_of(&disk.value).value;
            let name = VolumeName { machine: machine.name.as_str(), disk: disk_name.as_str() };
            ((host(draft), pool, name), disk.span)
        })
    });
    volumes.retain(|_, claimants| {
        // Machines of one name were reported above.
        let name = |at: usize| HostName(claims.drafts[at].machine.name.as_str());
        let names: HashSet<_> = claimants.iter().map(|(at, _)| name(*at)).collect();
        names.len() == claimants.len()
    });
    let help = "rename one of the disks: a volume is called after its machine and its disk";
    claims.report(volumes, |(_, _, volume)| ("have the volume", format!("`{volume}`")), help, decoder);
}
