--- a-file-of-yaml ---
machines:
  a:
    deployment:
      cpus: 2
      ram: 512

# error[LNX0101] 5:10-5:11: the file holds YAML, not Nix
#   here: Nix has no `:` here
#   help: Nix does not read YAML: write `{ name = value; … }`, or have it converted to JSON

--- a-file-of-toml ---
name = "fleet"

[machines.a.deployment]
cpus = 2
ram = 512

# error[LNX0101] 1:6-1:7: the file holds TOML, not Nix
#   here: this is no Nix
#   help: have it read by a file in Nix: `builtins.fromTOML (builtins.readFile ./deployment.toml)`

--- files-in-other-formats-imported ---
{
  machines.a.deployment = import ./a.json;
  machines.b.deployment = import ./b.yaml;
  machines.c.deployment = import ./c.toml;
  machines.z.deployment = { cpus = 1; ram = 0; nixos = false; diskSize = 1000; };
}
=== a.json ===
{ "cpus": 1, "ram": 512 }
=== b.yaml ===
cpus: 1
ram: 512
=== c.toml ===
cpus = 1
ram = 512
# error[LNX0101] 2:34-2:42: `./a.json` holds JSON, not Nix
#   here: imported here as Nix
#   help: have it read by a file in Nix: `builtins.fromJSON (builtins.readFile ./a.json)`
# error[LNX0101] 3:34-3:42: `./b.yaml` holds YAML, not Nix
#   here: imported here as Nix
#   help: Nix does not read YAML: write `{ name = value; … }`, or have it converted to JSON
# error[LNX0101] 4:34-4:42: `./c.toml` holds TOML, not Nix
#   here: imported here as Nix
#   help: have it read by a file in Nix: `builtins.fromTOML (builtins.readFile ./c.toml)`
# error[LNX0401] 5:45-5:46: `ram` cannot be 0
#   here: must be at least 1 MiB
#   note: QEMU's machines address at most 16 TiB; sizes are in MiB, not in bytes
#   help: write a number from 1 to 16777216
