--- a-typo-in-an-option ---
{ deployment = { name = "web"; cpsu = 1; ram = 1024; nixos = false; }; }
# error[LNX0302] 1:32-1:36: there is no option `cpsu`
#   here: did you mean `cpus`?
#   help: `cpus`: Number of virtual CPUs, or a set that says more about them.
#   fix (unsafe): 1:32-1:36 -> `cpus`

--- another-case ---
{ deployment = { name = "web"; CPUS = 1; ram = 1024; nixos = false; }; }
# error[LNX0302] 1:32-1:36: there is no option `CPUS`
#   here: did you mean `cpus`?
#   help: `cpus`: Number of virtual CPUs, or a set that says more about them.
#   fix (safe): 1:32-1:36 -> `cpus`

--- snake-case ---
{ machine = { }; deployment = { name = "web"; cpus = 1; ram = 1024; ssh_pub_key_path = ./key.pub; }; }
# error[LNX0302] 1:69-1:85: there is no option `ssh_pub_key_path`
#   here: did you mean `sshPubKeyPath`?
#   help: `sshPubKeyPath`: Public ssh key that may log in to a NixOS guest, or to one with `cloudInit`; `~` is your home directory.
#   fix (safe): 1:69-1:85 -> `sshPubKeyPath`

--- kebab-case ---
{ deployment = { name = "web"; cpus = 1; ram = 1024; nixos = false; extra-config = "<!-- -->"; }; }
# error[LNX0302] 1:69-1:81: there is no option `extra-config`
#   here: did you mean `extraConfig`?
#   help: `extraConfig`: XML that is merged into libvirt's `<domain>` element and wins over what Launchnix writes.
#   fix (safe): 1:69-1:81 -> `extraConfig`

--- singular-for-plural ---
{ deployment = { name = "web"; cpus = 1; ram = 1024; nixos = false; interface = [ ]; }; }
# error[LNX0302] 1:69-1:78: there is no option `interface`
#   here: did you mean `interfaces`?
#   help: `interfaces`: Network interfaces of the machine, in order.
#   fix (safe): 1:69-1:78 -> `interfaces`

--- singular-static-ip ---
{ deployment = { name = "web"; cpus = 1; ram = 1024; nixos = false; staticIP = [ { ips = [ "10.0.0.5" ]; } ]; }; }
# error[LNX0302] 1:69-1:77: there is no option `staticIP`
#   here: did you mean `staticIPs`?
#   help: `staticIPs`: Static addresses inside of the guest.
#   fix (safe): 1:69-1:77 -> `staticIPs`

--- memory-for-ram ---
{ deployment = { name = "web"; cpus = 1; memory = 1024; nixos = false; }; }
# error[LNX0302] 1:42-1:48: there is no option `memory`
#   here: did you mean `ram`?
#   help: `ram`: Memory of the machine.
#   fix (unsafe): 1:42-1:48 -> `ram`

--- vcpus-for-cpus ---
{ deployment = { name = "web"; vcpus = 1; ram = 1024; nixos = false; }; }
# error[LNX0302] 1:32-1:37: there is no option `vcpus`
#   here: did you mean `cpus`?
#   help: `cpus`: Number of virtual CPUs, or a set that says more about them.
#   fix (unsafe): 1:32-1:37 -> `cpus`

--- disks-for-initial-disks ---
{ deployment = { name = "web"; cpus = 1; ram = 1024; nixos = false; disks.data.size = 10; }; }
# error[LNX0302] 1:69-1:74: there is no option `disks`
#   here: did you mean `initialDisks`?
#   help: `initialDisks`: Disks of the machine by name; `boot` is the boot disk.
#   fix (unsafe): 1:69-1:74 -> `initialDisks`

--- size-belongs-to-a-disk ---
{ deployment = { name = "web"; cpus = 1; ram = 1024; nixos = false; size = 10240; }; }
# error[LNX0302] 1:69-1:73: there is no option `size`
#   here: belongs to `initialDisks.<name>`
#   help: `size`: Size of the disk.

--- from-image-belongs-to-a-disk ---
{ deployment = { name = "web"; cpus = 1; ram = 1024; nixos = false; fromImage = ./images/debian-12.qcow2; }; }
# error[LNX0302] 1:69-1:78: there is no option `fromImage`
#   here: belongs to `initialDisks.<name>`
#   help: `fromImage`: Image that the disk starts as a copy-on-write overlay of.

--- mac-belongs-to-an-interface ---
{ deployment = { name = "web"; cpus = 1; ram = 1024; nixos = false; mac = "52:54:00:00:00:01"; }; }
# error[LNX0302] 1:69-1:72: there is no option `mac`
#   here: belongs to an element of `interfaces`
#   help: `mac`: Ethernet address of the interface.

--- gateway-belongs-to-static-ips ---
{ deployment = { name = "web"; cpus = 1; ram = 1024; nixos = false; gateway = "10.0.0.1"; }; }
# error[LNX0302] 1:69-1:76: there is no option `gateway`
#   here: belongs to an element of `staticIPs`
#   help: `gateway`: Router through which the guest reaches everything else.

--- gpu-belongs-to-a-pci-device ---
{ deployment = { name = "web"; cpus = 1; ram = 1024; nixos = false; gpu = true; }; }
# error[LNX0302] 1:69-1:72: there is no option `gpu`
#   here: belongs to an element of `pciDevices`
#   help: `gpu`: Whether the device is a graphics card.

--- subnet-belongs-to-a-network ---
{ machines.web.deployment = { cpus = 1; ram = 1024; nixos = false; subnet = "10.20.0.0/24"; }; }
# error[LNX0302] 1:68-1:74: there is no option `subnet`
#   here: belongs to `networks.<name>`
#   help: `subnet`: IPv4 addresses of the network; the hypervisor has the first one.

--- pools-belong-to-the-fleet ---
{ machines.web.deployment = { cpus = 1; ram = 1024; nixos = false; pools.fast.path = "/var/lib/fast"; }; }
# error[LNX0302] 1:68-1:73: there is no option `pools`
#   here: belongs to the fleet, at the top of the file
#   help: `pools`: Storage pools that the deployment brings, by name.

--- nixpkgs-belongs-to-the-fleet ---
{ machines.web.deployment = { cpus = 1; ram = 1024; nixos = false; nixpkgs = <nixpkgs>; }; }
# error[LNX0302] 1:68-1:75: there is no option `nixpkgs`
#   here: belongs to the fleet, at the top of the file
#   help: `nixpkgs`: What NixOS guests are built from.
# warning[LNX0707] 1:78-1:87: `<nixpkgs>` is not pinned: it is another one on another computer, or tomorrow
#   here: found through `NIX_PATH` or `-I`
#   help: name one version: `builtins.fetchTarball { url = "https://github.com/NixOS/nixpkgs/archive/REVISION.tar.gz"; sha256 = "…"; }`

--- ram-belongs-to-deployment ---
{ machines.web = { ram = 2048; deployment = { cpus = 1; nixos = false; ram = 1024; }; }; }
# error[LNX0302] 1:20-1:23: there is no option `ram` in `machines.web`
#   here: belongs to `deployment`
#   help: `ram`: Memory of the machine.

--- options-beside-deployment ---
{ machines.web = { cpus = 1; ram = 2048; machine = { }; }; }
# error[LNX0302] 1:20-1:24: there is no option `cpus` in `machines.web`
#   here: belongs to `deployment`
#   help: `cpus`: Number of virtual CPUs, or a set that says more about them.
# error[LNX0302] 1:30-1:33: there is no option `ram` in `machines.web`
#   here: belongs to `deployment`
#   help: `ram`: Memory of the machine.

--- cpus-at-the-top-of-a-fleet ---
{ cpus = 2; machines.web.deployment = { cpus = 1; ram = 1024; nixos = false; }; }
# error[LNX0302] 1:3-1:7: there is no option `cpus`
#   here: belongs to `deployment`
#   help: `cpus`: Number of virtual CPUs, or a set that says more about them.

--- machine-inside-deployment ---
{ machines.web.deployment = { cpus = 1; ram = 1024; nixos = false; machine = { }; }; }
# error[LNX0302] 1:68-1:75: there is no option `machine`
#   here: belongs to the machine, beside `deployment`
#   help: `machine`: NixOS module of the guest: a function, a set or a path.

--- boot-order-in-a-disk ---
{ deployment = { name = "web"; cpus = 1; ram = 1024; nixos = false; initialDisks.data = { size = 1024; bootOrder = [ "data" ]; }; }; }
# error[LNX0302] 1:104-1:113: there is no option `bootOrder` in `initialDisks.data`
#   here: belongs to `deployment`
#   help: `bootOrder`: What the machine tries to boot from, in order: `"PXE"` (the network), `"cdrom"` (the installation medium) or the name of a disk.

--- a-typo-in-a-disk ---
{ deployment = { name = "web"; cpus = 1; ram = 1024; nixos = false; initialDisks.data = { size = 1024; seriel = "data"; }; }; }
# error[LNX0302] 1:104-1:110: there is no option `seriel` in `initialDisks.data`
#   here: did you mean `serial`?
#   help: `serial`: Serial number that the guest sees, to find the disk as `/dev/disk/by-id/virtio-<serial>`.
#   fix (unsafe): 1:104-1:110 -> `serial`

--- a-typo-in-an-interface ---
{
  networks.lan.subnet = "10.20.0.0/24";
  machines.web.deployment = { cpus = 1; ram = 1024; nixos = false; interfaces = [ { netwrok = "lan"; } ]; };
}
# error[LNX0302] 3:85-3:92: there is no option `netwrok` in `interfaces[0]`
#   here: did you mean `network`?
#   help: `network`: Network that the interface is on: one of `networks`, or libvirt's own `default`.
#   fix (unsafe): 3:85-3:92 -> `network`

--- a-typo-in-a-network ---
{ networks.lan = { subnett = "10.20.0.0/24"; }; machines.web.deployment = { cpus = 1; ram = 1024; nixos = false; }; }
# error[LNX0302] 1:20-1:27: there is no option `subnett` in `networks.lan`
#   here: did you mean `subnet`?
#   help: `subnet`: IPv4 addresses of the network; the hypervisor has the first one.
#   fix (unsafe): 1:20-1:27 -> `subnet`

--- cidr-for-subnet ---
{ networks.lan = { cidr = "10.20.0.0/24"; }; machines.web.deployment = { cpus = 1; ram = 1024; nixos = false; }; }
# error[LNX0302] 1:20-1:24: there is no option `cidr` in `networks.lan`
#   here: did you mean `subnet`?
#   help: `subnet`: IPv4 addresses of the network; the hypervisor has the first one.
#   fix (unsafe): 1:20-1:24 -> `subnet`

--- a-typo-in-static-ips ---
{ deployment = { name = "web"; cpus = 1; ram = 1024; nixos = false; staticIPs = [ { ips = [ "10.0.0.5" ]; gatway = "10.0.0.1"; } ]; }; }
# error[LNX0302] 1:107-1:113: there is no option `gatway` in `staticIPs[0]`
#   here: did you mean `gateway`?
#   help: `gateway`: Router through which the guest reaches everything else.
#   fix (unsafe): 1:107-1:113 -> `gateway`

--- ip-for-ips ---
{ deployment = { name = "web"; cpus = 1; ram = 1024; nixos = false; staticIPs = [ { ip = [ "10.0.0.5" ]; } ]; }; }
# error[LNX0302] 1:85-1:87: there is no option `ip` in `staticIPs[0]`
#   here: did you mean `ips`?
#   help: `ips`: Addresses of the interface.
#   fix (safe): 1:85-1:87 -> `ips`

--- a-typo-at-the-top ---
{ machine_s.web.deployment = { cpus = 1; ram = 1024; nixos = false; }; }
# error[LNX0302] 1:3-1:12: there is no option `machine_s`
#   here: did you mean `machines`?
#   help: a deployment is `{ deployment = { … }; machine = …; }` for one machine, or `{ machines.<name> = { deployment = { … }; machine = …; }; }` for a fleet
#   fix (unsafe): 1:3-1:12 -> `machines`

--- network-for-networks-at-the-top ---
{ network.lan.subnet = "10.20.0.0/24"; machines.web.deployment = { cpus = 1; ram = 1024; nixos = false; }; }
# error[LNX0302] 1:3-1:10: there is no option `network`
#   here: did you mean `networks`?
#   help: `networks`: Networks that the deployment brings, by name.
#   fix (safe): 1:3-1:10 -> `networks`

--- default-for-defaults ---
{ default.deployment.ram = 512; machines.web.deployment = { cpus = 1; ram = 1024; nixos = false; }; }
# error[LNX0302] 1:3-1:10: there is no option `default`
#   here: did you mean `defaults`?
#   help: `defaults`: What all machines of a fleet have in common: each option that a machine does not set itself is taken from `defaults.deployment`, and `defaults.machine` is a NixOS module of every guest.
#   fix (safe): 1:3-1:10 -> `defaults`

--- a-word-that-is-no-option ---
{ deployment = { name = "web"; cpus = 1; ram = 1024; nixos = false; flavour = "m1.small"; }; }
# error[LNX0302] 1:69-1:76: there is no option `flavour`
#   here: unknown option
#   help: remove it; docs/options.md lists all options

--- a-typo-and-the-right-one ---
{ deployment = { name = "web"; cpus = 1; cpu = 2; ram = 1024; nixos = false; }; }
# error[LNX0302] 1:42-1:45: there is no option `cpu`
#   here: did you mean `cpus`?
#   help: `cpus`: Number of virtual CPUs, or a set that says more about them.

--- nixos-options-in-deployment ---
{ machines.web = { deployment = { cpus = 1; ram = 1024; sshPubKeyPath = ./key.pub; services.nginx.enable = true; }; machine = { }; }; }
# error[LNX0302] 1:84-1:92: there is no option `services`
#   here: belongs to `machine`
#   help: `services` is an option of NixOS: it belongs to the guest's module, `machine`

--- terraform-words ---
{ deployment = { name = "web"; vcpu = 1; memory = 1024; nixos = false; }; }
# error[LNX0302] 1:32-1:36: there is no option `vcpu`
#   here: did you mean `cpus`?
#   help: `cpus`: Number of virtual CPUs, or a set that says more about them.
#   fix (unsafe): 1:32-1:36 -> `cpus`
# error[LNX0302] 1:42-1:48: there is no option `memory`
#   here: did you mean `ram`?
#   help: `ram`: Memory of the machine.
#   fix (unsafe): 1:42-1:48 -> `ram`

--- the-same-typo-in-a-function-is-told-once ---
let
  mkVm = ram: { deployment = { cpus = 1; inherit ram; nixos = false; autostrat = true; }; };
in
{ machines = { a = mkVm 512; b = mkVm 1024; c = mkVm 2048; }; }
# error[LNX0302] 2:70-2:79: there is no option `autostrat`
#   here: did you mean `autostart`?
#   note: this concerns machines `a`, `b` and `c`
#   help: `autostart`: Whether the machine starts with the hypervisor.
#   fix (unsafe): 2:70-2:79 -> `autostart`

--- an-unknown-pool-option ---
{ pools.fast = { path = "/var/lib/fast"; size = 1000; }; machines.web.deployment = { cpus = 1; ram = 1024; nixos = false; storagePoolName = "fast"; }; }
# error[LNX0302] 1:42-1:46: there is no option `size` in `pools.fast`
#   here: belongs to `initialDisks.<name>`
#   help: `size`: Size of the disk.

--- an-unknown-word-in-machines-entry ---
{ machines.web = { deployment = { cpus = 1; ram = 1024; nixos = false; }; config = { }; }; }
# error[LNX0302] 1:75-1:81: there is no option `config` in `machines.web`
#   here: did you mean `machine`?
#   help: `machine`: NixOS module of the guest: a function, a set or a path.
#   fix (unsafe): 1:75-1:81 -> `machine`

--- name-at-the-top-of-one-machine ---
{ name = "web"; deployment = { name = "web"; cpus = 1; ram = 1024; nixos = false; }; }
# error[LNX0302] 1:3-1:7: a file of one machine has no `name` at its top
#   here: not an option here
#   help: `name` belongs to `deployment`

--- words-of-other-programs-for-access ---
{ deployment = { name = "a"; cpus = 1; ram = 1024; nixos = false; publicKeys = [ ]; user = "x"; targetPort = 22; uefi = true; }; }
# error[LNX0302] 1:67-1:77: there is no option `publicKeys`
#   here: did you mean `sshPubKeyPath`?
#   help: `sshPubKeyPath`: Public ssh key that may log in to a NixOS guest, or to one with `cloudInit`; `~` is your home directory.
#   fix (unsafe): 1:67-1:77 -> `sshPubKeyPath`
# error[LNX0302] 1:85-1:89: there is no option `user`
#   here: did you mean `sshUser`?
#   help: `sshUser`: User to log in as.
#   fix (unsafe): 1:85-1:89 -> `sshUser`
# error[LNX0302] 1:97-1:107: there is no option `targetPort`
#   here: did you mean `sshPort`?
#   help: `sshPort`: Port of the guest's ssh server.
#   fix (unsafe): 1:97-1:107 -> `sshPort`
# error[LNX0302] 1:114-1:118: there is no option `uefi`
#   here: did you mean `firmware`?
#   help: `firmware`: Firmware that the machine boots with.
#   fix (unsafe): 1:114-1:118 -> `firmware`

--- a-shared-folder-with-the-word-of-another-program ---
{ deployment = { name = "a"; cpus = 1; ram = 1024; nixos = false; sharedFolders.media = { source = "/srv/media"; }; }; }
# error[LNX0302] 1:91-1:97: there is no option `source` in `sharedFolders.media`
#   here: did you mean `path`?
#   help: `path`: Directory on the hypervisor. It must exist.
#   fix (unsafe): 1:91-1:97 -> `path`

--- words-of-libvirt-lead-to-the-options ---
{
  networks.lan = { type = "nat"; subnet = "10.20.0.0/24"; };
  machines.a.deployment = {
    cpus = 1; ram = 512; nixos = false;
    interfaces = [ { source = "br0"; driver = "virtio"; } ];
    usbDevices = [ { vendor = "046d"; product = "c52b"; } ];
    initialDisks.data = { size = 1024; type = "raw"; };
  };
}
# error[LNX0302] 2:20-2:24: there is no option `type` in `networks.lan`
#   here: did you mean `mode`?
#   help: `mode`: How guests of the network reach the world.
#   fix (unsafe): 2:20-2:24 -> `mode`
# error[LNX0302] 5:22-5:28: there is no option `source` in `interfaces[0]`
#   here: did you mean `bridge`?
#   help: `bridge`: Bridge of the hypervisor that the interface is attached to.
#   fix (unsafe): 5:22-5:28 -> `bridge`
# error[LNX0302] 5:38-5:44: there is no option `driver` in `interfaces[0]`
#   here: did you mean `model`?
#   help: `model`: Network card that the guest sees.
#   fix (unsafe): 5:38-5:44 -> `model`
# error[LNX0302] 6:22-6:28: there is no option `vendor` in `usbDevices[0]`
#   here: did you mean `id`?
#   help: `id`: The device as `lsusb` shows it: by vendor and product (`046d:c52b`), or by bus and device (`1.4`).
# error[LNX0302] 6:39-6:46: there is no option `product` in `usbDevices[0]`
#   here: did you mean `id`?
#   help: `id`: The device as `lsusb` shows it: by vendor and product (`046d:c52b`), or by bus and device (`1.4`).
#   fix (unsafe): 6:39-6:46 -> `id`
# error[LNX0302] 7:40-7:44: there is no option `type` in `initialDisks.data`
#   here: did you mean `format`?
#   help: `format`: Format of the volume.
#   fix (unsafe): 7:40-7:44 -> `format`

--- words-for-an-address ---
{
  networks.lan.subnet = "10.3.0.0/24";
  machines.a.deployment = { cpus = 1; ram = 512; nixos = false; interfaces = [ { network = "lan"; staticIp = "10.3.0.5"; } ]; };
  machines.b.deployment = { cpus = 1; ram = 512; nixos = false; interfaces = [ { network = "lan"; ipv4 = "10.3.0.6"; } ]; };
}
# error[LNX0302] 3:99-3:107: there is no option `staticIp` in `interfaces[0]`
#   here: did you mean `ip`?
#   help: `ip`: Address of the machine on this interface.
#   fix (unsafe): 3:99-3:107 -> `ip`
# error[LNX0302] 4:99-4:103: there is no option `ipv4` in `interfaces[0]`
#   here: did you mean `ip`?
#   help: `ip`: Address of the machine on this interface.
#   fix (unsafe): 4:99-4:103 -> `ip`

--- two-keys-that-mean-one-option ---
{
  deployment = {
    name = "web"; cpus = 1; ram = 512; nixos = false;
    DiskSize = 10240;
    disksize = 20480;
  };
}
# error[LNX0302] 4:5-4:13: there is no option `DiskSize`
#   here: did you mean `diskSize`?
#   help: `diskSize`: Size of the boot disk; the same as `initialDisks.boot.size`.
#   fix (safe): 4:5-4:13 -> `diskSize`
# error[LNX0302] 5:5-5:13: there is no option `disksize`
#   here: did you mean `diskSize`?
#   help: `diskSize`: Size of the boot disk; the same as `initialDisks.boot.size`.
