builtins.fetchMercurial { url = ""; }
