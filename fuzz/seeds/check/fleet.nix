# A small fleet: two web servers made by one function, and a database with a disk of its own.
let
  # Web servers are alike but for their size and address.
  mkWeb = address: size: {
    deployment = size // {
      staticIPs = [
        {
          ips = [ address ];
          gateway = "10.20.0.1";
        }
      ];
    };
    machine = {
      services.nginx.enable = true;
      networking.firewall.allowedTCPPorts = [ 80 ];
    };
  };
in
{
  name = "blog";
  description = "A blog: two web servers and their database";
  connection = "qemu:///system";

  pools.fast.path = "/var/lib/blog";

  networks.lan = {
    mode = "nat";
    subnet = "10.20.0.0/24";
  };

  defaults = {
    deployment = {
      cpus = 1;
      ram = 1024;
      storagePoolName = "fast";
      sshPubKeyPath = ../keys/id_ed25519.pub;
      sshPrivKeyPath = "~/.ssh/id_ed25519";
    };
    machine.time.timeZone = "Europe/Berlin";
  };

  machines = {
    web1 = mkWeb "10.20.0.11" { };
    web2 = mkWeb "10.20.0.12" { cpus = 2; };

    db = {
      deployment = {
        ram = 4096;
        staticIPs = [
          {
            ips = [ "10.20.0.20" ];
            gateway = "10.20.0.1";
          }
        ];
        initialDisks = {
          boot.size = 20 * 1024;
          data = {
            size = 30 * 1024;
            serial = "blog-data";
          };
        };
      };

      machine =
        { pkgs, ... }:
        {
          services.postgresql = {
            enable = true;
            package = pkgs.postgresql_16;
            dataDir = "/srv/postgresql";
          };
          fileSystems."/srv" = {
            device = "/dev/disk/by-id/virtio-blog-data";
            fsType = "ext4";
            autoFormat = true;
          };
        };
    };
  };
}
