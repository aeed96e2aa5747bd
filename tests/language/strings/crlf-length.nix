builtins.stringLength "a
b"
