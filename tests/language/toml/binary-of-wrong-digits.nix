builtins.fromTOML "n = 0b2"
