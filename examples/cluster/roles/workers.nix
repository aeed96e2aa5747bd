# Eighteen workers of three sizes: name, how many, what differs.
{ addresses, numbered, on }:
let
  sizes = [
    {
      name = "small";
      count = 10;
      first = 100;
      cpus = 4;
      ram = 8 * 1024;
    }
    {
      name = "large";
      count = 6;
      first = 120;
      cpus = 8;
      ram = 32 * 1024;
    }
    {
      name = "huge";
      count = 2;
      first = 140;
      cpus = 32;
      ram = 128 * 1024;
    }
  ];

  workers =
    size:
    numbered "worker-${size.name}" size.count (number: {
      deployment =
        on [
          {
            network = "cluster";
            host = size.first + number;
          }
        ]
        // {
          inherit (size) cpus ram;
          storagePoolName = "workers";
          initialDisks.boot.size = 5 * 1024;
        };
      machine.services.kubernetes = {
        roles = [ "node" ];
        masterAddress = addresses.of "cluster" 11;
      };
    });
in
builtins.foldl' (all: size: all // workers size) { } sizes
