baseNameOf (builtins.findFile [ { path = toString ../fixtures; } ] "one.nix")
