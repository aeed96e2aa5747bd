[ (builtins.stringLength "") (builtins.stringLength "abc") (builtins.stringLength { outPath = "ab"; }) ]
