--- arguments-in-parentheses ---
let
  mk = (name, ram): { cpus = 1; ram = 0; nixos = false; diskSize = 1000; description = name; };
in
{
  machines.a.deployment = mk "a" 512;
}

# error[LNX0101] 2:8-2:20: syntax error, unexpected ','
#   here: each argument of a function is followed by a colon
#   help: write `name: ram:`
#   fix (unsafe): 2:8-2:20 -> `name: ram:`
# error[LNX0401] 2:39-2:40: `ram` cannot be 0
#   here: must be at least 1 MiB
#   note: QEMU's machines address at most 16 TiB; sizes are in MiB, not in bytes
#   help: write a number from 1 to 16777216

--- an-argument-in-parentheses ---
let
  mk = (name): { cpus = 1; ram = 0; nixos = false; diskSize = 1000; description = name; };
in
{
  machines.a.deployment = mk "a";
}

# error[LNX0101] 2:8-2:15: syntax error, unexpected ':'
#   here: each argument of a function is followed by a colon
#   help: write `name:`
#   fix (unsafe): 2:8-2:15 -> `name:`
# error[LNX0401] 2:34-2:35: `ram` cannot be 0
#   here: must be at least 1 MiB
#   note: QEMU's machines address at most 16 TiB; sizes are in MiB, not in bytes
#   help: write a number from 1 to 16777216

--- arguments-in-parentheses-and-an-arrow ---
let
  mk = (name, ram) => { cpus = 1; ram = 0; nixos = false; diskSize = 1000; description = name; };
in
{
  machines.a.deployment = mk "a" 512;
}

# error[LNX0101] 2:8-2:22: syntax error, unexpected ','
#   here: each argument of a function is followed by a colon
#   help: write `name: ram:`
#   fix (unsafe): 2:8-2:22 -> `name: ram:`
# error[LNX0401] 2:41-2:42: `ram` cannot be 0
#   here: must be at least 1 MiB
#   note: QEMU's machines address at most 16 TiB; sizes are in MiB, not in bytes
#   help: write a number from 1 to 16777216

--- a-function-without-arguments ---
let
  mk = () => { cpus = 1; ram = 0; nixos = false; diskSize = 1000; };
in
{
  machines.a.deployment = mk;
}

# error[LNX0101] 2:8-2:13: syntax error, unexpected ')'
#   here: a function has an argument
#   help: write the value itself: it is computed where it is used

--- arguments-without-colons ---
let
  mk = name: size ram: { cpus = 1; ram = 0; nixos = false; diskSize = 1000; description = name; };
in
{
  machines.a.deployment = mk "a" 1 512;
}

# error[LNX0101] 2:14-2:23: syntax error, unexpected ':'
#   here: each argument of a function is followed by a colon
#   help: write `size: ram:`
#   fix (unsafe): 2:14-2:23 -> `size: ram:`
# error[LNX0401] 2:42-2:43: `ram` cannot be 0
#   here: must be at least 1 MiB
#   note: QEMU's machines address at most 16 TiB; sizes are in MiB, not in bytes
#   help: write a number from 1 to 16777216

--- a-word-that-starts-a-function ---
let
  mk = lambda name: { cpus = 1; ram = 0; nixos = false; diskSize = 1000; description = name; };
in
{
  machines.a.deployment = mk "a";
}

# error[LNX0101] 2:8-2:20: syntax error, unexpected ':'
#   here: each argument of a function is followed by a colon
#   help: write `name:`
#   fix (unsafe): 2:8-2:20 -> `name:`
# error[LNX0401] 2:39-2:40: `ram` cannot be 0
#   here: must be at least 1 MiB
#   note: QEMU's machines address at most 16 TiB; sizes are in MiB, not in bytes
#   help: write a number from 1 to 16777216

--- a-function-bound-with-its-arguments ---
let
  mk(name, ram) = { cpus = 1; ram = 0; nixos = false; diskSize = 1000; description = name; };
in
{
  machines.a.deployment = mk "a" 512;
}

# error[LNX0101] 2:5-2:18: syntax error, unexpected '(', expecting '.' or '='
#   here: each argument of a function is followed by a colon
#   help: write `= name: ram:`
#   fix (unsafe): 2:5-2:18 -> ` = name: ram:`
# error[LNX0401] 2:37-2:38: `ram` cannot be 0
#   here: must be at least 1 MiB
#   note: QEMU's machines address at most 16 TiB; sizes are in MiB, not in bytes
#   help: write a number from 1 to 16777216

--- a-function-bound-with-its-argument-and-a-colon ---
let
  mk(name): { cpus = 1; ram = 0; nixos = false; diskSize = 1000; description = name; };
in
{
  machines.a.deployment = mk "a";
}

# error[LNX0101] 2:5-2:12: syntax error, unexpected '(', expecting '.' or '='
#   here: each argument of a function is followed by a colon
#   help: write `= name:`
#   fix (unsafe): 2:5-2:12 -> ` = name:`
# error[LNX0401] 2:31-2:32: `ram` cannot be 0
#   here: must be at least 1 MiB
#   note: QEMU's machines address at most 16 TiB; sizes are in MiB, not in bytes
#   help: write a number from 1 to 16777216

--- a-function-bound-with-bare-arguments ---
let
  mk name ram = { cpus = 1; ram = 0; nixos = false; diskSize = 1000; description = name; };
in
{
  machines.a.deployment = mk "a" 512;
}

# error[LNX0101] 2:6-2:16: syntax error, unexpected identifier, expecting '.' or '='
#   here: each argument of a function is followed by a colon
#   help: write `= name: ram:`
#   fix (unsafe): 2:5-2:16 -> ` = name: ram:`
# error[LNX0401] 2:35-2:36: `ram` cannot be 0
#   here: must be at least 1 MiB
#   note: QEMU's machines address at most 16 TiB; sizes are in MiB, not in bytes
#   help: write a number from 1 to 16777216

--- an-ellipsis-before-a-name ---
let
  mk = { ..., name }: { cpus = 1; ram = 0; nixos = false; diskSize = 1000; description = name; };
in
{
  machines.a.deployment = mk { name = "a"; };
}

# error[LNX0101] 2:13-2:14: syntax error, unexpected ',', expecting '}'
#   here: this follows `...`
#   help: `...` stands last: `{ name, ... }:`
# error[LNX0401] 2:41-2:42: `ram` cannot be 0
#   here: must be at least 1 MiB
#   note: QEMU's machines address at most 16 TiB; sizes are in MiB, not in bytes
#   help: write a number from 1 to 16777216

--- a-comma-after-an-ellipsis ---
let
  mk = { name, ..., }: { cpus = 1; ram = 0; nixos = false; diskSize = 1000; description = name; };
in
{
  machines.a.deployment = mk { name = "a"; };
}

# error[LNX0101] 2:19-2:20: syntax error, unexpected ',', expecting '}'
#   here: nothing follows `...`
#   help: remove the comma
#   fix (unsafe): 2:19-2:20 -> ``
# error[LNX0401] 2:42-2:43: `ram` cannot be 0
#   here: must be at least 1 MiB
#   note: QEMU's machines address at most 16 TiB; sizes are in MiB, not in bytes
#   help: write a number from 1 to 16777216

--- a-name-after-an-ellipsis ---
let
  mk = { name, ... ram }: { cpus = 1; ram = 0; nixos = false; diskSize = 1000; description = name; };
in
{
  machines.a.deployment = mk { name = "a"; ram = 1; };
}

# error[LNX0101] 2:20-2:23: syntax error, unexpected identifier, expecting '}'
#   here: this follows `...`
#   help: `...` stands last: `{ name, ... }:`
# error[LNX0401] 2:45-2:46: `ram` cannot be 0
#   here: must be at least 1 MiB
#   note: QEMU's machines address at most 16 TiB; sizes are in MiB, not in bytes
#   help: write a number from 1 to 16777216

--- an-argument-named-twice ---
let
  mk = { name, ram, name ? "x" }: { cpus = 1; ram = 0; nixos = false; diskSize = 1000; description = name; };
in
{
  machines.a.deployment = mk { ram = 512; };
}

# warning[LNX0704] 2:16-2:19: the argument `ram` is never used
#   here: taken here, and used nowhere
#   help: remove it from the arguments, and from where the function is called
# error[LNX0102] 2:21-2:25: duplicate formal function argument 'name'
#   help: remove one of the two
# error[LNX0401] 2:53-2:54: `ram` cannot be 0
#   here: must be at least 1 MiB
#   note: QEMU's machines address at most 16 TiB; sizes are in MiB, not in bytes
#   help: write a number from 1 to 16777216

--- an-argument-with-the-name-of-all ---
let
  mk = { name, all }@all: { cpus = 1; ram = 0; nixos = false; diskSize = 1000; description = name; };
in
{
  machines.a.deployment = mk { name = "a"; all = 1; };
}

# error[LNX0102] 2:16-2:19: duplicate formal function argument 'all'
#   help: remove one of the two
# error[LNX0401] 2:45-2:46: `ram` cannot be 0
#   here: must be at least 1 MiB
#   note: QEMU's machines address at most 16 TiB; sizes are in MiB, not in bytes
#   help: write a number from 1 to 16777216

--- an-argument-of-the-file-named-twice ---
{ cpus ? 1, cpus ? 2 }:
{ machines.a.deployment = { inherit cpus; ram = 0; nixos = false; diskSize = 1000; }; }
# error[LNX0102] 1:13-1:17: duplicate formal function argument 'cpus'
#   help: remove one of the two
# error[LNX0401] 2:49-2:50: `ram` cannot be 0
#   here: must be at least 1 MiB
#   note: QEMU's machines address at most 16 TiB; sizes are in MiB, not in bytes
#   help: write a number from 1 to 16777216
