builtins.scopedImport { map = "mine"; } ../fixtures/scoped-through.nix
