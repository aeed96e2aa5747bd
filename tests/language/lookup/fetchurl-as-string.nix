map toString [ <nix/fetchurl.nix> ] ++ [ (baseNameOf (toString <nix/fetchurl.nix>)) <nix/fetchurl.nix> ]
