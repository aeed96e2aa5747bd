rec { a = b; b = c + 1; c = 1; }
