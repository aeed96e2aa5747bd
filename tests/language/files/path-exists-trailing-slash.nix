map builtins.pathExists [ (toString ../fixtures/tree + "/") (toString ../fixtures/one.nix + "/") (toString ../fixtures/tree + "/.") (toString ../fixtures/one.nix + "/.") ]
