let q = { e = x1; a = x5; }; a = x0; in 1
