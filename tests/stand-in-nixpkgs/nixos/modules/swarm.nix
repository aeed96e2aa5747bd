# A service that asserts things without the names of options.
{ config, lib, ... }:
let
  inherit (lib) mkEnableOption mkOption types;
  cfg = config.services.swarm;
in
{
  options.services.swarm = {
    enable = mkEnableOption "the swarm";
    role = mkOption {
      type = types.enum [
        "leader"
        "member"
      ];
      default = "leader";
    };
    leader = mkOption {
      type = types.str;
      default = "";
    };
    encrypted = mkEnableOption "encryption";
  };
  config = lib.mkMerge [
    {
      assertions = [
        {
          assertion = cfg.enable && cfg.role == "member" -> cfg.leader != "";
          message = "a leader is wanted for the role 'member'";
        }
      ];
    }
    (lib.mkIf cfg.enable {
      networking.domain = "swarm";
      environment.etc.swarm.text = builtins.toJSON cfg;
    })
  ];
}
