//! What libvirt takes as the value of an attribute, or as the text of an element, where there are few such values
//! (<https://libvirt.org/formatdomain.html>).
//!
//! As with [`format`](super::format), this is there to find slips of the pen: what a newer libvirt may add to is left out. A
//! test compares it with libvirt's own schema where that is installed.

const YES_NO: &str = "yes no";
const ON_OFF: &str = "on off";
const ACTIONS: &str = "destroy restart preserve rename-restart";

/// The values that an attribute of the element `name` of `parent` can have; `None` where they are many.
#[rustfmt::skip]
pub fn of_attribute(parent: &str, name: &str, attribute: &str) -> Option<&'static str> {
    Some(match (parent, name, attribute) {
        ("domain", "cpu", "mode") => "host-passthrough host-model custom maximum",
        ("domain", "cpu", "match") => "minimum exact strict",
        ("domain", "cpu", "check") => "none partial full",
        ("cpu", "model", "fallback") => "allow forbid",
        ("cpu", "feature", "policy") => "force require optional disable forbid",
        ("cpu", "cache", "mode") => "emulate passthrough disable",
        ("domain", "vcpu", "placement") | ("numatune", "memory", "placement") => "static auto",
        ("cputune", "vcpusched" | "iothreadsched" | "emulatorsched", "scheduler") => "batch idle fifo rr",
        ("numatune", "memory" | "memnode", "mode") => "strict preferred interleave restrictive",
        ("domain", "clock", "offset") => "utc localtime timezone variable absolute",
        ("domain", "clock", "basis") => "utc localtime",
        ("clock", "timer", "tickpolicy") => "delay catchup merge discard",
        ("clock", "timer", "track") => "boot guest wall realtime",
        ("domain", "os", "firmware") => "bios efi",
        ("domain", "seclabel", "type") => "dynamic static none",
        ("os", "boot", "dev") => "hd network cdrom fd",
        ("os", "loader", "type") => "rom pflash",
        ("os", "smbios", "mode") => "emulate host sysinfo",
        ("memoryBacking", "source", "type") => "memfd file anonymous",
        ("memoryBacking", "access", "mode") | ("numa", "cell", "memAccess") | ("devices", "memory", "access") => "shared private",
        ("devices", "disk", "device") => "disk cdrom floppy lun",
        ("devices", "disk", "type") => "file block dir network volume nvme vhostuser vhostvdpa",
        ("devices", "disk", "sgio") => "filtered unfiltered",
        ("disk", "target", "bus") => "virtio sata scsi usb ide fdc xen sd uml nvme",
        ("disk", "target", "tray") => "open closed",
        ("disk", "driver", "cache") => "default none writethrough writeback directsync unsafe",
        ("disk", "driver", "io") => "threads native io_uring",
        ("disk", "driver", "discard") => "unmap ignore",
        ("disk", "driver", "detect_zeroes") => "off on unmap",
        ("disk", "driver", "error_policy") => "stop report ignore enospace",
        ("disk", "driver", "rerror_policy") => "stop report ignore",
        ("disk", "source", "startupPolicy") => "mandatory requisite optional",
        ("devices", "interface", "type") => "network bridge user direct ethernet hostdev internal mcast server client udp null vdpa vds vhostuser",
        ("interface", "link", "state") => "up down",
        ("interface", "driver", "txmode") => "iothread timer",
        ("interface" | "hostdev", "teaming", "type") => "persistent transient",
        ("interface", "portForward", "proto") => "tcp udp",
        ("vlan", "tag", "nativeMode") => "tagged untagged",
        ("devices", "hostdev", "mode") => "subsystem capabilities",
        ("devices", "input", "bus") => "usb ps2 virtio xen",
        ("devices", "input", "type") => "tablet mouse keyboard passthrough evdev",
        ("devices", "filesystem", "accessmode") => "passthrough mapped squash",
        ("devices", "graphics", "type") => "vnc spice sdl rdp desktop egl-headless dbus",
        ("devices", "graphics", "sharePolicy") => "allow-exclusive force-shared ignore",
        ("graphics", "listen", "type") => "address network none socket",
        ("devices", "watchdog", "action") => "reset shutdown poweroff pause none dump inject-nmi",
        ("channel", "target", "state") => "connected disconnected",
        ("tpm", "backend", "type") => "emulator passthrough external",
        ("tpm", "backend", "version") => "1.2 2.0",
        ("rng", "backend", "model") => "random egd builtin",
        ("devices", "rng" | "vsock", "model") => "virtio virtio-transitional virtio-non-transitional",
        ("devices", "memballoon", "model") => "virtio virtio-transitional virtio-non-transitional xen none",
        (
            "features", "hap" | "pmu" | "pvspinlock" | "smm" | "vmcoreinfo" | "vmport" | "htm" | "nested-hv", "state",
        )
        | ("hyperv", "relaxed" | "vapic" | "spinlocks" | "vpindex" | "runtime" | "synic" | "stimer" | "reset" | "vendor_id"
            | "frequencies" | "reenlightenment" | "tlbflush" | "ipi" | "evmcs" | "avic", "state")
        | ("kvm", "hidden" | "hint-dedicated" | "poll-control" | "pv-ipi" | "dirty-ring", "state")
        | (_, "driver", "ats" | "iommu" | "packed" | "page_per_vq" | "ioeventfd" | "event_idx" | "copy_on_read")
        | (_, "address", "multifunction")
        | (_, "rom", "bar")
        | (_, "log", "append")
        | ("domain", "cpu", "migratable")
        | ("disk", "target", "removable")
        | ("devices", "memballoon", "autodeflate" | "freePageReporting")
        | ("binary" | "filesystem", "binary", "xattr") => ON_OFF,
        ("os", "loader", "readonly" | "secure" | "stateless")
        | ("os", "bootmenu", "enable")
        | ("os", "bios", "useserial")
        | ("firmware", "feature", "enabled")
        | ("clock", "timer", "present")
        | ("vcpus", "vcpu", "enabled" | "hotpluggable")
        | ("pm", "suspend-to-mem" | "suspend-to-disk", "enabled")
        | ("perf", "event", "enabled")
        | ("devices", "hostdev" | "interface", "managed")
        | ("devices", "interface", "trustGuestRxFilters")
        | ("interface", "port", "isolated")
        | ("interface", "vlan", "trunk")
        | ("devices", "graphics", "autoport")
        | ("graphics", "gl" | "filetransfer", "enable")
        | ("graphics", "clipboard", "copypaste")
        | ("video", "model", "primary")
        | ("model", "acceleration", "accel2d" | "accel3d")
        | ("vsock", "cid", "auto")
        | ("devices", "disk" | "hostdev", "rawio") => YES_NO,
        _ => return None,
    })
}

/// The texts that the element `name` of `parent` can have.
pub fn of_text(parent: &str, name: &str) -> Option<&'static str> {
    Some(match (parent, name) {
        ("domain", "on_poweroff" | "on_reboot") => ACTIONS,
        ("domain", "on_crash") => "destroy restart preserve rename-restart coredump-destroy coredump-restart",
        ("domain", "on_lockfailure") => "poweroff restart pause ignore",
        ("os", "type") => "hvm xen linux xenpvh exe uml",
        _ => return None,
    })
}

/// Whether an attribute is the unit of a size.
pub fn is_unit(name: &str, attribute: &str) -> bool {
    attribute == "unit" && name != "address"
}

/// What libvirt takes as a unit, in lower case: it tells none from its capitals.
const UNITS: &str = "b byte bytes k kb kib m mb mib g gb gib t tb tib p pb pib e eb eib";

/// Whether libvirt takes a unit.
pub(super) fn is_known_unit(value: &str) -> bool {
    UNITS.split(' ').any(|unit| value.eq_ignore_ascii_case(unit))
}

/// Whether libvirt takes a MAC address: that of one machine, in six parts.
pub(super) fn is_mac(value: &str) -> bool {
    let part = |part: &str| {
        let is_hex = part.len() <= 2 && part.bytes().all(|byte| byte.is_ascii_hexdigit());
        u8::from_str_radix(part, 16).ok().filter(|_| is_hex)
    };
    let parts: Vec<_> = value.split(':').map(part).collect();
    parts.len() == 6 && parts.iter().all(Option::is_some) && parts[0].is_some_and(|first| first & 1 == 0)
}

/// Elements whose text is a whole number.
pub(super) fn is_number(parent: &str, name: &str) -> bool {
    matches!(
        (parent, name),
        ("domain", "memory" | "currentMemory" | "maxMemory" | "vcpu" | "iothreads")
            | ("memtune", "hard_limit" | "soft_limit" | "swap_hard_limit" | "min_guarantee")
            | ("blkiotune", "weight")
    )
}
