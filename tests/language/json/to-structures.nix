builtins.toJSON { b = [ 1 [ ] { } ]; a = { z = null; y = "x"; }; }
