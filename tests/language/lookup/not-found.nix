<nowhere/at/all>
