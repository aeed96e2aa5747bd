builtins.elemAt (map (x: if x == 1 then throw "no" else x) [ 1 2 ]) 1
