map builtins.toJSON [ 1 (-1) 1.5 1.0 1.0e10 1.0e-7 1.0e20 true false null "a" ]
