builtins.appendContext "a" { x = { }; }
