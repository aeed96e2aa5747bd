fetchTarball "a b"
