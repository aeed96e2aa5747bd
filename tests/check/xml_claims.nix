--- a-port-of-a-console-in-the-xml-of-two-machines ---
let
  console = port: ''
    <devices>
      <serial type='tcp'>
        <source mode='bind' host='127.0.0.1' service='${toString port}'/>
        <protocol type='telnet'/>
        <target port='1'/>
      </serial>
    </devices>
  '';
in {
  machines = {
    a.deployment = { cpus = 1; ram = 512; nixos = false; extraConfig = console 4001; };
    b.deployment = { cpus = 1; ram = 512; nixos = false; extraConfig = console 4002; };
    c.deployment = { cpus = 1; ram = 512; nixos = false; extraConfig = console 4001; };
  };
}

# error[LNX0502] 15:80-15:84: machines `a` and `c` both have the port 4001
#   here: used again here, by `c`
#   13:80-13:84: first used here, by `a`
#   help: choose another port, or leave it out: libvirt finds one that is free

--- a-port-of-a-console-in-xml-and-in-an-option ---
{
  machines = {
    a.deployment = { cpus = 1; ram = 512; nixos = false; serial.port = 4001; };
    b.deployment = {
      cpus = 1; ram = 512; nixos = false;
      extraConfig = ''
        <devices>
          <serial type='tcp'><source mode='bind' host='0.0.0.0' service='4001'/><target port='1'/></serial>
          <serial type='tcp'><source mode='connect' host='log.lan' service='4001'/><target port='2'/></serial>
        </devices>
      '';
    };
  };
}

# error[LNX0502] 8:74-8:78: machines `a` and `b` both have the port 4001
#   here: used again here, by `b`
#   3:72-3:76: first used here, by `a`
#   help: choose another port, or leave it out: libvirt finds one that is free

--- what-a-copied-domain-has-that-there-is-once ---
let
  copied = ''
    <os><nvram>/var/lib/libvirt/qemu/nvram/old_VARS.fd</nvram></os>
    <devices>
      <serial type='file'><source path='/var/log/vm/old.log'/><target port='1'/></serial>
      <channel type='unix'><source mode='bind' path='/run/vm/old.sock'/><target type='virtio' name='x.0'/></channel>
    </devices>
  '';
in {
  machines.a.deployment = { cpus = 1; ram = 512; nixos = false; serial.logFile = "/var/log/vm/old.log"; };
  machines.b.deployment = { cpus = 1; ram = 512; nixos = false; extraConfig = copied; };
  machines.c.deployment = { cpus = 1; ram = 512; nixos = false; extraConfig = copied; };
}

# error[LNX0502] 3:16-3:55: machines `b` and `c` both have the firmware's settings in /var/lib/libvirt/qemu/nvram/old_VARS.fd
#   here: this is shared by the machines `b` and `c`
#   11:12-11:13: machine `b`
#   12:12-12:13: machine `c`
#   help: leave `<nvram>` out: libvirt keeps a file for each machine
# error[LNX0502] 6:54-6:70: machines `b` and `c` both have the socket /run/vm/old.sock
#   here: this is shared by the machines `b` and `c`
#   11:12-11:13: machine `b`
#   12:12-12:13: machine `c`
#   help: give each machine a socket of its own, or leave the path out: libvirt chooses one
# error[LNX0502] 10:82-10:103: 3 machines write their consoles to /var/log/vm/old.log
#   here: used again here, by `a`
#   5:41-5:60: first used here, by `b`
#   help: give each machine a file of its own

--- a-volume-of-another-machine-by-its-name-and-by-its-file ---
{
  pools.fast.path = "/srv/fast/";
  machines.a.deployment = {
    cpus = 1; ram = 512; nixos = false; storagePoolName = "fast";
    diskSize = 2048;
    initialDisks.data = { size = 4096; pool = "default"; };
  };
  machines.b.deployment = {
    cpus = 1; ram = 512; nixos = false;
    extraConfig = ''
      <devices>
        <disk type='volume' device='disk'><source pool='fast' volume='a-boot'/><target dev='vdx' bus='virtio'/></disk>
        <disk type='volume' device='disk'><source pool='slow' volume='a-boot'/><target dev='vdy' bus='virtio'/></disk>
        <disk type='file' device='disk'><source file='/var/lib/libvirt/images/a-data'/><target dev='vdz' bus='virtio'/></disk>
      </devices>
    '';
  };
}

# error[LNX0502] 12:71-12:77: machines `a` and `b` both have the volume `a-boot`
#   here: used again here, by `b`
#   5:16-5:20: first used here, by `a`
#   help: two machines that write to one disk destroy it: give it to one of them, or make it read-only in both
# error[LNX0502] 14:55-14:85: machines `a` and `b` both have the volume `a-data`
#   here: used again here, by `b`
#   6:25-6:59: first used here, by `a`
#   help: two machines that write to one disk destroy it: give it to one of them, or make it read-only in both

--- usb-devices-in-xml-and-in-options ---
{
  machines.a.deployment = {
    cpus = 1; ram = 512; nixos = false;
    usbDevices = [ { id = "046d:c52b"; } { id = "0951:1666"; } ];
    extraConfig = ''
      <devices>
        <hostdev mode='subsystem' type='usb'><source><vendor id='0x046D'/><product id='0xc52b'/></source></hostdev>
      </devices>
    '';
  };
  machines.b.deployment = {
    cpus = 1; ram = 512; nixos = false;
    extraConfig = ''
      <devices>
        <hostdev mode='subsystem' type='usb'><source><vendor id='0x0951'/><product id='0x1666'/></source></hostdev>
      </devices>
    '';
  };
}

# error[LNX0501] 7:88-7:94: the USB device 046d:c52b is given twice
#   here: given again here
#   4:27-4:38: first given here
#   help: remove one of the two, or name another one
# error[LNX0502] 15:88-15:94: machines `a` and `b` both have the USB device 0951:1666
#   here: used again here, by `b`
#   4:49-4:60: first used here, by `a`
#   help: a device can be in one machine at a time: give it to one of them

--- a-disk-and-a-port-that-one-machine-has-twice ---
{
  deployment = {
    name = "web"; cpus = 1; ram = 512; nixos = false;
    initialDisks.data.physicalDisk = "/dev/sdb";
    serial.port = 5905;
    extraConfig = ''
      <devices>
        <graphics type='vnc' port='5905' listen='127.0.0.1'/>
        <disk type='block' device='disk'><source dev='/dev/sdb'/><target dev='vdx' bus='virtio'/></disk>
        <disk type='file' device='disk'><source file='/srv/a.img'/><target dev='vdy' bus='virtio'/></disk>
        <disk type='file' device='disk'><source file='/srv/a.img'/><target dev='vdz' bus='virtio'/></disk>
      </devices>
    '';
  };
}

# error[LNX0501] 8:36-8:40: the port 5905 is given twice
#   here: given again here
#   5:19-5:23: first given here
#   help: choose another port, or leave it out: libvirt finds one that is free
# error[LNX0501] 9:55-9:63: the physical disk /dev/sdb is given twice
#   here: given again here
#   4:38-4:48: first given here
#   help: one disk cannot be used twice at a time: remove one of the two, or name another one
# error[LNX0501] 11:55-11:65: the disk image /srv/a.img is given twice
#   here: given again here
#   10:55-10:65: first given here
#   help: one disk cannot be used twice at a time: remove one of the two, or name another one

--- a-disk-of-an-option-that-xml-says-more-of ---
{
  machines.a.deployment = {
    cpus = 1; ram = 512; nixos = false;
    initialDisks.data.physicalDisk = "/dev/sdb";
    graphics.port = 5905;
    extraConfig = ''
      <devices>
        <disk type='block' device='disk'><source dev='/dev/sdb'/><target dev='vda' bus='virtio'/><serial>x</serial></disk>
        <graphics type='vnc' port='5905'/>
        <serial type='tcp'><source mode='bind' host='127.0.0.1' service='9999'/><target port='0'/></serial>
        <console type='tcp'><source mode='bind' host='127.0.0.1' service='9999'/><target type='serial' port='0'/></console>
      </devices>
    '';
  };
}

# fine

--- what-several-machines-only-read-in-their-xml ---
let
  tools = ''
    <devices>
      <disk type='file' device='cdrom'><source file='/srv/iso/tools.iso'/><target dev='sdx' bus='sata'/><readonly/></disk>
    </devices>
  '';
in {
  machines.a.deployment = { cpus = 1; ram = 512; nixos = false; extraConfig = tools; };
  machines.b.deployment = { cpus = 1; ram = 512; nixos = false; extraConfig = tools; };
}

# fine

--- a-clash-in-xml-that-has-another-mistake ---
{
  machines.a.deployment = {
    cpus = 1; ram = 512; nixos = false;
    extraConfig = "<devices><interface type='network'><mac address='52:54:00:00:00:01'/><source network='default'/></interface></devices>";
  };
  machines.b.deployment = {
    cpus = 1; ram = 512; nixos = false;
    extraConfig = ''
      <devices>
        <interface type='network'><mac address='52:54:00:00:00:01'/><source network='default'/></interface>
        <disk type='file' device='disk'><source file='/srv/a.img'/></disk>
      </devices>
    '';
  };
}

# error[LNX0502] 10:49-10:66: machines `a` and `b` both have the MAC address 52:54:00:00:00:01
#   here: used again here, by `b`
#   4:69-4:86: first used here, by `a`
#   help: change one, or leave it out: an interface without a MAC address gets one of its own
# error[LNX0602] 11:9-11:41: in the XML of `extraConfig`: a disk has no name in the guest
#   help: write `<target dev='vdb' bus='virtio'/>` with a name that no other disk has

--- an-io-thread-0 ---
{
  machines.a.deployment = {
    cpus = 1; ram = 512; nixos = false;
    initialDisks.boot = { size = 1024; extraXML = "<driver name='qemu' type='qcow2' iothread='0'/>"; };
    extraConfig = ''
      <iothreads>2</iothreads>
      <cputune><iothreadpin iothread='3' cpuset='0'/></cputune>
    '';
  };
}

# error[LNX0602] 4:94-4:97: in the XML of `initialDisks.boot.extraXML`: the machine has no I/O thread 0
#   here: libvirt refuses it like this
#   help: threads are counted from 1: write `1`, with `<iothreads>1</iothreads>` in `extraConfig`
# error[LNX0602] 7:38-7:41: in the XML of `extraConfig`: the machine has no I/O thread 3
#   here: libvirt refuses it like this
#   help: add `<iothreads>3</iothreads>` to `extraConfig`: threads are counted from 1

--- parts-of-libvirt-that-stand-several-times ---
{
  machines.a.deployment = {
    cpus = 1; ram = 512; nixos = false;
    extraConfig = ''
      <vcpu placement='auto'>1</vcpu>
      <numatune><memory mode='preferred'/></numatune>
      <devices>
        <interface type='user'>
          <mac address='52:54:00:00:00:01'/>
          <backend type='passt'/>
          <portForward proto='tcp'><range start='22' to='2003'/><range start='1000' end='2000'/></portForward>
        </interface>
        <serial type='dev'>
          <source path='/dev/ttyS2'/>
          <target type='pci-serial' port='0'/>
          <address type='pci' domain='0x0000' bus='0x00' slot='0x04' function='0x0'/>
        </serial>
        <console type='dev'>
          <source path='/dev/ttyS2'/>
          <target type='serial' port='0'/>
          <address type='pci' domain='0x0000' bus='0x00' slot='0x04' function='0x0'/>
        </console>
      </devices>
      <commandline xmlns='http://libvirt.org/schemas/domain/qemu/1.0'>
        <arg value='-S'/>
      </commandline>
    '';
  };
}
# fine

--- networks-and-pools-that-xml-misspells ---
{
  networks.office = { mode = "nat"; subnet = "10.20.0.0/24"; };
  networks.lan = { mode = "nat"; subnet = "10.30.0.0/24"; };
  pools.fast.path = "/srv/fast";
  defaults.deployment.extraConfig = ''
    <devices>
      <interface type='network'><source network='ofice'/><model type='virtio'/></interface>
    </devices>
  '';
  machines.a.deployment = { cpus = 1; ram = 512; nixos = false; };
  machines.b.deployment = { cpus = 1; ram = 512; nixos = false; };
  machines.c.deployment = {
    cpus = 1; ram = 512; nixos = false;
    extraConfig = ''
      <devices>
        <interface type='network'><mac address='52:54:00:00:00:01'/><source network='defualt'/></interface>
        <interface type='network'><mac address='52:54:00:00:00:02'/><source network='wan'/></interface>
        <interface type='network'><mac address='52:54:00:00:00:03'/><source network='office2'/></interface>
        <disk type='volume' device='disk'><source pool='fats' volume='y'/><target dev='vdx'/></disk>
        <disk type='volume' device='disk'><source pool='archive' volume='y'/><target dev='vdy'/></disk>
      </devices>
    '';
  };
}

# warning[LNX0708] 7:7-7:33: the interface gets another MAC address with each change of the machine
#   here: has no `<mac>`, so that libvirt invents one
#   note: leases go by the MAC address: the guest's address changes with it
#   help: use the option `interfaces`, or add `<mac address='52:54:00:…'/>`
# error[LNX0503] 7:50-7:55: there is no network `ofice`
#   here: did you mean `office`?
#   note: there is `default`, `lan` and `office`
#   help: name one of them, or declare `ofice` in `networks`
#   fix (unsafe): 7:50-7:55 -> `office`
# error[LNX0503] 16:86-16:93: there is no network `defualt`
#   here: did you mean `default`?
#   note: there is `default`, `lan` and `office`
#   help: name one of them, or declare `defualt` in `networks`
#   fix (unsafe): 16:86-16:93 -> `default`
# error[LNX0503] 19:57-19:61: there is no storage pool `fats`
#   here: did you mean `fast`?
#   note: there is `default` and `fast`
#   help: name one of them, or declare `fats` in `pools`
#   fix (unsafe): 19:57-19:61 -> `fast`

--- an-image-that-a-function-names-after-its-machine ---
let
  vm = { name, mac }: {
    deployment = {
      cpus = 1; ram = 512; nixos = false;
      extraConfig = ''
        <devices>
          <interface type='bridge'><mac address='${mac}'/><source bridge='br0'/></interface>
          <disk type='file' device='disk'><source file='/srv/${name}.qcow2'/><target dev='vdx'/></disk>
        </devices>
      '';
    };
  };
in {
  machines = {
    web = vm { name = "web"; mac = "52:54:00:00:00:01"; };
    db = vm { name = "db"; mac = "52:54:00:00:00:02"; };
    mail = vm { name = "db"; mac = "52:54:00:00:00:03"; };
  };
}

# error[LNX0502] 17:25-17:27: machines `db` and `mail` both have the disk image /srv/db.qcow2
#   here: used again here, by `mail`
#   16:23-16:25: first used here, by `db`
#   help: two machines that write to one disk destroy it: give it to one of them, or make it read-only in both

--- the-xml-of-a-disk-that-takes-the-source-of-another ---
{
  machines.a.deployment = {
    cpus = 1; ram = 512; nixos = false;
    initialDisks.one.physicalDisk = "/dev/sdb";
    initialDisks.two = { size = 10; extraXML = "<source dev='/dev/sdb'/>"; };
    extraConfig = "<devices><serial type='file'><source path='/dev/null'/><target port='1'/></serial></devices>";
  };
  machines.b.deployment = {
    cpus = 1; ram = 512; nixos = false;
    extraConfig = "<devices><serial type='file'><source path='/dev/null'/><target port='1'/></serial></devices>";
  };
}
# error[LNX0501] 5:62-5:70: the physical disk /dev/sdb is given twice
#   here: given again here
#   4:37-4:47: first given here
#   help: one disk cannot be used twice at a time: remove one of the two, or name another one
