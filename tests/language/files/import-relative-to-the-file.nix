import ../fixtures/tree/outer.nix
