builtins.attrNames { z = 1; a = 2; B = 3; "a b" = 4; "" = 5; }
