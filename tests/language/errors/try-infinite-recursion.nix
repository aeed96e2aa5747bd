let a = a; in builtins.tryEval a
