{
  name = 1;
  network.subnet = "10.0.0.0/24";
  machines = {
    a = { cpus = "two"; ram = "4 GiB"; staticIPs = [ "10.0.0.300" ]; extraConfig = "<devices><disk></devices>"; };
    b = { name = "a"; cpus = -1; initialDisks.root = { size = 1; fromImage = ./none.qcow2; }; bootOrder = [ "x" ]; };
    c = throw "no";
  } // builtins.mapAttrs (name: ram: { inherit ram; cpus = 1; }) { d = 512; e = null; };
}
