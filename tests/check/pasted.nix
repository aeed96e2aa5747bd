--- json-in-a-set ---
{
  machines.web.deployment = {
    cpus = 2;
    ram = 0;
    nixos = false;
    initialDisks = { "data": { "size": 1024 }, "logs": { "size": "512" } };
  };
  machines.db = {
    "deployment": {
      "cpus": 0,
      "ram": 2048,
      "nixos": false,
      "diskSize": 4096,
      "tags": ["db", "back"]
    }
  };
}

# error[LNX0401] 4:11-4:12: `ram` cannot be 0
#   here: must be at least 1 MiB
#   note: QEMU's machines address at most 16 TiB; sizes are in MiB, not in bytes
#   help: write a number from 1 to 16777216
# error[LNX0101] 6:28-6:29: syntax error, unexpected ':', expecting '.' or '='
#   here: a name and its value are joined by `=`
#   help: write `name = value;` for each `name: value`, and lists without commas
#   fix (unsafe): 6:28-6:29 -> ` =`
#   and: 6:38-6:39 -> ` =`
#   and: 6:44-6:44 -> `;`
#   and: 6:46-6:47 -> `;`
#   and: 6:54-6:55 -> ` =`
#   and: 6:64-6:65 -> ` =`
#   and: 6:71-6:71 -> `;`
#   and: 6:73-6:73 -> `;`
# error[LNX0301] 6:66-6:71: `initialDisks.logs.size` is a string, but must be an integer
#   here: a string
#   help: `size` is in MiB: write `512`
#   fix (safe): 6:66-6:71 -> `512`
# error[LNX0101] 9:17-9:18: syntax error, unexpected ':', expecting '.' or '='
#   here: a name and its value are joined by `=`
#   help: write `name = value;` for each `name: value`, and lists without commas
#   fix (unsafe): 9:17-9:18 -> ` =`
#   and: 10:13-10:14 -> ` =`
#   and: 10:16-10:17 -> `;`
#   and: 11:12-11:13 -> ` =`
#   and: 11:18-11:19 -> `;`
#   and: 12:14-12:15 -> ` =`
#   and: 12:21-12:22 -> `;`
#   and: 13:17-13:18 -> ` =`
#   and: 13:23-13:24 -> `;`
#   and: 14:13-14:14 -> ` =`
#   and: 14:20-14:21 -> ``
#   and: 14:29-14:29 -> `;`
#   and: 15:6-15:6 -> `;`
# error[LNX0401] 10:15-10:16: `cpus` cannot be 0
#   here: must be at least 1
#   note: a machine has a CPU, and guests with more than 512 need a topology that Launchnix does not write
#   help: write a number from 1 to 512

--- json-beside-bindings ---
{
  networks.lan = { mode = "nat"; subnet = "10.20.0.0/24"; };
  "machines": {
    "web": {
      "deployment": { "cpus": 2, "ram": 512, "nixos": false, "diskSize": 1000 }
    },
    "db": {
      "deployment": { "cpus": 2, "ram": 512, "nixos": false, "diskSize": 0 }
    }
  },
  description = 1;
}

# error[LNX0101] 3:13-3:14: syntax error, unexpected ':', expecting '.' or '='
#   here: a name and its value are joined by `=`
#   help: write `name = value;` for each `name: value`, and lists without commas
#   fix (unsafe): 3:13-3:14 -> ` =`
#   and: 4:10-4:11 -> ` =`
#   and: 5:19-5:20 -> ` =`
#   and: 5:29-5:30 -> ` =`
#   and: 5:32-5:33 -> `;`
#   and: 5:39-5:40 -> ` =`
#   and: 5:44-5:45 -> `;`
#   and: 5:53-5:54 -> ` =`
#   and: 5:60-5:61 -> `;`
#   and: 5:72-5:73 -> ` =`
#   and: 5:78-5:78 -> `;`
#   and: 5:80-5:80 -> `;`
#   and: 6:6-6:7 -> `;`
#   and: 7:9-7:10 -> ` =`
#   and: 8:19-8:20 -> ` =`
#   and: 8:29-8:30 -> ` =`
#   and: 8:32-8:33 -> `;`
#   and: 8:39-8:40 -> ` =`
#   and: 8:44-8:45 -> `;`
#   and: 8:53-8:54 -> ` =`
#   and: 8:60-8:61 -> `;`
#   and: 8:72-8:73 -> ` =`
#   and: 8:75-8:75 -> `;`
#   and: 8:77-8:77 -> `;`
#   and: 9:6-9:6 -> `;`
#   and: 10:4-10:5 -> `;`
# error[LNX0401] 8:74-8:75: `diskSize` cannot be 0
#   here: must be at least 1 MiB
#   note: 64 TiB is more than a file of a storage pool holds; sizes are in MiB, not in bytes
#   help: write a number from 1 to 67108864
# error[LNX0301] 11:17-11:18: `description` is an integer, but must be a string
#   here: an integer
#   help: put it in quotes: `"1"`
#   fix (unsafe): 11:17-11:17 -> `"`
#   and: 11:18-11:18 -> `"`

--- json-in-a-list ---
{
  networks.lan = { mode = "nat"; subnet = "10.20.0.0/24"; };
  machines.web.deployment = {
    cpus = 2; ram = 512; nixos = false; diskSize = 1000;
    interfaces = [
      { "network": "lan", "mac": "52:54:00:00:00:01" },
      { "network": "wan", "mac": "52:54:00:00:00:02" }
    ];
  };
}

# error[LNX0101] 6:18-6:19: syntax error, unexpected ':', expecting '.' or '='
#   here: a name and its value are joined by `=`
#   help: write `name = value;` for each `name: value`, and lists without commas
#   fix (unsafe): 6:18-6:19 -> ` =`
#   and: 6:25-6:26 -> `;`
#   and: 6:32-6:33 -> ` =`
#   and: 6:53-6:53 -> `;`
#   and: 6:55-6:56 -> ``
#   and: 7:18-7:19 -> ` =`
#   and: 7:25-7:26 -> `;`
#   and: 7:32-7:33 -> ` =`
#   and: 7:53-7:53 -> `;`
# error[LNX0503] 7:20-7:25: there is no network `wan`
#   here: did you mean `lan`?
#   note: there is `lan` and `default`
#   help: declare the network: `networks."wan".subnet = "10.20.0.0/24";`
#   fix (unsafe): 7:20-7:25 -> `"lan"`

--- one-colon-is-a-slip ---
{
  machines.web.deployment = {
    cpus: 2;
    ram: 512;
    nixos = false; diskSize = 1000;
  };
}

# error[LNX0101] 3:9-3:10: syntax error, unexpected ':', expecting '.' or '='
#   here: a name and its value are joined by `=`
#   help: write `=` instead of `:`
#   fix (unsafe): 3:9-3:10 -> ` =`
# error[LNX0101] 4:8-4:9: syntax error, unexpected ':', expecting '.' or '='
#   here: a name and its value are joined by `=`
#   help: write `=` instead of `:`
#   fix (unsafe): 4:8-4:9 -> ` =`

--- lines-without-semicolons ---
{
  machines.web = {
    deployment = {
      cpus = 2
      ram = 0
      nixos = false
      diskSize = 1000
    };
  };
  machines.db.deployment = { cpus = 0; ram = 512; nixos = false; diskSize = 1000; };
}

# error[LNX0101] 4:15-4:15: syntax error, unexpected identifier, expecting ';'
#   here: ';' is missing here, and after what follows
#   help: each binding ends with a semicolon: `name = value;`
#   fix (unsafe): 4:15-4:15 -> `;`
#   and: 5:14-5:14 -> `;`
#   and: 6:20-6:20 -> `;`
#   and: 7:22-7:22 -> `;`
# error[LNX0401] 5:13-5:14: `ram` cannot be 0
#   here: must be at least 1 MiB
#   note: QEMU's machines address at most 16 TiB; sizes are in MiB, not in bytes
#   help: write a number from 1 to 16777216
# error[LNX0401] 10:37-10:38: `cpus` cannot be 0
#   here: must be at least 1
#   note: a machine has a CPU, and guests with more than 512 need a topology that Launchnix does not write
#   help: write a number from 1 to 512

--- one-semicolon-that-is-missing-is-a-slip ---
{
  machines.web = {
    deployment = {
      cpus = 2
      ram = 0;
      nixos = false
      diskSize = 1000;
    };
  };
}

# error[LNX0101] 4:15-4:15: syntax error, unexpected '=', expecting ';'
#   here: ';' is missing here
#   5:11-5:12: noticed here
#   help: add ';' after the expression before it
#   fix (unsafe): 4:15-4:15 -> `;`
# error[LNX0401] 5:13-5:14: `ram` cannot be 0
#   here: must be at least 1 MiB
#   note: QEMU's machines address at most 16 TiB; sizes are in MiB, not in bytes
#   help: write a number from 1 to 16777216
# error[LNX0101] 6:20-6:20: syntax error, unexpected '=', expecting ';'
#   here: ';' is missing here
#   7:16-7:17: noticed here
#   help: add ';' after the expression before it
#   fix (unsafe): 6:20-6:20 -> `;`

--- blocks-without-semicolons ---
{
  machines.web = {
    deployment {
      cpus = 2
      ram = 512
      nixos = false
      initialDisks "data" {
        size = "1024"
      }
      diskSize = 1000
    }
  };
}

# error[LNX0101] 3:16-3:17: syntax error, unexpected '{', expecting '.' or '='
#   3:15-3:15: '=' is missing here
#   help: write `name = { … };` for a block, and `name = value;` for each binding in it
#   fix (unsafe): 3:15-3:15 -> ` =`
#   and: 4:15-4:15 -> `;`
#   and: 5:16-5:16 -> `;`
#   and: 6:20-6:20 -> `;`
#   and: 7:19-7:20 -> `.`
#   and: 7:26-7:26 -> ` =`
#   and: 8:22-8:22 -> `;`
#   and: 9:8-9:8 -> `;`
#   and: 10:22-10:22 -> `;`
#   and: 11:6-11:6 -> `;`
# error[LNX0301] 8:16-8:22: `initialDisks.data.size` is a string, but must be an integer
#   here: a string
#   help: `size` is in MiB: write `1024`
#   fix (safe): 8:16-8:22 -> `1024`

--- blocks-of-terraform ---
{
  variable "cores" {
    default = 2
  }
  machines.web.deployment = { cpus = 0; ram = 512; nixos = false; diskSize = 1000; };
  resource "libvirt_domain" "db" {
    name   = "db"
    memory = 2048
    network_interface {
      network_name = "lan"
    }
  }
}

# error[LNX0101] 2:3-2:19: syntax error, a block of Terraform's language is no binding
#   here: this is no Nix
#   help: write `machines.<name>.deployment = { name = value; … };` for a machine
# error[LNX0401] 5:38-5:39: `cpus` cannot be 0
#   here: must be at least 1
#   note: a machine has a CPU, and guests with more than 512 need a topology that Launchnix does not write
#   help: write a number from 1 to 512
# error[LNX0101] 6:3-6:33: syntax error, a block of Terraform's language is no binding
#   here: this is no Nix
#   help: write `machines.<name>.deployment = { name = value; … };` for a machine

--- yaml-in-a-set ---
{
  machines.web.deployment = { cpus = 0; ram = 512; nixos = false; diskSize = 1000; };
  machines.db:
    deployment:
      cpus: 2
      tags:
        - db
}
# error[LNX0401] 2:38-2:39: `cpus` cannot be 0
#   here: must be at least 1
#   note: a machine has a CPU, and guests with more than 512 need a topology that Launchnix does not write
#   help: write a number from 1 to 512
# error[LNX0101] 3:14-3:15: syntax error, unexpected ':', expecting '.' or '='
#   here: a name and its value are joined by `=`
#   help: the lines below are YAML: a set is written `{ name = value; … }`, and a list `[ a b ]`

--- yaml-after-bindings-of-yaml ---
{
  networks.lan = { mode = "nat"; subnet = "10.20.0.0/33"; };
  machines.web.deployment = {
    cpus: 0
    ram: 512
    nixos: false
    diskSize: 1000
    interfaces:
      - network: lan
        model: virtio
    tags:
    - web
  };
}

# error[LNX0403] 2:54-2:56: "10.20.0.0/33" is not an IPv4 network such as `10.20.0.0/24`
#   here: a prefix length is a number from 8 to 30
# error[LNX0101] 4:9-4:10: syntax error, unexpected ':', expecting '.' or '='
#   here: a name and its value are joined by `=`
#   help: write `name = value;` for each `name: value`, and lists without commas
# error[LNX0401] 4:11-4:12: `cpus` cannot be 0
#   here: must be at least 1
#   note: a machine has a CPU, and guests with more than 512 need a topology that Launchnix does not write
#   help: write a number from 1 to 512

--- yaml-in-a-machine ---
{
  machines.web = {
    deployment:
      cpus: 2
      ram: 512
    machine = { pkgs, ... }: { services.nginx.enable = true; };
  };
  machines.db.deployment = { cpus = 0; ram = 512; nixos = false; diskSize = 1000; };
}

# error[LNX0101] 3:15-3:16: syntax error, unexpected ':', expecting '.' or '='
#   here: a name and its value are joined by `=`
#   help: the lines below are YAML: a set is written `{ name = value; … }`, and a list `[ a b ]`
# error[LNX0401] 8:37-8:38: `cpus` cannot be 0
#   here: must be at least 1
#   note: a machine has a CPU, and guests with more than 512 need a topology that Launchnix does not write
#   help: write a number from 1 to 512

--- comments-in-what-was-pasted ---
{
  machines.web.deployment = {
    "cpus": 0, // two of them
    // and much of it
    "ram": 512,
    "nixos": false, "diskSize": 1000
  };
}

# error[LNX0101] 3:11-3:12: syntax error, unexpected ':', expecting '.' or '='
#   here: a name and its value are joined by `=`
#   help: write `name = value;` for each `name: value`, and lists without commas
#   fix (unsafe): 3:11-3:12 -> ` =`
#   and: 3:14-3:15 -> `;`
#   and: 5:10-5:11 -> ` =`
#   and: 5:15-5:16 -> `;`
#   and: 6:12-6:13 -> ` =`
#   and: 6:19-6:20 -> `;`
#   and: 6:31-6:32 -> ` =`
#   and: 6:37-6:37 -> `;`
# error[LNX0401] 3:13-3:14: `cpus` cannot be 0
#   here: must be at least 1
#   note: a machine has a CPU, and guests with more than 512 need a topology that Launchnix does not write
#   help: write a number from 1 to 512
# error[LNX0101] 3:16-3:18: syntax error, unexpected '//', expecting 'inherit'
#   here: this is no comment
#   help: comments start with `#`, or stand between `/*` and `*/`
#   fix (unsafe): 3:16-3:18 -> `#`
# error[LNX0101] 4:5-4:7: syntax error, unexpected '//', expecting 'inherit'
#   here: this is no comment
#   help: comments start with `#`, or stand between `/*` and `*/`
#   fix (unsafe): 4:5-4:7 -> `#`

--- a-let-without-semicolons ---
let
  cores = 0
  memory = 512
  disk = 1000
in
{
  machines.web.deployment = { cpus = cores; ram = memory; nixos = false; diskSize = disk; };
}

# error[LNX0401] 2:11-2:12: `cpus` cannot be 0
#   here: must be at least 1
#   7:38-7:43: passed on here
#   note: a machine has a CPU, and guests with more than 512 need a topology that Launchnix does not write
#   help: write a number from 1 to 512
# error[LNX0101] 2:12-2:12: syntax error, unexpected identifier, expecting ';'
#   here: ';' is missing here, and after what follows
#   help: each binding ends with a semicolon: `name = value;`
#   fix (unsafe): 2:12-2:12 -> `;`
#   and: 3:15-3:15 -> `;`
#   and: 4:14-4:14 -> `;`

--- blocks-of-terraform-in-a-row ---
{
  provider "libvirt" {
    uri = "qemu:///system"
  }
  resource "libvirt_volume" "disk" {
    name = "disk"
  }
  machines.web.deployment = { cpus = 0; ram = 512; nixos = false; diskSize = 1000; };
}

# error[LNX0101] 2:3-2:21: syntax error, a block of Terraform's language is no binding
#   here: this is no Nix
#   help: write `machines.<name>.deployment = { name = value; … };` for a machine
# error[LNX0401] 8:38-8:39: `cpus` cannot be 0
#   here: must be at least 1
#   note: a machine has a CPU, and guests with more than 512 need a topology that Launchnix does not write
#   help: write a number from 1 to 512

--- arguments-with-colons ---
{ lib ? null, domain: "example.org", ... }:
{
  machines.web.deployment = { cpus = 0; ram = 512; nixos = false; diskSize = 1000; description = domain; };
}
# error[LNX0101] 1:21-1:22: syntax error, unexpected ':', expecting '}' or ','
#   here: '?' belongs here
#   help: the default of an argument is written with `?`: `{ name ? default, ... }:`
#   fix (unsafe): 1:21-1:22 -> ` ?`
# error[LNX0401] 3:38-3:39: `cpus` cannot be 0
#   here: must be at least 1
#   note: a machine has a CPU, and guests with more than 512 need a topology that Launchnix does not write
#   help: write a number from 1 to 512
