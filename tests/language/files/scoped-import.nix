builtins.scopedImport { x = 5; } ../fixtures/scoped.nix
