import ../fixtures/link.nix
