//! What a machine claims with XML.

use std::collections::HashSet;
use std::ops::Range;

use launchnix_schema::Node;
use launchnix_schema::values::{DevicePath, MacAddress, PciAddress, UsbAddress};
use uuid::Uuid;

use super::references::{Kind, Reference};
use super::thing::Access;
use super::{Claim, Layers, Listen, Place, Thing};
use crate::written_xml::items;
use crate::xml::{self, Attribute, Element, Fault, Fragment, Recovered, is_serial_console};

/// Without one of these in it, XML claims nothing: most of it need not be read.
const CLAIMING: &[&str] = &["<uuid", "<mac", "<address", "<cid", "<graphics", "<source", "<log", "<nvram"];

/// Adds what the XML of a machine claims. What is wrong with it has been told.
pub(super) fn collect<N: Node>(
    machine: usize,
    options: &Layers<N>,
    claims: &mut Vec<Claim<N>>,
    references: &mut Vec<Reference<N>>,
) {
    let disks = options.option("initialDisks").named();
    // Further ones are the boot disk and what CDs Launchnix adds.
    let own_disks = disks.len() + 3;
    let mut look = |xml: Layers<N>, parse: fn(Vec<Element>) -> Parsed| {
        let Some(node) = xml.value() else { return };
        let Some(text) = node.string() else { return };
        if !CLAIMING.iter().any(|tag| text.contains(tag)) {
            return;
        }
        let Recovered { elements, faults, .. } = xml::recover(&text);
        if !faults.is_empty() {
            return;
        }
        let (fragment, _) = parse(elements);
        let is_of_device = fragment.root().name != "domain";
        let mut found = Found {
            text: &text,
            is_of_device,
            own_disks,
            targets: HashSet::new(),
            claims: Vec::new(),
            references: Vec::new(),
        };
        found.root(fragment.root());
        references.extend(found.references.into_iter().map(|(kind, name, at)| Reference {
            kind,
            name,
            place: Place::Xml(node.clone(), at),
        }));
        let claimed = found.claims.into_iter();
        claims.extend(claimed.map(|(thing, at, is_merged)| Claim {
            machine,
            thing,
            place: Place::Xml(node.clone(), at),
            is_merged,
        }));
    };
    look(options.option("extraConfig"), Fragment::of_domain);
    for (_, disk) in disks {
        look(disk.option("extraXML"), |elements| Fragment::of_device(elements, "disk"));
    }
    for device in items(options.option("pciDevices").value().cloned()) {
        let xml = Layers(vec![device]).option("extraXML");
        look(xml, |elements| Fragment::of_device(elements, "hostdev"));
    }
}

/// A fragment and what is wrong with it.
type Parsed = (Fragment, Vec<Fault>);

/// What is found in a piece of XML, with the bytes that say so.
struct Found<'t> {
    text: &'t str,
    /// Whether it is the XML of one device.
    is_of_device: bool,
    /// How many disks the machine may have by its options.
    own_disks: usize,
    /// Names of disks in the guest.
    targets: HashSet<String>,
    /// What is claimed, where, and whether that may be merged with what an option claims.
    claims: Vec<(Thing, Range<usize>, bool)>,
    /// What is named that the fleet may declare, and where.
    references: Vec<(Kind, String, Range<usize>)>,
}

impl Found<'_> {
    fn root(&mut self, root: &Element) {
        if self.is_of_device {
            return self.device(root, true);
        }
        for element in root.elements() {
            match element.name.as_str() {
                "uuid" => {
                    let uuid = Uuid::parse_str(element.text().trim());
                    self.add(uuid.ok().map(Thing::Uuid), element.said_at(), true);
                }
                "os" => element.elements().filter(|part| part.name == "nvram").for_each(|file| {
                    let path = Some(file.text().trim().to_owned()).filter(|path| !path.is_empty());
                    self.add(path.map(Thing::Settings), file.said_at(), true);
                }),
                "devices" => {
                    let has_serial = element.child("serial").is_some();
                    element.elements().for_each(|device| self.device(device, !has_serial));
                }
                _ => {}
            }
        }
    }

    /// `is_console`: whether a `<console>` is one of its own, and not a serial port by another name.
    fn device(&mut self, device: &Element, is_console: bool) {
        match device.name.as_str() {
            "disk" => self.disk(device),
            "graphics" => self.screen(device),
            "interface" => {
                // Two that are one for the guest share their address.
                let mac = device.child("mac").filter(|_| device.child("teaming").is_none());
                if let Some(mac) = mac.and_then(|mac| attribute(mac, "address")) {
                    self.add_value(MacAddress::parse(&mac.value).map(Thing::Mac), mac, true);
                }
                self.function(device);
                if matches!(device.attribute("type"), None | Some("network")) {
                    self.reference(Kind::Network, device, "network");
                }
            }
            "hostdev" => {
                self.function(device);
                self.of_usb(device);
                self.mediated(device);
            }
            "vsock" => {
                // What libvirt finds itself is written beside it in the XML of a machine that runs.
                let cid = device.child("cid").filter(|cid| cid.attribute("auto") != Some("yes"));
                if let Some(cid) = cid.and_then(|cid| attribute(cid, "address")) {
                    self.add_value(cid.value.parse().ok().map(Thing::Cid), cid, true);
                }
            }
            "serial" | "parallel" | "channel" => self.characters(device),
            "console" if is_console || !is_serial_console(device) => {
                self.characters(device);
            }
            _ => {}
        }
    }

    fn disk(&mut self, disk: &Element) {
        self.reference(Kind::Pool, disk, "pool");
        let Some(source) = disk.child("source") else { return };
        let is_read = matches!(disk.attribute("device"), Some("cdrom"));
        let shares = ["readonly", "shareable", "transient"].iter().any(|name| disk.child(name).is_some());
        let access = Access::shared_if(is_read || shares);
        let target = disk.find(&["target"], "dev");
        // That two disks have one name has been told.
        if target.is_some_and(|name| !self.targets.insert(name.to_owned())) {
            return;
        }
        // XML of a disk's own takes the place of what its options say.
        let is_merged = !self.is_of_device && target.is_none_or(|name| self.is_own(name));
        for attribute in &source.attributes {
            let path = attribute.value.as_str();
            let thing = match attribute.name.as_str() {
                "dev" | "file" if path.starts_with("/dev/") => {
                    DevicePath::parse(path).map(|path| Thing::Device(path.as_str().to_owned(), access))
                }
                "file" => Some(Thing::File(path.to_owned(), access)),
                "volume" => {
                    let pool = source.attribute("pool");
                    pool.map(|pool| Thing::Volume(path.to_owned(), pool.to_owned(), access))
                }
                _ => None,
            };
            self.add_value(thing, attribute, is_merged);
        }
    }

    /// Whether a disk that an option describes may have a name in the guest: one of the first.
    fn is_own(&self, name: &str) -> bool {
        let letter = ["vd", "sd"].iter().find_map(|prefix| name.strip_prefix(prefix));
        let number = letter.map(|letters| match letters.as_bytes() {
            [letter @ b'a'..=b'z'] => usize::from(letter - b'a'),
            _ => 26,
        });
        number.is_some_and(|number| number < self.own_disks || number >= 26)
    }

    /// The product of USB that a device hands over.
    fn of_usb(&mut self, device: &Element) {
        let Some(source) = device.child("source").filter(|_| device.attribute("type") == Some("usb")) else {
            return;
        };
        let id = |name: &str| source.child(name).and_then(|part| number(part.attribute("id")?));
        let product = || Some(UsbAddress::Product { vendor: id("vendor")?, product: id("product")? });
        if let Some(id) = source.child("product").and_then(|product| attribute(product, "id")) {
            self.add_value(product().map(Thing::Usb), id, false);
        }
    }

    /// A device of its own that another one of the hypervisor is a part of.
    fn mediated(&mut self, device: &Element) {
        let address = device.child("source").and_then(|source| source.child("address"));
        let address = address.filter(|_| device.attribute("type") == Some("mdev"));
        if let Some(uuid) = address.and_then(|address| attribute(address, "uuid")) {
            self.add_value(Uuid::parse_str(&uuid.value).ok().map(Thing::Mediated), uuid, true);
        }
    }

    /// A file that a console is written to; a device such as `/dev/null` takes what all of them write.
    fn log(&mut self, file: &Attribute) {
        let path = Some(file.value.clone()).filter(|path| !path.starts_with("/dev/"));
        self.add_value(path.map(Thing::Log), file, true);
    }

    /// Where characters go to that a device brings.
    fn characters(&mut self, device: &Element) {
        if let Some(file) = device.child("log").and_then(|log| attribute(log, "file")) {
            self.log(file);
        }
        let Some(source) = device.child("source") else { return };
        let path = attribute(source, "path");
        let listens = source.attribute("mode") == Some("bind");
        match device.attribute("type") {
            Some("file") => {
                if let Some(path) = path {
                    self.log(path);
                }
            }
            // The ones that libvirt chooses are written in the XML of a machine that runs.
            Some("unix") if listens => {
                if let Some(path) = path.filter(|path| !path.value.starts_with("/var/lib/libvirt/qemu/")) {
                    self.add_value(Some(Thing::Socket(path.value.clone())), path, true);
                }
            }
            Some("tcp") if listens => {
                let listen =
                    source.attribute("host").map_or(Listen::Everywhere, |host| Listen::at(Some(host)));
                if let Some(port) = attribute(source, "service") {
                    let number = port.value.parse().ok().filter(|port| *port > 0);
                    self.add_value(number.map(|port| Thing::Port(port, listen)), port, false);
                }
            }
            _ => {}
        }
    }

    /// The PCI function that a device hands over.
    fn function(&mut self, device: &Element) {
        let is_of_pci = match device.name.as_str() {
            "interface" => device.attribute("type") == Some("hostdev"),
            _ => device.attribute("type").is_none_or(|kind| kind == "pci"),
        };
        let address = device.child("source").and_then(|source| source.child("address"));
        let Some(address) = address.filter(|_| is_of_pci) else { return };
        if address.attribute("bus").is_none() {
            return;
        }
        let part = |name: &str| number(address.attribute(name).unwrap_or("0"));
        let function = || {
            Some(PciAddress {
                domain: part("domain")?,
                bus: part("bus")?.try_into().ok()?,
                slot: part("slot").filter(|slot| *slot <= 0x1f)?.try_into().ok()?,
                function: part("function").filter(|function| *function <= 7)?.try_into().ok()?,
            })
        };
        self.add(function().map(Thing::Pci), address.at.clone(), true);
    }

    /// The ports of a screen.
    fn screen(&mut self, screen: &Element) {
        let listen = screen.child("listen");
        let is_at_address = listen.is_none_or(|listen| listen.attribute("type") == Some("address"));
        if screen.attribute("autoport") == Some("yes") || !is_at_address {
            return;
        }
        let address = listen.and_then(|listen| listen.attribute("address"));
        let listen = Listen::at(address.or(screen.attribute("listen")));
        for name in ["port", "tlsPort", "websocket"] {
            if let Some(port) = attribute(screen, name) {
                // `-1` is for one that libvirt finds.
                let number = port.value.parse().ok().filter(|port| *port > 0);
                self.add_value(number.map(|port| Thing::Port(port, listen.clone())), port, false);
            }
        }
    }

    /// What the source of a device names.
    fn reference(&mut self, kind: Kind, device: &Element, name: &str) {
        if let Some(named) = device.child("source").and_then(|source| attribute(source, name)) {
            self.references.push((kind, named.value.clone(), named.value_at(self.text)));
        }
    }

    fn add_value(&mut self, thing: Option<Thing>, attribute: &Attribute, is_merged: bool) {
        let at = attribute.value_at(self.text);
        self.add(thing, at, is_merged);
    }

    fn add(&mut self, thing: Option<Thing>, at: Range<usize>, is_merged: bool) {
        self.claims.extend(thing.map(|thing| (thing, at, is_merged)));
    }
}

fn attribute<'e>(element: &'e Element, name: &str) -> Option<&'e Attribute> {
    element.attributes.iter().find(|attribute| attribute.name == name)
}

/// A number as libvirt reads it.
fn number(text: &str) -> Option<u16> {
    match text.strip_prefix("0x") {
        Some(digits) => u16::from_str_radix(digits, 16).ok(),
        None => text.parse().ok(),
    }
}
