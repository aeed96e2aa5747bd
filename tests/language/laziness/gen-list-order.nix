builtins.genList (throw "function") (throw "count")
