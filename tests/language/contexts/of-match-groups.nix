let c = builtins.appendContext "c" { "/nix/store/00000000000000000000000000000000-c" = { path = true; }; }; in builtins.hasContext (builtins.head (builtins.match "(c)" c))
