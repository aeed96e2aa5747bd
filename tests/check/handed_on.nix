--- a-machine-that-was-copied-and-not-renamed ---
{
  networks.lan.subnet = "10.20.0.0/24";
  machines = {
    web = {
      deployment = { cpus = 2; ram = 2048; nixos = false; interfaces = [ { network = "lan"; ip = "10.20.0.11"; } ]; };
    };
    web = {
      deployment = { cpus = 4; ram = 4096; nixos = false; interfaces = [ { network = "lan"; ip = "10.20.0.12"; } ]; };
    };
  };
}

# error[LNX0102] 7:5-7:8: attribute 'web' already defined
#   here: defined again here
#   4:5-4:8: first defined here
#   help: remove one of the two, or give it another name

--- rows-that-were-copied-and-not-renamed ---
let
  hosts = {
    web = { cpus = 2; ram = 2048; };
    db = { cpus = 4; ram = 4096; nics = { lan = "10.20.0.12"; }; };
    db = { cpus = 1; ram = 1024; nics = { lan = "10.20.0.13"; }; };
    mail = { cpus = 1; };
    mail = { cpus = 2; };
  };
  extra = { web.ram = 1; web.cpus = 2; web = { cpus = 3; tags = [ ]; }; };
in
{ machines = builtins.mapAttrs (_: host: { deployment = { inherit (host) cpus; ram = 512; nixos = false; tags = extra.web.tags; }; }) hosts; }

# error[LNX0102] 5:5-5:7: attribute 'db' already defined
#   here: defined again here
#   4:5-4:7: first defined here
#   help: remove one of the two, or give it another name
# error[LNX0102] 7:5-7:9: attribute 'mail' already defined
#   here: defined again here
#   6:5-6:9: first defined here
#   help: remove one of the two, or give it another name
# error[LNX0102] 9:48-9:52: attribute 'web.cpus' already defined
#   here: defined again here
#   9:26-9:34: first defined here
#   help: remove one of the two

--- what-a-set-of-with-lacks ---
let
  vm = cfg: with cfg; {
    deployment = { inherit cpus; ram = gib * 1024; nixos = false; diskSize = disk; };
  };
in
{
  machines = {
    a = vm { cpus = 1; gib = 2; disk = 10240; };
    b = vm { cpsu = 1; gib = 2; disk = 10240; };
    c = vm { cpus = 1; disk = 10240; };
    d = vm { cpus = 1; gib = 2; disk = "big"; };
  };
}

# error[LNX0205] 9:14-9:18: attribute 'cpus' missing
#   here: did you mean `cpus`?
#   3:28-3:32: used here
#   fix (unsafe): 9:14-9:18 -> `cpus`
# error[LNX0205] 10:12-10:39: attribute 'gib' missing
#   here: this set lacks it
#   3:40-3:43: used here
# error[LNX0301] 11:40-11:45: `diskSize` is a string, but must be an integer
#   here: a string
#   3:78-3:82: passed on here
#   help: write the number of MiB without quotes, for example `diskSize = 20480;`

--- numbers-of-a-table-in-text ---
let
  cells = line: builtins.filter builtins.isString (builtins.split "," line);
  lines = builtins.filter (line: builtins.isString line && line != "") (builtins.split "\n" (builtins.readFile ./vms.csv));
  number = text: builtins.fromJSON text;
  vm = line: let cell = builtins.elemAt (cells line); in {
    name = cell 0;
    value.deployment = { cpus = number (cell 1); ram = 1024 * number (cell 2); nixos = false; autostart = number (cell 3); };
  };
in
{ machines = builtins.listToAttrs (map vm lines); }
=== vms.csv ===
web,0,2,true
db,2,0,true
mail,1,1,1
cache,two,1,true

# error[LNX0401] vms.csv:1:5-1:6: `cpus` cannot be 0
#   here: must be at least 1
#   7:26-7:30: which is the value of this option
#   note: a machine has a CPU, and guests with more than 512 need a topology that Launchnix does not write
#   help: write a number from 1 to 512
# error[LNX0401] vms.csv:2:6-2:7: `ram` cannot be 0
#   here: must be at least 1 MiB
#   7:56-7:78: computed here
#   note: QEMU's machines address at most 16 TiB; sizes are in MiB, not in bytes
#   help: choose it so that the result is from 1 to 16777216
# error[LNX0301] vms.csv:3:10-3:11: `autostart` is an integer, but must be `true` or `false`
#   here: an integer
#   7:95-7:104: which is the value of this option
#   help: write `true`
# error[LNX0201] vms.csv:4:8-4:9: this is not valid JSON
#   4:18-4:40: in this call of `fromJSON`
#   7:33-7:48: in this call

--- what-is-counted-from-a-number-of-a-row ---
let
  groups = [
    { role = "web"; first = 20; count = 2; }
    { role = "db"; first = 254; count = 2; }
    { role = "mail"; first = 20; count = 2; }
  ];
  vms = group: builtins.genList (i: {
    name = "${group.role}-${toString i}";
    value.deployment = {
      cpus = 1; ram = 512; nixos = false;
      interfaces = [ { network = "lan"; ip = "10.20.0.${toString (group.first + i)}"; } ];
    };
  }) group.count;
in
{
  networks.lan.subnet = "10.20.0.0/24";
  machines = builtins.listToAttrs (builtins.concatMap vms groups);
}

# error[LNX0401] 4:28-4:31: 10.20.0.255 is the broadcast address of 10.20.0.0/24, not an address of a machine
#   here: the broadcast address itself
#   16:25-16:39: network `lan` is 10.20.0.0/24
#   help: choose an address from 10.20.0.2 to 10.20.0.254
# error[LNX0502] 5:30-5:32: machines `web-0` and `mail-0` both have the address 10.20.0.20
#   here: used again here, by `mail-0`
#   3:29-3:31: first used here, by `web-0`
#   note: another conflict like this one is made here
#   help: give one of them another address

--- what-is-looked-up-by-something-else-than-a-name ---
let
  sizes = { small = 512; large = 4096; "2" = 2048; };
  vm = size: { deployment = { cpus = 1; ram = sizes.${size}; nixos = false; }; };
  find = size: sizes.${size} or (throw "there is no size ${size}");
  found = size: { deployment = { cpus = 1; ram = find size; nixos = false; }; };
in
{
  machines = {
    a = vm "small";
    b = vm 1;
    c = vm 2;
    d = found "large";
    e = found "huge";
  };
}

# error[LNX0201] 3:55-3:59: expected a string but found an integer: 2
#   11:12-11:13: this is the value
# error[LNX0201] 10:12-10:13: expected a string but found an integer: 1
#   3:55-3:59: used here
# error[LNX0204] 13:15-13:21: there is no size huge
#   here: this is not there
#   4:34-4:66: which is looked for here
#   5:50-5:59: in this call

--- a-part-that-a-name-cannot-begin-with ---
let
  vm = role: n: {
    name = "${role}-${toString n}";
    value.deployment = { cpus = 1; ram = 512; nixos = false; };
  };
in
{ machines = builtins.listToAttrs [ (vm "web" 1) (vm "-db" 2) (vm "mail" "3-") ]; }

# error[LNX0404] 7:54-7:59: "-db-2" is not a machine's name
#   here: a name does not start with `-` or `.`
#   help: write `db-2`
# error[LNX0404] 7:74-7:78: "mail-3-" is not a machine's name
#   here: a name does not end with `-` or `.`
#   help: write `mail-3`

--- a-row-that-was-extended-on-its-way ---
let
  rows = [
    { name = "a"; cpus = 1; ram = 512; }
    { name = "b"; ram = 512; }
    { name = "c"; cpus = 1; rma = 512; }
  ];
  withDisk = row: row // { diskSize = 10240; };
  withTags = row: row // { tags = [ "all" ]; };
  vm = row: { inherit (row) name; value.deployment = { inherit (row) cpus ram diskSize tags; nixos = false; }; };
in
{ machines = builtins.listToAttrs (map vm (map withTags (map withDisk rows))); }

# error[LNX0205] 4:5-4:31: attribute 'cpus' missing
#   here: this set lacks it
#   9:70-9:74: used here
#   help: the attributes are `diskSize`, `name`, `ram` and `tags`
# error[LNX0205] 5:29-5:32: attribute 'ram' missing
#   here: did you mean `ram`?
#   9:75-9:78: used here
#   fix (unsafe): 5:29-5:32 -> `ram`

--- a-row-over-defaults-that-lacks-what-they-lack ---
let
  defaults = { cpus = 1; network = "default"; };
  vm = row: let all = defaults // row; in {
    deployment = {
      inherit (all) cpus; ram = 512; nixos = false;
      interfaces = [ { inherit (all) network mac; } ];
    };
  };
in
{
  machines = {
    a = vm { mac = "52:54:00:00:00:0a"; };
    b = vm { cpus = 2; };
    c = vm { mca = "52:54:00:00:00:0c"; };
  };
}

# error[LNX0205] 13:12-13:25: attribute 'mac' missing
#   here: this set lacks it
#   6:46-6:49: used here
#   help: the attributes are `cpus` and `network`
# error[LNX0205] 14:14-14:17: attribute 'mac' missing
#   here: did you mean `mac`?
#   6:46-6:49: used here
#   fix (unsafe): 14:14-14:17 -> `mac`

--- what-a-machine-has-that-lost-its-name ---
let
  vm = name: cpus: ram: { inherit name; value.deployment = { inherit cpus ram; nixos = false; }; };
in
{
  machines = builtins.listToAttrs [
    (vm "web" 1 512)
    (vm "db" 0 512)
    (vm "web" 2 "1 GiB")
  ];
}

# error[LNX0401] 7:14-7:15: `cpus` cannot be 0
#   here: must be at least 1
#   2:70-2:74: passed on here
#   note: a machine has a CPU, and guests with more than 512 need a topology that Launchnix does not write
#   help: write a number from 1 to 512
# error[LNX0502] 8:9-8:14: several machines are named `web`
#   here: and again
#   6:9-6:14: `web` is here
#   help: `listToAttrs` takes the first of a name and drops the others: give each a name of its own
# error[LNX0301] 8:17-8:24: `ram` is a string, but must be an integer
#   here: a string
#   2:75-2:78: passed on here
#   help: `ram` is in MiB: write `1024`
#   fix (safe): 8:17-8:24 -> `1024`

--- addresses-that-are-wrong-and-the-same ---
let
  vm = ip: { deployment = { cpus = 1; ram = 512; nixos = false; interfaces = [ { network = "lan"; inherit ip; } ]; }; };
in
{
  networks.lan.subnet = "10.20.0.0/24";
  machines = { a = vm "10.99.0.7"; b = vm "10.99.0.7"; c = vm "10.20.0.9"; d = vm "10.20.0.9"; };
}

# error[LNX0401] 6:23-6:34: 10.99.0.7 is not in network `lan`, which the machine is on
#   here: not in 10.20.0.0/24
#   5:25-5:39: network `lan` is 10.20.0.0/24
#   help: in network `lan` choose an address from 10.20.0.2 to 10.20.0.254
# error[LNX0401] 6:43-6:54: 10.99.0.7 is not in network `lan`, which the machine is on
#   here: not in 10.20.0.0/24
#   5:25-5:39: network `lan` is 10.20.0.0/24
#   help: in network `lan` choose an address from 10.20.0.2 to 10.20.0.254
# error[LNX0502] 6:83-6:94: machines `c` and `d` both have the address 10.20.0.9
#   here: used again here, by `d`
#   6:63-6:74: first used here, by `c`
#   help: give one of them another address

--- a-name-that-one-function-needs-and-an-option-is-not ---
let
  disk = { gib, ... }: { diskSize = gib * 1024; };
  vm = row: { deployment = builtins.removeAttrs row [ "gib" ] // disk row // { nixos = false; }; };
in
{ machines = { a = vm { cpus = 1; ram = 512; gib = 10; }; b = vm { cpus = 1; ram = 512; gbi = 10; }; }; }

# error[LNX0201] 5:89-5:92: function 'disk' called without required argument 'gib'
#   here: did you mean `gib`?
#   2:10-2:50: the function that is called
#   3:66-3:74: called here
#   help: `gbi` is no argument of the function
#   fix (unsafe): 5:89-5:92 -> `gib`

--- a-number-in-words-that-is-computed-with ---
let
  vm = n: {
    deployment = {
      cpus = 1; ram = 512; nixos = false; vsock = 100 + n;
      interfaces = [ { network = "default"; ip = "192.168.122.${toString n}"; } ];
    };
  };
in
{ machines = { a = vm 10; b = vm "x"; }; }

# error[LNX0201] 9:34-9:37: cannot add a string to an integer
#   4:57-4:58: used here

--- what-a-function-of-a-library-is-given ---
let
  lib = import ./lib.nix;
in
{
  machines = lib.vms ({ cpus, ram, ... }: { inherit cpus ram; }) [
    { name = "a"; cpus = 1; ram = 512; }
    { name = "b"; cpus = 1; }
    { name = "c"; cpus = 1; rma = 512; }
  ];
}
=== lib.nix ===
{
  vms = make: rows: builtins.listToAttrs (map (row: { inherit (row) name; value.deployment = make row // { nixos = false; }; }) rows);
}
# error[LNX0201] 7:5-7:30: the function is called without required argument 'ram'
#   5:23-5:64: the function that is called
#   lib.nix:2:94-2:102: called here
# error[LNX0201] 8:29-8:32: the function is called without required argument 'ram'
#   here: did you mean `ram`?
#   5:23-5:64: the function that is called
#   lib.nix:2:94-2:102: called here
#   help: `rma` is no argument of the function
#   fix (unsafe): 8:29-8:32 -> `ram`
