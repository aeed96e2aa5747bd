builtins.toJSON "café"
