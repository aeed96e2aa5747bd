builtins.readDir ../fixtures/one.nix
