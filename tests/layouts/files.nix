
--- import-table ---
let
  hosts = import ./hosts.nix;
in
{
  networks.lan.subnet = @subnet;
  machines = builtins.mapAttrs (name: host: {
    deployment = {
      cpus = host.vcpu;
      ram = host.memory;
      nixos = false;
      diskSize = host.disk or 10240;
      interfaces = [ { network = host.network; ip = host.ipv4; } ];
    };
  }) hosts;
}
=== hosts.nix ===
{
%rows
  @name.key = {
    @!vcpu = @cpus;
    @!memory = @ram;
    disk = @disk;
    @!network = @net;
    @!ipv4 = @ip;
  };
%end
}

--- import-function ---
let
  mkVM = import ./lib/mk-vm.nix { network = @net; gateway = "10.20.0.1"; };
in
{
  networks.lan.subnet = @subnet;
  machines = {
%rows
    m-@name.word = mkVM {
      @!hostName = @name;
      @!cpus = @cpus;
      @!memory = @gib;
      @!ip = @ip;
    };
%end
  };
}
=== lib/mk-vm.nix ===
{ network, gateway }:
{ hostName, cpus, memory, ip, firmware ? @firmware }:
{
  deployment = {
    name = hostName;
    inherit cpus firmware;
    ram = memory * 1024;
    nixos = false;
    diskSize = @disk;
    interfaces = [ { inherit network; } ];
    staticIPs = [ { ips = [ ip ]; inherit gateway; prefix = 24; } ];
  };
}

--- import-args ---
{
  networks.lan.subnet = @subnet;
  machines = {
%rows
    @name.key = import ./vm.nix { @!cpus = @cpus; @!ram = @ram; @!ip = @ip; @!mac = @mac; };
%end
  };
}
=== vm.nix ===
{ cpus, ram, ip, mac, ... }@args:
{
  deployment = {
    inherit cpus ram;
    nixos = false;
    diskSize = args.disk or @disk;
    interfaces = [ { network = @net; inherit ip mac; } ];
  };
}

--- readdir ---
let
  files = builtins.attrNames (builtins.readDir ./vms);
  nameOf = file: builtins.head (builtins.split "\\.nix$" file);
in
{
  networks.lan.subnet = @subnet;
  machines = builtins.listToAttrs (map (file: {
    name = nameOf file;
    value.deployment = { nixos = false; diskSize = @disk; } // import (./vms + "/${file}");
  }) files);
}
%rows
=== vms/@name.word.nix ===
{
  @!cpus = @cpus;
  @!ram = @ram;
  @!interfaces = [ { network = @net; @!ip = @ip; @!mac = @mac; } ];
  @!tags = [ "prod" "prod" ];
}
%end

--- import-each-args ---
let
  args = { network = @net; disk = @disk; };
  load = file: import file args;
in
{
  networks.lan.subnet = @subnet;
  machines = {
%rows
    @name.word = load ./@name.word.nix;
%end
  };
}
%rows
=== @name.word.nix ===
{ network, disk, ... }:
{
  deployment = {
    @!cpus = @cpus;
    @!ram = @ram;
    nixos = false;
    diskSize = disk;
    @!autostart = @auto;
    @!interfaces = [ { inherit network; @!ip = @ip; @!mac = @mac; } ];
  };
}
%end

--- nixos-style-imports ---
let
  hardware = import ./hardware.nix;
  network = import ./network.nix;
  hosts = import ./hosts.nix;
  compose = host: {
    deployment = (hardware host.class) // (network host.ip) // { nixos = false; description = host.comment; };
  };
in
{
  networks.lan.subnet = @subnet;
  machines = builtins.mapAttrs (_: compose) hosts;
}
=== hardware.nix ===
class:
{
  small = { cpus = @cpus; ram = @ram; diskSize = @disk; };
  large = { cpus = @cpus; ram = @ram; diskSize = @disk; };
}.${class}
=== network.nix ===
ip: {
  interfaces = [ { network = @net; inherit ip; } ];
}
=== hosts.nix ===
{
%rows
  @name.key = { @!class = @size; @!ip = @ip; @!comment = "a server"; };
%end
}

--- with-lib-and-cfg ---
let
  lib = import ./lib.nix;
in
with lib;
{
  networks.lan.subnet = @subnet;
  machines = mapVms ({ cpus, memory, address, ... }: {
    inherit cpus;
    ram = gib memory;
    diskSize = @disk;
    interfaces = [ (nic address) ];
  }) [
%rows
    { @!name = @name; @!cpus = @cpus; @!memory = @gib; @!address = @ip; }
%end
  ];
}
=== lib.nix ===
rec {
  gib = n: n * 1024;
  nic = ip: { network = @net; inherit ip; };
  toMachine = f: spec: { inherit (spec) name; value.deployment = f spec // { nixos = false; }; };
  mapVms = f: specs: builtins.listToAttrs (map (toMachine f) specs);
}

--- json ---
let
  fleet = builtins.fromJSON (builtins.readFile ./fleet.json);
in
{
  networks.lan.subnet = @subnet;
  machines = builtins.listToAttrs (map (vm: {
    inherit (vm) name;
    value.deployment = {
      inherit (vm) cpus ram autostart;
      nixos = false;
      diskSize = vm.disk;
      interfaces = [ { network = vm.net; inherit (vm) ip mac; } ];
    };
  }) fleet.machines);
}
=== fleet.json ===
{
  "machines": [
%rows ,
    { "@!name": @name, "@!cpus": @cpus, "@!ram": @ram, "@!autostart": @auto, "@!disk": @disk, "@!net": @net, "@!ip": @ip, "@!mac": @mac }
%end
  ]
}

--- json-direct ---
{
  networks.lan.subnet = @subnet;
  machines = builtins.mapAttrs (_: deployment: { deployment = deployment // { nixos = false; }; })
    (builtins.fromJSON (builtins.readFile ./machines.json));
}
=== machines.json ===
{
%rows ,
  "@name.word": { "@!cpus": @cpus, "@!ram": @ram, "@!diskSize": @disk, "@!interfaces": [ { "network": @net, "@!ip": @ip, "@!mac": @mac } ], "@!vsock": @cid, "@!graphics": { "type": "vnc", "@!port": @port } }
%end
}

--- toml ---
let
  cfg = builtins.fromTOML (builtins.readFile ./fleet.toml);
in
{
  networks.lan.subnet = cfg.network.subnet;
  machines = builtins.mapAttrs (name: vm: {
    deployment = {
      inherit (vm) cpus;
      ram = vm.memory * 1024;
      nixos = false;
      diskSize = vm.disk;
      interfaces = [ { network = @net; ip = vm.address; mac = vm.mac; } ];
    };
  }) cfg.vm;
}
=== fleet.toml ===
[network]
subnet = @subnet

%rows
[vm.@name.word]
@!cpus = @cpus
@!memory = @gib
@!disk = @disk
@!address = @ip
@!mac = @mac

%end

--- toml-array ---
let
  spec = builtins.fromTOML (builtins.readFile ./vms.toml);
  toVm = v: {
    name = v.hostname;
    value.deployment = {
      cpus = v.resources.cpus;
      ram = v.resources.memory;
      nixos = false;
      diskSize = v.resources.disk;
      autostart = v.autostart or true;
      interfaces = map (nic: { inherit (nic) network ip; }) v.nic;
    };
  };
in
{
  networks.lan.subnet = @subnet;
  machines = builtins.listToAttrs (map toVm spec.vm);
}
=== vms.toml ===
title = "my vms"

%rows
[[vm]]
hostname = @name
autostart = @auto

[vm.resources]
@!cpus = @cpus
@!memory = @ram
@!disk = @disk

[[vm.nic]]
@!network = @net
@!ip = @ip

%end

--- inline-json ---
let
  data = builtins.fromJSON ''
    [
%rows ,
      { "@!name": @name, "@!cpus": @cpus, "@!ram": @ram, "@!ip": @ip }
%end
    ]
  '';
in
{
  networks.lan.subnet = @subnet;
  machines = builtins.listToAttrs (map (m: {
    inherit (m) name;
    value = {
      deployment = {
        inherit (m) cpus ram;
        nixos = false;
        diskSize = @disk;
        interfaces = [ { network = @net; inherit (m) ip; } ];
      };
    };
  }) data);
}
