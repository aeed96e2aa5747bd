
--- formals ---
let
  mkVm = { name, cpus ? 2, ram, disk ? 10240, ip, mac, firmware ? "uefi", autostart ? true, port }: {
    deployment = {
      inherit name cpus ram firmware autostart;
      nixos = false;
      diskSize = disk;
      interfaces = [ { network = @net; inherit ip mac; } ];
      graphics = { type = "vnc"; inherit port; };
    };
  };
in
{
  networks.lan.subnet = @subnet;
  machines = {
%rows
    m-@name.word = mkVm {
      @!name = @name;
      @!cpus = @cpus;
      @!ram = @ram;
      @!disk = @disk;
      @!ip = @ip;
      @!mac = @mac;
      @!firmware = @firmware;
      @!autostart = @auto;
      @!port = @port;
    };
%end
  };
}

--- curried ---
let
  vm = cpus: ram: oct: macb: {
    deployment = {
      inherit cpus ram;
      nixos = false;
      diskSize = @disk;
      interfaces = [ { network = @net; ip = "10.20.0.${toString oct}"; mac = "52:54:00:aa:00:${macb}"; } ];
    };
  };
in
{
  networks.lan.subnet = @subnet;
  machines = {
%rows
    @name.key = vm @cpus @ram @host @hex;
%end
  };
}

--- mixins ---
let
  base = { nixos = false; firmware = @firmware; autostart = @auto; };
  small = { cpus = @cpus; ram = @ram; diskSize = @disk; };
  withScreen = port: { graphics = { type = "vnc"; inherit port; }; };
  onLan = oct: { interfaces = [ { network = @net; ip = "10.20.0.${toString oct}"; } ]; };
in
{
  networks.lan.subnet = @subnet;
  machines = {
%rows
    @name.word.deployment = base // small // withScreen @port // onLan @host // { @!description = "a server"; @!tags = [ "prod" ]; @!vsock = @cid; };
%end
  };
}

--- functor ---
let
  mkVm = {
    network = @net;
    disk = @disk;
    __functor = self: args: {
      deployment = {
        inherit (args) cpus ram;
        nixos = false;
        diskSize = self.disk;
        interfaces = [ { inherit (self) network; inherit (args) ip mac; } ];
      };
    };
  };
in
{
  networks.lan.subnet = @subnet;
  machines = {
%rows
    @name.key = mkVm { @!cpus = @cpus; @!ram = @ram; @!ip = @ip; @!mac = @mac; };
%end
  };
}

--- lib-set ---
let
  lib = rec {
    optional = cond: x: if cond then [ x ] else [ ];
    optionalAttrs = cond: x: if cond then x else { };
    nic = { ip, mac ? null, network ? @net }: { inherit network ip; } // optionalAttrs (mac != null) { inherit mac; };
    screen = port: { type = "vnc"; inherit port; };
    mkVm = { cpus, ram, ip, mac ? null, port ? null, tag ? null }: {
      deployment = {
        inherit cpus ram;
        nixos = false;
        diskSize = @disk;
        interfaces = [ (nic { inherit ip mac; }) ];
        tags = [ "prod" ] ++ optional (tag != null) tag;
      } // optionalAttrs (port != null) { graphics = screen port; };
    };
  };
in
{
  networks.lan.subnet = @subnet;
  machines = {
%rows
    @name.key = lib.mkVm { @!cpus = @cpus; @!ram = @ram; @!ip = @ip; @!mac = @mac; @!port = @port; @!tag = "prod"; };
%end
  };
}

--- closures-deep ---
let
  mkFleet = network: let
    mkNic = host: { inherit network; ip = "10.20.0.${toString host}"; };
    mkRole = role: cpus: let
      tags = [ role "prod" ];
    in gib: host: {
      deployment = {
        inherit cpus tags;
        ram = gib * 1024;
        nixos = false;
        diskSize = @disk;
        interfaces = [ (mkNic host) ];
      };
    };
  in {
%rows
    @name.key = mkRole "prod" @cpus @gib @host;
%end
  };
in
{
  networks.lan.subnet = @subnet;
  machines = mkFleet @net;
}

--- defaults-machine-fn ---
{ domain ? "example.org", ... }:
let
  vm = name: extra: {
    deployment = {
      name = name;
      description = "${name}.${domain}";
      nixos = false;
      diskSize = @disk;
    } // extra;
  };
in
{
  networks.lan.subnet = @subnet;
  machines = {
%rows
    @name.word = vm @name {
      @!cpus = @cpus;
      @!ram = @ram;
      @!interfaces = [ { @!network = @net; @!ip = @ip; @!mac = @mac; } ];
      @!autostart = @auto;
    };
%end
  };
}

--- arithmetic ---
let
  gib = n: n * 1024;
  net = { prefix = "10.20.0"; gateway = 1; };
  addr = n: "${net.prefix}.${toString n}";
  mkVm = { cpus, mem, disk, host, screen }: {
    deployment = {
      inherit cpus;
      ram = gib mem;
      diskSize = gib disk;
      nixos = false;
      interfaces = [ { network = @net; ip = addr host; } ];
      graphics = { type = "vnc"; port = 5900 + screen; };
      vsock = 100 + host;
    };
  };
in
{
  networks.lan.subnet = @subnet;
  machines = {
%rows
    @name.key = mkVm { @!cpus = @cpus; @!mem = @gib; @!disk = 20; @!host = @host; @!screen = @screen; };
%end
  };
}

--- at-pattern ---
let
  mkVm = args@{ cpus, ram, ... }:
    let
      known = builtins.removeAttrs args [ "nic" ];
      nic = args.nic;
    in
    {
      deployment = known // {
        nixos = false;
        diskSize = @disk;
        interfaces = [ ({ network = @net; } // nic) ];
      };
    };
in
{
  networks.lan.subnet = @subnet;
  machines = {
%rows
    @name.key = mkVm { @!cpus = @cpus; @!ram = @ram; @!nic = { @!ip = @ip; @!mac = @mac; }; @!firmware = @firmware; @!vsock = @cid; };
%end
  };
}

--- builder-chain ---
let
  vm = { deployment = { nixos = false; }; };
  set = attrs: v: v // { deployment = v.deployment // attrs; };
  withCpus = cpus: set { inherit cpus; };
  withRam = ram: set { inherit ram; };
  withDisk = diskSize: set { inherit diskSize; };
  onNet = network: ip: set { interfaces = [ { inherit network ip; } ]; };
  build = builtins.foldl' (v: f: f v) vm;
in
{
  networks.lan.subnet = @subnet;
  machines = {
%rows
    @name.key = build [ (withCpus @cpus) (withRam @ram) (withDisk @disk) (onNet @net @ip) ];
%end
  };
}

--- override-attrs ---
let
  makeOverridable = f: args: (f args) // { override = more: makeOverridable f (args // more); };
  vm = makeOverridable ({ cpus, ram, ip, mac }: {
    out = {
      deployment = {
        inherit cpus ram;
        nixos = false;
        diskSize = @disk;
        interfaces = [ { network = @net; inherit ip mac; } ];
      };
    };
  }) { cpus = 1; ram = 1024; ip = "10.20.0.9"; mac = "52:54:00:aa:00:09"; };
in
{
  networks.lan.subnet = @subnet;
  machines = {
%rows
    @name.key = (vm.override { @!cpus = @cpus; @!ram = @ram; @!ip = @ip; @!mac = @mac; }).out;
%end
  };
}

--- recursive-update ---
let
  recursiveUpdate = a: b:
    if builtins.isAttrs a && builtins.isAttrs b
    then a // builtins.mapAttrs (n: v: if a ? ${n} then recursiveUpdate a.${n} v else v) b
    else b;
  base = {
    deployment = {
      cpus = 1;
      ram = @ram;
      nixos = false;
      initialDisks.boot = { size = @disk; bus = "sata"; };
      graphics.type = "vnc";
    };
  };
in
{
  networks.lan.subnet = @subnet;
  machines = {
%rows
    @name.key = recursiveUpdate base {
      deployment = {
        @!cpus = @cpus;
        @!initialDisks.data = { size = 51200; @!cache = "none"; };
        @!interfaces = [ { network = @net; ip = @ip; } ];
        graphics.port = @port;
      };
    };
%end
  };
}

--- assert-guards ---
let
  mk = { cpus, ram, ip }:
    assert builtins.isInt cpus;
    {
      deployment = {
        inherit cpus ram;
        nixos = false;
        diskSize = @disk;
        interfaces = [ { network = @net; inherit ip; } ];
      };
    };
in
{
  networks.lan.subnet = @subnet;
  machines = {
%rows
    @name.key = mk { cpus = 2; @!ram = @ram; @!ip = @ip; };
%end
  };
}

--- kitchen-helpers ---
# home lab
let
  toStr = builtins.toString;
  GiB = 1024;
  pad = n: if n < 10 then "0${toStr n}" else toStr n;
  macOf = n: "52:54:00:aa:00:${pad n}";
  ipOf = net: n: "${net}.${toStr n}";
  nets = { lan = "10.20.0"; };
  base = {
    nixos = false;
    firmware = @firmware;
    graphics.type = "vnc";
  };
  machine = { id, cores, memory, disk ? 20, extra ? { } }:
    {
      deployment = base // {
        cpus = cores;
        ram = memory * GiB;
        diskSize = disk * GiB;
        interfaces = [ { network = @net; ip = ipOf nets.lan id; mac = macOf id; } ];
      } // extra;
    };
in
{
  networks.lan.subnet = @subnet;
  machines = {
%rows
    @name.key = machine {
      id = @host;
      @!cores = @cpus;
      @!memory = @gib;
      @!disk = 20;
      extra = { @!vsock = @cid; @!autostart = @auto; };
    };
%end
  };
}

--- seq-of-sizes ---
let
  sizeOf = name: {
    small = @ram;
    large = @ram;
  }.${name} or (throw "unknown size ${name}");
  mk = size: oct: port: {
    deployment = {
      cpus = @cpus;
      ram = sizeOf size;
      nixos = false;
      diskSize = @disk;
      interfaces = [ { network = @net; ip = "10.20.0." + builtins.toString oct; } ];
      graphics = { type = "vnc"; listen = "127.0.0.1"; inherit port; };
    };
  };
in
{
  networks.lan.subnet = @subnet;
  machines = {
%rows
    @name.key = mk @size @host @port;
%end
  };
}

--- fixpoint ---
let
  fix = f: let x = f x; in x;
  fleet = fix (self: {
    prefix = "10.20.0.";
    sizes = { small = @ram; large = @ram; };
    nic = host: { network = @net; ip = self.prefix + toString host; };
    vm = size: host: cpus: {
      deployment = {
        inherit cpus;
        ram = self.sizes.${size};
        nixos = false;
        diskSize = @disk;
        interfaces = [ (self.nic host) ];
      };
    };
    machines = {
%rows
      @name.key = self.vm @size @host @cpus;
%end
    };
  });
in
{
  networks.lan.subnet = @subnet;
  inherit (fleet) machines;
}

--- modules-by-hand ---
let
  evalModules = modules: builtins.foldl' (acc: m: acc // (if builtins.isFunction m then m acc else m)) { } modules;
  network = { host, ... }: { interfaces = [ { network = @net; ip = "10.20.0.${toString host}"; } ]; };
  storage = { diskGib ? 20, ... }: { diskSize = diskGib * 1024; };
  clean = set: builtins.removeAttrs set [ "host" "diskGib" ];
  vm = module: { deployment = clean (evalModules [ { nixos = false; } module network storage ]); };
in
{
  networks.lan.subnet = @subnet;
  machines = {
%rows
    @name.key = vm { @!cpus = @cpus; @!ram = @ram; @!host = @host; @!tags = [ "prod" ]; @!autostart = @auto; };
%end
  };
}
