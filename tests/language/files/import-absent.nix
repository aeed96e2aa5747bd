import ../fixtures/absent.nix
