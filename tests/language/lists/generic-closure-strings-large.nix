builtins.length (builtins.genericClosure { startSet = [ { key = "0"; n = 0; } ]; operator = x: if x.n < 5000 then [ { key = toString (x.n + 1); n = x.n + 1; } ] else [ ]; })
