import <fixtures/one.nix>
