--- an-octet-too-large ---
{ deployment = { name = "web"; cpus = 1; ram = 1024; nixos = false; staticIPs = [ { ips = [ "10.0.0.300" ]; } ]; }; }
# error[LNX0403] 1:101-1:104: "10.0.0.300" is not an IP address
#   here: an octet is at most 255

--- an-octet-with-a-letter ---
{ deployment = { name = "web"; cpus = 1; ram = 1024; nixos = false; staticIPs = [ { ips = [ "10.0.O.5" ]; } ]; }; }
# error[LNX0403] 1:99-1:100: "10.0.O.5" is not an IP address
#   here: an octet is a decimal number

--- three-octets ---
{ deployment = { name = "web"; cpus = 1; ram = 1024; nixos = false; staticIPs = [ { ips = [ "10.0.5" ]; } ]; }; }
# error[LNX0403] 1:94-1:100: "10.0.5" is not an IP address
#   here: four octets are needed, and there are 3

--- five-octets ---
{ deployment = { name = "web"; cpus = 1; ram = 1024; nixos = false; staticIPs = [ { ips = [ "10.0.0.5.1" ]; } ]; }; }
# error[LNX0403] 1:102-1:104: "10.0.0.5.1" is not an IP address
#   here: an IPv4 address has four octets

--- an-octet-with-a-leading-zero ---
{ deployment = { name = "web"; cpus = 1; ram = 1024; nixos = false; staticIPs = [ { ips = [ "10.0.0.05" ]; } ]; }; }
# error[LNX0403] 1:101-1:103: "10.0.0.05" is not an IP address
#   here: an octet has no leading zero: some programs take it for octal

--- an-address-with-its-prefix ---
{ deployment = { name = "web"; cpus = 1; ram = 1024; nixos = false; staticIPs = [ { ips = [ "10.0.0.5/24" ]; } ]; }; }
# error[LNX0403] 1:102-1:105: "10.0.0.5/24" is not an IP address
#   here: a prefix length is no part of an address
#   help: write `"10.0.0.5"` and `prefix = 24;`
#   fix (unsafe): 1:93-1:106 -> `"10.0.0.5"`

--- an-address-with-a-space ---
{ deployment = { name = "web"; cpus = 1; ram = 1024; nixos = false; staticIPs = [ { ips = [ "10.0.0.5 " ]; } ]; }; }
# error[LNX0403] 1:102-1:103: "10.0.0.5 " is not an IP address
#   here: an address has no space in it
#   help: write `"10.0.0.5"`
#   fix (safe): 1:93-1:104 -> `"10.0.0.5"`

--- an-address-in-a-interpolated-string ---
let
  prefix = "10.0.0";
in
{ deployment = { name = "web"; cpus = 1; ram = 1024; nixos = false; staticIPs = [ { ips = [ "${prefix}.999" ]; } ]; }; }
# error[LNX0403] 4:104-4:107: "10.0.0.999" is not an IP address
#   here: an octet is at most 255

--- two-mistaken-addresses ---
{ deployment = { name = "web"; cpus = 1; ram = 1024; nixos = false; staticIPs = [ { ips = [ "10.0.0.256" "10.0.0.6" "10.0.-1.7" ]; } ]; }; }
# error[LNX0403] 1:101-1:104: "10.0.0.256" is not an IP address
#   here: an octet is at most 255
# error[LNX0403] 1:123-1:125: "10.0.-1.7" is not an IP address
#   here: an octet is a decimal number

--- a-host-name-for-an-address ---
{ deployment = { name = "web"; cpus = 1; ram = 1024; nixos = false; staticIPs = [ { ips = [ "web.example.org" ]; } ]; }; }
# error[LNX0403] 1:94-1:109: "web.example.org" is not an IP address
#   here: a name, not an address
#   help: write the address that the name stands for

--- the-address-of-this-machine ---
{ deployment = { name = "web"; cpus = 1; ram = 1024; nixos = false; staticIPs = [ { ips = [ "127.0.0.1" ]; } ]; }; }
# error[LNX0403] 1:94-1:103: "127.0.0.1" is not an address that a machine can have
#   here: this address never leaves the machine that uses it

--- an-address-of-a-group ---
{ deployment = { name = "web"; cpus = 1; ram = 1024; nixos = false; staticIPs = [ { ips = [ "224.0.0.1" ]; } ]; }; }
# error[LNX0403] 1:94-1:103: "224.0.0.1" is not an address that a machine can have
#   here: this address is a group's

--- dhcp-for-an-address ---
{ deployment = { name = "web"; cpus = 1; ram = 1024; nixos = false; staticIPs = [ { ips = [ "dhcp" ]; } ]; }; }
# error[LNX0403] 1:94-1:98: "dhcp" is not an IP address
#   here: not an address
#   help: an interface that is not in `staticIPs` asks for its address: remove this

--- a-group-of-ipv6-too-long ---
{ deployment = { name = "web"; cpus = 1; ram = 1024; nixos = false; staticIPs = [ { ips = [ "fd00::12345" ]; } ]; }; }
# error[LNX0403] 1:100-1:105: "fd00::12345" is not an IP address
#   here: a group is up to four hexadecimal digits

--- a-letter-in-ipv6 ---
{ deployment = { name = "web"; cpus = 1; ram = 1024; nixos = false; staticIPs = [ { ips = [ "fd00::g" ]; } ]; }; }
# error[LNX0403] 1:100-1:101: "fd00::g" is not an IP address
#   here: a group is up to four hexadecimal digits

--- ipv6-with-two-gaps ---
{ deployment = { name = "web"; cpus = 1; ram = 1024; nixos = false; staticIPs = [ { ips = [ "fd00::1::2" ]; } ]; }; }
# error[LNX0403] 1:94-1:104: "fd00::1::2" is not an IP address
#   here: eight groups are needed; `::` stands once for groups of zeros

--- an-empty-address ---
{ deployment = { name = "web"; cpus = 1; ram = 1024; nixos = false; staticIPs = [ { ips = [ "" ]; } ]; }; }
# error[LNX0403] 1:93-1:95: "" is not an IP address
#   here: an address is not empty

--- a-mistaken-gateway ---
{ deployment = { name = "web"; cpus = 1; ram = 1024; nixos = false; staticIPs = [ { ips = [ "10.0.0.5" ]; gateway = "10.0.0.1l"; } ]; }; }
# error[LNX0403] 1:125-1:127: "10.0.0.1l" is not an IP address
#   here: an octet is a decimal number

--- a-mistaken-name-server ---
{ deployment = { name = "web"; cpus = 1; ram = 1024; nixos = false; staticIPs = [ { ips = [ "10.0.0.5" ]; dns = [ "1.1.1.1" "localhost" ]; } ]; }; }
# error[LNX0403] 1:126-1:135: "localhost" is not an IP address
#   here: a name, not an address
#   help: write the address that the name stands for

--- a-mac-with-a-letter ---
{ deployment = { name = "web"; cpus = 1; ram = 1024; nixos = false; interfaces = [ { network = "default"; mac = "52:54:00:12:34:5g"; } ]; }; }
# error[LNX0403] 1:129-1:131: "52:54:00:12:34:5g" is not a MAC address
#   here: an octet is two hexadecimal digits

--- a-mac-of-five-octets ---
{ deployment = { name = "web"; cpus = 1; ram = 1024; nixos = false; interfaces = [ { network = "default"; mac = "52:54:00:12:34"; } ]; }; }
# error[LNX0403] 1:114-1:128: "52:54:00:12:34" is not a MAC address
#   here: six octets are needed, and there are 5

--- a-mac-of-seven-octets ---
{ deployment = { name = "web"; cpus = 1; ram = 1024; nixos = false; interfaces = [ { network = "default"; mac = "52:54:00:12:34:56:78"; } ]; }; }
# error[LNX0403] 1:131-1:134: "52:54:00:12:34:56:78" is not a MAC address
#   here: a MAC address has six octets

--- a-mac-with-hyphens ---
{ deployment = { name = "web"; cpus = 1; ram = 1024; nixos = false; interfaces = [ { network = "default"; mac = "52-54-00-12-34-56"; } ]; }; }
# error[LNX0403] 1:114-1:131: "52-54-00-12-34-56" is not a MAC address
#   here: octets are separated by `:`
#   help: write `"52:54:00:12:34:56"`
#   fix (safe): 1:113-1:132 -> `"52:54:00:12:34:56"`

--- a-mac-without-separators ---
{ deployment = { name = "web"; cpus = 1; ram = 1024; nixos = false; interfaces = [ { network = "default"; mac = "525400123456"; } ]; }; }
# error[LNX0403] 1:114-1:126: "525400123456" is not a MAC address
#   here: octets are separated by `:`
#   help: write `"52:54:00:12:34:56"`
#   fix (safe): 1:113-1:127 -> `"52:54:00:12:34:56"`

--- a-mac-as-cisco-writes-it ---
{ deployment = { name = "web"; cpus = 1; ram = 1024; nixos = false; interfaces = [ { network = "default"; mac = "5254.0012.3456"; } ]; }; }
# error[LNX0403] 1:114-1:128: "5254.0012.3456" is not a MAC address
#   here: octets are separated by `:`
#   help: write `"52:54:00:12:34:56"`
#   fix (safe): 1:113-1:129 -> `"52:54:00:12:34:56"`

--- a-mac-with-one-digit ---
{ deployment = { name = "web"; cpus = 1; ram = 1024; nixos = false; interfaces = [ { network = "default"; mac = "52:54:0:12:34:56"; } ]; }; }
# error[LNX0403] 1:120-1:121: "52:54:0:12:34:56" is not a MAC address
#   here: an octet is two hexadecimal digits

--- a-multicast-mac ---
{ deployment = { name = "web"; cpus = 1; ram = 1024; nixos = false; interfaces = [ { network = "default"; mac = "53:54:00:12:34:56"; } ]; }; }
# error[LNX0403] 1:114-1:116: "53:54:00:12:34:56" is not a MAC address
#   here: an odd first octet makes it a group address, which no card can have
#   help: begin with `52:54:00`, which is QEMU's

--- a-broadcast-mac ---
{ deployment = { name = "web"; cpus = 1; ram = 1024; nixos = false; interfaces = [ { network = "default"; mac = "ff:ff:ff:ff:ff:ff"; } ]; }; }
# error[LNX0403] 1:114-1:116: "ff:ff:ff:ff:ff:ff" is not a MAC address
#   here: an odd first octet makes it a group address, which no card can have
#   help: begin with `52:54:00`, which is QEMU's

--- a-mac-that-libvirt-keeps ---
{ deployment = { name = "web"; cpus = 1; ram = 1024; nixos = false; interfaces = [ { network = "default"; mac = "fe:54:00:12:34:56"; } ]; }; }
# error[LNX0403] 1:114-1:116: "fe:54:00:12:34:56" is not a MAC address
#   here: libvirt keeps `fe` for its own end of the cable
#   help: begin with `52:54:00`, which is QEMU's

--- a-pci-id-with-a-colon-for-the-dot ---
{ deployment = { name = "web"; cpus = 1; ram = 1024; nixos = false; pciDevices = [ { id = "09:00:0"; } ]; }; }
# error[LNX0403] 1:97-1:98: "09:00:0" is not a PCI address
#   here: the function stands after a dot
#   help: write `"09:00.0"`
#   fix (safe): 1:91-1:100 -> `"09:00.0"`

--- a-pci-id-without-function ---
{ deployment = { name = "web"; cpus = 1; ram = 1024; nixos = false; pciDevices = [ { id = "09:00"; } ]; }; }
# error[LNX0403] 1:97-1:97: "09:00" is not a PCI address
#   here: the function is missing
#   help: write bus, slot and function as `lspci` does: `09:00.0`

--- a-pci-function-too-high ---
{ deployment = { name = "web"; cpus = 1; ram = 1024; nixos = false; pciDevices = [ { id = "09:00.8"; } ]; }; }
# error[LNX0401] 1:98-1:99: "09:00.8" is not a PCI address
#   here: the function is at most 7

--- a-pci-slot-too-high ---
{ deployment = { name = "web"; cpus = 1; ram = 1024; nixos = false; pciDevices = [ { id = "09:20.0"; } ]; }; }
# error[LNX0401] 1:95-1:97: "09:20.0" is not a PCI address
#   here: the slot is at most 1f

--- a-pci-bus-with-a-letter ---
{ deployment = { name = "web"; cpus = 1; ram = 1024; nixos = false; pciDevices = [ { id = "0g:00.0"; } ]; }; }
# error[LNX0403] 1:92-1:94: "0g:00.0" is not a PCI address
#   here: the bus is a hexadecimal number of up to 2 digits

--- a-vendor-id-for-a-pci-id ---
{ deployment = { name = "web"; cpus = 1; ram = 1024; nixos = false; pciDevices = [ { id = "10de:1b80"; } ]; }; }
# error[LNX0403] 1:92-1:101: "10de:1b80" is not a PCI address
#   here: this says what the device is, not where it is
#   help: `lspci -nn` shows where it is at the start of the line, such as `09:00.0`

--- a-pci-id-as-libvirt-calls-it ---
{ deployment = { name = "web"; cpus = 1; ram = 1024; nixos = false; pciDevices = [ { id = "pci_0000_09_00_0"; } ]; }; }
# error[LNX0403] 1:92-1:108: "pci_0000_09_00_0" is not a PCI address
#   here: this is libvirt's name of the device
#   help: write `"0000:09:00.0"`
#   fix (safe): 1:91-1:109 -> `"0000:09:00.0"`

--- a-name-with-an-underscore ---
{ deployment = { name = "web_1"; cpus = 1; ram = 1024; nixos = false; }; }
# error[LNX0404] 1:29-1:30: "web_1" is not a machine's name
#   here: only letters, digits and `-` can stand in a host name
#   help: write `"web-1"`
#   fix (unsafe): 1:25-1:32 -> `"web-1"`

--- a-name-with-a-space ---
{ deployment = { name = "my web"; cpus = 1; ram = 1024; nixos = false; }; }
# error[LNX0404] 1:28-1:29: "my web" is not a machine's name
#   here: only letters, digits and `-` can stand in a host name
#   help: write `"my-web"`
#   fix (unsafe): 1:25-1:33 -> `"my-web"`

--- a-name-with-a-dot ---
{ deployment = { name = "web.example.org"; cpus = 1; ram = 1024; nixos = false; }; }
# error[LNX0404] 1:29-1:30: "web.example.org" is not a machine's name
#   here: only letters, digits and `-` can stand in a host name
#   help: write `"web-example-org"`
#   fix (unsafe): 1:25-1:42 -> `"web-example-org"`

--- a-name-that-begins-with-a-hyphen ---
{ deployment = { name = "-web"; cpus = 1; ram = 1024; nixos = false; }; }
# error[LNX0404] 1:26-1:27: "-web" is not a machine's name
#   here: a name does not start with `-` or `.`
#   help: write `"web"`
#   fix (unsafe): 1:25-1:31 -> `"web"`

--- a-name-that-is-too-long ---
{ deployment = { name = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaabcdef"; cpus = 1; ram = 1024; nixos = false; }; }
# error[LNX0404] 1:89-1:94: "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa…" is not a machine's name
#   here: a host label has at most 63 characters

--- a-name-with-an-umlaut ---
{ deployment = { name = "büro"; cpus = 1; ram = 1024; nixos = false; }; }
# error[LNX0404] 1:27-1:28: "büro" is not a machine's name
#   here: only letters, digits and `-` can stand in a host name
#   help: write `"b-ro"`
#   fix (unsafe): 1:25-1:31 -> `"b-ro"`

--- an-empty-name ---
{ deployment = { name = ""; cpus = 1; ram = 1024; nixos = false; }; }
# error[LNX0404] 1:25-1:27: "" is not a machine's name
#   here: a name is not empty

--- an-attribute-that-is-no-host-name ---
{ machines.web_1.deployment = { cpus = 1; ram = 1024; nixos = false; }; }
# error[LNX0404] 1:12-1:17: "web_1" is not a machine's name
#   here: only letters, digits and `-` can stand in a host name
#   help: write `web-1`

--- a-quoted-attribute-that-is-no-host-name ---
{ machines."web.example.org".deployment = { cpus = 1; ram = 1024; nixos = false; }; }
# error[LNX0404] 1:12-1:29: "web.example.org" is not a machine's name
#   here: only letters, digits and `-` can stand in a host name
#   help: write `web-example-org`

--- a-name-of-digits ---
{ deployment = { name = "42"; cpus = 1; ram = 1024; nixos = false; }; }
# error[LNX0404] 1:26-1:28: "42" is not a machine's name
#   here: libvirt and ssh take a name of digits alone for a number or an address
#   help: begin with a letter: `vm-42`

--- a-name-that-morph-keeps ---
{ machines.network.deployment = { cpus = 1; ram = 1024; nixos = false; }; }
# error[LNX0404] 1:12-1:19: "network" is not a machine's name
#   here: morph gives the name `network` a meaning of its own
#   help: choose another name, such as `network-1`

--- a-uri-without-slashes ---
{ connection = "qemu"; machines.web.deployment = { cpus = 1; ram = 1024; nixos = false; }; }
# error[LNX0403] 1:17-1:21: "qemu" is not a libvirt URI
#   here: a URI begins with a driver and `://`
#   help: write `"qemu:///system"`
#   fix (unsafe): 1:16-1:22 -> `"qemu:///system"`

--- a-uri-with-two-slashes ---
{ connection = "qemu://system"; machines.web.deployment = { cpus = 1; ram = 1024; nixos = false; }; }
# error[LNX0403] 1:30-1:30: "qemu://system" is not a libvirt URI
#   here: the path is `/system` or `/session`
#   help: write three slashes: `"qemu:///system"`
#   fix (safe): 1:16-1:31 -> `"qemu:///system"`

--- a-uri-with-a-typo-in-the-driver ---
{ connection = "qmeu:///system"; machines.web.deployment = { cpus = 1; ram = 1024; nixos = false; }; }
# error[LNX0403] 1:17-1:21: "qmeu:///system" is not a libvirt URI
#   here: Launchnix knows libvirt's drivers `qemu` and `test`
#   help: did you mean `qemu`?
#   fix (unsafe): 1:16-1:32 -> `"qemu:///system"`

--- a-uri-of-another-driver ---
{ connection = "xen:///system"; machines.web.deployment = { cpus = 1; ram = 1024; nixos = false; }; }
# error[LNX0403] 1:17-1:20: "xen:///system" is not a libvirt URI
#   here: Launchnix knows libvirt's drivers `qemu` and `test`
#   help: for example `"qemu:///system"` or `"qemu+ssh://root@host/system"`

--- a-uri-with-a-typo-in-the-transport ---
{ connection = "qemu+shh://root@node1/system"; machines.web.deployment = { cpus = 1; ram = 1024; nixos = false; }; }
# error[LNX0403] 1:22-1:25: "qemu+shh://root@node1/system" is not a libvirt URI
#   here: not a transport of libvirt; did you mean `ssh`?
#   help: the transports are unix, ssh, tls, tcp, libssh, libssh2, ext

--- a-uri-with-a-typo-in-the-path ---
{ connection = "qemu+ssh://root@node1/sytem"; machines.web.deployment = { cpus = 1; ram = 1024; nixos = false; }; }
# error[LNX0403] 1:38-1:44: "qemu+ssh://root@node1/sytem" is not a libvirt URI
#   here: the path is `/system` or `/session`
#   help: did you mean `/system`?
#   fix (unsafe): 1:16-1:45 -> `"qemu+ssh://root@node1/system"`

--- a-uri-without-a-host ---
{ connection = "qemu+ssh:///system"; machines.web.deployment = { cpus = 1; ram = 1024; nixos = false; }; }
# error[LNX0403] 1:28-1:28: "qemu+ssh:///system" is not a libvirt URI
#   here: this transport needs a host
#   help: for example `"qemu:///system"` or `"qemu+ssh://root@host/system"`

--- an-ssh-address-for-a-uri ---
{ connection = "root@node1"; machines.web.deployment = { cpus = 1; ram = 1024; nixos = false; }; }
# error[LNX0403] 1:17-1:27: "root@node1" is not a libvirt URI
#   here: a URI begins with a driver and `://`
#   help: write `"qemu+ssh://root@node1/system"`
#   fix (unsafe): 1:16-1:28 -> `"qemu+ssh://root@node1/system"`

--- a-uri-with-a-mistaken-port ---
{ connection = "qemu+ssh://node1:99999/system"; machines.web.deployment = { cpus = 1; ram = 1024; nixos = false; }; }
# error[LNX0403] 1:34-1:39: "qemu+ssh://node1:99999/system" is not a libvirt URI
#   here: a port is a number from 1 to 65535

--- a-subnet-without-prefix ---
{ networks.lan.subnet = "10.20.0.0"; machines.web.deployment = { cpus = 1; ram = 1024; nixos = false; }; }
# error[LNX0403] 1:35-1:35: "10.20.0.0" is not an IPv4 network such as `10.20.0.0/24`
#   here: the prefix length is missing
#   help: write `"10.20.0.0/24"`
#   fix (unsafe): 1:25-1:36 -> `"10.20.0.0/24"`

--- a-subnet-with-host-bits ---
{ networks.lan.subnet = "10.20.0.1/24"; machines.web.deployment = { cpus = 1; ram = 1024; nixos = false; }; }
# error[LNX0403] 1:26-1:35: "10.20.0.1/24" is not an IPv4 network such as `10.20.0.0/24`
#   here: this is an address in a network, not the network's own
#   help: write `"10.20.0.0/24"`
#   fix (safe): 1:25-1:39 -> `"10.20.0.0/24"`

--- a-subnet-with-a-mask ---
{ networks.lan.subnet = "10.20.0.0/255.255.255.0"; machines.web.deployment = { cpus = 1; ram = 1024; nixos = false; }; }
# error[LNX0403] 1:36-1:49: "10.20.0.0/255.255.255.0" is not an IPv4 network such as `10.20.0.0/24`
#   here: a prefix length is a number from 8 to 30
#   help: write `"10.20.0.0/24"`
#   fix (safe): 1:25-1:50 -> `"10.20.0.0/24"`

--- a-subnet-with-an-octet-too-large ---
{ networks.lan.subnet = "10.256.0.0/24"; machines.web.deployment = { cpus = 1; ram = 1024; nixos = false; }; }
# error[LNX0403] 1:29-1:32: "10.256.0.0/24" is not an IPv4 network such as `10.20.0.0/24`
#   here: an octet is at most 255

--- a-subnet-of-ipv6 ---
{ networks.lan.subnet = "fd00::/64"; machines.web.deployment = { cpus = 1; ram = 1024; nixos = false; }; }
# error[LNX0403] 1:26-1:35: "fd00::/64" is not an IPv4 network such as `10.20.0.0/24`
#   here: only IPv4 networks are supported

--- a-bridge-name-that-is-too-long ---
{ deployment = { name = "web"; cpus = 1; ram = 1024; nixos = false; interfaces = [ { bridge = "bridge-of-the-office"; } ]; }; }
# error[LNX0404] 1:111-1:116: "bridge-of-the-office" is not a bridge's name
#   here: Linux names network devices with at most 15 characters

--- a-domain-with-an-underscore ---
{ networks.lan = { subnet = "10.20.0.0/24"; domain = "my_lan.example"; }; machines.web.deployment = { cpus = 1; ram = 1024; nixos = false; }; }
# error[LNX0403] 1:57-1:58: "my_lan.example" is not a DNS domain
#   here: only letters, digits and `-` can stand in a host name

--- an-empty-label-in-a-domain ---
{ networks.lan = { subnet = "10.20.0.0/24"; domain = "lan..example"; }; machines.web.deployment = { cpus = 1; ram = 1024; nixos = false; }; }
# error[LNX0403] 1:59-1:59: "lan..example" is not a DNS domain
#   here: a label between dots is not empty

--- an-image-file-as-physical-disk ---
{ deployment = { name = "web"; cpus = 1; ram = 1024; nixos = false; initialDisks.data.physicalDisk = "/var/lib/disk.img"; }; }
# error[LNX0403] 1:103-1:120: "/var/lib/disk.img" is not a block device of the hypervisor
#   here: a block device lives in `/dev`
#   help: for example `"/dev/disk/by-id/ata-Samsung_SSD_870_S5Y1"`; for an image file use `fromImage` or `fromBackup`

--- a-relative-physical-disk ---
{ deployment = { name = "web"; cpus = 1; ram = 1024; nixos = false; initialDisks.data.physicalDisk = "sda"; }; }
# error[LNX0403] 1:103-1:106: "sda" is not a block device of the hypervisor
#   here: a path on the hypervisor starts with `/`
#   help: for example `"/dev/disk/by-id/ata-Samsung_SSD_870_S5Y1"`

--- a-serial-that-is-too-long ---
{ deployment = { name = "web"; cpus = 1; ram = 1024; nixos = false; initialDisks.data = { size = 1; serial = "abcdefghijklmnopqrstuvw"; }; }; }
# error[LNX0403] 1:131-1:134: "abcdefghijklmnopqrstuvw" is not a disk's serial number
#   here: a virtio disk shows 20 characters of its serial number

--- a-serial-with-a-space ---
{ deployment = { name = "web"; cpus = 1; ram = 1024; nixos = false; initialDisks.data = { size = 1; serial = "my data"; }; }; }
# error[LNX0403] 1:113-1:114: "my data" is not a disk's serial number
#   here: only letters, digits, `-`, `_`, `.` and `+` can stand here

--- a-user-with-a-capital ---
{ deployment = { name = "web"; cpus = 1; ram = 1024; nixos = false; sshUser = "Jo@host"; }; }
# error[LNX0404] 1:82-1:87: "Jo@host" is not a user's name
#   here: the host is not a part of the user's name
#   help: write `"Jo"`
#   fix (unsafe): 1:79-1:88 -> `"Jo"`

--- a-pool-path-that-is-relative ---
{ pools.fast.path = "images"; machines.web.deployment = { cpus = 1; ram = 1024; nixos = false; storagePoolName = "fast"; }; }
# error[LNX0403] 1:22-1:28: "images" is not an absolute path on the hypervisor
#   here: a path on the hypervisor starts with `/`
#   help: for example `"/var/lib/libvirt/images"`

--- a-pool-path-in-the-home-directory ---
{ pools.fast.path = "~/images"; machines.web.deployment = { cpus = 1; ram = 1024; nixos = false; storagePoolName = "fast"; }; }
# error[LNX0403] 1:22-1:30: "~/images" is not an absolute path on the hypervisor
#   here: a path on the hypervisor starts with `/`
#   help: `~` means nothing there: write the whole path, for example `"/var/lib/libvirt/images"`

--- a-disk-called-cdrom ---
{ deployment = { name = "web"; cpus = 1; ram = 1024; nixos = false; initialDisks.cdrom.size = 1; }; }
# error[LNX0404] 1:82-1:87: "cdrom" is not a disk's name
#   here: `bootOrder` gives this word a meaning of its own
#   help: choose another name for the disk

--- a-mistake-in-an-indented-string ---
{
  deployment = {
    name = "web"; cpus = 1; ram = 1024; nixos = false;
    staticIPs = [ { ips = [ ''10.0.0.1000'' ]; } ];
  };
}
# error[LNX0403] 4:38-4:42: "10.0.0.1000" is not an IP address
#   here: an octet is at most 255

--- a-mistake-in-a-concatenation ---
{
  deployment = {
    name = "web"; cpus = 1; ram = 1024; nixos = false;
    staticIPs = [ { ips = [ ("10.0.0." + "512") ]; } ];
  };
}
# error[LNX0403] 4:43-4:46: "10.0.0.512" is not an IP address
#   here: an octet is at most 255

--- an-mdev-type-with-a-space ---
{ deployment = { name = "web"; cpus = 1; ram = 1024; nixos = false; vGPUType = "nvidia 288"; }; }
# error[LNX0403] 1:87-1:88: "nvidia 288" is not a type of mediated device
#   here: only letters, digits, `-`, `_` and `.` can stand here
#   help: the hypervisor lists its types in `/sys/class/mdev_bus/*/mdev_supported_types`

--- a-wrong-interface-name ---
{ deployment = { name = "web"; cpus = 1; ram = 1024; nixos = false; staticIPs = [ { ips = [ "10.0.0.5" ]; interface = "en/3"; } ]; }; }
# error[LNX0404] 1:122-1:123: "en/3" is not a network interface's name
#   here: only letters, digits, `-`, `_` and `.` can stand in the name of a network device
#   help: write `"en-3"`
#   fix (unsafe): 1:119-1:125 -> `"en-3"`

--- an-address-as-the-fleet-name ---
{ name = "my fleet"; machines.web.deployment = { cpus = 1; ram = 1024; nixos = false; }; }
# error[LNX0404] 1:13-1:14: "my fleet" is not a fleet's name
#   here: only letters, digits, `-`, `_` and `.` can stand in a name
#   help: write `"my-fleet"`
#   fix (unsafe): 1:10-1:20 -> `"my-fleet"`

--- xml-of-a-file ---
{
  machines.a.deployment = { cpus = 1; ram = 512; nixos = false; extraConfig = builtins.readFile ./a.xml; };
}
=== a.xml ===
<devices>
  <watchdog model="itco"></devices>
</devices>
# error[LNX0601] a.xml:2:3-2:12: in the XML of `extraConfig`: `<watchdog>` is not closed before `</devices>`
#   here: opened here
#   a.xml:2:26-2:36: ends the `<devices>` around it
#   help: add `</watchdog>`, or write `<watchdog/>` for an element without content

--- text-that-is-no-xml ---
{ deployment = { name = "a"; cpus = 1; ram = 1024; nixos = false; extraConfig = "no xml & no < tags; <acpi/> more"; }; }

# error[LNX0601] 1:82-1:95: in the XML of `extraConfig`: text stands outside of any element
#   here: belongs to no element
#   help: put it into an element (`<name>text</name>`), or remove it

--- text-between-elements-twice ---
{ deployment = { name = "a"; cpus = 1; ram = 1024; nixos = false; extraConfig = "<on_reboot>restart</on_reboot> one &amp; two <on_crash>destroy</on_crash> three"; }; }
# error[LNX0601] 1:113-1:126: in the XML of `extraConfig`: text stands outside of any element
#   here: belongs to no element
#   help: put it into an element (`<name>text</name>`), or remove it
# error[LNX0601] 1:156-1:161: in the XML of `extraConfig`: text stands outside of any element
#   here: belongs to no element
#   help: put it into an element (`<name>text</name>`), or remove it

--- quotes-in-a-string ---
{ machines.a.deployment = { cpus = 1; ram = 512; nixos = false; description = "he said "hi" to me"; }; }
# error[LNX0103] 1:89-1:91: undefined variable 'hi'
#   here: between two strings
#   help: a quote in a string is written `\"`

--- xml-with-a-byte-order-mark ---
{
  machines.a.deployment = { cpus = 1; ram = 512; nixos = false; extraConfig = "﻿<on_crash x>restart</on_crash>"; };
  machines.b.deployment = { cpus = 1; ram = 512; nixos = false; extraConfig = "﻿<on_crash x='>restart</on_crash>"; };
  machines.c.deployment = { cpus = 1; ram = 512; nixos = false; extraConfig = "﻿<on_crash>restart</on_crash>"; };
}
# error[LNX0601] 2:91-2:92: in the XML of `extraConfig`: the attribute `x` has no value
#   help: write `x="…"`
# error[LNX0601] 3:91-3:94: in the XML of `extraConfig`: the value of the attribute `x` has no closing quote
#   here: the quote is opened here
#   help: close the value with `'`; write `&lt;` where a `<` is meant

--- xml-goes-on-after-a-misspelt-end-tag ---
{
  machines.a.deployment = {
    cpus = 1;
    ram = 512;
    nixos = false;
    extraConfig = ''
      <memtune><hard_limt unit='GiB'>4</hard_limt></memtune>
      <devices><input type='tablet' bus='usb'/></devces>
      <clok offset='utc'/>
    '';
  };
}

# warning[LNX0603] 7:17-7:26: in the XML of `extraConfig`: `<memtune>` has no element `<hard_limt>`
#   here: did you mean `<hard_limit>`?
#   help: libvirt ignores what it does not know
#   fix (unsafe): 7:17-7:26 -> `hard_limit`
#   and: 7:41-7:50 -> `hard_limit`
# error[LNX0601] 8:48-8:57: in the XML of `extraConfig`: expected `</devices>`, found `</devces>`
#   here: `<devices>` is still open here
#   8:7-8:16: `<devices>` is opened here
#   help: did you mean `</devices>`?
#   fix (unsafe): 8:50-8:56 -> `devices`
# warning[LNX0603] 9:8-9:12: in the XML of `extraConfig`: `<domain>` has no element `<clok>`
#   here: did you mean `<clock>`?
#   help: libvirt ignores what it does not know
#   fix (unsafe): 9:8-9:12 -> `clock`

--- xml-goes-on-after-an-element-that-is-not-closed ---
{
  machines.a.deployment = {
    cpus = 1;
    ram = 512;
    nixos = false;
    extraConfig = ''
      <devices><input type='tablet' bus='usb'></devices>
      <clock offset='utc'><timer nam='hpet'/></clock>
    '';
  };
}

# error[LNX0601] 7:16-7:22: in the XML of `extraConfig`: `<input>` is not closed before `</devices>`
#   here: opened here
#   7:47-7:57: ends the `<devices>` around it
#   help: add `</input>`, or write `<input/>` for an element without content
# warning[LNX0603] 8:34-8:37: in the XML of `extraConfig`: `<timer>` has no attribute `nam`
#   here: did you mean `name`?
#   help: libvirt ignores what it does not know
#   fix (unsafe): 8:34-8:37 -> `name`

--- xml-elements-that-cross ---
{
  machines.a.deployment = {
    cpus = 1;
    ram = 512;
    nixos = false;
    extraConfig = ''
      <clock offset='utc'><timer nam='hpet'/></clock>
      <features><acpi></features></acpi>
    '';
  };
}

# error[LNX0601] 8:23-8:34: in the XML of `extraConfig`: expected `</acpi>`, found `</features>`
#   here: `<acpi>` is still open here
#   8:17-8:23: `<acpi>` is opened here
#   help: close `<acpi>` before `</features>`

--- xml-that-may-be-meant-to-stand-elsewhere ---
{
  machines.a.deployment = {
    cpus = 1;
    ram = 512;
    nixos = false;
    extraConfig = ''
      <devices/>
        <input type='tablet' bus='usb'/>
      </devices>
    '';
  };
}

# error[LNX0601] 9:7-9:17: in the XML of `extraConfig`: `</devices>` closes nothing: no element is open
#   help: remove it, or open the element with `<devices>` first

--- xml-whose-first-element-never-ends ---
{
  machines.a.deployment = {
    cpus = 1;
    ram = 512;
    nixos = false;
    extraConfig = ''
      <memtune><hard_limt>4</hard_limt></memtune>
      <devices><input type='tablet' bus='usb'/>
      <clock offset='utc'/>
    '';
  };
}
# warning[LNX0603] 7:17-7:26: in the XML of `extraConfig`: `<memtune>` has no element `<hard_limt>`
#   here: did you mean `<hard_limit>`?
#   help: libvirt ignores what it does not know
#   fix (unsafe): 7:17-7:26 -> `hard_limit`
#   and: 7:30-7:39 -> `hard_limit`
# error[LNX0601] 8:7-8:15: in the XML of `extraConfig`: `<devices>` is never closed
#   here: opened here
#   help: add `</devices>`, or write `<devices/>` for an element without content

--- text-that-a-fold-joins ---
let
  join = builtins.foldl' (text: part: text + part) "";
  panics = builtins.foldl' (text: model: text + "<panic modle='${model}'/>") "";
  dotted = builtins.foldl' (text: part: "${text}.${part}");
in
{
  machines.a.deployment = { cpus = 1; ram = 512; nixos = false; extraConfig = join [ "<devices>" "<panic modle='isa'/>" "<rng modle='virtio'/>" "</devices>" ]; };
  machines.b.deployment = { cpus = 1; ram = 512; nixos = false; extraConfig = "<devices>${panics [ "isa" "hyperv" ]}</devices>"; };
  machines.c.deployment = { cpus = 1; ram = 512; nixos = false; staticIPs = [ { ips = [ (dotted "10" [ "0" "300" "5" ]) (dotted "400" [ "0" "3" "5" ]) ]; } ]; };
}

# warning[LNX0603] 3:57-3:62: in the XML of `extraConfig`: `<panic>` has no attribute `modle`
#   here: did you mean `model`?
#   help: libvirt ignores what it does not know
#   fix (unsafe): 3:57-3:62 -> `model`
# warning[LNX0603] 7:106-7:111: in the XML of `extraConfig`: `<panic>` has no attribute `modle`
#   here: did you mean `model`?
#   help: libvirt ignores what it does not know
#   fix (unsafe): 7:106-7:111 -> `model`
# warning[LNX0603] 7:127-7:132: in the XML of `extraConfig`: `<rng>` has no attribute `modle`
#   here: did you mean `model`?
#   help: libvirt ignores what it does not know
#   fix (unsafe): 7:127-7:132 -> `model`
# error[LNX0403] 9:109-9:112: "10.0.300.5" is not an IP address
#   here: an octet is at most 255
#   4:41-4:58: in this string
# error[LNX0403] 9:130-9:133: "400.0.3.5" is not an IP address
#   here: an octet is at most 255
#   4:41-4:58: in this string

--- text-that-is-filled-in ---
let
  fill = builtins.replaceStrings [ "@model@" "@n@" ];
in
{
  machines.a.deployment = {
    cpus = 1; ram = 512; nixos = false;
    extraConfig = fill [ "isa" "" ] ''
      <devices>
        <panic modle='@model@'/>
      </devices>
    '';
    staticIPs = [ { ips = [ (fill [ "" "5" ] "10.0.256.@n@") (fill [ "" "500" ] "10.0.1.@n@") ]; } ];
  };
  machines.b.deployment = {
    cpus = 1; ram = 512; nixos = false;
    staticIPs = [ { ips = [ (builtins.substring 3 100 "ip=10.0.1.1234") ]; } ];
  };
}
# warning[LNX0603] 9:16-9:21: in the XML of `extraConfig`: `<panic>` has no attribute `modle`
#   here: did you mean `model`?
#   help: libvirt ignores what it does not know
#   fix (unsafe): 9:16-9:21 -> `model`
# error[LNX0403] 12:52-12:55: "10.0.256.5" is not an IP address
#   here: an octet is at most 255
# error[LNX0403] 12:74-12:77: "10.0.1.500" is not an IP address
#   here: an octet is at most 255
# error[LNX0403] 16:66-16:70: "10.0.1.1234" is not an IP address
#   here: an octet is at most 255

--- a-prefix-where-there-is-no-option-for-it ---
{
  networks.lan = { subnet = "10.0.0.0/24"; dhcp.end = "10.0.0.9/24"; };
  machines.web.deployment = { cpus = 1; ram = 512; nixos = false; interfaces = [ { network = "lan"; ip = "10.0.0.5/24"; } ]; graphics.listen = "10.0.0.1/24"; };
  machines.db.deployment = { cpus = 1; ram = 512; nixos = false; staticIPs = [ { ips = [ "10.0.0.6/24" "10.0.0.7/33" ]; gateway = "10.0.0.1/24"; } ]; };
}

# error[LNX0403] 2:64-2:67: "10.0.0.9/24" is not an IP address
#   here: a prefix length is no part of an address
#   help: write `"10.0.0.9"`
#   fix (unsafe): 2:55-2:68 -> `"10.0.0.9"`
# error[LNX0403] 3:115-3:118: "10.0.0.5/24" is not an IP address
#   here: a prefix length is no part of an address
#   help: write `"10.0.0.5"`
#   fix (unsafe): 3:106-3:119 -> `"10.0.0.5"`
# error[LNX0403] 3:153-3:156: "10.0.0.1/24" is not an IP address of the hypervisor
#   here: a prefix length is no part of an address
#   help: write `"10.0.0.1"`
#   fix (unsafe): 3:144-3:157 -> `"10.0.0.1"`
# error[LNX0403] 4:99-4:102: "10.0.0.6/24" is not an IP address
#   here: a prefix length is no part of an address
#   help: write `"10.0.0.6"` and `prefix = 24;`
#   fix (unsafe): 4:90-4:103 -> `"10.0.0.6"`
# error[LNX0403] 4:113-4:116: "10.0.0.7/33" is not an IP address
#   here: a prefix length is no part of an address
#   help: write `"10.0.0.7"`
#   fix (unsafe): 4:104-4:117 -> `"10.0.0.7"`
# error[LNX0403] 4:140-4:143: "10.0.0.1/24" is not an IP address
#   here: a prefix length is no part of an address
#   help: write `"10.0.0.1"`
#   fix (unsafe): 4:131-4:144 -> `"10.0.0.1"`

--- a-port-after-an-address ---
{ deployment = { name = "web"; cpus = 1; ram = 512; nixos = false; staticIPs = [ { ips = [ "10.0.0.5:22" ]; } ]; }; }

# error[LNX0403] 1:101-1:104: "10.0.0.5:22" is not an IP address
#   here: a port is no part of an address
#   help: write `"10.0.0.5"`
#   fix (unsafe): 1:92-1:105 -> `"10.0.0.5"`

--- ipv4-inside-of-ipv6 ---
{ deployment = { name = "web"; cpus = 1; ram = 512; nixos = false; staticIPs = [ { ips = [ "::ffff:10.0.0.300" ]; } ]; }; }
# error[LNX0403] 1:107-1:110: "::ffff:10.0.0.300" is not an IP address
#   here: an octet is at most 255

--- quotes-in-an-indented-string ---
{
  machines.a.deployment = {
    cpus = 1; ram = 512; nixos = false;
    extraConfig = ''
      <description>it''s a server</description>
    '';
  };
  machines.b.deployment = {
    cpus = 1; ram = 512; nixos = false;
    cloudInit.userData = ''
      #cloud-config
      runcmd: [ "echo ''hello''" ]
    '';
  };
  machines.c.deployment = { cpus = 0; ram = 512; nixos = false; };
}
# error[LNX0101] 5:22-5:24: this `''` ends the string, whose text goes on
#   here: the string ends here
#   help: two quotes inside of such a string are written `'''`
#   fix (unsafe): 5:22-5:24 -> `'''`
# error[LNX0101] 12:23-12:25: this `''` ends the string, whose text goes on
#   here: the string ends here
#   help: two quotes inside of such a string are written `'''`
#   fix (unsafe): 12:23-12:25 -> `'''`
#   and: 12:30-12:32 -> `'''`
# error[LNX0401] 15:36-15:37: `cpus` cannot be 0
#   here: must be at least 1
#   note: a machine has a CPU, and guests with more than 512 need a topology that Launchnix does not write
#   help: write a number from 1 to 512

--- quotes-in-a-short-indented-string ---
{
  machines.a.deployment = { cpus = 1; ram = 512; nixos = false; description = ''it''s a server''; };
  machines.b.deployment = { cpus = 0; ram = 512; nixos = false; };
}
# error[LNX0101] 2:83-2:85: this `''` ends the string, whose text goes on
#   here: the string ends here
#   help: two quotes inside of such a string are written `'''`
#   fix (unsafe): 2:83-2:85 -> `'''`
# error[LNX0401] 3:36-3:37: `cpus` cannot be 0
#   here: must be at least 1
#   note: a machine has a CPU, and guests with more than 512 need a topology that Launchnix does not write
#   help: write a number from 1 to 512

--- an-empty-text-in-a-script ---
{
  machines.a.deployment = {
    cpus = 1; ram = 512; nixos = false;
    cloudInit.userData = ''
      #!/bin/sh
      name='';
      echo ''${name}
    '';
    tags = [ ''a''"b" ];
  };
  machines.b.deployment = { cpus = 1; ram = 512; nixos = false; description = ''
    one line''; };
  machines.c.deployment = { cpus = 0; ram = 512; nixos = false; };
}
# error[LNX0101] 6:12-6:14: this `''` ends the string, whose text goes on
#   here: the string ends here
#   help: two quotes inside of such a string are written `'''`
#   fix (unsafe): 6:12-6:14 -> `'''`
# error[LNX0401] 13:36-13:37: `cpus` cannot be 0
#   here: must be at least 1
#   note: a machine has a CPU, and guests with more than 512 need a topology that Launchnix does not write
#   help: write a number from 1 to 512

--- strings-without-space-between ---
{ machines.a.deployment = { cpus = 1; ram = 512; nixos = false; tags = [''a''"b"''
  c'' "d"]; }; }
# fine

--- a-mistake-after-a-string-that-ends-in-a-line ---
{
  machines.a.deployment = {
    description = ''
      a server'';
    cpus = 1 ram = 512; nixos = false;
    tags = [ ''
      x
    '' ];
  };
}
# error[LNX0101] 5:13-5:13: syntax error, unexpected '=', expecting ';'
#   here: ';' is missing here
#   5:18-5:19: noticed here
#   help: add ';' after the expression before it
#   fix (unsafe): 5:13-5:13 -> `;`
# error[LNX0404] 7:8-8:1: "x\n" is not a tag
#   here: no space belongs here
#   help: write `"x"`

--- text-without-quotes ---
{
  machines.a.deployment = { cpus = 1; ram = 512; nixos = false; description = my web server; };
  machines.b.deployment = { cpus = 0; ram = 512; nixos = false; description = it's a "server"; };
  machines.c.deployment = { cpus = 1; ram = 512; nixos = false; description = web server; };
}
# error[LNX0103] 2:79-2:92: the text `my web server` is not in quotes
#   here: each of these words is a variable to Nix
#   help: write `"my web server"`
#   fix (unsafe): 2:79-2:92 -> `"my web server"`
# error[LNX0401] 3:36-3:37: `cpus` cannot be 0
#   here: must be at least 1
#   note: a machine has a CPU, and guests with more than 512 need a topology that Launchnix does not write
#   help: write a number from 1 to 512
# error[LNX0103] 3:79-3:94: the text `it's a "server"` is not in quotes
#   here: each of these words is a variable to Nix
#   help: write `"it's a \"server\""`
#   fix (unsafe): 3:79-3:94 -> `"it's a \"server\""`
# error[LNX0103] 4:79-4:89: the text `web server` is not in quotes
#   here: each of these words is a variable to Nix
#   help: write `"web server"`
#   fix (unsafe): 4:79-4:89 -> `"web server"`

--- functions-that-are-bound-nowhere ---
let server = 1; in
{
  machines.a.deployment = mkServer size;
  machines.b.deployment = mkBig (2 + server) { };
}
# error[LNX0103] 3:27-3:35: undefined variable 'mkServer'
#   here: not bound here
#   help: bind it with `let mkServer = …; in`, or take it as an argument
# error[LNX0103] 3:36-3:40: undefined variable 'size'
#   here: not bound here
#   help: bind it with `let size = …; in`, or take it as an argument
# error[LNX0103] 4:27-4:32: undefined variable 'mkBig'
#   here: not bound here
#   help: bind it with `let mkBig = …; in`, or take it as an argument

--- quotes-in-indented-strings-of-one-line ---
{
  machines.a.deployment = {
    cpus = 1; ram = 512; nixos = false;
    extraConfig = ''<description>it''s</description>'';
    description = ''
      say ''hi'' to all
      and ''${"x"}
      it'''s here'';
    tags = [ ''a'' "b" ''c'' ];
  };
  machines.b.deployment = { cpus = 0; ram = 512; nixos = false; };
}
# error[LNX0101] 4:36-4:38: this `''` ends the string, whose text goes on
#   here: the string ends here
#   help: two quotes inside of such a string are written `'''`
#   fix (unsafe): 4:36-4:38 -> `'''`
# error[LNX0101] 6:11-6:13: this `''` ends the string, whose text goes on
#   here: the string ends here
#   help: two quotes inside of such a string are written `'''`
#   fix (unsafe): 6:11-6:13 -> `'''`
#   and: 6:15-6:17 -> `'''`
# error[LNX0401] 11:36-11:37: `cpus` cannot be 0
#   here: must be at least 1
#   note: a machine has a CPU, and guests with more than 512 need a topology that Launchnix does not write
#   help: write a number from 1 to 512

--- a-mistake-after-several-indented-strings ---
{
  machines.a.deployment = {
    tags = [ ''a'' "b" ''c'' ];
    description = ''
      a '' + "b" + ''
      c
    '';
    cpus = 1 ram = 512; nixos = false;
  };
}
# error[LNX0101] 8:13-8:13: syntax error, unexpected '=', expecting ';'
#   here: ';' is missing here
#   8:18-8:19: noticed here
#   help: add ';' after the expression before it
#   fix (unsafe): 8:13-8:13 -> `;`

--- a-prefix-length-after-all-addresses ---
{ machines.a.deployment = { cpus = 1; ram = 512; nixos = false; graphics = { type = "vnc"; listen = "0.0.0.0/0"; }; }; }
# error[LNX0403] 1:109-1:111: "0.0.0.0/0" is not an IP address of the hypervisor
#   here: a prefix length is no part of an address
#   help: write `"0.0.0.0"`
#   fix (unsafe): 1:101-1:112 -> `"0.0.0.0"`

--- space-around-what-has-a-form ---
{ networks.lan.subnet = "10.0.0.0/24 "; machines.a.deployment = { cpus = 1; ram = 512; nixos = false; interfaces = [ { network = " lan"; mac = "52:54:00:12:34:56 "; } ]; pciDevices = [ "09:00.0 " { id = "09:00.1 "; } { id = "09:00.22"; } ]; }; }
# error[LNX0403] 1:37-1:38: "10.0.0.0/24 " is not an IPv4 network such as `10.20.0.0/24`
#   here: no space belongs here
#   help: write `"10.0.0.0/24"`
#   fix (safe): 1:25-1:39 -> `"10.0.0.0/24"`
# error[LNX0404] 1:131-1:132: " lan" is not a network's name
#   here: only letters, digits, `-`, `_` and `.` can stand in a name
#   help: write `"lan"`
#   fix (unsafe): 1:130-1:136 -> `"lan"`
# error[LNX0403] 1:162-1:163: "52:54:00:12:34:56 " is not a MAC address
#   here: no space belongs here
#   help: write `"52:54:00:12:34:56"`
#   fix (safe): 1:144-1:164 -> `"52:54:00:12:34:56"`
# error[LNX0301] 1:186-1:196: `pciDevices[0]` is a string, but must be a set
#   here: a string
#   help: write `{ id = "09:00.0 "; }`
#   fix (unsafe): 1:186-1:186 -> `{ id = `
#   and: 1:196-1:196 -> `; }`
# error[LNX0403] 1:212-1:213: "09:00.1 " is not a PCI address
#   here: no space belongs here
#   help: write `"09:00.1"`
#   fix (safe): 1:204-1:214 -> `"09:00.1"`
# error[LNX0403] 1:232-1:234: "09:00.22" is not a PCI address
#   here: the function is one hexadecimal digit

--- a-url-for-the-path-of-one ---
{ machines.a = { machine = { }; deployment = { cpus = 1; ram = 512; sshPubKeyPath = ./key.pub; healthChecks.http = [ { port = 80; path = "http://host:81/health"; } ]; }; }; }
# error[LNX0403] 1:139-1:153: "http://host:81/health" is not the path of a URL
#   here: the host has an option of its own
#   help: write `"/health"`; `scheme`, `host` and `port` say the rest
#   fix (unsafe): 1:138-1:161 -> `"/health"`

--- one-octet ---
{ machines.a.deployment = { cpus = 1; ram = 512; nixos = false; staticIPs = [ { ips = [ "10" ]; } ]; }; }
# error[LNX0403] 1:90-1:92: "10" is not an IP address
#   here: four octets are needed, and there is 1

--- xml-with-a-tag-that-is-not-closed-before-other-mistakes ---
{ deployment = { name = "a"; cpus = 1; ram = 1024; nixos = false; extraConfig = ''
  <devices>
    <watchdog model="i6300esb" action="reset"
  </devices>
  <memroy>4</memroy>
  <features><hyperv>
    <relaxed state="on/>
    <vapic state="onn"/>
  </hyperv></features>
''; }; }

# error[LNX0601] 3:5-3:46: in the XML of `extraConfig`: the tag `<watchdog` is not closed
#   here: no `>` before the next `<`
#   help: close the tag with `>`, or write `&lt;` where a `<` is meant
# warning[LNX0603] 5:4-5:10: in the XML of `extraConfig`: `<domain>` has no element `<memroy>`
#   here: did you mean `<memory>`?
#   help: libvirt ignores what it does not know
#   fix (unsafe): 5:4-5:10 -> `memory`
#   and: 5:14-5:20 -> `memory`
# error[LNX0601] 7:14-7:23: in the XML of `extraConfig`: the value of the attribute `state` has no closing quote
#   here: the quote is opened here
#   help: close the value with `"`; write `&lt;` where a `<` is meant
# warning[LNX0603] 8:18-8:23: in the XML of `extraConfig`: `state` of `<vapic>` cannot be `onn`
#   here: did you mean `on`?
#   help: libvirt takes `on` or `off`
#   fix (unsafe): 8:19-8:22 -> `on`

--- xml-with-commas-between-attributes ---
{ deployment = { name = "a"; cpus = 1; ram = 1024; nixos = false; initialDisks.boot = { size = 10000; extraXML = "<driver cache='none', io='nativ'/>"; }; }; }

# error[LNX0601] 1:135-1:136: in the XML of `initialDisks.boot.extraXML`: `,` does not belong into a tag here
#   help: remove the `,`: attributes are separated by spaces
# warning[LNX0603] 1:140-1:147: in the XML of `initialDisks.boot.extraXML`: `io` of `<driver>` cannot be `nativ`
#   here: did you mean `native`?
#   help: libvirt takes `threads`, `native` or `io_uring`
#   fix (unsafe): 1:141-1:146 -> `native`

--- xml-with-an-apostrophe-in-a-value ---
let
  event = who: "<sysinfo type='smbios'><system><entry name='family'>x</entry></system></sysinfo><metadata><a:b xmlns:a='urn:a' who='${who}'/></metadata>";
in
{ deployment = { name = "a"; cpus = 1; ram = 1024; nixos = false; extraConfig = event "it's me" + "<memroy/>"; }; }

# error[LNX0601] 4:90-4:91: in the XML of `extraConfig`: this `'` ends the value of the attribute `who`
#   2:139-2:140: the value goes on to here
#   help: write `&apos;` for a `'` in it, or put the value between `"`
# warning[LNX0603] 4:101-4:107: in the XML of `extraConfig`: `<domain>` has no element `<memroy>`
#   here: did you mean `<memory>`?
#   help: libvirt ignores what it does not know
#   fix (unsafe): 4:101-4:107 -> `memory`

--- xml-that-names-a-file ---
{ deployment = { name = "a"; cpus = 1; ram = 1024; nixos = false; extraConfig = "./a.xml"; }; }

# error[LNX0601] 1:82-1:89: in the XML of `extraConfig`: this is the name of a file, and not XML
#   help: read the file: `builtins.readFile ./a.xml`

--- xml-in-a-file-that-is-silenced-at-the-option ---
{ deployment = {
    name = "a"; cpus = 1; ram = 1024; nixos = false;
    extraConfig = builtins.readFile ./a.xml; # launchnix: allow(LNX0603)
    initialDisks.boot = { size = 10000; extraXML = builtins.readFile ./b.xml; };
}; }
=== a.xml ===
<memroy/>
=== b.xml ===
<drvier/>

# warning[LNX0603] b.xml:1:2-1:8: in the XML of `initialDisks.boot.extraXML`: `<disk>` has no element `<drvier>`
#   here: did you mean `<driver>`?
#   4:41-4:49: which is the XML of this option
#   help: libvirt ignores what it does not know

--- xml-that-silences-itself ---
{ deployment = { name = "a"; cpus = 1; ram = 1024; nixos = false; extraConfig = ''
  <title>x</title>
  <!-- launchnix: allow(LNX0603) -->
  <devices>
    <watchdgo model='i6300esb'/>
  </devices>
  <memroy/> <!-- launchnix: allow(LNX0603, LNX0702) -->
  <memroy/>
  <!-- launchnix: allow(LNX0601) -->
''; }; }

# warning[LNX0710] 7:44-7:51: there is no LNX0702 here to silence
#   here: silences nothing
#   help: remove it: it would hide a mistake that is made later
# warning[LNX0603] 8:4-8:10: in the XML of `extraConfig`: `<domain>` has no element `<memroy>`
#   here: did you mean `<memory>`?
#   help: libvirt ignores what it does not know
#   fix (unsafe): 8:4-8:10 -> `memory`
# warning[LNX0710] 9:25-9:32: LNX0601 is an error, which cannot be silenced
#   here: silences nothing
#   help: only warnings can be silenced: mend the mistake

--- xml-with-two-disks-of-one-name ---
{ deployment = { name = "a"; cpus = 1; ram = 1024; nixos = false;
    initialDisks.boot = { size = 100; extraXML = "<target dev='vdb'/>"; };
    initialDisks.data.size = 100;
    extraConfig = ''
      <devices>
        <disk type='file'><source file='/a'/><target dev='vdz'/></disk>
        <disk type='file'><source file='/b'/><target dev='vdz'/></disk>
        <disk type='file'><source file='/c'/></disk>
      </devices>
    '';
}; }

# error[LNX0602] 2:51-2:70: disks `boot` and `data` have the name `vdb` in the guest
#   here: given to one of them here
#   help: choose another name: Launchnix calls its own `vda`, `vdb` and so on
# error[LNX0602] 7:58-7:63: in the XML of `extraConfig`: two disks have the name `vdz`
#   here: given again here
#   6:58-6:63: given here first
#   help: give each disk a name of its own: Launchnix calls its own `vda`, `vdb` and so on
# error[LNX0602] 8:9-8:27: in the XML of `extraConfig`: a disk has no name in the guest
#   help: write `<target dev='vdb' bus='virtio'/>` with a name that no other disk has

--- xml-with-the-boot-order-of-the-machine ---
{ deployment = { name = "a"; cpus = 1; ram = 1024; nixos = false; diskSize = 20480; bootOrder = [ "boot" ];
    extraConfig = "<os><boot dev='hd'/></os>";
}; }

# warning[LNX0701] 1:97-1:107: `bootOrder` has no effect here
#   here: `<os>` in `extraConfig` says what to boot from
#   help: remove one of the two

--- xml-with-the-boot-order-of-its-devices ---
{ deployment = { name = "a"; cpus = 1; ram = 1024; nixos = false;
    extraConfig = "<devices><interface type='network'><mac address='52:54:00:00:00:01'/><source network='default'/><boot order='1'/></interface></devices>";
}; }

# fine

--- xml-with-text-where-none-belongs ---
{ deployment = { name = "a"; cpus = 1; ram = 1024; nixos = false;
    extraConfig = "<features>acpi</features><cpu>host-passthrough</cpu><clock>utc</clock><title>fine</title>";
}; }

# warning[LNX0603] 2:30-2:34: in the XML of `extraConfig`: `<features>` takes no text
#   here: libvirt ignores it
#   help: write an element: `<features><acpi/></features>`
# warning[LNX0603] 2:50-2:66: in the XML of `extraConfig`: `<cpu>` takes no text
#   here: libvirt ignores it
#   help: write `<cpu mode='host-passthrough'/>`
# warning[LNX0603] 2:79-2:82: in the XML of `extraConfig`: `<clock>` takes no text
#   here: libvirt ignores it
#   help: write `<clock offset='utc'/>`

--- xml-with-another-name-and-a-wrong-uuid ---
{ deployment = { name = "a"; cpus = 1; ram = 1024; nixos = false; extraConfig = "<name>other</name><uuid>xyz</uuid><memroy/>"; }; }
# error[LNX0602] 1:88-1:93: in the XML of `extraConfig`: `<name>` says `other`, but the machine is called `a`
#   1:25-1:28: its name comes from here
#   help: give the machine its name with the option `name`, or as the attribute of the machine
# error[LNX0602] 1:106-1:109: in the XML of `extraConfig`: `xyz` is not a UUID
#   help: leave `<uuid>` out: Launchnix gives each machine one that stays the same
# warning[LNX0603] 1:117-1:123: in the XML of `extraConfig`: `<domain>` has no element `<memroy>`
#   here: did you mean `<memory>`?
#   help: libvirt ignores what it does not know
#   fix (unsafe): 1:117-1:123 -> `memory`

--- what-stands-in-an-element-that-never-ends-is-looked-at ---
{
  machines.mail.deployment = {
    cpus = 1;
    ram = 512;
    nixos = false;
    extraConfig = ''
      <devices>
        <watchdog model='i6300esb' acton='reset'/>
        <os><bootmenu enabled='yes'/></os>
    '';
  };
}
# error[LNX0601] 7:7-7:15: in the XML of `extraConfig`: `<devices>` is never closed
#   here: opened here
#   help: add `</devices>`, or write `<devices/>` for an element without content
# warning[LNX0603] 8:36-8:41: in the XML of `extraConfig`: `<watchdog>` has no attribute `acton`
#   here: did you mean `action`?
#   help: libvirt ignores what it does not know
#   fix (unsafe): 8:36-8:41 -> `action`
# warning[LNX0603] 9:23-9:30: in the XML of `extraConfig`: `<bootmenu>` has no attribute `enabled`
#   here: did you mean `enable`?
#   help: libvirt ignores what it does not know
#   fix (unsafe): 9:23-9:30 -> `enable`
