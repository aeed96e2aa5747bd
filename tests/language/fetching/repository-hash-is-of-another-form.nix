builtins.fetchGit { url = "https://example.org/r"; rev = "sha9-x"; }
