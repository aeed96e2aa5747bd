# Databases, caches and backups. They are on the data network only.
{ vm, settings }:
let
  database =
    number: deployment:
    vm.mk {
      addresses.data = 20 + number;
      deployment = {
        cpus = 8;
        ram = 32 * 1024;
        storagePoolName = "fast";
        initialDisks.data = {
          size = 24 * 1024;
          cache = "none";
          serial = "shop-data";
        };
      }
      // deployment;
      machine =
        { pkgs, ... }:
        {
          services.postgresql = {
            enable = true;
            package = pkgs.postgresql_16;
            dataDir = "/srv/postgresql";
          };
          fileSystems."/srv" = {
            device = "/dev/disk/by-id/virtio-shop-data";
            fsType = "ext4";
            autoFormat = true;
          };
        };
    };

  caches = vm.several "cache" 3 (number: {
    addresses.data = 40 + number;
    deployment = {
      ram = 16 * 1024;
      storagePoolName = "fast";
    };
    machine.services.redis.servers.shop.enable = true;
  });
in
caches
// {
  db1 = database 1 { description = "the database that is written to"; };
  db2 = database 2 { description = "a replica"; };
  # Reports are slow, and may be.
  db3 = database 3 {
    description = "a replica for reports";
    cpus = 4;
    ram = 16 * 1024;
  };

  backup = vm.mk {
    addresses.data = 60;
    deployment = {
      storagePoolName = "bulk";
      initialDisks.archive = {
        size = 40 * 1024;
        format = "raw";
        serial = "shop-archive";
      };
    };
    machine.services.borgbackup.repos.shop.path = "/srv/borg/${settings.domain}";
  };

  monitor = vm.mk {
    addresses = {
      app = 61;
      data = 61;
    };
    deployment = {
      ram = 4096;
      storagePoolName = "bulk";
    };
    machine.services = {
      prometheus.enable = true;
      grafana.enable = true;
    };
  };
}
