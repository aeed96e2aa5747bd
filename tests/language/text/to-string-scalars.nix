map toString [ 1 (-1) 1.5 1.0 1.0e10 true false null "s" "" /a/b ]
