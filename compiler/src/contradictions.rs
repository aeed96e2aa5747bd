//! What libvirt refuses in a domain as a whole: parts of a user's XML that contradict each other, or the options of the
//! machine.
//!
//! Only what comes from XML is looked at. What options say has been checked with the deployment.

use std::cell::OnceCell;
use std::collections::{BTreeMap, HashMap};

use launchnix_diagnostics::{Code, Diagnostic, Span};
use launchnix_schema::Text;

use crate::disk::BOOT;
use crate::domain::DomainDraft;
use crate::machine::MachineDraft;
use crate::xml::{self, Attribute, Element, Strangers, exact_place, is_serial_console};

/// What contradicts in the domain of a machine that has XML of its own.
pub(crate) fn contradictions(draft: &MachineDraft<'_>, domain: &DomainDraft) -> Vec<Diagnostic> {
    let extra = draft.machine.options.extra_config.as_ref();
    let extra = extra.map(|extra| Written { text: &extra.value, span: extra.span });
    let is_nixos = draft.machine.nixos.value;
    let look = Look { extra, of_devices: of_devices(draft), is_nixos, domain, strangers: OnceCell::new() };
    let mut found = look.of_machine();
    for (path, device) in look.devices() {
        match device.name.as_str() {
            "disk" => {
                found.extend(look.source(&path, device));
                found.extend(look.cache(&path, device));
                found.extend(look.bus(&path, device));
            }
            "interface" => found.extend(look.interface(&path, device)),
            _ => {}
        }
        found.extend(look.needs(&path, device));
    }
    found.extend(look.models());
    found.extend(look.addresses());
    found
}

/// What contradicts in what is known of a machine whose options have another mistake: its domain has only the parts that
/// could be read, and what XML says of the others is not looked at.
pub(crate) fn of_part(domain: &DomainDraft, extra: Written<'_>) -> Vec<Diagnostic> {
    let of_devices = HashMap::new();
    let look = Look { extra: Some(extra), of_devices, is_nixos: false, domain, strangers: OnceCell::new() };
    let mut found = look.of_machine();
    for (path, device) in look.devices() {
        found.extend(look.needs(&path, device));
    }
    found
}

/// The XML that disks have, by their paths.
fn of_devices<'d>(draft: &MachineDraft<'d>) -> HashMap<String, Written<'d>> {
    let disks = draft.disks.iter().filter_map(|disk| {
        let xml = disk.options?.extra_xml.as_ref()?;
        Some((format!("devices/disk[{}]", disk.name), Written { text: &xml.value, span: xml.span }))
    });
    disks.collect()
}

/// The XML of an option, and where it stands.
#[derive(Clone, Copy)]
pub(crate) struct Written<'w> {
    pub(crate) text: &'w Text,
    pub(crate) span: Span,
}

struct Look<'l> {
    /// The `extraConfig`.
    extra: Option<Written<'l>>,
    /// The `extraXML` of devices.
    of_devices: HashMap<String, Written<'l>>,
    is_nixos: bool,
    domain: &'l DomainDraft,
    strangers: OnceCell<Strangers<'l>>,
}

/// A refusal of libvirt's.
fn refused(at: Span, message: impl Into<String>) -> Diagnostic {
    Diagnostic::new(Code::XmlMerge, at, message.into())
}

impl Look<'_> {
    /// What is not about a device.
    fn of_machine(&self) -> Vec<Diagnostic> {
        let found = [self.topology(), self.cells(), self.nodes(), self.pinned_threads()];
        found.into_iter().flatten().collect()
    }

    /// What a device needs that stands elsewhere.
    fn needs(&self, path: &str, device: &Element) -> Option<Diagnostic> {
        match device.name.as_str() {
            "disk" => self.thread(path, device),
            "filesystem" => self.folder(path, device),
            "channel" | "redirdev" | "smartcard" => self.spice(path, device),
            _ => None,
        }
    }

    /// The devices with their paths.
    fn devices(&self) -> impl Iterator<Item = (String, &Element)> {
        let devices = self.domain.root.child("devices");
        devices.into_iter().flat_map(Element::elements).map(|device| {
            let label = device.label.as_deref();
            let label = label.map(|label| format!("[{label}]")).unwrap_or_default();
            (format!("devices/{}{label}", device.name), device)
        })
    }

    /// Where XML of the user's says what stands at a path.
    fn in_xml(&self, path: &str) -> Option<Span> {
        let (option, span) = self.domain.decided(path)?;
        is_xml(option).then_some(span)
    }

    /// Where XML of the user's has a part of a device, else the device.
    fn part(&self, device: &str, part: &Element) -> Option<Span> {
        if let Some(span) = self.in_xml(&format!("{device}/{}", part.name)) {
            return Some(span);
        }
        let whole = self.in_xml(device)?;
        let extra = self.extra?;
        // The device is the user's as a whole.
        let is_written = self.domain.decided(device);
        if part.at.is_empty() || is_written.is_none_or(|(option, _)| !option.ends_with("extraConfig")) {
            return Some(whole);
        }
        Some(extra.text.locate(part.at.start, part.at.end, extra.span))
    }

    /// Where XML of the user's has the value of an attribute in a part of a device, else that part.
    fn value(&self, device: &str, part: &Element, name: &str) -> Option<Span> {
        let place = self.part(device, part)?;
        let texts = self.of_devices.get(device).copied().into_iter().chain(self.extra);
        Some(value_in(part, name, texts).unwrap_or(place))
    }

    /// Whether one of these may be there under a name that is wrong, or in another place.
    fn is_misnamed(&self, wanted: &[&str]) -> bool {
        self.strangers.get_or_init(|| Strangers::of(&self.domain.root, "")).may_be(wanted)
    }

    fn count(&self) -> Option<u32> {
        self.domain.root.child("vcpu")?.text().trim().parse().ok()
    }

    /// Says where the number of CPUs comes from.
    fn with_count(&self, diagnostic: Diagnostic) -> Diagnostic {
        match self.domain.decided("vcpu") {
            Some((_, span)) => diagnostic.with_label(span, "the number of CPUs is set here"),
            None => diagnostic,
        }
    }

    fn topology(&self) -> Option<Diagnostic> {
        let topology = self.domain.root.child("cpu")?.child("topology")?;
        let span = self.in_xml("cpu/topology")?;
        let lacking: Vec<_> = ["sockets", "cores", "threads"]
            .into_iter()
            .filter(|name| topology.attribute(name).is_none())
            .collect();
        if self.is_misnamed(&lacking) {
            return None;
        }
        if let Some(lacking) = lacking.first() {
            let help = "write all of them: `<topology sockets='1' cores='2' threads='2'/>`";
            return Some(
                refused(span, format!("in the XML of `extraConfig`: `<topology>` has no `{lacking}`"))
                    .labelled("libvirt refuses it like this")
                    .with_help(help),
            );
        }
        let count = self.count()?;
        let part =
            |name: &str| topology.attribute(name).map_or(Some(1), |value| value.trim().parse::<u32>().ok());
        let parts = [part("sockets")?, part("dies")?, part("clusters")?, part("cores")?, part("threads")?];
        let product = parts.iter().try_fold(1u32, |product, part| product.checked_mul(*part))?;
        if product == count || product == 0 || self.is_misnamed(&["vcpu"]) {
            return None;
        }
        let shown: Vec<_> =
            ["sockets", "dies", "clusters", "cores", "threads"].into_iter().zip(parts).collect();
        let shown: Vec<_> = shown
            .iter()
            .filter(|(name, _)| topology.attribute(name).is_some())
            .map(|(name, part)| format!("{part} {}", if *part == 1 { one(name) } else { name }))
            .collect();
        let diagnostic = refused(
            span,
            format!(
                "in the XML of `extraConfig`: a topology of {product} CPUs does not fit a machine of {count}"
            ),
        )
        .labelled(shown.join(" × "))
        .with_help(format!("set `cpus = {product};`, or let them be {count} when multiplied"));
        Some(self.with_count(diagnostic))
    }

    /// CPUs of NUMA cells that the machine does not have.
    fn cells(&self) -> Option<Diagnostic> {
        let numa = self.domain.root.child("cpu")?.child("numa")?;
        let span = self.in_xml("cpu/numa")?;
        let extra = self.extra?;
        let count = self.count()?;
        let last = |cell: &Element| {
            let numbers = cell.attribute("cpus")?.split([',', '-']).filter(|part| !part.starts_with('^'));
            numbers.filter_map(|part| part.trim().parse::<u32>().ok()).max()
        };
        let (cell, last) =
            numa.elements().find_map(|cell| Some((cell, last(cell).filter(|last| *last >= count)?)))?;
        if self.is_misnamed(&["vcpu"]) {
            return None;
        }
        let at = value_in(cell, "cpus", [extra]).unwrap_or(span);
        let message = format!(
            "in the XML of `extraConfig`: this cell has the CPU {last}, and the machine's are 0 to {}",
            count.saturating_sub(1)
        );
        Some(
            self.with_count(
                refused(at, message)
                    .with_help("CPUs are counted from 0; give the machine more of them with `cpus`"),
            ),
        )
    }

    /// Memory of NUMA cells that are not there.
    fn nodes(&self) -> Option<Diagnostic> {
        let nodes = self.domain.root.child("numatune")?.child("memnode")?;
        let cells = self.domain.root.child("cpu").and_then(|cpu| cpu.child("numa"));
        if cells.is_some_and(|cells| cells.child("cell").is_some()) || self.is_misnamed(&["numa", "cell"]) {
            return None;
        }
        let extra = self.extra?;
        let at = extra.text.locate(nodes.at.start, nodes.at.end, extra.span);
        Some(
            refused(
                at,
                "in the XML of `extraConfig`: `<memnode>` is about a NUMA cell, and the machine has none",
            )
            .with_help(
                "describe the cells with `<cpu><numa><cell …/></numa></cpu>`, or leave `<memnode>` out",
            ),
        )
    }

    /// The threads of the machine that serve its disks.
    fn has_thread(&self, number: &str) -> bool {
        let root = &self.domain.root;
        let count = root.child("iothreads").and_then(|count| count.text().trim().parse::<u32>().ok());
        let mut named = root.child("iothreadids").into_iter().flat_map(Element::elements);
        number.parse::<u32>().is_ok_and(|number| number >= 1 && number <= count.unwrap_or(0))
            || named.any(|thread| thread.attribute("id") == Some(number))
    }

    fn pinned_threads(&self) -> Option<Diagnostic> {
        let tuning = self.domain.root.child("cputune")?;
        let mut pins = tuning.elements().filter(|pin| pin.name == "iothreadpin");
        let pin = pins.find(|pin| {
            pin.attribute("iothread").is_some_and(|number| is_number(number) && !self.has_thread(number))
        })?;
        if self.is_misnamed(THREADS) {
            return None;
        }
        let extra = self.extra?;
        let at = value_in(pin, "iothread", [extra])
            .unwrap_or_else(|| extra.text.locate(pin.at.start, pin.at.end, extra.span));
        Some(no_thread(at, "extraConfig", pin.attribute("iothread")?))
    }

    /// Devices of which Launchnix writes one itself, and addresses, which XML may have without the rest.
    fn models(&self) -> Vec<Diagnostic> {
        let mut found = Vec::new();
        for (path, device) in self.devices() {
            let needed = match device.name.as_str() {
                "iommu" | "memballoon" | "rng" | "watchdog" => "model",
                _ => "type",
            };
            let nameless = if needed == "model" { Some(device) } else { device.child("address") };
            let Some(nameless) = nameless.filter(|nameless| nameless.attribute(needed).is_none()) else {
                continue;
            };
            // What has something that does not belong there stands in the wrong place.
            let parent = if needed == "model" { "devices" } else { device.name.as_str() };
            let names = xml::format::names_in(parent, &nameless.name);
            let is_known = |attribute: &Attribute| names.attributes().any(|known| known == attribute.name);
            if !nameless.attributes.iter().all(is_known) {
                continue;
            }
            let at = if needed == "model" { self.in_xml(&path) } else { self.part(&path, nameless) };
            if let Some(at) = at.filter(|_| !self.is_misnamed(&[needed])) {
                let message = format!("in the XML of `extraConfig`: `<{}>` has no `{needed}`", nameless.name);
                found.push(
                    refused(at, message)
                        .labelled("libvirt refuses it like this")
                        .with_help(format!("add `{needed}='…'`")),
                );
            }
        }
        found
    }

    fn source(&self, path: &str, disk: &Element) -> Option<Diagnostic> {
        let is_medium = matches!(disk.attribute("device"), Some("cdrom" | "floppy"));
        if is_medium || disk.child("source").is_some() || self.is_misnamed(&["source", "device", "cdrom"]) {
            return None;
        }
        Some(
            refused(self.in_xml(path)?, "in the XML of `extraConfig`: a disk has no source")
                .labelled("libvirt refuses it like this")
                .with_help("say where its data is: `<source file='/var/lib/libvirt/images/data.qcow2'/>`"),
        )
    }

    fn cache(&self, path: &str, disk: &Element) -> Option<Diagnostic> {
        let driver = disk.child("driver")?;
        // Another value is told of as one that libvirt does not know.
        let is_cached = matches!(
            driver.attribute("cache"),
            None | Some("default" | "writeback" | "writethrough" | "unsafe")
        );
        if driver.attribute("io") != Some("native") || !is_cached {
            return None;
        }
        let said = if driver.attribute("cache").is_some() { "cache" } else { "io" };
        if said == "io" && self.is_misnamed(&["cache"]) {
            return None;
        }
        Some(
            refused(
                self.value(path, driver, said)?,
                "`io='native'` needs `cache='none'` or `cache='directsync'`",
            )
            .labelled("the hypervisor caches this disk")
            .with_help("write `cache='none' io='native'`"),
        )
    }

    fn thread(&self, path: &str, disk: &Element) -> Option<Diagnostic> {
        let driver = disk.child("driver")?;
        let number = driver.attribute("iothread")?;
        if !is_number(number) || self.has_thread(number) || self.is_misnamed(THREADS) {
            return None;
        }
        Some(no_thread(self.value(path, driver, "iothread")?, self.option(path), number))
    }

    /// Machines with PCI Express have no IDE.
    fn bus(&self, path: &str, disk: &Element) -> Option<Diagnostic> {
        let target = disk.child("target").filter(|target| target.attribute("bus") == Some("ide"))?;
        self.domain.root.find(&["os", "type"], "machine").filter(|machine| machine.contains("q35"))?;
        // The boot disk of a NixOS guest on another bus is told of as such.
        if self.is_nixos && disk.label.as_deref() == Some(BOOT)
            || self.is_misnamed(&["os", "type", "machine"])
        {
            return None;
        }
        Some(
            refused(self.value(path, target, "bus")?, "a machine of the type `q35` has no IDE")
                .labelled("this disk is on IDE")
                .with_help("write `bus='sata'` and a name such as `sda`, or set `machineType = \"pc\";`"),
        )
    }

    /// The option that has the XML of a disk's driver.
    fn option(&self, path: &str) -> &str {
        let of = |path: &str| self.domain.decided(path).map(|(option, _)| option);
        let known = of(&format!("{path}/driver")).or_else(|| of(path)).filter(|option| is_xml(option));
        known.map_or("extraConfig", |option| {
            option.rsplit_once("deployment.").map_or(option, |(_, option)| option)
        })
    }

    fn interface(&self, path: &str, interface: &Element) -> Option<Diagnostic> {
        let kind = interface.attribute("type")?;
        let needed = match kind {
            "network" | "bridge" => kind,
            "direct" => "dev",
            _ => return None,
        };
        if interface.child("source").is_some() || self.is_misnamed(&["source"]) {
            return None;
        }
        let message = format!("in the XML of `extraConfig`: an interface of the type `{kind}` has no source");
        Some(
            refused(self.in_xml(path)?, message)
                .labelled("libvirt refuses it like this")
                .with_help(format!("add `<source {needed}='…'/>`, or use the option `interfaces`")),
        )
    }

    /// A virtiofs folder shares the guest's memory with the program that serves it.
    fn folder(&self, path: &str, folder: &Element) -> Option<Diagnostic> {
        let driver = folder.child("driver").filter(|driver| driver.attribute("type") == Some("virtiofs"))?;
        let root = &self.domain.root;
        let cells = root.child("cpu").and_then(|cpu| cpu.child("numa"));
        let is_shared = root.find(&["memoryBacking", "access"], "mode") == Some("shared")
            || cells.is_some_and(|cells| {
                cells.elements().any(|cell| cell.attribute("memAccess") == Some("shared"))
            });
        if is_shared || self.is_misnamed(&["memoryBacking", "access", "mode", "shared", "memAccess"]) {
            return None;
        }
        Some(
            refused(self.part(path, driver)?, "in the XML of `extraConfig`: virtiofs needs memory that is shared")
                .labelled("the memory of this machine is its own")
                .with_help(
                    "add `<memoryBacking><source type='memfd'/><access mode='shared'/></memoryBacking>`, or use the \
                     option `sharedFolders`, which does",
                ),
        )
    }

    fn spice(&self, path: &str, device: &Element) -> Option<Diagnostic> {
        if device.attribute("type") != Some("spicevmc") {
            return None;
        }
        // One without a type is told of as such, and so is one of a type that libvirt does not know.
        let may_be_spice =
            |kind: &str| kind == "spice" || !xml::values::takes("devices", "graphics", "type", kind);
        let is_spice =
            |device: &Element| device.name == "graphics" && device.attribute("type").is_none_or(may_be_spice);
        if self.devices().any(|(_, device)| is_spice(device)) || self.is_misnamed(&["graphics", "spice"]) {
            return None;
        }
        Some(
            refused(
                self.in_xml(path)?,
                format!("in the XML of `extraConfig`: `<{}>` needs a screen of SPICE", device.name),
            )
            .labelled("goes through SPICE, which this machine does not have")
            .with_help("set `graphics.type = \"spice\";`, or leave it out"),
        )
    }

    /// Devices at one address in the guest.
    fn addresses(&self) -> Vec<Diagnostic> {
        let mut known: BTreeMap<[u32; 4], (Span, &Element)> = BTreeMap::new();
        let mut found = Vec::new();
        for (path, device) in self.devices() {
            // A console that is the serial port has its address.
            let address = device.child("address");
            let address = address.filter(|_| device.name != "console" || !is_serial_console(device));
            let Some(address) = address else { continue };
            let Some(place) = function_of(address) else { continue };
            let Some(at) = self.part(&path, address) else { continue };
            if let Some((first, other)) = known.get(&place) {
                // Of a device that stands there twice that is told, or it is merged with the first.
                if xml::is_one_device(device, other) {
                    continue;
                }
                let [domain, bus, slot, function] = place;
                let address = format!("{domain:04x}:{bus:02x}:{slot:02x}.{function}");
                let message = format!("two devices have the PCI address {address} in the guest");
                found.push(
                    refused(at, message)
                        .labelled("given again here")
                        .with_label(*first, "given here first")
                        .with_help("leave `<address>` out: libvirt finds a free one"),
                );
            } else {
                known.insert(place, (at, device));
            }
        }
        found
    }
}

/// What says how many threads there are.
const THREADS: &[&str] = &["iothreads", "iothreadids", "iothread", "id"];

/// Where the value of an attribute is written in one of some texts.
fn value_in<'w>(element: &Element, name: &str, texts: impl IntoIterator<Item = Written<'w>>) -> Option<Span> {
    let attribute = element.attributes.iter().find(|attribute| attribute.name == name)?;
    let at = attribute.quoted_at();
    let is_in = |written: &Written<'_>| {
        let quoted = written.text.value.get(at.clone()).unwrap_or_default();
        quoted.get(1..quoted.len().saturating_sub(1)) == Some(attribute.value.as_str())
    };
    let written = texts.into_iter().find(is_in)?;
    Some(exact_place(written.text, &at, written.span))
}

fn is_xml(option: &str) -> bool {
    option.ends_with("extraConfig") || option.ends_with("extraXML")
}

fn is_number(text: &str) -> bool {
    text.parse::<u32>().is_ok()
}

fn one(parts: &str) -> &str {
    parts.strip_suffix('s').unwrap_or(parts)
}

fn no_thread(at: Span, option: &str, number: &str) -> Diagnostic {
    let message = format!("in the XML of `{option}`: the machine has no I/O thread {number}");
    let help = if number.trim_start_matches(['0', '+']).is_empty() {
        "threads are counted from 1: write `1`, with `<iothreads>1</iothreads>` in `extraConfig`".to_owned()
    } else {
        format!("add `<iothreads>{number}</iothreads>` to `extraConfig`: threads are counted from 1")
    };
    refused(at, message).labelled("libvirt refuses it like this").with_help(help)
}

/// The function that a device of PCI is in the guest.
fn function_of(address: &Element) -> Option<[u32; 4]> {
    const PARTS: &[&str] = &["type", "domain", "bus", "slot", "function", "multifunction"];
    // A part may be there under a name that is wrong.
    let is_known = |attribute: &Attribute| PARTS.contains(&attribute.name.as_str());
    if address.attribute("type") != Some("pci") || !address.attributes.iter().all(is_known) {
        return None;
    }
    address.attribute("slot")?;
    let part = |name: &str| {
        let text = address.attribute(name).unwrap_or("0");
        match text.strip_prefix("0x") {
            Some(digits) => u32::from_str_radix(digits, 16).ok(),
            None => text.parse().ok(),
        }
    };
    let place = [part("domain")?, part("bus")?, part("slot")?, part("function")?];
    // libvirt takes nothing but zeros for an address that it is to find.
    (place != [0; 4]).then_some(place)
}
