//! The disks of one machine.

use std::collections::BTreeMap;

use launchnix_diagnostics::{Code, Diagnostic};

use super::machine::{exclusive, file_of};
use super::{Surroundings, conflict, conflict_of_all, dangling, no_effect, repeated, repetitions, times};
use crate::Spanned;
use crate::decode::{Decoder, Draft};
use crate::options::{Disk, DiskCache, DiskIo, MachineOptions};
use crate::values::{FileSource, PoolName};

pub(super) fn check(draft: &Draft, surroundings: &Surroundings<'_>, decoder: &mut Decoder<'_>) {
    let options = &draft.machine.options;
    if !options.flaws.is_unknown("storagePoolName") {
        pool(&options.storage_pool_name, surroundings, decoder);
    }
    for (name, disk) in &options.initial_disks {
        one(name, disk, options, draft, surroundings, decoder);
    }
    boot(options, decoder);
    let physical = options.initial_disks.values().filter_map(|disk| disk.physical_disk.as_ref());
    for (device, places) in repetitions(physical.map(|device| (device.as_str(), device.span))) {
        let message = format!("the physical disk {device} is given {}", times(places.len()));
        repeated(
            message,
            &places,
            "given",
            "a guest that writes to one disk in two ways destroys it",
            decoder,
        );
    }
    partitions(options, decoder);
    let serials = options.initial_disks.values().filter_map(|disk| disk.serial.as_ref());
    for (serial, places) in repetitions(serials.map(|serial| (serial.as_str(), serial.span))) {
        let message = format!("the serial number `{serial}` is given {}", times(places.len()));
        let help = "give each disk its own: the guest could not tell the disks apart";
        repeated(message, &places, "given", help, decoder);
    }
}

/// A disk that a machine has as a whole and in part.
fn partitions(options: &MachineOptions, decoder: &mut Decoder<'_>) {
    let disks = options.initial_disks.values();
    let writes = |disk: &Disk| !disk.read_only.value && !disk.flaws.is_unknown("readOnly");
    let mut given = BTreeMap::new();
    for disk in disks {
        if let Some(device) = &disk.physical_disk {
            given.insert(&device.value, (device.span, writes(disk)));
        }
    }
    if given.len() < 2 {
        return;
    }
    for (device, (part, writes_part)) in &given {
        let Some(whole) = device.whole_disk() else { continue };
        let Some((disk, _)) = given.get(&whole).filter(|(_, writes)| *writes || *writes_part) else {
            continue;
        };
        decoder.push(
            Diagnostic::new(Code::Conflict, *part, format!("{device} is a part of a disk that the machine has"))
                .labelled(format!("a partition of {whole}"))
                .with_label(*disk, "the whole disk is given here")
                .with_help("give the machine the disk or its partitions: a guest that writes to one disk in two ways destroys it"),
        );
    }
}

fn one(
    name: &str,
    disk: &Spanned<Box<Disk>>,
    options: &MachineOptions,
    draft: &Draft,
    surroundings: &Surroundings<'_>,
    decoder: &mut Decoder<'_>,
) {
    let option = |field: &str| format!("initialDisks.{name}.{field}");
    if let Some(name) = &disk.pool {
        pool(name, surroundings, decoder);
    }
    for (field, source) in [("fromImage", &disk.from_image), ("fromBackup", &disk.from_backup)] {
        if let Some(source) = source
            && let FileSource::File(file) = &*source.value
        {
            file_of(&option(field), file, source.span, decoder);
        }
    }
    if disk.from_image.is_some() || disk.physical_disk.is_some() {
        sources(disk, option, decoder);
    }

    if let Some(io) = &disk.io
        && io.value == DiskIo::Native
        && disk.extra_xml.is_none()
        && !disk.flaws.is_unknown("cache")
    {
        native_io(disk, io, option, decoder);
    }

    let has_source = disk.size.is_some()
        || disk.from_image.is_some()
        || disk.from_backup.is_some()
        || disk.physical_disk.is_some()
        || (name == "boot" && (options.disk_size.is_some() || draft.machine.nixos.value));
    let unknown =
        ["size", "fromImage", "fromBackup", "physicalDisk"].iter().any(|field| disk.flaws.is_unknown(field))
            || (name == "boot" && options.flaws.is_unknown("diskSize"));
    if !has_source && !unknown {
        let owner = draft.title();
        let diagnostic = Diagnostic::new(
            Code::MissingOption,
            disk.span,
            format!("disk `{name}` of {owner} has neither a size nor a source"),
        )
        .labelled("`size`, `fromImage`, `fromBackup` or `physicalDisk` must be set here")
        .with_help("add, for example, `size = 20480;` (`size` is in MiB)");
        let sources = ["size", "fromImage", "fromBackup", "physicalDisk"];
        let diagnostic = decoder.with_null(diagnostic, disk.span, &sources);
        decoder.push_about(format!("disk {name}"), diagnostic);
    }
}

/// The kernel's own asynchronous I/O goes past the page cache, and libvirt refuses it where the cache is used. The
/// cache that a volume has by default is used; a physical disk's is not.
fn native_io(disk: &Disk, io: &Spanned<DiskIo>, option: impl Fn(&str) -> String, decoder: &mut Decoder<'_>) {
    let why = "`io = \"native\"` needs `cache = \"none\"` or `\"directsync\"`";
    match &disk.cache {
        Some(cache) if matches!(cache.value, DiskCache::None | DiskCache::Directsync) => {}
        Some(cache) => conflict((&option("cache"), cache.span), (&option("io"), io.span), why, decoder),
        None if disk.physical_disk.is_some() || disk.flaws.is_unknown("physicalDisk") => {}
        None => {
            let message = format!("`{}` cannot be \"native\" without `cache`", option("io"));
            decoder.push(
                Diagnostic::new(Code::Conflict, io.span, message)
                    .labelled("this goes past the page cache, which a volume uses by default")
                    .with_help("set `cache = \"none\";` beside it, or leave `io` out"),
            );
        }
    }
}

/// What a disk starts as: one thing.
fn sources(disk: &Disk, option: impl Fn(&str) -> String, decoder: &mut Decoder<'_>) {
    let physical = disk.physical_disk.as_ref().map(|device| device.span);
    let own = "a physical disk is used as it is: its size and content are its own";
    let sources = [
        ("fromImage", disk.from_image.as_ref().map(|image| image.span)),
        ("fromBackup", disk.from_backup.as_ref().map(|backup| backup.span)),
        ("physicalDisk", physical),
    ];
    let set: Vec<_> = sources.iter().filter_map(|(field, span)| Some((option(field), (*span)?))).collect();
    if set.len() > 1 {
        let why = match physical {
            Some(_) => own,
            None => "a disk starts as an overlay of an image or as a copy of a backup, not both",
        };
        conflict_of_all(set, why, decoder);
    } else if let (Some(device), Some(size)) = (physical, &disk.size) {
        conflict((&option("physicalDisk"), device), (&option("size"), size.span), own, decoder);
    }
    if physical.is_some()
        && let Some(pool) = &disk.pool
    {
        no_effect(&option("pool"), pool.span, "a physical disk is in no pool", "remove `pool`", decoder);
    }
}

/// The boot disk, which two options describe.
fn boot(options: &MachineOptions, decoder: &mut Decoder<'_>) {
    let Some(boot) = options.initial_disks.get("boot") else { return };
    exclusive(
        ("diskSize", options.disk_size.as_ref()),
        ("initialDisks.boot.size", boot.size.as_ref()),
        "both are the size of the boot disk",
        decoder,
    );
    exclusive(
        ("diskSize", options.disk_size.as_ref()),
        ("initialDisks.boot.physicalDisk", boot.physical_disk.as_ref()),
        "a physical disk has the size that it has",
        decoder,
    );
    exclusive(
        ("installationMedia", options.installation_media.as_ref()),
        ("initialDisks.boot.fromBackup", boot.from_backup.as_ref()),
        "a boot disk is restored from a backup or installed anew, not both",
        decoder,
    );
}

fn pool(name: &Spanned<PoolName>, surroundings: &Surroundings<'_>, decoder: &mut Decoder<'_>) {
    let Some(pools) = surroundings.pools else { return };
    if pools.contains_key(name.as_str()) || name.as_str() == PoolName::USUAL {
        return;
    }
    if decoder.undecoded.contains(&format!("pools.{}", name.value)) {
        return;
    }
    let mut known: Vec<_> = pools.keys().map(ToString::to_string).collect();
    known.push(PoolName::USUAL.to_owned());
    known.dedup();
    let declare =
        format!("declare the pool: `pools.{:?}.path = \"/var/lib/{}\";`", name.as_str(), name.as_str());
    dangling("storage pool", name, name.span, &known, &declare, decoder);
}
