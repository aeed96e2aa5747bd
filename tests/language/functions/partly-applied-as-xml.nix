let f = a: b: c: a; in map builtins.toXML [ f (f 1) (f 1 2) (builtins.add 1) ]
