let zeta = 1; beta = 2; in ({ a }: a) { beta = 1; a = 1; zeta = 2; }
