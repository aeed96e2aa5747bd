with { a = 1; }; with 2; a
