builtins.fetchGit { type = "tarball"; url = "https://example.org/r"; }
