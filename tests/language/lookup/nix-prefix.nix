[ <nix/fetchurl.nix> <nix/absent.nix> (builtins.pathExists <nix/fetchurl.nix>) (builtins.pathExists <nix/absent.nix>) (builtins.typeOf <nix/fetchurl.nix>) ]
