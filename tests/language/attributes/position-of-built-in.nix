builtins.unsafeGetAttrPos "success" (builtins.tryEval 1)
