# Users.
{ config, lib, ... }:
let
  inherit (lib) mkOption types;
in
{
  options = {
    users.users = mkOption {
      default = { };
      type = types.attrsOf (
        types.submodule {
          options = {
            isNormalUser = mkOption {
              type = types.bool;
              default = false;
            };
            uid = mkOption {
              type = types.nullOr types.int;
              default = null;
            };
            extraGroups = mkOption {
              type = types.listOf types.str;
              default = [ ];
            };
            openssh.authorizedKeys.keys = mkOption {
              type = types.listOf types.str;
              default = [ ];
            };
          };
        }
      );
    };
    security.sudo.wheelNeedsPassword = mkOption {
      type = types.bool;
      default = true;
    };
  };
  config.environment.etc.passwd.text = builtins.toJSON config.users.users;
}
