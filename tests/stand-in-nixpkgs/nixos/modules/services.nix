# Some services.
{
  config,
  lib,
  pkgs,
  ...
}:
let
  inherit (lib) mkEnableOption mkOption types;
  cfg = config.services;
in
{
  imports = [
    (lib.mkRemovedOptionModule [ "services" "gopher" "enable" ] "Nobody speaks Gopher any more.")
    (lib.mkRenamedOptionModule [ "services" "sshd" "enable" ] [ "services" "openssh" "enable" ])
    (lib.mkRenamedOptionModule [ "services" "httpd" "port" ] [ "services" "nginx" "defaultHTTPListenPort" ])
  ];

  options.services = {
    openssh = {
      enable = mkEnableOption "the OpenSSH server";
      ports = mkOption {
        type = types.listOf types.port;
        default = [ 22 ];
      };
      settings = mkOption {
        default = { };
        type = types.submodule {
          freeformType = types.attrsOf (types.either types.str (types.either types.bool types.int));
          options.PermitRootLogin = mkOption {
            type = types.enum [
              "yes"
              "no"
              "prohibit-password"
            ];
            default = "prohibit-password";
          };
        };
      };
    };
    nginx = {
      enable = mkEnableOption "nginx";
      package = mkOption {
        type = types.package;
        default = pkgs.nginx;
      };
      defaultHTTPListenPort = mkOption {
        type = types.port;
        default = 80;
      };
      appendConfig = mkOption {
        type = types.lines;
        default = "";
      };
      virtualHosts = mkOption {
        default = { };
        type = types.attrsOf (
          types.submodule (
            { name, ... }:
            {
              options = {
                serverName = mkOption {
                  type = types.str;
                  default = name;
                };
                root = mkOption {
                  type = types.nullOr types.path;
                  default = null;
                };
                forceSSL = mkOption {
                  type = types.bool;
                  default = false;
                };
                enableACME = mkOption {
                  type = types.bool;
                  default = false;
                };
              };
            }
          )
        );
      };
    };
    postgresql = {
      enable = mkEnableOption "PostgreSQL";
      dataDir = mkOption { type = types.path; };
    };
    qemuGuest.enable = mkEnableOption "the guest agent";
    udev.extraRules = mkOption {
      type = types.lines;
      default = "";
    };
  };

  config = {
    assertions = lib.mapAttrsToList (name: host: {
      assertion = host.forceSSL -> host.enableACME;
      message = "services.nginx.virtualHosts.${name}.forceSSL needs a certificate: set enableACME as well.";
    }) cfg.nginx.virtualHosts;
    environment.etc = lib.mkMerge [
      (lib.mkIf cfg.nginx.enable {
        "nginx.conf".text = cfg.nginx.appendConfig + toString cfg.nginx.defaultHTTPListenPort + builtins.toJSON cfg.nginx.virtualHosts;
      })
      (lib.mkIf cfg.postgresql.enable { "postgresql".text = toString cfg.postgresql.dataDir; })
      (lib.mkIf cfg.openssh.enable { "sshd".text = builtins.toJSON cfg.openssh; })
    ];
    environment.systemPackages = lib.mkIf cfg.nginx.enable [ cfg.nginx.package ];
  };
}
