builtins.readDir (toString ../fixtures/tree)
