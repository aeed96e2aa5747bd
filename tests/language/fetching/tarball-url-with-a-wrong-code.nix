fetchTarball "file:///a%zz"
