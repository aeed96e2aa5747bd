let f = s: with s; x: a + x; in f { a = 1; } 2
