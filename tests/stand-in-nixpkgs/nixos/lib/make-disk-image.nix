# An image of a disk.
{
  config,
  lib,
  pkgs,
  name ? "image",
  format ? "raw",
  diskSize ? "auto",
  additionalSpace ? "512M",
  partitionTableType ? "legacy",
  copyChannel ? true,
}:
derivation {
  inherit name format partitionTableType;
  system = pkgs.system;
  builder = "/bin/sh";
  args = [ "${config.system.build.toplevel}" ];
}
