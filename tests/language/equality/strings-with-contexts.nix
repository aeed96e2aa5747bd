builtins.appendContext "a" { } == "a"
