# What every NixOS guest of Launchnix has: access by ssh, its addresses, its disk, its boot loader, and the recipe of
# its image. The options below are filled in by `guests/<machine>.nix` of a build directory; everything that is set
# here can be set otherwise by the machine's own module.
{
  config,
  lib,
  modulesPath,
  options,
  pkgs,
  ...
}:

let
  cfg = config.launchnix;

  # Options that came or went between releases of nixpkgs are only set where they exist.
  ifOption = exists: settings: lib.optionalAttrs exists settings;

  # `ipv4.addresses` was called `ip4` before 18.03.
  modern = lib.versionAtLeast (lib.trivial.release or "0") "18.03";

  interface =
    addresses:
    (
      if modern then
        {
          ipv4.addresses = addresses.ipv4;
          ipv6.addresses = addresses.ipv6;
        }
      else
        {
          ip4 = addresses.ipv4;
          ip6 = addresses.ipv6;
        }
    )
    # Static addresses make dhcpcd leave an interface alone. Where they bring no way out, DHCP has to find it.
    // lib.optionalAttrs (!(addresses ? gateway || addresses ? gateway6)) { useDHCP = true; };

  # Names such as `enp1s0` change with the machine's hardware, its MAC addresses do not.
  rename =
    addresses:
    lib.optionalString (addresses ? mac) ''
      ACTION=="add", SUBSYSTEM=="net", ATTR{address}=="${addresses.mac}", NAME="${addresses.interface}"
    '';

  gateways = name: lib.concatMap (addresses: lib.optional (addresses ? ${name}) addresses.${name}) cfg.addresses;

  # The arguments of make-disk-image have changed over the years; each release gets those that it takes.
  makeDiskImage = import (modulesPath + "/../lib/make-disk-image.nix");
  accepted = builtins.functionArgs makeDiskImage;
  imageArguments = {
    inherit config lib pkgs;
    name = "nixos-${cfg.name}";
    format = "qcow2";
    diskSize = if accepted ? additionalSpace then "auto" else 8192;
    partitionTableType = if cfg.uefi then "efi" else "legacy";
    copyChannel = false;
  };
in

{
  imports = [ (modulesPath + "/profiles/qemu-guest.nix") ];

  options.launchnix = {
    name = lib.mkOption {
      type = lib.types.str;
      description = "Name of the machine.";
    };
    user = lib.mkOption {
      type = lib.types.str;
      default = "root";
      description = "User that the machine is deployed as.";
    };
    sshPort = lib.mkOption {
      type = lib.types.int;
      default = 22;
      description = "Port of the ssh server.";
    };
    authorizedKeys = lib.mkOption {
      type = lib.types.listOf lib.types.str;
      default = [ ];
      description = "Public keys that may log in.";
    };
    uefi = lib.mkOption {
      type = lib.types.bool;
      default = false;
      description = "Whether the machine has UEFI firmware.";
    };
    bootDevice = lib.mkOption {
      type = lib.types.str;
      default = "/dev/vda";
      description = "Disk that the boot loader is installed on.";
    };
    serial = lib.mkOption {
      type = lib.types.bool;
      default = true;
      description = "Whether the machine has a serial console.";
    };
    watchdog = lib.mkOption {
      type = lib.types.bool;
      default = false;
      description = "Whether the machine has a watchdog, which systemd feeds.";
    };
    sharedFolders = lib.mkOption {
      type = lib.types.attrsOf lib.types.str;
      default = { };
      description = "Shared folders to mount: the tag of each by where it is mounted.";
    };
    addresses = lib.mkOption {
      type = lib.types.listOf lib.types.attrs;
      default = [ ];
      description = "Static addresses by interface.";
    };
  };

  config = lib.mkMerge [
    {
      networking.hostName = lib.mkDefault cfg.name;

      services.openssh.enable = lib.mkDefault true;
      services.openssh.ports = lib.mkIf (cfg.sshPort != 22) [ cfg.sshPort ];
      users.users.${cfg.user}.openssh.authorizedKeys.keys = cfg.authorizedKeys;

      # The serial console is what `virsh console` shows.
      boot.kernelParams = [ "console=tty0" ] ++ lib.optional cfg.serial "console=ttyS0,115200";

      fileSystems."/" = {
        device = lib.mkDefault "/dev/disk/by-label/nixos";
        fsType = lib.mkDefault "ext4";
        autoResize = lib.mkDefault true;
      };

      system.build.launchnixImage = makeDiskImage (builtins.intersectAttrs accepted imageArguments);
    }

    (ifOption (options.services ? qemuGuest) { services.qemuGuest.enable = lib.mkDefault true; })
    (ifOption (options.boot ? growPartition) { boot.growPartition = lib.mkDefault true; })
    (ifOption (options.nixpkgs ? hostPlatform) {
      nixpkgs.hostPlatform = lib.mkDefault "x86_64-linux";
    })

    (lib.mkIf cfg.watchdog (
      if options ? systemd.settings then
        { systemd.settings.Manager.RuntimeWatchdogSec = lib.mkDefault "30s"; }
      else
        ifOption (options ? systemd.watchdog) { systemd.watchdog.runtimeTime = lib.mkDefault "30s"; }
    ))
    {
      fileSystems = lib.mapAttrs (_: tag: {
        device = tag;
        fsType = "virtiofs";
        options = [ "nofail" ];
      }) cfg.sharedFolders;
    }

    (lib.mkIf (cfg.user != "root") {
      users.users.${cfg.user} = {
        isNormalUser = lib.mkDefault true;
        extraGroups = [ "wheel" ];
      };
      # morph runs its commands through `sudo -n`.
      security.sudo.wheelNeedsPassword = lib.mkDefault false;
    })

    (lib.mkIf (!cfg.uefi) {
      boot.loader.grub.enable = lib.mkDefault true;
      boot.loader.grub.device = lib.mkDefault cfg.bootDevice;
    })
    (lib.mkIf cfg.uefi {
      boot.loader.grub.enable = lib.mkDefault false;
      boot.loader.systemd-boot.enable = lib.mkDefault true;
      boot.loader.efi.canTouchEfiVariables = lib.mkDefault false;
      fileSystems."/boot" = {
        device = lib.mkDefault "/dev/disk/by-label/ESP";
        fsType = lib.mkDefault "vfat";
      };
    })

    (lib.mkIf (cfg.addresses != [ ]) {
      networking.interfaces = lib.listToAttrs (
        map (addresses: {
          name = addresses.interface;
          value = interface addresses;
        }) cfg.addresses
      );
      networking.nameservers = lib.concatMap (addresses: addresses.dns) cfg.addresses;
      services.udev.extraRules = lib.concatMapStrings rename cfg.addresses;
    })
    (lib.mkIf (gateways "gateway" != [ ]) {
      networking.defaultGateway = lib.mkDefault (lib.head (gateways "gateway"));
    })
    (lib.mkIf (gateways "gateway6" != [ ]) {
      networking.defaultGateway6 = lib.mkDefault (lib.head (gateways "gateway6"));
    })
  ];
}
