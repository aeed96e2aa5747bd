# The networks of the laboratory, and the addresses on them.
rec {
  networks = {
    cluster = {
      prefix = "10.60.0";
      subnet = "10.60.0.0/24";
    };
    # etcd talks to itself and to the control plane.
    state = {
      prefix = "10.60.1";
      subnet = "10.60.1.0/24";
      mode = "isolated";
    };
    builds = {
      prefix = "10.60.2";
      subnet = "10.60.2.0/24";
    };
  };

  of = network: host: "${networks.${network}.prefix}.${toString host}";
}
