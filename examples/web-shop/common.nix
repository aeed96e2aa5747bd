# The NixOS module of every guest of the shop.
{ lib, ... }:
{
  time.timeZone = "Europe/Berlin";
  services.prometheus.exporters.node.enable = true;
  security.acme.acceptTerms = lib.mkDefault true;
}
