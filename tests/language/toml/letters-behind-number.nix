builtins.fromTOML "n = 12abc"
