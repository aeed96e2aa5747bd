<fixtures/absent.nix>
