//! Disks and installation media: `<disk>`, and the volumes behind them.

use std::collections::BTreeMap;

use launchnix_diagnostics::{SourceMap, Span};
use launchnix_schema::manifest::{Content, DiskOf};
use launchnix_schema::options::{CloudInit, Disk, DiskBus, DiskCache, DiskFormat};
use launchnix_schema::values::{FileSource, Mebibytes};
use launchnix_schema::{DEFAULT_DISK_SIZE, Machine, Spanned};

use crate::cloud_init;
use crate::paths::{Base, volume_name};
use crate::volume::{Format, Formats, VolumeDraft};
use crate::xml::Element;

/// The reserved name of the disk that a machine boots from.
pub(crate) const BOOT: &str = "boot";

/// The installation medium's name among the disks.
pub(crate) const MEDIUM: &str = "installationMedia";

/// The name among the disks of the CD that cloud-init reads.
pub(crate) const SEED: &str = "cloudInit";

/// A disk of a machine as its domain has it.
#[derive(Clone, Debug)]
pub(crate) struct DiskDraft<'d> {
    /// Its name in `initialDisks`; [`MEDIUM`] for the installation medium, [`SEED`] for what
    /// cloud-init reads.
    pub(crate) name: String,
    /// The option that it comes from, and its place.
    pub(crate) option: String,
    pub(crate) span: Span,
    pub(crate) source: Source,
    pub(crate) bus: DiskBus,
    /// `vda`, `sda`.
    pub(crate) target: String,
    /// Whether it is a CD.
    pub(crate) cdrom: bool,
    /// What the user says of it; `None` for a boot disk that is not mentioned and for a CD.
    pub(crate) options: Option<&'d Disk>,
}

/// Where the bytes of a disk are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Source {
    Volume { pool: String, name: String, format: Format },
    Device(String),
}

/// What turning options into disks needs to know.
pub(crate) struct Scope<'s> {
    pub(crate) machine: &'s Machine,
    pub(crate) base: &'s Base,
    pub(crate) sources: &'s SourceMap,
    pub(crate) formats: &'s Formats,
    /// What cloud-init configures the machine from.
    pub(crate) seed: Option<BTreeMap<&'static str, String>>,
}

/// The disks of a machine in the order of the domain, and their volumes; one that backs another comes before it.
pub(crate) fn disks<'d>(scope: &Scope<'d>) -> (Vec<DiskDraft<'d>>, Vec<VolumeDraft>) {
    let options = &scope.machine.options;
    let mut drafts = Vec::new();
    let mut volumes = Vec::new();
    let mut targets = Targets::default();
    let declared_boot = options.initial_disks.get(BOOT);
    if let Some(disk) = declared_boot {
        drafts.push(declared(scope, BOOT, disk, &mut targets, &mut volumes));
    } else if scope.machine.has_boot_disk() {
        drafts.push(undeclared_boot(scope, &mut targets, &mut volumes));
    }
    for (name, disk) in &options.initial_disks {
        if name.as_str() != BOOT {
            drafts.push(declared(scope, name.as_str(), disk, &mut targets, &mut volumes));
        }
    }
    if let Some(media) = &options.installation_media {
        drafts.push(medium(scope, media, &mut targets, &mut volumes));
    }
    if let (Some(wanted), Some(files)) = (&options.cloud_init, &scope.seed) {
        drafts.push(seed(scope, wanted, files, &mut targets, &mut volumes));
    }
    (drafts, volumes)
}

/// Hands out the names that guests and libvirt know disks by.
#[derive(Default)]
struct Targets {
    virtio: usize,
    /// SATA, SCSI and USB disks share a series.
    scsi: usize,
}

impl Targets {
    fn next(&mut self, bus: DiskBus) -> String {
        let (prefix, counter) = match bus {
            DiskBus::Virtio => ("vd", &mut self.virtio),
            DiskBus::Sata | DiskBus::Scsi | DiskBus::Usb => ("sd", &mut self.scsi),
        };
        let index = *counter;
        *counter += 1;
        format!("{prefix}{}", letters(index))
    }
}

/// `a` to `z`, `aa` and so on, as Linux names disks.
fn letters(mut index: usize) -> String {
    let mut letters = Vec::new();
    loop {
        letters.push(b'a' + u8::try_from(index % 26).unwrap_or(0));
        index /= 26;
        if index == 0 {
            break;
        }
        index -= 1;
    }
    letters.iter().rev().map(|&letter| char::from(letter)).collect()
}

fn declared<'d>(
    scope: &Scope<'d>,
    name: &str,
    disk: &'d Spanned<Box<Disk>>,
    targets: &mut Targets,
    volumes: &mut Vec<VolumeDraft>,
) -> DiskDraft<'d> {
    let option = format!("initialDisks.{}", crate::causes::quoted(name));
    let bus = disk.bus.value;
    let target = targets.next(bus);
    let source = match &disk.physical_disk {
        Some(device) => Source::Device(device.as_str().to_owned()),
        None => {
            let volume = disk_volume(scope, name, disk, volumes);
            let source = Source::Volume {
                pool: volume.pool.clone(),
                name: volume.name.clone(),
                format: volume.format,
            };
            volumes.push(volume);
            source
        }
    };
    DiskDraft {
        name: name.to_owned(),
        option,
        span: disk.span,
        source,
        bus,
        target,
        cdrom: false,
        options: Some(&disk.value),
    }
}

/// The volume behind a declared disk; a volume that it lies over is pushed.
fn disk_volume(
    scope: &Scope<'_>,
    name: &str,
    disk: &Spanned<Box<Disk>>,
    volumes: &mut Vec<VolumeDraft>,
) -> VolumeDraft {
    let machine = scope.machine;
    let pool = machine.pool_of(disk).value.to_string();
    let prefix = format!("initialDisks.{}", crate::causes::quoted(name));
    let mut causes = vec![(prefix.clone(), disk.span)];
    let mut size = disk.size.as_ref().map(|size| (size.value, format!("{prefix}.size"), size.span));
    if size.is_none() && name == BOOT {
        size = machine.options.disk_size.as_ref().map(|size| (size.value, "diskSize".to_owned(), size.span));
    }
    let written = disk.format.as_ref().map(|format| match format.value {
        DiskFormat::Qcow2 => Format::Qcow2,
        DiskFormat::Raw => Format::Raw,
    });
    let mut backing_format = None;
    let (format, content) = if let Some(image) = &disk.from_image {
        causes.push((format!("{prefix}.fromImage"), image.span));
        let named = file_name(scope, image);
        if written == Some(Format::Raw) {
            // A raw volume cannot lie over another one: it is a copy.
            (Format::Raw, copy(&image.value, named))
        } else {
            let base = VolumeDraft {
                pool: pool.clone(),
                name: volume_name("image", &image.value, &named),
                format: Format::of(&image.value, scope.formats),
                capacity: None,
                content: copy(&image.value, named),
                backing_format: None,
                disk: None,
                causes: vec![(format!("{prefix}.fromImage"), image.span)],
            };
            backing_format = Some(base.format);
            let backing = base.name.clone();
            volumes.push(base);
            (Format::Qcow2, Content::Overlay { backing })
        }
    } else if let Some(backup) = &disk.from_backup {
        causes.push((format!("{prefix}.fromBackup"), backup.span));
        let named = file_name(scope, backup);
        (written.unwrap_or_else(|| Format::of(&backup.value, scope.formats)), copy(&backup.value, named))
    } else if name == BOOT && builds_image(machine) {
        (written.unwrap_or(Format::Qcow2), nixos_image(machine))
    } else {
        (written.unwrap_or(Format::Qcow2), Content::Blank)
    };
    let needs_size = matches!(content, Content::Blank | Content::NixosImage { .. });
    let capacity = match size {
        Some((size, option, span)) => {
            causes.insert(0, (option, span));
            Some(size.bytes())
        }
        None if needs_size => Some(DEFAULT_DISK_SIZE.bytes()),
        None => None,
    };
    VolumeDraft {
        pool,
        name: format!("{}-{name}.{}", machine.name.value, format.as_str()),
        format,
        capacity,
        content,
        backing_format,
        disk: Some(DiskOf { machine: machine.name.to_string(), disk: name.to_owned() }),
        causes,
    }
}

/// The boot disk of a machine that has none in `initialDisks`.
fn undeclared_boot<'d>(
    scope: &Scope<'d>,
    targets: &mut Targets,
    volumes: &mut Vec<VolumeDraft>,
) -> DiskDraft<'d> {
    let machine = scope.machine;
    let size = machine.options.disk_size.as_ref();
    let (option, span) = match size {
        Some(size) => ("diskSize", size.span),
        None => ("nixos", machine.nixos.span),
    };
    let volume = VolumeDraft {
        pool: machine.options.storage_pool_name.value.to_string(),
        name: format!("{}-{BOOT}.qcow2", machine.name.value),
        format: Format::Qcow2,
        capacity: Some(size.map_or(DEFAULT_DISK_SIZE, |size: &Spanned<Mebibytes>| size.value).bytes()),
        content: if builds_image(machine) { nixos_image(machine) } else { Content::Blank },
        backing_format: None,
        disk: Some(DiskOf { machine: machine.name.to_string(), disk: BOOT.to_owned() }),
        causes: vec![(option.to_owned(), span)],
    };
    let source =
        Source::Volume { pool: volume.pool.clone(), name: volume.name.clone(), format: volume.format };
    volumes.push(volume);
    DiskDraft {
        name: BOOT.to_owned(),
        option: option.to_owned(),
        span,
        source,
        bus: DiskBus::Virtio,
        target: targets.next(DiskBus::Virtio),
        cdrom: false,
        options: None,
    }
}

/// The installation medium is a volume as well, so that it reaches a hypervisor elsewhere and is kept once per pool.
fn medium<'d>(
    scope: &Scope<'d>,
    media: &'d Spanned<Box<FileSource>>,
    targets: &mut Targets,
    volumes: &mut Vec<VolumeDraft>,
) -> DiskDraft<'d> {
    let named = file_name(scope, media);
    let volume = VolumeDraft {
        pool: scope.machine.options.storage_pool_name.value.to_string(),
        name: volume_name("media", &media.value, &named),
        format: Format::Raw,
        capacity: None,
        content: copy(&media.value, named),
        backing_format: None,
        disk: None,
        causes: vec![(MEDIUM.to_owned(), media.span)],
    };
    let source =
        Source::Volume { pool: volume.pool.clone(), name: volume.name.clone(), format: volume.format };
    volumes.push(volume);
    DiskDraft {
        name: MEDIUM.to_owned(),
        option: MEDIUM.to_owned(),
        span: media.span,
        source,
        bus: DiskBus::Sata,
        target: targets.next(DiskBus::Sata),
        cdrom: true,
        options: None,
    }
}

/// The CD that cloud-init reads. Its volume is called after its content: another content is another CD.
fn seed<'d>(
    scope: &Scope<'d>,
    cloud_init: &'d Spanned<Box<CloudInit>>,
    files: &BTreeMap<&'static str, String>,
    targets: &mut Targets,
    volumes: &mut Vec<VolumeDraft>,
) -> DiskDraft<'d> {
    let machine = &scope.machine.name.value;
    let content: Vec<_> =
        files.iter().map(|(name, text)| format!("{name}\n{}\n{text}", text.len())).collect();
    let volume = VolumeDraft {
        pool: scope.machine.options.storage_pool_name.value.to_string(),
        name: format!("{}-cloud-init-{}.iso", machine.as_str(), &crate::paths::hash(content.concat())[..8]),
        format: Format::Raw,
        capacity: None,
        content: Content::Seed {
            files: files.keys().map(|name| ((*name).to_owned(), cloud_init::file(machine, name))).collect(),
        },
        backing_format: None,
        disk: None,
        causes: vec![(SEED.to_owned(), cloud_init.span)],
    };
    let source =
        Source::Volume { pool: volume.pool.clone(), name: volume.name.clone(), format: volume.format };
    volumes.push(volume);
    DiskDraft {
        name: SEED.to_owned(),
        option: SEED.to_owned(),
        span: cloud_init.span,
        source,
        bus: DiskBus::Sata,
        target: targets.next(DiskBus::Sata),
        cdrom: true,
        options: None,
    }
}

/// Whether the boot disk of a machine without other content is a NixOS image: not where the user installs by hand.
pub(crate) fn builds_image(machine: &Machine) -> bool {
    machine.nixos.value && machine.options.installation_media.is_none()
}

fn nixos_image(machine: &Machine) -> Content {
    Content::NixosImage { recipe: crate::image::file(&machine.name.value) }
}

fn file_name(scope: &Scope<'_>, source: &Spanned<Box<FileSource>>) -> String {
    match &*source.value {
        FileSource::File(file) => scope.base.portable(file, source.span, scope.sources),
        FileSource::Fetch(fetch) => fetch.name.clone(),
    }
}

pub(crate) fn copy(source: &FileSource, named: String) -> Content {
    match source {
        FileSource::File(_) => Content::File { path: named, sha256: None },
        FileSource::Fetch(fetch) => Content::Fetch { url: fetch.url.clone(), sha256: fetch.sha256.clone() },
    }
}

/// The `<disk>`.
pub(crate) fn element(disk: &DiskDraft<'_>) -> Element {
    let medium = disk.cdrom;
    let (kind, format) = match &disk.source {
        Source::Volume { format, .. } => ("volume", *format),
        Source::Device(_) => ("block", Format::Raw),
    };
    let mut driver = Element::new("driver").with("name", "qemu").with("type", format.as_str());
    let cache = disk.options.and_then(|options| options.cache.as_ref()).map(|cache| match cache.value {
        DiskCache::None => "none",
        DiskCache::Writeback => "writeback",
        DiskCache::Writethrough => "writethrough",
        DiskCache::Directsync => "directsync",
        DiskCache::Unsafe => "unsafe",
    });
    let io = disk.options.and_then(|options| options.io.as_ref()).map(|io| io.value.as_str());
    let discard =
        disk.options.and_then(|options| options.discard.as_ref()).map(|discard| discard.value.as_str());
    let device = matches!(disk.source, Source::Device(_));
    // The host's page cache over a device that only the guest writes costs memory and gains nothing.
    let (usual_cache, usual_io) = if device { (Some("none"), Some("native")) } else { (None, None) };
    if let Some(cache) = cache.or(usual_cache) {
        driver.set("cache", cache);
    }
    // The kernel's own asynchronous I/O goes past the page cache.
    let direct = matches!(cache, None | Some("none" | "directsync"));
    if let Some(io) = io.or(usual_io.filter(|_| direct)) {
        driver.set("io", io);
    }
    // What the guest frees is freed in the pool.
    let usual_discard = (!disk.cdrom && !device).then_some("unmap");
    if let Some(discard) = discard.or(usual_discard) {
        driver.set("discard", discard);
    }
    let source = match &disk.source {
        Source::Volume { pool, name, .. } => Element::new("source").with("pool", pool).with("volume", name),
        Source::Device(device) => Element::new("source").with("dev", device),
    };
    let bus = match disk.bus {
        DiskBus::Virtio => "virtio",
        DiskBus::Sata => "sata",
        DiskBus::Scsi => "scsi",
        DiskBus::Usb => "usb",
    };
    let mut element = Element::new("disk")
        .with("type", kind)
        .with("device", if medium { "cdrom" } else { "disk" })
        .labelled(&disk.name)
        .with_child(driver)
        .with_child(source)
        .with_child(Element::new("target").with("dev", &disk.target).with("bus", bus));
    if medium || disk.options.is_some_and(|options| options.read_only.value) {
        element.push(Element::new("readonly"));
    }
    if let Some(serial) = disk.options.and_then(|options| options.serial.as_ref()) {
        element.push(Element::new("serial").with_text(serial.value.to_string()));
    }
    element
}

#[cfg(test)]
mod tests {
    use super::letters;

    #[test]
    fn disks_are_lettered_as_linux_does() {
        let names: Vec<_> = [0, 25, 26, 51, 52, 701, 702].into_iter().map(letters).collect();
        assert_eq!(names, ["a", "z", "aa", "az", "ba", "zz", "aaa"]);
    }
}
