builtins.fetchurl { zone = 1; area = 2; }
