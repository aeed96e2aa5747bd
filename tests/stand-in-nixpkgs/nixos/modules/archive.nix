# A service whose package is not free.
{
  config,
  lib,
  pkgs,
  ...
}:
{
  options.services.archive.enable = lib.mkEnableOption "the archive";
  config = lib.mkIf config.services.archive.enable {
    environment.systemPackages = [ pkgs.unrar ];
    networking.domain = "archive";
  };
}
