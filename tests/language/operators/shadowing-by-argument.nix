(__sub: 7 - 2) (a: b: a)
