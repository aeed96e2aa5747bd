--- nothing-but-a-name ---
{ deployment = { name = "web"; nixos = false; }; }
# error[LNX0303] 1:3-1:13: options `cpus` and `ram` are missing
#   here: `cpus` and `ram` must be set here
#   note: `cpus`: Number of virtual CPUs, or a set that says more about them.
#   note: `ram`: Memory of the machine.
#   help: add, for example, `cpus = 2; ram = 2048;` (`ram` is in MiB)
#   fix (unsafe): 1:17-1:17 -> ` cpus = 2; ram = 2048;`

--- ram-is-missing ---
{
  machines.web = {
    deployment = {
      cpus = 2;
      nixos = false;
    };
  };
}
# error[LNX0303] 2:12-2:15: option `ram` is missing in machine `web`
#   here: `ram` must be set here
#   note: `ram`: Memory of the machine.
#   help: add, for example, `ram = 2048;` (`ram` is in MiB)
#   fix (unsafe): 3:19-3:19 -> `
#               ram = 2048;`

--- an-empty-deployment ---
{ deployment = { }; }
# error[LNX0303] 1:3-1:13: options `name`, `cpus` and `ram` are missing
#   here: `name`, `cpus` and `ram` must be set here
#   note: `name`: Name of the machine for libvirt, morph and ssh.
#   note: `cpus`: Number of virtual CPUs, or a set that says more about them.
#   note: `ram`: Memory of the machine.
#   help: add, for example, `name = "web"; cpus = 2; ram = 2048;` (`ram` is in MiB)
#   fix (unsafe): 1:17-1:17 -> ` name = "web"; cpus = 2; ram = 2048;`

--- an-empty-machine ---
{ machines.web = { }; }
# error[LNX0303] 1:12-1:15: option `deployment` is missing in machine `web`
#   here: `deployment` must be set here
#   help: add, for example, `deployment = { cpus = 2; ram = 2048; };`

--- two-machines-lack-the-same ---
{ machines = { a.deployment = { cpus = 1; nixos = false; }; b.deployment = { cpus = 1; nixos = false; }; }; }
# error[LNX0303] 1:16-1:17: option `ram` is missing in machine `a`
#   here: `ram` must be set here
#   note: `ram`: Memory of the machine.
#   help: add, for example, `ram = 2048;` (`ram` is in MiB)
#   fix (unsafe): 1:32-1:32 -> ` ram = 2048;`
# error[LNX0303] 1:61-1:62: option `ram` is missing in machine `b`
#   here: `ram` must be set here
#   note: `ram`: Memory of the machine.
#   help: add, for example, `ram = 2048;` (`ram` is in MiB)
#   fix (unsafe): 1:77-1:77 -> ` ram = 2048;`

--- machine-without-deployment ---
{ machine = { }; }
# error[LNX0303] 1:3-1:10: option `deployment` is missing
#   here: `deployment` must be set beside this
#   help: add, for example, `deployment = { name = "web"; cpus = 2; ram = 2048; };`

--- name-is-missing ---
{ deployment = { cpus = 1; ram = 1024; nixos = false; }; }
# error[LNX0303] 1:3-1:13: option `name` is missing
#   here: `name` must be set here
#   note: `name`: Name of the machine for libvirt, morph and ssh.
#   help: add, for example, `name = "web";`
#   fix (unsafe): 1:17-1:17 -> ` name = "web";`

--- missing-in-what-a-function-makes ---
let
  mkVm = cpus: { deployment = { inherit cpus; nixos = false; }; };
in
{ machines = { a = mkVm 1; b = mkVm 2; }; }
# error[LNX0303] 4:16-4:17: option `ram` is missing in machine `a`
#   here: `ram` must be set here
#   2:18-2:28: this set lacks it
#   4:28-4:29: machine `b` lacks it too
#   note: `ram`: Memory of the machine.
#   help: add, for example, `ram = 2048;` (`ram` is in MiB)
#   fix (unsafe): 2:32-2:32 -> ` ram = 2048;`

--- a-default-fills-in ---
{ defaults.deployment.ram = 512; machines.web.deployment = { cpus = 1; nixos = false; }; }
# fine

--- a-device-without-id ---
{ deployment = { name = "web"; cpus = 1; ram = 1024; nixos = false; pciDevices = [ { gpu = true; } ]; }; }
# error[LNX0303] 1:84-1:99: option `id` is missing in `pciDevices[0]`
#   here: `id` must be set here
#   note: `id`: Address of the function on the hypervisor, as `lspci` shows it.
#   help: add, for example, `id = "09:00.0";`
#   fix (unsafe): 1:85-1:85 -> ` id = "09:00.0";`

--- static-ips-without-ips ---
{ deployment = { name = "web"; cpus = 1; ram = 1024; nixos = false; staticIPs = [ { gateway = "10.0.0.1"; } ]; }; }
# error[LNX0303] 1:83-1:108: option `ips` is missing in `staticIPs[0]`
#   here: `ips` must be set here
#   note: `ips`: Addresses of the interface.
#   help: add, for example, `ips = [ "10.20.0.10" ];`
#   fix (unsafe): 1:84-1:84 -> ` ips = [ "10.20.0.10" ];`

--- an-empty-disk ---
{ deployment = { name = "web"; cpus = 1; ram = 1024; nixos = false; initialDisks.data = { }; }; }
# error[LNX0303] 1:82-1:86: disk `data` of machine `web` has neither a size nor a source
#   here: `size`, `fromImage`, `fromBackup` or `physicalDisk` must be set here
#   help: add, for example, `size = 20480;` (`size` is in MiB)

--- an-interface-that-is-plugged-in-nowhere ---
{ deployment = { name = "web"; cpus = 1; ram = 1024; nixos = false; interfaces = [ { mac = "52:54:00:00:00:01"; } ]; }; }
# error[LNX0303] 1:84-1:114: an interface of machine `web` is plugged in nowhere
#   here: `network`, `bridge` or `direct` must be set here
#   help: add, for example, `network = "default";`

--- a-pool-without-path ---
{ pools.fast = { }; machines.web.deployment = { cpus = 1; ram = 1024; nixos = false; storagePoolName = "fast"; }; }
# error[LNX0303] 1:9-1:13: option `path` is missing in `pools.fast`
#   here: `path` must be set here
#   note: `path`: Directory on the hypervisor that holds the pool's volumes; it is made where it does not exist.
#   help: add, for example, `path = "/var/lib/fast";`
#   fix (unsafe): 1:17-1:17 -> ` path = "/var/lib/fast";`

--- a-network-without-subnet ---
{ networks.lan = { mode = "nat"; }; machines.web.deployment = { cpus = 1; ram = 1024; nixos = false; }; }
# error[LNX0303] 1:12-1:15: option `subnet` is missing in network `lan`
#   here: `subnet` must be set here
#   note: the hypervisor and the guests need addresses
#   help: add, for example, `subnet = "10.20.0.0/24";`

--- a-bridged-network-without-bridge ---
{ networks.lan = { mode = "bridge"; }; machines.web.deployment = { cpus = 1; ram = 1024; nixos = false; }; }
# error[LNX0303] 1:12-1:15: option `bridge` is missing in network `lan`
#   here: `bridge` must be set here
#   note: in mode "bridge" guests are attached to a bridge that exists on the hypervisor
#   help: add, for example, `bridge = "br0";`

--- nixos-without-a-module ---
{ machines.web.deployment = { cpus = 1; ram = 1024; nixos = true; sshPubKeyPath = ./key.pub; }; }
# error[LNX0303] 1:12-1:15: option `machine` is missing in machine `web`
#   here: `machine` must be set for a NixOS guest
#   1:61-1:65: the guest runs NixOS
#   help: add, for example, `machine = { pkgs, ... }: { };` beside `deployment`, or set `nixos = false;`

--- null-counts-as-missing ---
{ machines.web.deployment = { cpus = null; ram = null; nixos = false; }; }
# error[LNX0301] 1:38-1:42: `cpus` is null, but must be an integer (the number of CPUs) or a set
#   here: null
#   help: give it a value, for example `cpus = 2;`
# error[LNX0301] 1:50-1:54: `ram` is null, but must be an integer
#   here: null
#   help: give it a value, for example `ram = 2048;`

--- missing-and-misspelt ---
{ machines.web.deployment = { cpuz = 2; nixos = false; }; }
# error[LNX0303] 1:12-1:15: option `ram` is missing in machine `web`
#   here: `ram` must be set here
#   note: `ram`: Memory of the machine.
#   help: add, for example, `ram = 2048;` (`ram` is in MiB)
#   fix (unsafe): 1:30-1:30 -> ` ram = 2048;`
# error[LNX0302] 1:31-1:35: there is no option `cpuz`
#   here: did you mean `cpus`?
#   help: `cpus`: Number of virtual CPUs, or a set that says more about them.
#   fix (unsafe): 1:31-1:35 -> `cpus`

--- many-machines-lack-an-option ---
{ machines = builtins.listToAttrs (builtins.genList (n: { name = "vm${toString n}"; value = { deployment = { cpus = 1; nixos = false; }; }; }) 6); }
# error[LNX0303] 1:66-1:83: option `ram` is missing in machine `vm0`
#   here: `ram` must be set here
#   1:95-1:105: this set lacks it
#   note: `ram`: Memory of the machine.
#   note: this concerns machines `vm0`, `vm1`, `vm2`, `vm3` and 2 more
#   help: add, for example, `ram = 2048;` (`ram` is in MiB)
#   fix (unsafe): 1:109-1:109 -> ` ram = 2048;`

--- many-machines-lack-deployment ---
{ machines = builtins.listToAttrs (builtins.genList (n: { name = "vm${toString n}"; value = { machine = { }; }; }) 6); }
# error[LNX0303] 1:66-1:83: option `deployment` is missing in machine `vm0`
#   here: `deployment` must be set here
#   note: this concerns machines `vm0`, `vm1`, `vm2`, `vm3` and 2 more
#   help: add, for example, `deployment = { cpus = 2; ram = 2048; };`

--- misspelt-defaults ---
{ default.deployment = { cpus = 1; ram = 512; nixos = false; }; machines.a = { }; machines.b = { }; }
# error[LNX0302] 1:3-1:10: there is no option `default`
#   here: did you mean `defaults`?
#   help: `defaults`: What all machines of a fleet have in common: each option that a machine does not set itself is taken from `defaults.deployment`, and `defaults.machine` is a NixOS module of every guest.
#   fix (safe): 1:3-1:10 -> `defaults`

--- an-option-of-the-defaults-beside-deployment ---
{ defaults.ram = 512; defaults.deployment = { cpus = 1; nixos = false; }; machines.a = { }; machines.b = { }; }
# error[LNX0302] 1:12-1:15: there is no option `ram` in `defaults`
#   here: belongs to `deployment`
#   help: `ram`: Memory of the machine.

--- a-name-beside-deployment ---
{ name = "web"; deployment = { cpus = 2; ram = 1024; nixos = false; }; }
# error[LNX0302] 1:3-1:7: a file of one machine has no `name` at its top
#   here: not an option here
#   help: `name` belongs to `deployment`

--- an-option-beside-the-only-deployment ---
{ cpus = 2; deployment = { name = "web"; ram = 1024; nixos = false; }; }
# error[LNX0302] 1:3-1:7: there is no option `cpus`
#   here: belongs to `deployment`
#   help: `cpus`: Number of virtual CPUs, or a set that says more about them.

--- an-option-of-machines-at-the-top-of-a-fleet ---
{ ram = 512; machines.a.deployment = { cpus = 2; nixos = false; }; machines.b.deployment = { cpus = 2; nixos = false; }; }
# error[LNX0302] 1:3-1:6: there is no option `ram`
#   here: belongs to `deployment`
#   help: `ram`: Memory of the machine.

--- an-option-of-the-machine-within-another ---
{
  machines.a.deployment = { cpus = { count = 2; ram = 512; }; nixos = false; };
  machines.b.deployment = { cpus = 2; nixos = false; initialDisks.boot = { size = 1000; memory = 512; }; };
  machines.c.deployment = { ram = 512; nixos = false; interfaces = [ { network = "default"; cpus = 2; } ]; };
}
# error[LNX0302] 2:49-2:52: there is no option `ram` in `cpus`
#   here: belongs to `deployment`
#   help: `ram`: Memory of the machine.
# error[LNX0302] 3:89-3:95: there is no option `memory` in `initialDisks.boot`
#   here: unknown option
#   help: there is an option `ram`, which belongs to `deployment`
# error[LNX0302] 4:93-4:97: there is no option `cpus` in `interfaces[0]`
#   here: belongs to `deployment`
#   help: `cpus`: Number of virtual CPUs, or a set that says more about them.

--- an-option-of-the-network-within-another ---
{ networks.lan.dhcp.subnet = "10.20.0.0/24"; machines.a.deployment = { cpus = 1; ram = 512; nixos = false; }; }
# error[LNX0302] 1:21-1:27: there is no option `subnet` in `networks.lan.dhcp`
#   here: belongs to `networks.<name>`
#   help: `subnet`: IPv4 addresses of the network; the hypervisor has the first one.

--- an-option-of-the-machine-within-its-module ---
{ machines.a = { machine = { ram = 512; }; deployment = { cpus = 1; sshPubKeyPath = ./key.pub; }; }; }
# error[LNX0303] 1:12-1:13: option `ram` is missing in machine `a`
#   here: `ram` must be set here
#   1:30-1:33: `ram` stands in `machine`, the guest's NixOS module
#   note: `ram`: Memory of the machine.
#   help: move it out of `machine`, into `deployment`

--- a-processor-without-its-model ---
{ machines.a.deployment = { cpus = { count = 2; mode = "custom"; }; ram = 512; nixos = false; }; }
# error[LNX0303] 1:56-1:64: option `model` is missing in `cpus` of machine `a`
#   here: this mode is for the processor that `model` names
#   help: add, for example, `model = "Skylake-Server";`, or leave out `mode`

--- a-processor-whose-model-is-null ---
{ machines.a.deployment = { cpus = { count = 2; mode = "custom"; model = null; }; ram = 512; nixos = false; }; }
# error[LNX0303] 1:56-1:64: option `model` is missing in `cpus` of machine `a`
#   here: this mode is for the processor that `model` names
#   1:74-1:78: `model` is null, as if it were not set
#   help: add, for example, `model = "Skylake-Server";`, or leave out `mode`

--- a-processor-whose-model-is-in-xml ---
{ machines.a.deployment = { cpus = { count = 2; mode = "custom"; }; ram = 512; nixos = false; extraConfig = "<cpu mode='custom'><model>qemu64</model></cpu>"; }; }
# fine

--- what-is-null-is-not-set ---
let size = null; in
{
  networks.lan.subnet = null;
  machines.a.deployment = { cpus = 1; ram = 512; nixos = false; interfaces = [ { network = null; } ]; initialDisks.data = { inherit size; }; };
  machines.b.deployment = null;
}
# error[LNX0303] 3:12-3:15: option `subnet` is missing in network `lan`
#   here: `subnet` must be set here
#   3:25-3:29: `subnet` is null, as if it were not set
#   note: the hypervisor and the guests need addresses
#   help: add, for example, `subnet = "10.20.0.0/24";`
# error[LNX0303] 4:80-4:99: an interface of machine `a` is plugged in nowhere
#   here: `network`, `bridge` or `direct` must be set here
#   4:92-4:96: `network` is null, as if it were not set
#   help: add, for example, `network = "default";`
# error[LNX0303] 4:116-4:120: disk `data` of machine `a` has neither a size nor a source
#   here: `size`, `fromImage`, `fromBackup` or `physicalDisk` must be set here
#   1:12-1:16: `size` is null, as if it were not set
#   help: add, for example, `size = 20480;` (`size` is in MiB)
# error[LNX0303] 5:12-5:13: option `deployment` is missing in machine `b`
#   here: `deployment` must be set here
#   5:27-5:31: `deployment` is null, as if it were not set
#   help: add, for example, `deployment = { cpus = 2; ram = 2048; };`

--- the-count-of-a-topology ---
{
  machines.desk.deployment = {
    cpus = { sockets = 1; cores = 6; threads = 2; };
    ram = 16384;
    nixos = false;
  };
  machines.other.deployment = { cpus = { cores = "six"; }; ram = 512; nixos = false; };
}
# error[LNX0303] 3:5-3:9: option `count` is missing in `cpus` of machine `desk`
#   here: `count` must be set here
#   note: `count`: Number of virtual CPUs.
#   help: add `count = 12;`: sockets, cores and threads multiplied
#   fix (unsafe): 3:13-3:13 -> ` count = 12;`
# error[LNX0303] 7:33-7:37: option `count` is missing in `cpus` of machine `other`
#   here: `count` must be set here
#   note: `count`: Number of virtual CPUs.
#   help: add, for example, `count = 4;`
#   fix (unsafe): 7:41-7:41 -> ` count = 4;`
# error[LNX0301] 7:50-7:55: `cpus.cores` is a string, but must be an integer
#   here: a string
#   help: write the number without quotes, for example `cores = 2;`
