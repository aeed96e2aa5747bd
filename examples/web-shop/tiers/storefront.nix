# What customers see. The first one shows what is new before the others do.
{ vm, settings }:
vm.several "storefront" settings.storefronts (number: {
  addresses.app = 100 + number;
  deployment = {
    ram = if number == 1 then 4096 else 2048;
    description = if number == 1 then "storefront, canary" else "storefront";
  };
  machine =
    { config, ... }:
    {
      services.nginx = {
        enable = true;
        virtualHosts.${settings.domain}.root = "/srv/www";
      };
      networking.firewall.allowedTCPPorts = [ config.services.nginx.defaultHTTPListenPort ];
    };
})
