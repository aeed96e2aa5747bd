builtins.fetchurl ""
