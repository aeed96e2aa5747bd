//! What a machine claims with its options.

use launchnix_schema::values::{DevicePath, MacAddress, PciAddress};
use launchnix_schema::{Node, Shape};

use super::thing::Access;
use super::{Claim, Layers, Listen, Place, Thing};
use crate::written_xml::items;

/// Adds what the options of a machine claim. What is wrong with them has been told.
pub(super) fn collect<N: Node>(machine: usize, options: &Layers<N>, claims: &mut Vec<Claim<N>>) {
    let mut claim = |thing: Option<Thing>, node: &N| {
        if let Some(thing) = thing {
            claims.push(Claim { machine, thing, place: Place::Option(node.span()) });
        }
    };
    for interface in items(options.option("interfaces").value().cloned()) {
        if let Some(mac) = interface.attribute("mac") {
            claim(mac.string().and_then(|text| MacAddress::parse(&text)).map(Thing::Mac), &mac);
        }
    }
    for device in items(options.option("pciDevices").value().cloned()) {
        let is_replaced = device.attribute("extraXML").is_some_and(|xml| says(&xml, "<source"));
        if let Some(id) = device.attribute("id").filter(|_| !is_replaced) {
            claim(id.string().and_then(|text| PciAddress::parse(&text)).map(Thing::Pci), &id);
        }
    }
    for disk in options.option("initialDisks").named() {
        let is_replaced = disk.option("extraXML").value().is_some_and(|xml| says(xml, "<source"));
        if let Some(device) = disk.option("physicalDisk").value().filter(|_| !is_replaced) {
            let path = device.string().and_then(|text| DevicePath::parse(&text));
            let access = Access::shared_if(disk.option("readOnly").value().and_then(truth) == Some(true));
            claim(path.map(|path| Thing::Device(path.as_str().to_owned(), access)), device);
        }
    }
    // There is one of each of these: a machine's XML means the same one.
    let xml = options.option("extraConfig");
    let is_in_xml = |tag: &str| xml.value().is_some_and(|xml| says(xml, tag));
    if let Some(socket) = options.option("vsock").value().filter(|_| !is_in_xml("<vsock")) {
        claim(number(socket).map(Thing::Cid), socket);
    }
    for (option, off, tag) in [("graphics", "type", "<graphics"), ("serial", "enable", "<serial")] {
        let option = options.option(option);
        let is_off = option.option(off).value().is_some_and(|value| {
            truth(value) == Some(false) || value.string().is_some_and(|kind| kind == "none")
        });
        if is_off || is_in_xml(tag) {
            continue;
        }
        if let Some(port) = option.option("port").value() {
            let listen = option.option("listen");
            let listen = Listen::at(listen.value().and_then(Node::string).as_deref());
            claim(number(port).map(|port| Thing::Port(port, listen)), port);
        }
    }
}

fn says<N: Node>(xml: &N, tag: &str) -> bool {
    xml.string().is_some_and(|text| text.contains(tag))
}

fn truth<N: Node>(node: &N) -> Option<bool> {
    match node.shape() {
        Ok(Shape::Bool(value)) => Some(value),
        _ => None,
    }
}

fn number<T: TryFrom<i64>, N: Node>(node: &N) -> Option<T> {
    match node.shape() {
        Ok(Shape::Int(value)) => T::try_from(value).ok(),
        _ => None,
    }
}
