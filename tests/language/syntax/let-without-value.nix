let a; in 1
