let a = 6; b = 2; in [ (a / b) (builtins.typeOf (a/b)) ]
