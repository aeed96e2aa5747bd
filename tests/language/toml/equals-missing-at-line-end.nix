builtins.fromTOML "raw \n"
