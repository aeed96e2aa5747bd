builtins.toJSON { outPath = [ 1 2 ]; }
