builtins.fromTOML "yes = True"
