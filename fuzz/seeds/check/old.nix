# One machine, in the format of the first Launchnix, which stays valid.
{
  deployment = {
    name = "alice";
    cpus = 2;
    ram = 2048; # MiB
    sshPubKeyPath = ../keys/id_ed25519.pub;
    sshPrivKeyPath = "~/.ssh/id_ed25519";

    staticIPs = [
      {
        ips = [ "192.168.122.10" ];
        interface = "ens3";
      }
    ];

    # Merged into the domain that Launchnix writes.
    extraConfig = ''
      <devices>
        <watchdog model='i6300esb' action='reset'/>
      </devices>
    '';
  };

  machine =
    { pkgs, ... }:
    {
      services.nginx.enable = true;
      networking.firewall.allowedTCPPorts = [ 80 ];
      environment.systemPackages = [ pkgs.htop ];
    };
}
