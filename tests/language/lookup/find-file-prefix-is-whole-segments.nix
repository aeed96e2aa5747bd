builtins.findFile [ { prefix = "fix"; path = toString ../fixtures; } ] "fixtures/one.nix"
