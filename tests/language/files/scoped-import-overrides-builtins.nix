builtins.scopedImport { map = "mine"; } ../fixtures/scoped-map.nix
