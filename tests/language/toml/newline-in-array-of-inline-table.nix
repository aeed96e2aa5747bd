builtins.fromTOML "a = { b = [\n 1,\n ] }"
