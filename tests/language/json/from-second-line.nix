builtins.fromJSON "{\n  \"a\": ]\n}"
