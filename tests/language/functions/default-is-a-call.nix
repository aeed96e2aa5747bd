let b = 1; f = { a ? 1 b, c ? [ ] b }: a; in f { a = 5; }
