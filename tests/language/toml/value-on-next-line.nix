builtins.fromTOML "a = \n b = 1"
