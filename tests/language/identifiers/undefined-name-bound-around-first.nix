let b = 1; in { x1 = u; a = v; b = w; }
