--- choices-with-colons ---
let
  big = true;
  one = if big: 1 else: 2;
  two = if (big): 1
    elif 1 == 2: 2
    else: 3;
  three = if big then 1 else: 2;
  four = if big == true: 4 else 5;
  five = if big: 4;
  six = 1 if big else 2;
in
{
  machines.a.deployment = { cpus = one + two + three + four + five + six; ram = 0; nixos = false; diskSize = 1000; };
}
# error[LNX0101] 3:15-3:16: syntax error, unexpected ':', expecting 'then'
#   here: 'then' is missing here
#   help: a choice is written `if … then … else …`: write `then` instead of `:`
#   fix (unsafe): 3:15-3:16 -> ` then`
#   and: 3:23-3:24 -> ``
# error[LNX0101] 4:17-4:18: syntax error, unexpected ':', expecting 'then'
#   here: 'then' is missing here
#   help: a choice is written `if … then … else if … then … else …`
# error[LNX0101] 7:29-7:30: syntax error, unexpected ':'
#   here: no colon belongs here
#   help: a choice is written `if … then … else …`: remove the colon
#   fix (unsafe): 7:29-7:30 -> ``
# error[LNX0101] 8:24-8:25: syntax error, unexpected ':', expecting 'then'
#   here: 'then' is missing here
#   help: a choice is written `if … then … else …`: write `then` instead of `:`
#   fix (unsafe): 8:24-8:25 -> ` then`
# error[LNX0101] 9:16-9:17: syntax error, unexpected ':', expecting 'then'
#   here: 'then' is missing here
#   help: a choice is written `if … then … else …`, with both branches
# error[LNX0101] 10:11-10:13: syntax error, unexpected 'if', expecting ';'
#   here: a choice starts with this
#   help: a choice is written `if … then … else …`: the condition comes first
# error[LNX0401] 13:81-13:82: `ram` cannot be 0
#   here: must be at least 1 MiB
#   note: QEMU's machines address at most 16 TiB; sizes are in MiB, not in bytes
#   help: write a number from 1 to 16777216

--- functions-with-a-word-or-a-sign ---
let
  a = function(name) { deployment = { cpus = "1"; ram = 512; nixos = false; diskSize = 1000; description = name; }; };
  b = function(name) {
    return { deployment = { cpus = 0; ram = 512; nixos = false; diskSize = 1000; description = name; }; };
  };
  c = func(name) { const size = 5; return { deployment = { cpus = size; ram = 1; nixos = false; }; }; };
  d = \name: { deployment = { cpus = 0; ram = 512; nixos = false; diskSize = 1000; description = name; }; };
  e = \x y -> x + y;
  f = |name| { deployment = { cpus = 0; ram = 512; nixos = false; diskSize = 1000; description = name; }; };
  g = name => { deployment = { cpus = 0; ram = 512; nixos = false; diskSize = 1000; description = name; }; };
in
{
  machines = { a = a "a"; b = b "b"; c = c "c"; d = d "d"; f = f "f"; g = g "g"; };
  description = e "x" "y";
}
# error[LNX0101] 2:7-2:21: syntax error, unexpected 'function'
#   here: each argument of a function is followed by a colon
#   help: write `name:`
#   fix (unsafe): 2:7-2:21 -> `name:`
# error[LNX0301] 2:46-2:49: `cpus` is a string, but must be an integer (the number of CPUs) or a set
#   here: a string
#   help: write `1`
#   fix (safe): 2:46-2:49 -> `1`
# error[LNX0101] 3:7-3:21: syntax error, unexpected 'function'
#   here: each argument of a function is followed by a colon
#   help: write `name: …`, without a block and `return`
# error[LNX0401] 4:36-4:37: `cpus` cannot be 0
#   here: must be at least 1
#   note: a machine has a CPU, and guests with more than 512 need a topology that Launchnix does not write
#   help: write a number from 1 to 512
# error[LNX0101] 6:7-6:17: syntax error, unexpected 'func'
#   here: each argument of a function is followed by a colon
#   help: write `name: …`, without a block and `return`
# error[LNX0101] 7:7-7:13: syntax error, unexpected invalid token
#   here: each argument of a function is followed by a colon
#   help: write `name:`
#   fix (unsafe): 7:7-7:13 -> `name:`
# error[LNX0401] 7:38-7:39: `cpus` cannot be 0
#   here: must be at least 1
#   note: a machine has a CPU, and guests with more than 512 need a topology that Launchnix does not write
#   help: write a number from 1 to 512
# error[LNX0101] 8:7-8:14: syntax error, unexpected invalid token
#   here: each argument of a function is followed by a colon
#   help: write `x: y:`
#   fix (unsafe): 8:7-8:14 -> `x: y:`
# error[LNX0101] 9:7-9:13: syntax error, unexpected invalid token
#   here: each argument of a function is followed by a colon
#   help: write `name:`
#   fix (unsafe): 9:7-9:13 -> `name:`
# error[LNX0401] 9:38-9:39: `cpus` cannot be 0
#   here: must be at least 1
#   note: a machine has a CPU, and guests with more than 512 need a topology that Launchnix does not write
#   help: write a number from 1 to 512
# error[LNX0101] 10:12-10:13: syntax error, unexpected '='
#   here: no arrow belongs here
#   help: a function is written `argument: result`
#   fix (unsafe): 10:11-10:14 -> `:`
# error[LNX0401] 10:39-10:40: `cpus` cannot be 0
#   here: must be at least 1
#   note: a machine has a CPU, and guests with more than 512 need a topology that Launchnix does not write
#   help: write a number from 1 to 512

--- a-function-with-a-word-alone ---
let
  mk = function(name) {
    deployment = { cpus = 0; ram = 512; nixos = false; diskSize = 1000; description = name; };
  };
in
{ machines.a = mk "a"; }
# error[LNX0101] 2:8-2:22: syntax error, unexpected 'function'
#   here: each argument of a function is followed by a colon
#   help: write `name:`
#   fix (unsafe): 2:8-2:22 -> `name:`
# error[LNX0401] 3:27-3:28: `cpus` cannot be 0
#   here: must be at least 1
#   note: a machine has a CPU, and guests with more than 512 need a topology that Launchnix does not write
#   help: write a number from 1 to 512

--- a-function-that-is-called-function ---
let
  fn = x: x;
  y = { a = 1 };
in
{ machines.a.deployment = fn(y) // { cpus = 1; ram = 0; nixos = false; diskSize = 1000; }; }
# error[LNX0302] 3:9-3:10: there is no option `a`
#   here: unknown option
#   help: remove it; `launchnix explain options` lists all options
# error[LNX0101] 3:15-3:16: syntax error, unexpected '}', expecting ';'
#   3:14-3:14: ';' is missing here
#   help: add ';' after the expression before it
#   fix (unsafe): 3:14-3:14 -> `;`
# error[LNX0401] 5:54-5:55: `ram` cannot be 0
#   here: must be at least 1 MiB
#   note: QEMU's machines address at most 16 TiB; sizes are in MiB, not in bytes
#   help: write a number from 1 to 16777216

--- an-argument-without-its-colon ---
let
  mk = name: ram {
    deployment = { cpus = 1; inherit ram; nixos = false; diskSize = 1000; description = name; };
  };
  other = name -> { deployment = { cpus = 1; ram = 512; nixos = false; diskSize = 1000; }; };
in
{ machines.a = mk "a" 512; machines.b = other "b"; machines.c.deployment = { cpus = 0; ram = 512; nixos = false; }; }
# error[LNX0103] 2:14-2:17: undefined variable 'ram'
#   here: not bound here
#   3:38-3:41: nor here
#   help: an argument is followed by a colon: write `ram:`
#   fix (unsafe): 2:17-2:17 -> `:`
# error[LNX0103] 5:11-5:15: undefined variable 'name'
#   here: not bound here
#   help: a function is written `name: …`
#   fix (unsafe): 5:15-5:18 -> `:`
# error[LNX0401] 7:85-7:86: `cpus` cannot be 0
#   here: must be at least 1
#   note: a machine has a CPU, and guests with more than 512 need a topology that Launchnix does not write
#   help: write a number from 1 to 512

--- another-sign-for-the-colon-after-arguments ---
{
  machines.a = {
    deployment = { cpus = 1; ram = 512; sshPubKeyPath = ./key.pub; };
    machine = { pkgs, ... }; {
      environment.systemPackages = [ pkgs.vim ];
    };
  };
  machines.b = {
    deployment = { cpus = 1; ram = 512; sshPubKeyPath = ./key.pub; };
    machine = { ... } => { services.nginx.enable = true; };
  };
  machines.c = {
    deployment = { cpus = 0; ram = 512; sshPubKeyPath = ./key.pub; };
    machine = { lib, ... } = { time.timeZone = lib.mkDefault "UTC"; };
  };
}
# error[LNX0101] 4:28-4:29: syntax error, unexpected ';', expecting ':' or '@'
#   here: the arguments of a function end with a colon
#   help: write `:` instead of `;`
#   fix (unsafe): 4:28-4:29 -> `:`
# error[LNX0101] 10:23-10:24: syntax error, unexpected '=', expecting ':' or '@'
#   here: the arguments of a function end with a colon
#   help: write `:` instead of `=>`
#   fix (unsafe): 10:22-10:25 -> `:`
# error[LNX0401] 13:27-13:28: `cpus` cannot be 0
#   here: must be at least 1
#   note: a machine has a CPU, and guests with more than 512 need a topology that Launchnix does not write
#   help: write a number from 1 to 512
# error[LNX0101] 14:28-14:29: syntax error, unexpected '=', expecting ':' or '@'
#   here: the arguments of a function end with a colon
#   help: write `:` instead of `=`
#   fix (unsafe): 14:27-14:29 -> `:`

--- names-in-quotes-beside-a-name ---
{
  networks "lan" {
    mode = "nat";
    subnet = "10.20.0.300/24";
  };
  machines "web" = {
    deployment = { cpus = 0; ram = 512; nixos = false; diskSize = 1000; };
  };
}
# error[LNX0101] 2:12-2:13: syntax error, unexpected '"', expecting '.' or '='
#   here: names are joined by dots
#   help: write `networks.lan =`
#   fix (unsafe): 2:11-2:17 -> `.lan =`
# error[LNX0403] 4:23-4:26: "10.20.0.300/24" is not an IPv4 network such as `10.20.0.0/24`
#   here: an octet is at most 255
# error[LNX0101] 6:12-6:13: syntax error, unexpected '"', expecting '.' or '='
#   here: names are joined by dots
#   help: write `machines.web =`
#   fix (unsafe): 6:11-6:17 -> `.web`
# error[LNX0401] 7:27-7:28: `cpus` cannot be 0
#   here: must be at least 1
#   note: a machine has a CPU, and guests with more than 512 need a topology that Launchnix does not write
#   help: write a number from 1 to 512

--- bindings-in-parentheses ---
let
  mk = { name, ram ? 512 }: { deployment = { cpus = 1; inherit ram; nixos = false; diskSize = 1000; description = name; }; };
in
{
  machines.a.deployment = (
    cpus = 1;
    ram = 0;
    nixos = false;
    diskSize = 1000;
  );
  machines.b = mk(name = "b", ram = 0);
  machines.c = mk(name = "c");
}
# error[LNX0101] 6:10-6:11: syntax error, unexpected '=', expecting ')'
#   here: a name is bound here, which only sets and `let` do
#   help: write `{ … }`, which is a set, instead of `( … )`
#   fix (unsafe): 5:27-5:28 -> `{`
#   and: 10:3-10:4 -> `}`
# error[LNX0401] 7:11-7:12: `ram` cannot be 0
#   here: must be at least 1 MiB
#   note: QEMU's machines address at most 16 TiB; sizes are in MiB, not in bytes
#   help: write a number from 1 to 16777216
# error[LNX0101] 11:24-11:25: syntax error, unexpected '=', expecting ')'
#   here: a name is bound here, which only sets and `let` do
#   help: write `{ … }`, which is a set, instead of `( … )`
#   fix (unsafe): 11:18-11:19 -> `{`
#   and: 11:38-11:39 -> `}`
#   and: 11:29-11:30 -> `;`
#   and: 11:38-11:38 -> `;`
# error[LNX0401] 11:37-11:38: `ram` cannot be 0
#   here: must be at least 1 MiB
#   2:64-2:67: passed on here
#   note: QEMU's machines address at most 16 TiB; sizes are in MiB, not in bytes
#   help: write a number from 1 to 16777216
# error[LNX0101] 12:24-12:25: syntax error, unexpected '=', expecting ')'
#   here: a name is bound here, which only sets and `let` do
#   help: write `{ … }`, which is a set, instead of `( … )`
#   fix (unsafe): 12:18-12:19 -> `{`
#   and: 12:29-12:30 -> `}`
#   and: 12:29-12:29 -> `;`

--- values-with-commas-between-them ---
let
  mk = name: ram: { deployment = { cpus = 1; inherit ram; nixos = false; diskSize = 1000; description = name; }; };
  base = { cpus = 1; ram = 512; nixos = false; diskSize = 1000; };
in
{
  machines.a = mk "a", 512;
  machines.b.deployment = base, { ram = 1024; };
  machines.c.deployment = { cpus = 0; ram = 512; nixos = false; diskSize = 1000; tags = "a", "b"; };
}
# error[LNX0101] 6:22-6:23: syntax error, unexpected ',', expecting ';'
#   here: no comma belongs here
#   help: a function is called with its arguments after it, without brackets and commas: `f a b`
# error[LNX0101] 7:31-7:32: syntax error, unexpected ',', expecting ';'
#   here: no comma belongs here
#   help: a name has one value: several are a list, `[ … ]`, with space between them
# error[LNX0401] 8:36-8:37: `cpus` cannot be 0
#   here: must be at least 1
#   note: a machine has a CPU, and guests with more than 512 need a topology that Launchnix does not write
#   help: write a number from 1 to 512
# error[LNX0101] 8:92-8:93: syntax error, unexpected ',', expecting ';'
#   here: no comma belongs here
#   help: a name has one value: several are a list, `[ … ]`, with space between them

--- sets-as-in-javascript ---
let
  cpus = 1;
  ram = 512;
  base = { nixos = false; diskSize = 1000; inherit cpus ram; };
in
{
  machines.a.deployment = { cpus, ram };
  machines.b.deployment = { cpus, ram, nixos = false };
  machines.c.deployment = { ...base, ram = 1024 };
  machines.d.deployment = { base; cpus = 1; ram = 512; nixos = false; diskSize = 1000; };
  machines.e.deployment = { cpus = 0; ram = 512; nixos = false; diskSize = 1000; };
}
# error[LNX0101] 7:27-7:40: syntax error, unexpected ';', expecting ':' or '@'
#   here: these are the arguments of a function, and no set
#   help: write `{ inherit cpus ram; }` for names that are bound around
#   fix (unsafe): 7:27-7:40 -> `{ inherit cpus ram; }`
# error[LNX0101] 8:27-8:55: syntax error, unexpected ';', expecting ':' or '@'
#   here: these are the arguments of a function, and no set
#   help: bindings are written `name = value;`, and `inherit name;` for a name that is bound around
# error[LNX0101] 9:27-9:50: syntax error, unexpected ';', expecting ':' or '@'
#   here: these are the arguments of a function, and no set
#   help: write `base // { … }` for what another set has, and more
# error[LNX0101] 10:33-10:34: syntax error, unexpected ';', expecting '.' or '='
#   here: a value is missing here
#   help: write `name = value;`, or `inherit name;` for what is bound around
# error[LNX0401] 11:36-11:37: `cpus` cannot be 0
#   here: must be at least 1
#   note: a machine has a CPU, and guests with more than 512 need a topology that Launchnix does not write
#   help: write a number from 1 to 512

--- sets-put-together-with-other-signs ---
let base = { cpus = 0; ram = 512; nixos = false; diskSize = 1000; }; in
{
  machines.a.deployment = base & { ram = 1024; };
  machines.b.deployment = base | { ram = 1024; };
}
# error[LNX0101] 3:32-3:33: syntax error, unexpected invalid token, expecting ';'
#   here: this is no operator
#   help: two sets are put together with `//`
#   fix (unsafe): 3:32-3:33 -> `//`
# error[LNX0101] 4:32-4:33: syntax error, unexpected invalid token, expecting ';'
#   here: this is no operator
#   help: two sets are put together with `//`
#   fix (unsafe): 4:32-4:33 -> `//`

--- colons-in-sets-in-sets ---
{
  machines: { web: { deployment: { cpus: 0; ram: 512; nixos: false; diskSize: 1000; }; }; };
}
# error[LNX0101] 2:11-2:12: syntax error, unexpected ':', expecting '.' or '='
#   here: a name and its value are joined by `=`
#   help: write `=` instead of `:`
#   fix (unsafe): 2:11-2:12 -> ` =`
# error[LNX0101] 2:18-2:19: syntax error, unexpected ':', expecting '.' or '='
#   here: a name and its value are joined by `=`
#   help: write `=` instead of `:`
#   fix (unsafe): 2:18-2:19 -> ` =`
# error[LNX0101] 2:32-2:33: syntax error, unexpected ':', expecting '.' or '='
#   here: a name and its value are joined by `=`
#   help: write `=` instead of `:`
#   fix (unsafe): 2:32-2:33 -> ` =`
# error[LNX0101] 2:40-2:41: syntax error, unexpected ':', expecting '.' or '='
#   here: a name and its value are joined by `=`
#   help: write `=` instead of `:`
#   fix (unsafe): 2:40-2:41 -> ` =`
# error[LNX0401] 2:42-2:43: `cpus` cannot be 0
#   here: must be at least 1
#   note: a machine has a CPU, and guests with more than 512 need a topology that Launchnix does not write
#   help: write a number from 1 to 512
# error[LNX0101] 2:48-2:49: syntax error, unexpected ':', expecting '.' or '='
#   here: a name and its value are joined by `=`
#   help: write `=` instead of `:`
#   fix (unsafe): 2:48-2:49 -> ` =`
# error[LNX0101] 2:60-2:61: syntax error, unexpected ':', expecting '.' or '='
#   here: a name and its value are joined by `=`
#   help: write `=` instead of `:`
#   fix (unsafe): 2:60-2:61 -> ` =`
# error[LNX0101] 2:77-2:78: syntax error, unexpected ':', expecting '.' or '='
#   here: a name and its value are joined by `=`
#   help: write `=` instead of `:`
#   fix (unsafe): 2:77-2:78 -> ` =`

--- a-file-of-terraform ---
# the web server
resource "libvirt_domain" "web" {
  vcpu   = 2
  memory = "2048"

  disk {
    volume_id = libvirt_volume.web.id
  }
}
# error[LNX0101] 2:1-2:34: the file holds Terraform's language, not Nix
#   here: this is no Nix
#   help: write `{ name = value; … }`, also for what stands in blocks

--- a-file-of-xml ---
<domain type='kvm'>
  <name>web</name>
  <memory unit='MiB'>2048</memory>
</domain>
# error[LNX0101] 1:1-1:20: the file holds XML, not Nix
#   here: this is no Nix
#   help: describe the machine in Nix: what that cannot say is XML in its option `extraConfig`

--- a-file-of-json-with-comments ---
{
  // the web server
  "machines": { "web": { "deployment": { "cpus": 2, "ram": 2048, "nixos": false, }, }, },
}
# error[LNX0101] 2:3-2:5: the file holds JSON, not Nix
#   here: this is no Nix
#   help: write `{ name = value; … }`: Nix reads JSON only without comments and commas at the end

--- a-file-of-yaml-with-text ---
version: "3"
services:
  web:
    image: nginx
    command: |
      nginx -g 'daemon off;'
    ports:
      - "80:80"
# error[LNX0101] 2:9-2:10: the file holds YAML, not Nix
#   here: Nix has no `:` here
#   help: Nix does not read YAML: write `{ name = value; … }`, or have it converted to JSON

--- arguments-of-a-module-at-the-top ---
{ pkgs, lib, ... }:
{
  machines.a.deployment = { cpus = 1; ram = 0; nixos = false; diskSize = 1000; };
  machines.b.deployment = { cpus = 0; ram = 512 nixos = false; diskSize = 1000; };
}
# error[LNX0304] 1:3-1:7: the deployment is a function that lacks its arguments `pkgs` and `lib`
#   here: no value is given
#   1:9-1:12: nor for this
#   help: write a default: `pkgs ? import <nixpkgs> { }`
# error[LNX0401] 3:45-3:46: `ram` cannot be 0
#   here: must be at least 1 MiB
#   note: QEMU's machines address at most 16 TiB; sizes are in MiB, not in bytes
#   help: write a number from 1 to 16777216
# error[LNX0401] 4:36-4:37: `cpus` cannot be 0
#   here: must be at least 1
#   note: a machine has a CPU, and guests with more than 512 need a topology that Launchnix does not write
#   help: write a number from 1 to 512
# error[LNX0101] 4:48-4:48: syntax error, unexpected '=', expecting ';'
#   here: ';' is missing here
#   4:55-4:56: noticed here
#   help: add ';' after the expression before it
#   fix (unsafe): 4:48-4:48 -> `;`

--- what-deployments-take-from-lib ---
{
  machines.a.deployment = { cpus = mkDefault 1; ram = toInt "512"; nixos = false; diskSize = 1000; };
  machines.b.deployment = { cpus = machines.a.deployment.cpus; ram = 0; nixos = false; diskSize = 1000; };
}
# error[LNX0103] 2:36-2:45: undefined variable 'mkDefault'
#   here: not bound here
#   help: leave `mkDefault` out: what `deployment` has is a value, and no module of NixOS
# error[LNX0103] 2:55-2:60: undefined variable 'toInt'
#   here: not bound here
#   help: write `lib.toInt`, and bind `lib` with `let lib = import <nixpkgs/lib>; in`
# error[LNX0103] 3:36-3:44: undefined variable 'machines'
#   here: not bound here
#   2:3-2:11: bound here, in a set without `rec`
#   help: write `rec { … }` for a set whose values see its names, or bind `machines` with `let`
#   fix (unsafe): 1:1-1:1 -> `rec `
# error[LNX0401] 3:70-3:71: `ram` cannot be 0
#   here: must be at least 1 MiB
#   note: QEMU's machines address at most 16 TiB; sizes are in MiB, not in bytes
#   help: write a number from 1 to 16777216
