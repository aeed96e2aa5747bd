builtins.readFile ../fixtures/empty
