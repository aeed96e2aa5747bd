--- what-lists-of-machines-hold ---
{
  networks = [
    { name = "lan"; subnet = "10.20.0.0/24"; mode = "natt"; }
    { name = "dmz"; }
  ];
  machines = [
    {
      name = "web";
      deployment = {
        cpus = 0; ram = 2048; nixos = false;
        initialDisks = [ { name = "boot"; size = 20480; } { size = "20G"; } ];
        interfaces = { eth0 = { network = "lam"; mac = "52:54:00:zz:00:01"; }; };
        staticIPs = { ens3 = { ips = [ "10.20.0.300" ]; }; };
      };
    }
    { name = "db"; cpus = 1; ram = "4G"; nixos = false; diskSize = 5000; }
    { cache = { deployment = [ { cpus = 1; ram = 0; nixos = false; diskSize = 5000; } ]; }; }
    { deployment = { cpus = 1; nixos = false; diskSize = 5000; }; }
    { name = "web"; deployment = { cpus = 1; ram = 512; nixos = false; diskSize = 5000; }; }
    { hostname = "mail server"; deployment = { cpus = 1; ram = 512; nixos = false; diskSize = 5000; }; }
  ];
}

# error[LNX0301] 2:14-5:4: `networks` is a list, but must be a set
#   here: a list
#   help: write a set in which each has a name: `networks = { dmz = { … }; lan = { … }; };`
# error[LNX0402] 3:53-3:59: `networks.lan.mode` cannot be "natt"
#   here: did you mean "nat"?
#   help: the values are
#         "nat": behind the hypervisor's own address
#         "routed": with their own addresses, which your routers must know
#         "isolated": not at all: guests reach each other and the hypervisor
#         "bridge": through a bridge that exists on the hypervisor, as if plugged in there
#   fix (unsafe): 3:53-3:59 -> `"nat"`
# error[LNX0303] 4:14-4:19: option `subnet` is missing in network `dmz`
#   here: `subnet` must be set here
#   note: the hypervisor and the guests need addresses
#   help: add, for example, `subnet = "10.20.0.0/24";`
# error[LNX0301] 6:14-21:4: `machines` is a list, but must be a set
#   here: a list
#   help: write a set in which each has a name: `machines = { db = { … }; web = { … }; };`
# error[LNX0401] 10:16-10:17: `cpus` cannot be 0
#   here: must be at least 1
#   note: a machine has a CPU, and guests with more than 512 need a topology that Launchnix does not write
#   help: write a number from 1 to 512
# error[LNX0301] 11:24-11:78: `initialDisks` is a list, but must be a set
#   here: a list
#   help: write a set in which each has a name: `initialDisks = { boot = { … }; };`
# error[LNX0301] 11:68-11:73: `initialDisks[1].size` is a string, but must be an integer
#   here: a string
#   help: `size` is in MiB: write `20480`
#   fix (safe): 11:68-11:73 -> `20480`
# error[LNX0301] 12:22-12:81: `interfaces` is a set, but must be a list of sets
#   here: a set
#   help: leave out the names, and write a list of what they have, for example `interfaces = [ { network = "lan"; } ];`
# error[LNX0503] 12:43-12:48: there is no network `lam`
#   here: did you mean `lan`?
#   note: there is `dmz`, `lan` and `default`
#   help: declare the network: `networks."lam".subnet = "10.20.0.0/24";`
#   fix (unsafe): 12:43-12:48 -> `"lan"`
# error[LNX0403] 12:66-12:68: "52:54:00:zz:00:01" is not a MAC address
#   here: an octet is two hexadecimal digits
# error[LNX0301] 13:21-13:61: `staticIPs` is a set, but must be a list of sets
#   here: a set
#   help: leave out the names, and write a list of what they have, for example `staticIPs = [ { ips = [ "10.20.0.10" ]; gateway = "10.20.0.1"; } ];`
# error[LNX0403] 13:49-13:52: "10.20.0.300" is not an IP address
#   here: an octet is at most 255
# error[LNX0302] 16:20-16:24: `cpus`, `ram`, `nixos` and `diskSize` of machine `db` belong to `deployment`
#   here: an option of `deployment`
#   16:30-16:33: this as well
#   16:42-16:47: this as well
#   16:57-16:65: this as well
#   help: put the options of the machine into `deployment = { … };`
#   fix (unsafe): 16:5-16:5 -> `{ deployment = `
#   and: 16:75-16:75 -> `; }`
# error[LNX0301] 16:36-16:40: `ram` is a string, but must be an integer
#   here: a string
#   help: `ram` is in MiB: write `4096`
#   fix (safe): 16:36-16:40 -> `4096`
# error[LNX0301] 17:30-17:88: `deployment` is a list, but must be a set
#   here: a list
#   help: it takes one set, not a list: leave out the brackets
# error[LNX0401] 17:50-17:51: `ram` cannot be 0
#   here: must be at least 1 MiB
#   note: QEMU's machines address at most 16 TiB; sizes are in MiB, not in bytes
#   help: write a number from 1 to 16777216
# error[LNX0303] 18:5-18:6: option `ram` is missing
#   here: `ram` must be set here
#   note: `ram`: Memory of the machine.
#   help: add, for example, `ram = 2048;` (`ram` is in MiB)
#   fix (unsafe): 18:21-18:21 -> ` ram = 2048;`
# error[LNX0502] 19:14-19:19: several machines are named `web`
#   here: and again
#   8:14-8:19: `web` is here
#   help: give each a name of its own
# error[LNX0404] 20:18-20:31: "mail server" is not a machine's name
#   here: only letters, digits and `-` can stand in a host name
#   help: write `mail-server`

--- lists-of-machines-that-functions-make ---
let mk = n: ram: { name = n; deployment = { cpus = 1; inherit ram; nixos = false; diskSize = 5000; }; };
in {
  machines = map (n: mk n "512") [ "a" "b" ] ++ [
    (mk "c" 0)
    { name = "d"; value = { deployment = { cpus = 0; ram = 1; nixos = false; diskSize = 5000; }; }; }
  ];
}

# error[LNX0301] 3:14-6:4: `machines` is a list, but must be a set
#   here: a list
#   help: write a set in which each has a name: `machines = { a = { … }; b = { … }; c = { … }; };`
# error[LNX0301] 3:27-3:32: `ram` is a string, but must be an integer
#   here: a string
#   1:63-1:66: passed on here
#   note: this concerns machines `a` and `b`
#   help: `ram` is in MiB: write `512`
#   fix (safe): 3:27-3:32 -> `512`
# error[LNX0401] 4:13-4:14: `ram` cannot be 0
#   here: must be at least 1 MiB
#   1:63-1:66: passed on here
#   note: QEMU's machines address at most 16 TiB; sizes are in MiB, not in bytes
#   help: write a number from 1 to 16777216
# error[LNX0401] 5:51-5:52: `cpus` cannot be 0
#   here: must be at least 1
#   note: a machine has a CPU, and guests with more than 512 need a topology that Launchnix does not write
#   help: write a number from 1 to 512

--- a-list-under-another-word ---
{
  vms = [
    { name = "a"; deployment = { cpus = 1; ram = 0; nixos = false; diskSize = 5000; }; }
  ];
}

# error[LNX0302] 2:3-2:6: there is no option `vms`
#   here: did you mean `machines`?
#   help: a deployment is `{ deployment = { … }; machine = …; }` for one machine, or `{ machines.<name> = { deployment = { … }; machine = …; }; }` for a fleet
#   fix (unsafe): 2:3-2:6 -> `machines`
# error[LNX0301] 2:9-4:4: `machines` is a list, but must be a set
#   here: a list
#   help: give each machine a name: `machines = { web = { deployment = { … }; }; };`
# error[LNX0401] 3:50-3:51: `ram` cannot be 0
#   here: must be at least 1 MiB
#   note: QEMU's machines address at most 16 TiB; sizes are in MiB, not in bytes
#   help: write a number from 1 to 16777216

--- a-machine-in-brackets ---
{ deployment = [ { name = "a"; cpus = 0; ram = 512; nixos = false; diskSize = 5000; } ]; }

# error[LNX0301] 1:16-1:88: `deployment` is a list, but must be a set
#   here: a list
#   help: it takes one set, not a list: leave out the brackets
# error[LNX0401] 1:39-1:40: `cpus` cannot be 0
#   here: must be at least 1
#   note: a machine has a CPU, and guests with more than 512 need a topology that Launchnix does not write
#   help: write a number from 1 to 512

--- lists-of-other-things ---
{
  machines.a.deployment = { cpus = 1; ram = 512; nixos = false; diskSize = 5000;
    sharedFolders = [ { name = "src"; path = "/srv"; mountpoint = "/x"; } ];
    cloudInit = [ { userData = 5; } ];
    usbDevices = { stick = { id = "1234:zzzz"; }; };
    healthChecks = [ { cmd = [ { cmd = [ ]; } ]; } ];
  };
}

# error[LNX0301] 3:21-3:76: `sharedFolders` is a list, but must be a set
#   here: a list
#   help: write a set in which each has a name: `sharedFolders = { src = { … }; };`
# error[LNX0302] 3:54-3:64: there is no option `mountpoint` in `sharedFolders.src`
#   here: did you mean `mountPoint`?
#   help: `mountPoint`: Where a NixOS guest mounts it. Others mount it by its name: `mount -t virtiofs media /media`.
#   fix (safe): 3:54-3:64 -> `mountPoint`
# warning[LNX0701] 3:67-3:71: `sharedFolders.src.mountPoint` has no effect here
#   here: only a NixOS guest is told where to mount the folder
#   help: mount it in the guest: `mount -t virtiofs src /x`
# error[LNX0301] 4:17-4:38: `cloudInit` is a list, but must be a set
#   here: a list
#   help: it takes one set, not a list: leave out the brackets
# error[LNX0301] 4:32-4:33: `cloudInit.userData` is an integer, but must be a text, or a file that holds it
#   here: an integer
#   help: put it in quotes: `"5"`
#   fix (unsafe): 4:32-4:32 -> `"`
#   and: 4:33-4:33 -> `"`
# error[LNX0301] 5:18-5:52: `usbDevices` is a set, but must be a list, each element a USB device such as `"046d:c52b"`, or a set
#   here: a set
#   help: leave out the names, and write a list of what they have, for example `usbDevices = [ "046d:c52b" ];`
# error[LNX0403] 5:41-5:45: "1234:zzzz" is not a USB device such as `046d:c52b` or `1.4`
#   here: the product is four hexadecimal digits
#   help: `lsusb` shows both: `Bus 001 Device 004: ID 046d:c52b` is `"046d:c52b"` or `"1.4"`
# error[LNX0301] 6:20-6:53: `healthChecks` is a list, but must be a set
#   here: a list
#   help: it takes one set, not a list: leave out the brackets
# error[LNX0401] 6:40-6:43: a command of `healthChecks.cmd` is empty
#   here: no program is named here
#   help: name the program and its arguments, for example `[ "systemctl" "is-active" "nginx" ]`

--- services-of-compose ---
{
  services = {
    web = { cpus = 2; mem_limit = 2048; nixos = false; diskSize = 5000; };
    db = { cpus = 0; ram = 2048; nixos = false; diskSize = 5000; };
  };
}

# error[LNX0302] 2:3-2:11: there is no option `services`
#   here: did you mean `machines`?
#   help: write `machines.web.deployment = { … };`
# error[LNX0302] 3:23-3:32: there is no option `mem_limit`
#   here: did you mean `ram`?
#   help: `ram`: Memory of the machine.
#   fix (unsafe): 3:23-3:32 -> `ram`
# error[LNX0401] 4:19-4:20: `cpus` cannot be 0
#   here: must be at least 1
#   note: a machine has a CPU, and guests with more than 512 need a topology that Launchnix does not write
#   help: write a number from 1 to 512

--- options-of-a-machine-alone ---
{
  name = "web";
  cpus = 2;
  ram = "2048";
  nixos = false;
  diskSize = 20480;
  interfaces = [ { network = "lan"; modle = "virtio"; } ];
}

# error[LNX0304] 3:3-3:7: the file is neither a machine nor a fleet
#   here: an option of a machine
#   help: put the options of the machine into `deployment = { … };`
# error[LNX0301] 4:9-4:15: `ram` is a string, but must be an integer
#   here: a string
#   help: `ram` is in MiB: write `2048`
#   fix (safe): 4:9-4:15 -> `2048`
# error[LNX0302] 7:37-7:42: there is no option `modle` in `interfaces[0]`
#   here: did you mean `model`?
#   help: `model`: Network card that the guest sees.
#   fix (unsafe): 7:37-7:42 -> `model`

--- a-nixos-configuration ---
{ config, pkgs, ... }:

{
  imports = [ ./hardware-configuration.nix ];
  networking.hostName = "web";
  services.nginx.enable = true;
}

# error[LNX0304] 1:3-1:9: the file holds a NixOS configuration, not a deployment
#   here: an argument of a NixOS module
#   help: a guest's configuration belongs to its machine: `{ deployment = { name = "web"; cpus = 2; ram = 2048; }; machine = …; }`

--- a-nixos-configuration-without-arguments ---
{
  networking.hostName = "web";
  services.nginx.enable = true;
  users.users.me.isNormalUser = true;
}

# error[LNX0304] 2:3-2:13: the file holds a NixOS configuration, not a deployment
#   here: an option of NixOS
#   help: a guest's configuration belongs to its machine: `{ deployment = { name = "web"; cpus = 2; ram = 2048; }; machine = …; }`

--- machines-in-machine ---
{
  machine.web = {
    deployment = { cpus = 2; ram = 0; nixos = false; diskSize = 20480; };
  };
  machine.db = {
    deployment = { cpus = "2"; ram = 2048; nixos = false; diskSize = 20480; };
  };
}

# error[LNX0304] 2:3-2:10: `machine` is the guest's NixOS module, and holds machines here
#   here: did you mean `machines`?
#   help: a fleet is `machines.<name> = { deployment = { … }; machine = …; };`
# error[LNX0401] 3:36-3:37: `ram` cannot be 0
#   here: must be at least 1 MiB
#   note: QEMU's machines address at most 16 TiB; sizes are in MiB, not in bytes
#   help: write a number from 1 to 16777216
# error[LNX0301] 6:27-6:30: `cpus` is a string, but must be an integer (the number of CPUs) or a set
#   here: a string
#   help: write `2`
#   fix (safe): 6:27-6:30 -> `2`

--- machines-in-deployments ---
{
  deployments.web = {
    cpus = 2; ram = 0; nixos = false; diskSize = 20480;
  };
  deployments.db = {
    cpus = 2; ram = 2048; nixos = false; diskSze = 20480;
  };
}

# error[LNX0302] 2:3-2:14: there is no option `deployments`
#   here: did you mean `machines`?
#   help: write `machines.web.deployment = { … };`
# error[LNX0401] 3:21-3:22: `ram` cannot be 0
#   here: must be at least 1 MiB
#   note: QEMU's machines address at most 16 TiB; sizes are in MiB, not in bytes
#   help: write a number from 1 to 16777216
# error[LNX0302] 6:42-6:49: there is no option `diskSze`
#   here: did you mean `diskSize`?
#   help: `diskSize`: Size of the boot disk; the same as `initialDisks.boot.size`.
#   fix (unsafe): 6:42-6:49 -> `diskSize`

--- machines-in-deployment-with-mistakes ---
{
  deployment.web = { cpus = 2; ram = 0; nixos = false; diskSize = 20480; };
  deployment.db = { cpus = 2; ram = 512; nixos = false; diskSze = 20480; };
}
# error[LNX0304] 2:3-2:13: `deployment` is one machine's, and holds machines here
#   here: machines belong to `machines.<name>.deployment`
#   help: write `machines.db.deployment` and `machines.web.deployment`
# error[LNX0401] 2:38-2:39: `ram` cannot be 0
#   here: must be at least 1 MiB
#   note: QEMU's machines address at most 16 TiB; sizes are in MiB, not in bytes
#   help: write a number from 1 to 16777216
# error[LNX0302] 3:57-3:64: there is no option `diskSze`
#   here: did you mean `diskSize`?
#   help: `diskSize`: Size of the boot disk; the same as `initialDisks.boot.size`.
#   fix (unsafe): 3:57-3:64 -> `diskSize`
