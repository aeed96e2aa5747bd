let x = throw "no"; in [ (builtins.tryEval x).success (builtins.tryEval x).success ]
