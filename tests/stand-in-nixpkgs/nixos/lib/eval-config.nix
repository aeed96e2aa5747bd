# A system from modules.
{
  system ? builtins.currentSystem,
  modules,
  specialArgs ? { },
  extraModules ? [ ],
  check ? true,
}:
let
  lib = import ../../lib;
  evaluated = lib.evalModules {
    inherit check;
    modules = import ../modules/all.nix ++ [ { _file = "eval-config.nix"; nixpkgs.system = lib.mkDefault system; } ] ++ modules ++ extraModules;
    specialArgs = {
      modulesPath = toString ../modules;
    }
    // specialArgs;
  };
in
evaluated
// {
  inherit lib;
  inherit (evaluated._module.args) pkgs;
}
