# The packages. A few, and some that refuse to be evaluated.
{
  system ? builtins.currentSystem,
  localSystem ? { inherit system; },
  config ? { },
  overlays ? [ ],
  ...
}:
let
  lib = import ./lib;

  package =
    {
      pname,
      version ? "1.0",
      problem ? null,
      ...
    }:
    let
      name = "${pname}-${version}";
      made = derivation {
        inherit name;
        system = localSystem.system;
        builder = "/bin/sh";
        args = [
          "-c"
          "echo ${name} > $out"
        ];
      };
      valid = problem == null || throw "Package ‘${name}’ in ${toString ./default.nix}:1 ${problem}, refusing to evaluate.";
    in
    made
    // {
      inherit pname version;
      drvPath = if valid then made.drvPath else null;
      outPath = if valid then made.outPath else null;
    };

  named = names: builtins.listToAttrs (map (pname: { name = pname; value = package { inherit pname; }; }) names);
  base =
    named [
      "bash"
      "coreutils"
      "curl"
      "git"
      "hello"
      "htop"
      "nginx"
      "vim"
    ]
    // {
      inherit lib;
      system = localSystem.system;
      unrar = package {
        pname = "unrar";
        problem = if config.allowUnfree or false then null else "has an unfree license (‘unfree’)";
      };
      rotten = package {
        pname = "rotten";
        problem = "is marked as broken";
      };
      leaky = package {
        pname = "leaky";
        problem = "is marked as insecure";
      };
      macOnly = package {
        pname = "mac-only";
        problem = "is not available on the requested hostPlatform:\n  hostPlatform.system = \"${localSystem.system}\"\n";
      };
      writeText =
        name: text:
        derivation {
          inherit name text;
          system = localSystem.system;
          builder = "/bin/sh";
          args = [
            "-c"
            "printf %s \"$text\" > $out"
          ];
          passAsFile = [ ];
        };
    };
  extended = builtins.foldl' (below: overlay: below // overlay extended below) base overlays;
in
extended
