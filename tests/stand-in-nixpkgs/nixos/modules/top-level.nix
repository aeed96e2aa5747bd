# The system as one derivation, if nothing is asserted against it.
{
  config,
  lib,
  pkgs,
  ...
}:
let
  inherit (lib) mkOption types;
  failed = map (a: a.message) (builtins.filter (a: !a.assertion) config.assertions);
  checked =
    if failed != [ ] then
      throw "\nFailed assertions:\n${lib.concatMapStringsSep "\n" (message: "- ${message}") failed}"
    else
      x: builtins.foldl' (x: warning: builtins.trace "warning: ${warning}" x) x config.warnings;
in
{
  options = {
    assertions = mkOption {
      type = types.listOf types.raw;
      default = [ ];
    };
    warnings = mkOption {
      type = types.listOf types.str;
      default = [ ];
    };
    environment.systemPackages = mkOption {
      type = types.listOf types.package;
      default = [ ];
    };
    environment.etc = mkOption {
      default = { };
      type = types.attrsOf (
        types.submodule {
          options = {
            text = mkOption {
              type = types.nullOr types.lines;
              default = null;
            };
            source = mkOption {
              type = types.nullOr types.path;
              default = null;
            };
          };
        }
      );
    };
    system.build = mkOption {
      type = types.lazyAttrsOf types.raw;
      default = { };
    };
  };
  config.system.build.toplevel = checked (derivation {
    name = "nixos-system-${config.networking.hostName}-${lib.version}";
    system = config.nixpkgs.hostPlatform;
    builder = "${pkgs.bash}/bin/bash";
    args = [
      "-c"
      "true"
    ];
    paths = config.environment.systemPackages;
    etc = lib.mapAttrsToList (name: file: if file.source != null then file.source else pkgs.writeText (builtins.replaceStrings [ "/" ] [ "-" ] name) file.text) config.environment.etc;
  });
}
