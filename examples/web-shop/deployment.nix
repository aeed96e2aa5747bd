# A web shop in tiers: load balancers, a storefront, an API, workers, a database with replicas, caches, search.
#
# Each tier is a file of its own in tiers/; what machines have in common is in vm.nix and in `defaults`.
{
  # How many machines a tier that grows has: `launchnix check --arg storefronts 20`.
  storefronts ? 12,
  workers ? 6,
}:
let
  vm = import ./vm.nix;
  settings = {
    inherit storefronts workers;
    domain = "shop.example.org";
  };
  tier = file: import file { inherit vm settings; };
in
{
  name = "web-shop";
  description = "The shop: from the load balancers to the backups";
  connection = "qemu:///system";

  pools = {
    system.path = "/var/lib/web-shop/system";
    # Mirrored flash for the databases, spinning disks for what is large and slow.
    fast.path = "/var/lib/web-shop/fast";
    bulk.path = "/var/lib/web-shop/bulk";
  };

  networks = {
    # What the world reaches.
    edge = {
      mode = "routed";
      subnet = "192.0.2.0/24";
      domain = "edge.shop.example.org";
    };
    # Between the load balancers and what they balance.
    app = {
      subnet = "10.40.0.0/24";
      domain = "app.shop.example.org";
    };
    # Databases, caches and backups: no way out.
    data = {
      mode = "isolated";
      subnet = "10.41.0.0/24";
    };
  };

  defaults = {
    deployment = {
      cpus = 2;
      ram = 2048;
      storagePoolName = "system";
      initialDisks.boot.size = 4 * 1024;
      autostart = true;
      sshPubKeyPath = ../keys/id_ed25519.pub;
      sshPrivKeyPath = "~/.ssh/id_ed25519";
    };
    machine = ./common.nix;
  };

  machines =
    tier ./tiers/edge.nix
    // tier ./tiers/storefront.nix
    // tier ./tiers/services.nix
    // tier ./tiers/data.nix
    // {
      # One of a kind: it sees every network.
      bastion = vm.mk {
        addresses = {
          edge = 10;
          app = 10;
          data = 10;
        };
        deployment = {
          ram = 1024;
          storagePoolName = "bulk";
        };
        machine.services.fail2ban.enable = true;
      };
    };
}
