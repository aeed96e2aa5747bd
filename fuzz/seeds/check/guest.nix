# Guests that do not run NixOS: one from a cloud image, one that is installed from an ISO file.
#
# The fetches stay promises: `check` and `compile` download nothing, `apply` does, once.
let
  debian = builtins.fetchurl "https://cloud.debian.org/images/cloud/bookworm/latest/debian-12-generic-amd64.qcow2";
  alpine = builtins.fetchurl "https://dl-cdn.alpinelinux.org/alpine/v3.22/releases/x86_64/alpine-standard-3.22.0-x86_64.iso";
in
{
  name = "guests";

  defaults.deployment = {
    cpus = 2;
    ram = 1024;
    nixos = false;
  };

  machines = {
    debian.deployment.initialDisks.boot = {
      # An overlay of the image, which is kept once in the pool.
      fromImage = debian;
      size = 10 * 1024;
    };

    alpine.deployment = {
      installationMedia = alpine;
      initialDisks.boot.size = 4 * 1024;
      bootOrder = [
        "boot"
        "cdrom"
      ];
    };
  };
}
