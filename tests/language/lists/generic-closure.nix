builtins.genericClosure { startSet = [ { key = 5; } ]; operator = item: if item.key <= 1 then [ ] else [ { key = item.key / 2; } { key = item.key - 1; } ]; }
