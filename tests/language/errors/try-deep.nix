builtins.tryEval (builtins.deepSeq { a = throw "no"; } 1)
