# What a first draft may look like. `launchnix check` finds every mistake in one run.
let
  mkVm = address: deployment: {
    deployment = deployment // {
      staticIPs = [ { ips = [ address ]; } ];
      sshPubKeyPath = ../keys/id_ed25519.pub;
    };
    machine = { };
  };
in
{
  name = "draft";

  machines = {
    web = mkVm "192.168.122.10" {
      cpus = 2;
      ram = "4 GiB";
      storagePool = "fast";
    };

    db = mkVm "192.168.122.300" {
      cpus = 4;
      ram = 4096;
      extraConfig = ''
        <devices>
          <watchdog model='i6300esb' action='reset'>
        </devices>
      '';
    };
  };
}
