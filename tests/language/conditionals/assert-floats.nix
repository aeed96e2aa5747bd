assert 1.5 == 2; 1
