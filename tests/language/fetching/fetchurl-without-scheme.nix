builtins.fetchurl "a"
