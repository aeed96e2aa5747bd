builtins.match (throw "pattern") (throw "text")
