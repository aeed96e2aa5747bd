builtins.length (builtins.filter (x: true) [ (throw "no") ])
