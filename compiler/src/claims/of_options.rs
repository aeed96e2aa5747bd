//! What a machine claims with its options.

use launchnix_diagnostics::Span;
use launchnix_schema::values::{DevicePath, MacAddress, PciAddress, UsbAddress};
use launchnix_schema::{Node, Shape};

use super::thing::Access;
use super::{Claim, Layers, Listen, Place, Thing};
use crate::disk::BOOT;
use crate::written_xml::items;

/// Adds what the options of a machine claim. What is wrong with them has been told.
pub(super) fn collect<N: Node>(machine: usize, options: &Layers<N>, claims: &mut Vec<Claim<N>>) {
    let mut claim = |thing: Option<Thing>, node: &N| {
        if let Some(thing) = thing {
            claims.push(Claim { machine, thing, place: Place::Option(node.span()), is_merged: false });
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
    for device in items(options.option("usbDevices").value().cloned()) {
        if let Some(id) = device.attribute("id") {
            claim(id.string().and_then(|text| UsbAddress::parse(&text)).map(Thing::Usb), &id);
        }
    }
    for (_, disk) in options.option("initialDisks").named() {
        let is_replaced = disk.option("extraXML").value().is_some_and(|xml| says(xml, "<source"));
        if let Some(device) = disk.option("physicalDisk").value().filter(|_| !is_replaced) {
            let path = device.string().and_then(|text| DevicePath::parse(&text));
            let access = Access::shared_if(disk.option("readOnly").value().and_then(truth) == Some(true));
            claim(path.map(|path| Thing::Device(path.as_str().to_owned(), access)), device);
        }
    }
    if let Some(file) = options.option("serial").option("logFile").value() {
        claim(file.string().map(|file| Thing::Log(file.into_owned())), file);
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

/// Adds the volumes that Launchnix makes for the disks of a machine.
pub(super) fn collect_volumes<N: Node>(
    machine: usize,
    name: &str,
    options: &Layers<N>,
    claims: &mut Vec<Claim<N>>,
) {
    let written = |option: Layers<N>| Some(option.value()?.string()?.into_owned());
    let name = written(options.option("name")).unwrap_or_else(|| name.to_owned());
    let pool = written(options.option("storagePoolName"));
    let mut claim = |disk: &str, of_disk: Option<String>, access: Access, span: Span| {
        let pool = of_disk.or_else(|| pool.clone()).unwrap_or_else(|| "default".to_owned());
        let thing = Thing::Volume(format!("{name}-{disk}"), pool, access);
        claims.push(Claim { machine, thing, place: Place::Option(span), is_merged: false });
    };
    let disks = options.option("initialDisks").named();
    let size = options.option("diskSize");
    if let Some(size) = size.value().filter(|_| disks.iter().all(|(disk, _)| disk != BOOT)) {
        claim(BOOT, None, Access::Writes, size.span());
    }
    for (disk, given) in &disks {
        let is_elsewhere = given.option("physicalDisk").value().is_some();
        let is_replaced = given.option("extraXML").value().is_some_and(|xml| says(xml, "<source"));
        if let Some(place) = given.value().filter(|_| !is_elsewhere && !is_replaced) {
            let access = Access::shared_if(given.option("readOnly").value().and_then(truth) == Some(true));
            claim(disk, written(given.option("pool")), access, place.span());
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
