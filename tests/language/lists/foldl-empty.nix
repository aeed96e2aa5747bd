builtins.foldl' (throw "no") 1 [ ]
