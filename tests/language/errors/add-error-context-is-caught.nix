builtins.tryEval (builtins.addErrorContext "context" (throw "inner"))
