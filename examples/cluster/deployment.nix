# A laboratory: etcd, Kubernetes, and continuous integration, each on a network of its own.
#
# roles/*.nix make the machines; addresses.nix is the one place where addresses are given out.
let
  addresses = import ./addresses.nix;

  inherit (builtins)
    foldl'
    listToAttrs
    mapAttrs
    ;

  # What a role is given to make its machines from.
  library = {
    inherit addresses;
    # `numbered "etcd" 3 f` is { etcd-1 = f 1; etcd-2 = f 2; etcd-3 = f 3; }.
    numbered =
      name: count: make:
      listToAttrs (
        builtins.genList (index: {
          name = "${name}-${toString (index + 1)}";
          value = make (index + 1);
        }) count
      );
    # One interface on each network, with the address there.
    on = networks: {
      interfaces = map (network: { inherit network; }) (map (place: place.network) networks);
      staticIPs = map (place: { ips = [ (addresses.of place.network place.host) ]; }) networks;
    };
  };

  roles = map (file: import file library) [
    ./roles/etcd.nix
    ./roles/control-plane.nix
    ./roles/workers.nix
    ./roles/ci.nix
    ./roles/infrastructure.nix
  ];
in
{
  name = "laboratory";
  description = "Kubernetes and continuous integration";

  networks = mapAttrs (name: network: {
    inherit (network) subnet;
    mode = network.mode or "nat";
    domain = "${name}.lab.example.org";
  }) addresses.networks;

  pools = listToAttrs (
    map
      (name: {
        inherit name;
        value.path = "/var/lib/laboratory/${name}";
      })
      [
        "nodes"
        "workers"
        "builds"
      ]
  );

  defaults = {
    deployment = {
      ram = 4096;
      storagePoolName = "nodes";
      initialDisks.boot.size = 4 * 1024;
      sshPubKeyPath = ../keys/id_ed25519.pub;
    };
    machine.services.chrony.enable = true;
  };

  # Each role gives a set of machines; what is listed later wins where two give one name.
  machines = foldl' (all: role: all // role) { } roles;
}
