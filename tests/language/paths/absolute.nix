[ /a /a/b /a/b.c/d-e_f+g ]
