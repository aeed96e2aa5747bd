builtins.toXML { inherit derivation; add = builtins.add 1; }
