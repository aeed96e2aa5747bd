builtins.fetchurl { url = "http://a/b"; name = "b c"; }
