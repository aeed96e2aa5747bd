# Runners that may be thrown away at any time, and the server that gives them work.
{ addresses, numbered, on }:
let
  place = host: [
    {
      network = "builds";
      inherit host;
    }
  ];
  runner = number: {
    deployment = on (place (50 + number)) // {
      cpus = 8;
      ram = 16 * 1024;
      storagePoolName = "builds";
      # A build that is lost is made again.
      initialDisks.scratch = {
        size = 4 * 1024;
        cache = "unsafe";
        serial = "scratch";
      };
    };
    machine = {
      fileSystems."/build" = {
        device = "/dev/disk/by-id/virtio-scratch";
        fsType = "xfs";
        autoFormat = true;
      };
      services.gitlab-runner.enable = true;
    };
  };
in
numbered "runner" 6 runner
// {
  ci.deployment = on (place 10) // {
    cpus = 4;
    ram = 12 * 1024;
    storagePoolName = "builds";
    initialDisks.repositories = {
      size = 10 * 1024;
      serial = "repositories";
    };
  };
  ci.machine.services.gitlab = {
    enable = true;
    host = addresses.of "builds" 10;
  };
}
