builtins.readDir ../fixtures/link.txt
