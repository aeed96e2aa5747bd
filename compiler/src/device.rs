//! The devices of a machine besides disks, interfaces and what is passed through by PCI.

use launchnix_diagnostics::Span;
use launchnix_schema::options::{
    Graphics, GraphicsType, RngSource, Serial, SharedFolder, Tpm, TpmModel, TpmVersion, UsbDevice, Vsock,
    Watchdog, WatchdogModel,
};
use launchnix_schema::values::{ListenAddress, UsbAddress};
use launchnix_schema::{Machine, Spanned};

use crate::disk::MEDIUM;
use crate::domain::DomainDraft;
use crate::xml::Element;

/// The screen of a machine: what is written, else one for installing by hand.
pub(crate) struct Screen {
    kind: GraphicsType,
    listen: ListenAddress,
    port: Option<u16>,
    /// The option that it comes from, and its place.
    option: &'static str,
    span: Span,
}

impl Screen {
    pub(crate) fn of(machine: &Machine) -> Option<Self> {
        let options = &machine.options;
        if let Some(graphics) = &options.graphics {
            let Graphics { r#type, listen, port, .. } = &*graphics.value;
            return (r#type.value != GraphicsType::None).then(|| Self {
                kind: r#type.value,
                listen: listen.value,
                port: port.as_ref().map(|port| port.value.0),
                option: "graphics",
                span: graphics.span,
            });
        }
        let media = options.installation_media.as_ref()?;
        // A graphics card is the guest's screen: an emulated one would stand in its way.
        if options.pci_devices.iter().any(|device| device.gpu.value) {
            return None;
        }
        Some(Self {
            kind: GraphicsType::Vnc,
            listen: ListenAddress::loopback(),
            port: None,
            option: MEDIUM,
            span: media.span,
        })
    }

    pub(crate) fn write(
        &self,
        devices: &mut Element,
        domain: &mut DomainDraft,
        option: &dyn Fn(&str) -> String,
    ) {
        let kind = if self.kind == GraphicsType::Spice { "spice" } else { "vnc" };
        let mut graphics = Element::new("graphics").with("type", kind);
        match self.port {
            Some(port) => {
                graphics.set("port", port.to_string());
                graphics.set("autoport", "no");
            }
            None => graphics.set("autoport", "yes"),
        }
        graphics.set("listen", self.listen.to_string());
        devices.push(graphics);
        if self.kind == GraphicsType::Spice {
            // The clipboard, and a screen that follows the window's size.
            devices.push(Element::new("channel").with("type", "spicevmc").with_child(
                Element::new("target").with("type", "virtio").with("name", "com.redhat.spice.0"),
            ));
        }
        devices.push(Element::new("video").with_child(Element::new("model").with("type", "virtio")));
        devices.push(Element::new("input").with("type", "tablet").with("bus", "usb"));
        for part in ["graphics", "video", "input"] {
            domain.part(format!("devices/{part}"), option(self.option), self.span);
        }
    }
}

/// A serial console, and the channel of the guest agent, which tells addresses and shuts down in an orderly way.
pub(crate) fn console(
    serial: Option<&Spanned<Box<Serial>>>,
    devices: &mut Element,
    domain: &mut DomainDraft,
    option: &dyn Fn(&str) -> String,
) {
    if serial.is_none_or(|serial| serial.enable.value) {
        let options = serial.map(|serial| &serial.value);
        let port = options.and_then(|serial| serial.port.as_ref());
        let mut source = Vec::new();
        if let Some(port) = port {
            let listen = options.and_then(|serial| serial.listen.as_ref());
            let listen = listen.map_or_else(ListenAddress::loopback, |listen| listen.value);
            source.push(
                Element::new("source")
                    .with("mode", "bind")
                    .with("host", listen.to_string())
                    .with("service", port.value.0.to_string()),
            );
            source.push(Element::new("protocol").with("type", "telnet"));
        }
        if let Some(file) = options.and_then(|serial| serial.log_file.as_ref()) {
            source.push(Element::new("log").with("file", file.value.as_str()).with("append", "on"));
        }
        for (name, target) in [("serial", "isa-serial"), ("console", "serial")] {
            let mut element = Element::new(name).with("type", if port.is_some() { "tcp" } else { "pty" });
            for child in &source {
                element.push(child.clone());
            }
            element.push(Element::new("target").with("type", target).with("port", "0"));
            devices.push(element);
        }
    }
    if let Some(serial) = serial {
        for part in ["serial", "console"] {
            domain.part(format!("devices/{part}"), option("serial"), serial.span);
        }
    }
    devices.push(
        Element::new("channel")
            .with("type", "unix")
            .with_child(Element::new("target").with("type", "virtio").with("name", "org.qemu.guest_agent.0")),
    );
}

/// The `<hostdev>` of a USB device; `index` is its place among the machine's `<hostdev>`.
pub(crate) fn usb(device: &UsbDevice, index: usize) -> Element {
    let mut source = Element::new("source");
    if device.optional.value {
        source.set("startupPolicy", "optional");
    }
    match device.id.value {
        UsbAddress::Product { vendor, product } => {
            source.push(Element::new("vendor").with("id", format!("0x{vendor:04x}")));
            source.push(Element::new("product").with("id", format!("0x{product:04x}")));
        }
        UsbAddress::Port { bus, device } => source
            .push(Element::new("address").with("bus", bus.to_string()).with("device", device.to_string())),
    }
    Element::new("hostdev")
        .with("mode", "subsystem")
        .with("type", "usb")
        .with("managed", "yes")
        .labelled(index.to_string())
        .with_child(source)
}

/// The `<filesystem>` of a shared folder.
pub(crate) fn folder(tag: &str, folder: &SharedFolder) -> Element {
    Element::new("filesystem")
        .with("type", "mount")
        .with("accessmode", "passthrough")
        .labelled(tag)
        .with_child(Element::new("driver").with("type", "virtiofs"))
        .with_child(Element::new("source").with("dir", folder.path.value.as_str()))
        .with_child(Element::new("target").with("dir", tag))
}

/// The `<tpm>`.
pub(crate) fn tpm(tpm: &Tpm) -> Element {
    let model = tpm.model.as_ref().map(|model| model.value);
    let model = match (model, tpm.version.value) {
        (Some(TpmModel::Crb), _) | (None, TpmVersion::Two) => "tpm-crb",
        (Some(TpmModel::Tis), _) | (None, TpmVersion::One) => "tpm-tis",
    };
    let backend =
        Element::new("backend").with("type", "emulator").with("version", tpm.version.value.as_str());
    Element::new("tpm").with("model", model).with_child(backend)
}

/// The `<watchdog>`.
pub(crate) fn watchdog(watchdog: &Watchdog) -> Element {
    let model = match watchdog.model.value {
        WatchdogModel::I6300esb => "i6300esb",
        WatchdogModel::Ib700 => "ib700",
    };
    Element::new("watchdog").with("model", model).with("action", watchdog.action.value.as_str())
}

/// The `<vsock>`; none where the machine has none.
pub(crate) fn vsock(vsock: Vsock) -> Option<Element> {
    let cid = match vsock {
        Vsock::Off => return None,
        Vsock::Auto => Element::new("cid").with("auto", "yes"),
        Vsock::Cid(cid) => Element::new("cid").with("auto", "no").with("address", cid.to_string()),
    };
    Some(Element::new("vsock").with("model", "virtio").with_child(cid))
}

/// The devices of which a machine has at most one each.
pub(crate) fn singles(
    machine: &Machine,
    devices: &mut Element,
    domain: &mut DomainDraft,
    option: &dyn Fn(&str) -> String,
) {
    let options = &machine.options;
    if let Some(wanted) = options.tpm.as_ref().filter(|tpm| tpm.enable.value) {
        devices.push(tpm(wanted));
        domain.part("devices/tpm", option("tpm"), wanted.span);
    }
    if let Some(wanted) = options.watchdog.as_ref().filter(|watchdog| watchdog.enable.value) {
        devices.push(watchdog(wanted));
        domain.part("devices/watchdog", option("watchdog"), wanted.span);
    }
    if let Some(wanted) = &options.vsock
        && let Some(element) = vsock(wanted.value)
    {
        devices.push(element);
        domain.part("devices/vsock", option("vsock"), wanted.span);
    }
    let rng = options.rng.as_ref();
    if rng.is_none_or(|rng| rng.enable.value) {
        let mut element = Element::new("rng").with("model", "virtio");
        if let Some(rate) = rng.and_then(|rng| rng.rate.as_ref()) {
            let bytes = rate.value.0.to_string();
            element.push(Element::new("rate").with("bytes", bytes).with("period", "1000"));
        }
        let source = rng.map_or(RngSource::Urandom, |rng| rng.source.value);
        element.push(Element::new("backend").with("model", "random").with_text(source.as_str()));
        devices.push(element);
    }
    if let Some(rng) = rng {
        domain.part("devices/rng", option("rng"), rng.span);
    }
    devices.push(Element::new("memballoon").with("model", "virtio"));
}
