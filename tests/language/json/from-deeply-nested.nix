let
  many = s: builtins.concatStringsSep "" (builtins.genList (_: s) 20000);
in
builtins.length (builtins.fromJSON (many "[" + many "]"))
