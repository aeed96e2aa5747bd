let __add = a: b: "no"; in 1 + 2
