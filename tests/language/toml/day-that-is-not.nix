builtins.fromTOML "a = 2021-02-30"
