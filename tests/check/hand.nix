--- a-misspelt-let ---
lte
  size = 2;
in
{
  deployment = { name = "a"; cpus = size; ram = 0; nixos = false; diskSize = 1000; };
}

# error[LNX0101] 1:1-1:4: syntax error, 'lte' is no word of Nix
#   here: 'let' belongs here
#   help: write `let`
#   fix (unsafe): 1:1-1:4 -> `let`
# error[LNX0401] 5:49-5:50: `ram` cannot be 0
#   here: must be at least 1 MiB
#   note: QEMU's machines address at most 16 TiB; sizes are in MiB, not in bytes
#   help: write a number from 1 to 16777216

--- a-capital-in ---
{ pkgs ? null }:
let
  size = 2;
IN {
  deployment = { name = "a"; cpus = size; ram = 0; nixos = false; diskSize = 1000; };
}

# warning[LNX0704] 1:3-1:7: the argument `pkgs` is never used
#   here: taken here, and used nowhere
#   help: remove it from the arguments, and from where the function is called
# error[LNX0101] 4:1-4:3: syntax error, 'IN' is no word of Nix
#   here: 'in' belongs here
#   help: write `in`
#   fix (unsafe): 4:1-4:3 -> `in`
# error[LNX0401] 5:49-5:50: `ram` cannot be 0
#   here: must be at least 1 MiB
#   note: QEMU's machines address at most 16 TiB; sizes are in MiB, not in bytes
#   help: write a number from 1 to 16777216

--- misspelt-words-of-choices ---
let
  big = true;
  small = !big;
in
{
  machines = {
    a.deployment = { nixos = false; diskSize = 1000; cpus = fi big then 2 else 1; ram = 512; };
    b.deployment = { nixos = false; diskSize = 1000; cpus = if small tehn 2 else 1; ram = 512; };
    c.deployment = { nixos = false; diskSize = 1000; cpus = if big then 2 esle 1; ram = 512; };
    d.deployment = { nixos = false; diskSize = 1000; cpus = If big then 2 Else 0; ram = 512; };
  };
}

# error[LNX0101] 7:61-7:63: syntax error, 'fi' is no word of Nix
#   here: 'if' belongs here
#   help: write `if`
#   fix (unsafe): 7:61-7:63 -> `if`
# error[LNX0101] 8:70-8:74: syntax error, 'tehn' is no word of Nix
#   here: 'then' belongs here
#   help: write `then`
#   fix (unsafe): 8:70-8:74 -> `then`
# error[LNX0101] 9:75-9:79: syntax error, 'esle' is no word of Nix
#   here: 'else' belongs here
#   help: write `else`
#   fix (unsafe): 9:75-9:79 -> `else`
# error[LNX0101] 10:61-10:63: syntax error, 'If' is no word of Nix
#   here: 'if' belongs here
#   help: write `if`
#   fix (unsafe): 10:61-10:63 -> `if`
# error[LNX0101] 10:75-10:79: syntax error, 'Else' is no word of Nix
#   here: 'else' belongs here
#   help: write `else`
#   fix (unsafe): 10:75-10:79 -> `else`

--- a-misspelt-inherit-and-with ---
let
  sizes = { cpus = 2; ram = 512; };
  inherits (sizes) cpus ram;
in
{
  deployment = { inheirt cpus ram; name = "a"; nixos = false; diskSize = 1000; tags = wiht sizes; [ "a" ]; };
}

# error[LNX0101] 3:3-3:11: syntax error, 'inherits' is no word of Nix
#   here: 'inherit' belongs here
#   help: write `inherit`
#   fix (unsafe): 3:3-3:11 -> `inherit`
# error[LNX0101] 6:18-6:25: syntax error, 'inheirt' is no word of Nix
#   here: 'inherit' belongs here
#   help: write `inherit`
#   fix (unsafe): 6:18-6:25 -> `inherit`
# error[LNX0101] 6:87-6:91: syntax error, 'wiht' is no word of Nix
#   here: 'with' belongs here
#   help: write `with`
#   fix (unsafe): 6:87-6:91 -> `with`

--- words-that-are-missing ---
{ big ? true }:
  cpus = 2;
  ram = big then 1024 else 512;
  diskSize = if big 2000 else 1000;
in
{
  deployment = { inherit cpus ram diskSize; name = "a"; nixos = false; };
}

# error[LNX0101] 2:3-2:3: syntax error, 'in' without 'let'
#   here: 'let' is missing here
#   5:1-5:3: this belongs to it
#   help: bindings in front of an expression are written `let name = value; in …`
#   fix (unsafe): 2:3-2:3 -> `let `
# error[LNX0101] 3:9-3:9: syntax error, 'then' without 'if'
#   here: 'if' is missing here
#   3:13-3:17: this belongs to it
#   help: a choice is written `if … then … else …`
#   fix (unsafe): 3:9-3:9 -> `if `
# error[LNX0101] 4:21-4:21: syntax error, 'else' without 'then'
#   here: 'then' is missing here
#   4:26-4:30: this belongs to it
#   help: a choice is written `if … then … else …`
#   fix (unsafe): 4:21-4:21 -> `then `

--- names-that-look-like-words-are-names ---
let
  ni = { cpus = 2; };
  fi = x: x;
  the = 512;
  lte = ni // { ram = the; };
in
{
  deployment = lte // { name = fi "a"; nixos = false; diskSize = 1000 };
}

# error[LNX0101] 8:71-8:72: syntax error, unexpected '}', expecting ';'
#   8:70-8:70: ';' is missing here
#   help: add ';' after the expression before it
#   fix (unsafe): 8:70-8:70 -> `;`

--- comments-without-their-sign ---
My home lab, with two machines
{
  machines.a.deployment = { nixos = false; diskSize = 1000; cpus = 0; ram = 512; };
  The other one is for backups,
  and needs more disk.
  machines.b.deployment = {
    cpus = 1;
    TODO: more memory
    ram = 512;
    ; old settings
    nixos = false;
    diskSize = 1000;
    don't touch this
  };
}

# error[LNX0101] 1:1-1:31: syntax error, this line is neither a comment nor a binding
#   here: words that belong to nothing
#   help: write `# ` in front of a comment; a binding is written `name = value;`
#   fix (unsafe): 1:1-1:1 -> `# `
# error[LNX0401] 3:68-3:69: `cpus` cannot be 0
#   here: must be at least 1
#   note: a machine has a CPU, and guests with more than 512 need a topology that Launchnix does not write
#   help: write a number from 1 to 512
# error[LNX0101] 4:3-4:32: syntax error, this line is neither a comment nor a binding
#   here: words that belong to nothing
#   help: write `# ` in front of a comment; a binding is written `name = value;`
#   fix (unsafe): 4:3-4:3 -> `# `
#   and: 5:3-5:3 -> `# `
# error[LNX0101] 8:5-8:22: syntax error, this line is neither a comment nor a binding
#   here: words that belong to nothing
#   help: write `# ` in front of a comment; a binding is written `name = value;`
#   fix (unsafe): 8:5-8:5 -> `# `
# error[LNX0101] 10:5-10:19: syntax error, this line is neither a comment nor a binding
#   here: words that belong to nothing
#   help: write `# ` in front of a comment; a binding is written `name = value;`
#   fix (unsafe): 10:5-10:5 -> `# `
# error[LNX0101] 13:5-13:21: syntax error, this line is neither a comment nor a binding
#   here: words that belong to nothing
#   help: write `# ` in front of a comment; a binding is written `name = value;`
#   fix (unsafe): 13:5-13:5 -> `# `

--- prose-in-front-of-a-valid-file ---
Two machines for the shop
{
  machines.a.deployment = { nixos = false; diskSize = 1000; cpus = 1; ram = 512; };
}

# error[LNX0101] 1:1-1:26: syntax error, this line is neither a comment nor a binding
#   here: words that belong to nothing
#   help: write `# ` in front of a comment; a binding is written `name = value;`
#   fix (unsafe): 1:1-1:1 -> `# `

--- parentheses-that-nothing-opens ---
let
  names = [ "a" "b" ];
  machine = name: { inherit name; value.deployment = { nixos = false; diskSize = 1000; cpus = 1; ram = 512; }; };
  inherit builtins) toString;
  base = 4 * toString 2 + 1);
in
{
  machines = builtins.listToAttrs map machine names) // {
    c.deployment = { nixos = false; diskSize = 1000; cpus = 1; ram = 512; };
  };
}

# error[LNX0101] 4:10-4:10: syntax error, nothing opens what ')' closes
#   here: '(' is missing here
#   4:19-4:20: closed here
#   help: add `(` where what it holds starts, or remove the `)`
#   fix (unsafe): 4:10-4:10 -> ` (`
# warning[LNX0703] 5:3-5:7: `base` is never used
#   here: bound here, and used nowhere
#   help: remove it, or let its name start with `_` if it is there for a reason
# error[LNX0101] 5:22-5:22: syntax error, nothing opens what ')' closes
#   here: '(' is missing here
#   5:28-5:29: closed here
#   help: add `(` where what it holds starts, or remove the `)`
#   fix (unsafe): 5:22-5:22 -> ` (`
# error[LNX0101] 8:34-8:34: syntax error, nothing opens what ')' closes
#   here: '(' is missing here
#   8:52-8:53: closed here
#   help: add `(` where what it holds starts, or remove the `)`
#   fix (unsafe): 8:34-8:34 -> ` (`

--- a-function-whose-parenthesis-is-missing ---
{
  machines = builtins.listToAttrs (map
    name: { inherit name; value.deployment = { nixos = false; diskSize = 1000; cpus = 1; ram = 512; }; })
    [ "a" "b" ]);
}

# error[LNX0101] 2:39-2:39: syntax error, nothing opens what ')' closes
#   here: '(' is missing here
#   4:16-4:17: closed here
#   help: add `(` where what it holds starts, or remove the `)`
#   fix (unsafe): 2:39-2:39 -> ` (`

--- lists-in-braces ---
{
  deployment = {
    name = "a"; nixos = false; diskSize = 1000; cpus = 1; ram = 512;
    tags = { "web" "prod!" };
    interfaces = { { network = "default"; } { network = "default"; model = 1; } };
  };
}

# error[LNX0101] 4:14-4:15: syntax error, unexpected '"', expecting 'inherit'
#   here: an element of a list, and no binding
#   help: write `[ … ]`, which is a list, instead of `{ … }`, which is a set
#   fix (unsafe): 4:12-4:13 -> `[`
#   and: 4:28-4:29 -> `]`
# error[LNX0404] 4:25-4:26: "prod!" is not a tag
#   here: only letters, digits, `-`, `_` and `.` can stand in a tag
# error[LNX0101] 5:20-5:21: syntax error, unexpected '{', expecting 'inherit'
#   here: an element of a list, and no binding
#   help: write `[ … ]`, which is a list, instead of `{ … }`, which is a set
#   fix (unsafe): 5:18-5:19 -> `[`
#   and: 5:81-5:82 -> `]`
# error[LNX0301] 5:76-5:77: `interfaces[1].model` is an integer, but must be one of `"virtio"`, `"e1000"`, `"e1000e"`, `"rtl8139"`
#   here: an integer
#   help: for example `model = "e1000e";`

--- defaults-without-their-sign ---
let
  mk = { name, ram 512, cpus ? 1 }: { inherit name; value.deployment = { inherit ram cpus; nixos = false; diskSize = 1000; }; };
  other = { ram 512; };
in
{
  machines = builtins.listToAttrs [ (mk { name = "a"; cpus = 0; }) ];
}

# error[LNX0101] 2:20-2:23: syntax error, unexpected integer, expecting '}' or ','
#   here: this is the default of the argument
#   2:19-2:19: '?' is missing here
#   help: the default of an argument is written with `?`: `{ name ? default, ... }:`
#   fix (unsafe): 2:19-2:19 -> ` ?`
# warning[LNX0703] 3:3-3:8: `other` is never used
#   here: bound here, and used nowhere
#   help: remove it, or let its name start with `_` if it is there for a reason
# error[LNX0101] 3:17-3:20: syntax error, unexpected integer, expecting '.' or '='
#   3:16-3:16: '=' is missing here
#   help: write `=` between a name and its value
#   fix (unsafe): 3:16-3:16 -> ` =`
# error[LNX0401] 6:62-6:63: `cpus` cannot be 0
#   here: must be at least 1
#   2:86-2:90: passed on here
#   note: a machine has a CPU, and guests with more than 512 need a topology that Launchnix does not write
#   help: write a number from 1 to 512

--- semicolons-on-the-wrong-side ---
{
  machines = {
    a.deployment = { nixos = false; diskSize = 1000; cpus = 1; ram = 512; tags = [ "a" ;] };
    b.deployment = { nixos = false; diskSize = 1000; cpus = 1; ram = 512; tags = [ "b" ]; description = "text;" };
    c.deployment = { nixos = false; diskSize; 1000; cpus = 0; ram = 512;; };
  };
}

# error[LNX0101] 3:88-3:89: syntax error, unexpected ';'
#   here: this does not end the binding
#   3:90-3:90: ';' is missing here
#   help: write `;` after the `]`
#   fix (unsafe): 3:88-3:89 -> ``
#   and: 3:90-3:90 -> `;`
# error[LNX0101] 4:110-4:111: syntax error, unexpected string, expecting ';'
#   here: this does not end the binding
#   4:112-4:112: ';' is missing here
#   help: write `;` after the `"`
#   fix (unsafe): 4:110-4:111 -> ``
#   and: 4:112-4:112 -> `;`
# error[LNX0101] 5:45-5:46: syntax error, unexpected ';', expecting '='
#   here: a name and its value are joined by `=`
#   help: write `=` instead of `;`
#   fix (unsafe): 5:45-5:46 -> ` =`
# error[LNX0401] 5:60-5:61: `cpus` cannot be 0
#   here: must be at least 1
#   note: a machine has a CPU, and guests with more than 512 need a topology that Launchnix does not write
#   help: write a number from 1 to 512
# error[LNX0101] 5:73-5:74: syntax error, unexpected ';', expecting 'inherit'
#   here: this ends nothing
#   help: remove it
#   fix (unsafe): 5:73-5:74 -> ``

--- arrows-for-the-sign-of-a-binding ---
{
  deployment = { name = "a"; nixos => false; diskSize -> 1000; cpus => 0; ram = 512; };
}

# error[LNX0101] 2:36-2:38: syntax error, unexpected '=>', expecting '='
#   here: a name and its value are joined by `=`
#   help: write `=` instead of `=>`
#   fix (unsafe): 2:36-2:38 -> `=`
# error[LNX0101] 2:55-2:57: syntax error, unexpected '->', expecting '='
#   here: a name and its value are joined by `=`
#   help: write `=` instead of `->`
#   fix (unsafe): 2:55-2:57 -> `=`
# error[LNX0101] 2:69-2:71: syntax error, unexpected '=>', expecting '='
#   here: a name and its value are joined by `=`
#   help: write `=` instead of `=>`
#   fix (unsafe): 2:69-2:71 -> `=`
# error[LNX0401] 2:72-2:73: `cpus` cannot be 0
#   here: must be at least 1
#   note: a machine has a CPU, and guests with more than 512 need a topology that Launchnix does not write
#   help: write a number from 1 to 512

--- a-with-whose-semicolon-is-missing ---
{
  deployment = { name = "a"; nixos = true; diskSize = 1000; cpus = 0; ram = 512; sshPubKeyPath = ./key.pub; };
  machine = { pkgs, ... }: {
    environment.systemPackages = with pkgs [ git vim ];
    fonts = with pkgs.lib { a = 1; };
  };
}

# error[LNX0401] 2:68-2:69: `cpus` cannot be 0
#   here: must be at least 1
#   note: a machine has a CPU, and guests with more than 512 need a topology that Launchnix does not write
#   help: write a number from 1 to 512
# error[LNX0101] 4:44-4:45: syntax error, unexpected '[', expecting ';'
#   4:43-4:43: ';' is missing here
#   help: add ';' after the expression before it
#   fix (unsafe): 4:43-4:43 -> `;`
# error[LNX0101] 5:27-5:28: syntax error, unexpected '{', expecting ';'
#   5:26-5:26: ';' is missing here
#   help: add ';' after the expression before it
#   fix (unsafe): 5:26-5:26 -> `;`

--- other-signs-for-a-dot ---
{
  machines;a.deployment = { nixos = false; diskSize = 1000; cpus = 1; ram = 512; };
  machines=b.deployment = { nixos = false; diskSize = 1000; cpus = 0; ram = 512; };
}

# error[LNX0101] 2:11-2:12: syntax error, unexpected ';', expecting '.' or '='
#   here: names are joined by a dot
#   help: write `.` instead of `;`
#   fix (unsafe): 2:11-2:12 -> `.`
# error[LNX0101] 3:11-3:12: syntax error, unexpected '=', expecting '.'
#   here: names are joined by a dot
#   help: write `.` instead of `=`
#   fix (unsafe): 3:11-3:12 -> `.`
# error[LNX0401] 3:68-3:69: `cpus` cannot be 0
#   here: must be at least 1
#   note: a machine has a CPU, and guests with more than 512 need a topology that Launchnix does not write
#   help: write a number from 1 to 512

--- words-with-digits-in-lists ---
{
  deployment = {
    name = "a"; nixos = false; diskSize = 1000; cpus = 1; ram = 512;
    usbDevices = [ 046d:c52b 1d6b:0002 ];
    tags = [ v1.2.3 "web" ];
  };
}

# error[LNX0301] 4:20-4:29: the text `046d:c52b` is not in quotes
#   here: a string is needed here
#   help: write `"046d:c52b"`
#   fix (unsafe): 4:20-4:29 -> `"046d:c52b"`
# error[LNX0301] 4:30-4:39: the text `1d6b:0002` is not in quotes
#   here: a string is needed here
#   help: write `"1d6b:0002"`
#   fix (unsafe): 4:30-4:39 -> `"1d6b:0002"`
# error[LNX0301] 5:14-5:20: the text `v1.2.3` is not in quotes
#   here: a string is needed here
#   help: write `"v1.2.3"`
#   fix (unsafe): 5:14-5:20 -> `"v1.2.3"`

--- semicolons-missing-on-one-line ---
{
  deployment = { name = "a" nixos = false diskSize = 1000; cpus = 0 ram = 512; };
}

# error[LNX0101] 2:28-2:28: syntax error, unexpected '=', expecting ';'
#   here: ';' is missing here
#   2:35-2:36: noticed here
#   help: add ';' after the expression before it
#   fix (unsafe): 2:28-2:28 -> `;`
# error[LNX0101] 2:42-2:42: syntax error, unexpected '=', expecting ';'
#   here: ';' is missing here
#   2:52-2:53: noticed here
#   help: add ';' after the expression before it
#   fix (unsafe): 2:42-2:42 -> `;`
# error[LNX0401] 2:67-2:68: `cpus` cannot be 0
#   here: must be at least 1
#   note: a machine has a CPU, and guests with more than 512 need a topology that Launchnix does not write
#   help: write a number from 1 to 512
# error[LNX0101] 2:68-2:68: syntax error, unexpected '=', expecting ';'
#   here: ';' is missing here
#   2:73-2:74: noticed here
#   help: add ';' after the expression before it
#   fix (unsafe): 2:68-2:68 -> `;`

--- an-element-that-is-not-closed ---
{
  deployment = {
    name = "a"; nixos = false; diskSize = 1000; cpus = 0; ram = 512;
    usbDevices = [
      { id = "046d:c52b";
      { id = "1b1c:1b2d"; }
    ];
    interfaces = [
      { network = "default"; }
        network = "default"; }
    ];
  };
}

# error[LNX0401] 3:56-3:57: `cpus` cannot be 0
#   here: must be at least 1
#   note: a machine has a CPU, and guests with more than 512 need a topology that Launchnix does not write
#   help: write a number from 1 to 512
# error[LNX0101] 5:26-5:26: syntax error, unexpected '{', expecting 'inherit'
#   here: '}' is missing here
#   6:7-6:8: noticed here
#   5:7-5:8: opened here, and never closed
# error[LNX0101] 10:9-10:9: syntax error, nothing opens what '}' closes
#   here: '{' is missing here
#   10:30-10:31: closed here
#   help: add `{` before the lines that it holds
#   fix (unsafe): 10:9-10:9 -> `{ `

--- an-inherit-whose-source-is-not-closed ---
let
  sizes = { cpus = 2; ram = 512; };
in
{
  deployment = { inherit (sizes cpus ram; name = "a"; nixos = false, diskSize = 1000; };
}
# error[LNX0101] 5:33-5:37: syntax error, unexpected identifier, expecting ')'
#   5:32-5:32: ')' is missing here
#   help: add ')' after the expression before it
# error[LNX0101] 5:68-5:69: syntax error, unexpected ',', expecting ';'
#   here: bindings end with `;`
#   help: write `;` instead of `,`
#   fix (unsafe): 5:68-5:69 -> `;`
