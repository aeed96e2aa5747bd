let v = { a = [ 1 2.5 null true "x\n" { } ]; }; in builtins.fromJSON (builtins.toJSON v) == v
