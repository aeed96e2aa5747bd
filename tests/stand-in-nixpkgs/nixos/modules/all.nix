[
  ./nixpkgs.nix
  ./services.nix
  ./system.nix
  ./top-level.nix
  ./users.nix
]
