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
      where = "${toString ./default.nix}:1";
      valid =
        problem == null
        || throw (
          if lib.wording == "2017" then
            "Package ‘${name}’ in ${where} ${problem}, refusing to evaluate."
          else if problem == "is marked as broken" then
            "Refusing to evaluate package '${name}' in ${where} because it has problems:\n- broken: This package is broken.\n"
          else
            "Refusing to evaluate package '${name}' in ${where} because it ${problem}"
        );
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
