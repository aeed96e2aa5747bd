--- a-public-key-that-is-not-there ---
{ machine = { }; deployment = { name = "web"; cpus = 1; ram = 1024; sshPubKeyPath = ./kye.pub; }; }
# error[LNX0901] 1:85-1:94: the file of `sshPubKeyPath` does not exist: kye.pub
#   here: no such file
#   help: in that directory there is `key.pub`

--- a-public-key-in-the-home-directory-that-is-not-there ---
{ machine = { }; deployment = { name = "web"; cpus = 1; ram = 1024; sshPubKeyPath = "~/.ssh/id_ed2551.pub"; }; }
# error[LNX0901] 1:85-1:107: the file of `sshPubKeyPath` does not exist: /home/me/.ssh/id_ed2551.pub
#   here: no such file
#   help: in that directory there is `id_ed25519.pub`

--- a-key-in-a-directory-that-is-not-there ---
{ machine = { }; deployment = { name = "web"; cpus = 1; ram = 1024; sshPubKeyPath = ./keys/id.pub; }; }
# error[LNX0901] 1:85-1:98: the file of `sshPubKeyPath` does not exist: keys/id.pub
#   here: no such file
#   note: the directory keys does not exist either
#   help: create the file, or name one that exists

--- a-private-key-for-a-public-one ---
{ machine = { }; deployment = { name = "web"; cpus = 1; ram = 1024; sshPubKeyPath = "~/.ssh/id_ed25519"; }; }
# error[LNX0903] 1:85-1:104: `sshPubKeyPath` names a private key
#   here: this key would be copied into the guest for everyone to read
#   help: the public key is usually `~/.ssh/id_ed25519.pub`
#   fix (unsafe): 1:85-1:104 -> `"~/.ssh/id_ed25519.pub"`

--- a-private-key-by-path-for-a-public-one ---
{ machine = { }; deployment = { name = "web"; cpus = 1; ram = 1024; sshPubKeyPath = ./private-key; }; }
# error[LNX0903] 1:85-1:98: `sshPubKeyPath` names a private key
#   here: this key would be copied into the guest for everyone to read
#   help: the public key is usually `/fleet/private-key.pub`

--- a-public-key-for-a-private-one ---
{ machine = { }; deployment = { name = "web"; cpus = 1; ram = 1024; sshPubKeyPath = ./key.pub; sshPrivKeyPath = "~/.ssh/id_ed25519.pub"; }; }
# error[LNX0903] 1:113-1:136: `sshPrivKeyPath` names a public key
#   here: a private key is needed here
#   help: its private key is usually `~/.ssh/id_ed25519`

--- one-file-for-both-keys ---
{ machine = { }; deployment = { name = "web"; cpus = 1; ram = 1024; sshPubKeyPath = ./key.pub; sshPrivKeyPath = ./key.pub; }; }
# error[LNX0903] 1:113-1:122: `sshPrivKeyPath` names a public key
#   here: a private key is needed here
#   help: its private key is usually `/fleet/key`

--- keys-the-wrong-way-round ---
{
  machine = { };
  deployment = {
    name = "web"; cpus = 1; ram = 1024;
    sshPubKeyPath = "~/.ssh/id_ed25519";
    sshPrivKeyPath = "~/.ssh/id_ed25519.pub";
  };
}
# error[LNX0903] 5:21-5:40: `sshPubKeyPath` names a private key
#   here: this key would be copied into the guest for everyone to read
#   help: the public key is usually `~/.ssh/id_ed25519.pub`
#   fix (unsafe): 5:21-5:40 -> `"~/.ssh/id_ed25519.pub"`
# error[LNX0903] 6:22-6:45: `sshPrivKeyPath` names a public key
#   here: a private key is needed here
#   help: its private key is usually `~/.ssh/id_ed25519`

--- a-text-for-a-public-key ---
{ machine = { }; deployment = { name = "web"; cpus = 1; ram = 1024; sshPubKeyPath = ./notes.txt; }; }
# error[LNX0903] 1:85-1:96: `sshPubKeyPath` names a file that is no public key
#   here: not a file of OpenSSH public keys
#   note: a line of it starts with `buy milk`
#   help: name a file with a line such as `ssh-ed25519 AAAAC3… you@host`

--- an-empty-public-key ---
{ machine = { }; deployment = { name = "web"; cpus = 1; ram = 1024; sshPubKeyPath = ./empty.pub; }; }
=== empty.pub ===
# error[LNX0903] 1:85-1:96: `sshPubKeyPath` names a file without a key
#   here: the file is empty
#   help: name a file with a line such as `ssh-ed25519 AAAAC3… you@host`

--- a-public-key-cut-short ---
{ machine = { }; deployment = { name = "web"; cpus = 1; ram = 1024; sshPubKeyPath = ./cut.pub; }; }
=== cut.pub ===
ssh-ed25519 AAAAC3NzaC1lZDI1
# error[LNX0903] 1:85-1:94: `sshPubKeyPath` names a file that is no public key
#   here: not a file of OpenSSH public keys
#   note: a line of it starts with `ssh-ed25519 AAAAC3NzaC1lZDI1`
#   help: name a file with a line such as `ssh-ed25519 AAAAC3… you@host`

--- the-key-itself-for-its-path ---
{ machine = { }; deployment = { name = "web"; cpus = 1; ram = 1024; sshPubKeyPath = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIEf7mYy7dGkFPyZ2Yd2VVtBTbUfCyBDEnrcQ6EJeGyZB me@example"; }; }
# error[LNX0403] 1:86-1:177: "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIEf7mYy7dGkFPyZ2Yd2VVtB…" is not the path of a file
#   here: this is the key itself
#   help: write it into a file and name the file, or write `builtins.toFile "key.pub" "…"`

--- a-directory-for-a-public-key ---
{ machine = { }; deployment = { name = "web"; cpus = 1; ram = 1024; sshPubKeyPath = ./images; }; }
# error[LNX0902] 1:85-1:93: `sshPubKeyPath` names a directory, not a file
#   here: a directory
#   help: name a file in it, such as `alpine.iso` or `debian-12.qcow2`

--- an-image-that-is-not-there ---
{ deployment = { name = "web"; cpus = 1; ram = 1024; nixos = false; initialDisks.boot.fromImage = ./images/debian-11.qcow2; }; }
# error[LNX0901] 1:99-1:123: the file of `initialDisks.boot.fromImage` does not exist: images/debian-11.qcow2
#   here: no such file
#   help: in that directory there is `debian-12.qcow2`

--- an-image-without-its-ending ---
{ deployment = { name = "web"; cpus = 1; ram = 1024; nixos = false; initialDisks.boot.fromImage = ./images/debian-12; }; }
# error[LNX0901] 1:99-1:117: the file of `initialDisks.boot.fromImage` does not exist: images/debian-12
#   here: no such file
#   help: create the file, or name one that exists

--- a-directory-for-an-image ---
{ deployment = { name = "web"; cpus = 1; ram = 1024; nixos = false; initialDisks.boot.fromImage = ./images; }; }
# error[LNX0902] 1:99-1:107: `initialDisks.boot.fromImage` names a directory, not a file
#   here: a directory
#   help: name a file in it, such as `alpine.iso` or `debian-12.qcow2`

--- a-medium-that-is-not-there ---
{ deployment = { name = "web"; cpus = 1; ram = 1024; diskSize = 1024; installationMedia = ./images/alpin.iso; }; }
# error[LNX0901] 1:91-1:109: the file of `installationMedia` does not exist: images/alpin.iso
#   here: no such file
#   help: in that directory there is `alpine.iso`

--- a-url-for-a-medium ---
{ deployment = { name = "web"; cpus = 1; ram = 1024; diskSize = 1024; installationMedia = "https://example.org/debian.iso"; }; }
# error[LNX0403] 1:92-1:122: "https://example.org/debian.iso" is not the path of a file
#   here: a URL, not a path
#   help: write `builtins.fetchurl "https://example.org/debian.iso"`

--- a-url-for-an-image ---
{ deployment = { name = "web"; cpus = 1; ram = 1024; nixos = false; initialDisks.boot.fromImage = "https://example.org/debian.qcow2"; }; }
# error[LNX0403] 1:100-1:132: "https://example.org/debian.qcow2" is not the path of a file
#   here: a URL, not a path
#   help: write `builtins.fetchurl "https://example.org/debian.qcow2"`

--- an-import-that-is-not-there ---
{ machines.web = import ./web.nix; }
# error[LNX0901] 1:25-1:34: path 'web.nix' does not exist
#   here: no such file
#   help: create the file, or name one that exists

--- a-rom-that-is-not-there ---
{ deployment = { name = "web"; cpus = 1; ram = 1024; nixos = false; pciDevices = [ { id = "09:00.0"; romFile = ./vbios.rom; } ]; }; }
# error[LNX0901] 1:112-1:123: the file of `romFile` does not exist: vbios.rom
#   here: no such file
#   help: create the file, or name one that exists

--- another-users-home ---
{ machine = { }; deployment = { name = "web"; cpus = 1; ram = 1024; sshPubKeyPath = "~root/.ssh/id.pub"; }; }
# error[LNX0403] 1:86-1:91: "~root/.ssh/id.pub" is not the path of a file
#   here: only `~/…` is understood, your own home directory

--- one-missing-key-in-defaults-is-told-once ---
{
  defaults = { deployment = { cpus = 1; ram = 1024; sshPubKeyPath = ./team.pub; }; machine = { }; };
  machines = { a = { }; b = { }; c = { }; };
}
# error[LNX0901] 2:69-2:79: the file of `sshPubKeyPath` does not exist: team.pub
#   here: no such file
#   note: this concerns machines `a`, `b` and `c`
#   help: create the file, or name one that exists

--- a-module-that-is-not-there ---
{ machines.web = { deployment = { cpus = 1; ram = 1024; sshPubKeyPath = ./key.pub; }; machine = ./guests.nix; }; }
# error[LNX0901] 1:97-1:109: the NixOS module of `machines.web.machine` does not exist
#   here: no such file
#   help: create the file, or name one that exists

--- a-directory-without-a-default ---
{ machines.a = import ./web; }
=== web/other.nix ===
{ }

# error[LNX0901] 1:23-1:28: path 'web/default.nix' does not exist
#   here: no such file
#   help: of a directory the `default.nix` is imported: create it, or name a file, such as its `other.nix`

--- a-file-to-read-is-missing ---
let
  notes = ./about.txt;
in
{ machines.a.deployment = { cpus = 1; ram = 512; nixos = false; description = builtins.readFile notes; }; }
# error[LNX0901] 2:11-2:22: path 'about.txt' does not exist
#   here: no such file
#   4:79-4:102: in this call of `readFile`
#   help: create the file, or name one that exists

--- a-dangling-link ---
{
  machines.a.deployment = { cpus = 1; ram = 512; sshPubKeyPath = ./broken.pub; };
  machines.b.deployment = { cpus = 1; ram = 512; nixos = false; installationMedia = ./broken.pub; };
}
# error[LNX0901] 2:66-2:78: the file of `sshPubKeyPath` is a link to what does not exist: broken.pub
#   here: leads to nothing
#   note: it is a link to `elsewhere/key.pub`
#   help: mend the link, or name a file that exists
# error[LNX0901] 3:85-3:97: the file of `installationMedia` is a link to what does not exist: broken.pub
#   here: leads to nothing
#   note: it is a link to `elsewhere/key.pub`
#   help: mend the link, or name a file that exists

--- keys-of-other-kinds ---
{
  machines.putty.deployment = { cpus = 1; ram = 512; sshPubKeyPath = ./putty.ppk; };
  machines.hosts.deployment = { cpus = 1; ram = 512; sshPubKeyPath = ./known_hosts; };
  machines.binary.deployment = { cpus = 1; ram = 512; sshPubKeyPath = ./key.bin; };
  machines.options.deployment = { cpus = 1; ram = 512; sshPubKeyPath = ./authorized_keys; };
}
=== putty.ppk ===
PuTTY-User-Key-File-2: ssh-ed25519
Encryption: none
=== known_hosts ===
github.com ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIEf7mYy7dGkFPyZ2Yd2VVtBTbUfCyBDEnrcQ6EJeGyZB
=== authorized_keys ===
command="echo a, b",no-pty ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIEf7mYy7dGkFPyZ2Yd2VVtBTbUfCyBDEnrcQ6EJeGyZB me
restrict,from="10.0.0.0/8" ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIEf7mYy7dGkFPyZ2Yd2VVtBTbUfCyBDEnrcQ6EJeGyZB me
# error[LNX0903] 2:70-2:81: `sshPubKeyPath` names a private key of PuTTY
#   here: this key would be copied into the guest for everyone to read
#   help: PuTTYgen shows the public key "for pasting into OpenSSH authorized_keys": save that line in a file of its own
# error[LNX0903] 3:70-3:83: `sshPubKeyPath` names a file that is no public key
#   here: a file of known hosts
#   note: a line of it starts with `github.com ssh-ed25519 AAAAC3N`
#   help: name a file with a line such as `ssh-ed25519 AAAAC3… you@host`
# error[LNX0903] 4:71-4:80: `sshPubKeyPath` names a file that is no public key
#   here: not a file of OpenSSH public keys
#   note: it holds no text
#   help: name a file with a line such as `ssh-ed25519 AAAAC3… you@host`
# warning[LNX0701] 5:72-5:89: `sshPubKeyPath` has no effect here
#   here: only a NixOS guest is given a public key
#   help: put the key into the guest by its own means

--- nixpkgs-that-is-not-there ---
{ nixpkgs = ./nixpkgs; machines.a.deployment = { cpus = 1; ram = 512; nixos = false; }; }
# error[LNX0901] 1:13-1:22: the file of `nixpkgs` does not exist: nixpkgs
#   here: no such file
#   help: create the file, or name one that exists

--- nixpkgs-that-is-a-file ---
{ nixpkgs = ./notes.txt; machines.a.deployment = { cpus = 1; ram = 512; nixos = false; }; }
# error[LNX0902] 1:13-1:24: `nixpkgs` names a file, not a directory
#   here: a file
#   help: name the directory that holds nixpkgs, unpacked

--- nixpkgs-by-its-version ---
{ nixpkgs = "nixos-24.05"; machines.a.deployment = { cpus = 1; ram = 512; nixos = false; }; }
# error[LNX0403] 1:14-1:25: "nixos-24.05" is not the path of a directory with nixpkgs
#   here: no path
#   help: write `builtins.fetchTarball "https://github.com/NixOS/nixpkgs/archive/nixos-24.05.tar.gz"`

--- nixpkgs-by-its-url ---
{ nixpkgs = "https://example.org/nixpkgs.tar.gz"; machines.a.deployment = { cpus = 1; ram = 512; nixos = false; }; }
# error[LNX0403] 1:14-1:48: "https://example.org/nixpkgs.tar.gz" is not the path of a directory with nixpkgs
#   here: no path
#   help: write `builtins.fetchTarball "https://example.org/nixpkgs.tar.gz"`

--- nixpkgs-as-of-a-flake ---
{ nixpkgs = "github:NixOS/nixpkgs/nixos-24.05"; machines.a.deployment = { cpus = 1; ram = 512; nixos = false; }; }
# error[LNX0403] 1:14-1:46: "github:NixOS/nixpkgs/nixos-24.05" is not the path of a directory with nixpkgs
#   here: no path
#   help: write `builtins.fetchTarball "https://github.com/NixOS/nixpkgs/archive/nixos-24.05.tar.gz"`

--- nixpkgs-as-an-input-of-a-flake ---
{ nixpkgs.url = "github:NixOS/nixpkgs/nixos-24.05"; machines.a.deployment = { cpus = 1; ram = 512; nixos = false; }; }
# error[LNX0301] 1:17-1:51: `nixpkgs` takes the path of a directory with nixpkgs, and no input of a flake
#   here: the address of an input
#   help: write `builtins.fetchTarball "https://github.com/NixOS/nixpkgs/archive/nixos-24.05.tar.gz"`

--- nixpkgs-as-a-set-of-something-else ---
{ nixpkgs = { version = "24.05"; }; machines.a.deployment = { cpus = 1; ram = 512; nixos = false; }; }
# error[LNX0301] 1:13-1:35: `nixpkgs` is a set, but must be a path to nixpkgs
#   here: a set
#   help: for example `nixpkgs = ./nixpkgs;`

--- nixpkgs-from-here-in-quotes ---
{ nixpkgs = "../nixpkgs"; machines.a.deployment = { cpus = 1; ram = 512; nixos = false; }; }
# error[LNX0403] 1:14-1:24: "../nixpkgs" is not the path of a directory with nixpkgs
#   here: no path
#   help: write `../nixpkgs`, without quotes

--- nixpkgs-as-a-lookup-in-quotes ---
{ nixpkgs = "<nixpkgs>"; machines.a.deployment = { cpus = 1; ram = 512; nixos = false; }; }
# error[LNX0403] 1:14-1:23: "<nixpkgs>" is not the path of a directory with nixpkgs
#   here: no path
#   help: write `<nixpkgs>`, without quotes

--- nixpkgs-that-is-a-directory ---
{ nixpkgs = ./images; machines.a.deployment = { cpus = 1; ram = 512; nixos = false; }; }
# fine

--- a-secret-beside-the-deployment-that-is-not-there ---
{
  machines.a = {
    machine = { };
    deployment = {
      cpus = 1; ram = 512; sshPubKeyPath = ./key.pub;
      secrets = {
        a = { source = "./pw"; destination = "/run/a"; };
        b = { source = "/run/keys/pw"; destination = "/run/b"; };
        c = { source = "~/pw"; destination = "/run/c"; };
      };
    };
  };
}
# error[LNX0901] 7:24-7:30: the file of `secrets.a.source` does not exist: pw
#   here: no such file
#   note: a relative path starts at the deployment file's directory
#   help: create the file, or name one that exists

--- the-content-of-a-key-for-its-path ---
{ machine = { }; deployment = { name = "web"; cpus = 1; ram = 1024; sshPubKeyPath = builtins.readFile ./key.pub; }; }
# error[LNX0403] 1:85-1:112: `sshPubKeyPath` is the content of a file, and must be its path
#   here: this reads the file
#   help: write `./key.pub`
#   fix (unsafe): 1:85-1:112 -> `./key.pub`

--- the-content-of-a-key-with-a-name-for-its-path ---
let key = builtins.readFile ./key.pub; in
{ machine = { }; deployment = { name = "web"; cpus = 1; ram = 1024; sshPubKeyPath = key; }; }
# error[LNX0403] 1:11-1:38: `sshPubKeyPath` is the content of a file, and must be its path
#   here: this reads the file
#   2:69-2:82: which is the value of this option
#   help: write `./key.pub`
#   fix (unsafe): 1:11-1:38 -> `./key.pub`
