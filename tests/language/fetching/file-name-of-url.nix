builtins.fetchurl { url = "http://a/b c"; }
