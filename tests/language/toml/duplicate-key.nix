(builtins.tryEval (builtins.isAttrs (builtins.fromTOML "a = 1"))).value
