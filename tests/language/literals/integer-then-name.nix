let e3 = 5; f = x: x; in [ 1e3 ]
