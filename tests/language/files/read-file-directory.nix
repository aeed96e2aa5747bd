builtins.readFile ../fixtures/tree
