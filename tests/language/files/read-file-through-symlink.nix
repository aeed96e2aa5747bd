builtins.readFile ../fixtures/link.txt
