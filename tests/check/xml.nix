--- xml-with-numbers-and-sets-that-libvirt-cannot-read ---
let
  pin = vcpu: cpus: "<vcpupin vcpu='${toString vcpu}' cpuset='${cpus}'/>";
in
{
  machines.worker.deployment = {
    cpus = 4; ram = 4096; nixos = false;
    extraConfig = ''
      <memory unit='GiB'>1.5</memory>
      <cputune>
        ${pin 0 "2"}
        ${pin 1 "3-"}
        <shares>high</shares>
        <period>100</period>
      </cputune>
      <numatune><memory mode='strict' nodeset='node0'/></numatune>
      <features><hyperv><spinlocks state='on' retries='100'/><vendor_id state='on' value='AuthenticAMD!'/></hyperv></features>
      <devices>
        <hostdev mode='subsystem' type='pci' managed='yes'>
          <source><address domain='0x0000' bus='0a' slot='0x20' function='0x0'/></source>
        </hostdev>
        <hostdev mode='subsystem' type='usb'>
          <source><vendor id='046d'/><product id='0xc52b'/></source>
        </hostdev>
        <graphics type='vnc' port='auto'/>
      </devices>
    '';
  };
}

# warning[LNX0603] 8:26-8:29: in the XML of `extraConfig`: `<memory>` cannot be `1.5`
#   here: not a whole number
#   help: write a whole number
# warning[LNX0603] 11:18-11:20: in the XML of `extraConfig`: `cpuset` of `<vcpupin>` cannot be `3-`
#   here: no set that libvirt can read
#   help: write numbers and ranges with commas between them: `0-3,5`; `^2` leaves one out
# warning[LNX0603] 12:17-12:21: in the XML of `extraConfig`: `<shares>` cannot be `high`
#   here: not a whole number
#   help: write a whole number
# warning[LNX0603] 13:17-13:20: in the XML of `extraConfig`: `<period>` cannot be `100`
#   here: at least 1000
#   help: write a number from 1000 to 1000000
# warning[LNX0603] 15:47-15:54: in the XML of `extraConfig`: `nodeset` of `<memory>` cannot be `node0`
#   here: no set that libvirt can read
#   help: write numbers and ranges with commas between them: `0-3,5`; `^2` leaves one out
# warning[LNX0603] 16:55-16:60: in the XML of `extraConfig`: `retries` of `<spinlocks>` cannot be `100`
#   here: at least 4095
#   help: write a number from 4095 to 4294967295
# warning[LNX0603] 16:90-16:105: in the XML of `extraConfig`: `value` of `<vendor_id>` cannot be `AuthenticAMD!`
#   here: at most twelve characters
#   help: write up to twelve letters and digits
# warning[LNX0603] 19:48-19:52: in the XML of `extraConfig`: `bus` of `<address>` cannot be `0a`
#   here: libvirt does not take it for hexadecimal
#   help: write `0x0a`
# warning[LNX0603] 19:61-19:63: in the XML of `extraConfig`: `slot` of `<address>` cannot be `0x20`
#   here: at most 0x1f
#   help: write what `lspci` shows, each part with `0x`
# warning[LNX0603] 22:30-22:36: in the XML of `extraConfig`: `id` of `<vendor>` cannot be `046d`
#   here: libvirt does not take it for hexadecimal
#   help: write `0x046d`
# warning[LNX0603] 24:35-24:41: in the XML of `extraConfig`: `port` of `<graphics>` cannot be `auto`
#   here: not a whole number
#   help: write a whole number

--- xml-with-models-and-types-that-libvirt-does-not-know ---
{
  machines.desktop.deployment = {
    cpus = 4; ram = 4096; nixos = false; pciDevices = [ ];
    extraConfig = ''
      <os><type arch='amd64' machine='q35'>hvm</type></os>
      <devices>
        <sound model='ich10'/>
        <video><model type='qlx'/></video>
        <controller type='usb' model='xhci'/>
        <controller type='scsi' model='virtio-scis' index='1'/>
        <channel type='unix'><target type='virtoi' name='org.qemu.guest_agent.0'/></channel>
        <tpm model='crb'><backend type='emulator' version='2.0'/></tpm>
        <interface type='network'><mac address='52:54:00:00:00:07'/><source network='default'/><model type='virtoi'/></interface>
        <filesystem type='mount'><driver type='virtio-fs'/><source dir='/srv'/><target dir='srv'/></filesystem>
      </devices>
    '';
  };
}

# warning[LNX0603] 5:22-5:29: in the XML of `extraConfig`: `arch` of `<type>` cannot be `amd64`
#   here: did you mean `x86_64`?
#   help: write `x86_64`
#   fix (unsafe): 5:23-5:28 -> `x86_64`
# warning[LNX0603] 7:22-7:29: in the XML of `extraConfig`: `model` of `<sound>` cannot be `ich10`
#   here: did you mean `ich9`?
#   help: libvirt takes `ich9`, `ich6`, `ich7`, `ac97`, `es1370`, `sb16`, `pcspk`, `usb` or `virtio`
#   fix (unsafe): 7:23-7:28 -> `ich9`
# warning[LNX0603] 8:28-8:33: in the XML of `extraConfig`: `type` of `<model>` cannot be `qlx`
#   here: did you mean `qxl`?
#   help: libvirt takes `virtio`, `qxl`, `vga`, `cirrus`, `bochs`, `ramfb`, `none`, `vmvga`, `xen`, `vbox` or `gop`
#   fix (unsafe): 8:29-8:32 -> `qxl`
# warning[LNX0603] 9:38-9:44: in the XML of `extraConfig`: `model` of `<controller>` cannot be `xhci`
#   here: did you mean `qemu-xhci`?
#   help: libvirt takes `qemu-xhci`, `nec-xhci`, `ehci`, `ich9-ehci1`, `ich9-uhci1`, `ich9-uhci2`, `ich9-uhci3`, `piix3-uhci`, `piix4-uhci`, `vt82c686b-uhci`, `pci-ohci`, `qusb1`, `qusb2` or `none`
#   fix (unsafe): 9:39-9:43 -> `qemu-xhci`
# warning[LNX0603] 10:39-10:52: in the XML of `extraConfig`: `model` of `<controller>` cannot be `virtio-scis`
#   here: did you mean `virtio-scsi`?
#   help: libvirt takes `virtio-scsi`, `lsilogic`, `lsisas1068`, `lsisas1078`, `auto`, `buslogic`, `ibmvscsi`, `vmpvscsi`, `ncr53c90`, `dc390`, `am53c974`, `virtio`, `virtio-transitional` or `virtio-non-transitional`
#   fix (unsafe): 10:40-10:51 -> `virtio-scsi`
# warning[LNX0603] 11:43-11:51: in the XML of `extraConfig`: `type` of `<target>` cannot be `virtoi`
#   here: did you mean `virtio`?
#   help: libvirt takes `virtio`, `guestfwd` or `xen`
#   fix (unsafe): 11:44-11:50 -> `virtio`
# warning[LNX0603] 12:20-12:25: in the XML of `extraConfig`: `model` of `<tpm>` cannot be `crb`
#   here: did you mean `tpm-crb`?
#   help: libvirt takes `tpm-crb`, `tpm-tis`, `tpm-spapr` or `spapr-tpm-proxy`
#   fix (unsafe): 12:21-12:24 -> `tpm-crb`
# warning[LNX0603] 13:108-13:116: in the XML of `extraConfig`: `type` of `<model>` cannot be `virtoi`
#   here: did you mean `virtio`?
#   help: write `virtio`: QEMU knows no `virtoi`
#   fix (unsafe): 13:109-13:115 -> `virtio`
# warning[LNX0603] 14:47-14:58: in the XML of `extraConfig`: `type` of `<driver>` cannot be `virtio-fs`
#   here: did you mean `virtiofs`?
#   help: libvirt takes `virtiofs`, `path`, `handle`, `loop`, `nbd`, `ploop` or `mtp`
#   fix (unsafe): 14:48-14:57 -> `virtiofs`

--- xml-without-what-libvirt-needs ---
{
  machines.desktop.deployment = {
    cpus = 4; ram = 4096; nixos = false;
    extraConfig = ''
      <cputune><vcpupin vcpu='0'/></cputune>
      <clock offset='utc'><timer present='no'/></clock>
      <features><hyperv><relaxed/><vapic stat='on'/><spinlocks state='on'/></hyperv><kvm><hidden/></kvm></features>
      <devices>
        <sound/>
        <graphics autoport='yes'/>
        <channel type='unix'><source mode='bind'/></channel>
        <hostdev mode='subsystem' type='pci' managed='yes'>
          <address domain='0x0000' bus='0x01' slot='0x00' function='0x0'/>
        </hostdev>
        <hostdev mode='subsystem' type='usb'><source><vendor id='0x046d'/></source></hostdev>
        <input><type>tablet</type></input>
      </devices>
    '';
  };
}

# error[LNX0602] 5:16-5:35: in the XML of `extraConfig`: `<vcpupin>` has no `cpuset`
#   here: libvirt refuses it like this
#   help: add `cpuset='…'`, numbers such as `0-3,5`
# error[LNX0602] 6:27-6:48: in the XML of `extraConfig`: `<timer>` has no `name`
#   here: libvirt refuses it like this
#   help: add `name='…'`; libvirt takes `rtc`, `pit`, `hpet`, `tsc`, `kvmclock`, `hypervclock`, `platform` or `armvtimer`
# error[LNX0602] 7:25-7:35: in the XML of `extraConfig`: `<relaxed>` has no `state`
#   here: libvirt refuses it like this
#   help: add `state='…'`; libvirt takes `on` or `off`
# warning[LNX0603] 7:42-7:46: in the XML of `extraConfig`: `<vapic>` has no attribute `stat`
#   here: did you mean `state`?
#   help: libvirt ignores what it does not know
#   fix (unsafe): 7:42-7:46 -> `state`
# error[LNX0602] 7:53-7:76: in the XML of `extraConfig`: `<spinlocks>` has no `retries`
#   here: libvirt refuses it like this
#   help: add `retries='…'`, a whole number
# error[LNX0602] 7:90-7:99: in the XML of `extraConfig`: `<hidden>` has no `state`
#   here: libvirt refuses it like this
#   help: add `state='…'`; libvirt takes `on` or `off`
# error[LNX0602] 9:9-9:17: in the XML of `extraConfig`: `<sound>` has no `model`
#   here: libvirt refuses it like this
#   help: add `model='…'`; libvirt takes `ich9`, `ich6`, `ich7`, `ac97`, `es1370`, `sb16`, `pcspk`, `usb` or `virtio`
# error[LNX0602] 10:9-10:35: in the XML of `extraConfig`: `<graphics>` has no `type`
#   here: libvirt refuses it like this
#   help: add `type='…'`; libvirt takes `vnc`, `spice`, `sdl`, `rdp`, `desktop`, `egl-headless` or `dbus`
# error[LNX0602] 11:9-11:30: in the XML of `extraConfig`: `<channel>` has no `<target>`
#   here: libvirt refuses it like this
#   help: add `<target type='virtio' name='org.qemu.guest_agent.0'/>`
# error[LNX0602] 12:9-12:60: in the XML of `extraConfig`: `<hostdev>` has no `<source>`
#   here: libvirt refuses it like this
#   help: the address on the hypervisor stands in it: `<source><address …/></source>`; an `<address>` outside of it is the one in the guest
# error[LNX0602] 15:54-15:75: in the XML of `extraConfig`: `<vendor>` stands without `<product>`
#   help: add `<product id='0x…'/>` beside it, as `lsusb` shows it
# warning[LNX0603] 16:17-16:21: in the XML of `extraConfig`: `<input>` has no element `<type>`
#   here: an attribute, not an element
#   help: write it as an attribute: `<input type='tablet'>`

--- xml-whose-source-is-of-another-type ---
{
  machines.store.deployment = {
    cpus = 2; ram = 4096; nixos = false;
    extraConfig = ''
      <devices>
        <disk type='file'><source dev='/dev/sdb'/><target dev='vdx' bus='virtio'/></disk>
        <disk type='block'><source file='/dev/sdc'/><target dev='vdy' bus='virtio'/></disk>
        <disk type='file' device='cdrom'><target dev='sdx' bus='sata'/></disk>
        <disk type='network'><source name='pool/image'/><target dev='foo' bus='virtio'/></disk>
        <interface type='network'><mac address='52:54:00:00:00:07'/><source bridge='br0'/></interface>
      </devices>
    '';
  };
}

# error[LNX0602] 6:20-6:26: in the XML of `extraConfig`: a disk of the type `file` has no source with `dev`
#   here: libvirt looks for `file`
#   6:35-6:38: of a disk of the type `block`
#   help: write `type='block'`, or `file` in `<source>`
# error[LNX0602] 7:36-7:40: in the XML of `extraConfig`: a disk of the type `block` has no source with `file`
#   here: libvirt looks for `dev`
#   7:20-7:27: the type asks for it
#   help: write `<source dev='/dev/sdc'/>`
# error[LNX0602] 9:30-9:57: in the XML of `extraConfig`: `<source>` has no `protocol`
#   here: of a disk of the type `network`
#   help: add `protocol='…'`
# error[LNX0602] 9:69-9:74: in the XML of `extraConfig`: `foo` is not the name of a disk in the guest
#   help: names are `vda`, `vdb`, … with virtio, and `sda`, `sdb`, … with SATA, SCSI or USB
# error[LNX0602] 10:25-10:34: in the XML of `extraConfig`: an interface of the type `network` has no source with `bridge`
#   here: libvirt looks for `network`
#   10:77-10:83: of an interface of the type `bridge`
#   help: write `type='bridge'`, or `network` in `<source>`

--- xml-that-says-a-thing-twice ---
{
  machines.worker.deployment = {
    cpus = 2; ram = 4096; nixos = false;
    initialDisks.boot = { size = 10240; extraXML = "<iotune><total_iops_sec>500</total_iops_sec><read_iops_sec>200</read_iops_sec></iotune>"; };
    extraConfig = ''
      <vcpu current='4'>2</vcpu>
      <cputune><vcpupin vcpu='0' cpuset='2'/><vcpupin vcpu='0' cpuset='3'/></cputune>
      <cpu mode='host-model'><feature policy='disable' name='vmx'/><feature policy='require' name='vmx'/></cpu>
    '';
  };
}

# error[LNX0602] 4:97-4:112: in the XML of `initialDisks.boot.extraXML`: `<total_iops_sec>` and `<read_iops_sec>` exclude each other
#   4:61-4:77: this limits reading and writing together
#   help: keep `total_…`, or `read_…` and `write_…`
# error[LNX0602] 6:13-6:24: in the XML of `extraConfig`: a machine of 2 CPUs cannot have 4 of them
#   6:25-6:26: how many there can be
#   help: write `current` for the CPUs that it starts with, and the most of them as the text
# error[LNX0602] 7:60-7:63: in the XML of `extraConfig`: two `<vcpupin>` have the `vcpu` `0`
#   here: given again here
#   7:30-7:33: given here first
#   help: remove one of them, or give it another number or name
# error[LNX0602] 8:99-8:104: in the XML of `extraConfig`: two `<feature>` have the `name` `vmx`
#   here: given again here
#   8:61-8:66: given here first
#   help: remove one of them, or give it another number or name

--- xml-with-another-number-of-cpus ---
let
  topology = "<topology sockets='1' cores='4' threads='2'/>";
in
{
  machines.a.deployment = { cpus = 4; ram = 4096; nixos = false; extraConfig = "<cpu mode='host-model'>${topology}</cpu>"; };
  machines.b.deployment = { cpus = 8; ram = 4096; nixos = false; extraConfig = "<cpu mode='host-model'>${topology}</cpu>"; };
  machines.c.deployment = { cpus = 4; ram = 4096; nixos = false; extraConfig = "<vcpu>8</vcpu><cpu>${topology}</cpu>"; };
  machines.d.deployment = { cpus = 4; ram = 4096; nixos = false; extraConfig = "<cpu><numa><cell id='0' cpus='1-4' memory='4' unit='GiB'/></numa></cpu>"; };
  machines.e.deployment = { cpus = 4; ram = 4096; nixos = false; extraConfig = "<cpu><topology cores='4'/></cpu>"; };
  machines.f.deployment = { cpus = { count = 4; cores = 2; }; ram = 4096; nixos = false; extraConfig = "<cpu><topology threads='2' sockets='1'/></cpu>"; };
}

# error[LNX0602] 2:15-2:60: in the XML of `extraConfig`: a topology of 8 CPUs does not fit a machine of 4
#   here: 1 socket × 4 cores × 2 threads
#   5:36-5:37: the number of CPUs is set here
#   help: set `cpus = 8;`, or let them be 4 when multiplied
# error[LNX0602] 8:110-8:115: in the XML of `extraConfig`: this cell has the CPU 4, and the machine's are 0 to 3
#   8:36-8:37: the number of CPUs is set here
#   help: CPUs are counted from 0; give the machine more of them with `cpus`
# error[LNX0602] 9:86-9:107: in the XML of `extraConfig`: `<topology>` has no `sockets`
#   here: libvirt refuses it like this
#   help: write all of them: `<topology sockets='1' cores='2' threads='2'/>`

--- xml-that-contradicts-the-machine ---
{
  machines.a.deployment = {
    cpus = 4; ram = 4096; nixos = false;
    initialDisks.boot = { size = 10240; extraXML = "<driver io='native' iothread='1'/>"; };
    pciDevices = [ { id = "01:00.0"; extraXML = "<address type='pci' domain='0' bus='0x07' slot='0' function='0'/>"; } ];
    extraConfig = ''
      <numatune><memory mode='strict' nodeset='0'/><memnode cellid='0' mode='strict' nodeset='0'/></numatune>
      <cputune><iothreadpin iothread='2' cpuset='0'/></cputune>
      <devices>
        <disk type='file' device='cdrom'><source file='/win.iso'/><target dev='hdc' bus='ide'/><readonly/></disk>
        <disk type='file'><target dev='vdx' bus='virtio'/></disk>
        <interface type='bridge'><mac address='52:54:00:00:00:07'/></interface>
        <filesystem type='mount'><driver type='virtiofs'/><source dir='/srv'/><target dir='srv'/></filesystem>
        <channel type='spicevmc'><target type='virtio' name='com.redhat.spice.0'/></channel>
        <sound model='ich9'><address type='pci' domain='0x0000' bus='0x07' slot='0x00' function='0x0'/></sound>
      </devices>
    '';
  };
}

# error[LNX0602] 4:64-4:72: `io='native'` needs `cache='none'` or `cache='directsync'`
#   here: the hypervisor caches this disk
#   help: write `cache='none' io='native'`
# error[LNX0602] 4:82-4:85: in the XML of `initialDisks.boot.extraXML`: the machine has no I/O thread 1
#   here: libvirt refuses it like this
#   help: add `<iothreads>1</iothreads>` to `extraConfig`: threads are counted from 1
# error[LNX0602] 7:52-7:99: in the XML of `extraConfig`: `<memnode>` is about a NUMA cell, and the machine has none
#   help: describe the cells with `<cpu><numa><cell …/></numa></cpu>`, or leave `<memnode>` out
# error[LNX0602] 8:38-8:41: in the XML of `extraConfig`: the machine has no I/O thread 2
#   here: libvirt refuses it like this
#   help: add `<iothreads>2</iothreads>` to `extraConfig`: threads are counted from 1
# error[LNX0602] 10:89-10:94: a machine of the type `q35` has no IDE
#   here: this disk is on IDE
#   help: write `bus='sata'` and a name such as `sda`, or set `machineType = "pc";`
# error[LNX0602] 11:9-11:27: in the XML of `extraConfig`: a disk has no source
#   here: libvirt refuses it like this
#   help: say where its data is: `<source file='/var/lib/libvirt/images/data.qcow2'/>`
# error[LNX0602] 12:9-12:34: in the XML of `extraConfig`: an interface of the type `bridge` has no source
#   here: libvirt refuses it like this
#   help: add `<source bridge='…'/>`, or use the option `interfaces`
# error[LNX0602] 13:34-13:59: in the XML of `extraConfig`: virtiofs needs memory that is shared
#   here: the memory of this machine is its own
#   help: add `<memoryBacking><source type='memfd'/><access mode='shared'/></memoryBacking>`, or use the option `sharedFolders`, which does
# error[LNX0602] 14:9-14:34: in the XML of `extraConfig`: `<channel>` needs a screen of SPICE
#   here: goes through SPICE, which this machine does not have
#   help: set `graphics.type = "spice";`, or leave it out
# error[LNX0602] 15:29-15:104: two devices have the PCI address 0000:07:00.0 in the guest
#   here: given again here
#   5:50-5:115: given here first
#   help: leave `<address>` out: libvirt finds a free one

--- xml-that-fits-the-machine ---
{
  machines.a.deployment = {
    cpus = 4; ram = 4096; nixos = false; machineType = "pc"; graphics.type = "spice";
    initialDisks.boot = { size = 10240; cache = "none"; extraXML = "<driver io='native' iothread='5'/>"; };
    extraConfig = ''
      <vcpu current='2'>8</vcpu>
      <iothreadids><iothread id='5'/></iothreadids>
      <cpu mode='host-model'>
        <topology sockets='1' cores='4' threads='2'/>
        <numa><cell id='0' cpus='0-7' memory='4' unit='GiB' memAccess='shared'/></numa>
      </cpu>
      <numatune><memory mode='strict' placement='auto'/><memnode cellid='0' mode='strict' nodeset='0'/></numatune>
      <cputune><iothreadpin iothread='5' cpuset='0-3,^2'/><period>100000</period><quota>-1</quota></cputune>
      <devices>
        <disk type='file' device='cdrom'><source file='/win.iso'/><target dev='hdc' bus='ide'/><readonly/></disk>
        <disk><target dev='vda'/><serial>ROOT</serial></disk>
        <filesystem type='mount'><driver type='virtiofs'/><source dir='/srv'/><target dir='srv'/></filesystem>
        <channel type='spicevmc'><target type='virtio' name='com.redhat.spice.0'/></channel>
        <controller type='usb' index='0' model='ich9-ehci1'/>
        <controller type='usb' index='0' model='ich9-uhci1'><master startport='0'/></controller>
      </devices>
    '';
  };
}

# fine

--- xml-with-a-mistake-in-a-tag-that-another-tag-closes ---
{
  machines.a.deployment = {
    cpus = 4; ram = 4096; nixos = false;
    extraConfig = ''
      <clock ofset="utc">
        <timer name="hpet" present="no"/>
      </clok>
      <devcies>
        <input type='tablet'/>
      </devices>
    '';
  };
}
# warning[LNX0603] 5:14-5:19: in the XML of `extraConfig`: `<clock>` has no attribute `ofset`
#   here: did you mean `offset`?
#   help: libvirt ignores what it does not know
#   fix (unsafe): 5:14-5:19 -> `offset`
# error[LNX0601] 7:7-7:14: in the XML of `extraConfig`: expected `</clock>`, found `</clok>`
#   here: `<clock>` is still open here
#   5:7-5:26: `<clock>` is opened here
#   help: did you mean `</clock>`?
#   fix (unsafe): 7:9-7:13 -> `clock`
# error[LNX0601] 8:8-8:15: in the XML of `extraConfig`: `<devcies>` is closed by `</devices>`
#   here: did you mean `<devices>`?
#   10:7-10:17: closed here
#   help: write both alike
#   fix (unsafe): 8:8-8:15 -> `devices`

--- xml-that-seems-to-lack-what-stands-in-what-is-not-closed ---
{
  machines.a.deployment = {
    cpus = 4; ram = 4096; nixos = false;
    extraConfig = ''
      <devices>
        <disk type='file' device='disk'>
          <source file='/var/lib/libvirt/images/data.qcow2'>
          <target dev='vdb' bus='virtio'/>
        </disk>
        <sound/>
      </devices>
    '';
  };
}

# error[LNX0601] 7:11-7:18: in the XML of `extraConfig`: `<source>` is not closed before `</disk>`
#   here: opened here
#   9:9-9:16: ends the `<disk>` around it
#   help: add `</source>`, or write `<source/>` for an element without content
# error[LNX0602] 10:9-10:17: in the XML of `extraConfig`: `<sound>` has no `model`
#   here: libvirt refuses it like this
#   help: add `model='…'`; libvirt takes `ich9`, `ich6`, `ich7`, `ac97`, `es1370`, `sb16`, `pcspk`, `usb` or `virtio`

--- xml-whose-values-are-given-elsewhere ---
let
  disk = { cache ? "none", io ? "native" }: "<driver name='qemu' cache='${cache}' io='${io}'/>";
  hostdev = { bus, fn ? "0" }: ''
    <hostdev mode='subsystem' type='pci' managed='yes'>
      <source><address domain='0x0000' bus='0x${bus}' slot='0x00' function='0x${fn}'/></source>
    </hostdev>
  '';
  pins = builtins.concatStringsSep "" (map (pin: "<vcpupin vcpu='${pin.cpu}' cpuset='${pin.on}'/>") [
    { cpu = "0"; on = "4"; }
    { cpu = "1"; on = "five"; }
    { cpu = "0"; on = "6"; }
  ]);
  vm = sound: {
    deployment = {
      cpus = 2; ram = 2048; nixos = false;
      initialDisks.boot = { size = 1000; extraXML = disk { cache = "nonee"; }; };
      extraConfig = ''
        <cputune>${pins}</cputune>
        <devices>
          <sound model='${sound}'/>
          ${hostdev { bus = "0a"; fn = "8"; }}
          ${hostdev { bus = "0g"; }}
        </devices>
      '';
    };
  };
in
{ machines.a = vm "ich9"; machines.b = vm "ich99"; }

# warning[LNX0603] 10:24-10:28: in the XML of `extraConfig`: `cpuset` of `<vcpupin>` cannot be `five`
#   here: no set that libvirt can read
#   help: write numbers and ranges with commas between them: `0-3,5`; `^2` leaves one out
# error[LNX0602] 11:14-11:15: in the XML of `extraConfig`: two `<vcpupin>` have the `vcpu` `0`
#   here: given again here
#   9:14-9:15: given here first
#   help: remove one of them, or give it another number or name
# warning[LNX0603] 16:69-16:74: in the XML of `initialDisks.boot.extraXML`: `cache` of `<driver>` cannot be `nonee`
#   here: did you mean `none`?
#   help: libvirt takes `default`, `none`, `writethrough`, `writeback`, `directsync` or `unsafe`
# warning[LNX0603] 21:41-21:42: in the XML of `extraConfig`: `function` of `<address>` cannot be `0x8`
#   here: at most 0x7
#   help: write what `lspci` shows, each part with `0x`
# warning[LNX0603] 22:30-22:32: in the XML of `extraConfig`: `bus` of `<address>` cannot be `0x0g`
#   here: not a number
#   help: write what `lspci` shows, each part with `0x`: `0x0a`
# warning[LNX0603] 28:44-28:49: in the XML of `extraConfig`: `model` of `<sound>` cannot be `ich99`
#   here: did you mean `ich9`?
#   help: libvirt takes `ich9`, `ich6`, `ich7`, `ac97`, `es1370`, `sb16`, `pcspk`, `usb` or `virtio`

--- xml-of-a-list-that-is-a-text ---
let
  devices = [ "<hub type='usb'/>" [ "<sound modle='ich9'/>" ] [ ] "<hub typ='usb'/>" ];
  pins = map (cpu: "<vcpupin vcpu='0' cpuset='${toString cpu}'/>") [ "5-" ];
in
{
  machines.a.deployment = {
    cpus = 1; ram = 512; nixos = false;
    extraConfig = ''
      <devices>${toString devices}</devices>
      <cputune>${toString pins}</cputune>
    '';
  };
}

# warning[LNX0603] 2:45-2:50: in the XML of `extraConfig`: `<sound>` has no attribute `modle`
#   here: did you mean `model`?
#   help: libvirt ignores what it does not know
#   fix (unsafe): 2:45-2:50 -> `model`
# warning[LNX0603] 2:73-2:76: in the XML of `extraConfig`: `<hub>` has no attribute `typ`
#   here: did you mean `type`?
#   help: libvirt ignores what it does not know
#   fix (unsafe): 2:73-2:76 -> `type`
# warning[LNX0603] 3:71-3:73: in the XML of `extraConfig`: `cpuset` of `<vcpupin>` cannot be `5-`
#   here: no set that libvirt can read
#   help: write numbers and ranges with commas between them: `0-3,5`; `^2` leaves one out

--- xml-with-references-in-values ---
{
  defaults.deployment = { cpus = 1; ram = 512; nixos = false; };
  machines.a.deployment.extraConfig = "<devices><sound model='&foo;'/><sound model='ich&9'/></devices>";
  machines.b.deployment.extraConfig = "<memory unit='MiB'>&max;</memory><on_crash>a&b</on_crash>";
  machines.c.deployment.extraConfig = ''
    <!DOCTYPE domain [ <!ENTITY card "ich9"> ]>
    <devices><sound model='&card;'/></devices>
  '';
}

# error[LNX0601] 3:63-3:68: in the XML of `extraConfig`: unknown entity `&foo;`
#   help: XML knows `&lt;`, `&gt;`, `&amp;`, `&apos;`, `&quot;` and numbers such as `&#160;`
# error[LNX0601] 3:88-3:89: in the XML of `extraConfig`: an `&` starts an entity here, and no `;` ends it
#   help: write `&amp;` where an `&` is meant
# error[LNX0601] 4:59-4:64: in the XML of `extraConfig`: unknown entity `&max;`
#   help: XML knows `&lt;`, `&gt;`, `&amp;`, `&apos;`, `&quot;` and numbers such as `&#160;`
# error[LNX0601] 4:84-4:85: in the XML of `extraConfig`: an `&` starts an entity here, and no `;` ends it
#   help: write `&amp;` where an `&` is meant
# error[LNX0601] 6:15-6:47: in the XML of `extraConfig`: a document type has no place here
#   help: remove the `<!DOCTYPE …>`; entities of your own are not supported

--- more-unknown-elements-than-most-have ---
{ machines.a.deployment = { cpus = 1; ram = 512; nixos = false; extraConfig = ''
  <devices>
    <dsik/> <dsik/> <dsik/> <dsik/> <dsik/> <dsik/> <dsik/> <dsik/> <dsik/> <dsik/> <dsik/>
    <!-- launchnix: allow(LNX0603) -->
    <dsik/>
    <dsik/> <dsik/> <dsik/> <dsik/> <dsik/> <dsik/> <dsik/> <dsik/> <dsik/> <dsik/> <dsik/> <!-- launchnix: allow(LNX0603) -->
    <dsik/>
  </devices>
''; }; }
# warning[LNX0603] 3:6-3:10: in the XML of `extraConfig`: `<devices>` has no element `<dsik>`
#   here: did you mean `<disk>`?
#   help: libvirt ignores what it does not know
#   fix (unsafe): 3:6-3:10 -> `disk`
# warning[LNX0603] 3:14-3:18: in the XML of `extraConfig`: `<devices>` has no element `<dsik>`
#   here: did you mean `<disk>`?
#   help: libvirt ignores what it does not know
#   fix (unsafe): 3:14-3:18 -> `disk`
# warning[LNX0603] 3:22-3:26: in the XML of `extraConfig`: `<devices>` has no element `<dsik>`
#   here: did you mean `<disk>`?
#   help: libvirt ignores what it does not know
#   fix (unsafe): 3:22-3:26 -> `disk`
# warning[LNX0603] 3:30-3:34: in the XML of `extraConfig`: `<devices>` has no element `<dsik>`
#   here: did you mean `<disk>`?
#   help: libvirt ignores what it does not know
#   fix (unsafe): 3:30-3:34 -> `disk`
# warning[LNX0603] 3:38-3:42: in the XML of `extraConfig`: `<devices>` has no element `<dsik>`
#   here: did you mean `<disk>`?
#   help: libvirt ignores what it does not know
#   fix (unsafe): 3:38-3:42 -> `disk`
# warning[LNX0603] 3:46-3:50: in the XML of `extraConfig`: `<devices>` has no element `<dsik>`
#   here: did you mean `<disk>`?
#   help: libvirt ignores what it does not know
#   fix (unsafe): 3:46-3:50 -> `disk`
# warning[LNX0603] 3:54-3:58: in the XML of `extraConfig`: `<devices>` has no element `<dsik>`
#   here: did you mean `<disk>`?
#   help: libvirt ignores what it does not know
#   fix (unsafe): 3:54-3:58 -> `disk`
# warning[LNX0603] 3:62-3:66: in the XML of `extraConfig`: `<devices>` has no element `<dsik>`
#   here: did you mean `<disk>`?
#   help: libvirt ignores what it does not know
#   fix (unsafe): 3:62-3:66 -> `disk`
# warning[LNX0603] 3:70-3:74: in the XML of `extraConfig`: `<devices>` has no element `<dsik>`
#   here: did you mean `<disk>`?
#   help: libvirt ignores what it does not know
#   fix (unsafe): 3:70-3:74 -> `disk`
# warning[LNX0603] 3:78-3:82: in the XML of `extraConfig`: `<devices>` has no element `<dsik>`
#   here: did you mean `<disk>`?
#   help: libvirt ignores what it does not know
#   fix (unsafe): 3:78-3:82 -> `disk`
# warning[LNX0603] 3:86-3:90: in the XML of `extraConfig`: `<devices>` has no element `<dsik>`
#   here: did you mean `<disk>`?
#   help: libvirt ignores what it does not know
#   fix (unsafe): 3:86-3:90 -> `disk`
# warning[LNX0603] 7:6-7:10: in the XML of `extraConfig`: `<devices>` has no element `<dsik>`
#   here: did you mean `<disk>`?
#   help: libvirt ignores what it does not know
#   fix (unsafe): 7:6-7:10 -> `disk`

--- xml-that-few-have ---
{
  defaults.deployment = { cpus = 1; ram = 512; nixos = false; };
  machines.a.deployment.extraConfig = ''
    <os><type arch='riscv32'>hvm</type></os>
    <devices>
      <smartcard mode='host-certificates'>
        <certificate>one</certificate>
        <certificate>two</certificate>
        <certificate>three</certificate>
      </smartcard>
      <interface type='network'>
        <mac address='52:54:00:00:00:01'/>
        <source network='default'/>
        <model type='i82558a'/>
      </interface>
      <tpm><backend type='emulator'/></tpm>
      <vsock model='virtio'><cid auto='yes' address='3'/></vsock>
    </devices>
  '';
  machines.b.deployment.extraConfig = "<devices><vsock model='virtio'><cid auto='yes' address='3'/></vsock></devices>";
}
# fine
