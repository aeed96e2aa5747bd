{ zz = x; system = y; }
