builtins.tryEval <nowhere>
