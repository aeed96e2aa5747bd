import ../fixtures/one.nix
