--- reserved-words-for-names ---
{
  machines.rec.deployment = { cpus = "x"; ram = 0; nixos = false; diskSize = 1000; };
  machines = {
    let = { deployment = { cpus = 1; ram = 0; nixos = false; diskSize = 1000; }; };
    inherit.deployment = { cpus = 1; ram = 0; nixos = false; diskSize = 1000; };
  };
}

# error[LNX0101] 2:12-2:15: syntax error, unexpected 'rec', expecting identifier or 'or' or '${' or '"'
#   here: this word has a meaning of its own
#   help: write `"rec"` for the name
#   fix (safe): 2:12-2:15 -> `"rec"`
# error[LNX0301] 2:38-2:41: `cpus` is a string, but must be an integer (the number of CPUs) or a set
#   here: a string
#   help: write the number without quotes, for example `cpus = 2;`
# error[LNX0401] 2:49-2:50: `ram` cannot be 0
#   here: must be at least 1 MiB
#   note: QEMU's machines address at most 16 TiB; sizes are in MiB, not in bytes
#   help: write a number from 1 to 16777216
# error[LNX0101] 4:5-4:8: syntax error, unexpected 'let', expecting 'inherit'
#   here: this word has a meaning of its own
#   help: write `"let"` for the name
#   fix (safe): 4:5-4:8 -> `"let"`
# error[LNX0401] 4:44-4:45: `ram` cannot be 0
#   here: must be at least 1 MiB
#   note: QEMU's machines address at most 16 TiB; sizes are in MiB, not in bytes
#   help: write a number from 1 to 16777216
# error[LNX0101] 5:5-5:12: syntax error, unexpected 'inherit', expecting 'inherit'
#   here: this word has a meaning of its own
#   help: write `"inherit"` for the name
#   fix (safe): 5:5-5:12 -> `"inherit"`
# error[LNX0401] 5:44-5:45: `ram` cannot be 0
#   here: must be at least 1 MiB
#   note: QEMU's machines address at most 16 TiB; sizes are in MiB, not in bytes
#   help: write a number from 1 to 16777216

--- a-path-in-inherit ---
let s = { cpus = 1; ram = 512; }; in
{
  machines.a.deployment = { inherit s.cpus s.ram; nixos = false; diskSize = 1000; };
  machines.b.deployment = { inherit s (cpus ram); nixos = false; diskSize = 1000; };
  machines.z.deployment = { cpus = 1; ram = 0; nixos = false; diskSize = 1000; };
}

# error[LNX0101] 3:38-3:39: syntax error, unexpected '.'
#   here: `inherit` takes names alone
#   help: write the set that they are taken from in parentheses: `inherit (set) name name;`
# error[LNX0101] 4:39-4:40: syntax error, unexpected '('
#   here: `inherit` takes names alone
#   help: write the set that they are taken from in parentheses: `inherit (set) name name;`
# error[LNX0401] 5:45-5:46: `ram` cannot be 0
#   here: must be at least 1 MiB
#   note: QEMU's machines address at most 16 TiB; sizes are in MiB, not in bytes
#   help: write a number from 1 to 16777216

--- a-semicolon-too-many ---
{
  machines.a.deployment = { cpus = 2;; ram = 512; nixos = false; diskSize = 1000; };
  machines.z.deployment = { cpus = 1; ram = 0; nixos = false; diskSize = 1000; };
}

# error[LNX0101] 2:38-2:39: syntax error, unexpected ';', expecting 'inherit'
#   here: this ends nothing
#   help: remove it
#   fix (unsafe): 2:38-2:39 -> ``
# error[LNX0401] 3:45-3:46: `ram` cannot be 0
#   here: must be at least 1 MiB
#   note: QEMU's machines address at most 16 TiB; sizes are in MiB, not in bytes
#   help: write a number from 1 to 16777216

--- spaces-that-are-none ---
{
  machines.a.deployment = { cpus = 1; ram = 0; nixos = false; diskSize = 1000; };
  # a comment
  machines.b.deployment = { cpus = 1;​ram = 0; nixos = false; diskSize = 1000; description = "a b"; };
}

# error[LNX0101] 2:26-2:27: syntax error, unexpected invalid token
#   here: this is a no-break space, U+00A0
#   help: write a space
#   fix (unsafe): 2:26-2:27 -> ` `
#   and: 2:38-2:39 -> ` `
#   and: 3:1-3:2 -> ` `
# error[LNX0401] 2:45-2:46: `ram` cannot be 0
#   here: must be at least 1 MiB
#   note: QEMU's machines address at most 16 TiB; sizes are in MiB, not in bytes
#   help: write a number from 1 to 16777216
# error[LNX0101] 4:38-4:39: syntax error, unexpected invalid token
#   here: this is a character without width, U+200B
#   help: remove it
#   fix (unsafe): 4:38-4:39 -> ``
# error[LNX0401] 4:45-4:46: `ram` cannot be 0
#   here: must be at least 1 MiB
#   note: QEMU's machines address at most 16 TiB; sizes are in MiB, not in bytes
#   help: write a number from 1 to 16777216

--- punctuation-of-another-keyboard ---
{
  machines.a.deployment = { cpus = 1；ram = 0; nixos = false; diskSize = 1000; };
}

# error[LNX0101] 2:37-2:38: syntax error, unexpected invalid token
#   here: this is the character U+FF1B
#   help: write `;`
#   fix (unsafe): 2:37-2:38 -> `;`
# error[LNX0401] 2:44-2:45: `ram` cannot be 0
#   here: must be at least 1 MiB
#   note: QEMU's machines address at most 16 TiB; sizes are in MiB, not in bytes
#   help: write a number from 1 to 16777216

--- names-of-the-set-around ---
{
  machines.a.deployment = { cpus = 2; ram = cpus * 512; nixos = false; diskSize = 1000; };
}

# error[LNX0103] 2:45-2:49: undefined variable 'cpus'
#   here: not bound here
#   2:29-2:33: bound here, in a set without `rec`
#   help: write `rec { … }` for a set whose values see its names, or bind `cpus` with `let`
#   fix (unsafe): 2:27-2:27 -> `rec `

--- nearly-a-built-in ---
{
  machines.a.deployment = { cpus = lenght [ 1 ]; ram = 512; nixos = false; diskSize = 1000; };
  machines.z.deployment = { cpus = 1; ram = 0; nixos = false; diskSize = 1000; };
}

# error[LNX0103] 2:36-2:42: undefined variable 'lenght'
#   here: not bound here
#   help: did you mean `builtins.length`?
#   fix (unsafe): 2:36-2:42 -> `builtins.length`
# error[LNX0401] 3:45-3:46: `ram` cannot be 0
#   here: must be at least 1 MiB
#   note: QEMU's machines address at most 16 TiB; sizes are in MiB, not in bytes
#   help: write a number from 1 to 16777216

--- what-nixpkgs-has ---
{
  machines.a = {
    deployment = { cpus = 2; ram = 512; sshPubKeyPath = ./key.pub; };
    machine = { lib, pkgs, ... }: { time.timeZone = mkDefault "UTC"; environment.systemPackages = [ git ]; };
  };
  machines.b = {
    deployment = { cpus = 2; ram = 512; sshPubKeyPath = ./key.pub; };
    machine = { ... }: { time.timeZone = mkForce "UTC"; environment.systemPackages = [ vim ]; };
  };
}

# error[LNX0103] 4:53-4:62: undefined variable 'mkDefault'
#   here: not bound here
#   help: write `lib.mkDefault`
#   fix (unsafe): 4:53-4:62 -> `lib.mkDefault`
# error[LNX0103] 4:101-4:104: undefined variable 'git'
#   here: not bound here
#   help: write `pkgs.git`
#   fix (unsafe): 4:101-4:104 -> `pkgs.git`
# error[LNX0103] 8:42-8:49: undefined variable 'mkForce'
#   here: not bound here
#   help: write `lib.mkForce`, and take `lib` as an argument of the module: `{ lib, ... }:`
# error[LNX0103] 8:88-8:91: undefined variable 'vim'
#   here: not bound here
#   help: write `pkgs.vim`, and take `pkgs` as an argument of the module: `{ pkgs, ... }:`

--- values-bound-twice-see-what-is-around ---
let ram = 512; ram = size; size = 1024; in
{
  machines.a.deployment = rec { cpus = one; cpus = two; cpus = tow; nixos = false; diskSize = ram; };
}
# error[LNX0102] 1:16-1:19: attribute 'ram' already defined
#   here: defined again here
#   1:5-1:8: first defined here
#   help: remove one of the two
# error[LNX0103] 3:40-3:43: undefined variable 'one'
#   here: not bound here
#   help: bind it with `let one = …; in`, or put it in quotes if it is text
# error[LNX0102] 3:45-3:49: attribute 'cpus' already defined
#   here: defined again here
#   3:33-3:37: first defined here
#   help: remove one of the two
# error[LNX0103] 3:52-3:55: undefined variable 'two'
#   here: not bound here
#   help: bind it with `let two = …; in`, or put it in quotes if it is text
# error[LNX0102] 3:57-3:61: attribute 'cpus' already defined
#   here: defined again here
#   3:33-3:37: first defined here
#   help: remove one of the two
# error[LNX0103] 3:64-3:67: undefined variable 'tow'
#   here: not bound here
#   help: bind it with `let tow = …; in`, or put it in quotes if it is text
