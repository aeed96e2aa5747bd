--- xml-with-one-quote-of-two ---
{
  machines.gpu.deployment = {
    cpus = 4; ram = 8192; nixos = false;
    extraConfig = ''
      <devices>
        <hostdev mode='subsystem' type='pci' managed=yes'>
          <source><address domain='0x0000' bus=0x0a' slot='0x00' function='0x0'/></source>
          <rom bar='on" file='/var/lib/libvirt/vbios/gpu.rom'/>
        </hostdev>
        <serial type='file'><source path=/var/log/gpu console.log'/></serial>
      </devices>
    '';
  };
}

# error[LNX0601] 6:46-6:58: in the XML of `extraConfig`: the value of the attribute `managed` has no opening quote
#   here: the quote is closed here, and opened nowhere
#   help: write `managed='yes'`
# error[LNX0601] 7:44-7:53: in the XML of `extraConfig`: the value of the attribute `bus` has no opening quote
#   here: the quote is closed here, and opened nowhere
#   help: write `bus='0x0a'`
# error[LNX0601] 8:16-8:24: in the XML of `extraConfig`: the value of the attribute `bar` has no closing quote
#   here: the quote is opened here
#   help: close the value with `'`; write `&lt;` where a `<` is meant
# error[LNX0601] 10:37-10:67: in the XML of `extraConfig`: the value of the attribute `path` has no opening quote
#   here: the quote is closed here, and opened nowhere
#   help: write `path='/var/log/gpu console.log'`

--- xml-tags-without-their-end ---
{
  machines.desktop.deployment = {
    cpus = 4; ram = 4096; nixos = false;
    extraConfig = ''
      <memtune><hard_limit unit='GiB'>6</hard_limit><soft_limit4194304</soft_limit></memtune>
      <devices>
        <video><model type='virtio' heads='1'/</video>
        <watchdog model='itco' action='reset'/
        <sound model='ich9'>
        <input type='tablet' bus='usb'>
          <alias name='ua-pen'/>
      </devices>
      <on_crash>restart
    '';
  };
}

# error[LNX0601] 5:53-5:64: in the XML of `extraConfig`: the tag `<soft_limit` is not closed
#   here: no `>` behind the name
#   help: write `<soft_limit>` before the text
# error[LNX0601] 7:16-7:47: in the XML of `extraConfig`: the tag `<model` is not closed
#   here: no `>` behind the `/`
#   help: close the tag with `/>`
# error[LNX0601] 8:9-8:47: in the XML of `extraConfig`: the tag `<watchdog` is not closed
#   here: no `>` behind the `/`
#   help: close the tag with `/>`
# error[LNX0601] 9:9-9:15: in the XML of `extraConfig`: `<sound>` is not closed before `</devices>`
#   here: opened here
#   12:7-12:17: ends the `<devices>` around it
#   help: add `</sound>`, or write `<sound/>` for an element without content
# error[LNX0601] 10:9-10:15: in the XML of `extraConfig`: `<input>` is not closed before `</devices>`
#   here: opened here
#   12:7-12:17: ends the `<devices>` around it
#   help: add `</input>`, or write `<input/>` for an element without content
# error[LNX0601] 13:7-13:16: in the XML of `extraConfig`: `<on_crash>` is never closed
#   here: opened here
#   help: add `</on_crash>`, or write `<on_crash/>` for an element without content

--- xml-with-misspelt-names-in-what-is-not-closed ---
{
  machines.store.deployment = {
    cpus = 2; ram = 2048; nixos = false;
    extraConfig = ''
      <devices>
        <disk type='network' device='disk'>
          <drvier name='qemu' type='raw'/>
          <source protocol='rbd' name='rbd/data'>
            <hots name='mon1' port='6789'/>
          <target dev='vdx' bus='virtio'/>
        <shmme name='ring'><size unit='M'>4</size></shmme>
        <filesystem type='mount'>
    '';
  };
}

# error[LNX0601] 5:7-5:15: in the XML of `extraConfig`: `<devices>` is never closed
#   here: opened here
#   help: add `</devices>`, or write `<devices/>` for an element without content
# error[LNX0601] 6:9-6:14: in the XML of `extraConfig`: `<disk>` is never closed
#   here: opened here
#   help: add `</disk>`, or write `<disk/>` for an element without content
# warning[LNX0603] 7:12-7:18: in the XML of `extraConfig`: `<disk>` has no element `<drvier>`
#   here: did you mean `<driver>`?
#   help: libvirt ignores what it does not know
#   fix (unsafe): 7:12-7:18 -> `driver`
# error[LNX0601] 8:11-8:18: in the XML of `extraConfig`: `<source>` is never closed
#   here: opened here
#   help: add `</source>`, or write `<source/>` for an element without content
# warning[LNX0603] 9:14-9:18: in the XML of `extraConfig`: `<source>` has no element `<hots>`
#   here: did you mean `<host>`?
#   help: libvirt ignores what it does not know
#   fix (unsafe): 9:14-9:18 -> `host`
# warning[LNX0603] 11:10-11:15: in the XML of `extraConfig`: `<devices>` has no element `<shmme>`
#   here: did you mean `<shmem>`?
#   help: libvirt ignores what it does not know
#   fix (unsafe): 11:10-11:15 -> `shmem`
#   and: 11:53-11:58 -> `shmem`
# error[LNX0601] 12:9-12:20: in the XML of `extraConfig`: `<filesystem>` is never closed
#   here: opened here
#   help: add `</filesystem>`, or write `<filesystem/>` for an element without content

--- xml-whose-start-is-misspelt-and-whose-end-is-not ---
{
  machines.a.deployment = {
    cpus = 2; ram = 2048; nixos = false;
    extraConfig = ''
      <cputunes><shares>2048</shares></cputune>
      <devices><graphcs type='spice' port='x'></graphics></devices>
    '';
  };
}

# error[LNX0601] 5:8-5:16: in the XML of `extraConfig`: `<cputunes>` is closed by `</cputune>`
#   here: did you mean `<cputune>`?
#   5:38-5:48: closed here
#   help: write both alike
#   fix (unsafe): 5:8-5:16 -> `cputune`
# error[LNX0601] 6:17-6:24: in the XML of `extraConfig`: `<graphcs>` is closed by `</graphics>`
#   here: did you mean `<graphics>`?
#   6:47-6:58: closed here
#   help: write both alike
#   fix (unsafe): 6:17-6:24 -> `graphics`
# warning[LNX0603] 6:43-6:46: in the XML of `extraConfig`: `port` of `<graphics>` cannot be `x`
#   here: not a whole number
#   help: write a whole number

--- xml-names-that-are-mended ---
let
  bus = "virito";
  timer = name: "<timer name='${name}' present='no'/>";
in
{
  machines.a.deployment = {
    cpus = 2; ram = 2048; nixos = false;
    extraConfig = ''
      <Features><acpi/></Features>
      <clock Offset='utc'>${timer "hept"}</clock>
      <memtune><hard_limt unit='GiB'>4</hard_limt></memtune>
      <on_reboot>RESTART</on_reboot>
      <devices>
        <disk type='file' device='cdrom'><target dev='sda' bus='${bus}'/><readonly/></disk>
        <graphics type='spcie' autoport='true'/>
        <watchdog model='${if true then "itoc" else "ib700"}'/>
      </devices>
    '';
  };
  machines.b.deployment = {
    cpus = 2; ram = 2048; nixos = false;
    extraConfig = "<devices><sound model=\"ich8\"/></devices>" + "<on_carsh>restart</on_carsh>";
  };
}

# warning[LNX0603] 2:10-2:16: in the XML of `extraConfig`: `bus` of `<target>` cannot be `virito`
#   here: did you mean `virtio`?
#   help: libvirt takes `virtio`, `sata`, `scsi`, `usb`, `ide`, `fdc`, `xen`, `sd`, `uml` or `nvme`
# warning[LNX0603] 9:8-9:16: in the XML of `extraConfig`: `<domain>` has no element `<Features>`
#   here: did you mean `<features>`?
#   help: libvirt ignores what it does not know
#   fix (safe): 9:8-9:16 -> `features`
#   and: 9:26-9:34 -> `features`
# warning[LNX0603] 10:14-10:20: in the XML of `extraConfig`: `<clock>` has no attribute `Offset`
#   here: did you mean `offset`?
#   help: libvirt ignores what it does not know
#   fix (safe): 10:14-10:20 -> `offset`
# warning[LNX0603] 10:36-10:40: in the XML of `extraConfig`: `name` of `<timer>` cannot be `hept`
#   here: did you mean `hpet`?
#   help: libvirt takes `rtc`, `pit`, `hpet`, `tsc`, `kvmclock`, `hypervclock`, `platform` or `armvtimer`
# warning[LNX0603] 11:17-11:26: in the XML of `extraConfig`: `<memtune>` has no element `<hard_limt>`
#   here: did you mean `<hard_limit>`?
#   help: libvirt ignores what it does not know
#   fix (unsafe): 11:17-11:26 -> `hard_limit`
#   and: 11:41-11:50 -> `hard_limit`
# warning[LNX0603] 12:18-12:25: in the XML of `extraConfig`: `<on_reboot>` cannot be `RESTART`
#   here: did you mean `restart`?
#   help: libvirt takes `destroy`, `restart`, `preserve` or `rename-restart`
#   fix (safe): 12:18-12:25 -> `restart`
# warning[LNX0603] 15:24-15:31: in the XML of `extraConfig`: `type` of `<graphics>` cannot be `spcie`
#   here: did you mean `spice`?
#   help: libvirt takes `vnc`, `spice`, `sdl`, `rdp`, `desktop`, `egl-headless` or `dbus`
#   fix (unsafe): 15:25-15:30 -> `spice`
# warning[LNX0603] 15:41-15:47: in the XML of `extraConfig`: `autoport` of `<graphics>` cannot be `true`
#   here: did you mean `yes`?
#   help: libvirt takes `yes` or `no`
#   fix (safe): 15:42-15:46 -> `yes`
# warning[LNX0603] 16:42-16:46: in the XML of `extraConfig`: `model` of `<watchdog>` cannot be `itoc`
#   here: did you mean `itco`?
#   help: libvirt takes `i6300esb`, `ib700`, `itco` or `diag288`
# warning[LNX0603] 22:42-22:50: in the XML of `extraConfig`: `model` of `<sound>` cannot be `ich8`
#   here: did you mean `ich9`?
#   help: libvirt takes `ich9`, `ich6`, `ich7`, `ac97`, `es1370`, `sb16`, `pcspk`, `usb` or `virtio`
#   fix (unsafe): 22:44-22:48 -> `ich9`
# warning[LNX0603] 22:68-22:76: in the XML of `extraConfig`: `<domain>` has no element `<on_carsh>`
#   here: did you mean `<on_crash>`?
#   help: libvirt ignores what it does not know
#   fix (unsafe): 22:68-22:76 -> `on_crash`
#   and: 22:86-22:94 -> `on_crash`

--- xml-that-says-once-what-it-says-twice ---
{
  machines.a.deployment = {
    cpus = 4; ram = 4096; nixos = false;
    extraConfig = ''
      <memtune>
        <hard_limit unit='GiB'>6</hard_limit>
        <hard_limit unit='GiB'>8</hard_limit>
      </memtune>
      <features><acpi/></features>
      <features><acpi/><smm state='on'/></features>
      <cpu mode='host-passthrough'><feature policy='require' name='vmx'/></cpu>
      <cpu mode='host-model'/>
      <sysinfo type='fwcfg'>
        <entry name='opt/com.coreos/config' file='/srv/web.ign'/>
        <entry name='opt/org.example/name'>web</entry>
      </sysinfo>
      <devices>
        <interface type='network'>
          <mac address='52:54:00:00:00:17'/>
          <source network='default'/>
          <source network='lan'/>
          <vlan trunk='yes'><tag id='4'/><tag id='5'/></vlan>
        </interface>
        <graphics type='spice'>
          <channel name='main' mode='secure'/>
          <channel name='record' mode='insecure'/>
          <listen type='address' address='127.0.0.1'/>
          <listen type='socket'/>
        </graphics>
        <serial type='udp'>
          <source mode='bind' host='0.0.0.0' service='2445'/>
          <source mode='connect' host='192.0.2.5' service='2445'/>
        </serial>
      </devices>
    '';
  };
}

# warning[LNX0603] 7:9-7:20: in the XML of `extraConfig`: `<hard_limit>` stands twice in `<memtune>`
#   here: given again here
#   6:9-6:20: given here first
#   help: remove one of them: libvirt reads only one
# warning[LNX0603] 12:7-12:11: in the XML of `extraConfig`: `<cpu>` stands twice in `<domain>`
#   here: given again here
#   11:7-11:11: given here first
#   help: remove one of them: libvirt reads only one
# warning[LNX0603] 21:11-21:18: in the XML of `extraConfig`: `<source>` stands twice in `<interface>`
#   here: given again here
#   20:11-20:18: given here first
#   help: remove one of them: libvirt reads only one

--- xml-that-seems-to-lack-what-is-misspelt ---
{
  machines.a.deployment = {
    cpus = 4; ram = 4096; nixos = false;
    extraConfig = ''
      <memoryBacking><acces mode='shared'/></memoryBacking>
      <cpu><topology sockets='1' core='2' threads='2'/></cpu>
      <devices>
        <interface type='bridge'><mac adress='52:54:00:00:00:18'/><sorce bridge='br0'/></interface>
        <disk type='block'><Source dev='/dev/sdb'/><target dev='vdx' bus='virtio'/></disk>
        <graphic type='spice'/>
        <channel type='spicevmc'><target type='virtio' name='com.redhat.spice.0'/></channel>
        <filesystem type='mount'><driver type='virtiofs'/><source dir='/srv'/><target dir='srv'/></filesystem>
        <hostdev mode='subsystem' type='usb'><vendor id='0x046d'/><source><product id='0xc52b'/></source></hostdev>
      </devices>
    '';
  };
}

# warning[LNX0603] 5:23-5:28: in the XML of `extraConfig`: `<memoryBacking>` has no element `<acces>`
#   here: did you mean `<access>`?
#   help: libvirt ignores what it does not know
#   fix (unsafe): 5:23-5:28 -> `access`
# warning[LNX0603] 6:34-6:38: in the XML of `extraConfig`: `<topology>` has no attribute `core`
#   here: did you mean `cores`?
#   help: libvirt ignores what it does not know
#   fix (unsafe): 6:34-6:38 -> `cores`
# warning[LNX0603] 8:39-8:45: in the XML of `extraConfig`: `<mac>` has no attribute `adress`
#   here: did you mean `address`?
#   help: libvirt ignores what it does not know
#   fix (unsafe): 8:39-8:45 -> `address`
# warning[LNX0603] 8:68-8:73: in the XML of `extraConfig`: `<interface>` has no element `<sorce>`
#   here: did you mean `<source>`?
#   help: libvirt ignores what it does not know
#   fix (unsafe): 8:68-8:73 -> `source`
# warning[LNX0603] 9:29-9:35: in the XML of `extraConfig`: `<disk>` has no element `<Source>`
#   here: did you mean `<source>`?
#   help: libvirt ignores what it does not know
#   fix (safe): 9:29-9:35 -> `source`
# warning[LNX0603] 10:10-10:17: in the XML of `extraConfig`: `<devices>` has no element `<graphic>`
#   here: did you mean `<graphics>`?
#   help: libvirt ignores what it does not know
#   fix (unsafe): 10:10-10:17 -> `graphics`
# warning[LNX0603] 13:47-13:53: in the XML of `extraConfig`: `<hostdev>` has no element `<vendor>`
#   here: unknown element
#   help: `<vendor>` belongs in `<source>`, which stands in `<hostdev>`

--- xml-that-contradicts-a-machine-with-another-mistake ---
{
  defaults.deployment = { cpus = 4; };
  machines.a.deployment = {
    ram = "4 GiB"; nixos = false;
    extraConfig = ''
      <cpu mode='host-passthrough'><topology sockets='1' cores='2' threads='1'/></cpu>
      <cputune><iothreadpin iothread='2' cpuset='4'/></cputune>
      <devices>
        <channel type='spicevmc'><target type='virtio' name='com.redhat.spice.0'/></channel>
      </devices>
    '';
  };
  machines.b.deployment = {
    cpus = "four"; ram = 4096; nixos = false;
    graphics.type = "spcie";
    extraConfig = ''
      <cpu><topology sockets='1' cores='2' threads='1'/></cpu>
      <devices>
        <channel type='spicevmc'><target type='virtio' name='com.redhat.spice.0'/></channel>
        <filesystem type='mount'><driver type='virtiofs'/><source dir='/srv'/><target dir='srv'/></filesystem>
      </devices>
    '';
  };
}

# error[LNX0301] 4:11-4:18: `ram` is a string, but must be an integer
#   here: a string
#   help: `ram` is in MiB: write `4096`
#   fix (safe): 4:11-4:18 -> `4096`
# error[LNX0602] 6:36-6:81: in the XML of `extraConfig`: a topology of 2 CPUs does not fit a machine of 4
#   here: 1 socket × 2 cores × 1 thread
#   2:34-2:35: the number of CPUs is set here
#   help: set `cpus = 2;`, or let them be 4 when multiplied
# error[LNX0602] 7:38-7:41: in the XML of `extraConfig`: the machine has no I/O thread 2
#   here: libvirt refuses it like this
#   help: add `<iothreads>2</iothreads>` to `extraConfig`: threads are counted from 1
# error[LNX0602] 9:9-9:34: in the XML of `extraConfig`: `<channel>` needs a screen of SPICE
#   here: goes through SPICE, which this machine does not have
#   help: set `graphics.type = "spice";`, or leave it out
# error[LNX0301] 14:12-14:18: `cpus` is a string, but must be an integer (the number of CPUs) or a set
#   here: a string
#   help: write the number without quotes, for example `cpus = 2;`
# error[LNX0402] 15:21-15:28: `graphics.type` cannot be "spcie"
#   here: did you mean "spice"?
#   help: the values are
#         "none": no screen: the serial console is all
#         "vnc": what every viewer understands
#         "spice": with a clipboard that both sides share, and sound
#   fix (safe): 15:21-15:28 -> `"spice"`
# error[LNX0602] 20:34-20:59: in the XML of `extraConfig`: virtiofs needs memory that is shared
#   here: the memory of this machine is its own
#   help: add `<memoryBacking><source type='memfd'/><access mode='shared'/></memoryBacking>`, or use the option `sharedFolders`, which does

--- xml-without-what-is-needed-further-in ---
{
  machines.a.deployment = {
    cpus = 4; ram = 4096; nixos = false;
    extraConfig = ''
      <cputune>
        <vcpusched vcpus='0-1' priority='1'/>
        <cachetune vcpus='0-3'><cache id='0' level='3' type='both'/></cachetune>
      </cputune>
      <keywrap><cipher name='aes'/></keywrap>
      <blkiotune><device><weight>500</weight></device></blkiotune>
      <devices>
        <graphics type='spice'><image/><channel name='main'/></graphics>
        <memory model='dimm'><target><node>0</node></target></memory>
        <interface type='bridge'>
          <mac address='52:54:00:00:00:19'/><source bridge='br0'/><vlan/><address bus='0x01'/>
        </interface>
        <redirdev bus='usb'/>
        <iommu/>
      </devices>
    '';
  };
}

# error[LNX0602] 6:9-6:46: in the XML of `extraConfig`: `<vcpusched>` has no `scheduler`
#   here: libvirt refuses it like this
#   help: add `scheduler='…'`; libvirt takes `batch`, `idle`, `fifo` or `rr`
# error[LNX0602] 7:32-7:69: in the XML of `extraConfig`: `<cache>` has no `size`
#   here: libvirt refuses it like this
#   help: add `size='…'`, a whole number
# error[LNX0602] 9:16-9:36: in the XML of `extraConfig`: `<cipher>` has no `state`
#   here: libvirt refuses it like this
#   help: add `state='…'`; libvirt takes `on` or `off`
# error[LNX0602] 10:18-10:26: in the XML of `extraConfig`: `<device>` has no `<path>`
#   here: libvirt refuses it like this
#   help: add `<path>/dev/…</path>`
# error[LNX0602] 12:32-12:40: in the XML of `extraConfig`: `<image>` has no `compression`
#   here: libvirt refuses it like this
#   help: add `compression='…'`; libvirt takes `auto_glz`, `auto_lz`, `quic`, `glz`, `lz` or `off`
# error[LNX0602] 12:40-12:62: in the XML of `extraConfig`: `<channel>` has no `mode`
#   here: libvirt refuses it like this
#   help: add `mode='…'`; libvirt takes `any`, `secure` or `insecure`
# error[LNX0602] 13:30-13:38: in the XML of `extraConfig`: `<target>` has no `<size>`
#   here: libvirt refuses it like this
#   help: add `<size unit='GiB'>…</size>`
# error[LNX0602] 15:67-15:74: in the XML of `extraConfig`: `<vlan>` has no `<tag>`
#   here: libvirt refuses it like this
#   help: add `<tag id='…'/>`
# error[LNX0602] 15:74-15:95: in the XML of `extraConfig`: `<address>` has no `type`
#   here: libvirt refuses it like this
#   help: add `type='…'`
# error[LNX0602] 17:9-17:30: in the XML of `extraConfig`: `<redirdev>` has no `type`
#   here: libvirt refuses it like this
#   help: add `type='…'`; libvirt takes `pty`, `unix`, `tcp`, `udp`, `file`, `dev`, `pipe`, `null`, `stdio`, `vc`, `spicevmc`, `spiceport`, `qemu-vdagent`, `dbus` or `nmdm`
# error[LNX0602] 18:9-18:17: in the XML of `extraConfig`: `<iommu>` has no `model`
#   here: libvirt refuses it like this
#   help: add `model='…'`

--- xml-with-numbers-and-words-further-in ---
{
  machines.a.deployment = {
    cpus = 4; ram = 4096; nixos = false;
    extraConfig = ''
      <os><bios rebootTimeout='never'/></os>
      <perf><event name='cpu_cycle' enabled='yes'/></perf>
      <devices>
        <disk type='network' device='disk'>
          <source protocol='rbd' name='rbd/data'><host name='mon1' port='ceph'/><timeout seconds='6s'/></source>
          <target dev='vdx' bus='virtio'/>
          <address type='drive' controller='0' bus='0' target='0' unit='x'/>
        </disk>
        <interface type='user'>
          <mac address='52:54:00:00:00:20'/>
          <ip family='inet' address='172.17.2.0' prefix='255'/>
          <driver><host csum='no'/></driver>
        </interface>
        <controller type='pci' index='1' model='pcie-root-port'><target chassis='one' hotplug='no'/></controller>
        <hostdev mode='subsystem' type='usb'><source><address bus='1' device='4.1'/></source></hostdev>
        <iommu model='intel'><driver intremap='yes'/></iommu>
        <memory model='dimm'><target><size>1 GiB</size><node>0</node></target></memory>
      </devices>
    '';
  };
}
# warning[LNX0603] 5:31-5:38: in the XML of `extraConfig`: `rebootTimeout` of `<bios>` cannot be `never`
#   here: not a whole number
#   help: write a whole number
# warning[LNX0603] 6:25-6:36: in the XML of `extraConfig`: `name` of `<event>` cannot be `cpu_cycle`
#   here: did you mean `cpu_cycles`?
#   help: write `cpu_cycles`
#   fix (unsafe): 6:26-6:35 -> `cpu_cycles`
# warning[LNX0603] 9:73-9:79: in the XML of `extraConfig`: `port` of `<host>` cannot be `ceph`
#   here: not a whole number
#   help: write a whole number
# warning[LNX0603] 9:98-9:102: in the XML of `extraConfig`: `seconds` of `<timeout>` cannot be `6s`
#   here: not a whole number
#   help: write a whole number
# warning[LNX0603] 11:72-11:75: in the XML of `extraConfig`: `unit` of `<address>` cannot be `x`
#   here: not a whole number
#   help: write a whole number
# warning[LNX0603] 15:57-15:62: in the XML of `extraConfig`: `prefix` of `<ip>` cannot be `255`
#   here: at most 128
#   help: write a number from 0 to 128
# warning[LNX0603] 16:30-16:34: in the XML of `extraConfig`: `csum` of `<host>` cannot be `no`
#   here: did you mean `off`?
#   help: libvirt takes `on` or `off`
#   fix (safe): 16:31-16:33 -> `off`
# warning[LNX0603] 18:81-18:86: in the XML of `extraConfig`: `chassis` of `<target>` cannot be `one`
#   here: not a whole number
#   help: write a whole number
# warning[LNX0603] 18:95-18:99: in the XML of `extraConfig`: `hotplug` of `<target>` cannot be `no`
#   here: did you mean `off`?
#   help: libvirt takes `on` or `off`
#   fix (safe): 18:96-18:98 -> `off`
# warning[LNX0603] 19:78-19:83: in the XML of `extraConfig`: `device` of `<address>` cannot be `4.1`
#   here: not a whole number
#   help: write a whole number
# warning[LNX0603] 20:47-20:52: in the XML of `extraConfig`: `intremap` of `<driver>` cannot be `yes`
#   here: did you mean `on`?
#   help: libvirt takes `on` or `off`
#   fix (safe): 20:48-20:51 -> `on`
# warning[LNX0603] 21:44-21:49: in the XML of `extraConfig`: `<size>` cannot be `1 GiB`
#   here: not a whole number
#   help: write `<size unit='GiB'>1</size>`

--- xml-end-tags-that-are-misspelt ---
{
  machines.a.deployment = {
    cpus = 4; ram = 4096; nixos = false;
    extraConfig = ''
      <currentMemory unit='GiB'>2</currentmemory>
      <On_crash>restart</on_crash>
      <cputune><shares>2048</share></cputune>
      <devices>
        <controller type='usb' index='0' model='qemu-xhci'></contoller>
      </devices>
      <memoryBacking><locked/><memoryBacking>
      <on_reboot>restrat</on_reboot>
    '';
  };
}

# error[LNX0601] 5:34-5:50: in the XML of `extraConfig`: `<currentMemory>` and `</currentmemory>` differ in upper and lower case
#   here: did you mean `currentMemory`?
#   5:7-5:21: the other one
#   help: write both alike
#   fix (safe): 5:36-5:49 -> `currentMemory`
# error[LNX0601] 6:7-6:16: in the XML of `extraConfig`: `<On_crash>` and `</on_crash>` differ in upper and lower case
#   here: did you mean `on_crash`?
#   6:24-6:35: the other one
#   help: write both alike
#   fix (safe): 6:8-6:16 -> `on_crash`
# error[LNX0601] 7:28-7:36: in the XML of `extraConfig`: expected `</shares>`, found `</share>`
#   here: `<shares>` is still open here
#   7:16-7:24: `<shares>` is opened here
#   help: did you mean `</shares>`?
#   fix (unsafe): 7:30-7:35 -> `shares`
# error[LNX0601] 9:60-9:72: in the XML of `extraConfig`: expected `</controller>`, found `</contoller>`
#   here: `<controller>` is still open here
#   9:9-9:60: `<controller>` is opened here
#   help: did you mean `</controller>`?
#   fix (unsafe): 9:62-9:71 -> `controller`
# error[LNX0601] 11:31-11:46: in the XML of `extraConfig`: `<memoryBacking>` stands where `</memoryBacking>` is expected
#   here: did you mean `</memoryBacking>`?
#   help: this opens another `<memoryBacking>` inside of the first
# warning[LNX0603] 12:18-12:25: in the XML of `extraConfig`: `<on_reboot>` cannot be `restrat`
#   here: did you mean `restart`?
#   help: libvirt takes `destroy`, `restart`, `preserve` or `rename-restart`
#   fix (unsafe): 12:18-12:25 -> `restart`

--- xml-with-quotes-of-a-word-processor ---
{
  machines.a.deployment = {
    cpus = 2; ram = 1024; nixos = false;
    extraConfig = ''
      <devices>
        <hostdev mode=“subsystem” type=„pci“ managed='yes'>
          <source><address domain='0x0000' bus='0x0a' slot='0x20' function='0x0'/></source>
        </hostdev>
        <Watchdog Model='i6300esb' action='RESET'></watchdog>
      </devices>
      <description lang=“a b”>x</description>
    '';
  };
}

# error[LNX0601] 6:18-6:34: in the XML of `extraConfig`: the quotes around the value of `mode` are no quotes of XML
#   here: as word processors write them
#   help: write `mode="subsystem"`
# error[LNX0601] 6:35-6:45: in the XML of `extraConfig`: the quotes around the value of `type` are no quotes of XML
#   here: as word processors write them
#   help: write `type="pci"`
# warning[LNX0603] 7:63-7:65: in the XML of `extraConfig`: `slot` of `<address>` cannot be `0x20`
#   here: at most 0x1f
#   help: write what `lspci` shows, each part with `0x`
# error[LNX0601] 9:9-9:18: in the XML of `extraConfig`: `<Watchdog>` and `</watchdog>` differ in upper and lower case
#   here: did you mean `watchdog`?
#   9:51-9:62: the other one
#   help: write both alike
#   fix (safe): 9:10-9:18 -> `watchdog`
# warning[LNX0603] 9:19-9:24: in the XML of `extraConfig`: `<watchdog>` has no attribute `Model`
#   here: did you mean `model`?
#   help: libvirt ignores what it does not know
#   fix (safe): 9:19-9:24 -> `model`
# warning[LNX0603] 9:43-9:50: in the XML of `extraConfig`: `action` of `<watchdog>` cannot be `RESET`
#   here: did you mean `reset`?
#   help: libvirt takes `reset`, `shutdown`, `poweroff`, `pause`, `none`, `dump` or `inject-nmi`
#   fix (safe): 9:44-9:49 -> `reset`
# error[LNX0601] 11:20-11:30: in the XML of `extraConfig`: the quotes around the value of `lang` are no quotes of XML
#   here: as word processors write them
#   help: write `lang="a b"`

--- xml-of-disks-that-a-list-names ---
{
  machines.a.deployment = {
    cpus = 2; ram = 1024; nixos = false;
    extraConfig = ''
      <devices>
        ${builtins.concatStringsSep "" (map (name: ''
          <disk type='block' device='disk'>
            <driver name='qemu' type='raw' cache='none' io='natve'/>
            <source dev='/dev/${name}'/>
            <target dev='${name}' bus='scsi'/>
          </disk>
        '') [ "sdb" "disk4" "sdb" ])}
      </devices>
    '';
  };
}
# warning[LNX0603] 8:60-8:67: in the XML of `extraConfig`: `io` of `<driver>` cannot be `natve`
#   here: did you mean `native`?
#   help: libvirt takes `threads`, `native` or `io_uring`
#   fix (unsafe): 8:61-8:66 -> `native`
# error[LNX0602] 12:22-12:27: in the XML of `extraConfig`: `disk4` is not the name of a disk in the guest
#   help: names are `vda`, `vdb`, … with virtio, and `sda`, `sdb`, … with SATA, SCSI or USB
# error[LNX0602] 12:30-12:33: in the XML of `extraConfig`: two disks have the name `sdb`
#   here: given again here
#   12:16-12:19: given here first
#   help: give each disk a name of its own: Launchnix calls its own `vda`, `vdb` and so on
