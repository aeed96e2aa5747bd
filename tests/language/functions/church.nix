let two = f: x: f (f x); in two two (x: x + 1) 0
