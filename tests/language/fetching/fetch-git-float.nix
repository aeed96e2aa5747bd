builtins.fetchGit { url = 1.5; }
