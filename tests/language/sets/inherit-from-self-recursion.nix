let inherit (x) x; in x
