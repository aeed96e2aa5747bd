with { a = 1; }; let a = 2; in with { a = 3; }; a
