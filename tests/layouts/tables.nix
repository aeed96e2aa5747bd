
--- plain ---
{
  networks.lan = { subnet = @subnet; };
  machines = {
%rows
    @name.key = {
      deployment = {
        @!cpus = @cpus;
        @!ram = @ram;
        nixos = false;
        @!diskSize = @disk;
        @!firmware = @firmware;
        @!autostart = @auto;
        @!interfaces = [ { @!network = @net; @!ip = @ip; @!mac = @mac; } ];
        @!graphics = { type = "vnc"; @!port = @port; };
        @!vsock = @cid;
        @!bootOrder = [ "boot" ];
        @!tags = [ "prod" ];
        @!description = "a server";
      };
    };
%end
  };
}

--- paths ---
{
  networks.lan.subnet = @subnet;
%rows
  machines.@name.word.deployment.cpus = @cpus;
  machines.@name.word.deployment.ram = @ram;
  machines.@name.word.deployment.nixos = false;
  machines.@name.word.deployment.@!diskSize = @disk;
  machines.@name.word.deployment.@!interfaces = [ { network = @net; ip = @ip; @!mac = @mac; } ];
  machines.@name.word.deployment.initialDisks.data = { size = 51200; @!bus = "sata"; };
%end
}

--- defaults ---
{
  networks.lan.subnet = @subnet;
  defaults.deployment = {
    cpus = 1;
    @!ram = @ram;
    nixos = false;
    @!firmware = @firmware;
    @!diskSize = @disk;
    @!graphics = "vnc";
    @!autostart = @auto;
  };
  machines = {
%rows
    @name.word.deployment = { @!cpus = @cpus; @!interfaces = [ { network = @net; ip = @ip; } ]; @!vsock = @cid; };
%end
  };
}

--- table-mapattrs ---
let
  table = {
%rows
    @name.key = { @!cpus = @cpus; @!mem = @ram; @!ip = @ip; @!mac = @mac; @!disk = @disk; @!port = @port; };
%end
  };
in
{
  networks.lan.subnet = @subnet;
  machines = builtins.mapAttrs (name: row: {
    deployment = {
      inherit name;
      inherit (row) cpus;
      ram = row.mem;
      nixos = false;
      firmware = @firmware;
      initialDisks.boot.size = row.disk;
      interfaces = [ { network = @net; inherit (row) ip mac; } ];
      graphics = { type = "vnc"; port = row.port; };
    };
  }) table;
}

--- list-listtoattrs ---
let
  vms = [
%rows
    { @!name = @name; @!cpus = @cpus; @!ram = @ram; @!ip = @ip; @!mac = @mac; @!vsock = @cid; }
%end
  ];
  toMachine = vm: {
    name = vm.name;
    value = {
      deployment = {
        inherit (vm) cpus ram vsock;
        nixos = false;
        diskSize = @disk;
        interfaces = [ { network = @net; ip = vm.ip; mac = vm.mac; } ];
      };
    };
  };
in
{
  networks.lan.subnet = @subnet;
  machines = builtins.listToAttrs (map toMachine vms);
}

--- genattrs ---
let
  genAttrs = names: f: builtins.listToAttrs (map (name: { inherit name; value = f name; }) names);
  ips = {
%rows
    @name.word = @ip;
%end
  };
  ram = {
%rows
    @name.word = @ram;
%end
  };
  names = [
%rows
    "@name.word"
%end
  ];
in
{
  networks.lan.subnet = @subnet;
  machines = genAttrs names (name: {
    deployment = {
      cpus = @cpus;
      ram = ram.${name};
      nixos = false;
      diskSize = @disk;
      interfaces = [ { network = @net; ip = ips.${name}; } ];
    };
  });
}

--- rows-elemat ---
let
  rows = [
    # name cpus ram ip mac
%rows
    [ @name @cpus @ram @ip @mac ]
%end
  ];
  col = builtins.elemAt;
in
{
  networks.lan.subnet = @subnet;
  machines = builtins.listToAttrs (map (r: {
    name = col r 0;
    value.deployment = {
      cpus = col r 1;
      ram = col r 2;
      nixos = false;
      diskSize = @disk;
      interfaces = [ { network = @net; ip = col r 3; mac = col r 4; } ];
    };
  }) rows);
}

--- rows-head-tail ---
let
  inherit (builtins) head tail listToAttrs;
  mk = row:
    let
      name = head row;
      rest = tail row;
      cpus = head rest;
      gib = head (tail rest);
      oct = head (tail (tail rest));
    in {
      inherit name;
      value = {
        deployment = {
          inherit name cpus;
          ram = gib * 1024;
          nixos = false;
          diskSize = 20 * 1024;
          interfaces = [ { network = @net; ip = "10.20.0." + toString oct; } ];
        };
      };
    };
in
{
  networks.lan.subnet = @subnet;
  machines = listToAttrs (map mk [
%rows
    [ @name @cpus @gib @host ]
%end
  ]);
}

--- foldl ---
{
  networks.lan.subnet = @subnet;
  machines = builtins.foldl'
    (acc: m: acc // {
      ${m.name} = {
        deployment = {
          cpus = m.cpus;
          ram = m.ram;
          nixos = false;
          diskSize = @disk;
          interfaces = [ { network = @net; ip = m.ip; mac = m.mac; } ];
          vsock = m.cid;
        };
      };
    })
    { }
    [
%rows
      { @!name = "@name.word"; @!cpus = @cpus; @!ram = @ram; @!ip = @ip; @!mac = @mac; @!cid = @cid; }
%end
    ];
}

--- concatmap ---
let
  groups = [
%rows
    { prefix = @name; cpus = @cpus; ram = @ram; base = @host; count = 2; }
%end
  ];
  expand = g: builtins.genList (i: {
    name = "${g.prefix}-${toString (i + 1)}";
    value.deployment = {
      inherit (g) cpus ram;
      nixos = false;
      diskSize = @disk;
      interfaces = [ { network = @net; ip = "10.20.0.${toString (g.base + i)}"; } ];
    };
  }) g.count;
in
{
  networks.lan.subnet = @subnet;
  machines = builtins.listToAttrs (builtins.concatMap expand groups);
}

--- zipattrs ---
let
  layers = [
    {
%rows
      @name.word = { cpus = @cpus; ram = @ram; };
%end
    }
    {
%rows
      @name.word = { diskSize = @disk; interfaces = [ { network = @net; ip = @ip; mac = @mac; } ]; };
%end
    }
    {
%rows
      @name.word = { nixos = false; autostart = @auto; };
%end
    }
  ];
  merged = builtins.zipAttrsWith (name: sets: builtins.foldl' (a: b: a // b) { } sets) layers;
in
{
  networks.lan.subnet = @subnet;
  machines = builtins.mapAttrs (_: deployment: { inherit deployment; }) merged;
}

--- inherit-rec ---
let
%rows
  @name.word = rec {
    name = @name;
    @!cpus = @cpus;
    gib = @gib;
    ram = gib * 1024;
    @!address = @ip;
  };
%end
  vm = x: {
    deployment = {
      inherit (x) name cpus ram;
      nixos = false;
      diskSize = @disk;
      interfaces = [ { network = @net; ip = x.address; } ];
    };
  };
in
{
  networks.lan.subnet = @subnet;
  machines = {
%rows
    @name.word = vm @name.word;
%end
  };
}

--- with-cfg ---
let
  mk = cfg: with cfg; {
    deployment = {
      inherit cpus;
      ram = mem * 1024;
      nixos = false;
      diskSize = disk * 1024;
      interfaces = [ { network = net; ip = address; mac = mac; } ];
    };
  };
in
{
  networks.lan.subnet = @subnet;
  machines = builtins.mapAttrs (_: mk) {
%rows
    @name.key = { @!cpus = @cpus; @!mem = @gib; @!disk = 20; @!net = @net; @!address = @ip; @!mac = @mac; };
%end
  };
}

--- sizes ---
let
  sizes = {
    small = { cpus = @cpus; ram = @ram; diskSize = @disk; };
    large = { cpus = @cpus; ram = @ram; diskSize = @disk; };
  };
  mk = { size, ip, mac, ... }@args: {
    deployment = sizes.${size} // {
      nixos = false;
      interfaces = [ { network = args.network or @net; inherit ip mac; } ];
    };
  };
in
{
  networks.lan.subnet = @subnet;
  machines = {
%rows
    @name.key = mk { @!size = @size; @!ip = @ip; @!mac = @mac; };
%end
  };
}

--- sizes-roles ---
let
  flavors = {
    small = { vcpus = @cpus; mem = @gib; };
    large = { vcpus = @cpus; mem = @gib; };
  };
  inventory = [
%rows
    { @!name = @name; @!flavor = @size; @!host = @host; @!tags = [ "prod" "prod" ]; }
%end
  ];
  machine = { name, flavor, host, tags }:
    let f = flavors.${flavor}; in {
      inherit name;
      value.deployment = {
        cpus = f.vcpus;
        ram = f.mem * 1024;
        nixos = false;
        diskSize = 20 * 1024;
        inherit tags;
        staticIPs = [ { ips = [ "10.20.0.${toString host}" ]; gateway = "10.20.0.1"; dns = [ "10.20.0.1" ]; } ];
      };
    };
in
{
  networks.lan.subnet = @subnet;
  machines = builtins.listToAttrs (map machine inventory);
}

--- overlay-defaults ---
let
  defaults = { cpus = 1; ram = @ram; disk = @disk; network = @net; autostart = @auto; };
  build = name: overrides:
    let cfg = defaults // overrides; in {
      deployment = {
        inherit name;
        inherit (cfg) cpus ram autostart;
        nixos = false;
        diskSize = cfg.disk;
        interfaces = [ { inherit (cfg) network ip mac; } ];
      };
    };
in
{
  networks.lan.subnet = @subnet;
  machines = builtins.mapAttrs build {
%rows
    @name.key = { cpus = @cpus; @!ip = @ip; @!mac = @mac; };
%end
  };
}

--- attrnames-map ---
let
  spec = {
%rows
    @name.key = { @!cores = @cpus; @!memory = @ram; @!address = @ip; };
%end
  };
  toVm = name: {
    inherit name;
    value = let s = spec.${name}; in {
      deployment = {
        cpus = s.cores;
        ram = s.memory;
        nixos = false;
        diskSize = @disk;
        interfaces = [ { network = @net; ip = s.address; } ];
      };
    };
  };
in
{
  networks.lan.subnet = @subnet;
  machines = builtins.listToAttrs (map toVm (builtins.attrNames spec));
}

--- mapattrstolist ---
let
  mapAttrsToList = f: set: map (n: f n set.${n}) (builtins.attrNames set);
  nameValuePair = name: value: { inherit name value; };
  inv = {
%rows
    @name.key = { cpu = @cpus; gb = @gib; ip = @ip; disks = { data = 51200; }; };
%end
  };
in
{
  networks.lan.subnet = @subnet;
  machines = builtins.listToAttrs (mapAttrsToList (n: v: nameValuePair n {
    deployment = {
      cpus = v.cpu;
      ram = v.gb * 1024;
      nixos = false;
      initialDisks = { boot.size = @disk; } // builtins.mapAttrs (_: size: { inherit size; bus = "sata"; }) v.disks;
      interfaces = [ { network = @net; inherit (v) ip; } ];
    };
  }) inv);
}

--- filter-enabled ---
let
  all = [
%rows
    { @!name = @name; @!enabled = true; @!cpus = @cpus; @!ram = @ram; @!ip = @ip; }
%end
    { name = "old"; enabled = false; cpus = 1; ram = 512; ip = "10.20.0.90"; }
  ];
  enabled = builtins.filter (m: m.enabled) all;
in
{
  networks.lan.subnet = @subnet;
  machines = builtins.listToAttrs (map (m: {
    name = m.name;
    value.deployment = {
      cpus = m.cpus;
      ram = m.ram;
      nixos = false;
      diskSize = @disk;
      interfaces = [ { network = @net; ip = m.ip; } ];
    };
  }) enabled);
}

--- removeattrs ---
let
  mk = spec: {
    deployment = builtins.removeAttrs spec [ "gib" "host" ] // {
      ram = spec.gib * 1024;
      nixos = false;
      diskSize = @disk;
      interfaces = [ { network = @net; ip = "10.20.0.${toString spec.host}"; } ];
    };
  };
in
{
  networks.lan.subnet = @subnet;
  machines = builtins.mapAttrs (_: mk) {
%rows
    @name.key = { @!cpus = @cpus; @!gib = @gib; @!host = @host; @!firmware = @firmware; @!vsock = @cid; };
%end
  };
}

--- pipeline ---
let
  pipe = builtins.foldl' (x: f: f x);
  rows = [
%rows
    { @!name = @name; @!cpus = @cpus; @!ram = @ram; @!ip = @ip; }
%end
  ];
  withDisk = m: m // { disk = @disk; };
  withNet = m: m // { interfaces = [ { network = @net; inherit (m) ip; } ]; };
  render = m: {
    name = m.name;
    value.deployment = { inherit (m) cpus ram interfaces; diskSize = m.disk; nixos = false; };
  };
in
{
  networks.lan.subnet = @subnet;
  machines = pipe rows [ (map withDisk) (map withNet) (map render) builtins.listToAttrs ];
}

--- disks-table ---
let
  disk = size: { inherit size; bus = "sata"; cache = "none"; };
  vms = {
%rows
    @name.key = {
      @!disks = { boot = @disk; data = 51200; };
      @!shape = { @!cpus = @cpus; @!ram = @ram; };
      nics = [ { net = @net; addr = @ip; } ];
    };
%end
  };
in
{
  networks.lan.subnet = @subnet;
  machines = builtins.mapAttrs (_: vm: {
    deployment = vm.shape // {
      nixos = false;
      initialDisks = builtins.mapAttrs (_: disk) vm.disks;
      interfaces = map (nic: { network = nic.net; ip = nic.addr; }) vm.nics;
    };
  }) vms;
}

--- list-of-pairs ---
let
  pair = name: value: { inherit name value; };
  vm = { cpus, memory, address }: {
    deployment = {
      inherit cpus;
      ram = memory;
      nixos = false;
      diskSize = @disk;
      interfaces = [ { network = @net; ip = address; } ];
    };
  };
in
{
  networks.lan.subnet = @subnet;
  machines = builtins.listToAttrs [
%rows
    (pair @name (vm { @!cpus = @cpus; @!memory = @ram; @!address = @ip; }))
%end
  ];
}

--- let-constants ---
let
  cpusDefault = @cpus;
  ramDefault = @ram;
  lan = @net;
%rows
  @name.wordIp = @ip;
  @name.wordMac = @mac;
%end
in
{
  networks.lan.subnet = @subnet;
  machines = {
%rows
    @name.word.deployment = {
      cpus = cpusDefault;
      ram = ramDefault;
      nixos = false;
      diskSize = @disk;
      interfaces = [ { network = lan; ip = @name.wordIp; mac = @name.wordMac; } ];
    };
%end
  };
}

--- fold-accumulate ---
let
  specs = [
%rows
    { @!host = @name; @!cpus = @cpus; @!ram = @ram; }
%end
  ];
  result = builtins.foldl'
    (state: spec: {
      next = state.next + 1;
      machines = state.machines ++ [ {
        name = spec.host;
        value.deployment = {
          inherit (spec) cpus ram;
          nixos = false;
          diskSize = @disk;
          interfaces = [ { network = @net; ip = "10.20.0.${toString state.next}"; } ];
        };
      } ];
    })
    { next = 11; machines = [ ]; }
    specs;
in
{
  networks.lan.subnet = @subnet;
  machines = builtins.listToAttrs result.machines;
}

--- attrs-in-attrs ---
let
  fleet = {
    network = { name = "lan"; prefix = "10.20.0"; };
    hosts = {
%rows
      @name.key = { hw = { @!cpus = @cpus; @!ramGiB = @gib; }; net = { @!octet = @host; @!mac = @mac; }; screen = { @!port = @port; }; };
%end
    };
  };
  inherit (fleet) network hosts;
in
{
  networks.${network.name}.subnet = @subnet;
  machines = builtins.mapAttrs (_: { hw, net, screen ? { } }: {
    deployment = {
      inherit (hw) cpus;
      ram = hw.ramGiB * 1024;
      nixos = false;
      diskSize = @disk;
      interfaces = [ { network = network.name; ip = network.prefix + "." + toString net.octet; inherit (net) mac; } ];
      graphics = { type = "vnc"; } // screen;
    };
  }) hosts;
}

--- terraform-like ---
let
  variables = {
    instance_types = {
      small = { vcpu = @cpus; memory = @ram; };
      large = { vcpu = @cpus; memory = @ram; };
    };
    disk_gb = 20;
  };
  instances = {
%rows
    @name.key = {
      @!instance_type = @size;
      @!private_ip = @ip;
      @!tags = [ "prod" ];
    };
%end
  };
  resource = name: instance:
    let
      type = variables.instance_types.${instance.instance_type};
    in
    {
      deployment = {
        inherit name;
        inherit (instance) tags;
        cpus = type.vcpu;
        ram = type.memory;
        nixos = false;
        diskSize = variables.disk_gb * 1024;
        interfaces = [ { network = @net; ip = instance.private_ip; } ];
      };
    };
in
{
  networks.lan.subnet = @subnet;
  machines = builtins.mapAttrs resource instances;
}

--- ansible-groups ---
let
  group_vars = {
    all = { ram = @ram; cpus = 1; network = @net; };
    db = { disk = 20480; };
    web = { disk = @disk; };
  };
  hosts = [
%rows
    { @!inventory_hostname = @name; groups = [ "web" ]; @!ansible_host = @ip; vars = { cpus = @cpus; mac = @mac; }; }
%end
  ];
  merge = builtins.foldl' (a: b: a // b) { };
  varsOf = host: merge ([ group_vars.all ] ++ map (g: group_vars.${g}) host.groups ++ [ (host.vars or { }) ]);
  play = host: let v = varsOf host; in {
    name = host.inventory_hostname;
    value.deployment = {
      inherit (v) cpus ram;
      nixos = false;
      diskSize = v.disk;
      interfaces = [ ({ inherit (v) network; ip = host.ansible_host; } // (if v ? mac then { inherit (v) mac; } else { })) ];
    };
  };
in
{
  networks.lan.subnet = @subnet;
  machines = builtins.listToAttrs (map play hosts);
}

--- compose-like ---
let
  services = {
%rows
    @name.key = { @!cpus = @cpus; @!mem_limit = @ram; @!networks = [ { name = @net; ipv4 = @ip; } ]; volumes = { data = 51200; }; };
%end
  };
  mkDisk = name: size: { inherit size; bus = "sata"; };
in
{
  networks.lan.subnet = @subnet;
  machines = builtins.mapAttrs (name: svc: {
    deployment = {
      cpus = svc.cpus;
      ram = svc.mem_limit;
      nixos = false;
      initialDisks = { boot = { size = @disk; }; } // builtins.mapAttrs mkDisk svc.volumes;
      interfaces = map (n: { network = n.name; ip = n.ipv4; }) svc.networks;
    };
  }) services;
}

--- lib-modules ---
let
  lib = {
    mkDefault = v: v;
    mkIf = c: v: if c then v else { };
    mapAttrs' = f: set: builtins.listToAttrs (map (n: f n set.${n}) (builtins.attrNames set));
    nameValuePair = name: value: { inherit name value; };
    range = first: last: builtins.genList (i: first + i) (last - first + 1);
    flatten = x: if builtins.isList x then builtins.concatMap lib.flatten x else [ x ];
  };
  hosts = {
%rows
    @name.key = { @!cores = @cpus; @!mem = @gib; @!nic = { @!address = @ip; @!mac = @mac; }; server = true; };
%end
  };
in
{
  networks.lan.subnet = @subnet;
  machines = lib.mapAttrs' (n: h: lib.nameValuePair n {
    deployment = {
      cpus = lib.mkDefault h.cores;
      ram = h.mem * 1024;
      nixos = false;
      diskSize = lib.mkDefault @disk;
      interfaces = lib.flatten [ { network = @net; ip = h.nic.address; inherit (h.nic) mac; } ];
    } // lib.mkIf h.server { autostart = @auto; };
  }) hosts;
}

--- filterattrs-tags ---
let
  filterAttrs = pred: set: builtins.listToAttrs (builtins.concatMap (n: if pred n set.${n} then [ { name = n; value = set.${n}; } ] else [ ]) (builtins.attrNames set));
  all = {
%rows
    @name.key = { @!tags = [ "prod" ]; @!cpus = @cpus; @!ram = @ram; ip = @ip; };
%end
    legacy = { tags = [ "off" ]; cpus = 1; ram = 256; ip = "10.20.0.99"; };
  };
  active = filterAttrs (_: v: !(builtins.elem "off" v.tags)) all;
in
{
  networks.lan.subnet = @subnet;
  machines = builtins.mapAttrs (_: v: {
    deployment = {
      inherit (v) tags cpus ram;
      nixos = false;
      diskSize = @disk;
      interfaces = [ { network = @net; inherit (v) ip; } ];
    };
  }) active;
}

--- range-cluster ---
let
  range = a: b: if a > b then [ ] else [ a ] ++ range (a + 1) b;
  worker = i: {
    name = "worker-${toString i}";
    value = {
      deployment = {
        cpus = @cpus;
        ram = @ram;
        nixos = false;
        diskSize = @disk;
        tags = [ "prod" "worker" ];
        interfaces = [ { network = @net; ip = "10.20.0.${toString (100 + i)}"; } ];
        vsock = 200 + i;
      };
    };
  };
  fixed = {
%rows
    @name.word.deployment = { @!cpus = @cpus; @!ram = @ram; nixos = false; diskSize = @disk; interfaces = [ { network = @net; ip = @ip; } ]; };
%end
  };
in
{
  networks.lan.subnet = @subnet;
  machines = builtins.listToAttrs (map worker (range 1 3)) // fixed;
}
