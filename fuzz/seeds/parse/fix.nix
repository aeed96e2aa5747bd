let fix = f: let x = f x; in x; extends = o: f: s: let p = f s; in p // o s p; in fix (extends (s: p: { b = p.a + s.c; }) (s: { a = 1; c = s.a + 1; }))
