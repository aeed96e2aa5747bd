//! What a machine claims with XML.

use std::ops::Range;

use launchnix_schema::Node;
use launchnix_schema::values::{DevicePath, MacAddress, PciAddress};
use uuid::Uuid;

use super::thing::Access;
use super::{Claim, Layers, Listen, Place, Thing};
use crate::written_xml::items;
use crate::xml::{self, Attribute, Element, Fault, Fragment};

/// Without one of these in it, XML claims nothing: most of it need not be read.
const CLAIMING: &[&str] = &["<uuid", "<mac", "<address", "<cid", "<graphics", "<source"];

/// Adds what the XML of a machine claims. What is wrong with it has been told.
pub(super) fn collect<N: Node>(machine: usize, options: &Layers<N>, claims: &mut Vec<Claim<N>>) {
    let mut look = |xml: Layers<N>, parse: fn(Vec<Element>) -> Parsed| {
        let Some(node) = xml.value() else { return };
        let Some(text) = node.string() else { return };
        if !CLAIMING.iter().any(|tag| text.contains(tag)) {
            return;
        }
        let Ok((fragment, faults)) = xml::read(&text).map(parse) else { return };
        if !faults.is_empty() {
            return;
        }
        let mut found = Found { text: &text, things: Vec::new() };
        found.root(fragment.root());
        let places = found.things.into_iter();
        claims.extend(places.map(|(thing, at)| Claim {
            machine,
            thing,
            place: Place::Xml(node.clone(), at),
        }));
    };
    look(options.option("extraConfig"), Fragment::of_domain);
    for disk in options.option("initialDisks").named() {
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
    things: Vec<(Thing, Range<usize>)>,
}

impl Found<'_> {
    fn root(&mut self, root: &Element) {
        if root.name != "domain" {
            return self.device(root);
        }
        for element in root.elements() {
            match element.name.as_str() {
                "uuid" => {
                    let uuid = Uuid::parse_str(element.text().trim());
                    self.add(uuid.ok().map(Thing::Uuid), element.said_at());
                }
                "devices" => element.elements().for_each(|device| self.device(device)),
                _ => {}
            }
        }
    }

    fn device(&mut self, device: &Element) {
        match device.name.as_str() {
            "disk" => self.disk(device),
            "graphics" => self.screen(device),
            "interface" => {
                if let Some(mac) = device.child("mac").and_then(|mac| attribute(mac, "address")) {
                    self.add_value(MacAddress::parse(&mac.value).map(Thing::Mac), mac);
                }
                self.function(device);
            }
            "hostdev" => self.function(device),
            "vsock" => {
                // What libvirt finds itself is written beside it in the XML of a machine that runs.
                let cid = device.child("cid").filter(|cid| cid.attribute("auto") != Some("yes"));
                if let Some(cid) = cid.and_then(|cid| attribute(cid, "address")) {
                    self.add_value(cid.value.parse().ok().map(Thing::Cid), cid);
                }
            }
            _ => {}
        }
    }

    fn disk(&mut self, disk: &Element) {
        let Some(source) = disk.child("source") else { return };
        let is_read = matches!(disk.attribute("device"), Some("cdrom"));
        let shares = ["readonly", "shareable", "transient"].iter().any(|name| disk.child(name).is_some());
        let access = Access::shared_if(is_read || shares);
        for attribute in &source.attributes {
            let path = attribute.value.as_str();
            let thing = match attribute.name.as_str() {
                "dev" | "file" if path.starts_with("/dev/") => {
                    DevicePath::parse(path).map(|path| Thing::Device(path.as_str().to_owned(), access))
                }
                "file" => Some(Thing::File(path.to_owned(), access)),
                _ => None,
            };
            self.add_value(thing, attribute);
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
        self.add(function().map(Thing::Pci), address.at.clone());
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
        for name in ["port", "tlsPort"] {
            if let Some(port) = attribute(screen, name) {
                // `-1` is for one that libvirt finds.
                let number = port.value.parse().ok().filter(|port| *port > 0);
                self.add_value(number.map(|port| Thing::Port(port, listen.clone())), port);
            }
        }
    }

    fn add_value(&mut self, thing: Option<Thing>, attribute: &Attribute) {
        let at = attribute.value_at(self.text);
        self.add(thing, at);
    }

    fn add(&mut self, thing: Option<Thing>, at: Range<usize>) {
        self.things.extend(thing.map(|thing| (thing, at)));
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
