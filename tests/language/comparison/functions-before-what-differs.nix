let f = x: x; in [ ([ f ] < [ f ]) ([ f 1 ] < [ f 2 ]) ([ f 2 ] < [ f 1 ]) ]
