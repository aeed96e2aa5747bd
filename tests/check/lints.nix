--- unused-binding ---
let
  size = 512;
  sise = 1024;
in
{ machines.web.deployment = { cpus = 1; ram = size; nixos = false; }; }
# warning[LNX0703] 3:3-3:7: `sise` is never used
#   here: bound here, and used nowhere
#   help: remove it, or let its name start with `_` if it is there for a reason
#   fix (unsafe): 2:14-3:15 -> ``

--- unused-bindings-that-use-each-other ---
let
  a = b;
  b = a;
  _kept = 1;
in
{ machines.web.deployment = { cpus = 1; ram = 512; nixos = false; }; }
# warning[LNX0703] 2:3-2:4: `a` is never used
#   here: used only by what is never used itself
#   help: remove it, or let its name start with `_` if it is there for a reason
# warning[LNX0703] 3:3-3:4: `b` is never used
#   here: used only by what is never used itself
#   help: remove it, or let its name start with `_` if it is there for a reason

--- unused-inherited-binding ---
let
  sizes = { small = 512; large = 4096; };
  inherit (sizes) small large;
in
{ machines.web.deployment = { cpus = 1; ram = small; nixos = false; }; }
# warning[LNX0703] 3:25-3:30: `large` is never used
#   here: bound here, and used nowhere
#   help: remove it, or let its name start with `_` if it is there for a reason

--- a-recursive-function-is-used ---
let
  double = n: if n <= 0 then 512 else 2 * double (n - 1);
in
{ machines.web.deployment = { cpus = 1; ram = double 1; nixos = false; }; }
# fine

--- unused-formals ---
{ region ? "x", size ? 512 }:
{ machines.web.deployment = { cpus = 1; ram = size; nixos = false; }; }
# warning[LNX0704] 1:3-1:9: the argument `region` is never used
#   here: taken here, and used nowhere
#   help: remove it from the arguments, and from where the function is called

--- arguments-of-a-module-are-conventional ---
{
  machines.web = {
    deployment = { cpus = 1; ram = 512; sshPubKeyPath = ./key.pub; };
    machine = { config, pkgs, lib, ... }: { services.nginx.enable = true; };
  };
}
# fine

--- a-used-whole-argument-uses-all ---
let
  make = { cpus, ram }@all: all // { nixos = false; };
in
{ machines.web.deployment = make { cpus = 1; ram = 512; }; }
# fine

--- needless-rec ---
{ machines.web.deployment = rec { cpus = 1; ram = 512; nixos = false; }; }
# warning[LNX0706] 1:29-1:32: `rec` is not needed here
#   here: no attribute of this set uses another
#   help: remove `rec`: names inside of the set then mean what they mean around it
#   fix (safe): 1:29-1:33 -> ``

--- needed-rec ---
{ machines.web.deployment = rec { cpus = 1; ram = 512 * cpus; nixos = false; }; }
# fine

--- with-that-is-shadowed ---
let
  sizes = { small = 512; large = 4096; };
  small = 64;
in
with sizes;
{ machines.web.deployment = { cpus = 1; ram = small; nixos = false; }; }
# warning[LNX0705] 6:47-6:52: `small` is not the one that `with` brings
#   here: this is the `small` of `let`
#   3:3-3:8: which is bound here and wins over any `with`
#   5:6-5:11: this `with` has a `small` as well
#   help: write `sizes.small` for the one of `with`, or rename one of the two

--- two-with ---
let
  old = { ram = 512; };
  new = { ram = 1024; };
in
with old;
with new;
{ machines.web.deployment = { cpus = 1; inherit ram; nixos = false; }; }
# warning[LNX0705] 7:49-7:52: two `with` bring a `ram`
#   here: the inner `with` wins
#   6:6-6:9: this `with` has the `ram` that is taken
#   5:6-5:9: this one has a `ram` as well
#   help: say which is meant: `new.ram`

--- with-alone ---
let
  sizes = { small = 512; };
in
with sizes;
{ machines.web.deployment = { cpus = 1; ram = small; nixos = false; }; }
# fine

--- silenced-at-the-end-of-the-line ---
{
  machines.web.deployment = rec { cpus = 1; ram = 512; nixos = false; }; # launchnix: allow(LNX0706)
}
# fine

--- silenced-on-the-line-above ---
{
  # It was needed once. launchnix is mentioned here, which silences nothing.
  # launchnix: allow(LNX0703, lnx0706)
  machines.web.deployment =
    let unused = 1; in
    rec { cpus = 1; ram = 512; nixos = false; };
}
# fine

--- silenced-for-the-file ---
# launchnix: allow(LNX0706)
{
  machines.web.deployment = rec { cpus = 1; ram = 512; nixos = false; };
  machines.db.deployment = rec { cpus = 1; ram = 512; nixos = false; };
}
# fine

--- silencing-reaches-no-further-than-the-binding ---
{
  # launchnix: allow(LNX0706)
  machines.web.deployment = rec { cpus = 1; ram = 512; nixos = false; };
  machines.db.deployment = rec { cpus = 1; ram = 512; nixos = false; };
}
# warning[LNX0706] 4:28-4:31: `rec` is not needed here
#   here: no attribute of this set uses another
#   help: remove `rec`: names inside of the set then mean what they mean around it
#   fix (safe): 4:28-4:32 -> ``

--- silencing-for-nothing ---
{
  # launchnix: allow(LNX0706)
  machines.web.deployment = { cpus = 1; ram = 512; nixos = false; };
}
# warning[LNX0710] 2:22-2:29: there is no LNX0706 here to silence
#   here: silences nothing
#   help: remove it: it would hide a mistake that is made later

--- silencing-what-is-no-warning ---
{
  # launchnix: allow(LNX0301, LNX0799)
  # launchnix: alow(LNX0706)
  machines.web.deployment = { cpus = 1; ram = 512; nixos = false; };
}
# warning[LNX0710] 2:22-2:29: LNX0301 is an error, which cannot be silenced
#   here: silences nothing
#   help: only warnings can be silenced: mend the mistake
# warning[LNX0710] 2:31-2:38: there is no warning `LNX0799`
#   here: silences nothing
#   help: did you mean `LNX0709`?
# warning[LNX0710] 3:5-3:29: this comment is not understood
#   here: silences nothing
#   help: write `# launchnix: allow(LNX0703)`, with the codes of warnings between commas

--- an-undefined-name-leaves-no-unused-one ---
let
  size = 512;
in
{ machines.web.deployment = { cpus = 1; ram = sise; nixos = false; }; }
# error[LNX0103] 4:47-4:51: undefined variable 'sise'
#   here: not bound here
#   help: did you mean `size`?
#   fix (unsafe): 4:47-4:51 -> `size`

--- nixos-guest-behind-a-bridge ---
{
  machines.web = {
    deployment = { cpus = 1; ram = 512; sshPubKeyPath = ./key.pub; interfaces = [ { bridge = "br0"; } ]; };
    machine = { };
  };
}
# warning[LNX0708] 3:94-3:99: the address of this NixOS guest may change at each start
#   here: a DHCP server behind this bridge hands it out
#   note: morph and ssh reach a machine at its address
#   help: give the guest an address of its own: `staticIPs = [ { ips = [ "192.168.1.10" ]; gateway = "192.168.1.1"; } ];`

--- nixos-guest-behind-a-bridge-with-an-address ---
{
  machines.web = {
    deployment = {
      cpus = 1;
      ram = 512;
      sshPubKeyPath = ./key.pub;
      interfaces = [ { bridge = "br0"; } ];
      staticIPs = [ { ips = [ "192.168.1.10" ]; } ];
    };
    machine = { };
  };
}
# fine

--- interface-without-mac-in-xml ---
{
  machines.web.deployment = {
    cpus = 1;
    ram = 512;
    nixos = false;
    extraConfig = ''
      <devices>
        <interface type='bridge'><source bridge='br0'/></interface>
      </devices>
    '';
  };
}
# warning[LNX0708] 8:9-8:34: the interface gets another MAC address with each change of the machine
#   here: has no `<mac>`, so that libvirt invents one
#   note: leases go by the MAC address: the guest's address changes with it
#   help: use the option `interfaces`, or add `<mac address='52:54:00:…'/>`

--- grub-on-a-disk-that-is-not-there ---
{
  machines.web = {
    deployment = {
      cpus = 1;
      ram = 512;
      sshPubKeyPath = ./key.pub;
      initialDisks.boot = { size = 20480; bus = "sata"; };
    };
    machine = { boot.loader.grub = { enable = true; device = "/dev/vda"; }; };
  };
}
# warning[LNX0709] 9:62-9:72: GRUB is sent to /dev/vda, which this machine does not have
#   here: there is no such disk in the guest
#   7:49-7:55: so that the boot disk is /dev/sda
#   help: remove the line: Launchnix names the right disk; or leave `bus` out

--- ide-under-grub ---
{
  machines.web = {
    deployment = {
      cpus = 1;
      ram = 512;
      sshPubKeyPath = ./key.pub;
      initialDisks.boot = { size = 20480; extraXML = "<target dev='hda' bus='ide'/>"; };
    };
    machine = { };
  };
}
# warning[LNX0709] 7:55-7:84: the boot disk is on IDE, but GRUB is installed to /dev/vda
#   here: a disk on this bus is /dev/sda in the guest
#   help: set `initialDisks.boot.bus = "sata";` instead: the guest's boot loader then follows

--- unknown-names-in-xml ---
{
  machines.web.deployment = {
    cpus = 1;
    ram = 512;
    nixos = false;
    extraConfig = ''
      <devices>
        <watchdgo model='i6300esb' acton='reset'/>
        <serial type='pty'><target><port>1</port></target></serial>
      </devices>
      <video/>
    '';
  };
}
# warning[LNX0603] 8:10-8:18: in the XML of `extraConfig`: `<devices>` has no element `<watchdgo>`
#   here: did you mean `<watchdog>`?
#   help: libvirt ignores what it does not know
#   fix (unsafe): 8:10-8:18 -> `watchdog`
# warning[LNX0603] 9:37-9:41: in the XML of `extraConfig`: `<target>` has no element `<port>`
#   here: an attribute, not an element
#   help: write it as an attribute: `<target port='1'>`
# warning[LNX0603] 11:8-11:13: in the XML of `extraConfig`: `<domain>` has no element `<video>`
#   here: unknown element
#   help: devices stand in `<devices>`: write `<devices><video …>…</video></devices>`

--- an-argument-that-another-argument-defaults-to ---
{ sizes ? { small = 1; }, count ? sizes.small, more ? count, ask ? sizes ? big, ... }:
{
  machines.a.deployment = { cpus = if ask then 2 else more; ram = 512; nixos = false; };
}
# fine

--- a-screen-that-is-not-there ---
{ deployment = { name = "web"; cpus = 1; ram = 512; nixos = false; graphics = { type = "none"; port = 5901; listen = "0.0.0.0"; }; }; }

# warning[LNX0701] 1:103-1:107: `graphics.port` has no effect here
#   here: the machine has no screen
#   help: remove it, or choose another `type`
# warning[LNX0701] 1:118-1:127: `graphics.listen` has no effect here
#   here: the machine has no screen
#   help: remove it, or choose another `type`

--- a-console-that-is-not-there ---
{ deployment = { name = "web"; cpus = 1; ram = 512; nixos = false; serial = { enable = false; port = 4000; listen = "0.0.0.0"; }; }; }

# warning[LNX0701] 1:102-1:106: `serial.port` has no effect here
#   here: the machine has no console
#   help: remove it, or set `enable = true;`
# warning[LNX0701] 1:117-1:126: `serial.listen` has no effect here
#   here: the machine has no console
#   help: remove it, or set `enable = true;`

--- addresses-that-are-not-handed-out ---
{ networks.a = { subnet = "10.0.1.0/24"; dhcp = { enable = false; start = "10.0.1.5"; }; }; machines.web.deployment = { cpus = 1; ram = 512; nixos = false; }; }

# warning[LNX0701] 1:75-1:85: `dhcp.start` has no effect here
#   here: nothing is handed out: `enable` is false
#   help: remove it, or set `enable = true;`

--- user-data-of-no-kind ---
{ deployment = { name = "web"; cpus = 1; ram = 512; nixos = false; cloudInit.userData = "packages: [ nginx ]\n"; }; }

# warning[LNX0701] 1:89-1:112: `cloudInit.userData` has no effect here
#   here: cloud-init ignores what begins with no line that says what it is
#   help: begin with the line `#cloud-config` where it is YAML, with `#!/bin/sh` where it is a script

--- user-data-of-a-kind ---
{ machines.a.deployment = { cpus = 1; ram = 512; nixos = false; cloudInit.userData = "#!/bin/sh\ntrue\n"; }; machines.b.deployment = { cpus = 1; ram = 512; nixos = false; cloudInit.userData = "\n#Cloud-config\n"; }; machines.c.deployment = { cpus = 1; ram = 512; nixos = false; cloudInit.userData = ./user-data; }; }
=== user-data ===
Content-Type: multipart/mixed; boundary="x"

# fine

--- many-machines-without-a-key ---
{ machines = builtins.listToAttrs (builtins.genList (n: { name = "vm${toString n}"; value = { deployment = { cpus = 1; ram = 512; }; machine = { }; }; }) 6); }
# warning[LNX0702] 1:66-1:83: machine `vm0` has no ssh key
#   here: nobody can log in to this NixOS guest, and morph cannot deploy it
#   note: this concerns machines `vm0`, `vm1`, `vm2`, `vm3` and 2 more
#   help: set `sshPubKeyPath = "~/.ssh/id_ed25519.pub";`, or give an account `openssh.authorizedKeys.keys` in `machine`

--- grub-on-another-disk-in-many-ways ---
{
  defaults.deployment = {
    cpus = 1; ram = 512; sshPubKeyPath = ./key.pub;
    initialDisks.boot = { size = 20480; bus = "sata"; };
  };
  machines.devices.machine = { boot.loader.grub.devices = [ "/dev/vda" ]; };
  machines.file = { machine = ./guests/c.nix; };
  machines.imported.machine = import ./guests/c.nix;
  machines.imports = { machine = { ... }: { imports = [ ./guests ]; }; };
  machines.silenced.machine = ./guests/silenced.nix;
  machines.fine.machine = { boot.loader.grub.device = "/dev/sda"; };
  machines.virtio = {
    deployment.initialDisks.boot.bus = "virtio";
    machine = ./guests/c.nix;
  };
}
=== guests/c.nix ===
{ ... }: { boot.loader.grub.device = "/dev/vda"; }
=== guests/default.nix ===
{ ... }: { imports = [ ./missing.nix ./d.nix ./default.nix ]; }
=== guests/d.nix ===
{ boot.loader.grub = { enable = true; devices = [ "/dev/vda" ]; }; }
=== guests/silenced.nix ===
# launchnix: allow(LNX0709)
{ boot.loader.grub.device = "/dev/vda"; }
# warning[LNX0709] 6:61-6:71: GRUB is sent to /dev/vda, which this machine does not have
#   here: there is no such disk in the guest
#   4:47-4:53: so that the boot disk is /dev/sda
#   help: remove the line: Launchnix names the right disk; or leave `bus` out
# warning[LNX0709] guests/c.nix:1:38-1:48: GRUB is sent to /dev/vda, which this machine does not have
#   here: there is no such disk in the guest
#   4:47-4:53: so that the boot disk is /dev/sda
#   help: remove the line: Launchnix names the right disk; or leave `bus` out
# warning[LNX0709] guests/d.nix:1:51-1:61: GRUB is sent to /dev/vda, which this machine does not have
#   here: there is no such disk in the guest
#   4:47-4:53: so that the boot disk is /dev/sda
#   help: remove the line: Launchnix names the right disk; or leave `bus` out

--- grub-on-another-disk-in-the-defaults ---
{
  defaults.machine = { boot.loader.grub.device = "/dev/vda"; };
  machines.web = {
    deployment = {
      cpus = 1; ram = 512; sshPubKeyPath = ./key.pub;
      initialDisks.boot = { size = 20480; bus = "sata"; };
    };
    machine = { };
  };
}
# warning[LNX0709] 2:50-2:60: GRUB is sent to /dev/vda, which this machine does not have
#   here: there is no such disk in the guest
#   6:49-6:55: so that the boot disk is /dev/sda
#   help: remove the line: Launchnix names the right disk; or leave `bus` out

--- a-name-that-with-gives-as-well ---
let
  lib = { range = 1; size = 512; other = 3; };
  more = { range = 2; };
  inherit (lib) range;
  size = lib.size;
  other = more.range;
in
with lib; { machines.a.deployment = { cpus = range; ram = size + other; nixos = false; }; }
# warning[LNX0705] 8:66-8:71: `other` is not the one that `with` brings
#   here: this is the `other` of `let`
#   6:3-6:8: which is bound here and wins over any `with`
#   8:6-8:9: this `with` has a `other` as well
#   help: write `lib.other` for the one of `with`, or rename one of the two

--- a-key-that-cloud-init-is-not-given ---
{ deployment = { name = "web"; cpus = 1; ram = 512; sshPubKeyPath = ./key.pub; nixos = false; initialDisks.boot.fromImage = ./images/debian-12.qcow2; cloudInit = { userData = "#cloud-config\n"; metaData = "local-hostname: web\n"; }; }; }
# warning[LNX0701] 1:69-1:78: `sshPubKeyPath` has no effect here
#   here: the key is in neither: `userData` and `metaData` are used as they are written
#   1:176-1:193: this takes the place of what would name the key
#   help: leave out `metaData`, or name the key in `userData`: `ssh_authorized_keys:`

--- a-key-that-cloud-init-is-given-with-the-metadata ---
{ deployment = { name = "web"; cpus = 1; ram = 512; sshPubKeyPath = ./key.pub; nixos = false; initialDisks.boot.fromImage = ./images/debian-12.qcow2; cloudInit.userData = "#cloud-config\n"; }; }
# fine

--- options-of-a-nixos-guest-that-is-taken-for-none ---
{
  machines.a = {
    machine = { };
    deployment = {
      cpus = 1; ram = 512; sshPubKeyPath = ./key.pub;
      bootOrder = [ "boot" ];
      diskSize = 1000;
      secrets.a = { source = ./key.pub; destination = "/run/a"; };
      healthChecks.cmd = [ { cmd = [ "true" ]; } ];
    };
  };
}
# warning[LNX0701] 3:5-3:12: `machine` has no effect here
#   here: this module is not used: the guest does not run NixOS
#   6:19-6:29: because of this, another system is taken to be installed
#   help: set `nixos = true;` if the guest runs NixOS, else remove `machine`

--- options-of-devices-that-are-switched-off ---
{
  machines.a.deployment = {
    cpus = 1; ram = 512; nixos = false;
    tpm = { enable = false; version = "1.2"; model = "tis"; };
    watchdog = { enable = false; action = "pause"; model = "ib700"; };
    rng = { enable = false; rate = 5; source = "/dev/hwrng"; };
  };
}
# warning[LNX0701] 4:39-4:44: `tpm.version` has no effect here
#   here: the machine has no TPM
#   help: remove it, or set `enable = true;`
# warning[LNX0701] 4:54-4:59: `tpm.model` has no effect here
#   here: the machine has no TPM
#   help: remove it, or set `enable = true;`
# warning[LNX0701] 5:43-5:50: `watchdog.action` has no effect here
#   here: the machine has no watchdog
#   help: remove it, or set `enable = true;`
# warning[LNX0701] 5:60-5:67: `watchdog.model` has no effect here
#   here: the machine has no watchdog
#   help: remove it, or set `enable = true;`
# warning[LNX0701] 6:36-6:37: `rng.rate` has no effect here
#   here: the machine has no source of random numbers
#   help: remove it, or set `enable = true;`
# warning[LNX0701] 6:48-6:60: `rng.source` has no effect here
#   here: the machine has no source of random numbers
#   help: remove it, or set `enable = true;`

--- a-name-of-nix-itself-in-with ---
with { toString = x: "x"; map = 1; };
{ deployment = { name = toString 4 + "a"; cpus = 1; ram = 512; nixos = false; }; }

# warning[LNX0705] 2:25-2:33: `toString` is not the one that `with` brings
#   here: this is Nix's own `toString`, which wins over any `with`
#   1:6-1:37: this `with` has a `toString` as well
#   help: write `(…).toString` for the one of `with`, or rename it

--- a-name-of-nix-itself-that-with-takes-from-it ---
with { inherit (builtins) toString; };
{ deployment = { name = toString 4 + "a"; cpus = 1; ram = 512; nixos = false; }; }

# fine

--- grub-on-a-sata-disk-that-is-not-there ---
# launchnix: allow(LNX0702)
{ machines.web = {
    deployment = { cpus = 1; ram = 512; };
    machine = { boot.loader.grub.device = "/dev/sda"; };
  };
  machines.sata = {
    deployment = { cpus = 1; ram = 512; initialDisks.boot = { size = 20480; bus = "sata"; }; };
    machine = { boot.loader.grub.device = "/dev/sda"; };
  };
  machines.named = {
    deployment = { cpus = 1; ram = 512; initialDisks.boot.size = 20480; };
    machine = { boot.loader.grub = { enable = true; devices = [ "/dev/sda" ]; }; };
  };
}

# warning[LNX0709] 4:43-4:53: GRUB is sent to /dev/sda, which this machine does not have
#   here: there is no such disk in the guest
#   help: remove the line: Launchnix names the right disk, /dev/vda
# warning[LNX0709] 12:65-12:75: GRUB is sent to /dev/sda, which this machine does not have
#   here: there is no such disk in the guest
#   11:54-11:58: this disk is /dev/vda
#   help: remove the line: Launchnix names the right disk, /dev/vda

--- comments-that-silence-nothing-or-several ---
# launchnix: allow()
{ deployment = { name = "a"; cpus = 1; ram = 512; nixos = false;
    description = (/* launchnix: allow(LNX0704) */ { a }: "a") { a = 1; }; # Launchnix: allow(LNX0703,), allow(LNX0706)
}; }
# warning[LNX0710] 1:19-1:21: no warning is named here
#   here: silences nothing
#   help: name a warning by its code, such as `LNX0703`, or remove the comment
# warning[LNX0710] 3:95-3:102: there is no LNX0703 here to silence
#   here: silences nothing
#   help: remove it: it would hide a mistake that is made later
# warning[LNX0710] 3:112-3:119: there is no LNX0706 here to silence
#   here: silences nothing
#   help: remove it: it would hide a mistake that is made later

--- a-module-of-the-guest-brings-a-key ---
let
  admins = { ... }: { users.users.root.openssh.authorizedKeys.keys = [ "ssh-ed25519 AAAA ann" ]; };
in
{
  machines.web = {
    deployment = { cpus = 1; ram = 512; };
    machine = { ... }: { imports = [ admins ]; };
  };
  machines.db = {
    deployment = { cpus = 1; ram = 512; };
    machine = { ... }: { services.postgresql.enable = true; };
  };
}

# fine

--- a-module-of-one-guest-brings-a-key ---
{
  machines.web = {
    deployment = { cpus = 1; ram = 512; };
    machine = { ... }: {
      users.users.ann.openssh = { authorizedKeys.keyFiles = [ ./ann.pub ]; };
    };
  };
  machines.cache = {
    deployment = { cpus = 1; ram = 512; };
    machine = { ... }: { imports = [ ./ssh.nix ]; };
  };
  machines.db = {
    deployment = { cpus = 1; ram = 512; };
    machine = { ... }: { services.postgresql.enable = true; };
  };
  machines.mail = {
    deployment = { cpus = 1; ram = 512; };
    machine = ./mail;
  };
}
=== ssh.nix ===
{ lib, ... }: { users.users.root.openssh.authorizedKeys.keys = lib.mkDefault [ ]; }
=== mail/default.nix ===
{ imports = [ ../ssh.nix ]; }

# warning[LNX0702] 12:12-12:14: machine `db` has no ssh key
#   here: nobody can log in to this NixOS guest, and morph cannot deploy it
#   help: set `sshPubKeyPath = "~/.ssh/id_ed25519.pub";`, or give an account `openssh.authorizedKeys.keys` in `machine`

--- machines-of-a-function-bring-keys ---
let
  mk = name: key: {
    inherit name;
    value = {
      deployment = { cpus = 1; ram = 512; };
      machine = { ... }: { users.users.root.openssh.authorizedKeys.keys = [ key ]; };
    };
  };
in
{ machines = builtins.listToAttrs [ (mk "a" "ssh-ed25519 AAAA a") (mk "b" "ssh-ed25519 AAAA b") ]; }

# fine

--- the-fleet-brings-a-key ---
{
  defaults.machine = { ... }: { users.users.root.openssh.authorizedKeys.keys = [ "ssh-ed25519 AAAA a" ]; };
  machines.a = { deployment = { cpus = 1; ram = 512; }; machine = { ... }: { }; };
}
# fine

--- silenced-behind-the-equals-sign-of-a-value-below ---
let
  sound = ''
    <devices><sound modle='ich9'/></devices>
  '';
in
{
  machines.a.deployment = # launchnix: allow(LNX0706)
    rec { cpus = 1; ram = 512; nixos = false; };
  machines.b.deployment = {
    cpus = 1; ram = 512; nixos = false;
    extraConfig = /* launchnix: allow(LNX0603) */
      ''
        <devices>
          <sound modle='ich9'/>
        </devices>
      '';
  };
  machines.c.deployment = rec { # launchnix: allow(LNX0603)
    cpus = 1; ram = 512; nixos = false; extraConfig = sound;
  };
}

# warning[LNX0603] 3:21-3:26: in the XML of `extraConfig`: `<sound>` has no attribute `modle`
#   here: did you mean `model`?
#   help: libvirt ignores what it does not know
#   fix (unsafe): 3:21-3:26 -> `model`
# warning[LNX0706] 18:27-18:30: `rec` is not needed here
#   here: no attribute of this set uses another
#   help: remove `rec`: names inside of the set then mean what they mean around it
#   fix (safe): 18:27-18:31 -> ``
# warning[LNX0710] 18:52-18:59: there is no LNX0603 here to silence
#   here: silences nothing
#   help: remove it: it would hide a mistake that is made later

--- silenced-in-xml-that-a-function-makes ---
let
  with_devices = devices: ''
    <devices>
      <!-- launchnix: allow(LNX0603) -->
      <sound modle='ich9'/>
      ${devices}
    </devices>
  '';
  machine = devices: { cpus = 1; ram = 512; nixos = false; extraConfig = with_devices devices; };
in
{
  machines.a.deployment = machine "";
  machines.b.deployment = machine "<hub typ='usb'/> <!-- launchnix: allow(LNX0603) -->";
  machines.c.deployment = machine "<hub type='usb'/> <!-- launchnix: allow(LNX0603) -->";
  machines.d.deployment = machine "<hub typ='usb'/>";
}

# warning[LNX0710] 14:76-14:83: there is no LNX0603 here to silence
#   here: silences nothing
#   help: remove it: it would hide a mistake that is made later
# warning[LNX0603] 15:41-15:44: in the XML of `extraConfig`: `<hub>` has no attribute `typ`
#   here: did you mean `type`?
#   help: libvirt ignores what it does not know
#   fix (unsafe): 15:41-15:44 -> `type`

--- a-guest-that-would-be-installed-from-a-medium-that-is-not-there ---
{
  machines.a = {
    machine = { };
    deployment = { cpus = 1; ram = 512; sshPubKeyPath = ./key.pub; bootOrder = [ "cdrom" ]; healthChecks.cmd = [ { cmd = [ "true" ]; } ]; };
  };
  machines.b = {
    machine = { };
    deployment = { cpus = 1; ram = 512; sshPubKeyPath = ./key.pub; bootOrder = [ "cdrom" ]; installationMedia = ./images/debian-12.qcow2; };
  };
}
# error[LNX0503] 4:82-4:89: the machine has no CD to boot from
#   here: boots from the installation medium
#   help: set `installationMedia`, or remove "cdrom"
# warning[LNX0701] 7:5-7:12: `machine` has no effect here
#   here: this module is not used: the guest does not run NixOS
#   8:113-8:137: because of this, another system is taken to be installed
#   help: set `nixos = true;` if the guest runs NixOS, else remove `machine`

--- no-effect-for-one-machine-of-a-function ---
let
  mkVm = { os ? "nixos", ram ? 1024 }: {
    deployment = {
      cpus = 2;
      inherit ram;
      nixos = os == "nixos";
      sshPubKeyPath = ./key.pub;
      healthChecks.http = [ { port = 80; } ];
    };
    machine = { services.nginx.enable = true; };
  };
in
{ machines = { a = mkVm { }; b = mkVm { ram = 2048; }; win = mkVm { os = "windows"; ram = 4096; }; }; }

# fine

--- no-effect-for-any-machine-of-a-function ---
let
  mkVm = ram: {
    deployment = { cpus = 2; inherit ram; nixos = false; sshPubKeyPath = ./key.pub; };
    machine = { services.nginx.enable = true; };
  };
in
{ machines = { a = mkVm 1024; b = mkVm 2048; }; }

# warning[LNX0701] 3:74-3:83: `sshPubKeyPath` has no effect here
#   here: only a NixOS guest is given a public key
#   note: this concerns machines `a` and `b`
#   help: put the key into the guest by its own means
# warning[LNX0701] 4:5-4:12: `machine` has no effect here
#   here: this module is not used: the guest does not run NixOS
#   3:51-3:56: because of this
#   note: this concerns machines `a` and `b`
#   help: remove `machine`, or `nixos = false`

--- no-effect-of-a-value-that-has-one-elsewhere ---
let
  key = ./key.pub;
  base = { cpus = 1; ram = 512; sshPubKeyPath = key; };
in
{
  machines.a = { deployment = base; machine = { }; };
  machines.b.deployment = base // { nixos = false; };
  machines.c.deployment = { cpus = 1; ram = 512; nixos = false; sshPubKeyPath = key; };
}

# warning[LNX0701] 8:65-8:78: `sshPubKeyPath` has no effect here
#   here: only a NixOS guest is given a public key
#   help: put the key into the guest by its own means

--- address-behind-a-bridge-that-a-module-sets ---
{
  machines.old = {
    deployment = { cpus = 1; ram = 512; sshPubKeyPath = ./key.pub; interfaces = [ { bridge = "br0"; } ]; };
    machine.networking.interfaces.ens3.ipv4.addresses = [ { address = "192.168.1.9"; prefixLength = 24; } ];
  };
  machines.new = {
    deployment = { cpus = 1; ram = 512; sshPubKeyPath = ./key.pub; interfaces = [ { bridge = "br0"; } ]; };
    machine = { ... }: {
      systemd.network.networks."10-lan" = { matchConfig.Name = "en*"; address = [ "192.168.1.10/24" ]; };
    };
  };
  machines.other = {
    deployment = { cpus = 1; ram = 512; sshPubKeyPath = ./key.pub; interfaces = [ { bridge = "br0"; } ]; };
    machine = { services.nginx.virtualHosts.x.listen = [ { addr = "192.168.1.9"; } ]; services.x.address = "::1"; };
  };
}

# warning[LNX0708] 13:94-13:99: the address of this NixOS guest may change at each start
#   here: a DHCP server behind this bridge hands it out
#   note: morph and ssh reach a machine at its address
#   help: give the guest an address of its own: `staticIPs = [ { ips = [ "192.168.1.10" ]; gateway = "192.168.1.1"; } ];`

--- sizes-that-mean-gib ---
{
  defaults.deployment.cpus = 2;
  machines = {
    a.deployment = { ram = 4; nixos = false; };
    b.deployment = { ram = 16; nixos = false; diskSize = 40; };
    c.deployment = { ram = 2048; nixos = false; initialDisks.boot = { size = 20; fromImage = "/images/debian.qcow2"; }; };
    d = { deployment = { ram = 96; sshPubKeyPath = ./key.pub; diskSize = 500; }; machine = { }; };
    e = { deployment = { ram = 128; sshPubKeyPath = ./key.pub; diskSize = 1024; }; machine = { }; };
    f.deployment = { ram = 64; nixos = false; diskSize = 64; initialDisks.floppy.size = 1; };
    # launchnix: allow(LNX0711): DOS
    g.deployment = { ram = 16; nixos = false; initialDisks.boot.size = 32; };
  };
}

# warning[LNX0711] 4:28-4:29: `ram` is 4 MiB, too little for any system of today
#   here: 4 MiB
#   help: `ram` is in MiB: write `4096` for 4 GiB
#   fix (unsafe): 4:28-4:29 -> `4096`
# warning[LNX0711] 5:28-5:30: `ram` is 16 MiB, too little for any system of today
#   here: 16 MiB
#   help: `ram` is in MiB: write `16384` for 16 GiB
#   fix (unsafe): 5:28-5:30 -> `16384`
# warning[LNX0711] 5:58-5:60: `diskSize` is 40 MiB, too little for any system of today
#   here: 40 MiB
#   help: `diskSize` is in MiB: write `40960` for 40 GiB
#   fix (unsafe): 5:58-5:60 -> `40960`
# warning[LNX0711] 6:78-6:80: `initialDisks.boot.size` is 20 MiB, too little for any system of today
#   here: 20 MiB
#   help: `size` is in MiB: write `20480` for 20 GiB
#   fix (unsafe): 6:78-6:80 -> `20480`
# warning[LNX0711] 7:32-7:34: `ram` is 96 MiB, too little for NixOS
#   here: 96 MiB
#   help: `ram` is in MiB: write `512` or more
# warning[LNX0711] 7:74-7:77: `diskSize` is 500 MiB, too little for NixOS
#   here: 500 MiB
#   help: `diskSize` is in MiB: write `10240` or more

--- sizes-of-all-that-mean-gib ---
let
  mk = gib: { deployment = { ram = gib; }; };
in
{
  defaults.deployment = { cpus = 2; nixos = false; diskSize = 20; };
  machines = { a = mk 4; b = mk 8; c.deployment.ram = 1024; };
}

# warning[LNX0711] 5:63-5:65: `diskSize` is 20 MiB, too little for any system of today
#   here: 20 MiB
#   note: this concerns machines `a`, `b` and `c`
#   help: `diskSize` is in MiB: write `20480` for 20 GiB
#   fix (unsafe): 5:63-5:65 -> `20480`
# warning[LNX0711] 6:23-6:24: `ram` is 4 MiB, too little for any system of today
#   here: 4 MiB
#   help: `ram` is in MiB: write `4096` for 4 GiB
#   fix (unsafe): 6:23-6:24 -> `4096`
# warning[LNX0711] 6:33-6:34: `ram` is 8 MiB, too little for any system of today
#   here: 8 MiB
#   help: `ram` is in MiB: write `8192` for 8 GiB
#   fix (unsafe): 6:33-6:34 -> `8192`

--- cloud-init-of-a-nixos-guest ---
{
  defaults.deployment = { cpus = 1; ram = 512; sshPubKeyPath = ./key.pub; };
  machines = {
    built = { deployment.cloudInit.userData = "#cloud-config\n"; machine = { }; };
    own = { deployment.cloudInit = { }; machine.services.cloud-init.enable = true; };
    image = {
      deployment = { cloudInit = { }; nixos = true; initialDisks.boot.fromImage = "/images/nixos.qcow2"; };
      machine = { };
    };
    debian.deployment = { cloudInit = { }; initialDisks.boot.fromImage = "/images/debian.qcow2"; };
  };
}
# warning[LNX0701] 4:26-4:35: `cloudInit` has no effect here
#   here: a NixOS guest is configured by `machine`, and does not look at it
#   help: remove it, or set `initialDisks.boot.fromImage` to an image with cloud-init

--- defaults-for-nixos-in-a-fleet-without ---
{
  defaults = { deployment = { cpus = 1; ram = 512; nixos = false; }; machine = { services.openssh.enable = true; }; };
  machines = { a.deployment.diskSize = 4096; b.deployment.bootOrder = [ "PXE" ]; };
}

# warning[LNX0701] 2:70-2:77: `defaults.machine` has no effect here
#   here: no machine runs NixOS
#   2:60-2:65: as here
#   help: remove it, or set `nixos = true;` for the machines that do

--- defaults-for-nixos-in-a-fleet-with-one ---
{
  defaults = { deployment = { cpus = 1; ram = 512; nixos = false; }; machine = { services.openssh.enable = true; }; };
  machines = { a.deployment.diskSize = 4096; b.deployment = { nixos = true; sshPubKeyPath = ./key.pub; }; };
}
# fine

--- a-seed-that-two-machines-share-one-of-which-looks-at-it ---
let seed = { userData = "#cloud-config\npackages: [ htop ]\n"; };
in {
  defaults.deployment = { cpus = 1; ram = 1024; sshPubKeyPath = ./key.pub; };
  machines.a = { deployment.cloudInit = seed; machine.services.cloud-init.enable = true; };
  machines.b = { deployment.cloudInit = seed; machine = { }; };
}
# warning[LNX0701] 5:29-5:38: `cloudInit` has no effect here
#   here: a NixOS guest is configured by `machine`, and does not look at it
#   help: remove it, or set `initialDisks.boot.fromImage` to an image with cloud-init
