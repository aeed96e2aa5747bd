builtins.fetchMercurial 3
