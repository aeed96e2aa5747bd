--- one-name-for-two ---
{
  machines = {
    a.deployment = { name = "web"; cpus = 1; ram = 1024; nixos = false; };
    b.deployment = { name = "web"; cpus = 1; ram = 1024; nixos = false; };
  };
}
# error[LNX0502] 4:29-4:34: machines `a` and `b` both are called `web`
#   here: used again here, by `b`
#   3:29-3:34: first used here, by `a`
#   help: give one of them another name

--- one-name-in-another-case ---
{
  machines = {
    web.deployment = { cpus = 1; ram = 1024; nixos = false; };
    Web.deployment = { cpus = 1; ram = 1024; nixos = false; };
  };
}
# error[LNX0502] 4:5-4:8: machines `web` and `Web` both are called `web`
#   here: used again here, by `Web`
#   3:5-3:8: first used here, by `web`
#   help: give one of them another name

--- a-name-that-is-another-attribute ---
{
  machines = {
    web.deployment = { cpus = 1; ram = 1024; nixos = false; };
    db.deployment = { name = "web"; cpus = 1; ram = 1024; nixos = false; };
  };
}
# error[LNX0502] 4:30-4:35: machines `web` and `db` both are called `web`
#   here: used again here, by `db`
#   3:5-3:8: first used here, by `web`
#   help: give one of them another name

--- one-name-for-three ---
{
  machines = {
    a.deployment = { name = "web"; cpus = 1; ram = 1024; nixos = false; };
    b.deployment = { name = "web"; cpus = 1; ram = 1024; nixos = false; };
    c.deployment = { name = "web"; cpus = 1; ram = 1024; nixos = false; };
  };
}
# error[LNX0502] 5:29-5:34: 3 machines are called `web`
#   here: used again here, by `c`
#   3:29-3:34: first used here, by `a`
#   4:29-4:34: used here, by `b`
#   help: give one of them another name

--- one-mac-for-two ---
{
  machines = {
    a.deployment = { cpus = 1; ram = 1024; nixos = false; interfaces = [ { network = "default"; mac = "52:54:00:00:00:0a"; } ]; };
    b.deployment = { cpus = 1; ram = 1024; nixos = false; interfaces = [ { network = "default"; mac = "52:54:00:00:00:0A"; } ]; };
  };
}
# error[LNX0502] 4:103-4:122: machines `a` and `b` both have the MAC address 52:54:00:00:00:0a
#   here: used again here, by `b`
#   3:103-3:122: first used here, by `a`
#   help: change one, or remove `mac`: an interface without it gets an address of its own

--- one-mac-in-defaults ---
{
  defaults.deployment = { cpus = 1; ram = 1024; nixos = false; interfaces = [ { network = "default"; mac = "52:54:00:00:00:0a"; } ]; };
  machines = { a = { }; b = { }; };
}
# error[LNX0502] 2:108-2:127: machines `a` and `b` both have the MAC address 52:54:00:00:00:0a
#   here: this is shared by the machines `a` and `b`
#   3:16-3:17: machine `a`
#   3:25-3:26: machine `b`
#   help: change one, or remove `mac`: an interface without it gets an address of its own

--- one-mac-for-two-on-two-hypervisors ---
{
  machines = {
    a.deployment = { connection = "qemu+ssh://one/system"; cpus = 1; ram = 1024; nixos = false; interfaces = [ { network = "default"; mac = "52:54:00:00:00:0a"; } ]; };
    b.deployment = { connection = "qemu+ssh://two/system"; cpus = 1; ram = 1024; nixos = false; interfaces = [ { network = "default"; mac = "52:54:00:00:00:0a"; } ]; };
  };
}
# fine

--- one-address-for-two ---
{
  machines = {
    a.deployment = { cpus = 1; ram = 1024; nixos = false; staticIPs = [ { ips = [ "10.0.0.5" ]; } ]; };
    b.deployment = { cpus = 1; ram = 1024; nixos = false; staticIPs = [ { ips = [ "10.0.0.6" "10.0.0.5" ]; } ]; };
  };
}
# error[LNX0502] 4:94-4:104: machines `a` and `b` both have the address 10.0.0.5
#   here: used again here, by `b`
#   3:83-3:93: first used here, by `a`
#   help: give one of them another address

--- one-ipv6-address-in-two-spellings ---
{
  machines = {
    a.deployment = { cpus = 1; ram = 1024; nixos = false; staticIPs = [ { ips = [ "fd00::5" ]; } ]; };
    b.deployment = { cpus = 1; ram = 1024; nixos = false; staticIPs = [ { ips = [ "fd00:0:0::5" ]; } ]; };
  };
}
# error[LNX0502] 4:83-4:96: machines `a` and `b` both have the address fd00::5
#   here: used again here, by `b`
#   3:83-3:92: first used here, by `a`
#   help: give one of them another address

--- one-address-for-two-from-a-function ---
let
  mkVm = address: { deployment = { cpus = 1; ram = 1024; nixos = false; staticIPs = [ { ips = [ address ]; } ]; }; };
in
{
  machines = {
    a = mkVm "10.0.0.5";
    b = mkVm "10.0.0.6";
    c = mkVm "10.0.0.5";
  };
}
# error[LNX0502] 8:14-8:24: machines `a` and `c` both have the address 10.0.0.5
#   here: used again here, by `c`
#   6:14-6:24: first used here, by `a`
#   help: give one of them another address

--- one-device-for-two ---
{
  machines = {
    a.deployment = { cpus = 1; ram = 1024; nixos = false; pciDevices = [ { id = "09:00.0"; } ]; };
    b.deployment = { cpus = 1; ram = 1024; nixos = false; pciDevices = [ { id = "0000:09:00.0"; } ]; };
  };
}
# error[LNX0502] 4:81-4:95: machines `a` and `b` both have the PCI device 0000:09:00.0
#   here: used again here, by `b`
#   3:81-3:90: first used here, by `a`
#   help: a device can be in one machine at a time: give it to one of them

--- one-device-for-three ---
{
  machines = {
    a.deployment = { cpus = 1; ram = 1024; nixos = false; pciDevices = [ { id = "09:00.0"; } ]; };
    b.deployment = { cpus = 1; ram = 1024; nixos = false; pciDevices = [ { id = "0000:09:00.0"; } ]; };
    c.deployment = { cpus = 1; ram = 1024; nixos = false; pciDevices = [ { id = "9:0.0"; } ]; };
  };
}
# error[LNX0502] 5:81-5:88: 3 machines have the PCI device 0000:09:00.0
#   here: used again here, by `c`
#   3:81-3:90: first used here, by `a`
#   4:81-4:95: used here, by `b`
#   help: a device can be in one machine at a time: give it to one of them

--- one-device-on-two-hypervisors ---
{
  machines = {
    a.deployment = { connection = "qemu+ssh://one/system"; cpus = 1; ram = 1024; nixos = false; pciDevices = [ { id = "09:00.0"; } ]; };
    b.deployment = { connection = "qemu+ssh://two/system"; cpus = 1; ram = 1024; nixos = false; pciDevices = [ { id = "09:00.0"; } ]; };
  };
}
# fine

--- one-device-with-the-usual-hypervisor-named ---
{
  connection = "qemu:///system";
  machines = {
    a.deployment = { cpus = 1; ram = 1024; nixos = false; pciDevices = [ { id = "09:00.0"; } ]; };
    b.deployment = { connection = "qemu:///system"; cpus = 1; ram = 1024; nixos = false; pciDevices = [ { id = "09:00.0"; } ]; };
  };
}
# error[LNX0502] 5:112-5:121: machines `a` and `b` both have the PCI device 0000:09:00.0
#   here: used again here, by `b`
#   4:81-4:90: first used here, by `a`
#   help: a device can be in one machine at a time: give it to one of them

--- one-physical-disk-for-two ---
{
  machines = {
    a.deployment = { cpus = 1; ram = 1024; nixos = false; initialDisks.data.physicalDisk = "/dev/sdb"; };
    b.deployment = { cpus = 1; ram = 1024; nixos = false; initialDisks.data.physicalDisk = "/dev/sdb"; };
  };
}
# error[LNX0502] 4:92-4:102: machines `a` and `b` both have the physical disk /dev/sdb
#   here: used again here, by `b`
#   3:92-3:102: first used here, by `a`
#   help: two machines that write to one disk destroy it: give it to one of them, or make it `readOnly` in both

--- one-physical-disk-in-two-spellings ---
{
  machines = {
    a.deployment = { cpus = 1; ram = 1024; nixos = false; initialDisks.data.physicalDisk = "/dev/disk/by-id/x"; };
    b.deployment = { cpus = 1; ram = 1024; nixos = false; initialDisks.data.physicalDisk = "/dev//disk/by-id/x/"; };
  };
}
# error[LNX0502] 4:92-4:113: machines `a` and `b` both have the physical disk /dev/disk/by-id/x
#   here: used again here, by `b`
#   3:92-3:111: first used here, by `a`
#   help: two machines that write to one disk destroy it: give it to one of them, or make it `readOnly` in both

--- a-disk-and-its-partition ---
{
  machines = {
    a.deployment = { cpus = 1; ram = 1024; nixos = false; initialDisks.data.physicalDisk = "/dev/sdb"; };
    b.deployment = { cpus = 1; ram = 1024; nixos = false; initialDisks.data.physicalDisk = "/dev/sdb1"; };
  };
}
# error[LNX0502] 4:92-4:103: machine `b` has a part of the disk that machine `a` has
#   here: a partition of /dev/sdb
#   3:92-3:102: the whole disk, given to `a`
#   help: give the disk to one machine, or its partitions to different ones

--- two-partitions-of-a-disk ---
{
  machines = {
    a.deployment = { cpus = 1; ram = 1024; nixos = false; initialDisks.data.physicalDisk = "/dev/nvme0n1p1"; };
    b.deployment = { cpus = 1; ram = 1024; nixos = false; initialDisks.data.physicalDisk = "/dev/nvme0n1p2"; };
  };
}
# fine

--- a-disk-that-both-only-read ---
{
  defaults.deployment = { cpus = 1; ram = 1024; nixos = false; initialDisks.data = { physicalDisk = "/dev/sdb"; readOnly = true; }; };
  machines = { a = { }; b = { }; };
}
# fine

--- a-disk-that-one-writes ---
{
  machines = {
    a.deployment = { cpus = 1; ram = 1024; nixos = false; initialDisks.data = { physicalDisk = "/dev/sdb"; readOnly = true; }; };
    b.deployment = { cpus = 1; ram = 1024; nixos = false; initialDisks.data.physicalDisk = "/dev/sdb"; };
  };
}
# error[LNX0502] 4:92-4:102: machines `a` and `b` both have the physical disk /dev/sdb
#   here: used again here, by `b`
#   3:96-3:106: first used here, by `a`
#   help: two machines that write to one disk destroy it: give it to one of them, or make it `readOnly` in both

--- one-volume-for-two ---
{
  machines = {
    web.deployment = { cpus = 1; ram = 1024; nixos = false; initialDisks.data-old.size = 1; };
    web-data.deployment = { cpus = 1; ram = 1024; nixos = false; initialDisks.old.size = 1; };
  };
}
# error[LNX0502] 4:79-4:82: machines `web` and `web-data` both have the volume `web-data-old`
#   here: used again here, by `web-data`
#   3:74-3:82: first used here, by `web`
#   help: rename one of the disks: a volume is called after its machine and its disk

--- one-uuid-for-two ---
{
  machines = {
    a.deployment = { cpus = 1; ram = 1024; nixos = false; extraConfig = "<uuid>6f3b1c1e-4a5d-4c9e-9a53-0a3b0c2d1e4f</uuid>"; };
    b.deployment = { cpus = 1; ram = 1024; nixos = false; extraConfig = "<uuid>6F3B1C1E-4A5D-4C9E-9A53-0A3B0C2D1E4F</uuid>"; };
  };
}
# error[LNX0502] 4:80-4:116: machines `a` and `b` both have the UUID 6f3b1c1e-4a5d-4c9e-9a53-0a3b0c2d1e4f
#   here: used again here, by `b`
#   3:80-3:116: first used here, by `a`
#   help: leave `<uuid>` out: Launchnix gives each machine one that stays the same

--- one-uuid-for-three ---
{
  machines = {
    a.deployment = { cpus = 1; ram = 1024; nixos = false; extraConfig = "<uuid>6f3b1c1e-4a5d-4c9e-9a53-0a3b0c2d1e4f</uuid>"; };
    b.deployment = { cpus = 1; ram = 1024; nixos = false; extraConfig = "<uuid>6f3b1c1e-4a5d-4c9e-9a53-0a3b0c2d1e4f</uuid>"; };
    c.deployment = { cpus = 1; ram = 1024; nixos = false; extraConfig = "<uuid>6f3b1c1e-4a5d-4c9e-9a53-0a3b0c2d1e4f</uuid>"; };
  };
}
# error[LNX0502] 5:80-5:116: 3 machines have the UUID 6f3b1c1e-4a5d-4c9e-9a53-0a3b0c2d1e4f
#   here: used again here, by `c`
#   3:80-3:116: first used here, by `a`
#   4:80-4:116: used here, by `b`
#   help: leave `<uuid>` out: Launchnix gives each machine one that stays the same

--- a-copied-machine ---
{
  machines = {
    a.deployment = {
      name = "web"; cpus = 1; ram = 1024; nixos = false;
      interfaces = [ { network = "default"; mac = "52:54:00:00:00:0a"; } ];
      staticIPs = [ { ips = [ "10.0.0.5" ]; } ];
    };
    b.deployment = {
      name = "web"; cpus = 1; ram = 1024; nixos = false;
      interfaces = [ { network = "default"; mac = "52:54:00:00:00:0a"; } ];
      staticIPs = [ { ips = [ "10.0.0.5" ]; } ];
    };
  };
}
# error[LNX0502] 9:14-9:19: machines `a` and `b` both are called `web`
#   here: used again here, by `b`
#   4:14-4:19: first used here, by `a`
#   help: give one of them another name
# error[LNX0502] 10:51-10:70: machines `a` and `b` both have the MAC address 52:54:00:00:00:0a
#   here: used again here, by `b`
#   5:51-5:70: first used here, by `a`
#   help: change one, or remove `mac`: an interface without it gets an address of its own
# error[LNX0502] 11:31-11:41: machines `a` and `b` both have the address 10.0.0.5
#   here: used again here, by `b`
#   6:31-6:41: first used here, by `a`
#   help: give one of them another address

--- an-address-in-error-is-nobodys ---
{
  machines = {
    a.deployment = { cpus = 1; ram = 1024; nixos = false; staticIPs = [ { ips = [ "10.0.0.500" ]; } ]; };
    b.deployment = { cpus = 1; ram = 1024; nixos = false; staticIPs = [ { ips = [ "10.0.0.500" ]; } ]; };
  };
}
# error[LNX0403] 3:91-3:94: "10.0.0.500" is not an IP address
#   here: an octet is at most 255
# error[LNX0403] 4:91-4:94: "10.0.0.500" is not an IP address
#   here: an octet is at most 255

--- duplicates-by-genlist ---
{
  machines = builtins.listToAttrs (map (n: {
    name = "node-${toString n}";
    value.deployment = {
      cpus = 1; ram = 1024; nixos = false;
      staticIPs = [ { ips = [ "10.0.0.10" ]; } ];
    };
  }) [ 1 2 3 ]);
}
# error[LNX0502] 6:31-6:42: 3 machines have the address 10.0.0.10
#   here: this is shared by the machines `node-1`, `node-2` and `node-3`
#   8:8-8:9: machine `node-1`
#   8:10-8:11: machine `node-2`
#   8:12-8:13: machine `node-3`
#   help: give one of them another address

--- a-duplicate-attribute ---
{ machines = { web.deployment = { cpus = 1; ram = 1024; cpus = 2; nixos = false; }; }; }
# error[LNX0102] 1:57-1:61: attribute 'cpus' already defined
#   here: defined again here
#   1:35-1:39: first defined here
#   help: remove one of the two

--- two-elements-of-one-name ---
{
  machines = builtins.listToAttrs [
    { name = "web"; value.deployment = { cpus = 1; ram = 1024; nixos = false; }; }
    { name = "db"; value.deployment = { cpus = 1; ram = 1024; nixos = false; }; }
    { name = "web"; value.deployment = { cpus = 2; ram = 2048; nixos = false; }; }
  ];
}
# error[LNX0502] 5:14-5:19: several machines are named `web`
#   here: and again
#   3:14-3:19: `web` is here
#   help: `listToAttrs` takes the first of a name and drops the others: give each a name of its own

--- one-name-for-all-that-are-mapped ---
{
  machines = builtins.mapAttrs (name: deployment: { inherit deployment; }) (
    builtins.listToAttrs (map (n: { name = "node"; value = { cpus = n; ram = 1024; nixos = false; }; }) [ 1 2 3 ])
  );
}
# error[LNX0502] 3:44-3:50: several machines are named `node`
#   here: each of them gets this name
#   help: `listToAttrs` takes the first of a name and drops the others: give each a name of its own

--- a-computed-name-that-another-machine-has ---
let name = "web"; in
{
  machines = {
    ${name}.deployment = { cpus = 1; ram = 1024; nixos = false; };
    ${"we" + "b"}.deployment = { cpus = 1; ram = 1024; nixos = false; };
    db.deployment = { cpus = "1"; ram = 1024; nixos = false; };
  };
}
# error[LNX0201] 5:7-5:17: dynamic attribute 'web' already defined
#   4:5-4:12: first defined here
#   help: name one of the two differently
# error[LNX0301] 6:30-6:33: `cpus` is a string, but must be an integer (the number of CPUs) or a set
#   here: a string
#   help: write `1`
#   fix (safe): 6:30-6:33 -> `1`

--- machines-and-disks-whose-names-make-one-volume ---
{
  defaults.deployment = { cpus = 1; ram = 512; nixos = false; };
  machines.web.deployment.initialDisks.db-data.size = 1024;
  machines.web-db.deployment.initialDisks.data.size = 1024;
  machines.webdb.deployment.initialDisks.data.size = 1024;
  machines.other.deployment = {
    connection = "qemu+ssh://root@node1/system";
    initialDisks.db-data.size = 1024;
  };
}
# error[LNX0502] 4:43-4:47: machines `web` and `web-db` both have the volume `web-db-data`
#   here: used again here, by `web-db`
#   3:40-3:47: first used here, by `web`
#   help: rename one of the disks: a volume is called after its machine and its disk

--- one-uuid-for-two-through-a-function ---
let mk = u: { cpus = 1; ram = 512; nixos = false; extraConfig = "<uuid>${u}</uuid>"; };
in {
  machines.a.deployment = mk "6e1ee5c0-2c62-4b3c-8b4c-3b4d1d1f0e01";
  machines.b.deployment = mk "6e1ee5c02c624b3c8b4c3b4d1d1f0e01";
}
# error[LNX0502] 4:31-4:63: machines `a` and `b` both have the UUID 6e1ee5c0-2c62-4b3c-8b4c-3b4d1d1f0e01
#   here: used again here, by `b`
#   3:31-3:67: first used here, by `a`
#   help: leave `<uuid>` out: Launchnix gives each machine one that stays the same

--- one-uuid-in-the-defaults ---
{
  defaults.deployment.extraConfig = ''
    <uuid>
      6e1ee5c0-2c62-4b3c-8b4c-3b4d1d1f0e01
    </uuid>
  '';
  machines.a.deployment = { cpus = 1; ram = 512; nixos = false; };
  machines.b.deployment = { cpus = 1; ram = 512; nixos = false; };
}
# error[LNX0502] 4:7-4:43: machines `a` and `b` both have the UUID 6e1ee5c0-2c62-4b3c-8b4c-3b4d1d1f0e01
#   here: this is shared by the machines `a` and `b`
#   7:12-7:13: machine `a`
#   8:12-8:13: machine `b`
#   help: leave `<uuid>` out: Launchnix gives each machine one that stays the same

--- the-uuid-that-another-machine-has ---
{
  machines.a.deployment = { cpus = 1; ram = 512; nixos = false; };
  machines.b.deployment = { cpus = 1; ram = 512; nixos = false; extraConfig = "<uuid>f6295b4f-0c73-50b6-a0d1-aab81e01c54a</uuid>"; };
}
# error[LNX0502] 3:86-3:122: machines `a` and `b` both have the UUID f6295b4f-0c73-50b6-a0d1-aab81e01c54a
#   here: used again here, by `b`
#   2:12-2:13: first used here, by `a`
#   help: leave `<uuid>` out: Launchnix gives each machine one that stays the same

--- what-xml-and-options-of-two-machines-claim ---
{
  machines.a.deployment = {
    cpus = 1; ram = 512; nixos = false;
    interfaces = [ { network = "default"; mac = "52:54:00:00:00:0a"; } ];
    pciDevices = [ { id = "09:00.0"; } ];
    vsock = 7;
    graphics = { port = 5910; listen = "0.0.0.0"; };
    initialDisks.data.physicalDisk = "/dev/sdb";
  };
  machines.b.deployment = {
    cpus = "1"; ram = 512; nixos = false;
    extraConfig = ''
      <devices>
        <interface type='network'><mac address='52:54:00:00:00:0A'/><source network='default'/></interface>
        <hostdev mode='subsystem' type='pci'>
          <source><address domain='0x0000' bus='0x09' slot='0x00' function='0x0'/></source>
        </hostdev>
        <vsock><cid auto='no' address='7'/></vsock>
        <graphics type='vnc' port='5910' autoport='no'/>
        <disk type='block' device='disk'><source dev='/dev/sdb'/><target dev='vdx'/></disk>
      </devices>
    '';
  };
}
# error[LNX0301] 11:12-11:15: `cpus` is a string, but must be an integer (the number of CPUs) or a set
#   here: a string
#   help: write `1`
#   fix (safe): 11:12-11:15 -> `1`
# error[LNX0502] 14:49-14:66: machines `a` and `b` both have the MAC address 52:54:00:00:00:0a
#   here: used again here, by `b`
#   4:49-4:68: first used here, by `a`
#   help: change one, or leave it out: an interface without a MAC address gets one of its own
# error[LNX0502] 16:19-16:83: machines `a` and `b` both have the PCI device 0000:09:00.0
#   here: used again here, by `b`
#   5:27-5:36: first used here, by `a`
#   help: a device can be in one machine at a time: give it to one of them
# error[LNX0502] 18:40-18:41: machines `a` and `b` both have the vsock context ID 7
#   here: used again here, by `b`
#   6:13-6:14: first used here, by `a`
#   help: give one of them another ID, or write `vsock = true;` for one that libvirt finds free
# error[LNX0502] 19:36-19:40: machines `a` and `b` both have the port 5910
#   here: used again here, by `b`
#   7:25-7:29: first used here, by `a`
#   help: choose another port, or leave it out: libvirt finds one that is free
# error[LNX0502] 20:55-20:63: machines `a` and `b` both have the physical disk /dev/sdb
#   here: used again here, by `b`
#   8:38-8:48: first used here, by `a`
#   help: two machines that write to one disk destroy it: give it to one of them, or make it read-only in both

--- what-xml-of-two-machines-claims ---
let data = path: "<source file='${path}'/>";
in {
  machines.a.deployment = {
    cpus = 1; ram = 512; nixos = false;
    initialDisks.boot = { size = 1; extraXML = data "/srv/shared.img"; };
    extraConfig = "<devices><graphics type='spice' port='5920' tlsPort='5921'/></devices>";
  };
  machines.b.deployment = {
    cpus = 1; ram = 512; nixos = false;
    initialDisks.boot = { size = 1; extraXML = data "/srv/shared.img"; };
    extraConfig = "<devices><graphics type='vnc' port='5921'/></devices>";
  };
  machines.elsewhere.deployment = {
    cpus = 1; ram = 512; nixos = false; connection = "qemu+ssh://root@node2/system";
    initialDisks.boot = { size = 1; extraXML = data "/srv/shared.img"; };
    extraConfig = "<devices><graphics type='vnc' port='5921'/></devices>";
  };
}
# error[LNX0502] 10:54-10:69: machines `a` and `b` both have the disk image /srv/shared.img
#   here: used again here, by `b`
#   5:54-5:69: first used here, by `a`
#   help: two machines that write to one disk destroy it: give it to one of them, or make it read-only in both
# error[LNX0502] 11:56-11:60: machines `a` and `b` both have the port 5921
#   here: used again here, by `b`
#   6:73-6:77: first used here, by `a`
#   help: choose another port, or leave it out: libvirt finds one that is free

--- what-xml-shares-or-replaces ---
{
  machines.a.deployment = {
    cpus = 1; ram = 512; nixos = false; vsock = 7;
    extraConfig = ''
      <devices>
        <vsock><cid auto='no' address='8'/></vsock>
        <graphics type='vnc' port='5930' listen='192.0.2.1'/>
        <disk type='block' device='disk'><source dev='/dev/sdb'/><target dev='vdx'/><readonly/></disk>
        <disk type='file' device='cdrom'><source file='/srv/tools.iso'/><target dev='sdx'/></disk>
      </devices>
    '';
  };
  machines.b.deployment = {
    cpus = 1; ram = 512; nixos = false;
    initialDisks.data = { physicalDisk = "/dev/sdb"; readOnly = true; };
    extraConfig = ''
      <devices>
        <vsock><cid auto='no' address='7'/></vsock>
        <graphics type='vnc' port='5930'/>
        <disk type='file' device='cdrom'><source file='/srv/tools.iso'/><target dev='sdx'/></disk>
      </devices>
    '';
  };
}
# fine

--- a-wrong-name-and-a-wrong-uuid ---
{
  machines.a.deployment = { cpus = 1; ram = 512; nixos = false; extraConfig = "<name> web </name>"; };
  machines.b.deployment = { cpus = 1; ram = 512; nixos = false; extraConfig = "<uuid>&lt;none&gt;</uuid>"; };
}
# error[LNX0602] 2:87-2:90: in the XML of `extraConfig`: `<name>` says `web`, but the machine is called `a`
#   2:12-2:13: its name comes from here
#   help: give the machine its name with the option `name`, or as the attribute of the machine
# error[LNX0602] 3:86-3:98: in the XML of `extraConfig`: `<none>` is not a UUID
#   help: leave `<uuid>` out: Launchnix gives each machine one that stays the same
