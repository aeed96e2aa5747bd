builtins.fetchMercurial "repository"
