({ a }: a) (x: x)
