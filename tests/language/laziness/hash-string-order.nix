builtins.hashString (throw "kind") (throw "text")
