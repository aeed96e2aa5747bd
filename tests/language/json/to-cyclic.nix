let s = { a = s; }; in (builtins.tryEval (builtins.toJSON 1)).success
