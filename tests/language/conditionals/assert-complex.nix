let f = x: x; in assert f (1 + 2) == 3 && { a = "b"; } ? c; 1
