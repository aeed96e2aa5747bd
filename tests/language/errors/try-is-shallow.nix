builtins.tryEval { a = throw "no"; }
