--- a-let-whose-in-is-missing ---
{
  machines.a.deployment = { cpus = let cores = 2; cores; ram = 0; nixos = false; diskSize = 1000; };
  machines.b.deployment = { cpus = (let cores = 2; cores); ram = 512; nixos = false; diskSize = "1000"; };
}

# error[LNX0101] 2:51-2:51: syntax error, 'let' without 'in'
#   here: 'in' is missing here
#   2:36-2:39: this belongs to it
#   help: bindings in front of an expression are written `let name = value; in …`
#   fix (unsafe): 2:51-2:51 -> `in `
# error[LNX0401] 2:64-2:65: `ram` cannot be 0
#   here: must be at least 1 MiB
#   note: QEMU's machines address at most 16 TiB; sizes are in MiB, not in bytes
#   help: write a number from 1 to 16777216
# error[LNX0101] 3:52-3:52: syntax error, 'let' without 'in'
#   here: 'in' is missing here
#   3:37-3:40: this belongs to it
#   help: bindings in front of an expression are written `let name = value; in …`
#   fix (unsafe): 3:52-3:52 -> `in `
# error[LNX0301] 3:97-3:103: `diskSize` is a string, but must be an integer
#   here: a string
#   help: `diskSize` is in MiB: write `1000`
#   fix (safe): 3:97-3:103 -> `1000`

--- a-with-that-is-missing ---
{
  machines.a = {
    deployment = { cpus = 0; ram = 512; sshPubKeyPath = ./key.pub; };
    machine = { pkgs, ... }: {
      environment.systemPackages = pkgs; [ pkgs.vim pkgs.htop ];
    };
  };
}

# error[LNX0401] 3:27-3:28: `cpus` cannot be 0
#   here: must be at least 1
#   note: a machine has a CPU, and guests with more than 512 need a topology that Launchnix does not write
#   help: write a number from 1 to 512
# error[LNX0101] 5:36-5:36: syntax error, 'with' is missing
#   here: 'with' is missing here
#   help: the names of a list are taken from a set by `with set; [ name … ]`
#   fix (unsafe): 5:36-5:36 -> `with `

--- expressions-in-lists ---
let
  name = "a";
in
{
  machines.a.deployment = {
    cpus = 2; ram = 512; nixos = false; diskSize = 1000;
    tags = [ "web-" + name "front" ];
  };
  machines.b.deployment = {
    cpus = 2; ram = 512; nixos = false; diskSize = 1000;
    tags = [ if name == "a" then "b" else 1 ];
  };
  machines.c.deployment = {
    cpus = 0; ram = 512; nixos = false; diskSize = 1000;
    interfaces = [ { network = "lan"; } // { mac = "52:54:00:00:00:01"; } ];
  };
}

# error[LNX0101] 7:21-7:22: syntax error, unexpected '+'
#   here: an element or an argument is one value
#   help: put the expression in parentheses: `(… + …)`
# error[LNX0101] 11:14-11:16: syntax error, unexpected 'if'
#   here: an element or an argument is one value
#   help: put the expression in parentheses: `(if … then … else …)`
# error[LNX0401] 14:12-14:13: `cpus` cannot be 0
#   here: must be at least 1
#   note: a machine has a CPU, and guests with more than 512 need a topology that Launchnix does not write
#   help: write a number from 1 to 512
# error[LNX0101] 15:41-15:43: syntax error, unexpected '//'
#   here: an element or an argument is one value
#   help: put the expression in parentheses: `(… // …)`

--- expressions-as-arguments ---
{
  machines.a.deployment = {
    cpus = 2; ram = 512; nixos = false; diskSize = 1000;
    tags = map toString if true then [ 1 ] else [ 2 ];
  };
  machines.b.deployment = {
    cpus = 0; ram = 512; nixos = false; diskSize = 1000;
    tags = map toString let a = [ 1 ]; in a;
  };
}

# error[LNX0101] 4:25-4:27: syntax error, unexpected 'if', expecting ';'
#   here: an element or an argument is one value
#   help: put the expression in parentheses: `(if … then … else …)`
# error[LNX0401] 7:12-7:13: `cpus` cannot be 0
#   here: must be at least 1
#   note: a machine has a CPU, and guests with more than 512 need a topology that Launchnix does not write
#   help: write a number from 1 to 512
# error[LNX0101] 8:29-8:30: syntax error, unexpected identifier, expecting '{'
#   8:25-8:28: inside of an expression, `let` only starts `let { … }`
#   help: put `let … in …` in parentheses, or add ';' before it

--- prose-in-a-list ---
{
  machines.a.deployment = {
    cpus = 0; ram = 512; nixos = false; diskSize = 1000;
    tags = [ "web" the front of the shop ];
  };
}

# error[LNX0401] 3:12-3:13: `cpus` cannot be 0
#   here: must be at least 1
#   note: a machine has a CPU, and guests with more than 512 need a topology that Launchnix does not write
#   help: write a number from 1 to 512
# error[LNX0103] 4:20-4:41: the text `the front of the shop` is not in quotes
#   here: each of these words is a variable to Nix
#   help: write `"the front of the shop"`, or `# ` in front of it if it is a comment
#   fix (unsafe): 4:20-4:41 -> `"the front of the shop"`

--- markers-of-a-merge-that-were-left ---
{
  machines.a.deployment = {
<<<<<<< HEAD
    cpus = 0;
    ram = 512; nixos = false; diskSize = 1000;
  };
  machines.b.deployment = {
    cpus = 2;
=======
    ram = 512; nixos = false; diskSize = 1000;
  };
  machines.c.deployment = {
    cpus = 2;
    ram = 512; nixos = false; diskSize = 1000;
>>>>>>> more
  };
}

# error[LNX0101] 3:1-3:13: syntax error, a merge was left half done
#   here: one version starts here
#   9:1-9:8: the other one starts here
#   15:1-15:13: and ends here
#   help: keep what is right of the two, and remove the lines with the markers
# error[LNX0401] 4:12-4:13: `cpus` cannot be 0
#   here: must be at least 1
#   note: a machine has a CPU, and guests with more than 512 need a topology that Launchnix does not write
#   help: write a number from 1 to 512
# error[LNX0303] 7:12-7:13: option `ram` is missing in machine `b`
#   here: `ram` must be set here
#   note: `ram`: Memory of the machine.
#   help: add, for example, `ram = 2048;` (`ram` is in MiB)
#   fix (unsafe): 7:28-7:28 -> `
#             ram = 2048;`

--- one-marker-of-a-merge ---
{
  machines.a.deployment = {
    cpus = 0;
>>>>>>> more
    ram = 512; nixos = false; diskSize = 1000;
  };
}

# error[LNX0401] 3:12-3:13: `cpus` cannot be 0
#   here: must be at least 1
#   note: a machine has a CPU, and guests with more than 512 need a topology that Launchnix does not write
#   help: write a number from 1 to 512
# error[LNX0101] 4:1-4:13: syntax error, a merge was left half done
#   here: a marker of the merge
#   help: keep what is right, and remove the line

--- a-patch ---
{
@@ -2,5 +2,5 @@
   machines.a.deployment = {
-    cpus = 0;
+    cpus = 2;
+    ram = "512";
     nixos = false; diskSize = 1000;
   };
 }

# error[LNX0101] 2:1-2:16: syntax error, this is a line of a patch
#   here: no part of the file
#   help: remove the `+` in front of the lines that are added, and the lines that start with `-` or `@@`
#   fix (unsafe): 2:1-3:1 -> ``
#   and: 4:1-5:1 -> ``
#   and: 5:1-5:2 -> ``
#   and: 6:1-6:2 -> ``
# error[LNX0301] 6:12-6:17: `ram` is a string, but must be an integer
#   here: a string
#   help: `ram` is in MiB: write `512`
#   fix (safe): 6:12-6:17 -> `512`

--- digits ---
{
  machines.a.deployment = { cpus = 2; ram = 20O0; nixos = false; diskSize = 20 480; };
  machines.b.deployment = { cpus = 2; ram = 512; nixos = false; diskSize = 1 048 576; };
  machines.c.deployment = { cpus = 2; ram = 50%; nixos = false; diskSize = 1000; };
}

# error[LNX0103] 2:47-2:49: undefined variable 'O0'
#   here: letters that look like digits
#   help: write `2000`
#   fix (unsafe): 2:45-2:49 -> `2000`
# error[LNX0201] 2:77-2:83: attempt to call something which is not a function but an integer
#   here: the digits of a number stand together
#   help: write `20480`
#   fix (unsafe): 2:77-2:83 -> `20480`
# error[LNX0201] 3:76-3:85: attempt to call something which is not a function but an integer
#   here: the digits of a number stand together
#   help: write `1048576`
#   fix (unsafe): 3:76-3:85 -> `1048576`
# error[LNX0101] 4:47-4:48: syntax error, unexpected invalid token, expecting ';'
#   here: a number has no unit
#   help: sizes are numbers of MiB, and other numbers are written without a sign behind them

--- signs-of-other-languages ---
{
  machines.a.deployment = {
    cpus += 2; ram ?= 0; nixos = false; diskSize = 1000;
    description = true ? "a" : "b";
  };
  machines.b.deployment = {
    cpus = 2; ram = 512; nixos = false; diskSize = 1000; */
    description = «text»;
  };
}

# error[LNX0101] 3:10-3:12: syntax error, unexpected '+=', expecting '='
#   here: a name and its value are joined by `=`
#   help: write `=` instead of `+=`
#   fix (unsafe): 3:10-3:12 -> `=`
# error[LNX0101] 3:20-3:22: syntax error, unexpected '?=', expecting '='
#   here: a name and its value are joined by `=`
#   help: write `=` instead of `?=`
#   fix (unsafe): 3:20-3:22 -> `=`
# error[LNX0401] 3:23-3:24: `ram` cannot be 0
#   here: must be at least 1 MiB
#   note: QEMU's machines address at most 16 TiB; sizes are in MiB, not in bytes
#   help: write a number from 1 to 16777216
# error[LNX0101] 4:24-4:25: syntax error, unexpected ':', expecting ';'
#   here: `?` asks whether a set has an attribute
#   help: a choice is written `if … then … else …`
# error[LNX0101] 7:58-7:59: syntax error, unexpected '*', expecting 'inherit'
#   here: this ends no comment
#   help: remove it, or start the comment with `/*`
#   fix (unsafe): 7:58-7:60 -> ``
# error[LNX0101] 8:19-8:25: syntax error, unexpected invalid token
#   here: strings stand in double quotes
#   help: write `"text"`
#   fix (unsafe): 8:19-8:25 -> `"text"`

--- names-in-brackets ---
{
  machines["a"] = { deployment = { cpus = 0; ram = 512; nixos = false; diskSize = 1000; }; };
  machines[b].deployment = { cpus = 2; ram = "512"; nixos = false; diskSize = 1000; };
}

# error[LNX0101] 2:11-2:12: syntax error, unexpected '[', expecting '.' or '='
#   here: names are joined by dots
#   help: write `machines.a =`
#   fix (unsafe): 2:11-2:16 -> `.a`
# error[LNX0401] 2:43-2:44: `cpus` cannot be 0
#   here: must be at least 1
#   note: a machine has a CPU, and guests with more than 512 need a topology that Launchnix does not write
#   help: write a number from 1 to 512
# error[LNX0101] 3:11-3:12: syntax error, unexpected '[', expecting '.' or '='
#   here: names are joined by dots
#   help: write `machines.b`
#   fix (unsafe): 3:11-3:14 -> `.b`
# error[LNX0301] 3:46-3:51: `ram` is a string, but must be an integer
#   here: a string
#   help: `ram` is in MiB: write `512`
#   fix (safe): 3:46-3:51 -> `512`

--- a-rec-without-its-brace ---
{
  machines.a.deployment = rec
    cpus = 0; ram = 512; nixos = false; diskSize = 1000;
  };
}

# error[LNX0101] 2:30-2:30: syntax error, nothing opens what '}' closes
#   here: '{' is missing here
#   4:3-4:4: closed here
#   help: add `{` before the lines that it holds
#   fix (unsafe): 2:30-2:30 -> ` {`
# error[LNX0401] 3:12-3:13: `cpus` cannot be 0
#   here: must be at least 1
#   note: a machine has a CPU, and guests with more than 512 need a topology that Launchnix does not write
#   help: write a number from 1 to 512

--- semicolons-in-a-row ---
{
  ;;; the only one
  machines.a.deployment = { cpus = 2; ram = 512; nixos = false; diskSize = 1000;;; };
}
# error[LNX0101] 2:3-2:19: syntax error, this line is neither a comment nor a binding
#   here: words that belong to nothing
#   help: write `# ` in front of a comment; a binding is written `name = value;`
#   fix (unsafe): 2:3-2:3 -> `# `
# error[LNX0101] 3:81-3:82: syntax error, unexpected ';', expecting 'inherit'
#   here: this ends nothing
#   help: remove it
#   fix (unsafe): 3:81-3:83 -> ``

--- quotes-of-a-list ---
{
  machines.a.deployment = {
    cpus = 0; ram = 512; nixos = false; diskSize = 1000;
    tags = [ web" "front "shop" ];
  };
  machines.b.deployment = {
    cpus = 2; ram = "512"; nixos = false; diskSize = 1000;
    tags = [ "web "front "shop" ];
  };
}

# error[LNX0401] 3:12-3:13: `cpus` cannot be 0
#   here: must be at least 1
#   note: a machine has a CPU, and guests with more than 512 need a topology that Launchnix does not write
#   help: write a number from 1 to 512
# error[LNX0101] 4:14-4:18: syntax error, the quotes in this list do not match
#   here: one of its quotes is missing
#   help: write `[ "web" "front" "shop" ]`
#   fix (unsafe): 4:14-4:32 -> `"web" "front" "shop"`
# error[LNX0301] 7:21-7:26: `ram` is a string, but must be an integer
#   here: a string
#   help: `ram` is in MiB: write `512`
#   fix (safe): 7:21-7:26 -> `512`
# error[LNX0101] 8:19-8:25: syntax error, the quotes in this list do not match
#   here: one of its quotes is missing
#   help: write `[ "web" "front" "shop" ]`
#   fix (unsafe): 8:14-8:32 -> `"web" "front" "shop"`

--- a-comma-for-a-dot ---
let
  names = { first = "a"; };
in
{
  machines = builtins,mapAttrs (name: cpus: { deployment = { inherit cpus; ram = 512; }; }) { a = 1; };
  networks.lan = { mode = "nat"; subnet = "10.20.0.0/33"; };
  description = "the fleet of ${names,first}";
}

# error[LNX0101] 5:22-5:23: syntax error, unexpected ',', expecting ';'
#   here: names are joined by a dot
#   help: write `.` instead of `,`
#   fix (unsafe): 5:22-5:23 -> `.`
# error[LNX0403] 6:54-6:56: "10.20.0.0/33" is not an IPv4 network such as `10.20.0.0/24`
#   here: a prefix length is a number from 8 to 30
# error[LNX0101] 7:38-7:39: syntax error, unexpected ',', expecting '}'
#   7:38-7:38: '}' is missing here
#   help: add '}' after the expression before it

--- a-colon-for-a-semicolon ---
{
  machines.a = {
    deployment = { cpus = 0: ram = 512; nixos = false; diskSize = 1000; }:
  }:
  machines.b.deployment = { cpus = 2; ram = "512"; nixos = false; diskSize = 1000; };
}

# error[LNX0101] 3:28-3:29: syntax error, unexpected ':', expecting ';'
#   here: bindings end with `;`
#   help: write `;` instead of `:`
#   fix (unsafe): 3:28-3:29 -> `;`
# error[LNX0101] 3:74-3:75: syntax error, unexpected ':', expecting ';'
#   here: bindings end with `;`
#   help: write `;` instead of `:`
#   fix (unsafe): 3:74-3:75 -> `;`
# error[LNX0101] 4:4-4:5: syntax error, unexpected ':', expecting ';'
#   here: bindings end with `;`
#   help: write `;` instead of `:`
#   fix (unsafe): 4:4-4:5 -> `;`
# error[LNX0301] 5:45-5:50: `ram` is a string, but must be an integer
#   here: a string
#   help: `ram` is in MiB: write `512`
#   fix (safe): 5:45-5:50 -> `512`

--- words-in-front-of-bindings ---
{
  var description = "a fleet";
  machines.a.deployment = { cpus = 0; set ram = 512; nixos = false; diskSize = 1000; };
}

# error[LNX0101] 2:7-2:18: syntax error, unexpected identifier, expecting '.' or '='
#   here: the name starts here
#   help: remove `var`: a binding is written `name = value;`
#   fix (unsafe): 2:3-2:7 -> ``
# error[LNX0401] 3:36-3:37: `cpus` cannot be 0
#   here: must be at least 1
#   note: a machine has a CPU, and guests with more than 512 need a topology that Launchnix does not write
#   help: write a number from 1 to 512
# error[LNX0101] 3:43-3:46: syntax error, unexpected identifier, expecting '.' or '='
#   here: the name starts here
#   help: remove `set`: a binding is written `name = value;`
#   fix (unsafe): 3:39-3:43 -> ``

--- a-let-in-a-let-whose-in-is-missing ---
let
  size = let base = 500; base;
in
{
  machines.a.deployment = { cpus = 0; ram = size; nixos = false; diskSize = 1000; };
}
# error[LNX0101] 2:26-2:26: syntax error, 'let' without 'in'
#   here: 'in' is missing here
#   2:10-2:13: this belongs to it
#   help: bindings in front of an expression are written `let name = value; in …`
#   fix (unsafe): 2:26-2:26 -> `in `
# error[LNX0401] 5:36-5:37: `cpus` cannot be 0
#   here: must be at least 1
#   note: a machine has a CPU, and guests with more than 512 need a topology that Launchnix does not write
#   help: write a number from 1 to 512
