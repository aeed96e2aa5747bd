builtins.fetchGit { ref = "two words"; }
