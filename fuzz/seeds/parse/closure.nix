builtins.genericClosure { startSet = [ { key = 0; } ]; operator = { key }: if key < 20 then [ { key = key * 2 + 1; } { key = key + 3; } ] else [ ]; }
