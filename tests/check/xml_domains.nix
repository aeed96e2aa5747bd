--- a-domain-whose-name-and-uuid-are-broken ---
{
  machines.web.deployment = {
    cpus = 1; ram = 512; nixos = false;
    extraConfig = ''
      <domain type='kvm'>
        <name>web & mail</name>
        <uuid>9f4b6512-e73a-4a25-93e8-5307802821ce
        <memory unit='MiB'>512</memory>
      </domain>
    '';
  };
}

# error[LNX0601] 6:19-6:20: in the XML of `extraConfig`: an `&` starts an entity here, and no `;` ends it
#   help: write `&amp;` where an `&` is meant
# error[LNX0601] 7:9-7:14: in the XML of `extraConfig`: `<uuid>` is not closed before `</domain>`
#   here: opened here
#   9:7-9:16: ends the `<domain>` around it
#   help: add `</uuid>`, or write `<uuid/>` for an element without content

--- what-follows-from-a-misspelt-element-of-a-domain ---
{
  machines.a.deployment = {
    cpus = 1; ram = 512; nixos = false;
    extraConfig = ''
      <domain type='kvm'>
        <vpcu placement='static'>16</vpcu>
        <oss><type arch='x86_64' machine='pc'>hvm</type></oss>
        <cpu>
          <topology sockets='2' cores='4' threads='2'/>
          <numa><cell id='0' cpus='0-7' memory='512' unit='MiB'/></numa>
        </cpu>
        <devices>
          <disk type='file' device='disk'><source file='/srv/a.img'/><target dev='hda' bus='ide'/></disk>
          <controller type='usb' index='0' model='ich9-uhci1'>
            <address type='pci' domain='0x0000' bus='0x00' slot='0x1d' function='0x0'/>
          </controller>
          <controller type='usb' index='0' model='ich9-ehci1'>
            <address type='pci' domain='0x0000' bus='0x00' slot='0x1d' fuction='0x7'/>
          </controller>
          <redirdev bus='usb' type='spicevmc'/>
          <graphics type='spcie-app'/>
        </devices>
      </domain>
    '';
  };
}

# warning[LNX0603] 6:10-6:14: in the XML of `extraConfig`: `<domain>` has no element `<vpcu>`
#   here: did you mean `<vcpu>`?
#   help: libvirt ignores what it does not know
#   fix (unsafe): 6:10-6:14 -> `vcpu`
#   and: 6:38-6:42 -> `vcpu`
# warning[LNX0603] 7:10-7:13: in the XML of `extraConfig`: `<domain>` has no element `<oss>`
#   here: did you mean `<os>`?
#   help: libvirt ignores what it does not know
#   fix (unsafe): 7:10-7:13 -> `os`
#   and: 7:59-7:62 -> `os`
# warning[LNX0603] 18:72-18:79: in the XML of `extraConfig`: `<address>` has no attribute `fuction`
#   here: did you mean `function`?
#   help: libvirt ignores what it does not know
#   fix (unsafe): 18:72-18:79 -> `function`
# warning[LNX0603] 21:26-21:37: in the XML of `extraConfig`: `type` of `<graphics>` cannot be `spcie-app`
#   here: no value that libvirt knows here
#   help: libvirt takes `vnc`, `spice`, `sdl`, `rdp`, `desktop`, `egl-headless` or `dbus`

--- elements-that-were-copied-as-they-are ---
{
  machines.a.deployment = {
    cpus = 1; ram = 512; nixos = false;
    extraConfig = ''
      <devices>
        <disk type='block' device='disk'>
          <source dev='/dev/sdb'/>
          <target dev='vdx' bus='virtio'/>
          <address type='pci' domain='0x0000' bus='0x07' slot='0x00' function='0x0'/>
        </disk>
        <disk type='block' device='disk'>
          <source dev='/dev/sdb'/>
          <target dev='vdx' bus='virtio'/>
          <address type='pci' domain='0x0000' bus='0x07' slot='0x00' function='0x0'/>
        </disk>
      </devices>
    '';
  };
}

# error[LNX0602] 13:23-13:28: in the XML of `extraConfig`: two disks have the name `vdx`
#   here: given again here
#   8:23-8:28: given here first
#   help: give each disk a name of its own: Launchnix calls its own `vda`, `vdb` and so on

--- an-address-outside-of-its-source ---
{
  machines.a.deployment = {
    cpus = 1; ram = 512; nixos = false;
    extraConfig = ''
      <devices>
        <hostdev mode='subsystem' type='mdev' model='vfio-pci'>
          <source></source>
          <address uuid='53764d0e-85a0-42b4-af5c-2046b460b1dc'/>
        </hostdev>
      </devices>
    '';
  };
}

# warning[LNX0603] 8:20-8:24: in the XML of `extraConfig`: `<address>` has no attribute `uuid`
#   here: of the device on the hypervisor
#   help: move it into the `<source>` of the device: `<source><address …/></source>`

--- values-of-a-domain-that-libvirt-refuses ---
{
  machines.a.deployment = {
    cpus = 1; ram = 512; nixos = false;
    extraConfig = ''
      <vcpu current='1'></vcpu>
      <memory unit='GiB'>${""}</memory>
      <os><type arch='X86-64' machine='pc'>hvm</type></os>
      <features><apic eoi='yes'/></features>
      <devices>
        <disk type='nvme' device='disk'>
          <source type='pcie' managed='yes' namespace='1'>
            <address domain='0x0000' bus='0x01' slot='0x00' function='0x0'/>
          </source>
          <target dev='vdx' bus='virtio'/>
        </disk>
        <disk type='block' device='lun'>
          <source dev='/dev/sdc'><reservations managed='true'/></source>
          <target dev='sdx' bus='scsi'/>
        </disk>
      </devices>
    '';
  };
}

# warning[LNX0603] 5:7-5:32: in the XML of `extraConfig`: `<vcpu>` is empty
#   here: nothing stands here
#   help: write a whole number in it, or leave it out
# warning[LNX0603] 6:7-6:26: in the XML of `extraConfig`: `<memory>` is empty
#   here: nothing stands here
#   help: write a whole number in it, or leave it out
# warning[LNX0603] 7:22-7:30: in the XML of `extraConfig`: `arch` of `<type>` cannot be `X86-64`
#   here: did you mean `x86_64`?
#   help: write `x86_64`
#   fix (unsafe): 7:23-7:29 -> `x86_64`
# warning[LNX0603] 8:27-8:32: in the XML of `extraConfig`: `eoi` of `<apic>` cannot be `yes`
#   here: did you mean `on`?
#   help: libvirt takes `on` or `off`
#   fix (safe): 8:28-8:31 -> `on`
# warning[LNX0603] 11:24-11:30: in the XML of `extraConfig`: `type` of `<source>` cannot be `pcie`
#   here: did you mean `pci`?
#   help: libvirt takes `pci` or `unix`
#   fix (unsafe): 11:25-11:29 -> `pci`
# warning[LNX0603] 17:56-17:62: in the XML of `extraConfig`: `managed` of `<reservations>` cannot be `true`
#   here: did you mean `yes`?
#   help: libvirt takes `yes` or `no`
#   fix (safe): 17:57-17:61 -> `yes`

--- a-boot-order-of-kinds-and-one-of-devices ---
{
  machines.a.deployment = {
    cpus = 1; ram = 512; nixos = false;
    extraConfig = ''
      <os><boot dev='network'/></os>
      <devices>
        <disk type='file' device='disk'><source file='/srv/a.img'/><target dev='vdx'/><boot order='1'/></disk>
        <disk type='file' device='disk'><source file='/srv/b.img'/><target dev='vdy'/><boot order='2'/></disk>
      </devices>
    '';
  };
}
# error[LNX0602] 7:87-7:104: in the XML of `extraConfig`: a device has a place in the boot order, and so have kinds of devices
#   here: of this device
#   5:11-5:32: of all devices of a kind
#   8:87-8:104: of this one as well
#   help: leave the `<boot>` in `<os>` out: libvirt takes only one of the two

--- a-cache-that-is-misspelt-or-not-the-one-that-native-needs ---
{
  machines.a.deployment = {
    cpus = 1; ram = 512; nixos = false;
    initialDisks.a = { size = 10; extraXML = "<driver name='qemu' type='qcow2' Cache='none' io='native'/>"; };
  };
  machines.b.deployment = {
    cpus = 1; ram = 512; nixos = false;
    initialDisks.a = { size = 10; extraXML = "<driver name='qemu' type='qcow2' cache='writeback' io='native'/>"; };
  };
}
# warning[LNX0603] 4:80-4:85: in the XML of `initialDisks.a.extraXML`: `<driver>` has no attribute `Cache`
#   here: did you mean `cache`?
#   help: libvirt ignores what it does not know
#   fix (safe): 4:80-4:85 -> `cache`
# error[LNX0602] 8:86-8:97: `io='native'` needs `cache='none'` or `cache='directsync'`
#   here: the hypervisor caches this disk
#   help: write `cache='none' io='native'`
