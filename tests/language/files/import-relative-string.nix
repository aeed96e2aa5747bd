import "one.nix"
