--- braces-around-branches ---
{
  machines.a.deployment = { cpus = if true { 2 } else if false { 1 } else { 3 }; ram = 512; nixos = false; diskSize = 1000; };
  machines.z.deployment = { cpus = 1; ram = 0; nixos = false; diskSize = 1000; };
}

# error[LNX0101] 2:44-2:45: syntax error, unexpected '{', expecting 'then'
#   here: 'then' is missing here
#   help: a choice is written `if … then … else …`, without braces around its branches
# error[LNX0401] 3:45-3:46: `ram` cannot be 0
#   here: must be at least 1 MiB
#   note: QEMU's machines address at most 16 TiB; sizes are in MiB, not in bytes
#   help: write a number from 1 to 16777216

--- braces-around-one-branch ---
{
  machines.a.deployment = { cpus = if (1 == 1) { 2 }; ram = 512; nixos = false; diskSize = 1000; };
  machines.z.deployment = { cpus = 1; ram = 0; nixos = false; diskSize = 1000; };
}

# error[LNX0101] 2:48-2:49: syntax error, unexpected '{', expecting 'then'
#   here: 'then' is missing here
#   help: a choice is written `if … then … else …`, without braces around its branches
# error[LNX0401] 3:45-3:46: `ram` cannot be 0
#   here: must be at least 1 MiB
#   note: QEMU's machines address at most 16 TiB; sizes are in MiB, not in bytes
#   help: write a number from 1 to 16777216

--- elif ---
{
  machines.a.deployment = { cpus = if true then 1 elif false then 2 else 3; ram = 512; nixos = false; diskSize = 1000; };
  machines.z.deployment = { cpus = 1; ram = 0; nixos = false; diskSize = 1000; };
}

# error[LNX0101] 2:51-2:55: syntax error, unexpected identifier, expecting 'else'
#   here: Nix has no word for this
#   help: write `else if`
#   fix (unsafe): 2:51-2:55 -> `else if`
# error[LNX0401] 3:45-3:46: `ram` cannot be 0
#   here: must be at least 1 MiB
#   note: QEMU's machines address at most 16 TiB; sizes are in MiB, not in bytes
#   help: write a number from 1 to 16777216

--- a-semicolon-before-else ---
{
  machines.a.deployment = { cpus = if true then 1; else 2; ram = 512; nixos = false; diskSize = 1000; };
  machines.z.deployment = { cpus = 1; ram = 0; nixos = false; diskSize = 1000; };
}

# error[LNX0101] 2:50-2:51: syntax error, unexpected ';', expecting 'else'
#   here: no semicolon belongs here
#   help: `if … then … else …` is one expression: remove the semicolon
#   fix (unsafe): 2:50-2:51 -> ``
# error[LNX0401] 3:45-3:46: `ram` cannot be 0
#   here: must be at least 1 MiB
#   note: QEMU's machines address at most 16 TiB; sizes are in MiB, not in bytes
#   help: write a number from 1 to 16777216

--- or-for-a-choice ---
{
  machines.a.deployment = { cpus = if true or false then 1 else 2; ram = 512; nixos = false; diskSize = 1000; };
  machines.z.deployment = { cpus = 1; ram = 0; nixos = false; diskSize = 1000; };
}

# error[LNX0103] 2:44-2:46: undefined variable 'or'
#   here: not bound here
#   help: `or` is written `||`
#   fix (unsafe): 2:44-2:46 -> `||`
# error[LNX0401] 3:45-3:46: `ram` cannot be 0
#   here: must be at least 1 MiB
#   note: QEMU's machines address at most 16 TiB; sizes are in MiB, not in bytes
#   help: write a number from 1 to 16777216

--- braces-around-sets ---
{
  machines.a.deployment = { nixos = false; diskSize = 1000; } // (if true { cpus = 1; ram = 0; } else { cpus = 2; ram = 1; });
  machines.z.deployment = { cpus = 1; ram = 0; nixos = false; diskSize = 1000; };
}

# error[LNX0101] 2:75-2:76: syntax error, unexpected '{', expecting 'then'
#   here: 'then' is missing here
#   help: a choice is written `if … then … else …`, without braces around its branches
# error[LNX0401] 2:93-2:94: `ram` cannot be 0
#   here: must be at least 1 MiB
#   note: QEMU's machines address at most 16 TiB; sizes are in MiB, not in bytes
#   help: write a number from 1 to 16777216
# error[LNX0401] 3:45-3:46: `ram` cannot be 0
#   here: must be at least 1 MiB
#   note: QEMU's machines address at most 16 TiB; sizes are in MiB, not in bytes
#   help: write a number from 1 to 16777216

--- elif-in-a-branch-in-brackets ---
{
  machines.a.deployment = { cpus = if true then (if true then 1 elif false then 2 else 3) else 4; ram = 512; nixos = false; diskSize = 1000; };
  machines.z.deployment = { cpus = 1; ram = 0; nixos = false; diskSize = 1000; };
}

# error[LNX0101] 2:65-2:69: syntax error, unexpected identifier, expecting 'else'
#   here: Nix has no word for this
#   help: write `else if`
#   fix (unsafe): 2:65-2:69 -> `else if`
# error[LNX0401] 3:45-3:46: `ram` cannot be 0
#   here: must be at least 1 MiB
#   note: QEMU's machines address at most 16 TiB; sizes are in MiB, not in bytes
#   help: write a number from 1 to 16777216

--- an-assertion-with-a-comma ---
let two = assert 1 == 1, 2; in
{
  machines.a.deployment = { cpus = two; ram = 512; nixos = false; diskSize = 1000; };
  machines.z.deployment = { cpus = 1; ram = 0; nixos = false; diskSize = 1000; };
}
# error[LNX0101] 1:24-1:25: syntax error, unexpected ',', expecting ';'
#   here: `with` and `assert` are followed by `;`
#   help: write `;` instead of `,`
#   fix (unsafe): 1:24-1:25 -> `;`
# error[LNX0401] 4:45-4:46: `ram` cannot be 0
#   here: must be at least 1 MiB
#   note: QEMU's machines address at most 16 TiB; sizes are in MiB, not in bytes
#   help: write a number from 1 to 16777216
