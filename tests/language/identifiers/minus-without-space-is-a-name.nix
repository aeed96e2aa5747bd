let a = 3; b = 1; a-b = 10; in [ (a-b) (a - b) (a -b) ]
