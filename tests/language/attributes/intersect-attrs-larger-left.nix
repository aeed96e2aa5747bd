builtins.intersectAttrs { a = 1; b = 2; c = 3; d = 4; } { b = 5; d = throw "lazy"; } ? d
