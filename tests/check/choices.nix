--- firmware-with-a-typo ---
{ deployment = { name = "web"; cpus = 1; ram = 1024; nixos = false; firmware = "uefl"; }; }
# error[LNX0402] 1:80-1:86: `firmware` cannot be "uefl"
#   here: did you mean "uefi"?
#   help: the values are
#         "bios": `SeaBIOS`, which boots everything but what needs UEFI
#         "uefi": UEFI (`OVMF`), without secure boot
#         "uefi-secure": UEFI that starts only what is signed; a NixOS guest begins without keys, so that it can bring its own
#   fix (safe): 1:80-1:86 -> `"uefi"`

--- firmware-in-capitals ---
{ deployment = { name = "web"; cpus = 1; ram = 1024; nixos = false; firmware = "UEFI"; }; }
# error[LNX0402] 1:80-1:86: `firmware` cannot be "UEFI"
#   here: did you mean "uefi"?
#   help: the values are
#         "bios": `SeaBIOS`, which boots everything but what needs UEFI
#         "uefi": UEFI (`OVMF`), without secure boot
#         "uefi-secure": UEFI that starts only what is signed; a NixOS guest begins without keys, so that it can bring its own
#   fix (safe): 1:80-1:86 -> `"uefi"`

--- firmware-by-another-name ---
{ deployment = { name = "web"; cpus = 1; ram = 1024; nixos = false; firmware = "efi"; }; }
# error[LNX0402] 1:80-1:85: `firmware` cannot be "efi"
#   here: did you mean "uefi"?
#   help: the values are
#         "bios": `SeaBIOS`, which boots everything but what needs UEFI
#         "uefi": UEFI (`OVMF`), without secure boot
#         "uefi-secure": UEFI that starts only what is signed; a NixOS guest begins without keys, so that it can bring its own
#   fix (safe): 1:80-1:85 -> `"uefi"`

--- firmware-unknown ---
{ deployment = { name = "web"; cpus = 1; ram = 1024; nixos = false; firmware = "coreboot"; }; }
# error[LNX0402] 1:80-1:90: `firmware` cannot be "coreboot"
#   here: expected "bios", "uefi" or "uefi-secure"
#   help: the values are
#         "bios": `SeaBIOS`, which boots everything but what needs UEFI
#         "uefi": UEFI (`OVMF`), without secure boot
#         "uefi-secure": UEFI that starts only what is signed; a NixOS guest begins without keys, so that it can bring its own

--- firmware-as-a-path ---
{ deployment = { name = "web"; cpus = 1; ram = 1024; nixos = false; firmware = ./OVMF.fd; }; }
# error[LNX0301] 1:80-1:89: `firmware` is a path, but must be one of `"bios"`, `"uefi"`, `"uefi-secure"`
#   here: a path
#   help: for example `firmware = "uefi";`

--- firmware-as-a-boolean ---
{ deployment = { name = "web"; cpus = 1; ram = 1024; nixos = false; firmware = true; }; }
# error[LNX0301] 1:80-1:84: `firmware` is a Boolean, but must be one of `"bios"`, `"uefi"`, `"uefi-secure"`
#   here: a Boolean
#   help: for example `firmware = "uefi";`

--- bus-with-a-typo ---
{ deployment = { name = "web"; cpus = 1; ram = 1024; nixos = false; initialDisks.data = { size = 1; bus = "virito"; }; }; }
# error[LNX0402] 1:107-1:115: `initialDisks.data.bus` cannot be "virito"
#   here: did you mean "virtio"?
#   help: the values are
#         "virtio": paravirtual and fast; the guest needs a driver, which Linux has
#         "sata": SATA, for guests without virtio drivers
#         "scsi": a virtio SCSI controller
#         "usb": a USB stick
#   fix (safe): 1:107-1:115 -> `"virtio"`

--- bus-ide ---
{ deployment = { name = "web"; cpus = 1; ram = 1024; nixos = false; initialDisks.data = { size = 1; bus = "nvme"; }; }; }
# error[LNX0402] 1:107-1:113: `initialDisks.data.bus` cannot be "nvme"
#   here: expected "virtio", "sata", "scsi" or "usb"
#   help: the values are
#         "virtio": paravirtual and fast; the guest needs a driver, which Linux has
#         "sata": SATA, for guests without virtio drivers
#         "scsi": a virtio SCSI controller
#         "usb": a USB stick

--- cache-with-a-hyphen ---
{ deployment = { name = "web"; cpus = 1; ram = 1024; nixos = false; initialDisks.data = { size = 1; cache = "write-back"; }; }; }
# error[LNX0402] 1:109-1:121: `initialDisks.data.cache` cannot be "write-back"
#   here: did you mean "writeback"?
#   help: the values are
#         "none": past the hypervisor's page cache
#         "writeback": through the page cache; the guest's flushes are honoured
#         "writethrough": through the page cache, each write flushed
#         "directsync": past the page cache, each write flushed
#         "unsafe": through the page cache, flushes ignored: data is lost when the hypervisor fails
#   fix (safe): 1:109-1:121 -> `"writeback"`

--- format-unknown ---
{ deployment = { name = "web"; cpus = 1; ram = 1024; nixos = false; initialDisks.data = { size = 1; format = "vmdk"; }; }; }
# error[LNX0402] 1:110-1:116: `initialDisks.data.format` cannot be "vmdk"
#   here: expected "qcow2" or "raw"
#   help: the values are
#         "qcow2": grows as it is written, can be an overlay
#         "raw": the bytes as the guest sees them

--- format-qcow ---
{ deployment = { name = "web"; cpus = 1; ram = 1024; nixos = false; initialDisks.data = { size = 1; format = "qcow"; }; }; }
# error[LNX0402] 1:110-1:116: `initialDisks.data.format` cannot be "qcow"
#   here: did you mean "qcow2"?
#   help: the values are
#         "qcow2": grows as it is written, can be an overlay
#         "raw": the bytes as the guest sees them
#   fix (safe): 1:110-1:116 -> `"qcow2"`

--- nic-model-with-a-typo ---
{ deployment = { name = "web"; cpus = 1; ram = 1024; nixos = false; interfaces = [ { network = "default"; model = "e1000-e"; } ]; }; }
# error[LNX0402] 1:115-1:124: `interfaces[0].model` cannot be "e1000-e"
#   here: did you mean "e1000e"?
#   help: the values are
#         "virtio": paravirtual and fast; the guest needs a driver, which Linux has
#         "e1000": Intel gigabit on PCI
#         "e1000e": Intel gigabit on PCI Express
#         "rtl8139": Realtek, for very old guests
#   fix (safe): 1:115-1:124 -> `"e1000e"`

--- network-mode-in-capitals ---
{ networks.lan = { mode = "NAT"; subnet = "10.20.0.0/24"; }; machines.web.deployment = { cpus = 1; ram = 1024; nixos = false; }; }
# error[LNX0402] 1:27-1:32: `networks.lan.mode` cannot be "NAT"
#   here: did you mean "nat"?
#   help: the values are
#         "nat": behind the hypervisor's own address
#         "routed": with their own addresses, which your routers must know
#         "isolated": not at all: guests reach each other and the hypervisor
#         "bridge": through a bridge that exists on the hypervisor, as if plugged in there
#   fix (safe): 1:27-1:32 -> `"nat"`

--- network-mode-as-libvirt-calls-it ---
{ networks.lan = { mode = "route"; subnet = "10.20.0.0/24"; }; machines.web.deployment = { cpus = 1; ram = 1024; nixos = false; }; }
# error[LNX0402] 1:27-1:34: `networks.lan.mode` cannot be "route"
#   here: did you mean "routed"?
#   help: the values are
#         "nat": behind the hypervisor's own address
#         "routed": with their own addresses, which your routers must know
#         "isolated": not at all: guests reach each other and the hypervisor
#         "bridge": through a bridge that exists on the hypervisor, as if plugged in there
#   fix (safe): 1:27-1:34 -> `"routed"`

--- network-mode-unknown ---
{ networks.lan = { mode = "host-only"; subnet = "10.20.0.0/24"; }; machines.web.deployment = { cpus = 1; ram = 1024; nixos = false; }; }
# error[LNX0402] 1:27-1:38: `networks.lan.mode` cannot be "host-only"
#   here: did you mean "isolated"?
#   help: the values are
#         "nat": behind the hypervisor's own address
#         "routed": with their own addresses, which your routers must know
#         "isolated": not at all: guests reach each other and the hypervisor
#         "bridge": through a bridge that exists on the hypervisor, as if plugged in there
#   fix (unsafe): 1:27-1:38 -> `"isolated"`

--- virtualisation-of-another-make ---
{ deployment = { name = "web"; cpus = 1; ram = 1024; nixos = false; virtualisation = "vmware"; }; }
# error[LNX0402] 1:86-1:94: `virtualisation` cannot be "vmware"
#   here: expected "kvm" or "qemu"
#   help: the values are
#         "kvm": the processor itself, at full speed; the hypervisor needs `/dev/kvm`
#         "qemu": an emulator, slowly, on any hypervisor

--- virtualisation-in-capitals ---
{ deployment = { name = "web"; cpus = 1; ram = 1024; nixos = false; virtualisation = "KVM"; }; }
# error[LNX0402] 1:86-1:91: `virtualisation` cannot be "KVM"
#   here: did you mean "kvm"?
#   help: the values are
#         "kvm": the processor itself, at full speed; the hypervisor needs `/dev/kvm`
#         "qemu": an emulator, slowly, on any hypervisor
#   fix (safe): 1:86-1:91 -> `"kvm"`

--- an-empty-choice ---
{ deployment = { name = "web"; cpus = 1; ram = 1024; nixos = false; firmware = ""; }; }
# error[LNX0402] 1:80-1:82: `firmware` cannot be ""
#   here: expected "bios", "uefi" or "uefi-secure"
#   help: the values are
#         "bios": `SeaBIOS`, which boots everything but what needs UEFI
#         "uefi": UEFI (`OVMF`), without secure boot
#         "uefi-secure": UEFI that starts only what is signed; a NixOS guest begins without keys, so that it can bring its own

--- a-choice-through-a-function ---
let
  mkVm = firmware: { deployment = { cpus = 1; ram = 1024; nixos = false; inherit firmware; }; };
in
{ machines = { a = mkVm "bios"; b = mkVm "ueffi"; }; }
# error[LNX0402] 4:42-4:49: `firmware` cannot be "ueffi"
#   here: did you mean "uefi"?
#   2:82-2:90: passed on here
#   help: the values are
#         "bios": `SeaBIOS`, which boots everything but what needs UEFI
#         "uefi": UEFI (`OVMF`), without secure boot
#         "uefi-secure": UEFI that starts only what is signed; a NixOS guest begins without keys, so that it can bring its own
#   fix (safe): 4:42-4:49 -> `"uefi"`

--- boot-order-in-small-letters ---
{ deployment = { name = "web"; cpus = 1; ram = 1024; diskSize = 1024; bootOrder = [ "pxe" "boot" ]; }; }
# error[LNX0402] 1:86-1:89: "pxe" is not something to boot from: "PXE", "cdrom" or a disk's name
#   here: did you mean "PXE"?
#   help: write `"PXE"`
#   fix (safe): 1:85-1:90 -> `"PXE"`

--- boot-order-in-capitals ---
{ deployment = { name = "web"; cpus = 1; ram = 1024; installationMedia = "/iso/debian.iso"; diskSize = 1024; bootOrder = [ "CDROM" "boot" ]; }; }
# error[LNX0402] 1:125-1:130: "CDROM" is not something to boot from: "PXE", "cdrom" or a disk's name
#   here: did you mean "cdrom"?
#   help: write `"cdrom"`
#   fix (safe): 1:124-1:131 -> `"cdrom"`
