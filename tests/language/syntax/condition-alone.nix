if 1
