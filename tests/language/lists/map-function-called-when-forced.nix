builtins.length (map (throw "function") [ 1 ])
