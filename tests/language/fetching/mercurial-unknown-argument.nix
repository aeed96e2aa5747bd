builtins.fetchMercurial { url = "https://example.org/r"; branch = "main"; }
