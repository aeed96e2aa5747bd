builtins.scopedImport { } ../fixtures/scoped.nix
