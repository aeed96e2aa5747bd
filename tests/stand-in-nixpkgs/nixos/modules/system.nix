# The machine: network, disks, boot.
{ config, lib, ... }:
let
  inherit (lib) mkOption types;
  text = default: mkOption { type = types.str; inherit default; };
  flag = default: mkOption { type = types.bool; inherit default; };
  strings = mkOption {
    type = types.listOf types.str;
    default = [ ];
  };
in
{
  options = {
    networking = {
      hostName = text "nixos";
      domain = mkOption {
        type = types.nullOr types.str;
        default = null;
      };
      nameservers = strings;
      firewall = {
        enable = flag true;
        allowedTCPPorts = mkOption {
          type = types.listOf types.port;
          default = [ ];
        };
      };
      interfaces = mkOption {
        type = types.attrsOf types.attrs;
        default = { };
      };
      defaultGateway = mkOption {
        type = types.nullOr types.str;
        default = null;
      };
      defaultGateway6 = mkOption {
        type = types.nullOr types.str;
        default = null;
      };
    };
    time.timeZone = mkOption {
      type = types.nullOr types.str;
      default = null;
    };
    boot = {
      growPartition = flag false;
      kernelParams = strings;
      initrd.availableKernelModules = strings;
      loader = {
        grub.enable = flag true;
        grub.device = text "";
        systemd-boot.enable = flag false;
        efi.canTouchEfiVariables = flag false;
      };
    };
    fileSystems = mkOption {
      default = { };
      type = types.attrsOf (
        types.submodule {
          options = {
            device = text "";
            fsType = text "auto";
            autoResize = flag false;
          };
        }
      );
    };
    system.stateVersion = text "26.05";
    system.nixos.release = mkOption {
      type = types.str;
      readOnly = true;
      default = "26.05";
    };
  };
  config = {
    assertions = [
      {
        assertion = config.boot.loader.grub.enable -> config.boot.loader.grub.device != "";
        message = "You must set the option ‘boot.loader.grub.device’ to make the system bootable.";
      }
      {
        assertion = config.fileSystems ? "/";
        message = "The ‘fileSystems’ option does not specify your root file system.";
      }
    ];
    environment.etc.machine.text = builtins.toJSON {
      inherit (config) networking boot fileSystems;
      inherit (config.system) nixos stateVersion;
      inherit (config.time) timeZone;
    };
  };
}
