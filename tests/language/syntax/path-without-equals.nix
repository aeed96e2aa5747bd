{ a.b.c }
