builtins.add "a" (throw "right")
