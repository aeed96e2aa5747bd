[ (builtins.genList (x: x * x) 5) (builtins.genList (throw "no") 0) ]
