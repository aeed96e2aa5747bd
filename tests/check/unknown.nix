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
# error[LNX0302] 1:20-1:24: `cpus` and `ram` of machine `web` belong to `deployment`
#   here: an option of `deployment`
#   1:30-1:33: this as well
#   help: put the options of the machine into `deployment = { … };`

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
#   help: remove it; `launchnix explain options` lists all options

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
#   help: write `firmware = "uefi";`

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
# error[LNX0302] 6:22-6:28: there are no options `vendor` and `product`
#   here: both are one option, `id`
#   6:39-6:46: and this
#   help: write `{ id = "046d:c52b"; }`
#   fix (unsafe): 6:20-6:58 -> `{ id = "046d:c52b"; }`
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

--- options-of-a-disk-without-a-name ---
{ deployment = { name = "web"; cpus = 1; ram = 512; nixos = false; initialDisks = { size = 2048; bus = "sata"; }; }; }

# error[LNX0302] 1:85-1:89: `size` and `bus` belong to `initialDisks.<name>`
#   here: an option of one of `initialDisks`
#   1:98-1:101: this as well
#   help: give it a name, for example `initialDisks = { games.size = 102400; };`

--- options-of-a-network-without-a-name ---
{ networks = { subnet = "10.0.0.0/24"; mode = "nat"; dhcp = { enable = false; }; }; machines.web.deployment = { cpus = 1; ram = 512; nixos = false; interfaces = [ { network = "lan"; } ]; }; }

# error[LNX0302] 1:16-1:22: `subnet`, `mode` and `dhcp` belong to `networks.<name>`
#   here: an option of one of `networks`
#   1:40-1:44: this as well
#   1:54-1:58: this as well
#   help: give it a name, for example `networks = { lan.subnet = "10.20.0.0/24"; };`

--- an-option-of-a-pool-without-a-name ---
{ pools = { path = "/var/lib/fast"; }; machines.web.deployment = { cpus = 1; ram = 512; nixos = false; storagePoolName = "fast"; }; }

# error[LNX0302] 1:13-1:17: `path` belongs to `pools.<name>`
#   here: an option of one of `pools`
#   help: give it a name, for example `pools = { fast.path = "/var/lib/fast"; };`

--- options-of-a-shared-folder-without-a-name ---
{ deployment = { name = "web"; cpus = 1; ram = 512; nixos = false; sharedFolders = { path = "/srv/media"; mountPoint = "/media"; }; }; }

# error[LNX0302] 1:86-1:90: `path` and `mountPoint` belong to `sharedFolders.<name>`
#   here: an option of one of `sharedFolders`
#   1:107-1:117: this as well
#   help: give it a name, for example `sharedFolders = { media = { path = "/srv/media"; mountPoint = "/media"; }; };`

--- a-shared-folder-called-path ---
{ deployment = { name = "web"; cpus = 1; ram = 512; nixos = false; sharedFolders = { path = "/srv/media"; }; }; }

# fine

--- options-of-a-secret-without-a-name ---
{ deployment = { name = "web"; cpus = 1; ram = 512; sshPubKeyPath = ./key.pub; secrets = { source = ./secrets/db; destination = "/run/db"; }; }; machine = { }; }

# error[LNX0302] 1:92-1:98: `source` and `destination` belong to `secrets.<name>`
#   here: an option of one of `secrets`
#   1:115-1:126: this as well
#   help: give it a name, for example `secrets = { db = { source = ./secrets/db-password; destination = "/var/secrets/db-password"; }; };`

--- a-network-inside-of-itself ---
{ networks.lan.lan.subnet = "10.0.0.0/24"; machines.web.deployment = { cpus = 1; ram = 512; nixos = false; interfaces = [ { network = "lan"; ip = "10.0.0.5"; } ]; }; }

# error[LNX0302] 1:16-1:19: `lan` stands inside of `lan`
#   here: one too many
#   help: write what it holds directly into the outer one

--- networks-inside-of-networks ---
{ networks.networks.lan.subnet = "10.0.0.0/24"; machines.web.deployment = { cpus = 1; ram = 512; nixos = false; interfaces = [ { network = "lan"; } ]; }; }

# error[LNX0302] 1:12-1:20: `networks` stands inside of `networks`
#   here: one too many
#   help: write what it holds directly into the outer one

--- a-disk-inside-of-itself ---
{ deployment = { name = "web"; cpus = 1; ram = 512; nixos = false; initialDisks.boot.boot.size = 100; }; }

# error[LNX0302] 1:86-1:90: `boot` stands inside of `boot`
#   here: one too many
#   help: write what it holds directly into the outer one

--- disks-inside-of-disks ---
{ deployment = { name = "web"; cpus = 1; ram = 512; nixos = false; initialDisks.initialDisks.boot.size = 100; bootOrder = [ "boot" ]; }; }
# error[LNX0302] 1:81-1:93: `initialDisks` stands inside of `initialDisks`
#   here: one too many
#   help: write what it holds directly into the outer one

--- a-renamed-option-that-is-used-elsewhere ---
{ deployment = rec { name = "web"; cpus = 1; hugePages = true; ram = if hugePages then 512 else 513; nixos = false; }; }

# error[LNX0302] 1:46-1:55: there is no option `hugePages`
#   here: did you mean `hugepages`?
#   note: it is used elsewhere as well: see what the change means there
#   help: `hugepages`: Whether the machine's memory is made of large pages, which the hypervisor must have set aside; or their size.

--- a-renamed-option-that-is-selected-elsewhere ---
let d = { name = "web"; cpus = 1; ram = 512; nixos = false; bootorder = [ "PXE" ]; }; in { deployment = d // { description = builtins.head d.bootorder; }; }

# error[LNX0302] 1:61-1:70: there is no option `bootorder`
#   here: did you mean `bootOrder`?
#   note: it is used elsewhere as well: see what the change means there
#   help: `bootOrder`: What the machine tries to boot from, in order: `"PXE"` (the network), `"cdrom"` (the installation medium) or the name of a disk.

--- one-address-in-a-list ---
{ deployment = { name = "web"; cpus = 1; ram = 512; nixos = false; interfaces = [ { network = "default"; ips = [ "10.0.0.5" ]; } ]; }; }

# error[LNX0302] 1:106-1:109: there is no option `ips` in `interfaces[0]`
#   here: did you mean `ip`?
#   help: `ip`: Address of the machine on this interface.
#   fix (unsafe): 1:106-1:109 -> `ip`

--- pools-by-another-name ---
{ storagePools.fast.path = "/x"; machines.web.deployment = { cpus = 1; ram = 512; nixos = false; storagePoolName = "fast"; }; }

# error[LNX0302] 1:3-1:15: there is no option `storagePools`
#   here: did you mean `pools`?
#   help: `pools`: Storage pools that the deployment brings, by name.
#   fix (unsafe): 1:3-1:15 -> `pools`

--- words-of-others-for-disks ---
{ deployment = { name = "web"; cpus = 1; ram = 512; nixos = false; initialDisks = { a = { source = "/x.qcow2"; interface = "scsi"; }; b = { path = "/dev/sdb"; cacheMode = "none"; }; c = { size = 1; driver = "qcow2"; }; d = { size = 1; driver = "virtio"; extraConfig = "<x/>"; }; }; }; }

# error[LNX0302] 1:91-1:97: there is no option `source` in `initialDisks.a`
#   here: did you mean `fromImage`?
#   help: `fromImage`: Image that the disk starts as a copy-on-write overlay of.
#   fix (unsafe): 1:91-1:97 -> `fromImage`
# error[LNX0302] 1:112-1:121: there is no option `interface` in `initialDisks.a`
#   here: did you mean `bus`?
#   help: `bus`: How the disk is attached to the guest.
#   fix (unsafe): 1:112-1:121 -> `bus`
# error[LNX0302] 1:141-1:145: there is no option `path` in `initialDisks.b`
#   here: did you mean `physicalDisk`?
#   help: `physicalDisk`: Block device of the hypervisor that the guest gets as it is.
#   fix (unsafe): 1:141-1:145 -> `physicalDisk`
# error[LNX0302] 1:160-1:169: there is no option `cacheMode` in `initialDisks.b`
#   here: did you mean `cache`?
#   help: `cache`: How the hypervisor caches what the guest reads and writes.
#   fix (unsafe): 1:160-1:169 -> `cache`
# error[LNX0302] 1:199-1:205: there is no option `driver` in `initialDisks.c`
#   here: did you mean `format`?
#   help: `format`: Format of the volume.
#   fix (unsafe): 1:199-1:205 -> `format`
# error[LNX0302] 1:236-1:242: there is no option `driver` in `initialDisks.d`
#   here: did you mean `bus`?
#   help: `bus`: How the disk is attached to the guest.
#   fix (unsafe): 1:236-1:242 -> `bus`
# error[LNX0302] 1:255-1:266: there is no option `extraConfig` in `initialDisks.d`
#   here: did you mean `extraXML`?
#   help: `extraXML`: XML that is merged into libvirt's `<disk>` element and wins over what Launchnix writes.
#   fix (unsafe): 1:255-1:266 -> `extraXML`

--- words-of-others-for-networks ---
{ networks.a = { subnet = "10.0.0.0/24"; gateway = "10.0.0.1"; start = "10.0.0.5"; end = "10.0.0.9"; bridgeName = "br7"; forwardMode = "nat"; netmask = "255.255.255.0"; }; networks.b = { subnet = "10.0.1.0/24"; range = "10.0.1.5-10.0.1.9"; }; machines.web.deployment = { cpus = 1; ram = 512; nixos = false; }; }

# error[LNX0302] 1:42-1:49: there is no option `gateway` in `networks.a`
#   here: the gateway is the hypervisor
#   help: remove it: the hypervisor has the first address of `subnet`
# error[LNX0302] 1:64-1:69: there is no option `start` in `networks.a`
#   here: did you mean `dhcp`?
#   help: write `dhcp.start = …;`
#   fix (unsafe): 1:64-1:69 -> `dhcp.start`
# error[LNX0302] 1:84-1:87: there is no option `end` in `networks.a`
#   here: did you mean `dhcp`?
#   help: write `dhcp.end = …;`
#   fix (unsafe): 1:84-1:87 -> `dhcp.end`
# error[LNX0302] 1:102-1:112: there is no option `bridgeName` in `networks.a`
#   here: did you mean `bridge`?
#   help: `bridge`: Bridge of the hypervisor: the existing one in mode `"bridge"`, else the name of the one that libvirt makes.
#   fix (unsafe): 1:102-1:112 -> `bridge`
# error[LNX0302] 1:122-1:133: there is no option `forwardMode` in `networks.a`
#   here: did you mean `mode`?
#   help: `mode`: How guests of the network reach the world.
#   fix (unsafe): 1:122-1:133 -> `mode`
# error[LNX0302] 1:143-1:150: there is no option `netmask` in `networks.a`
#   here: the length of the prefix says this
#   help: remove it, and write the length after the address: `subnet = "10.20.0.0/24";`
# error[LNX0302] 1:212-1:217: there is no option `range` in `networks.b`
#   here: did you mean `dhcp`?
#   help: write `dhcp = { start = "10.20.0.100"; end = "10.20.0.199"; };`

--- words-of-others-for-machines ---
{ deployment = { name = "web"; cpuCount = 1; ram = 512; nixos = false; networkInterfaces = [ ]; sshPublicKey = "/k.pub"; hostdevs = [ ]; bootDevices = [ "PXE" ]; secureBoot = true; filesystem = { }; extraXML = "<x/>"; }; }

# error[LNX0302] 1:32-1:40: there is no option `cpuCount`
#   here: did you mean `cpus`?
#   help: `cpus`: Number of virtual CPUs, or a set that says more about them.
#   fix (unsafe): 1:32-1:40 -> `cpus`
# error[LNX0302] 1:72-1:89: there is no option `networkInterfaces`
#   here: did you mean `interfaces`?
#   help: `interfaces`: Network interfaces of the machine, in order.
#   fix (unsafe): 1:72-1:89 -> `interfaces`
# error[LNX0302] 1:97-1:109: there is no option `sshPublicKey`
#   here: did you mean `sshPubKeyPath`?
#   help: `sshPubKeyPath`: Public ssh key that may log in to a NixOS guest, or to one with `cloudInit`; `~` is your home directory.
#   fix (unsafe): 1:97-1:109 -> `sshPubKeyPath`
# error[LNX0302] 1:122-1:130: there is no option `hostdevs`
#   here: did you mean `pciDevices`?
#   help: `pciDevices`: PCI devices of the hypervisor that the guest gets.
#   fix (unsafe): 1:122-1:130 -> `pciDevices`
# error[LNX0302] 1:138-1:149: there is no option `bootDevices`
#   here: did you mean `bootOrder`?
#   help: `bootOrder`: What the machine tries to boot from, in order: `"PXE"` (the network), `"cdrom"` (the installation medium) or the name of a disk.
#   fix (unsafe): 1:138-1:149 -> `bootOrder`
# error[LNX0302] 1:163-1:173: there is no option `secureBoot`
#   here: did you mean `firmware`?
#   help: write `firmware = "uefi-secure";`
# error[LNX0302] 1:182-1:192: there is no option `filesystem`
#   here: did you mean `sharedFolders`?
#   help: `sharedFolders`: Directories of the hypervisor that the guest can use, by the names that it mounts them by (virtiofs).
#   fix (unsafe): 1:182-1:192 -> `sharedFolders`
# error[LNX0302] 1:200-1:208: there is no option `extraXML`
#   here: did you mean `extraConfig`?
#   help: `extraConfig`: XML that is merged into libvirt's `<domain>` element and wins over what Launchnix writes.
#   fix (unsafe): 1:200-1:208 -> `extraConfig`

--- words-of-others-for-what-is-elsewhere ---
{ deployment = { name = "web"; cpus = 1; ram = 512; nixos = false; macAddress = "52:54:00:00:00:01"; ipAddress = "10.0.0.5"; image = ./images/debian-12.qcow2; baseImage = ./images/debian-12.qcow2; uefi = true; }; }

# error[LNX0302] 1:68-1:78: there is no option `macAddress`
#   here: unknown option
#   help: there is an option `mac`, which belongs to an element of `interfaces`
# error[LNX0302] 1:102-1:111: there is no option `ipAddress`
#   here: unknown option
#   help: there is an option `ip`, which belongs to an element of `interfaces`
# error[LNX0302] 1:126-1:131: there is no option `image`
#   here: unknown option
#   help: there is an option `fromImage`, which belongs to `initialDisks.<name>`
# error[LNX0302] 1:160-1:169: there is no option `baseImage`
#   here: unknown option
#   help: there is an option `fromImage`, which belongs to `initialDisks.<name>`
# error[LNX0302] 1:198-1:202: there is no option `uefi`
#   here: did you mean `firmware`?
#   help: write `firmware = "uefi";`

--- words-of-others-for-devices ---
{ deployment = { name = "web"; cpus = 1; ram = 512; nixos = false; pciDevices = [ { id = "09:00.0"; rom = ./x.rom; } ]; interfaces = [ { source = "default"; } { source = "br0"; } ]; graphics = { address = "127.0.0.1"; }; }; }
# error[LNX0302] 1:101-1:104: there is no option `rom` in `pciDevices[0]`
#   here: did you mean `romFile`?
#   help: `romFile`: Firmware of the card, where the one that it brings does not work in a guest.
#   fix (unsafe): 1:101-1:104 -> `romFile`
# error[LNX0302] 1:138-1:144: there is no option `source` in `interfaces[0]`
#   here: did you mean `network`?
#   help: `network`: Network that the interface is on: one of `networks`, or libvirt's own `default`.
#   fix (unsafe): 1:138-1:144 -> `network`
# error[LNX0302] 1:162-1:168: there is no option `source` in `interfaces[1]`
#   here: did you mean `bridge`?
#   help: `bridge`: Bridge of the hypervisor that the interface is attached to.
#   fix (unsafe): 1:162-1:168 -> `bridge`
# error[LNX0302] 1:196-1:203: there is no option `address` in `graphics`
#   here: did you mean `listen`?
#   help: `listen`: Address of the hypervisor that it is shown at.
#   fix (unsafe): 1:196-1:203 -> `listen`

--- an-interface-inside-of-itself ---
{ deployment = { name = "web"; cpus = 1; ram = 512; nixos = false; interfaces = [ { interfaces = [ { network = "default"; } ]; } ]; }; }

# error[LNX0302] 1:85-1:95: `interfaces` stands inside of `interfaces`
#   here: one too many
#   help: write what it holds directly into the outer one

--- a-count-inside-of-itself ---
{ deployment = { name = "web"; cpus.cpus = 2; ram = 512; nixos = false; }; }

# error[LNX0302] 1:37-1:41: there is no option `cpus` in `cpus`
#   here: did you mean `count`?
#   help: `count`: Number of virtual CPUs.
#   fix (unsafe): 1:37-1:41 -> `count`

--- networks-in-deployment ---
{ deployment = { name = "web"; cpus = 1; ram = 512; nixos = false; networks.lan.subnet = "10.0.0.0/24"; }; }

# error[LNX0302] 1:68-1:76: there is no option `networks`
#   here: belongs to the fleet, at the top of the file
#   help: `networks`: Networks that the deployment brings, by name.

--- a-renamed-option-that-others-only-speak-of ---
{ deployment = { name = "web"; cpus = 1; ram = 512; nixos = false; bootorder = [ "PXE" ]; description = "the bootorder"; }; } # bootorder

# error[LNX0302] 1:68-1:77: there is no option `bootorder`
#   here: did you mean `bootOrder`?
#   help: `bootOrder`: What the machine tries to boot from, in order: `"PXE"` (the network), `"cdrom"` (the installation medium) or the name of a disk.
#   fix (safe): 1:68-1:77 -> `bootOrder`

--- secure-boot-in-another-case ---
{ deployment = { name = "web"; cpus = 1; ram = 512; nixos = false; secure_boot = true; }; }
# error[LNX0302] 1:68-1:79: there is no option `secure_boot`
#   here: did you mean `firmware`?
#   help: write `firmware = "uefi-secure";`

--- an-option-of-an-option-here ---
{ deployment = { name = "web"; cpus = 1; ram = 512; sshPubKeyPath = ./key.pub; healthChecks.port = 80; listen = "0.0.0.0"; }; machine = { }; }
# error[LNX0302] 1:93-1:97: there is no option `port` in `healthChecks`
#   here: belongs to an element of `healthChecks.http`
#   help: `port`: Port that is asked.
# error[LNX0302] 1:104-1:110: there is no option `listen`
#   here: belongs to `graphics`
#   help: `listen`: Address of the hypervisor that it is shown at.

--- other-words-for-what-an-interface-needs ---
{ machines.a.deployment = { cpus = 1; ram = 512; nixos = false; interfaces = [ { mode = "bridge"; device = "br0"; } { net = "default"; } { networkName = "default"; } { parent = "enp3s0"; } { type = "e1000"; network = "default"; } ]; }; }
# error[LNX0302] 1:82-1:86: there is no option `mode` in `interfaces[0]`
#   here: the option that is set says this
#   help: remove it, and set `network`, `bridge` or `direct` to what the interface is plugged into
# error[LNX0302] 1:99-1:105: there is no option `device` in `interfaces[0]`
#   here: did you mean `bridge`?
#   help: `bridge`: Bridge of the hypervisor that the interface is attached to.
#   fix (unsafe): 1:99-1:105 -> `bridge`
# error[LNX0302] 1:119-1:122: there is no option `net` in `interfaces[1]`
#   here: did you mean `network`?
#   help: `network`: Network that the interface is on: one of `networks`, or libvirt's own `default`.
#   fix (unsafe): 1:119-1:122 -> `network`
# error[LNX0302] 1:140-1:151: there is no option `networkName` in `interfaces[2]`
#   here: did you mean `network`?
#   help: `network`: Network that the interface is on: one of `networks`, or libvirt's own `default`.
#   fix (unsafe): 1:140-1:151 -> `network`
# error[LNX0302] 1:169-1:175: there is no option `parent` in `interfaces[3]`
#   here: did you mean `direct`?
#   help: `direct`: Network device of the hypervisor that the interface shares, with an address of its own on that network (macvtap).
#   fix (unsafe): 1:169-1:175 -> `direct`
# error[LNX0302] 1:192-1:196: there is no option `type` in `interfaces[4]`
#   here: did you mean `model`?
#   help: `model`: Network card that the guest sees.
#   fix (unsafe): 1:192-1:196 -> `model`

--- other-words-for-what-a-folder-needs ---
{ machines.a.deployment = { cpus = 1; ram = 512; nixos = false; sharedFolders = { a.hostPath = "/srv"; b.host = "/srv"; c.src = "/srv"; }; }; }
# error[LNX0302] 1:85-1:93: there is no option `hostPath` in `sharedFolders.a`
#   here: did you mean `path`?
#   help: `path`: Directory on the hypervisor. It must exist.
#   fix (unsafe): 1:85-1:93 -> `path`
# error[LNX0302] 1:106-1:110: there is no option `host` in `sharedFolders.b`
#   here: did you mean `path`?
#   help: `path`: Directory on the hypervisor. It must exist.
#   fix (unsafe): 1:106-1:110 -> `path`
# error[LNX0302] 1:123-1:126: there is no option `src` in `sharedFolders.c`
#   here: did you mean `path`?
#   help: `path`: Directory on the hypervisor. It must exist.
#   fix (unsafe): 1:123-1:126 -> `path`

--- other-words-for-what-a-secret-needs ---
{
  machines.a = {
    machine = { };
    deployment = {
      cpus = 1; ram = 512; sshPubKeyPath = ./key.pub;
      secrets = {
        a = { src = ./key.pub; dest = "/run/a"; };
        b = { file = ./key.pub; path = "/run/b"; };
        c = { keyFile = ./key.pub; destination = "/run/c"; mode = "0440"; user = "me"; };
        d = { text = "x"; destination = "/run/d"; };
      };
    };
  };
}
# error[LNX0302] 7:15-7:18: there is no option `src` in `secrets.a`
#   here: did you mean `source`?
#   help: `source`: File on the machine that runs Launchnix. Its content is in no build directory: morph reads it.
#   fix (unsafe): 7:15-7:18 -> `source`
# error[LNX0302] 7:32-7:36: there is no option `dest` in `secrets.a`
#   here: did you mean `destination`?
#   help: `destination`: Where it is put in the guest.
#   fix (unsafe): 7:32-7:36 -> `destination`
# error[LNX0302] 8:15-8:19: there is no option `file` in `secrets.b`
#   here: did you mean `source`?
#   help: `source`: File on the machine that runs Launchnix. Its content is in no build directory: morph reads it.
#   fix (unsafe): 8:15-8:19 -> `source`
# error[LNX0302] 8:33-8:37: there is no option `path` in `secrets.b`
#   here: did you mean `destination`?
#   help: `destination`: Where it is put in the guest.
#   fix (unsafe): 8:33-8:37 -> `destination`
# error[LNX0302] 9:15-9:22: there is no option `keyFile` in `secrets.c`
#   here: did you mean `source`?
#   help: `source`: File on the machine that runs Launchnix. Its content is in no build directory: morph reads it.
#   fix (unsafe): 9:15-9:22 -> `source`
# error[LNX0302] 9:60-9:64: there is no option `mode` in `secrets.c`
#   here: did you mean `permissions`?
#   help: `permissions`: Who may do what with it, as octal digits.
#   fix (unsafe): 9:60-9:64 -> `permissions`
# error[LNX0302] 9:75-9:79: there is no option `user` in `secrets.c`
#   here: did you mean `owner`?
#   help: write `owner.user = …;`
#   fix (unsafe): 9:75-9:79 -> `owner.user`
# error[LNX0302] 10:15-10:19: there is no option `text` in `secrets.d`
#   here: whoever reads the deployment would have the secret
#   help: write it into a file of its own and name that, for example `source = ./secrets/db-password;`

--- other-words-for-what-pools-and-networks-need ---
{
  pools.fast.target = "/srv";
  networks.a.address = "10.4.0.0/24";
  networks.b = { mode = "bridge"; interface = "br0"; };
  networks.c = { subnet = "10.5.0.0/24"; hosts = { }; dhcp = { stop = "10.5.0.9"; hosts = { }; }; };
  machines.a.deployment = { cpus = 1; ram = 512; nixos = false; };
}
# error[LNX0302] 2:14-2:20: there is no option `target` in `pools.fast`
#   here: did you mean `path`?
#   help: `path`: Directory on the hypervisor that holds the pool's volumes; it is made where it does not exist.
#   fix (unsafe): 2:14-2:20 -> `path`
# error[LNX0302] 3:14-3:21: there is no option `address` in `networks.a`
#   here: did you mean `subnet`?
#   help: `subnet`: IPv4 addresses of the network; the hypervisor has the first one.
#   fix (unsafe): 3:14-3:21 -> `subnet`
# error[LNX0302] 4:35-4:44: there is no option `interface` in `networks.b`
#   here: did you mean `bridge`?
#   help: `bridge`: Bridge of the hypervisor: the existing one in mode `"bridge"`, else the name of the one that libvirt makes.
#   fix (unsafe): 4:35-4:44 -> `bridge`
# error[LNX0302] 5:42-5:47: there is no option `hosts` in `networks.c`
#   here: an address belongs to the machine that has it
#   help: set it in the machine, for example `interfaces = [ { network = "lan"; ip = "10.20.0.10"; } ];`
# error[LNX0302] 5:64-5:68: there is no option `stop` in `networks.c.dhcp`
#   here: did you mean `end`?
#   help: `end`: Last address that is handed out.
#   fix (unsafe): 5:64-5:68 -> `end`
# error[LNX0302] 5:83-5:88: there is no option `hosts` in `networks.c.dhcp`
#   here: an address belongs to the machine that has it
#   help: set it in the machine, for example `interfaces = [ { network = "lan"; ip = "10.20.0.10"; } ];`

--- other-words-for-what-a-disk-starts-as ---
{ machines.a.deployment = { cpus = 1; ram = 512; nixos = false; initialDisks = { a.backing = "/x"; b.backup = "/y"; c.backingFile = "/z"; }; }; }
# error[LNX0302] 1:84-1:91: there is no option `backing` in `initialDisks.a`
#   here: did you mean `fromImage`?
#   help: `fromImage`: Image that the disk starts as a copy-on-write overlay of.
#   fix (unsafe): 1:84-1:91 -> `fromImage`
# error[LNX0302] 1:102-1:108: there is no option `backup` in `initialDisks.b`
#   here: did you mean `fromBackup`?
#   help: `fromBackup`: Image that the disk starts as a full copy of.
#   fix (unsafe): 1:102-1:108 -> `fromBackup`
# error[LNX0302] 1:119-1:130: there is no option `backingFile` in `initialDisks.c`
#   here: did you mean `fromImage`?
#   help: `fromImage`: Image that the disk starts as a copy-on-write overlay of.
#   fix (unsafe): 1:119-1:130 -> `fromImage`

--- other-words-for-what-addresses-and-devices-need ---
{ machines.a.deployment = { cpus = 1; ram = 512; nixos = false; staticIPs = [ { ipv4 = [ "10.0.0.4" ]; } { addr = [ "10.0.0.5" ]; } ]; pciDevices = [ { pci = "09:00.0"; } { device = "09:00.1"; } ]; usbDevices = [ { device = "1.4"; } ]; }; }
# error[LNX0302] 1:81-1:85: there is no option `ipv4` in `staticIPs[0]`
#   here: did you mean `ips`?
#   help: `ips`: Addresses of the interface.
#   fix (unsafe): 1:81-1:85 -> `ips`
# error[LNX0302] 1:108-1:112: there is no option `addr` in `staticIPs[1]`
#   here: did you mean `ips`?
#   help: `ips`: Addresses of the interface.
#   fix (unsafe): 1:108-1:112 -> `ips`
# error[LNX0302] 1:153-1:156: there is no option `pci` in `pciDevices[0]`
#   here: did you mean `id`?
#   help: `id`: Address of the function on the hypervisor, as `lspci` shows it.
#   fix (unsafe): 1:153-1:156 -> `id`
# error[LNX0302] 1:174-1:180: there is no option `device` in `pciDevices[1]`
#   here: did you mean `id`?
#   help: `id`: Address of the function on the hypervisor, as `lspci` shows it.
#   fix (unsafe): 1:174-1:180 -> `id`
# error[LNX0302] 1:216-1:222: there is no option `device` in `usbDevices[0]`
#   here: did you mean `id`?
#   help: `id`: The device as `lsusb` shows it: by vendor and product (`046d:c52b`), or by bus and device (`1.4`).
#   fix (unsafe): 1:216-1:222 -> `id`

--- other-words-for-what-a-health-check-needs ---
{ machines.a = { machine = { }; deployment = { cpus = 1; ram = 512; sshPubKeyPath = ./key.pub; healthChecks = { cmd = [ { command = [ "true" ]; } ]; http = [ { url = "https://host:8443/x"; } { url = "http://host"; } ]; }; }; }; }
# error[LNX0302] 1:123-1:130: there is no option `command` in `healthChecks.cmd[0]`
#   here: did you mean `cmd`?
#   help: `cmd`: The program and its arguments.
#   fix (unsafe): 1:123-1:130 -> `cmd`
# error[LNX0302] 1:161-1:164: there is no option `url` in `healthChecks.http[0]`
#   here: the parts of a URL have options of their own
#   help: write `scheme = "https"; host = "host"; port = 8443; path = "/x";`
# error[LNX0302] 1:194-1:197: there is no option `url` in `healthChecks.http[1]`
#   here: the parts of a URL have options of their own
#   help: write `host = "host"; port = 80;`

--- two-options-for-one-usb-device ---
{ machines.a.deployment = { cpus = 1; ram = 512; nixos = false; usbDevices = [ { vendorId = "0x046d"; productId = "0xc52b"; } { bus = 1; device = 4; } { vendor = 1133; product = 50475; optional = true; } ]; }; }
# error[LNX0302] 1:82-1:90: there are no options `vendorId` and `productId`
#   here: both are one option, `id`
#   1:103-1:112: and this
#   help: write `{ id = "046d:c52b"; }`
#   fix (unsafe): 1:80-1:126 -> `{ id = "046d:c52b"; }`
# error[LNX0302] 1:129-1:132: there are no options `bus` and `device`
#   here: both are one option, `id`
#   1:138-1:144: and this
#   help: write `{ id = "1.4"; }`
#   fix (unsafe): 1:127-1:151 -> `{ id = "1.4"; }`
# error[LNX0302] 1:154-1:160: there are no options `vendor` and `product`
#   here: both are one option, `id`
#   1:169-1:176: and this
#   help: write both in one string: `id = "046d:c52b";`

--- units-in-the-names-of-sizes ---
{
  machines.a.deployment = { cpus = 2; ramGB = 4; nixos = false; diskSizeGB = 20; initialDisks.d.sizeGB = 100; };
  machines.b.deployment = { cpus = 2; memoryGiB = 1.5; nixos = false; disk_size_gb = "20"; };
  machines.c.deployment = { cpus = 2; memoryMB = 4096; nixos = false; disk = "20G"; };
  machines.d.deployment = { cpus = 2; ramG = 2 + 2; nixos = false; disk = 20; };
}
# error[LNX0302] 2:39-2:44: there is no option `ramGB`
#   here: did you mean `ram`?
#   help: `ram` is in MiB: write `ram = 4096;`
#   fix (unsafe): 2:39-2:44 -> `ram`
#   and: 2:47-2:48 -> `4096`
# error[LNX0302] 2:65-2:75: there is no option `diskSizeGB`
#   here: did you mean `diskSize`?
#   help: `diskSize` is in MiB: write `diskSize = 20480;`
#   fix (unsafe): 2:65-2:75 -> `diskSize`
#   and: 2:78-2:80 -> `20480`
# error[LNX0302] 2:97-2:103: there is no option `sizeGB` in `initialDisks.d`
#   here: did you mean `size`?
#   help: `size` is in MiB: write `size = 102400;`
#   fix (unsafe): 2:97-2:103 -> `size`
#   and: 2:106-2:109 -> `102400`
# error[LNX0302] 3:39-3:48: there is no option `memoryGiB`
#   here: did you mean `ram`?
#   help: `ram` is in MiB: write `ram = 1536;`
#   fix (unsafe): 3:39-3:48 -> `ram`
#   and: 3:51-3:54 -> `1536`
# error[LNX0302] 3:71-3:83: there is no option `disk_size_gb`
#   here: did you mean `diskSize`?
#   help: `diskSize` is in MiB: write `diskSize = 20480;`
#   fix (unsafe): 3:71-3:83 -> `diskSize`
#   and: 3:86-3:90 -> `20480`
# error[LNX0302] 4:39-4:47: there is no option `memoryMB`
#   here: did you mean `ram`?
#   help: `ram` is in MiB: write `ram = 4096;`
#   fix (unsafe): 4:39-4:47 -> `ram`
#   and: 4:50-4:54 -> `4096`
# error[LNX0302] 4:71-4:75: there is no option `disk`
#   here: did you mean `diskSize`?
#   help: `diskSize` is in MiB: write `diskSize = 20480;`
#   fix (unsafe): 4:71-4:75 -> `diskSize`
#   and: 4:78-4:83 -> `20480`
# error[LNX0302] 5:39-5:43: there is no option `ramG`
#   here: did you mean `ram`?
#   help: `ram` is in MiB: write `ram = 4096;`
#   fix (unsafe): 5:39-5:43 -> `ram`
#   and: 5:46-5:51 -> `4096`
# error[LNX0302] 5:68-5:72: there is no option `disk`
#   here: did you mean `diskSize`?
#   help: `diskSize` is a number of MiB

--- words-for-what-is-said-elsewhere ---
{ machines.a = { module = { }; deployment = { cpus = 1; ram = 512; nixos = false; tpm.type = "crb"; serial.type = "pty"; cloudInit.users = [ ]; graphics.enable = true; }; }; }
# error[LNX0302] 1:18-1:24: there is no option `module` in `machines.a`
#   here: did you mean `machine`?
#   help: `machine`: NixOS module of the guest: a function, a set or a path.
#   fix (unsafe): 1:18-1:24 -> `machine`
# error[LNX0302] 1:87-1:91: there is no option `type` in `tpm`
#   here: did you mean `model`?
#   help: `model`: Interface that the guest finds the TPM at.
#   fix (unsafe): 1:87-1:91 -> `model`
# error[LNX0302] 1:108-1:112: there is no option `type` in `serial`
#   here: the console is a terminal, or a TCP port where `port` is set
#   help: remove it, or set `port`
# error[LNX0302] 1:132-1:137: there is no option `users` in `cloudInit`
#   here: belongs into the text of `userData`
#   help: write it in YAML: `userData = "#cloud-config\n…";`, or name a file that holds it
# error[LNX0302] 1:154-1:160: there is no option `enable` in `graphics`
#   here: `type` says whether there is a screen
#   help: write `type = "vnc";`, or `type = "none";` for none
