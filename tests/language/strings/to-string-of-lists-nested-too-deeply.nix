let deep = builtins.foldl' (inner: _: [ inner ]) "text" (builtins.genList (n: n) 20000); in toString deep
