# Which packages there are.
{ config, lib, ... }:
let
  inherit (lib) mkOption types;
in
{
  options.nixpkgs = {
    system = mkOption { type = types.str; };
    hostPlatform = mkOption {
      type = types.str;
      default = "x86_64-linux";
    };
    config = mkOption {
      type = types.attrs;
      default = { };
    };
    overlays = mkOption {
      type = types.listOf types.raw;
      default = [ ];
    };
  };
  config._module.args.pkgs = import ../.. {
    inherit (config.nixpkgs) config overlays;
    localSystem.system = config.nixpkgs.hostPlatform;
  };
}
