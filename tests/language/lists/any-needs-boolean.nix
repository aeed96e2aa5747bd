builtins.any (x: 1) [ 2 ]
