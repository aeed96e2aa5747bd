--- a-function-inside-lacks-its-argument ---
let
  mkVm = { cpus, ram }: { deployment = { inherit cpus ram; nixos = false; }; };
in
{ machines.web = mkVm { cpus = 1; }; }
# error[LNX0201] 4:18-4:36: function 'mkVm' called without required argument 'ram'
#   2:10-2:79: the function that is called

--- a-function-with-one-argument-too-many ---
let
  mkVm = { cpus, ram }: { deployment = { inherit cpus ram; nixos = false; }; };
in
{ machines.web = mkVm { cpus = 1; ram = 1024; disk = 10; }; }
# error[LNX0201] 4:47-4:51: function 'mkVm' called with unexpected argument 'disk'
#   2:10-2:79: the function takes no such argument
#   4:18-4:59: called here

--- two-arguments-are-missing ---
{ domain, size, ... }:
{ machines.web.deployment = { cpus = 1; ram = size; nixos = false; description = domain; }; }
# error[LNX0304] 1:3-1:9: the deployment is a function that lacks its arguments `domain` and `size`
#   here: no value is given
#   1:11-1:15: nor for this
#   help: give it with `--arg domain EXPRESSION` or `--argstr domain TEXT`, or write a default: `domain ? …`

--- a-function-that-is-not-called ---
let
  mkVm = cpus: ram: { deployment = { inherit cpus ram; nixos = false; }; };
in
{ machines.web = mkVm 2; }
# error[LNX0301] 4:18-4:24: `machines.web` is a function, but must be a set
#   here: a function
#   help: a machine is `{ deployment = { … }; machine = …; }`: a NixOS module belongs to its `machine`, and another function has to be called

--- machine-in-the-wrong-set ---
{ machines.web = { deployment = { cpus = 1; ram = 1024; nixos = false; machines.x = { }; }; }; }
# error[LNX0302] 1:72-1:80: there is no option `machines`
#   here: belongs to the fleet, at the top of the file
#   help: `machines`: Machines of a fleet by name.

--- deployment-in-deployment ---
{ deployment = { deployment = { cpus = 1; ram = 1024; }; name = "web"; nixos = false; }; }
# error[LNX0302] 1:18-1:28: `deployment` stands inside of `deployment`
#   here: one too many
#   help: write what it holds directly into the outer one

--- a-disk-that-is-a-path ---
{ deployment = { name = "web"; cpus = 1; ram = 1024; nixos = false; initialDisks.boot = ./images/debian-12.qcow2; }; }
# error[LNX0301] 1:89-1:113: `initialDisks.boot` is a path, but must be a set
#   here: a path
#   help: write `{ fromImage = ./images/debian-12.qcow2; }`
#   fix (unsafe): 1:89-1:89 -> `{ fromImage = `
#   and: 1:113-1:113 -> `; }`

--- a-disk-that-is-a-string-size ---
{ deployment = { name = "web"; cpus = 1; ram = 1024; nixos = false; initialDisks.data = "100 GiB"; }; }
# error[LNX0301] 1:89-1:98: `initialDisks.data` is a string, but must be a set
#   here: a string
#   help: write `{ size = 102400; }`
#   fix (unsafe): 1:89-1:98 -> `{ size = 102400; }`

--- negative-ram ---
{ deployment = { name = "web"; cpus = 1; ram = -1024; nixos = false; }; }
# error[LNX0401] 1:48-1:53: `ram` cannot be -1024
#   here: must be at least 1 MiB
#   note: QEMU's machines address at most 16 TiB; sizes are in MiB, not in bytes
#   help: write a number from 1 to 16777216

--- ram-by-division ---
{ deployment = { name = "web"; cpus = 1; ram = 4096 / 2.0; nixos = false; }; }
# error[LNX0301] 1:48-1:58: `ram` is a float, but must be an integer
#   here: a float
#   help: write `2048`
#   fix (unsafe): 1:48-1:58 -> `2048`

--- a-list-for-a-description ---
{ deployment = { name = "web"; cpus = 1; ram = 1024; nixos = false; description = { text = "x"; }; }; }
# error[LNX0301] 1:83-1:98: `description` is a set, but must be a string
#   here: a set
#   help: for example `description = "serves the blog";`

--- a-mac-in-capitals-is-fine ---
{ deployment = { name = "web"; cpus = 1; ram = 1024; nixos = false; interfaces = [ { network = "default"; mac = "52:54:00:AB:CD:EF"; } ]; }; }
# fine

--- quotes-around-the-attribute-are-fine ---
{ machines."web".deployment = { cpus = 1; ram = 1024; nixos = false; }; }
# fine

--- a-gateway-with-a-prefix ---
{ deployment = { name = "web"; cpus = 1; ram = 1024; nixos = false; staticIPs = [ { ips = [ "10.0.0.5" ]; gateway = "10.0.0.1/24"; } ]; }; }
# error[LNX0403] 1:126-1:129: "10.0.0.1/24" is not an IP address
#   here: a prefix length is no part of an address
#   help: write `"10.0.0.1"`
#   fix (unsafe): 1:117-1:130 -> `"10.0.0.1"`

--- an-ipv6-gateway-that-is-an-address-of-the-machine ---
{ deployment = { name = "web"; cpus = 1; ram = 1024; nixos = false; staticIPs = [ { ips = [ "fd00::5" ]; gateway = "fd00:0::5"; } ]; }; }
# error[LNX0501] 1:116-1:127: the machine is its own gateway
#   here: the gateway
#   1:93-1:102: the machine's own address
#   help: name the router of the network

--- an-address-of-two-machines-that-differ-in-connection ---
{
  connection = "qemu:///system";
  machines = {
    a.deployment = { cpus = 1; ram = 1024; nixos = false; staticIPs = [ { ips = [ "10.0.0.5" ]; } ]; };
    b.deployment = { connection = "qemu+ssh://root@b/system"; cpus = 1; ram = 1024; nixos = false; staticIPs = [ { ips = [ "10.0.0.5" ]; } ]; };
  };
}
# fine

--- four-names-alike ---
{
  defaults.deployment = { name = "x"; cpus = 1; ram = 1024; nixos = false; };
  machines = { a.deployment.name = "n"; b.deployment.name = "n"; c.deployment.name = "n"; d.deployment.name = "n"; };
}
# error[LNX0501] 2:34-2:37: `name` cannot be a default
#   here: every machine of the fleet would have this name
#   help: set `name` in the machines, or leave it to the attributes' names
# error[LNX0502] 3:111-3:114: 4 machines are called `n`
#   here: used again here, by `d`
#   3:36-3:39: first used here, by `a`
#   3:61-3:64: used here, by `b`
#   3:86-3:89: used here, by `c`
#   help: give one of them another name

--- two-different-duplicates ---
{
  machines = {
    a.deployment = { cpus = 1; ram = 1024; nixos = false; staticIPs = [ { ips = [ "10.0.0.5" "10.0.0.6" ]; } ]; };
    b.deployment = { cpus = 1; ram = 1024; nixos = false; staticIPs = [ { ips = [ "10.0.0.5" ]; } ]; };
    c.deployment = { cpus = 1; ram = 1024; nixos = false; staticIPs = [ { ips = [ "10.0.0.6" ]; } ]; };
  };
}
# error[LNX0502] 4:83-4:93: machines `a` and `b` both have the address 10.0.0.5
#   here: used again here, by `b`
#   3:83-3:93: first used here, by `a`
#   help: give one of them another address
# error[LNX0502] 5:83-5:93: machines `a` and `c` both have the address 10.0.0.6
#   here: used again here, by `c`
#   3:94-3:104: first used here, by `a`
#   help: give one of them another address

--- an-undefined-variable ---
{ deployment = { name = "web"; cpus = 1; ram = memroy; nixos = false; }; }
# error[LNX0103] 1:48-1:54: undefined variable 'memroy'
#   here: not bound here
#   help: bind it with `let memroy = …; in`, or put it in quotes if it is text

--- a-missing-attribute ---
let sizes = { small = 512; large = 4096; }; in
{ deployment = { name = "web"; cpus = 1; ram = sizes.smal; nixos = false; }; }
# error[LNX0205] 2:54-2:58: attribute 'smal' missing
#   here: did you mean `small`?
#   1:13-1:43: this set lacks it
#   fix (unsafe): 2:54-2:58 -> `small`

--- a-throw ---
{ deployment = { name = "web"; cpus = 1; ram = throw "no memory was given"; nixos = false; }; }
# error[LNX0204] 1:48-1:75: no memory was given

--- a-throw-in-one-machine-and-a-type-in-another ---
{
  machines = {
    a.deployment = { cpus = 1; ram = throw "no"; nixos = false; };
    b.deployment = { cpus = "1"; ram = 1024; nixos = false; };
  };
}
# error[LNX0204] 3:38-3:48: no
# error[LNX0301] 4:29-4:32: `cpus` is a string, but must be an integer (the number of CPUs) or a set
#   here: a string
#   help: write `1`
#   fix (safe): 4:29-4:32 -> `1`

--- a-whole-machine-that-throws ---
{
  machines = {
    a = throw "not yet";
    b.deployment = { cpus = "1"; ram = 1024; nixos = false; };
  };
}
# error[LNX0204] 3:9-3:24: not yet
# error[LNX0301] 4:29-4:32: `cpus` is a string, but must be an integer (the number of CPUs) or a set
#   here: a string
#   help: write `1`
#   fix (safe): 4:29-4:32 -> `1`

--- an-assertion-that-fails ---
let cpus = 0; in
{ machines.web.deployment = assert cpus > 0; { inherit cpus; ram = 1024; nixos = false; }; }
# error[LNX0204] 1:12-1:13: assertion `cpus > 0` failed
#   here: for this value
#   2:36-2:44: this is false

--- a-number-plus-a-string ---
{ deployment = { name = "web"; cpus = 1; ram = 1024 + "M"; nixos = false; }; }
# error[LNX0201] 1:55-1:58: cannot add a string to an integer

--- a-disk-name-with-a-slash ---
{ deployment = { name = "web"; cpus = 1; ram = 1024; nixos = false; initialDisks."a/b".size = 1; }; }
# error[LNX0404] 1:82-1:87: "a/b" is not a disk's name
#   here: only letters, digits, `-`, `_` and `.` can stand in a name
#   help: write `a-b`

--- a-network-name-with-a-space ---
{ networks."my lan".subnet = "10.20.0.0/24"; machines.web.deployment = { cpus = 1; ram = 1024; nixos = false; }; }
# error[LNX0404] 1:12-1:20: "my lan" is not a network's name
#   here: only letters, digits, `-`, `_` and `.` can stand in a name
#   help: write `my-lan`

--- a-network-called-default ---
{ networks.default.subnet = "10.20.0.0/24"; machines.web.deployment = { cpus = 1; ram = 1024; nixos = false; }; }
# fine

--- a-public-subnet-of-one-address ---
{ networks.lan.subnet = "10.20.0.0/32"; machines.web.deployment = { cpus = 1; ram = 1024; nixos = false; }; }
# error[LNX0401] 1:36-1:38: "10.20.0.0/32" is not an IPv4 network such as `10.20.0.0/24`
#   here: a prefix length from 8 to 30 leaves room for a gateway and a guest

--- a-subnet-that-is-a-list ---
{ networks.lan.subnet = [ "10.20.0.0/24" ]; machines.web.deployment = { cpus = 1; ram = 1024; nixos = false; }; }
# error[LNX0301] 1:25-1:43: `networks.lan.subnet` is a list, but must be an IPv4 network such as `10.20.0.0/24`
#   here: a list
#   help: it takes one value, not a list: write `"10.20.0.0/24"`
#   fix (unsafe): 1:25-1:43 -> `"10.20.0.0/24"`

--- a-bridge-in-nat-mode-with-spaces ---
{ networks.lan = { subnet = "10.20.0.0/24"; bridge = "my br"; }; machines.web.deployment = { cpus = 1; ram = 1024; nixos = false; }; }
# error[LNX0404] 1:57-1:58: "my br" is not a bridge's name
#   here: only letters, digits, `-`, `_` and `.` can stand in the name of a network device
#   help: write `"my-br"`
#   fix (unsafe): 1:54-1:61 -> `"my-br"`

--- uuid-as-an-option ---
{ deployment = { name = "web"; cpus = 1; ram = 1024; nixos = false; uuid = "6f3b1c1e-4a5d-4c9e-9a53-0a3b0c2d1e4f"; }; }
# error[LNX0302] 1:69-1:73: there is no option `uuid`
#   here: made from the names of fleet and machine, so that it stays the same
#   help: remove it, or set the UUID of a machine that exists: `extraConfig = "<uuid>…</uuid>";`

--- a-malformed-uuid ---
{ deployment = { name = "web"; cpus = 1; ram = 1024; nixos = false; extraConfig = "<uuid>6f3b1c1e-4a5d</uuid>"; }; }
# error[LNX0602] 1:90-1:103: in the XML of `extraConfig`: `6f3b1c1e-4a5d` is not a UUID
#   help: leave `<uuid>` out: Launchnix gives each machine one that stays the same

--- gpu-as-text ---
{ deployment = { name = "web"; cpus = 1; ram = 1024; nixos = false; pciDevices = [ { id = "09:00.0"; gpu = "true"; } ]; }; }
# error[LNX0301] 1:108-1:114: `pciDevices[0].gpu` is a string, but must be `true` or `false`
#   here: a string
#   help: write `true`
#   fix (safe): 1:108-1:114 -> `true`

--- keys-with-the-tilde-outside ---
{ machine = { }; deployment = { name = "web"; cpus = 1; ram = 1024; sshPubKeyPath = ~/.ssh/id_ed25519; }; }
# error[LNX0903] 1:85-1:102: `sshPubKeyPath` names a private key
#   here: this key would be copied into the guest for everyone to read
#   help: the public key is usually `/home/me/.ssh/id_ed25519.pub`

--- no-ssh-key-for-nixos ---
{ machines.web = { deployment = { cpus = 1; ram = 1024; }; machine = { }; }; }
# warning[LNX0702] 1:12-1:15: machine `web` has no ssh key
#   here: nobody can log in to this NixOS guest, and morph cannot deploy it
#   help: set `sshPubKeyPath = "~/.ssh/id_ed25519.pub";`, or give an account `openssh.authorizedKeys.keys` in `machine`

--- no-ssh-key-for-three ---
{ defaults.deployment = { cpus = 1; ram = 1024; }; machines = { a.machine = { }; b.machine = { }; c.machine = { }; }; }
# warning[LNX0702] 1:65-1:66: machine `a` has no ssh key
#   here: nobody can log in to this NixOS guest, and morph cannot deploy it
#   help: set `sshPubKeyPath = "~/.ssh/id_ed25519.pub";`, or give an account `openssh.authorizedKeys.keys` in `machine`
# warning[LNX0702] 1:82-1:83: machine `b` has no ssh key
#   here: nobody can log in to this NixOS guest, and morph cannot deploy it
#   help: set `sshPubKeyPath = "~/.ssh/id_ed25519.pub";`, or give an account `openssh.authorizedKeys.keys` in `machine`
# warning[LNX0702] 1:99-1:100: machine `c` has no ssh key
#   here: nobody can log in to this NixOS guest, and morph cannot deploy it
#   help: set `sshPubKeyPath = "~/.ssh/id_ed25519.pub";`, or give an account `openssh.authorizedKeys.keys` in `machine`

--- an-option-twice-by-merge ---
{ deployment = { name = "web"; cpus = 1; ram = 1024; nixos = false; initialDisks.data.size = 1; initialDisks.data.size = 2; }; }
# error[LNX0102] 1:115-1:119: attribute 'initialDisks.data.size' already defined
#   here: defined again here
#   1:69-1:91: first defined here
#   help: remove one of the two

--- a-missing-semicolon ---
{ deployment = { name = "web"; cpus = 1 ram = 1024; nixos = false; }; }
# error[LNX0101] 1:40-1:40: syntax error, unexpected '=', expecting ';'
#   here: ';' is missing here
#   1:45-1:46: noticed here
#   help: add ';' after the expression before it
#   fix (unsafe): 1:40-1:40 -> `;`

--- size-for-ram ---
{ machines.web.deployment = { cpus = 1; mem_size = 1024; nixos = false; }; }
# error[LNX0302] 1:41-1:49: there is no option `mem_size`
#   here: did you mean `ram`?
#   help: `ram`: Memory of the machine.
#   fix (unsafe): 1:41-1:49 -> `ram`

--- an-image-by-name ---
{ deployment = { name = "web"; cpus = 1; ram = 1024; nixos = false; initialDisks.boot.fromImage = "debian-12.qcow2"; }; }
# fine

--- interfaces-with-network-that-is-a-list ---
{ networks.lan.subnet = "10.20.0.0/24"; machines.web.deployment = { cpus = 1; ram = 1024; nixos = false; interfaces = [ { network = [ "lan" ]; } ]; }; }
# error[LNX0301] 1:133-1:142: `interfaces[0].network` is a list, but must be a network's name
#   here: a list
#   help: it takes one value, not a list: write `"lan"`
#   fix (unsafe): 1:133-1:142 -> `"lan"`

--- boot-order-names-a-disk-of-another-case ---
{ deployment = { name = "web"; cpus = 1; ram = 1024; initialDisks.Data.size = 1; bootOrder = [ "data" ]; }; }
# error[LNX0503] 1:96-1:102: there is no disk `data`
#   here: did you mean `Data`?
#   note: there is `Data`, `PXE` and `cdrom`
#   help: declare the disk: `initialDisks.data = { size = 20480; };`
#   fix (unsafe): 1:96-1:102 -> `"Data"`

--- ssh-user-empty ---
{ deployment = { name = "web"; cpus = 1; ram = 1024; nixos = false; sshUser = ""; }; }
# error[LNX0404] 1:79-1:81: "" is not a user's name
#   here: a name is not empty

--- a-name-that-is-null ---
{ deployment = { name = null; cpus = 1; ram = 1024; nixos = false; }; }
# error[LNX0303] 1:3-1:13: option `name` is missing
#   here: `name` must be set here
#   1:25-1:29: `name` is null, as if it were not set
#   note: `name`: Name of the machine for libvirt, morph and ssh.
#   help: add, for example, `name = "web";`

--- tags-as-text ---
{ deployment = { name = "web"; cpus = 1; ram = 1024; nixos = false; tags = "web"; }; }
# error[LNX0301] 1:76-1:81: `tags` is a string, but must be a list, each element a tag
#   here: a string
#   help: put it in a list: `tags = [ "web" ];`
#   fix (safe): 1:76-1:76 -> `[ `
#   and: 1:81-1:81 -> ` ]`

--- inherit-of-nothing ---
let ram = 1024; in { deployment = { name = "web"; inherit ram cpus; nixos = false; }; }
# error[LNX0103] 1:63-1:67: undefined variable 'cpus'
#   here: not bound here
#   help: bind it with `let cpus = …; in`, or take it as an argument

--- a-physical-disk-by-path-value ---
{ deployment = { name = "web"; cpus = 1; ram = 1024; nixos = false; initialDisks.data.physicalDisk = /dev/sdb; }; }
# error[LNX0301] 1:102-1:110: `initialDisks.data.physicalDisk` is a path, but must be a block device of the hypervisor
#   here: a path
#   help: write a string: put it in quotes
#   fix (unsafe): 1:102-1:102 -> `"`
#   and: 1:110-1:110 -> `"`

--- an-integer-too-large ---
{ deployment = { name = "web"; cpus = 1; ram = 9223372036854775807; nixos = false; }; }
# error[LNX0401] 1:48-1:67: `ram` cannot be 9223372036854775807
#   here: must be at most 16777216 MiB
#   note: QEMU's machines address at most 16 TiB; sizes are in MiB, not in bytes
#   help: write a number from 1 to 16777216

--- default-interface-of-bridge ---
{ machines.web.deployment = { cpus = 1; ram = 1024; nixos = false; interfaces = [ { network = "br0"; } ]; }; }
# error[LNX0503] 1:95-1:100: there is no network `br0`
#   here: no such network
#   note: there is `default`
#   help: declare the network: `networks."br0".subnet = "10.20.0.0/24";`

--- duplicates-in-a-function-for-all ---
let mk = extra: { deployment = { cpus = 1; ram = 1024; nixos = false; pciDevices = [ { id = "01:00.0"; } ]; } // extra; }; in
{ machines = { a = mk { }; b = mk { }; }; }
# error[LNX0502] 1:93-1:102: machines `a` and `b` both have the PCI device 0000:01:00.0
#   here: this is shared by the machines `a` and `b`
#   2:16-2:17: machine `a`
#   2:28-2:29: machine `b`
#   help: a device can be in one machine at a time: give it to one of them

--- morph-has-nothing-to-do-with-another-system ---
{
  defaults.deployment = {
    ram = 512;
    secrets.shared = { source = ./key.pub; destination = "/var/shared"; };
  };
  machines.debian.deployment = {
    cpus = 1;
    nixos = false;
    secrets.db = { source = ./key.pub; destination = "/var/db"; };
    healthChecks.http = [ { port = 80; } ];
    substituteOnDestination = true;
    sharedFolders.media = { path = "/srv/media"; mountPoint = "/media"; };
  };
  machines.inherits.deployment = { cpus = 1; nixos = false; };
}

# warning[LNX0701] 9:13-9:15: `secrets` has no effect here
#   here: morph deploys NixOS guests only, and this is none
#   help: remove it, or do this by the guest's own means
# warning[LNX0701] 10:5-10:17: `healthChecks` has no effect here
#   here: morph deploys NixOS guests only, and this is none
#   help: remove it, or do this by the guest's own means
# warning[LNX0701] 11:31-11:35: `substituteOnDestination` has no effect here
#   here: morph deploys NixOS guests only, and this is none
#   help: remove it, or do this by the guest's own means
# warning[LNX0701] 12:63-12:71: `sharedFolders.media.mountPoint` has no effect here
#   here: only a NixOS guest is told where to mount the folder
#   help: mount it in the guest: `mount -t virtiofs media /media`

--- console-address-without-port ---
{ deployment = { name = "web"; cpus = 1; ram = 512; nixos = false; serial.listen = "0.0.0.0"; }; }

# warning[LNX0701] 1:84-1:93: `serial.listen` has no effect here
#   here: without `port` the console listens nowhere: `virsh console` shows it
#   help: set `port` as well, or remove it

--- console-address-with-a-wrong-port ---
{ deployment = { name = "web"; cpus = 1; ram = 512; nixos = false; serial = { listen = "0.0.0.0"; port = 0; }; }; }

# error[LNX0401] 1:106-1:107: `serial.port` cannot be 0
#   here: must be at least 1
#   note: TCP has the ports 1 to 65535
#   help: write a number from 1 to 65535

--- defaults-that-are-none ---
{
  defaults = "ram";
  machines.a.deployment = { cpus = 1; nixos = false; };
  machines.b.deployment = { cpus = 1; nixos = false; ram = "x"; };
}

# error[LNX0301] 2:14-2:19: `defaults` is a string, but must be a set
#   here: a string
#   help: for example `defaults = { deployment.ram = 1024; };`
# error[LNX0301] 4:60-4:63: `ram` is a string, but must be an integer
#   here: a string
#   help: write the number of MiB without quotes, for example `ram = 2048;`

--- defaults-whose-deployment-is-none ---
{
  defaults.deployment = [ ];
  machines.a.deployment = { cpus = 1; nixos = false; };
}

# error[LNX0301] 2:25-2:28: `deployment` is a list, but must be a set
#   here: a list
#   help: for example `deployment = { cpus = 2; ram = 2048; };`

--- legacy-let-is-read ---
let {
  size = 512;
  idle = 3;
  body = { deployment = { name = "web"; cpus = 1; ram = size; nixos = false; }; };
}
# fine
