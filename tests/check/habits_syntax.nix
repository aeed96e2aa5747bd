--- a-brace-too-many-at-the-end ---
{
  deployment = {
    name = "web"; cpus = 2; ram = 2048;
    sshPubKeyPath = ./key.pub;
  };
  machine = { ... }: { };
}
}
# error[LNX0101] 8:1-8:2: syntax error, there is one '}' too many
#   here: closes nothing
#   help: remove it, or open what it should close
#   fix (unsafe): 8:1-8:2 -> ``

--- a-brace-too-many-in-between ---
{
  deployment = {
    name = "web"; cpus = 2; ram = 2048;
    sshPubKeyPath = ./key.pub;
  };
  };
  machine = { ... }: { };
}
# error[LNX0101] 6:3-6:4: syntax error, there is one '}' too many
#   here: closes nothing
#   help: remove it, or open what it should close
#   fix (unsafe): 6:3-6:5 -> ``

--- a-brace-too-many-on-a-line ---
{
  name = "f";
  machines = {
    web = {
      deployment = { cpus = 2; ram = 2048; sshPubKeyPath = ./key.pub; }; };
      machine = { ... }: { };
    };
    db.deployment = { cpus = 2; ram = 1024; nixos = false; };
  };
}
# error[LNX0101] 5:74-5:75: syntax error, there is one '}' too many
#   here: closes nothing
#   help: remove it, or open what it should close
#   fix (unsafe): 5:74-5:76 -> ``

--- a-bracket-too-many ---
{
  deployment = {
    name = "web"; cpus = 2; ram = 2048; nixos = false;
    tags = [ "a" "b" ] ];
    diskSize = 1000;
  };
}
# error[LNX0101] 4:24-4:25: syntax error, there is one ']' too many
#   here: closes nothing
#   help: remove it, or open what it should close
#   fix (unsafe): 4:24-4:25 -> ``

--- a-parenthesis-too-many ---
{
  deployment = {
    name = "web"; cpus = (1 + 1)); ram = 2048; nixos = false;
    diskSize = 1000;
  };
}
# error[LNX0101] 3:33-3:34: syntax error, there is one ')' too many
#   here: closes nothing
#   help: remove it, or open what it should close
#   fix (unsafe): 3:33-3:34 -> ``

--- a-merge-left-half-done ---
{
  deployment = {
    name = "web"; cpus = 2; nixos = false; diskSize = 1000;
<<<<<<< HEAD
    ram = 2048;
=======
    ram = 4096;
>>>>>>> feature/more-ram
  };
}
# error[LNX0101] 4:1-4:13: syntax error, a merge was left half done
#   here: one version starts here
#   6:1-6:8: the other one starts here
#   8:1-8:25: and ends here
#   help: keep what is right of the two, and remove the lines with the markers

--- the-first-quote-is-missing ---
{
  deployment = {
    name = web";
    cpus = 2;
    ram = 2048;
    nixos = false; diskSize = 1000;
  };
}
# error[LNX0101] 3:12-3:16: syntax error, unexpected end of file, expecting '"'
#   here: a quote closes this, and none opens it
#   help: write `"web"`
#   fix (unsafe): 3:12-3:12 -> `"`

--- an-interpolation-that-is-not-closed ---
let name = "web"; in
{
  machines.a.deployment = {
    cpus = 1; ram = 512; nixos = false; diskSize = 1000;
    description = "vm ${name";
    tags = [ "x" ];
  };
}
# error[LNX0101] 5:23-5:25: syntax error, unexpected end of file, expecting '}'
#   here: this interpolation is never closed
#   5:19-5:20: in this string
#   help: add `}` where the expression ends

--- other-ways-to-bind ---
{
  deployment = {
    name = "web";
    cpus := 2;
    ram == 2048;
    nixos = false; diskSize = 1000;
  };
}
# error[LNX0101] 4:10-4:11: syntax error, unexpected ':', expecting '.' or '='
#   here: a name and its value are joined by `=`
#   help: write `=` instead of `:=`
#   fix (unsafe): 4:10-4:11 -> ``
# error[LNX0101] 5:9-5:11: syntax error, unexpected '==', expecting '.' or '='
#   here: this compares
#   help: write `=` to give the name a value
#   fix (unsafe): 5:9-5:11 -> `=`

--- as-terraform-writes-it ---
{
  deployment {
    name = "web"
    cpus = 2
    ram  = 2048
  }
}
# error[LNX0101] 2:14-2:15: syntax error, unexpected '{', expecting '.' or '='
#   2:13-2:13: '=' is missing here
#   help: write `name = { … };` for a block, and `name = value;` for each binding in it
#   fix (unsafe): 2:13-2:13 -> ` =`
#   and: 3:17-3:17 -> `;`
#   and: 4:13-4:13 -> `;`
#   and: 5:16-5:16 -> `;`
#   and: 6:4-6:4 -> `;`

--- in-is-missing ---
let
  cpus = 2;

{
  deployment = { name = "web"; inherit cpus; ram = 2048; nixos = false; diskSize = 1000; };
}
# error[LNX0101] 2:12-2:12: syntax error, unexpected '{', expecting 'in' or 'inherit'
#   here: 'in' is missing here
#   4:1-4:2: noticed here
#   help: add 'in' between the bindings of a `let` and its result
#   fix (unsafe): 2:12-2:12 -> ` in`

--- the-colon-of-a-function-is-missing ---
{ domain ? "x" }
{
  deployment = { name = "web"; cpus = 1; ram = 2048; nixos = false; diskSize = 1000; description = domain; };
}
# error[LNX0101] 1:17-1:17: syntax error, unexpected '{', expecting ':' or '@'
#   here: ':' is missing here
#   2:1-2:2: noticed here
#   help: add ':' between the arguments of a function and its result
#   fix (unsafe): 1:17-1:17 -> `:`

--- semicolons-between-arguments ---
{ domain ? "x"; size ? 1 }:
{
  deployment = { name = "web"; cpus = size; ram = 2048; nixos = false; diskSize = 1000; description = domain; };
}
# error[LNX0101] 1:15-1:16: syntax error, unexpected ';', expecting '}' or ','
#   here: arguments are separated by `,`
#   help: write `,` instead of `;`
#   fix (unsafe): 1:15-1:16 -> `,`

--- defaults-of-arguments-bound ---
{ domain = "x", size = 1 }:
{
  deployment = { name = "web"; cpus = size; ram = 2048; nixos = false; diskSize = 1000; description = domain; };
}
# error[LNX0101] 1:10-1:11: syntax error, unexpected '=', expecting '}' or ','
#   here: an argument is named here
#   help: the default of an argument is written with `?`: `{ name ? default, ... }:`
#   fix (unsafe): 1:10-1:11 -> `?`
#   and: 1:22-1:23 -> `?`

--- an-arrow-for-a-function ---
let mk = name => { cpus = 1; ram = 512; nixos = false; diskSize = 1000; description = name; }; in
{
  machines.a.deployment = mk "a";
}
# error[LNX0101] 1:15-1:16: syntax error, unexpected '='
#   here: no arrow belongs here
#   help: a function is written `argument: result`
#   fix (unsafe): 1:14-1:17 -> `:`

--- a-call-with-brackets-and-commas ---
let mk = name: ram: { cpus = 1; inherit ram; nixos = false; diskSize = 1000; description = name; }; in
{
  machines.a.deployment = mk("a", 512);
}
# error[LNX0101] 3:33-3:34: syntax error, unexpected ',', expecting ')'
#   here: no comma belongs here
#   help: a function is called with its arguments after it, without brackets and commas: `f a b`

--- a-question-mark-for-a-choice ---
let big = true; in
{
  machines.a.deployment = { cpus = big ? 4 : 2; ram = 512; nixos = false; diskSize = 1000; };
}
# error[LNX0101] 3:42-3:43: syntax error, unexpected integer, expecting identifier or 'or' or '${' or '"'
#   here: `?` asks whether a set has an attribute
#   help: a choice is written `if … then … else …`

--- a-comparison-with-one-equals-sign ---
let env = "prod"; in
{
  machines.a.deployment = { cpus = if env = "prod" then 4 else 2; ram = 512; nixos = false; diskSize = 1000; };
}
# error[LNX0101] 3:43-3:44: syntax error, unexpected '=', expecting 'then'
#   here: this gives a name a value
#   help: write `==` to compare
#   fix (unsafe): 3:43-3:44 -> `==`

--- words-for-operators ---
let a = true; b = false; in
{
  machines.a.deployment = { cpus = if a & b then 4 else 2; ram = 512; nixos = not a; diskSize = 1000; };
}
# error[LNX0101] 3:41-3:42: syntax error, unexpected invalid token, expecting 'then'
#   here: this is no operator
#   help: `and` is written `&&`
#   fix (unsafe): 3:41-3:42 -> `&&`
# error[LNX0103] 3:79-3:82: undefined variable 'not'
#   here: not bound here
#   help: `not` is written `!`

--- an-interpolation-outside-of-a-string ---
let name = "web"; in
{
  machines.a.deployment = { cpus = 1; ram = 512; nixos = false; diskSize = 1000; description = ${name}; };
}
# error[LNX0101] 3:96-3:98: syntax error, unexpected '${'
#   here: this is no string
#   help: write the expression without `${` and `}` around it
#   fix (unsafe): 3:96-3:98 -> ``
#   and: 3:102-3:103 -> ``

--- backticks ---
{
  machines.a.deployment = { cpus = 1; ram = 512; nixos = false; diskSize = 1000; description = `web`; };
}
# error[LNX0101] 2:96-2:101: syntax error, unexpected invalid token
#   here: strings stand in double quotes
#   help: write `"web"`
#   fix (unsafe): 2:96-2:101 -> `"web"`

--- a-dollar-before-a-variable ---
let name = "x"; in
{
  machines.a.deployment = { cpus = 1; ram = 512; nixos = false; diskSize = 1000; description = $name; };
}
# error[LNX0101] 3:96-3:97: syntax error, unexpected invalid token
#   here: no `$` belongs here
#   help: a variable is used by its name alone: remove the `$`
#   fix (unsafe): 3:96-3:97 -> ``

--- quotes-of-a-word-processor ---
{
  machines.a.deployment = { cpus = 1; ram = 512; nixos = false; diskSize = 1000; description = “web”; };
}
# error[LNX0101] 2:96-2:101: syntax error, unexpected invalid token
#   here: strings stand in double quotes
#   help: write `"web"`
#   fix (unsafe): 2:96-2:101 -> `"web"`

--- an-equals-sign-is-missing ---
{
  machines.a.deployment = { cpus 1; ram = 512; nixos = false; diskSize = 1000; };
}
# error[LNX0101] 2:34-2:35: syntax error, unexpected integer, expecting '.' or '='
#   2:33-2:33: '=' is missing here
#   help: write `=` between a name and its value
#   fix (unsafe): 2:33-2:33 -> ` =`

--- a-value-is-missing ---
{
  machines.a.deployment = { cpus = ; ram = 512; nixos = false; diskSize = 1000; };
}
# error[LNX0101] 2:36-2:37: syntax error, unexpected ';'
#   2:35-2:35: a value is missing here

--- a-set-closed-by-a-bracket ---
{
  machines.a.deployment = {
    cpus = 1; ram = 512; nixos = false; diskSize = 1000;
    staticIPs = [ { ips = [ "10.0.0.1" ]; ] ];
  };
}
# error[LNX0101] 4:43-4:44: syntax error, ']' closes what '{' opens
#   here: '}' belongs here
#   4:19-4:20: this is what it closes
#   help: write `}` instead of `]`
#   fix (unsafe): 4:43-4:44 -> `}`

--- a-list-closed-by-a-brace ---
{
  machines.a.deployment = {
    cpus = 1; ram = 512; nixos = false; diskSize = 1000;
    tags = [ "a" "b" };
  };
}
# error[LNX0101] 4:22-4:23: syntax error, '}' closes what '[' opens
#   here: ']' belongs here
#   4:12-4:13: this is what it closes
#   help: write `]` instead of `}`
#   fix (unsafe): 4:22-4:23 -> `]`

--- semicolons-in-a-list ---
{
  machines.a.deployment = {
    cpus = 1; ram = 512; nixos = false; diskSize = 1000;
    tags = [ "a"; "b"; ];
  };
}
# error[LNX0101] 4:17-4:18: syntax error, unexpected ';'
#   here: no semicolon belongs here
#   help: elements of a list are separated by space alone: remove the semicolon
#   fix (unsafe): 4:17-4:18 -> ``
#   and: 4:22-4:23 -> ``

--- a-semicolon-after-the-file ---
{
  machines.a.deployment = { cpus = 1; ram = 512; nixos = false; diskSize = 1000; };
};
# error[LNX0101] 3:2-3:3: syntax error, unexpected ';', expecting end of file
#   here: nothing follows the expression of a file
#   help: remove it
#   fix (unsafe): 3:2-3:3 -> ``

--- commas-in-inherit ---
let cpus = 1; ram = 512; in
{
  machines.a.deployment = { inherit cpus, ram; nixos = false; diskSize = 1000; };
}
# error[LNX0101] 3:41-3:42: syntax error, unexpected ','
#   here: no comma belongs here
#   help: names are separated by space alone: remove the comma
#   fix (unsafe): 3:41-3:42 -> ``

--- a-value-in-inherit ---
let cpus = 1; in
{
  machines.a.deployment = { inherit cpus; inherit ram = 512; nixos = false; diskSize = 1000; };
}
# error[LNX0101] 3:55-3:56: syntax error, unexpected '='
#   here: `inherit` takes the value from around
#   help: give a name a value without `inherit`: `name = value;`

--- with-without-a-semicolon ---
let s = { cpus = 1; ram = 512; }; in
with s
{
  machines.a.deployment = { inherit cpus ram; nixos = false; diskSize = 1000; };
}
# error[LNX0101] 2:7-2:7: syntax error, unexpected '{', expecting ';'
#   here: ';' is missing here
#   3:1-3:2: noticed here
#   help: add ';' after the expression before it
#   fix (unsafe): 2:7-2:7 -> `;`

--- a-comment-that-is-not-closed ---
{
  /* the web machine
  machines.a.deployment = { cpus = 1; ram = 512; nixos = false; diskSize = 1000; };
}
# error[LNX0101] 2:3-2:5: syntax error, unexpected '/', expecting 'inherit'
#   here: this comment is never closed
#   help: add `*/` where the comment ends

--- dashes-for-a-comment ---
{
  -- the machine
  machines.a.deployment = { cpus = 1; ram = 512; nixos = false; diskSize = 1000; };
}
# error[LNX0101] 2:3-2:4: syntax error, unexpected '-', expecting 'inherit'
#   here: this is no comment
#   help: comments start with `#`, or stand between `/*` and `*/`
#   fix (unsafe): 2:3-2:5 -> `#`

--- names-that-are-none ---
{
  machines.2web.deployment = { cpus = 1; ram = 512; nixos = false; diskSize = 1000; };
  machines.web server.deployment = { cpus = 1; ram = 512; nixos = false; diskSize = 1000; };
}
# error[LNX0101] 2:11-2:13: syntax error, unexpected floating-point literal, expecting '.' or '='
#   here: the name does not end before this
#   help: put a name in quotes that starts with a digit or has a space in it
# error[LNX0101] 3:16-3:22: syntax error, unexpected identifier, expecting '.' or '='
#   here: the name does not end before this
#   help: put a name in quotes that starts with a digit or has a space in it

--- inherit-without-a-semicolon ---
let ram = 512; cpus = 1; in
{
  machines.a.deployment = {
    inherit ram cpus
    nixos = false; diskSize = 1000;
  };
}
# error[LNX0101] 4:21-4:21: syntax error, unexpected '='
#   here: ';' is missing here
#   5:11-5:12: noticed here
#   help: add ';' after the expression before it
#   fix (unsafe): 4:21-4:21 -> `;`

--- with-without-a-semicolon-on-its-line ---
let s = { cpus = 1; ram = 512; nixos = false; diskSize = 1000; }; in
with s {
  machines.a.deployment = { inherit cpus ram nixos diskSize; };
}
# error[LNX0101] 2:7-2:7: syntax error, unexpected end of file, expecting ';'
#   here: ';' is missing here
#   4:2-4:2: noticed here
#   help: add ';' after the expression before it
#   fix (unsafe): 2:7-2:7 -> `;`

--- a-brace-too-many-in-a-let ---
let
  base = { cpus = 1; ram = 512; nixos = false; diskSize = 1000; };
  };
  big = base // { ram = "8G"; };
in
{
  machines.a.deployment = base;
  machines.b.deployment = big;
}
# error[LNX0101] 3:3-3:4: syntax error, there is one '}' too many
#   here: closes nothing
#   help: remove it, or open what it should close
#   fix (unsafe): 3:3-3:5 -> ``
# error[LNX0301] 4:25-4:29: `ram` is a string, but must be an integer
#   here: a string
#   help: `ram` is in MiB: write `8192`
#   fix (safe): 4:25-4:29 -> `8192`
