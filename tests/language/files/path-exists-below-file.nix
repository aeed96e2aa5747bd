builtins.pathExists ../fixtures/one.nix/x
