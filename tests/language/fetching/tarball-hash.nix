builtins.fetchTarball { url = "http://a/b"; sha256 = "x"; }
