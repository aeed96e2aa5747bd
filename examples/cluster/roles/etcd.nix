{ addresses, numbered, on }:
let
  count = 3;
  peer = number: "etcd-${toString number}=http://${addresses.of "state" (10 + number)}:2380";
  peers = builtins.genList (index: peer (index + 1)) count;
in
numbered "etcd" count (number: {
  deployment =
    on [
      {
        network = "state";
        host = 10 + number;
      }
    ]
    // {
      cpus = 2;
      # etcd is only as fast as its disk.
      initialDisks.boot.cache = "none";
    };
  machine.services.etcd = {
    enable = true;
    initialCluster = peers;
    name = "etcd-${toString number}";
  };
})
