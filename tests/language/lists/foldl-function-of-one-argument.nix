builtins.foldl' (a: a) 1 [ 2 ]
