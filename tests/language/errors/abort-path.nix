abort ../fixtures/one.nix
