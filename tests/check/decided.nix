--- what-assertions-of-a-function-find-fault-with ---
let
  vm = { cpus, ram }:
    assert cpus <= 8;
    assert builtins.isInt ram && ram >= 256;
    { deployment = { inherit cpus ram; nixos = false; }; };
in
{
  machines = {
    a = vm { cpus = 2; ram = 512; };
    b = vm { cpus = 16; ram = 512; };
    c = vm { cpus = 4; ram = "512"; };
    d = vm { cpus = 4; ram = 128; };
    e = vm { cpus = "2"; ram = 512; };
  };
}

# error[LNX0204] 10:21-10:23: assertion `cpus <= 8` failed
#   here: for this value
#   3:12-3:21: this is false
# error[LNX0204] 11:30-11:35: assertion `builtins.isInt ram && ram >= 256` failed
#   here: for this value
#   4:12-4:44: this is false
# error[LNX0204] 12:30-12:33: assertion `builtins.isInt ram && ram >= 256` failed
#   here: for this value
#   4:12-4:44: this is false
# error[LNX0201] 13:21-13:24: cannot compare an integer with a string; values are 8 and "2"
#   3:12-3:21: used here

--- a-condition-that-is-passed-to-a-function-which-throws ---
let
  lib = import ./lib.nix;
  vm = { hostname, cores ? 1, memory }:
    assert lib.assertMsg (builtins.stringLength hostname <= 12) "hostname ${hostname} is too long";
    assert lib.assertMsg (cores > 0 && cores <= 16) "cores must be between 1 and 16";
    {
      deployment = {
        cpus = cores; nixos = false;
        ram = lib.throwIf (memory < 256) "a machine needs at least 256 MiB" memory;
      };
    };
in
{
  machines = {
    a = vm { hostname = "a"; memory = 512; };
    b = vm { hostname = "a-very-long-hostname"; memory = 512; };
    c = vm { hostname = "c"; memory = 128; };
    d = vm { hostname = "d"; memory = 512; cores = 32; };
  };
}
=== lib.nix ===
{
  assertMsg = condition: message: if condition then true else throw message;
  throwIf = condition: message: value: if condition then throw message else value;
}

# error[LNX0204] 16:25-16:47: hostname a-very-long-hostname is too long
#   here: for this value
#   lib.nix:2:63-2:76: thrown here
#   4:12-4:99: in this call
# error[LNX0204] 17:39-17:42: a machine needs at least 256 MiB
#   here: for this value
#   lib.nix:3:58-3:71: thrown here
#   9:15-9:83: in this call
# error[LNX0204] 18:52-18:54: cores must be between 1 and 16
#   here: for this value
#   lib.nix:2:63-2:76: thrown here
#   5:12-5:85: in this call

--- types-of-a-table-and-values-of-rows ---
let
  types = import ./types.nix;
  schema = { cpus = types.int 1 64; memory = types.int 256 65536; role = types.enum [ "web" "db" ]; };
  checked = name: row: builtins.mapAttrs (field: check: check "${name}.${field}" row.${field}) schema;
  vm = name: row: let v = checked name row; in {
    deployment = { inherit (v) cpus; ram = v.memory; tags = [ v.role ]; nixos = false; };
  };
in
{
  machines = builtins.mapAttrs vm {
    web = { cpus = 2; memory = 1024; role = "web"; };
    db = { cpus = 128; memory = 1024; role = "db"; };
    cache = { cpus = 2; memory = "1024"; role = "db"; };
    mail = { cpus = 2; memory = 1024; role = "mail"; };
  };
}
=== types.nix ===
{
  int = min: max: path: value:
    if !(builtins.isInt value) then throw "${path} must be an integer"
    else if value < min || value > max then throw "${path} must be from ${toString min} to ${toString max}"
    else value;
  enum = allowed: path: value:
    if builtins.elem value allowed then value
    else throw "${path} must be one of ${builtins.concatStringsSep ", " allowed}";
}

# error[LNX0204] 12:19-12:22: db.cpus must be from 1 to 64
#   here: for this value
#   types.nix:4:45-4:108: thrown here
#   3:31-3:32: `1` comes from here
#   3:33-3:35: `64` comes from here
# error[LNX0204] 13:34-13:40: cache.memory must be an integer
#   here: for this value
#   types.nix:3:37-3:71: thrown here
#   13:5-13:10: `cache` comes from here
#   3:37-3:43: `memory` comes from here
# error[LNX0204] 14:46-14:52: mail.role must be one of web, db
#   here: for this value
#   types.nix:8:10-8:82: thrown here
#   3:88-3:91: `web` comes from here
#   3:94-3:96: `db` comes from here

--- a-throw-that-does-not-name-what-is-not-there ---
let
  sizes = { small = 512; large = 4096; };
  vm = size: { deployment = { cpus = 1; ram = sizes.${size} or (throw "unknown size"); nixos = false; }; };
in
{ machines = { a = vm "small"; b = vm "huge"; c = vm "tiny"; }; }

# error[LNX0204] 5:39-5:45: unknown size
#   here: this is not there
#   3:65-3:85: which is looked for here
# error[LNX0204] 5:54-5:60: unknown size
#   here: this is not there
#   3:65-3:85: which is looked for here

--- what-a-throw-names-that-was-looked-for-in-vain ---
let
  zones = [ "a" "b" ];
  indexOf = x: list:
    let go = i: if i >= builtins.length list then throw "no zone ${x}" else if builtins.elemAt list i == x then i else go (i + 1);
    in go 0;
  vm = zone: { deployment = { cpus = 1; ram = 512; nixos = false; interfaces = [ { network = "zone-${zone}"; ip = "10.1.${toString (indexOf zone zones)}.10"; } ]; }; };
in
{
  networks = builtins.listToAttrs (map (zone: { name = "zone-${zone}"; value.subnet = "10.1.${toString (indexOf zone zones)}.0/24"; }) zones);
  machines = { m1 = vm "a"; m2 = vm "d"; };
}

# error[LNX0204] 10:37-10:40: no zone d
#   here: for this value
#   4:51-4:71: thrown here
#   4:120-4:130: in this call
#   6:123-6:152: in this call of `toString`

--- sizes-of-data-that-cannot-be-read ---
let
  data = builtins.fromJSON (builtins.readFile ./data.json);
  size = text:
    let parts = builtins.match "([0-9]+)([MG])" text; in
    if parts == null then throw "cannot read the size ${text}"
    else builtins.fromJSON (builtins.elemAt parts 0) * (if builtins.elemAt parts 1 == "G" then 1024 else 1);
in
{ machines = builtins.mapAttrs (_: row: { deployment = { cpus = 1; ram = size row.ram; nixos = false; }; }) data; }
=== data.json ===
{ "a": { "ram": "512M" }, "b": { "ram": "4 GB" }, "c": { "ram": "0G" }, "d": { "ram": 512 } }

# error[LNX0204] data.json:1:41-1:47: cannot read the size 4 GB
#   here: for this value
#   5:27-5:63: thrown here
#   8:74-8:86: in this call
# error[LNX0401] data.json:1:66-1:67: `ram` cannot be 0
#   here: must be at least 1 MiB
#   6:10-6:108: computed here
#   note: QEMU's machines address at most 16 TiB; sizes are in MiB, not in bytes
#   help: choose it so that the result is from 1 to 16777216
# error[LNX0201] data.json:1:87-1:90: expected a string but found an integer: 512
#   4:17-4:53: in this call of `match`
#   8:74-8:86: in this call

--- values-that-were-json-in-between ---
let
  copy = value: builtins.fromJSON (builtins.toJSON value);
  template = { cpus = 2; ram = "2 GiB"; nixos = false; tags = [ "a" 5 ]; };
in
{
  machines = {
    a.deployment = copy template;
    b.deployment = copy { cpus = 2; ram = 512; nixos = false; firmware = "ufi"; "disk size" = 1; };
    c.deployment = copy { cpus = 2; nixos = false; initialDisks.data.size = 0; };
  };
}

# error[LNX0301] 3:32-3:39: `ram` is a string, but must be an integer
#   here: a string
#   help: `ram` is in MiB: write `2048`
#   fix (safe): 3:32-3:39 -> `2048`
# error[LNX0301] 3:69-3:70: `tags[1]` is an integer, but must be a tag
#   here: an integer
#   help: put it in quotes: `"5"`
#   fix (unsafe): 3:69-3:69 -> `"`
#   and: 3:70-3:70 -> `"`
# error[LNX0402] 8:74-8:79: `firmware` cannot be "ufi"
#   here: did you mean "uefi"?
#   help: the values are
#         "bios": `SeaBIOS`, which boots everything but what needs UEFI
#         "uefi": UEFI (`OVMF`), without secure boot
#         "uefi-secure": UEFI that starts only what is signed; a NixOS guest begins without keys, so that it can bring its own
#   fix (safe): 8:74-8:79 -> `"uefi"`
# error[LNX0302] 8:81-8:92: there is no option `disk size`
#   here: did you mean `diskSize`?
#   help: `diskSize`: Size of the boot disk; the same as `initialDisks.boot.size`.
#   fix (unsafe): 8:81-8:92 -> `diskSize`
# error[LNX0303] 9:5-9:6: option `ram` is missing in machine `c`
#   here: `ram` must be set here
#   note: `ram`: Memory of the machine.
#   help: add, for example, `ram = 2048;` (`ram` is in MiB)
# error[LNX0401] 9:77-9:78: `initialDisks.data.size` cannot be 0
#   here: must be at least 1 MiB
#   note: 64 TiB is more than a file of a storage pool holds; sizes are in MiB, not in bytes
#   help: write a number from 1 to 67108864

--- pairs-without-a-name-that-a-function-extends ---
let
  pair = row: row // { value.deployment = { inherit (row) cpus; ram = 512; nixos = false; }; };
in
{ machines = builtins.listToAttrs (map pair (import ./rows.nix)); }
=== rows.nix ===
[
  { name = "a"; cpus = 1; }
  { cpus = 1; }
  { hostname = "c"; cpus = 1; }
]

# error[LNX0205] rows.nix:3:3-3:16: attribute 'name' missing
#   4:14-4:65: in this call of `listToAttrs`
#   help: each element is `{ name = …; value = …; }`
# error[LNX0205] rows.nix:4:3-4:32: attribute 'name' missing
#   4:14-4:65: in this call of `listToAttrs`
#   help: each element is `{ name = …; value = …; }`

--- a-list-of-fewer-than-no-machines ---
let
  pool = { prefix, count }: builtins.genList (n: {
    name = "${prefix}-${toString n}";
    value.deployment = { cpus = 1; ram = 512; nixos = false; };
  }) count;
in
{ machines = builtins.listToAttrs (pool { prefix = "web"; count = 2; } ++ pool { prefix = "db"; count = -1; }); }

# error[LNX0201] 7:105-7:107: cannot create list of size -1
#   2:29-2:51: in this call of `genList`

--- a-single-machine-beside-a-fleet ---
{
  deployment = { cpus = "2"; ram = 1024; nixos = false; };
  machines.web.deployment = { cpus = 1; ram = "512"; nixos = false; };
}

# error[LNX0304] 2:3-2:13: the file describes a fleet and a single machine at once
#   here: this describes a single machine
#   3:3-3:11: this describes a fleet
#   help: move the machine into `machines.<name>`, or what all machines have into `defaults.deployment`
# error[LNX0301] 2:25-2:28: `cpus` is a string, but must be an integer (the number of CPUs) or a set
#   here: a string
#   help: write `2`
#   fix (safe): 2:25-2:28 -> `2`
# error[LNX0301] 3:47-3:52: `ram` is a string, but must be an integer
#   here: a string
#   help: `ram` is in MiB: write `512`
#   fix (safe): 3:47-3:52 -> `512`

--- a-unit-in-bytes ---
let
  KiB = 1024;
  MiB = 1024 * KiB;
  GiB = 1024 * MiB;
  vm = { mem, disk ? 10 * GiB }: { deployment = { cpus = 1; ram = mem; diskSize = disk; nixos = false; }; };
in
{ machines = { a = vm { mem = 2 * GiB; }; b = vm { mem = 4 * GiB; disk = 40 * GiB; }; }; }

# error[LNX0401] 4:9-4:19: `ram` cannot be 2147483648
#   here: this makes it a number of bytes
#   7:31-7:38: must be at most 16777216 MiB
#   5:67-5:70: passed on here
#   note: QEMU's machines address at most 16 TiB; sizes are in MiB, not in bytes
#   note: 3 more sizes are made with it, and too large, too
#   help: sizes are in MiB: multiply with 1024, not with 1073741824

--- a-function-that-gives-bytes ---
let
  gib = n: n * 1024 * 1024 * 1024;
in
{
  machines = {
    a.deployment = { cpus = 1; ram = gib 2; nixos = false; diskSize = gib 20; };
    b.deployment = { cpus = 1; ram = gib 4; nixos = false; };
  };
}

# error[LNX0401] 2:12-2:34: `ram` cannot be 2147483648
#   here: this makes it a number of bytes
#   6:42-6:43: must be at most 16777216 MiB
#   note: QEMU's machines address at most 16 TiB; sizes are in MiB, not in bytes
#   note: 2 more sizes are made with it, and too large, too
#   help: sizes are in MiB: multiply with 1024, not with 1073741824

--- a-unit-in-bytes-for-one-size ---
let
  GiB = 1024 * 1024 * 1024;
in
{ machines.a.deployment = { cpus = 1; ram = 2 * GiB; nixos = false; }; }

# error[LNX0401] 4:45-4:52: `ram` cannot be 2147483648
#   here: must be at most 16777216 MiB
#   2:9-2:27: this makes it a number of bytes
#   note: QEMU's machines address at most 16 TiB; sizes are in MiB, not in bytes
#   help: sizes are in MiB: multiply with 1024, not with 1073741824

--- addresses-that-are-counted-beyond-their-network ---
{
  networks.lan = { subnet = "10.50.0.0/24"; dhcp = false; };
  machines = builtins.listToAttrs (builtins.genList (i: {
    name = "web${toString i}";
    value.deployment = {
      cpus = 1; ram = 512; nixos = false;
      interfaces = [ { network = "lan"; ip = "10.50.0.${toString (240 + i)}"; } ];
    };
  }) 20);
}

# error[LNX0401] 7:67-7:74: 10.50.0.255 is the broadcast address of 10.50.0.0/24, not an address of a machine
#   here: the broadcast address itself
#   2:29-2:43: network `lan` is 10.50.0.0/24
#   note: the numbers after that are too large for an address
#   help: choose an address from 10.50.0.2 to 10.50.0.254

--- one-address-in-two-files ---
let
  hosts = { web = import ./web.nix; db = import ./db.nix; };
in
{
  networks.lan.subnet = "10.60.0.0/24";
  machines = builtins.mapAttrs (_: host: { deployment = host // { cpus = 1; ram = 512; nixos = false; }; }) hosts;
}
=== web.nix ===
{ interfaces = [ { network = "lan"; ip = "10.60.0.10"; } ]; }
=== db.nix ===
{ interfaces = [ { network = "lan"; ip = "10.60.0.10"; } ]; }

# error[LNX0502] db.nix:1:42-1:54: machines `web` and `db` both have the address 10.60.0.10
#   here: used again here, by `db`
#   web.nix:1:42-1:54: first used here, by `web`
#   help: give one of them another address

--- a-number-where-a-name-is-needed-twice ---
let
  vm = { name }: {
    deployment = { name = "vm-" + name; cpus = builtins.stringLength name; ram = 512; nixos = false; };
  };
in
{ machines = { a = vm { name = "abc"; }; b = vm { name = 8; }; }; }

# error[LNX0201] 6:58-6:59: expected a string but found an integer: 8
#   3:35-3:39: used here
#   help: put it in quotes: `"8"`
#   fix (unsafe): 6:58-6:59 -> `"8"`

--- assertions-that-hold ---
let
  check = condition: message: value: if condition then value else throw message;
  copy = value: builtins.fromJSON (builtins.toJSON value);
  vm = name: row: assert row.cpus > 0; assert row.ram >= 256 || throw "too little for ${name}"; {
    deployment = copy {
      cpus = check (row.cpus < 64) "too many" row.cpus; inherit (row) ram; nixos = false; description = builtins.toJSON row;
    };
  };
in
{ machines = builtins.mapAttrs vm { a = { cpus = 1; ram = 512; }; b = { cpus = 2; ram = 1024; }; }; }
# fine

--- values-and-names-that-helpers-refuse ---
let
  must = field: ok: value: if ok then value else abort "wrong ${field}";
  vm = { name, cpus ? 1, ram ? 512, tags ? [ ] }:
    if tags == [ ] && cpus > 4 then throw "${name}: big machines need tags" else {
      deployment = { cpus = must "cpus" (cpus > 0) cpus; ram = must "ram" (ram > 255 && ram < 65536) ram; nixos = false; inherit tags; };
    };
  mk = name: host:
    if builtins.match "[a-z]+[0-9]*" name == null then throw "bad host name ${name}"
    else if !(host ? ram) then throw "host ${name} has no memory"
    else vm ({ inherit name; } // host);
in
{
  machines = builtins.mapAttrs mk {
    a1 = { ram = 512; };
    b_2 = { ram = 512; };
    c = { cpus = 2; };
    d = { ram = 128; };
    e = { ram = 512; cpus = 0; };
    f = { ram = 512; cpus = 8; };
    g = { ram = 512; cpus = 8; tags = [ "big" ]; };
    h = { ram = 512; cpus = 2.5; };
  };
}
# error[LNX0204] 15:5-15:8: bad host name b_2
#   here: for this value
#   8:56-8:85: thrown here
# error[LNX0204] 16:9-16:22: host c has no memory
#   here: for this value
#   9:32-9:66: thrown here
#   16:5-16:6: `c` comes from here
# error[LNX0204] 17:17-17:20: wrong ram
#   here: for this value
#   2:50-2:72: thrown here
#   5:70-5:73: `ram` comes from here
#   5:64-5:105: in this call
# error[LNX0204] 18:29-18:30: wrong cpus
#   here: for this value
#   2:50-2:72: thrown here
#   5:35-5:39: `cpus` comes from here
#   5:29-5:56: in this call
# error[LNX0204] 19:29-19:30: f: big machines need tags
#   here: for this value
#   4:37-4:76: thrown here
#   19:5-19:6: `f` comes from here
#   10:10-10:40: in this call
# error[LNX0301] 21:29-21:32: `cpus` is a float, but must be an integer (the number of CPUs) or a set
#   here: a float
#   5:52-5:56: passed on here
#   2:39-2:44: passed on here
#   help: write `3`
#   fix (unsafe): 21:29-21:32 -> `3`

--- what-is-computed-decides-and-not-what-else-is-in-the-words ---
let
  cluster = { cidr = "10.96.10.0/24"; prefix = "10.96.10"; };
  addr = n: if n > 0 && n < 255 then "${cluster.prefix}.${toString n}" else throw "address ${toString n} is outside of ${cluster.cidr}";
  vm = n: { deployment = { cpus = 1; ram = 512; nixos = false; staticIPs = [ { ips = [ (addr (30 + n)) ]; } ]; }; };
in
{
  networks.k8s.subnet = cluster.cidr;
  machines = { a = vm 1; b = vm 300; };
}
# error[LNX0204] 8:33-8:36: address 330 is outside of 10.96.10.0/24
#   here: for this value
#   3:77-3:136: thrown here
#   2:23-2:36: `10.96.10.0/24` comes from here
#   4:89-4:102: in this call

--- static-addresses-that-are-counted-beyond-their-network ---
{
  networks.k.subnet = "10.90.0.0/24";
  machines = builtins.listToAttrs (builtins.genList (i: {
    name = "w${toString i}";
    value.deployment = {
      cpus = 1; ram = 512; nixos = false;
      staticIPs = [ { ips = [ "10.90.0.${toString (250 + i)}" ]; } ];
    };
  }) 8);
}
# error[LNX0401] 7:52-7:59: 10.90.0.255 is the broadcast address of 10.90.0.0/24, not an address of a machine
#   here: the broadcast address itself
#   note: the numbers after that are too large for an address
#   help: choose an address from 10.90.0.1 to 10.90.0.254
