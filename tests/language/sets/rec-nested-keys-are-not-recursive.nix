let b = "outer"; in rec { a.b = 1; a.c = b; }
