--- paths-with-spaces ---
{
  machines.a.deployment = { cpus = 1; ram = 512; nixos = false; diskSize = 1000; installMedia = /isos/my file.iso; };
  machines.b.deployment = import ./my machines/b.nix;
  machines.c.deployment = import ./my file.nix { };
  machines.z.deployment = { cpus = 1; ram = 0; nixos = false; diskSize = 1000; };
}

# error[LNX0302] 2:82-2:94: there is no option `installMedia`
#   here: did you mean `installationMedia`?
#   help: `installationMedia`: Image of a CD that the machine is installed from.
#   fix (unsafe): 2:82-2:94 -> `installationMedia`
# error[LNX0201] 2:97-2:114: a path ends at a space
#   here: each of these words is a value of its own
#   help: write `/. + "/isos/my file.iso"`
#   fix (unsafe): 2:97-2:114 -> `(/. + "/isos/my file.iso")`
# error[LNX0201] 3:34-3:53: a path ends at a space
#   here: each of these words is a value of its own
#   help: write `./. + "/my machines/b.nix"`
#   fix (unsafe): 3:34-3:53 -> `(./. + "/my machines/b.nix")`
# error[LNX0201] 4:34-4:47: a path ends at a space
#   here: each of these words is a value of its own
#   help: write `./. + "/my file.nix"`
#   fix (unsafe): 4:34-4:47 -> `(./. + "/my file.nix")`
# error[LNX0401] 5:45-5:46: `ram` cannot be 0
#   here: must be at least 1 MiB
#   note: QEMU's machines address at most 16 TiB; sizes are in MiB, not in bytes
#   help: write a number from 1 to 16777216

--- a-path-with-a-space-called ---
let image = ./disk images/debian.qcow2; in
{
  machines.a.deployment = { cpus = 1; ram = 512; nixos = false; diskSize = 1000; description = "${image}"; };
  machines.z.deployment = { cpus = 1; ram = 0; nixos = false; diskSize = 1000; };
}

# error[LNX0201] 1:13-1:39: a path ends at a space
#   here: each of these words is a value of its own
#   help: write `./. + "/disk images/debian.qcow2"`
#   fix (unsafe): 1:13-1:39 -> `(./. + "/disk images/debian.qcow2")`
# error[LNX0401] 4:45-4:46: `ram` cannot be 0
#   here: must be at least 1 MiB
#   note: QEMU's machines address at most 16 TiB; sizes are in MiB, not in bytes
#   help: write a number from 1 to 16777216

--- three-quotes ---
{
  machines.a.deployment = { cpus = 1; ram = 512; nixos = false; diskSize = 1000; description = """
    text
  """; };
  machines.z.deployment = { cpus = 1; ram = 0; nixos = false; diskSize = 1000; };
}

# error[LNX0201] 2:96-2:99: three quotes start no string
#   here: an empty string, and the start of another one
#   help: text of several lines stands between `''` and `''`
#   fix (unsafe): 2:96-4:6 -> `''
#             text
#           ''`
# error[LNX0401] 5:45-5:46: `ram` cannot be 0
#   here: must be at least 1 MiB
#   note: QEMU's machines address at most 16 TiB; sizes are in MiB, not in bytes
#   help: write a number from 1 to 16777216

--- single-quotes-around-lines ---
{
  machines.a.deployment = { cpus = 1; ram = 512; nixos = false; diskSize = 1000; description = 'one
    two'; };
  machines.z.deployment = { cpus = 1; ram = 0; nixos = false; diskSize = 1000; };
}

# error[LNX0101] 2:96-2:97: syntax error, unexpected invalid token
#   here: this starts no string
#   help: text of several lines stands between `''` and `''`
#   fix (unsafe): 2:96-3:9 -> `''one
#             two''`
# error[LNX0401] 4:45-4:46: `ram` cannot be 0
#   here: must be at least 1 MiB
#   note: QEMU's machines address at most 16 TiB; sizes are in MiB, not in bytes
#   help: write a number from 1 to 16777216

--- an-interpolation-without-a-bracket ---
let f = toString; in
{
  machines.a.deployment = { cpus = 1; ram = 512; nixos = false; diskSize = 1000; description = "a ${f (1 + 2} b"; };
  machines.b.deployment = { cpus = 1; ram = 512; nixos = false; diskSize = 1000; description = "a ${f { a = 1; } b"; };
  machines.z.deployment = { cpus = 1; ram = 0; nixos = false; diskSize = 1000; };
}
# error[LNX0101] 3:109-3:110: syntax error, unexpected '}', expecting ')'
#   3:109-3:109: ')' is missing here
#   3:103-3:104: opened here, and never closed
#   help: add ')' after the expression before it
# error[LNX0101] 4:99-4:101: syntax error, unexpected end of file, expecting '}'
#   here: this interpolation is never closed
#   4:96-4:97: in this string
#   help: add `}` where the expression ends
# error[LNX0401] 5:45-5:46: `ram` cannot be 0
#   here: must be at least 1 MiB
#   note: QEMU's machines address at most 16 TiB; sizes are in MiB, not in bytes
#   help: write a number from 1 to 16777216
