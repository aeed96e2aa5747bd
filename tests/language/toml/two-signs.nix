builtins.fromTOML "n = --1"
