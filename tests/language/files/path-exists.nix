map builtins.pathExists [ ../fixtures/one.nix ../fixtures/absent ../fixtures/tree ../fixtures/link.nix ../fixtures/dangling ]
