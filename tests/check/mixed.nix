--- warnings-beside-a-name-that-is-not-bound ---
let
  domain = "lab.example";
  unusedHelper = x: x + 1;
  sizes = { small = 512; cpus = 16; };
  cpus = 2;
  mkWeb = { ip, verbose ? false }: {
    deployment = rec { cpus = 1; ram = 1024; nixos = false; interfaces = [ { network = "lan"; inherit ip; } ]; };
  };
in
with sizes;
{
  networks.lan = { subnet = "10.0.5.0/24"; domain = domian; };
  machines.a = mkWeb { ip = "10.0.5.10"; };
  machines.b.deployment = { inherit cpus; ram = small; nixos = flase; };
}

# warning[LNX0703] 3:3-3:15: `unusedHelper` is never used
#   here: bound here, and used nowhere
#   help: remove it, or let its name start with `_` if it is there for a reason
#   fix (unsafe): 2:26-3:27 -> ``
# warning[LNX0704] 6:17-6:24: the argument `verbose` is never used
#   here: taken here, and used nowhere
#   help: remove it from the arguments, and from where the function is called
# warning[LNX0706] 7:18-7:21: `rec` is not needed here
#   here: no attribute of this set uses another
#   help: remove `rec`: names inside of the set then mean what they mean around it
#   fix (safe): 7:18-7:22 -> ``
# error[LNX0103] 12:53-12:59: undefined variable 'domian'
#   here: not bound here, nor in the set of `with`
#   4:11-4:38: this set lacks it
# warning[LNX0705] 14:37-14:41: `cpus` is not the one that `with` brings
#   here: this is the `cpus` of `let`
#   5:3-5:7: which is bound here and wins over any `with`
#   10:6-10:11: this `with` has a `cpus` as well
#   help: write `sizes.cpus` for the one of `with`, or rename one of the two
# error[LNX0103] 14:64-14:69: undefined variable 'flase'
#   here: not bound here, nor in the set of `with`
#   4:11-4:38: this set lacks it
#   help: did you mean `false`?

--- warnings-beside-mistakes-in-the-syntax ---
let
  leftover = 17;
  size = 512;
  small = { cpus = 1; ram = 512; nixos = false; };
in
{
  machines = {
    a.deployment = rec { cpus = 1; ram = 512; nixos = false; };
    b.deployment = small // { ram = (size };
    c.deployment = rec { cpus = 1; ram = 512; nixos = false };
  };
}

# warning[LNX0703] 2:3-2:11: `leftover` is never used
#   here: bound here, and used nowhere
#   help: remove it, or let its name start with `_` if it is there for a reason
# warning[LNX0706] 8:20-8:23: `rec` is not needed here
#   here: no attribute of this set uses another
#   help: remove `rec`: names inside of the set then mean what they mean around it
# error[LNX0101] 9:43-9:44: syntax error, unexpected '}', expecting ')'
#   9:42-9:42: ')' is missing here
#   9:37-9:38: opened here, and never closed
#   help: add ')' after the expression before it
# error[LNX0101] 10:61-10:62: syntax error, unexpected '}', expecting ';'
#   10:60-10:60: ';' is missing here
#   help: add ';' after the expression before it
#   fix (unsafe): 10:60-10:60 -> `;`

--- a-number-where-others-give-a-string ---
let
  host = n: "10.20.30.${n}";
  byId = name: "/dev/disk/by-id/" + name;
  ip = last: builtins.concatStringsSep "." [ "10" "20" "30" last ];
  vm = n: disk: {
    deployment = {
      cpus = 1; ram = 512; nixos = false;
      interfaces = [ { network = "lan"; ip = host n; } ];
      initialDisks = { boot.size = 1024; data.physicalDisk = byId disk; };
    };
  };
  other = last: { deployment = { cpus = 1; ram = 512; nixos = false; interfaces = [ { network = "lan"; ip = ip last; } ]; }; };
in
{
  networks.lan.subnet = "10.20.30.0/24";
  machines = {
    a = vm 11 "wwn-1";
    b = vm "12" 2;
    c = vm 13 "wwn-3";
    d = vm "13" "wwn-3";
    e = other "14";
    f = other 15;
  };
}

# error[LNX0201] 17:12-17:14: expected a string but found an integer: 11
#   2:25-2:26: used here
#   help: put it in quotes: `"11"`
#   fix (unsafe): 17:12-17:14 -> `"11"`
# error[LNX0201] 18:17-18:18: expected a string but found an integer: 2
#   3:37-3:41: used here
#   help: put it in quotes: `"2"`
#   fix (unsafe): 18:17-18:18 -> `"2"`
# error[LNX0201] 19:12-19:14: expected a string but found an integer: 13
#   2:25-2:26: used here
#   help: put it in quotes: `"13"`
#   fix (unsafe): 19:12-19:14 -> `"13"`
# error[LNX0502] 20:17-20:24: machines `c` and `d` both have the physical disk /dev/disk/by-id/wwn-3
#   here: used again here, by `d`
#   19:15-19:22: first used here, by `c`
#   help: two machines that write to one disk destroy it: give it to one of them, or make it `readOnly` in both
# error[LNX0201] 22:15-22:17: expected a string but found an integer: 15
#   4:14-4:67: used here
#   help: put it in quotes: `"15"`
#   fix (unsafe): 22:15-22:17 -> `"15"`

--- a-number-that-all-give-for-a-string ---
let
  host = n: "10.20.30.${n}";
  vm = n: { deployment = { cpus = 1; ram = 512; nixos = false; interfaces = [ { network = "lan"; ip = host n; } ]; }; };
in
{
  networks.lan.subnet = "10.20.30.0/24";
  machines = { a = vm 11; b = vm 12; };
}

# error[LNX0201] 2:25-2:26: cannot coerce an integer to a string: 11
#   7:23-7:25: this is the value
#   3:103-3:109: in this call
#   note: this concerns machines `a` and `b`
#   help: `toString` makes a string of a number
#   fix (unsafe): 2:25-2:26 -> `toString n`

--- a-fetch-with-a-wrong-hash-and-one-with-a-wrong-address ---
let
  hashes = { alpine = "abc"; };
in
{
  machines = {
    a.deployment = {
      cpus = 1; ram = 512;
      installationMedia = builtins.fetchurl { url = "https://example.org/alpine.iso"; sha256 = hashes.alpine; };
    };
    b.deployment = {
      cpus = 1; ram = 512;
      installationMedia = builtins.fetchurl { url = "example.org/alpine.iso"; sha256 = "1ndiv385w1qyb3b18vw13991fzb9wg4cl21wglk89grsfsnra41k"; };
    };
  };
}

# error[LNX0201] 2:23-2:28: hash 'abc' has wrong length for hash algorithm 'sha256'
#   8:27-8:112: in this call of `fetchurl`
#   help: a SHA-256 has 64 hexadecimal digits, or 52 in Nix's own form: `nix-prefetch-url` tells it
# error[LNX0902] 12:53-12:77: URL 'example.org/alpine.iso' doesn't have a scheme
#   help: write `https://example.org/alpine.iso`

--- options-in-a-group-of-their-own ---
let
  common = { cpus = 2; ram = "2 GiB"; };
in
{
  machines = {
    a.deployment = { hardware = { cpus = 2; ram = 2048; diskSiz = 4096; }; nixos = false; };
    b.deployment = { inherit common; nixos = false; };
    c.deployment = { cpus = 1; ram = 512; nixos = false; storage = { diskSize = "1 TB"; }; };
    d.deployment = { deployment = { cpus = "1"; ram = 512; }; nixos = false; };
  };
}

# error[LNX0301] 2:30-2:37: `ram` is a string, but must be an integer
#   here: a string
#   help: `ram` is in MiB: write `2048`
#   fix (safe): 2:30-2:37 -> `2048`
# error[LNX0302] 6:22-6:30: there is no option `hardware`
#   here: what it holds belongs to `deployment` itself
#   help: write `cpus`, `diskSiz` and `ram` directly into `deployment`
# error[LNX0302] 6:57-6:64: there is no option `diskSiz`
#   here: did you mean `diskSize`?
#   help: `diskSize`: Size of the boot disk; the same as `initialDisks.boot.size`.
#   fix (unsafe): 6:57-6:64 -> `diskSize`
# error[LNX0302] 7:30-7:36: there is no option `common`
#   here: what it holds belongs to `deployment` itself
#   help: write `inherit (common) cpus ram;`
# error[LNX0302] 8:58-8:65: there is no option `storage`
#   here: what it holds belongs to `deployment` itself
#   help: write `diskSize` directly into `deployment`
# error[LNX0301] 8:81-8:87: `diskSize` is a string, but must be an integer
#   here: a string
#   help: `diskSize` is in MiB: write `1048576`
#   fix (unsafe): 8:81-8:87 -> `1048576`
# error[LNX0302] 9:22-9:32: `deployment` stands inside of `deployment`
#   here: one too many
#   help: write what it holds directly into the outer one
# error[LNX0301] 9:44-9:47: `cpus` is a string, but must be an integer (the number of CPUs) or a set
#   here: a string
#   help: write `1`
#   fix (safe): 9:44-9:47 -> `1`

--- a-machine-of-a-function-within-a-deployment ---
let
  vm = ram: { deployment = { cpus = 1; inherit ram; nixos = false; }; };
in
{
  machines = {
    a = vm 512;
    b.deployment = vm "1024";
    c = { deployment = vm 512; };
  };
}

# error[LNX0302] 7:20-7:29: `deployment` stands inside of `deployment`
#   here: this has a `deployment` of its own
#   2:15-2:25: here
#   help: leave out the outer `deployment`, or take `(…).deployment`
# error[LNX0301] 7:23-7:29: `ram` is a string, but must be an integer
#   here: a string
#   2:48-2:51: passed on here
#   help: `ram` is in MiB: write `1024`
#   fix (safe): 7:23-7:29 -> `1024`
# error[LNX0302] 8:24-8:30: `deployment` stands inside of `deployment`
#   here: this has a `deployment` of its own
#   2:15-2:25: here
#   help: leave out the outer `deployment`, or take `(…).deployment`

--- a-boot-order-of-the-wrong-type-without-disks ---
{
  machines.a.deployment = { cpus = 1; ram = 512; nixos = false; bootOrder = "boot"; };
}

# error[LNX0301] 2:77-2:83: `bootOrder` is a string, but must be a list, each element something to boot from: "PXE", "cdrom" or a disk's name
#   here: a string
#   help: put it in a list: `bootOrder = [ "boot" ];`
#   fix (safe): 2:77-2:77 -> `[ `
#   and: 2:83-2:83 -> ` ]`

--- numbers-that-a-function-counts-by-calling-itself ---
let
  range = from: to: if from > to then [ ] else [ from ] ++ range (from + 1) to;
  vm = n: {
    name = "n${toString n}";
    value.deployment = { cpus = 1; ram = 512; nixos = false; interfaces = [ { network = "lan"; ip = "10.62.0.${toString n}"; } ]; };
  };
in
{
  networks.lan.subnet = "10.62.0.0/24";
  machines = builtins.listToAttrs (map vm (range 253 257));
}

# error[LNX0401] 5:110-5:123: 10.62.0.255 is the broadcast address of 10.62.0.0/24, not an address of a machine
#   here: the broadcast address itself
#   9:25-9:39: network `lan` is 10.62.0.0/24
#   note: the numbers after that are too large for an address
#   help: choose an address from 10.62.0.2 to 10.62.0.254

--- addresses-that-are-counted-from-a-number ---
let
  imap = f: list: builtins.genList (i: f i (builtins.elemAt list i)) (builtins.length list);
  start = 100;
in
{
  networks.lan = { subnet = "10.63.0.0/24"; dhcp = { start = "10.63.0.100"; end = "10.63.0.199"; }; };
  machines = builtins.listToAttrs (imap (i: name: {
    inherit name;
    value.deployment = { cpus = 1; ram = 512; nixos = false; interfaces = [ { network = "lan"; ip = "10.63.0.${toString (start + i)}"; } ]; };
  }) [ "alpha" "beta" "gamma" ]);
}

# error[LNX0502] 3:11-3:14: 10.63.0.100 is one of the addresses that network `lan` hands out
#   here: another machine may be given this address
#   6:62-6:75: what is handed out begins here
#   6:83-6:96: what is handed out ends here
#   note: 2 more values like this one are made here
#   help: choose an address that is not handed out, or make the range smaller

--- addresses-that-are-spelt-with-a-table-of-digits ---
let
  digits = [ "0" "1" "2" "3" "4" "5" "6" "7" "8" "9" ];
  two = n: builtins.elemAt digits (n / 10) + builtins.elemAt digits (n - n / 10 * 10);
  vm = n: { deployment = { cpus = 1; ram = 512; nixos = false; interfaces = [ { network = "lan"; ip = "10.65.0.1${two n}"; } ]; }; };
in
{
  networks.lan.subnet = "10.65.0.0/25";
  machines = { a = vm 11; b = vm 45; c = vm 11; };
}

# error[LNX0401] 4:103-4:122: 10.65.0.145 is not in network `lan`, which the machine is on
#   here: not in 10.65.0.0/25
#   7:25-7:39: network `lan` is 10.65.0.0/25
#   help: in network `lan` choose an address from 10.65.0.2 to 10.65.0.126
# error[LNX0502] 4:103-4:122: machines `a` and `c` both have the address 10.65.0.111
#   here: this is shared by the machines `a` and `c`
#   8:16-8:17: machine `a`
#   8:38-8:39: machine `c`
#   help: give one of them another address

--- sizes-in-units-with-names ---
let
  MiB = 1; GiB = 1024; TiB = 1024 * GiB;
  vm = ram: disk: { deployment = { cpus = 1; inherit ram; nixos = false; diskSize = disk; }; };
in
{
  machines = {
    a = vm (2 * GiB) (20 * GiB);
    b = vm (0 * GiB) (20 * GiB);
    c = vm (2 * GiB * MiB * GiB * GiB) (20.0 * GiB);
    d = vm (GiB * 0) (100 * TiB);
    e = vm (512 * MiB) (-1 * MiB);
  };
}

# error[LNX0401] 8:13-8:20: `ram` cannot be 0
#   here: must be at least 1 MiB
#   3:54-3:57: passed on here
#   note: QEMU's machines address at most 16 TiB; sizes are in MiB, not in bytes
#   help: write a number from 1 to 16777216
# error[LNX0401] 9:13-9:38: `ram` cannot be 2147483648
#   here: must be at most 16777216 MiB
#   3:54-3:57: passed on here
#   note: QEMU's machines address at most 16 TiB; sizes are in MiB, not in bytes
#   help: 2147483648 bytes are 2048 MiB: write `2048`
# error[LNX0301] 9:41-9:51: `diskSize` is a float, but must be an integer
#   here: a float
#   3:85-3:89: passed on here
#   help: write `20480`
# error[LNX0401] 10:13-10:20: `ram` cannot be 0
#   here: must be at least 1 MiB
#   3:54-3:57: passed on here
#   note: QEMU's machines address at most 16 TiB; sizes are in MiB, not in bytes
#   help: write a number from 1 to 16777216
# error[LNX0401] 10:23-10:32: `diskSize` cannot be 104857600
#   here: must be at most 67108864 MiB
#   3:85-3:89: passed on here
#   note: 64 TiB is more than a file of a storage pool holds; sizes are in MiB, not in bytes
#   help: choose it so that the result is from 1 to 67108864
# error[LNX0401] 11:25-11:33: `diskSize` cannot be -1
#   here: must be at least 1 MiB
#   3:85-3:89: passed on here
#   note: 64 TiB is more than a file of a storage pool holds; sizes are in MiB, not in bytes
#   help: write a number from 1 to 67108864

--- a-list-that-is-shorter-than-what-is-counted ---
let
  addresses = [ "10.99.0.10" "10.99.0.11" ];
  names = [ "a" "b" "c" "d" ];
  vm = i: {
    name = builtins.elemAt names i;
    value.deployment = { cpus = 1; ram = 512; nixos = false; interfaces = [ { network = "n"; ip = builtins.elemAt addresses i; } ]; };
  };
in
{
  networks.n.subnet = "10.99.0.0/24";
  machines = builtins.listToAttrs (builtins.genList vm (builtins.length names));
}

# error[LNX0201] 2:15-2:44: 'builtins.elemAt' called with index 2 on a list of size 2
#   here: this list has 2 elements
#   6:125-6:126: this one is asked for

--- of-two-near-names-the-one-that-begins-alike ---
{
  pools = { ssd.path = "/ssd"; hdd.path = "/hdd"; };
  machines.a.deployment = { cpus = 1; ram = 512; nixos = false; storagePoolName = "sdd"; diskSize = 1024; };
}

# error[LNX0503] 3:83-3:88: there is no storage pool `sdd`
#   here: did you mean `ssd`?
#   note: there is `hdd`, `ssd` and `default`
#   help: declare the pool: `pools."sdd".path = "/var/lib/sdd";`
#   fix (unsafe): 3:83-3:88 -> `"ssd"`

--- devices-that-are-switched-off-and-set-to-what-is-usual ---
let
  usual = { action = "reset"; };
in
{
  machines = {
    a.deployment = { cpus = 1; ram = 512; nixos = false; watchdog = { enable = false; action = "reset"; }; };
    b.deployment = { cpus = 1; ram = 512; nixos = false; rng = { enable = false; source = "/dev/urandom"; }; };
    c.deployment = { cpus = 1; ram = 512; nixos = false; tpm = { enable = false; version = "2.0"; }; };
    d.deployment = { cpus = 1; ram = 512; nixos = false; graphics = { type = "none"; listen = "127.0.0.1"; }; };
    e.deployment = { cpus = 1; ram = 512; nixos = false; watchdog = usual // { enable = false; }; };
    f.deployment = { cpus = 1; ram = 512; nixos = false; watchdog.enable = false; tpm = false; rng.enable = false; };
  };
}
# warning[LNX0701] 6:96-6:103: `watchdog.action` has no effect here
#   here: the machine has no watchdog
#   help: remove it, or set `enable = true;`
# warning[LNX0701] 7:91-7:105: `rng.source` has no effect here
#   here: the machine has no source of random numbers
#   help: remove it, or set `enable = true;`
# warning[LNX0701] 8:92-8:97: `tpm.version` has no effect here
#   here: the machine has no TPM
#   help: remove it, or set `enable = true;`
# warning[LNX0701] 9:95-9:106: `graphics.listen` has no effect here
#   here: the machine has no screen
#   help: remove it, or choose another `type`

--- warnings-of-a-machine-with-other-mistakes ---
{
  defaults.deployment = { cpus = 1; sshPubKeyPath = ./key.pub; };
  machines = {
    a = { deployment = { ram = "512"; interfaces = [ { direct = "enp3s0"; } ]; }; machine = { }; };
    b = {
      deployment = { ram = 0; initialDisks.boot = { size = 4096; bus = "sata"; }; };
      machine = { boot.loader.grub.device = "/dev/vda"; };
    };
    c = { deployment = { ram = 512; interfaces = [ { bridge = "br 0"; } ]; }; machine = { }; };
  };
}

# error[LNX0301] 4:32-4:37: `ram` is a string, but must be an integer
#   here: a string
#   help: `ram` is in MiB: write `512`
#   fix (safe): 4:32-4:37 -> `512`
# warning[LNX0708] 4:65-4:73: the address of this NixOS guest may change at each start
#   here: a DHCP server behind this device hands it out
#   note: morph and ssh reach a machine at its address
#   help: give the guest an address of its own: `staticIPs = [ { ips = [ "192.168.1.10" ]; gateway = "192.168.1.1"; } ];`
# error[LNX0401] 6:28-6:29: `ram` cannot be 0
#   here: must be at least 1 MiB
#   note: QEMU's machines address at most 16 TiB; sizes are in MiB, not in bytes
#   help: write a number from 1 to 16777216
# warning[LNX0709] 7:45-7:55: GRUB is sent to /dev/vda, which this machine does not have
#   here: there is no such disk in the guest
#   6:72-6:78: so that the boot disk is /dev/sda
#   help: remove the line: Launchnix names the right disk; or leave `bus` out
# error[LNX0404] 9:66-9:67: "br 0" is not a bridge's name
#   here: only letters, digits, `-`, `_` and `.` can stand in the name of a network device
#   help: write `"br-0"`
#   fix (unsafe): 9:63-9:69 -> `"br-0"`

--- names-of-machines-with-two-parts-that-are-wrong ---
let
  vm = site: role: { name = "${site}-${role}"; value.deployment = { cpus = 1; ram = 512; nixos = false; }; };
in
{
  machines = builtins.listToAttrs (builtins.concatMap (site: [ (vm site "web") (vm site "db_main") ]) [ "prod" "stag ing" ]);
}

# error[LNX0404] 5:89-5:98: "prod-db_main" is not a machine's name
#   here: only letters, digits and `-` can stand in a host name
#   help: write `prod-db-main`
# error[LNX0404] 5:112-5:122: "stag ing-db_main" is not a machine's name
#   here: only letters, digits and `-` can stand in a host name
#   note: another value like this one is made here
#   help: write `stag-ing-db-main`

--- arguments-that-are-short-for-others ---
let
  vm = { index, address, role ? "x" }: { deployment = { cpus = 1; ram = 512; nixos = false; vsock = 10 + index; description = address + role; }; };
in
{
  machines.a = vm { idx = 1; address = "a"; };
  machines.b = vm { index = 2; addr = "b"; };
  machines.c = vm { index = 3; address = "c"; roles = "d"; };
}

# error[LNX0201] 5:21-5:24: function 'vm' called without required argument 'index'
#   here: did you mean `index`?
#   2:8-2:147: the function that is called
#   5:16-5:46: called here
#   help: `idx` is no argument of the function
#   fix (unsafe): 5:21-5:24 -> `index`
# error[LNX0201] 6:32-6:36: function 'vm' called without required argument 'address'
#   here: did you mean `address`?
#   2:8-2:147: the function that is called
#   6:16-6:45: called here
#   help: `addr` is no argument of the function
#   fix (unsafe): 6:32-6:36 -> `address`
# error[LNX0201] 7:47-7:52: function 'vm' called with unexpected argument 'roles'
#   here: did you mean `role`?
#   2:8-2:147: the function takes no such argument
#   7:16-7:61: called here
#   help: `roles` is no argument of the function
#   fix (unsafe): 7:47-7:52 -> `role`

--- a-negative-number-for-a-function-with-a-name ---
let
  disk = gb: { size = gb * 1024; };
in
{ machines.a.deployment = { cpus = 1; ram = 512; nixos = false; initialDisks.data = disk -5; }; }

# error[LNX0201] 4:90-4:92: this subtracts from what is before it
#   here: no argument, but an operator and a number
#   help: write `(-5)` for a negative argument
#   fix (unsafe): 4:90-4:92 -> `(-5)`

--- a-number-that-is-multiplied-for-each-machine ---
let
  vm = n: { deployment = { cpus = 1; ram = 512; nixos = false; vsock = n * 10; graphics.port = 5900 + n / 2; }; };
in
{ machines = { a = vm 1; b = vm 1024; c = vm 1; d = vm 1024; e = vm 0; }; }
# error[LNX0502] 4:46-4:47: machines `a` and `c` both have the vsock context ID 10
#   here: used again here, by `c`
#   4:23-4:24: first used here, by `a`
#   help: give one of them another ID, or write `vsock = true;` for one that libvirt finds free
# error[LNX0502] 4:56-4:60: machines `b` and `d` both have the vsock context ID 10240
#   here: used again here, by `d`
#   4:33-4:37: first used here, by `b`
#   note: they both have the port 6412, too
#   help: give one of them another ID, or write `vsock = true;` for one that libvirt finds free
# error[LNX0401] 4:69-4:70: `vsock` cannot be 0
#   here: must be at least 3
#   2:72-2:78: computed here
#   note: context IDs have 32 bits; 0 to 2 are the hypervisor's, and the last one means any
#   help: choose it so that the result is from 3 to 4294967294
# error[LNX0502] 4:69-4:70: 3 machines have the port 5900
#   here: used again here, by `e`
#   4:23-4:24: first used here, by `a`
#   4:46-4:47: used here, by `c`
#   help: choose another port, or leave `port` out: libvirt finds one that is free

--- an-address-that-is-wrong-for-one-of-two ---
let
  vm = network: ip: { deployment = { cpus = 1; ram = 512; nixos = false; interfaces = [ { inherit network ip; } ]; }; };
in
{
  networks = { lan.subnet = "10.4.0.0/24"; dmz.subnet = "10.5.0.0/24"; };
  machines = {
    a = vm "lan" "10.5.0.9";
    b = vm "dmz" "10.5.0.9";
    c = vm "dmz" "10.5.0.10";
    d = vm "lan" "10.5.0.10";
    e = vm "dmz" "10.5.0.10";
  };
}

# error[LNX0401] 7:18-7:28: 10.5.0.9 is not in network `lan`, which the machine is on
#   here: not in 10.4.0.0/24
#   5:29-5:42: network `lan` is 10.4.0.0/24
#   help: in network `lan` choose an address from 10.4.0.2 to 10.4.0.254
# error[LNX0401] 10:18-10:29: 10.5.0.10 is not in network `lan`, which the machine is on
#   here: not in 10.4.0.0/24
#   5:29-5:42: network `lan` is 10.4.0.0/24
#   help: in network `lan` choose an address from 10.4.0.2 to 10.4.0.254
# error[LNX0502] 11:18-11:29: 3 machines have the address 10.5.0.10
#   here: used again here, by `e`
#   9:18-9:29: first used here, by `c`
#   10:18-10:29: used here, by `d`
#   help: give one of them another address

--- defaults-that-are-misspelt ---
{
  default = {
    deployment = { cpus = 1; ram = "512"; sshPubKeyPath = ./key.pub; initialDisks.data.size = 1024; };
    machine = { };
  };
  machines = {
    a.deployment = { bootOrder = [ "data" ]; };
    b = { deployment.ram = 1024; machine = { }; };
    c.deployment.cpu = 2;
  };
}

# error[LNX0302] 2:3-2:10: there is no option `default`
#   here: did you mean `defaults`?
#   help: `defaults`: What all machines of a fleet have in common: each option that a machine does not set itself is taken from `defaults.deployment`, and `defaults.machine` is a NixOS module of every guest.
#   fix (safe): 2:3-2:10 -> `defaults`
# error[LNX0301] 3:36-3:41: `ram` is a string, but must be an integer
#   here: a string
#   note: this concerns machines `a` and `c`
#   help: `ram` is in MiB: write `512`
#   fix (safe): 3:36-3:41 -> `512`
# error[LNX0302] 9:18-9:21: there is no option `cpu`
#   here: did you mean `cpus`?
#   help: `cpus`: Number of virtual CPUs, or a set that says more about them.
#   fix (safe): 9:18-9:21 -> `cpus`

--- defaults-that-are-misspelt-by-two-letters ---
{
  efalts = { deployment = { cpus = 1; ram = 512; sshPubKeyPath = ./key.pub; initialDisks.data.size = 1024; }; };
  machines = {
    a = { deployment = { bootOrder = [ "data" ]; nixos = true; }; machine = { }; };
    b = { deployment.ram = 1024; machine = { }; };
  };
}

# error[LNX0302] 2:3-2:9: there is no option `efalts`
#   here: did you mean `defaults`?
#   help: `defaults`: What all machines of a fleet have in common: each option that a machine does not set itself is taken from `defaults.deployment`, and `defaults.machine` is a NixOS module of every guest.
#   fix (unsafe): 2:3-2:9 -> `defaults`

--- defaults-that-are-misspelt-in-a-file-of-one-machine ---
{
  deployment = { name = "web"; cpus = 1; ram = 512; nixos = false; };
  default = { deployment.ram = 1024; };
}
# error[LNX0302] 3:3-3:10: there is no option `default`
#   here: did you mean `defaults`?
#   help: `defaults`: What all machines of a fleet have in common: each option that a machine does not set itself is taken from `defaults.deployment`, and `defaults.machine` is a NixOS module of every guest.
#   fix (safe): 3:3-3:10 -> `defaults`
