let x = 10; in ({ a ? x }: a) { }
