builtins.tryEval (abort "stopped")
