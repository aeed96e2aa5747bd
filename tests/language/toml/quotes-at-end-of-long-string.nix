builtins.fromTOML "a = \"\"\"x\"\"\"\"\"\nb = '''y''''"
