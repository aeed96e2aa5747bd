builtins.readFile ../fixtures/dangling
