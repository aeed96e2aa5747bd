[ ({ }.a.b.c or 1) ({ a = 1; }.a.b or 2) ({ a.b = 3; }.a.b or 4) (null.x or 5) ]
