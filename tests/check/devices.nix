--- one-vsock-id-for-two ---
{
  machines = {
    a.deployment = { cpus = 1; ram = 1024; nixos = false; vsock = 42; };
    b.deployment = { cpus = 1; ram = 1024; nixos = false; vsock = 42; };
  };
}
# error[LNX0502] 4:67-4:69: machines `a` and `b` both have the vsock context ID 42
#   here: used again here, by `b`
#   3:67-3:69: first used here, by `a`
#   help: give one of them another ID, or write `vsock = true;` for one that libvirt finds free

--- vsock-for-two-without-an-id ---
{
  defaults.deployment = { cpus = 1; ram = 1024; nixos = false; vsock = true; };
  machines = { a = { }; b = { }; };
}
# fine

--- a-vsock-id-of-the-hypervisor ---
{ deployment = { name = "web"; cpus = 1; ram = 1024; nixos = false; vsock = 2; }; }
# error[LNX0401] 1:77-1:78: `vsock` cannot be 2
#   here: must be at least 3
#   note: context IDs have 32 bits; 0 to 2 are the hypervisor's, and the last one means any
#   help: write a number from 3 to 4294967294

--- one-screen-port-for-two ---
{
  machines = {
    a.deployment = { cpus = 1; ram = 1024; nixos = false; graphics = { type = "vnc"; port = 5901; }; };
    b.deployment = { cpus = 1; ram = 1024; nixos = false; graphics = { type = "spice"; port = 5901; }; };
  };
}
# error[LNX0502] 4:95-4:99: machines `a` and `b` both have the port 5901
#   here: used again here, by `b`
#   3:93-3:97: first used here, by `a`
#   help: choose another port, or leave `port` out: libvirt finds one that is free

--- one-port-at-two-addresses ---
{
  machines = {
    a.deployment = { cpus = 1; ram = 1024; nixos = false; graphics = { port = 5901; listen = "192.0.2.1"; }; };
    b.deployment = { cpus = 1; ram = 1024; nixos = false; graphics = { port = 5901; listen = "192.0.2.2"; }; };
  };
}
# fine

--- one-port-at-all-addresses ---
{
  machines = {
    a.deployment = { cpus = 1; ram = 1024; nixos = false; graphics = { port = 5901; listen = "0.0.0.0"; }; };
    b.deployment = { cpus = 1; ram = 1024; nixos = false; graphics = { port = 5901; listen = "192.0.2.2"; }; };
  };
}
# error[LNX0502] 4:79-4:83: machines `a` and `b` both have the port 5901
#   here: used again here, by `b`
#   3:79-3:83: first used here, by `a`
#   help: choose another port, or leave `port` out: libvirt finds one that is free

--- a-screen-and-a-console-at-one-port ---
{
  machines = {
    a.deployment = { cpus = 1; ram = 1024; nixos = false; graphics = { port = 5910; }; };
    b.deployment = { cpus = 1; ram = 1024; nixos = false; serial.port = 5910; };
  };
}
# error[LNX0502] 4:73-4:77: machines `a` and `b` both have the port 5910
#   here: used again here, by `b`
#   3:79-3:83: first used here, by `a`
#   help: choose another port, or leave `port` out: libvirt finds one that is free

--- a-screen-port-below-qemus ---
{ deployment = { name = "web"; cpus = 1; ram = 1024; nixos = false; graphics.port = 80; }; }
# error[LNX0401] 1:85-1:87: `graphics.port` cannot be 80
#   here: must be at least 5900
#   note: QEMU counts its screens from port 5900, and TCP ends at port 65535
#   help: write a number from 5900 to 65535

--- graphics-with-a-typo ---
{ deployment = { name = "web"; cpus = 1; ram = 1024; nixos = false; graphics = "spcie"; }; }
# error[LNX0402] 1:80-1:87: `graphics` cannot be "spcie"
#   here: did you mean "spice"?
#   help: the values are
#         "none": no screen: the serial console is all
#         "vnc": what every viewer understands
#         "spice": with a clipboard that both sides share, and sound
#   fix (safe): 1:80-1:87 -> `"spice"`

--- graphics-is-true ---
{ deployment = { name = "web"; cpus = 1; ram = 1024; nixos = false; graphics = true; }; }
# error[LNX0301] 1:80-1:84: `graphics` is a Boolean, but must be `"none"`, `"vnc"`, `"spice"` or a set
#   here: a Boolean
#   help: write `"vnc"`
#   fix (unsafe): 1:80-1:84 -> `"vnc"`

--- a-name-for-a-listening-address ---
{ deployment = { name = "web"; cpus = 1; ram = 1024; nixos = false; graphics.listen = "localhost"; }; }
# error[LNX0403] 1:88-1:97: "localhost" is not an IP address of the hypervisor
#   here: a name, not an address
#   help: write `"127.0.0.1"`

--- one-usb-device-for-two ---
{
  machines = {
    a.deployment = { cpus = 1; ram = 1024; nixos = false; usbDevices = [ "046d:c52b" ]; };
    b.deployment = { cpus = 1; ram = 1024; nixos = false; usbDevices = [ { id = "046d:C52B"; } ]; };
  };
}
# error[LNX0502] 4:81-4:92: machines `a` and `b` both have the USB device 046d:c52b
#   here: used again here, by `b`
#   3:74-3:85: first used here, by `a`
#   help: a device can be in one machine at a time: give it to one of them

--- one-usb-device-is-no-list ---
{ deployment = { name = "web"; cpus = 1; ram = 1024; nixos = false; usbDevices = "046d:c52b"; }; }
# error[LNX0301] 1:82-1:93: `usbDevices` is a string, but must be a list, each element a USB device such as `"046d:c52b"`, or a set
#   here: a string
#   help: put it in a list: `usbDevices = [ "046d:c52b" ];`
#   fix (safe): 1:82-1:82 -> `[ `
#   and: 1:93-1:93 -> ` ]`

--- a-usb-device-with-a-letter ---
{ deployment = { name = "web"; cpus = 1; ram = 1024; nixos = false; usbDevices = [ "046d:c5zb" ]; }; }
# error[LNX0403] 1:90-1:94: "046d:c5zb" is not a USB device such as `046d:c52b` or `1.4`
#   here: the product is four hexadecimal digits
#   help: `lsusb` shows both: `Bus 001 Device 004: ID 046d:c52b` is `"046d:c52b"` or `"1.4"`

--- cpus-as-a-set-without-a-count ---
{ deployment = { name = "web"; cpus = { sockets = 1; cores = 2; }; ram = 1024; nixos = false; }; }
# error[LNX0303] 1:32-1:36: option `count` is missing in `cpus`
#   here: `count` must be set here
#   note: `count`: Number of virtual CPUs.
#   help: add `count = 2;`: sockets, cores and threads multiplied
#   fix (unsafe): 1:40-1:40 -> ` count = 2;`

--- cpus-as-a-set-with-a-typo ---
{ deployment = { name = "web"; cpus = { count = 2; coers = 2; }; ram = 1024; nixos = false; }; }
# error[LNX0302] 1:52-1:57: there is no option `coers` in `cpus`
#   here: did you mean `cores`?
#   help: `cores`: Number of cores of each socket.
#   fix (unsafe): 1:52-1:57 -> `cores`

--- cpu-mode-with-a-typo ---
{ deployment = { name = "web"; cpus = { count = 2; mode = "host-passthru"; }; ram = 1024; nixos = false; }; }
# error[LNX0402] 1:59-1:74: `cpus.mode` cannot be "host-passthru"
#   here: did you mean "host-passthrough"?
#   help: the values are
#         "host-passthrough": the hypervisor's own, with all that it can do; the guest cannot move to another kind of processor
#         "host-model": the model that is nearest to the hypervisor's own
#         "maximum": everything that the hypervisor, or QEMU without KVM, can offer
#         "custom": the one that `model` names
#   fix (unsafe): 1:59-1:74 -> `"host-passthrough"`

--- cores-belong-to-cpus ---
{ deployment = { name = "web"; cpus = 2; sockets = 2; ram = 1024; nixos = false; }; }
# error[LNX0302] 1:42-1:49: there is no option `sockets`
#   here: belongs to `cpus`
#   help: `sockets`: Number of sockets that the guest sees.

--- hugepages-of-a-wrong-size ---
{ deployment = { name = "web"; cpus = 1; ram = 1024; nixos = false; hugepages = 4; }; }
# error[LNX0401] 1:81-1:82: `hugepages` cannot be 4
#   here: must be 2 or 1024 MiB
#   note: x86-64 has large pages of 2 MiB and of 1 GiB
#   help: write `2` or `1024`, or `true` for what the hypervisor prefers

--- hugepages-as-text ---
{ deployment = { name = "web"; cpus = 1; ram = 1024; nixos = false; hugepages = "yes"; }; }
# error[LNX0301] 1:81-1:86: `hugepages` is a string, but must be `true`, `false` or the size of the pages in MiB
#   here: a string
#   help: write `true`
#   fix (safe): 1:81-1:86 -> `true`

--- tpm-as-a-number ---
{ deployment = { name = "web"; cpus = 1; ram = 1024; nixos = false; tpm = 2; }; }
# error[LNX0301] 1:75-1:76: `tpm` is an integer, but must be `true`, `false` or a set
#   here: an integer
#   help: for example `tpm = true;`

--- an-unknown-machine-type ---
{ deployment = { name = "web"; cpus = 1; ram = 1024; nixos = false; machineType = "q36"; }; }
# error[LNX0403] 1:84-1:87: "q36" is not a machine type of QEMU
#   here: Launchnix knows the machines `q35` and `pc` of x86-64
#   help: `"q35"` is today's, `"pc"` an old one; both with a version keep it: `"pc-q35-7.2"`

--- an-interface-with-an-address-elsewhere ---
{
  networks.lan.subnet = "10.20.0.0/24";
  machines.web.deployment = { cpus = 1; ram = 1024; nixos = false; interfaces = [ { network = "lan"; ip = "10.21.0.5"; } ]; };
}
# error[LNX0401] 3:107-3:118: 10.21.0.5 is not in network `lan`, which the machine is on
#   here: not in 10.20.0.0/24
#   2:25-2:39: network `lan` is 10.20.0.0/24
#   help: in network `lan` choose an address from 10.20.0.2 to 10.20.0.254

--- an-interface-with-the-hypervisors-address ---
{
  networks.lan.subnet = "10.20.0.0/24";
  machines.web.deployment = { cpus = 1; ram = 1024; nixos = false; interfaces = [ { network = "lan"; ip = "10.20.0.1"; } ]; };
}
# error[LNX0502] 3:107-3:118: 10.20.0.1 is the hypervisor's own address in network `lan`
#   here: given to a machine here
#   2:25-2:39: the first address of this network is the hypervisor's
#   help: choose another address of the network

--- an-interface-with-the-broadcast-address ---
{
  networks.lan.subnet = "10.20.0.0/25";
  machines.web.deployment = { cpus = 1; ram = 1024; nixos = false; interfaces = [ { network = "lan"; ip = "10.20.0.127"; } ]; };
}
# error[LNX0401] 3:107-3:120: 10.20.0.127 is the broadcast address of 10.20.0.0/25, not an address of a machine
#   here: the broadcast address itself
#   2:25-2:39: network `lan` is 10.20.0.0/25
#   help: choose an address from 10.20.0.2 to 10.20.0.126

--- an-interface-with-an-address-that-is-handed-out ---
{
  networks.lan = { subnet = "10.20.0.0/24"; dhcp = { start = "10.20.0.100"; end = "10.20.0.199"; }; };
  machines.web.deployment = { cpus = 1; ram = 1024; nixos = false; interfaces = [ { network = "lan"; ip = "10.20.0.150"; } ]; };
}
# error[LNX0502] 3:107-3:120: 10.20.0.150 is one of the addresses that network `lan` hands out
#   here: another machine may be given this address
#   2:62-2:75: what is handed out begins here
#   2:83-2:96: what is handed out ends here
#   help: choose an address that is not handed out, or make the range smaller

--- a-static-address-that-is-handed-out ---
{
  networks.lan = { subnet = "10.20.0.0/24"; dhcp.start = "10.20.0.100"; };
  machines.web.deployment = { cpus = 1; ram = 1024; nixos = false; staticIPs = [ { ips = [ "10.20.0.200" ]; } ]; };
}
# error[LNX0502] 3:92-3:105: 10.20.0.200 is one of the addresses that network `lan` hands out
#   here: another machine may be given this address
#   2:58-2:71: what is handed out begins here
#   help: choose an address that is not handed out, or make the range smaller

--- an-address-beside-what-is-handed-out ---
{
  networks.lan = { subnet = "10.20.0.0/24"; dhcp = { start = "10.20.0.100"; end = "10.20.0.199"; }; };
  machines.web.deployment = { cpus = 1; ram = 1024; nixos = false; interfaces = [ { network = "lan"; ip = "10.20.0.50"; } ]; };
}
# fine

--- an-address-of-an-interface-and-a-static-one ---
{
  networks.lan.subnet = "10.20.0.0/24";
  machines = {
    a.deployment = { cpus = 1; ram = 1024; nixos = false; interfaces = [ { network = "lan"; ip = "10.20.0.5"; } ]; };
    b.deployment = { cpus = 1; ram = 1024; nixos = false; staticIPs = [ { ips = [ "10.20.0.5" ]; } ]; };
  };
}
# error[LNX0502] 5:83-5:94: machines `a` and `b` both have the address 10.20.0.5
#   here: used again here, by `b`
#   4:98-4:109: first used here, by `a`
#   help: give one of them another address

--- handing-out-addresses-of-another-network ---
{
  networks.lan = { subnet = "10.20.0.0/24"; dhcp = { start = "10.21.0.100"; end = "10.21.0.199"; }; };
  machines.web.deployment = { cpus = 1; ram = 1024; nixos = false; };
}
# error[LNX0401] 2:62-2:75: `dhcp.start` of network `lan` is not an address of it
#   here: no machine in 10.20.0.0/24 can have this address
#   2:29-2:43: network `lan` is 10.20.0.0/24
#   help: choose an address of the network
# error[LNX0401] 2:83-2:96: `dhcp.end` of network `lan` is not an address of it
#   here: no machine in 10.20.0.0/24 can have this address
#   2:29-2:43: network `lan` is 10.20.0.0/24
#   help: choose an address of the network

--- handing-out-addresses-backwards ---
{
  networks.lan = { subnet = "10.20.0.0/24"; dhcp = { start = "10.20.0.199"; end = "10.20.0.100"; }; };
  machines.web.deployment = { cpus = 1; ram = 1024; nixos = false; };
}
# error[LNX0401] 2:83-2:96: `dhcp` of network `lan` ends before it starts
#   here: the end
#   2:62-2:75: the start is after it
#   help: exchange the two

--- handing-out-the-hypervisors-address ---
{
  networks.lan = { subnet = "10.20.0.0/24"; dhcp = { start = "10.20.0.1"; end = "10.20.0.100"; }; };
  machines.web.deployment = { cpus = 1; ram = 1024; nixos = false; };
}
# error[LNX0401] 2:62-2:73: `dhcp` of network `lan` hands out the hypervisor's own address
#   here: 10.20.0.1 is the hypervisor's
#   help: start after it

--- a-bridge-and-a-device-of-the-hypervisor ---
{ deployment = { name = "web"; cpus = 1; ram = 1024; nixos = false; interfaces = [ { bridge = "br0"; direct = "enp3s0"; } ]; }; }
# error[LNX0501] 1:111-1:119: `bridge` and `direct` exclude each other
#   here: `direct` is set here
#   1:95-1:100: `bridge` is set here
#   note: an interface is plugged in at one place
#   help: remove one of the two

--- a-shared-folder-that-is-relative ---
{ deployment = { name = "web"; cpus = 1; ram = 1024; nixos = false; sharedFolders.media = "media"; }; }
# error[LNX0403] 1:92-1:97: "media" is not an absolute path on the hypervisor
#   here: a path on the hypervisor starts with `/`
#   help: for example `"/var/lib/libvirt/images"`

--- cloud-init-that-is-not-there ---
{ deployment = { name = "web"; cpus = 1; ram = 1024; nixos = false; initialDisks.boot.fromImage = ./images/debian-12.qcow2; cloudInit.userData = ./user-data.yaml; }; }
# error[LNX0901] 1:146-1:162: the file of `cloudInit.userData` does not exist: user-data.yaml
#   here: no such file
#   help: create the file, or name one that exists

--- a-secret-that-is-not-there ---
{ machines.web = { deployment = { cpus = 1; ram = 1024; sshPubKeyPath = ./key.pub; secrets.db = { source = ./db-password; destination = "/run/db"; }; }; machine = { }; }; }
# error[LNX0901] 1:108-1:121: the file of `secrets.db.source` does not exist: db-password
#   here: no such file
#   help: create the file, or name one that exists

--- the-path-of-a-disk-for-its-name ---
{ machines.a.deployment = { cpus = 1; ram = 512; nixos = false; initialDisks.data.size = 100; bootOrder = [ "initialDisks.data" "initialDisks.other" ]; }; }
# error[LNX0503] 1:109-1:128: there is no disk `initialDisks.data`
#   here: did you mean `data`?
#   note: there is `data`, `PXE` and `cdrom`
#   help: declare the disk: `initialDisks.data = { size = 20480; };`
#   fix (unsafe): 1:109-1:128 -> `"data"`
# error[LNX0503] 1:129-1:149: there is no disk `initialDisks.other`
#   here: no such disk
#   note: there is `data`, `PXE` and `cdrom`
#   help: declare the disk: `initialDisks.other = { size = 20480; };`

--- a-disk-that-cannot-be-called-cdrom ---
{ machines.a.deployment = { cpus = 1; ram = 512; nixos = false; initialDisks.cdrom.size = 1000; bootOrder = [ "cdrom" ]; }; }
# error[LNX0404] 1:78-1:83: "cdrom" is not a disk's name
#   here: `bootOrder` gives this word a meaning of its own
#   help: choose another name for the disk

--- two-mistakes-in-pinned-cpus ---
{ machines.a.deployment = { cpus = { count = 2; pin = { "4" = "1"; x = "2"; }; }; ram = 512; nixos = false; }; }
# error[LNX0503] 1:57-1:60: there is no virtual CPU 4: the machine has 2
#   here: pinned here
#   1:46-1:47: the number of CPUs
#   help: they are numbered from 0
# error[LNX0403] 1:68-1:69: "x" is not the number of a virtual CPU
#   here: virtual CPUs are numbered from 0
#   help: for example `pin = { "0" = "2-3"; };`

--- checks-that-are-empty ---
{ machines.a = { machine = { }; deployment = { cpus = 1; ram = 512; sshPubKeyPath = ./key.pub; healthChecks = { cmd = [ { cmd = [ ]; } { cmd = [ "" ]; } ]; http = [ { port = 80; headers.Host = "a\nb"; } ]; }; }; }; }
# error[LNX0401] 1:129-1:132: a command of `healthChecks.cmd` is empty
#   here: no program is named here
#   help: name the program and its arguments, for example `[ "systemctl" "is-active" "nginx" ]`
# error[LNX0401] 1:146-1:148: a command of `healthChecks.cmd` is empty
#   here: the program has no name
#   help: name the program and its arguments, for example `[ "systemctl" "is-active" "nginx" ]`
# error[LNX0403] 1:187-1:191: the header `Host` has a control character in it
#   here: a header is one line
#   help: write it without line breaks
