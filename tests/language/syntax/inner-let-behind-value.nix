{ a = b let c = 1; in c; }
