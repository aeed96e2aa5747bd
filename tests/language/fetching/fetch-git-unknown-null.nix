builtins.fetchGit { url = "/nowhere"; other = null; }
