builtins.fetchGit { url = "https://example.org/r"; depth = -1; }
