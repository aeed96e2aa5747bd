import ../fixtures/adder.nix 1 2
