builtins.addDrvOutputDependencies (builtins.appendContext "x" { "/nix/store/00000000000000000000000000000000-name.drv" = { outputs = [ "out" ]; }; })
