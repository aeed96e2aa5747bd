builtins.readFileType ../fixtures/absent
