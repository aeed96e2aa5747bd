builtins.scopedImport { } ../fixtures/one.nix
