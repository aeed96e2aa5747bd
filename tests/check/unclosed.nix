--- two-braces-missing ---
{
  machines.a = {
    deployment = { cpus = 2; ram = 512; nixos = false; diskSize = 1000; };

  machines.b = {
    deployment = { cpus = 2; ram = 0; nixos = false; diskSize = 1000; };
}

# error[LNX0101] 3:75-3:75: syntax error, '{' is never closed
#   here: '}' is missing here
#   5:3-5:11: noticed here
#   2:16-2:17: opened here, and never closed
#   help: add '}' after the expression before it
# error[LNX0401] 6:36-6:37: `ram` cannot be 0
#   here: must be at least 1 MiB
#   note: QEMU's machines address at most 16 TiB; sizes are in MiB, not in bytes
#   help: write a number from 1 to 16777216
# error[LNX0101] 6:73-6:73: syntax error, '{' is never closed
#   here: '}' is missing here
#   7:1-7:2: noticed here
#   5:16-5:17: opened here, and never closed
#   help: add '}' after the expression before it

--- braces-missing-of-sets-in-sets ---
{
  machines = {
    a = {
      deployment = {
        cpus = 2; ram = 512; nixos = false; diskSize = 1000;
    };
    b = {
      deployment = {
        cpus = 2; ram = 0; nixos = false; diskSize = 1000;
    };
  };
}

# error[LNX0101] 5:61-5:61: syntax error, '{' is never closed
#   here: '}' is missing here
#   6:5-6:6: noticed here
#   4:20-4:21: opened here, and never closed
#   help: add '}' after the expression before it
# error[LNX0401] 9:25-9:26: `ram` cannot be 0
#   here: must be at least 1 MiB
#   note: QEMU's machines address at most 16 TiB; sizes are in MiB, not in bytes
#   help: write a number from 1 to 16777216
# error[LNX0101] 9:59-9:59: syntax error, '{' is never closed
#   here: '}' is missing here
#   10:5-10:6: noticed here
#   8:20-8:21: opened here, and never closed
#   help: add '}' after the expression before it

--- braces-missing-in-a-let ---
let
  base = {
    cpus = 2; ram = 512; nixos = false; diskSize = 1000;
  big = base // {
    ram = 0;
in
{
  machines.a.deployment = base;
  machines.b.deployment = big;
}

# error[LNX0101] 3:57-3:57: syntax error, '{' is never closed
#   here: '}' is missing here
#   4:3-4:6: noticed here
#   2:10-2:11: opened here, and never closed
#   help: add '}' after the expression before it
# error[LNX0401] 5:11-5:12: `ram` cannot be 0
#   here: must be at least 1 MiB
#   note: QEMU's machines address at most 16 TiB; sizes are in MiB, not in bytes
#   help: write a number from 1 to 16777216
# error[LNX0101] 5:13-5:13: syntax error, '{' is never closed
#   here: '}' is missing here
#   6:1-6:3: noticed here
#   4:17-4:18: opened here, and never closed
#   help: add '}' after the expression before it

--- two-braces-too-many ---
{
  machines.a = {
    deployment = { cpus = 2; ram = 512; nixos = false; diskSize = 1000; };
  };
  };
  machines.b = {
    deployment = { cpus = 2; ram = 0; nixos = false; diskSize = 1000; };
  };
  };
}

# error[LNX0101] 5:3-5:4: syntax error, there is one '}' too many
#   here: closes nothing
#   help: remove it, or open what it should close
#   fix (unsafe): 5:3-5:5 -> ``
# error[LNX0401] 7:36-7:37: `ram` cannot be 0
#   here: must be at least 1 MiB
#   note: QEMU's machines address at most 16 TiB; sizes are in MiB, not in bytes
#   help: write a number from 1 to 16777216
# error[LNX0101] 9:3-9:4: syntax error, there is one '}' too many
#   here: closes nothing
#   help: remove it, or open what it should close
#   fix (unsafe): 9:3-9:5 -> ``

--- a-string-that-is-not-closed-after-another-mistake ---
{
  machines.a.deployment = { cpus = 1 ram = 512; nixos = false; diskSize = 1000; };
  machines.b.deployment = { cpus = 1; ram = 512; nixos = false; diskSize = 1000; description = "abc; };
  machines.c.deployment = { cpus = 1; ram = 0; nixos = false; description = "fine"; };
}

# error[LNX0101] 2:37-2:37: syntax error, unexpected '=', expecting ';'
#   here: ';' is missing here
#   2:42-2:43: noticed here
#   help: add ';' after the expression before it
#   fix (unsafe): 2:37-2:37 -> `;`
# error[LNX0101] 3:96-3:97: syntax error, unexpected end of file, expecting '"'
#   here: this string is never closed
#   help: add `"` where the string ends
# error[LNX0401] 4:45-4:46: `ram` cannot be 0
#   here: must be at least 1 MiB
#   note: QEMU's machines address at most 16 TiB; sizes are in MiB, not in bytes
#   help: write a number from 1 to 16777216

--- a-quote-missing-after-another-mistake ---
{
  machines.a.deployment = { cpus = 1 ram = 512; nixos = false; diskSize = 1000; };
  machines.b.deployment = { cpus = 1; ram = 512; nixos = false; diskSize = 1000; description = abc"; };
  machines.c.deployment = { cpus = 1; ram = 0; nixos = false; description = "fine"; };
}

# error[LNX0101] 2:37-2:37: syntax error, unexpected '=', expecting ';'
#   here: ';' is missing here
#   2:42-2:43: noticed here
#   help: add ';' after the expression before it
#   fix (unsafe): 2:37-2:37 -> `;`
# error[LNX0101] 3:96-3:100: syntax error, unexpected end of file, expecting '"'
#   here: a quote closes this, and none opens it
#   help: write `"abc"`
#   fix (unsafe): 3:96-3:96 -> `"`
# error[LNX0401] 4:45-4:46: `ram` cannot be 0
#   here: must be at least 1 MiB
#   note: QEMU's machines address at most 16 TiB; sizes are in MiB, not in bytes
#   help: write a number from 1 to 16777216

--- words-with-a-quote-missing ---
{
  machines.a.deployment = { cpus = 1 ram = 512; nixos = false; diskSize = 1000; };
  machines.b.deployment = { cpus = 1; ram = 512; nixos = false; diskSize = 1000; description = my abc"; };
  machines.c.deployment = { cpus = 1; ram = 0; nixos = false; description = "fine"; };
}

# error[LNX0101] 2:37-2:37: syntax error, unexpected '=', expecting ';'
#   here: ';' is missing here
#   2:42-2:43: noticed here
#   help: add ';' after the expression before it
#   fix (unsafe): 2:37-2:37 -> `;`
# error[LNX0101] 3:96-3:103: syntax error, unexpected end of file, expecting '"'
#   here: a quote closes this, and none opens it
#   help: write `"my abc"`
#   fix (unsafe): 3:96-3:96 -> `"`
# error[LNX0401] 4:45-4:46: `ram` cannot be 0
#   here: must be at least 1 MiB
#   note: QEMU's machines address at most 16 TiB; sizes are in MiB, not in bytes
#   help: write a number from 1 to 16777216

--- an-interpolation-that-is-not-closed-after-another-mistake ---
{
  machines.a.deployment = { cpus = 1 ram = 512; nixos = false; diskSize = 1000; };
  machines.b.deployment = { cpus = 1; ram = 512; nixos = false; diskSize = 1000; description = "abc ${toString 1"; };
  machines.c.deployment = { cpus = 1; ram = 0; nixos = false; description = "fine"; };
}

# error[LNX0101] 2:37-2:37: syntax error, unexpected '=', expecting ';'
#   here: ';' is missing here
#   2:42-2:43: noticed here
#   help: add ';' after the expression before it
#   fix (unsafe): 2:37-2:37 -> `;`
# error[LNX0101] 3:101-3:103: syntax error, unexpected end of file, expecting '}'
#   here: this interpolation is never closed
#   3:96-3:97: in this string
#   help: add `}` where the expression ends
# error[LNX0401] 4:45-4:46: `ram` cannot be 0
#   here: must be at least 1 MiB
#   note: QEMU's machines address at most 16 TiB; sizes are in MiB, not in bytes
#   help: write a number from 1 to 16777216

--- several-strings-that-are-not-closed ---
{
  machines.a.deployment = { cpus = ; ram = 512; nixos = false; diskSize = 1000; };
  machines.b.deployment = { cpus = 1; ram = 512; nixos = false; diskSize = 1000; description = "abc; };
  machines.c.deployment = { cpus = 1; ram = 0; nixos = false; description = "fine"; };
  machines.d.deployment = { cpus = 1; ram = 0; nixos = false; description = "abc; };
  machines.e.deployment = { cpus = 1; ram = 0; nixos = false; };
}

# error[LNX0101] 2:36-2:37: syntax error, unexpected ';'
#   2:35-2:35: a value is missing here
# error[LNX0101] 3:96-3:97: syntax error, unexpected end of file, expecting '"'
#   here: this string is never closed
#   help: add `"` where the string ends
# error[LNX0401] 4:45-4:46: `ram` cannot be 0
#   here: must be at least 1 MiB
#   note: QEMU's machines address at most 16 TiB; sizes are in MiB, not in bytes
#   help: write a number from 1 to 16777216
# error[LNX0401] 5:45-5:46: `ram` cannot be 0
#   here: must be at least 1 MiB
#   note: QEMU's machines address at most 16 TiB; sizes are in MiB, not in bytes
#   help: write a number from 1 to 16777216
# error[LNX0101] 5:77-5:78: syntax error, unexpected end of file, expecting '"'
#   here: this string is never closed
#   help: add `"` where the string ends
# error[LNX0401] 6:45-6:46: `ram` cannot be 0
#   here: must be at least 1 MiB
#   note: QEMU's machines address at most 16 TiB; sizes are in MiB, not in bytes
#   help: write a number from 1 to 16777216

--- an-indented-string-that-is-not-closed-after-another-mistake ---
{
  machines.a.deployment = { cpus = 1 ram = 512; nixos = false; diskSize = 1000; };
  machines.b.deployment = { cpus = 1; ram = 512; nixos = false; diskSize = 1000; extraConfig = ''
    <a/>
  };
  machines.c.deployment = { cpus = 1; ram = 0; nixos = false; description = "fine"; };
}
# error[LNX0101] 2:37-2:37: syntax error, unexpected '=', expecting ';'
#   here: ';' is missing here
#   2:42-2:43: noticed here
#   help: add ';' after the expression before it
#   fix (unsafe): 2:37-2:37 -> `;`
# error[LNX0101] 3:96-3:98: syntax error, unexpected end of file, expecting indented string or '${' or end of an indented string
#   here: this string is never closed
#   help: add `''` where the string ends
# error[LNX0401] 6:45-6:46: `ram` cannot be 0
#   here: must be at least 1 MiB
#   note: QEMU's machines address at most 16 TiB; sizes are in MiB, not in bytes
#   help: write a number from 1 to 16777216
