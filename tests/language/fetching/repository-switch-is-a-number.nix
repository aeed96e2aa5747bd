builtins.fetchGit { url = "https://example.org/r"; submodules = 1; }
