let f = { __functor = f; }; in f 1
