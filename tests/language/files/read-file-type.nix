map builtins.readFileType [ ../fixtures/one.nix ../fixtures/tree ../fixtures/link.nix ]
