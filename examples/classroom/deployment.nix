# A host in a school: a machine for each seat, workstations with a graphics card each, and what the teacher needs.
#
# Not everything here runs NixOS: seats are installed from a medium, old machines are restored from backups.
{
  # Where the host keeps media and backups: `launchnix compile --argstr media /srv/media`.
  media ? "/var/lib/classroom/media",
}:
let
  inherit (builtins) genList listToAttrs;

  # Numbers as people write them on the seats: 01 to 24.
  two = number: if number < 10 then "0${toString number}" else toString number;

  named =
    prefix: make: numbers:
    listToAttrs (
      map (number: {
        name = "${prefix}-${two number}";
        value = make number;
      }) numbers
    );

  count = last: genList (index: index + 1) last;

  seat = number: {
    deployment = {
      description = "seat ${two number}";
      nixos = false;
      # Installed once from the medium; then the disk comes first.
      installationMedia = "${media}/debian-edu-12.iso";
      storagePoolName = "seats";
      initialDisks.boot.size = 4 * 1024;
      bootOrder = [
        "boot"
        "cdrom"
      ];
      interfaces = [
        {
          network = "class";
          # The seats' cards, so that the school's other systems know them.
          mac = "52:54:00:c1:a5:${two number}";
        }
      ];
    };
  };

  # Graphics cards of the host, with the sound device that belongs to each.
  cards = [
    "21:00"
    "22:00"
    "4b:00"
    "4c:00"
  ];

  workstation =
    number:
    let
      card = builtins.elemAt cards (number - 1);
    in
    {
      deployment = {
        description = "workstation for rendering ${two number}";
        cpus = 12;
        ram = 32 * 1024;
        firmware = "uefi";
        pciDevices = [
          {
            id = "${card}.0";
            gpu = true;
          }
          { id = "${card}.1"; }
        ];
        initialDisks = {
          boot.size = 8 * 1024;
          projects = {
            physicalDisk = "/dev/disk/by-id/nvme-school-projects-${two number}";
            cache = "none";
          };
        };
        staticIPs = [ { ips = [ "10.70.0.${toString (200 + number)}" ]; } ];
        sshPubKeyPath = ../keys/id_ed25519.pub;
      };
      machine =
        { pkgs, ... }:
        {
          environment.systemPackages = [ pkgs.blender ];
          services.xserver.videoDrivers = [ "nvidia" ];
        };
    };

  # Machines that were physical once. Each starts as a copy of its backup, and is only looked at.
  museum = {
    library = 2048;
    timetable = 1024;
    accounts = 512;
  };
in
{
  name = "classroom";
  description = "24 seats, 4 workstations, and what the teacher needs";

  networks.class = {
    subnet = "10.70.0.0/24";
    domain = "class.example.org";
  };

  pools = {
    seats.path = "/var/lib/classroom/seats";
    school.path = "/var/lib/classroom/school";
  };

  defaults.deployment = {
    cpus = 2;
    ram = 4096;
    storagePoolName = "school";
  };

  machines =
    named "seat" seat (count 24)
    // named "render" workstation (count (builtins.length cards))
    // builtins.mapAttrs (name: ram: {
      deployment = {
        description = "the old ${name}";
        cpus = 1;
        inherit ram;
        nixos = false;
        initialDisks.boot = {
          fromBackup = "${media}/backups/${name}.img";
          # Old systems know neither virtio disks nor virtio cards.
          bus = "sata";
        };
        interfaces = [
          {
            network = "class";
            model = "rtl8139";
          }
        ];
      };
    }) museum
    // {
      teacher = {
        deployment = {
          cpus = 4;
          ram = 8192;
          staticIPs = [ { ips = [ "10.70.0.10" ]; } ];
          sshPubKeyPath = ../keys/id_ed25519.pub;
          initialDisks = {
            boot.size = 8 * 1024;
            homes = {
              size = 20 * 1024;
              serial = "homes";
            };
          };
        };
        machine = {
          services.nfs.server.enable = true;
          fileSystems."/home" = {
            device = "/dev/disk/by-id/virtio-homes";
            fsType = "ext4";
            autoFormat = true;
          };
        };
      };

      # Seats that are started without a disk install themselves from here.
      netboot = {
        deployment = {
          cpus = 1;
          ram = 1024;
          diskSize = 4 * 1024;
          staticIPs = [ { ips = [ "10.70.0.11" ]; } ];
          sshPubKeyPath = ../keys/id_ed25519.pub;
        };
        machine.services.pixiecore.enable = true;
      };
    };
}
