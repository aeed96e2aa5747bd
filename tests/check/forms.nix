--- a-list-of-machines ---
[ { deployment = { name = "web"; cpus = 1; ram = 1024; nixos = false; }; } ]
# error[LNX0304] 1:1-1:77: the file holds a list, not a deployment
#   here: a list
#   help: a deployment is `{ deployment = { … }; machine = …; }` for one machine, or `{ machines.<name> = { deployment = { … }; machine = …; }; }` for a fleet

--- a-string ---
"web"
# error[LNX0304] 1:1-1:6: the file holds a string, not a deployment
#   here: a string
#   help: a deployment is `{ deployment = { … }; machine = …; }` for one machine, or `{ machines.<name> = { deployment = { … }; machine = …; }; }` for a fleet

--- an-empty-set ---
{ }
# error[LNX0304] 1:1-1:2: the file is neither a machine nor a fleet
#   here: neither `deployment` nor `machines` is set here
#   help: a deployment is `{ deployment = { … }; machine = …; }` for one machine, or `{ machines.<name> = { deployment = { … }; machine = …; }; }` for a fleet

--- a-bare-machine ---
{ name = "web"; cpus = 1; ram = 1024; }
# error[LNX0304] 1:17-1:21: the file is neither a machine nor a fleet
#   here: an option of a machine
#   help: put the options of the machine into `deployment = { … };`

--- machines-are-a-list ---
{ machines = [ { deployment = { name = "web"; cpus = 1; ram = 1024; } ; } ]; }
# error[LNX0301] 1:14-1:76: `machines` is a list, but must be a set
#   here: a list
#   help: write a set in which each has a name, for example `machines = { web.deployment = { cpus = 2; ram = 2048; }; };`

--- machines-are-null ---
{ machines = null; }
# error[LNX0301] 1:14-1:18: `machines` is null, but must be a set with an attribute for each machine
#   here: null
#   help: a machine is `{ deployment = { … }; machine = …; }`

--- machines-are-empty ---
{ machines = { }; }
# warning[LNX0701] 1:3-1:11: the fleet has no machines
#   here: this set is empty
#   help: add one, for example `web.deployment = { cpus = 2; ram = 2048; };`

--- a-machine-is-a-function ---
{ machines.web = { pkgs, ... }: { deployment = { cpus = 1; ram = 1024; }; }; }
# error[LNX0301] 1:18-1:76: `machines.web` is a function, but must be a set
#   here: a function
#   help: a machine is `{ deployment = { … }; machine = …; }`: a NixOS module belongs to its `machine`, and another function has to be called

--- a-machine-is-a-path ---
{ machines.web = ./guest.nix; }
# error[LNX0301] 1:18-1:29: `machines.web` is a path, but must be a set
#   here: a path
#   help: write `import ./guest.nix` for what the file holds
#   fix (unsafe): 1:18-1:18 -> `import `

--- a-machine-is-a-number ---
{ machines.web = 1; }
# error[LNX0301] 1:18-1:19: `machines.web` is an integer, but must be a set
#   here: an integer
#   help: a machine is `{ deployment = { … }; machine = …; }`

--- a-function-without-its-argument ---
{ domain, ... }:
{ machines.web.deployment = { cpus = 1; ram = 1024; nixos = false; description = domain; }; }
# error[LNX0304] 1:3-1:9: the deployment is a function that lacks its argument `domain`
#   here: no value is given
#   help: give it with `--arg domain EXPRESSION` or `--argstr domain TEXT`, or write a default: `domain ? …`

--- a-function-with-defaults ---
{ cpus ? 1, ... }:
{ machines.web.deployment = { inherit cpus; ram = 1024; nixos = false; }; }
# fine

--- a-function-of-one-name ---
args: { machines.web.deployment = { cpus = args.cpus; ram = 1024; nixos = false; }; }
# error[LNX0205] 1:49-1:53: attribute 'cpus' missing

--- a-fleet-with-module-and-deployment-at-its-top ---
{ machines.a.deployment = { cpus = 1; ram = 1024; nixos = false; }; machine = { }; }
# error[LNX0304] 1:69-1:76: the file describes a fleet and a single machine at once
#   here: this describes a single machine
#   1:3-1:11: this describes a fleet
#   help: move the machine into `machines.<name>`, or what all machines have into `defaults.deployment`

--- defaults-of-one-machine ---
{ defaults.deployment.ram = 512; deployment = { name = "web"; cpus = 1; ram = 1024; nixos = false; }; }
# warning[LNX0701] 1:3-1:11: `defaults` has no effect in a file of one machine
#   here: only the machines of a fleet have defaults
#   help: remove it, or describe a fleet with `machines.<name>`

--- defaults-are-a-function ---
{ defaults = { ... }: { deployment.ram = 512; }; machines.web.deployment = { cpus = 1; ram = 1024; nixos = false; }; }
# error[LNX0301] 1:14-1:48: `defaults` is a function, but must be a set
#   here: a function
#   help: call the function with its arguments; for example `defaults = { deployment.ram = 1024; };`

--- options-directly-in-defaults ---
{ defaults = { ram = 512; }; machines.web.deployment = { cpus = 1; ram = 1024; nixos = false; }; }
# error[LNX0302] 1:16-1:19: `ram` of `defaults` belongs to `deployment`
#   here: an option of `deployment`
#   help: put the options of the machine into `deployment = { … };`
#   fix (unsafe): 1:14-1:14 -> `{ deployment = `
#   and: 1:28-1:28 -> `; }`

--- a-nixos-configuration-in-place-of-a-deployment ---
{ pkgs, ... }: { services.nginx.enable = true; }
# error[LNX0304] 1:3-1:7: the file holds a NixOS configuration, not a deployment
#   here: an argument of a NixOS module
#   help: a guest's configuration belongs to its machine: `{ deployment = { name = "web"; cpus = 2; ram = 2048; }; machine = …; }`

--- one-mistake-per-machine ---
{
  machines = {
    a.deployment = { cpus = "1"; ram = 1024; nixos = false; };
    b.deployment = { cpus = 1; ram = 1024; nixos = false; descripton = "b"; };
    c.deployment = { cpus = 1; ram = 1024; nixos = false; staticIPs = [ { ips = [ "10.0.0.256" ]; } ]; };
    d.deployment = { cpus = 1; ram = 1024; nixos = false; initialDisks.boot.fromImage = ./d.qcow2; };
    e.deployment = { cpus = 1; ram = 1024; nixos = false; firmware = "ufei"; };
  };
}
# error[LNX0301] 3:29-3:32: `cpus` is a string, but must be an integer (the number of CPUs) or a set
#   here: a string
#   help: write `1`
#   fix (safe): 3:29-3:32 -> `1`
# error[LNX0302] 4:59-4:69: there is no option `descripton`
#   here: did you mean `description`?
#   help: `description`: What the machine is for; libvirt's tools show it.
#   fix (unsafe): 4:59-4:69 -> `description`
# error[LNX0403] 5:91-5:94: "10.0.0.256" is not an IP address
#   here: an octet is at most 255
# error[LNX0901] 6:89-6:98: the file of `initialDisks.boot.fromImage` does not exist: d.qcow2
#   here: no such file
#   help: create the file, or name one that exists
# error[LNX0402] 7:70-7:76: `firmware` cannot be "ufei"
#   here: did you mean "uefi"?
#   help: the values are
#         "bios": `SeaBIOS`, which boots everything but what needs UEFI
#         "uefi": UEFI (`OVMF`), without secure boot
#         "uefi-secure": UEFI that starts only what is signed; a NixOS guest begins without keys, so that it can bring its own
#   fix (safe): 7:70-7:76 -> `"uefi"`

--- a-fleet-and-a-machine-with-mistakes-inside ---
{
  machine.web = { };
  machines.db.deployment = { cpus = "2"; ram = 1024; nixos = false; };
}
# error[LNX0304] 2:3-2:10: the file describes a fleet and a single machine at once
#   here: this describes a single machine
#   3:3-3:11: this describes a fleet
#   help: move the machine into `machines.<name>`, or what all machines have into `defaults.deployment`
# error[LNX0301] 3:37-3:40: `cpus` is a string, but must be an integer (the number of CPUs) or a set
#   here: a string
#   help: write `2`
#   fix (safe): 3:37-3:40 -> `2`

--- machines-at-the-top ---
{
  web = { deployment = { cpus = 1; ram = 512; nixos = false; }; };
  db.deployment = { cpus = "1"; ram = 512; nixos = false; };
  common = { ram = 512; };
}

# error[LNX0304] 2:3-2:6: the file is neither a machine nor a fleet
#   here: a machine, which belongs to `machines`: `machines.web`
#   3:3-3:5: this as well
#   help: put the machines into `machines = { … };`, or write `machines.` in front of their names
# error[LNX0301] 3:28-3:31: `cpus` is a string, but must be an integer (the number of CPUs) or a set
#   here: a string
#   help: write `1`
#   fix (safe): 3:28-3:31 -> `1`
# error[LNX0302] 4:3-4:9: there is no option `common`
#   here: did you mean `defaults`?
#   help: `defaults`: What all machines of a fleet have in common: each option that a machine does not set itself is taken from `defaults.deployment`, and `defaults.machine` is a NixOS module of every guest.
#   fix (unsafe): 4:3-4:9 -> `defaults`

--- the-form-of-morph ---
{
  network.description = "all of them";
  web = { ... }: { services.openssh.enable = true; };
  db = { ... }: { };
}

# error[LNX0304] 3:3-3:6: the file is neither a machine nor a fleet
#   here: the configuration of a guest belongs to `machines.web.machine`
#   note: Launchnix writes morph's network itself, from `machines`
#   help: say what the machine has beside it: `machines.web = { deployment = { cpus = 2; ram = 2048; }; machine = …; };`

--- a-flake ---
{
  description = "machines";
  outputs = _: { };
}
# error[LNX0304] 1:1-1:2: the file is neither a machine nor a fleet
#   here: neither `deployment` nor `machines` is set here
#   help: this is a flake: have its deployment in a file of its own, and name that file to `launchnix`

--- a-module-that-takes-too-little ---
{
  machines.a = {
    deployment = { cpus = 1; ram = 1024; sshPubKeyPath = ./key.pub; };
    machine = { pkgs }: { environment.systemPackages = [ pkgs.git ]; };
  };
  machines.b = {
    deployment = { cpus = 1; ram = 1024; sshPubKeyPath = ./key.pub; };
    machine = { }: { services.openssh.enable = true; };
  };
}
# error[LNX0809] 4:15-4:23: the function of `machines.a.machine` does not take what NixOS calls it with
#   here: these arguments and no others
#   help: end them with `...`: NixOS passes `config`, `lib`, `options` and more to each module
#   fix (safe): 4:21-4:21 -> `, ...`
# error[LNX0809] 8:15-8:18: the function of `machines.b.machine` does not take what NixOS calls it with
#   here: these arguments and no others
#   help: end them with `...`: NixOS passes `config`, `lib`, `options` and more to each module
#   fix (safe): 8:16-8:16 -> ` ...`

--- a-module-that-has-to-be-called ---
let
  role = {
    web = { domain }: { pkgs, ... }: { networking.domain = domain; };
    db = version: { ... }: { services.postgresql.enable = version > 15; };
  };
in
{
  machines.web = {
    deployment = { cpus = 1; ram = 1024; sshPubKeyPath = ./key.pub; };
    machine = role.web;
  };
  machines.db = {
    deployment = { cpus = 1; ram = 1024; sshPubKeyPath = ./key.pub; };
    machine = role.db;
  };
  machines.old = {
    deployment = { cpus = 1; ram = 1024; sshPubKeyPath = ./key.pub; };
    machine = role.db 14;
  };
}
# error[LNX0809] 10:15-10:23: this function has to be called to give a NixOS module
#   help: call it with the arguments that it takes first: what it then gives is the module
# error[LNX0809] 14:15-14:22: this function has to be called to give a NixOS module
#   help: call it with the arguments that it takes first: what it then gives is the module

--- the-rest-of-a-file-that-lacks-its-arguments ---
{ domain, cores, names }:
let vm = name: { inherit name; value.deployment = { cpus = cores; ram = 512; nixos = false; }; }; in
{
  networks.lan.subnet = "10.0.0.0/33";
  machines.a.deployment = { cpus = "1"; ram = 512; nixos = false; description = "a.${domain}"; };
  machines.b.deployment = { cpus = cores; ram = cores * 1024; nixos = false; };
  machines.${domain}.deployment = { cpus = 1; ram = 0; nixos = false; };
}

# error[LNX0304] 1:3-1:9: the deployment is a function that lacks its arguments `domain`, `cores` and `names`
#   here: no value is given
#   1:11-1:16: nor for this
#   1:18-1:23: nor for this
#   help: give it with `--arg domain EXPRESSION` or `--argstr domain TEXT`, or write a default: `domain ? …`
# warning[LNX0704] 1:18-1:23: the argument `names` is never used
#   here: taken here, and used nowhere
#   help: remove it from the arguments, and from where the function is called
# warning[LNX0703] 2:5-2:7: `vm` is never used
#   here: bound here, and used nowhere
#   help: remove it, or let its name start with `_` if it is there for a reason
#   fix (unsafe): 2:5-2:98 -> ``
# error[LNX0403] 4:35-4:37: "10.0.0.0/33" is not an IPv4 network such as `10.20.0.0/24`
#   here: a prefix length is a number from 8 to 30
# error[LNX0301] 5:36-5:39: `cpus` is a string, but must be an integer (the number of CPUs) or a set
#   here: a string
#   help: write `1`
#   fix (safe): 5:36-5:39 -> `1`

--- the-machines-of-a-file-that-lacks-its-arguments ---
{ names }:
{
  networks.lan.subnet = "10.0.0.0/33";
  machines = builtins.listToAttrs (map (name: { inherit name; value.deployment = { cpus = 1; ram = 512; nixos = false; }; }) names);
}
# error[LNX0304] 1:3-1:8: the deployment is a function that lacks its argument `names`
#   here: no value is given
#   help: give it with `--arg names EXPRESSION` or `--argstr names TEXT`, or write a default: `names ? …`
# error[LNX0403] 3:35-3:37: "10.0.0.0/33" is not an IPv4 network such as `10.20.0.0/24`
#   here: a prefix length is a number from 8 to 30

--- options-of-a-machine-without-deployment ---
{ machines.web = { cpus = 2; ram = 2048; nixos = false; diskSize = 1000; tags = [ ]; firmware = "uefi"; }; }

# error[LNX0302] 1:20-1:24: `cpus`, `ram`, `nixos`, `diskSize` and 2 more of machine `web` belong to `deployment`
#   here: an option of `deployment`
#   1:30-1:33: this as well
#   1:42-1:47: this as well
#   1:57-1:65: this as well
#   1:74-1:78: this as well
#   1:86-1:94: this as well
#   help: put the options of the machine into `deployment = { … };`
#   fix (unsafe): 1:18-1:18 -> `{ deployment = `
#   and: 1:106-1:106 -> `; }`

--- options-of-a-machine-without-deployment-and-other-mistakes ---
{
  machines.web = {
    cpus = 2;
    memory = 2048;
    nixos = "no";
  };
}

# error[LNX0302] 3:5-3:9: `cpus` and `nixos` of machine `web` belong to `deployment`
#   here: an option of `deployment`
#   5:5-5:10: this as well
#   help: put the options of the machine into `deployment = { … };`
#   fix (unsafe): 2:18-2:18 -> `{ deployment = `
#   and: 6:4-6:4 -> `; }`
# error[LNX0302] 4:5-4:11: there is no option `memory`
#   here: did you mean `ram`?
#   help: `ram`: Memory of the machine.
#   fix (unsafe): 4:5-4:11 -> `ram`
# error[LNX0301] 5:13-5:17: `nixos` is a string, but must be `true` or `false`
#   here: a string
#   help: write `false`
#   fix (safe): 5:13-5:17 -> `false`

--- options-of-a-machine-beside-deployment ---
{ machines.web = { deployment = { cpus = 2; }; ram = 2048; nixos = false; }; }

# error[LNX0302] 1:48-1:51: `ram` and `nixos` of machine `web` belong to `deployment`
#   here: an option of `deployment`
#   1:60-1:65: this as well
#   help: put the options of the machine into `deployment = { … };`

--- one-option-of-a-machine-without-deployment ---
{ machines.web.cpus = 2; machines.db.deployment = { cpus = 1; ram = 512; nixos = false; }; }

# error[LNX0303] 1:12-1:15: option `ram` is missing in machine `web`
#   here: `ram` must be set here
#   note: `ram`: Memory of the machine.
#   help: add, for example, `ram = 2048;` (`ram` is in MiB)
# error[LNX0302] 1:16-1:20: `cpus` of machine `web` belongs to `deployment`
#   here: an option of `deployment`
#   help: put the options of the machine into `deployment = { … };`

--- options-of-many-machines-without-deployment ---
{ machines = builtins.listToAttrs (builtins.genList (n: { name = "vm${toString n}"; value = { cpus = 1; ram = 512; nixos = false; }; }) 3); }

# error[LNX0302] 1:95-1:99: `cpus`, `ram` and `nixos` of machine `vm0` belong to `deployment`
#   here: an option of `deployment`
#   1:105-1:108: this as well
#   1:116-1:121: this as well
#   note: this concerns machines `vm0`, `vm1` and `vm2`
#   help: put the options of the machine into `deployment = { … };`
#   fix (unsafe): 1:93-1:93 -> `{ deployment = `
#   and: 1:132-1:132 -> `; }`

--- a-machine-without-a-name ---
{ machines = { deployment = { cpus = 1; ram = 512; nixos = false; }; }; }

# error[LNX0304] 1:16-1:26: the machine has no name
#   here: a machine needs one: `machines.<name>.deployment`
#   help: write, for example, `machines.web.deployment`; a file of one machine needs no `machines`

--- a-machine-without-a-name-and-its-guest ---
{ machines = { deployment = { cpus = 1; ram = 512; }; machine = { }; }; }

# error[LNX0304] 1:16-1:26: the machine has no name
#   here: a machine needs one: `machines.<name>.deployment`
#   help: write, for example, `machines.web.deployment`; a file of one machine needs no `machines`

--- machines-in-deployment ---
{ deployment.web = { cpus = 1; ram = 512; nixos = false; }; deployment.db = { cpus = 1; ram = 512; nixos = false; }; }

# error[LNX0304] 1:3-1:13: `deployment` is one machine's, and holds machines here
#   here: machines belong to `machines.<name>.deployment`
#   help: write `machines.db.deployment` and `machines.web.deployment`

--- a-machine-beside-machines ---
{ machines.db.deployment = { cpus = 1; ram = 512; nixos = false; }; web.deployment = { cpus = 1; ram = 512; nixos = false; }; }

# error[LNX0302] 1:69-1:72: there is no option `web`
#   here: a machine, which belongs to `machines`: `machines.web`
#   help: write `machines.` in front of its name

--- machines-inside-of-machines ---
{ machines.machines.a.deployment = { cpus = 1; ram = 512; nixos = false; }; }

# error[LNX0302] 1:12-1:20: `machines` stands inside of `machines`
#   here: one too many
#   help: write what it holds directly into the outer one

--- a-machine-inside-of-itself ---
{ machines.a.a.deployment = { cpus = 1; ram = 512; nixos = false; }; }
# error[LNX0302] 1:14-1:15: `a` stands inside of `a`
#   here: one too many
#   help: write what it holds directly into the outer one

--- an-option-of-a-machine-beside-deployment-misspelt ---
{ machines.db = { deploymnt = { cpus = 1; }; ram = 512; }; }

# error[LNX0302] 1:19-1:28: there is no option `deploymnt`
#   here: did you mean `deployment`?
#   help: the options of a machine are in its `deployment`
#   fix (unsafe): 1:19-1:28 -> `deployment`
# error[LNX0302] 1:46-1:49: there is no option `ram` in `machines.db`
#   here: belongs to `deployment`
#   help: `ram`: Memory of the machine.

--- options-of-machines-that-a-function-merges ---
let common = { cpus = 1; ram = 512; nixos = false; }; in
{ machines = builtins.mapAttrs (_: own: common // own) { a = { diskSize = 5; }; b = { tags = [ ]; }; }; }

# error[LNX0302] 1:16-1:20: `cpus`, `ram`, `nixos` and `diskSize` of machine `a` belong to `deployment`
#   here: an option of `deployment`
#   1:26-1:29: this as well
#   1:37-1:42: this as well
#   2:64-2:72: this as well
#   note: this concerns machines `a` and `b`
#   help: put the options of the machine into `deployment = { … };`
# warning[LNX0711] 2:75-2:76: `diskSize` is 5 MiB, too little for any system of today
#   here: 5 MiB
#   help: `diskSize` is in MiB: write `5120` for 5 GiB
#   fix (unsafe): 2:75-2:76 -> `5120`

--- defaults-without-deployment ---
{ defaults = { cpus = 1; ram = 512; }; machines.a.deployment = { nixos = false; }; }
# error[LNX0302] 1:16-1:20: `cpus` and `ram` of `defaults` belong to `deployment`
#   here: an option of `deployment`
#   1:26-1:29: this as well
#   help: put the options of the machine into `deployment = { … };`
#   fix (unsafe): 1:14-1:14 -> `{ deployment = `
#   and: 1:38-1:38 -> `; }`

--- machines-within-defaults ---
{ defaults.machines.db.deployment = { cpus = 1; ram = 512; nixos = false; }; machines.a.deployment = { cpus = 1; ram = 512; nixos = false; }; }
# error[LNX0302] 1:12-1:20: `machines` stands inside of `defaults`
#   here: belongs to the top of the file
#   help: move it out: machines are side by side in `machines`

--- machines-within-defaults-and-nowhere-else ---
{ defaults = { deployment.ram = 512; machines.db.deployment.ram = 2048; }; }
# error[LNX0302] 1:38-1:46: `machines` stands inside of `defaults`
#   here: belongs to the top of the file
#   help: move it out: machines are side by side in `machines`

--- machines-within-a-machine ---
{ machines.a = { deployment = { cpus = 1; ram = 512; nixos = false; }; machines.b.deployment = { cpus = 1; ram = 512; nixos = false; }; }; }
# error[LNX0302] 1:72-1:80: `machines` stands inside of `machines.a`
#   here: belongs to the top of the file
#   help: move it out: machines are side by side in `machines`

--- a-fleet-for-a-machine ---
{ machines.a = import ./fleet.nix; machines.c.deployment = { cpus = 1; ram = 512; nixos = false; }; }
=== fleet.nix ===
{ networks.lan.subnet = "10.3.0.0/24"; machines.b.deployment = { cpus = 1; ram = 512; nixos = false; }; }
# error[LNX0304] 1:16-1:34: `machines.a` is a fleet, not a machine
#   here: this has `machines` of its own
#   fleet.nix:1:40-1:48: here
#   help: take one of its machines, such as its `machines.b`, or all of them: `machines = (…).machines;`

--- a-fleet-for-the-defaults ---
let fleet = { machines.b.deployment = { cpus = 1; ram = 512; nixos = false; }; }; in
{ defaults = fleet; machines.c.deployment = { cpus = 1; ram = 512; nixos = false; }; }
# error[LNX0304] 2:14-2:19: `defaults` is a fleet, not what machines have in common
#   here: this has `machines` of its own
#   1:15-1:23: here
#   help: take one of its machines, such as its `machines.b`, or all of them: `machines = (…).machines;`

--- machines-for-machine ---
{ machines.a = { deployment = { cpus = 1; ram = 512; sshPubKeyPath = ./key.pub; }; machines = { services.nginx.enable = true; }; }; }
# error[LNX0302] 1:84-1:92: there is no option `machines` in `machines.a`
#   here: did you mean `machine`?
#   help: `machine`: NixOS module of the guest: a function, a set or a path.
#   fix (unsafe): 1:84-1:92 -> `machine`

--- deployment-within-machine ---
{ machines.a.machine = { deployment = { cpus = 1; ram = 512; sshPubKeyPath = ./key.pub; }; services.nginx.enable = true; }; }
# error[LNX0302] 1:26-1:36: `deployment` stands inside of `machine`
#   here: belongs beside `machine`
#   help: move it out: `machine` is the NixOS module of the guest, and knows nothing of `deployment`

--- deployment-within-the-only-machine ---
{ machine = { deployment = { name = "a"; cpus = 1; ram = 512; sshPubKeyPath = ./key.pub; }; services.nginx.enable = true; }; }
# error[LNX0302] 1:15-1:25: `deployment` stands inside of `machine`
#   here: belongs beside `machine`
#   help: move it out: `machine` is the NixOS module of the guest, and knows nothing of `deployment`

--- a-file-that-is-neither-and-begins-with-comments ---
# written for compose
/* and never
   finished */
{
  services.web = { image = "nginx"; };
}
# error[LNX0304] 4:1-4:2: the file is neither a machine nor a fleet
#   here: neither `deployment` nor `machines` is set here
#   help: a deployment is `{ deployment = { … }; machine = …; }` for one machine, or `{ machines.<name> = { deployment = { … }; machine = …; }; }` for a fleet

--- a-machine-beside-a-fleet-that-is-meant-as-its-defaults ---
{
  deployment = { ram = "1 GiB"; nixos = false; };
  machines.a.deployment = { cpus = 2; ram = 512; };
}
# error[LNX0304] 2:3-2:13: the file describes a fleet and a single machine at once
#   here: this describes a single machine
#   3:3-3:11: this describes a fleet
#   help: move the machine into `machines.<name>`, or what all machines have into `defaults.deployment`
# error[LNX0301] 2:24-2:31: `ram` is a string, but must be an integer
#   here: a string
#   help: `ram` is in MiB: write `1024`
#   fix (safe): 2:24-2:31 -> `1024`
