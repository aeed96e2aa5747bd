baseNameOf (dirOf (builtins.findFile [ { prefix = "a"; path = toString ../fixtures/tree; } { prefix = "a"; path = toString ../fixtures; } ] "a/one.nix"))
