let call = x: (x: x); in builtins.length (call 1)
