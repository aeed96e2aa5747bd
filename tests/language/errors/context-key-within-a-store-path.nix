builtins.appendContext "x" { "/nix/store/00000000000000000000000000000000-x/y" = 1; }
