builtins.fetchMercurial { url = "https://example.org/r"; rev = null; }
