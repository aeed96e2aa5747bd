let c = builtins.appendContext "c" { "/nix/store/00000000000000000000000000000000-c" = { path = true; }; }; in [ (builtins.hashString "md5" c) (builtins.stringLength c) (builtins.match "(c)" c) ]
