{ a.or.b = 3; }.a.or.b
