builtins.fromTOML "a = 1 [b]\nc = 2"
