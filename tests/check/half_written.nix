--- two-quotes-missing-at-the-end ---
{
  machines = {
    web.deployment = {
      description = "the web server;
      cpus = 2; ram = 2048; nixos = false; diskSize = 1000;
      tags = [ "web" "prod" ];
    };
    db.deployment = {
      description = "the database;
      cpus = 0; ram = 2048; nixos = false; diskSize = 1000;
    };
  };
}
# error[LNX0101] 4:21-4:22: syntax error, unexpected end of file, expecting '"'
#   here: this string is never closed
#   help: add `"` where the string ends
# error[LNX0101] 9:21-9:22: syntax error, unexpected end of file, expecting '"'
#   here: this string is never closed
#   help: add `"` where the string ends
# error[LNX0401] 10:14-10:15: `cpus` cannot be 0
#   here: must be at least 1
#   note: a machine has a CPU, and guests with more than 512 need a topology that Launchnix does not write
#   help: write a number from 1 to 512

--- two-quotes-missing-at-the-start ---
{
  machines = {
    web.deployment = {
      description = the web server";
      cpus = 2; ram = 2048; nixos = false; diskSize = 1000;
    };
    db.deployment = {
      description = database";
      cpus = 0; ram = 2048; nixos = false; diskSize = 1000;
    };
  };
}
# error[LNX0101] 4:21-4:36: syntax error, unexpected end of file, expecting '"'
#   here: a quote closes this, and none opens it
#   help: write `"the web server"`
#   fix (unsafe): 4:21-4:21 -> `"`
# error[LNX0101] 8:21-8:30: syntax error, unexpected end of file, expecting '"'
#   here: a quote closes this, and none opens it
#   help: write `"database"`
#   fix (unsafe): 8:21-8:21 -> `"`
# error[LNX0401] 9:14-9:15: `cpus` cannot be 0
#   here: must be at least 1
#   note: a machine has a CPU, and guests with more than 512 need a topology that Launchnix does not write
#   help: write a number from 1 to 512

--- quotes-missing-in-lists ---
{
  machines = {
    web.deployment = { cpus = 2; ram = 2048; nixos = false; diskSize = 1000; tags = [ "web" prod" "eu" ]; };
    db.deployment = { tags = [ "db" "prod "eu" ]; cpus = 0; ram = 2048; nixos = false; diskSize = 1000; };
  };
}
# error[LNX0101] 3:93-3:98: syntax error, unexpected end of file, expecting '"'
#   here: a quote closes this, and none opens it
#   help: write `"prod"`
#   fix (unsafe): 3:93-3:93 -> `"`
# error[LNX0101] 4:37-4:38: syntax error, unexpected end of file, expecting '"'
#   here: this string is never closed
#   help: add `"` where the string ends
# error[LNX0401] 4:58-4:59: `cpus` cannot be 0
#   here: must be at least 1
#   note: a machine has a CPU, and guests with more than 512 need a topology that Launchnix does not write
#   help: write a number from 1 to 512

--- four-quotes-missing ---
{
  machines = {
    a.deployment = { cpus = 1; ram = 512; nixos = false; diskSize = 1000; description = "first; };
    b.deployment = { cpus = 1; ram = "512"; nixos = false; diskSize = 1000; description = second"; };
    c.deployment = { cpus = 0; ram = 512; nixos = false; diskSize = 1000; tags = [ "x" "y ]; };
    d.deployment = { cpus = 1; ram = 512; nixos = false; diskSize = 1000; description = "ok"; tags = [ x" ]; };
    e.deployment = { cpus = "x"; ram = 512; nixos = false; diskSize = 1000; description = "ok"; };
  };
}
# error[LNX0101] 3:89-3:90: syntax error, unexpected end of file, expecting '"'
#   here: this string is never closed
#   help: add `"` where the string ends
# error[LNX0301] 4:38-4:43: `ram` is a string, but must be an integer
#   here: a string
#   help: `ram` is in MiB: write `512`
#   fix (safe): 4:38-4:43 -> `512`
# error[LNX0101] 4:91-4:98: syntax error, unexpected end of file, expecting '"'
#   here: a quote closes this, and none opens it
#   help: write `"second"`
#   fix (unsafe): 4:91-4:91 -> `"`
# error[LNX0401] 5:29-5:30: `cpus` cannot be 0
#   here: must be at least 1
#   note: a machine has a CPU, and guests with more than 512 need a topology that Launchnix does not write
#   help: write a number from 1 to 512
# error[LNX0101] 5:88-5:89: syntax error, unexpected end of file, expecting '"'
#   here: this string is never closed
#   help: add `"` where the string ends
# error[LNX0101] 6:104-6:106: syntax error, unexpected end of file, expecting '"'
#   here: a quote closes this, and none opens it
#   help: write `"x"`
#   fix (unsafe): 6:104-6:104 -> `"`
# error[LNX0301] 7:29-7:32: `cpus` is a string, but must be an integer (the number of CPUs) or a set
#   here: a string
#   help: write the number without quotes, for example `cpus = 2;`

--- a-string-of-lines-beside-a-name-that-is-not-bound ---
{
  machines.a.deployment = {
    cpus = cores; ram = 512; nixos = false; diskSize = 1000;
    description = "one = 
      two";
    cloudInit.userData = "#cloud-config
      hostname: " + "web";
  };
}
# error[LNX0103] 3:12-3:17: undefined variable 'cores'
#   here: not bound here
#   help: bind it with `let cores = …; in`, or put it in quotes if it is text

--- an-opening-brace-missing ---
let
  module = { pkgs, ... }:
    services.openssh.enable = true;
    environment.systemPackages = [ pkgs.vim ];
  };
in
{
  machines.a = {
    deployment =
      cpus = 0; ram = 512;
      sshPubKeyPath = ./key.pub;
    };
    machine = module;
  };
  machines.b = {
    deployment = cpus = "1"; ram = 512; nixos = false; diskSize = 1000; };
  };
}
# error[LNX0101] 2:26-2:26: syntax error, nothing opens what '}' closes
#   here: '{' is missing here
#   5:3-5:4: closed here
#   help: add `{` before the lines that it holds
#   fix (unsafe): 2:26-2:26 -> ` {`
# error[LNX0101] 9:17-9:17: syntax error, nothing opens what '}' closes
#   here: '{' is missing here
#   12:5-12:6: closed here
#   help: add `{` before the lines that it holds
#   fix (unsafe): 9:17-9:17 -> ` {`
# error[LNX0401] 10:14-10:15: `cpus` cannot be 0
#   here: must be at least 1
#   note: a machine has a CPU, and guests with more than 512 need a topology that Launchnix does not write
#   help: write a number from 1 to 512
# error[LNX0101] 16:17-16:17: syntax error, nothing opens what '}' closes
#   here: '{' is missing here
#   16:73-16:74: closed here
#   help: add `{` before the lines that it holds
#   fix (unsafe): 16:17-16:17 -> ` {`
# error[LNX0301] 16:25-16:28: `cpus` is a string, but must be an integer (the number of CPUs) or a set
#   here: a string
#   help: write `1`
#   fix (safe): 16:25-16:28 -> `1`

--- an-opening-bracket-missing ---
{
  machines.a.deployment = { cpus = 1; ram = 512; nixos = false; diskSize = 1000; tags = "a" "b" ]; };
  machines.b.deployment = {
    cpus = 0; ram = 512; nixos = false; diskSize = 1000;
    tags = "a" ];
  };
}
# error[LNX0101] 2:97-2:98: syntax error, unexpected ']', expecting ';'
#   here: closes nothing
#   2:89-2:89: '[' is missing here
#   help: add '[' before the first element of the list
#   fix (unsafe): 2:89-2:89 -> `[ `
# error[LNX0401] 4:12-4:13: `cpus` cannot be 0
#   here: must be at least 1
#   note: a machine has a CPU, and guests with more than 512 need a topology that Launchnix does not write
#   help: write a number from 1 to 512
# error[LNX0101] 5:16-5:17: syntax error, unexpected ']', expecting ';'
#   here: closes nothing
#   5:12-5:12: '[' is missing here
#   help: add '[' before the first element of the list
#   fix (unsafe): 5:12-5:12 -> `[ `

--- a-semicolon-for-a-brace ---
{
  machines.a = {
    deployment = { cpus = 1; ram = 512; sshPubKeyPath = ./key.pub; };
    machine = { ... }: {
      services.postgresql = {
        settings = { max_connections = 100; ;
      };
    };
  };
  machines.b.deployment = { cpus = 0; ram = 512; nixos = false; diskSize = 1000; };
}
# error[LNX0101] 6:45-6:46: syntax error, '{' is never closed
#   6:44-6:44: '}' is missing here
#   6:20-6:21: opened here, and never closed
#   help: add '}' after the expression before it
# error[LNX0401] 10:36-10:37: `cpus` cannot be 0
#   here: must be at least 1
#   note: a machine has a CPU, and guests with more than 512 need a topology that Launchnix does not write
#   help: write a number from 1 to 512

--- values-and-names-that-are-not-there-yet ---
{
  machines.a.deployment = {
    cpus = 1; ram = 512; nixos = false; diskSize = 1000;
    interfaces = [ { network = "default"; mac = } ];
    description = "a" + ;
  };
  machines.b
  machines.c.deployment = {
    cpus = 0;
    ra
    nixos = false; diskSize = 1000;
  };
  machines.d.
}
# error[LNX0101] 4:49-4:50: syntax error, unexpected '}'
#   4:48-4:48: a value is missing here
# error[LNX0101] 5:25-5:26: syntax error, unexpected ';'
#   5:24-5:24: a value is missing here
# error[LNX0101] 7:13-7:13: syntax error, unexpected identifier, expecting '.' or '='
#   here: a value is missing here
#   8:3-8:11: noticed here
# error[LNX0401] 9:12-9:13: `cpus` cannot be 0
#   here: must be at least 1
#   note: a machine has a CPU, and guests with more than 512 need a topology that Launchnix does not write
#   help: write a number from 1 to 512
# error[LNX0101] 10:7-10:7: syntax error, unexpected identifier, expecting '.' or '='
#   here: a value is missing here
#   11:5-11:10: noticed here
# error[LNX0101] 13:14-13:14: syntax error, unexpected '}', expecting identifier or 'or' or '${' or '"'
#   here: a name is missing here
#   14:1-14:2: noticed here

--- a-let-without-a-result ---
let
  a = 1;
in
# error[LNX0101] 3:3-3:3: syntax error, unexpected end of file
#   here: a value is missing here
#   help: write what the `let` gives after its `in`

--- a-let-without-in ---
let
  a = 1;
# error[LNX0101] 2:9-2:9: syntax error, unexpected end of file, expecting 'in' or 'inherit'
#   help: add 'in' after the bindings of the `let`, and its result

--- a-set-that-is-not-closed ---
{
  machines.a.deployment = { cpus = 0; ram = 512; nixos = false; diskSize = 1000; };
# error[LNX0401] 2:36-2:37: `cpus` cannot be 0
#   here: must be at least 1
#   note: a machine has a CPU, and guests with more than 512 need a topology that Launchnix does not write
#   help: write a number from 1 to 512
# error[LNX0101] 2:84-2:84: syntax error, unexpected end of file, expecting 'inherit'
#   here: '}' is missing here
#   1:1-1:2: opened here, and never closed
#   help: add '}' where it ends

--- comments-that-nearly-silence ---
{
  # launchnix allow(LNX0706)
  machines.a.deployment = rec { cpus = 1; ram = 512; nixos = false; diskSize = 1000; };
  # launchnix: allow(706)
  machines.b.deployment = rec { cpus = 1; ram = 512; nixos = false; diskSize = 1000; };
  # launchnix: allow(LNX0706 LNX0703)
  machines.c.deployment = let x = 1; in rec { cpus = 1; ram = 512; nixos = false; diskSize = 1000; };
  # launchnix allows silencing
}
# warning[LNX0710] 2:5-2:29: this comment is not understood
#   here: silences nothing
#   help: write `# launchnix: allow(LNX0703)`, with the codes of warnings between commas
# warning[LNX0706] 3:27-3:30: `rec` is not needed here
#   here: no attribute of this set uses another
#   help: remove `rec`: names inside of the set then mean what they mean around it
#   fix (safe): 3:27-3:31 -> ``
# warning[LNX0710] 4:22-4:25: there is no warning `706`
#   here: silences nothing
#   help: did you mean `LNX0706`?
# warning[LNX0706] 5:27-5:30: `rec` is not needed here
#   here: no attribute of this set uses another
#   help: remove `rec`: names inside of the set then mean what they mean around it
#   fix (safe): 5:27-5:31 -> ``

--- an-in-that-is-missing-before-a-with ---
let
  a = { cpus = 1; };
  b = let y = 512; { ram = y; };
  c = with a; cpus;
  d = assert c == 1; a;
in
{
  machines.a.deployment = d // b // { nixos = false; };
  machines.b.deployment = { cpus = "x"; ram = 512; nixos = false; };
}
# error[LNX0101] 3:20-3:21: syntax error, unexpected '{', expecting 'in' or 'inherit'
#   3:19-3:19: 'in' is missing here
#   help: add 'in' between the bindings of a `let` and its result
#   fix (unsafe): 3:19-3:19 -> ` in`
# error[LNX0301] 9:36-9:39: `cpus` is a string, but must be an integer (the number of CPUs) or a set
#   here: a string
#   help: write the number without quotes, for example `cpus = 2;`
