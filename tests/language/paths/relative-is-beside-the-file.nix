builtins.baseNameOf (toString ./.)
