--- ram-has-a-unit ---
{
  deployment = {
    name = "web";
    cpus = 1;
    ram = "4 GiB";
    nixos = false;
  };
}
# error[LNX0301] 5:11-5:18: `ram` is a string, but must be an integer
#   here: a string
#   help: `ram` is in MiB: write `4096`
#   fix (safe): 5:11-5:18 -> `4096`

--- ram-in-quotes ---
{ deployment = { name = "web"; cpus = 1; ram = "4096"; nixos = false; }; }
# error[LNX0301] 1:48-1:54: `ram` is a string, but must be an integer
#   here: a string
#   help: `ram` is in MiB: write `4096`
#   fix (safe): 1:48-1:54 -> `4096`

--- ram-in-decimal-gigabytes ---
{ deployment = { name = "web"; cpus = 1; ram = "4GB"; nixos = false; }; }
# error[LNX0301] 1:48-1:53: `ram` is a string, but must be an integer
#   here: a string
#   help: `ram` is in MiB: write `4096`
#   fix (unsafe): 1:48-1:53 -> `4096`

--- ram-with-half-a-gibibyte ---
{ deployment = { name = "web"; cpus = 1; ram = "1.5G"; nixos = false; }; }
# error[LNX0301] 1:48-1:54: `ram` is a string, but must be an integer
#   here: a string
#   help: `ram` is in MiB: write `1536`
#   fix (safe): 1:48-1:54 -> `1536`

--- ram-in-bytes-as-text ---
{ deployment = { name = "web"; cpus = 1; ram = "2147483648 bytes"; nixos = false; }; }
# error[LNX0301] 1:48-1:66: `ram` is a string, but must be an integer
#   here: a string
#   help: `ram` is in MiB: write `2048`
#   fix (safe): 1:48-1:66 -> `2048`

--- ram-is-a-word ---
{ deployment = { name = "web"; cpus = 1; ram = "lots"; nixos = false; }; }
# error[LNX0301] 1:48-1:54: `ram` is a string, but must be an integer
#   here: a string
#   help: write the number of MiB without quotes, for example `ram = 2048;`

--- ram-is-empty-text ---
{ deployment = { name = "web"; cpus = 1; ram = ""; nixos = false; }; }
# error[LNX0301] 1:48-1:50: `ram` is a string, but must be an integer
#   here: a string
#   help: write the number of MiB without quotes, for example `ram = 2048;`

--- ram-is-a-float ---
{ deployment = { name = "web"; cpus = 1; ram = 0.5; nixos = false; }; }
# error[LNX0301] 1:48-1:51: `ram` is a float, but must be an integer
#   here: a float
#   help: `ram` is in MiB: 0.5 GiB are `512`
#   fix (unsafe): 1:48-1:51 -> `512`

--- ram-is-a-whole-float ---
{ deployment = { name = "web"; cpus = 1; ram = 4096.0; nixos = false; }; }
# error[LNX0301] 1:48-1:54: `ram` is a float, but must be an integer
#   here: a float
#   help: write `4096`
#   fix (unsafe): 1:48-1:54 -> `4096`

--- ram-is-a-list ---
{ deployment = { name = "web"; cpus = 1; ram = [ 4096 ]; nixos = false; }; }
# error[LNX0301] 1:48-1:56: `ram` is a list, but must be an integer
#   here: a list
#   help: it takes one value, not a list: write `4096`
#   fix (unsafe): 1:48-1:56 -> `4096`

--- ram-is-a-set ---
{ deployment = { name = "web"; cpus = 1; ram = { min = 1024; max = 4096; }; nixos = false; }; }
# error[LNX0301] 1:48-1:75: `ram` is a set, but must be an integer
#   here: a set
#   help: for example `ram = 2048;`

--- ram-is-null ---
{ deployment = { name = "web"; cpus = 1; ram = null; nixos = false; }; }
# error[LNX0301] 1:48-1:52: `ram` is null, but must be an integer
#   here: null
#   help: give it a value, for example `ram = 2048;`

--- ram-is-true ---
{ deployment = { name = "web"; cpus = 1; ram = true; nixos = false; }; }
# error[LNX0301] 1:48-1:52: `ram` is a Boolean, but must be an integer
#   here: a Boolean
#   help: for example `ram = 2048;`

--- ram-is-a-function ---
{ deployment = { name = "web"; cpus = 1; ram = x: x * 1024; nixos = false; }; }
# error[LNX0301] 1:48-1:59: `ram` is a function, but must be an integer
#   here: a function
#   help: call the function with its arguments; for example `ram = 2048;`

--- ram-is-a-path ---
{ deployment = { name = "web"; cpus = 1; ram = ./key.pub; nixos = false; }; }
# error[LNX0301] 1:48-1:57: `ram` is a path, but must be an integer
#   here: a path
#   help: for example `ram = 2048;`

--- ram-through-a-binding ---
let
  memory = "2 GiB";
in
{ deployment = { name = "web"; cpus = 1; ram = memory; nixos = false; }; }
# error[LNX0301] 2:12-2:19: `ram` is a string, but must be an integer
#   here: a string
#   4:48-4:54: passed on here
#   help: `ram` is in MiB: write `2048`
#   fix (safe): 2:12-2:19 -> `2048`

--- cpus-in-quotes ---
{ deployment = { name = "web"; cpus = "2"; ram = 1024; nixos = false; }; }
# error[LNX0301] 1:39-1:42: `cpus` is a string, but must be an integer (the number of CPUs) or a set
#   here: a string
#   help: write `2`
#   fix (safe): 1:39-1:42 -> `2`

--- cpus-as-a-word ---
{ deployment = { name = "web"; cpus = "eight"; ram = 1024; nixos = false; }; }
# error[LNX0301] 1:39-1:46: `cpus` is a string, but must be an integer (the number of CPUs) or a set
#   here: a string
#   help: write the number without quotes, for example `cpus = 2;`

--- cpus-is-a-float ---
{ deployment = { name = "web"; cpus = 2.5; ram = 1024; nixos = false; }; }
# error[LNX0301] 1:39-1:42: `cpus` is a float, but must be an integer (the number of CPUs) or a set
#   here: a float
#   help: write `3`
#   fix (unsafe): 1:39-1:42 -> `3`

--- nixos-is-text ---
{ deployment = { name = "web"; cpus = 1; ram = 1024; nixos = "false"; }; }
# error[LNX0301] 1:62-1:69: `nixos` is a string, but must be `true` or `false`
#   here: a string
#   help: write `false`
#   fix (safe): 1:62-1:69 -> `false`

--- nixos-is-yes ---
{
  machine = { };
  deployment = {
    name = "web"; cpus = 1; ram = 1024; nixos = "yes"; sshPubKeyPath = ./key.pub;
  };
}
# error[LNX0301] 4:49-4:54: `nixos` is a string, but must be `true` or `false`
#   here: a string
#   help: write `true`
#   fix (safe): 4:49-4:54 -> `true`

--- autostart-is-a-number ---
{ deployment = { name = "web"; cpus = 1; ram = 1024; nixos = false; autostart = 1; }; }
# error[LNX0301] 1:81-1:82: `autostart` is an integer, but must be `true` or `false`
#   here: an integer
#   help: write `true`
#   fix (safe): 1:81-1:82 -> `true`

--- autostart-is-a-word ---
{ deployment = { name = "web"; cpus = 1; ram = 1024; nixos = false; autostart = "maybe"; }; }
# error[LNX0301] 1:81-1:88: `autostart` is a string, but must be `true` or `false`
#   here: a string
#   help: for example `autostart = true;`

--- name-is-a-number ---
{ deployment = { name = 7; cpus = 1; ram = 1024; nixos = false; }; }
# error[LNX0301] 1:25-1:26: `name` is an integer, but must be a machine's name
#   here: an integer
#   help: put it in quotes: `"7"`
#   fix (unsafe): 1:25-1:25 -> `"`
#   and: 1:26-1:26 -> `"`

--- name-is-a-list ---
{ deployment = { name = [ "web" ]; cpus = 1; ram = 1024; nixos = false; }; }
# error[LNX0301] 1:25-1:34: `name` is a list, but must be a machine's name
#   here: a list
#   help: it takes one value, not a list: write `"web"`
#   fix (unsafe): 1:25-1:34 -> `"web"`

--- name-is-a-path ---
{ deployment = { name = ./web; cpus = 1; ram = 1024; nixos = false; }; }
# error[LNX0301] 1:25-1:30: `name` is a path, but must be a machine's name
#   here: a path
#   help: write a string: put it in quotes
#   fix (unsafe): 1:25-1:25 -> `"`
#   and: 1:30-1:30 -> `"`

--- boot-order-is-one-word ---
{ deployment = { name = "web"; cpus = 1; ram = 1024; diskSize = 1024; bootOrder = "boot"; }; }
# error[LNX0301] 1:83-1:89: `bootOrder` is a string, but must be a list, each element something to boot from: "PXE", "cdrom" or a disk's name
#   here: a string
#   help: put it in a list: `bootOrder = [ "boot" ];`
#   fix (safe): 1:83-1:83 -> `[ `
#   and: 1:89-1:89 -> ` ]`

--- boot-order-with-a-number ---
{ deployment = { name = "web"; cpus = 1; ram = 1024; diskSize = 1024; bootOrder = [ 1 "boot" ]; }; }
# error[LNX0301] 1:85-1:86: `bootOrder[0]` is an integer, but must be something to boot from: "PXE", "cdrom" or a disk's name
#   here: an integer
#   help: put it in quotes: `"1"`
#   fix (unsafe): 1:85-1:85 -> `"`
#   and: 1:86-1:86 -> `"`

--- static-ips-is-one-address ---
{ deployment = { name = "web"; cpus = 1; ram = 1024; nixos = false; staticIPs = "10.0.0.5"; }; }
# error[LNX0301] 1:81-1:91: `staticIPs` is a string, but must be a list of sets
#   here: a string
#   help: write `[ { ips = [ "10.0.0.5" ]; } ]`
#   fix (unsafe): 1:81-1:81 -> `[ { ips = [ `
#   and: 1:91-1:91 -> ` ]; } ]`

--- static-ips-is-one-set ---
{ deployment = { name = "web"; cpus = 1; ram = 1024; nixos = false; staticIPs = { ips = [ "10.0.0.5" ]; }; }; }
# error[LNX0301] 1:81-1:106: `staticIPs` is a set, but must be a list of sets
#   here: a set
#   help: put it in a list: `[ … ]`
#   fix (safe): 1:81-1:81 -> `[ `
#   and: 1:106-1:106 -> ` ]`

--- static-ips-lists-addresses ---
{
  deployment = {
    name = "web"; cpus = 1; ram = 1024; nixos = false;
    staticIPs = [ "10.0.0.5" "10.0.0.6" ];
  };
}
# error[LNX0301] 4:19-4:29: `staticIPs[0]` is a string, but must be a set
#   here: a string
#   help: write `{ ips = [ "10.0.0.5" ]; }`
#   fix (unsafe): 4:19-4:19 -> `{ ips = [ `
#   and: 4:29-4:29 -> ` ]; }`
# error[LNX0301] 4:30-4:40: `staticIPs[1]` is a string, but must be a set
#   here: a string
#   help: write `{ ips = [ "10.0.0.6" ]; }`
#   fix (unsafe): 4:30-4:30 -> `{ ips = [ `
#   and: 4:40-4:40 -> ` ]; }`

--- ips-is-one-address ---
{ deployment = { name = "web"; cpus = 1; ram = 1024; nixos = false; staticIPs = [ { ips = "10.0.0.5"; } ]; }; }
# error[LNX0301] 1:91-1:101: `staticIPs[0].ips` is a string, but must be a list, each element an IP address
#   here: a string
#   help: put it in a list: `ips = [ "10.0.0.5" ];`
#   fix (safe): 1:91-1:91 -> `[ `
#   and: 1:101-1:101 -> ` ]`

--- pci-devices-lists-addresses ---
{ deployment = { name = "web"; cpus = 1; ram = 1024; nixos = false; pciDevices = [ "09:00.0" ]; }; }
# error[LNX0301] 1:84-1:93: `pciDevices[0]` is a string, but must be a set
#   here: a string
#   help: write `{ id = "09:00.0"; }`
#   fix (unsafe): 1:84-1:84 -> `{ id = `
#   and: 1:93-1:93 -> `; }`

--- pci-devices-is-one-address ---
{ deployment = { name = "web"; cpus = 1; ram = 1024; nixos = false; pciDevices = "09:00.0"; }; }
# error[LNX0301] 1:82-1:91: `pciDevices` is a string, but must be a list of sets
#   here: a string
#   help: write `[ { id = "09:00.0"; } ]`
#   fix (unsafe): 1:82-1:82 -> `[ { id = `
#   and: 1:91-1:91 -> `; } ]`

--- pci-id-is-a-number ---
{ deployment = { name = "web"; cpus = 1; ram = 1024; nixos = false; pciDevices = [ { id = 9; } ]; }; }
# error[LNX0301] 1:91-1:92: `pciDevices[0].id` is an integer, but must be a PCI address
#   here: an integer
#   help: for example `id = "09:00.0";`

--- interfaces-lists-networks ---
{
  networks.lan.subnet = "10.20.0.0/24";
  machines.web.deployment = { cpus = 1; ram = 1024; nixos = false; interfaces = [ "lan" ]; };
}
# error[LNX0301] 3:83-3:88: `interfaces[0]` is a string, but must be a set
#   here: a string
#   help: write `{ network = "lan"; }`
#   fix (unsafe): 3:83-3:83 -> `{ network = `
#   and: 3:88-3:88 -> `; }`

--- interfaces-is-a-set ---
{
  networks.lan.subnet = "10.20.0.0/24";
  machines.web.deployment = {
    cpus = 1; ram = 1024; nixos = false;
    interfaces = { ens3.network = "lan"; };
  };
}
# error[LNX0301] 5:18-5:43: `interfaces` is a set, but must be a list of sets
#   here: a set
#   help: leave out the names, and write a list of what they have, for example `interfaces = [ { network = "lan"; } ];`

--- disks-are-a-list ---
{
  deployment = {
    name = "web"; cpus = 1; ram = 1024; nixos = false;
    initialDisks = [ { name = "data"; size = 10; } ];
  };
}
# error[LNX0301] 4:20-4:53: `initialDisks` is a list, but must be a set
#   here: a list
#   help: write a set in which each has a name: `initialDisks = { data = { … }; };`

--- disk-is-a-number ---
{ deployment = { name = "web"; cpus = 1; ram = 1024; nixos = false; initialDisks.data = 10240; }; }
# error[LNX0301] 1:89-1:94: `initialDisks.data` is an integer, but must be a set
#   here: an integer
#   help: write `{ size = 10240; }`
#   fix (unsafe): 1:89-1:89 -> `{ size = `
#   and: 1:94-1:94 -> `; }`

--- disk-size-is-text ---
{ deployment = { name = "web"; cpus = 1; ram = 1024; nixos = false; initialDisks.data.size = "100G"; }; }
# error[LNX0301] 1:94-1:100: `initialDisks.data.size` is a string, but must be an integer
#   here: a string
#   help: `size` is in MiB: write `102400`
#   fix (safe): 1:94-1:100 -> `102400`

--- several-wrong-types-at-once ---
{
  deployment = {
    name = "web";
    cpus = "2";
    ram = "4 GiB";
    nixos = "false";
  };
}
# error[LNX0301] 4:12-4:15: `cpus` is a string, but must be an integer (the number of CPUs) or a set
#   here: a string
#   help: write `2`
#   fix (safe): 4:12-4:15 -> `2`
# error[LNX0301] 5:11-5:18: `ram` is a string, but must be an integer
#   here: a string
#   help: `ram` is in MiB: write `4096`
#   fix (safe): 5:11-5:18 -> `4096`
# error[LNX0301] 6:13-6:20: `nixos` is a string, but must be `true` or `false`
#   here: a string
#   help: write `false`
#   fix (safe): 6:13-6:20 -> `false`

--- deployment-is-a-function ---
{ machines.web.deployment = { cpus }: { inherit cpus; ram = 1024; }; }
# error[LNX0301] 1:29-1:68: `deployment` is a function, but must be a set
#   here: a function
#   help: call the function with its arguments; for example `deployment = { cpus = 2; ram = 2048; };`

--- deployment-is-a-list ---
{ machines.web.deployment = [ ]; }
# error[LNX0301] 1:29-1:32: `deployment` is a list, but must be a set
#   here: a list
#   help: for example `deployment = { cpus = 2; ram = 2048; };`

--- machine-is-text ---
{ machines.web = { deployment = { cpus = 1; ram = 1024; sshPubKeyPath = ./key.pub; }; machine = "./guest.nix"; }; }
# error[LNX0301] 1:97-1:110: `machines.web.machine` is a string, but must be a NixOS module: a function, a set or a path
#   here: a string
#   help: write `./guest.nix`
#   fix (safe): 1:97-1:110 -> `./guest.nix`

--- machine-is-a-path-that-is-missing ---
{ machines.web = { deployment = { cpus = 1; ram = 1024; sshPubKeyPath = ./key.pub; }; machine = ./gest.nix; }; }
# error[LNX0901] 1:97-1:107: the NixOS module of `machines.web.machine` does not exist
#   here: no such file
#   help: create the file, or name one that exists

--- extra-config-is-a-path ---
{ deployment = { name = "web"; cpus = 1; ram = 1024; nixos = false; extraConfig = ./key.pub; }; }
# error[LNX0301] 1:83-1:92: `extraConfig` is a path, but must be a string of XML
#   here: a path
#   help: read the file with `builtins.readFile`
#   fix (safe): 1:83-1:83 -> `builtins.readFile `

--- extra-config-is-a-set ---
{ deployment = { name = "web"; cpus = 1; ram = 1024; nixos = false; extraConfig = { memoryBacking.hugepages = { }; }; }; }
# error[LNX0301] 1:83-1:117: `extraConfig` is a set, but must be a string of XML
#   here: a set
#   help: for example `extraConfig = ''<memtune><hard_limit unit="GiB">4</hard_limit></memtune>'';`

--- ssh-port-in-quotes ---
{ deployment = { name = "web"; cpus = 1; ram = 1024; nixos = false; sshPort = "2222"; }; }
# error[LNX0301] 1:79-1:85: `sshPort` is a string, but must be an integer
#   here: a string
#   help: write `2222`
#   fix (safe): 1:79-1:85 -> `2222`

--- key-path-is-a-number ---
{ machine = { }; deployment = { name = "web"; cpus = 1; ram = 1024; sshPubKeyPath = 22; }; }
# error[LNX0301] 1:85-1:87: `sshPubKeyPath` is an integer, but must be a path, or a string that holds one
#   here: an integer
#   help: for example `sshPubKeyPath = "~/.ssh/id_ed25519.pub";`

--- key-paths-are-a-list ---
{ machine = { }; deployment = { name = "web"; cpus = 1; ram = 1024; sshPubKeyPath = [ ./key.pub ]; }; }
# error[LNX0301] 1:85-1:98: `sshPubKeyPath` is a list, but must be a path, or a string that holds one
#   here: a list
#   help: it takes one value, not a list: write `./key.pub`
#   fix (unsafe): 1:85-1:98 -> `./key.pub`

--- prefix-as-text ---
{ deployment = { name = "web"; cpus = 1; ram = 1024; nixos = false; staticIPs = [ { ips = [ "10.0.0.5" ]; prefix = "/24"; } ]; }; }
# error[LNX0301] 1:116-1:121: `staticIPs[0].prefix` is a string, but must be an integer
#   here: a string
#   help: write `24`
#   fix (safe): 1:116-1:121 -> `24`

--- dns-is-one-address ---
{ deployment = { name = "web"; cpus = 1; ram = 1024; nixos = false; staticIPs = [ { ips = [ "10.0.0.5" ]; dns = "1.1.1.1"; } ]; }; }
# error[LNX0301] 1:113-1:122: `staticIPs[0].dns` is a string, but must be a list, each element an IP address
#   here: a string
#   help: put it in a list: `dns = [ "1.1.1.1" ];`
#   fix (safe): 1:113-1:113 -> `[ `
#   and: 1:122-1:122 -> ` ]`

--- pool-is-a-path ---
{ pools.fast = "/var/lib/fast"; machines.web.deployment = { cpus = 1; ram = 1024; nixos = false; storagePoolName = "fast"; }; }
# error[LNX0301] 1:16-1:31: `pools.fast` is a string, but must be a set
#   here: a string
#   help: write `{ path = "/var/lib/fast"; }`
#   fix (unsafe): 1:16-1:16 -> `{ path = `
#   and: 1:31-1:31 -> `; }`

--- pools-are-a-list ---
{ pools = [ "fast" ]; machines.web.deployment = { cpus = 1; ram = 1024; nixos = false; storagePoolName = "fast"; }; }
# error[LNX0301] 1:11-1:21: `pools` is a list, but must be a set
#   here: a list
#   help: write a set in which each has a name, for example `pools = { fast.path = "/var/lib/fast"; };`

--- network-is-a-subnet ---
{ networks.lan = "10.20.0.0/24"; machines.web.deployment = { cpus = 1; ram = 1024; nixos = false; }; }
# error[LNX0301] 1:18-1:32: `networks.lan` is a string, but must be a set
#   here: a string
#   help: write `{ subnet = "10.20.0.0/24"; }`
#   fix (unsafe): 1:18-1:18 -> `{ subnet = `
#   and: 1:32-1:32 -> `; }`

--- nixpkgs-is-true ---
{ nixpkgs = true; machines.web.deployment = { cpus = 1; ram = 1024; nixos = false; }; }
# error[LNX0301] 1:13-1:17: `nixpkgs` is a Boolean, but must be a path to nixpkgs
#   here: a Boolean
#   help: for example `nixpkgs = ./nixpkgs;`

--- a-default-of-the-wrong-type-is-told-once ---
{
  defaults.deployment = { cpus = 1; ram = "1 GiB"; nixos = false; };
  machines = { a = { }; b = { }; c.deployment.ram = 512; };
}
# error[LNX0301] 2:43-2:50: `ram` is a string, but must be an integer
#   here: a string
#   note: this concerns machines `a` and `b`
#   help: `ram` is in MiB: write `1024`
#   fix (safe): 2:43-2:50 -> `1024`

--- description-is-a-list ---
{ description = [ "my" "lab" ]; machines.web.deployment = { cpus = 1; ram = 1024; nixos = false; }; }
# error[LNX0301] 1:17-1:31: `description` is a list, but must be a string
#   here: a list
#   help: for example `description = "the blog and its database";`

--- ram-with-a-group-of-digits ---
{ deployment = { name = "web"; cpus = 1; ram = 2_048; nixos = false; }; }
# error[LNX0103] 1:49-1:53: undefined variable '_048'
#   here: numbers are written without `_`
#   help: write `2048`
#   fix (unsafe): 1:48-1:53 -> `2048`

--- a-list-of-pairs-for-a-set ---
{ machines = [ { name = "a"; value.deployment = { cpus = 1; ram = 1024; nixos = false; }; } ]; }
# error[LNX0301] 1:14-1:94: `machines` is a list, but must be a set
#   here: a list
#   help: make a set of the pairs with `builtins.listToAttrs`

--- a-function-for-a-machine ---
{ machines.web = { pkgs, ... }: { services.nginx.enable = true; }; machines.b.deployment = { cpus = 1; ram = 1024; nixos = false; }; }
# error[LNX0301] 1:18-1:66: `machines.web` is a function, but must be a set
#   here: a function
#   help: a machine is `{ deployment = { … }; machine = …; }`: a NixOS module belongs to its `machine`, and another function has to be called

--- values-with-a-priority-for-sets ---
let
  mkDefault = content: { _type = "override"; priority = 1000; inherit content; };
  mkIf = condition: content: { _type = "if"; inherit condition content; };
in
{
  machines.a.deployment = { cpus = mkDefault 2; ram = 512; nixos = false; graphics = mkDefault "vnc"; tpm = mkDefault true; };
  machines.b = mkIf true { deployment = { cpus = 1; ram = 512; nixos = false; }; };
}

# error[LNX0301] 6:36-6:47: `cpus` is a value with a priority, but must be an integer (the number of CPUs) or a set
#   here: a value with a priority
#   2:24-2:81: made here
#   help: `mkForce`, `mkDefault` and the like are for NixOS modules: write the value itself; a machine's value goes before that of `defaults`
# error[LNX0301] 6:86-6:101: `graphics` is a value with a priority, but must be `"none"`, `"vnc"`, `"spice"` or a set
#   here: a value with a priority
#   2:24-2:81: made here
#   help: `mkForce`, `mkDefault` and the like are for NixOS modules: write the value itself; a machine's value goes before that of `defaults`
# error[LNX0301] 6:109-6:123: `tpm` is a value with a priority, but must be `true`, `false` or a set
#   here: a value with a priority
#   2:24-2:81: made here
#   help: `mkForce`, `mkDefault` and the like are for NixOS modules: write the value itself; a machine's value goes before that of `defaults`
# error[LNX0301] 7:16-7:83: `machines.b` is a value with a condition, but must be a set
#   here: a value with a condition
#   3:30-3:74: made here
#   help: `mkForce`, `mkDefault` and the like are for NixOS modules: write the value itself; a machine's value goes before that of `defaults`

--- several-values-for-deployment ---
let
  mkMerge = contents: { _type = "merge"; inherit contents; };
  mkForce = content: { _type = "override"; priority = 50; inherit content; };
in
{
  machines.a.deployment = mkMerge [ { cpus = 1; } { ram = 512; } ];
  machines.b.deployment = { cpus = 1; ram = 512; nixos = false; initialDisks.boot = mkForce { size = 100; }; };
}
# error[LNX0301] 6:27-6:67: `deployment` is several values to merge, but must be a set
#   here: several values to merge
#   2:23-2:61: made here
#   help: `mkForce`, `mkDefault` and the like are for NixOS modules: write the value itself; a machine's value goes before that of `defaults`
# error[LNX0301] 7:85-7:108: `initialDisks.boot` is a value with a priority, but must be a set
#   here: a value with a priority
#   3:22-3:77: made here
#   help: `mkForce`, `mkDefault` and the like are for NixOS modules: write the value itself; a machine's value goes before that of `defaults`

--- a-command-in-one-string ---
{ deployment = { name = "web"; cpus = 1; ram = 512; sshPubKeyPath = ./key.pub; healthChecks.cmd = [ { cmd = "systemctl is-active nginx"; } { cmd = "ss | grep 80"; } ]; preDeployChecks.cmd = "ls /a"; secrets.x = { source = ./key.pub; destination = "/x"; action = "systemctl restart x"; }; }; machine = { }; }

# error[LNX0301] 1:109-1:136: `healthChecks.cmd[0].cmd` is a string, but must be a list, each element a string
#   here: a string
#   help: write each as an element of a list: `cmd = [ "systemctl" "is-active" "nginx" ];`
#   fix (unsafe): 1:109-1:136 -> `[ "systemctl" "is-active" "nginx" ]`
# error[LNX0301] 1:148-1:162: `healthChecks.cmd[1].cmd` is a string, but must be a list, each element a string
#   here: a string
#   help: write each as an element of a list: `cmd = [ "sh" "-c" "ss | grep 80" ];`
#   fix (unsafe): 1:148-1:162 -> `[ "sh" "-c" "ss | grep 80" ]`
# error[LNX0301] 1:191-1:198: `preDeployChecks.cmd` is a string, but must be a list of sets
#   here: a string
#   help: write `[ { cmd = [ "ls" "/a" ]; } ]`
#   fix (unsafe): 1:191-1:198 -> `[ { cmd = [ "ls" "/a" ]; } ]`
# error[LNX0301] 1:263-1:284: `secrets.x.action` is a string, but must be a list, each element a string
#   here: a string
#   help: write each as an element of a list: `action = [ "systemctl" "restart" "x" ];`
#   fix (unsafe): 1:263-1:284 -> `[ "systemctl" "restart" "x" ]`

--- several-elements-in-one-string ---
{ deployment = { name = "web"; cpus = 1; ram = 512; nixos = false; tags = "web production"; staticIPs = [ { ips = "10.0.0.5, 10.0.0.6"; dns = "1.1.1.1 8.8.8.8"; } ]; bootOrder = "PXE"; }; }

# error[LNX0301] 1:75-1:91: `tags` is a string, but must be a list, each element a tag
#   here: a string
#   help: write each as an element of a list: `tags = [ "web" "production" ];`
#   fix (unsafe): 1:75-1:91 -> `[ "web" "production" ]`
# error[LNX0301] 1:115-1:135: `staticIPs[0].ips` is a string, but must be a list, each element an IP address
#   here: a string
#   help: write each as an element of a list: `ips = [ "10.0.0.5" "10.0.0.6" ];`
#   fix (unsafe): 1:115-1:135 -> `[ "10.0.0.5" "10.0.0.6" ]`
# error[LNX0301] 1:143-1:160: `staticIPs[0].dns` is a string, but must be a list, each element an IP address
#   here: a string
#   help: write each as an element of a list: `dns = [ "1.1.1.1" "8.8.8.8" ];`
#   fix (unsafe): 1:143-1:160 -> `[ "1.1.1.1" "8.8.8.8" ]`
# error[LNX0301] 1:179-1:184: `bootOrder` is a string, but must be a list, each element something to boot from: "PXE", "cdrom" or a disk's name
#   here: a string
#   help: put it in a list: `bootOrder = [ "PXE" ];`
#   fix (safe): 1:179-1:179 -> `[ `
#   and: 1:184-1:184 -> ` ]`

--- a-version-without-quotes ---
{ deployment = { name = "web"; cpus = 1; ram = 512; nixos = false; tpm.version = 2; firmware = 1; }; }
# error[LNX0301] 1:82-1:83: `tpm.version` is an integer, but must be one of `"2.0"`, `"1.2"`
#   here: an integer
#   help: write `"2.0"`
#   fix (safe): 1:82-1:83 -> `"2.0"`
# error[LNX0301] 1:96-1:97: `firmware` is an integer, but must be one of `"bios"`, `"uefi"`, `"uefi-secure"`
#   here: an integer
#   help: for example `firmware = "uefi";`

--- several-values-for-the-file-and-for-nixpkgs ---
let mkIf = condition: content: { _type = "if"; inherit condition content; }; in
{ nixpkgs = mkIf true ./nixpkgs; networks = mkIf true { lan.subnet = "10.0.0.0/24"; }; machines.a.deployment = { cpus = 1; ram = 512; nixos = false; interfaces = [ (mkIf true { network = "lan"; }) ]; }; }

# error[LNX0301] 2:13-2:32: `nixpkgs` is a value with a condition, but must be a path to nixpkgs
#   here: a value with a condition
#   1:32-1:76: made here
#   help: `mkForce`, `mkDefault` and the like are for NixOS modules: write the value itself; a machine's value goes before that of `defaults`
# error[LNX0301] 2:45-2:86: `networks` is a value with a condition, but must be a set
#   here: a value with a condition
#   1:32-1:76: made here
#   help: `mkForce`, `mkDefault` and the like are for NixOS modules: write the value itself; a machine's value goes before that of `defaults`
# error[LNX0301] 2:166-2:196: `interfaces[0]` is a value with a condition, but must be a set
#   here: a value with a condition
#   1:32-1:76: made here
#   help: `mkForce`, `mkDefault` and the like are for NixOS modules: write the value itself; a machine's value goes before that of `defaults`

--- a-file-of-several-values ---
let mkMerge = contents: { _type = "merge"; inherit contents; }; in mkMerge [ { machines.a.deployment = { cpus = 1; ram = 512; nixos = false; }; } ]
# error[LNX0304] 1:1-1:2: the file holds several values to merge, not a deployment
#   here: several values to merge
#   help: `mkForce`, `mkDefault` and the like are for NixOS modules: write the value itself; a machine's value goes before that of `defaults`

--- a-string-that-is-an-option-within-the-set ---
{ machines.a.deployment = { cpus = 1; ram = 512; nixos = false; rng = "/dev/random"; serial = "ttyS0"; tpm = "1.2"; watchdog = "reset"; autostart = "never"; }; }
# error[LNX0301] 1:71-1:84: `rng` is a string, but must be `true`, `false` or a set
#   here: a string
#   help: write `rng = { source = "/dev/random"; };`
#   fix (unsafe): 1:71-1:71 -> `{ source = `
#   and: 1:84-1:84 -> `; }`
# error[LNX0301] 1:95-1:102: `serial` is a string, but must be `true`, `false` or a set
#   here: a string
#   help: for example `serial = true;`
# error[LNX0301] 1:110-1:115: `tpm` is a string, but must be `true`, `false` or a set
#   here: a string
#   help: write `tpm = { version = "1.2"; };`
#   fix (unsafe): 1:110-1:110 -> `{ version = `
#   and: 1:115-1:115 -> `; }`
# error[LNX0301] 1:128-1:135: `watchdog` is a string, but must be `true`, `false` or a set
#   here: a string
#   help: write `watchdog = { action = "reset"; };`
#   fix (unsafe): 1:128-1:128 -> `{ action = `
#   and: 1:135-1:135 -> `; }`
# error[LNX0301] 1:149-1:156: `autostart` is a string, but must be `true` or `false`
#   here: a string
#   help: for example `autostart = false;`

--- a-boolean-for-one-of-a-few-words ---
{ machines.a.deployment = { cpus = 1; ram = 512; nixos = false; initialDisks.a = { size = 10; discard = true; cache = false; io = true; }; }; }
# error[LNX0301] 1:105-1:109: `initialDisks.a.discard` is a Boolean, but must be one of `"unmap"`, `"ignore"`
#   here: a Boolean
#   help: write `"unmap"`
#   fix (unsafe): 1:105-1:109 -> `"unmap"`
# error[LNX0301] 1:119-1:124: `initialDisks.a.cache` is a Boolean, but must be one of `"none"`, `"writeback"`, `"writethrough"`, `"directsync"`, `"unsafe"`
#   here: a Boolean
#   help: write `"none"`
#   fix (unsafe): 1:119-1:124 -> `"none"`
# error[LNX0301] 1:131-1:135: `initialDisks.a.io` is a Boolean, but must be one of `"threads"`, `"native"`, `"io_uring"`
#   here: a Boolean
#   help: for example `io = "io_uring";`

--- one-value-where-cpus-are-listed ---
{ machines.a.deployment = { cpus = { count = 2; pin = 2; }; ram = 512; nixos = false; }; }
# error[LNX0301] 1:55-1:56: `cpus.pin` is an integer, but must be a list of CPUs of the hypervisor, or a set of them by the numbers of the virtual CPUs
#   here: an integer
#   help: put it in a list: `[ "2" ]`
#   fix (unsafe): 1:55-1:55 -> `[ "`
#   and: 1:56-1:56 -> `" ]`

--- a-list-of-one-size ---
{ machines.a.deployment = { cpus = 2; ram = [ 512 ]; nixos = false; diskSize = [ "20G" ]; }; }
# error[LNX0301] 1:45-1:52: `ram` is a list, but must be an integer
#   here: a list
#   help: it takes one value, not a list: write `512`
#   fix (unsafe): 1:45-1:52 -> `512`
# error[LNX0301] 1:80-1:89: `diskSize` is a list, but must be an integer
#   here: a list
#   help: it takes one value, not a list: `diskSize` is in MiB: write `20480`
#   fix (unsafe): 1:80-1:89 -> `20480`

--- a-number-for-an-address ---
{ networks.lan = { subnet = "10.20.0.0/24"; dhcp.start = 100; }; machines.a.deployment = { cpus = 1; ram = 512; nixos = false; }; }
# error[LNX0301] 1:58-1:61: `networks.lan.dhcp.start` is an integer, but must be an IP address
#   here: an integer
#   help: write the whole address in quotes, for example `start = "10.20.0.100";`

--- null-for-what-has-a-name ---
{ networks.x = null; machines.c = null; machines.a.deployment = { cpus = 1; ram = 512; nixos = false; initialDisks.data = null; }; }
# error[LNX0301] 1:16-1:20: `networks.x` is null, but must be a set
#   here: null
#   help: remove it, or write a set: `networks.x = { … };`
# error[LNX0301] 1:35-1:39: `machines.c` is null, but must be a set
#   here: null
#   help: remove it, or write a set: `machines.c = { … };`
# error[LNX0301] 1:123-1:127: `initialDisks.data` is null, but must be a set
#   here: null
#   help: remove it, or write a set: `initialDisks.data = { … };`

--- one-value-where-a-list-belongs-with-mistakes-of-its-own ---
{ deployment = { name = "web"; cpus = 1; ram = 512; nixos = false;
    interfaces = { bridge = "br 0"; mac = "525400123456"; };
    pciDevices = { id = "9:0:0"; gpuu = true; };
    usbDevices = "46d:c52b";
    staticIPs = { ips = "10.0.0.500"; };
    bootOrder = "network";
}; }
# error[LNX0301] 2:18-2:60: `interfaces` is a set, but must be a list of sets
#   here: a set
#   help: put it in a list: `[ … ]`
#   fix (safe): 2:18-2:18 -> `[ `
#   and: 2:60-2:60 -> ` ]`
# error[LNX0404] 2:32-2:33: "br 0" is not a bridge's name
#   here: only letters, digits, `-`, `_` and `.` can stand in the name of a network device
#   help: write `"br-0"`
#   fix (unsafe): 2:29-2:35 -> `"br-0"`
# error[LNX0403] 2:44-2:56: "525400123456" is not a MAC address
#   here: octets are separated by `:`
#   help: write `"52:54:00:12:34:56"`
#   fix (safe): 2:43-2:57 -> `"52:54:00:12:34:56"`
# error[LNX0301] 3:18-3:48: `pciDevices` is a set, but must be a list of sets
#   here: a set
#   help: put it in a list: `[ … ]`
#   fix (safe): 3:18-3:18 -> `[ `
#   and: 3:48-3:48 -> ` ]`
# error[LNX0403] 3:31-3:31: "9:0:0" is not a PCI address
#   here: the function is missing
#   help: write bus, slot and function as `lspci` does: `09:00.0`
# error[LNX0302] 3:34-3:38: there is no option `gpuu` in `pciDevices[0]`
#   here: did you mean `gpu`?
#   help: `gpu`: Whether the device is a graphics card.
#   fix (unsafe): 3:34-3:38 -> `gpu`
# error[LNX0301] 4:18-4:28: `usbDevices` is a string, but must be a list, each element a USB device such as `"046d:c52b"`, or a set
#   here: a string
#   help: put it in a list: `usbDevices = [ "46d:c52b" ];`
#   fix (safe): 4:18-4:18 -> `[ `
#   and: 4:28-4:28 -> ` ]`
# error[LNX0403] 4:19-4:22: "46d:c52b" is not a USB device such as `046d:c52b` or `1.4`
#   here: the vendor is four hexadecimal digits
#   help: `lsusb` shows both: `Bus 001 Device 004: ID 046d:c52b` is `"046d:c52b"` or `"1.4"`
# error[LNX0301] 5:17-5:40: `staticIPs` is a set, but must be a list of sets
#   here: a set
#   help: put it in a list: `[ … ]`
#   fix (safe): 5:17-5:17 -> `[ `
#   and: 5:40-5:40 -> ` ]`
# error[LNX0301] 5:25-5:37: `staticIPs[0].ips` is a string, but must be a list, each element an IP address
#   here: a string
#   help: put it in a list: `ips = [ "10.0.0.500" ];`
#   fix (safe): 5:25-5:25 -> `[ `
#   and: 5:37-5:37 -> ` ]`
# error[LNX0403] 5:33-5:36: "10.0.0.500" is not an IP address
#   here: an octet is at most 255
# error[LNX0301] 6:17-6:26: `bootOrder` is a string, but must be a list, each element something to boot from: "PXE", "cdrom" or a disk's name
#   here: a string
#   help: put it in a list: `bootOrder = [ "network" ];`
#   fix (safe): 6:17-6:17 -> `[ `
#   and: 6:26-6:26 -> ` ]`

--- what-is-put-together-of-strings-stays-a-string-of-nix ---
{
  machines.a.deployment = {
    cpus = 1;
    ram = 512;
    nixos = false;
    usbDevices = [ { vendor = "04\"6d"; product = "c5\${2b"; } ];
    healthChecks.http = [ { path = "http://é"; port = 80; } ];
  };
}
# error[LNX0302] 6:22-6:28: there are no options `vendor` and `product`
#   here: both are one option, `id`
#   6:41-6:48: and this
#   help: write `{ id = "04\"6d:c5\${2b"; }`
#   fix (unsafe): 6:20-6:63 -> `{ id = "04\"6d:c5\${2b"; }`
# error[LNX0403] 7:37-7:45: "http://é" is not the path of a URL
#   here: the host has an option of its own
#   help: write `"/"`; `scheme`, `host` and `port` say the rest
#   fix (unsafe): 7:36-7:46 -> `"/"`

--- number-in-quotes-that-means-gib ---
{
  machines = {
    a.deployment = { cpus = "4"; ram = "4"; nixos = false; diskSize = "20"; };
    b.deployment = { cpus = "4 vCPUs"; ram = "4096"; nixos = false; hugepages = "2"; diskSize = "20480"; };
    c.deployment = { cpus = 4; ram = "4,5 GB"; nixos = false; diskSize = "20 gigabytes"; };
    d.deployment = { cpus = 4; ram = "512Mi"; nixos = false; diskSize = "0.5T"; };
  };
}
# error[LNX0301] 3:29-3:32: `cpus` is a string, but must be an integer (the number of CPUs) or a set
#   here: a string
#   help: write `4`
#   fix (safe): 3:29-3:32 -> `4`
# error[LNX0301] 3:40-3:43: `ram` is a string, but must be an integer
#   here: a string
#   help: `ram` is in MiB: 4 GiB are `4096`
#   fix (unsafe): 3:40-3:43 -> `4096`
# error[LNX0301] 3:71-3:75: `diskSize` is a string, but must be an integer
#   here: a string
#   help: `diskSize` is in MiB: 20 GiB are `20480`
#   fix (unsafe): 3:71-3:75 -> `20480`
# error[LNX0301] 4:29-4:38: `cpus` is a string, but must be an integer (the number of CPUs) or a set
#   here: a string
#   help: write `4`
#   fix (unsafe): 4:29-4:38 -> `4`
# error[LNX0301] 4:46-4:52: `ram` is a string, but must be an integer
#   here: a string
#   help: `ram` is in MiB: write `4096`
#   fix (safe): 4:46-4:52 -> `4096`
# error[LNX0301] 4:81-4:84: `hugepages` is a string, but must be `true`, `false` or the size of the pages in MiB
#   here: a string
#   help: `hugepages` is in MiB: write `2`
#   fix (safe): 4:81-4:84 -> `2`
# error[LNX0301] 4:97-4:104: `diskSize` is a string, but must be an integer
#   here: a string
#   help: `diskSize` is in MiB: write `20480`
#   fix (safe): 4:97-4:104 -> `20480`
# error[LNX0301] 5:38-5:46: `ram` is a string, but must be an integer
#   here: a string
#   help: `ram` is in MiB: write `4608`
#   fix (unsafe): 5:38-5:46 -> `4608`
# error[LNX0301] 5:74-5:88: `diskSize` is a string, but must be an integer
#   here: a string
#   help: `diskSize` is in MiB: write `20480`
#   fix (unsafe): 5:74-5:88 -> `20480`
# error[LNX0301] 6:38-6:45: `ram` is a string, but must be an integer
#   here: a string
#   help: `ram` is in MiB: write `512`
#   fix (safe): 6:38-6:45 -> `512`
# error[LNX0301] 6:73-6:79: `diskSize` is a string, but must be an integer
#   here: a string
#   help: `diskSize` is in MiB: write `524288`
#   fix (safe): 6:73-6:79 -> `524288`

--- prefix-as-a-mask-and-a-card-that-chooses-its-address ---
{
  machines.a = {
    deployment = {
      cpus = 1; ram = 512; sshPubKeyPath = ./key.pub;
      interfaces = [ { network = "default"; mac = "auto"; } ];
      staticIPs = [
        { ips = [ "192.168.122.5" ]; prefix = "255.255.252.0"; }
        { ips = [ "192.168.130.5" ]; prefix = "/24"; interface = "ens4"; }
      ];
    };
    machine = { };
  };
}
# error[LNX0403] 5:52-5:56: "auto" is not a MAC address
#   here: an interface that sets none gets one of its own
#   help: remove it: the address is made from the names of fleet and machine
# error[LNX0301] 7:47-7:62: `staticIPs[0].prefix` is a string, but must be an integer
#   here: a string
#   help: write `22`
#   fix (safe): 7:47-7:62 -> `22`
# error[LNX0301] 8:47-8:52: `staticIPs[1].prefix` is a string, but must be an integer
#   here: a string
#   help: write `24`
#   fix (safe): 8:47-8:52 -> `24`
