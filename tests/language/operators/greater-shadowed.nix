let __lessThan = a: b: a == 2; in [ (1 > 2) (2 > 1) (1 <= 2) (1 >= 2) ]
