builtins.baseNameOf (builtins.dirOf (toString foo/bar))
