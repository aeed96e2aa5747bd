baseNameOf (builtins.findFile [ { prefix = "p"; path = toString ../fixtures; } ] "p/one.nix")
