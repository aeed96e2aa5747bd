let s = { a.b.c = 1; a.d = null; }; in [ (s ? a) (s ? a.b) (s ? a.b.c) (s ? a.b.c.d) (s ? a.d.e) (s ? x.y) ]
