builtins.fromTOML ("a = \"tab\\t quote\\\" u\\u00e9\"\n" + "b = \"\"\"\nmulti\nline \\\n   joined\"\"\"\n" + "c = '''\nraw \\n'''\n")
