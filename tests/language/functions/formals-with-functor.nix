({ __functor = self: { a }: a; }) { a = 1; }
