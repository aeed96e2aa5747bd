builtins.sub 1 { }
