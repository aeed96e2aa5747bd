[ (builtins ? length) (builtins ? __length) (builtins ? true) (builtins ? import) ]
