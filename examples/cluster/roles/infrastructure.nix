# What all of it needs: a registry of images, a file server, and a way in.
{ addresses, numbered, on }:
let
  cluster = host: {
    network = "cluster";
    inherit host;
  };
  builds = host: {
    network = "builds";
    inherit host;
  };
in
{
  registry = {
    deployment =
      on [
        (cluster 30)
        (builds 30)
      ]
      // {
        cpus = 2;
        initialDisks.images = {
          size = 20 * 1024;
          pool = "builds";
          serial = "images";
        };
      };
    machine.services.dockerRegistry = {
      enable = true;
      listenAddress = addresses.of "cluster" 30;
    };
  };

  files = {
    deployment = on [ (cluster 31) ] // {
      cpus = 2;
      initialDisks.exports.size = 20 * 1024;
    };
    machine.services.nfs.server.enable = true;
  };

  jump = {
    deployment =
      on [
        (cluster 2)
        (builds 2)
      ]
      // {
        cpus = 1;
        ram = 1024;
      };
    machine.services.fail2ban.enable = true;
  };
}
// numbered "dns" 2 (number: {
  deployment = on [ (cluster (40 + number)) ] // {
    cpus = 1;
    ram = 512;
  };
  machine.services.unbound.enable = true;
})
