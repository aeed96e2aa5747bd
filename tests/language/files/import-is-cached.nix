let a = import ../fixtures/functions.nix; b = import ../fixtures/functions.nix; in a == b
