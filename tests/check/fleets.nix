--- one-mistake-in-a-function-that-makes-many-machines ---
let
  sizes = { small = { cpus = 1; ram = 1024; }; };
  student = i: {
    name = "student${toString i}";
    value = {
      deployment = sizes.small // { nixos = false; vnc = true; description = "desk " + i; };
      tags = [ "student" ];
    };
  };
in
{ machines = builtins.listToAttrs (builtins.genList student 24); }
# error[LNX0302] 6:52-6:55: there is no option `vnc`
#   here: a value of `graphics`, not an option
#   note: this concerns machines `student0`, `student1`, `student10`, `student11` and 20 more
#   help: write `graphics = "vnc";`
# error[LNX0201] 6:88-6:89: cannot coerce an integer to a string: 0
#   note: this concerns machines `student0`, `student1`, `student10`, `student11` and 20 more
#   help: `toString` makes a string of a number
# error[LNX0302] 7:7-7:11: there is no option `tags` in `machines.student0`
#   here: belongs to `deployment`
#   note: this concerns machines `student0`, `student1`, `student10`, `student11` and 20 more
#   help: `tags`: Words that machines are chosen by: `morph deploy --tagged web`.

--- one-function-that-makes-many-disks ---
let
  genAttrs = names: f: builtins.listToAttrs (map (name: { inherit name; value = f name; }) names);
  osds = genAttrs [ "osd0" "osd1" "osd2" ] (name: {
    physicalDisk = "/dev/disk/by-path/${name}"; size = "10G"; colour = 1; cache = "writearound";
  });
  node = _: {
    deployment = {
      cpus = 4; ram = 8192; nixos = false;
      initialDisks = osds;
      sharedFolders = genAttrs [ "a" "b" ] (name: { path = "srv/${name}"; });
    };
  };
in
{ machines = genAttrs [ "ceph1" "ceph2" ] node; }
# error[LNX0502] 4:20-4:47: machines `ceph1` and `ceph2` both have the physical disk /dev/disk/by-path/osd0
#   here: this is shared by the machines `ceph1` and `ceph2`
#   14:25-14:32: machine `ceph1`
#   14:33-14:40: machine `ceph2`
#   note: 2 more conflicts like this one are made here
#   help: two machines that write to one disk destroy it: give it to one of them, or make it `readOnly` in both
# error[LNX0301] 4:56-4:61: `initialDisks.osd0.size` is a string, but must be an integer
#   here: a string
#   note: this concerns machines `ceph1` and `ceph2`
#   help: `size` is in MiB: write `10240`
#   fix (safe): 4:56-4:61 -> `10240`
# error[LNX0302] 4:63-4:69: there is no option `colour` in `initialDisks.osd0`
#   here: unknown option
#   note: this concerns machines `ceph1` and `ceph2`
#   help: the options here are `size`, `fromBackup`, `fromImage`, `physicalDisk`, `pool`, `format`, `bus`, `cache`, `discard`, `io`, `readOnly`, `serial`, `protect`, `extraXML`
# error[LNX0402] 4:83-4:96: `initialDisks.osd0.cache` cannot be "writearound"
#   here: did you mean "writethrough"?
#   note: this concerns machines `ceph1` and `ceph2`
#   note: 2 more values like this one are made here
#   help: the values are
#         "none": past the hypervisor's page cache
#         "writeback": through the page cache; the guest's flushes are honoured
#         "writethrough": through the page cache, each write flushed
#         "directsync": past the page cache, each write flushed
#         "unsafe": through the page cache, flushes ignored: data is lost when the hypervisor fails
#   fix (unsafe): 4:83-4:96 -> `"writethrough"`
# error[LNX0403] 10:60-10:73: "srv/a" is not an absolute path on the hypervisor
#   here: a path on the hypervisor starts with `/`
#   note: this concerns machines `ceph1` and `ceph2`
#   note: another value like this one is made here
#   help: for example `"/var/lib/libvirt/images"`

--- what-a-function-gives-all-machines ---
let
  vm = n: {
    deployment = {
      cpus = 1; ram = 512; nixos = false; vsock = 100 + n / 2;
      interfaces = [ { network = "lan"; ip = "10.1.0.${toString (10 + n / 2)}"; } ];
    };
  };
in
{
  networks.lan.subnet = "10.1.0.0/24";
  machines = builtins.foldl' (fleet: n: fleet // { "vm${toString n}" = vm n; }) { } (builtins.genList (n: n) 8);
}
# error[LNX0502] 4:51-4:62: machines `vm0` and `vm1` both have the vsock context ID 100
#   here: this is shared by the machines `vm0` and `vm1`
#   11:52-11:69: machine `vm0`
#   note: 3 more conflicts like this one are made here
#   help: give one of them another ID, or write `vsock = true;` for one that libvirt finds free
# error[LNX0502] 5:46-5:79: machines `vm0` and `vm1` both have the address 10.1.0.10
#   here: this is shared by the machines `vm0` and `vm1`
#   11:52-11:69: machine `vm0`
#   note: 3 more conflicts like this one are made here
#   help: give one of them another address

--- numbers-that-a-function-counts-with ---
let
  gib = n: n * 1024;
  tib = n: gib (n * 1024);
  vm = { memory, disk ? 20, id }: {
    deployment = {
      cpus = 1; nixos = false; vsock = 100 + id;
      ram = gib memory;
      diskSize = gib disk;
      staticIPs = [ { ips = [ "192.168.122.${toString (10 + id)}" ]; gateway = "192.168.122.1"; } ];
    };
  };
in
{
  machines = {
    a = vm { memory = 1; id = 1; };
    b = vm { memory = 0; id = 2; };
    c = vm { memory = 1.5; id = 3; };
    d = vm { memory = "2"; id = 4; };
    e = vm { memory = 2; disk = -1; id = 5; };
    f = vm { memory = 2; id = 1; };
    g = vm { memory = 2; id = 250; };
    h.deployment = { cpus = 1; ram = 4096 * 1.5; nixos = false; diskSize = tib 100; };
    i.deployment = { cpus = 1; ram = 2 * 1024 * 1024 * 1024; nixos = false; };
  };
}
# error[LNX0401] 16:23-16:24: `ram` cannot be 0
#   here: must be at least 1 MiB
#   7:17-7:23: passed on here
#   2:12-2:20: computed here
#   note: QEMU's machines address at most 16 TiB; sizes are in MiB, not in bytes
#   help: choose it so that the result is from 1 to 16777216
# error[LNX0301] 17:23-17:26: `ram` is a float, but must be an integer
#   here: a float
#   7:17-7:23: passed on here
#   2:12-2:20: computed here
#   help: choose it so that the result is an integer
# error[LNX0201] 18:23-18:26: expected an integer but found a string: "2"
#   2:12-2:13: used here
#   help: write the number without quotes: `2`
#   fix (unsafe): 18:23-18:26 -> `2`
# error[LNX0401] 19:33-19:35: `diskSize` cannot be -1024
#   here: must be at least 1 MiB
#   8:22-8:26: passed on here
#   2:12-2:20: computed here
#   note: 64 TiB is more than a file of a storage pool holds; sizes are in MiB, not in bytes
#   help: choose it so that the result is from 1 to 67108864
# error[LNX0502] 20:31-20:32: machines `a` and `f` both have the address 192.168.122.11
#   here: used again here, by `f`
#   15:31-15:32: first used here, by `a`
#   note: they both have the vsock context ID 101, too
#   help: give one of them another address
# error[LNX0403] 21:31-21:34: "192.168.122.260" is not an IP address
#   here: an octet is at most 255
#   9:31-9:66: in this string
# error[LNX0301] 22:38-22:48: `ram` is a float, but must be an integer
#   here: a float
#   help: write `6144`
#   fix (unsafe): 22:38-22:48 -> `6144`
# error[LNX0401] 22:80-22:83: `diskSize` cannot be 104857600
#   here: must be at most 67108864 MiB
#   3:17-3:25: computed here
#   2:12-2:20: computed here
#   note: 64 TiB is more than a file of a storage pool holds; sizes are in MiB, not in bytes
#   help: choose it so that the result is from 1 to 67108864
# error[LNX0401] 23:38-23:60: `ram` cannot be 2147483648
#   here: must be at most 16777216 MiB
#   note: QEMU's machines address at most 16 TiB; sizes are in MiB, not in bytes
#   help: 2147483648 bytes are 2048 MiB: write `2048`
#   fix (unsafe): 23:38-23:60 -> `2048`

--- a-message-of-the-authors-and-the-call-that-led-there ---
let
  lib = import ./lib.nix;
in
{
  machines = {
    a = lib.vm { name = "a"; tier = "front"; ram = 1024; };
    b = lib.vm { name = "b"; tier = "middle"; ram = 1024; };
    c = lib.vm { name = "c"; tier = "back"; ram = 100; };
    d = lib.vm { name = "d"; tier = "back"; ram = "2048"; };
    e = lib.bounded (lib.vm { name = "e"; tier = "back"; ram = 99999; });
    f = lib.vm { name = "f"; tier = "back"; ram = lib.size "huge"; };
    g = lib.versioned 3 (lib.vm { name = "g"; tier = "back"; ram = 512; });
  };
}
=== lib.nix ===
let
  tiers = { front = "in front"; back = "behind"; };
  tierOf = tier: tiers.${tier} or (throw "there is no tier ${tier}");
  ensure = condition: message: condition || throw message;
in
{
  vm = { name, tier, ram }:
    assert ensure (ram >= 256) "${name} has too little memory";
    { deployment = { inherit ram; cpus = 1; nixos = false; description = tierOf tier; }; };
  bounded = machine: assert machine.deployment.ram < 65536; machine;
  versioned = version: machine: assert version == 2; machine;
  size = name: abort "nothing is as big as ${name}";
}
# error[LNX0204] 7:37-7:45: there is no tier middle
#   here: this is not there
#   lib.nix:3:36-3:68: which is looked for here
#   lib.nix:9:74-9:85: in this call
# error[LNX0204] 8:51-8:54: c has too little memory
#   here: for this value
#   lib.nix:4:45-4:58: thrown here
#   8:26-8:27: `c` comes from here
#   lib.nix:8:12-8:63: in this call
# error[LNX0201] 9:51-9:57: cannot compare a string with an integer; values are "2048" and 256
#   lib.nix:8:20-8:30: used here
# error[LNX0204] 10:64-10:69: assertion `machine.deployment.ram < 65536` failed
#   here: for this value
#   lib.nix:10:29-10:59: this is false
# error[LNX0204] 12:23-12:24: an integer with value '3' is not equal to an integer with value '2'
#   here: for this value
#   lib.nix:11:40-11:52: this is false
#   lib.nix:11:33-11:61: in this assertion
# error[LNX0204] lib.nix:12:16-12:52: nothing is as big as huge
#   11:61-11:65: `huge` comes from here
#   11:51-11:66: in this call
#   lib.nix:8:12-8:63: in this call

--- what-fails-far-from-the-machine ---
{ machines.a = import ./a.nix; machines.b = { deployment = { cpus = 1; ram = 512; nixos = false; }; }; }
=== a.nix ===
let
  sizes = { };
  memory = sizes.large;
in
{ deployment = { cpus = 1; ram = memory; nixos = false; }; }
# error[LNX0205] a.nix:3:18-3:23: attribute 'large' missing
#   a.nix:2:11-2:14: this set lacks it
#   1:12-1:13: machine `a` needs it

--- a-machine-that-lacks-what-its-file-asks-for ---
let
  common = { network = "default"; };
  role = name: own: import (./roles + "/${name}.nix") (common // own);
in
{
  machines = {
    a = role "web" { ram = 512; };
    b = role "web" { memory = 512; };
    c = role "wbe" { ram = 512; };
    d = role "web" { rma = 512; };
  };
}
=== roles/web.nix ===
{ network, ram, ... }:
{ deployment = { inherit ram; cpus = 1; nixos = false; interfaces = [ { inherit network; } ]; }; }
# error[LNX0201] 8:22-8:28: the function of `web.nix` is called without required argument 'ram'
#   here: did you mean `ram`?
#   roles/web.nix:1:1-1:23: the function that is called
#   3:56-3:69: this set lacks it
#   3:21-3:70: in this call of `import`
#   help: `memory` is no argument of the function
#   fix (unsafe): 8:22-8:28 -> `ram`
# error[LNX0901] 9:14-9:19: path 'roles/wbe.nix' does not exist
#   here: no such file
#   3:29-3:53: a part of this path
#   3:21-3:70: in this call of `import`
#   help: did you mean `web.nix`, which is beside it?
# error[LNX0201] 10:22-10:25: the function of `web.nix` is called without required argument 'ram'
#   here: did you mean `ram`?
#   roles/web.nix:1:1-1:23: the function that is called
#   3:56-3:69: this set lacks it
#   3:21-3:70: in this call of `import`
#   help: `rma` is no argument of the function
#   fix (unsafe): 10:22-10:25 -> `ram`

--- machines-of-which-one-part-cannot-be-evaluated ---
let
  zones = { eu = [ "a" "b" ]; us = [ "a" ]; };
  counts = [ { name = "web"; count = 2; } { name = "db"; } ];
  one = region: zone: { name = "${region}-${zone}"; value.deployment = { cpus = 1; ram = 0; nixos = false; }; };
  ofRegion = region: map (one region) zones.${region};
  numbered = service: i: { "${service}${toString i}".deployment = { cpus = 0; ram = 512; nixos = false; }; };
  ofService = s: builtins.foldl' (fleet: i: fleet // numbered s.name i) { } (builtins.genList (i: i) s.count);
in
{
  networks.lan.subnet = "10.0.0.0";
  defaults.deployment.firmware = "UEFI";
  machines =
    builtins.listToAttrs (builtins.concatMap ofRegion [ "eu" "ap" "us" ])
    // builtins.foldl' (fleet: s: fleet // ofService s) { } counts
    // import ./legacy.nix
    // { odd.deployment = { cpus = "1"; ram = 512; nixos = false; } // import ./odd.nix; };
}
# error[LNX0205] 3:43-3:59: attribute 'count' missing
#   here: this set lacks it
#   7:102-7:109: used here
#   7:78-7:109: in this call of `genList`
#   7:18-7:110: in this call of `foldl'`
#   help: the only attribute is `name`
# error[LNX0401] 4:90-4:91: `ram` cannot be 0
#   here: must be at least 1 MiB
#   note: QEMU's machines address at most 16 TiB; sizes are in MiB, not in bytes
#   note: this concerns machines `eu-a`, `eu-b` and `us-a`
#   help: write a number from 1 to 16777216
# error[LNX0401] 6:76-6:77: `cpus` cannot be 0
#   here: must be at least 1
#   note: a machine has a CPU, and guests with more than 512 need a topology that Launchnix does not write
#   note: this concerns machines `web0` and `web1`
#   help: write a number from 1 to 512
# error[LNX0403] 10:34-10:34: "10.0.0.0" is not an IPv4 network such as `10.20.0.0/24`
#   here: the prefix length is missing
#   help: write `"10.0.0.0/24"`
#   fix (unsafe): 10:25-10:35 -> `"10.0.0.0/24"`
# error[LNX0402] 11:34-11:40: `firmware` cannot be "UEFI"
#   here: did you mean "uefi"?
#   note: this concerns machines `eu-a`, `eu-b`, `odd`, `us-a` and 2 more
#   help: the values are
#         "bios": `SeaBIOS`, which boots everything but what needs UEFI
#         "uefi": UEFI (`OVMF`), without secure boot
#         "uefi-secure": UEFI that starts only what is signed; a NixOS guest begins without keys, so that it can bring its own
#   fix (safe): 11:34-11:40 -> `"uefi"`
# error[LNX0205] 13:62-13:66: attribute 'ap' missing
#   here: there is no attribute of this name
#   5:39-5:54: selected here
#   2:11-2:46: this set lacks it
#   5:22-5:54: in this call of `map`
#   help: the attributes are `eu` and `us`
# error[LNX0901] 15:15-15:27: path 'legacy.nix' does not exist
#   here: no such file
#   help: create the file, or name one that exists
# error[LNX0301] 16:36-16:39: `cpus` is a string, but must be an integer (the number of CPUs) or a set
#   here: a string
#   help: write `1`
#   fix (safe): 16:36-16:39 -> `1`
# error[LNX0901] 16:79-16:88: path 'odd.nix' does not exist
#   here: no such file
#   help: create the file, or name one that exists

--- machines-that-cannot-be-evaluated-at-all ---
{
  networks.lan.subnet = "10.0.0.0/33";
  pools.fast.path = "fast";
  defaults.deployment = { firmware = "UEFI"; rams = 512; };
  machines = builtins.mapAttrs (_: machine: machine) (throw "not today");
}
# error[LNX0403] 2:35-2:37: "10.0.0.0/33" is not an IPv4 network such as `10.20.0.0/24`
#   here: a prefix length is a number from 8 to 30
# error[LNX0403] 3:22-3:26: "fast" is not an absolute path on the hypervisor
#   here: a path on the hypervisor starts with `/`
#   help: for example `"/var/lib/libvirt/images"`
# error[LNX0402] 4:38-4:44: `firmware` cannot be "UEFI"
#   here: did you mean "uefi"?
#   help: the values are
#         "bios": `SeaBIOS`, which boots everything but what needs UEFI
#         "uefi": UEFI (`OVMF`), without secure boot
#         "uefi-secure": UEFI that starts only what is signed; a NixOS guest begins without keys, so that it can bring its own
#   fix (safe): 4:38-4:44 -> `"uefi"`
# error[LNX0302] 4:46-4:50: there is no option `rams`
#   here: did you mean `ram`?
#   help: `ram`: Memory of the machine.
#   fix (safe): 4:46-4:50 -> `ram`
# error[LNX0204] 5:55-5:72: not today

--- several-of-one-name-beside-others ---
let
  users = [ "anna" "ben" "dörte" "ben" ];
  desk = user: { name = "desk-${user}"; value.deployment = { cpus = 1; ram = 512; nixos = false; }; };
in
{ machines = builtins.listToAttrs (map desk users) // { reception.deployment = { cpus = 1; ram = 512; nixos = false; }; }; }
# error[LNX0404] 2:26-2:33: "desk-dörte" is not a machine's name
#   here: only letters, digits and `-` can stand in a host name
#   help: write `desk-d-rte`
# error[LNX0502] 2:34-2:39: several machines are named `desk-ben`
#   here: and again
#   2:20-2:25: `desk-ben` is here
#   help: `listToAttrs` takes the first of a name and drops the others: give each a name of its own

--- parts-of-a-string-that-lie-apart ---
let
  digits = [ "0" "1" "g" ];
  hex = n: "0" + builtins.elemAt digits n;
  vm = n: {
    deployment = {
      cpus = 1; ram = 512; nixos = false;
      interfaces = [ { network = "default"; mac = "52:54:00:00:00:${hex n}"; } ];
    };
  };
in
{ machines = { a = vm 1; b = vm 2; }; }
# error[LNX0403] 7:51-7:76: "52:54:00:00:00:0g" is not a MAC address
#   here: an octet is two hexadecimal digits

--- strings-that-are-too-long-by-more-or-less ---
let
  desk = name: {
    inherit name;
    value.deployment = {
      cpus = 1; ram = 512; nixos = false; initialDisks.home = { size = 1024; serial = "home-of-${name}-in-this-house"; };
    };
  };
in
{ machines = builtins.listToAttrs (map desk [ "anna" "ben" "charlotte" ]); }
# error[LNX0403] 5:111-5:117: "home-of-anna-in-this-house" is not a disk's serial number
#   here: a virtio disk shows 20 characters of its serial number
#   note: 2 more values like this one are made here

--- cycles-that-several-machines-ask-for ---
let
  hosts = rec {
    a = { ram = b.ram; };
    b = { ram = a.ram; };
    c = { ram = c.ram + 1; };
  };
in
{ machines = builtins.mapAttrs (_: host: { deployment = { cpus = 1; inherit (host) ram; nixos = false; }; }) hosts; }
# error[LNX0202] 3:17-3:22: infinite recursion encountered
#   3:11-3:14: for the attribute `ram`
#   4:11-4:14: for the attribute `ram`
#   help: to compute this value, the value itself is needed: give one of the names on the way another value
# error[LNX0202] 5:17-5:26: infinite recursion encountered
#   5:11-5:14: for the attribute `ram`
#   help: to compute this value, the value itself is needed: give one of the names on the way another value

--- a-number-in-quotes-that-is-counted-with ---
let
  hosts = { a.id = 1; b.id = "2"; };
in
{
  machines = builtins.mapAttrs (_: host: {
    deployment = { cpus = 1; ram = 512; nixos = false; vsock = host.id + 100; description = toString (host.id * 2); };
  }) hosts;
}
# error[LNX0201] 2:30-2:33: expected an integer but found a string: "2"
#   6:103-6:110: used here
#   6:93-6:115: in this call of `toString`
#   help: write the number without quotes: `2`
#   fix (unsafe): 2:30-2:33 -> `2`

--- one-uuid-for-two-machines-with-other-mistakes ---
{
  machines.a.deployment = {
    cpus = "1"; ram = 512; nixos = false; extraConfig = "<uuid>7d3a0f5e-0d6b-4c5e-9d0a-1f2e3d4c5b6a</uuid>";
  };
  machines.b.deployment = {
    cpus = 1; ram = 0; nixos = false; extraConfig = "<uuid>7D3A0F5E-0d6b-4c5e-9d0a-1f2e3d4c5b6a</uuid>";
  };
  machines.c.deployment = { cpus = 0; ram = 512; nixos = false; extraConfig = "<uuid>none</uuid>"; };
}
# error[LNX0301] 3:12-3:15: `cpus` is a string, but must be an integer (the number of CPUs) or a set
#   here: a string
#   help: write `1`
#   fix (safe): 3:12-3:15 -> `1`
# error[LNX0401] 6:21-6:22: `ram` cannot be 0
#   here: must be at least 1 MiB
#   note: QEMU's machines address at most 16 TiB; sizes are in MiB, not in bytes
#   help: write a number from 1 to 16777216
# error[LNX0502] 6:60-6:96: machines `a` and `b` both have the UUID 7d3a0f5e-0d6b-4c5e-9d0a-1f2e3d4c5b6a
#   here: used again here, by `b`
#   3:64-3:100: first used here, by `a`
#   help: leave `<uuid>` out: Launchnix gives each machine one that stays the same
# error[LNX0401] 8:36-8:37: `cpus` cannot be 0
#   here: must be at least 1
#   note: a machine has a CPU, and guests with more than 512 need a topology that Launchnix does not write
#   help: write a number from 1 to 512
# error[LNX0602] 8:86-8:90: in the XML of `extraConfig`: `none` is not a UUID
#   help: leave `<uuid>` out: Launchnix gives each machine one that stays the same

--- a-closing-tag-without-its-slash ---
{
  machines.a.deployment = {
    cpus = 1; ram = 512; nixos = false;
    extraConfig = ''
      <devices>
        <shmem name="looking-glass">
          <size unit="M">32</size>
        <shmem>
      </devices>
    '';
  };
}
# error[LNX0601] 8:9-8:16: in the XML of `extraConfig`: expected `</shmem>`, found `</devices>`
#   here: did you mean `</shmem>`?
#   9:7-9:17: noticed here
#   help: this opens another `<shmem>` inside of the first

--- a-comma-missing-between-arguments ---
let
  vm = { cpus ? 1 ram ? 512, tags ? [ ] name ? "x", ... }: { deployment = { inherit cpus ram tags; nixos = false; }; };
  small = { name ram ? 64, ... }: vm { inherit name ram; };
  large = { name, tags ... }: vm { inherit name tags; };
in
{ machines.a = vm { }; machines.b = small { name = "b"; }; machines.c.deployment = { cpus = "1"; ram = 512; nixos = false; }; }
# error[LNX0101] 2:19-2:22: syntax error, unexpected identifier, expecting '}' or ','
#   here: the next argument starts here
#   2:18-2:18: ',' is missing here
#   help: arguments are separated by `,`
#   fix (unsafe): 2:18-2:18 -> `,`
# error[LNX0101] 2:41-2:45: syntax error, unexpected identifier, expecting '}' or ','
#   here: the next argument starts here
#   2:40-2:40: ',' is missing here
#   help: arguments are separated by `,`
#   fix (unsafe): 2:40-2:40 -> `,`
# error[LNX0101] 3:18-3:21: syntax error, unexpected identifier, expecting '.' or '='
#   here: the next argument starts here
#   3:17-3:17: ',' is missing here
#   help: arguments are separated by `,`
#   fix (unsafe): 3:17-3:17 -> `,`
# warning[LNX0703] 4:3-4:8: `large` is never used
#   here: bound here, and used nowhere
#   help: remove it, or let its name start with `_` if it is there for a reason
# error[LNX0101] 4:24-4:27: syntax error, unexpected '...', expecting '}' or ','
#   here: the next argument starts here
#   4:23-4:23: ',' is missing here
#   help: arguments are separated by `,`
#   fix (unsafe): 4:23-4:23 -> `,`
# error[LNX0301] 6:93-6:96: `cpus` is a string, but must be an integer (the number of CPUs) or a set
#   here: a string
#   help: write `1`
#   fix (safe): 6:93-6:96 -> `1`

--- defaults-that-are-calls ---
let
  vm = { cpus ? builtins.head [ 1 ], ram ? 2 * cpus, tags ? builtins.attrNames { a = 1; } }: {
    deployment = { inherit cpus tags; ram = ram * 256; nixos = false; };
  };
in
{ machines.a = vm { }; machines.b = vm { cpus = 2; }; }
# fine

--- a-set-that-is-right-elsewhere ---
let
  lan = { network = "default"; };
  base = { cpus = 1; ram = 512; nixos = false; };
in
{
  machines.a.deployment = base // { interfaces = [ lan ]; };
  machines.b.deployment = base // { interfaces = lan; };
  machines.c.deployment = base // { tpm.version = 2.0; };
}
# error[LNX0301] 2:9-2:33: `interfaces` is a set, but must be a list of sets
#   here: a set
#   7:50-7:53: passed on here
#   help: put it in a list: `[ … ]`
#   fix (unsafe): 2:9-2:9 -> `[ `
#   and: 2:33-2:33 -> ` ]`
# error[LNX0301] 8:51-8:54: `tpm.version` is a float, but must be one of `"2.0"`, `"1.2"`
#   here: a float
#   help: put it in quotes: `"2.0"`
#   fix (safe): 8:51-8:51 -> `"`
#   and: 8:54-8:54 -> `"`

--- one-file-that-several-options-name ---
let
  key = ./keys/missing;
in
{
  machines.a = {
    deployment = { cpus = 1; ram = 512; sshPubKeyPath = key; secrets.key = { source = key; destination = "/key"; }; };
    machine = { };
  };
}
# error[LNX0901] 2:9-2:23: the file of `secrets.key.source` does not exist: keys/missing
#   here: no such file
#   note: the directory keys does not exist either
#   help: create the file, or name one that exists

--- a-fleet-without-mistakes ---
let
  inherit (builtins) attrValues concatLists concatMap foldl' genList groupBy head length listToAttrs mapAttrs zipAttrsWith;
  update = left: right:
    zipAttrsWith (_: values:
      if length values == 1 then head values
      else
        let one = head values; other = builtins.elemAt values 1; in
        if builtins.isAttrs one && builtins.isAttrs other then update one other else other) [ left right ];
  merge = foldl' update { };
  racks = { r1 = [ "web" "web" "db" ]; r2 = [ "web" "cache" "db" ]; };
  nodes = concatLists (attrValues (mapAttrs (rack: roles:
    genList (slot: { inherit rack slot; role = builtins.elemAt roles slot; }) (length roles)) racks));
  profiles = {
    web.deployment = { cpus = 2; ram = 1024; };
    db.deployment = { cpus = { count = 4; sockets = 1; cores = 2; threads = 2; }; ram = 4 * 1024; };
    cache.deployment = { cpus = 1; ram = 512; hugepages = 2; };
  };
  make = role: i: node: {
    name = "${node.rack}-${role}-${toString i}";
    value = merge [
      { deployment.nixos = false; }
      profiles.${role}
      { deployment.interfaces = [ { network = "lan"; mac = "52:54:00:0${builtins.substring 1 1 node.rack}:0${toString node.slot}:0${toString i}"; } ]; }
      (if role == "db" then { deployment.protect = true; } else { })
    ];
  };
  imap = f: list: genList (i: f i (builtins.elemAt list i)) (length list);
  byRole = groupBy (node: node.role) nodes;
in
assert length nodes == 6;
{
  networks.lan = { subnet = "10.7.0.0/24"; dhcp = { start = "10.7.0.50"; end = "10.7.0.99"; }; };
  machines = listToAttrs (concatMap (role: imap (make role) byRole.${role}) (builtins.attrNames byRole));
}
# fine

--- addresses-that-a-function-makes-of-one-number ---
let
  lan = host: "10.11.12.${toString host}";
  node = host: {
    deployment = { cpus = 1; ram = 512; nixos = false; interfaces = [ { network = "lan"; ip = lan host; } ]; };
  };
in
{
  networks.lan = { subnet = "10.11.12.0/25"; dhcp = { start = lan 100; end = lan 120; }; };
  machines = {
    a = node 10;
    b = node 110;
    c = node 200;
    d = node 10;
    e = node 1;
    f = node null;
    g = node 256;
  };
}
# error[LNX0502] 11:14-11:17: 10.11.12.110 is one of the addresses that network `lan` hands out
#   here: another machine may be given this address
#   8:67-8:70: what is handed out begins here
#   8:82-8:85: what is handed out ends here
#   help: choose an address that is not handed out, or make the range smaller
# error[LNX0401] 12:14-12:17: 10.11.12.200 is not in network `lan`, which the machine is on
#   here: not in 10.11.12.0/25
#   8:29-8:44: network `lan` is 10.11.12.0/25
#   help: in network `lan` choose an address from 10.11.12.2 to 10.11.12.126
# error[LNX0502] 13:14-13:16: machines `a` and `d` both have the address 10.11.12.10
#   here: used again here, by `d`
#   10:14-10:16: first used here, by `a`
#   help: give one of them another address
# error[LNX0502] 14:14-14:15: 10.11.12.1 is the hypervisor's own address in network `lan`
#   here: given to a machine here
#   8:29-8:44: the first address of this network is the hypervisor's
#   help: choose another address of the network
# error[LNX0403] 15:14-15:18: "10.11.12." is not an IP address
#   here: an octet is missing
#   2:15-2:42: in this string
#   4:90-4:92: which is the value of this option
# error[LNX0403] 16:14-16:17: "10.11.12.256" is not an IP address
#   here: an octet is at most 255
#   2:15-2:42: in this string
#   4:90-4:92: which is the value of this option

--- a-gateway-that-all-machines-share ---
let
  node = address: {
    deployment = { cpus = 1; ram = 512; nixos = false; staticIPs = [ { ips = [ address ]; gateway = "192.168.122.1"; } ]; };
  };
in
{
  machines.a = node "192.168.122.10";
  machines.b = node "192.168.123.10";
}
# error[LNX0401] 8:21-8:37: the gateway 192.168.122.1 cannot be reached from this address
#   here: in 192.168.123.0/24
#   3:101-3:116: the gateway
#   help: choose an address in the network of the gateway, or correct `prefix`

--- one-of-many-files-does-not-fit ---
let
  entries = builtins.readDir ./machines;
  strip = file: builtins.substring 0 (builtins.stringLength file - 4) file;
  base = { cpus = 1; ram = 512; nixos = false; };
in
{
  machines = builtins.listToAttrs (map (file: {
    name = strip file;
    value.deployment = base // import (./machines + "/${file}");
  }) (builtins.attrNames entries)) // builtins.mapAttrs (file: _: import (./more + "/${file}.nix") { inherit base; }) { one = 1; two = 2; };
}
=== machines/a.nix ===
{ ram = 0; }
=== machines/b.nix ===
{ lib, ... }: { ram = 1024; }
=== machines/c.nix ===
[ { ram = 1024; } ]
=== machines/d.nix ===
{ ram = 1024, cpus = 2; }
=== machines/e.nix ===
{ ram = throw "measure first"; }
=== more/one.nix ===
{ base, ... }: { deployment = base // { cpus = "1"; }; }
=== more/two.nix ===
{ }: { deployment = { cpus = 1; ram = 512; nixos = false; }; }
# error[LNX0401] machines/a.nix:1:9-1:10: `ram` cannot be 0
#   here: must be at least 1 MiB
#   note: QEMU's machines address at most 16 TiB; sizes are in MiB, not in bytes
#   help: write a number from 1 to 16777216
# error[LNX0201] machines/b.nix:1:1-1:30: expected a set but found a function
#   here: a function
#   9:32-9:64: imported here
#   help: remove its arguments: the file is used as it is
# error[LNX0201] machines/c.nix:1:1-1:20: expected a set but found a list
#   9:32-9:64: used here
# error[LNX0101] machines/d.nix:1:13-1:14: syntax error, unexpected ',', expecting ';'
#   here: bindings end with `;`
#   help: write `;` instead of `,`
#   fix (unsafe): machines/d.nix:1:13-1:14 -> `;`
# error[LNX0204] machines/e.nix:1:9-1:30: measure first
#   8:18-8:22: machine `e` needs it
# error[LNX0301] more/one.nix:1:48-1:51: `cpus` is a string, but must be an integer (the number of CPUs) or a set
#   here: a string
#   help: write `1`
#   fix (safe): more/one.nix:1:48-1:51 -> `1`
# error[LNX0201] more/two.nix:1:1-1:63: the function is called with unexpected argument 'base'
#   here: takes no `base`
#   10:110-10:114: given here
#   help: add `base` to the arguments, or `...` for any other

--- quotes-that-an-interpolation-brings-into-xml ---
let
  clock = zone: "<clock offset=\"timezone\" timezone=\"${zone}\"/>";
  vm = xml: { deployment = { cpus = 1; ram = 512; nixos = false; extraConfig = xml; }; };
in
{ machines = { a = vm (clock "Europe/Berlin"); b = vm (clock "Europe/\"Berlin\""); }; }
# error[LNX0601] 5:70-5:72: in the XML of `extraConfig`: this `"` ends the value of the attribute `timezone`
#   2:63-2:65: the value goes on to here
#   help: write `&quot;` for a `"` in it, or put the value between `'`

--- names-that-a-function-makes-wrong ---
let
  desk = user: { name = "desk_${user}"; value.deployment = { cpus = 1; ram = 512; nixos = false; }; };
in
{ machines = builtins.listToAttrs (map desk [ "anna" "ben" "carla" "dora" ]); }
# error[LNX0404] 2:25-2:39: "desk_anna" is not a machine's name
#   here: only letters, digits and `-` can stand in a host name
#   note: 3 more values like this one are made here
#   help: write `desk-anna`

--- numbers-that-are-counted-up ---
let
  seq = from: to: if from > to then [ ] else [ from ] ++ seq (from + 1) to;
  vm = role: n: { name = "${role}${toString n}"; value.deployment = { cpus = 1; ram = 512; nixos = false; vsock = 100 + n; }; };
in
{ machines = builtins.listToAttrs (map (vm "web") (seq 1 3) ++ map (vm "db") (seq 1 3)); }
# error[LNX0502] 3:115-3:122: machines `db1` and `web1` both have the vsock context ID 101
#   here: this is shared by the machines `db1` and `web1`
#   3:26-3:48: machine `db1`
#   note: 2 more conflicts like this one are made here
#   help: give one of them another ID, or write `vsock = true;` for one that libvirt finds free

--- functions-of-a-device-that-two-machines-have ---
let
  node = name: {
    deployment = {
      cpus = 1; ram = 512; nixos = false;
      pciDevices = map (f: { id = "0${toString (builtins.stringLength name)}:00.${toString f}"; }) [ 0 1 ];
    };
  };
in
{ machines = { abc = node "abc"; def = node "def"; }; }
# error[LNX0502] 5:35-5:95: machines `abc` and `def` both have the PCI device 0000:03:00.0
#   here: this is shared by the machines `abc` and `def`
#   9:16-9:19: machine `abc`
#   9:34-9:37: machine `def`
#   note: another conflict like this one is made here
#   help: a device can be in one machine at a time: give it to one of them

--- one-argument-of-which-several-options-are-made ---
let
  vm = n: {
    cpus = 1; ram = 512; nixos = false;
    vsock = 100 + n;
    staticIPs = [ { ips = [ "10.0.0.${toString n}" ]; } ];
  };
in { machines.a.deployment = vm 3; machines.b.deployment = vm 4; machines.c.deployment = vm 3; }

# error[LNX0502] 7:93-7:94: machines `a` and `c` both have the address 10.0.0.3
#   here: used again here, by `c`
#   7:33-7:34: first used here, by `a`
#   note: they both have the vsock context ID 103, too
#   help: give one of them another address

--- one-argument-of-which-several-ports-are-made ---
let
  vm = n: {
    cpus = 1; ram = 512; nixos = false;
    serial.port = 4000 + n;
    graphics = { type = "vnc"; port = 5900 + n; };
  };
in { machines.a.deployment = vm 3; machines.b.deployment = vm 3; }

# error[LNX0502] 7:63-7:64: machines `a` and `b` both have the port 4003
#   here: used again here, by `b`
#   7:33-7:34: first used here, by `a`
#   note: another conflict like this one is made here
#   help: choose another port, or leave `port` out: libvirt finds one that is free

--- one-argument-that-is-wrong-for-several-options ---
let vm = n: { cpus = n; ram = 512; nixos = false; serial.port = n; interfaces = [ { network = "net${toString n}"; } ]; };
in { networks.net0.subnet = "10.0.0.0/24"; machines.a.deployment = vm 0; }
# error[LNX0401] 2:71-2:72: `cpus` cannot be 0
#   here: must be at least 1
#   1:22-1:23: passed on here
#   note: a machine has a CPU, and guests with more than 512 need a topology that Launchnix does not write
#   note: `serial.port` is made of it as well, and wrong, too
#   help: write a number from 1 to 512

--- addresses-of-several-arguments ---
let
  vm = n: h: { deployment = { cpus = 1; ram = 512; nixos = false; interfaces = [ { network = "lan"; ip = "10.${toString n}.0.${toString h}"; } ]; }; };
  wm = h: n: vm n h;
in
{
  networks.lan = { subnet = "10.1.0.0/24"; dhcp = { start = "10.1.0.50"; end = "10.1.0.100"; }; };
  machines.a = vm 1 60;
  machines.b = vm 1 255;
  machines.c = wm 9 2;
}
# error[LNX0502] 7:21-7:23: 10.1.0.60 is one of the addresses that network `lan` hands out
#   here: another machine may be given this address
#   6:61-6:72: what is handed out begins here
#   6:80-6:92: what is handed out ends here
#   help: choose an address that is not handed out, or make the range smaller
# error[LNX0401] 8:21-8:24: 10.1.0.255 is the broadcast address of 10.1.0.0/24, not an address of a machine
#   here: the broadcast address itself
#   6:29-6:42: network `lan` is 10.1.0.0/24
#   help: choose an address from 10.1.0.2 to 10.1.0.254
# error[LNX0401] 9:19-9:22: 10.2.0.9 is not in network `lan`, which the machine is on
#   here: not in 10.1.0.0/24
#   6:29-6:42: network `lan` is 10.1.0.0/24
#   help: in network `lan` choose an address from 10.1.0.2 to 10.1.0.254

--- machines of two groups that count by one number ---
let
  node = role: base: n: {
    name = "${role}${toString n}";
    value.deployment = {
      cpus = 1;
      ram = 512;
      nixos = false;
      vsock = base + n + 100;
      interfaces = [
        { network = "k8s"; ip = "10.96.0.${toString (base + n)}"; mac = "52:54:00:96:00:${toString (base + n)}"; }
      ];
    };
  };
in
{
  networks.k8s.subnet = "10.96.0.0/24";
  machines = builtins.listToAttrs (
    builtins.genList (n: node "master" 10 (n + 1)) 3 ++ builtins.genList (n: node "worker" 12 (n + 1)) 2
  );
}
# error[LNX0502] 18:92-18:94: machines `master3` and `worker1` both have the MAC address 52:54:00:96:00:13
#   here: used again here, by `worker1`
#   18:40-18:42: first used here, by `master3`
#   note: they both have the address 10.96.0.13, too
#   note: they both have the vsock context ID 113, too
#   help: change one, or remove `mac`: an interface without it gets an address of its own

--- a gateway that many machines share is in none of their networks ---
let
  common = { gateway = "10.9.1.1"; };
  mk = ip: {
    deployment = {
      cpus = 1; ram = 512; nixos = false;
      interfaces = [ { network = "prod"; } ];
      staticIPs = [ { ips = [ ip ]; inherit (common) gateway; } ];
    };
  };
in {
  networks.prod.subnet = "10.9.0.0/24";
  machines.a = mk "10.9.0.11";
  machines.b = mk "10.9.0.12";
}
# error[LNX0401] 2:24-2:34: the gateway 10.9.1.1 cannot be reached from this interface
#   here: not in 10.9.0.0/24
#   12:19-12:30: this address is in 10.9.0.0/24
#   note: this concerns machines `a` and `b`
#   help: name a router in the same network, or correct `prefix`

--- a gateway that most machines of a table cannot reach ---
let
  router = "10.9.1.1";
  mk = ip: {
    deployment = {
      cpus = 1; ram = 512; nixos = false;
      interfaces = [ { bridge = "br0"; } ];
      staticIPs = [ { ips = [ ip ]; gateway = router; } ];
    };
  };
in {
  machines = builtins.mapAttrs (name: mk) {
    a = "10.9.0.11";
    b = "10.9.0.12";
    c = "10.9.1.13";
  };
}
# error[LNX0401] 2:12-2:22: the gateway 10.9.1.1 cannot be reached from this interface
#   here: not in 10.9.0.0/24
#   12:9-12:20: this address is in 10.9.0.0/24
#   note: this concerns machines `a` and `b`
#   help: name a router in the same network, or correct `prefix`

--- an address of a group of machines is made by a function that others use as well ---
let
  ip = host: "10.60.30.${toString host}";
  mk = host: {
    deployment = {
      cpus = 1; ram = 512; nixos = false;
      interfaces = [ { network = "lan"; } ];
      staticIPs = [ { ips = [ (ip host) ]; } ];
    };
  };
  runners = builtins.listToAttrs (builtins.genList (i: {
    name = "runner-${toString i}";
    value = mk (99 + i);
  }) 3);
in {
  networks.lan = { subnet = "10.60.30.0/24"; dhcp = { start = "10.60.30.100"; end = "10.60.30.199"; }; };
  machines = { db = mk 10; web = mk 99; } // runners;
}
# error[LNX0502] 12:17-12:23: 10.60.30.100 is one of the addresses that network `lan` hands out
#   here: another machine may be given this address
#   15:63-15:77: what is handed out begins here
#   15:85-15:99: what is handed out ends here
#   note: another value like this one is made here
#   help: choose an address that is not handed out, or make the range smaller
# error[LNX0502] 16:37-16:39: machines `runner-0` and `web` both have the address 10.60.30.99
#   here: used again here, by `web`
#   12:17-12:23: first used here, by `runner-0`
#   help: give one of them another address

--- the index that is the host of an address has no place and that of the network is not to blame ---
let
  vm = net: i: {
    name = "m${toString net}${toString i}";
    value.deployment = {
      cpus = 1; ram = 512; nixos = false;
      staticIPs = [ { ips = [ "10.0.${toString net}.${toString i}" ]; } ];
    };
  };
in { machines = builtins.listToAttrs (builtins.genList (vm 3) 2 ++ builtins.genList (vm 4) 2); }
# error[LNX0401] 6:31-6:67: 10.0.3.0 is the network of 10.0.3.0/24, not an address of a machine
#   here: the network itself
#   note: another value like this one is made here
#   help: choose an address from 10.0.3.1 to 10.0.3.254
