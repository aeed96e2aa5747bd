derivation + 1
