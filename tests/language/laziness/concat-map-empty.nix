builtins.concatMap (throw "function") [ ]
