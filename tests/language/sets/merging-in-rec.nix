rec { a.b = c; a.d = 2; c = a.d; }
