builtins.foldl' (a: b: b) 0 [ (throw "not forced by ignoring") 1 ]
