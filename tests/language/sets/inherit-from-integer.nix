{ inherit (1) a; }
