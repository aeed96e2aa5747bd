builtins.sort (a: b: a / 3 * 2 < b) (builtins.genList (x: x * 31 - x * 31 / 100 * 100) 100)
