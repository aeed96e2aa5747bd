# Behind the storefront: the API, the workers that send mail and make invoices, and search.
{ vm, settings }:
let
  api = vm.several "api" 4 (number: {
    addresses = {
      app = 130 + number;
      data = 130 + number;
    };
    deployment.cpus = 4;
    machine.networking.firewall.allowedTCPPorts = [ 8080 ];
  });

  workers = vm.several "worker" settings.workers (number: {
    addresses = {
      app = 150 + number;
      data = 150 + number;
    };
    machine.systemd.services.worker.environment.WORKER = toString number;
  });

  search = vm.several "search" 2 (number: {
    addresses = {
      app = 180 + number;
      data = 180 + number;
    };
    deployment = {
      ram = 8 * 1024;
      # An index is made anew where it is lost: it need not be on fast disks.
      storagePoolName = "bulk";
      initialDisks.index = {
        size = 8 * 1024;
        serial = "search-index";
      };
    };
    machine = {
      services.opensearch.enable = true;
      fileSystems."/var/lib/opensearch" = {
        device = "/dev/disk/by-id/virtio-search-index";
        fsType = "ext4";
        autoFormat = true;
      };
    };
  });
in
api // workers // search
