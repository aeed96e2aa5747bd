builtins.sort (a: b: a < b) (builtins.genList (n: (n * 7919) - ((n * 7919) / 101) * 101) 60)
