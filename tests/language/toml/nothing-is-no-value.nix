builtins.fromTOML "none = null"
