builtins.lessThan { } (throw "right")
