{ inherit (missing.set) a; b = other.c or third; }
