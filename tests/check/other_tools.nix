--- proxmox-numbers-its-devices ---
{ deployment = { name = "a"; cpus = 1; ram = 512; nixos = false; net0 = "virtio,bridge=vmbr0"; scsi0 = "local:32"; hostpci0 = "01:00"; onboot = 1; boot = "order=scsi0"; machine = "q35"; }; }

# error[LNX0302] 1:66-1:70: there is no option `net0`
#   here: did you mean `interfaces`?
#   help: `interfaces`: Network interfaces of the machine, in order.
#   fix (unsafe): 1:66-1:70 -> `interfaces`
# error[LNX0302] 1:96-1:101: there is no option `scsi0`
#   here: did you mean `initialDisks`?
#   help: `initialDisks`: Disks of the machine by name; `boot` is the boot disk.
#   fix (unsafe): 1:96-1:101 -> `initialDisks`
# error[LNX0302] 1:116-1:124: there is no option `hostpci0`
#   here: did you mean `pciDevices`?
#   help: `pciDevices`: PCI devices of the hypervisor that the guest gets.
#   fix (unsafe): 1:116-1:124 -> `pciDevices`
# error[LNX0302] 1:136-1:142: there is no option `onboot`
#   here: did you mean `autostart`?
#   help: `autostart`: Whether the machine starts with the hypervisor.
#   fix (unsafe): 1:136-1:142 -> `autostart`
# error[LNX0302] 1:148-1:152: there is no option `boot`
#   here: did you mean `bootOrder`?
#   help: `bootOrder`: What the machine tries to boot from, in order: `"PXE"` (the network), `"cdrom"` (the installation medium) or the name of a disk.
#   fix (unsafe): 1:148-1:152 -> `bootOrder`
# error[LNX0302] 1:170-1:177: there is no option `machine`
#   here: did you mean `machineType`?
#   help: `machineType`: Machine that QEMU emulates: `"q35"`, `"pc"`, or one of them in the version that it shall keep, `"pc-q35-7.2"`.
#   fix (unsafe): 1:170-1:177 -> `machineType`

--- terraform-s-machine ---
{
  machines.a.deployment = {
    vcpu = 2;
    memory = "2048";
    running = true;
    qemu_agent = true;
    network_interface = [ { network_name = "default"; wait_for_lease = true; } ];
    nixos = false;
  };
  machines.b.deployment = {
    cpus = 2; memory = "4 GiB"; nixos = false;
    interfaces = [ { network_name = "default"; wait_for_lease = true; } ];
  };
}

# error[LNX0302] 3:5-3:9: there is no option `vcpu`
#   here: did you mean `cpus`?
#   help: `cpus`: Number of virtual CPUs, or a set that says more about them.
#   fix (unsafe): 3:5-3:9 -> `cpus`
# error[LNX0302] 4:5-4:11: there is no option `memory`
#   here: did you mean `ram`?
#   help: `ram` is in MiB: write `ram = 2048;`
#   fix (unsafe): 4:5-4:11 -> `ram`
#   and: 4:14-4:20 -> `2048`
# error[LNX0302] 5:5-5:12: there is no option `running`
#   here: a machine runs as soon as it is there
#   help: remove it; `launchnix stop` and `launchnix start` do this by the machine's name
# error[LNX0302] 6:5-6:15: there is no option `qemu_agent`
#   here: every machine has the agent's channel
#   help: remove it; the agent itself is installed in the guest
# error[LNX0302] 7:5-7:22: there is no option `network_interface`
#   here: did you mean `interfaces`?
#   help: `interfaces`: Network interfaces of the machine, in order.
#   fix (unsafe): 7:5-7:22 -> `interfaces`
# error[LNX0302] 11:15-11:21: there is no option `memory`
#   here: did you mean `ram`?
#   help: `ram` is in MiB: write `ram = 4096;`
#   fix (unsafe): 11:15-11:21 -> `ram`
#   and: 11:24-11:31 -> `4096`
# error[LNX0302] 12:22-12:34: there is no option `network_name` in `interfaces[0]`
#   here: did you mean `network`?
#   help: `network`: Network that the interface is on: one of `networks`, or libvirt's own `default`.
#   fix (unsafe): 12:22-12:34 -> `network`
# error[LNX0302] 12:48-12:62: there is no option `wait_for_lease` in `interfaces[0]`
#   here: Launchnix waits for the guest's address by itself
#   help: remove it

--- compose-s-service ---
{ machines.a.deployment = { cpus = 1; mem_limit = "512m"; nixos = false; ports = [ "80:80" ]; depends_on = [ "db" ]; restart = "always"; container_name = "a"; }; }

# error[LNX0302] 1:39-1:48: there is no option `mem_limit`
#   here: did you mean `ram`?
#   help: `ram` is in MiB: write `ram = 512;`
#   fix (unsafe): 1:39-1:48 -> `ram`
#   and: 1:51-1:57 -> `512`
# error[LNX0302] 1:74-1:79: there is no option `ports`
#   here: a guest has an address of its own: no port is forwarded to it
#   help: remove it; a NixOS guest opens a port with `networking.firewall.allowedTCPPorts` in `machine`
# error[LNX0302] 1:95-1:105: there is no option `depends_on`
#   here: machines start independently of each other
#   help: remove it, and let the services in the guest wait for what they need
# error[LNX0302] 1:118-1:125: there is no option `restart`
#   here: did you mean `autostart`?
#   help: `autostart`: Whether the machine starts with the hypervisor.
#   fix (unsafe): 1:118-1:125 -> `autostart`
# error[LNX0302] 1:138-1:152: there is no option `container_name`
#   here: did you mean `name`?
#   help: `name`: Name of the machine for libvirt, morph and ssh.
#   fix (unsafe): 1:138-1:152 -> `name`

--- vagrant-s-box ---
{ machines.a.deployment = { cpus = 1; ram = 512; nixos = false; box = "debian/bookworm64"; synced_folder = { }; provision = "apt-get update"; forwarded_ports = [ ]; }; }

# error[LNX0302] 1:65-1:68: there is no option `box`
#   here: unknown option
#   help: there is an option `fromImage`, which belongs to `initialDisks.<name>`
# error[LNX0302] 1:92-1:105: there is no option `synced_folder`
#   here: did you mean `sharedFolders`?
#   help: `sharedFolders`: Directories of the hypervisor that the guest can use, by the names that it mounts them by (virtiofs).
#   fix (unsafe): 1:92-1:105 -> `sharedFolders`
# error[LNX0302] 1:113-1:122: there is no option `provision`
#   here: a guest is set up by its own system
#   help: write it in `machine` for NixOS, and in `cloudInit.userData` for a ready-made image
# error[LNX0302] 1:143-1:158: there is no option `forwarded_ports`
#   here: a guest has an address of its own: no port is forwarded to it
#   help: remove it; a NixOS guest opens a port with `networking.firewall.allowedTCPPorts` in `machine`

--- words-of-networks-and-addresses ---
{
  networks.lan = { cidr_block = "10.20.0.0/24"; dns = [ "1.1.1.1" ]; driver = "bridge"; };
  pools.fast = { type = "dir"; path = "/srv/fast"; };
  machines.a.deployment = {
    cpus = 1; ram = 512; nixos = false;
    interfaces = [ { type = "tap"; macaddr = "52:54:00:00:00:01"; } ];
    staticIPs = [ { ips = [ "10.20.0.5" ]; netmask = "255.255.255.0"; gateway4 = "10.20.0.1"; nameservers = [ "10.20.0.1" ]; dev = "ens3"; } ];
  };
}

# error[LNX0302] 2:20-2:30: there is no option `cidr_block` in `networks.lan`
#   here: did you mean `subnet`?
#   help: `subnet`: IPv4 addresses of the network; the hypervisor has the first one.
#   fix (unsafe): 2:20-2:30 -> `subnet`
# error[LNX0302] 2:49-2:52: there is no option `dns` in `networks.lan`
#   here: the hypervisor is the guests' name server
#   help: remove it: it answers at the first address of `subnet`
# error[LNX0302] 2:70-2:76: there is no option `driver` in `networks.lan`
#   here: did you mean `mode`?
#   help: `mode`: How guests of the network reach the world.
#   fix (unsafe): 2:70-2:76 -> `mode`
# error[LNX0302] 3:18-3:22: there is no option `type` in `pools.fast`
#   here: unknown option
#   help: the options here are `path`
# error[LNX0302] 6:22-6:26: there is no option `type` in `interfaces[0]`
#   here: the option that is set says this
#   help: remove it, and set `network`, `bridge` or `direct` to what the interface is plugged into
# error[LNX0302] 6:36-6:43: there is no option `macaddr` in `interfaces[0]`
#   here: did you mean `mac`?
#   help: `mac`: Ethernet address of the interface.
#   fix (unsafe): 6:36-6:43 -> `mac`
# error[LNX0302] 7:44-7:51: there is no option `netmask` in `staticIPs[0]`
#   here: did you mean `prefix`?
#   help: `prefix` is the number of the mask's bits: `prefix = 24;` for 255.255.255.0
# error[LNX0302] 7:71-7:79: there is no option `gateway4` in `staticIPs[0]`
#   here: did you mean `gateway`?
#   help: `gateway`: Router through which the guest reaches everything else.
#   fix (unsafe): 7:71-7:79 -> `gateway`
# error[LNX0302] 7:95-7:106: there is no option `nameservers` in `staticIPs[0]`
#   here: did you mean `dns`?
#   help: `dns`: Name servers that the guest asks.
#   fix (unsafe): 7:95-7:106 -> `dns`
# error[LNX0302] 7:126-7:129: there is no option `dev` in `staticIPs[0]`
#   here: did you mean `interface`?
#   help: `interface`: Interface inside the guest.
#   fix (unsafe): 7:126-7:129 -> `interface`

--- words-of-devices ---
{
  machines.a.deployment = {
    cpus = { count = 2; topology = { }; affinity = [ ]; };
    ram = 512; nixos = false;
    graphics = { type = "spice"; password = "x"; autoport = true; };
    sharedFolders.media = { path = "/srv/media"; tag = "media"; readonly = true; };
    initialDisks.data = { disk_size = "10G"; storage = "default"; trim = true; };
    headers = { };
    cloudInit.enable = true;
  };
}

# error[LNX0302] 3:25-3:33: there is no option `topology` in `cpus`
#   here: its parts stand directly in `cpus`
#   help: write `sockets`, `cores` and `threads` beside `count`
# error[LNX0302] 3:41-3:49: there is no option `affinity` in `cpus`
#   here: did you mean `pin`?
#   help: `pin`: CPUs of the hypervisor that each virtual CPU may run on.
#   fix (unsafe): 3:41-3:49 -> `pin`
# error[LNX0302] 5:34-5:42: there is no option `password` in `graphics`
#   here: there is no password
#   help: remove it: whoever reaches the address sees the screen, so leave `listen` at the loopback address
# error[LNX0302] 5:50-5:58: there is no option `autoport` in `graphics`
#   here: libvirt finds a free port where `port` is not set
#   help: remove it
# error[LNX0302] 6:50-6:53: there is no option `tag` in `sharedFolders.media`
#   here: the folder's own name is what guests mount it by
#   help: remove it, and name the folder so: `sharedFolders.<name>`
# error[LNX0302] 6:65-6:73: there is no option `readonly` in `sharedFolders.media`
#   here: the guest decides how it mounts the folder
#   help: remove it, and mount it read-only in the guest: `mount -o ro -t virtiofs …`
# error[LNX0302] 7:27-7:36: there is no option `disk_size` in `initialDisks.data`
#   here: did you mean `size`?
#   help: `size` is in MiB: write `size = 10240;`
#   fix (unsafe): 7:27-7:36 -> `size`
#   and: 7:39-7:44 -> `10240`
# error[LNX0302] 7:46-7:53: there is no option `storage` in `initialDisks.data`
#   here: did you mean `pool`?
#   help: `pool`: Storage pool that holds the disk.
#   fix (unsafe): 7:46-7:53 -> `pool`
# error[LNX0302] 7:67-7:71: there is no option `trim` in `initialDisks.data`
#   here: did you mean `discard`?
#   help: `discard`: What becomes of space that the guest frees.
#   fix (unsafe): 7:67-7:71 -> `discard`
# error[LNX0302] 8:5-8:12: there is no option `headers`
#   here: belongs to an element of `healthChecks.http`
#   help: `headers`: Headers that are sent, by name.
# error[LNX0302] 9:15-9:21: there is no option `enable` in `cloudInit`
#   here: `cloudInit` is on where it is set
#   help: remove it: `cloudInit = { };` is enough

--- machines-under-another-word ---
{
  defaults.deployment = { cpus = 1; ram = 1024; nixos = false; };
  networks.lan.subnet = "10.20.0.0/24";
  servers = {
    web.deployment.interfaces = [ { network = "lna"; } ];
    db.deployment.ram = "2G";
  };
}

# error[LNX0302] 4:3-4:10: there is no option `servers`
#   here: did you mean `machines`?
#   help: a deployment is `{ deployment = { … }; machine = …; }` for one machine, or `{ machines.<name> = { deployment = { … }; machine = …; }; }` for a fleet
#   fix (unsafe): 4:3-4:10 -> `machines`
# error[LNX0503] 5:47-5:52: there is no network `lna`
#   here: did you mean `lan`?
#   note: there is `lan` and `default`
#   help: declare the network: `networks."lna".subnet = "10.20.0.0/24";`
#   fix (unsafe): 5:47-5:52 -> `"lan"`
# error[LNX0301] 6:25-6:29: `ram` is a string, but must be an integer
#   here: a string
#   help: `ram` is in MiB: write `2048`
#   fix (safe): 6:25-6:29 -> `2048`

--- machines-at-the-top-with-defaults ---
{
  defaults.deployment = { cpus = 1; ram = 1024; nixos = false; };
  web.deployment.firmware = "bois";
  db.deployment = { };
}

# error[LNX0304] 3:3-3:6: the file is neither a machine nor a fleet
#   here: a machine, which belongs to `machines`: `machines.web`
#   4:3-4:5: this as well
#   help: put the machines into `machines = { … };`, or write `machines.` in front of their names
# error[LNX0402] 3:29-3:35: `firmware` cannot be "bois"
#   here: did you mean "bios"?
#   help: the values are
#         "bios": `SeaBIOS`, which boots everything but what needs UEFI
#         "uefi": UEFI (`OVMF`), without secure boot
#         "uefi-secure": UEFI that starts only what is signed; a NixOS guest begins without keys, so that it can bring its own
#   fix (safe): 3:29-3:35 -> `"bios"`

--- a-misspelt-deployment-has-its-own-mistakes ---
{ deploymnet = { name = "web"; cpus = 0; ram = 1024; nixos = false; }; }

# error[LNX0302] 1:3-1:13: there is no option `deploymnet`
#   here: did you mean `deployment`?
#   help: a deployment is `{ deployment = { … }; machine = …; }` for one machine, or `{ machines.<name> = { deployment = { … }; machine = …; }; }` for a fleet
#   fix (unsafe): 1:3-1:13 -> `deployment`
# error[LNX0401] 1:39-1:40: `cpus` cannot be 0
#   here: must be at least 1
#   note: a machine has a CPU, and guests with more than 512 need a topology that Launchnix does not write
#   help: write a number from 1 to 512

--- misspelt-machines-have-their-own-mistakes ---
{ machnies.web.deployment = { cpus = 1; ram = "1G"; nixos = false; }; netwroks.lan.subnet = "10.0.0.0/24"; }

# error[LNX0302] 1:3-1:11: there is no option `machnies`
#   here: did you mean `machines`?
#   help: a deployment is `{ deployment = { … }; machine = …; }` for one machine, or `{ machines.<name> = { deployment = { … }; machine = …; }; }` for a fleet
#   fix (unsafe): 1:3-1:11 -> `machines`
# error[LNX0301] 1:47-1:51: `ram` is a string, but must be an integer
#   here: a string
#   help: `ram` is in MiB: write `1024`
#   fix (safe): 1:47-1:51 -> `1024`
# error[LNX0302] 1:71-1:79: there is no option `netwroks`
#   here: did you mean `networks`?
#   help: `networks`: Networks that the deployment brings, by name.
#   fix (unsafe): 1:71-1:79 -> `networks`

--- common-is-not-a-machine ---
{ common.deployment.nixos = false; machines.a.deployment = { cpus = 1; ram = 512; nixos = false; }; }

# error[LNX0302] 1:3-1:9: there is no option `common`
#   here: did you mean `defaults`?
#   help: `defaults`: What all machines of a fleet have in common: each option that a machine does not set itself is taken from `defaults.deployment`, and `defaults.machine` is a NixOS module of every guest.
#   fix (unsafe): 1:3-1:9 -> `defaults`

--- a-deployment-that-wants-lib ---
{ lib, pkgs, ... }:
{
  machines = lib.genAttrs [ "a" "b" ] (name: { deployment = { cpus = 1; ram = 512; }; });
  networks.lan.subnet = "10.0.0.0/33";
}

# error[LNX0304] 1:3-1:6: the deployment is a function that lacks its arguments `lib` and `pkgs`
#   here: no value is given
#   1:8-1:12: nor for this
#   help: write a default: `lib ? import <nixpkgs/lib>`
# error[LNX0403] 4:35-4:37: "10.0.0.0/33" is not an IPv4 network such as `10.20.0.0/24`
#   here: a prefix length is a number from 8 to 30

--- a-module-that-wants-config ---
{ config, lib, pkgs, ... }: { services.nginx.enable = true; }

# error[LNX0304] 1:3-1:9: the file holds a NixOS configuration, not a deployment
#   here: an argument of a NixOS module
#   help: a guest's configuration belongs to its machine: `{ deployment = { name = "web"; cpus = 2; ram = 2048; }; machine = …; }`

--- a-number-for-a-set ---
{ machines.a.deployment = { cpus = 1; ram = 512; nixos = false; serial = 4555; graphics = 5901; rng = 4096; tpm = 1; watchdog = 30; }; }

# error[LNX0301] 1:74-1:78: `serial` is an integer, but must be `true`, `false` or a set
#   here: an integer
#   help: write `serial = { port = 4555; };`
#   fix (unsafe): 1:74-1:74 -> `{ port = `
#   and: 1:78-1:78 -> `; }`
# error[LNX0301] 1:91-1:95: `graphics` is an integer, but must be `"none"`, `"vnc"`, `"spice"` or a set
#   here: an integer
#   help: write `graphics = { port = 5901; };`
#   fix (unsafe): 1:91-1:91 -> `{ port = `
#   and: 1:95-1:95 -> `; }`
# error[LNX0301] 1:103-1:107: `rng` is an integer, but must be `true`, `false` or a set
#   here: an integer
#   help: write `rng = { rate = 4096; };`
#   fix (unsafe): 1:103-1:103 -> `{ rate = `
#   and: 1:107-1:107 -> `; }`
# error[LNX0301] 1:115-1:116: `tpm` is an integer, but must be `true`, `false` or a set
#   here: an integer
#   help: write `true`
#   fix (safe): 1:115-1:116 -> `true`
# error[LNX0301] 1:129-1:131: `watchdog` is an integer, but must be `true`, `false` or a set
#   here: an integer
#   help: for example `watchdog = true;`

--- a-range-in-one-string ---
{ networks.lan = { subnet = "10.20.0.0/24"; dhcp = "10.20.0.100 - 10.20.0.199"; }; machines.a.deployment = { cpus = 1; ram = 512; nixos = false; }; }

# error[LNX0301] 1:52-1:79: `networks.lan.dhcp` is a string, but must be `true`, `false` or a set
#   here: a string
#   help: write `{ start = "10.20.0.100"; end = "10.20.0.199"; }`
#   fix (unsafe): 1:52-1:79 -> `{ start = "10.20.0.100"; end = "10.20.0.199"; }`

--- a-mode-for-a-network ---
{ networks.lan = "isolated"; machines.a.deployment = { cpus = 1; ram = 512; nixos = false; }; }

# error[LNX0301] 1:18-1:28: `networks.lan` is a string, but must be a set
#   here: a string
#   help: write `{ mode = "isolated"; }`
#   fix (unsafe): 1:18-1:18 -> `{ mode = `
#   and: 1:28-1:28 -> `; }`

--- an-owner-by-name ---
{ deployment = { name = "a"; cpus = 1; ram = 512; sshPubKeyPath = ./key.pub; secrets.x = { source = ./key.pub; destination = "/run/x"; owner = "postgres"; }; }; machine = { }; }

# error[LNX0301] 1:144-1:154: `secrets.x.owner` is a string, but must be a set
#   here: a string
#   help: write `{ user = "postgres"; }`
#   fix (unsafe): 1:144-1:144 -> `{ user = `
#   and: 1:154-1:154 -> `; }`

--- times-with-their-unit ---
{ deployment = { name = "a"; cpus = 1; ram = 512; sshPubKeyPath = ./key.pub; healthChecks.http = [ { port = 80; timeout = "10s"; period = "1 min"; } ]; }; machine = { }; }

# error[LNX0301] 1:123-1:128: `healthChecks.http[0].timeout` is a string, but must be an integer
#   here: a string
#   help: `timeout` is in seconds: write `10`
#   fix (safe): 1:123-1:128 -> `10`
# error[LNX0301] 1:139-1:146: `healthChecks.http[0].period` is a string, but must be an integer
#   here: a string
#   help: `period` is in seconds: write `60`
#   fix (safe): 1:139-1:146 -> `60`

--- usb-devices-in-other-spellings ---
{ deployment = { name = "a"; cpus = 1; ram = 512; nixos = false; usbDevices = [ "046D-C52B" "0x046d:0xc52c" "Bus 001 Device 004: ID 046d:c52d Logitech, Inc." "1-4" ]; }; }

# error[LNX0403] 1:82-1:91: "046D-C52B" is not a USB device such as `046d:c52b` or `1.4`
#   here: vendor and product are written `046d:c52b`
#   help: write `"046d:c52b"`
#   fix (safe): 1:81-1:92 -> `"046d:c52b"`
# error[LNX0403] 1:94-1:107: "0x046d:0xc52c" is not a USB device such as `046d:c52b` or `1.4`
#   here: vendor and product are written `046d:c52b`
#   help: write `"046d:c52c"`
#   fix (safe): 1:93-1:108 -> `"046d:c52c"`
# error[LNX0403] 1:110-1:157: "Bus 001 Device 004: ID 046d:c52d Logitech, Inc." is not a USB device such as `046d:c52b` or `1.4`
#   here: vendor and product are written `046d:c52b`
#   help: write `"046d:c52d"`
#   fix (safe): 1:109-1:158 -> `"046d:c52d"`
# error[LNX0403] 1:160-1:163: "1-4" is not a USB device such as `046d:c52b` or `1.4`
#   here: vendor and product, or bus and device, are needed
#   help: `lsusb` shows both: `Bus 001 Device 004: ID 046d:c52b` is `"046d:c52b"` or `"1.4"`

--- several-addresses-in-one-string ---
{ deployment = { name = "a"; cpus = 1; ram = 512; nixos = false; staticIPs = [ { ips = [ "10.0.0.5, 10.0.0.6" "10,0,0,7" ]; } ]; }; }

# error[LNX0403] 1:99-1:109: "10.0.0.5, 10.0.0.6" is not an IP address
#   here: one string holds one address
#   help: write each as a string of its own: `"10.0.0.5" "10.0.0.6"`
# error[LNX0403] 1:114-1:115: "10,0,0,7" is not an IP address
#   here: octets are separated by `.`
#   help: write `"10.0.0.7"`
#   fix (safe): 1:111-1:121 -> `"10.0.0.7"`

--- space-around-a-path ---
{ deployment = { name = "a"; cpus = 1; ram = 512; nixos = false; sharedFolders.x.path = "/srv/x "; initialDisks.p.physicalDisk = " /dev/sdb"; installationMedia = "/isos/a.iso "; }; }

# error[LNX0403] 1:96-1:97: "/srv/x " is not an absolute path on the hypervisor
#   here: a path has no space around it
#   help: write `"/srv/x"`
#   fix (safe): 1:89-1:98 -> `"/srv/x"`
# error[LNX0403] 1:131-1:132: " /dev/sdb" is not a block device of the hypervisor
#   here: a path has no space around it
#   help: write `"/dev/sdb"`
#   fix (safe): 1:130-1:141 -> `"/dev/sdb"`
# error[LNX0403] 1:175-1:176: "/isos/a.iso " is not the path of a file
#   here: a path has no space around it
#   help: write `"/isos/a.iso"`

--- uris-that-lack-a-part ---
{
  connection = "root@node1";
  defaults.deployment = { cpus = 1; ram = 512; nixos = false; };
  machines.a.deployment.connection = "ssh://root@node1";
  machines.b.deployment.connection = "qemu+ssh://root@node1";
  machines.c.deployment.connection = "qemu:/system";
  machines.d.deployment.connection = "qemu+ssh://root@/system";
}

# error[LNX0403] 2:17-2:27: "root@node1" is not a libvirt URI
#   here: a URI begins with a driver and `://`
#   help: write `"qemu+ssh://root@node1/system"`
#   fix (unsafe): 2:16-2:28 -> `"qemu+ssh://root@node1/system"`
# error[LNX0403] 4:39-4:42: "ssh://root@node1" is not a libvirt URI
#   here: Launchnix knows libvirt's drivers `qemu` and `test`
#   help: write `"qemu+ssh://root@node1/system"`
#   fix (unsafe): 4:38-4:56 -> `"qemu+ssh://root@node1/system"`
# error[LNX0403] 5:60-5:60: "qemu+ssh://root@node1" is not a libvirt URI
#   here: the path is `/system` or `/session`
#   help: write `"qemu+ssh://root@node1/system"`
#   fix (unsafe): 5:38-5:61 -> `"qemu+ssh://root@node1/system"`
# error[LNX0403] 6:39-6:51: "qemu:/system" is not a libvirt URI
#   here: a URI begins with a driver and `://`
#   help: write `"qemu:///system"`
#   fix (unsafe): 6:38-6:52 -> `"qemu:///system"`
# error[LNX0403] 7:55-7:55: "qemu+ssh://root@/system" is not a libvirt URI
#   here: this transport needs a host
#   help: for example `"qemu:///system"` or `"qemu+ssh://root@host/system"`

--- null-takes-away-what-the-defaults-have ---
{
  defaults.deployment = { cpus = 1; ram = 512; nixos = false; initialDisks.scratch.size = 1024; bootOrder = [ "scratch" ]; };
  machines.a.deployment = { initialDisks.scratch = null; bootOrder = null; };
  machines.b.deployment = { };
}

# fine

--- values-of-other-programs ---
{
  machines.a.deployment = {
    cpus = { count = 2; mode = "host"; }; ram = 512; nixos = false;
    tpm.version = "2";
    watchdog = { action = "restart"; model = "i6300"; };
    interfaces = [ { network = "default"; model = "virtio-net-pci"; } ];
    type = "kvm";
    usbDevices = [ 1.4 ];
    staticIPs = [ { ips = [ 10 ]; } ];
    features = [ "acpi" ];
  };
}

# error[LNX0402] 3:32-3:38: `cpus.mode` cannot be "host"
#   here: did you mean "host-passthrough"?
#   help: the values are
#         "host-passthrough": the hypervisor's own, with all that it can do; the guest cannot move to another kind of processor
#         "host-model": the model that is nearest to the hypervisor's own
#         "maximum": everything that the hypervisor, or QEMU without KVM, can offer
#         "custom": the one that `model` names
#   fix (unsafe): 3:32-3:38 -> `"host-passthrough"`
# error[LNX0402] 4:19-4:22: `tpm.version` cannot be "2"
#   here: did you mean "2.0"?
#   help: the values are
#         "2.0": what systems of today expect
#         "1.2": for old systems
#   fix (unsafe): 4:19-4:22 -> `"2.0"`
# error[LNX0402] 5:27-5:36: `watchdog.action` cannot be "restart"
#   here: did you mean "reset"?
#   help: the values are
#         "reset": the guest is reset, as by a button
#         "shutdown": the guest is asked to shut down
#         "poweroff": its power is cut
#         "pause": it is stopped where it is, to be looked at
#         "dump": its memory is written to a file, then it is reset
#         "inject-nmi": it gets a non-maskable interrupt, upon which a kernel can write a dump
#         "none": nothing
#   fix (unsafe): 5:27-5:36 -> `"reset"`
# error[LNX0402] 5:46-5:53: `watchdog.model` cannot be "i6300"
#   here: did you mean "i6300esb"?
#   help: the values are
#         "i6300esb": Intel, on PCI; every system has a driver
#         "ib700": iBase, on ISA, for old systems
#   fix (unsafe): 5:46-5:53 -> `"i6300esb"`
# error[LNX0402] 6:51-6:67: `interfaces[0].model` cannot be "virtio-net-pci"
#   here: did you mean "virtio"?
#   help: the values are
#         "virtio": paravirtual and fast; the guest needs a driver, which Linux has
#         "e1000": Intel gigabit on PCI
#         "e1000e": Intel gigabit on PCI Express
#         "rtl8139": Realtek, for very old guests
#   fix (unsafe): 6:51-6:67 -> `"virtio"`
# error[LNX0302] 7:5-7:9: there is no option `type`
#   here: did you mean `virtualisation`?
#   help: `virtualisation`: What runs the guest's instructions.
#   fix (unsafe): 7:5-7:9 -> `virtualisation`
# error[LNX0301] 8:20-8:23: `usbDevices[0]` is a float, but must be a USB device such as `"046d:c52b"`, or a set
#   here: a float
#   help: put it in quotes
#   fix (safe): 8:20-8:20 -> `"`
#   and: 8:23-8:23 -> `"`
# error[LNX0301] 9:29-9:31: `staticIPs[0].ips[0]` is an integer, but must be an IP address
#   here: an integer
#   help: write the whole address in quotes, for example `ips = [ "10.20.0.10" ];`
# error[LNX0302] 10:5-10:13: there is no option `features`
#   here: an element of libvirt's XML
#   help: write it as XML: `extraConfig = "…";` is merged into `<domain>`

--- a-pin-of-a-cpu-that-is-not-there ---
{ deployment = { name = "a"; cpus = { count = 2; pin = { "0" = "0-1"; "2" = "3"; }; }; ram = 512; nixos = false; }; }

# error[LNX0503] 1:71-1:74: there is no virtual CPU 2: the machine has 2
#   here: pinned here
#   1:47-1:48: the number of CPUs
#   help: they are numbered from 0

--- a-deployment-of-a-machine-by-another-name ---
{
  machines.web = { deploy = { cpus = 1; ram = "1G"; nixos = false; }; };
  machines.db = { deploymnet = { cpus = 0; ram = 512; nixos = false; }; };
  machines.log = { specs = { cpus = 1; ram = 512; }; machine = { }; };
}

# error[LNX0302] 2:20-2:26: there is no option `deploy`
#   here: did you mean `deployment`?
#   help: the options of a machine are in its `deployment`
#   fix (unsafe): 2:20-2:26 -> `deployment`
# error[LNX0301] 2:47-2:51: `ram` is a string, but must be an integer
#   here: a string
#   help: `ram` is in MiB: write `1024`
#   fix (safe): 2:47-2:51 -> `1024`
# error[LNX0302] 3:19-3:29: there is no option `deploymnet`
#   here: did you mean `deployment`?
#   help: the options of a machine are in its `deployment`
#   fix (unsafe): 3:19-3:29 -> `deployment`
# error[LNX0401] 3:41-3:42: `cpus` cannot be 0
#   here: must be at least 1
#   note: a machine has a CPU, and guests with more than 512 need a topology that Launchnix does not write
#   help: write a number from 1 to 512
# warning[LNX0702] 4:12-4:15: machine `log` has no ssh key
#   here: nobody can log in to this NixOS guest, and morph cannot deploy it
#   help: set `sshPubKeyPath = "~/.ssh/id_ed25519.pub";`, or give an account `openssh.authorizedKeys.keys` in `machine`
# error[LNX0302] 4:20-4:25: there is no option `specs`
#   here: did you mean `deployment`?
#   help: the options of a machine are in its `deployment`
#   fix (unsafe): 4:20-4:25 -> `deployment`

--- bare-machines-at-the-top ---
{
  networks.lan.subnet = "10.0.0.0/24";
  web = { cpus = 1; ram = 512; nixos = false; };
  db = { cpus = 1; ram = "1G"; nixos = false; };
}

# error[LNX0304] 3:3-3:6: the file is neither a machine nor a fleet
#   here: a machine, which belongs to `machines`: `machines.web.deployment`
#   4:3-4:5: this as well
#   help: write `machines.web.deployment = { … };`
# error[LNX0301] 4:26-4:30: `ram` is a string, but must be an integer
#   here: a string
#   help: `ram` is in MiB: write `1024`
#   fix (safe): 4:26-4:30 -> `1024`

--- one-bare-machine-at-the-top ---
{ vm = { name = "web"; cpus = "1"; ram = 512; nixos = false; }; }

# error[LNX0302] 1:3-1:5: there is no option `vm`
#   here: did you mean `deployment`?
#   help: a deployment is `{ deployment = { … }; machine = …; }` for one machine, or `{ machines.<name> = { deployment = { … }; machine = …; }; }` for a fleet
#   fix (unsafe): 1:3-1:5 -> `deployment`
# error[LNX0301] 1:31-1:34: `cpus` is a string, but must be an integer (the number of CPUs) or a set
#   here: a string
#   help: write `1`
#   fix (safe): 1:31-1:34 -> `1`

--- words-of-cloud-config ---
{ deployment = { name = "a"; cpus = 1; ram = 512; initialDisks.boot.fromImage = "/images/d.qcow2"; cloudInit = { fqdn = "a.example.org"; package_update = true; ssh_keys = [ ]; }; }; }

# error[LNX0302] 1:114-1:118: there is no option `fqdn` in `cloudInit`
#   here: belongs into the text of `userData`
#   help: write it in YAML: `userData = "#cloud-config\n…";`, or name a file that holds it
# error[LNX0302] 1:138-1:152: there is no option `package_update` in `cloudInit`
#   here: belongs into the text of `userData`
#   help: write it in YAML: `userData = "#cloud-config\n…";`, or name a file that holds it
# error[LNX0302] 1:161-1:169: there is no option `ssh_keys` in `cloudInit`
#   here: belongs into the text of `userData`
#   help: write it in YAML: `userData = "#cloud-config\n…";`, or name a file that holds it

--- misspelt-defaults-are-no-machine ---
{ deafults.deployment = { cpus = 1; ram = 512; }; web.deployment.nixos = false; }
# error[LNX0302] 1:3-1:11: there is no option `deafults`
#   here: did you mean `defaults`?
#   help: `defaults`: What all machines of a fleet have in common: each option that a machine does not set itself is taken from `defaults.deployment`, and `defaults.machine` is a NixOS module of every guest.
#   fix (unsafe): 1:3-1:11 -> `defaults`
# error[LNX0304] 1:51-1:54: the file is neither a machine nor a fleet
#   here: a machine, which belongs to `machines`: `machines.web`
#   help: put the machines into `machines = { … };`, or write `machines.` in front of their names

--- ports-of-a-display-and-of-a-console ---
{
  machines.win.deployment = { nixos = false; cpus = 2; ram = 4096; vncPort = 5901; serialPort = 4555; };
  machines.mac.deployment = { nixos = false; cpus = 2; ram = 4096; spice_port = 5902; };
}
# error[LNX0302] 2:68-2:75: there is no option `vncPort`
#   here: did you mean `graphics`?
#   help: write `graphics = { type = "vnc"; port = …; };`
# error[LNX0302] 2:84-2:94: there is no option `serialPort`
#   here: did you mean `serial`?
#   help: write `serial.port = …;`
#   fix (unsafe): 2:84-2:94 -> `serial.port`
# error[LNX0302] 3:68-3:78: there is no option `spice_port`
#   here: did you mean `graphics`?
#   help: write `graphics = { type = "spice"; port = …; };`

--- devices-and-networks-of-other-programs ---
{
  networks.backend = { name = "backend"; internal = true; subnet = "10.6.0.0/24"; };
  machines.dom.deployment = {
    cpus = "2 cores";
    ram = "4GB";
    nixos = false;
    devices = { disk = [ { type = "file"; } ]; };
    initialDisks.data = { name = "data"; size = "20Gi"; };
  };
}

# error[LNX0302] 2:24-2:28: there is no option `name` in `networks.backend`
#   here: the network is called as its attribute is
#   help: remove it, and name the network so: `networks.<name>`
# error[LNX0302] 2:42-2:50: there is no option `internal` in `networks.backend`
#   here: did you mean `mode`?
#   help: write `mode = "isolated";`
# error[LNX0301] 4:12-4:21: `cpus` is a string, but must be an integer (the number of CPUs) or a set
#   here: a string
#   help: write `2`
#   fix (unsafe): 4:12-4:21 -> `2`
# error[LNX0301] 5:11-5:16: `ram` is a string, but must be an integer
#   here: a string
#   help: `ram` is in MiB: write `4096`
#   fix (unsafe): 5:11-5:16 -> `4096`
# error[LNX0302] 7:5-7:12: there is no option `devices`
#   here: each kind of device has an option of its own
#   help: write `initialDisks`, `interfaces`, `graphics`, `pciDevices` and the like beside `cpus` and `ram`
# error[LNX0302] 8:27-8:31: there is no option `name` in `initialDisks.data`
#   here: the disk is called as its attribute is
#   help: remove it, and name the disk so: `initialDisks.<name>`
# error[LNX0301] 8:49-8:55: `initialDisks.data.size` is a string, but must be an integer
#   here: a string
#   help: `size` is in MiB: write `20480`
#   fix (safe): 8:49-8:55 -> `20480`

--- checks-of-a-guest-as-a-list ---
let
  base = { cpus = 1; ram = 512; sshPubKeyPath = ./key.pub; };
in
{
  machines = {
    a = { deployment = base // { healthChecks = [ { port = 80; } { port = 443; scheme = "https"; } ]; }; machine = { }; };
    b = { deployment = base // { healthChecks = [ { cmd = [ "true" ]; } ]; }; machine = { }; };
    c = { deployment = base // { preDeployChecks = [ { url = "http://x:80/h"; } ]; }; machine = { }; };
    d = { deployment = base // { healthChecks = [ { http = [ { port = 80; } ]; } ]; }; machine = { }; };
    e = { deployment = base // { healthChecks = { port = 80; path = "/"; }; }; machine = { }; };
  };
}

# error[LNX0301] 6:49-6:101: `healthChecks` is a list, but must be a set
#   here: a list
#   help: this is what `http` holds: write `healthChecks.http = [ … ];`
# error[LNX0301] 7:49-7:74: `healthChecks` is a list, but must be a set
#   here: a list
#   help: this is what `cmd` holds: write `healthChecks.cmd = [ … ];`
# error[LNX0301] 8:52-8:82: `preDeployChecks` is a list, but must be a set
#   here: a list
#   help: this is what `http` holds: write `preDeployChecks.http = [ … ];`
# error[LNX0301] 9:49-9:83: `healthChecks` is a list, but must be a set
#   here: a list
#   help: it takes one set, not a list: leave out the brackets
# error[LNX0302] 10:51-10:55: there is no option `port` in `healthChecks`
#   here: belongs to an element of `healthChecks.http`
#   help: `port`: Port that is asked.
# error[LNX0302] 10:62-10:66: there is no option `path` in `healthChecks`
#   here: belongs to an element of `healthChecks.http`
#   help: `path`: Path that is asked for.

--- cloud-config-as-a-set ---
{
  machines.web.deployment = {
    cpus = 1; ram = 512;
    initialDisks.boot.fromImage = "/images/debian.qcow2";
    cloudInit.userData = { packages = [ "nginx" ]; };
    cloudInit.networkConfig = { version = 2; ethernets.ens3.dhcp4 = true; };
  };
}
# error[LNX0301] 5:26-5:53: `cloudInit.userData` is a set, but must be a text, or a file that holds it
#   here: a set
#   help: write it as text: `userData = "#cloud-config\n${builtins.toJSON { … }}";`
#   fix (unsafe): 5:26-5:26 -> `"#cloud-config\n${builtins.toJSON `
#   and: 5:53-5:53 -> `}"`
# error[LNX0301] 6:31-6:76: `cloudInit.networkConfig` is a set, but must be a text, or a file that holds it
#   here: a set
#   help: write it as text: `networkConfig = "${builtins.toJSON { … }}";`
#   fix (unsafe): 6:31-6:31 -> `"${builtins.toJSON `
#   and: 6:76-6:76 -> `}"`
