let try = builtins.tryEval; in [ (try (throw "a")) (try (assert false; 1)) (try (builtins.deepSeq [ (throw "b") ] 1)) (builtins.addErrorContext "c" 1) (builtins.trace "t" 2) ]
