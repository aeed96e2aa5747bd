--- no-cpu ---
{ deployment = { name = "web"; cpus = 0; ram = 1024; nixos = false; }; }
# error[LNX0401] 1:39-1:40: `cpus` cannot be 0
#   here: must be at least 1
#   note: a machine has a CPU, and guests with more than 512 need a topology that Launchnix does not write
#   help: write a number from 1 to 512

--- negative-cpus ---
{ deployment = { name = "web"; cpus = -2; ram = 1024; nixos = false; }; }
# error[LNX0401] 1:39-1:41: `cpus` cannot be -2
#   here: must be at least 1
#   note: a machine has a CPU, and guests with more than 512 need a topology that Launchnix does not write
#   help: write a number from 1 to 512

--- too-many-cpus ---
{ deployment = { name = "web"; cpus = 4096; ram = 1024; nixos = false; }; }
# error[LNX0401] 1:39-1:43: `cpus` cannot be 4096
#   here: must be at most 512
#   note: a machine has a CPU, and guests with more than 512 need a topology that Launchnix does not write
#   help: write a number from 1 to 512

--- no-ram ---
{ deployment = { name = "web"; cpus = 1; ram = 0; nixos = false; }; }
# error[LNX0401] 1:48-1:49: `ram` cannot be 0
#   here: must be at least 1 MiB
#   note: QEMU's machines address at most 16 TiB; sizes are in MiB, not in bytes
#   help: write a number from 1 to 16777216

--- ram-in-bytes ---
{ deployment = { name = "web"; cpus = 1; ram = 4294967296; nixos = false; }; }
# error[LNX0401] 1:48-1:58: `ram` cannot be 4294967296
#   here: must be at most 16777216 MiB
#   note: QEMU's machines address at most 16 TiB; sizes are in MiB, not in bytes
#   help: 4294967296 bytes are 4096 MiB: write `4096`
#   fix (unsafe): 1:48-1:58 -> `4096`

--- ram-in-kibibytes ---
{ deployment = { name = "web"; cpus = 1; ram = 33554432; nixos = false; }; }
# error[LNX0401] 1:48-1:56: `ram` cannot be 33554432
#   here: must be at most 16777216 MiB
#   note: QEMU's machines address at most 16 TiB; sizes are in MiB, not in bytes
#   help: 33554432 bytes are 32 MiB: write `32`
#   fix (unsafe): 1:48-1:56 -> `32`

--- ram-computed-in-bytes ---
{ deployment = { name = "web"; cpus = 1; ram = 8 * 1024 * 1024 * 1024; nixos = false; }; }
# error[LNX0401] 1:48-1:70: `ram` cannot be 8589934592
#   here: must be at most 16777216 MiB
#   note: QEMU's machines address at most 16 TiB; sizes are in MiB, not in bytes
#   help: 8589934592 bytes are 8192 MiB: write `8192`
#   fix (unsafe): 1:48-1:70 -> `8192`

--- disk-size-of-zero ---
{ deployment = { name = "web"; cpus = 1; ram = 1024; nixos = false; diskSize = 0; }; }
# error[LNX0401] 1:80-1:81: `diskSize` cannot be 0
#   here: must be at least 1 MiB
#   note: 64 TiB is more than a file of a storage pool holds; sizes are in MiB, not in bytes
#   help: write a number from 1 to 67108864

--- disk-size-in-bytes ---
{ deployment = { name = "web"; cpus = 1; ram = 1024; nixos = false; initialDisks.data.size = 107374182400; }; }
# error[LNX0401] 1:94-1:106: `initialDisks.data.size` cannot be 107374182400
#   here: must be at most 67108864 MiB
#   note: 64 TiB is more than a file of a storage pool holds; sizes are in MiB, not in bytes
#   help: 107374182400 bytes are 102400 MiB: write `102400`
#   fix (unsafe): 1:94-1:106 -> `102400`

--- port-zero ---
{ deployment = { name = "web"; cpus = 1; ram = 1024; nixos = false; sshPort = 0; }; }
# error[LNX0401] 1:79-1:80: `sshPort` cannot be 0
#   here: must be at least 1
#   note: TCP has the ports 1 to 65535
#   help: write a number from 1 to 65535

--- port-too-high ---
{ deployment = { name = "web"; cpus = 1; ram = 1024; nixos = false; sshPort = 65536; }; }
# error[LNX0401] 1:79-1:84: `sshPort` cannot be 65536
#   here: must be at most 65535
#   note: TCP has the ports 1 to 65535
#   help: write a number from 1 to 65535

--- prefix-zero ---
{ deployment = { name = "web"; cpus = 1; ram = 1024; nixos = false; staticIPs = [ { ips = [ "10.0.0.5" ]; prefix = 0; } ]; }; }
# error[LNX0401] 1:116-1:117: `staticIPs[0].prefix` cannot be 0
#   here: must be at least 1
#   note: an IPv4 address has 32 bits, an IPv6 address 128
#   help: write a number from 1 to 128

--- prefix-too-long-for-ipv4 ---
{ deployment = { name = "web"; cpus = 1; ram = 1024; nixos = false; staticIPs = [ { ips = [ "10.0.0.5" ]; prefix = 64; } ]; }; }
# error[LNX0401] 1:116-1:118: `prefix` cannot be 64 for an IPv4 address
#   here: must be at most 32
#   1:93-1:103: an IPv4 address has 32 bits
#   help: give IPv4 and IPv6 addresses in two elements of `staticIPs`

--- prefix-too-long ---
{ deployment = { name = "web"; cpus = 1; ram = 1024; nixos = false; staticIPs = [ { ips = [ "fd00::5" ]; prefix = 129; } ]; }; }
# error[LNX0401] 1:115-1:118: `staticIPs[0].prefix` cannot be 129
#   here: must be at most 128
#   note: an IPv4 address has 32 bits, an IPv6 address 128
#   help: write a number from 1 to 128

--- the-network-address-itself ---
{ deployment = { name = "web"; cpus = 1; ram = 1024; nixos = false; staticIPs = [ { ips = [ "10.0.0.0" ]; } ]; }; }
# error[LNX0401] 1:93-1:103: 10.0.0.0 is the network of 10.0.0.0/24, not an address of a machine
#   here: the network itself
#   help: choose an address from 10.0.0.1 to 10.0.0.254

--- the-broadcast-address ---
{ deployment = { name = "web"; cpus = 1; ram = 1024; nixos = false; staticIPs = [ { ips = [ "10.0.0.255" ]; } ]; }; }
# error[LNX0401] 1:93-1:105: 10.0.0.255 is the broadcast address of 10.0.0.0/24, not an address of a machine
#   here: the broadcast address itself
#   help: choose an address from 10.0.0.1 to 10.0.0.254

--- the-broadcast-address-of-a-small-network ---
{ deployment = { name = "web"; cpus = 1; ram = 1024; nixos = false; staticIPs = [ { ips = [ "10.0.0.7" ]; prefix = 29; } ]; }; }
# error[LNX0401] 1:93-1:103: 10.0.0.7 is the broadcast address of 10.0.0.0/29, not an address of a machine
#   here: the broadcast address itself
#   1:116-1:118: with this prefix length
#   help: choose an address from 10.0.0.1 to 10.0.0.6

--- no-address-at-all ---
{ deployment = { name = "web"; cpus = 1; ram = 1024; nixos = false; staticIPs = [ { ips = [ ]; } ]; }; }
# error[LNX0401] 1:91-1:94: the interface has no address
#   here: `ips` is empty
#   help: add an address to `ips`, or remove this element of `staticIPs`

--- a-gateway-in-another-network ---
{ deployment = { name = "web"; cpus = 1; ram = 1024; nixos = false; staticIPs = [ { ips = [ "10.0.0.5" ]; gateway = "10.0.1.1"; } ]; }; }
# error[LNX0401] 1:117-1:127: the gateway 10.0.1.1 cannot be reached from this interface
#   here: not in 10.0.0.0/24
#   1:93-1:103: this address is in 10.0.0.0/24
#   help: name a router in the same network, or correct `prefix`

--- a-gateway-of-another-family ---
{ deployment = { name = "web"; cpus = 1; ram = 1024; nixos = false; staticIPs = [ { ips = [ "fd00::5" ]; gateway = "10.0.0.1"; } ]; }; }
# error[LNX0401] 1:116-1:126: the gateway 10.0.0.1 cannot be reached from this interface
#   here: an IPv4 address, but the interface has none
#   help: name a router in the same network, or correct `prefix`

--- the-machine-is-its-own-gateway ---
{ deployment = { name = "web"; cpus = 1; ram = 1024; nixos = false; staticIPs = [ { ips = [ "10.0.0.5" ]; gateway = "10.0.0.5"; } ]; }; }
# error[LNX0501] 1:117-1:127: the machine is its own gateway
#   here: the gateway
#   1:93-1:103: the machine's own address
#   help: name the router of the network

--- a-subnet-too-small ---
{ networks.lan.subnet = "10.20.0.0/31"; machines.web.deployment = { cpus = 1; ram = 1024; nixos = false; }; }
# error[LNX0401] 1:36-1:38: "10.20.0.0/31" is not an IPv4 network such as `10.20.0.0/24`
#   here: a prefix length from 8 to 30 leaves room for a gateway and a guest

--- bytes-in-quotes ---
{ deployment = { name = "web"; cpus = 1; ram = "4294967296"; nixos = false; }; }

# error[LNX0301] 1:48-1:60: `ram` is a string, but must be an integer
#   here: a string
#   help: `ram` is in MiB: 4294967296 bytes are 4096 MiB: write `4096`
#   fix (unsafe): 1:48-1:60 -> `4096`

--- more-memory-than-there-can-be-in-quotes ---
{ deployment = { name = "web"; cpus = 1; ram = "99T"; nixos = false; }; }

# error[LNX0301] 1:48-1:53: `ram` is a string, but must be an integer
#   here: a string
#   help: `ram` is in MiB: write a whole number from 1 to 16777216 without quotes

--- no-memory-in-quotes ---
{ deployment = { name = "web"; cpus = "0"; ram = "0"; nixos = false; hugepages = "3"; vsock = "1"; }; }

# error[LNX0301] 1:39-1:42: `cpus` is a string, but must be an integer (the number of CPUs) or a set
#   here: a string
#   help: write a whole number from 1 to 512 without quotes
# error[LNX0301] 1:50-1:53: `ram` is a string, but must be an integer
#   here: a string
#   help: `ram` is in MiB: write a whole number from 1 to 16777216 without quotes
# error[LNX0301] 1:82-1:85: `hugepages` is a string, but must be `true`, `false` or the size of the pages in MiB
#   here: a string
#   help: `hugepages` is in MiB: write `2` or `1024`
# error[LNX0301] 1:95-1:98: `vsock` is a string, but must be `true`, `false` or a context ID
#   here: a string
#   help: write a whole number from 3 to 4294967294 without quotes

--- hugepages-in-quotes ---
{ deployment = { name = "web"; cpus = 1; ram = 512; nixos = false; hugepages = "2"; }; }

# error[LNX0301] 1:80-1:83: `hugepages` is a string, but must be `true`, `false` or the size of the pages in MiB
#   here: a string
#   help: `hugepages` is in MiB: write `2`
#   fix (safe): 1:80-1:83 -> `2`

--- no-memory-with-a-point ---
{ deployment = { name = "web"; cpus = 0.0; ram = 99999999.0; nixos = false; }; }
# error[LNX0301] 1:39-1:42: `cpus` is a float, but must be an integer (the number of CPUs) or a set
#   here: a float
#   help: write a whole number from 1 to 512 without quotes
# error[LNX0301] 1:50-1:60: `ram` is a float, but must be an integer
#   here: a float
#   help: write a whole number from 1 to 16777216 without quotes

--- no-second-between-attempts ---
{ machines.a = { machine = { }; deployment = { cpus = 1; ram = 512; sshPubKeyPath = ./key.pub; healthChecks.cmd = [ { cmd = [ "x" ]; period = 0; } ]; }; }; }
# error[LNX0401] 1:143-1:144: `healthChecks.cmd[0].period` cannot be 0
#   here: must be at least 1 second
#   note: an attempt each second is plenty, and one a day too few
#   help: write a number from 1 to 86400
