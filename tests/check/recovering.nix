--- mistakes-in-syntax-and-types-together ---
{
  machines = {
    web.deployment = { cpus = 2 ram = "x"; nixos = false; };
    db.deployment = { cpus = 2; ram = ; nixos = false; };
    good.deployment = { cpus = "x"; ram = 512; nixos = false; };
    list.deployment = { cpus = ["x"; ram = 512; nixos = false; };
    name.deployment = { cpus = "y"; ram = 512; nixos = fales; };
  };
}

# error[LNX0101] 3:32-3:32: syntax error, unexpected '=', expecting ';'
#   here: ';' is missing here
#   3:37-3:38: noticed here
#   help: add ';' after the expression before it
#   fix (unsafe): 3:32-3:32 -> `;`
# error[LNX0301] 3:39-3:42: `ram` is a string, but must be an integer
#   here: a string
#   help: write the number of MiB without quotes, for example `ram = 2048;`
# error[LNX0101] 4:39-4:40: syntax error, unexpected ';'
#   4:38-4:38: a value is missing here
# error[LNX0301] 5:32-5:35: `cpus` is a string, but must be an integer (the number of CPUs) or a set
#   here: a string
#   help: write the number without quotes, for example `cpus = 2;`
# error[LNX0101] 6:36-6:37: syntax error, unexpected ';'
#   6:36-6:36: ']' is missing here
#   6:32-6:33: opened here, and never closed
# error[LNX0301] 7:32-7:35: `cpus` is a string, but must be an integer (the number of CPUs) or a set
#   here: a string
#   help: write the number without quotes, for example `cpus = 2;`
# error[LNX0103] 7:56-7:61: undefined variable 'fales'
#   here: not bound here
#   help: did you mean `false`?
#   fix (unsafe): 7:56-7:61 -> `false`

--- a-missing-semicolon-hides-nothing ---
{
  deployment = {
    name = "web server";
    cpus = "two"
    ram = 0;
    nixos = false;
  }
}

# error[LNX0404] 3:16-3:17: "web server" is not a machine's name
#   here: only letters, digits and `-` can stand in a host name
#   help: write `"web-server"`
#   fix (unsafe): 3:12-3:24 -> `"web-server"`
# error[LNX0301] 4:12-4:17: `cpus` is a string, but must be an integer (the number of CPUs) or a set
#   here: a string
#   help: write the number without quotes, for example `cpus = 2;`
# error[LNX0101] 4:17-4:17: syntax error, unexpected '=', expecting ';'
#   here: ';' is missing here
#   5:9-5:10: noticed here
#   help: add ';' after the expression before it
#   fix (unsafe): 4:17-4:17 -> `;`
# error[LNX0401] 5:11-5:12: `ram` cannot be 0
#   here: must be at least 1 MiB
#   note: QEMU's machines address at most 16 TiB; sizes are in MiB, not in bytes
#   help: write a number from 1 to 16777216
# error[LNX0101] 7:4-7:4: syntax error, unexpected '}', expecting ';'
#   here: ';' is missing here
#   8:1-8:2: noticed here
#   help: add ';' after the expression before it
#   fix (unsafe): 7:4-7:4 -> `;`

--- a-broken-import-hides-nothing ---
{
  machines.a.deployment = import ./broken.nix;
  machines.b.deployment = { cpus = 0; ram = 512; nixos = false; };
}
=== broken.nix ===
{ cpus = ; ram = "1"; nixos = false; }
# error[LNX0401] 3:36-3:37: `cpus` cannot be 0
#   here: must be at least 1
#   note: a machine has a CPU, and guests with more than 512 need a topology that Launchnix does not write
#   help: write a number from 1 to 512
# error[LNX0101] broken.nix:1:10-1:11: syntax error, unexpected ';'
#   broken.nix:1:9-1:9: a value is missing here
# error[LNX0301] broken.nix:1:18-1:21: `ram` is a string, but must be an integer
#   here: a string
#   help: `ram` is in MiB: 1 GiB are `1024`
#   fix (unsafe): broken.nix:1:18-1:21 -> `1024`

--- a-variable-that-is-not-bound-is-one-mistake ---
{
  machines.a.deployment = { cpus = cores; ram = memory; nixos = false; };
  machines.b.deployment = { cpus = cores; ram = 512; nixos = false; };
  machines.c.deployment = { cpus = "x"; ram = cores; nixos = false; };
}
# error[LNX0103] 2:36-2:41: undefined variable 'cores'
#   here: not bound here
#   3:36-3:41: nor here
#   4:47-4:52: nor here
#   help: bind it with `let cores = …; in`, or put it in quotes if it is text
# error[LNX0103] 2:49-2:55: undefined variable 'memory'
#   here: not bound here
#   help: bind it with `let memory = …; in`, or put it in quotes if it is text
# error[LNX0301] 4:36-4:39: `cpus` is a string, but must be an integer (the number of CPUs) or a set
#   here: a string
#   help: write the number without quotes, for example `cpus = 2;`

--- a-string-in-single-quotes ---
{
  machines.a.deployment = { cpus = 1; ram = 512; nixos = false; description = 'the first one'; };
  machines.b.deployment = { cpus = "x"; ram = 512; nixos = false; description = 'the "second" one'; };
}

# error[LNX0101] 2:79-2:94: syntax error, unexpected invalid token
#   here: strings stand in double quotes
#   help: write `"the first one"`
#   fix (safe): 2:79-2:94 -> `"the first one"`
# error[LNX0301] 3:36-3:39: `cpus` is a string, but must be an integer (the number of CPUs) or a set
#   here: a string
#   help: write the number without quotes, for example `cpus = 2;`
# error[LNX0101] 3:81-3:99: syntax error, unexpected invalid token
#   here: strings stand in double quotes
#   help: write `''the "second" one''`

--- commas-between-bindings ---
{ machines.a.deployment = { cpus = 1, ram = 512, nixos = false }; }

# error[LNX0101] 1:37-1:38: syntax error, unexpected ',', expecting ';'
#   here: bindings end with `;`
#   help: write `;` instead of `,`
#   fix (unsafe): 1:37-1:38 -> `;`
#   and: 1:48-1:49 -> `;`
#   and: 1:63-1:63 -> `;`

--- commas-in-a-list ---
{ machines.a.deployment = { cpus = 1; ram = 512; nixos = false; bootOrder = [ "PXE", "PXE" ]; }; }

# error[LNX0101] 1:84-1:85: syntax error, unexpected ','
#   here: no comma belongs here
#   help: elements of a list are separated by space alone: remove the comma
#   fix (unsafe): 1:84-1:85 -> ``
# error[LNX0501] 1:86-1:91: `PXE` is twice in `bootOrder`
#   here: named again here
#   1:79-1:84: first named here
#   help: name each thing once

--- bindings-as-in-json ---
{ machines.a.deployment = { cpus: 1; ram : 512; nixos == false; }; }

# error[LNX0101] 1:33-1:34: syntax error, unexpected ':', expecting '.' or '='
#   here: a name and its value are joined by `=`
#   help: write `=` instead of `:`
#   fix (unsafe): 1:33-1:34 -> ` =`
# error[LNX0101] 1:42-1:43: syntax error, unexpected ':', expecting '.' or '='
#   here: a name and its value are joined by `=`
#   help: write `=` instead of `:`
#   fix (unsafe): 1:42-1:43 -> `=`
# error[LNX0101] 1:55-1:57: syntax error, unexpected '==', expecting '.' or '='
#   here: this compares
#   help: write `=` to give the name a value
#   fix (unsafe): 1:55-1:57 -> `=`

--- a-comment-as-in-c ---
{
  // the first one
  machines.a.deployment = { cpus = 1; ram = 512; nixos = false; };
}

# error[LNX0101] 2:3-2:5: syntax error, unexpected '//', expecting 'inherit'
#   here: this is no comment
#   help: comments start with `#`, or stand between `/*` and `*/`
#   fix (unsafe): 2:3-2:5 -> `#`

--- a-number-with-a-unit ---
{ machines.a.deployment = { cpus = 0x10; ram = 4 GiB; nixos = False; initialDisks.root.size = 20G; }; }

# error[LNX0103] 1:37-1:40: undefined variable 'x10'
#   here: not bound here
#   help: numbers are decimal: write `16`
# error[LNX0103] 1:50-1:53: undefined variable 'GiB'
#   here: a number has no unit
#   help: sizes are numbers of MiB: write `4096`
# error[LNX0103] 1:63-1:68: undefined variable 'False'
#   here: not bound here
#   help: did you mean `false`?
#   fix (safe): 1:63-1:68 -> `false`
# error[LNX0103] 1:97-1:98: undefined variable 'G'
#   here: a number has no unit
#   help: sizes are numbers of MiB: write `20480`

--- a-function-of-a-set-called-with-a-string ---
let
  mkVm = { name, ... }: { deployment = { cpus = 1; ram = 512; nixos = false; inherit name; }; };
in
{ machines.a = mkVm "a"; }
# error[LNX0201] 4:21-4:24: expected a set but found a string: "a"
#   2:10-2:96: this function takes a set
#   4:16-4:24: called here

--- what-an-unclosed-string-swallows-is-not-missing ---
{
  machines.a.deployment = { name = "web; cpus = 1; ram = 5; nixos = false; };
  machines.b.deployment = { cpus = "x"; ram = 512; nixos = false; };
}

# error[LNX0101] 2:36-2:37: syntax error, unexpected end of file, expecting '"'
#   here: this string is never closed
#   help: add `"` where the string ends
# warning[LNX0711] 2:58-2:59: `ram` is 5 MiB, too little for any system of today
#   here: 5 MiB
#   help: `ram` is in MiB: write `5120` for 5 GiB
#   fix (unsafe): 2:58-2:59 -> `5120`
# error[LNX0301] 3:36-3:39: `cpus` is a string, but must be an integer (the number of CPUs) or a set
#   here: a string
#   help: write the number without quotes, for example `cpus = 2;`

--- an-element-that-throws-does-not-hide-the-others ---
let
  hosts = [
    { name = "a"; cpus = 1; }
    { name = "b"; cpu = 1; }
    { name = "c"; cpus = "2"; }
    { nme = "d"; cpus = 1; }
  ];
  pair = { name, cpus }: { inherit name; value.deployment = { inherit cpus; ram = 512; nixos = false; }; };
in
{ machines = builtins.listToAttrs (map pair hosts); }

# error[LNX0201] 4:19-4:22: function 'pair' called without required argument 'cpus'
#   here: did you mean `cpus`?
#   8:10-8:107: the function that is called
#   10:14-10:51: in this call of `listToAttrs`
#   help: `cpu` is no argument of the function
#   fix (unsafe): 4:19-4:22 -> `cpus`
# error[LNX0301] 5:26-5:29: `cpus` is a string, but must be an integer (the number of CPUs) or a set
#   here: a string
#   8:71-8:75: passed on here
#   help: write `2`
#   fix (safe): 5:26-5:29 -> `2`
# error[LNX0201] 6:7-6:10: function 'pair' called without required argument 'name'
#   here: did you mean `name`?
#   8:10-8:107: the function that is called
#   10:14-10:51: in this call of `listToAttrs`
#   help: `nme` is no argument of the function
#   fix (unsafe): 6:7-6:10 -> `name`

--- an-element-without-a-name ---
let
  hosts = [ { name = "a"; ram = 512; } { title = "b"; ram = 512; } { name = "c"; ram = 0; } ];
  one = host: { inherit (host) name; value.deployment = { cpus = 1; inherit (host) ram; nixos = false; }; };
in
{ machines = builtins.listToAttrs (map one hosts); }

# error[LNX0205] 2:40-2:67: attribute 'name' missing
#   here: this set lacks it
#   3:32-3:36: used here
#   5:14-5:50: in this call of `listToAttrs`
#   help: the attributes are `ram` and `title`
# error[LNX0401] 2:88-2:89: `ram` cannot be 0
#   here: must be at least 1 MiB
#   3:84-3:87: passed on here
#   note: QEMU's machines address at most 16 TiB; sizes are in MiB, not in bytes
#   help: write a number from 1 to 16777216

--- what-is-left-out-is-not-missed ---
let
  hosts = [ { name = "a"; } { nam = "b"; } ];
  all = builtins.listToAttrs (map (host: { name = host.name; value = { cpus = 1; ram = 512; nixos = false; }; }) hosts);
in
{ machines = { x.deployment = all.a; y.deployment = all.b; z.deployment = all.a // { cpus = 0; }; }; }

# error[LNX0205] 2:31-2:34: attribute 'name' missing
#   here: did you mean `name`?
#   3:51-3:60: used here
#   3:9-3:120: in this call of `listToAttrs`
#   fix (unsafe): 2:31-2:34 -> `name`
# error[LNX0401] 5:93-5:94: `cpus` cannot be 0
#   here: must be at least 1
#   note: a machine has a CPU, and guests with more than 512 need a topology that Launchnix does not write
#   help: write a number from 1 to 512

--- networks-that-are-not-all-known ---
let
  nets = [ { name = "lan"; subnet = "10.3.0.0/24"; } { nme = "dmz"; subnet = "10.4.0.0/24"; } ];
in
{
  networks = builtins.listToAttrs (map (net: { inherit (net) name; value = { inherit (net) subnet; }; }) nets);
  machines.web.deployment = { cpus = 0; ram = 512; nixos = false; interfaces = [ { network = "dmz"; } ]; };
}

# error[LNX0205] 2:56-2:59: attribute 'name' missing
#   here: did you mean `name`?
#   5:62-5:66: used here
#   5:14-5:111: in this call of `listToAttrs`
#   fix (unsafe): 2:56-2:59 -> `name`
# error[LNX0401] 6:38-6:39: `cpus` cannot be 0
#   here: must be at least 1
#   note: a machine has a CPU, and guests with more than 512 need a topology that Launchnix does not write
#   help: write a number from 1 to 512

--- what-is-tried-may-fail ---
let
  tried = builtins.tryEval (builtins.listToAttrs [ { name = throw "not this one"; value = 1; } ]);
in
{ machines.web.deployment = { cpus = if tried.success then 0 else "1"; ram = 512; nixos = false; }; }
# error[LNX0301] 4:67-4:70: `cpus` is a string, but must be an integer (the number of CPUs) or a set
#   here: a string
#   help: write `1`
#   fix (safe): 4:67-4:70 -> `1`

--- an-indented-string-that-is-not-closed ---
{
  machines.a.deployment = { cpus = 1; ram = 512; nixos = false; extraConfig = ''
    <a>
  ; };
  machines.b.deployment = { cpus = "1"; ram = 512; nixos = false; };
}

# error[LNX0101] 2:79-2:81: syntax error, unexpected end of file, expecting indented string or '${' or end of an indented string
#   here: this string is never closed
#   help: add `''` where the string ends
# error[LNX0301] 5:36-5:39: `cpus` is a string, but must be an integer (the number of CPUs) or a set
#   here: a string
#   help: write `1`
#   fix (safe): 5:36-5:39 -> `1`

--- bindings-without-braces ---
machines.a.deployment = { cpus = 1; ram = 512; nixos = false; };
machines.b.deployment = { cpus = 1; ram = 512; nixos = false; };

# error[LNX0101] 1:23-1:24: syntax error, unexpected '=', expecting end of file
#   here: a name is bound here, which only sets and `let` do
#   help: a file is one expression: put its bindings into `{ … }`
#   fix (unsafe): 1:1-1:1 -> `{
#         `
#   and: 2:65-2:65 -> `
#         }`

--- a-file-of-json ---
{ "machines": { "a": { "deployment": { "cpus": 1, "ram": 512 } } } }

# error[LNX0101] 1:13-1:14: the file holds JSON, not Nix
#   here: Nix has no `:` here
#   help: have it read by a file in Nix: `builtins.fromJSON (builtins.readFile ./deployment.json)`

--- elements-that-fail-alike ---
{
  machines = builtins.listToAttrs (map (i: {
    name = "n" + i;
    value.deployment = { cpus = 1; ram = 512; nixos = false; };
  }) [ 1 2 3 ]);
}
# error[LNX0201] 3:18-3:19: cannot coerce an integer to a string: 1
#   5:8-5:9: this is the value
#   note: 2 more elements fail like this one
#   help: `toString` makes a string of a number

--- bindings-in-a-list ---
{
  machines.a.deployment = [ cpus = 1; ram = 512; tags = [ "a" ]; ];
  machines.b.deployment = { cpus = 1; ram = 0; nixos = false; };
}

# error[LNX0101] 2:34-2:35: syntax error, unexpected '='
#   here: a name is bound here, which only sets and `let` do
#   help: write `{ … }`, which is a set, instead of `[ … ]`, which is a list
#   fix (unsafe): 2:27-2:28 -> `{`
#   and: 2:66-2:67 -> `}`
# error[LNX0401] 3:45-3:46: `ram` cannot be 0
#   here: must be at least 1 MiB
#   note: QEMU's machines address at most 16 TiB; sizes are in MiB, not in bytes
#   help: write a number from 1 to 16777216

--- a-list-that-is-not-closed-before-a-binding ---
{
  machines.a.deployment = { cpus = 1; ram = 512; nixos = false; tags = [ "a" "b"; description = "x"; };
  machines.b.deployment = { cpus = 1; nixos = false; tags = [ "a" "b"
    ram = 0; };
}
# error[LNX0101] 2:81-2:82: syntax error, unexpected ';'
#   2:81-2:81: ']' is missing here
#   2:72-2:73: opened here, and never closed
# error[LNX0101] 3:70-3:70: syntax error, unexpected '='
#   here: ']' is missing here
#   4:9-4:10: noticed here
#   3:61-3:62: opened here, and never closed
# error[LNX0401] 4:11-4:12: `ram` cannot be 0
#   here: must be at least 1 MiB
#   note: QEMU's machines address at most 16 TiB; sizes are in MiB, not in bytes
#   help: write a number from 1 to 16777216

--- a-list-that-fails-beside-others-that-are-joined ---
let
  zone = { name, base, count }: builtins.genList (i: {
    name = "${name}${toString i}";
    value.deployment = { cpus = 2; ram = base; nixos = false; };
  }) count;
in
{
  machines = builtins.listToAttrs (
    zone { name = "east"; base = 2048; count = 2; }
    ++ zone { name = "north"; base = 2048; cuont = 3; }
    ++ zone { name = "west"; base = 0; count = 2; }
  );
}
# error[LNX0201] 10:44-10:49: function 'zone' called without required argument 'count'
#   here: did you mean `count`?
#   2:10-2:55: the function that is called
#   10:8-10:56: called here
#   help: `cuont` is no argument of the function
#   fix (unsafe): 10:44-10:49 -> `count`
# error[LNX0401] 11:37-11:38: `ram` cannot be 0
#   here: must be at least 1 MiB
#   4:42-4:46: passed on here
#   note: QEMU's machines address at most 16 TiB; sizes are in MiB, not in bytes
#   note: this concerns machines `west0` and `west1`
#   help: write a number from 1 to 16777216

--- elements-that-cannot-be-filtered-or-grouped ---
let
  hosts = [
    { name = "a"; enable = true; site = "x"; cpus = "1"; }
    { name = "b"; site = "y"; cpus = 2; }
    { name = "c"; enable = true; site = throw "where is c?"; cpus = 0; }
  ];
  machine = host: { inherit (host) name; value.deployment = { inherit (host) cpus; ram = 512; nixos = false; }; };
  at = builtins.groupBy (host: host.site) hosts;
in
{
  machines = builtins.listToAttrs (map machine (builtins.filter (host: host.enable) hosts))
    // builtins.mapAttrs (_: hosts: { deployment = { inherit (builtins.head hosts) cpus; ram = 0; nixos = false; }; }) at;
}
# error[LNX0301] 3:53-3:56: `cpus` is a string, but must be an integer (the number of CPUs) or a set
#   here: a string
#   7:78-7:82: passed on here
#   note: this concerns machines `a` and `x`
#   help: write `1`
#   fix (safe): 3:53-3:56 -> `1`
# error[LNX0205] 4:5-4:42: attribute 'enable' missing
#   here: this set lacks it
#   11:72-11:83: used here
#   11:49-11:90: in this call of `filter`
#   help: the attributes are `cpus`, `name` and `site`
# error[LNX0204] 5:41-5:60: where is c?
#   5:34-5:38: for the attribute `site`
#   8:8-8:48: in this call of `groupBy`
# error[LNX0401] 5:69-5:70: `cpus` cannot be 0
#   here: must be at least 1
#   7:78-7:82: passed on here
#   note: a machine has a CPU, and guests with more than 512 need a topology that Launchnix does not write
#   help: write a number from 1 to 512
# error[LNX0401] 12:96-12:97: `ram` cannot be 0
#   here: must be at least 1 MiB
#   note: QEMU's machines address at most 16 TiB; sizes are in MiB, not in bytes
#   note: this concerns machines `x` and `y`
#   help: write a number from 1 to 16777216

--- a-function-that-throws-for-two-machines ---
let
  get = s: if s == "s" then 1 else throw "unknown size";
  mk = s: { deployment = { cpus = 1; ram = get s; nixos = false; }; };
in {
  machines.a = mk "x";
  machines.b = mk "y";
  machines.c = mk "s";
}
# error[LNX0204] 5:19-5:22: unknown size
#   here: for this value
#   2:36-2:56: thrown here
#   3:44-3:49: in this call
# error[LNX0204] 6:19-6:22: unknown size
#   here: for this value
#   2:36-2:56: thrown here
#   3:44-3:49: in this call

--- an-assertion-that-fails-for-two-machines ---
let
  mk = n: assert n > 0; { deployment = { cpus = n; ram = 512; nixos = false; }; };
in {
  machines.a = mk 0;
  machines.b = mk (-1);
}
# error[LNX0204] 4:19-4:20: assertion `n > 0` failed
#   here: for this value
#   2:18-2:23: this is false
# error[LNX0204] 5:20-5:22: assertion `n > 0` failed
#   here: for this value
#   2:18-2:23: this is false

--- a-function-that-throws-in-options-of-machines ---
let
  get = s: if s == "s" then 1 else throw "unknown size";
in {
  machines.a.deployment = { cpus = 1; ram = get "x"; nixos = false; };
  machines.b = { deployment = { cpus = 1; ram = get "y"; nixos = false; }; };
  machines.c.deployment = { cpus = get "z"; ram = 1; nixos = false; };
  machines.d.deployment = { cpus = 1; ram = get "z"; nixos = false; };
}
# error[LNX0204] 4:49-4:52: unknown size
#   here: for this value
#   2:36-2:56: thrown here
# error[LNX0204] 5:53-5:56: unknown size
#   here: for this value
#   2:36-2:56: thrown here
# error[LNX0204] 6:40-6:43: unknown size
#   here: for this value
#   2:36-2:56: thrown here
# error[LNX0204] 7:49-7:52: unknown size
#   here: for this value
#   2:36-2:56: thrown here

--- a-throw-that-many-machines-share ---
let
  size = throw "unknown size";
  mk = name: { deployment = { cpus = 1; ram = size; nixos = false; }; };
in {
  machines = builtins.listToAttrs (map (name: { inherit name; value = mk name; }) [ "a" "b" "c" "d" "e" ]);
}
# error[LNX0204] 2:10-2:30: unknown size
#   note: this concerns machines `a`, `b`, `c`, `d` and `e`

--- lists-to-join-of-which-one-fails ---
let
  mk = cpus: [ { name = "a"; value.deployment = { inherit cpus; ram = 0; nixos = false; }; } ];
in
{
  machines = builtins.listToAttrs (builtins.concatLists [ (mk "1") (throw "no") ]);
}

# error[LNX0401] 2:71-2:72: `ram` cannot be 0
#   here: must be at least 1 MiB
#   note: QEMU's machines address at most 16 TiB; sizes are in MiB, not in bytes
#   help: write a number from 1 to 16777216
# error[LNX0301] 5:63-5:66: `cpus` is a string, but must be an integer (the number of CPUs) or a set
#   here: a string
#   2:59-2:63: passed on here
#   help: write `1`
#   fix (safe): 5:63-5:66 -> `1`
# error[LNX0204] 5:69-5:79: no

--- elements-that-cannot-be-sorted ---
let
  hosts = builtins.sort (a: b: a.prio < b.prio) [
    { name = "a"; prio = 1; cpus = 0; }
    { name = "b"; prio = "2"; cpus = 1; }
    { name = "c"; cpus = 1; }
    { name = "d"; prio = 0; cpus = 1; }
  ];
in
{
  machines = builtins.listToAttrs (map (h: {
    inherit (h) name;
    value.deployment = { inherit (h) cpus; ram = 512; nixos = false; };
  }) hosts);
}

# error[LNX0401] 3:36-3:37: `cpus` cannot be 0
#   here: must be at least 1
#   12:38-12:42: passed on here
#   note: a machine has a CPU, and guests with more than 512 need a topology that Launchnix does not write
#   help: write a number from 1 to 512
# error[LNX0201] 4:26-4:29: cannot compare a string with an integer; values are "2" and 1
#   2:32-2:47: used here
# error[LNX0205] 5:5-5:30: attribute 'prio' missing
#   here: this set lacks it
#   2:32-2:38: used here
#   help: the attributes are `cpus` and `name`

--- first-element-cannot-be-sorted ---
let
  hosts = builtins.sort (a: b: a.prio > b.prio) [
    { name = "a"; prio = "1"; }
    { name = "b"; prio = 2; }
    { name = "c"; prio = 3; }
  ];
in
{
  machines = builtins.listToAttrs (map (h: {
    inherit (h) name;
    value.deployment = { cpus = 0; ram = 512; nixos = false; };
  }) hosts);
}

# error[LNX0201] 3:26-3:29: cannot compare an integer with a string; values are 2 and "1"
#   2:32-2:47: used here
# error[LNX0401] 11:33-11:34: `cpus` cannot be 0
#   here: must be at least 1
#   note: a machine has a CPU, and guests with more than 512 need a topology that Launchnix does not write
#   note: this concerns machines `b` and `c`
#   help: write a number from 1 to 512

--- element-that-is-in-neither-part ---
let
  parts = builtins.partition (m: m.big) [ { big = true; name = "a"; } { name = "b"; } { big = false; name = "c"; } ];
  mk = m: { inherit (m) name; value.deployment = { cpus = "x"; ram = 512; nixos = false; }; };
in
{
  machines = builtins.listToAttrs (map mk (parts.right ++ parts.wrong));
}

# error[LNX0205] 2:71-2:86: attribute 'big' missing
#   here: this set lacks it
#   2:34-2:39: used here
#   help: the only attribute is `name`
# error[LNX0301] 3:59-3:62: `cpus` is a string, but must be an integer (the number of CPUs) or a set
#   here: a string
#   note: this concerns machines `a` and `c`
#   help: write the number without quotes, for example `cpus = 2;`

--- one-of-zipped-sets-is-none ---
{
  machines.a.deployment = builtins.zipAttrsWith (_: builtins.head) [ { cpus = 0; } 5 { ram = "1"; nixos = false; } ];
  machines.b.deployment = { cpus = 1; ram = 0; nixos = false; };
}

# error[LNX0401] 2:79-2:80: `cpus` cannot be 0
#   here: must be at least 1
#   note: a machine has a CPU, and guests with more than 512 need a topology that Launchnix does not write
#   help: write a number from 1 to 512
# error[LNX0201] 2:84-2:85: expected a set but found an integer: 5
# error[LNX0301] 2:94-2:97: `ram` is a string, but must be an integer
#   here: a string
#   help: `ram` is in MiB: 1 GiB are `1024`
#   fix (unsafe): 2:94-2:97 -> `1024`
# error[LNX0401] 3:45-3:46: `ram` cannot be 0
#   here: must be at least 1 MiB
#   note: QEMU's machines address at most 16 TiB; sizes are in MiB, not in bytes
#   help: write a number from 1 to 16777216

--- several-wrong-arguments-of-one-call ---
let
  small = { cpus, ram ? 512 }: { deployment = { inherit cpus ram; nixos = false; }; };
  named = { cpus, ram, name }: { deployment = { inherit cpus ram; nixos = false; description = name; }; };
  open = { cpus, ram, ... }: { deployment = { inherit cpus ram; nixos = false; }; };
in
{
  machines.a = small { cpus = 1; memory = 5; disk = 3; };
  machines.b = named { };
  machines.c = small { cpu = 1; memory = 5; };
  machines.d = named { cpus = 1; rma = 5; nmae = "x"; foo = 1; };
  machines.e = named { cpus = 1; nmae = "x"; };
  machines.f = open { cpu = 1; memory = 5; };
}

# error[LNX0201] 7:34-7:40: function 'small' called with unexpected argument 'memory'
#   here: did you mean `ram`?
#   2:11-2:86: the function takes no such argument
#   7:16-7:57: called here
#   help: `memory` is no argument of the function
#   fix (unsafe): 7:34-7:40 -> `ram`
# error[LNX0201] 7:46-7:50: function 'small' called with unexpected argument 'disk'
#   2:11-2:86: the function takes no such argument
#   7:16-7:57: called here
# error[LNX0201] 8:16-8:25: function 'named' called without required argument 'name'
#   3:11-3:106: the function that is called
#   help: `cpus` and `ram` are missing as well
# error[LNX0201] 9:24-9:27: function 'small' called without required argument 'cpus'
#   here: did you mean `cpus`?
#   2:11-2:86: the function that is called
#   9:16-9:46: called here
#   help: `cpu` is no argument of the function
#   fix (unsafe): 9:24-9:27 -> `cpus`
# error[LNX0201] 9:33-9:39: function 'small' called with unexpected argument 'memory'
#   here: did you mean `ram`?
#   2:11-2:86: the function takes no such argument
#   9:16-9:46: called here
#   help: `memory` is no argument of the function
#   fix (unsafe): 9:33-9:39 -> `ram`
# error[LNX0201] 10:34-10:37: function 'named' called without required argument 'ram'
#   here: did you mean `ram`?
#   3:11-3:106: the function that is called
#   10:16-10:65: called here
#   help: `rma` is no argument of the function
#   fix (unsafe): 10:34-10:37 -> `ram`
# error[LNX0201] 10:43-10:47: function 'named' called without required argument 'name'
#   here: did you mean `name`?
#   3:11-3:106: the function that is called
#   10:16-10:65: called here
#   help: `nmae` is no argument of the function
#   fix (unsafe): 10:43-10:47 -> `name`
# error[LNX0201] 10:55-10:58: function 'named' called with unexpected argument 'foo'
#   3:11-3:106: the function takes no such argument
#   10:16-10:65: called here
# error[LNX0201] 11:16-11:47: function 'named' called without required argument 'ram'
#   3:11-3:106: the function that is called
# error[LNX0201] 11:34-11:38: function 'named' called without required argument 'name'
#   here: did you mean `name`?
#   3:11-3:106: the function that is called
#   11:16-11:47: called here
#   help: `nmae` is no argument of the function
#   fix (unsafe): 11:34-11:38 -> `name`
# error[LNX0201] 12:23-12:26: function 'open' called without required argument 'cpus'
#   here: did you mean `cpus`?
#   4:10-4:84: the function that is called
#   12:16-12:45: called here
#   help: `cpu` is no argument of the function
#   fix (unsafe): 12:23-12:26 -> `cpus`
# error[LNX0201] 12:32-12:38: function 'open' called without required argument 'ram'
#   here: did you mean `ram`?
#   4:10-4:84: the function that is called
#   12:16-12:45: called here
#   help: `memory` is no argument of the function
#   fix (unsafe): 12:32-12:38 -> `ram`

--- pair-with-a-misspelt-value ---
{
  machines = builtins.listToAttrs [
    { name = "a"; value.deployment = { cpus = 0; ram = 512; nixos = false; }; }
    { name = "b"; values.deployment = { cpus = 1; ram = 512; nixos = false; }; }
  ];
}

# error[LNX0401] 3:47-3:48: `cpus` cannot be 0
#   here: must be at least 1
#   note: a machine has a CPU, and guests with more than 512 need a topology that Launchnix does not write
#   help: write a number from 1 to 512
# error[LNX0205] 4:19-4:25: attribute 'value' missing
#   here: did you mean `value`?
#   fix (unsafe): 4:19-4:25 -> `value`

--- several-mistakes-in-one-string ---
let
  a = 1;
  b = [ ];
  c = { x = "y"; };
in
{
  machines.a.deployment = { cpus = 1; ram = 512; nixos = false; description = "${a} ${b} ${c.z}"; };
  machines.b.deployment = { cpus = 1; ram = 0; nixos = false; description = "${c.x}"; };
}
# error[LNX0201] 7:82-7:83: cannot coerce an integer to a string: 1
#   2:7-2:8: this is the value
#   help: `toString` makes a string of a number
#   fix (unsafe): 7:82-7:83 -> `toString a`
# error[LNX0201] 7:87-7:88: cannot coerce a list to a string: [ ]
#   3:7-3:10: this is the value
#   help: `builtins.concatStringsSep " "` joins the strings of a list
# error[LNX0205] 7:94-7:95: attribute 'z' missing
#   4:7-4:19: this set lacks it
#   help: the only attribute is `x`
# error[LNX0401] 8:45-8:46: `ram` cannot be 0
#   here: must be at least 1 MiB
#   note: QEMU's machines address at most 16 TiB; sizes are in MiB, not in bytes
#   help: write a number from 1 to 16777216
