builtins.fetchGit { url = "file:///none"; rev = "abc"; }
