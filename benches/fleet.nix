# A thousand machines as a plain file.
let
  machine = n: {
    name = "machine${toString n}";
    value = {
      deployment = {
        cpus = 1 + n - n / 8 * 8;
        ram = 512 * (1 + n - n / 4 * 4);
        diskSize = 10240;
        staticIPs = [ { ips = [ "10.${toString (n / 65536)}.${toString (n / 256)}.${toString (n - n / 256 * 256)}" ]; } ];
        initialDisks = {
          boot.size = 20480;
          data = { size = 1024; format = "raw"; };
        };
        extraConfig = ''
          <description>machine ${toString n}</description>
        '';
      };
    };
  };
in
{
  machines = builtins.listToAttrs (builtins.genList machine 1000);
}
