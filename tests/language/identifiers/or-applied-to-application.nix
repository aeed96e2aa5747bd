let or = 2; f = x: y: [ x y ]; in f 1 or
