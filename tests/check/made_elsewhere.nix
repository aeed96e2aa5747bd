--- a-named-unit-beside-what-a-function-is-given ---
let
  GiB = 1024;
  disk = gib: { size = gib * GiB; };
  vm = n: { deployment = { cpus = 1; ram = 512; nixos = false; initialDisks = { data = disk n; log = disk (n / 4); }; }; };
in
{ machines = { a = vm 8; b = vm 0.5; c = vm (-4); d = vm 2; }; }

# error[LNX0301] 6:33-6:36: `initialDisks.data.size` is a float, but must be an integer
#   here: a float
#   4:93-4:94: passed on here
#   3:24-3:33: computed here
#   help: choose it so that the result is an integer
# error[LNX0401] 6:46-6:48: `initialDisks.data.size` cannot be -4096
#   here: must be at least 1 MiB
#   4:93-4:94: passed on here
#   3:24-3:33: computed here
#   note: 64 TiB is more than a file of a storage pool holds; sizes are in MiB, not in bytes
#   note: `initialDisks.log.size` is made of it as well, and wrong, too
#   help: choose it so that the result is from 1 to 67108864
# error[LNX0401] 6:58-6:59: `initialDisks.log.size` cannot be 0
#   here: must be at least 1 MiB
#   4:108-4:113: computed here
#   3:24-3:33: computed here
#   note: 64 TiB is more than a file of a storage pool holds; sizes are in MiB, not in bytes
#   help: choose it so that the result is from 1 to 67108864

--- a-table-beside-what-a-function-is-given ---
let
  start = { web = 10; db = 200; };
  vm = role: n: {
    deployment = {
      cpus = 1; ram = 512; nixos = false;
      staticIPs = [ { ips = [ "10.0.0.${toString (start.${role} + n)}" ]; } ];
    };
  };
in
{ machines = { a = vm "web" 5; b = vm "db" 60; }; }

# error[LNX0403] 10:44-10:46: "10.0.0.260" is not an IP address
#   here: an octet is at most 255
#   6:31-6:71: in this string

--- a-number-that-is-no-part-of-a-mac-address ---
let
  vm = n: {
    deployment = {
      cpus = 1; ram = 512; nixos = false;
      interfaces = [ { network = "default"; mac = "52:54:00:00:00:${toString n}"; } ];
    };
  };
in
{ machines = { a = vm 1; b = vm 2; c = vm 12; d = vm 100; }; }

# error[LNX0403] 5:51-5:81: "52:54:00:00:00:1" is not a MAC address
#   here: an octet is two hexadecimal digits
#   9:23-9:24: of this
#   note: another value like this one is made here
#   help: numbers below 10 have one digit: put a `0` in front of those, or count from 10
# error[LNX0403] 9:54-9:57: "52:54:00:00:00:100" is not a MAC address
#   here: an octet is two hexadecimal digits
#   5:51-5:81: in this string

--- one-number-in-several-strings ---
let
  vm = n: {
    deployment = {
      cpus = 1; ram = 512; nixos = false;
      staticIPs = [ { ips = [ "10.0.0.${toString n}" ]; dns = [ "10.0.1.${toString n}" ]; } ];
      interfaces = [ { network = "default"; mac = "52:54:00:00:00:${toString n}"; } ];
    };
  };
in
{ machines = { a = vm 10; b = vm 300; }; }

# error[LNX0403] 10:34-10:37: "10.0.0.300" is not an IP address
#   here: an octet is at most 255
#   5:31-5:53: in this string
#   6:51-6:81: "52:54:00:00:00:300" is not a MAC address, too
#   note: another value like this one is made here

--- one-number-of-which-several-options-are-made ---
let
  vm = mb: { deployment = { cpus = 1; ram = mb; diskSize = mb * 10; nixos = false; }; };
  copy = size: { deployment = { cpus = 1; ram = size; diskSize = size; nixos = false; tags = size; }; };
in
{ machines = { a = vm 0; b = vm 512; c = copy "512"; }; }

# error[LNX0401] 5:23-5:24: `ram` cannot be 0
#   here: must be at least 1 MiB
#   2:45-2:47: passed on here
#   note: QEMU's machines address at most 16 TiB; sizes are in MiB, not in bytes
#   note: `diskSize` is made of it as well, and wrong, too
#   help: write a number from 1 to 16777216
# error[LNX0301] 5:47-5:52: `ram` is a string, but must be an integer
#   here: a string
#   3:49-3:53: passed on here
#   note: `diskSize` is made of it as well, and wrong, too
#   note: it is used elsewhere as well: see what the change means there
#   help: `ram` is in MiB: write `512`
# error[LNX0301] 5:47-5:52: `tags` is a string, but must be a list, each element a tag
#   here: a string
#   3:94-3:98: passed on here
#   note: it is used elsewhere as well: see what the change means there
#   help: put it in a list: `tags = [ "512" ];`

--- the-host-part-of-an-address ---
let
  vm = n: h: { deployment = { cpus = 1; ram = 512; nixos = false; interfaces = [ { network = "lan"; ip = "10.1.${toString n}.${toString h}"; } ]; }; };
in
{
  networks.lan = { subnet = "10.1.1.0/24"; dhcp = false; };
  machines = { a = vm 1 1; b = vm 1 0; c = vm 1 255; d = vm 2 7; };
}

# error[LNX0502] 6:25-6:26: 10.1.1.1 is the hypervisor's own address in network `lan`
#   here: given to a machine here
#   5:29-5:42: the first address of this network is the hypervisor's
#   help: choose another address of the network
# error[LNX0401] 6:37-6:38: 10.1.1.0 is the network of 10.1.1.0/24, not an address of a machine
#   here: the network itself
#   5:29-5:42: network `lan` is 10.1.1.0/24
#   help: choose an address from 10.1.1.2 to 10.1.1.254
# error[LNX0401] 6:49-6:52: 10.1.1.255 is the broadcast address of 10.1.1.0/24, not an address of a machine
#   here: the broadcast address itself
#   5:29-5:42: network `lan` is 10.1.1.0/24
#   help: choose an address from 10.1.1.2 to 10.1.1.254
# error[LNX0401] 6:61-6:64: 10.1.2.7 is not in network `lan`, which the machine is on
#   here: not in 10.1.1.0/24
#   5:29-5:42: network `lan` is 10.1.1.0/24
#   help: in network `lan` choose an address from 10.1.1.2 to 10.1.1.254

--- the-hypervisor-is-the-gateway-and-no-machine ---
{
  networks.lan.subnet = "10.1.1.0/24";
  machines.a.deployment = {
    cpus = 1; ram = 512; nixos = false;
    staticIPs = [ { ips = [ "10.1.1.1" ]; gateway = "10.1.1.1"; } ];
  };
}

# error[LNX0502] 5:29-5:39: 10.1.1.1 is the hypervisor's own address in network `lan`
#   here: given to a machine here
#   2:25-2:38: the first address of this network is the hypervisor's
#   help: choose another address of the network

--- a-pair-for-listtoattrs-is-no-machine ---
let
  vm = name: ram: { inherit name; value = { deployment = { cpus = 1; inherit ram; nixos = false; }; }; };
in
{ machines = builtins.listToAttrs [ (vm "a" 512) ] // { b = vm "b" "512"; }; }

# error[LNX0301] 4:61-4:73: `machines.b` is a pair of a name and a value, but must be a machine
#   here: `listToAttrs` makes machines of such pairs
#   2:29-2:33: the pair
#   help: take the machine out of the pair: `(…).value`
#   fix (unsafe): 4:61-4:61 -> `(`
#   and: 4:73-4:73 -> `).value`
# error[LNX0301] 4:68-4:73: `ram` is a string, but must be an integer
#   here: a string
#   2:78-2:81: passed on here
#   help: `ram` is in MiB: write `512`
#   fix (safe): 4:68-4:73 -> `512`

--- pairs-for-listtoattrs-are-no-machines ---
let
  vm = name: ram: { inherit name; value = { deployment = { cpus = 1; inherit ram; nixos = false; }; }; };
in
{ machines = { a = vm "a" 512; b = vm "b" 1024; }; }

# error[LNX0301] 2:29-2:33: `machines.a` is a pair of a name and a value, but must be a machine
#   here: `listToAttrs` makes machines of such pairs
#   note: this concerns `machines.a` and `machines.b`
#   help: leave out `name`, and write what `value` holds in the place of the pair

--- what-is-looked-for-is-not-in-the-list ---
let
  plans = [ { name = "s"; cpus = 1; } { name = "m"; cpus = 2; } ];
  plan = name: builtins.head (builtins.filter (p: p.name == name) plans);
  vm = spec: { deployment = { inherit (plan spec.plan) cpus; ram = 512; nixos = false; }; };
in
{ machines = { a = vm { plan = "s"; }; b = vm { plan = "xl"; }; c = vm { plam = "m"; }; }; }

# error[LNX0201] 6:56-6:60: nothing in the list has "xl"
#   here: this is not there
#   3:16-3:73: looked for here
#   4:40-4:54: in this call
# error[LNX0205] 6:74-6:78: attribute 'plan' missing
#   here: did you mean `plan`?
#   4:45-4:54: used here
#   3:31-3:72: in this call of `filter`
#   fix (unsafe): 6:74-6:78 -> `plan`

--- what-an-incomplete-list-has-not ---
let
  disks = [ { name = "a"; } { nmae = "b"; } ];
  found = builtins.filter (disk: disk.name == "b") disks;
in
{
  machines.a.deployment = { cpus = 1 + builtins.length found; ram = 512; nixos = false; };
  machines.b.deployment = if found == [ ] then throw "no disk b" else { cpus = 1; ram = 512; nixos = false; };
  machines.c.deployment = builtins.head found // { cpus = 1; };
  machines.d.deployment = builtins.elemAt found 0 // { cpus = 1; };
}

# error[LNX0205] 2:31-2:35: attribute 'name' missing
#   here: did you mean `name`?
#   3:34-3:43: used here
#   3:11-3:57: in this call of `filter`
#   fix (unsafe): 2:31-2:35 -> `name`

--- an-argument-by-another-word ---
let
  vm = { cpus, ram, description ? "" }: { deployment = { inherit cpus ram description; nixos = false; }; };
  sizes = { a = { memory = 512; }; b = { ram = 512; }; };
  named = import ./named.nix;
in
{
  machines = {
    a = vm { cpus = 1; memory = 512; };
    b = vm { cores = 1; ram = 512; };
    c.deployment = { cpus = 1; ram = sizes.a.memory; nixos = false; };
    d.deployment = { cpus = 1; ram = sizes.b.memory; nixos = false; };
    e = named { name = "e"; };
  };
}
=== named.nix ===
{ hostname }: { deployment = { name = hostname; cpus = 1; ram = 512; nixos = false; }; }

# error[LNX0201] 8:24-8:30: function 'vm' called without required argument 'ram'
#   here: did you mean `ram`?
#   2:8-2:107: the function that is called
#   8:9-8:39: called here
#   help: `memory` is no argument of the function
#   fix (unsafe): 8:24-8:30 -> `ram`
# error[LNX0201] 9:14-9:19: function 'vm' called without required argument 'cpus'
#   here: did you mean `cpus`?
#   2:8-2:107: the function that is called
#   9:9-9:37: called here
#   help: `cores` is no argument of the function
#   fix (unsafe): 9:14-9:19 -> `cpus`
# error[LNX0205] 11:46-11:52: attribute 'memory' missing
#   here: did you mean `ram`?
#   3:40-3:54: this set lacks it
#   fix (unsafe): 11:46-11:52 -> `ram`
# error[LNX0201] 12:17-12:21: the function of `named.nix` is called without required argument 'hostname'
#   here: did you mean `hostname`?
#   named.nix:1:1-1:89: the function that is called
#   12:9-12:30: called here
#   help: `name` is no argument of the function
#   fix (unsafe): 12:17-12:21 -> `hostname`

--- a-named-function-that-is-passed-uncalled ---
let
  base = { cpus }: { deployment = { inherit cpus; ram = 512; nixos = false; }; };
  merge = a: b: a // b;
  tools = { inherit base; };
in
{
  machines.a = merge (base { cpus = 1; }) base;
  machines.b = merge tools.base { };
}

# error[LNX0201] 7:43-7:47: expected a set but found a function
#   here: a function that is not called
#   3:22-3:23: its result is needed here
#   help: call the function with all of its arguments
# error[LNX0201] 8:22-8:32: expected a set but found a function
#   here: a function that is not called
#   3:17-3:18: its result is needed here
#   help: call the function with all of its arguments

--- an-argument-that-is-called-and-no-function ---
let
  vm = name: change: { deployment = change { cpus = 1; ram = 512; nixos = false; description = name; }; };
in
{
  machines.a = vm "a" (d: d // { cpus = 2; });
  machines.b = vm "b" { cpus = 2; };
}

# error[LNX0201] 6:23-6:36: attempt to call something which is not a function but a set
#   here: this is a set
#   2:37-2:43: used here
#   help: a function is needed here

--- what-fails-in-a-misspelt-option ---
{
  machines.a.deployment = { cpus = 1; rams = 512 * "2"; nixos = false; };
  machines.b.deployment = { cpus = 1; ram = 512; nixos = false; interface = [ { network = throw "which?"; } ]; };
}

# error[LNX0302] 2:39-2:43: there is no option `rams`
#   here: did you mean `ram`?
#   help: `ram`: Memory of the machine.
#   fix (safe): 2:39-2:43 -> `ram`
# error[LNX0201] 2:52-2:55: expected an integer but found a string: "2"
#   help: write the number without quotes: `2`
#   fix (unsafe): 2:52-2:55 -> `2`
# error[LNX0302] 3:65-3:74: there is no option `interface`
#   here: did you mean `interfaces`?
#   help: `interfaces`: Network interfaces of the machine, in order.
#   fix (safe): 3:65-3:74 -> `interfaces`
# error[LNX0204] 3:91-3:105: which?

--- a-divisor-that-is-written-as-zero ---
{ machines.a.deployment = { cpus = 1; ram = 512 / 0; nixos = false; }; }
# error[LNX0201] 1:51-1:52: division by zero

--- a-set-within-a-set-that-lacks-what-others-have ---
let
  vm = own: { deployment = { nixos = false; } // own; };
  bigger = factor: m: { deployment = m.deployment // { ram = m.deployment.ram * factor; }; };
in
{
  machines = {
    a = bigger 2 (vm { cpus = 1; ram = 512; });
    b = bigger 2 (vm { cpus = 1; });
    c = bigger 2 (vm { cpus = 1; memory = 512; });
  };
}

# error[LNX0205] 8:22-8:35: attribute 'ram' missing
#   here: this set lacks it
#   3:62-3:78: used here
#   help: the attributes are `cpus` and `nixos`
# error[LNX0205] 9:34-9:40: attribute 'ram' missing
#   here: did you mean `ram`?
#   3:62-3:78: used here
#   fix (unsafe): 9:34-9:40 -> `ram`

--- a-name-that-neither-a-set-nor-the-fleet-has ---
let
  thirds = { a = 1; b = 2; };
  vm = net: { deployment = { cpus = 1; ram = 512; nixos = false; interfaces = [ { network = net; ip = "10.8.${toString thirds.${net}}.10"; } ]; }; };
in
{
  networks = builtins.mapAttrs (_: third: { subnet = "10.8.${toString third}.0/24"; dhcp = false; }) thirds;
  machines = { m1 = vm "a"; m2 = vm "d"; };
}

# error[LNX0205] 7:37-7:40: attribute 'd' missing
#   here: there is no attribute of this name
#   3:120-3:133: selected here
#   2:12-2:29: this set lacks it
#   3:111-3:133: in this call of `toString`
#   help: the attributes are `a` and `b`

--- a-named-function-in-a-list-that-is-mapped ---
let
  vm = name: { inherit name; };
  all = map (m: { inherit (m) name; value.deployment = { cpus = 1; ram = 512; nixos = false; }; });
in
{ machines = builtins.listToAttrs (all [ (vm "a") vm ]); }

# error[LNX0201] 5:51-5:53: expected a set but found a function
#   here: a function that is not called
#   3:31-3:35: its result is needed here
#   help: call the function with all of its arguments

--- an-inherited-name-that-its-set-lacks ---
let
  h = import ./h.nix;
in
{ machines.a.deployment = { cpus = 1; inherit (h.web) ram; nixos = false; }; machines.b.deployment = { cpus = 1; inherit (h.db) ram; nixos = false; }; }
=== h.nix ===
{ web = { ram = 512; }; db = { memory = 512; }; }
# error[LNX0205] 4:129-4:132: attribute 'ram' missing
#   h.nix:1:30-1:47: this set lacks it
#   help: did you mean `memory`?

--- what a library was given is to change and how it came to fail is not told ---
let
  lib = import /nix/store/00000000000000000000000000000000-lib;
  mk = disks: {
    deployment = {
      cpus = 1; ram = 512; nixos = false;
      initialDisks = lib.toSet disks (name: { size = 1024; });
    };
  };
in {
  machines.a = mk [ "boot" "data" ];
  machines.b = mk "boot";
}
# error[LNX0201] 11:19-11:25: expected a list but found a string: "boot"
#   6:22-6:62: needed here

--- a-size-that-is-not-there-beside-those-that-are ---
let
  sizes = { big = { cpus = 8; ram = 8192; }; small = { cpus = 1; ram = 512; }; };
  join = builtins.concatStringsSep ", ";
  mkVm = { size }: {
    deployment = (sizes.${size} or (throw "use one of ${join (builtins.attrNames sizes)}, not ${size}")) // {
      nixos = false;
    };
  };
  mkOther = { size }: {
    deployment = sizes.${size} or (throw "no ${size}: ${toString (builtins.attrNames sizes)}") // { nixos = false; };
  };
in
{
  machines.a = mkVm { size = "hgue"; };
  machines.b = mkVm { size = "big"; };
  machines.c = mkOther { size = "tny"; };
}
# error[LNX0204] 14:30-14:36: use one of big, small, not hgue
#   here: this is not there
#   5:37-5:103: which is looked for here
# error[LNX0204] 16:33-16:38: no tny: big small
#   here: this is not there
#   10:36-10:94: which is looked for here

--- numbers-that-most-give-where-a-text-is-joined ---
{
  machines = builtins.mapAttrs (name: h: {
    deployment = {
      cpus = 1; ram = 512; nixos = false;
      description = name + " at " + h.ip;
    };
  }) {
    gw.ip = 1;
    ns.ip = 2;
    mx.ip = "3";
    www.ip = 4;
  };
}
# error[LNX0201] 5:37-5:41: cannot coerce an integer to a string: 1
#   8:13-8:14: this is the value
#   note: this concerns machines `gw`, `ns` and `www`
#   help: `toString` makes a string of a number
