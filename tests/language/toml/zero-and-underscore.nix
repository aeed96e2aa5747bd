builtins.fromTOML "a = 0_1"
