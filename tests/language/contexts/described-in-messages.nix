let c = builtins.appendContext "c" { "/nix/store/00000000000000000000000000000000-c" = { path = true; }; }; in 1 + c
