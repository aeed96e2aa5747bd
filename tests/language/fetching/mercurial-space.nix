builtins.fetchMercurial { url = "https://example.org/a b"; }
