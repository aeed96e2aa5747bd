builtins.scopedImport { x = 1; y = throw "not needed"; } ../fixtures/scoped.nix
