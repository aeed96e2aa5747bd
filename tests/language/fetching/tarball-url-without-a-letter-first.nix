fetchTarball "1:b c"
