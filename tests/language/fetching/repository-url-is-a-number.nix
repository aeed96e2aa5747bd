builtins.fetchGit { url = 7; ref = "main"; }
