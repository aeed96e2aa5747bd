//! What libvirt takes as the value of an attribute, or as the text of an element, where there are few such values
//! (<https://libvirt.org/formatdomain.html>).
//!
//! As with [`format`](super::format), this is there to find slips of the pen: what newer libvirts take is here as well. A
//! test compares it with libvirt's own schema where that is installed.

const YES_NO: &str = "yes no";
const ON_OFF: &str = "on off";
const ACTIONS: &str = "destroy restart preserve rename-restart";

/// The values that an attribute of the element `name` of `parent` can have; `None` where they are many.
pub fn of_attribute(parent: &str, name: &str, attribute: &str) -> Option<&'static str> {
    of_machine(parent, name, attribute)
        .or_else(|| of_device(parent, name, attribute))
        .or_else(|| of_switch(parent, name, attribute))
}

/// Whether an attribute can have a value.
pub(crate) fn takes(parent: &str, name: &str, attribute: &str, value: &str) -> bool {
    of_attribute(parent, name, attribute).is_none_or(|known| known.split(' ').any(|known| known == value))
}

/// Of attributes outside of devices.
#[rustfmt::skip]
fn of_machine(parent: &str, name: &str, attribute: &str) -> Option<&'static str> {
    Some(match (parent, name, attribute) {
        ("", "domain", "type") => "kvm qemu hvf xen test lxc openvz uml kqemu vmware hyperv vbox phyp vz bhyve parallels",
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
        ("clock", "timer", "mode") => "auto native emulate paravirt smpsafe",
        ("clock", "timer", "name") => "rtc pit hpet tsc kvmclock hypervclock platform armvtimer",
        ("clock", "timer", "tickpolicy") => "delay catchup merge discard",
        ("clock", "timer", "track") => "boot guest wall realtime",
        ("domain", "os", "firmware") => "bios efi",
        ("domain", "launchSecurity", "type") => "sev sev-snp s390-pv tdx",
        ("domain", "sysinfo", "type") => "smbios fwcfg",
        ("domain", "seclabel", "type") => "dynamic static none",
        ("os", "type", "arch") => "x86_64 i686 aarch64 armv7l ppc64le ppc64 riscv64 s390x alpha armv6l armv7b cris ia64 lm32 loongarch64 m68k microblaze microblazeel mips mips64 mips64el mipsel openrisc parisc parisc64 ppc ppcemb riscv32 s390 sh4 sh4eb sparc sparc64 unicore32 xtensa xtensaeb",
        ("os", "boot", "dev") => "hd network cdrom fd",
        ("os", "loader", "type") => "rom pflash",
        ("os", "smbios", "mode") => "emulate host sysinfo",
        ("features", "hyperv", "mode") => "custom passthrough host-model",
        ("features", "ioapic", "driver") => "kvm qemu",
        ("features", "msrs", "unknown") => "ignore fault",
        ("firmware", "feature", "name") => "secure-boot enrolled-keys",
        ("acpi", "table", "type") => "slic raw rawset msdm",
        ("cachetune", "cache", "type") => "both code data",
        ("cpu", "maxphysaddr", "mode") => "emulate passthrough",
        ("domain", "qemu:deprecation", "behavior") => "none omit reject crash",
        ("features", "gic", "version") => "host 2 3",
        ("keywrap", "cipher", "name") => "aes dea",
        ("perf", "event", "name") => "cmt mbmt mbml cpu_cycles instructions cache_references cache_misses branch_instructions branch_misses bus_cycles stalled_cycles_frontend stalled_cycles_backend ref_cpu_cycles cpu_clock task_clock page_faults context_switches cpu_migrations page_faults_min page_faults_maj alignment_faults emulation_faults",
        ("qemu:frontend", "qemu:property", "type") => "string unsigned signed bool remove",
        ("memoryBacking", "allocation", "mode") => "immediate ondemand",
        ("memoryBacking", "source", "type") => "memfd file anonymous",
        ("memoryBacking", "access", "mode") | ("numa", "cell", "memAccess") | ("devices", "memory", "access") => "shared private",
        _ => return None,
    })
}

/// Formats of the images of disks.
const FORMATS: &str =
    "qcow2 raw qcow qed vmdk vdi vpc vhd bochs cloop dmg iso dir fat cow luks ploop aio none";
/// Kinds of disks, and of what backs them.
const DISKS: &str = "file block dir network volume nvme vhostuser vhostvdpa";
/// What is at the other end of a serial line.
const LINES: &str = "pty unix tcp udp file dev pipe null stdio vc spicevmc spiceport qemu-vdagent dbus nmdm";
const VIRTIO: &str = "virtio virtio-transitional virtio-non-transitional";

/// Of attributes of devices and what stands in them.
#[rustfmt::skip]
fn of_device(parent: &str, name: &str, attribute: &str) -> Option<&'static str> {
    Some(match (parent, name, attribute) {
        ("devices", "disk", "device") => "disk cdrom floppy lun",
        ("devices", "disk", "type") | ("disk" | "backingStore", "backingStore", "type") => DISKS,
        ("devices", "disk", "snapshot") => "no internal external manual",
        ("disk", "geometry", "trans") => "auto none lba",
        ("disk", "source", "mode") => "host direct",
        ("disk", "source", "type") => "pci unix",
        ("slices", "slice", "type") => "storage",
        ("auth", "secret", "type") => "ceph iscsi",
        ("encryption", "secret", "type") => "passphrase",
        ("disk" | "source", "encryption", "format") => "default qcow luks luks2 luks-any",
        ("devices", "disk" | "hostdev", "sgio") => "filtered unfiltered",
        ("disk", "target", "bus") => "virtio sata scsi usb ide fdc xen sd uml nvme",
        ("disk", "target", "tray") => "open closed",
        ("disk", "driver", "cache") => "default none writethrough writeback directsync unsafe",
        ("disk", "driver", "io") => "threads native io_uring",
        ("disk", "driver", "discard") => "unmap ignore",
        ("disk", "driver", "detect_zeroes") => "off on unmap",
        ("disk", "driver", "error_policy") => "stop report ignore enospace",
        ("disk", "driver", "rerror_policy") => "stop report ignore",
        ("disk", "driver", "type") | ("backingStore", "format", "type") => FORMATS,
        ("disk", "source", "protocol") => "nbd rbd iscsi http https ftp ftps tftp ssh gluster sheepdog vxhs nfs none",
        ("disk" | "hostdev", "source", "startupPolicy") => "mandatory requisite optional",
        ("devices", "interface", "type") => "network bridge user direct ethernet hostdev internal mcast server client udp null vdpa vds vhostuser",
        ("interface", "source", "mode") => "bridge vepa private passthrough client server",
        ("interface", "link", "state") => "up down",
        ("interface", "driver", "txmode") => "iothread timer",
        ("interface" | "hostdev", "teaming", "type") => "persistent transient",
        ("interface", "portForward", "proto") => "tcp udp",
        ("vlan", "tag", "nativeMode") => "tagged untagged",
        ("devices", "audio", "type") => "none alsa coreaudio dbus file jack oss pipewire pulseaudio sdl spice",
        ("devices", "channel" | "console" | "parallel" | "redirdev" | "serial" | "smartcard", "type") => LINES,
        ("channel" | "console" | "parallel" | "redirdev" | "serial" | "smartcard" | "backend", "source", "mode") => {
            "bind connect"
        }
        ("devices", "controller", "type") => "usb scsi sata pci virtio-serial ide fdc ccid isa xenbus nvme",
        ("devices", "filesystem", "type") => "mount template file block ram bind",
        ("devices", "filesystem", "multidevs") => "default remap forbid warn",
        ("devices", "hostdev", "type") => "pci usb scsi scsi_host mdev net storage misc",
        ("devices", "hub", "type") | ("devices", "redirdev", "bus") => "usb",
        ("devices", "iommu", "model") => "intel virtio smmuv3 amd",
        ("devices", "memory", "model") => "dimm nvdimm virtio-mem virtio-pmem sgx-epc",
        ("devices", "panic", "model") => "isa hyperv pseries s390 pvpanic",
        ("devices", "smartcard", "mode") => "host host-certificates passthrough",
        ("devices", "sound", "model") => "ich9 ich6 ich7 ac97 es1370 sb16 pcspk usb virtio",
        ("devices", "tpm", "model") => "tpm-crb tpm-tis tpm-spapr spapr-tpm-proxy",
        ("devices", "watchdog", "model") => "i6300esb ib700 itco diag288",
        ("filesystem", "driver", "type") => "virtiofs path handle loop nbd ploop mtp",
        ("filesystem", "driver", "wrpolicy") => "immediate",
        ("binary", "cache", "mode") => "none always",
        ("binary", "sandbox", "mode") => "namespace chroot",
        ("sound", "codec", "type") => "duplex micro output",
        ("shmem", "model", "type") => "ivshmem ivshmem-plain ivshmem-doorbell",
        ("video", "model", "type") => "virtio qxl vga cirrus bochs ramfb none vmvga xen vbox gop",
        ("channel", "target", "type") => "virtio guestfwd xen",
        ("console" | "serial", "target", "type") => "serial virtio xen uml lxc openvz sclp sclplm isa-serial usb-serial pci-serial spapr-vio-serial system-serial sclp-serial isa-debug",
        ("graphics", "image", "compression") => "auto_glz auto_lz quic glz lz off",
        ("graphics", "jpeg" | "zlib", "compression") => "auto never always",
        ("graphics", "channel", "name") => "main display inputs cursor playback record smartcard usbredir",
        ("graphics", "channel", "mode") | ("devices", "graphics", "defaultMode") => "any secure insecure",
        ("graphics", "streaming", "mode") => "filter all off",
        ("graphics" | "source", "mouse", "mode") => "client server",
        ("hostdev", "driver", "name") => "vfio kvm xen",
        ("interface", "driver", "name") => "vhost qemu kvm vfio xen",
        (parent, "address", "type") if parent != "source" => {
            "pci usb drive virtio-serial ccid isa dimm virtio-mmio ccw spapr-vio unassigned"
        }
        ("target", "model", "name") => "isa-serial usb-serial pci-serial spapr-vty pl011 sclpconsole sclplmconsole 16550a isa-debugcon",
        (_, "protocol", "type") => "raw telnet telnets tls",
        ("devices", "hostdev", "mode") => "subsystem capabilities",
        ("devices", "hostdev", "model") => "vfio-pci vfio-ccw vfio-ap virtio virtio-transitional virtio-non-transitional",
        ("input", "source", "grab") => "all",
        ("input", "source", "grabToggle") => "ctrl-ctrl alt-alt shift-shift meta-meta scrolllock ctrl-scrolllock",
        ("interface", "virtualport", "type") => "802.1Qbg 802.1Qbh openvswitch midonet",
        ("input" | "output", "settings", "format") => "s8 u8 s16 u16 s32 u32 f32",
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
        ("devices", "rng" | "vsock" | "input", "model") => VIRTIO,
        ("devices", "memballoon", "model") => "virtio virtio-transitional virtio-non-transitional xen none",
        _ => return None,
    })
}

/// Of attributes that say whether something is to be.
#[rustfmt::skip]
fn of_switch(parent: &str, name: &str, attribute: &str) -> Option<&'static str> {
    Some(match (parent, name, attribute) {
        (
            "features", "hap" | "pmu" | "pvspinlock" | "smm" | "vmcoreinfo" | "vmport" | "htm" | "nested-hv", "state",
        )
        | ("hyperv", "relaxed" | "vapic" | "spinlocks" | "vpindex" | "runtime" | "synic" | "stimer" | "reset" | "vendor_id"
            | "frequencies" | "reenlightenment" | "tlbflush" | "ipi" | "evmcs" | "avic", "state")
        | ("kvm", "hidden" | "hint-dedicated" | "poll-control" | "pv-ipi" | "dirty-ring", "state")
        | (_, "driver", "ats" | "iommu" | "packed" | "page_per_vq" | "ioeventfd" | "event_idx" | "copy_on_read")
        | ("features", "apic", "eoi")
        | ("stimer", "direct", "state")
        | ("tlbflush", "direct" | "extended", "state")
        | ("keywrap", "cipher", "state")
        | ("binary", "lock", "posix" | "flock")
        | ("controller", "target", "hotplug")
        | ("devices", "hostdev", "display" | "ramfb")
        | ("driver", "host" | "guest", "csum" | "gso" | "tso4" | "tso6" | "ecn" | "ufo" | "mrg_rxbuf")
        | ("graphics", "playback", "compression")
        | ("input", "source", "repeat")
        | ("iommu", "driver", "intremap" | "caching_mode" | "eim" | "iotlb")
        | ("shmem", "msi", "ioeventfd")
        | ("serial" | "console" | "channel" | "parallel", "source", "append")
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
        | ("disk", "source", "managed")
        | ("devices" | "numa", "memory" | "cell", "discard")
        | ("audio", "input" | "output", "mixingEngine" | "fixedSettings")
        | ("domain" | "source", "seclabel", "relabel")
        | ("interface", "target", "managed")
        | ("redirfilter", "usbdev", "allow")
        | ("source", "reconnect", "enabled")
        | ("source", "ssl", "verify")
        | ("source", "reservations", "enabled" | "managed")
        | ("tpm", "backend", "persistent_state")
        | (_, "rom", "enabled")
        | ("disk" | "serial" | "console" | "channel" | "parallel", "source", "tls")
        | ("devices", "interface", "trustGuestRxFilters")
        | ("interface", "port", "isolated")
        | ("interface", "vlan", "trunk")
        | ("devices", "graphics", "autoport" | "p2p")
        | ("graphics", "gl" | "filetransfer", "enable")
        | ("graphics", "clipboard", "copypaste")
        | ("video", "model", "primary")
        | ("model", "acceleration", "accel2d" | "accel3d")
        | ("vsock", "cid", "auto")
        | ("devices", "disk" | "hostdev", "rawio") => YES_NO,
        _ => return None,
    })
}

/// Values that an attribute usually has where libvirt takes any: what is nearly one of them is a slip of the pen.
pub(super) fn usual(parent: &str, name: &str, attribute: &str) -> Option<&'static str> {
    Some(match (parent, name, attribute) {
        ("interface", "model", "type") => {
            "virtio e1000 e1000e rtl8139 igb vmxnet3 virtio-transitional virtio-non-transitional e1000-82540em e1000-82544gc e1000-82545em i82550 i82551 i82557a i82557b i82557c i82558a i82558b i82559a i82559b i82559c i82559er i82562 i82801 ne2k_pci ne2k_isa pcnet tulip usb-net vmxnet vmxnet2 vlance netfront spapr-vlan lan9118 smc91c111 rocker sungem sunhme"
        }
        ("disk", "driver", "name") => "qemu",
        ("controller", "model", "name") => {
            "pcie-root-port ioh3420 pci-bridge pcie-pci-bridge i82801b11-bridge pxb pxb-pcie x3130-upstream xio3130-downstream spapr-pci-host-bridge"
        }
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

/// The models of a controller; `None` where its type has none, or is not known.
pub(super) fn models_of_controller(kind: &str) -> Option<&'static str> {
    Some(match kind {
        "usb" => {
            "qemu-xhci nec-xhci ehci ich9-ehci1 ich9-uhci1 ich9-uhci2 ich9-uhci3 piix3-uhci piix4-uhci vt82c686b-uhci pci-ohci qusb1 qusb2 none"
        }
        "scsi" => {
            "virtio-scsi lsilogic lsisas1068 lsisas1078 auto buslogic ibmvscsi vmpvscsi ncr53c90 dc390 am53c974 virtio virtio-transitional virtio-non-transitional"
        }
        "pci" => {
            "pcie-root pcie-root-port pci-root pci-bridge dmi-to-pci-bridge pcie-to-pci-bridge pcie-switch-upstream-port pcie-switch-downstream-port pci-expander-bus pcie-expander-bus"
        }
        _ => return None,
    })
}
