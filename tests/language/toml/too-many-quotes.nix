builtins.fromTOML "a = \"\"\"x\"\"\"\"\"\""
