{ inherit (a; }
