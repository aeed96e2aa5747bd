builtins.foldl' (sum: n: sum + n) 0 (builtins.genList (n: n) 1000000)
