builtins.scopedImport 1 ../fixtures/one.nix
