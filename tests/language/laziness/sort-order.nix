builtins.sort (throw "function") (throw "list")
