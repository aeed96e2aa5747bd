
--- csv-file ---
let
  lines = builtins.filter (l: builtins.isString l && l != "") (builtins.split "\n" (builtins.readFile ./fleet.csv));
  cells = line: builtins.filter builtins.isString (builtins.split "," line);
  toInt = s: builtins.fromJSON s;
  machine = line: let c = builtins.elemAt (cells line); in {
    name = c 0;
    value.deployment = {
      cpus = toInt (c 1);
      ram = toInt (c 2);
      nixos = false;
      diskSize = @disk;
      interfaces = [ { network = c 3; ip = c 4; mac = c 5; } ];
    };
  };
in
{
  networks.lan.subnet = @subnet;
  machines = builtins.listToAttrs (map machine lines);
}
=== fleet.csv ===
%rows
@name.cell,@cpus.cell,@ram.cell,@net.cell,@ip.cell,@mac.cell
%end

--- csv-string ---
let
  splitBy = sep: s: builtins.filter (x: builtins.isString x && x != "") (builtins.split sep s);
  table = ''
%rows
    @name.cell @cpus.cell @gib.cell @host.cell
%end
  '';
  parse = line:
    let f = splitBy " +" line; at = builtins.elemAt f; num = i: builtins.fromJSON (at i); in
    {
      name = at 0;
      value = {
        deployment = {
          cpus = num 1;
          ram = 1024 * num 2;
          nixos = false;
          diskSize = @disk;
          interfaces = [ { network = @net; ip = "10.20.0.${at 3}"; } ];
        };
      };
    };
in
{
  networks.lan.subnet = @subnet;
  machines = builtins.listToAttrs (map parse (splitBy "\n" table));
}

--- csv-header ---
let
  inherit (builtins) split filter isString head tail elemAt genList length listToAttrs readFile fromJSON;
  splitOn = sep: s: filter isString (split sep s);
  lines = filter (l: l != "") (splitOn "\n" (readFile ./hosts.csv));
  header = splitOn ";" (head lines);
  record = line:
    let cells = splitOn ";" line; in
    listToAttrs (genList (i: { name = elemAt header i; value = elemAt cells i; }) (length header));
  records = map record (tail lines);
  vm = r: {
    name = r.host;
    value.deployment = {
      cpus = fromJSON r.cpus;
      ram = fromJSON r.ram;
      nixos = false;
      diskSize = @disk;
      interfaces = [ { network = @net; ip = r.ip; mac = r.mac; } ];
    };
  };
in
{
  networks.lan.subnet = @subnet;
  machines = listToAttrs (map vm records);
}
=== hosts.csv ===
host;cpus;ram;ip;mac
%rows
@name.cell;@cpus.cell;@ram.cell;@ip.cell;@mac.cell
%end

--- string-built ---
let
  prefix = "10.20.0";
  oui = "52:54:00:aa:00";
  hosts = [
%rows
    { @!num = @host; @!hex = @hex; @!role = "@name.word"; @!mb = @ram; }
%end
  ];
  vm = { num, hex, role, mb }: {
    name = "${role}-${toString num}";
    value.deployment = {
      cpus = @cpus;
      ram = mb;
      nixos = false;
      diskSize = @disk;
      description = "${role} on ${prefix}.${toString num}";
      interfaces = [ { network = @net; ip = prefix + "." + toString num; mac = oui + ":" + hex; } ];
    };
  };
in
{
  networks.lan.subnet = @subnet;
  machines = builtins.listToAttrs (map vm hosts);
}

--- concat-strings ---
let
  join = builtins.concatStringsSep;
  specs = {
%rows
    @name.key = { @!cpus = @cpus; @!memory = @ram; @!last = @host; @!mac = @hex; };
%end
  };
in
{
  networks.lan.subnet = @subnet;
  machines = builtins.mapAttrs (name: s: {
    deployment = {
      inherit (s) cpus;
      ram = s.memory;
      nixos = false;
      diskSize = @disk;
      interfaces = [ {
        network = @net;
        ip = join "." [ "10" "20" "0" (toString s.last) ];
        mac = join ":" [ "52" "54" "00" "aa" "00" s.mac ];
      } ];
    };
  }) specs;
}

--- hosts-file ---
let
  lines = builtins.filter (l: builtins.isString l && l != "") (builtins.split "\n" (builtins.readFile ./hosts));
  parse = line: builtins.match "([0-9a-z.]+)[ \t]+([^ \t]+)[ \t]+([0-9.]+)" line;
  machine = line:
    let m = parse line; in {
      name = builtins.elemAt m 1;
      value.deployment = {
        cpus = @cpus;
        ram = builtins.fromJSON (builtins.elemAt m 2);
        nixos = false;
        diskSize = @disk;
        interfaces = [ { network = @net; ip = builtins.elemAt m 0; } ];
      };
    };
in
{
  networks.lan.subnet = @subnet;
  machines = builtins.listToAttrs (map machine lines);
}
=== hosts ===
%rows
@ip.cell  @name.cell  @ram.cell
%end
