{ ram ? 1024, ... }:
let big = name: more: { inherit name ram; cpus = 4; sshPubKeyPath = ./id.pub; } // more; in
{
  name = "fleet";
  networks.lan = { mode = "nat"; subnet = "192.168.7.0/24"; };
  machines.one = big "one" { interfaces = [ { network = "lan"; mac = "52:54:00:00:00:01"; } ]; staticIPs = [ "192.168.7.5" ]; };
  machines.two = big "two" { extraConfig = ''<memoryBacking><hugepages/></memoryBacking>''; nixos = false; firmware = "uefi"; };
}
