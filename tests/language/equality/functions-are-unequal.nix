let f = x: x; in [ (f == f) (f == (x: x)) ]
