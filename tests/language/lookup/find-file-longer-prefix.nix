baseNameOf (builtins.findFile [ { prefix = "a"; path = "/nowhere"; } { prefix = "a/b"; path = toString ../fixtures; } ] "a/b/one.nix")
