--- the-boot-disk-has-two-sizes ---
{ deployment = { name = "web"; cpus = 1; ram = 1024; nixos = false; diskSize = 10240; initialDisks.boot.size = 20480; }; }
# error[LNX0501] 1:112-1:117: `diskSize` and `initialDisks.boot.size` exclude each other
#   here: `initialDisks.boot.size` is set here
#   1:80-1:85: `diskSize` is set here
#   note: both are the size of the boot disk
#   help: remove one of the two

--- a-backup-and-an-installation ---
{ deployment = { name = "web"; cpus = 1; ram = 1024; installationMedia = "/iso/debian.iso"; initialDisks.boot.fromBackup = "/backup/web.img"; }; }
# error[LNX0501] 1:124-1:141: `installationMedia` and `initialDisks.boot.fromBackup` exclude each other
#   here: `initialDisks.boot.fromBackup` is set here
#   1:74-1:91: `installationMedia` is set here
#   note: a boot disk is restored from a backup or installed anew, not both
#   help: remove one of the two

--- an-image-and-a-backup ---
{ deployment = { name = "web"; cpus = 1; ram = 1024; nixos = false; initialDisks.data = { fromBackup = "/backup/web.img"; fromImage = ./images/debian-12.qcow2; }; }; }
# error[LNX0501] 1:135-1:159: `initialDisks.data.fromBackup` and `initialDisks.data.fromImage` exclude each other
#   here: `initialDisks.data.fromImage` is set here
#   1:104-1:121: `initialDisks.data.fromBackup` is set here
#   note: a disk starts as an overlay of an image or as a copy of a backup, not both
#   help: remove one of the two

--- a-physical-disk-with-a-size ---
{ deployment = { name = "web"; cpus = 1; ram = 1024; nixos = false; initialDisks.data = { size = 10240; physicalDisk = "/dev/sdb"; }; }; }
# error[LNX0501] 1:120-1:130: `initialDisks.data.size` and `initialDisks.data.physicalDisk` exclude each other
#   here: `initialDisks.data.physicalDisk` is set here
#   1:98-1:103: `initialDisks.data.size` is set here
#   note: a physical disk is used as it is: its size and content are its own
#   help: remove one of the two

--- a-physical-disk-from-an-image ---
{ deployment = { name = "web"; cpus = 1; ram = 1024; nixos = false; initialDisks.data = { physicalDisk = "/dev/sdb"; fromImage = ./images/debian-12.qcow2; }; }; }
# error[LNX0501] 1:130-1:154: `initialDisks.data.physicalDisk` and `initialDisks.data.fromImage` exclude each other
#   here: `initialDisks.data.fromImage` is set here
#   1:106-1:116: `initialDisks.data.physicalDisk` is set here
#   note: a physical disk is used as it is: its size and content are its own
#   help: remove one of the two

--- a-physical-boot-disk-with-a-size ---
{ deployment = { name = "web"; cpus = 1; ram = 1024; nixos = false; initialDisks.boot.physicalDisk = "/dev/sdb"; diskSize = 10240; }; }
# error[LNX0501] 1:125-1:130: `initialDisks.boot.physicalDisk` and `diskSize` exclude each other
#   here: `diskSize` is set here
#   1:102-1:112: `initialDisks.boot.physicalDisk` is set here
#   note: a physical disk has the size that it has
#   help: remove one of the two

--- a-network-and-a-bridge ---
{ deployment = { name = "web"; cpus = 1; ram = 1024; nixos = false; interfaces = [ { network = "default"; bridge = "br0"; } ]; }; }
# error[LNX0501] 1:116-1:121: `network` and `bridge` exclude each other
#   here: `bridge` is set here
#   1:96-1:105: `network` is set here
#   note: an interface is plugged in at one place
#   help: remove one of the two

--- one-device-twice ---
{ deployment = { name = "web"; cpus = 1; ram = 1024; nixos = false; pciDevices = [ { id = "09:00.0"; } { id = "0000:09:00.0"; } ]; }; }
# error[LNX0501] 1:111-1:125: the PCI device 0000:09:00.0 is given twice
#   here: given again here
#   1:91-1:100: first given here
#   help: name each device once

--- one-mac-twice ---
{ deployment = { name = "web"; cpus = 1; ram = 1024; nixos = false; interfaces = [ { network = "default"; mac = "52:54:00:aa:00:01"; } { network = "default"; mac = "52:54:00:AA:00:01"; } ]; }; }
# error[LNX0501] 1:165-1:184: two interfaces have the address 52:54:00:aa:00:01
#   here: used again here
#   1:113-1:132: first used here
#   help: remove one: an interface without `mac` gets an address of its own

--- one-address-twice ---
{ deployment = { name = "web"; cpus = 1; ram = 1024; nixos = false; staticIPs = [ { ips = [ "10.0.0.5" "10.0.0.5" ]; } ]; }; }
# error[LNX0501] 1:104-1:114: the address 10.0.0.5 is given twice
#   here: given again here
#   1:93-1:103: first given here
#   help: give each address once

--- one-address-in-two-interfaces ---
{ deployment = { name = "web"; cpus = 1; ram = 1024; nixos = false; staticIPs = [ { ips = [ "10.0.0.5" ]; } { interface = "ens4"; ips = [ "10.0.0.5" ]; } ]; }; }
# error[LNX0501] 1:139-1:149: the address 10.0.0.5 is given twice
#   here: given again here
#   1:93-1:103: first given here
#   help: give each address once

--- two-entries-for-one-interface ---
{ deployment = { name = "web"; cpus = 1; ram = 1024; nixos = false; interfaces = [ { network = "default"; } { network = "default"; } ]; staticIPs = [ { ips = [ "10.0.0.5" ]; gateway = "10.0.0.1"; } { ips = [ "10.0.1.5" ]; gateway = "10.0.1.1"; } ]; }; }
# warning[LNX0701] 1:233-1:243: `gateway` has no effect here
#   here: the machine has a gateway already
#   1:185-1:195: this one is used
#   help: remove one: everything that is in no network of the machine takes one way

--- one-physical-disk-twice ---
{ deployment = { name = "web"; cpus = 1; ram = 1024; nixos = false; initialDisks = { a.physicalDisk = "/dev/sdb"; b.physicalDisk = "/dev/sdb"; }; }; }
# error[LNX0501] 1:132-1:142: the physical disk /dev/sdb is given twice
#   here: given again here
#   1:103-1:113: first given here
#   help: a guest that writes to one disk in two ways destroys it

--- one-serial-twice ---
{ deployment = { name = "web"; cpus = 1; ram = 1024; nixos = false; initialDisks = { a = { size = 1; serial = "data"; }; b = { size = 1; serial = "data"; }; }; }; }
# error[LNX0501] 1:147-1:153: the serial number `data` is given twice
#   here: given again here
#   1:111-1:117: first given here
#   help: give each disk its own: the guest could not tell the disks apart

--- twice-in-the-boot-order ---
{ deployment = { name = "web"; cpus = 1; ram = 1024; diskSize = 1024; bootOrder = [ "boot" "PXE" "boot" ]; }; }
# error[LNX0501] 1:98-1:104: `boot` is twice in `bootOrder`
#   here: named again here
#   1:85-1:91: first named here
#   help: name each thing once

--- three-times-in-the-boot-order ---
{ deployment = { name = "web"; cpus = 1; ram = 1024; diskSize = 1024; bootOrder = [ "boot" "boot" "boot" ]; }; }
# error[LNX0501] 1:99-1:105: `boot` is 3 times in `bootOrder`
#   here: named again here
#   1:85-1:91: first named here
#   1:92-1:98: named here as well
#   help: name each thing once

--- an-option-in-error-conflicts-with-nothing ---
{ deployment = { name = "web"; cpus = 1; ram = 1024; nixos = false; diskSize = "10 GiB"; initialDisks.boot.size = 20480; }; }
# error[LNX0301] 1:80-1:88: `diskSize` is a string, but must be an integer
#   here: a string
#   help: `diskSize` is in MiB: write `10240`
#   fix (safe): 1:80-1:88 -> `10240`

--- a-size-in-defaults-and-one-of-the-machine ---
{
  defaults.deployment = { cpus = 1; ram = 1024; nixos = false; diskSize = 10240; };
  machines.web.deployment.initialDisks.boot.size = 20480;
}
# error[LNX0501] 3:52-3:57: `diskSize` and `initialDisks.boot.size` exclude each other
#   here: `initialDisks.boot.size` is set here
#   2:75-2:80: `diskSize` is set here
#   note: both are the size of the boot disk
#   help: remove one of the two

--- name-as-a-default ---
{ defaults.deployment = { name = "web"; cpus = 1; ram = 1024; nixos = false; }; machines.a = { }; }
# error[LNX0501] 1:34-1:39: `name` cannot be a default
#   here: every machine of the fleet would have this name
#   help: set `name` in the machines, or leave it to the attributes' names

--- both-forms ---
{ machines.db.deployment = { cpus = 1; ram = 1024; nixos = false; }; deployment = { name = "web"; cpus = 1; ram = 1024; nixos = false; }; }
# error[LNX0304] 1:70-1:80: the file describes a fleet and a single machine at once
#   here: this describes a single machine
#   1:3-1:11: this describes a fleet
#   help: move the machine into `machines.<name>`, or what all machines have into `defaults.deployment`

--- topology-is-not-the-count ---
{
  deployment = {
    name = "web"; ram = 1024; nixos = false;
    cpus = { count = 4; sockets = 1; cores = 3; };
  };
}

# error[LNX0501] 4:22-4:23: `sockets` × `cores` is 3, not the count of 4
#   here: the number of CPUs
#   4:35-4:36: sockets
#   4:46-4:47: cores
#   help: sockets, cores and threads multiplied have to be the count: change one, or leave one out

--- topology-does-not-divide-the-count ---
{
  deployment = {
    name = "web"; ram = 1024; nixos = false;
    cpus = { count = 6; sockets = 4; };
  };
}

# error[LNX0501] 4:22-4:23: 6 CPUs cannot be divided like this
#   here: the number of CPUs
#   4:35-4:36: sockets
#   help: sockets, cores and threads multiplied have to be the count: change one, or leave one out

--- topology-fits ---
{
  deployment = {
    name = "web"; ram = 1024; nixos = false;
    cpus = { count = 8; sockets = 2; threads = 2; pin = [ "0-1" "2" ]; };
  };
}

# fine

--- pinned-cpu-is-not-there ---
{
  deployment = {
    name = "web"; ram = 1024; nixos = false;
    cpus = { count = 2; pin = { "0" = "1"; "2" = "3"; }; };
  };
}

# error[LNX0503] 4:44-4:47: there is no virtual CPU 2: the machine has 2
#   here: pinned here
#   4:22-4:23: the number of CPUs
#   help: they are numbered from 0

--- cpu-model-of-the-host ---
{
  deployment = {
    name = "web"; ram = 1024; nixos = false;
    cpus = { count = 2; mode = "host-passthrough"; model = "Skylake-Server"; };
  };
}
# error[LNX0501] 4:60-4:76: `cpus.mode` and `cpus.model` exclude each other
#   here: `cpus.model` is set here
#   4:32-4:50: `cpus.mode` is set here
#   note: a model is named for the mode "custom"; the other modes take what the host has
#   help: remove one of the two

--- a-default-name-of-two-machines ---
{ defaults.deployment.name = "x"; machines.a.deployment = { cpus = 1; ram = 512; nixos = false; }; machines.b.deployment = { cpus = 1; ram = 512; nixos = false; }; }

# error[LNX0501] 1:30-1:33: `name` cannot be a default
#   here: every machine of the fleet would have this name
#   help: set `name` in the machines, or leave it to the attributes' names

--- three-sources-of-a-disk ---
{ deployment = { name = "web"; cpus = 1; ram = 512; nixos = false; initialDisks.data = { fromImage = "/a"; fromBackup = "/b"; physicalDisk = "/dev/sdb"; size = 1; }; }; }

# error[LNX0501] 1:142-1:152: `initialDisks.data.fromImage`, `initialDisks.data.fromBackup` and `initialDisks.data.physicalDisk` exclude each other
#   here: `initialDisks.data.physicalDisk` is set here
#   1:102-1:106: `initialDisks.data.fromImage` is set here
#   1:121-1:125: `initialDisks.data.fromBackup` is set here
#   note: a physical disk is used as it is: its size and content are its own
#   help: leave one of them

--- crb-of-an-old-tpm ---
{ deployment = { name = "web"; cpus = 1; ram = 512; nixos = false; tpm = { version = "1.2"; model = "crb"; }; }; }

# error[LNX0501] 1:101-1:106: a TPM of version 1.2 cannot have the model "crb"
#   here: an interface of version 2.0
#   1:86-1:91: the version
#   help: leave out `model`, or take version "2.0"

--- secure-boot-on-an-old-machine ---
{ deployment = { name = "web"; cpus = 1; ram = 512; nixos = false; firmware = "uefi-secure"; machineType = "pc"; }; }

# error[LNX0501] 1:108-1:112: the firmware "uefi-secure" needs the machine `q35`
#   here: this machine has none
#   1:79-1:92: secure boot needs system management mode
#   help: leave out `machineType`, or take the firmware "uefi"

--- the-hosts-processor-is-emulated ---
{ deployment = { name = "web"; virtualisation = "qemu"; cpus = { count = 1; mode = "host-passthrough"; }; ram = 512; nixos = false; }; }

# error[LNX0501] 1:84-1:102: an emulated processor cannot be "host-passthrough"
#   here: the hypervisor's own processor
#   1:49-1:55: the processor is emulated
#   help: use `mode = "maximum";` for all that QEMU emulates, or leave out `virtualisation = "qemu"`

--- screen-and-console-at-one-port ---
{ deployment = { name = "web"; cpus = 1; ram = 512; nixos = false; serial.port = 5901; graphics = { type = "vnc"; port = 5901; }; }; }

# error[LNX0501] 1:122-1:126: screen and console have the port 5901
#   here: used again here
#   1:82-1:86: first used here
#   help: choose another port, or leave out that of the screen: libvirt finds one that is free

--- two-folders-at-one-place ---
{ deployment = { name = "web"; cpus = 1; ram = 512; sshPubKeyPath = ./key.pub; sharedFolders = { a = { path = "/a"; mountPoint = "/media"; }; b = { path = "/b"; mountPoint = "/media/"; }; }; }; machine = { }; }

# error[LNX0501] 1:175-1:184: two folders are mounted at /media
#   here: mounted again here
#   1:130-1:138: first mounted here
#   help: give each folder a place of its own

--- two-secrets-at-one-place ---
{ deployment = { name = "web"; cpus = 1; ram = 512; sshPubKeyPath = ./key.pub; secrets = { a = { source = ./key.pub; destination = "/run/s"; }; b = { source = ./key.pub; destination = "/run/s"; }; }; }; machine = { }; }

# error[LNX0501] 1:185-1:193: two secrets go to /run/s
#   here: used again here
#   1:132-1:140: first used here
#   help: give each secret a place of its own

--- two-consoles-in-one-file ---
{ machines.a.deployment = { cpus = 1; ram = 512; nixos = false; serial.logFile = "/var/log/x"; }; machines.b.deployment = { cpus = 1; ram = 512; nixos = false; serial.logFile = "/var/log/x"; }; machines.c.deployment = { cpus = 1; ram = 512; nixos = false; connection = "qemu+ssh://root@other/system"; serial.logFile = "/var/log/x"; }; }
# error[LNX0502] 1:178-1:190: machines `a` and `b` both write their consoles to /var/log/x
#   here: used again here, by `b`
#   1:82-1:94: first used here, by `a`
#   help: give each machine a file of its own

--- two-interfaces-with-one-address ---
{
  networks.lan.subnet = "10.20.0.0/24";
  machines.a.deployment = { cpus = 1; ram = 512; nixos = false; interfaces = [ { network = "lan"; ip = "10.20.0.5"; } { network = "lan"; ip = "10.20.0.5"; } ]; };
}
# error[LNX0501] 3:143-3:154: two interfaces have the address 10.20.0.5
#   here: used again here
#   3:104-3:115: first used here
#   help: give each interface an address of its own

--- a-usb-device-twice-in-one-machine ---
{ machines.a.deployment = { cpus = 1; ram = 512; nixos = false; usbDevices = [ "046d:c52b" "046D:C52B" "1.4" { id = "1.4"; } ]; }; }
# error[LNX0501] 1:92-1:103: the USB device 046d:c52b is given twice
#   here: given again here
#   1:80-1:91: first given here
#   help: name each device once
# error[LNX0501] 1:117-1:122: the USB device 1.4 is given twice
#   here: given again here
#   1:104-1:109: first given here
#   help: name each device once

--- a-disk-and-its-partition-in-one-machine ---
{ machines.a.deployment = { cpus = 1; ram = 512; nixos = false; initialDisks = { a.physicalDisk = "/dev/sdb"; b.physicalDisk = "/dev/sdb1"; c.physicalDisk = "/dev/nvme0n1p2"; d = { physicalDisk = "/dev/nvme0n1"; readOnly = true; }; }; }; }
# error[LNX0501] 1:128-1:139: /dev/sdb1 is a part of a disk that the machine has
#   here: a partition of /dev/sdb
#   1:99-1:109: the whole disk is given here
#   help: give the machine the disk or its partitions: a guest that writes to one disk in two ways destroys it
# error[LNX0501] 1:158-1:174: /dev/nvme0n1p2 is a part of a disk that the machine has
#   here: a partition of /dev/nvme0n1
#   1:197-1:211: the whole disk is given here
#   help: give the machine the disk or its partitions: a guest that writes to one disk in two ways destroys it

--- a-disk-and-its-partition-that-are-read-only ---
{ machines.a.deployment = { cpus = 1; ram = 512; nixos = false; initialDisks = { a = { readOnly = true; physicalDisk = "/dev/sdb"; }; b = { readOnly = true; physicalDisk = "/dev/sdb1"; }; }; }; }
# fine

--- one-place-for-secrets-in-three-spellings ---
{ machines.a = { machine = { }; deployment = { cpus = 1; ram = 512; sshPubKeyPath = ./key.pub; secrets = { a = { source = ./key.pub; destination = "/run/db"; }; b = { source = ./key.pub; destination = "/run//db"; }; c = { source = ./key.pub; destination = "/run/db/"; }; }; }; }; }
# error[LNX0501] 1:257-1:267: 3 secrets go to /run/db
#   here: used again here
#   1:148-1:157: first used here
#   1:202-1:212: used here as well
#   help: give each secret a place of its own

--- a-count-that-does-not-fit-the-defaults ---
{
  defaults.deployment = { ram = 512; nixos = false; cpus = { count = 8; sockets = 1; cores = 4; threads = 2; }; };
  machines = { big = { }; small.deployment.cpus = 2; none.deployment.cpus = { count = 2; sockets = null; cores = null; threads = null; }; };
}
# error[LNX0501] 3:51-3:52: `sockets` × `cores` × `threads` is 8, not the count of 2
#   here: the number of CPUs
#   2:83-2:84: sockets
#   2:94-2:95: cores
#   2:107-2:108: threads
#   note: what a machine does not say of its CPUs is taken from `defaults`
#   help: say the rest as well; `cpus = { count = 2; sockets = null; cores = null; threads = null; };` takes nothing of it from `defaults`

--- a-count-for-which-the-defaults-pin-too-many ---
{
  defaults.deployment = { ram = 512; nixos = false; cpus = { count = 4; pin = [ "0" "1" "2" "3" ]; }; };
  machines = { big = { }; small.deployment.cpus = 2; };
}
# error[LNX0503] 3:51-3:52: `defaults` pin virtual CPU 2, and machine `small` has 2
#   here: the number of CPUs
#   2:89-2:92: pinned here
#   help: give the machine a `pin` of its own; `cpus = { count = 2; pin = null; };` takes none from `defaults`

--- one-hypervisor-in-several-spellings ---
let on = connection: vsock: { deployment = { cpus = 1; ram = 512; nixos = false; inherit connection vsock; }; }; in
{
  machines = {
    a = on "qemu:///system" 5;
    b = on "qemu+unix:///system" 5;
    c = on "qemu+ssh://root@host/system" 6;
    d = on "qemu+ssh://Host:22/system?no_verify=1" 6;
    e = on "qemu+ssh://host:2222/system" 6;
    f = on "qemu+ssh://me@host/session" 7;
    g = on "qemu+ssh://you@host/session" 7;
  };
}
# error[LNX0502] 5:34-5:35: machines `a` and `b` both have the vsock context ID 5
#   here: used again here, by `b`
#   4:29-4:30: first used here, by `a`
#   help: give one of them another ID, or write `vsock = true;` for one that libvirt finds free
# error[LNX0502] 7:52-7:53: machines `c` and `d` both have the vsock context ID 6
#   here: used again here, by `d`
#   6:42-6:43: first used here, by `c`
#   help: give one of them another ID, or write `vsock = true;` for one that libvirt finds free

--- a-misspelt-count-over-that-of-the-defaults ---
{ defaults.deployment = { cpus = 1; ram = 512; nixos = false; }; machines.a.deployment.cpus = { counts = 4; cores = 2; }; }
# error[LNX0302] 1:97-1:103: there is no option `counts` in `cpus`
#   here: did you mean `count`?
#   help: `count`: Number of virtual CPUs.
#   fix (safe): 1:97-1:103 -> `count`

--- a count of CPUs from the defaults, divided by one machine ---
{
  defaults.deployment = { cpus = 1; ram = 512; nixos = false; };
  machines.nas.deployment = { cpus = { sockets = 1; cores = 4; }; };
  machines.web.deployment = { };
}
# error[LNX0501] 3:61-3:62: `sockets` × `cores` is 4, not the count of 1
#   here: cores
#   3:50-3:51: sockets
#   2:34-2:35: the number of CPUs, from `defaults`
#   help: say how many that makes: `count = 4;`, or change sockets, cores and threads

--- defaults behind the machines that disagree with them ---
{
  machines.nas.deployment = { initialDisks.data.size = 1024; firmware = "uefi-secure"; cloudInit.userData = "#cloud-config\n"; };
  defaults.deployment = {
    cpus = 1;
    ram = 512;
    nixos = false;
    initialDisks.data.physicalDisk = "/dev/disk/by-id/ata-A";
    machineType = "pc";
  };
}
# error[LNX0501] 2:56-2:60: `initialDisks.data.physicalDisk` and `initialDisks.data.size` exclude each other
#   here: `initialDisks.data.size` is set here
#   7:38-7:61: `initialDisks.data.physicalDisk` is set here
#   note: a physical disk is used as it is: its size and content are its own
#   help: remove one of the two
# error[LNX0501] 2:73-2:86: the firmware "uefi-secure" needs the machine `q35`
#   here: secure boot needs system management mode
#   8:19-8:23: this machine has none
#   help: leave out `machineType`, or take the firmware "uefi"
