with builtins; assert length [ 1 2 ] == 2; with { length = 3; }; if isInt length then length else throw "no"
