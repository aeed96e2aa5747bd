builtins.fromTOML "n = 0xFFFFFFFFFFFFFFFF"
