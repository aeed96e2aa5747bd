builtins.any (throw "function") [ ]
