builtins.fromTOML "n = -0o17"
