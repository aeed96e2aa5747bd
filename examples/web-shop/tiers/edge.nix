# Load balancers: on the network that the world reaches, and on that of what they balance.
{ vm, settings }:
vm.several "lb" 2 (number: {
  addresses = {
    edge = 20 + number;
    app = 20 + number;
  };
  deployment = {
    cpus = 4;
    ram = 4096;
    description = "load balancer ${toString number}";
  };
  machine = {
    services.haproxy.enable = true;
    networking.firewall.allowedTCPPorts = [
      80
      443
    ];
    networking.domain = settings.domain;
  };
})
