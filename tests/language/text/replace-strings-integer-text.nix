builtins.replaceStrings [ "1" ] [ "a" ] 1
