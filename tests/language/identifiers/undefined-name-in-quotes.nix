let inner = { "e" = x1; a = x5; }; in { a = x2; e = x3; }
