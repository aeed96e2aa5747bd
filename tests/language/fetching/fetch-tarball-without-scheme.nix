builtins.fetchTarball "a"
