let c = builtins.appendContext "1" { "/nix/store/00000000000000000000000000000000-c" = { path = true; }; }; in builtins.compareVersions c "1"
