--- arguments-without-braces ---
let
  mk = { name, ram, cpus ? 1 }: {
    deployment = { inherit name ram cpus; nixos = false; diskSize = 10240; };
  };
in
{
  machines.i = mk name="i" ram=0;
  machines.j = mk { name = "j"; ram = 512; };
  machines.k = mk name = "k", ram = 1024;
  machines.l.deployment = { cpus = 0; ram = 512; nixos = false; diskSize = 10240; };
}

# error[LNX0101] 7:23-7:24: syntax error, unexpected '=', expecting ';'
#   here: arguments with names stand in braces
#   help: write a set: `{ name="i"; ram=0; }`
#   fix (unsafe): 7:19-7:19 -> `{ `
#   and: 7:27-7:27 -> `;`
#   and: 7:33-7:33 -> `; }`
# error[LNX0401] 7:32-7:33: `ram` cannot be 0
#   here: must be at least 1 MiB
#   3:33-3:36: passed on here
#   note: QEMU's machines address at most 16 TiB; sizes are in MiB, not in bytes
#   help: write a number from 1 to 16777216
# error[LNX0101] 9:24-9:25: syntax error, unexpected '=', expecting ';'
#   here: arguments with names stand in braces
#   help: write a set: `{ name = "k"; ram = 1024; }`
#   fix (unsafe): 9:19-9:19 -> `{ `
#   and: 9:29-9:30 -> `;`
#   and: 9:41-9:41 -> `; }`
# error[LNX0401] 10:36-10:37: `cpus` cannot be 0
#   here: must be at least 1
#   note: a machine has a CPU, and guests with more than 512 need a topology that Launchnix does not write
#   help: write a number from 1 to 512

--- arguments-without-braces-in-parentheses ---
let
  mk = { name, ram }: { deployment = { cpus = 1; inherit name ram; nixos = false; diskSize = 10240; }; };
in
{
  machines.i = (mk name = "i" ram = 0);
  machines.j = mk { name = "j"; ram = 512; } // { deployment.cpus = "1"; };
}

# error[LNX0101] 5:25-5:26: syntax error, unexpected '=', expecting ';'
#   here: arguments with names stand in braces
#   help: write a set: `{ name = "i"; ram = 0; }`
#   fix (unsafe): 5:20-5:20 -> `{ `
#   and: 5:30-5:30 -> `;`
#   and: 5:38-5:38 -> `; }`
# error[LNX0401] 5:37-5:38: `ram` cannot be 0
#   here: must be at least 1 MiB
#   2:63-2:66: passed on here
#   note: QEMU's machines address at most 16 TiB; sizes are in MiB, not in bytes
#   help: write a number from 1 to 16777216
# error[LNX0303] 6:12-6:13: option `ram` is missing in machine `j`
#   here: `ram` must be set here
#   2:25-2:35: this `deployment` has it, and is replaced
#   6:51-6:61: this one takes its place as a whole
#   help: `//` does not merge what is inside: write `deployment = base.deployment // { … };` where `base` is the set that is extended, or put what all machines have into `defaults`
# error[LNX0301] 6:69-6:72: `cpus` is a string, but must be an integer (the number of CPUs) or a set
#   here: a string
#   help: write `1`
#   fix (safe): 6:69-6:72 -> `1`

--- a-binding-that-is-no-argument ---
let n = 1; in
{
  machines.a.deployment = { cpus = n ram = 512; nixos = false; diskSize = 10240; };
  machines.b.deployment = { cpus=n; ram=0; nixos=false diskSize=10240; };
}

# error[LNX0101] 3:37-3:37: syntax error, unexpected '=', expecting ';'
#   here: ';' is missing here
#   3:42-3:43: noticed here
#   help: add ';' after the expression before it
#   fix (unsafe): 3:37-3:37 -> `;`
# error[LNX0401] 4:41-4:42: `ram` cannot be 0
#   here: must be at least 1 MiB
#   note: QEMU's machines address at most 16 TiB; sizes are in MiB, not in bytes
#   help: write a number from 1 to 16777216
# error[LNX0101] 4:55-4:55: syntax error, unexpected '=', expecting ';'
#   here: ';' is missing here
#   4:64-4:65: noticed here
#   help: add ';' after the expression before it
#   fix (unsafe): 4:55-4:55 -> `;`

--- blocks ---
{
  machines.web = {
    deployment {
      cpus = 2;
      ram = 0;
      nixos = false;
      initialDisks.boot {
        size = "20480";
      };
    };
  };
}


# error[LNX0101] 3:16-3:17: syntax error, unexpected '{', expecting '.' or '='
#   3:15-3:15: '=' is missing here
#   help: write `=` between a name and its value
#   fix (unsafe): 3:15-3:15 -> ` =`
# error[LNX0401] 5:13-5:14: `ram` cannot be 0
#   here: must be at least 1 MiB
#   note: QEMU's machines address at most 16 TiB; sizes are in MiB, not in bytes
#   help: write a number from 1 to 16777216
# error[LNX0101] 7:25-7:26: syntax error, unexpected '{', expecting '.' or '='
#   7:24-7:24: '=' is missing here
#   help: write `=` between a name and its value
#   fix (unsafe): 7:24-7:24 -> ` =`
# error[LNX0301] 8:16-8:23: `initialDisks.boot.size` is a string, but must be an integer
#   here: a string
#   help: `size` is in MiB: write `20480`
#   fix (safe): 8:16-8:23 -> `20480`

--- bindings-before-a-file ---
const ram = 0;
cpus = 1;

{
  machines.web.deployment = { inherit cpus ram; nixos = false; diskSize = 10240; };
}

# error[LNX0101] 1:11-1:12: syntax error, unexpected '=', expecting end of file
#   here: a name is bound here, which only sets and `let` do
#   help: bindings in front of the expression of a file stand between `let` and `in`
#   fix (unsafe): 1:1-1:6 -> `let`
#   and: 4:1-4:1 -> `in
#         `
# error[LNX0401] 1:13-1:14: `ram` cannot be 0
#   here: must be at least 1 MiB
#   5:44-5:47: passed on here
#   note: QEMU's machines address at most 16 TiB; sizes are in MiB, not in bytes
#   help: write a number from 1 to 16777216

--- bindings-without-a-set ---
networks.lan.subnet = "10.20.0.300/24";
machines.web.deployment = { cpus = 1; ram = 0; nixos = false; diskSize = 10240; };

# error[LNX0101] 1:21-1:22: syntax error, unexpected '=', expecting end of file
#   here: a name is bound here, which only sets and `let` do
#   help: a file is one expression: put its bindings into `{ … }`
#   fix (unsafe): 1:1-1:1 -> `{
#         `
#   and: 2:83-2:83 -> `
#         }`
# error[LNX0403] 1:32-1:35: "10.20.0.300/24" is not an IPv4 network such as `10.20.0.0/24`
#   here: an octet is at most 255
# error[LNX0401] 2:45-2:46: `ram` cannot be 0
#   here: must be at least 1 MiB
#   note: QEMU's machines address at most 16 TiB; sizes are in MiB, not in bytes
#   help: write a number from 1 to 16777216

--- comments-of-other-languages ---
// Deployment of the shop
{
  -- the web server
  machines.web.deployment = {
    cpus = 0;       // two are enough
    ram = 2048;     -- MiB
    nixos = false;
    diskSize = 20480;
    tags = [
      // what it is
      "web server"
      "prod" // and where
    ];
  };
}

# error[LNX0101] 1:1-1:3: syntax error, unexpected '//'
#   here: this is no comment
#   help: comments start with `#`, or stand between `/*` and `*/`
#   fix (unsafe): 1:1-1:3 -> `#`
# error[LNX0101] 3:3-3:4: syntax error, unexpected '-', expecting 'inherit'
#   here: this is no comment
#   help: comments start with `#`, or stand between `/*` and `*/`
#   fix (unsafe): 3:3-3:5 -> `#`
# error[LNX0401] 5:12-5:13: `cpus` cannot be 0
#   here: must be at least 1
#   note: a machine has a CPU, and guests with more than 512 need a topology that Launchnix does not write
#   help: write a number from 1 to 512
# error[LNX0101] 5:21-5:23: syntax error, unexpected '//', expecting 'inherit'
#   here: this is no comment
#   help: comments start with `#`, or stand between `/*` and `*/`
#   fix (unsafe): 5:21-5:23 -> `#`
# error[LNX0101] 6:21-6:22: syntax error, unexpected '-', expecting 'inherit'
#   here: this is no comment
#   help: comments start with `#`, or stand between `/*` and `*/`
#   fix (unsafe): 6:21-6:23 -> `#`
# error[LNX0101] 10:7-10:9: syntax error, unexpected '//'
#   here: this is no comment
#   help: comments start with `#`, or stand between `/*` and `*/`
#   fix (unsafe): 10:7-10:9 -> `#`
# error[LNX0404] 11:11-11:12: "web server" is not a tag
#   here: only letters, digits, `-`, `_` and `.` can stand in a tag
# error[LNX0101] 12:14-12:16: syntax error, unexpected '//'
#   here: this is no comment
#   help: comments start with `#`, or stand between `/*` and `*/`
#   fix (unsafe): 12:14-12:16 -> `#`

--- two-comparisons-with-a-word ---
let a = 1; in
{
  machines.web.deployment = {
    cpus = if a == 1 and a != 2 then 0 else 1;
    ram = 0;
    nixos = false;
    diskSize = 10240;
  };
}

# error[LNX0101] 4:22-4:25: syntax error, unexpected identifier
#   here: there is no such operator
#   help: `and` is written `&&`
#   fix (unsafe): 4:22-4:25 -> `&&`
# error[LNX0401] 5:11-5:12: `ram` cannot be 0
#   here: must be at least 1 MiB
#   note: QEMU's machines address at most 16 TiB; sizes are in MiB, not in bytes
#   help: write a number from 1 to 16777216

--- with-before-let-and-a-set ---
with builtins
let
  sizes = { small = 512; };
in
with sizes
{
  machines.a.deployment = { cpus = 0; ram = small; nixos = false; diskSize = 10240; };
}

# error[LNX0101] 1:14-1:14: syntax error, unexpected 'let', expecting ';'
#   here: ';' is missing here
#   2:1-2:4: noticed here
#   help: add ';' after the expression before it
#   fix (unsafe): 1:14-1:14 -> `;`
# error[LNX0101] 5:11-5:11: syntax error, unexpected '{', expecting ';'
#   here: ';' is missing here
#   6:1-6:2: noticed here
#   help: add ';' after the expression before it
#   fix (unsafe): 5:11-5:11 -> `;`
# error[LNX0401] 7:36-7:37: `cpus` cannot be 0
#   here: must be at least 1
#   note: a machine has a CPU, and guests with more than 512 need a topology that Launchnix does not write
#   help: write a number from 1 to 512

--- an-interpolation-that-is-not-closed-in-a-text ---
let domain = "example.org"; in
{
  machines.web.deployment = {
    cpus = 0; ram = 512; nixos = false; diskSize = 10240;
    cloudInit.userData = ''
      #cloud-config
      hostname: web.''${domain
      fqdn: web.${domain
    '';
    tags = [ "web server" ];
  };
}

# error[LNX0401] 4:12-4:13: `cpus` cannot be 0
#   here: must be at least 1
#   note: a machine has a CPU, and guests with more than 512 need a topology that Launchnix does not write
#   help: write a number from 1 to 512
# error[LNX0101] 8:17-8:19: syntax error, unexpected end of file, expecting '}'
#   here: this interpolation is never closed
#   5:26-5:28: in this string
#   help: add `}` where the expression ends
# error[LNX0404] 10:18-10:19: "web server" is not a tag
#   here: only letters, digits, `-`, `_` and `.` can stand in a tag

--- a-mistake-after-a-comma ---
{
  networks.lan.subnet = "10.20.0.0/24";
  machines.web.deployment = {
    cpus = 1; ram = 512; nixos = false; diskSize = 10240;
    interfaces = [ { network = "lan", mac = 52:54:00:12:34:56, model = "virtoi" } ];
  };
}

# error[LNX0101] 5:37-5:38: syntax error, unexpected ',', expecting ';'
#   here: bindings end with `;`
#   help: write `;` instead of `,`
#   fix (unsafe): 5:37-5:38 -> `;`
#   and: 5:62-5:63 -> `;`
#   and: 5:80-5:80 -> `;`
# error[LNX0101] 5:45-5:62: a MAC address is not in quotes
#   here: a string is needed here
#   help: write `"52:54:00:12:34:56"`
#   fix (unsafe): 5:45-5:62 -> `"52:54:00:12:34:56"`

--- paths-that-are-none ---
{
  machines.web.deployment = {
    cpus = 1; ram = 512;
    installationMedia = ./Downloads/debian 12.iso;
  };
  machines.db = import db.nix;
  machines.cache.deployment = { cpus = 0; ram = 512; nixos = false; diskSize = 10240; description = f"the cache"; tags = [ "a" . "b" ]; };
}

# error[LNX0201] 4:25-4:50: a path ends at a space
#   here: each of these words is a value of its own
#   help: write `./. + "/Downloads/debian 12.iso"`
#   fix (unsafe): 4:25-4:50 -> `(./. + "/Downloads/debian 12.iso")`
# error[LNX0103] 6:24-6:26: undefined variable 'db'
#   here: not bound here
#   help: a path has a slash in it: write `./db.nix`
#   fix (unsafe): 6:24-6:30 -> `./db.nix`
# error[LNX0401] 7:40-7:41: `cpus` cannot be 0
#   here: must be at least 1
#   note: a machine has a CPU, and guests with more than 512 need a topology that Launchnix does not write
#   help: write a number from 1 to 512
# error[LNX0103] 7:101-7:102: undefined variable 'f'
#   here: nothing belongs in front of a string
#   help: remove it: what an expression gives is put into a string by `${…}`
#   fix (unsafe): 7:101-7:102 -> ``
# error[LNX0201] 7:124-7:127: expected a set but found a string: "a"
#   here: a string has no attributes
#   help: strings are joined by `+`, and elements of a list need nothing between them

--- a-vagrantfile ---
# -*- mode: ruby -*-
Vagrant.configure("2") do |config|
  config.vm.box = "debian/bookworm64"
end

# error[LNX0101] 2:1-2:35: the file holds Ruby, not Nix
#   here: this is no Nix
#   help: describe the machines in Nix: `{ machines.web.deployment = { cpus = 2; ram = 2048; }; }`

--- a-script ---
#!/bin/sh
virt-install --name web --memory 2048 --vcpus 2 \
  --disk size=20

# error[LNX0101] 2:1-2:50: the file holds a shell script, not Nix
#   here: this is no Nix
#   help: describe the machines in Nix: `{ machines.web.deployment = { cpus = 2; ram = 2048; }; }`

--- elements-with-dashes ---
{
  networks.lan.subnet = "10.20.0.0/24";
  machines.web.deployment = {
    cpus = 0; ram = 512; nixos = false; diskSize = 10240;
    interfaces =
      - network = "lan";
      - network = "dmz";
    tags = [ "web server" ];
  };
}

# error[LNX0401] 4:12-4:13: `cpus` cannot be 0
#   here: must be at least 1
#   note: a machine has a CPU, and guests with more than 512 need a topology that Launchnix does not write
#   help: write a number from 1 to 512
# error[LNX0101] 6:7-6:8: syntax error, unexpected '-'
#   here: an element does not start with a dash
#   help: a list is written `[ … ]`, with space between its elements: `[ "a" { b = 1; } ]`
# error[LNX0404] 8:18-8:19: "web server" is not a tag
#   here: only letters, digits, `-`, `_` and `.` can stand in a tag

--- a-let-between-bindings ---
{
  let size = 20480; in
  machines.web.deployment = {
    cpus = 2; ram = 0; nixos = false;
    diskSize = size;
  };
  let ram = 512;
  machines.db.deployment = { cpus = 0; ram = ram; nixos = false; diskSize = size; };
}

# error[LNX0101] 2:3-2:6: syntax error, unexpected 'let', expecting 'inherit'
#   here: a `let` stands in front of an expression, not between bindings
#   help: put it in front of the set: `let name = value; in { … }`
# error[LNX0401] 4:21-4:22: `ram` cannot be 0
#   here: must be at least 1 MiB
#   note: QEMU's machines address at most 16 TiB; sizes are in MiB, not in bytes
#   help: write a number from 1 to 16777216
# error[LNX0101] 7:3-7:6: syntax error, unexpected 'let', expecting 'inherit'
#   here: a `let` stands in front of an expression, not between bindings
#   help: put it in front of the set: `let name = value; in { … }`
# error[LNX0401] 8:37-8:38: `cpus` cannot be 0
#   here: must be at least 1
#   note: a machine has a CPU, and guests with more than 512 need a topology that Launchnix does not write
#   help: write a number from 1 to 512

--- a-semicolon-after-in ---
let
  ram = 0;
in;
{
  machines.web.deployment = { cpus = 1; ram = ram, nixos = false; diskSize = 10240; };
}

# error[LNX0401] 2:9-2:10: `ram` cannot be 0
#   here: must be at least 1 MiB
#   5:47-5:50: passed on here
#   note: QEMU's machines address at most 16 TiB; sizes are in MiB, not in bytes
#   help: write a number from 1 to 16777216
# error[LNX0101] 3:3-3:4: syntax error, unexpected ';'
#   here: no semicolon belongs here
#   help: the expression of the `let` follows `in`: remove the semicolon
#   fix (unsafe): 3:3-3:4 -> ``
# error[LNX0101] 5:50-5:51: syntax error, unexpected ',', expecting ';'
#   here: bindings end with `;`
#   help: write `;` instead of `,`
#   fix (unsafe): 5:50-5:51 -> `;`

--- operators-of-other-languages-with-names ---
let
  name = "web";
  base = { cpus = 1; ram = 512; nixos = false; diskSize = 10240; tags = [ "a" ]; };
in
{
  machines.a.deployment = base // { description = name . "." . name; };
  machines.b.deployment = base ++ { ram = 512; };
  machines.c.deployment = base // { tags = base.tags // [ "b" ]; };
  machines.d.deployment = base // { protect = !name == "web"; cpus = 0; };
}

# error[LNX0201] 6:51-6:55: expected a set but found a string: "web"
#   here: a string has no attributes
#   2:10-2:15: this is the value
#   help: strings are joined by `+`, and elements of a list need nothing between them
# error[LNX0201] 7:27-7:31: expected a list but found a set: { cpus = 1; diskSize = 10240; nixos = false; ram = 512; tags = [ "a" ]; }
#   here: a set
#   3:10-3:83: this is the value
#   help: `++` joins lists: sets are joined by `//`
#   fix (unsafe): 7:32-7:34 -> `//`
# error[LNX0201] 8:57-8:64: expected a set but found a list: [ "b" ]
#   here: a list
#   help: `//` joins sets: lists are joined by `++`
#   fix (unsafe): 8:54-8:56 -> `++`
# error[LNX0201] 9:48-9:52: expected a Boolean but found a string: "web"
#   here: `!` is applied to this before it is compared
#   2:10-2:15: this is the value
#   help: write `!=` for what is not equal
# error[LNX0401] 9:70-9:71: `cpus` cannot be 0
#   here: must be at least 1
#   note: a machine has a CPU, and guests with more than 512 need a topology that Launchnix does not write
#   help: write a number from 1 to 512

--- text-put-together-with-signs ---
let name = "web"; in
{
  machines.a.deployment = { cpus = 0; ram = 512; nixos = false; diskSize = 10240; tags = [ (name & "-tag") ]; description = "host %s" % name; };
}
# error[LNX0401] 3:36-3:37: `cpus` cannot be 0
#   here: must be at least 1
#   note: a machine has a CPU, and guests with more than 512 need a topology that Launchnix does not write
#   help: write a number from 1 to 512
# error[LNX0101] 3:98-3:99: syntax error, unexpected invalid token, expecting ')'
#   here: this is no operator
#   help: strings are joined by `+`
#   fix (unsafe): 3:98-3:99 -> `+`
# error[LNX0101] 3:135-3:136: syntax error, unexpected invalid token
#   here: there is no such operator
#   help: what an expression gives is put into a string by `${…}`
