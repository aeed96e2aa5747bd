let
  addresses = builtins.genList (n: "10.${toString (n / 256)}.${toString (n - n / 256 * 256)}.1") 30000;
  octets = map (address: builtins.match "([0-9]{1,3})\\.([0-9]{1,3})\\.([0-9]{1,3})\\.([0-9]{1,3})" address) addresses;
  words = builtins.split "[ ,]+" (builtins.concatStringsSep ", " addresses);
in
[ (builtins.length (builtins.filter (o: o != null) octets)) (builtins.length words) ]
