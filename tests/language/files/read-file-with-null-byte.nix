builtins.readFile ../fixtures/null-byte.bin
