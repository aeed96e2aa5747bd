builtins.fromTOML "a = {,}"
