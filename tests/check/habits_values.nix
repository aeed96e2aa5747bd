--- addresses-without-quotes ---
{
  machines.a.deployment = { cpus = 1; ram = 512; nixos = false; diskSize = 1000;
    staticIPs = [ { ips = [ 10.0.0.5 ]; gateway = 10.0.0.1; } ];
    interfaces = [ { network = "default"; mac = 52:54:00:aa:bb:cc; } ];
    pciDevices = [ { id = 09:00.0; } ];
  };
}
# error[LNX0301] 3:29-3:37: an IP address is not in quotes
#   here: a string is needed here
#   help: write `"10.0.0.5"`
#   fix (unsafe): 3:29-3:37 -> `"10.0.0.5"`
# error[LNX0301] 3:51-3:59: an IP address is not in quotes
#   here: a string is needed here
#   help: write `"10.0.0.1"`
#   fix (unsafe): 3:51-3:59 -> `"10.0.0.1"`
# error[LNX0101] 4:49-4:66: a MAC address is not in quotes
#   here: a string is needed here
#   help: write `"52:54:00:aa:bb:cc"`
#   fix (unsafe): 4:49-4:66 -> `"52:54:00:aa:bb:cc"`
# error[LNX0101] 5:27-5:34: a PCI address is not in quotes
#   here: a string is needed here
#   help: write `"09:00.0"`
#   fix (unsafe): 5:27-5:34 -> `"09:00.0"`

--- a-network-without-quotes ---
{
  networks.lan.subnet = 10.0.0.0/24;
  machines.a.deployment = { cpus = 1; ram = 512; nixos = false; diskSize = 1000; };
}
# error[LNX0301] 2:25-2:36: a network is not in quotes
#   here: a string is needed here
#   help: write `"10.0.0.0/24"`
#   fix (unsafe): 2:25-2:36 -> `"10.0.0.0/24"`

--- a-computed-name-that-fails ---
let
  hosts = [ { name = "a"; ram = 1024; } { nme = "b"; ram = 1024; } ];
in
{
  machines = {
    ${(builtins.elemAt hosts 1).name} = { deployment = { cpus = 1; ram = 10; nixos = false; diskSize = 1000; }; };
    ${(builtins.elemAt hosts 0).name} = {
      deployment = { cpus = 1; ram = "1G"; nixos = false; diskSize = 1000; };
    };
  };
}
# error[LNX0205] 6:33-6:37: attribute 'name' missing
#   here: did you mean `nme`?
#   2:41-2:67: this set lacks it
#   fix (unsafe): 6:33-6:37 -> `nme`
# error[LNX0301] 8:38-8:42: `ram` is a string, but must be an integer
#   here: a string
#   help: `ram` is in MiB: write `1024`
#   fix (safe): 8:38-8:42 -> `1024`

--- a-name-that-with-does-not-have ---
let sizes = { small = { cpus = 1; ram = 512; }; big = { cpus = 4; ram = 8192; }; }; in
with sizes;
{
  machines.web.deployment = smal // { nixos = false; diskSize = 10000; };
  machines.db.deployment = big // { nixos = false; diskSize = "10000"; };
}
# error[LNX0103] 4:29-4:33: undefined variable 'smal'
#   here: not bound here, nor in the set of `with`
#   1:13-1:83: this set lacks it
#   help: did you mean `small`?
# error[LNX0301] 5:63-5:70: `diskSize` is a string, but must be an integer
#   here: a string
#   help: `diskSize` is in MiB: write `10000`
#   fix (safe): 5:63-5:70 -> `10000`

--- lists-joined-by-plus ---
let base = [ "x" ]; in
{
  machines.a.deployment = { cpus = 1; ram = 512; nixos = false; diskSize = 1000; tags = base + [ "y" ]; };
}
# error[LNX0201] 3:89-3:93: cannot coerce a list to a string: [ "x" ]
#   1:12-1:19: this is the value
#   help: `+` joins strings: lists are joined by `++`
#   fix (unsafe): 3:94-3:95 -> `++`

--- sets-joined-by-plus ---
let base = { cpus = 1; ram = 512; }; in
{
  machines.a.deployment = base + { nixos = false; diskSize = 1000; };
}
# error[LNX0201] 3:27-3:31: cannot coerce a set to a string: { cpus = 1; ram = 512; }
#   1:12-1:36: this is the value
#   help: `+` joins strings: sets are joined by `//`
#   fix (unsafe): 3:32-3:33 -> `//`

--- two-sets-in-a-file ---
{
  machines.a.deployment = { cpus = 1; ram = 512; nixos = false; diskSize = 1000; };
}
{
  machines.b.deployment = { cpus = 1; ram = 512; nixos = false; diskSize = 1000; };
}
# error[LNX0201] 4:1-6:2: attempt to call something which is not a function but a set
#   here: this stands where the argument of a function would
#   3:2-3:2: after a set, which is no function
#   help: join sets with `//`, or remove one of them

--- an-argument-too-many ---
let mkVm = name: cpus: { deployment = { inherit cpus; ram = 512; nixos = false; diskSize = 1000; description = name; }; }; in
{
  machines.web = mkVm "a" 2 512;
}
# error[LNX0201] 3:29-3:32: attempt to call something which is not a function but a set
#   here: one argument too many
#   3:18-3:22: with fewer arguments this is a set
#   help: remove the argument

--- a-call-of-a-set ---
let mkVm = { cpus = 1; ram = 512; nixos = false; diskSize = 1000; }; in
{
  machines.web.deployment = mkVm { ram = 1024; };
}
# error[LNX0201] 3:29-3:33: attempt to call something which is not a function but a set
#   here: this is a set
#   help: remove the argument, or call a function

--- an-assertion ---
let vms = { web = 2; db = 4; }; in
assert builtins.length (builtins.attrNames vms) > 2;
{
  machines = builtins.mapAttrs (n: c: { deployment = { cpus = c; ram = 512; nixos = false; diskSize = 1000; }; }) vms;
}
# error[LNX0204] 2:8-2:52: assertion `builtins.length (builtins.attrNames vms) > 2` failed
#   here: this is false

--- an-unknown-argument-of-fetchurl ---
{
  deployment = { name = "w"; cpus = 1; ram = 512; nixos = false; diskSize = 1000;
    installationMedia = builtins.fetchurl { url = "https://example.org/a.iso"; sha265 = "0000000000000000000000000000000000000000000000000000"; };
  };
}
# error[LNX0201] 3:80-3:86: unsupported argument 'sha265' to 'fetchurl'
#   help: did you mean `sha256`?

--- pkgs-in-a-deployment ---
{
  deployment = { name = "w"; cpus = 1; ram = 512; nixos = false; diskSize = 1000;
    installationMedia = pkgs.fetchurl { url = "https://example.org/a.iso"; sha256 = ""; };
  };
}
# error[LNX0103] 3:25-3:29: undefined variable 'pkgs'
#   here: not bound here
#   help: `builtins.fetchurl` is known without `pkgs`
#   fix (unsafe): 3:25-3:29 -> `builtins`

--- lib-in-a-deployment ---
{
  defaults.deployment = { cpus = lib.mkDefault 2; ram = 512; nixos = false; diskSize = 1000; };
  machines.web.deployment.ram = lib.mkForce 1024;
}
# error[LNX0103] 2:34-2:37: undefined variable 'lib'
#   here: not bound here
#   3:33-3:36: nor here
#   help: `lib` is not given to a deployment: bind it with `let lib = import <nixpkgs/lib>; in`, or use `builtins`

--- a-priority-as-modules-have ---
let
  mkForce = content: { _type = "override"; priority = 50; inherit content; };
in
{
  defaults.deployment = { cpus = 2; ram = 512; nixos = false; diskSize = 1000; };
  machines.web.deployment.ram = mkForce 1024;
}
# error[LNX0301] 6:33-6:45: `ram` is a value with a priority, but must be an integer
#   here: a value with a priority
#   2:22-2:77: made here
#   help: `mkForce`, `mkDefault` and the like are for NixOS modules: write the value itself; a machine's value goes before that of `defaults`

--- a-number-made-a-string ---
{
  deployment = { name = "w"; cpus = toString 2; ram = "${toString (1024 * 2)}"; nixos = false; diskSize = 1000; };
}
# error[LNX0301] 2:37-2:47: `cpus` is a string, but must be an integer (the number of CPUs) or a set
#   here: a string
#   help: write `2`
#   fix (unsafe): 2:37-2:47 -> `2`
# error[LNX0301] 2:55-2:79: `ram` is a string, but must be an integer
#   here: a string
#   help: `ram` is in MiB: write `2048`

--- calls-without-parentheses-in-a-list ---
let
  mk = name: { inherit name; value.deployment = { cpus = 1; ram = 512; nixos = false; diskSize = 1000; }; };
in
{
  machines = builtins.listToAttrs [ mk "a" mk "b" ];
}
# error[LNX0201] 5:37-5:39: expected a set but found a function
#   help: in a list a call stands in parentheses: `[ (f x) ]`
# error[LNX0201] 5:44-5:46: expected a set but found a function
#   help: in a list a call stands in parentheses: `[ (f x) ]`

--- a-call-without-parentheses-in-interfaces ---
let
  nic = network: { inherit network; };
in
{
  networks.lan.subnet = "10.1.0.0/24";
  machines.w.deployment = { cpus = 1; ram = 512; nixos = false; diskSize = 1000;
    interfaces = [ nic "lan" ];
  };
}
# error[LNX0301] 7:20-7:23: `interfaces[0]` is a function, but must be a set
#   here: a function
#   2:9-2:38: this is the function
#   help: a call in a list stands in parentheses: `[ (f x) ]`; else call the function with its arguments

--- a-function-that-is-not-called ---
let base = ram: { cpus = 1; inherit ram; }; in
{
  machines.web.deployment = base 512 // { nixos = false; diskSize = 10000; };
  machines.db.deployment = base // { nixos = false; diskSize = 10000; };
}
# error[LNX0201] 4:28-4:32: expected a set but found a function
#   here: a function that is not called
#   1:12-1:43: this is the function
#   help: call the function with all of its arguments

--- an-imported-function-that-is-not-called ---
{
  machines.web = import ./web.nix;
}
=== web.nix ===
{ ram ? 512 }:
{
  deployment = { cpus = 1; inherit ram; nixos = false; diskSize = 1000; };
}
# error[LNX0301] 2:18-2:34: `machines.web` is a function, but must be a set
#   here: a function
#   web.nix:1:1-4:2: this is the function
#   help: a machine is `{ deployment = { … }; machine = …; }`: a NixOS module belongs to its `machine`, and another function has to be called

--- a-path-in-quotes ---
{
  machines.web = import "web.nix";
}
=== web.nix ===
{ deployment = { cpus = 1; ram = 512; nixos = false; diskSize = 1000; }; }
# error[LNX0201] 2:25-2:34: string 'web.nix' doesn't represent an absolute path
#   here: a string, which is no path
#   help: a path is written without quotes: `./web.nix`
#   fix (unsafe): 2:25-2:34 -> `./web.nix`

--- an-import-of-nearly-a-file ---
{
  machines.web = import ./webb.nix;
}
=== web.nix ===
{ deployment = { cpus = 1; ram = 512; nixos = false; diskSize = 1000; }; }
# error[LNX0901] 2:25-2:35: path 'webb.nix' does not exist
#   here: no such file
#   help: did you mean `web.nix`, which is beside it?

--- an-import-of-a-directory ---
{
  machines.web = import ./web { };
}
=== web/machine.nix ===
{ }: { deployment = { cpus = 1; ram = 512; nixos = false; diskSize = 1000; }; }
# error[LNX0901] 2:25-2:30: path 'web/default.nix' does not exist
#   here: no such file
#   help: of a directory the `default.nix` is imported: create it, or name a file, such as its `machine.nix`

--- other-words-for-booleans ---
{
  machines.web.deployment = { cpus = 1; ram = 512; nixos = False; diskSize = 1000; autostart = yes; protect = True; };
}
# error[LNX0103] 2:60-2:65: undefined variable 'False'
#   here: not bound here
#   help: did you mean `false`?
#   fix (safe): 2:60-2:65 -> `false`
# error[LNX0103] 2:96-2:99: undefined variable 'yes'
#   here: not bound here
#   help: did you mean `true`?
#   fix (unsafe): 2:96-2:99 -> `true`
# error[LNX0103] 2:111-2:115: undefined variable 'True'
#   here: not bound here
#   help: did you mean `true`?
#   fix (safe): 2:111-2:115 -> `true`

--- other-words-for-null ---
{
  machines.web.deployment = { cpus = 1; ram = 512; nixos = false; diskSize = 1000; graphics = none; description = nil; };
}
# error[LNX0103] 2:95-2:99: undefined variable 'none'
#   here: not bound here
#   help: text stands in quotes: write `"none"`
#   fix (unsafe): 2:95-2:99 -> `"none"`
# error[LNX0103] 2:115-2:118: undefined variable 'nil'
#   here: not bound here
#   help: did you mean `null`?
#   fix (unsafe): 2:115-2:118 -> `null`

--- words-without-quotes ---
{
  machines.web.deployment = { cpus = 1; ram = 512; nixos = false; virtualisation = kvm; graphics = vnc; firmware = uefi;
    initialDisks.boot = { size = 1000; format = qcow2; bus = virtio; };
    storagePoolName = fast-pool;
    bootOrder = [ cdrom boot ];
  };
}
# error[LNX0103] 2:84-2:87: undefined variable 'kvm'
#   here: not bound here
#   help: text stands in quotes: write `"kvm"`
#   fix (unsafe): 2:84-2:87 -> `"kvm"`
# error[LNX0103] 2:100-2:103: undefined variable 'vnc'
#   here: not bound here
#   help: text stands in quotes: write `"vnc"`
#   fix (unsafe): 2:100-2:103 -> `"vnc"`
# error[LNX0103] 2:116-2:120: undefined variable 'uefi'
#   here: not bound here
#   help: text stands in quotes: write `"uefi"`
#   fix (unsafe): 2:116-2:120 -> `"uefi"`
# error[LNX0103] 3:49-3:54: undefined variable 'qcow2'
#   here: not bound here
#   help: text stands in quotes: write `"qcow2"`
#   fix (unsafe): 3:49-3:54 -> `"qcow2"`
# error[LNX0103] 3:62-3:68: undefined variable 'virtio'
#   here: not bound here
#   help: text stands in quotes: write `"virtio"`
#   fix (unsafe): 3:62-3:68 -> `"virtio"`
# error[LNX0103] 4:23-4:32: undefined variable 'fast-pool'
#   here: not bound here
#   help: text stands in quotes: write `"fast-pool"`
#   fix (unsafe): 4:23-4:32 -> `"fast-pool"`
# error[LNX0103] 5:19-5:24: undefined variable 'cdrom'
#   here: not bound here
#   help: text stands in quotes: write `"cdrom"`
#   fix (unsafe): 5:19-5:24 -> `"cdrom"`
# error[LNX0103] 5:25-5:29: undefined variable 'boot'
#   here: not bound here
#   help: text stands in quotes: write `"boot"`
#   fix (unsafe): 5:25-5:29 -> `"boot"`

--- gibibytes-as-a-float ---
{
  deployment = {
    name = "web"; cpus = 1;
    ram = 4.5;
    nixos = false; diskSize = 1000; };
}
# error[LNX0301] 4:11-4:14: `ram` is a float, but must be an integer
#   here: a float
#   help: `ram` is in MiB: 4.5 GiB are `4608`
#   fix (unsafe): 4:11-4:14 -> `4608`

--- an-unknown-option-inherited ---
let small = { cpus = 1; ram = 512; }; in
{
  machines.web.deployment = { inherit (small) cpus ram disk; nixos = false; };
}
# error[LNX0302] 3:56-3:60: there is no option `disk`
#   here: did you mean `initialDisks`?
#   help: take it out of the `inherit`: `initialDisks = disk;`

--- networks-without-machines ---
{
  networks.a.subnet = "10.20.0.5/24";
  networks.b.subnet = "10.20.0.0";
  networks.c.subnet = "10.20.0.0/33";
  networks.d.subnet = "10.20.0.0/255.255.255.0";
  networks.e.subnet = "fd00::/64";
  networks.f.subnet = 10.20;
  networks.g = { mode = "NAT"; subnet = "10.9.0.0/24"; };
  networks.h = { mode = "bridged"; bridge = "br0"; };
  networks.i = { mode = "route"; subnet = "10.8.0.0/24"; };
}
# error[LNX0304] 1:1-1:2: the file is neither a machine nor a fleet
#   here: neither `deployment` nor `machines` is set here
#   help: a deployment is `{ deployment = { … }; machine = …; }` for one machine, or `{ machines.<name> = { deployment = { … }; machine = …; }; }` for a fleet
# error[LNX0403] 2:24-2:33: "10.20.0.5/24" is not an IPv4 network such as `10.20.0.0/24`
#   here: this is an address in a network, not the network's own
#   help: write `"10.20.0.0/24"`
#   fix (safe): 2:23-2:37 -> `"10.20.0.0/24"`
# error[LNX0403] 3:33-3:33: "10.20.0.0" is not an IPv4 network such as `10.20.0.0/24`
#   here: the prefix length is missing
#   help: write `"10.20.0.0/24"`
#   fix (unsafe): 3:23-3:34 -> `"10.20.0.0/24"`
# error[LNX0403] 4:34-4:36: "10.20.0.0/33" is not an IPv4 network such as `10.20.0.0/24`
#   here: a prefix length is a number from 8 to 30
# error[LNX0403] 5:34-5:47: "10.20.0.0/255.255.255.0" is not an IPv4 network such as `10.20.0.0/24`
#   here: a prefix length is a number from 8 to 30
#   help: write `"10.20.0.0/24"`
#   fix (safe): 5:23-5:48 -> `"10.20.0.0/24"`
# error[LNX0403] 6:24-6:33: "fd00::/64" is not an IPv4 network such as `10.20.0.0/24`
#   here: only IPv4 networks are supported
# error[LNX0301] 7:23-7:28: `networks.f.subnet` is a float, but must be an IPv4 network such as `10.20.0.0/24`
#   here: a float
#   help: for example `subnet = "10.20.0.0/24";`
# error[LNX0402] 8:25-8:30: `networks.g.mode` cannot be "NAT"
#   here: did you mean "nat"?
#   help: the values are
#         "nat": behind the hypervisor's own address
#         "routed": with their own addresses, which your routers must know
#         "isolated": not at all: guests reach each other and the hypervisor
#         "bridge": through a bridge that exists on the hypervisor, as if plugged in there
#   fix (safe): 8:25-8:30 -> `"nat"`
# error[LNX0402] 9:25-9:34: `networks.h.mode` cannot be "bridged"
#   here: did you mean "bridge"?
#   help: the values are
#         "nat": behind the hypervisor's own address
#         "routed": with their own addresses, which your routers must know
#         "isolated": not at all: guests reach each other and the hypervisor
#         "bridge": through a bridge that exists on the hypervisor, as if plugged in there
#   fix (safe): 9:25-9:34 -> `"bridge"`
# error[LNX0402] 10:25-10:32: `networks.i.mode` cannot be "route"
#   here: did you mean "routed"?
#   help: the values are
#         "nat": behind the hypervisor's own address
#         "routed": with their own addresses, which your routers must know
#         "isolated": not at all: guests reach each other and the hypervisor
#         "bridge": through a bridge that exists on the hypervisor, as if plugged in there
#   fix (safe): 10:25-10:32 -> `"routed"`

--- networks-that-overlap-without-machines ---
{
  networks.a.subnet = "10.20.0.0/16";
  networks.b.subnet = "10.20.5.0/24";
  networks.c = { subnet = "10.30.0.0/24"; dhcp = { start = "10.30.0.200"; end = "10.30.0.100"; }; };
  networks.d = { subnet = "10.31.0.0/24"; dhcp = { start = "10.30.0.20"; end = "10.31.0.100"; }; };
  networks.e = { subnet = "10.32.0.0/24"; dhcp.from = "10.32.0.10"; };
}
# error[LNX0304] 1:1-1:2: the file is neither a machine nor a fleet
#   here: neither `deployment` nor `machines` is set here
#   help: a deployment is `{ deployment = { … }; machine = …; }` for one machine, or `{ machines.<name> = { deployment = { … }; machine = …; }; }` for a fleet
# error[LNX0502] 3:23-3:37: networks `a` and `b` share addresses
#   here: 10.20.5.0/24 overlaps
#   2:23-2:37: with 10.20.0.0/16
#   help: give each network addresses of its own
# error[LNX0401] 4:81-4:94: `dhcp` of network `c` ends before it starts
#   here: the end
#   4:60-4:73: the start is after it
#   help: exchange the two
# error[LNX0401] 5:60-5:72: `dhcp.start` of network `d` is not an address of it
#   here: no machine in 10.31.0.0/24 can have this address
#   5:27-5:41: network `d` is 10.31.0.0/24
#   help: choose an address of the network
# error[LNX0302] 6:48-6:52: there is no option `from` in `networks.e.dhcp`
#   here: did you mean `start`?
#   help: `start`: First address that is handed out.
#   fix (unsafe): 6:48-6:52 -> `start`

--- a-function-of-one-argument-for-mapattrs ---
let
  specs = { a = 512; b = 1024; };
in
{
  machines = builtins.mapAttrs (ram: { deployment = { cpus = 1; inherit ram; nixos = false; diskSize = 1000; }; }) specs;
}
# error[LNX0201] 5:32-5:115: attempt to call something which is not a function but a set
#   here: this takes fewer than two arguments
#   note: this concerns machines `a` and `b`
#   help: `mapAttrs` gives it two, the name and the value: `name: value: …`

--- arguments-of-mapattrs-swapped ---
let
  specs = { a = 512; b = 1024; };
in
{
  machines = builtins.mapAttrs specs (name: ram: { deployment = { cpus = 1; inherit ram; nixos = false; diskSize = 1000; }; });
}
# error[LNX0201] 5:39-5:126: expected a set but found a function
#   here: a function
#   help: `mapAttrs` takes the function first, and then what it is applied to

--- arguments-of-map-swapped ---
{
  machines = builtins.listToAttrs (map [ "a" "b" ] (name: { inherit name; value.deployment = { cpus = 1; ram = 512; nixos = false; diskSize = 1000; }; }));
}
# error[LNX0201] 2:53-2:153: expected a list but found a function
#   here: a function
#   help: `map` takes the function first, and then what it is applied to

--- a-pair-without-a-value ---
{
  machines = builtins.listToAttrs [
    { name = "a"; value.deployment = { cpus = 1; ram = 512; nixos = false; diskSize = 1000; }; }
    { name = "b"; val.deployment = { cpus = 1; ram = 512; nixos = false; diskSize = 1000; }; }
  ];
}
# error[LNX0205] 4:5-4:95: attribute 'value' missing
#   help: each element is `{ name = …; value = …; }`

--- a-string-appended-to-a-list ---
{
  machines.a.deployment = { cpus = 1; ram = 512; nixos = false; diskSize = 1000; tags = "a" ++ [ "b" ]; };
}
# error[LNX0201] 2:89-2:92: expected a list but found a string: "a"
#   help: put it in a list: `[ "a" ]`
#   fix (unsafe): 2:89-2:92 -> `[ "a" ]`

--- a-number-in-quotes-multiplied ---
let gib = n: n * 1024; in
{
  machines.a.deployment = { cpus = 1; ram = gib "2"; nixos = false; diskSize = 1000; };
}
# error[LNX0201] 3:49-3:52: expected an integer but found a string: "2"
#   1:14-1:15: used here
#   help: write the number without quotes: `2`
#   fix (unsafe): 3:49-3:52 -> `2`

--- a-lookup-path-that-is-not-there ---
let lib = import <nixpkgs/lib>; in
{
  machines.a.deployment = { cpus = lib.mkDefault 1; ram = 512; nixos = false; diskSize = 1000; };
}
# error[LNX0204] 1:18-1:31: file 'nixpkgs/lib' was not found in the Nix search path (add it using $NIX_PATH or -I)
#   3:12-3:13: machine `a` needs it
#   help: say where it is with `-I NAME=PATH`, or name it by its path or a fetch in place of `<…>`

--- an-interpolation-that-was-meant-as-text ---
{
  machines.a.deployment = { cpus = 1; ram = 512; nixos = false; diskSize = 1000; extraConfig = ''
    <metadata><x>${var}</x></metadata>
  ''; };
}
# error[LNX0103] 3:20-3:23: undefined variable 'var'
#   here: not bound here
#   help: bind it with `let var = …; in`, or take it as an argument; where the text itself is meant, write `''${var}`

--- options-of-other-sets ---
{
  machines.web = {
    deployment = {
      cpus = 1; ram = 512; nixos = false; diskSize = 1000;
      mac = "52:54:00:00:00:01";
      gateway = "10.0.0.1";
      ips = [ "10.0.0.5" ];
      size = 100;
      subnet = "10.0.0.0/24";
      pools.fast.path = "/x";
      format = "raw";
      machine = { };
    };
  };
}
# error[LNX0302] 5:7-5:10: there is no option `mac`
#   here: belongs to an element of `interfaces`
#   help: `mac`: Ethernet address of the interface.
# error[LNX0302] 6:7-6:14: there is no option `gateway`
#   here: belongs to an element of `staticIPs`
#   help: `gateway`: Router through which the guest reaches everything else.
# error[LNX0302] 7:7-7:10: there is no option `ips`
#   here: belongs to an element of `staticIPs`
#   help: `ips`: Addresses of the interface.
# error[LNX0302] 8:7-8:11: there is no option `size`
#   here: belongs to `initialDisks.<name>`
#   help: `size`: Size of the disk.
# error[LNX0302] 9:7-9:13: there is no option `subnet`
#   here: belongs to `networks.<name>`
#   help: `subnet`: IPv4 addresses of the network; the hypervisor has the first one.
# error[LNX0302] 10:7-10:12: there is no option `pools`
#   here: belongs to the fleet, at the top of the file
#   help: `pools`: Storage pools that the deployment brings, by name.
# error[LNX0302] 11:7-11:13: there is no option `format`
#   here: belongs to `initialDisks.<name>`
#   help: `format`: Format of the volume.
# error[LNX0302] 12:7-12:14: there is no option `machine`
#   here: belongs to the machine, beside `deployment`
#   help: `machine`: NixOS module of the guest: a function, a set or a path.

--- bare-values-for-sets ---
{
  networks.lan.subnet = "10.0.0.0/24";
  machines.web.deployment = { cpus = 1; ram = 512; nixos = false; diskSize = 1000;
    interfaces = [ "lan" ];
    staticIPs = [ "10.0.0.5" ];
    pciDevices = [ "09:00.0" ];
    initialDisks.data = 2000;
    sharedFolders.media = "/srv/media";
    cloudInit = ./user-data;
    healthChecks.http = [ 80 ];
    healthChecks.cmd = [ "true" ];
    secrets.db = ./key.pub;
  };
  networks.dmz = "10.1.0.0/24";
  pools.fast = "/var/lib/fast";
}
# error[LNX0301] 4:20-4:25: `interfaces[0]` is a string, but must be a set
#   here: a string
#   help: write `{ network = "lan"; }`
#   fix (unsafe): 4:20-4:20 -> `{ network = `
#   and: 4:25-4:25 -> `; }`
# error[LNX0301] 5:19-5:29: `staticIPs[0]` is a string, but must be a set
#   here: a string
#   help: write `{ ips = [ "10.0.0.5" ]; }`
#   fix (unsafe): 5:19-5:19 -> `{ ips = [ `
#   and: 5:29-5:29 -> ` ]; }`
# error[LNX0301] 6:20-6:29: `pciDevices[0]` is a string, but must be a set
#   here: a string
#   help: write `{ id = "09:00.0"; }`
#   fix (unsafe): 6:20-6:20 -> `{ id = `
#   and: 6:29-6:29 -> `; }`
# error[LNX0301] 7:25-7:29: `initialDisks.data` is an integer, but must be a set
#   here: an integer
#   help: write `{ size = 2000; }`
#   fix (unsafe): 7:25-7:25 -> `{ size = `
#   and: 7:29-7:29 -> `; }`
# error[LNX0301] 9:17-9:28: `cloudInit` is a path, but must be a set
#   here: a path
#   help: write `{ userData = ./user-data; }`
#   fix (unsafe): 9:17-9:17 -> `{ userData = `
#   and: 9:28-9:28 -> `; }`
# error[LNX0301] 10:27-10:29: `healthChecks.http[0]` is an integer, but must be a set
#   here: an integer
#   help: write `{ port = 80; }`
#   fix (unsafe): 10:27-10:27 -> `{ port = `
#   and: 10:29-10:29 -> `; }`
# error[LNX0301] 11:26-11:32: `healthChecks.cmd[0]` is a string, but must be a set
#   here: a string
#   help: write `{ cmd = [ "true" ]; }`
#   fix (unsafe): 11:26-11:32 -> `{ cmd = [ "true" ]; }`
# error[LNX0301] 12:18-12:27: `secrets.db` is a path, but must be a set
#   here: a path
#   help: say where it goes: `{ source = ./key.pub; destination = "/var/secrets/db"; }`
#   fix (unsafe): 12:18-12:18 -> `{ source = `
#   and: 12:27-12:27 -> `; destination = "/var/secrets/db"; }`
# error[LNX0301] 14:18-14:31: `networks.dmz` is a string, but must be a set
#   here: a string
#   help: write `{ subnet = "10.1.0.0/24"; }`
#   fix (unsafe): 14:18-14:18 -> `{ subnet = `
#   and: 14:31-14:31 -> `; }`
# error[LNX0301] 15:16-15:31: `pools.fast` is a string, but must be a set
#   here: a string
#   help: write `{ path = "/var/lib/fast"; }`
#   fix (unsafe): 15:16-15:16 -> `{ path = `
#   and: 15:31-15:31 -> `; }`

--- native-io-through-the-page-cache ---
{
  defaults.deployment = { cpus = 1; ram = 512; nixos = false; diskSize = 1000; };
  machines.a.deployment.initialDisks.data = { size = 100; io = "native"; };
  machines.b.deployment.initialDisks.data = { size = 100; io = "native"; cache = "writeback"; };
  machines.c.deployment.initialDisks.data = { size = 100; io = "native"; cache = "none"; };
  machines.d.deployment.initialDisks.data = { physicalDisk = "/dev/sdb"; io = "native"; };
}
# error[LNX0501] 3:64-3:72: `initialDisks.data.io` cannot be "native" without `cache`
#   here: this goes past the page cache, which a volume uses by default
#   help: set `cache = "none";` beside it, or leave `io` out
# error[LNX0501] 4:82-4:93: `initialDisks.data.io` and `initialDisks.data.cache` exclude each other
#   here: `initialDisks.data.cache` is set here
#   4:64-4:72: `initialDisks.data.io` is set here
#   note: `io = "native"` needs `cache = "none"` or `"directsync"`
#   help: remove one of the two

--- memory-that-is-no-whole-number-of-pages ---
{
  defaults.deployment = { cpus = 1; nixos = false; diskSize = 1000; hugepages = 1024; };
  machines.a.deployment.ram = 1536;
  machines.b.deployment.ram = 2048;
}
# error[LNX0501] 3:31-3:35: `ram` is not a multiple of `hugepages`, 1024 MiB
#   here: no whole number of pages
#   2:81-2:85: the size of a page
#   help: write `2048`, or choose smaller pages

--- machines-in-the-module-of-one-machine ---
{
  machine.web.deployment = { cpus = 1; ram = 512; nixos = false; diskSize = 1000; };
  machine.db.deployment = { cpus = 1; ram = 512; nixos = false; diskSize = 1000; };
}
# error[LNX0304] 2:3-2:10: `machine` is the guest's NixOS module, and holds machines here
#   here: did you mean `machines`?
#   help: a fleet is `machines.<name> = { deployment = { … }; machine = …; };`

--- a-misspelt-deployment-is-not-missing-as-well ---
{
  deployments = { name = "web"; cpus = 1; ram = 512; nixos = false; diskSize = 1000; };
  machine = { ... }: { };
}
# error[LNX0302] 2:3-2:14: there is no option `deployments`
#   here: did you mean `deployment`?
#   help: `deployment`: The machine, where the file describes only one.
#   fix (safe): 2:3-2:14 -> `deployment`

--- misspelt-defaults-leave-nothing-missing ---
{
  default.deployment = { cpus = 1; ram = 512; };
  machines.web.deployment = { nixos = false; diskSize = 1000; };
}
# error[LNX0302] 2:3-2:10: there is no option `default`
#   here: did you mean `defaults`?
#   help: `defaults`: What all machines of a fleet have in common: each option that a machine does not set itself is taken from `defaults.deployment`, and `defaults.machine` is a NixOS module of every guest.
#   fix (safe): 2:3-2:10 -> `defaults`

--- a-literal-that-is-used-elsewhere-too ---
let
  port = "4555";
  size = "20 GiB";
  firmware = "UEFI";
  once = "4 GiB";
  args = { cores = "4"; other = "2"; };
in
{
  machines.a.deployment = {
    cpus = args.cores; ram = once; nixos = false;
    serial.port = port; description = "console at ${port}, ${size}";
    initialDisks.boot = { inherit size; };
    firmware = firmware;
  };
  machines.b.deployment = {
    cpus = args.other; ram = if firmware == "UEFI" then 512 else 256; nixos = false; description = args.cores;
  };
}

# error[LNX0301] 2:10-2:16: `serial.port` is a string, but must be an integer
#   here: a string
#   11:19-11:23: passed on here
#   note: it is used elsewhere as well: see what the change means there
#   help: write `4555`
# error[LNX0301] 3:10-3:18: `initialDisks.boot.size` is a string, but must be an integer
#   here: a string
#   12:35-12:39: passed on here
#   note: it is used elsewhere as well: see what the change means there
#   help: `size` is in MiB: write `20480`
# error[LNX0402] 4:14-4:20: `firmware` cannot be "UEFI"
#   here: did you mean "uefi"?
#   13:16-13:24: passed on here
#   note: it is used elsewhere as well: see what the change means there
#   help: the values are
#         "bios": `SeaBIOS`, which boots everything but what needs UEFI
#         "uefi": UEFI (`OVMF`), without secure boot
#         "uefi-secure": UEFI that starts only what is signed; a NixOS guest begins without keys, so that it can bring its own
# error[LNX0301] 5:10-5:17: `ram` is a string, but must be an integer
#   here: a string
#   10:30-10:34: passed on here
#   help: `ram` is in MiB: write `4096`
#   fix (safe): 5:10-5:17 -> `4096`
# error[LNX0301] 6:20-6:23: `cpus` is a string, but must be an integer (the number of CPUs) or a set
#   here: a string
#   10:12-10:22: passed on here
#   note: it is used elsewhere as well: see what the change means there
#   help: write `4`
# error[LNX0301] 6:33-6:36: `cpus` is a string, but must be an integer (the number of CPUs) or a set
#   here: a string
#   16:12-16:22: passed on here
#   help: write `2`
#   fix (safe): 6:33-6:36 -> `2`

--- an-argument-that-is-used-elsewhere-too ---
let
  vm = count: { cpus = count; ram = 512; nixos = false; tags = [ count ]; };
  wm = count: { cpus = count; ram = 512; nixos = false; };
in
{ machines.a.deployment = vm "2"; machines.b.deployment = wm "2"; }

# error[LNX0301] 5:30-5:33: `cpus` is a string, but must be an integer (the number of CPUs) or a set
#   here: a string
#   2:24-2:29: passed on here
#   note: it is used elsewhere as well: see what the change means there
#   help: write `2`
# error[LNX0301] 5:62-5:65: `cpus` is a string, but must be an integer (the number of CPUs) or a set
#   here: a string
#   3:24-3:29: passed on here
#   help: write `2`
#   fix (safe): 5:62-5:65 -> `2`

--- a-key-that-is-used-elsewhere-too ---
let
  d = { cpus = 1; ram = 512; nixos = false; bootorder = [ "boot" ]; initialDisks.boot.size = 2; };
in
{
  machines.a.deployment = d // { bootorder = d.bootorder ++ [ "PXE" ]; };
  machines.b.deployment = rec { hugePages = true; cpus = 1; ram = if hugePages then 1024 else 512; nixos = false; };
}
# warning[LNX0711] 2:94-2:95: `initialDisks.boot.size` is 2 MiB, too little for any system of today
#   here: 2 MiB
#   help: `size` is in MiB: write `2048` for 2 GiB
#   fix (unsafe): 2:94-2:95 -> `2048`
# error[LNX0302] 5:34-5:43: there is no option `bootorder`
#   here: did you mean `bootOrder`?
#   note: it is used elsewhere as well: see what the change means there
#   help: `bootOrder`: What the machine tries to boot from, in order: `"PXE"` (the network), `"cdrom"` (the installation medium) or the name of a disk.
# error[LNX0302] 6:33-6:42: there is no option `hugePages`
#   here: did you mean `hugepages`?
#   note: it is used elsewhere as well: see what the change means there
#   help: `hugepages`: Whether the machine's memory is made of large pages, which the hypervisor must have set aside; or their size.

--- a-difference-without-spaces ---
let total = 10; used = 2; in
{
  machines.a.deployment = { cpus = total-used; ram = total-1; nixos = false; };
  machines.b.deployment = { cpus = total-free; ram = 512; nixos = false; };
}
# error[LNX0103] 3:36-3:46: undefined variable 'total-used'
#   here: not bound here
#   help: names may have `-` in them: write `total - used` to subtract
#   fix (unsafe): 3:36-3:46 -> `total - used`
# error[LNX0103] 3:54-3:61: undefined variable 'total-1'
#   here: not bound here
#   help: names may have `-` in them: write `total - 1` to subtract
#   fix (unsafe): 3:54-3:61 -> `total - 1`
# error[LNX0103] 4:36-4:46: undefined variable 'total-free'
#   here: not bound here
#   help: text stands in quotes: write `"total-free"`
#   fix (unsafe): 4:36-4:46 -> `"total-free"`

--- a-quotient-without-spaces ---
let total = 4; in
{
  machines.a.deployment = { cpus = total/2; ram = 512 * (total/2); nixos = false; };
}
# error[LNX0301] 3:36-3:43: `cpus` is a path, but must be an integer (the number of CPUs) or a set
#   here: a path
#   help: put spaces around `/` to divide: `total / 2`
#   fix (unsafe): 3:36-3:43 -> `total / 2`
# error[LNX0201] 3:58-3:65: expected an integer but found a path: /fleet/total/2
#   help: put spaces around `/` to divide: `total / 2`
#   fix (unsafe): 3:58-3:65 -> `total / 2`

--- builtins-without-their-set ---
{
  machines = mapAttrs (name: deployment: { inherit deployment; }) {
    a = { cpus = length [ 1 ]; ram = 512; nixos = false; };
  };
}
# error[LNX0103] 2:14-2:22: undefined variable 'mapAttrs'
#   here: not bound here
#   help: write `builtins.mapAttrs`
#   fix (unsafe): 2:14-2:22 -> `builtins.mapAttrs`
# error[LNX0103] 3:18-3:24: undefined variable 'length'
#   here: not bound here
#   help: write `builtins.length`
#   fix (unsafe): 3:18-3:24 -> `builtins.length`

--- a-file-for-its-text ---
{
  machines.a.deployment = builtins.fromJSON ./a.json;
  machines.b.deployment = builtins.fromTOML (./b.toml);
}
=== a.json ===
{ "cpus": 1, "ram": 512, "nixos": false }
=== b.toml ===
cpus = 1
# error[LNX0201] 2:45-2:53: expected a string but found a path: /fleet/a.json
#   here: a path, which is no text
#   help: have the file read first: `builtins.fromJSON (builtins.readFile ./a.json)`
#   fix (unsafe): 2:45-2:53 -> `(builtins.readFile ./a.json)`
# error[LNX0201] 3:46-3:54: expected a string but found a path: /fleet/b.toml
#   here: a path, which is no text
#   help: have the file read first: `builtins.fromTOML (builtins.readFile ./b.toml)`
#   fix (unsafe): 3:46-3:54 -> `(builtins.readFile ./b.toml)`

--- mistakes-in-json-and-toml ---
{
  machines.json.deployment = builtins.fromJSON (builtins.readFile ./a.json);
  machines.toml.deployment = builtins.fromTOML (builtins.readFile ./a.toml);
  machines.none.deployment = builtins.fromJSON (builtins.readFile ./none.json);
}
=== a.json ===
{ "cpus": [2], "nixos": "false", "description": null, "bootdisk": 4, "interfaces": { "network": "default" },
  "initialDisks": { "games": {} }, "vgpu": "x", "sshPubKeyPath": "key", "diskSize": "4G", "staticIPs": "10.0.0.5" }
=== a.toml ===
ram = "512"
tags = "web"
nixos = 0
graphics = "vncc"
[cpus]
cores = "2"
=== none.json ===
{}
# error[LNX0303] 2:12-2:16: option `ram` is missing in machine `json`
#   here: `ram` must be set here
#   note: `ram`: Memory of the machine.
#   help: add, for example, `ram = 2048;` (`ram` is in MiB)
# error[LNX0303] 4:12-4:16: options `cpus` and `ram` are missing in machine `none`
#   here: `cpus` and `ram` must be set here
#   note: `cpus`: Number of virtual CPUs, or a set that says more about them.
#   note: `ram`: Memory of the machine.
#   help: add, for example, `cpus = 2; ram = 2048;` (`ram` is in MiB)
# error[LNX0301] a.json:1:11-1:14: `cpus` is a list, but must be an integer (the number of CPUs) or a set
#   here: a list
#   help: it takes one value, not a list: write `2`
# error[LNX0301] a.json:1:25-1:32: `nixos` is a string, but must be `true` or `false`
#   here: a string
#   help: write `false`
# error[LNX0302] a.json:1:55-1:65: there is no option `bootdisk`
#   here: did you mean `diskSize`?
#   help: `diskSize` is a number of MiB
# error[LNX0301] a.json:1:84-1:108: `interfaces` is a set, but must be a list of sets
#   here: a set
# error[LNX0303] a.json:2:21-2:28: disk `games` of machine `json` has neither a size nor a source
#   here: `size`, `fromImage`, `fromBackup` or `physicalDisk` must be set here
#   help: add, for example, `"size": 20480` (`size` is in MiB)
# error[LNX0302] a.json:2:36-2:42: there is no option `vgpu`
#   here: unknown option
#   help: there is an option `gpu`, which belongs to an element of `pciDevices`
# error[LNX0901] a.json:2:66-2:71: the file of `sshPubKeyPath` does not exist: key
#   here: no such file
#   note: a relative path starts at the deployment file's directory
#   help: create the file, or name one that exists
# error[LNX0301] a.json:2:85-2:89: `diskSize` is a string, but must be an integer
#   here: a string
#   help: `diskSize` is in MiB: write `4096`
# error[LNX0301] a.json:2:104-2:114: `staticIPs` is a string, but must be a list of sets
#   here: a string
#   help: write `[{ "ips": ["10.0.0.5"] }]`
# error[LNX0301] a.toml:1:7-1:12: `ram` is a string, but must be an integer
#   here: a string
#   help: `ram` is in MiB: write `512`
# error[LNX0301] a.toml:2:8-2:13: `tags` is a string, but must be a list, each element a tag
#   here: a string
#   help: put it in a list: `tags = ["web"]`
# error[LNX0301] a.toml:3:9-3:10: `nixos` is an integer, but must be `true` or `false`
#   here: an integer
#   help: write `false`
# error[LNX0402] a.toml:4:12-4:18: `graphics` cannot be "vncc"
#   here: did you mean "vnc"?
#   help: the values are
#         "none": no screen: the serial console is all
#         "vnc": what every viewer understands
#         "spice": with a clipboard that both sides share, and sound
# error[LNX0303] a.toml:5:2-5:6: option `count` is missing in `cpus` of machine `toml`
#   here: `count` must be set here
#   note: `count`: Number of virtual CPUs.
#   help: add, for example, `count = 4`
# error[LNX0301] a.toml:6:9-6:12: `cpus.cores` is a string, but must be an integer
#   here: a string
#   help: write `2`
