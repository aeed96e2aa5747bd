builtins.fromTOML "n = 1e"
