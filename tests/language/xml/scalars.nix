builtins.toXML [ 1 1.5 "a" true null ]
