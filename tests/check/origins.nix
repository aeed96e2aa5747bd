--- through-a-function-and-an-update ---
let
  mkVm = ram: args: { deployment = { inherit ram; nixos = false; } // args; };
in
{ machines.big = mkVm 512 { cpus = "eight"; }; }
# error[LNX0301] 4:36-4:43: `cpus` is a string, but must be an integer (the number of CPUs) or a set
#   here: a string
#   help: write the number without quotes, for example `cpus = 2;`

--- through-mapattrs ---
let
  specs = { web = { cpus = 2; mem = 512; }; db = { cpus = 4; mem = "lots"; }; };
in
{
  machines = builtins.mapAttrs (_: s: { deployment = { inherit (s) cpus; ram = s.mem; nixos = false; }; }) specs;
}
# error[LNX0301] 2:68-2:74: `ram` is a string, but must be an integer
#   here: a string
#   5:80-5:85: passed on here
#   help: write the number of MiB without quotes, for example `ram = 2048;`

--- through-an-import ---
{ machines.m = import ./vm.nix { size = "x"; }; }
=== vm.nix ===
{ size }:
{ deployment = { cpus = size; ram = 64; nixos = false; }; }
# error[LNX0301] 1:41-1:44: `cpus` is a string, but must be an integer (the number of CPUs) or a set
#   here: a string
#   vm.nix:2:25-2:29: passed on here
#   help: write the number without quotes, for example `cpus = 2;`

--- from-a-file-of-json ---
let
  data = builtins.fromJSON (builtins.readFile ./data.json);
in
{ machines.m.deployment = { cpus = data.web.cpus; ram = 64; nixos = false; }; }
=== data.json ===
{ "web": { "cpus": "four" } }
# error[LNX0301] data.json:1:20-1:26: `cpus` is a string, but must be an integer (the number of CPUs) or a set
#   here: a string
#   4:36-4:49: passed on here
#   help: write the number without quotes, for example `"cpus": 2`

--- a-call-with-the-wrong-arguments ---
let
  mk = { cpus, ram }: { deployment = { inherit cpus ram; nixos = false; }; };
in
{
  machines.m = mk { cpu = 1; ram = 64; };
  machines.n = mk { cpus = 1; ram = 64; disk = 3; };
}
# error[LNX0201] 5:21-5:24: function 'mk' called without required argument 'cpus'
#   here: did you mean `cpus`?
#   2:8-2:77: the function that is called
#   5:16-5:41: called here
#   help: `cpu` is no argument of the function
#   fix (unsafe): 5:21-5:24 -> `cpus`
# error[LNX0201] 6:41-6:45: function 'mk' called with unexpected argument 'disk'
#   2:8-2:77: the function takes no such argument
#   6:16-6:52: called here

--- names-that-stand-for-each-other-are-quoted ---
let a = b; b = a; in
{ machines.m.deployment = { cpus = 1; ram = 64; nixos = false; description = "for ${{ team = a; }}"; }; }

# error[LNX0201] 2:85-2:98: cannot coerce a set to a string

--- an-update-that-replaces-deployment ---
let
  base = { deployment = { cpus = 1; ram = 512; nixos = false; }; };
in
{
  machines.a = base // { deployment.firmware = "uefi"; };
  machines.b = base // { deployment = { ram = 512; nixos = false; }; };
}

# error[LNX0303] 5:12-5:13: options `cpus` and `ram` are missing in machine `a`
#   here: `cpus` and `ram` must be set here
#   2:12-2:22: this `deployment` has them, and is replaced
#   5:26-5:36: this one takes its place as a whole
#   help: `//` does not merge what is inside: write `deployment = base.deployment // { … };` where `base` is the set that is extended, or put what all machines have into `defaults`
# error[LNX0303] 6:12-6:13: option `cpus` is missing in machine `b`
#   here: `cpus` must be set here
#   2:12-2:22: this `deployment` has it, and is replaced
#   6:26-6:36: this one takes its place as a whole
#   help: `//` does not merge what is inside: write `deployment = base.deployment // { … };` where `base` is the set that is extended, or put what all machines have into `defaults`

--- a-value-of-a-wrong-type-that-is-computed-with ---
let fix = f: let x = f x; in x; in
{
  machines.a.deployment = rec { cpus = "4"; ram = cpus * 1024; nixos = false; };
  machines.b.deployment = fix (self: { cpus = 2; ram = "512"; diskSize = self.ram * 2; nixos = false; });
  machines.c.deployment = rec { cpus = 1; ram = 512; nixos = false; description = 3; tags = [ ("x" + description) ]; };
}

# error[LNX0301] 3:40-3:43: `cpus` is a string, but must be an integer (the number of CPUs) or a set
#   here: a string
#   help: write `4`
#   fix (safe): 3:40-3:43 -> `4`
# error[LNX0301] 4:56-4:61: `ram` is a string, but must be an integer
#   here: a string
#   help: `ram` is in MiB: write `512`
#   fix (safe): 4:56-4:61 -> `512`
# error[LNX0301] 5:83-5:84: `description` is an integer, but must be a string
#   here: an integer
#   help: put it in quotes: `"3"`
#   fix (unsafe): 5:83-5:83 -> `"`
#   and: 5:84-5:84 -> `"`

--- a-cycle-of-names ---
let
  a = b;
  b = c + 1;
  c = a;
in
{ machines.m.deployment = { cpus = a; ram = 64; nixos = false; }; }
# error[LNX0202] 2:7-2:8: infinite recursion encountered
#   4:7-4:8: which needs this
#   3:7-3:8: which needs this
#   6:36-6:37: which needs this
#   help: to compute this value, the value itself is needed: give one of the names on the way another value

--- an-attribute-that-is-not-there ---
let
  sizes = { small = { cpus = 1; }; };
in
{ machines.m.deployment = { inherit (sizes.smal) cpus; ram = 64; nixos = false; }; }
# error[LNX0205] 4:44-4:48: attribute 'smal' missing
#   here: did you mean `small`?
#   2:11-2:37: this set lacks it
#   fix (unsafe): 4:44-4:48 -> `small`

--- one-machine-that-throws ---
{
  machines.a.deployment = throw "not ready";
  machines.b.deployment = { cpus = "x"; ram = 64; nixos = false; };
}
# error[LNX0204] 2:27-2:44: not ready
# error[LNX0301] 3:36-3:39: `cpus` is a string, but must be an integer (the number of CPUs) or a set
#   here: a string
#   help: write the number without quotes, for example `cpus = 2;`

--- many-machines-with-one-mistake ---
let
  cpus = throw "no cpus yet";
in
{
  machines = builtins.listToAttrs (map (n: {
    name = "m${toString n}";
    value.deployment = { inherit cpus; ram = 64; nixos = false; };
  }) [ 1 2 3 4 5 6 7 8 ]);
}
# error[LNX0204] 2:10-2:29: no cpus yet
#   note: this concerns machines `m1`, `m2`, `m3`, `m4` and 4 more

--- from-a-file-of-toml ---
{ machines = builtins.fromTOML (builtins.readFile ./fleet.toml); }
=== fleet.toml ===
[web.deployment]
cpus = "eight"
rams = 512
nixos = false

# error[LNX0301] fleet.toml:2:8-2:15: `cpus` is a string, but must be an integer (the number of CPUs) or a set
#   here: a string
#   help: write the number without quotes, for example `cpus = 2`
# error[LNX0302] fleet.toml:3:1-3:5: there is no option `rams`
#   here: did you mean `ram`?
#   help: `ram`: Memory of the machine.

--- from-json-in-a-string ---
{
  machines.z.deployment = builtins.fromJSON ''
    { "cpus": 1, "ram": "many", "nixos": false,
      "interfaces": [ { "network": "default", "mac": "52:54:00:00:00:0g" } ] }
  '';
}

# error[LNX0301] 3:25-3:31: `ram` is a string, but must be an integer
#   here: a string
#   help: write the number of MiB without quotes, for example `ram = 2048;`
# error[LNX0403] 4:70-4:72: "52:54:00:00:00:0g" is not a MAC address
#   here: an octet is two hexadecimal digits

--- a-misspelt-option-in-json-is-not-fixed-in-nix ---
{ machines.a.deployment = builtins.fromJSON (builtins.readFile ./a.json); }
=== a.json ===
{ "cpus": 1, "rma": 512, "nixos": false }

# error[LNX0302] a.json:1:14-1:19: there is no option `rma`
#   here: did you mean `ram`?
#   help: `ram`: Memory of the machine.

--- json-that-is-none ---
{ machines.a.deployment = builtins.fromJSON (builtins.readFile ./a.json); }
=== a.json ===
{
  "cpus": 1,
}

# error[LNX0201] a.json:3:1-3:2: this is not valid JSON: `}` does not belong here
#   1:27-1:73: in this call of `fromJSON`
#   help: remove the comma before `}`: JSON has none behind the last one

--- toml-that-is-none ---
{ machines.a.deployment = builtins.fromTOML (builtins.readFile ./a.toml); }
=== a.toml ===
cpus = 1
ram =

# error[LNX0201] a.toml:2:6-3:1: while parsing TOML: [error] bad format: unknown value appeared
#   1:27-1:73: in this call of `fromTOML`
#   help: in line 2: expected a value; a string stands in quotes

--- a-machine-missing-an-option-in-json ---
let
  inventory = builtins.fromJSON (builtins.readFile ./fleet.json);
in
{ machines = builtins.mapAttrs (name: v: { deployment = v // { nixos = false; }; }) inventory; }
=== fleet.json ===
{ "web": { "cpus": 1, "ram": 512 }, "db": { "cpus": 2 } }
# error[LNX0303] fleet.json:1:37-1:41: option `ram` is missing in machine `db`
#   here: `ram` must be set here
#   4:44-4:54: this set lacks it
#   note: `ram`: Memory of the machine.
#   help: add, for example, `"ram": 2048` (`ram` is in MiB)

--- an-octet-that-is-passed-as-a-number ---
let
  vm = n: { deployment = { cpus = 1; ram = 512; nixos = false; staticIPs = [ { ips = [ "192.168.122.${toString n}" ]; } ]; }; };
in
{ machines = { a = vm 20; b = vm 300; }; }

# error[LNX0403] 4:34-4:37: "192.168.122.300" is not an IP address
#   here: an octet is at most 255
#   2:88-2:115: in this string

--- many-wrong-values-of-one-function ---
let
  vm = n: {
    name = "vm${toString n}";
    value.deployment = {
      cpus = 1; ram = 512; nixos = false;
      interfaces = [ { network = "default"; mac = "52:54:00:00:00:${toString (1000 + n)}"; } ];
    };
  };
in
{ machines = builtins.listToAttrs (builtins.genList vm 12); }

# error[LNX0403] 6:79-6:87: "52:54:00:00:00:1000" is not a MAC address
#   here: an octet is two hexadecimal digits
#   note: 11 more values like this one are made here

--- a-number-as-text-keeps-its-place ---
let
  size = 0;
  text = toString size;
in
{ machines.a.deployment = { cpus = 1; ram = 512; nixos = false; interfaces = [ { network = "default"; mac = text; } ]; }; }
# error[LNX0403] 2:10-2:11: "0" is not a MAC address
#   here: an octet is two hexadecimal digits
#   3:19-3:23: passed on here
#   5:109-5:113: passed on here

--- a-private-key-is-never-shown ---
{
  machines.a.deployment = {
    cpus = 1; ram = 512; nixos = false; sshPrivKeyPath = builtins.readFile ./id; extraConfig = builtins.readFile ./id;
  };
}
=== id ===
 -----BEGIN OPENSSH PRIVATE KEY-----
 b3BlbnNzaC1rZXktdjEA
 -----END OPENSSH PRIVATE KEY-----
# error[LNX0403] 3:58-3:80: `sshPrivKeyPath` is the content of a file, and must be its path
#   here: this reads the file
#   help: write `./id`
#   fix (unsafe): 3:58-3:80 -> `./id`
# error[LNX0601] 3:96-3:118: in the XML of `extraConfig`: text stands outside of any element
#   here: belongs to no element
#   help: put it into an element (`<name>text</name>`), or remove it

--- operands-are-placed-where-they-were-written ---
let
  sizes = { small = 1; big = "8"; };
  flag = "yes";
  tags = "web";
  extra = [ "x" ];
  settings = { cpus = 2; };
in {
  machines.a.deployment = { cpus = 1; ram = sizes.big * 512; nixos = false; };
  machines.b.deployment = { cpus = 1; ram = 512; nixos = if flag then false else true; };
  machines.c.deployment = { cpus = 1; ram = 512; nixos = false; tags = [ "a" ] ++ tags; };
  machines.d.deployment = settings // extra // { ram = 512; nixos = false; };
  machines.e.deployment = { cpus = settings.cpus.count; ram = 512; nixos = false; };
  machines.f.deployment = { cpus = 1; ram = 512; nixos = false; description = "the ${settings} machine"; };
  machines.g.deployment = { cpus = 1 + flag; ram = 9223372036854775807 * 2; nixos = false; };
}

# error[LNX0201] 2:30-2:33: expected an integer but found a string: "8"
#   8:45-8:54: used here
#   help: write the number without quotes: `8`
#   fix (unsafe): 2:30-2:33 -> `8`
# error[LNX0201] 3:10-3:15: cannot add a string to an integer
#   14:40-14:44: used here
# error[LNX0201] 3:10-3:15: expected a Boolean but found a string: "yes"
#   9:61-9:65: used here
# error[LNX0201] 4:10-4:15: expected a list but found a string: "web"
#   10:83-10:87: used here
# error[LNX0201] 5:11-5:18: expected a set but found a list: [ "x" ]
#   11:39-11:44: used here
# error[LNX0201] 12:36-12:55: expected a set but found an integer: 2
# error[LNX0201] 13:86-13:94: cannot coerce a set to a string: { cpus = 2; }
#   6:14-6:27: this is the value
# error[LNX0201] 14:52-14:75: integer overflow in multiplying 9223372036854775807 * 2

--- machines-are-placed-at-the-values-that-name-them ---
{
  machines = builtins.listToAttrs (
    map (name: { inherit name; value.deployment = { cpus = 1; ram = 512; nixos = false; }; }) [ "ok" "not ok" ]
    ++ [ { name = "third"; value = { deployment = { cpus = 1; nixos = false; }; }; } ]
  );
}
# error[LNX0404] 3:102-3:110: "not ok" is not a machine's name
#   here: only letters, digits and `-` can stand in a host name
#   help: write `not-ok`
# error[LNX0303] 4:19-4:26: option `ram` is missing in machine `third`
#   here: `ram` must be set here
#   note: `ram`: Memory of the machine.
#   help: add, for example, `ram = 2048;` (`ram` is in MiB)
#   fix (unsafe): 4:52-4:52 -> ` ram = 2048;`

--- one-expression-that-makes-several-wrong-numbers ---
{ machines = builtins.listToAttrs (builtins.genList (n: { name = "m${toString n}"; value.deployment = { cpus = 1; ram = 0 - n; nixos = false; }; }) 4); }
# error[LNX0401] 1:121-1:126: `ram` cannot be 0
#   here: must be at least 1 MiB
#   note: QEMU's machines address at most 16 TiB; sizes are in MiB, not in bytes
#   note: 3 more values like this one are made here
#   help: write a number from 1 to 16777216

--- a-part-of-a-joined-string ---
let
  octets = [ "10" "300" "0" ];
in
{
  networks.lan.subnet = builtins.concatStringsSep "." octets + ".0/24";
  machines.a.deployment = { cpus = 1; ram = 512; nixos = false; };
}
# error[LNX0403] 2:20-2:23: "10.300.0.0/24" is not an IPv4 network such as `10.20.0.0/24`
#   here: an octet is at most 255
#   5:25-5:71: in this string

--- what-a-built-in-function-passes-on-lacks-an-argument ---
let
  plain = { cpus, ram }: { deployment = { inherit cpus ram; nixos = false; }; };
  spec = { cpus = 1; };
in {
  machines = builtins.mapAttrs (name: plain) {
    a = { cpus = 1; ram = 512; };
    b = { cpus = 1; };
    c = { cpus = 1; ram = 512; colour = "red"; };
  } // {
    d = plain spec;
    e = plain (spec // { ram = 512; shape = "round"; });
    f = plain { ram = 512; };
  };
}

# error[LNX0201] 7:9-7:22: function 'plain' called without required argument 'ram'
#   2:11-2:80: the function that is called
# error[LNX0201] 8:32-8:38: function 'plain' called with unexpected argument 'colour'
#   2:11-2:80: the function takes no such argument
# error[LNX0201] 10:9-10:19: function 'plain' called without required argument 'ram'
#   2:11-2:80: the function that is called
#   3:10-3:23: this set lacks it
# error[LNX0201] 11:37-11:42: function 'plain' called with unexpected argument 'shape'
#   2:11-2:80: the function takes no such argument
#   11:9-11:56: called here
# error[LNX0201] 12:9-12:29: function 'plain' called without required argument 'cpus'
#   2:11-2:80: the function that is called

--- an-item-of-a-list-lacks-an-argument ---
let
  mk = { name, cpus, ram }: { inherit name; value.deployment = { inherit cpus ram; nixos = false; }; };
in {
  machines = builtins.listToAttrs (map mk [
    { name = "a"; cpus = 1; ram = 512; }
    { name = "b"; ram = 512; }
  ]);
}

# error[LNX0201] 6:5-6:31: function 'mk' called without required argument 'cpus'
#   2:8-2:103: the function that is called

--- a-number-is-no-part-of-a-string ---
let
  node = i: { deployment = { cpus = 1; ram = 512; nixos = false; description = "node ${i}"; }; };
in {
  machines.a = node 1;
  machines.b = node true;
  machines.c = node [ "x" ];
}
# error[LNX0201] 2:88-2:89: cannot coerce a Boolean to a string: true
#   5:21-5:25: this is the value
#   help: `builtins.toJSON` makes "true" or "false" of it; `toString` makes "1" or ""
# error[LNX0201] 2:88-2:89: cannot coerce a list to a string: [ "x" ]
#   6:21-6:28: this is the value
#   help: `builtins.concatStringsSep " "` joins the strings of a list
# error[LNX0201] 2:88-2:89: cannot coerce an integer to a string: 1
#   4:21-4:22: this is the value
#   help: `toString` makes a string of a number
#   fix (unsafe): 2:88-2:89 -> `toString i`

--- a-set-that-lacks-what-others-have ---
let
  specs = { web = { cpus = 2; memory = 512; }; db = { cpus = 2; memry = 512; }; mail = { cpus = 1; }; };
in
{
  machines = builtins.mapAttrs (_: s: { deployment = { inherit (s) cpus; ram = s.memory; nixos = false; }; }) specs;
}

# error[LNX0205] 2:65-2:70: attribute 'memory' missing
#   here: did you mean `memory`?
#   5:80-5:88: used here
#   fix (unsafe): 2:65-2:70 -> `memory`
# error[LNX0205] 2:88-2:101: attribute 'memory' missing
#   here: this set lacks it
#   5:80-5:88: used here
#   help: the only attribute is `cpus`

--- a-number-in-a-string ---
let
  node = i: { deployment = { name = "node${i}"; description = "node ${i + 1}"; cpus = 1; ram = 512; nixos = false; }; };
in
{ machines.a = node 1; }
# error[LNX0201] 2:44-2:45: cannot coerce an integer to a string: 1
#   4:21-4:22: this is the value
#   help: `toString` makes a string of a number
#   fix (unsafe): 2:44-2:45 -> `toString i`
# error[LNX0201] 2:71-2:76: cannot coerce an integer to a string: 2
#   4:21-4:22: this is the value
#   help: `toString` makes a string of a number
#   fix (unsafe): 2:71-2:76 -> `toString (i + 1)`

--- an-argument-of-a-built-in-function ---
let
  names = "web,db";
  count = [ 1 2 ];
in
{
  machines.a.deployment = { cpus = builtins.length names; ram = 512; nixos = false; };
  machines.b.deployment = { cpus = 1; ram = builtins.elemAt [ 1 2 ] count; nixos = false; };
  machines.c.deployment = { cpus = 1; ram = 512; nixos = false; description = builtins.concatStringsSep "," [ "a" count ]; };
}

# error[LNX0201] 2:11-2:19: expected a list but found a string: "web,db"
#   6:36-6:57: in this call of `length`
# error[LNX0201] 3:11-3:18: expected an integer but found a list: [ 1 2 ]
#   7:45-7:74: in this call of `elemAt`
# error[LNX0201] 8:79-8:122: cannot coerce a list to a string: [ 1 2 ]
#   3:11-3:18: this is the value
#   help: `builtins.concatStringsSep " "` joins the strings of a list

--- a-name-that-is-computed ---
let
  ram = { web = 1024; database = 4096; };
  mk = role: { deployment = { cpus = 2; ram = ram.${role}; nixos = false; }; };
in
{ machines = { a = mk "web"; b = mk "db"; }; }
# error[LNX0205] 5:37-5:41: attribute 'db' missing
#   here: there is no attribute of this name
#   3:47-3:58: selected here
#   2:9-2:41: this set lacks it
#   help: the attributes are `database` and `web`

--- a-name-that-is-misspelt-where-it-is-passed ---
let
  tiers = { small = { cpus = 1; ram = 512; }; medium = { cpus = 2; ram = 2048; }; };
  vm = tier: { deployment = tiers.${tier} // { nixos = false; }; };
in
{ machines = { a = vm "small"; b = vm "medum"; }; }
# error[LNX0205] 5:39-5:46: attribute 'medum' missing
#   here: did you mean `medium`?
#   3:29-3:42: selected here
#   2:11-2:84: this set lacks it
#   fix (unsafe): 5:39-5:46 -> `"medium"`

--- addresses-of-one-expression-that-are-all-handed-out ---
{
  networks.lab = { subnet = "10.40.0.0/24"; dhcp = { start = "10.40.0.10"; end = "10.40.0.99"; }; };
  machines = builtins.listToAttrs (map (number: {
    name = "node${toString number}";
    value.deployment = {
      cpus = 1;
      ram = 512;
      nixos = false;
      interfaces = [ { network = "lab"; ip = "10.40.0.${toString (number + 10)}"; } ];
    };
  }) [ 1 2 3 4 ]);
}
# error[LNX0502] 9:46-9:81: 10.40.0.11 is one of the addresses that network `lab` hands out
#   here: another machine may be given this address
#   2:62-2:74: what is handed out begins here
#   2:82-2:94: what is handed out ends here
#   note: 3 more values like this one are made here
#   help: choose an address that is not handed out, or make the range smaller

--- misspelt-option-of-which-a-fold-makes-the-name ---
{
  machines.a.deployment =
    builtins.foldl' (a: k: a // { ${k} = 1; }) { nixos = false; } [ "cpus" "ram" "disksize" ];
}

# error[LNX0302] 3:82-3:92: there is no option `disksize`
#   here: did you mean `diskSize`?
#   help: `diskSize`: Size of the boot disk; the same as `initialDisks.boot.size`.
#   fix (unsafe): 3:82-3:92 -> `"diskSize"`

--- misspelt-option-whose-name-a-function-is-given ---
let
  set = k: v: s: s // { "${k}" = v; };
in
{
  machines.a.deployment = set "Cpus" 1 { ram = 512; nixos = false; };
}

# error[LNX0302] 5:31-5:37: there is no option `Cpus`
#   here: did you mean `cpus`?
#   help: `cpus`: Number of virtual CPUs, or a set that says more about them.
#   fix (unsafe): 5:31-5:37 -> `"cpus"`

--- misspelt-options-behind-attrnames ---
let
  without = name: set: builtins.listToAttrs (
    map (n: { name = n; value = set.${n}; }) (builtins.filter (n: n != name) (builtins.attrNames set))
  );
in
{
  machines.a.deployment = without "x" { cpus = 1; Ram = 512; nixos = false; };
  machines.b.deployment = without "x" { CPUs = 1; ram = 512; nixos = false; x = 1; };
}

# error[LNX0302] 7:51-7:54: there is no option `Ram`
#   here: did you mean `ram`?
#   help: `ram`: Memory of the machine.
#   fix (safe): 7:51-7:54 -> `ram`
# error[LNX0302] 8:41-8:45: there is no option `CPUs`
#   here: did you mean `cpus`?
#   help: `cpus`: Number of virtual CPUs, or a set that says more about them.
#   fix (safe): 8:41-8:45 -> `cpus`

--- misspelt-option-behind-zipattrswith ---
{
  machines.a.deployment = builtins.zipAttrsWith (_: builtins.head) [
    { cpus = 1; }
    { Ram = 512; nixos = false; }
  ];
}

# error[LNX0302] 4:7-4:10: there is no option `Ram`
#   here: did you mean `ram`?
#   help: `ram`: Memory of the machine.
#   fix (safe): 4:7-4:10 -> `ram`

--- name-of-a-machine-that-its-options-have-as-well ---
{
  machines = builtins.mapAttrs (n: options: {
    deployment = { cpus = 1; ram = 512; nixos = false; sshUser = n; tags = [ n ]; } // options;
  }) { "dave smith" = { }; };
}

# error[LNX0404] 4:8-4:20: "dave smith" is not a machine's name
#   here: only letters, digits and `-` can stand in a host name
#   help: write `dave-smith`

--- names-that-are-made-of-names-of-attributes ---
let
  hosts = { a_b = { }; c = { }; "d e" = { }; };
in
{
  machines = builtins.listToAttrs (map (n: {
    name = "x-${n}";
    value.deployment = { cpus = 1; ram = 512; nixos = false; };
  }) (builtins.attrNames hosts));
}

# error[LNX0404] 2:13-2:16: "x-a_b" is not a machine's name
#   here: only letters, digits and `-` can stand in a host name
#   help: write `x-a-b`
# error[LNX0404] 2:33-2:38: "x-d e" is not a machine's name
#   here: only letters, digits and `-` can stand in a host name
#   help: write `x-d-e`

--- names-of-two-parts ---
let
  vm = name: number: {
    name = "${name}-${toString number}";
    value.deployment = { cpus = 1; ram = 512; nixos = false; };
  };
in
{
  machines = builtins.listToAttrs [ (vm "b." 1) (vm "c." 2) ];
}

# error[LNX0404] 8:41-8:45: "b.-1" is not a machine's name
#   here: only letters, digits and `-` can stand in a host name
#   help: write `b--1`
# error[LNX0404] 8:53-8:57: "c.-2" is not a machine's name
#   here: only letters, digits and `-` can stand in a host name
#   help: write `c--2`

--- names-of-computed-attributes ---
{
  machines = builtins.foldl' (acc: h: acc // {
    ${h.name}.deployment = { cpus = 1; ram = 512; nixos = false; };
  }) { } [ { name = "b."; } { name = "c."; } ];
}

# error[LNX0404] 4:21-4:25: "b." is not a machine's name
#   here: only letters, digits and `-` can stand in a host name
#   help: write `b`
# error[LNX0404] 4:38-4:42: "c." is not a machine's name
#   here: only letters, digits and `-` can stand in a host name
#   help: write `c`

--- names-that-share-a-prefix-stay-where-they-are ---
let
  prefix = "web";
in
{
  machines = {
    "${prefix}_a".deployment = { cpus = 1; ram = 512; nixos = false; };
    "${prefix}_b".deployment = { cpus = 1; ram = 512; nixos = false; };
  };
}

# error[LNX0404] 6:5-6:18: "web_a" is not a machine's name
#   here: only letters, digits and `-` can stand in a host name
#   help: write `web-a`
# error[LNX0404] 7:5-7:18: "web_b" is not a machine's name
#   here: only letters, digits and `-` can stand in a host name
#   help: write `web-b`

--- parts-of-lines ---
let
  table = ''
    web,2,1024
    db,x,2048
    mq,1,4G
  '';
  lines = builtins.filter (l: builtins.isString l && l != "") (builtins.split "\n" table);
  cell = line: i: builtins.elemAt (builtins.filter builtins.isString (builtins.split "," line)) i;
  number = s: if builtins.match "[0-9]+" s != null then builtins.fromJSON s else s;
in
{
  machines = builtins.listToAttrs (map (line: {
    name = cell line 0;
    value.deployment = { cpus = number (cell line 1); ram = number (cell line 2); nixos = false; };
  }) lines);
}

# error[LNX0301] 4:8-4:9: `cpus` is a string, but must be an integer (the number of CPUs) or a set
#   here: a string
#   9:82-9:83: passed on here
#   help: write the number without quotes, for example `cpus = 2;`
# error[LNX0301] 5:10-5:12: `ram` is a string, but must be an integer
#   here: a string
#   9:82-9:83: passed on here
#   help: `ram` is in MiB: write `4096`

--- group-of-a-match ---
let
  size = text: builtins.head (builtins.match "([0-9]+[A-Z]?) MiB" text);
in
{
  machines.a.deployment = { cpus = 1; ram = size "4G MiB"; nixos = false; };
}

# error[LNX0301] 5:51-5:53: `ram` is a string, but must be an integer
#   here: a string
#   help: `ram` is in MiB: write `4096`

--- path-of-which-a-machine-gives-a-part ---
let
  keys = ./keys;
  vm = user: { deployment = { cpus = 1; ram = 512; sshPubKeyPath = keys + "/${user}.pub"; }; machine = { }; };
  box = user: { deployment = { cpus = 1; ram = 512; sshPubKeyPath = ./keys/${user}.pub; }; machine = { }; };
in
{
  machines = { b = vm "bob"; c = vm "carol"; d = box "dave"; };
}
=== keys/carol.pub ===
PuTTY-User-Key-File-3: ssh-ed25519

# error[LNX0901] 7:23-7:28: the file of `sshPubKeyPath` does not exist: keys/bob.pub
#   here: no such file
#   help: create the file, or name one that exists
# error[LNX0903] 7:37-7:44: `sshPubKeyPath` names a private key of PuTTY
#   here: this key would be copied into the guest for everyone to read
#   help: PuTTYgen shows the public key "for pasting into OpenSSH authorized_keys": save that line in a file of its own
# error[LNX0901] 7:54-7:60: the file of `sshPubKeyPath` does not exist: keys/dave.pub
#   here: no such file
#   help: create the file, or name one that exists

--- string-that-is-made-of-a-number ---
let
  port = 8080;
in
{
  machines.a.deployment = {
    cpus = toString port;
    ram = 512;
    nixos = toString true;
    tags = port + 1;
    description = port + 60000;
  };
}

# error[LNX0301] 6:12-6:25: `cpus` is a string, but must be an integer (the number of CPUs) or a set
#   here: a string
#   2:10-2:14: of this
#   help: leave out `toString`, which makes a string of the value
# error[LNX0301] 8:13-8:26: `nixos` is a string, but must be `true` or `false`
#   here: a string
#   help: write `true`
#   fix (unsafe): 8:13-8:26 -> `true`
# error[LNX0301] 9:12-9:20: `tags` is an integer, but must be a list, each element a tag
#   here: an integer
#   2:10-2:14: of this
#   help: put it in a list, for example `tags = [ "web" "production" ];`
# error[LNX0301] 10:19-10:31: `description` is an integer, but must be a string
#   here: an integer
#   2:10-2:14: of this
#   help: `toString` makes a string of a number

--- divisor-that-is-zero ---
let
  vm = { cpus, ram }: { deployment = { inherit cpus; ram = ram / cpus; nixos = false; }; };
  small = n: { deployment = { cpus = 1; ram = 512 / n; nixos = false; }; };
in
{
  machines = { a = vm { cpus = 0; ram = 512; }; b = small 0; };
}

# error[LNX0401] 6:32-6:33: `cpus` cannot be 0
#   here: must be at least 1
#   2:48-2:52: passed on here
#   note: a machine has a CPU, and guests with more than 512 need a topology that Launchnix does not write
#   help: write a number from 1 to 512
# error[LNX0201] 6:59-6:60: division by zero
#   3:47-3:54: used here

--- index-outside-of-a-list ---
let
  sizes = [ { cpus = 1; ram = 512; } { cpus = 2; ram = 1024; } ];
  vm = n: { deployment = builtins.elemAt sizes n // { nixos = false; }; };
in
{
  machines = { a = vm 0; b = vm 2; c = vm 5; };
}

# error[LNX0201] 6:33-6:34: 'builtins.elemAt' called with index 2 on a list of size 2
#   2:11-2:65: this list has 2 elements
#   3:26-3:49: in this call of `elemAt`
# error[LNX0201] 6:43-6:44: 'builtins.elemAt' called with index 5 on a list of size 2
#   2:11-2:65: this list has 2 elements
#   3:26-3:49: in this call of `elemAt`

--- arguments-of-built-in-functions ---
let
  c = { size = 3; };
  n = 4;
in
{
  machines = {
    a.deployment = { cpus = builtins.add 1 "2"; ram = builtins.mul "3" 2; nixos = builtins.lessThan 1 "x"; };
    b.deployment = {
      cpus = builtins.stringLength 5;
      ram = builtins.foldl' builtins.add 0 [ 1 "2" ];
      nixos = false;
    };
    c = (import ./v.nix) 7;
    d.deployment = { cpus = -"1"; ram = { }.${c.size}; nixos = false; };
    e.deployment = { ${n} = 1; cpus = 1; ram = 512; nixos = false; };
  };
}
=== v.nix ===
{ cpus }: { deployment = { inherit cpus; ram = 512; nixos = false; }; }

# error[LNX0201] 2:16-2:17: expected a string but found an integer: 3
#   14:47-14:53: used here
# error[LNX0201] 7:44-7:47: expected an integer but found a string: "2"
#   help: write the number without quotes: `2`
#   fix (unsafe): 7:44-7:47 -> `2`
# error[LNX0201] 7:68-7:71: expected an integer but found a string: "3"
#   help: write the number without quotes: `3`
#   fix (unsafe): 7:68-7:71 -> `3`
# error[LNX0201] 7:103-7:106: cannot compare an integer with a string; values are 1 and "x"
# error[LNX0201] 9:36-9:37: cannot coerce an integer to a string: 5
#   help: `toString` makes a string of a number
# error[LNX0201] 10:48-10:51: expected an integer but found a string: "2"
#   help: write the number without quotes: `2`
#   fix (unsafe): 10:48-10:51 -> `2`
# error[LNX0201] 13:26-13:27: expected a set but found an integer: 7
#   v.nix:1:1-1:72: this function takes a set
# error[LNX0201] 14:30-14:33: expected an integer but found a string: "1"
#   help: write the number without quotes: `1`
#   fix (unsafe): 14:30-14:33 -> `1`
# error[LNX0201] 15:24-15:25: expected a string but found an integer: 4
#   3:7-3:8: this is the value

--- functions-that-are-not-called ---
let
  base = { cpus }: { deployment = { inherit cpus; ram = 512; nixos = false; }; };
  merge = a: b: a // b;
in
{
  machines.a = base // { };
  machines.b = base (base // { cpus = 1; });
  machines.c = merge (base { cpus = 1; }) (b: b);
}

# error[LNX0201] 6:16-6:20: expected a set but found a function
#   here: a function that is not called
#   2:10-2:81: this is the function
#   help: call the function with all of its arguments
# error[LNX0201] 7:22-7:26: expected a set but found a function
#   here: a function that is not called
#   2:10-2:81: this is the function
#   7:16-7:44: called here
#   help: call the function with all of its arguments
# error[LNX0201] 8:44-8:48: expected a set but found a function
#   here: this is a function
#   3:22-3:23: used here
#   help: pass what the function makes, not the function

--- number-is-added-to-a-string ---
{
  machines.a.deployment = {
    cpus = 1;
    ram = builtins.elemAt (map (size: size + 1) [ 79 "442" ]) 1;
    nixos = false;
  };
}
# error[LNX0201] 4:54-4:59: expected an integer but found a string: "442"
#   4:39-4:43: used here
#   help: write the number without quotes: `442`
#   fix (unsafe): 4:54-4:59 -> `442`

--- column-that-is-not-read ---
let
  lines = builtins.filter (l: builtins.isString l && l != "") (builtins.split "\n" (builtins.readFile ./vms.csv));
  cell = line: i: builtins.elemAt (builtins.filter builtins.isString (builtins.split "," line)) i;
in
{
  machines = builtins.listToAttrs (map (line: {
    name = cell line 0;
    value.deployment = { cpus = 1; ram = cell line 1; nixos = cell line 2; };
  }) lines);
}
=== vms.csv ===
web,1024,false
d_b,2048,false
mq,4G,false
# error[LNX0301] 8:42-8:53: `ram` is a string, but must be an integer
#   here: a string
#   vms.csv:2:5-2:9: of this
#   note: this concerns machines `d_b` and `web`
#   help: `builtins.fromJSON` reads what the text says
# error[LNX0301] 8:63-8:74: `nixos` is a string, but must be `true` or `false`
#   here: a string
#   vms.csv:2:10-2:15: of this
#   note: this concerns machines `d_b`, `mq` and `web`
#   help: `builtins.fromJSON` reads what the text says
# error[LNX0404] vms.csv:2:1-2:4: "d_b" is not a machine's name
#   here: only letters, digits and `-` can stand in a host name
#   help: write `d-b`
# error[LNX0301] vms.csv:3:4-3:6: `ram` is a string, but must be an integer
#   here: a string
#   8:36-8:39: which is the value of this option
#   help: `ram` is in MiB: write `4096`

--- a table before the function that makes machines of it ---
let
  table = [
    { name = "files"; host = 11; disk = "A1"; }
    { name = "print"; host = 12; disk = "A2"; }
    { name = "mail"; host = 11; disk = "A3"; }
    { name = "vpn"; host = 120; disk = "A2"; }
  ];
  address = host: "10.40.8.${toString host}";
  machineFor = row: {
    name = row.name;
    value.deployment = {
      cpus = 1;
      ram = 512;
      nixos = false;
      staticIPs = [ { ips = [ (address row.host) ]; gateway = "10.40.8.1"; } ];
      initialDisks.data = { physicalDisk = "/dev/disk/by-id/ata-${row.disk}"; };
      interfaces = [ { network = "office"; } ];
    };
  };
in
{
  networks.office = { subnet = "10.40.8.0/24"; dhcp = { start = "10.40.8.100"; end = "10.40.8.200"; }; };
  machines = builtins.listToAttrs (map machineFor table);
}

# error[LNX0502] 5:29-5:31: machines `files` and `mail` both have the address 10.40.8.11
#   here: used again here, by `mail`
#   3:30-3:32: first used here, by `files`
#   help: give one of them another address
# error[LNX0502] 6:28-6:31: 10.40.8.120 is one of the addresses that network `office` hands out
#   here: another machine may be given this address
#   22:65-22:78: what is handed out begins here
#   22:86-22:99: what is handed out ends here
#   help: choose an address that is not handed out, or make the range smaller
# error[LNX0502] 6:40-6:44: machines `print` and `vpn` both have the physical disk /dev/disk/by-id/ata-A2
#   here: used again here, by `vpn`
#   4:41-4:45: first used here, by `print`
#   help: two machines that write to one disk destroy it: give it to one of them, or make it `readOnly` in both

--- numbers by name, apart from the machines ---
let
  hosts = { a = 11; b = 12; c = 11; };
  vm = name: {
    deployment = {
      cpus = 1;
      ram = 512;
      nixos = false;
      interfaces = [ { network = "lan"; ip = "10.9.9.${toString hosts.${name}}"; } ];
    };
  };
in
{
  networks.lan.subnet = "10.9.9.0/24";
  machines = builtins.listToAttrs (map (n: { name = n; value = vm n; }) [ "a" "b" "c" ]);
}
# error[LNX0502] 2:33-2:35: machines `a` and `c` both have the address 10.9.9.11
#   here: used again here, by `c`
#   2:17-2:19: first used here, by `a`
#   help: give one of them another address

--- what some rows of a table lack or miss, before the function that reads it ---
let
  table = [
    { name = "a"; cpus = 1; ip = "10.0.0.5"; }
    { name = "b"; ip = "10.0.1.5"; }
    { name = "c"; cpus = 3; ip = "10.0.0.6"; }
  ];
  gateway = "10.0.0.1";
  toMachine = row: {
    inherit (row) name;
    value.deployment = {
      ram = 512;
      nixos = false;
      staticIPs = [ { ips = [ row.ip ]; inherit gateway; } ];
    } // (if row ? cpus then { inherit (row) cpus; } else { });
  };
in
{ machines = builtins.listToAttrs (map toMachine table); }
# error[LNX0303] 4:14-4:17: option `cpus` is missing in machine `b`
#   here: `cpus` must be set here
#   10:11-10:21: this set lacks it
#   note: `cpus`: Number of virtual CPUs, or a set that says more about them.
#   help: add, for example, `cpus = 2;`
#   fix (unsafe): 10:25-10:25 -> `
#               cpus = 2;`
# error[LNX0401] 4:24-4:34: the gateway 10.0.0.1 cannot be reached from this address
#   here: in 10.0.1.0/24
#   7:13-7:23: the gateway
#   help: choose an address in the network of the gateway, or correct `prefix`

--- a row of a table that is too short ---
let
  rows = [
    [ "web" 2 2048 "web server" ]
    [ "log" 1 ]
    [ "db" 4 8192 "database" ]
  ];
  column = builtins.elemAt;
  toMachine = row: {
    name = column row 0;
    value.deployment = {
      cpus = column row 1;
      ram = column row 2;
      nixos = false;
      description = builtins.elemAt row 3;
    };
  };
in { machines = builtins.listToAttrs (map toMachine rows); }

# error[LNX0201] 4:5-4:16: 'builtins.elemAt' called with index 3 on a list of size 2
#   here: this list has 2 elements
#   14:41-14:42: this one is asked for
#   5:5-5:31: this one has 4

--- an index that no row has ---
let
  rows = [ [ "web" 2 2048 ] [ "db" 4 8192 ] ];
  toMachine = row: {
    name = builtins.elemAt row 0;
    value.deployment = { cpus = builtins.elemAt row 1; ram = builtins.elemAt row 3; nixos = false; };
  };
in { machines = builtins.listToAttrs (map toMachine rows); }
# error[LNX0201] 5:82-5:83: 'builtins.elemAt' called with index 3 on a list of size 3
#   2:29-2:44: this list has 3 elements
#   note: this concerns machines `db` and `web`

--- files whose names are given ---
let
  machine = role: index: import (./roles + "/${role}.nix") { inherit index; };
  config = name: builtins.fromJSON (builtins.readFile ./${name}.json);
in
{
  machines = {
    web = machine "wbe" 1;
    db = machine "db" 2;
    mail = { deployment = config "mail"; };
    proxy = { deployment = config "proxy"; };
  };
}
=== roles/db.nix ===
{ index }: { deployment = { cpus = index; ram = 512; nixos = false; }; }
=== mail.json ===
{ "cpus": 1, "ram": 512, "nixos": false }

# error[LNX0901] 7:19-7:24: path 'roles/wbe.nix' does not exist
#   here: no such file
#   2:34-2:58: a part of this path
#   2:26-2:78: in this call of `import`
#   help: create the file, or name one that exists
# error[LNX0901] 10:35-10:42: path 'proxy.json' does not exist
#   here: no such file
#   3:55-3:69: a part of this path
#   3:37-3:69: in this call of `readFile`
#   3:18-3:70: in this call of `fromJSON`
#   help: create the file, or name one that exists

--- one number that makes two addresses of a machine ---
let
  host = net: n: "10.77.${toString net}.${toString n}";
  machine = n: {
    deployment = {
      cpus = 1;
      ram = 512;
      nixos = false;
      interfaces = [ { network = "front"; ip = host 10 n; } { network = "back"; ip = host 20 n; } ];
    };
  };
in
{
  networks.front.subnet = "10.77.10.0/24";
  networks.back.subnet = "10.77.20.0/24";
  machines = {
    web = machine 11;
    db = machine 12;
    mail = machine 11;
  };
}
# error[LNX0502] 18:20-18:22: machines `web` and `mail` both have the address 10.77.10.11
#   here: used again here, by `mail`
#   16:19-16:21: first used here, by `web`
#   note: another conflict like this one is made here
#   help: give one of them another address

--- json-with-slips-of-other-notations ---
{
  machines.a.deployment = builtins.fromJSON ''{ "cpus": 1 "ram": 512 }'';
  machines.b.deployment = builtins.fromJSON "{ 'cpus': 1 }";
  machines.c.deployment = builtins.fromJSON ''{ "cpus": 1, "tags": [ "a", ] }'';
  machines.d.deployment = builtins.fromJSON ''{ "cpus": 1 // one
  }'';
  machines.e.deployment = builtins.fromJSON ''{ "cpus": 1'';
  machines.f.deployment = builtins.fromJSON ''{ "cpus" = 1; }'';
}
# error[LNX0201] 2:63-2:64: this is not valid JSON: a string does not belong here
#   help: separate it with a comma from what stands before it
# error[LNX0201] 3:48-3:49: this is not valid JSON
#   help: strings stand in double quotes
# error[LNX0201] 4:75-4:76: this is not valid JSON: `]` does not belong here
#   help: remove the comma before `]`: JSON has none behind the last one
# error[LNX0201] 5:59-5:60: this is not valid JSON
#   help: JSON has no comments: remove it
# error[LNX0201] 7:57-7:58: this is not valid JSON: it ends too early
#   help: close what is open with `}` or `]`
# error[LNX0201] 8:56-8:57: this is not valid JSON
#   help: JSON has `:` between name and value, and `,` between such pairs

--- words-in-guillemets-are-the-user-s ---
{ machines.a.deployment = { cpus = throw "no size: «big»"; ram = 512; nixos = false; }; }
# error[LNX0204] 1:36-1:58: no size: «big»

--- a-call-with-several-arguments-is-to-be-seen-around-the-wrong-one ---
let mkVm = name: { cpus ? 1 }: { deployment = { inherit cpus; description = name; ram = 512; nixos = false; }; };
in { machines.odd = mkVm "odd" { cpu = 2; }; }
# error[LNX0201] 2:34-2:37: function 'mkVm' called with unexpected argument 'cpu'
#   here: did you mean `cpus`?
#   1:18-1:113: the function takes no such argument
#   help: `cpu` is no argument of the function
#   fix (unsafe): 2:34-2:37 -> `cpus`
