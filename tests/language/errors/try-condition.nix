builtins.tryEval (if throw "c" then 1 else 2)
