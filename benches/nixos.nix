# A whole NixOS system of the nixpkgs at `nixpkgs`, of 2017 or newer, to the path of its derivation.
{ nixpkgs }:
(import (nixpkgs + "/nixos") {
  system = "x86_64-linux";
  configuration = { pkgs, ... }: {
    boot.loader.grub.device = "/dev/vda";
    fileSystems."/" = { device = "/dev/disk/by-label/nixos"; fsType = "ext4"; };
    environment.systemPackages = [ pkgs.git pkgs.htop ];
    services.openssh.enable = true;
    services.nginx = { enable = true; virtualHosts."example.org".root = "/var/www"; };
    users.users.alice = { isNormalUser = true; extraGroups = [ "wheel" ]; };
    system.stateVersion = "17.03";
  };
}).system.drvPath
