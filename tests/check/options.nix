--- misspelt-options-have-wrong-values ---
{
  machines.web.deployment = {
    cpus = 2; ram = 2048; nixos = false;
    Autostart = "yes";
    sshPotr = 99999;
    diskSzie = "large";
    interfaces = [ { netwrok = 5; } ];
    initialDisks.data = { size = 1000; BUS = "ide"; read_only = 1; };
  };
}

# error[LNX0302] 4:5-4:14: there is no option `Autostart`
#   here: did you mean `autostart`?
#   help: `autostart`: Whether the machine starts with the hypervisor.
#   fix (safe): 4:5-4:14 -> `autostart`
# error[LNX0301] 4:17-4:22: `autostart` is a string, but must be `true` or `false`
#   here: a string
#   help: write `true`
#   fix (safe): 4:17-4:22 -> `true`
# error[LNX0302] 5:5-5:12: there is no option `sshPotr`
#   here: did you mean `sshPort`?
#   help: `sshPort`: Port of the guest's ssh server.
#   fix (unsafe): 5:5-5:12 -> `sshPort`
# error[LNX0401] 5:15-5:20: `sshPort` cannot be 99999
#   here: must be at most 65535
#   note: TCP has the ports 1 to 65535
#   help: write a number from 1 to 65535
# error[LNX0302] 6:5-6:13: there is no option `diskSzie`
#   here: did you mean `diskSize`?
#   help: `diskSize`: Size of the boot disk; the same as `initialDisks.boot.size`.
#   fix (unsafe): 6:5-6:13 -> `diskSize`
# error[LNX0301] 6:16-6:23: `diskSize` is a string, but must be an integer
#   here: a string
#   help: write the number of MiB without quotes, for example `diskSize = 20480;`
# error[LNX0302] 7:22-7:29: there is no option `netwrok` in `interfaces[0]`
#   here: did you mean `network`?
#   help: `network`: Network that the interface is on: one of `networks`, or libvirt's own `default`.
#   fix (unsafe): 7:22-7:29 -> `network`
# error[LNX0301] 7:32-7:33: `interfaces[0].network` is an integer, but must be a network's name
#   here: an integer
#   help: put it in quotes: `"5"`
#   fix (unsafe): 7:32-7:32 -> `"`
#   and: 7:33-7:33 -> `"`
# error[LNX0302] 8:40-8:43: there is no option `BUS` in `initialDisks.data`
#   here: did you mean `bus`?
#   help: `bus`: How the disk is attached to the guest.
#   fix (safe): 8:40-8:43 -> `bus`
# error[LNX0402] 8:46-8:51: `initialDisks.data.bus` cannot be "ide"
#   here: did you mean "sata"?
#   help: the values are
#         "virtio": paravirtual and fast; the guest needs a driver, which Linux has
#         "sata": SATA, for guests without virtio drivers
#         "scsi": a virtio SCSI controller
#         "usb": a USB stick
#   fix (unsafe): 8:46-8:51 -> `"sata"`
# error[LNX0302] 8:53-8:62: there is no option `read_only` in `initialDisks.data`
#   here: did you mean `readOnly`?
#   help: `readOnly`: Whether the guest may only read the disk.
#   fix (safe): 8:53-8:62 -> `readOnly`
# error[LNX0301] 8:65-8:66: `initialDisks.data.readOnly` is an integer, but must be `true` or `false`
#   here: an integer
#   help: write `true`
#   fix (safe): 8:65-8:66 -> `true`

--- misspelt-option-of-another-type-may-be-something-else ---
{ machines.web.deployment = { cpus = 2; ram = 2048; nixo = { enable = true; }; Interface = "ens3"; inherit autostrat; }; }

# error[LNX0302] 1:53-1:57: there is no option `nixo`
#   here: did you mean `nixos`?
#   help: `nixos`: Whether the guest runs NixOS, which is built and deployed from `machine`.
#   fix (unsafe): 1:53-1:57 -> `nixos`
# error[LNX0302] 1:80-1:89: there is no option `Interface`
#   here: did you mean `interfaces`?
#   help: `interfaces`: Network interfaces of the machine, in order.
#   fix (unsafe): 1:80-1:89 -> `interfaces`
# error[LNX0103] 1:108-1:117: undefined variable 'autostrat'
#   here: not bound here
#   help: bind it with `let autostrat = …; in`, or take it as an argument

--- misspelt-options-clash-with-those-of-other-machines ---
{
  machines.a.deployment = { cpus = 1; ram = 512; nixos = false; interfaces = [ { network = "default"; MAC = "52:54:00:00:00:01"; } ]; };
  machines.b.deployment = { cpus = 1; ram = 512; nixos = false; interfaces = [ { network = "default"; mac = "52:54:00:00:00:01"; } ]; };
}

# error[LNX0302] 2:103-2:106: there is no option `MAC` in `interfaces[0]`
#   here: did you mean `mac`?
#   help: `mac`: Ethernet address of the interface.
#   fix (safe): 2:103-2:106 -> `mac`
# error[LNX0502] 3:109-3:128: machines `a` and `b` both have the MAC address 52:54:00:00:00:01
#   here: used again here, by `b`
#   2:109-2:128: first used here, by `a`
#   help: change one, or remove `mac`: an interface without it gets an address of its own

--- three-machines-have-what-one-number-makes ---
let
  mk = n: {
    deployment = {
      cpus = 1; ram = 512; nixos = false;
      vsock = 100 + n;
      interfaces = [ { network = "default"; mac = "52:54:00:00:00:0${toString n}"; ip = "192.168.122.1${toString n}"; } ];
    };
  };
in
{ machines.a = mk 3; machines.b = mk 3; machines.c = mk 3; machines.d = mk 4; }

# error[LNX0502] 10:57-10:58: 3 machines have the MAC address 52:54:00:00:00:03
#   here: used again here, by `c`
#   10:19-10:20: first used here, by `a`
#   10:38-10:39: used here, by `b`
#   note: they have the address 192.168.122.13, too
#   note: they have the vsock context ID 103, too
#   help: change one, or remove `mac`: an interface without it gets an address of its own

--- options-and-xml-of-four-machines-have-one-mac-address ---
{
  defaults.deployment = { cpus = 1; ram = 512; nixos = false; };
  machines.a.deployment.interfaces = [ { network = "default"; mac = "52:54:00:aa:00:01"; } ];
  machines.b.deployment.extraConfig = ''<devices><interface type="network"><source network="default"/><mac address="52:54:00:AA:00:01"/></interface></devices>'';
  machines.c.deployment.interfaces = [ { network = "default"; mac = "52:54:00:aa:00:01"; } ];
  machines.d.deployment.extraConfig = ''<devices><interface type="network"><source network="default"/><mac address="52:54:00:aa:00:01"/></interface></devices>'';
}

# error[LNX0502] 6:117-6:134: 4 machines have the MAC address 52:54:00:aa:00:01
#   here: used again here, by `d`
#   3:69-3:88: first used here, by `a`
#   4:117-4:134: used here, by `b`
#   5:69-5:88: used here, by `c`
#   help: change one, or leave it out: an interface without a MAC address gets one of its own

--- bare-values-where-a-set-of-options-belongs ---
{
  machines.web.deployment = {
    cpus = 2; ram = 2048; sshPubKeyPath = ./key.pub;
    initialDisks.a = "40G";
    initialDisks.b = "/dev/sdb";
    initialDisks.c = ./debian.qcow2;
    initialDisks.d = "/srv/debian.qcow2";
    healthChecks.http = [ "8080" "https://blog.example.org/healthz" ];
    pciDevices = [ 9 ];
  };
  machines.web.machine = { };
  networks.lan = 1;
}

# error[LNX0301] 4:22-4:27: `initialDisks.a` is a string, but must be a set
#   here: a string
#   help: write `{ size = 40960; }`
#   fix (unsafe): 4:22-4:27 -> `{ size = 40960; }`
# error[LNX0301] 5:22-5:32: `initialDisks.b` is a string, but must be a set
#   here: a string
#   help: write `{ physicalDisk = "/dev/sdb"; }`
#   fix (unsafe): 5:22-5:22 -> `{ physicalDisk = `
#   and: 5:32-5:32 -> `; }`
# error[LNX0301] 6:22-6:36: `initialDisks.c` is a path, but must be a set
#   here: a path
#   help: write `{ fromImage = ./debian.qcow2; }`
#   fix (unsafe): 6:22-6:22 -> `{ fromImage = `
#   and: 6:36-6:36 -> `; }`
# error[LNX0301] 7:22-7:41: `initialDisks.d` is a string, but must be a set
#   here: a string
#   help: write `{ fromImage = "/srv/debian.qcow2"; }`
#   fix (unsafe): 7:22-7:22 -> `{ fromImage = `
#   and: 7:41-7:41 -> `; }`
# error[LNX0301] 8:27-8:33: `healthChecks.http[0]` is a string, but must be a set
#   here: a string
#   help: write `{ port = 8080; }`
#   fix (unsafe): 8:27-8:33 -> `{ port = 8080; }`
# error[LNX0301] 8:34-8:68: `healthChecks.http[1]` is a string, but must be a set
#   here: a string
#   help: write `{ scheme = "https"; host = "blog.example.org"; port = 443; path = "/healthz"; }`
#   fix (unsafe): 8:34-8:68 -> `{ scheme = "https"; host = "blog.example.org"; port = 443; path = "/healthz"; }`
# error[LNX0301] 9:20-9:21: `pciDevices[0]` is an integer, but must be a set
#   here: an integer
#   help: for example `pciDevices = [ { id = "09:00.0"; gpu = true; } ];`
# error[LNX0301] 12:18-12:19: `networks.lan` is an integer, but must be a set
#   here: an integer
#   help: for example `{ subnet = "10.20.0.0/24"; }`

--- nothing-in-quotes-where-a-list-belongs ---
{ machines.web.deployment = { cpus = 2; ram = 2048; nixos = false; tags = ""; staticIPs = [ { ips = ""; dns = " "; } ]; bootOrder = ""; }; }

# error[LNX0301] 1:75-1:77: `tags` is a string, but must be a list, each element a tag
#   here: a string
#   help: a list of none is `[ ]`; for example `tags = [ "web" "production" ];`
# error[LNX0301] 1:101-1:103: `staticIPs[0].ips` is a string, but must be a list, each element an IP address
#   here: a string
#   help: for example `ips = [ "10.20.0.10" ];`
# error[LNX0301] 1:111-1:114: `staticIPs[0].dns` is a string, but must be a list, each element an IP address
#   here: a string
#   help: a list of none is `[ ]`; for example `dns = [ "10.20.0.1" ];`
# error[LNX0301] 1:133-1:135: `bootOrder` is a string, but must be a list, each element something to boot from: "PXE", "cdrom" or a disk's name
#   here: a string
#   help: a list of none is `[ ]`; for example `bootOrder = [ "PXE" "boot" ];`

--- pages-of-one-machine-do-not-fit-the-memory-of-all ---
{
  defaults.deployment = { cpus = 1; ram = 512; nixos = false; };
  machines.a.deployment = { hugepages = 1024; };
  machines.b.deployment = { hugepages = 1024; ram = 1500; };
}

# error[LNX0501] 3:41-3:45: `ram` is not a multiple of `hugepages`, 1024 MiB
#   here: the size of a page
#   2:43-2:46: no whole number of pages
#   help: choose smaller pages, or set `ram = 1024;` for this machine
# error[LNX0501] 4:53-4:57: `ram` is not a multiple of `hugepages`, 1024 MiB
#   here: no whole number of pages
#   4:41-4:45: the size of a page
#   help: write `2048`, or choose smaller pages

--- option-of-the-same-letters-but-case ---
{ deployment = { name = "web"; cpus = 1; ram = 512; }; Machine = { }; }
# error[LNX0302] 1:56-1:63: there is no option `Machine`
#   here: did you mean `machine`?
#   help: `machine`: NixOS module of the guest, where the file describes only one machine.
#   fix (safe): 1:56-1:63 -> `machine`

--- misspelt-options-of-three-letters ---
{ machines.web.deployment = { cpus = { count = 2; pinn = [ "x" ]; }; rma = 0; nixos = false; tmp = "maybe"; }; }

# error[LNX0302] 1:51-1:55: there is no option `pinn` in `cpus`
#   here: did you mean `pin`?
#   help: `pin`: CPUs of the hypervisor that each virtual CPU may run on.
#   fix (unsafe): 1:51-1:55 -> `pin`
# error[LNX0403] 1:61-1:62: "x" is not a set of CPUs such as `2-3,7`
#   here: a CPU is a number from 0, several are `2-3` or `2,3`
# error[LNX0302] 1:70-1:73: there is no option `rma`
#   here: did you mean `ram`?
#   help: `ram`: Memory of the machine.
#   fix (unsafe): 1:70-1:73 -> `ram`
# error[LNX0401] 1:76-1:77: `ram` cannot be 0
#   here: must be at least 1 MiB
#   note: QEMU's machines address at most 16 TiB; sizes are in MiB, not in bytes
#   help: write a number from 1 to 16777216
# error[LNX0302] 1:94-1:97: there is no option `tmp`
#   here: did you mean `tpm`?
#   help: `tpm`: Whether the machine has a trusted platform module, which `swtpm` on the hypervisor emulates.
#   fix (unsafe): 1:94-1:97 -> `tpm`
# error[LNX0301] 1:100-1:107: `tpm` is a string, but must be `true`, `false` or a set
#   here: a string
#   help: for example `tpm = true;`

--- name-server-of-the-guest-itself ---
{ machines.web.deployment = { cpus = 2; ram = 512; nixos = false; staticIPs = [ { ips = [ "10.0.0.5" ]; dns = [ "127.0.0.1" "::1" "127.0.0.53" ]; } ]; }; }
# fine
