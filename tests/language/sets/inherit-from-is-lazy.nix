let s = throw "no"; in builtins.attrNames { inherit (s) a b; }
