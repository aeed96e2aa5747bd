{ inherit (x) a b = 1; }
