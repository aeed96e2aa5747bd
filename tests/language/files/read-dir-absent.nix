builtins.readDir ../fixtures/absent
