--- a-power ---
{
  machines.a.deployment = { cpus = 2^3; ram = 512; nixos = false; diskSize = 1000; };
  machines.z.deployment = { cpus = 1; ram = 0; nixos = false; diskSize = 1000; };
}

# error[LNX0101] 2:37-2:38: syntax error, unexpected invalid token
#   here: there is no such operator
#   help: write a power as a product, or as a number
# error[LNX0401] 3:45-3:46: `ram` cannot be 0
#   here: must be at least 1 MiB
#   note: QEMU's machines address at most 16 TiB; sizes are in MiB, not in bytes
#   help: write a number from 1 to 16777216

--- a-power-with-two-stars ---
{
  machines.a.deployment = { cpus = 2**3; ram = 512; nixos = false; diskSize = 1000; };
  machines.z.deployment = { cpus = 1; ram = 0; nixos = false; diskSize = 1000; };
}

# error[LNX0101] 2:38-2:39: syntax error, unexpected '*'
#   here: there is no operator `**`
#   help: write a power as a product, or as a number
# error[LNX0401] 3:45-3:46: `ram` cannot be 0
#   here: must be at least 1 MiB
#   note: QEMU's machines address at most 16 TiB; sizes are in MiB, not in bytes
#   help: write a number from 1 to 16777216

--- a-remainder ---
{
  machines.a.deployment = { cpus = 5 % 3; ram = 512; nixos = false; diskSize = 1000; };
  machines.z.deployment = { cpus = 1; ram = 0; nixos = false; diskSize = 1000; };
}

# error[LNX0101] 2:38-2:39: syntax error, unexpected invalid token
#   here: there is no such operator
#   help: the remainder of `a` and `b` is `a - a / b * b`
# error[LNX0401] 3:45-3:46: `ram` cannot be 0
#   here: must be at least 1 MiB
#   note: QEMU's machines address at most 16 TiB; sizes are in MiB, not in bytes
#   help: write a number from 1 to 16777216

--- a-word-for-a-remainder ---
{
  machines.a.deployment = { cpus = 5 mod 3; ram = 512; nixos = false; diskSize = 1000; };
  machines.z.deployment = { cpus = 1; ram = 0; nixos = false; diskSize = 1000; };
}

# error[LNX0103] 2:38-2:41: undefined variable 'mod'
#   here: not bound here
#   help: there is no operator `mod`: the remainder of `a` and `b` is `a - a / b * b`
# error[LNX0401] 3:45-3:46: `ram` cannot be 0
#   here: must be at least 1 MiB
#   note: QEMU's machines address at most 16 TiB; sizes are in MiB, not in bytes
#   help: write a number from 1 to 16777216

--- a-dash-for-a-minus ---
{
  machines.a.deployment = { cpus = 4 – 2; ram = 512; nixos = false; diskSize = 1000; };
  machines.z.deployment = { cpus = 1; ram = 0; nixos = false; diskSize = 1000; };
}

# error[LNX0101] 2:38-2:39: syntax error, unexpected invalid token
#   here: this is a dash, U+2013
#   help: write `-`
#   fix (unsafe): 2:38-2:39 -> `-`
# error[LNX0401] 3:45-3:46: `ram` cannot be 0
#   here: must be at least 1 MiB
#   note: QEMU's machines address at most 16 TiB; sizes are in MiB, not in bytes
#   help: write a number from 1 to 16777216

--- a-times-sign ---
{
  machines.a.deployment = { cpus = 2 × 3; ram = 512; nixos = false; diskSize = 1000; };
  machines.z.deployment = { cpus = 1; ram = 0; nixos = false; diskSize = 1000; };
}

# error[LNX0101] 2:38-2:39: syntax error, unexpected invalid token
#   here: this is a multiplication sign, U+00D7
#   help: write `*`
#   fix (unsafe): 2:38-2:39 -> `*`
# error[LNX0401] 3:45-3:46: `ram` cannot be 0
#   here: must be at least 1 MiB
#   note: QEMU's machines address at most 16 TiB; sizes are in MiB, not in bytes
#   help: write a number from 1 to 16777216

--- a-shift ---
{
  machines.a.deployment = { cpus = 1 << 2; ram = 512; nixos = false; diskSize = 1000; };
  machines.z.deployment = { cpus = 1; ram = 0; nixos = false; diskSize = 1000; };
}

# error[LNX0101] 2:39-2:40: syntax error, unexpected '<'
#   here: there is no operator `<<`
#   help: multiply or divide by a power of two instead of shifting
# error[LNX0401] 3:45-3:46: `ram` cannot be 0
#   here: must be at least 1 MiB
#   note: QEMU's machines address at most 16 TiB; sizes are in MiB, not in bytes
#   help: write a number from 1 to 16777216

--- unequal-as-in-sql ---
{
  machines.a.deployment = { cpus = if 1 <> 2 then 1 else 2; ram = 512; nixos = false; diskSize = 1000; };
  machines.z.deployment = { cpus = 1; ram = 0; nixos = false; diskSize = 1000; };
}

# error[LNX0101] 2:42-2:43: syntax error, unexpected '>'
#   here: there is no operator `<>`
#   help: write `!=` for what is not equal
#   fix (unsafe): 2:41-2:43 -> `!=`
# error[LNX0401] 3:45-3:46: `ram` cannot be 0
#   here: must be at least 1 MiB
#   note: QEMU's machines address at most 16 TiB; sizes are in MiB, not in bytes
#   help: write a number from 1 to 16777216

--- grouped-digits ---
{
  machines.a.deployment = { cpus = 1,024; ram = 512; nixos = false; diskSize = 1000; };
  machines.z.deployment = { cpus = 1; ram = 0; nixos = false; diskSize = 1000; };
}

# error[LNX0101] 2:37-2:38: syntax error, unexpected ',', expecting ';'
#   here: the digits of a number stand together
#   help: write `1024`
#   fix (unsafe): 2:36-2:41 -> `1024`
# error[LNX0401] 3:45-3:46: `ram` cannot be 0
#   here: must be at least 1 MiB
#   note: QEMU's machines address at most 16 TiB; sizes are in MiB, not in bytes
#   help: write a number from 1 to 16777216

--- an-exponent ---
{
  machines.a.deployment = { cpus = 2e2; ram = 512; nixos = false; diskSize = 1000; };
  machines.z.deployment = { cpus = 1; ram = 0; nixos = false; diskSize = 1000; };
}

# error[LNX0103] 2:37-2:39: undefined variable 'e2'
#   here: whole numbers are written in full
#   help: write `200`
#   fix (unsafe): 2:36-2:39 -> `200`
# error[LNX0401] 3:45-3:46: `ram` cannot be 0
#   here: must be at least 1 MiB
#   note: QEMU's machines address at most 16 TiB; sizes are in MiB, not in bytes
#   help: write a number from 1 to 16777216

--- an-increment ---
let a = 1; in
{
  machines.a.deployment = { cpus = a++; ram = 512; nixos = false; diskSize = 1000; };
  machines.z.deployment = { cpus = 1; ram = 0; nixos = false; diskSize = 1000; };
}

# error[LNX0101] 3:39-3:40: syntax error, unexpected ';'
#   here: nothing follows the operator
#   help: a name keeps its value: bind the new value to another name
# error[LNX0401] 4:45-4:46: `ram` cannot be 0
#   here: must be at least 1 MiB
#   note: QEMU's machines address at most 16 TiB; sizes are in MiB, not in bytes
#   help: write a number from 1 to 16777216

--- negative-arguments ---
let minus = a: b: a - b; in
{
  machines.a.deployment = { cpus = minus 1 -1; ram = minus -1 512; nixos = false; diskSize = 1000; };
}

# error[LNX0201] 3:44-3:46: this subtracts from what is before it
#   here: no argument, but an operator and a number
#   help: write `(-1)` for a negative argument
#   fix (unsafe): 3:44-3:46 -> `(-1)`
# error[LNX0201] 3:60-3:62: this subtracts from what is before it
#   here: no argument, but an operator and a number
#   help: write `(-1)` for a negative argument
#   fix (unsafe): 3:60-3:62 -> `(-1)`

--- negative-elements ---
let two = [ 1 -2 ]; in
{
  machines.a.deployment = { cpus = builtins.head two; ram = 512; nixos = false; diskSize = 1000; };
  machines.z.deployment = { cpus = 1; ram = 0; nixos = false; diskSize = 1000; };
}
# error[LNX0101] 1:15-1:16: syntax error, unexpected '-'
#   here: an element does not start like this
#   help: write `(-2)`
#   fix (unsafe): 1:15-1:17 -> `(-2)`
# error[LNX0401] 4:45-4:46: `ram` cannot be 0
#   here: must be at least 1 MiB
#   note: QEMU's machines address at most 16 TiB; sizes are in MiB, not in bytes
#   help: write a number from 1 to 16777216
