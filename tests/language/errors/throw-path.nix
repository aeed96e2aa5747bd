throw ../fixtures/one.nix
