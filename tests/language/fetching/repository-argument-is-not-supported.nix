builtins.fetchGit { branch = "main"; }
