--- subnets-overlap ---
{
  networks = { lan.subnet = "10.20.0.0/16"; dmz.subnet = "10.20.5.0/24"; };
  machines.web.deployment = { cpus = 1; ram = 1024; nixos = false; interfaces = [ { network = "lan"; } ]; };
}
# error[LNX0502] 2:58-2:72: networks `dmz` and `lan` share addresses
#   here: 10.20.5.0/24 overlaps
#   2:29-2:43: with 10.20.0.0/16
#   help: give each network addresses of its own

--- one-subnet-for-three ---
{
  networks = { a.subnet = "10.20.0.0/24"; b.subnet = "10.20.0.0/24"; c.subnet = "10.20.0.0/24"; };
  machines.web.deployment = { cpus = 1; ram = 1024; nixos = false; interfaces = [ { network = "a"; } ]; };
}
# error[LNX0502] 2:81-2:95: networks `a`, `b` and `c` share addresses
#   here: 10.20.0.0/24 overlaps
#   2:27-2:41: with 10.20.0.0/24
#   2:54-2:68: with 10.20.0.0/24
#   help: give each network addresses of its own

--- one-bridge-for-two-networks ---
{
  networks = { a = { subnet = "10.20.0.0/24"; bridge = "br1"; }; b = { subnet = "10.21.0.0/24"; bridge = "br1"; }; };
  machines.web.deployment = { cpus = 1; ram = 1024; nixos = false; interfaces = [ { network = "a"; } ]; };
}
# error[LNX0502] 2:106-2:111: networks `a` and `b` have one bridge
#   here: used again here
#   2:56-2:61: used here, by `a`
#   help: give each network a bridge of its own, or leave `bridge` to libvirt

--- one-directory-for-two-pools ---
{
  pools = { a.path = "/var/lib/vm"; b.path = "/var/lib/vm/"; };
  machines.web.deployment = { cpus = 1; ram = 1024; nixos = false; };
}
# error[LNX0502] 2:46-2:60: pools `a` and `b` have one directory
#   here: used again here
#   2:22-2:35: used here, by `a`
#   help: give each pool a directory of its own

--- an-address-outside-of-its-network ---
{
  networks.lan.subnet = "10.20.0.0/24";
  machines.web.deployment = { cpus = 1; ram = 1024; nixos = false; staticIPs = [ { ips = [ "10.21.0.5" ]; } ]; };
}
# error[LNX0401] 3:92-3:103: 10.21.0.5 is not in network `lan`, which the machine is on
#   here: not in 10.20.0.0/24
#   2:25-2:39: network `lan` is 10.20.0.0/24
#   help: in network `lan` choose an address from 10.20.0.2 to 10.20.0.254

--- an-address-outside-of-the-network-of-its-interface ---
{
  networks = { lan.subnet = "10.20.0.0/24"; dmz.subnet = "10.30.0.0/24"; };
  machines.web.deployment = {
    cpus = 1; ram = 1024; nixos = false;
    interfaces = [ { network = "dmz"; } ];
    staticIPs = [ { ips = [ "10.20.0.5" ]; } ];
  };
}
# error[LNX0401] 6:29-6:40: 10.20.0.5 is not in network `dmz`, which the machine is on
#   here: not in 10.30.0.0/24
#   2:58-2:72: network `dmz` is 10.30.0.0/24
#   help: in network `dmz` choose an address from 10.30.0.2 to 10.30.0.254

--- the-hypervisors-own-address ---
{
  networks.lan.subnet = "10.20.0.0/24";
  machines.web.deployment = { cpus = 1; ram = 1024; nixos = false; staticIPs = [ { ips = [ "10.20.0.1" ]; } ]; };
}
# error[LNX0502] 3:92-3:103: 10.20.0.1 is the hypervisor's own address in network `lan`
#   here: given to a machine here
#   2:25-2:39: the first address of this network is the hypervisor's
#   help: choose another address of the network

--- the-broadcast-address-of-the-network ---
{
  networks.lan.subnet = "10.20.0.0/24";
  machines.web.deployment = { cpus = 1; ram = 1024; nixos = false; staticIPs = [ { ips = [ "10.20.0.255" ]; } ]; };
}
# error[LNX0401] 3:92-3:105: 10.20.0.255 is the broadcast address of 10.20.0.0/24, not an address of a machine
#   here: the broadcast address itself
#   help: choose an address from 10.20.0.1 to 10.20.0.254

--- an-address-on-one-of-two-interfaces ---
{
  networks = { lan.subnet = "10.20.0.0/24"; dmz.subnet = "10.30.0.0/24"; };
  machines.web.deployment = {
    cpus = 1; ram = 1024; nixos = false;
    interfaces = [ { network = "lan"; } { network = "dmz"; } ];
    staticIPs = [ { ips = [ "10.20.0.5" ]; } { interface = "ens4"; ips = [ "10.30.0.5" ]; } ];
  };
}
# fine

--- a-bridged-network-with-a-subnet ---
{
  networks.lan = { mode = "bridge"; bridge = "br0"; subnet = "10.20.0.0/24"; };
  machines.web.deployment = { cpus = 1; ram = 1024; nixos = false; };
}
# warning[LNX0701] 2:62-2:76: `subnet` has no effect here
#   here: a network in mode "bridge" has the addresses of what it is bridged to
#   help: remove it, or choose another mode

--- a-network-of-the-name-of-a-typo ---
{
  networks.lan.subnet = "10.20.0.0/24";
  machines.web.deployment = { cpus = 1; ram = 1024; nixos = false; interfaces = [ { network = "lna"; } ]; };
}
# error[LNX0503] 3:95-3:100: there is no network `lna`
#   here: did you mean `lan`?
#   note: there is `lan` and `default`
#   help: declare the network: `networks."lna".subnet = "10.20.0.0/24";`
#   fix (unsafe): 3:95-3:100 -> `"lan"`

--- a-network-that-nobody-declares ---
{ machines.web.deployment = { cpus = 1; ram = 1024; nixos = false; interfaces = [ { network = "office"; } ]; }; }
# error[LNX0503] 1:95-1:103: there is no network `office`
#   here: no such network
#   note: there is `default`
#   help: declare the network: `networks."office".subnet = "10.20.0.0/24";`

--- a-network-in-another-case ---
{
  networks.lan.subnet = "10.20.0.0/24";
  machines.web.deployment = { cpus = 1; ram = 1024; nixos = false; interfaces = [ { network = "LAN"; } ]; };
}
# error[LNX0503] 3:95-3:100: there is no network `LAN`
#   here: did you mean `lan`?
#   note: there is `lan` and `default`
#   help: declare the network: `networks."LAN".subnet = "10.20.0.0/24";`
#   fix (unsafe): 3:95-3:100 -> `"lan"`

--- a-network-in-error-is-declared ---
{
  networks.lan.subnet = "10.20.0.0/240";
  machines.web.deployment = { cpus = 1; ram = 1024; nixos = false; interfaces = [ { network = "lan"; } ]; staticIPs = [ { ips = [ "10.20.0.5" ]; } ]; };
}
# error[LNX0403] 2:36-2:39: "10.20.0.0/240" is not an IPv4 network such as `10.20.0.0/24`
#   here: a prefix length is a number from 8 to 30

--- several-networks-and-no-interfaces ---
{
  networks = { lan.subnet = "10.20.0.0/24"; dmz.subnet = "10.30.0.0/24"; };
  machines.web.deployment = { cpus = 1; ram = 1024; nixos = false; };
}
# fine

--- an-unused-pool-name ---
{ pools.fast.path = "/var/lib/fast"; machines.web.deployment = { cpus = 1; ram = 1024; nixos = false; storagePoolName = "fsat"; }; }
# error[LNX0503] 1:121-1:127: there is no storage pool `fsat`
#   here: did you mean `fast`?
#   note: there is `fast` and `default`
#   help: declare the pool: `pools."fsat".path = "/var/lib/fsat";`
#   fix (unsafe): 1:121-1:127 -> `"fast"`

--- a-pool-that-nobody-declares ---
{ deployment = { name = "web"; cpus = 1; ram = 1024; nixos = false; initialDisks.data = { size = 1; pool = "ssd"; }; }; }
# error[LNX0503] 1:108-1:113: there is no storage pool `ssd`
#   here: no such storage pool
#   note: there is `default`
#   help: declare the pool: `pools."ssd".path = "/var/lib/ssd";`

--- a-pool-from-defaults-that-nobody-declares ---
{
  defaults.deployment = { cpus = 1; ram = 1024; nixos = false; storagePoolName = "ssd"; };
  machines = { a = { }; b = { }; c = { }; };
}
# error[LNX0503] 2:82-2:87: there is no storage pool `ssd`
#   here: no such storage pool
#   note: there is `default`
#   note: this concerns machines `a`, `b` and `c`
#   help: declare the pool: `pools."ssd".path = "/var/lib/ssd";`

--- a-boot-order-that-names-no-disk ---
{ deployment = { name = "web"; cpus = 1; ram = 1024; initialDisks.games.size = 1; bootOrder = [ "gamse" ]; }; }
# error[LNX0503] 1:97-1:104: there is no disk `gamse`
#   here: did you mean `games`?
#   note: there is `games`, `PXE` and `cdrom`
#   help: declare the disk: `initialDisks.gamse = { size = 20480; };`
#   fix (unsafe): 1:97-1:104 -> `"games"`

--- a-boot-order-with-hd ---
{ deployment = { name = "web"; cpus = 1; ram = 1024; diskSize = 1024; bootOrder = [ "hd" ]; }; }
# error[LNX0503] 1:85-1:89: there is no disk `hd`
#   here: did you mean `boot`?
#   note: there is `boot`, `PXE` and `cdrom`
#   help: declare the disk: `initialDisks.hd = { size = 20480; };`
#   fix (unsafe): 1:85-1:89 -> `"boot"`

--- a-boot-order-with-network ---
{ deployment = { name = "web"; cpus = 1; ram = 1024; diskSize = 1024; bootOrder = [ "network" "boot" ]; }; }
# error[LNX0503] 1:85-1:94: there is no disk `network`
#   here: did you mean `PXE`?
#   note: there is `boot`, `PXE` and `cdrom`
#   help: declare the disk: `initialDisks.network = { size = 20480; };`
#   fix (unsafe): 1:85-1:94 -> `"PXE"`

--- a-boot-order-without-boot-disk ---
{ deployment = { name = "web"; cpus = 1; ram = 1024; bootOrder = [ "boot" ]; }; }
# error[LNX0503] 1:68-1:74: there is no disk `boot`
#   here: no such disk
#   note: there is `PXE` and `cdrom`
#   help: set `diskSize`, or declare the disk: `initialDisks.boot = { size = 20480; };`

--- a-boot-order-without-a-cd ---
{ deployment = { name = "web"; cpus = 1; ram = 1024; diskSize = 1024; bootOrder = [ "cdrom" "boot" ]; }; }
# error[LNX0503] 1:85-1:92: the machine has no CD to boot from
#   here: boots from the installation medium
#   help: set `installationMedia`, or remove "cdrom"

--- a-boot-order-without-a-network ---
{ deployment = { name = "web"; cpus = 1; ram = 1024; diskSize = 1024; interfaces = [ ]; bootOrder = [ "PXE" ]; }; }
# error[LNX0503] 1:103-1:108: the machine has no interface to boot from
#   here: boots from the network
#   help: add an interface to `interfaces`, or remove "PXE"

--- a-misspelt-disk-is-not-missing-too ---
{ deployment = { name = "web"; cpus = 1; ram = 1024; initialDisk.games.size = 1; bootOrder = [ "games" ]; }; }
# error[LNX0302] 1:54-1:65: there is no option `initialDisk`
#   here: did you mean `initialDisks`?
#   help: `initialDisks`: Disks of the machine by name; `boot` is the boot disk.
#   fix (safe): 1:54-1:65 -> `initialDisks`

--- an-address-of-ipv6-on-a-network-of-ipv4 ---
{ networks.lan.subnet = "10.0.0.0/24"; machines.web.deployment = { cpus = 1; ram = 512; nixos = false; interfaces = [ { network = "lan"; ip = "fd00::5"; } ]; }; }

# error[LNX0401] 1:143-1:152: fd00::5 is not in network `lan`, which the machine is on
#   here: an IPv6 address
#   1:25-1:38: network `lan` is 10.0.0.0/24
#   help: choose an address from 10.0.0.2 to 10.0.0.254

--- a-gateway-of-ipv6-for-an-address-of-ipv4 ---
{ deployment = { name = "web"; cpus = 1; ram = 512; nixos = false; staticIPs = [ { ips = [ "10.0.1.5" ]; gateway = "fd00::1"; } ]; }; }

# error[LNX0401] 1:116-1:125: the gateway fd00::1 cannot be reached from this interface
#   here: an IPv6 address, but the interface has none
#   help: name a router in the same network, or correct `prefix`

--- a-gateway-of-ipv6-that-cannot-be-reached ---
{ deployment = { name = "web"; cpus = 1; ram = 512; nixos = false; staticIPs = [ { ips = [ "10.0.1.5" "fd00::5" ]; gateway = "fd01::1"; } ]; }; }

# error[LNX0401] 1:126-1:135: the gateway fd01::1 cannot be reached from this interface
#   here: not in fd00::/64
#   1:103-1:112: this address is in fd00::/64
#   help: name a router in the same network, or correct `prefix`

--- gateways-of-ipv6 ---
{ machines.a.deployment = { cpus = 1; ram = 512; nixos = false; staticIPs = [ { ips = [ "fd00::5" ]; gateway = "fe80::1"; } ]; }; machines.b.deployment = { cpus = 1; ram = 512; nixos = false; staticIPs = [ { ips = [ "fd00::6" ]; gateway = "fd00::1"; } ]; }; }

# fine

--- dhcp-ends-at-the-hypervisor ---
{ networks.b = { subnet = "10.0.1.0/24"; dhcp.end = "10.0.1.1"; }; machines.web.deployment = { cpus = 1; ram = 512; nixos = false; }; }

# error[LNX0401] 1:53-1:63: `dhcp` of network `b` ends before it starts
#   here: it starts at 10.0.1.2, after the hypervisor's own address
#   help: choose an address from 10.0.1.2

--- dhcp-starts-at-the-hypervisor ---
{ networks.b = { subnet = "10.0.1.0/24"; dhcp.start = "10.0.1.1"; }; machines.web.deployment = { cpus = 1; ram = 512; nixos = false; }; }

# error[LNX0401] 1:55-1:65: `dhcp` of network `b` hands out the hypervisor's own address
#   here: 10.0.1.1 is the hypervisor's
#   help: start after it

--- dhcp-has-one-address ---
{ networks.b = { subnet = "10.0.1.0/24"; dhcp.end = "10.0.1.2"; }; machines.web.deployment = { cpus = 1; ram = 512; nixos = false; }; }
# fine

--- an-address-outside-and-its-gateway ---
{
  networks.lan.subnet = "10.40.0.0/24";
  machines.web.deployment = {
    cpus = 1; ram = 512; nixos = false;
    interfaces = [ { network = "lan"; } ];
    staticIPs = [ { ips = [ "10.40.1.12" ]; gateway = "10.40.0.1"; } ];
  };
}
# error[LNX0401] 6:29-6:41: 10.40.1.12 is not in network `lan`, which the machine is on
#   here: not in 10.40.0.0/24
#   2:25-2:39: network `lan` is 10.40.0.0/24
#   help: in network `lan` choose an address from 10.40.0.2 to 10.40.0.254

--- a-guest-behind-a-bridge-with-an-address-of-its-interface ---
# launchnix: allow(LNX0702)
{ deployment = { name = "a"; cpus = 1; ram = 1024; interfaces = [ { bridge = "br0"; ip = "192.168.5.5"; } ]; }; machine = { }; }

# fine

--- a-guest-on-a-device-of-the-hypervisor ---
# launchnix: allow(LNX0702)
{ deployment = { name = "a"; cpus = 1; ram = 1024; interfaces = [ { direct = "eth0"; } ]; }; machine = { }; }

# warning[LNX0708] 2:78-2:84: the address of this NixOS guest may change at each start
#   here: a DHCP server behind this device hands it out
#   note: morph and ssh reach a machine at its address
#   help: give the guest an address of its own: `staticIPs = [ { ips = [ "192.168.1.10" ]; gateway = "192.168.1.1"; } ];`

--- addresses-behind-a-bridged-network-with-a-subnet ---
{ networks.lan = { mode = "bridge"; bridge = "br0"; subnet = "10.0.0.0/24"; };
  machines.web.deployment = { cpus = 1; ram = 512; nixos = false; staticIPs = [ { ips = [ "192.168.1.5" "10.0.0.1" ]; } ]; };
}
# warning[LNX0701] 1:62-1:75: `subnet` has no effect here
#   here: a network in mode "bridge" has the addresses of what it is bridged to
#   help: remove it, or choose another mode
