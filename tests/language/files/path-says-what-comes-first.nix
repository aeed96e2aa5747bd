builtins.path { recursive = 1; name = 2; }
