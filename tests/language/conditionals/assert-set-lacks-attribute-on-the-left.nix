assert { b = 1; c = 2; } == { c = 2; d = 1; }; 1
