builtins.getContext (builtins.addDrvOutputDependencies (builtins.appendContext "x" { "/nix/store/00000000000000000000000000000000-name.drv" = { path = true; }; }))
