builtins.builtins.builtins ? map
