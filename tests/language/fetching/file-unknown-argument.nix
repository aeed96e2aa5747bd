builtins.fetchurl { url = "http://a/b"; foo = 1; }
