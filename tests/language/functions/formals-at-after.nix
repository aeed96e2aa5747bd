({ a, ... }@all: all.b) { a = 1; b = 2; }
