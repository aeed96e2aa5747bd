(builtins.foldl' (inner: _: { __functor = inner; }) (x: x) (builtins.genList (x: x) 100000)) 1
