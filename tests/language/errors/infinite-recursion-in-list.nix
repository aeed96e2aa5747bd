let x = builtins.head [ x ]; in x
